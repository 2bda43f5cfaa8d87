"""What every record holds to, whatever was agreed: its figures add up, its number follows, its seal is chained."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.plan.invoices import Wanted, plan_invoices
from facturar.plan.month import carried_out
from facturar.problems import errors
from facturar.rules.checks import check_book
from facturar.rules.seals import seal_of
from tests.properties.books import FIRST, books, searched
from tests.properties.lives import Life, lives

CENT = {"EUR": Decimal("0.01"), "USD": Decimal("0.01"), "JPY": Decimal(1), "KWD": Decimal("0.001")}


def total(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))


def ends_with(index: int) -> Wanted:
    """Every third job, as when some are billed by name."""
    return lambda name, _: name.endswith(str(index))


def series(invoices: Iterable[Invoice]) -> dict[str, list[tuple[int, Invoice]]]:
    """The records of each series in the order in which they were issued, each with its running number."""
    found: dict[str, list[tuple[int, Invoice]]] = defaultdict(list)
    for invoice in invoices:
        prefix, _, number = invoice.number.rpartition("-")
        found[prefix].append((int(number), invoice))
    return found


@searched
@given(lives)
def test_lines_add_up_to_totals_taxes_to_tax_and_instalments_to_what_is_payable(life: Life) -> None:
    for invoice in life.end.invoices:
        totals, unit = invoice.totals, CENT[invoice.currency]
        kept = [tax for tax in invoice.taxes if tax.kind == "withholding"]
        added = [tax for tax in invoice.taxes if tax.kind != "withholding"]
        taken = invoice.deposits
        assert total(line.net for line in invoice.lines) - total(d.net for d in taken) == totals.net
        assert total(tax.amount for tax in added) - total(d.tax for d in taken) == totals.tax
        assert total(tax.amount for tax in kept) - total(d.withheld or Decimal(0) for d in taken) == totals.withheld
        assert totals.total == totals.net + totals.tax
        assert totals.payable == totals.total - totals.withheld
        assert total(due.amount for due in invoice.due) == totals.payable
        assert all(due.amount >= 0 for due in invoice.due) or invoice.kind == "credit_note"
        for tax in invoice.taxes:
            bearing = [line.net for line in invoice.lines if tax.code in line.taxes]
            same_code = [other.base for other in invoice.taxes if other.code == tax.code]
            assert tax.amount == (tax.base * tax.percent / 100).quantize(unit, ROUND_HALF_UP)
            assert total(same_code) == total(bearing)
        for line in invoice.lines:
            gross = (line.quantity * line.price).quantize(unit, ROUND_HALF_UP)
            assert line.net + (line.discount or 0) == gross


@searched
@given(lives)
def test_amounts_have_the_digits_of_their_currency(life: Life) -> None:
    for invoice in life.end.invoices:
        due, net = (due.amount for due in invoice.due), (line.net for line in invoice.lines)
        taxed = (amount for tax in invoice.taxes for amount in (tax.base, tax.amount))
        for amount in (*due, *net, *taxed, *dict(invoice.totals).values()):
            assert amount == amount.quantize(CENT[invoice.currency])


@searched
@given(lives)
def test_check_finds_no_error_in_a_book_that_only_runs_have_written(life: Life) -> None:
    assert errors(check_book(life.end, life.last_day)) == []


@searched
@given(lives)
def test_numbers_have_no_gaps_dates_never_go_back_and_seals_are_chained(life: Life) -> None:
    for own in series(life.end.invoices).values():
        assert [seq for seq, _ in own] == list(range(1, len(own) + 1))
        issued = [invoice.issued for _, invoice in own]
        assert issued == sorted(issued)
        seals = [invoice.seal for _, invoice in own]
        assert [invoice.previous for _, invoice in own] == [None, *seals[:-1]]
        assert all(invoice.seal == seal_of(invoice) for _, invoice in own)


@searched
@given(books, st.lists(st.tuples(st.integers(0, 100), st.integers(0, 2)), min_size=2, max_size=8))
def test_jobs_billed_by_themselves_on_days_back_and_forth_bill_nothing_twice_and_never_before_an_earlier_record(
    book: Book, bills: list[tuple[int, int]]
) -> None:
    for offset, index in bills:
        book = carried_out(book, plan_invoices(book, FIRST + timedelta(days=offset), wanted=ends_with(index)))
    keys = [key for invoice in book.invoices for key in invoice.covers]
    assert len(keys) == len(set(keys))
    assert errors(check_book(book, FIRST)) == []
