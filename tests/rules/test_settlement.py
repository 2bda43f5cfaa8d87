"""What is paid and what is open: payments laid against instalments, as of a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from facturar.rules.settlement import accounts
from tests.book_text import CLIENTS, after_runs, book

# three invoices of 100.00 without tax: F-2026-0001 of 10 Jan, -0002 of 10 Feb, -0003 of 10 Mar, each due in 30 days
CLIENT = CLIENTS + "  taxes: []\n"
JOBS = "\n".join(
    f"job{n}: {{client: acme, title: T, done: 2026-0{n}-10, lines: [{{text: T, price: 100}}]}}" for n in range(1, 4)
)
RUNS = ["2026-01-10", "2026-02-10", "2026-03-10"]

CASES = {
    "nothing paid": ("", "2026-12-31", "100.00 100.00 100.00", "0"),
    "the named invoice": (
        "- {date: 2026-04-01, client: acme, amount: 100, invoice: F-2026-0002}",
        "2026-12-31",
        "100.00 0.00 100.00",
        "0",
    ),
    "a part of it": (
        "- {date: 2026-04-01, client: acme, amount: 40.50, invoice: F-2026-0002}",
        "2026-12-31",
        "100.00 59.50 100.00",
        "0",
    ),
    "split over two": (
        "- {date: 2026-04-01, client: acme, amount: 120, invoices: {F-2026-0001: 20, F-2026-0003: 100}}",
        "2026-12-31",
        "80.00 100.00 0.00",
        "0",
    ),
    "no name: the oldest due first": (
        "- {date: 2026-04-01, client: acme, amount: 150}",
        "2026-12-31",
        "0.00 50.00 100.00",
        "0",
    ),
    "what a named payment leaves goes to the oldest": (
        "- {date: 2026-04-01, client: acme, amount: 130, invoice: F-2026-0003}",
        "2026-12-31",
        "70.00 100.00 0.00",
        "0",
    ),
    "named payments come before unnamed ones, whatever their date": (
        "- {date: 2026-04-01, client: acme, amount: 100}\n"
        "- {date: 2026-04-02, client: acme, amount: 100, invoice: F-2026-0001}",
        "2026-12-31",
        "0.00 0.00 100.00",
        "0",
    ),
    "too much stays as credit": (
        "- {date: 2026-04-01, client: acme, amount: 320}",
        "2026-12-31",
        "0.00 0.00 0.00",
        "20.00",
    ),
    "a refund takes from credit": (
        "- {date: 2026-04-01, client: acme, amount: 320}\n- {date: 2026-04-05, client: acme, amount: 20, kind: refund}",
        "2026-12-31",
        "0.00 0.00 0.00",
        "0.00",
    ),
    "a write-off closes": (
        "- {date: 2026-04-01, client: acme, amount: 100, kind: write_off, invoice: F-2026-0001}",
        "2026-12-31",
        "0.00 100.00 100.00",
        "0",
    ),
    "a write-off of too much is no credit": (
        "- {date: 2026-04-01, client: acme, amount: 150, kind: write_off, invoice: F-2026-0001}\n"
        "- {date: 2026-04-02, client: acme, amount: 200}",
        "2026-12-31",
        "0.00 0.00 0.00",
        "0",
    ),
    "a later payment does not count yet": (
        "- {date: 2026-04-01, client: acme, amount: 300}",
        "2026-03-31",
        "100.00 100.00 100.00",
        "0",
    ),
    "it counts on its day": ("- {date: 2026-04-01, client: acme, amount: 300}", "2026-04-01", "0.00 0.00 0.00", "0.00"),
    "a later invoice does not count yet": ("", "2026-02-10", "100.00 100.00", "0"),
    "paid before it was issued: credit, then the invoice": (
        "- {date: 2026-01-05, client: acme, amount: 60}",
        "2026-01-09",
        "",
        "60",
    ),
}


def settled(payments, day):
    start = after_runs(book(jobs=JOBS, clients=CLIENT), RUNS)
    paid = book(jobs=JOBS, clients=CLIENT, payments=payments, invoices=start.invoices)
    return accounts(paid, date.fromisoformat(day)).get(("acme", "EUR"))


@pytest.mark.parametrize(("payments", "day", "open_", "credit"), CASES.values(), ids=CASES.keys())
def test_settles(payments, day, open_, credit):
    account = settled(payments, day)
    assert " ".join(str(instalment.open) for instalment in account.instalments) == open_
    assert account.credit == Decimal(credit)


def test_a_credit_from_an_early_payment_settles_the_invoice_that_comes():
    account = settled("- {date: 2026-01-05, client: acme, amount: 60}", "2026-01-10")
    assert [str(instalment.open) for instalment in account.instalments] == ["40.00"]


def test_instalments_are_paid_by_due_date():
    clients = CLIENT + '  terms: ["50% 60 days", "50% on receipt"]\n'
    start = after_runs(book(jobs=JOBS, clients=clients), RUNS[:1])
    payments = "- {date: 2026-04-01, client: acme, amount: 60, invoice: F-2026-0001}"
    paid = book(jobs=JOBS, clients=clients, payments=payments, invoices=start.invoices)
    account = accounts(paid, date(2026, 4, 1))["acme", "EUR"]
    assert [(str(i.due), str(i.open)) for i in account.instalments] == [("2026-01-10", "0.00"), ("2026-03-11", "40.00")]


def test_currencies_never_meet():
    payments = "- {date: 2026-04-01, client: acme, amount: 100, currency: USD}"
    start = after_runs(book(jobs=JOBS, clients=CLIENT), RUNS)
    paid = book(jobs=JOBS, clients=CLIENT, payments=payments, invoices=start.invoices)
    found = {key: (str(a.credit), str(a.balance)) for key, a in accounts(paid, date(2026, 12, 31)).items()}
    assert found == {("acme", "EUR"): ("0", "300.00"), ("acme", "USD"): ("100", "-100")}
