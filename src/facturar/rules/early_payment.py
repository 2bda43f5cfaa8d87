"""Paying early: what it takes off, until when, and the credit note by which the tax follows.

The price was invoiced in full. Once the client has paid by the day, the base goes down by the discount and a credit
note says so (art. 80.Uno.2.º LIVA; arts. 79.a and 90 of the VAT directive).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.invoice import EarlyPaymentDiscount, Invoice, InvoiceLine, Totals, early_key
from facturar.model.job import PASS_THROUGH
from facturar.model.money import ZERO, rounded
from facturar.model.terms import Terms
from facturar.rules.crediting import Credit, credited_net, rates_of, reduction
from facturar.rules.due import due_date
from facturar.rules.taxes import Tax, worded


def _earned(lines: Sequence[InvoiceLine]) -> list[InvoiceLine]:
    """The lines of what was earned. What was paid in the client's name is given back whole, early or late."""
    return [line for line in lines if PASS_THROUGH not in line.taxes]


def _passed_through(lines: Sequence[InvoiceLine]) -> Decimal:
    return sum((line.net for line in lines if PASS_THROUGH in line.taxes), ZERO)


def early_offer(
    lines: Sequence[InvoiceLine], totals: Totals, rates: Mapping[str, Tax], issued: date, terms: Terms, currency: str
) -> EarlyPaymentDiscount | None:
    """What terms such as `2% 10 days, net 30 days` offer on an invoice; None where they offer nothing.

    The amount is what a credit note for round(net × percent) comes to at the invoice's rates, so that the printed
    figure and that note agree to the cent.
    """
    early = terms.early
    net = rounded((totals.net - _passed_through(lines)) * early.percent / 100, currency) if early else ZERO
    if early is None or net <= 0 or totals.payable <= 0:
        return None
    amount = -reduction(_earned(lines), net, rates, "", currency)[2].payable
    return EarlyPaymentDiscount(
        kind="early_payment",
        percent=early.percent,
        until=due_date(issued, early.within),
        amount=amount,
        payable=totals.payable - amount,
    )


def offer_of(invoice: Invoice) -> EarlyPaymentDiscount | None:
    """What an invoice offers for paying early, if it does."""
    return next((offer for offer in invoice.discounts if offer.kind == "early_payment"), None)


def early_net(invoice: Invoice, offer: EarlyPaymentDiscount, notes: Iterable[Invoice]) -> Decimal:
    """The net that paying early takes off an invoice: the percentage of what its other credit notes have left."""
    before = credited_net(invoice, (note for note in notes if not note.pays_early))
    net = invoice.totals.net - _passed_through(invoice.lines) - before
    return max(rounded(net * offer.percent / 100, invoice.currency), ZERO)


def early_amount(invoice: Invoice, offer: EarlyPaymentDiscount, notes: Sequence[Invoice], book: Book) -> Decimal:
    """What paying early takes off what is payable: as printed, or less of an invoice that was credited in part."""
    if not any(note.corrects == invoice.number and not note.pays_early for note in notes):
        return offer.amount
    net = early_net(invoice, offer, notes)
    return (
        -reduction(_earned(invoice.lines), net, rates_of(invoice, book), "", invoice.currency)[2].payable
        if net
        else ZERO
    )


_REASON = {"es": "Descuento por pronto pago", "en": "Early-payment discount"}


def early_credit(invoice: Invoice, offer: EarlyPaymentDiscount, notes: Iterable[Invoice]) -> Credit:
    """The credit note by which the discount of an invoice is given, once; `notes` are those that it has so far."""
    reason = worded(_REASON, invoice.language) or offer.kind
    net = early_net(invoice, offer, notes)
    earned = tuple(index for index, line in enumerate(invoice.lines) if PASS_THROUGH not in line.taxes)
    return Credit(invoice, reason, lines=earned, amount=net, covers=(early_key(invoice.number),))
