"""What was paid in the client's name and for their account: at cost, outside the taxable base and what is withheld."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from facturar.documents.press import Press
from facturar.model.invoice import Invoice
from facturar.model.settings import Look
from facturar.plan.invoices import plan_invoices
from facturar.problems import Code
from facturar.rules.checks import check_book
from facturar.store.shipped import shipped
from tests.book_text import CLIENTS, book, issued

DAY = date(2026, 11, 30)
PRESS = Press([shipped("templates")], Look(), Path())
JOB = """
brand:
  client: acme
  title: Brand
  done: 2026-11-30
  {more}
  lines: [{{text: Brand, price: {price}}}]
  expenses: [{{date: 2026-11-12, text: Trade mark fee, amount: 127.88, {expense}}}]
"""


def invoice(expense: str = "taxes: [pass_through]", more: str = "", price: str = "1000", **own: str) -> Invoice:
    start = book(jobs=JOB.format(expense=expense, more=more, price=price), **own)
    (found,) = issued(plan_invoices(start, DAY))
    return found


TOTALS = {
    "IVA and IRPF on the work alone": ("taxes: [pass_through]", "", "1000", "1127.88 210.00 150.00 1337.88 1187.88"),
    "an expense of one's own": ("markup: 10%", "", "1000", "1140.67 239.54 171.10 1380.21 1209.11"),
    "beside prices that include IVA": (
        "taxes: [pass_through]",
        "prices_include_tax: true",
        "1210",
        "1127.88 210.00 150.00 1337.88 1187.88",
    ),
    "no discount touches it": (
        "taxes: [pass_through]",
        "discount: 10%",
        "1000",
        "1027.88 189.00 135.00 1216.88 1081.88",
    ),
}


@pytest.mark.parametrize(("expense", "more", "price", "expected"), TOTALS.values(), ids=TOTALS)
def test_totals(expense, more, price, expected):
    totals = invoice(expense, more, price).totals
    found = (totals.net, totals.tax, totals.withheld, totals.total, totals.payable)
    assert " ".join(map(str, found)) == expected


def test_its_row_has_no_tax_and_its_sentence_names_the_law():
    found = invoice()
    rows = [(tax.code, tax.kind, str(tax.base), str(tax.amount)) for tax in found.taxes]
    assert rows == [
        ("iva", "vat", "1000.00", "210.00"),
        ("pass_through", "exempt", "127.88", "0.00"),
        ("irpf", "withholding", "1000.00", "150.00"),
    ]
    (mention,) = found.mentions
    assert mention.startswith("Suplido: pagado en nombre y por cuenta del cliente")
    assert mention.endswith("(art. 78.Tres.3.º de la Ley 37/1992).")


def test_the_page_does_not_call_the_sum_a_taxable_base():
    page = PRESS.markdown(invoice())
    assert "Base imponible" not in page
    assert "| Suma" in page
    assert "| Suplido sobre 127,88 €" in page


def test_it_needs_no_tax_id_beside_an_export():
    clients = CLIENTS.replace("  tax_id: B12345674\n", "  taxes: [export]\n")
    assert invoice(clients=clients).number == "F-2026-0001"


def test_a_markup_on_it_is_refused():
    with pytest.raises(ValidationError) as refused:
        invoice("taxes: [pass_through], markup: 10%")
    (error,) = refused.value.errors()
    assert error["type"] == Code.bad_value
    assert "at cost" in error["msg"]


@pytest.mark.parametrize("codes", ["iva, pass_through", "irpf, pass_through"])
def test_another_code_beside_it_is_worth_a_look(codes):
    start = book(jobs=JOB.format(expense=f"taxes: [{codes}]", more="", price="1000"))
    told = [(problem.code, problem.path) for problem in check_book(start, DAY)]
    assert told == [(Code.tax_combination, ("jobs", "brand", "expenses", 0, "taxes"))]
