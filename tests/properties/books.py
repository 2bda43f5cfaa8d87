"""Strategies for books as people might keep them: who the clients are, what was agreed, what was done.

Everything is agreed and done between FIRST and LAST, around a turn of the year. There are no records yet: those come
from runs. `EXAMPLES=1000 pytest tests/properties` searches longer than the usual few seconds.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from facturar.model.book import Book
from facturar.model.client import Client
from facturar.model.job import Job
from facturar.model.money import digits
from facturar.model.party import Address
from tests.book_text import book

FIRST, LAST = date(2025, 11, 20), date(2026, 1, 31)
CURRENCIES = ("EUR", "USD", "JPY", "KWD")
SETTINGS = """
ladders:
  hasty:
    gap: 2 days
    minimum: 0
    catch_up: highest
    steps:
      - {name: courtesy, when: -2 days}
      - {name: friendly, when: 1 days, pay_within: 4 days}
      - {name: firm, when: 6 days, charge: [compensation, interest]}
"""
_ADDRESS = Address(street="Calle Mayor 12", city="Madrid", country="ES")
_TERMS: tuple[str | list[str], ...] = (
    "7 days",
    "on receipt",
    "30 days",
    "15 days end of month",
    "2% 10 days, net 30 days",
    "33.3% 5 days, net 15 days end of month",
    "5% on receipt, net 7 days",
    ["50% on receipt", "50% 30 days"],
    ["33.33% on receipt", "33.33% 30 days end of month", "33.34% 60 days"],
    ["25% on receipt", "25% 10 days", "25% 20 days", "25% 30 days"],
)
_TAXES = (
    ("iva", "irpf"),
    ("iva",),
    (),
    ("iva_reduced", "recargo_reduced"),
    ("iva", "recargo", "irpf_new"),
    ("igic",),
    ("exempt", "irpf"),
    ("reverse_charge",),
    ("export",),
)
_SHARES = (("100%",), ("50%", "50%"), ("33.33%", "33.33%", "33.34%"), ("10%", "20%", "30%", "40%"))
_BARE = book(settings=SETTINGS, clients="")


EXAMPLES = int(os.environ.get("EXAMPLES", "25"))
searched = settings(max_examples=EXAMPLES)
"""How long each property is looked for an example against it."""
searched_longer = settings(max_examples=4 * EXAMPLES)
"""The same, where one is rare."""


def amounts(currency: str, most: Decimal) -> st.SearchStrategy[Decimal]:
    """Amounts above nothing up to a sum, in the currency's digits."""
    unit = Decimal(1).scaleb(-digits(currency))
    return st.integers(1, max(int(most / unit), 1)).map(unit.__mul__)


