"""Runs that are repeated, missed and caught up: nothing twice, nothing left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from facturar.model.book import Book
from facturar.model.catalog import Rate
from facturar.model.invoice import Period
from facturar.plan.invoices import plan_invoices
from facturar.plan.month import carried_out, plan_month
from tests.properties.agreed import agreed
from tests.properties.books import CURRENCIES, FIRST, books, searched
from tests.properties.lives import Life, lives

SPAN = 100


def billed(book: Book) -> Counter[tuple[frozenset[str], Period | None, str, Decimal]]:
    """What was billed together, for which days, and for how much."""
    return Counter((frozenset(i.covers), i.period, i.currency, i.totals.net) for i in book.invoices)


def after_runs(book: Book, offsets: set[int]) -> Book:
    for offset in sorted(offsets):
        book = carried_out(book, plan_invoices(book, FIRST + timedelta(days=offset)))
    return book


@searched
@given(lives)
def test_a_second_plan_on_the_same_day_is_empty(life: Life) -> None:
    for run in life.runs:
        assert plan_month(run.after, run.day).actions == ()


@searched
@given(lives)
def test_no_key_is_ever_covered_twice(life: Life) -> None:
    keys = Counter(key for invoice in life.end.invoices for key in invoice.covers)
    assert [key for key, times in keys.items() if times > 1] == []


@searched
@given(books, st.sets(st.integers(0, SPAN), max_size=6))
def test_runs_that_were_missed_are_caught_up_with_the_same_keys_periods_and_nets(book: Book, kept: set[int]) -> None:
    each_week = after_runs(book, {*range(0, SPAN, 7), SPAN})
    assert billed(after_runs(book, {*kept, SPAN})) == billed(each_week)
    assert billed(after_runs(book, {SPAN})) == billed(each_week)


@searched
@given(lives)
def test_each_month_that_has_ended_has_one_report(life: Life) -> None:
    reports = Counter(a.document for run in life.runs for a in run.plan.actions if a.kind == "report")
    assert set(reports.values()) <= {1}
    if life.end.invoices and life.runs[-1].before.invoices:
        first, last = min(i.issued for i in life.end.invoices), life.last_day
        months = (last.year - first.year) * 12 + last.month - first.month
        assert len(reports) == months


def by_jobs_alone(book: Book) -> Book:
    """The book with clients who get nothing off and lack nothing: what is billed is then as the jobs say."""
    plain = {"discount": None, "loyalty": None, "tax_id": "B12345674"}
    clients = {name: client.model_copy(update=plain) for name, client in book.clients.items()}
    rates = (Rate(date=date(2020, 1, 1), currency=currency, rate=Decimal("0.9")) for currency in CURRENCIES)
    return replace(book, clients=clients, rates=tuple(rate for rate in rates if rate.currency != "EUR"))


def billed_nets(book: Book) -> dict[str, Decimal]:
    nets: dict[str, Decimal] = dict.fromkeys(book.jobs, Decimal(0))
    for invoice in book.invoices:
        nets[invoice.job[0]] += invoice.totals.net
    return nets


def agreed_nets(book: Book, day: date) -> dict[str, Decimal]:
    """What the agreements say by a day; a job with a sum below nothing, which waits for a person, is left out."""
    sums = {
        name: agreed(job, job.currency or book.clients[job.client].currency or "EUR") for name, job in book.jobs.items()
    }
    by_day = {name: _on_days(own) for name, own in sums.items()}
    return {
        name: sum((amount for since, amount in own.items() if since <= day), Decimal(0))
        for name, own in by_day.items()
        if all(amount >= 0 for amount in own.values()) or book.jobs[name].agreement.kind in ("completion", "delivery")
    }


def _on_days(sums: list[tuple[date, Decimal]]) -> dict[date, Decimal]:
    found: dict[date, Decimal] = {}
    for day, amount in sums:
        found[day] = found.get(day, Decimal(0)) + amount
    return found


@searched
@given(books, st.sets(st.integers(0, SPAN), min_size=1, max_size=6))
def test_what_was_billed_by_any_run_is_what_the_agreement_says_by_its_day(book: Book, offsets: set[int]) -> None:
    book = by_jobs_alone(book)
    for offset in sorted(offsets):
        day = FIRST + timedelta(days=offset)
        book = carried_out(book, plan_invoices(book, day))
        said = agreed_nets(book, day)
        assert {name: net for name, net in billed_nets(book).items() if name in said} == said
        assert plan_invoices(book, day).actions == ()
