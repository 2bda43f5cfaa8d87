"""Where each line of an agreement comes from: the key paths of what is billed, its price, its discount, its taxes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from facturar.rules.agreements import Billed, Part, subject_of, to_bill
from tests.book_text import CLIENTS, book

CATALOG = "{chair: {text: Silla, price: [{since: 2025-01-01, amount: 180}, {since: 2026-03-01, amount: 195}]}}"

FROM = {
    "a line, at its dated price": (
        "a: {client: acme, title: A, done: 2026-03-10, lines: [{text: L, price: [{since: 2026-01-01, amount: 5}]}]}",
        ["lines.0 | lines.0.price.0 | | settings.taxes"],
    ),
    "a line with taxes and a discount of its own": (
        "a: {client: acme, title: A, done: 2026-03-10, lines: [{text: L, price: 5, discount: 5%, taxes: [iva]}]}",
        ["lines.0 | lines.0.price | lines.0.discount | lines.0.taxes"],
    ),
    "an item of the catalogue, with the job's taxes and discount": (
        """a: {client: acme, title: A, agreement: {kind: delivery}, delivered: 2026-03-10, lines: [{item: chair}],
        taxes: [iva], discount: 5%}""",
        ["lines.0 catalog.chair | catalog.chair.price.1 | discount | taxes"],
    ),
    "a deposit, from the lines that it is a share of": (
        """a: {client: acme, title: A, agreement: {kind: completion, deposit: 30%, deposit_on: 2026-03-01},
        lines: [{text: L, price: 50}, {text: M, price: 50, taxes: [iva]}]}""",
        [
            "agreement.deposit | lines.0.price | | settings.taxes",
            "agreement.deposit | lines.1.price | | lines.1.taxes",
        ],
    ),
    "a milestone": (
        """a: {client: acme, title: A, agreement: {kind: milestones, price: 100, steps: [{name: S, share: 40%,
        on: 2026-03-01}, {name: T, share: 60%}]}}""",
        ["agreement.steps.0 | agreement.steps.0.share agreement.price | | settings.taxes"],
    ),
    "a recurring line, and the part of one": (
        """a: {client: acme, title: A, agreement: {kind: recurring, starts: 2026-02-15, prorate: true, ends:
        2026-02-28}, lines: [{text: L, price: 50, until: 2026-01-31}, {text: M, price: 50}]}""",
        ["lines.1 | lines.1.price | | settings.taxes"],
    ),
    "what is paid up front": (
        "a: {client: acme, title: A, agreement: {kind: prepaid, on: 2026-03-01}, lines: [{text: L, price: 50}]}",
        ["lines.0 | lines.0.price | | settings.taxes"],
    ),
    "a retainer's fee, and its hours over": (
        """a: {client: acme, title: A, agreement: {kind: retainer, starts: 2026-02-01, fee: 500, hours: 2, extra_rate:
        [{since: 2026-01-01, amount: 60}]}, work: [{date: 2026-02-03, hours: 3, note: N}]}""",
        [
            "agreement.fee | agreement.fee | | settings.taxes",
            "agreement.fee | agreement.fee | | settings.taxes",
            "agreement.hours work.0 | agreement.extra_rate.0 | | settings.taxes",
        ],
    ),
    "hours by their rates, free ones, expenses": (
        """a: {client: acme, title: A, agreement: {kind: hourly, starts: 2026-02-01, rate: [{since: 2026-01-01, amount:
        60}, {since: 2026-02-10, amount: 65}]}, work: [{date: 2026-02-03, hours: 1, note: N}, {date: 2026-02-03,
        hours: 1, note: N}, {date: 2026-02-12, hours: 1, note: N}, {date: 2026-02-13, hours: 1, note: N, rate: 60},
        {date: 2026-02-14, hours: 1, note: F, billable: false}],
        expenses: [{date: 2026-02-03, text: E, amount: 9, taxes: []}]}""",
        [
            "work.0 work.1 work.3 | agreement.rate.0 work.3.rate | | settings.taxes",
            "work.2 | agreement.rate.1 | | settings.taxes",
            "work.4 | work.4.billable | | settings.taxes",
            "expenses.0 | expenses.0.amount | | expenses.0.taxes",
        ],
    ),
    "hours over a cap, whose discount it is": (
        """a: {client: acme, title: A, agreement: {kind: hourly, starts: 2026-02-01, rate: 60, cap: 90}, work: [{date:
        2026-02-03, hours: 2, note: N}]}""",
        ["work.0 | agreement.rate | agreement.cap | settings.taxes"],
    ),
}


def _written(paths: tuple[tuple[str | int, ...], ...]) -> str:
    return " ".join(".".join(map(str, path)).removeprefix("jobs.a.") for path in paths)


@pytest.mark.parametrize(("job", "expected"), FROM.values(), ids=FROM)
def test_each_line_knows_where_it_comes_from(job: str, expected: list[str]) -> None:
    own = book(job, catalog=CATALOG)
    parts = to_bill(subject_of("a", own.jobs["a"], own), Billed(()), date(2026, 3, 10), "EUR")
    origins: list[Any] = [line.origin for part in parts if isinstance(part, Part) for line in part.lines]
    written = [" | ".join(map(_written, (o.of, o.price, o.discount, o.taxes))) for o in origins]
    assert [" ".join(line.split()) for line in written] == expected


def test_the_clients_taxes_and_discount_come_before_the_books() -> None:
    clients = CLIENTS.rstrip() + "\n  taxes: [iva]\n  discount: 5%\n"
    own = book("a: {client: acme, title: A, lines: [{text: L, price: 5}]}", clients=clients)
    subject = subject_of("a", own.jobs["a"], own)
    assert (_written(subject.taxes_at), _written(subject.discount_at)) == (
        "clients.acme.taxes",
        "clients.acme.discount",
    )
