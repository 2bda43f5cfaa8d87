"""Deposits that are asked for, however they are paid and whenever runs are: all is billed once, and money stays put."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from facturar.model.book import Book
from facturar.model.payment import Payment
from facturar.plan.month import carried_out, plan_month
from facturar.problems import errors
from facturar.rules.checks import check_book
from facturar.rules.pro_formas import laid
from facturar.rules.settlement import accounts
from tests.book_text import book
from tests.properties.books import searched

FIRST, LAST = date(2026, 2, 1), date(2026, 3, 31)
NET, PAYABLE = Decimal("1000.00"), Decimal("318.00")
OTHER = "logo: {client: acme, title: Logo, done: 2026-01-10, lines: [{text: Logo, price: 100}]}\n"
WEB = """
web:
  client: acme
  title: Web
  agreement: {kind: completion, deposit: 30%%, deposit_on: 2026-02-01, deposit_as: request}
  lines: [{text: Web, price: 1000}]
  done: %s
"""


@dataclass(frozen=True)
class Round:
    """The job's last day, the money that came in, and the days of the runs after the first."""

    done: date
    payments: tuple[Payment, ...]
    runs: tuple[date, ...]

    @property
    def start(self) -> Book:
        """The book after its first run, which asks for the deposit."""
        empty = book(jobs=OTHER + WEB % self.done)
        return replace(carried_out(empty, plan_month(empty, FIRST)), payments=self.payments)

    def lived(self, *runs: date) -> Book:
        """The book after these runs."""
        found = self.start
        for day in runs or self.runs:
            found = carried_out(found, plan_month(found, day))
        return found


days = st.dates(FIRST, LAST)
amounts = st.sampled_from([Decimal(n) for n in ("1", "106", "159", "318", "400")])
payments = st.builds(
    lambda day, amount, named: Payment(
        date=day, client="acme", amount=amount, currency="EUR", invoice="PF-2026-0001" if named else None
    ),
    days,
    amounts,
    st.booleans(),
)
rounds = st.builds(
    Round,
    st.dates(FIRST + timedelta(days=1), LAST),  # a job that is done on the first day asks for no deposit
    st.lists(payments, max_size=4).map(tuple),
    st.lists(days, max_size=6).map(lambda drawn: (*sorted(drawn), LAST)),
)


@searched
@given(rounds)
def test_all_of_the_job_is_billed_once_and_no_check_fails(life: Round) -> None:
    end = life.lived()
    own = [invoice for invoice in end.invoices if "web" in invoice.job]
    assert sum((invoice.totals.net for invoice in own), Decimal(0)) == NET
    assert set(Counter(key for invoice in own for key in invoice.covers).values()) == {1}
    assert errors(check_book(end, LAST)) == []
    assert plan_month(end, LAST).actions == ()


@searched
@given(rounds)
def test_missed_runs_change_nothing_of_what_is_billed(life: Round) -> None:
    steady = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    each_day, some = life.lived(*steady), life.lived()
    assert [(i.kind, i.covers, i.totals) for i in each_day.invoices] == [
        (i.kind, i.covers, i.totals) for i in some.invoices
    ]


@searched
@given(rounds, days)
def test_no_money_is_lost_and_none_of_it_strays_while_it_is_kept(life: Round, day: date) -> None:
    end = life.lived()
    account = accounts(end, day)["acme", "EUR"]
    received = sum((p.amount for p in life.payments if p.date <= day), Decimal(0))
    claimed = sum((i.totals.payable for i in end.invoices if i.issued <= day), Decimal(0))
    assert account.balance == claimed - received
    assert Decimal(0) <= account.kept <= account.credit
    if laid(end, day).kept:
        unnamed = replace(end, payments=tuple(p for p in end.payments if not p.invoice))
        without = accounts(unnamed, day)["acme", "EUR"]
        assert [i.open for i in account.instalments] == [i.open for i in without.instalments]


@searched
@given(rounds)
def test_a_deposit_is_invoiced_if_all_of_it_came_before_the_job_was_done(life: Round) -> None:
    in_time = sum((p.amount for p in life.payments if p.invoice and p.date <= life.done), Decimal(0))
    deposits = [invoice for invoice in life.lived().invoices if invoice.kind == "deposit"]
    assert len(deposits) == (in_time >= PAYABLE)
    assert all(deposit.supplied or deposit.issued for deposit in deposits)
