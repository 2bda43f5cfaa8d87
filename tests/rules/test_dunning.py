"""The ladder of reminders: what a client is written as the days go by."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from facturar.plan.letters import plan_letters
from facturar.plan.month import carried_out
from tests.book_text import CLIENTS, after_runs, book

# F-2026-0001 of 1 January, 1,000.00, due on 31 January
CLIENT = CLIENTS + "  taxes: []\n"
JOB = "web: {client: acme, title: Web, done: 2026-01-01, lines: [{text: Web, price: 1000}]}"
SECOND = "app: {client: acme, title: App, done: 2026-03-01, lines: [{text: App, price: 500}]}"  # due on 31 March


def billed(jobs=JOB, runs=("2026-01-01",), **ledgers):
    ledgers = {"clients": CLIENT, **ledgers}
    issued = after_runs(book(jobs=jobs, **{k: v for k, v in ledgers.items() if k in ("clients", "settings")}), runs)
    return book(jobs=jobs, invoices=issued.invoices, **ledgers)


def letters(start, first, last, every=1):
    """(day, step) of all letters when letters are planned every so many days."""
    day, end = date.fromisoformat(first), date.fromisoformat(last)
    while day <= end:
        start = carried_out(start, plan_letters(start, day))
        day += timedelta(days=every)
    return [(str(letter.date), letter.step) for letter in start.letters]


CLIMB = [
    ("2026-01-28", "courtesy"),
    ("2026-02-05", "friendly"),
    ("2026-02-15", "firm"),
    ("2026-02-23", "call"),  # 22 days late on the 22nd, but firm gave time until the 22nd
    ("2026-03-02", "formal"),
    ("2026-04-01", "final"),
]


def test_day_by_day_the_whole_ladder_is_climbed_and_then_it_is_quiet():
    assert letters(billed(), "2026-01-01", "2026-12-31") == CLIMB


def test_weekly_runs_climb_one_step_at_a_time():
    assert letters(billed(), "2026-01-05", "2026-05-31", every=7) == [
        ("2026-02-09", "friendly"),
        ("2026-02-16", "firm"),
        ("2026-03-02", "call"),
        ("2026-03-09", "formal"),
        ("2026-04-06", "final"),
    ]


def test_missed_runs_are_caught_up_with_one_letter():
    assert letters(billed(), "2026-04-20", "2026-04-26") == [("2026-04-20", "friendly")]


def test_catch_up_highest_jumps_to_the_step_reached():
    settings = """
    reminders:
      catch_up: highest
      steps: [{name: friendly, when: 5 days}, {name: firm, when: 15 days}, {name: formal, when: 30 days}]
    """
    assert letters(billed(settings=settings), "2026-02-20", "2026-02-20") == [("2026-02-20", "firm")]


@pytest.mark.parametrize(
    ("diary", "expected"),
    [
        ("- {date: 2026-02-01, client: acme, kind: call, promise: {on: 2026-02-10}}", "2026-02-11"),
        (
            "- {date: 2026-02-01, client: acme, kind: call, invoice: F-2026-0001, promise: {on: 2026-02-10}}",
            "2026-02-11",
        ),
        (
            "- {date: 2026-02-01, client: acme, kind: dispute, invoice: F-2026-0001}\n"
            "- {date: 2026-02-20, client: acme, kind: resolved, invoice: F-2026-0001}",
            "2026-02-20",
        ),
        ("- {date: 2026-02-01, client: acme, kind: handover, to: lawyer}", None),
        ("- {date: 2026-02-07, client: acme, kind: dispute, invoice: F-2026-0001}", "2026-02-05"),
    ],
    ids=[
        "a promise",
        "a promise about the invoice",
        "a dispute, resolved",
        "handed over",
        "a dispute that comes later",
    ],
)
def test_the_diary_holds_letters_back(diary, expected):
    found = letters(billed(diary=diary), "2026-02-01", "2026-03-31")
    assert (found[0][0] if found else None) == expected


def test_a_client_who_pays_starts_again_at_the_bottom():
    start = billed(
        jobs=f"{JOB}\n{SECOND}",
        runs=("2026-01-01", "2026-03-01"),
        payments="- {date: 2026-03-10, client: acme, amount: 1000, invoice: F-2026-0001}",
    )
    assert letters(start, "2026-01-01", "2026-04-10")[-2:] == [("2026-03-28", "courtesy"), ("2026-04-05", "friendly")]


def test_a_letter_lists_all_that_is_overdue_and_the_client_keeps_the_step():
    start = billed(jobs=f"{JOB}\n{SECOND}", runs=("2026-01-01", "2026-03-01"))
    for day in ("2026-02-05", "2026-02-15", "2026-02-23", "2026-03-02", "2026-04-02"):
        start = carried_out(start, plan_letters(start, date.fromisoformat(day)))
    last = start.letters[-1]
    assert last.step == "final"
    assert [(listed.number, listed.days_late) for listed in last.invoices] == [("F-2026-0001", 61), ("F-2026-0002", 2)]
    assert {charge.number for charge in last.charges} == {"F-2026-0001"}  # the second is not late enough by itself


def test_what_is_claimed_is_interest_by_law_and_forty_euros():
    start = billed()
    for day in ("2026-02-05", "2026-02-15", "2026-02-23", "2026-03-02"):
        start = carried_out(start, plan_letters(start, date.fromisoformat(day)))
    formal = start.letters[-1]
    claimed = [(charge.kind, str(charge.amount)) for charge in formal.charges]
    assert claimed == [("compensation", "40.00"), ("interest", "8.34")]  # 1,000 × 10.15% × 30 ÷ 365
    assert str(formal.total) == "1048.34"
    assert str(formal.pay_by) == "2026-03-12"


def test_a_consumer_is_asked_for_no_charges():
    start = billed(clients=CLIENT + "  consumer: true\n")
    for day in ("2026-02-05", "2026-02-15", "2026-02-23", "2026-03-02"):
        start = carried_out(start, plan_letters(start, date.fromisoformat(day)))
    assert start.letters[-1].step == "formal"
    assert start.letters[-1].charges == ()


@pytest.mark.parametrize(
    ("clients", "reason"),
    [
        (CLIENT + "  reminders: none\n", "this client gets no reminders"),
        (CLIENT, "4 days late; 'friendly' comes at 5"),
    ],
    ids=["none", "too early"],
)
def test_silence_says_why(clients, reason):
    plan = plan_letters(billed(clients=clients), date(2026, 2, 4))
    assert [skip.reason for skip in plan.skipped] == [reason]


def test_less_than_the_minimum_is_not_chased():
    start = billed(payments="- {date: 2026-01-20, client: acme, amount: 999.50, invoice: F-2026-0001}")
    assert letters(start, "2026-01-25", "2026-03-31") == []


def test_no_courtesy_for_an_invoice_that_has_just_gone_out():
    clients = CLIENT + "  terms: on receipt\n"
    assert letters(billed(clients=clients), "2026-01-01", "2026-01-05") == []


def test_two_currencies_are_two_ladders_but_one_letter_at_a_time():
    jobs = f"{JOB}\nusa: {{client: acme, title: U, currency: USD, done: 2026-01-01, lines: [{{text: U, price: 70}}]}}"
    start = billed(jobs=jobs)
    for day in ("2026-02-05", "2026-02-06", "2026-02-12", "2026-02-19"):
        start = carried_out(start, plan_letters(start, date.fromisoformat(day)))
    assert [(str(x.date), x.currency, x.step) for x in start.letters] == [
        ("2026-02-05", "EUR", "friendly"),
        ("2026-02-12", "USD", "friendly"),
        ("2026-02-19", "EUR", "firm"),
    ]


def test_after_the_last_step_a_person_must_decide():
    start = billed()
    for day, _ in CLIMB:
        start = carried_out(start, plan_letters(start, date.fromisoformat(day)))
    skip = plan_letters(start, date(2026, 6, 1)).skipped[0]
    assert skip.held
    assert skip.reason == "121 days late and every letter is written: decide what to do"


@pytest.mark.parametrize(
    ("diary", "reason"),
    [
        ("- {date: 2026-05-20, client: acme, kind: handover, to: lawyer}", "handed over to lawyer"),
        ("- {date: 2026-05-20, client: acme, promise: {on: 2026-06-05}}", "promised to pay by 2026-06-05"),
    ],
    ids=["handed over", "a promise"],
)
def test_what_a_person_decided_after_the_last_step_is_not_asked_again(diary, reason):
    start = billed(diary=diary)
    for day, _ in CLIMB:
        start = carried_out(start, plan_letters(start, date.fromisoformat(day)))
    skip = plan_letters(start, date(2026, 6, 1)).skipped[0]
    assert (skip.held, skip.reason) == (False, reason)


def test_two_steps_of_a_ladder_cannot_have_one_name():
    settings = "reminders: {steps: [{name: friendly, when: 5 days}, {name: friendly, when: 15 days}]}"
    with pytest.raises(ValueError, match="two steps are called 'friendly'"):
        book(settings=settings)
