"""What a month's report is made of: who pays when, the quarter's taxes, income by month, what is pending."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from facturar.model.invoice import Exchange
from facturar.views.income import income
from facturar.views.payers import payers
from facturar.views.pending import pending
from facturar.views.quarter import quarter
from facturar.views.report import as_of, month_report
from tests.book_text import CLIENTS, after_runs, book

# three invoices of 100.00 without tax: F-2026-0001 of 10 Jan, -0002 of 10 Feb, -0003 of 10 Mar, each due in 30 days
UNTAXED = CLIENTS + "  taxes: []\n"
JOBS = "\n".join(
    f"job{n}: {{client: acme, title: T, done: 2026-0{n}-10, lines: [{{text: T, price: 100}}]}}" for n in range(1, 4)
)
RUNS = ["2026-01-10", "2026-02-10", "2026-03-10"]


def lived(payments="", diary="", clients=UNTAXED, **more):
    before = after_runs(book(jobs=JOBS, clients=clients, **more), RUNS)
    return book(jobs=JOBS, clients=clients, payments=payments, diary=diary, invoices=before.invoices, **more)


# payments · the day · invoices, days to pay, days late of acme; or nothing
PAYS = {
    "nothing is paid": ("", "2026-12-31", None),
    "in part is not paid": (
        "- {date: 2026-02-09, client: acme, amount: 99, invoice: F-2026-0001}",
        "2026-12-31",
        None,
    ),
    "by name, 11 days late": (
        "- {date: 2026-02-20, client: acme, amount: 100, invoice: F-2026-0001}",
        "2026-12-31",
        (1, 41, 11),
    ),
    "the last part counts": (
        "- {date: 2026-01-12, client: acme, amount: 40, invoice: F-2026-0001}\n"
        "- {date: 2026-02-20, client: acme, amount: 60, invoice: F-2026-0001}",
        "2026-12-31",
        (1, 41, 11),
    ),
    "before it is due": (
        "- {date: 2026-01-20, client: acme, amount: 100, invoice: F-2026-0001}",
        "2026-12-31",
        (1, 10, -20),
    ),
    "without a name: each when its money is there": (
        "- {date: 2026-02-20, client: acme, amount: 150}\n- {date: 2026-04-01, client: acme, amount: 50}",
        "2026-12-31",
        (2, 46, 16),
    ),
    "paid before it is issued: on its day": (
        "- {date: 2026-01-02, client: acme, amount: 100}",
        "2026-12-31",
        (1, 0, -30),
    ),
    "the median of three": (
        "- {date: 2026-02-09, client: acme, amount: 100, invoice: F-2026-0001}\n"
        "- {date: 2026-03-14, client: acme, amount: 100, invoice: F-2026-0002}\n"
        "- {date: 2026-09-30, client: acme, amount: 100, invoice: F-2026-0003}",
        "2026-12-31",
        (3, 32, 2),
    ),
    "written off is not paid": (
        "- {date: 2026-02-20, client: acme, amount: 100, invoice: F-2026-0001, kind: write_off}",
        "2026-12-31",
        None,
    ),
    "paid after the day asked for": (
        "- {date: 2026-02-20, client: acme, amount: 100, invoice: F-2026-0001}",
        "2026-02-19",
        None,
    ),
    "more than a year ago": (
        "- {date: 2026-02-20, client: acme, amount: 100, invoice: F-2026-0001}",
        "2027-02-20",
        None,
    ),
}


@pytest.mark.parametrize(("payments", "day", "expected"), PAYS.values(), ids=PAYS.keys())
def test_how_a_client_pays(payments, day, expected):
    found = payers(lived(payments), date.fromisoformat(day))
    assert [(p.invoices, p.to_pay, p.late) for p in found] == ([expected] if expected else [])


def test_an_invoice_in_instalments_is_as_late_as_the_latest():
    clients = UNTAXED + '  terms: ["50% on receipt", "50% 60 days"]\n'
    payments = (
        "- {date: 2026-01-30, client: acme, amount: 50, invoice: F-2026-0001}\n"
        "- {date: 2026-02-09, client: acme, amount: 50, invoice: F-2026-0001}"
    )
    (found,) = payers(lived(payments, clients=clients), date(2026, 2, 9))
    assert (found.invoices, found.to_pay, found.late) == (1, 30, 20)


def taxes(found, day):
    return [
        (t.code, str(t.percent), t.currency, str(t.base), str(t.amount))
        for t in quarter(found, date.fromisoformat(day)).taxes
    ]


def test_the_taxes_of_a_quarter_end_with_the_day():
    found = lived(clients=CLIENTS)
    assert quarter(found, date(2026, 3, 9)).first == date(2026, 1, 1)
    assert taxes(found, "2026-03-09") == [
        ("iva", "21", "EUR", "200.00", "42.00"),
        ("irpf", "15", "EUR", "200.00", "30.00"),
    ]
    assert taxes(found, "2026-03-10")[0] == ("iva", "21", "EUR", "300.00", "63.00")
    assert taxes(found, "2026-04-01") == []


def test_a_credit_note_takes_its_taxes_back():
    found = lived(clients=CLIENTS)
    whole = found.invoices[0]
    negative = whole.model_copy(
        update={
            "number": "R-2026-0001",
            "kind": "credit_note",
            "issued": date(2026, 3, 20),
            "corrects": whole.number,
            "taxes": tuple(t.model_copy(update={"base": -t.base, "amount": -t.amount}) for t in whole.taxes),
        }
    )
    credited = book(jobs=JOBS, invoices=(*found.invoices, negative))
    assert taxes(credited, "2026-03-31")[0] == ("iva", "21", "EUR", "200.00", "42.00")


def test_another_currency_is_told_at_the_records_rate_or_else_by_itself():
    found = lived(clients=CLIENTS)
    rate = Exchange(rate=Decimal("0.925"), date=date(2026, 1, 9), tax=Decimal("19.43"))
    first, second, third = found.invoices
    foreign = (
        first.model_copy(update={"currency": "USD", "exchange": rate}),
        second.model_copy(update={"currency": "GBP"}),
        third,
    )
    assert taxes(book(jobs=JOBS, invoices=foreign), "2026-03-31") == [
        ("iva", "21", "EUR", "192.50", "40.43"),
        ("irpf", "15", "EUR", "192.50", "28.88"),
        ("iva", "21", "GBP", "100.00", "21.00"),
        ("irpf", "15", "GBP", "100.00", "15.00"),
    ]


def test_income_begins_with_the_first_month_that_had_any_and_ends_with_the_day():
    payments = (
        "- {date: 2026-03-05, client: acme, amount: 100}\n"
        "- {date: 2026-03-06, client: acme, amount: 30, kind: refund}\n"
        "- {date: 2026-03-07, client: acme, amount: 20, kind: write_off}\n"
        "- {date: 2026-03-20, client: acme, amount: 100}"
    )
    found = income(lived(payments), date(2026, 3, 15))
    assert [(f"{row.month:%Y-%m}", str(row.invoiced), str(row.collected)) for row in found] == [
        ("2026-01", "100.00", "0"),
        ("2026-02", "100.00", "0"),
        ("2026-03", "100.00", "70"),
    ]


def test_income_looks_back_twelve_months():
    found = income(lived(), date(2027, 2, 28))
    assert [f"{row.month:%Y-%m}" for row in found][0::11] == ["2026-03", "2027-02"]


# diary · the day · kinds
PENDING = {
    "a promise that runs": ("- {date: 2026-03-01, client: acme, promise: {on: 2026-03-20}}", "2026-03-20", ["promise"]),
    "broken, while something is overdue": (
        "- {date: 2026-03-01, client: acme, promise: {on: 2026-03-20}}",
        "2026-03-21",
        ["broken"],
    ),
    "broken in an earlier month": (
        "- {date: 2026-03-01, client: acme, promise: {on: 2026-03-20}}",
        "2026-04-01",
        [],
    ),
    "a promise of tomorrow's entry": (
        "- {date: 2026-03-02, client: acme, promise: {on: 2026-03-20}}",
        "2026-03-01",
        [],
    ),
    "a dispute": ("- {date: 2026-03-01, client: acme, kind: dispute, invoice: F-2026-0001}", "2026-03-31", ["dispute"]),
    "resolved": (
        "- {date: 2026-03-01, client: acme, kind: dispute, invoice: F-2026-0001}\n"
        "- {date: 2026-03-02, client: acme, kind: resolved, invoice: F-2026-0001}",
        "2026-03-31",
        [],
    ),
    "handed over": ("- {date: 2026-03-01, client: acme, kind: handover, to: court}", "2026-03-31", ["handover"]),
    "a note says nothing": ("- {date: 2026-03-01, client: acme, note: Hola.}", "2026-03-31", []),
}


@pytest.mark.parametrize(("diary", "day", "kinds"), PENDING.values(), ids=PENDING.keys())
def test_what_is_pending(diary, day, kinds):
    assert [item.kind for item in pending(lived(diary=diary), date.fromisoformat(day))] == kinds


def test_a_promise_is_not_broken_once_all_is_paid():
    diary = "- {date: 2026-03-01, client: acme, promise: {on: 2026-03-20, amount: 300}}"
    found = lived("- {date: 2026-03-19, client: acme, amount: 300}", diary)
    assert pending(found, date(2026, 3, 25)) == ()


def test_a_month_that_runs_counts_up_to_its_day_and_later_entries_do_not_move_it():
    payments = "- {date: 2026-02-20, client: acme, amount: 100}"
    found = lived(payments)
    early = month_report(found, date(2026, 2, 9))
    assert early.invoices == ()
    assert early.received == ()
    assert [invoice.number for invoice in as_of(found, date(2026, 2, 9)).invoices] == ["F-2026-0001"]
    assert month_report(lived(), date(2026, 2, 9)) == early
