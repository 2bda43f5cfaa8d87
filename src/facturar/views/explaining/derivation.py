"""An invoice worked out again: by the same rules, from what the files say now, as of the day on which it was issued.

Only what stood in the book before the invoice counts, and of hours and expenses only what it covers: what was logged
later is no change of it. Nothing is invented: of what cannot be worked out again, it is said that there is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from facturar.model.agreement import Hourly, Retainer
from facturar.model.book import Book
from facturar.model.invoice import Invoice, InvoiceLine
from facturar.model.job import Expense, Job, Work
from facturar.problems import KeyPath
from facturar.rules.agreements import Billed, Part, subject_of, to_bill
from facturar.rules.agreements.entries import open_expenses, open_work
from facturar.rules.invoicing import Figures, figures
from facturar.rules.numbering import Register
from facturar.rules.orders import Order
from facturar.rules.origins import Origin, Paths
from facturar.rules.totals import DraftLine


@dataclass(frozen=True)
class Again:
    """What came of it: `order` and `figures` are None when the files say nothing any more that would be billed.

    `gone` are the jobs of the invoice that are no longer in the files.
    """

    order: Order | None = None
    figures: Figures | None = None
    gone: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[tuple[InvoiceLine, DraftLine], ...]:
        """Each line as it would be today, with the draft that knows where it comes from."""
        if self.order is None or self.figures is None:
            return ()
        return tuple(zip(self.figures.lines, self.order.lines, strict=False))

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of jobs that it bills."""
        return self.order.parts if self.order else ()

    @property
    def why_not(self) -> str:
        """Why there is nothing to point at."""
        if self.gone:
            gone = ", ".join(f"'{job}'" for job in self.gone)
            return f"as recorded: the job {gone} is gone from the files"
        return "as recorded: by what the files say now it would not be billed so"


def invoices_before(record: Invoice, book: Book) -> tuple[Invoice, ...]:
    """The records that stood in the book when this one was issued, by day and number."""
    numbers = [invoice.number for invoice in book.invoices]
    return book.invoices[: numbers.index(record.number)] if record.number in numbers else book.invoices


def _histories(record: Invoice, book: Book) -> Iterator[tuple[Invoice, ...]]:
    """What may have stood in the book before the record: no file says in which order the series of one day were issued.

    First the records by day and number, then with all that other series have of its day, then with nothing of theirs.
    """
    yield (before := invoices_before(record, book))
    others = tuple(i for i in book.invoices if i.issued == record.issued and i.number != record.number)
    apart = tuple(i for i in others if not _alike(i, record))
    if apart:
        yield (*before, *(i for i in apart if i not in before))
        yield tuple(i for i in before if i not in apart)


def _alike(one: Invoice, other: Invoice) -> bool:
    """Whether two numbers are of one series: they differ in digits alone."""
    return re.sub(r"\d", "0", one.number) == re.sub(r"\d", "0", other.number)


def again(record: Invoice, book: Book) -> Again:
    """The invoice by what the files say now; nothing of it changes the record."""
    first = None
    for before in _histories(record, book):
        found = _again(record, before, book)
        if found.figures and found.figures.totals == record.totals:
            return found
        first = first or found
    assert first, "there is always one history"
    return first


def _again(record: Invoice, before: tuple[Invoice, ...], book: Book) -> Again:
    gone = tuple(job for job in record.job if job not in book.jobs)
    found = sorted(_parts(record, before, book), key=lambda part: _place(part, record.covers))
    client = book.clients.get(record.client)
    if not found or client is None:
        return Again(gone=gone)
    jobs = tuple((part.job, book.jobs[part.job]) for part in found)
    order = Order(tuple(found), jobs, record.client, client, record.currency)
    then = replace(book, invoices=before)
    register = Register(before, book.settings.numbering)
    return Again(order, figures(order, then, record.issued, register), gone)


def _place(part: Part, covers: Sequence[str]) -> int:
    return min(covers.index(key) for key in part.covers if key in covers)


