"""Whether the records are as they were issued: seals, chains, sums, numbers without gaps, nothing billed twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TypeAlias

from facturar.model.activity import Activity
from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.model.letter import Letter, letter_name
from facturar.model.money import ZERO
from facturar.model.notice import Notice, notice_name
from facturar.model.numbering import Series, series_of
from facturar.model.quote import Quote
from facturar.model.receipt import Receipt
from facturar.model.record import Record, record_name
from facturar.model.statement import Statement
from facturar.problems import Code, KeyPath, Problem
from facturar.rules.numbering import NumberedT, first_seq
from facturar.rules.seals import seal_of
from facturar.rules.tax_exchange import tax_at

Chained: TypeAlias = Invoice | Quote | Letter | Notice | Activity
"""What holds the seal of the record before it in its series; a receipt and a statement stand alone."""
_RESTORE = "take the file back from git (git log -- FILE); corrections are credit notes, never changes"


def _letter_path(letter: Letter, book: Book) -> KeyPath:
    return ("letters", letter_name(letter, book.settings.currency))


def _wrong_report_sums(report: Activity) -> Iterator[str]:
    if sum((work.hours for work in report.entries), ZERO) != report.totals.hours:
        yield "the entries don't add up to the hours"
    if report.totals.net is not None and sum((line.net for line in report.lines), ZERO) != report.totals.net:
        yield "the lines don't add up to the net"


def _activity(book: Book) -> Iterator[Problem]:
    for own in book.reports_of.values():
        paths = [("activity", record_name(report, book.settings.currency)) for report in own]
        for report, path in zip(own, paths, strict=True):
            yield from _broken_seal(report, path)
            for message in _wrong_report_sums(report):
                yield Problem(Code.sums, f"{path[1]}: {message}", _RESTORE, (*path, "totals"))
        yield from _broken_chain(zip(own, paths, strict=True))


def _notices(book: Book) -> Iterator[Problem]:
    by_client: dict[str, list[tuple[Notice, KeyPath]]] = defaultdict(list)
    for notice in book.notices:
        path = ("letters", notice_name(notice))
        yield from _broken_seal(notice, path)
        by_client[notice.client].append((notice, path))
    for own in by_client.values():
        yield from _broken_chain(own)


def _wrong_receipt_sums(receipt: Receipt) -> Iterator[str]:
    settled = sum((part.amount for part in receipt.invoices), ZERO)
    if settled + (receipt.credit or ZERO) != receipt.amount:
        yield "what went to invoices and to credit does not come to what was received"


def _wrong_statement_sums(statement: Statement) -> Iterator[str]:
    open_ = sum((item.open for item in statement.items), ZERO)
    if open_ != sum((bucket.amount for bucket in statement.buckets), ZERO):
        yield "the open items don't add up to what is open by age"
    if open_ - (statement.credit or ZERO) != statement.balance:
        yield "what is open less the credit is not the balance"
    moved = sum((movement.amount for movement in statement.movements), ZERO)
    if statement.opening is not None and statement.opening + moved != statement.balance:
        yield "the movements don't lead from the opening to the closing balance"


def _of_accounts(book: Book) -> Iterator[Problem]:
    """Receipts and statements, each by itself."""
    records: list[Receipt | Statement] = [*book.receipts, *book.statements]
    for record in records:
        kind = "receipts" if isinstance(record, Receipt) else "statements"
        path: KeyPath = (kind, record_name(record, book.settings.currency))
        yield from _broken_seal(record, path)
        wrong = _wrong_receipt_sums(record) if isinstance(record, Receipt) else _wrong_statement_sums(record)
        for message in wrong:
            yield Problem(Code.sums, f"{path[1]}: {message}", _RESTORE, path)


def _broken_seal(record: Record, path: KeyPath) -> Iterator[Problem]:
    if record.seal != seal_of(record):
        message = f"{path[1]} was changed after it was issued: its seal does not fit"
        yield Problem(Code.seal, message, _RESTORE, (*path, "seal"))


def _broken_chain(records: Iterable[tuple[Chained, KeyPath]]) -> Iterator[Problem]:
    before: Chained | None = None
    for record, path in records:
        if record.previous != (before.seal if before else None):
            follows = f"the seal of {_name(before)}" if before else "nothing, being the first of its series"
            yield Problem(Code.chain, f"{path[1]} is not chained to {follows}", _RESTORE, (*path, "previous"))
        before = record


def _name(record: Chained) -> str:
    match record:
        case Invoice() | Quote():
            return record.number
        case Letter() | Notice():
            return f"the letter of {record.date}"
        case Activity():
            return f"the report of {record.date}"


def _path(record: Invoice | Quote) -> KeyPath:
    return ("invoices" if isinstance(record, Invoice) else "quotes", record.number)


def _wrong_sums(invoice: Invoice | Quote) -> Iterator[str]:
    totals, taxes = invoice.totals, invoice.taxes
    taken = invoice.deposits if isinstance(invoice, Invoice) else ()
    owed: dict[bool, Decimal] = {True: ZERO, False: ZERO}
    for tax in taxes:
        owed[tax.kind == "withholding"] += tax.amount
    deposits = sum((deposit.net for deposit in taken), ZERO)
    if sum((line.net for line in invoice.lines), ZERO) - deposits != totals.net:
        yield "the lines don't add up to the net"
    due_tax = owed[False] - sum((deposit.tax for deposit in taken), ZERO)
    withheld = owed[True] - sum((deposit.withheld or ZERO for deposit in taken), ZERO)
    if (due_tax, withheld) != (totals.tax, totals.withheld):
        yield "the taxes don't add up"
    if totals.net + totals.tax != totals.total or totals.total - totals.withheld != totals.payable:
        yield "the totals don't add up"
    if isinstance(invoice, Invoice) and sum((due.amount for due in invoice.due), ZERO) != totals.payable:
        yield "the instalments don't come to what is payable"


def _wrong_exchange(record: Invoice | Quote, home: str) -> Iterator[str]:
    """A tax in the book's currency that is not what its taxes come to at its rate."""
    if isinstance(record, Quote) or (exchange := record.exchange) is None:
        return
    currency = exchange.currency or home
    if exchange.tax != (tax := tax_at(exchange.rate, record.taxes, record.deposits, currency)):
        yield f"the tax in {currency} is {exchange.tax}, but its taxes at the rate {exchange.rate} come to {tax}"


