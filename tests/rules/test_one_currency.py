"""The aging table in one currency: each bucket at the rate of the table's day, one row a client, one total."""

from __future__ import annotations

from datetime import date

import pytest

from facturar.problems import UsageError
from facturar.rules.exchange import rates_of
from facturar.views.aging import aging, open_items
from facturar.views.one_currency import aging_in, open_items_in
from tests.book_text import CLIENTS, after_runs, book
from tests.rules.test_exchange import rates_from

CLIENT = f"""{CLIENTS}  taxes: []
bolt: {{name: Bolt Inc., tax_id: X1, currency: USD, taxes: []}}
foot: {{name: Foot Ltd, tax_id: X2, taxes: []}}
"""
# acme owes 100.00 EUR since 31 January and 10.01 USD since 2 March; bolt 10.01 USD since then; foot 33.33 GBP
JOBS = """
a: {client: acme, title: A, done: 2026-01-01, lines: [{text: A, price: 100}]}
b: {client: acme, title: B, done: 2026-01-31, currency: USD, lines: [{text: B, price: 10.01}]}
c: {client: bolt, title: C, done: 2026-01-31, lines: [{text: C, price: 10.01}]}
d: {client: foot, title: D, done: 2026-01-31, currency: GBP, lines: [{text: D, price: 33.33}]}
"""
LEDGER = "USD 2026-01-15 0.92\nUSD 2026-03-10 0.95\nGBP 2026-01-15 1.15"
DAY = date(2026, 3, 5)


def owing(payments="", ledger=LEDGER):
    start = after_runs(book(jobs=JOBS, clients=CLIENT), ["2026-01-01", "2026-01-31"])
    return book(jobs=JOBS, clients=CLIENT, payments=payments, invoices=start.invoices, rates=tuple(rates_from(ledger)))


def rows_in(currency, day=DAY, **ledgers):
    start = owing(**ledgers)
    table = aging_in(aging(start, day), currency, rates_of(start))
    amounts = {row.client or "total": {k: str(v) for k, v in row.buckets.items() if v} for row in table.rows}
    balances = {row.client or "total": str(row.balance) for row in (*table.rows, *table.totals)}
    return amounts, balances, table


def test_each_bucket_is_converted_and_the_currencies_of_a_client_are_one_row():
    amounts, balances, _ = rows_in("EUR")
    assert amounts == {
        "acme": {"1-30": "9.21", "31-60": "100.00"},
        "bolt": {"1-30": "9.21"},
        "foot": {"1-30": "38.33"},
    }
    assert balances == {"acme": "109.21", "bolt": "9.21", "foot": "38.33", "total": "156.75"}


def test_at_the_rate_of_the_day_not_of_the_invoice():
    assert rows_in("EUR", date(2026, 3, 9))[1]["bolt"] == "9.21"
    assert rows_in("EUR", date(2026, 3, 10))[1]["bolt"] == "9.51"


def test_in_a_currency_that_is_not_the_books():
    _, balances, table = rows_in("USD")
    # 100 ÷ 0.92 + 10.01, and 33.33 × 1.15 ÷ 0.92
    assert balances == {"acme": "118.71", "bolt": "10.01", "foot": "41.66", "total": "170.38"}
    assert {row.currency for row in (*table.rows, *table.totals)} == {"USD"}


def test_credit_is_converted_too_and_the_buckets_less_it_come_to_the_balance():
    _, balances, table = rows_in("EUR", payments="- {date: 2026-03-01, client: bolt, amount: 15.02}")
    bolt = next(row for row in table.rows if row.client == "bolt")
    assert (str(bolt.credit), balances["bolt"]) == ("4.61", "-4.61")
    for row in (*table.rows, *table.totals):
        assert sum(row.buckets.values()) - row.credit == row.balance


def test_says_the_rates_used_and_no_others():
    assert [(rate.currency, str(rate.rate)) for rate in rows_in("EUR")[2].rates] == [("GBP", "1.15"), ("USD", "0.92")]
    only_usd = aging_in(aging(book(), DAY), "USD", rates_of(book()))
    assert (only_usd.rows, only_usd.rates, only_usd.currency) == ((), (), "USD")


@pytest.mark.parametrize(
    ("currency", "ledger", "lacking"),
    [
        pytest.param("EUR", "USD 2026-01-15 0.92", ["GBP"], id="of a currency that is owed in"),
        pytest.param("EUR", "USD 2026-03-06 0.92\nGBP 2026-01-15 1.15", ["USD"], id="only a later one"),
        pytest.param("CHF", LEDGER, ["CHF"], id="of the currency that is asked for"),
        pytest.param("EUR", "", ["GBP", "USD"], id="several"),
    ],
)
def test_a_lacking_rate_is_told_with_the_line_to_add(currency, ledger, lacking):
    with pytest.raises(UsageError) as found:
        rows_in(currency, ledger=ledger)
    assert (
        found.value.message
        == f"there is no rate of {' and of '.join(lacking)} on {DAY}: this cannot be told in {currency}"
    )
    for code in lacking:
        assert f"- {{date: {DAY}, currency: {code}, rate: …}}" in found.value.hint


def test_invoices_are_converted_each_by_itself():
    start = owing()
    items = open_items_in(open_items(start, DAY), "EUR", DAY, rates_of(start))
    assert [(item.number, str(item.open)) for item in items] == [
        ("F-2026-0001", "100.00"),
        ("F-2026-0002", "9.21"),
        ("F-2026-0003", "9.21"),
        ("F-2026-0004", "38.33"),
    ]
