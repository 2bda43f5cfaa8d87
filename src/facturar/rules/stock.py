"""What is in stock on a day: what was counted, what came in since, what went out with jobs, and what they will take.

A count is that of the end of its day: what came in or went out by then is in it. Goods move with the jobs, never with
documents: a credit note takes back money, and what really comes back is received again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from facturar.model.agreement import Completion, Delivery, Prepaid, Recurring
from facturar.model.book import Book
from facturar.model.catalog import Item
from facturar.model.job import Job, Line
from facturar.model.money import ZERO
from facturar.problems import KeyPath
from facturar.rules.agreements.recurring import rests
from facturar.rules.periods import calendar_periods, periods


@dataclass(frozen=True)
class Movement:
    """Goods that a job took from stock on a day, or will take (`day` is None); `path` is what says the day."""

    item: str
    quantity: Decimal
    day: date | None
    path: KeyPath


@dataclass(frozen=True)
class Level:
    """What there is of an item on a day; `counted` is None while nothing was counted by then.

    `sold` is all that ever went out, `out` only what did since the count.
    """

    item: str
    counted: Decimal | None
    counted_on: date | None
    received: Decimal
    out: Decimal
    reserved: Decimal
    sold: Decimal
    reorder_at: Decimal | None

    @property
    def on_hand(self) -> Decimal | None:
        """What is there: counted + received − out."""
        return None if self.counted is None else self.counted + self.received - self.out

    @property
    def free(self) -> Decimal | None:
        """What no job will take."""
        return None if self.on_hand is None else self.on_hand - self.reserved

    @property
    def short(self) -> Decimal | None:
        """How many are missing to the level of reorder, which may be none; None when there is nothing to reorder."""
        if self.free is None or self.reorder_at is None or self.free > self.reorder_at:
            return None
        return self.reorder_at - self.free


def _called_off(job: Job, day: date, out: date | None) -> bool:
    """Whether the job was cancelled by a day, before the goods went out."""
    return bool(job.cancelled and job.cancelled <= day and (out is None or out > job.cancelled))


def _agreed(job: Job, day: date) -> bool:
    """Whether goods may be set aside for the job: of one that was quoted, once the quote was accepted."""
    return job.quote is None or bool(job.quote.accepted and job.quote.accepted <= day)


def _in_periods(job: Job, agreement: Recurring, day: date) -> Iterator[date | None]:
    """The first day of each period that had begun; then None for the next one, if there will be one."""
    spans = (period for period, _ in calendar_periods(agreement)) if agreement.prorate else periods(agreement)
    for period in spans:
        if job.cancelled and period.first > job.cancelled:
            return
        if period.first > day:
            if not rests(agreement, period) and _agreed(job, day):
                yield None
            return
        if not rests(agreement, period):
            yield period.first


def _at_once(job: Job, out: date | None, day: date) -> Iterator[date | None]:
    """The day on which everything went out, or None if it is still to."""
    if _called_off(job, day, out):
        return
    if out and out <= day:
        yield out
    elif _agreed(job, day):
        yield None


def _days_out(job: Job, day: date) -> tuple[Iterable[date | None], str]:
    """When the lines of a job go out, by a day, and the key that says so."""
    match job.agreement:
        case Completion():
            return _at_once(job, job.done, day), "done"
        case Delivery():
            return _at_once(job, job.delivered, day), "delivered"
        case Prepaid(on=on):
            paid = None if _called_off(job, day, None) else on
            return _at_once(job, job.delivered or paid, day), "delivered" if job.delivered else "agreement"
        case Recurring() as agreement:
            return _in_periods(job, agreement, day), "agreement"
        case _:
            return (), ""


def _taken(line: Line, out: date | None, day: date) -> bool:
    """Whether a line holds on the day on which it goes out; of what is still to go out, whether it holds any more."""
    if out is None:
        return line.until is None or line.until >= day
    return (line.since is None or line.since <= out) and (line.until is None or out <= line.until)


def movements(book: Book, day: date) -> Iterator[Movement]:
    """All that jobs took from stock by a day, and what those that were agreed will take.

    A job of delivery takes its goods once delivered, one of completion once done, one that was prepaid when delivered
    or, if nothing says when that was, when it was paid; a recurring one on the first day of each period, and of those
    to come only the next is set aside.
    """
    for job_id, job in book.jobs.items():
        items = [line for line in job.lines if line.item]
        days, key = _days_out(job, day) if items else ((), "")
        for out in days:
            for line in items:
                if line.item and _taken(line, out, day):
                    yield Movement(line.item, line.quantity, out, ("jobs", job_id, key))


def received_since(item: Item, day: date) -> Decimal:
    """What came in by a day and is not in the count."""
    counted = item.stock.on if item.stock else date.min
    return sum((came.quantity for came in item.received if counted < came.date <= day), ZERO)


def _level(item_id: str, item: Item, moved: list[Movement], day: date) -> Level:
    stock = item.stock if item.stock and item.stock.on <= day else None
    gone = [(movement.day, movement.quantity) for movement in moved if movement.day]
    return Level(
        item=item_id,
        counted=stock.counted if stock else None,
        counted_on=stock.on if stock else None,
        received=received_since(item, day) if stock else ZERO,
        out=sum((quantity for out, quantity in gone if stock and out > stock.on), ZERO),
        reserved=sum((movement.quantity for movement in moved if movement.day is None), ZERO),
        sold=sum((quantity for _, quantity in gone), ZERO),
        reorder_at=stock.reorder_at if stock else None,
    )


def stock_levels(book: Book, day: date) -> dict[str, Level]:
    """What there is of every item of the catalogue on a day, counting only what is dated by then."""
    moved: dict[str, list[Movement]] = defaultdict(list)
    for movement in movements(book, day):
        moved[movement.item].append(movement)
    return {item_id: _level(item_id, item, moved[item_id], day) for item_id, item in book.catalog.items()}