def _patterns(book: Book) -> tuple[list[str], list[str]]:
    """The patterns that number invoices, and those that number quotes."""
    numbering = book.settings.numbering
    own = [client.series for client in book.clients.values() if client.series]
    of_invoices = [numbering.invoice, numbering.simplified, numbering.credit_note, numbering.debit_note, *own]
    return of_invoices, [numbering.quote, numbering.pro_forma]


def by_series(records: Iterable[NumberedT], patterns: Sequence[str]) -> dict[Series, list[NumberedT]]:
    """The records of each series by running number. A number that fits no pattern is its own series' business."""
    found: dict[Series, list[NumberedT]] = defaultdict(list)
    by_month: dict[tuple[int, int], list[Series]] = {}
    for record in records:
        month = (record.issued.year, record.issued.month)
        if month not in by_month:
            by_month[month] = list(dict.fromkeys(series_of(pattern, record.issued) for pattern in patterns))
        own = next((series for series in by_month[month] if series.seq_of(record.number) is not None), None)
        if own:
            found[own].append(record)
    return {series: sorted(own, key=lambda i: series.seq_of(i.number) or 0) for series, own in found.items()}


def _numbering(series: Series, records: Sequence[Invoice | Quote], book: Book) -> Iterator[Problem]:
    expected = first_seq(series, book.settings.numbering)
    for record in records:
        seq = series.seq_of(record.number) or 0
        if seq > expected:
            missing = [series.number(n) for n in range(expected, min(seq, expected + 3))]
            message = f"before {record.number} there is no {', '.join(missing)}{' …' * (seq - expected > 3)}"
            hint = "take the missing record back from git, or set numbering: start: for a book begun mid-year"
            yield Problem(Code.number_gap, message, hint, (*_path(record), "number"))
        expected = max(seq + 1, expected)
    for before, after in pairwise(records):
        if after.issued < before.issued:
            message = f"{after.number} of {after.issued} follows {before.number} of {before.issued}"
            yield Problem(Code.dates_back, message, _RESTORE, (*_path(after), "issued"))


def _series_problems(book: Book) -> Iterator[Problem]:
    """Gaps, dates and chains of every series of invoices and of quotes."""
    of_invoices, of_quotes = _patterns(book)
    series: list[tuple[Series, Sequence[Invoice | Quote]]] = [
        *by_series(book.invoices, of_invoices).items(),
        *by_series(book.quotes, of_quotes).items(),
    ]
    for own, records in series:
        yield from _numbering(own, records, book)
        yield from _broken_chain((record, _path(record)) for record in records)


def _records(book: Book) -> list[Invoice | Quote]:
    return [*book.invoices, *book.quotes]


def _twice(book: Book) -> Iterator[Problem]:
    paths = {record.number: _path(record) for record in _records(book)}
    for number, times in Counter(record.number for record in _records(book)).items():
        if times > 1:
            hint = f"keep the file in the folder of its year of issue; find the other with: find {paths[number][0]}"
            yield Problem(Code.number_twice, f"{times} records are numbered {number}", hint, paths[number])
    yield from _billed_twice(book)
    yield from _asked_twice(book)


def _billed_twice(book: Book) -> Iterator[Problem]:
    """Keys that more than one record bills, unless credit notes have released them as often."""
    released = Counter(key for invoice in book.invoices for key in invoice.releases)
    billed: dict[str, list[str]] = defaultdict(list)
    for invoice in book.invoices:
        for key in invoice.covers:
            billed[key].append(invoice.number)
    for key, numbers in billed.items():
        if len(numbers) > 1 + released[key]:
            message = f"'{key}' is billed by {numbers[0]} and again by {numbers[-1]}"
            yield Problem(Code.billed_twice, message, "credit one of the two", ("invoices", numbers[-1], "covers"))


def _asked_twice(book: Book) -> Iterator[Problem]:
    """Keys that more than one pro forma asks for."""
    asked: dict[str, str] = {}
    for quote in book.quotes:
        for key in quote.covers:
            if (first := asked.setdefault(key, quote.number)) != quote.number:
                message = f"'{key}' is asked for by {first} and again by {quote.number}"
                hint = "if the second was not sent, take it back in git"
                yield Problem(Code.billed_twice, message, hint, ("quotes", quote.number, "covers"))


def record_problems(book: Book, _today: date) -> Iterator[Problem]:
    """What is wrong with the records, one by one and as series. Linear in their number."""
    for record in _records(book):
        yield from _broken_seal(record, _path(record))
        for message in (*_wrong_sums(record), *_wrong_exchange(record, book.settings.currency)):
            yield Problem(Code.sums, f"{record.number}: {message}", _RESTORE, (*_path(record), "totals"))
    yield from _series_problems(book)
    yield from _twice(book)
    letters: dict[str, list[Letter]] = defaultdict(list)
    for letter in book.letters:
        yield from _broken_seal(letter, _letter_path(letter, book))
        letters[letter.client].append(letter)
    for own in letters.values():
        yield from _broken_chain((letter, _letter_path(letter, book)) for letter in own)
    yield from _notices(book)
    yield from _activity(book)
    yield from _of_accounts(book)