def mostly(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value or, now and then, none."""
    return st.one_of(strategy, strategy, strategy, st.none())


days = st.dates(FIRST, LAST)
early = st.dates(FIRST, FIRST + timedelta(days=14))
prices = st.builds(Decimal.scaleb, st.integers(1, 400_000).map(Decimal), st.integers(-4, 0))
percents = st.sampled_from(["5%", "12.5%", "33.3%"])
tax_codes = st.sampled_from(_TAXES)
dated_prices = prices | st.tuples(
    st.fixed_dictionaries({"amount": prices}), st.fixed_dictionaries({"since": days, "amount": prices})
)


def _in_order(line: dict[str, Any]) -> dict[str, Any]:
    """A line that holds from the earlier of its days to the later."""
    if "since" in line and "until" in line:
        since, until = sorted((line["since"], line["until"]))
        return {**line, "since": since, "until": until}
    return line


_whole_line = {
    "text": st.just("Diseño"),
    "quantity": st.sampled_from([Decimal(1), Decimal(3), Decimal("0.333"), Decimal("12.5")]),
    "price": dated_prices,
}
_more_of_a_line = {"discount": percents, "taxes": tax_codes}
always = st.fixed_dictionaries(_whole_line, optional=_more_of_a_line)
"""Lines that hold on every day."""
lines = st.fixed_dictionaries(_whole_line, optional={**_more_of_a_line, "since": days, "until": days}).map(_in_order)
works = st.fixed_dictionaries(
    {"date": days, "hours": st.sampled_from(["1", "0:20", "2.75", "8 h", "90 min"]), "note": st.just("Trabajo")},
    optional={"rate": prices, "billable": st.booleans()},
)
# Whole amounts, which every currency has: the job's is drawn apart.
expenses = st.fixed_dictionaries(
    {"date": days, "text": st.just("Imprenta"), "amount": amounts("JPY", Decimal(900))},
    optional={"markup": st.just(Decimal(15))},
)
deposits = mostly(st.sampled_from(["10%", "33.3%", "100%", "75"]))


def _finished(agreed: dict[str, Any], kind: str, deposit: str | None, deposit_on: date) -> dict[str, Any]:
    """A job that is billed once it is finished, with the deposit and no work after its end."""
    word = {"completion": "done", "delivery": "delivered"}[kind]
    end = agreed.pop("finished")
    own = [work for work in agreed.get("work", ()) if end is None or work["date"] <= end]
    agreement = {"kind": kind, **({"deposit": deposit, "deposit_on": deposit_on} if deposit else {})}
    return {**agreed, "agreement": agreement, word: end, "work": own}


finished_once = st.builds(
    _finished,
    st.fixed_dictionaries(
        {
            "lines": st.builds(lambda first, more: [first, *more], always, st.lists(lines, max_size=2)),
            "expenses": st.lists(expenses, max_size=2),
            "work": st.lists(works, max_size=1),
            "finished": mostly(days),
        },
    ),
    st.sampled_from(["completion", "completion", "delivery"]),
    st.none() | deposits,
    days,
)
prepaids = st.builds(
    lambda agreed, on: {**agreed, "agreement": {"kind": "prepaid", "on": on}},
    st.fixed_dictionaries({"lines": st.lists(always, min_size=1, max_size=3)}, optional={"cancelled": days}),
    days,
)
_billing_days = st.tuples(st.sampled_from(["on", "done"]), mostly(early | days))
_prices_since = st.one_of(
    prices,
    st.tuples(st.fixed_dictionaries({"amount": prices}), st.fixed_dictionaries({"since": days, "amount": prices})),
)
_added = st.fixed_dictionaries(
    {
        "text": st.just("Ampliación"),
        "since": days,
        "quantity": st.sampled_from([Decimal(1), Decimal(2)]),
        "price": prices | st.just(Decimal(-1)),
    },
)
milestones = st.fixed_dictionaries(
    {
        "agreement": st.builds(
            lambda price, shares, when: {
                "kind": "milestones",
                "price": price,
                "steps": [
                    {"name": f"paso {index}", "share": share, key: day}
                    for index, (share, (key, day)) in enumerate(zip(shares, when, strict=False))
                ],
            },
            _prices_since,
            st.sampled_from(_SHARES),
            st.tuples(_billing_days, _billing_days, _billing_days, _billing_days),
        )
    },
    optional={"cancelled": days, "lines": st.lists(_added, max_size=2)},
)


def _spanned(agreement: Mapping[str, Any], starts: date, length: int | None) -> dict[str, Any]:
    return {**agreement, "starts": starts, "ends": None if length is None else starts + timedelta(days=length)}


def _within(agreement: Mapping[str, Any], entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entries, each moved to a day of the agreement."""
    last = agreement["ends"] or date.max
    return [{**entry, "date": min(max(entry["date"], agreement["starts"]), last)} for entry in entries]


_lengths = mostly(st.integers(20, 120))
_pauses = st.lists(st.integers(0, 30), min_size=1, max_size=2).map(
    lambda gaps: [
        {"from": (begun := FIRST + timedelta(days=40 * index + gap)), "until": begun + timedelta(days=9)}
        for index, gap in enumerate(gaps)
    ]
)
recurrings = st.fixed_dictionaries(
    {
        "agreement": st.builds(
            _spanned,
            st.fixed_dictionaries(
                {
                    "kind": st.just("recurring"),
                    "every": st.sampled_from(["month", "week", "2 weeks", "quarter", "year"]),
                    "in": st.sampled_from(["advance", "arrears"]),
                },
                optional={"pauses": _pauses, "prorate": st.booleans()},
            ),
            early,
            _lengths,
        ),
        "lines": st.builds(lambda first, more: [first, *more], always, st.lists(lines, max_size=1)),
    },
    optional={"cancelled": days},
)


def _with_entries(agreement: dict[str, Any], work: list[dict[str, Any]], spent: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "agreement": agreement,
        "work": _within(agreement, work),
        "expenses": _within(agreement, spent),
        "annexes": ("work",),
    }


hourlies = st.builds(
    _with_entries,
    st.builds(
        _spanned,
        st.fixed_dictionaries(
            {"kind": st.just("hourly"), "every": st.sampled_from(["month", "2 weeks"]), "rate": dated_prices},
            optional={"cap": amounts("JPY", Decimal(5000)), "round": st.sampled_from(["15 min", "1 h"])},
        ),
        early,
        _lengths,
    ),
    st.lists(works, min_size=1, max_size=5),
    st.lists(expenses, max_size=1),
)
retainers = st.builds(
    _with_entries,
    st.builds(
        _spanned,
        st.fixed_dictionaries(
            {
                "kind": st.just("retainer"),
                "every": st.sampled_from(["month", "2 weeks"]),
                "fee": dated_prices,
                "hours": st.sampled_from(["2", "5", "0:30"]),
                "extra_rate": dated_prices,
            },
            optional={"rollover": st.integers(0, 2)},
        ),
        early,
        _lengths,
    ),
    st.lists(works, max_size=5),
    st.lists(expenses, max_size=1),
)

loyalties = st.fixed_dictionaries(
    {
        "after": st.sampled_from(["1 invoice", "2 invoices", "50", "400.50 EUR"]),
        "discount": st.sampled_from(["5%", "33.3%", "7", "100%"]),
    }
)


def _with_tax_id(client: dict[str, Any]) -> dict[str, Any]:
    """A loyal client has a tax id: without one, what waits for it as too much for a simplified invoice goes out once
    a later invoice of the same run has earned the discount that brings it below the limit.
    """
    return {**client, "tax_id": "B12345674"} if "loyalty" in client else client


clients = st.fixed_dictionaries(
    {"name": st.just("Cliente"), "address": st.just(_ADDRESS), "terms": st.sampled_from(_TERMS)},
    optional={
        "tax_id": st.just("B12345674"),
        "language": st.just("en"),
        "taxes": tax_codes,
        "currency": st.sampled_from(CURRENCIES),
        "discount": percents,
        "loyalty": loyalties,
        "reminders": st.sampled_from(["monthly", "hasty", "none"]),
    },
).map(_with_tax_id)
jobs = st.builds(
    lambda agreed, currency: {"title": "Encargo", "currency": currency, **agreed},
    st.one_of(finished_once, milestones, recurrings, hourlies, prepaids, retainers),
    mostly(st.sampled_from(CURRENCIES)),
)
people = st.lists(st.tuples(clients, st.booleans(), st.lists(jobs, min_size=1, max_size=3)), min_size=1, max_size=3)


def _book(drawn: list[tuple[dict[str, Any], bool, list[dict[str, Any]]]]) -> Book:
    found_clients, found_jobs = {}, {}
    for number, (client, has_series, agreed) in enumerate(drawn):
        series = f"C{number}-{{year}}{{month}}-{{seq}}" if has_series else None
        found_clients[f"c{number}"] = Client.model_validate({**client, "series": series})
        for index, job in enumerate(agreed):
            found_jobs[f"j{number}{index}"] = Job.model_validate({"client": f"c{number}", **job})
    return replace(_BARE, clients=found_clients, jobs=found_jobs)


books = people.map(_book)
"""A book of one to three clients, each with one or two jobs, and nothing issued yet."""
