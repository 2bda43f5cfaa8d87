"""The aging table by job: what is open of each invoice, shared over the jobs that it bills.

The sums are those of the table by client. Credit is the client's and of no job, so it has a row of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.model.money import ZERO, digits, rounded
from facturar.rules.aging import Ages, aged
from facturar.rules.earnings import portions
from facturar.rules.settlement import Account, Instalment, accounts
from facturar.views.aging import Aging, AgingRow, ages_of, noted, table_of


def _weights(invoice: Invoice, records: Mapping[str, Invoice]) -> dict[str, Decimal]:
    """How an invoice is shared over its jobs: by what it bills of each, or all to the first when that is nothing."""
    nets: dict[str, Decimal] = defaultdict(Decimal)
    for portion in portions(invoice, records):
        nets[portion.job] += portion.net
    above = {job: net for job, net in nets.items() if net > 0}
    return above or {(invoice.job or ("",))[0]: Decimal(1)}


def shared(amount: Decimal, weights: Mapping[str, Decimal], places: int) -> dict[str, Decimal]:
    """An amount in parts that come to it, each cut to some decimals; the last takes what that leaves.

    >>> {job: str(part) for job, part in shared(Decimal("10.00"), {"a": Decimal(1), "b": Decimal(2)}, 2).items()}
    {'a': '3.33', 'b': '6.67'}
    """
    unit, whole, left = Decimal(1).scaleb(-places), sum(weights.values(), ZERO), amount
    *others, last = weights
    parts = {}
    for job in others:
        parts[job] = (amount * weights[job] / whole).quantize(unit, "ROUND_DOWN")
        left -= parts[job]
    return {**parts, last: left}


def _by_job(account: Account, records: Mapping[str, Invoice]) -> dict[str, list[Instalment]]:
    """The open instalments of an account under each job, with the part of them that is the job's."""
    found: dict[str, list[Instalment]] = defaultdict(list)
    for instalment in account.open:
        weights = _weights(records[instalment.number], records)
        for job, part in shared(instalment.open, weights, digits(account.currency)).items():
            found[job].append(replace(instalment, open=part))
    return found


def _of_a_job(account: Account, job: str, own: Sequence[Instalment], day: date, ages: Ages) -> AgingRow:
    currency = account.currency
    buckets = {name: rounded(amount, currency) for name, amount in aged(own, day, ages).items()}
    balance = sum(buckets.values(), rounded(ZERO, currency))
    return AgingRow(account.client, currency, buckets, rounded(ZERO, currency), balance, job=job)


def _of_credit(account: Account, ages: Ages) -> AgingRow:
    credit = rounded(account.credit, account.currency)
    nothing = dict.fromkeys(ages.names, rounded(ZERO, account.currency))
    return AgingRow(account.client, account.currency, nothing, credit, -credit, note="credit, of no job")


def _rows(account: Account, records: Mapping[str, Invoice], day: date, ages: Ages) -> Iterator[AgingRow]:
    for job, own in sorted(_by_job(account, records).items()):
        yield _of_a_job(account, job, own, day, ages)
    if account.credit:
        yield _of_credit(account, ages)


def aging_by_job(book: Book, day: date, ages: Ages | None = None) -> Aging:
    """What is owed on a day for each job, counting only what is dated by then; and each client's credit."""
    ages = ages or ages_of(book)
    records = {record.number: record for record in book.invoices}
    rows = (row for account in accounts(book, day).values() for row in _rows(account, records, day, ages))
    return table_of(day, ages, tuple(noted(row, book, day) for row in rows))
