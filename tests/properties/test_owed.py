"""What is owed, worked out in another way: buckets come to the balance, money in and out to the sum of balances."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from facturar.model.book import Book
from facturar.plan.month import carried_out
from facturar.rules.aging import Ages, Basis
from facturar.rules.settlement import accounts
from facturar.views.aging import aging, open_items, total_of
from facturar.views.aging_by_job import aging_by_job
from facturar.views.payment_state import payment_states
from facturar.views.report import month_report
from tests.properties.books import searched, searched_longer
from tests.properties.lives import Life, lives

ZERO = Decimal(0)
AccountKey = tuple[str, str]

days_after = st.integers(-60, 60)


def day_near(life: Life, offset: int) -> date:
    return life.last_day + timedelta(days=offset)


@dataclass
class Sums:
    """Of a client in one currency: what invoices ask for, what came in or was credited, what was written off.

    `discounted` is what paying early took off, and no credit note has said yet.
    """

    claimed: Decimal = ZERO
    received: Decimal = ZERO
    written_off: Decimal = ZERO
    discounted: Decimal = ZERO


def sums_on(book: Book, day: date) -> dict[AccountKey, Sums]:
    """Everything dated by a day, by client and currency."""
    sums: dict[AccountKey, Sums] = defaultdict(Sums)
    for invoice in book.invoices:
        if invoice.issued <= day:
            own, payable = sums[invoice.client, invoice.currency], invoice.totals.payable
            own.claimed += max(payable, ZERO)
            own.received += max(-payable, ZERO)
    for payment in book.payments:
        assert payment.currency
        if payment.date <= day:
            own = sums[payment.client, payment.currency]
            match payment.kind:
                case "payment":
                    own.received += payment.amount
                case "refund":
                    own.received -= payment.amount
                case "write_off":
                    own.written_off += payment.amount
    for key, account in accounts(book, day).items():
        sums[key].discounted = sum((taken.amount for taken in account.discounts), ZERO)
    return sums


def as_it_was(book: Book, day: date) -> Book:
    """The book without all that is dated later."""
    return replace(
        book,
        invoices=tuple(invoice for invoice in book.invoices if invoice.issued <= day),
        payments=tuple(payment for payment in book.payments if payment.date <= day),
        diary=tuple(entry for entry in book.diary if entry.date <= day),
        letters=tuple(letter for letter in book.letters if letter.date <= day),
    )


@searched
@given(lives, days_after)
def test_buckets_less_credit_come_to_the_balance_of_each_row_and_each_total(life: Life, offset: int) -> None:
    table = aging(life.end, day_near(life, offset))
    for row in (*table.rows, *table.totals):
        assert sum(row.buckets.values()) - row.credit == row.balance
        assert tuple(row.buckets) == table.buckets
    for whole in table.totals:
        rows = [row for row in table.rows if row.currency == whole.currency]
        assert whole.balance == sum((row.balance for row in rows), ZERO)
        assert all(whole.buckets[name] == sum((row.buckets[name] for row in rows), ZERO) for name in table.buckets)


@searched
@given(lives, days_after)
def test_a_balance_is_what_was_claimed_less_what_came_in_and_what_was_forgiven(life: Life, offset: int) -> None:
    """A write-off forgives what is open and never becomes credit: nobody paid it."""
    day = day_near(life, offset)
    rows = {(row.client, row.currency): row for row in aging(life.end, day).rows}
    for key, sums in sums_on(life.end, day).items():
        row = rows.get(key)
        balance, credit = (row.balance, row.credit) if row else (ZERO, ZERO)
        still_open = sum(row.buckets.values()) if row else ZERO
        forgiven = sums.claimed - sums.received - sums.discounted - balance
        assert ZERO <= forgiven <= sums.written_off
        assert forgiven == sums.written_off or not still_open
        assert credit <= max(sums.received, ZERO)
    assert rows.keys() <= sums_on(life.end, day).keys()


@searched
@given(lives, days_after)
def test_open_items_are_the_buckets_one_by_one_and_what_the_invoices_say_is_open(life: Life, offset: int) -> None:
    day = day_near(life, offset)
    items, states = open_items(life.end, day), payment_states(life.end, day)
    for row in aging(life.end, day).rows:
        for bucket, amount in row.buckets.items():
            own = [i.open for i in items if (i.client, i.currency, i.bucket) == (row.client, row.currency, bucket)]
            assert sum(own) == amount
    for invoice in life.end.invoices:
        if invoice.issued <= day:
            state = states[invoice.number]
            assert state.open == sum((item.open for item in items if item.number == invoice.number), ZERO)
            assert state.paid + state.discount + state.open == max(invoice.totals.payable, ZERO)
            assert state.paid >= 0
            closed = state.status in ("paid", "credited", "void")
            assert closed == (not state.open and invoice.totals.payable >= 0)


@searched
@given(lives, days_after, st.sampled_from(["due", "issued"]), st.sampled_from([(30, 60, 90), (1,), (7, 15)]))
def test_every_view_of_the_debt_of_a_day_comes_to_the_same(
    life: Life, offset: int, basis: Basis, edges: tuple[int, ...]
) -> None:
    day, ages = day_near(life, offset), Ages(edges, basis)
    by_client, by_job = aging(life.end, day, ages), aging_by_job(life.end, day, ages)
    assert by_job.totals == by_client.totals
    for row in by_client.rows:
        own = [part for part in by_job.rows if (part.client, part.currency) == (row.client, row.currency)]
        whole = total_of(row.currency, own)
        assert (whole.buckets, whole.credit, whole.balance) == (row.buckets, row.credit, row.balance)
        items = [i for i in open_items(life.end, day, ages) if (i.client, i.currency) == (row.client, row.currency)]
        assert sum((item.open for item in items), ZERO) - row.credit == row.balance
        for name, amount in row.buckets.items():
            assert sum((item.open for item in items if item.bucket == name), ZERO) == amount
    usual = {(row.client, row.currency): row.balance for row in aging(life.end, day).rows}
    assert {(row.client, row.currency): row.balance for row in by_client.rows} == usual
    for part in by_job.rows:
        assert all(amount >= 0 for amount in part.buckets.values())


@searched_longer
@given(lives, days_after)
def test_no_balance_of_any_day_moves_when_the_credit_note_of_an_early_payment_is_issued(
    life: Life, offset: int
) -> None:
    for run in life.runs:
        others = tuple(action for action in run.plan.actions if action.kind != "credit_note")
        without = carried_out(run.before, replace(run.plan, actions=others))
        day = run.day + timedelta(days=offset)
        assert aging(without, day) == aging(run.after, day)
        states = payment_states(without, day)
        assert {number: payment_states(run.after, day)[number] for number in states} == states


@searched
@given(lives, days_after)
def test_a_discount_for_paying_early_is_offered_reached_in_time_and_closes_its_invoice_that_day(
    life: Life, offset: int
) -> None:
    for account in accounts(life.end, day_near(life, offset)).values():
        for taken in account.discounts:
            invoice = next(invoice for invoice in life.end.invoices if invoice.number == taken.number)
            (offer,) = (offer for offer in invoice.discounts if offer.kind == "early_payment")
            assert invoice.issued <= taken.date <= offer.until
            assert ZERO < taken.amount <= offer.amount
            assert payment_states(life.end, taken.date)[taken.number].status == "paid"


@searched
@given(lives, st.integers(0, 120))
def test_the_debt_of_a_past_day_is_not_moved_by_anything_dated_later(life: Life, before: int) -> None:
    day = life.last_day - timedelta(days=before)
    then = as_it_was(life.end, day)
    assert aging(life.end, day) == aging(then, day)
    assert open_items(life.end, day) == open_items(then, day)
    assert payment_states(life.end, day) == payment_states(then, day)
    assert month_report(life.end, day) == month_report(then, day)
