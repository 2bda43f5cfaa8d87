"""What is foreseen: the invoices that runs on every day would issue, and sums that leave nothing out."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.plan.coming import coming
from facturar.plan.forecast import forecast
from facturar.plan.invoices import plan_invoices
from facturar.plan.month import carried_out
from tests.properties.books import FIRST, books, searched
from tests.properties.lives import Life, lives

SPAN = 75


def day_by_day(book: Book, first: date, last: date) -> list[Invoice]:
    """What is issued when the round is run on every day."""
    found: list[Invoice] = []
    for ahead in range((last - first).days + 1):
        plan = plan_invoices(book, first + timedelta(days=ahead))
        found += [record for record in plan.records if isinstance(record, Invoice)]
        book = carried_out(book, plan)
    return found


@searched
@given(books, st.integers(0, SPAN), st.integers(0, 40))
def test_what_is_to_come_is_what_runs_on_every_day_would_issue(book: Book, start: int, length: int) -> None:
    first = FIRST + timedelta(days=start)
    last = first + timedelta(days=length)
    assert list(coming(book, first, last).invoices) == day_by_day(book, first, last)


@searched
@given(lives, st.integers(-30, 30), st.sampled_from(["week", "month"]), st.integers(1, 4))
def test_a_forecast_leaves_nothing_out(life: Life, offset: int, by: str, count: int) -> None:
    day = life.last_day + timedelta(days=offset)
    found = forecast(life.end, day, "week" if by == "week" else "month", count)
    for item in found.items:
        assert item.amount > 0
        assert item.on is None or item.on >= day
        if item.apart is None:
            assert item.on
            assert day <= item.on <= found.until
    for code in {item.currency for item in found.items}:
        own = [item for item in found.items if item.currency == code]
        periods = [period for period in found.periods if period.currency == code]
        assert sum(period.expected for period in periods) == sum(item.amount for item in own if not item.apart)
        assert all(period.to_bill <= period.expected for period in periods)
    numbers = {item.number for item in found.items if item.number}
    # Not those open on the day: money that names no invoice goes to what is due first, which may be yet to come.
    assert numbers <= {invoice.number for invoice in life.end.invoices if invoice.issued <= day}
