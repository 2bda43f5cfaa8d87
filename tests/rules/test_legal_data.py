"""What a client's entry must hold for the invoices that they get."""

from __future__ import annotations

from datetime import date

import pytest

from facturar.rules.checks import check_book
from tests.book_text import book

CLIENTS = {
    "a business with both": ("{name: A, tax_id: B12345674, address: {street: X, city: Y, country: ES}}", []),
    "a business without address": ("{name: A, tax_id: B12345674}", ["address"]),
    "a business without either": ("{name: A}", ["address", "tax_id"]),
    "a consumer who is known": ("{name: A, tax_id: 00000000T, consumer: true}", ["address"]),
    "whoever comes to the counter, by simplified invoices": ("{name: A, consumer: true}", []),
}


@pytest.mark.parametrize(("client", "missing"), CLIENTS.values(), ids=CLIENTS)
def test_what_is_missing(client: str, missing: list[str]) -> None:
    found = [
        p.message for p in check_book(book(clients=f"acme: {client}"), date(2026, 11, 30)) if p.path[0] == "clients"
    ]
    assert [next(key for key in ("address", "tax_id") if f"has no {key}" in message) for message in found] == missing


UNREGISTERED = {
    "VAT without a number": ("gb", "[vat]", "", ["vat is charged, but the business has no tax_id"]),
    "VAT with its number": ("gb", "[vat]", "GB111111107", []),
    "no VAT, no number": ("gb", "[]", "", []),
    "where every invoice needs the number, that is what is said": ("es", "[iva]", "", ["the business has no tax_id"]),
}


@pytest.mark.parametrize(("regime", "taxes", "tax_id", "said"), UNREGISTERED.values(), ids=UNREGISTERED)
def test_vat_is_charged_under_a_number(regime: str, taxes: str, tax_id: str, said: list[str]) -> None:
    number = f", tax_id: {tax_id}" if tax_id else ""
    settings = f"""
    business: {{name: Jim, address: {{street: 1 Rd, city: Bristol, country: GB}}{number}}}
    regime: {regime}
    taxes: {taxes}
    """
    found = [p.message for p in check_book(book(clients="", settings=settings), date(2026, 11, 30))]
    assert [message.partition(":")[0] for message in found] == said


TWO_CLIENTS = {
    "two ids": ("B12345674", "Bolt", "A58818501", []),
    "one id, as an entry was copied": ("B12345674", "Bolt", "B12345674", ["'bolt' has the tax id of 'acme', Acme"]),
    "one id, written otherwise": ("ES-B12345674", "Bolt", "b 1234567-4", ["'bolt' has the tax id of 'acme', Acme"]),
    "departments of one client": ("B12345674", "ACME", "B12345674", []),
    "the business itself": (
        "B12345674",
        "Bolt",
        "12345678Z",
        ["'bolt' has the tax id of your own business, Lucía Luna Pérez"],
    ),
}


@pytest.mark.parametrize(("first", "name", "second", "said"), TWO_CLIENTS.values(), ids=TWO_CLIENTS)
def test_a_tax_id_is_of_one_client(first: str, name: str, second: str, said: list[str]) -> None:
    home = "address: {street: X, city: Y, country: ES}"
    clients = f"acme: {{name: Acme, tax_id: {first}, {home}}}\nbolt: {{name: {name}, tax_id: {second}, {home}}}"
    found = check_book(book(clients=clients), date(2026, 11, 30))
    assert [problem.message for problem in found if problem.code == "same-tax-id"] == said
