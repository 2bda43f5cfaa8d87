"""What needs attention because of what was said: promises, calls to make, cases in other hands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from facturar.plan.letters import plan_letters
from facturar.plan.month import carried_out
from facturar.plan.notices import plan_notices
from facturar.rules.noticing import Wish
from facturar.views.status import attention
from tests.book_text import CLIENTS, after_runs, book

# F-2026-0001, 1,000.00, due on 31 January; a call comes on 24 February
CLIENT = CLIENTS + "  taxes: []\n  contacts: {billing: {name: Ana Ruiz, phone: +34 600 000 102}}\n"
JOB = "web: {client: acme, title: Web, done: 2026-01-01, lines: [{text: Web, price: 1000}]}"
MARTA = "senders: {billing: {name: Marta}}"


def called(diary="", payments="", settings=""):
    """The book after the ladder was climbed up to the call."""
    start = book(clients=CLIENT, invoices=after_runs(book(jobs=JOB, clients=CLIENT), ["2026-01-01"]).invoices)
    start = replace(start, settings=book(settings=settings).settings)
    for day in ("2026-02-05", "2026-02-16", "2026-02-24"):
        start = carried_out(start, plan_letters(start, date.fromisoformat(day)))
    return book(clients=CLIENT, diary=diary, payments=payments, invoices=start.invoices, letters=start.letters)


def told(kind, start, day):
    found = attention(start, date.fromisoformat(day))
    return [f"{item.about} | {item.amount} {item.currency}" for item in found if item.kind == kind]


CALL = "call Ana Ruiz, +34 600 000 102, about F-2026-0001 | 1000.00 EUR"


@pytest.mark.parametrize(
    ("diary", "payments", "day", "expected"),
    [
        pytest.param("", "", "2026-02-23", [], id="not before its script is written"),
        pytest.param("", "", "2026-02-24", [CALL], id="from that day on"),
        pytest.param("", "", "2026-03-20", [CALL], id="until somebody called"),
        pytest.param("- {date: 2026-02-24, client: acme, kind: call}", "", "2026-02-24", [], id="called at once"),
        pytest.param("- {date: 2026-03-02, client: acme}", "", "2026-03-01", [CALL], id="a note of another day"),
        pytest.param("- {date: 2026-03-02, client: acme}", "", "2026-03-02", [], id="a note"),
        pytest.param("- {date: 2026-02-23, client: acme, kind: call}", "", "2026-02-24", [CALL], id="called before"),
        pytest.param(
            "- {date: 2026-02-25, client: acme, kind: mail}", "", "2026-02-25", [CALL], id="a mail is no call"
        ),
        pytest.param(
            "- {date: 2026-02-25, client: acme, kind: mail, promise: {on: 2026-03-20}}",
            "",
            "2026-02-25",
            [],
            id="a mail with a promise",
        ),
        pytest.param(
            "", "- {date: 2026-02-26, client: acme, amount: 1000}", "2026-02-26", [], id="nothing is open any more"
        ),
        pytest.param(
            "",
            "- {date: 2026-02-26, client: acme, amount: 400}",
            "2026-02-26",
            [CALL.replace("1000.00", "600.00")],
            id="what is still open",
        ),
    ],
)
def test_a_call_is_to_be_made_until_the_diary_says_what_came_of_it(diary, payments, day, expected):
    assert told("call", called(diary, payments), day) == expected


def test_a_call_says_who_makes_it():
    assert told("call", called(settings=MARTA), "2026-02-24") == [f"Marta {CALL}".replace("call ", "calls ")]


def test_after_the_next_letter_there_is_no_call_to_make():
    start = called()
    after = carried_out(start, plan_letters(start, date(2026, 3, 3)))
    assert after.letters[-1].step == "formal"
    assert told("call", after, "2026-03-03") == []


PROMISE = "- {date: 2026-02-25, client: acme, kind: call, promise: {on: 2026-03-10, amount: 500}}"


@pytest.mark.parametrize(
    ("payments", "day", "expected"),
    [
        pytest.param("", "2026-03-02", [], id="far off"),
        pytest.param("", "2026-03-03", ["promised for 2026-03-10 | 500.00 EUR"], id="a week off"),
        pytest.param("", "2026-03-11", ["was promised for 2026-03-10, nothing came | 500.00 EUR"], id="broken"),
        pytest.param(
            "- {date: 2026-03-10, client: acme, amount: 120}",
            "2026-03-11",
            ["was promised for 2026-03-10, 120.00 came | 500.00 EUR"],
            id="partly kept",
        ),
        pytest.param("- {date: 2026-03-10, client: acme, amount: 500}", "2026-03-11", [], id="kept"),
        pytest.param("", "2026-03-18", [], id="broken long ago"),
    ],
)
def test_promises_of_the_next_days_and_those_just_broken(payments, day, expected):
    assert told("promise", called(PROMISE, payments), day) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-04-30", []),
        ("2026-05-01", ["handed over to lawyer on 2026-05-01: no letters | 1000.00 EUR"]),
        ("2026-06-01", []),
    ],
    ids=["before", "from its day on", "returned"],
)
def test_a_case_in_other_hands_is_told_with_what_is_owed(day, expected):
    diary = "- {date: 2026-05-01, client: acme, kind: handover, to: lawyer}\n"
    diary += "- {date: 2026-06-01, client: acme, kind: returned}"
    assert told("handover", called(diary), day) == expected


NEW = "new: {name: Nueva, tax_id: B12345674, taxes: [], address: {street: Calle Mayor 1, city: Madrid, country: ES}}\n"
WELCOME = ["new: facturar letter welcome new | None None"]
AGREED = "first: {client: new, title: Primero, lines: [{text: Web, price: 100}]REST}\n"
WELCOMES = [
    pytest.param("", "", "2026-03-02", WELCOME, id="something is agreed"),
    pytest.param("", ", quote: {valid: 30 days}", "2026-03-02", [], id="not yet: it is quoted"),
    pytest.param("", ", quote: {accepted: 2026-03-02}", "2026-03-02", WELCOME, id="once it is accepted"),
    pytest.param("", ", done: 2026-03-01", "2026-03-02", [], id="nothing goes on"),
    pytest.param("2026-03-02", "", "2026-03-10", [], id="welcomed"),
    pytest.param("", ", agreement: {kind: prepaid, on: 2026-03-02}", "2026-03-01", WELCOME, id="before the first"),
]


@pytest.mark.parametrize(("welcomed", "rest", "day", "expected"), WELCOMES)
def test_a_new_client_is_welcomed_once_there_is_something_agreed(welcomed, rest, day, expected):
    start = book(jobs=AGREED.replace("REST", rest), clients=NEW)
    if welcomed:
        on = date.fromisoformat(welcomed)
        start = carried_out(start, plan_notices(start, on, Wish("welcome"), ["new"], named=True))
    assert told("welcome", start, day) == expected


@pytest.mark.parametrize(("day", "expected"), [("2026-03-16", WELCOME), ("2026-03-17", [])])
def test_a_client_is_new_for_two_weeks_after_the_first_invoice(day, expected):
    monthly = ", agreement: {kind: recurring, starts: 2026-03-02, every: month}"
    start = after_runs(book(jobs=AGREED.replace("REST", monthly), clients=NEW), ["2026-03-02"])
    assert start.invoices
    assert told("welcome", start, day) == expected
    plan = plan_notices(start, date.fromisoformat(day), Wish("welcome"), ["new"], named=False)
    assert bool(plan.actions) == bool(expected)


def test_many_new_clients_are_one_line():
    names = ["ada", "bo", "cy", "di"]
    jobs = "".join(AGREED.replace("first", f"job-{name}").replace("new", name).replace("REST", "") for name in names)
    start = book(jobs=jobs, clients="".join(NEW.replace("new", name) for name in names))
    assert told("welcome", start, "2026-03-02") == ["4 new clients: facturar letter welcome --all | None None"]