def _parts(record: Invoice, before: Iterable[Invoice], book: Book) -> Iterator[Part]:
    """The parts of its jobs that bill a key of the record."""
    keys = set(record.covers)
    own = [invoice for invoice in before if not set(invoice.job).isdisjoint(record.job)]
    for job_id in record.job:
        job = book.jobs.get(job_id)
        if job is None or job.client not in book.clients:
            continue
        known, places = _as_covered(job_id, job, own, record, book)
        for part in to_bill(subject_of(job_id, known, book), Billed(own), record.issued, record.currency):
            if isinstance(part, Part) and not keys.isdisjoint(part.covers):
                yield _placed(part, places)


def _as_covered(
    job_id: str, job: Job, before: list[Invoice], record: Invoice, book: Book
) -> tuple[Job, dict[KeyPath, KeyPath]]:
    """The job without the hours and expenses that even after the record are still to be billed in full.

    With it, the path of each entry that is left, as it stands in the files.
    """
    agreement = job.agreement
    if not isinstance(agreement, Hourly | Retainer):
        return job, {}
    subject, after = subject_of(job_id, job, book), Billed([*before, record])
    step = agreement.round if isinstance(agreement, Hourly) else None
    work = open_work(subject, after, step) if isinstance(agreement, Hourly) else ()
    unbilled = (*(o for o in work if o.key), *open_expenses(subject, after))
    later = {id(o.entry) for o in unbilled if o.rest >= _whole(o.entry)}
    kept = {
        name: [(i, entry) for i, entry in enumerate(entries) if id(entry) not in later]
        for name, entries in (("work", job.work), ("expenses", job.expenses))
    }
    places: dict[KeyPath, KeyPath] = {
        ("jobs", job_id, name, now): ("jobs", job_id, name, index)
        for name, entries in kept.items()
        for now, (index, _) in enumerate(entries)
    }
    return job.model_copy(update={name: tuple(e for _, e in entries) for name, entries in kept.items()}), places


def _whole(entry: Work | Expense) -> Decimal:
    return entry.hours if isinstance(entry, Work) else entry.amount


def _placed(part: Part, places: dict[KeyPath, KeyPath]) -> Part:
    """The part with the paths of its lines as they stand in the files."""
    if not places:
        return part
    lines = (replace(line, origin=_moved(line.origin, places)) for line in part.lines)
    return replace(part, lines=tuple(lines))


def _moved(origin: Origin, places: dict[KeyPath, KeyPath]) -> Origin:
    def moved(paths: Paths) -> Paths:
        return tuple((*places.get(path[:4], path[:4]), *path[4:]) for path in paths)

    return Origin(moved(origin.of), moved(origin.price), moved(origin.discount), moved(origin.taxes))


Pair = tuple[InvoiceLine, tuple[InvoiceLine, DraftLine] | None]


def paired(record: Invoice, found: Again) -> tuple[list[Pair], list[InvoiceLine]]:
    """Each line of the record with the same one of today, or with the one that took its place; and what is new.

    The same in every word and figure come together first, then those of one text, then what is left in order, if both
    sides have as many.
    """
    left = list(found.lines)
    pairs: list[tuple[InvoiceLine, DraftLine] | None] = [None] * len(record.lines)
    for alike in (_same, _of_one_text):
        for index, line in enumerate(record.lines):
            if pairs[index] is None and (match := next((new for new in left if alike(line, new[0])), None)):
                pairs[index] = match
                left.remove(match)
    open_ = [index for index, pair in enumerate(pairs) if pair is None]
    if len(open_) == len(left):
        for index in open_:
            pairs[index] = left.pop(0)
    return list(zip(record.lines, pairs, strict=True)), [line for line, _ in left]


def _same(line: InvoiceLine, other: InvoiceLine) -> bool:
    return line == other


def _of_one_text(line: InvoiceLine, other: InvoiceLine) -> bool:
    return line.text == other.text


def day_of_supply(record: Invoice, found: Again) -> date:
    """The day whose tax rates are owed; of a record alone, its day of supply, the end of its period or its issue."""
    if found.order:
        return found.order.supplied_last(record.issued)
    return min(record.supplied or (record.period.last if record.period else record.issued), record.issued)
