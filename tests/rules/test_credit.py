"""Credit policies: who is on hold, why, and what has to be paid to lift it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from facturar.model.catalog import Rate
from facturar.plan.holds import holds_today
from facturar.rules.credit import holds, new_clients
from tests.book_text import CLIENTS, after_runs, book

NO_TAX = "taxes: []"
FIRST = "web: {client: acme, title: Web, done: 2026-01-01, lines: [{text: Web, price: 1000}]}\n"  # due on 31 January
SECOND = "app: {client: acme, title: App, done: 2026-03-01, lines: [{text: App, price: 500}]}\n"  # due on 31 March
PAID = "- {date: 2026-01-20, client: acme, amount: 1000, invoice: F-2026-0001}"
DISPUTE = "- {date: 2026-02-01, client: acme, kind: dispute, invoice: F-2026-0001}"


def billed(jobs, credit, runs=("2026-01-01", "2026-03-01"), of_client="", **ledgers):
    settings = f"{NO_TAX}\ncredit: {credit}\n"
    clients = CLIENTS + (f"  credit: {of_client}\n" if of_client else "")
    issued = after_runs(book(jobs=jobs, clients=clients, settings=settings), runs)
    return book(jobs=jobs, clients=clients, settings=settings, invoices=issued.invoices, **ledgers)


@pytest.mark.parametrize(
    ("jobs", "credit", "more", "day", "expected"),
    [
        pytest.param(FIRST, "{limit: 1000}", {}, "2026-01-10", None, id="at the limit is within it"),
        pytest.param(
            FIRST + SECOND,
            "{limit: 1000}",
            {},
            "2026-03-10",
            ("500.00", "1500.00 EUR open, over the limit of 1000"),
            id="over the limit",
        ),
        pytest.param(FIRST + SECOND, "{limit: 1000}", {"payments": PAID}, "2026-03-10", None, id="what is paid frees"),
        pytest.param(
            FIRST,
            "{limit: 5000, new_limit: 800}",
            {},
            "2026-01-10",
            ("200.00", "1000.00 EUR open, over the limit of 800 of a client who has not paid a first invoice"),
            id="of a new client the lower limit",
        ),
        pytest.param(
            FIRST + SECOND, "{limit: 5000, new_limit: 400}", {"payments": PAID}, "2026-03-10", None, id="no longer new"
        ),
        pytest.param(
            FIRST,
            "{new_limit: 800}",
            {"payments": "- {date: 2026-01-20, client: acme, amount: 1000, kind: write_off, invoice: F-2026-0001}"},
            "2026-03-10",
            None,
            id="nothing open",
        ),
        pytest.param(FIRST, "{hold: 45 days}", {}, "2026-03-17", None, id="45 days late is not more than 45"),
        pytest.param(
            FIRST,
            "{hold: 45 days}",
            {},
            "2026-03-18",
            ("1000.00", "F-2026-0001 is 46 days late, more than 45 days"),
            id="too late",
        ),
        pytest.param(FIRST, "{hold: 45 days}", {"diary": DISPUTE}, "2026-03-18", None, id="not for a dispute"),
        pytest.param(
            FIRST + SECOND,
            "{limit: 1200, hold: 45 days}",
            {},
            "2026-03-18",
            ("1000.00", "1500.00 EUR open, over the limit of 1200; F-2026-0001 is 46 days late, more than 45 days"),
            id="both: the larger sum lifts it",
        ),
        pytest.param(
            FIRST,
            "{limit: 500, hold: 10 days}",
            {"of_client": "{limit: 9000}"},
            "2026-02-20",
            ("1000.00", "F-2026-0001 is 20 days late, more than 10 days"),
            id="the client over the book, key by key",
        ),
    ],
)
def test_who_is_on_hold(jobs, credit, more, day, expected):
    found = holds(billed(jobs, credit, **more), date.fromisoformat(day)).get("acme")
    assert (found and (str(found.to_pay), found.reason)) == expected


def test_a_book_without_policies_holds_nobody():
    start = after_runs(book(jobs=FIRST, settings=NO_TAX), ["2026-01-01"])
    assert holds(start, date(2026, 12, 31)) == {}


def test_what_is_due_to_be_billed_counts_towards_the_limit():
    found = holds_today(billed(FIRST + SECOND, "{limit: 1000}", runs=("2026-01-01",)), date(2026, 3, 1))
    assert found["acme"].reason == "1000.00 EUR open and 500.00 to bill, over the limit of 1000"
    sums = (found["acme"].open, found["acme"].to_bill, found["acme"].to_pay)
    assert sums == (Decimal(1000), Decimal(500), Decimal(500))


@pytest.mark.parametrize(
    ("rates", "expected"),
    [
        pytest.param(["0.90", "0.80"], (Decimal("800.00"), ()), id="at the latest rate"),
        pytest.param([], None, id="without a rate it is not counted"),
    ],
)
def test_other_currencies_count_in_that_of_the_book(rates, expected):
    given = tuple(Rate(date=date(2026, 1, 1 + n), currency="USD", rate=rate) for n, rate in enumerate(rates))
    start = billed(FIRST.replace("title", "currency: USD, title"), "{limit: 700}")
    found = holds(
        book(jobs=FIRST, settings="credit: {limit: 700}", invoices=start.invoices, rates=given), date(2026, 2, 1)
    )
    assert (("acme" in found and (found["acme"].open, found["acme"].uncounted)) or None) == expected


@pytest.mark.parametrize(
    ("payments", "new"),
    [
        pytest.param("", True, id="nothing paid"),
        pytest.param("- {date: 2026-01-20, client: acme, amount: 400}", True, id="paid in part"),
        pytest.param(
            "- {date: 2026-01-20, client: acme, amount: 1000, kind: write_off, invoice: F-2026-0001}",
            True,
            id="written off",
        ),
        pytest.param(PAID, False, id="paid"),
    ],
)
def test_a_client_is_new_until_a_first_invoice_is_paid(payments, new):
    assert (new_clients(billed(FIRST, "{}", payments=payments), date(2026, 2, 1)) == {"acme"}) is new
