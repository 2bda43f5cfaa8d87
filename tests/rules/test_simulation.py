"""What another ladder would have written: the planner's own letters, over the book as it stood on each day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from facturar.model.payment import Payment
from facturar.plan.letters import plan_letters
from facturar.plan.month import carried_out
from facturar.plan.simulation import simulation
from tests.book_text import CLIENTS
from tests.rules.test_dunning import CLIMB, JOB, SECOND, billed, letters

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
SHARP = """
ladders:
  sharp: {gap: 1 day, steps: [{name: firm, when: 1 days}, {name: final, when: 3 days}]}
"""


def would(start, ladder="weekly", first=FIRST, last=LAST, **how):
    return [(str(letter.date), letter.step) for letter in simulation(start, ladder, first, last, **how).would]


def lived():
    """A book in which the usual ladder was climbed day by day."""
    start = billed()
    for ahead in range((LAST - FIRST).days + 1):
        start = carried_out(start, plan_letters(start, FIRST + timedelta(days=ahead)))
    return start


def test_the_ladder_that_was_climbed_day_by_day_would_have_written_what_was_written():
    found = simulation(lived(), "weekly", FIRST, LAST)
    assert found.would == found.were
    assert [(str(letter.date), letter.step) for letter in found.would] == CLIMB


def test_as_if_run_each_week():
    weekly = letters(billed(), "2026-01-05", "2026-05-31", every=7)
    assert would(billed(), first=date(2026, 1, 5), last=date(2026, 5, 31), every="week") == weekly


def test_as_if_run_each_month_on_the_day_of_the_first():
    assert would(billed(), "monthly", date(2026, 1, 31), date(2026, 4, 30), every="month") == [
        ("2026-01-31", "courtesy"),
        ("2026-02-28", "friendly"),
        ("2026-03-31", "firm"),
        ("2026-04-30", "call"),
    ]


def test_another_ladder_of_the_book():
    start = billed(settings=SHARP)
    assert would(start, "sharp") == [("2026-02-02", "firm"), ("2026-02-03", "final")]  # the 1st is a Sunday


def test_the_letters_before_the_first_day_are_the_real_ones():
    first = date(2026, 2, 10)
    found = simulation(lived(), "weekly", first, date(2026, 2, 28))
    assert [(str(letter.date), letter.step) for letter in found.would] == CLIMB[2:4]
    assert found.were == found.would


@pytest.mark.parametrize(
    ("paid", "steps"),
    [("2026-02-10", ["courtesy", "friendly"]), ("2026-02-15", ["courtesy", "friendly"])],
)
def test_payments_count_from_their_day_on(paid, steps):
    payment = Payment(date=date.fromisoformat(paid), client="acme", amount="1000")
    assert [step for _, step in would(replace(billed(), payments=(payment,)))] == steps


def test_promises_and_disputes_count_as_they_were():
    diary = "- {date: 2026-02-05, client: acme, kind: call, promise: {on: 2026-02-20}}"
    assert would(billed(diary=diary))[1] == ("2026-02-21", "friendly")


def test_what_falls_due_later_is_there_from_its_issue():
    start = billed(f"{JOB}\n{SECOND}", ("2026-01-01", "2026-03-01"))
    paid = Payment(date=date(2026, 2, 10), client="acme", amount="1000")
    assert would(replace(start, payments=(paid,)))[2] == ("2026-03-28", "courtesy")


def test_who_gets_no_reminders_still_gets_none():
    start = billed(clients=CLIENTS + "  taxes: []\n  reminders: none\n")
    found = simulation(start, "weekly", FIRST, LAST)
    assert (found.would, found.without) == ((), ("acme",))


def test_payments_of_others_do_not_make_those_of_a_client_stale():
    start = billed(settings="reminders: {stale_after: 3 days}")
    assert would(start) == CLIMB


def test_one_client_alone():
    assert would(billed(), client="acme") == CLIMB
    assert would(billed(), client="bolt") == []
