"""The ladder of reminders: what a client is written as the days go by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from facturar.model.letter import Letter
from facturar.plan.letters import plan_letters
from facturar.plan.month import carried_out, plan_month
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
    ("2026-02-16", "firm"),  # 15 days late on the 15th, a Sunday
    ("2026-02-24", "call"),  # 22 days late on the 22nd, but firm gave time until the 23rd
    ("2026-03-03", "formal"),
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


def ladder(*steps, more="gap: 1 days"):
    """Settings with a ladder of steps, each written as its name and its `when`."""
    rows = ", ".join(f"{{name: {name}, when: {when}}}" for name, when in steps)
    return f"reminders: {{{more}, steps: [{rows}]}}"


@pytest.mark.parametrize(
    ("steps", "more", "expected"),
    [
        pytest.param(
            [("friendly", "5 days"), ("firm", "12 days after due"), ("courtesy", "14 days")],
            "gap: 1 days",
            [("2026-02-05", "friendly"), ("2026-02-12", "firm"), ("2026-02-14", "courtesy")],
            id="days after the due date",
        ),
        pytest.param(
            [("courtesy", "3 days before due"), ("friendly", "0 days"), ("firm", "1 days")],
            "gap: 1 days",
            [("2026-01-28", "courtesy"), ("2026-01-31", "friendly"), ("2026-02-02", "firm")],  # the 1st is a Sunday
            id="before it, on it and after it",
        ),
        pytest.param(
            [("friendly", "end of month"), ("firm", "5 days after end of month")],
            "gap: 1 days",
            [("2026-02-02", "friendly"), ("2026-02-05", "firm")],  # due on the 31st: not late before the 1st
            id="the end of the month, when that is the due date",
        ),
        pytest.param(
            [("friendly", "4 days"), ("firm", "10 days after previous"), ("final", "20 days after previous")],
            "gap: 1 days",
            [("2026-02-04", "friendly"), ("2026-02-14", "firm"), ("2026-03-06", "final")],
            id="after the step before",
        ),
        pytest.param(
            [("friendly", "4 days"), ("firm", "10 days after previous")],
            "gap: 15 days",
            [("2026-02-04", "friendly"), ("2026-02-19", "firm")],
            id="after the step before, and the gap",
        ),
    ],
)
def test_a_step_comes_on_its_day(steps, more, expected):
    assert letters(billed(settings=ladder(*steps, more=more)), "2026-01-02", "2026-04-30") == expected


def test_the_end_of_the_month_is_that_of_the_due_date():
    clients = CLIENT + "  terms: 15 days\n"  # due on 16 January
    steps = [("friendly", "end of month"), ("firm", "10 days after end of month")]
    found = letters(billed(clients=clients, settings=ladder(*steps)), "2026-01-02", "2026-04-30")
    assert found == [("2026-01-31", "friendly"), ("2026-02-10", "firm")]


@pytest.mark.parametrize(
    ("catch_up", "expected"),
    [("step", "friendly"), ("highest", "firm")],
)
def test_a_step_after_another_that_had_no_letter_counts_from_its_day(catch_up, expected):
    """Nothing was written for months: the steps count from the due date as if each had come on its day."""
    settings = ladder(("friendly", "5 days"), ("firm", "10 days after previous"), more=f"catch_up: {catch_up}")
    assert letters(billed(settings=settings), "2026-02-16", "2026-02-16") == [("2026-02-16", expected)]
    early = letters(billed(settings=settings), "2026-02-14", "2026-02-14")
    assert early == [("2026-02-14", "friendly")]


def test_a_step_before_the_due_date_that_was_missed_does_not_hold_the_next_one():
    settings = ladder(("courtesy", "-5 days"), ("friendly", "10 days after previous"))
    assert letters(billed(settings=settings), "2026-02-03", "2026-02-28") == [("2026-02-05", "friendly")]


@pytest.mark.parametrize(
    ("settings", "holidays", "expected", "reason"),
    [
        pytest.param("", (), "2026-02-05", None, id="a day like any other"),
        pytest.param("", ("2026-02-05",), "2026-02-06", "on a holiday", id="a holiday"),
        pytest.param(
            "reminders: {quiet: [2026-02-05]}", (), "2026-02-06", "in a quiet time (2026-02-05)", id="a quiet day"
        ),
        pytest.param(
            "reminders: {quiet: [{from: 02-01, until: 02-14}]}",
            (),
            "2026-02-16",  # the 15th is a Sunday
            "in a quiet time (02-01 to 02-14)",
            id="a quiet time of every year, then a Sunday",
        ),
        pytest.param(
            "reminders: {quiet: [{from: 11-15, until: 02-06}]}",
            (),
            "2026-02-07",
            "in a quiet time (11-15 to 02-06)",
            id="over the end of the year",
        ),
        pytest.param(
            "reminders: {quiet: [{from: 2026-02-02, until: 2026-02-06}, {from: 2027-02-01, until: 2027-02-28}]}",
            (),
            "2026-02-07",
            "in a quiet time (2026-02-02 to 2026-02-06)",
            id="of one year",
        ),
        pytest.param(
            "reminders: {ladder: monthly, quiet: [02-05]}", (), "2026-02-02", None, id="a named ladder, and quiet days"
        ),
    ],
)
def test_a_letter_waits_for_a_day_on_which_letters_go_out(settings, holidays, expected, reason):
    start = billed(settings=settings)
    start = replace(start, holidays=frozenset(date.fromisoformat(day) for day in holidays))
    if reason:
        (skip,) = plan_letters(start, date(2026, 2, 5)).skipped
        assert skip.reason == f"no letters {reason}: this one waits until {expected}"
    assert letters(start, "2026-02-01", "2026-03-31")[0][0] == expected


def test_no_letter_before_the_due_date_on_a_quiet_day_either():
    settings = "reminders: {quiet: [{from: 01-28, until: 01-29}]}"
    assert letters(billed(settings=settings), "2026-01-26", "2026-01-31") == [("2026-01-30", "courtesy")]


STALE = "reminders: {stale_after: 5 days}"


@pytest.mark.parametrize(
    ("settings", "payments", "reason"),
    [
        pytest.param("", "", None, id="not asked for"),
        pytest.param(
            STALE, "", "no payment is in the book yet: import the bank first, or set payments_until", id="no payments"
        ),
        pytest.param(STALE, "2026-02-04", None, id="five days old"),
        pytest.param(
            STALE,
            "2026-02-03",
            "payments are known until 2026-02-03, 6 days ago: import the bank first, or set payments_until",
            id="six days old",
        ),
        pytest.param(f"{STALE}\npayments_until: 2026-02-08", "2026-01-15", None, id="read since, and nothing came"),
        pytest.param(
            f"{STALE}\npayments_until: 2026-01-31",
            "2026-02-20",
            "payments are known until 2026-01-31, 9 days ago: import the bank first, or set payments_until",
            id="a payment of a later day",
        ),
    ],
)
def test_nobody_is_reminded_by_payments_that_are_too_old(settings, payments, reason):
    given = f"- {{date: {payments}, client: bolt, amount: 10}}" if payments else ""
    plan = plan_letters(billed(settings=settings, payments=given), date(2026, 2, 9))
    assert [(skip.reason, skip.held) for skip in plan.skipped] == ([(reason, True)] if reason else [])
    assert len(plan.actions) == (0 if reason else 1)


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
        (
            "- {date: 2026-02-01, client: acme, kind: handover, to: lawyer}\n"
            "- {date: 2026-02-20, client: acme, kind: returned}",
            "2026-02-20",
        ),
        (
            "- {date: 2026-02-01, client: acme, kind: handover, to: agency}\n"
            "- {date: 2026-02-10, client: acme, kind: returned}\n"
            "- {date: 2026-02-10, client: acme, kind: handover, to: court}",
            None,
        ),
        ("- {date: 2026-02-07, client: acme, kind: dispute, invoice: F-2026-0001}", "2026-02-05"),
    ],
    ids=[
        "a promise",
        "a promise about the invoice",
        "a dispute, resolved",
        "handed over",
        "handed over, and returned",
        "returned, and handed over to others",
        "a dispute that comes later",
    ],
)
def test_the_diary_holds_letters_back(diary, expected):
    found = letters(billed(diary=diary), "2026-02-01", "2026-03-31")
    assert (found[0][0] if found else None) == expected


def test_a_promise_may_be_late_by_the_days_of_grace():
    diary = "- {date: 2026-02-01, client: acme, kind: call, promise: {on: 2026-02-10}}"
    start = billed(diary=diary, settings="reminders: {grace: 2 days}")
    assert letters(start, "2026-02-01", "2026-03-31")[0][0] == "2026-02-13"


def test_a_client_who_pays_starts_again_at_the_bottom():
    start = billed(
        jobs=f"{JOB}\n{SECOND}",
        runs=("2026-01-01", "2026-03-01"),
        payments="- {date: 2026-03-10, client: acme, amount: 1000, invoice: F-2026-0001}",
    )
    assert letters(start, "2026-01-01", "2026-04-10")[-2:] == [("2026-03-28", "courtesy"), ("2026-04-06", "friendly")]


def test_a_letter_lists_all_that_is_overdue_and_the_client_keeps_the_step():
    start = billed(jobs=f"{JOB}\n{SECOND}", runs=("2026-01-01", "2026-03-01"))
    for day in ("2026-02-05", "2026-02-16", "2026-02-24", "2026-03-03", "2026-04-02"):
        start = carried_out(start, plan_letters(start, date.fromisoformat(day)))
    last = start.letters[-1]
    assert last.step == "final"
    assert [(listed.number, listed.days_late) for listed in last.invoices] == [("F-2026-0001", 61), ("F-2026-0002", 2)]
    assert {charge.number for charge in last.charges} == {"F-2026-0001"}  # the second is not late enough by itself


def test_what_is_claimed_is_interest_by_law_and_forty_euros():
    start = billed()
    for day in ("2026-02-05", "2026-02-16", "2026-02-24", "2026-03-03"):
        start = carried_out(start, plan_letters(start, date.fromisoformat(day)))
    formal = start.letters[-1]
    claimed = [(charge.kind, str(charge.amount)) for charge in formal.charges]
    assert claimed == [("compensation", "40.00"), ("interest", "8.62")]  # 1,000 × 10.15% × 31 ÷ 365
    assert str(formal.total) == "1048.62"
    assert str(formal.pay_by) == "2026-03-13"


def test_a_consumer_is_asked_for_no_charges():
    start = billed(clients=CLIENT + "  consumer: true\n")
    for day in ("2026-02-05", "2026-02-16", "2026-02-24", "2026-03-03"):
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


SENDERS = """
senders: {billing: {name: Marta}, lawyer: {name: Doctora Ley}}
reminders:
  steps:
    - {name: friendly, when: 5 days}
    - {name: formal, when: 15 days, channel: letter, sender: lawyer}
