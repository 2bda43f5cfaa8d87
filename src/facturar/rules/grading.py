"""How good a payer a client is: figures from what was settled, and a grade from A to E with its reasons in words.

The grade is a rule of thumb and no law: by the median of the days late, then held down by what is overdue now and by
promises that were broken. Below three settled invoices nobody is graded, unless something is so late that it speaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from facturar.model.book import Book
from facturar.rules.diary import situation_on
from facturar.rules.promises import Promised
from facturar.rules.punctuality import FEW, LOOKED_BACK, Settled, middle, settled_since
from facturar.rules.settlement import Account, accounts

GRADES = "ABCDE"
_BY_MEDIAN = (0, 7, 30, 60)
"""The most days late, by the median, of an A, a B, a C and a D."""
_BY_OVERDUE = (7, 30, 60, 90)
"""The most days that anything may be overdue now for an A, a B, a C and a D."""
_MOSTLY_ON_TIME = Decimal(25)
"""The percentage of invoices that an A may pay late."""
_ENOUGH_PROMISES = 2


@dataclass(frozen=True)
class Kept:
    """How many promises whose day has passed were kept in full, of how many."""

    kept: int = 0
    made: int = 0


@dataclass(frozen=True)
class Score:
    """How a client pays, of how many settled `invoices`.

    `to_pay` and `late` are medians in days, `late_share` the percentage paid after the due date; None where nothing was
    settled. `overdue` counts the invoices overdue now and not in dispute, `oldest` are the days late of the oldest. No
    `grade` is given where there is too little to tell; `reasons` say why in any case, and `notes` are those of them
    that the figures beside them do not say. `history` is what was settled.
    """

    client: str
    invoices: int
    to_pay: int | None
    late: int | None
    late_share: Decimal | None
    promises: Kept
    overdue: int
    oldest: int
    handed_to: str | None
    grade: str | None
    reasons: tuple[str, ...]
    notes: tuple[str, ...] = ()
    history: tuple[Settled, ...] = ()


def days(count: int) -> str:
    """A number of days in words.

    >>> days(1), days(3)
    ('1 day', '3 days')
    """
    return f"{count} day{'s' * (count != 1)}"


def _worse(*grades: str) -> str:
    return max(grades)


def _by(limits: Sequence[int], found: int) -> str:
    return GRADES[sum(found > limit for limit in limits)]


def _told(late: int) -> str:
    if late > 0:
        return f"half are paid {days(late)} or more after the due date"
    return "half are paid by the due date" if late == 0 else f"half are paid {days(-late)} or more before the due date"


def _of_settled(late: int, share: Decimal, count: int) -> tuple[str, list[str]]:
    """The grade of what was settled, and why."""
    grade = _by(_BY_MEDIAN, late)
    reasons = [f"{_told(late)} ({count} settled)"]
    if share > _MOSTLY_ON_TIME or late > 0:
        reasons.append(f"{share:.0f}% late")
    return _worse(grade, "B") if share > _MOSTLY_ON_TIME else grade, reasons


def _one_down(grade: str) -> str:
    return GRADES[min(GRADES.index(grade) + 1, len(GRADES) - 1)]


def _graded(
    grade: str | None, oldest: int, overdue: int, promised: Kept, handed_to: str | None
) -> tuple[str | None, list[str]]:
    """A grade after what is known beside what was settled, and why it was held down."""
    reasons = []
    if grade and promised.made >= _ENOUGH_PROMISES and promised.kept * 2 < promised.made:
        grade = _one_down(grade)
        reasons.append(f"{promised.kept} of {promised.made} promises kept: a grade down")
    if oldest > 0:
        cap = _by(_BY_OVERDUE, oldest)
        reasons.append(f"{overdue} overdue now, up to {days(oldest)}")
        grade = _worse(grade, cap) if grade else (cap if cap in "DE" else None)
    if handed_to:
        grade = "E"
        reasons.append(f"handed over to {handed_to}")
    return grade, reasons


def _score(
    client: str, own: Sequence[Account], history: tuple[Settled, ...], promised: Kept, book: Book, today: date
) -> Score:
    situation = situation_on(book.diary, client, today)
    late_now = [
        part
        for account in own
        for part in account.open
        if part.days_late(today) > 0 and part.number not in situation.disputed
    ]
    oldest = max((part.days_late(today) for part in late_now), default=0)
    overdue = len({part.number for part in late_now})
    late = middle(paid.late for paid in history) if history else None
    share = Decimal(100 * sum(paid.late > 0 for paid in history)) / len(history) if history else None
    first, reasons, notes = None, [f"{len(history)} settled: too few to tell"], ["too few to tell"]
    if late is not None and share is not None and len(history) >= FEW:
        (first, reasons), notes = _of_settled(late, share, len(history)), []
    grade, more = _graded(first, oldest, overdue, promised, situation.handed_to)
    return Score(
        client=client,
        invoices=len(history),
        to_pay=middle(paid.to_pay for paid in history) if history else None,
        late=late,
        late_share=share.quantize(Decimal(1), "ROUND_HALF_UP") if share is not None else None,
        promises=promised,
        overdue=overdue,
        oldest=oldest,
        handed_to=situation.handed_to,
        grade=grade,
        reasons=(*reasons, *more),
        notes=(*notes, *more),
        history=history,
    )


def kept_promises(promises: Iterable[Promised]) -> dict[str, Kept]:
    """Of the promises of each client whose day is over, or that were kept before it, how many were kept."""
    found: dict[str, Kept] = {}
    for promised in promises:
        if promised.unkept or promised.state == "kept":
            before = found.get(promised.entry.client, Kept())
            found[promised.entry.client] = Kept(before.kept + (not promised.unkept), before.made + 1)
    return found


_NONE: Mapping[str, Kept] = MappingProxyType({})


def scores(book: Book, today: date, kept: Mapping[str, Kept] = _NONE, *, since: date | None = None) -> dict[str, Score]:
    """The score of every client who was ever billed, by id; by what was settled in two years, or since a day."""
    by_id: dict[str, list[Account]] = {}
    for account in accounts(book, today).values():
        by_id.setdefault(account.client, []).append(account)
    all_own = [account for own in by_id.values() for account in own]
    history = settled_since(all_own, since or today - LOOKED_BACK)
    return {
        client: _score(client, own, history.get(client, ()), kept.get(client, Kept()), book, today)
        for client, own in sorted(by_id.items())
        if any(account.instalments for account in own)
    }
