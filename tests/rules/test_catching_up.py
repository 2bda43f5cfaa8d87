"""Runs that were missed are caught up: one run bills what a run on each day would have, to the cent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.plan.month import plan_month
from facturar.problems import errors
from facturar.rules.checks import check_book
from facturar.views.explaining.derivation import again
from tests.book_text import after_runs, book

FIRST, LAST = date(2026, 1, 1), date(2026, 7, 10)

HOURS = """
  work:
    - {date: 2026-01-05, hours: 4, note: n}
    - {date: 2026-02-05, hours: 4, note: n}
    - {date: 2026-03-05, hours: 4, note: n}
    - {date: 2026-04-06, hours: 4, note: n}
"""
CAPPED = """
help:
  client: acme
  title: Ayuda
  agreement: {kind: hourly, every: month, starts: 2026-01-01, rate: 50, cap: 500}
"""
HOSTING = """
hosting:
  client: acme
  title: Alojamiento
  agreement: {kind: recurring, every: month, starts: 2026-01-31}
  lines: [{text: Alojamiento, price: 99.99}]
"""
WITH_TAX = "  prices_include_tax: true\n"
LOYAL = """
acme:
  name: Panadería Acme, S.L.
  tax_id: B12345674
  address: {street: Avda. del Puerto 3, postcode: 46021, city: Valencia, country: ES}
  loyalty: {after: 2 invoices, discount: 5%}
"""
RETAINER = """
care:
  client: acme
  title: Cuidado
  cancelled: 2026-03-15
  agreement: {kind: retainer, starts: 2026-01-01, fee: 900, hours: 10, extra_rate: 95}
  work: [{date: 2026-01-15, hours: 12, note: n}, {date: 2026-03-10, hours: 15, note: n}]
  expenses: [{date: 2026-03-12, text: Taxi, amount: 30}]
"""
RISES = """
tax_codes: {v: {kind: vat, label: V, percent: [{since: 2020-01-01, percent: 20}, {since: 2026-04-01, percent: 25}]}}
taxes: [v]
"""
TAXED = """
advance: {client: acme, title: A, agreement: {kind: recurring, starts: 2026-01-20}, lines: [{text: a, price: 100}]}
arrears:
  client: acme
  title: B
  agreement: {kind: recurring, starts: 2026-01-20, in: arrears}
  lines: [{text: a, price: 100}]
whole:
  client: acme
  title: C
  agreement: {deposit: 30%, deposit_on: 2026-03-10}
  done: 2026-05-01
  lines: [{text: a, price: 100}]
front: {client: acme, title: D, agreement: {kind: prepaid, on: 2026-03-15}, lines: [{text: a, price: 77}]}
"""
GATHERED = "invoice_per: client\n"

BOOKS = {
    "a retainer cancelled within a period": book(jobs=RETAINER),
    "the same, gathered": book(jobs=RETAINER, settings=GATHERED),
    "a cap": book(jobs=CAPPED + HOURS),
    "a cap beside other jobs, gathered": book(jobs=CAPPED + HOURS + HOSTING, settings=GATHERED, clients=LOYAL),
    "a cap on prices with tax": book(jobs=CAPPED + WITH_TAX + HOURS),
    "a cap on prices with tax, gathered": book(jobs=CAPPED + WITH_TAX + HOURS + HOSTING + WITH_TAX, settings=GATHERED),
    "a rate of tax that rises": book(jobs=TAXED, settings=RISES),
    "the same rate, gathered": book(jobs=TAXED, settings=RISES + GATHERED),
}


def each(days: int) -> Iterator[date]:
    """Every so many days, and the last."""
    day = FIRST
    while day < LAST:
        yield day
        day += timedelta(days=days)
    yield LAST


def told(invoice: Invoice) -> tuple[object, ...]:
    return (
        frozenset(invoice.covers),
        invoice.kind,
        invoice.period,
        tuple(sorted(line.net for line in invoice.lines)),
        tuple(invoice.totals.model_dump().values()),
        tuple((taken.net, taken.tax) for taken in invoice.deposits),
    )


@pytest.mark.parametrize("start", BOOKS.values(), ids=BOOKS.keys())
def test_missed_runs_are_caught_up_to_the_cent(start: Book):
    daily = after_runs(start, each(1))
    for late in (after_runs(start, [LAST]), after_runs(start, each(7)), after_runs(start, each(45))):
        assert Counter(map(told, late.invoices)) == Counter(map(told, daily.invoices))
        assert not any(isinstance(record, Invoice) for record in plan_month(late, LAST).records)
        assert errors(check_book(late, LAST)) == []
        for record in late.invoices:
            found = again(record, late).figures
            assert found
            assert (found.lines, found.totals) == (record.lines, record.totals)


def test_of_an_invoice_of_several_jobs_only_the_own_lines_count_against_a_cap():
    found = after_runs(BOOKS["a cap beside other jobs, gathered"], each(1))
    capped = [line.net for i in found.invoices for line in i.lines if line.job == "help"]
    assert capped == [200, 190, 100]
