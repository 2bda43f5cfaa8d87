"""Which prices a client is told of: what the book dates, or a raise; and what no letter should speak of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from facturar.rules.price_changes import Raise, price_changes, unwritten
from tests.book_text import book

DAY = date(2026, 11, 30)
NEW_YEAR = date(2027, 1, 1)
HOURLY = "care: {client: acme, title: Cuidado, agreement: {kind: hourly, starts: 2026-01-01, rate: %s}}"
DATED = "[{since: 2026-01-01, amount: 60}, {since: 2027-01-01, amount: 63}]"
MONTHLY = """
care:
  client: acme
  title: Cuidado
  agreement: {kind: recurring, every: month, starts: 2026-01-01%s}
  lines: [%s]
"""
RETAINER = """
care:
  client: acme
  title: Cuidado
  agreement: {kind: retainer, every: month, starts: 2026-01-01, fee: 900, hours: 10, extra_rate: 95}
"""
DATED_LINE = f"{{text: Alojamiento, price: {DATED}}}"
ITEM = "mesa: {text: Mesa, unit: ud., price: %s}"
FIVE = Raise(NEW_YEAR, Decimal(5))

CASES = {
    "an hour, dated in the book": (HOURLY % DATED, {}, ["rate 60 63 2027-01-01"]),
    "a line of each month": (MONTHLY % ("", DATED_LINE), {}, ["price 60 63 2027-01-01"]),
    "a price that stays": (HOURLY % 60, {}, []),
    "a change that is past": (HOURLY % "[{since: 2026-01-01, amount: 60}, {since: 2026-11-30, amount: 63}]", {}, []),
    "the next of several changes": (
        HOURLY % "[{amount: 60}, {since: 2027-01-01, amount: 63}, {since: 2028-01-01, amount: 66}]",
        {},
        ["rate 60 63 2027-01-01"],
    ),
    "the one of a day": (
        HOURLY % "[{amount: 60}, {since: 2027-01-01, amount: 63}, {since: 2028-01-01, amount: 66}]",
        {"since": date(2028, 1, 1)},
        ["rate 63 66 2028-01-01"],
    ),
    "none on that day": (HOURLY % DATED, {"since": date(2027, 2, 1)}, []),
    "a change that changes nothing": (HOURLY % "[{amount: 60}, {since: 2027-01-01, amount: 60}]", {}, []),
    "the agreement ends before": (MONTHLY % (", ends: 2026-11-30", DATED_LINE), {}, []),
    "the line ends before": (MONTHLY % ("", DATED_LINE.replace("}]}", "}], until: 2026-12-31}")), {}, []),
    "the line is new on that day": (MONTHLY % ("", DATED_LINE.replace("}]}", "}], since: 2027-01-01}")), {}, []),
    "a cancelled job": (HOURLY.replace("title", "cancelled: 2026-11-01, title") % DATED, {}, []),
    "a raise of an hour": (HOURLY % 60, {"raised": FIVE}, ["rate 60 63.00 2027-01-01"]),
    "a raise of a retainer": (
        RETAINER,
        {"raised": FIVE},
        ["fee 900 945.00 2027-01-01", "extra_rate 95 99.75 2027-01-01"],
    ),
    "a raise is rounded to cents": (HOURLY % "21.50", {"raised": FIVE}, ["rate 21.50 22.58 2027-01-01"]),
    "less": (HOURLY % 60, {"raised": Raise(NEW_YEAR, Decimal("-2.5"))}, ["rate 60 58.50 2027-01-01"]),
    "the book's own change holds over a raise": (HOURLY % DATED, {"raised": FIVE}, ["rate 60 63 2027-01-01"]),
    "a discount is no price to raise": (MONTHLY % ("", "{text: Rebaja, price: -10}"), {"raised": FIVE}, []),
    "nothing is raised after the end": (MONTHLY % (", ends: 2026-12-31", "{text: A, price: 9}"), {"raised": FIVE}, []),
    "what is agreed once is not raised": (
        "web: {client: acme, title: Web, lines: [{text: Web, price: 900}]}",
        {"raised": FIVE},
        [],
    ),
    "steps are a change order": (
        "web: {client: acme, title: W, agreement: {kind: milestones, "
        "price: [{amount: 900}, {since: 2027-01-01, amount: 990}], steps: [{name: S, share: 100%}]}}",
        {},
        [],
    ),
    "another's job": (HOURLY.replace("acme", "bolt") % DATED, {}, []),
}


@pytest.mark.parametrize(("jobs", "asked", "expected"), CASES.values(), ids=CASES.keys())
def test_what_changes(jobs: str, asked: dict[str, Any], expected: list[str]) -> None:
    clients = "acme: {name: Acme}\nbolt: {name: Bolt}\n"
    found = price_changes("acme", book(jobs, clients=clients), DAY, **asked)
    assert [f"{c.kind} {c.before} {c.after} {c.since}" for c in found] == expected


def test_an_item_has_the_price_of_the_catalogue() -> None:
    made = book(MONTHLY % ("", "{item: mesa}"), catalog=ITEM % DATED)
    (change,) = price_changes("acme", made, DAY)
    assert (change.text, change.unit, change.every, change.after) == ("Mesa", "ud.", "month", Decimal(63))


def test_a_raise_is_told_as_missing_in_the_book_and_a_dated_price_is_not() -> None:
    raised, dated = book(HOURLY % 60), book(HOURLY % DATED)
    missing = [
        [str(priced.path[-1]) for priced, _ in unwritten(price_changes("acme", b, DAY, raised=FIVE), "acme", b, DAY)]
        for b in (raised, dated)
    ]
    assert missing == [["rate"], []]
