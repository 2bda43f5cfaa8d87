"""What is in stock on a day: the count, what came in since, what went out with which job, what is set aside."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from facturar.rules.checks import check_book
from facturar.rules.stock import stock_levels
from tests.book_text import book

CATALOG = """
silla:
  text: Silla de roble
  price: 195
  stock: {counted: 12, on: 2026-06-30, reorder_at: 4}
  received: [{date: 2026-10-02, quantity: 20}]
montaje: {text: Montaje, price: 60}
"""


def job(agreement: str, dates: str = "", lines: str = "{item: silla, quantity: 3}") -> str:
    return f"caja: {{client: acme, title: Caja, agreement: {{{agreement}}}, {dates} lines: [{lines}]}}"


def level(jobs: str, day: str, item: str = "silla", catalog: str = CATALOG):
    return stock_levels(book(jobs=jobs, catalog=catalog), date.fromisoformat(day))[item]


def told(jobs: str, day: str, catalog: str = CATALOG) -> tuple[str, ...]:
    """On hand, reserved, free, short."""
    found = level(jobs, day, catalog=catalog)
    return (*map(str, (found.on_hand, found.reserved, found.free, found.short)),)


DELIVERY = "kind: delivery"
MONTHLY = "kind: recurring, every: month, starts: 2026-07-15"
# the agreement, the job's days, the day asked about → on hand, reserved, free, short
LEVELS = {
    "nothing but the count": ("", "", "2026-07-01", ("12", "0", "12", "None")),
    "before the count nobody knows": ("", "", "2026-06-29", ("None", "0", "None", "None")),
    "what came in counts from its day": ("", "", "2026-10-02", ("32", "0", "32", "None")),
    "to be delivered": (DELIVERY, "", "2026-07-01", ("12", "3", "9", "None")),
    "delivered": (DELIVERY, "delivered: 2026-07-10,", "2026-07-10", ("9", "0", "9", "None")),
    "delivered the day after": (DELIVERY, "delivered: 2026-07-10,", "2026-07-09", ("12", "3", "9", "None")),
    "delivered by the count, on its day": (DELIVERY, "delivered: 2026-06-30,", "2026-07-01", ("12", "0", "12", "None")),
    "completion, once done": ("kind: completion", "done: 2026-07-10,", "2026-07-10", ("9", "0", "9", "None")),
    "completion, not done": ("kind: completion", "", "2026-07-10", ("12", "3", "9", "None")),
    "cancelled before": (DELIVERY, "cancelled: 2026-07-05,", "2026-07-05", ("12", "0", "12", "None")),
    "cancelled later": (DELIVERY, "cancelled: 2026-07-05,", "2026-07-04", ("12", "3", "9", "None")),
    "cancelled after the delivery": (
        DELIVERY,
        "delivered: 2026-07-04, cancelled: 2026-07-05,",
        "2026-07-06",
        ("9", "0", "9", "None"),
    ),
    "prepaid, when paid": ("kind: prepaid, on: 2026-07-03", "", "2026-07-03", ("9", "0", "9", "None")),
    "prepaid, before": ("kind: prepaid, on: 2026-07-03", "", "2026-07-02", ("12", "3", "9", "None")),
    "prepaid, delivered later": (
        "kind: prepaid, on: 2026-07-03",
        "delivered: 2026-07-20,",
        "2026-07-10",
        ("12", "3", "9", "None"),
    ),
    "prepaid and called off": (
        "kind: prepaid, on: 2026-07-03",
        "cancelled: 2026-07-05,",
        "2026-07-06",
        ("12", "0", "12", "None"),
    ),
    "recurring, before it starts": (MONTHLY, "", "2026-07-14", ("12", "3", "9", "None")),
    "recurring, each period begun, and the next": (MONTHLY, "", "2026-08-20", ("6", "3", "3", "1")),
    "recurring in arrears, the same": (MONTHLY + ", in: arrears", "", "2026-08-20", ("6", "3", "3", "1")),
    "recurring, at its end": (MONTHLY + ", ends: 2026-08-31", "", "2026-09-20", ("6", "0", "6", "None")),
    "recurring, cancelled": (MONTHLY, "cancelled: 2026-08-01,", "2026-09-20", ("9", "0", "9", "None")),
    "recurring, at rest for good": (
        MONTHLY + ", pauses: [{from: 2026-08-01}]",
        "",
        "2027-01-01",
        ("29", "0", "29", "None"),
    ),
    "recurring by the calendar": (MONTHLY + ", prorate: true", "", "2026-08-01", ("6", "3", "3", "1")),
    "quoted": (DELIVERY, "quote: {valid: 30 days},", "2026-07-01", ("12", "0", "12", "None")),
    "accepted": (DELIVERY, "quote: {accepted: 2026-07-01},", "2026-07-01", ("12", "3", "9", "None")),
    "milestones bill no lines": (
        "kind: milestones, price: 9, steps: [{name: A, share: 100%}]",
        "",
        "2026-07-01",
        ("12", "0", "12", "None"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("agreement", "dates", "day", "expected"), LEVELS.values(), ids=LEVELS.keys())
def test_level(agreement, dates, day, expected):
    assert told(job(agreement, dates) if agreement else "", day) == expected


LINES = {
    "several lines of it": ("{item: silla}, {item: silla, quantity: 2.5}", "8.5"),
    "one that is over": ("{item: silla, until: 2026-07-09}, {item: silla}", "11"),
    "one that is to come": ("{item: silla, since: 2026-07-11}, {item: silla}", "11"),
    "one taken back": ("{item: silla, quantity: 2}, {item: silla, quantity: -1}", "11"),
    "another item": ("{item: montaje}", "12"),
    "no item": ("{text: Silla, price: 5}", "12"),
}


@pytest.mark.parametrize(("lines", "on_hand"), LINES.values(), ids=LINES.keys())
def test_lines_that_go_out(lines, on_hand):
    assert told(job(DELIVERY, "delivered: 2026-07-10,", lines), "2026-07-10")[0] == on_hand


def test_what_is_set_aside_is_what_still_holds():
    lines = "{item: silla, until: 2026-07-09}, {item: silla, since: 2026-08-01, quantity: 2}"
    assert told(job(DELIVERY, "", lines), "2026-07-10")[1] == "2"


@pytest.mark.parametrize(
    ("quantity", "short"),
    [(7, None), (8, Decimal(0)), (9, Decimal(1)), (13, Decimal(5))],
    ids=["above the level", "at it", "below it", "more than there is"],
)
def test_to_reorder_is_what_is_free_down_to_the_level(quantity, short):
    found = level(job(DELIVERY, "", f"{{item: silla, quantity: {quantity}}}"), "2026-07-10")
    assert found.short == short


def test_without_a_level_nothing_is_to_reorder():
    catalog = "silla: {text: Silla, price: 5, stock: {counted: 0, on: 2026-06-30}}"
    assert told("", "2026-07-01", catalog) == ("0", "0", "0", "None")


def test_what_is_not_counted_is_still_known_by_what_was_sold():
    found = level(job(DELIVERY, "delivered: 2026-06-10,", "{item: montaje, quantity: 2}"), "2026-07-01", "montaje")
    assert (found.on_hand, str(found.sold)) == (None, "2")


def problems(jobs: str = "", catalog: str = CATALOG, day: str = "2026-11-30"):
    found = check_book(book(jobs=jobs, catalog=catalog), date.fromisoformat(day))
    return [(problem.message, problem.path, problem.severity.value) for problem in found]


def test_more_delivered_than_there_was_is_told_once_at_the_job_that_did_it():
    jobs = """
    a: {client: acme, title: A, done: 2026-07-10, lines: [{item: silla, quantity: 10}]}
    b: {client: acme, title: B, done: 2026-07-12, lines: [{item: silla, quantity: 3}]}
    c: {client: acme, title: C, done: 2026-07-13, lines: [{item: silla, quantity: 1}]}
    """
    message = "3 of 'silla' went out on 2026-07-12, but only 2 were there"
    assert problems(jobs) == [(message, ("jobs", "b", "done"), "warning")]


def test_what_comes_in_on_a_day_may_go_out_on_it():
    jobs = job(DELIVERY, "delivered: 2026-10-02,", "{item: silla, quantity: 32}")
    assert problems(jobs) == []


@pytest.mark.parametrize("day", ["2026-06-29", "2026-06-30"], ids=["before the count", "on its day"])
def test_goods_received_by_the_count_are_told_not_to_count(day):
    catalog = CATALOG.replace("2026-10-02", day)
    message = f"received on {day}, by the count of 2026-06-30: it is in that count, and not added"
    assert problems(catalog=catalog) == [(message, ("catalog", "silla", "received", 0, "date"), "warning")]


def test_goods_received_without_a_count_are_told():
    catalog = "silla: {text: Silla, price: 5, received: [{date: 2026-10-02, quantity: 20}]}"
    message = "'silla' was received but never counted: it is in no stock"
    assert problems(catalog=catalog) == [(message, ("catalog", "silla", "received"), "warning")]


@pytest.mark.parametrize(
    "catalog",
    [
        CATALOG.replace("counted: 12", "counted: -1"),
        CATALOG.replace("reorder_at: 4", "reorder_at: -4"),
        CATALOG.replace("quantity: 20", "quantity: 0"),
        CATALOG.replace("quantity: 20", "quantity: -2"),
    ],
    ids=["a count below nothing", "a level below nothing", "nothing received", "less than nothing received"],
)
def test_impossible_numbers_are_errors(catalog):
    with pytest.raises(ValueError, match="nothing"):
        book(catalog=catalog)
