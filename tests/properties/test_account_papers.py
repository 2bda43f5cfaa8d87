"""Receipts and statements of random lives: they say what settlement and aging say, whenever they are written."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from facturar.model.book import Book
from facturar.model.receipt import Receipt
from facturar.model.record import record_name
from facturar.model.statement import Statement
from facturar.plan.receipts import plan_receipts
from facturar.rules.client_accounts import books_of_clients
from facturar.rules.funds import AccountKey
from facturar.rules.settlement import Account, accounts
from facturar.rules.statements import Asked, statements
from facturar.views.aging import aging, open_items
from tests.properties.books import searched
from tests.properties.lives import Life, lives

ZERO = Decimal(0)
days_after = st.integers(-60, 60)


def on_the_day(life: Life, offset: int) -> date:
    return life.last_day + timedelta(days=offset)


def told(book: Book, asked: Asked) -> list[Statement]:
    return statements(book, book.clients, asked)


def sums(pairs: list[tuple[str, Decimal]]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(Decimal)
    for currency, amount in pairs:
        found[currency] += amount
    return {currency: amount for currency, amount in found.items() if amount}


@searched
@given(lives, days_after)
def test_the_book_of_one_client_gives_the_same_accounts(life: Life, offset: int) -> None:
    day = on_the_day(life, offset)
    apart: dict[AccountKey, Account] = {}
    for own in books_of_clients(life.end, life.end.clients).values():
        apart |= accounts(own, day)
    assert apart == accounts(life.end, day)


@searched
@given(lives, days_after)
def test_statements_of_open_items_and_of_activity_come_to_what_aging_says(life: Life, offset: int) -> None:
    day = on_the_day(life, offset)
    open_, moved = told(life.end, Asked("open", day)), told(life.end, Asked("activity", day, day - timedelta(days=40)))
    table = aging(life.end, day)
    for found in (open_, moved):
        balances = {(each.client, each.currency): each.balance for each in found}
        assert {key: balance for key, balance in balances.items() if balance} == {
            (row.client, row.currency): row.balance for row in table.rows if row.balance
        }
        assert sums([(each.currency, each.balance) for each in found]) == sums(
            [(row.currency, row.balance) for row in table.totals]
        )
    items = [(each.client, item.number, item.due, item.open) for each in open_ for item in each.items]
    assert Counter(items) == Counter((i.client, i.number, i.due, i.open) for i in open_items(life.end, day))
    rows = {(row.client, row.currency): row for row in table.rows}
    for each in open_:
        row = rows[each.client, each.currency]
        assert each.credit or row.credit == ZERO
        assert {bucket.name: bucket.amount for bucket in each.buckets} in ({}, row.buckets)


@searched
@given(lives, st.integers(-30, 30), st.integers(1, 60), st.integers(1, 60))
def test_movements_lead_from_the_opening_to_the_closing_balance_and_periods_join(
    life: Life, offset: int, first: int, second: int
) -> None:
    day = on_the_day(life, offset)
    between = day - timedelta(days=second)
    later = told(life.end, Asked("activity", day, between + timedelta(days=1)))
    earlier = {
        (each.client, each.currency): each
        for each in told(life.end, Asked("activity", between, between - timedelta(days=first)))
    }
    for each in later:
        assert each.opening is not None
        balance = each.opening
        for movement in each.movements:
            balance += movement.amount
            assert movement.balance == balance
        assert balance == each.balance
        before = earlier.get((each.client, each.currency))
        assert each.opening == (before.balance if before else ZERO)


@searched
@given(lives)
def test_each_payment_has_one_receipt_which_adds_up_and_has_a_name_of_its_own(life: Life) -> None:
    book, last = life.end, life.last_day
    days = [*(invoice.issued for invoice in book.invoices), *(quote.issued for quote in book.quotes)]
    first = min(days, default=date.max)
    due = [p for p in book.payments if p.kind == "payment" and first <= p.date <= last]
    known = Counter((p.client, p.date, p.currency, p.amount) for p in due)
    assert Counter((r.client, r.date, r.currency, r.amount) for r in book.receipts) == known
    names = [record_name(receipt, book.settings.currency) for receipt in book.receipts]
    assert len(set(names)) == len(names)
    for receipt in book.receipts:
        parts = sum((part.amount for part in receipt.invoices), ZERO)
        assert parts + (receipt.credit or ZERO) == receipt.amount
        assert all(part.amount > 0 for part in receipt.invoices)
        assert (receipt.credit or ZERO) >= 0


@searched
@given(lives)
def test_receipts_that_were_written_punctually_are_the_same_written_late(life: Life) -> None:
    """Of each run, with what was known then: those of days on which the client paid once."""
    for run in life.runs:
        punctual = [record for record in run.plan.records if isinstance(record, Receipt)]
        late = plan_receipts(replace(run.after, receipts=()), run.day + timedelta(days=9)).records
        again = {record_name(record, "EUR"): record for record in late}
        of_a_day = Counter((r.client, r.date, r.currency) for r in run.after.receipts)
        alone = [r for r in punctual if of_a_day[r.client, r.date, r.currency] == 1]
        assert [again[record_name(receipt, "EUR")] for receipt in alone] == alone


@searched
@given(lives)
def test_a_receipt_says_open_what_settlement_leaves_open_on_that_day(life: Life) -> None:
    book = life.end
    of_a_day = Counter((p.client, p.date, p.currency) for p in book.payments)
    for receipt in plan_receipts(replace(book, receipts=()), life.last_day).records:
        assert isinstance(receipt, Receipt)
        account = accounts(book, receipt.date).get((receipt.client, receipt.currency))
        if of_a_day[receipt.client, receipt.date, receipt.currency] > 1 or account is None:
            continue
        for part in receipt.invoices:
            if not part.pro_forma:
                own = [instalment.open for instalment in account.instalments if instalment.number == part.number]
                assert part.open == sum(own, ZERO)
