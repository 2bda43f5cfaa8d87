"""Invented receipts and statements: a book with two invoices, a payment, and what the rules make of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.money import rounded
from facturar.model.payment import Payment
from facturar.plan.actions import Plan
from facturar.plan.receipts import plan_receipts
from facturar.plan.statements import plan_statements
from facturar.rules.statements import Asked


def _paid(book: Book, today: date, share: str, *, named: bool = True) -> Book:
    """The book with a payment of so much of its first invoice, two days before."""
    invoice = book.invoices[0]
    payment = Payment(
        date=today - timedelta(days=2),
        client=invoice.client,
        amount=rounded(invoice.totals.payable * Decimal(share), invoice.currency),
        currency=invoice.currency,
        invoice=invoice.number if named else None,
        method="transfer",
        reference="TR-000123",
    )
    return replace(book, payments=(payment,))


def _statement(book: Book, today: date, asked: Asked) -> Plan:
    return plan_statements(book, today, [book.invoices[0].client], asked)


def account_samples(billed: Callable[[], Book], today: date) -> Mapping[str, Mapping[str, Callable[[], Plan]]]:
    """The plans of invented receipts and statements, by what is special about each; `billed` gives their book."""
    since = today - timedelta(days=90)
    return {
        "receipt": {
            "receipt": lambda: plan_receipts(_paid(billed(), today, "1"), today),
            "part": lambda: plan_receipts(_paid(billed(), today, "0.4"), today),
            "credit": lambda: plan_receipts(_paid(billed(), today, "3", named=False), today),
        },
        "statement": {
            "open": lambda: _statement(_paid(billed(), today, "0.4"), today, Asked("open", today)),
            "activity": lambda: _statement(_paid(billed(), today, "1"), today, Asked("activity", today, since)),
        },
    }
