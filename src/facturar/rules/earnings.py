"""What each job and each product earned: the nets of the records, shared over their jobs and items; what of it came in.

Records alone say what was billed; a credit note takes back what it names. Debit notes claim interest and costs, which
no job earned, and are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.invoice import DepositTaken, Invoice, InvoiceLine
from facturar.model.money import ZERO
from facturar.rules.settlement import accounts


@dataclass(frozen=True)
class Portion:
    """A part of a record's net, in its currency: of which job and, where products were sold, how many of which.

    `supplied` is the day whose costs it bears.
    """

    record: Invoice
    job: str
    net: Decimal
    supplied: date
    item: str | None = None
    quantity: Decimal = ZERO


def _supplied(record: Invoice) -> date:
    return record.supplied or (record.period.first if record.period else record.issued)


def _first_job(record: Invoice) -> str:
    return record.job[0] if record.job else ""


def _of_a_line(line: InvoiceLine, record: Invoice, supplied: date) -> Portion:
    quantity = line.quantity if line.item else ZERO
    return Portion(record, line.job or _first_job(record), line.net, supplied, line.item, quantity)


def _of_an_amount(line: InvoiceLine, record: Invoice, original: Invoice) -> Iterator[Portion]:
    """An amount that was credited, shared as the nets of the lines are that bear its taxes; nothing came back."""
    own = [was for was in original.lines if was.taxes == line.taxes]
    whole = sum((was.net for was in own), ZERO)
    if not whole:
        yield _of_a_line(line, record, _supplied(original))
    for was in own if whole else ():
        net = line.net * was.net / whole
        yield Portion(record, was.job or _first_job(original), net, _supplied(original), was.item)


def _of_a_deposit(deposit: DepositTaken, record: Invoice, records: Mapping[str, Invoice]) -> Portion:
    invoice = records.get(deposit.number, record)
    return Portion(record, _first_job(invoice), -deposit.net, _supplied(record))


def _is_an_amount(line: InvoiceLine, record: Invoice) -> bool:
    """Whether a line of a credit note takes back an amount, rather than a line of its invoice."""
    return line.item is None and line.job is None and line.text == record.reason


def _taken_back(record: Invoice, records: Mapping[str, Invoice]) -> Invoice | None:
    """The invoice of which a credit note takes back some; None for a final bill that came to less than its deposit."""
    return records.get(record.corrects or "") if record.reason else None


def portions(record: Invoice, records: Mapping[str, Invoice]) -> Iterator[Portion]:
    """A record's net in parts that come to it: its lines, less the deposits that it takes off, each to its own job."""
    original = _taken_back(record, records)
    for line in record.lines:
        if original and _is_an_amount(line, record):
            yield from _of_an_amount(line, record, original)
        else:
            yield _of_a_line(line, record, _supplied(original or record))
    for deposit in record.deposits:
        yield _of_a_deposit(deposit, record, records)


def for_work(book: Book) -> Iterator[Invoice]:
    """The records of what was sold: no debit notes, nor the credit notes that waive them."""
    records = {record.number: record for record in book.invoices}
    for record in book.invoices:
        if "debit_note" not in (record.kind, records.get(record.corrects or "", record).kind):
            yield record


def earned(book: Book, first: date, last: date) -> Iterator[Portion]:
    """All that was billed from a day to another, by the days of issue, less what was credited then.

    What paying late costs a client is no work's: debit notes do not count, nor do the credit notes that waive them.
    """
    records = {record.number: record for record in book.invoices}
    for record in for_work(book):
        if first <= record.issued <= last:
            yield from portions(record, records)


def _sums(amounts: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for number, amount in amounts:
        sums[number] += amount
    return sums


def shares_received(book: Book, day: date) -> dict[str, Decimal]:
    """How much of each record was settled by a day with anything but a write-off, from 0 to 1.

    What a credit note takes back counts as settled, as the note itself counts below nothing: together they are what
    came in. A record of nothing is settled.
    """
    items = [instalment for account in accounts(book, day).values() for instalment in account.instalments]
    lacking = _sums((instalment.number, instalment.open + instalment.written_off) for instalment in items)
    return {
        record.number: 1 - lacking.get(record.number, ZERO) / record.totals.payable
        if record.totals.payable > 0
        else Decimal(1)
        for record in book.invoices
    }
