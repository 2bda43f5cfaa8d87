"""Records to write, read and seal in the tests of the store."""

from __future__ import annotations

from typing import Any

from facturar.model.activity import Activity
from facturar.model.invoice import Invoice
from facturar.model.letter import Letter
from facturar.model.notice import Notice
from facturar.model.quote import Quote
from facturar.model.receipt import Receipt
from facturar.model.statement import Statement

ADDRESS = {"street": "Calle Mayor 12", "postcode": "01001", "city": "Madrid", "country": "ES"}
SELLER = {"name": "Lucía Luna Pérez", "tax_id": "12345678Z", "address": ADDRESS}
BUYER = {"name": "Panadería Acme, S.L.", "tax_id": "12345674"}
LINE = {
    "text": "Web: diseño #2",
    "quantity": "10",
    "unit": "h",
    "price": "100.00",
    "net": "1000.00",
    "taxes": ["iva", "irpf"],
}
INVOICE: dict[str, Any] = {
    "number": "F-2026-0012",
    "kind": "invoice",
    "issued": "2026-11-30",
    "due": [{"date": "2026-12-30", "amount": "1060.00"}],
    "period": {"from": "2026-11-01", "to": "2026-11-30"},
    "language": "es",
    "seller": SELLER,
    "buyer": BUYER,
    "client": "acme",
    "job": "web-acme",
    "purchase_order": "0123",
    "covers": ["web-acme:2026-11"],
    "currency": "EUR",
    "lines": [LINE],
    "totals": {"net": "1000.00", "tax": "210.00", "withheld": "150.00", "total": "1210.00", "payable": "1060.00"},
    "message": "Hola, Ana:\n\nGracias.\n",
    "seal": "ab" * 32,
}
LETTER: dict[str, Any] = {
    "kind": "letter",
    "step": "firm",
    "client": "acme",
    "date": "2026-11-30",
    "channel": "email",
    "sender": {"name": "Marta"},
    "language": "es",
    "seller": SELLER,
    "buyer": BUYER,
    "currency": "EUR",
    "invoices": [
        {"number": "F-2026-0007", "issued": "2026-10-01", "due": "2026-10-31", "open": "500.00", "days_late": "30"}
    ],
    "total": "500.00",
    "earlier": ["2026-11-05", "2026-11-15"],
}
NOTICE: dict[str, Any] = {
    "kind": "notice",
    "name": "rate-change",
    "client": "acme",
    "date": "2026-11-30",
    "channel": "email",
    "sender": {"name": "Marta"},
    "language": "es",
    "seller": SELLER,
    "buyer": BUYER,
    "currency": "EUR",
    "since": "2027-01-01",
    "changes": [
        {"kind": "rate", "job": "care", "title": "Web", "before": "60", "after": "63.00", "since": "2027-01-01"}
    ],
    "values": {"no": "1:30", "items": ""},
}


ACTIVITY: dict[str, Any] = {
    "kind": "activity",
    "job": "web-acme",
    "client": "acme",
    "title": "Web",
    "date": "2027-01-02",
    "period": {"from": "2026-12-01", "to": "2026-12-31"},
    "language": "es",
    "seller": SELLER,
    "buyer": BUYER,
    "currency": "EUR",
    "entries": [
        {"date": "2026-12-03", "text": "Taller", "hours": "1.5", "rate": "60", "key": "web-acme:2026-12-03:1.5h"}
    ],
    "lines": [{key: value for key, value in LINE.items() if key != "taxes"}],
    "totals": {"hours": "1.5", "net": "1000.00"},
    "approve": {"within": "5", "silence": "accepts"},
}


QUOTE: dict[str, Any] = {
    "number": "P-2026-0004",
    "kind": "quote",
    "issued": "2026-11-30",
    "valid_until": "2026-12-30",
    "language": "es",
    "seller": SELLER,
    "buyer": BUYER,
    "client": "acme",
    "job": "web-acme",
    "charging": {"kind": "hourly", "every": "month", "starts": "2026-12-01", "rate": "60", "estimate": "true"},
    "currency": "EUR",
    "lines": [LINE],
    "totals": INVOICE["totals"],
    "terms": "30 days",
}


RECEIPT: dict[str, Any] = {
    "kind": "receipt",
    "client": "acme",
    "date": "2026-12-05",
    "language": "es",
    "seller": SELLER,
    "buyer": BUYER,
    "currency": "USD",
    "amount": "500.00",
    "received": "455.10 EUR",
    "reference": "0123",
    "invoices": [{"number": "F-2026-0012", "issued": "2026-11-30", "amount": "450.00", "open": "0.00"}],
    "credit": "50.00",
}
STATEMENT: dict[str, Any] = {
    "kind": "activity",
    "client": "acme",
    "date": "2026-12-31",
    "period": {"from": "2026-12-01", "to": "2026-12-31"},
    "language": "es",
    "seller": SELLER,
    "buyer": BUYER,
    "currency": "EUR",
    "opening": "0.00",
    "movements": [
        {"date": "2026-12-03", "kind": "invoice", "document": "F-1", "amount": "10.00", "balance": "10.00"},
        {"date": "2026-12-05", "kind": "payment", "reference": "0123", "amount": "-4.00", "balance": "6.00"},
    ],
    "balance": "6.00",
}


def a_receipt(**changes: Any) -> Receipt:
    return Receipt.model_validate({**RECEIPT, **changes})


def a_statement(**changes: Any) -> Statement:
    return Statement.model_validate({**STATEMENT, **changes})


def an_invoice(**changes: Any) -> Invoice:
    return Invoice.model_validate({**INVOICE, **changes})


def a_letter(**changes: Any) -> Letter:
    return Letter.model_validate({**LETTER, **changes})


def a_notice(**changes: Any) -> Notice:
    return Notice.model_validate({**NOTICE, **changes})


def an_activity_report(**changes: Any) -> Activity:
    return Activity.model_validate({**ACTIVITY, **changes})


def a_quote(**changes: Any) -> Quote:
    return Quote.model_validate({**QUOTE, **changes})
