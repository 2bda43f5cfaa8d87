"""When a client is told by itself that they are on hold: once for each hold, and never where it would do harm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from facturar.model.book import Book
from facturar.model.catalog import Rate
from facturar.plan.actions import Plan
from facturar.plan.letters import plan_letters
from facturar.plan.month import carried_out, plan_month
from facturar.plan.notices import plan_notices
from facturar.rules.noticing import Wish
from tests.book_text import CLIENTS, after_runs, book

# F-2026-0001 of 2 March, a Monday, 1,000.00, due on 1 April; F-2026-0002 of 4 May, 500.00, due on 3 June
CLIENT = CLIENTS + "  taxes: []\n"
PATIENT = CLIENT + "  terms: 180 days\n"  # so that the ladder keeps silent
JOBS = """
web: {client: acme, title: Web, done: 2026-03-02, lines: [{text: Web, price: 1000}]}
app: {client: acme, title: App, done: 2026-05-04, lines: [{text: App, price: 500}]}
"""
LIMIT = "credit: {limit: 800}"
TOLD = ["2026-03-02 hold"]
PAID = "- {date: 2026-03-20, client: acme, amount: 600}\n"  # 400 open, and 900 with the second invoice


def the_book(credit: str = LIMIT, client: str = CLIENT, jobs: str = JOBS, **ledgers: Any) -> Book:
    return book(jobs=jobs, clients=client, settings=credit, **ledgers)


def year(start: Book, last: str, first: str = "2026-03-02", every: int = 1) -> Book:
    """The book after a run every so many days."""
    day, until = date.fromisoformat(first), date.fromisoformat(last)
    return after_runs(start, (day + timedelta(days=n) for n in range(0, (until - day).days + 1, every)))


def written(found: Book) -> list[str]:
    """Notices and letters, by day."""
    letters = [(letter.date, letter.step) for letter in found.letters]
    return [f"{day} {name}" for day, name in sorted([*letters, *((n.date, n.name) for n in found.notices)])]


def told(found: Book) -> list[str]:
    return [line for line in written(found) if line.endswith(" hold")]


CASES = [
    pytest.param({}, "2026-03-31", TOLD, id="with the invoice that goes over the limit, and no more"),
    pytest.param({"credit": "credit: {limit: 1000}"}, "2026-04-30", [], id="not at the limit"),
    pytest.param(
        {"credit": "credit: {hold: 20 days}"},
        "2026-05-31",
        ["2026-04-24 hold"],
        id="too late, once the time is over that the last letter gave",
    ),
    pytest.param(
        {"payments": PAID, "client": PATIENT}, "2026-05-31", [*TOLD, "2026-05-04 hold"], id="lifted, and on hold again"
    ),
    pytest.param({"payments": PAID.replace("600", "100")}, "2026-05-31", TOLD, id="some money that lifts nothing"),
    pytest.param(
        {"payments": PAID + "- {date: 2026-03-25, client: acme, amount: 300, kind: refund}\n"},
        "2026-03-31",
        TOLD,
        id="a refund of what was paid on an invoice takes nothing from it",
    ),
    pytest.param({"client": CLIENT + "  reminders: none\n"}, "2026-06-30", [], id="who gets no reminders"),
    pytest.param({"credit": "credit: {limit: 800, notice: false}"}, "2026-06-30", [], id="switched off in the book"),
    pytest.param({"client": CLIENT + "  credit: {notice: false}\n"}, "2026-06-30", [], id="switched off for a client"),
    pytest.param(
        {"credit": "credit: {limit: 800, notice: false}", "client": CLIENT + "  credit: {notice: true}\n"},
        "2026-03-31",
        TOLD,
        id="switched on for a client",
    ),
    pytest.param(
        {"diary": "- {date: 2026-03-01, client: acme, kind: handover, to: lawyer}"}, "2026-06-30", [], id="handed over"
    ),
    pytest.param(
        {"diary": "- {date: 2026-03-01, client: acme, kind: call, promise: {on: 2026-03-10}}"},
        "2026-03-31",
        ["2026-03-11 hold"],
        id="after a promise",
    ),
    pytest.param(
        {"diary": "- {date: 2026-03-02, client: acme, kind: dispute, invoice: F-2026-0001}"},
        "2026-05-31",
        [],
        id="not for what is in dispute",
    ),
    pytest.param(
        {"credit": "credit: {limit: 800}\nreminders: {minimum: 300}"}, "2026-03-31", [], id="to pay less than is chased"
    ),
    pytest.param(
        {"credit": f"{LIMIT}\nreminders: {{quiet: [{{from: 2026-03-01, until: 2026-03-03}}]}}"},
        "2026-03-31",
        ["2026-03-04 hold"],
        id="after a quiet time",
    ),
]


@pytest.mark.parametrize(("ledgers", "last", "expected"), CASES)
def test_the_client_is_told_once_when_they_come_to_be_on_hold(
    ledgers: dict[str, str], last: str, expected: list[str]
) -> None:
    assert told(year(the_book(**ledgers), last)) == expected


def test_between_a_notice_and_the_letters_the_gap_is_kept() -> None:
    assert written(year(the_book("credit: {hold: 6 days}"), "2026-05-03")) == [
        "2026-03-30 courtesy",  # the 29th is a Sunday
        "2026-04-06 friendly",
        "2026-04-13 hold",  # 7 days late on the 8th
        "2026-04-20 firm",  # 15 days late on the 16th
        "2026-04-28 call",
    ]


def test_a_notice_goes_before_a_letter() -> None:
    """Else the letters, of which there is one on each run of a month, would never let it."""
    start = year(the_book(), "2026-03-02", every=7)
    start = replace(start, notices=())
    assert [action.kind for action in plan_letters(start, date(2026, 3, 30)).actions] == ["letter"]
    plan = plan_month(start, date(2026, 3, 30))
    assert [(action.kind, action.client) for action in plan.actions if action.client] == [("notice", "acme")]
    assert not plan_letters(carried_out(start, plan), date(2026, 4, 5)).actions
    assert plan_letters(carried_out(start, plan), date(2026, 4, 6)).actions


def test_a_round_once_a_month_tells_it_too() -> None:
    found = the_book("credit: {hold: 6 days}\nreminders: monthly")
    rounds = after_runs(found, [date(2026, month, 2) for month in range(3, 7)])
    assert written(rounds) == ["2026-04-02 friendly", "2026-05-02 hold", "2026-06-02 firm"]


def reasons(plan: Plan) -> list[tuple[str, str]]:
    return [(skip.kind, skip.reason) for skip in plan.skipped]


def test_what_is_in_dispute_is_neither_listed_nor_counted() -> None:
    disputed = "- {date: 2026-05-04, client: acme, kind: dispute, invoice: F-2026-0001}"
    found = year(the_book("credit: {limit: 400}", diary=disputed), "2026-05-04", first="2026-05-04")
    (notice,) = found.notices
    assert notice.hold is not None
    assert [item.number for item in notice.invoices] == ["F-2026-0002"]
    assert (notice.hold.open, notice.hold.pay) == (Decimal(500), Decimal(100))


SILENCES = [
    pytest.param({}, "2026-03-10", "told on 2026-03-02 that they are on hold", id="told"),
    pytest.param(
        {"client": CLIENT + "  reminders: none\n"},
        "2026-03-10",
        "on hold, and this client gets no reminders",
        id="no reminders",
    ),
    pytest.param(
        {"credit": "credit: {limit: 800, notice: false}"},
        "2026-03-10",
        "on hold, and their credit says notice: false",
        id="switched off",
    ),
    pytest.param(
        {"diary": "- {date: 2026-03-01, client: acme, kind: dispute, invoice: F-2026-0001}"},
        "2026-03-10",
        "on hold only by what no letter may speak of: F-2026-0001",
        id="dispute",
    ),
    pytest.param(
        {"client": CLIENT + "  currency: USD\n", "rates": True},
        "2026-03-10",
        "they owe in USD, and limits are in EUR: write it in a letter of your own",
        id="in another currency",
    ),
]


@pytest.mark.parametrize(("ledgers", "day", "reason"), SILENCES)
def test_who_is_on_hold_and_not_told_is_listed_with_the_reason(ledgers: dict[str, Any], day: str, reason: str) -> None:
    rates = (Rate(date=date(2026, 1, 1), currency="USD", rate=Decimal(1)),) if ledgers.pop("rates", False) else ()
    found = year(the_book(**ledgers, rates=rates), day, every=8)
    plan = plan_month(found, date.fromisoformat(day))
    assert ("notice", reason) in reasons(plan)


def test_money_that_is_booked_late_lifts_the_hold_on_its_own_day() -> None:
    """Told on 2 March; in April the bank says that they had paid on that very day: what comes in May is told anew."""
    found = year(the_book(client=PATIENT), "2026-03-31")
    late = replace(found, payments=the_book(payments=PAID.replace("03-20", "03-02")).payments)
    assert told(year(late, "2026-05-04", first="2026-04-01")) == [*TOLD, "2026-05-04 hold"]


def test_who_was_told_by_hand_is_not_told_again() -> None:
    """By hand on the day before the invoice, with what was to be billed."""
    start, day = the_book(jobs=JOBS.replace("2026-03-02", "2026-03-03")), date(2026, 3, 3)
    by_hand = plan_notices(start, day, Wish("hold"), ["acme"], named=True)
    (notice,) = carried_out(start, by_hand).notices
    assert notice.hold is not None
    assert notice.hold.to_bill == 1000
    assert told(year(carried_out(start, by_hand), "2026-05-31", first="2026-03-05")) == ["2026-03-03 hold"]


@pytest.mark.parametrize("day", ["2026-03-02", "2026-04-13", "2026-05-04"])
def test_without_the_letters_of_the_last_run_the_same_are_written_again(day: str) -> None:
    before = year(the_book("credit: {limit: 1200, hold: 6 days}"), str(date.fromisoformat(day) - timedelta(days=1)))
    first = plan_month(before, date.fromisoformat(day))
    after = carried_out(before, first)
    assert plan_month(after, date.fromisoformat(day)).actions == ()
    again = replace(after, letters=before.letters, notices=before.notices)
    letters = [record for record in first.records if record in (*after.letters, *after.notices)]
    assert list(plan_month(again, date.fromisoformat(day)).records) == letters


def test_a_letter_waits_the_gap_after_a_notice_and_no_other_notice_matters() -> None:
    start = year(the_book("credit: {hold: 6 days}"), "2026-04-06", every=1)
    day = date(2026, 4, 16)
    assert plan_letters(start, day).actions
    for name, due in (("thank-you", True), ("hold", False)):
        after = carried_out(start, plan_notices(start, day, Wish(name), ["acme"], named=True))
        assert bool(plan_letters(after, day).actions) == due
