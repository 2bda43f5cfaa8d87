"""Promises: what came of each, and what the next letter says of one that was broken."""

from __future__ import annotations

from datetime import date

import pytest

from facturar.model.letter import Letter
from facturar.plan.letters import plan_letters
from facturar.plan.month import carried_out
from facturar.rules.promises import promises_of
from tests.book_text import CLIENTS, after_runs, book

# F-2026-0001, 1,000.00, due on 31 January; F-2026-0002, 400.00, due on 3 March
CLIENT = CLIENTS + "  taxes: []\n"
JOBS = """
web: {client: acme, title: Web, done: 2026-01-01, lines: [{text: Web, price: 1000}]}
app: {client: acme, title: App, done: 2026-02-01, lines: [{text: App, price: 400}]}
"""
ISSUED = after_runs(book(jobs=JOBS, clients=CLIENT), ["2026-01-01", "2026-02-01"]).invoices


def kept(diary, payments="", settings=""):
    return book(clients=CLIENT, diary=diary, payments=payments, settings=settings, invoices=ISSUED)


def promise(on, amount=None, said="2026-02-10", invoice=None):
    more = f", amount: {amount}" if amount else ""
    about = f", invoice: {invoice}" if invoice else ""
    return f"- {{date: {said}, client: acme, kind: call{about}, promise: {{on: {on}{more}}}}}\n"


def paid(*payments):
    return "\n".join(f"- {{date: {day}, client: acme, amount: {amount}{more}}}" for day, amount, *(more,) in payments)


ONE, OTHER = ", invoice: F-2026-0001", ", invoice: F-2026-0002"
STATES = {
    "nothing came": (promise("2026-02-15", 500), "", ["broken 0 of 500"]),
    "its day is not over": (promise("2026-02-20", 500), "", ["running 0 of 500"]),
    "some of it came": (promise("2026-02-15", 500), paid(("2026-02-12", 200, "")), ["partly kept 200 of 500"]),
    "it came on the last day": (promise("2026-02-15", 500), paid(("2026-02-15", 500, "")), ["kept 500 of 500"]),
    "it came a day late": (promise("2026-02-15", 500), paid(("2026-02-16", 500, "")), ["broken 0 of 500"]),
    "it had come before": (promise("2026-02-15", 500), paid(("2026-02-09", 500, "")), ["broken 0 of 500"]),
    "it came the day it was promised": (promise("2026-02-15", 500), paid(("2026-02-10", 500, "")), ["kept 500 of 500"]),
    "a part at once, and what it left promised": (
        promise("2026-02-15", 900),
        paid(("2026-02-10", 500, "")),
        ["broken 0 of 900"],
    ),
    "more came than was promised": (promise("2026-02-15", 500), paid(("2026-02-15", 700, "")), ["kept 500 of 500"]),
    "in two payments": (
        promise("2026-02-15", 500),
        paid(("2026-02-11", 300, ""), ("2026-02-14", 200, "")),
        ["kept 500 of 500"],
    ),
    "all that is owed": (promise("2026-02-15"), paid(("2026-02-15", 1400, "")), ["kept 1400 of 1400"]),
    "all that is owed, and most came": (
        promise("2026-02-15"),
        paid(("2026-02-15", 1000, "")),
        ["partly kept 1000 of 1400"],
    ),
    "of an invoice": (
        promise("2026-02-15", invoice="F-2026-0001"),
        paid(("2026-02-15", 1000, ONE)),
        ["kept 1000 of 1000"],
    ),
    "of an invoice, and another was paid": (
        promise("2026-02-15", 400, invoice="F-2026-0001"),
        paid(("2026-02-15", 400, OTHER)),
        ["broken 0 of 400"],
    ),
    "of an invoice, by what names none": (
        promise("2026-02-15", 400, invoice="F-2026-0002"),
        paid(("2026-02-15", 400, "")),
        ["kept 400 of 400"],
    ),
    "of an invoice, by a part of what came": (
        promise("2026-02-15", 400, invoice="F-2026-0002"),
        paid(("2026-02-15", 900, ", invoices: {F-2026-0001: 600, F-2026-0002: 300}")),
        ["partly kept 300 of 400"],
    ),
    "money keeps one promise": (
        promise("2026-02-13", 500) + promise("2026-02-16", 500),
        paid(("2026-02-12", 500, "")),
        ["kept 500 of 500", "broken 0 of 500"],
    ),
    "the one whose day comes first": (
        promise("2026-02-16", 500) + promise("2026-02-13", 500),
        paid(("2026-02-12", 700, "")),
        ["kept 500 of 500", "partly kept 200 of 500"],
    ),
    "promised anew before its day": (
        promise("2026-02-15", 500) + promise("2026-02-20", 500, said="2026-02-14"),
        "",
        ["replaced 0 of 500", "running 0 of 500"],
    ),
    "promised anew after its day": (
        promise("2026-02-13", 500) + promise("2026-02-20", 500, said="2026-02-16"),
        "",
        ["broken 0 of 500", "running 0 of 500"],
    ),
    "promised anew of another invoice": (
        promise("2026-02-13", 500) + promise("2026-02-20", 400, said="2026-02-12", invoice="F-2026-0002"),
        "",
        ["broken 0 of 500", "running 0 of 400"],
    ),
    "given up": (
        promise("2026-02-15", invoice="F-2026-0002"),
        paid(("2026-02-12", 400, ", kind: write_off, invoice: F-2026-0002")),
        ["broken 0 of 400"],
    ),
    "not said yet": (promise("2026-02-28", said="2026-02-18"), "", []),
}


