"""Receipts and statements of account as their readers get them."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pypdf import PdfReader

from facturar.documents.press import Press
from facturar.model.receipt import Receipt
from facturar.model.record import Record
from facturar.model.statement import Statement

from .samples import ACME, BANK, BOLT, CARD, LUNA

ONE = {"number": "F-2026-0012", "issued": "2026-11-05", "amount": "1000.00", "open": "0.00"}
PART = {**ONE, "amount": "400.00", "open": "600.00", "due": "2026-12-25"}
PRO_FORMA = {**ONE, "number": "PF-2026-0003", "pro_forma": True}
ENGLISH: dict[str, Any] = {"language": "en", "buyer": BOLT}

LATE = {"number": "F-1", "issued": "2026-09-01", "due": "2026-10-01", "amount": "5", "open": "5", "days_late": "60"}
COMING = {**LATE, "number": "F-2", "due": "2026-12-05", "amount": "90", "open": "90", "days_late": "-5"}


def receipt(*invoices: dict[str, Any], **changes: Any) -> Receipt:
    facts = {
        "client": "acme",
        "date": "2026-12-05",
        "language": "es",
        "seller": LUNA,
        "buyer": ACME,
        "currency": "EUR",
        "amount": "1000.00",
        "method": "transfer",
        "reference": "N43-000123",
        "invoices": invoices,
    }
    return Receipt.model_validate({**facts, **changes})


def statement(**changes: Any) -> Statement:
    facts = {
        "kind": "open",
        "client": "acme",
        "date": "2026-11-30",
        "language": "es",
        "seller": LUNA,
        "buyer": ACME,
        "currency": "EUR",
        "items": [{**LATE, "amount": "500", "open": "200"}, COMING],
        "buckets": [{"name": n, "amount": a} for n, a in (("current", "90"), ("31-60", "200"), ("90+", "0"))],
        "credit": "40",
        "balance": "250",
        "reference": "F-1, F-2",
        "payment_methods": [BANK, CARD],
    }
    return Statement.model_validate({**facts, **changes})


def activity(count: int = 4, digits: int = 2, **changes: Any) -> Statement:
    """A statement with so many movements, each in so many digits."""
    balance, rows = Decimal(0), []
    for n in range(count):
        kind = ("invoice", "payment", "credit_note", "discount")[n % 4]
        amount = round(Decimal("1234.5678") * (1 if kind == "invoice" else -1), digits)
        balance += amount
        day = date(2026, 1, 5) + timedelta(days=n)
        rows.append({"date": day, "kind": kind, "document": f"F-{n:03d}", "amount": amount, "balance": balance})
    facts = {
        "kind": "activity",
        "period": {"from": "2026-01-01", "to": "2026-11-30"},
        "items": [],
        "buckets": [],
        "credit": None,
        "opening": "0",
        "movements": rows,
        "balance": balance,
    }
    return statement(**{**facts, **changes})


GOLDEN: dict[str, Record] = {
    "receipt-es": receipt(PART, {**ONE, "number": "F-2026-0009", "amount": "500.00"}, credit="100.00"),
    "receipt-en": receipt(ONE, **ENGLISH, currency="USD", received="912.33 EUR"),
    "statement-es": statement(),
    "statement-en": statement(**ENGLISH),
    "statement-activity-es": activity(),
    "statement-activity-en": activity(**ENGLISH),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_the_whole_of_it(name: str, press: Press, same_as_golden: Callable[[str, str], None]) -> None:
    same_as_golden(f"{name}.md", press.markdown(GOLDEN[name]))


MAILS: dict[str, tuple[Record, str, str]] = {
    "es-receipt": (receipt(ONE), "Recibo de su pago de 1.000,00 €", "con fecha 5 de diciembre de 2026, por la factura"),
    "en-receipt": (receipt(PART, **ENGLISH), "Receipt for your payment of €1,000.00", "€600.00 remains to be paid"),
    "es-receipt-of-several": (
        receipt(ONE, {**ONE, "number": "PF-3", "pro_forma": "true"}),
        "Recibo de su pago de 1.000,00 €",
        "por la factura F-2026-0012 y la factura proforma PF-3.",
    ),
    "es-statement": (
        statement(),
        "Estado de cuenta a 30 de noviembre de 2026",
        "250,00 €, de los que han llegado a su vencimiento 160,00 €",
    ),
    "en-statement": (
        activity(**ENGLISH),
        "Statement of account from 1 January 2026 to 30 November 2026",
        "in your favour",
    ),
}


@pytest.mark.parametrize("name", MAILS)
def test_the_mail_it_comes_with(name: str, press: Press, same_as_golden: Callable[[str, str], None]) -> None:
    record, subject, phrase = MAILS[name]
    mail = press.mail(record)
    assert mail is not None
    assert mail.subject == subject
    assert phrase in " ".join(mail.text.split())
    same_as_golden(f"mail-{name}.txt", f"Subject: {mail.subject}\n\n{mail.text}")


PHRASES: dict[str, tuple[Record, str]] = {
    "all of one invoice": (receipt(ONE), "Con este pago, la factura queda saldada."),
    "all of several": (receipt(ONE, ONE), "Con este pago quedan todas saldadas."),
    "a part": (receipt(PART), "quedan pendientes 600,00 €; el próximo vencimiento es el 25 de diciembre de 2026"),
    "a part of what is late": (
        receipt({**PART, "due": "2026-11-25"}),
        "quedan pendientes 600,00 €, que vencieron el 25 de noviembre de 2026.",
    ),
    "a pro forma": (receipt(PRO_FORMA), "la factura proforma queda pagada por completo"),
    "on account": (receipt(credit="1000.00"), "Quedan a su favor 1.000,00 €, que descontaremos"),
    "paid early": (receipt({**ONE, "discount": "20.00"}), "Gracias por su pronto pago"),
    "a way to pay of their own words": (receipt(ONE, method="En el taller"), "| En el taller"),
    "what came in": (receipt(ONE, **ENGLISH, currency="USD", received="912.33 EUR"), "€912.33"),
    "something is late": (
        statement(),
        "Han llegado a su vencimiento **160,00 €**, descontado lo que tiene a su favor.",
    ),
    "in dispute": (statement(items=[{**LATE, "disputed": True}]), "F-1 (en revisión)"),
    "something is to come": (statement(), "Otros 90,00 € no han vencido todavía; el próximo vencimiento es el 5 de"),
    "the ways to pay ask for what is due": (statement(), "| Transferencia | 160,00 € "),
    "nothing is due yet": (
        statement(items=[COMING], credit=None, balance="90"),
        "el próximo vencimiento es el 5 de dicie",
    ),
    "nothing is asked for then": (statement(items=[COMING], credit=None, balance="90"), "| Transferencia |  "),
    "the credit covers what is late": (
        statement(items=[LATE, COMING], credit="40", balance="55"),
        "De momento no tiene que pagar nada; el próximo vencimiento es el 5 de diciembre de 2026.",
    ),
    "in favour": (statement(items=[], buckets=[], balance="-40"), "El saldo es a su favor."),
    "over the last limit": (statement(), "Más de 90 días"),
    "the reference": (statement(), "F-1, F-2"),
}


@pytest.mark.parametrize(("record", "phrase"), PHRASES.values(), ids=PHRASES)
def test_phrases(record: Record, phrase: str, press: Press) -> None:
    assert phrase in press.markdown(record)


def test_what_is_in_dispute_is_not_asked_for(press: Press) -> None:
    text = press.markdown(statement(items=[{**LATE, "disputed": True}], credit=None, balance="5", buckets=[]))
    assert "vencido" not in text.replace("Vencido", "")
    assert "Lo que aparece en revisión lo estamos comprobando" in text


@pytest.mark.parametrize(("currency", "digits", "figure"), [("JPY", 0, "1,235"), ("KWD", 3, "1,234.568")])
def test_many_movements_repeat_the_head_and_keep_the_totals_together(
    currency: str, digits: int, figure: str, press: Press
) -> None:
    record = activity(60, digits, **ENGLISH, currency=currency)
    faces = press.faces(record)
    assert faces == press.faces(record)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(faces[".pdf"])).pages]
    assert len(pages) > 1
    rows = [page for page in pages if "F-0" in page]
    assert all("Charges" in page and figure in page for page in rows)
    (totals,) = [page for page in pages if "on 30 November 2026" in page]
    assert "Balance on 1 January 2026" in totals