"""


@pytest.mark.parametrize(
    ("sender", "days", "expected"),
    [
        pytest.param(None, ("2026-02-05", "2026-02-16"), ["Marta", "Doctora Ley"], id="all"),
        pytest.param("billing", ("2026-02-05", "2026-02-16"), ["Marta"], id="one"),
        pytest.param("lawyer", ("2026-02-05", "2026-02-16"), [], id="another, whose turn it is not"),
        pytest.param("owner", ("2026-02-05",), [], id="the owner, where somebody else sends what nobody is named for"),
    ],
)
def test_each_sender_may_write_their_own_letters_alone(sender, days, expected):
    start = billed(settings=SENDERS)
    for day in days:
        start = carried_out(start, plan_letters(start, date.fromisoformat(day), sender=sender))
    assert [letter.sender.name for letter in start.letters] == expected


def test_a_plan_says_whose_turn_it_is():
    start = billed(settings=SENDERS)
    assert (
        plan_letters(start, date(2026, 2, 5), sender="lawyer").skipped[0].reason
        == "'friendly' is due, and billing sends it"
    )
    start = carried_out(start, plan_letters(start, date(2026, 2, 5)))
    assert plan_letters(start, date(2026, 2, 16)).actions[0].reason == "16 days late, by letter, lawyer sends it"


def test_without_a_sender_for_billing_the_owner_writes():
    assert len(plan_letters(billed(), date(2026, 2, 5), sender="owner").actions) == 1


def test_a_batch_is_billed_alone_and_all_are_reminded():
    clients = CLIENT + "  batch: A\n" + CLIENT.replace("acme:", "bolt:") + "  batch: B\n"
    jobs = f"{JOB}\nnew: {{client: acme, title: N, done: 2026-02-05, lines: [{{text: N, price: 9}}]}}\n"
    jobs += "own: {client: bolt, title: O, done: 2026-02-05, lines: [{text: O, price: 9}]}"
    start = billed(jobs=jobs, clients=clients)
    found = {
        batch: [(action.kind, action.client) for action in plan_month(start, date(2026, 2, 5), batch=batch).actions]
        for batch in ("A", "B")
    }
    assert found == {
        "A": [("invoice", "acme"), ("letter", "acme"), ("report", None)],
        "B": [("invoice", "bolt"), ("letter", "acme"), ("report", None)],
    }


@pytest.mark.parametrize(
    ("diary", "expected"),
    [
        pytest.param("", ([2], []), id="all is listed"),
        pytest.param(
            "- {date: 2026-04-01, client: acme, kind: dispute, invoice: F-2026-0001}",
            ([1], ["F-2026-0001 is in dispute: the letter leaves it out"]),
            id="one in dispute",
        ),
        pytest.param(
            "- {date: 2026-04-01, client: acme, kind: dispute, invoice: F-2026-0001}\n"
            "- {date: 2026-04-01, client: acme, invoice: F-2026-0002, promise: {on: 2026-05-01}}",
            ([], ["F-2026-0001 is in dispute, F-2026-0002 is promised: nothing else is overdue"]),
            id="one in dispute, the other promised",
        ),
    ],
)
def test_what_a_letter_leaves_out_is_told(diary, expected):
    start = billed(jobs=f"{JOB}\n{SECOND}", runs=("2026-01-01", "2026-03-01"), diary=diary)
    plan = plan_letters(start, date(2026, 4, 10))
    listed = [len(record.invoices) for record in plan.records if isinstance(record, Letter)]
    assert (listed, [skip.reason for skip in plan.skipped]) == expected