@pytest.mark.parametrize(("diary", "payments", "expected"), STATES.values(), ids=STATES.keys())
def test_what_came_of_a_promise_by_17_february(diary, payments, expected):
    found = promises_of("acme", kept(diary, payments), date(2026, 2, 17))
    assert [f"{p.state} {p.paid:.0f} of {p.amount:.0f}" for p in found] == expected


def test_it_may_come_late_by_the_days_of_grace():
    start = kept(promise("2026-02-14", 500), paid(("2026-02-16", 500, "")), "reminders: {grace: 2 days}")
    assert [p.state for p in promises_of("acme", start, date(2026, 2, 15))] == ["running"]
    assert [p.state for p in promises_of("acme", start, date(2026, 2, 17))] == ["kept"]


def letters(start, *days):
    """The letters that are written on some days, with what they say was not kept."""
    for day in days:
        start = carried_out(start, plan_letters(start, date.fromisoformat(day)))
    return start.letters


def not_kept(letter: Letter):
    return [
        *([f"pay by {letter.missed_pay_by}"] if letter.missed_pay_by else []),
        *(f"{p.on}: {p.paid:.0f} of {p.amount:.0f}" for p in letter.broken_promises),
    ]


def test_a_letter_lists_what_was_paid_of_each_instalment_once_money_came():
    found = letters(kept("", paid(("2026-02-01", 200, ""))), "2026-02-05")
    assert [[part.paid for part in letter.invoices] for letter in found] == [[200]]


def test_the_ladder_goes_on_where_it_stood_and_the_next_letter_alone_says_what_was_broken():
    start = kept(promise("2026-02-12", 500), paid(("2026-02-11", 200, "")))
    written = letters(start, "2026-02-05", "2026-02-12", "2026-02-16", "2026-02-24", "2026-03-05")
    assert [(str(letter.date), letter.step, not_kept(letter)) for letter in written] == [
        ("2026-02-05", "friendly", []),
        ("2026-02-16", "firm", ["2026-02-12: 200 of 500"]),
        ("2026-02-24", "call", ["pay by 2026-02-23"]),
        ("2026-03-05", "formal", ["pay by 2026-02-23"]),  # a call is no letter: the letter after it still says so
    ]


@pytest.mark.parametrize(
    ("diary", "payments", "said"),
    [
        pytest.param(promise("2026-02-15", 500), paid(("2026-02-13", 500, "")), [], id="kept"),
        pytest.param(promise("2026-02-15", 500), "", ["2026-02-15: 0 of 500"], id="broken"),
        pytest.param(
            promise("2026-02-15", invoice="F-2026-0001"),
            "",
            ["2026-02-15: 0 of 1000"],
            id="of an invoice that is listed",
        ),
        pytest.param(promise("2026-02-15", invoice="F-2026-0002"), "", [], id="of one that is not overdue"),
        pytest.param(
            promise("2026-02-09", 500, said="2026-02-02"), "", ["2026-02-09: 0 of 500"], id="since the last letter"
        ),
        pytest.param(promise("2026-02-04", 500, said="2026-02-02"), "", [], id="before the last letter"),
    ],
)
def test_a_letter_says_what_was_promised_of_what_it_lists(diary, payments, said):
    written = letters(kept(diary, payments), "2026-02-05", "2026-02-17")
    assert not_kept(written[-1]) == said


def test_a_letter_before_the_due_date_blames_nobody():
    diary = promise("2026-02-20", 500, said="2026-02-10")
    everything = "- {date: 2026-02-22, client: acme, amount: 1000, invoice: F-2026-0001}"
    (courtesy,) = letters(kept(diary, everything), "2026-02-28")
    assert (courtesy.step, not_kept(courtesy)) == ("courtesy", [])
