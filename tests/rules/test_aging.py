"""Aging: open amounts by how late they are, as of any day."""

from __future__ import annotations

from datetime import date

import pytest

from facturar.views.aging import aging
from tests.book_text import CLIENTS, after_runs, book

CLIENT = CLIENTS + "  taxes: []\n"
JOB = "web: {client: acme, title: Web, done: 2026-01-01, lines: [{text: Web, price: 100}]}"  # due on 31 January


@pytest.mark.parametrize(
    ("day", "bucket"),
    [
        ("2026-01-01", "current"),
        ("2026-01-31", "current"),
        ("2026-02-01", "1-30"),
        ("2026-03-02", "1-30"),
        ("2026-03-03", "31-60"),
        ("2026-04-01", "31-60"),
        ("2026-04-02", "61-90"),
        ("2026-05-01", "61-90"),
        ("2026-05-02", "90+"),
    ],
)
def test_bucket(day, bucket):
    start = after_runs(book(jobs=JOB, clients=CLIENT), ["2026-01-01"])
    row = aging(start, date.fromisoformat(day)).rows[0]
    assert {name: str(amount) for name, amount in row.buckets.items() if amount} == {bucket: "100.00"}


def test_a_past_day_does_not_move_when_later_entries_come():
    start = after_runs(book(jobs=JOB, clients=CLIENT), ["2026-01-01"])
    paid = book(
        jobs=JOB,
        clients=CLIENT,
        payments="- {date: 2026-03-01, client: acme, amount: 100}",
        invoices=start.invoices,
    )
    assert aging(paid, date(2026, 2, 28)) == aging(start, date(2026, 2, 28))
    assert aging(paid, date(2026, 3, 1)).rows == ()


def test_buckets_of_your_own():
    start = after_runs(book(jobs=JOB, clients=CLIENT, settings="aging: [7, 14]"), ["2026-01-01"])
    assert aging(start, date(2026, 2, 10)).buckets == ("current", "1-7", "8-14", "14+")


def test_credit_is_taken_off_the_balance():
    start = after_runs(book(jobs=JOB, clients=CLIENT), ["2026-01-01"])
    paid = book(
        jobs=JOB, clients=CLIENT, payments="- {date: 2026-01-05, client: acme, amount: 130}", invoices=start.invoices
    )
    row = aging(paid, date(2026, 1, 6)).rows[0]
    assert (str(row.credit), str(row.balance)) == ("30.00", "-30.00")
