"""Invoices known to the cent, from the job as it is written to what is issued, due and open."""

from __future__ import annotations

from datetime import date

import pytest

from facturar.rules.settlement import accounts
from tests.book_text import after_runs, book

DAY = "2026-11-30"
ITALY = """
regime: it
taxes: [iva, ritenuta]
"""
FUND = """
consulenza:
  client: acme
  title: Consulenza
  done: 2026-11-30
  lines:
    - {text: Consulenza, price: 1600}
    - {text: Rivalsa INPS 4%, price: 64.00}
"""
SHOP = """
bags:
  client: acme
  title: Bags
  done: 2026-11-30
  prices_include_tax: true
  lines:
    - {text: Bag, quantity: 10, price: 10.00, taxes: [iva, recargo]}
    - {text: Delivery, price: 10.00, taxes: [iva]}
"""


def the_invoice(jobs: str, settings: str = "", payments: str = ""):
    """The one invoice of a run on the day, and what is open of it."""
    after = after_runs(book(jobs=jobs, settings=settings, payments=payments), [DAY])
    (invoice,) = after.invoices
    (account,) = accounts(after, date.fromisoformat(DAY)).values()
    return invoice, sum(instalment.open for instalment in account.open)


def test_an_italian_fund_of_four_percent():
    invoice, _ = the_invoice(FUND, ITALY)
    rows = [(tax.code, str(tax.base), str(tax.amount)) for tax in invoice.taxes]
    assert rows == [("iva", "1664.00", "366.08"), ("ritenuta", "1664.00", "332.80")]
    assert (str(invoice.totals.net), str(invoice.totals.payable)) == ("1664.00", "1697.28")


def test_prices_with_iva_and_the_surcharge_on_some():
    invoice, _ = the_invoice(SHOP)
    assert [str(line.net) for line in invoice.lines] == ["82.64", "8.26"]
    assert [(tax.code, str(tax.base), str(tax.amount)) for tax in invoice.taxes] == [
        ("iva", "82.64", "17.36"),
        ("iva", "8.26", "1.74"),
        ("recargo", "82.64", "4.30"),
    ]
    assert (str(invoice.totals.total), str(invoice.totals.payable)) == ("114.30", "114.30")


def test_an_advance_of_25_leaves_89_30():
    _, left = the_invoice(SHOP, payments="- {date: 2026-11-20, client: acme, amount: 25.00}")
    assert str(left) == "89.30"


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ("[40% on receipt, 60% 30 days]", ["45.72", "68.58"]),
        ("[60% on receipt, 40% 30 days]", ["68.58", "45.72"]),
        ("[33% on receipt, 33% 30 days, 34% 60 days]", ["37.72", "37.72", "38.86"]),
    ],
)
def test_it_falls_due_in_parts(terms, expected):
    invoice, left = the_invoice(SHOP, f"terms: {terms}")
    assert [str(due.amount) for due in invoice.due] == expected
    assert str(left) == "114.30"
