"""How clients pay: medians of what was settled, the grade with its reasons, and when money may be expected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from facturar.model.payment import Payment
from facturar.rules.grading import Kept, scores
from facturar.rules.punctuality import Habits, settled_since
from facturar.rules.settlement import accounts
from tests.book_text import CLIENTS, after_runs, book

TWO = f"""{CLIENTS}  taxes: []
bolt: {{name: Bolt Ltd, tax_id: X1, taxes: []}}
"""
FIRST, TODAY = date(2026, 1, 1), date(2026, 11, 30)


def job(client, number):
    return f"{client}{number}: {{client: {client}, title: W, done: 2026-01-01, lines: [{{text: W, price: 100}}]}}"


def owed(late=(), diary="", clients=TWO, **more):
    """Invoices of 1 January, due on the 31st: of each client, paid so many days late; None is not paid."""
    of = {"acme": late, **more}
    jobs = "\n".join(job(client, n) for client, days in of.items() for n in range(len(days)))
    issued = after_runs(book(jobs=jobs, clients=clients), [FIRST])
    due, numbers, payments = FIRST + timedelta(days=30), {i.job[0]: i.number for i in issued.invoices}, []
    for client, days in of.items():
        for n, paid in enumerate(days):
            if paid is not None:
                number = numbers[f"{client}{n}"]
                on = due + timedelta(days=paid)
                payments.append(Payment(date=on, client=client, amount="100", invoice=number))
    found = book(jobs=jobs, clients=clients, invoices=issued.invoices, diary=diary)
    return replace(found, payments=tuple(payments))


GRADES = [
    pytest.param([-3, 0, 0, -1], "A", ["half are paid by the due date (4 settled)"], id="on time"),
    pytest.param([-9, -5, -5], "A", ["half are paid 5 days or more before the due date (3 settled)"], id="early"),
    pytest.param([0, 0, 0, 5], "A", ["half are paid by the due date (4 settled)"], id="one in four late"),
    pytest.param([0, 0, 5], "B", ["half are paid by the due date (3 settled)", "33% late"], id="one in three late"),
    pytest.param([7, 7, 7], "B", ["half are paid 7 days or more after the due date (3 settled)", "100% late"], id="B"),
    pytest.param([8, 8, 8], "C", ["half are paid 8 days or more after the due date (3 settled)", "100% late"], id="C"),
    pytest.param(
        [1, 31, 31], "D", ["half are paid 31 days or more after the due date (3 settled)", "100% late"], id="D"
    ),
    pytest.param(
        [61, 61, 0], "E", ["half are paid 61 days or more after the due date (3 settled)", "67% late"], id="E"
    ),
    pytest.param([0, 0], None, ["2 settled: too few to tell"], id="too few"),
    pytest.param([], None, None, id="never billed"),
    pytest.param(
        [None], "E", ["0 settled: too few to tell", "1 overdue now, up to 303 days"], id="nothing but overdue"
    ),
    pytest.param(
        [0, 0, 0, None],
        "E",
        ["half are paid by the due date (3 settled)", "1 overdue now, up to 303 days"],
        id="good once, and overdue now",
    ),
]


@pytest.mark.parametrize(("late", "grade", "reasons"), GRADES)
def test_grade(late, grade, reasons):
    score = scores(owed(late), TODAY).get("acme")
    assert (score and score.grade, score and list(score.reasons)) == (grade, reasons)


OVERDUE_NOW = [(7, "A"), (8, "B"), (30, "B"), (31, "C"), (60, "C"), (61, "D"), (90, "D"), (91, "E")]


@pytest.mark.parametrize(("days", "grade"), OVERDUE_NOW)
def test_what_is_overdue_now_holds_the_grade_down(days, grade):
    today = date(2026, 1, 31) + timedelta(days=days)
    assert scores(owed([0, 0, 0, None]), today)["acme"].grade == grade


def test_what_is_in_dispute_is_no_sign():
    start = owed([0, 0, 0, None], diary="- {date: 2026-02-01, client: acme, kind: dispute, invoice: F-2026-0004}")
    assert (scores(start, TODAY)["acme"].grade, scores(start, TODAY)["acme"].overdue) == ("A", 0)


def test_a_case_in_other_hands_is_an_e():
    start = owed([0, 0, 0], diary="- {date: 2026-05-01, client: acme, kind: handover, to: court}")
    score = scores(start, TODAY)["acme"]
    assert (score.grade, score.reasons[-1]) == ("E", "handed over to court")


PROMISES = [(Kept(1, 3), "B"), (Kept(1, 2), "A"), (Kept(0, 1), "A"), (Kept(0, 2), "B")]


@pytest.mark.parametrize(("promised", "grade"), PROMISES)
def test_broken_promises_take_a_grade(promised, grade):
    score = scores(owed([0, 0, 0]), TODAY, {"acme": promised})["acme"]
    assert (score.grade, score.promises) == (grade, promised)


def test_only_what_was_settled_in_two_years_or_since_a_day_counts():
    start = owed([0, 0, 40, 50, 60])
    assert scores(start, TODAY)["acme"].invoices == 5
    assert scores(start, TODAY, since=date(2026, 3, 1))["acme"].late == 50
    assert scores(start, date(2028, 2, 15))["acme"].invoices == 3


def test_what_was_written_off_or_credited_was_paid_by_nobody():
    start = owed([None, None])
    more = Payment(date=date(2026, 2, 1), client="acme", amount="100", kind="write_off", invoice="F-2026-0001")
    assert settled_since(accounts(replace(start, payments=(more,)), TODAY).values(), FIRST) == {}


EXPECTED = [
    pytest.param("2026-12-10", [0, 4, 8], [], "2026-12-14", "own", id="own median"),
    pytest.param("2026-12-10", [-3, -4, -5], [], "2026-12-06", "own", id="who pays early"),
    pytest.param("2026-12-10", [0, 40], [10, 20, 30], "2026-12-30", "book", id="too few of their own"),
    pytest.param("2026-12-10", [], [], "2026-12-10", "nobody", id="nobody knows: the due date"),
    pytest.param("2026-12-10", [5], [5], "2026-12-10", "nobody", id="too few in the book"),
    pytest.param(
        "2026-11-20", [0, 4, 30], [], "2026-12-20", "own", id="past the median: what was left to the later ones"
    ),
    pytest.param("2026-11-20", [0, 4, 10], [], "2026-11-30", "own", id="as late as they ever were"),
    pytest.param("2026-11-20", [0, 0, 0], [20, 40], "2026-12-20", "book", id="later than ever: the book's later ones"),
    pytest.param("2026-09-20", [0, 0, 0], [20, 40], None, "nobody", id="later than anybody"),
    pytest.param("2026-11-20", [], [], None, "nobody", id="overdue, and nobody knows"),
    pytest.param("2026-12-02", [-10, -10, 1], [], "2026-12-03", "own", id="not as early as usual"),
]


@pytest.mark.parametrize(("due", "own", "others", "on", "habit"), EXPECTED)
def test_expected_day(due, own, others, on, habit):
    found = Habits(owed(own, bolt=others), TODAY).expected("acme", date.fromisoformat(due))
    assert found == (on and date.fromisoformat(on), habit)
