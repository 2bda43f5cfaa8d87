"""Credit notes: what was invoiced taken back at the rates of its invoice, and never more than is left."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from facturar.plan.credits import plan_credit
from facturar.plan.invoices import plan_invoices
from facturar.plan.month import carried_out
from facturar.rules.checks import check_book
from facturar.rules.crediting import Credit
from facturar.rules.settlement import accounts
from tests.book_text import after_runs, book, issued

DAY = date(2026, 11, 20)
JOB = """
web:
  client: acme
  title: Web
  done: 2026-11-10
  lines:
    - {text: Diseño, price: 1000}
    - {text: Sellos, price: 100, taxes: [iva]}
    - {text: Libro, quantity: 3, price: 10, discount: 10%, taxes: [iva_super_reduced]}
"""
BOOK = after_runs(book(jobs=JOB), ["2026-11-10"])
INVOICE = BOOK.invoices[0]

# the wish → net, tax, withheld, payable
CREDITS = {
    "all of it": (Credit(INVOICE, "x"), ("-1127.00", "-232.08", "-150.00", "-1209.08")),
    "a line": (Credit(INVOICE, "x", lines=(1,)), ("-100.00", "-21.00", "0.00", "-121.00")),
    "two lines": (Credit(INVOICE, "x", lines=(0, 2)), ("-1027.00", "-211.08", "-150.00", "-1088.08")),
    "an amount, shared as the nets are": (
        Credit(INVOICE, "x", amount=Decimal("112.70")),
        ("-112.70", "-23.21", "-15.00", "-120.91"),
    ),
}


@pytest.mark.parametrize(("credit", "expected"), CREDITS.values(), ids=CREDITS.keys())
def test_takes_back(credit, expected):
    note = issued(plan_credit(BOOK, DAY, credit))[0]
    totals = note.totals
    assert (str(totals.net), str(totals.tax), str(totals.withheld), str(totals.payable)) == expected
    assert (note.kind, note.number, note.corrects, note.reason) == ("credit_note", "R-2026-0001", "F-2026-0001", "x")


@pytest.mark.parametrize(("credit", "_"), CREDITS.values(), ids=CREDITS.keys())
def test_a_book_with_a_credit_note_is_right(credit, _):
    after = carried_out(BOOK, plan_credit(BOOK, DAY, credit))
    assert check_book(after, DAY) == []


def test_all_of_it_closes_the_invoice_to_the_cent():
    after = carried_out(BOOK, plan_credit(BOOK, DAY, Credit(INVOICE, "x")))
    assert accounts(after, DAY)["acme", "EUR"].balance == 0
    assert accounts(after, date(2026, 11, 19))["acme", "EUR"].balance == INVOICE.totals.payable


REFUSED = {
    "more than there is": Credit(INVOICE, "x", amount=Decimal("1127.01")),
    "nothing": Credit(INVOICE, "x", amount=Decimal(0)),
    "a line that is not there": Credit(INVOICE, "x", lines=(3,)),
}


@pytest.mark.parametrize("credit", REFUSED.values(), ids=REFUSED.keys())
def test_refuses(credit):
    plan = plan_credit(BOOK, DAY, credit)
    assert plan.actions == ()
    assert plan.skipped[0].held


def test_never_more_than_the_invoice_in_all():
    after = carried_out(BOOK, plan_credit(BOOK, DAY, Credit(INVOICE, "x", amount=Decimal(1000))))
    assert plan_credit(after, DAY, Credit(INVOICE, "x", amount=Decimal(128))).actions == ()
    assert plan_credit(after, DAY, Credit(INVOICE, "x", amount=Decimal(127))).actions != ()


def test_a_credit_note_is_not_credited():
    after = carried_out(BOOK, plan_credit(BOOK, DAY, Credit(INVOICE, "x")))
    assert plan_credit(after, DAY, Credit(after.invoices[-1], "x")).actions == ()


@pytest.mark.parametrize(("again", "times"), [(False, 0), (True, 1)], ids=["for good", "to be put right"])
def test_what_was_credited_is_billed_again_only_if_asked_for(again, times):
    after = carried_out(BOOK, plan_credit(BOOK, DAY, Credit(INVOICE, "x", again=again)))
    plan = plan_invoices(after, DAY)
    assert len(plan.actions) == times
    corrected = carried_out(after, plan)
    assert plan_invoices(corrected, DAY).actions == ()
    assert check_book(corrected, DAY) == []
