"""Full or simplified: what becomes of an invoice whose buyer's tax id is not known."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from facturar.documents.press import Press
from facturar.model.book import Book
from facturar.model.settings import Look
from facturar.plan.credits import plan_credit
from facturar.plan.invoices import plan_invoices
from facturar.rules.checks import check_book
from facturar.rules.crediting import Credit
from facturar.store.shipped import shipped
from tests.book_text import CLIENTS, after_runs, book, issued

DAY = date(2026, 11, 12)
NAME = "name: Bar Luz"
PRESS = Press([shipped("templates")], Look(), Path())


def of_a_line(price: str, client: str = NAME, settings: str = "", taxes: str = "[iva]", day: date = DAY) -> Book:
    """A book in which one line is billed on a day."""
    job = f"job: {{client: bar, title: Menu, done: {day}, lines: [{{text: Menu, price: {price}, taxes: {taxes}}}]}}"
    return book(jobs=job, clients=f"bar: {{{client}}}", settings=settings)


# price and codes of the line, the client, more settings; number
SIMPLIFIED = {
    "330.57 and IVA come to 399.99": ("330.57", "[iva]", NAME, "", "S-2026-0001"),
    "330.58 and IVA come to 400.00": ("330.58", "[iva]", NAME, "", "S-2026-0001"),
    "what is withheld does not bring it below": ("330.58", "[iva, irpf]", NAME, "", "S-2026-0001"),
    "exempt": ("400", "[exempt]", NAME, "", "S-2026-0001"),
    "a consumer": ("100", "[iva]", f"{NAME}, consumer: true", "", "S-2026-0001"),
    "a series of one's own": ("100", "[iva]", NAME, "numbering: {simplified: 'T{year}-{seq}'}", "T2026-1"),
    "a book begun mid-year": ("100", "[iva]", NAME, "numbering: {start: {simplified: S-2026-0031}}", "S-2026-0031"),
    "not in the client's own series": ("100", "[iva]", f"{NAME}, series: 'BAR-{{seq}}'", "", "S-2026-0001"),
    "Italy: 400 with IVA": ("327.86", "[iva]", NAME, "regime: it", "S-2026-0001"),
}


@pytest.mark.parametrize(("price", "taxes", "client", "settings", "number"), SIMPLIFIED.values(), ids=SIMPLIFIED)
def test_up_to_the_limit_it_is_a_simplified_invoice(price, taxes, client, settings, number):
    (invoice,) = issued(plan_invoices(of_a_line(price, client, settings, taxes), DAY))
    assert (invoice.number, invoice.simplified) == (number, True)


FULL = {
    "the tax id is known": ("100", "[iva]", f"{NAME}, tax_id: B12345674", ""),
    "a consumer above the limit": ("330.59", "[iva]", f"{NAME}, consumer: true", ""),
    "a consumer, a case that is never simplified": ("100", "[intra_eu]", f"{NAME}, consumer: true", ""),
    "a service to a client outside the EU": ("5000", "[export]", NAME, ""),
    "Germany asks for no tax id of the buyer": ("100", "[ust]", NAME, "regime: de"),
    "Britain neither": ("5000", "[vat]", NAME, "regime: gb"),
    "nor does no country": ("5000", "[exempt]", NAME, "regime: generic"),
}


@pytest.mark.parametrize(("price", "taxes", "client", "settings"), FULL.values(), ids=FULL)
def test_a_full_invoice_says_nothing_of_it(price, taxes, client, settings):
    (invoice,) = issued(plan_invoices(of_a_line(price, client, settings, taxes), DAY))
    assert (invoice.number, invoice.simplified) == ("F-2026-0001", None)


HELD = {
    "a cent above": ("330.59", "[iva]", "", "an invoice above 400.00 EUR must show the buyer's NIF: add tax_id: to"),
    "above, once IVA is in": ("399", "[iva]", "", "an invoice above 400.00 EUR must show the buyer's NIF"),
    "reverse charge": ("10", "[reverse_charge]", "", "an invoice with reverse_charge must show the buyer's NIF"),
    "intra-EU": ("10", "[intra_eu]", "", "an invoice with intra_eu must show the buyer's NIF"),
    "another currency": ("10", "[iva]", "currency: USD", "an invoice in USD, whose rate is not known, must show"),
    "a regime without simplified ones": ("10", "[iva]", "regime: pt", "an invoice must show the buyer's NIF portugués"),
}


@pytest.mark.parametrize(("price", "taxes", "settings", "reason"), HELD.values(), ids=HELD)
def test_else_it_waits_for_the_tax_id(price, taxes, settings, reason):
    plan = plan_invoices(of_a_line(price, settings=settings, taxes=taxes), DAY)
    assert issued(plan) == []
    (skip,) = plan.skipped
    assert skip.held
    assert skip.reason.startswith(reason)


def test_before_2013_there_were_none():
    day = date(2012, 12, 31)
    (skip,) = plan_invoices(of_a_line("10", day=day), day).skipped
    assert skip.reason.startswith("an invoice must show the buyer's NIF")


def test_a_final_invoice_is_measured_with_its_deposit():
    start = book(
        jobs=f"""
        job:
          client: bar
          title: Menu
          agreement: {{kind: completion, deposit: 30%, deposit_on: 2026-11-02}}
          done: {DAY}
          lines: [{{text: Menu, price: 400, taxes: [iva]}}]
        """,
        clients="bar: {name: Bar Luz}",
    )
    deposited = after_runs(start, ["2026-11-02"])
    (deposit,) = deposited.invoices
    assert (deposit.number, deposit.kind, deposit.simplified) == ("S-2026-0001", "deposit", True)
    (skip,) = plan_invoices(deposited, DAY).skipped
    assert "above 400.00 EUR" in skip.reason


@pytest.mark.parametrize(
    ("language", "title"), [("es", "Factura simplificada S-2026-0001"), ("en", "Simplified invoice S-2026-0001")]
)
def test_its_page_says_what_it_is_and_shows_what_is_known(language, title):
    (invoice,) = issued(plan_invoices(of_a_line("100", f"{NAME}, language: {language}"), DAY))
    page = PRESS.markdown(invoice)
    assert f"# {title}" in page
    assert "| **Lucía Luna Pérez** | **Bar Luz** |" in page
    assert re.search(r"(?m)^\| Calle Mayor 12 +\| +\|$", page)


def test_its_credit_note_is_simplified_too():
    after = after_runs(of_a_line("100"), [DAY])
    (note,) = issued(plan_credit(after, DAY, Credit(after.invoices[0], "Not delivered")))
    assert (note.number, note.simplified, note.corrects) == ("R-2026-0001", True, "S-2026-0001")
    assert "# Factura simplificada rectificativa R-2026-0001" in PRESS.markdown(note)


def test_both_series_stand_the_check():
    jobs = "".join(
        f"job{n}: {{client: {client}, title: Menu, done: {DAY}, lines: [{{text: Menu, price: 100, taxes: [iva]}}]}}\n"
        for n, client in enumerate(["bar", "acme", "bar", "acme"])
    )
    clients = "bar: {name: Bar Luz, address: {street: S 1, city: C, country: ES}, consumer: true}\n" + CLIENTS
    after = after_runs(book(jobs=jobs, clients=clients), [DAY])
    assert sorted(invoice.number for invoice in after.invoices) == [
        "F-2026-0001",
        "F-2026-0002",
        "S-2026-0001",
        "S-2026-0002",
    ]
    assert check_book(after, DAY) == []
