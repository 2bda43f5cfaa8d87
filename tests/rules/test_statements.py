"""Statements of account: what is open on a day, and what moved the balance up to it, line by line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from facturar.model.book import Book
from facturar.model.party import Link
from facturar.model.statement import Statement, statement_name
from facturar.plan.statements import plan_statements
from facturar.rules.statements import Asked, statements
from tests.book_text import CLIENTS, after_runs, book
from tests.properties.lives import credit_note

# two invoices of 100.00 without tax: F-2026-0001 of 10 Jan and -0002 of 10 Feb, each due in 30 days
CLIENT = CLIENTS + "  taxes: []\n"
JOBS = "\n".join(
    f"job{n}: {{client: acme, title: T, done: 2026-0{n}-10, lines: [{{text: T, price: 100}}]}}" for n in (1, 2)
)
RUNS = ["2026-01-10", "2026-02-10"]
DAY = date(2026, 3, 1)


def billed(payments: str = "", diary: str = "", settings: str = "") -> Book:
    start = after_runs(book(JOBS, clients=CLIENT, settings=settings), RUNS)
    later = book(payments=payments, diary=diary)
    return Book(**{**vars(start), "payments": later.payments, "diary": later.diary})


def of(found: Book, day: date = DAY, since: date | None = None) -> list[Statement]:
    return statements(found, ["acme"], Asked("activity" if since else "open", day, since))


def the(found: list[Statement]) -> Statement:
    (statement,) = found
    return statement


OPEN = {
    "nothing paid": ("", ["0001 100.00 20", "0002 100.00 -11"], None, "200.00"),
    "a part": (
        "- {date: 2026-02-20, client: acme, amount: 30}",
        ["0001 70.00 20", "0002 100.00 -11"],
        None,
        "170.00",
    ),
    "credit is on the last line, not in the items": (
        "- {date: 2026-02-20, client: acme, amount: 230}",
        [],
        "30.00",
        "-30.00",
    ),
    "what comes later is not looked at": (
        "- {date: 2026-03-02, client: acme, amount: 200}",
        ["0001 100.00 20", "0002 100.00 -11"],
        None,
        "200.00",
    ),
}


@pytest.mark.parametrize(("payments", "items", "credit", "balance"), OPEN.values(), ids=OPEN)
def test_what_is_open(payments: str, items: list[str], credit: str | None, balance: str) -> None:
    statement = the(of(billed(payments)))
    assert [f"{i.number.removeprefix('F-2026-')} {i.open} {i.days_late}" for i in statement.items] == items
    assert (statement.credit, statement.balance) == (Decimal(credit) if credit else None, Decimal(balance))


def test_what_is_in_dispute_is_marked_and_still_owed() -> None:
    diary = "- {date: 2026-02-15, client: acme, kind: dispute, invoice: F-2026-0001}"
    statement = the(of(billed(diary=diary)))
    assert [item.disputed for item in statement.items] == [True, None]
    assert statement.balance == Decimal("200.00")


def moved(statement: Statement) -> list[str]:
    assert statement.opening is not None
    lines = [
        f"{m.date:%m-%d} {m.kind} {m.document or ''} {m.amount} {m.balance}".replace("  ", " ")
        for m in statement.movements
    ]
    return [f"opening {statement.opening}", *lines]


F1, F2 = "F-2026-0001", "F-2026-0002"
BILLED = [f"01-10 invoice {F1} 100.00 100.00"]
BOTH = [*BILLED, f"02-10 invoice {F2} 100.00 200.00"]
MOVED = {
    "invoices": ("", BOTH),
    "a payment, and one that names its invoice": (
        "- {date: 2026-02-20, client: acme, amount: 30}\n"
        f"- {{date: 2026-02-21, client: acme, amount: 50, invoice: {F2}}}",
        [*BOTH, "02-20 payment -30.00 170.00", f"02-21 payment {F2} -50.00 120.00"],
    ),
    "a refund raises it": (
        "- {date: 2026-02-20, client: acme, amount: 230}\n- {date: 2026-02-21, client: acme, amount: 30, kind: refund}",
        [*BOTH, "02-20 payment -230.00 -30.00", "02-21 refund 30.00 0.00"],
    ),
    "a write-off closes what it names": (
        f"- {{date: 2026-02-20, client: acme, amount: 60, kind: write_off, invoice: {F1}}}",
        [*BOTH, f"02-20 write_off {F1} -60.00 140.00"],
    ),
    "a write-off of more than is open closes no more": (
        "- {date: 2026-02-20, client: acme, amount: 500, kind: write_off}",
        [*BOTH, "02-20 write_off -200.00 0.00"],
    ),
    "a day's invoice comes before its payment": (
        "- {date: 2026-01-10, client: acme, amount: 100}",
        [*BILLED, "01-10 payment -100.00 0.00", f"02-10 invoice {F2} 100.00 100.00"],
    ),
}


@pytest.mark.parametrize(("payments", "expected"), MOVED.values(), ids=MOVED)
def test_what_moved_the_balance(payments: str, expected: list[str]) -> None:
    statement = the(of(billed(payments), since=date(2026, 1, 1)))
    assert moved(statement) == ["opening 0.00", *expected]


def test_what_was_before_is_in_the_opening() -> None:
    statement = the(of(billed("- {date: 2026-01-20, client: acme, amount: 40}"), since=date(2026, 2, 1)))
    assert moved(statement) == ["opening 60.00", f"02-10 invoice {F2} 100.00 160.00"]
    assert statement.balance == Decimal("160.00")


EARLY = 'terms: "2% 10 days, net 30 days"\n'
PROMPT = [*BILLED, f"01-15 payment {F1} -98.00 2.00", f"01-15 discount {F1} -2.00 0.00"]


def test_a_discount_for_paying_early_moves_it_on_its_day_and_its_credit_note_no_more() -> None:
    paid = billed(f"- {{date: 2026-01-15, client: acme, amount: 98, invoice: {F1}}}", settings=EARLY)
    start, end = date(2026, 1, 1), date(2026, 2, 1)
    assert moved(the(of(paid, end, start))) == ["opening 0.00", *PROMPT]
    late = after_runs(paid, ["2026-01-20"])
    assert moved(the(of(late, end, start))) == ["opening 0.00", *PROMPT, "01-20 credit_note R-2026-0001 0.00 0.00"]
    punctual = after_runs(paid, ["2026-01-15"])
    lines = [*PROMPT[:1], "01-15 credit_note R-2026-0001 -2.00 98.00", f"01-15 payment {F1} -98.00 0.00"]
    assert moved(the(of(punctual, end, start))) == ["opening 0.00", *lines]


def test_a_credit_note_lowers_it() -> None:
    found = billed()
    note = credit_note(found.invoices[0], "R-2026-0001", date(2026, 2, 20), None)
    both = Book(**{**vars(found), "invoices": (*found.invoices, note)})
    lines = [*BOTH, "02-20 credit_note R-2026-0001 -100.00 100.00"]
    assert moved(the(of(both, since=date(2026, 1, 1)))) == ["opening 0.00", *lines]


def test_each_currency_has_a_statement_of_its_own() -> None:
    jobs = "dollars: {client: acme, currency: USD, title: T, done: 2026-01-10, lines: [{text: T, price: 100}]}\n" + JOBS
    found = after_runs(book(jobs, clients=CLIENT), RUNS)
    plan = plan_statements(found, DAY, ["acme"], Asked("open", DAY))
    assert [(action.document, action.amount, action.currency) for action in plan.actions] == [
        ("2026-03-01-acme-statement", Decimal("200.00"), "EUR"),
        ("2026-03-01-acme-statement-USD", Decimal("100.00"), "USD"),
    ]


def test_who_owes_nothing_and_has_no_credit_gets_none() -> None:
    assert of(billed("- {date: 2026-02-20, client: acme, amount: 200}")) == []
    assert of(billed(), date(2026, 1, 1)) == []


def test_what_was_said_already_is_not_written_again_and_what_changed_since_is_a_version() -> None:
    found, asked = billed(), Asked("open", DAY)
    plan = plan_statements(found, DAY, ["acme"], asked)
    first = tuple(record for record in plan.records if isinstance(record, Statement))
    written = Book(**{**vars(found), "statements": first})
    again = plan_statements(written, DAY, ["acme"], asked)
    assert (again.actions, [skip.reason for skip in again.skipped]) == (
        (),
        ["2026-03-01-acme-statement says just this"],
    )
    paid = Book(
        **{**vars(written), "payments": book(payments="- {date: 2026-03-01, client: acme, amount: 5}").payments}
    )
    (second,) = plan_statements(paid, DAY, ["acme"], asked).records
    assert isinstance(second, Statement)
    assert statement_name(second, "EUR") == "2026-03-01-acme-statement.2"


LINK = 'payment_methods: [{kind: link, url: "https://pay.example/{number}/{amount}"}]\n'
ASKED = {
    "what is late": ("", "", DAY, f"{F1}/100.00", F1),
    "what is late, of which a part was paid": (
        "- {date: 2026-02-20, client: acme, amount: 30}",
        "",
        DAY,
        f"{F1}/70.00",
        F1,
    ),
    "all of it, once it is due": ("", "", date(2026, 4, 1), f"{F1}+{F2}/200.00", f"{F1}, {F2}"),
    "what is due on the day itself": ("", "", date(2026, 2, 9), f"{F1}/100.00", F1),
    "nothing, before anything is": ("", "", date(2026, 2, 8), "{number}/{amount}", F1),
    "not what is in dispute": (
        "",
        f"- {{date: 2026-02-15, client: acme, kind: dispute, invoice: {F1}}}",
        date(2026, 4, 1),
        f"{F2}/100.00",
        F2,
    ),
}


@pytest.mark.parametrize(("payments", "diary", "day", "link", "reference"), ASKED.values(), ids=ASKED)
def test_the_ways_to_pay_ask_for_what_is_due(payments: str, diary: str, day: date, link: str, reference: str) -> None:
    start = billed(payments, diary, settings=LINK)
    known = tuple(invoice for invoice in start.invoices if invoice.issued <= day)
    statement = the(of(Book(**{**vars(start), "invoices": known}), day))
    (method,) = statement.payment_methods
    assert isinstance(method, Link)
    assert (method.url, statement.reference) == (f"https://pay.example/{link}", reference)
