"""What an invoice says of discounts beside its lines: a thank you, and what paying early takes off."""

from __future__ import annotations

from dataclasses import dataclass

from facturar.documents.wording import Wording
from facturar.model.agreement import read_share
from facturar.model.invoice import Invoice


@dataclass(frozen=True)
class LoyaltyText:
    """A thank you that the lines have taken off already: the share, what it came to, and the client's own message."""

    share: str
    amount: str
    message: str


@dataclass(frozen=True)
class EarlyText:
    """What paying by a day takes off, and what is then to be paid instead of the whole by its own day."""

    percent: str
    day: str
    amount: str
    payable: str
    full: str
    due: str


def loyalty_text(invoice: Invoice, wording: Wording) -> LoyaltyText | None:
    """The thank you of an invoice, if it has one; the share is empty when it is an amount."""
    for given in invoice.discounts:
        if given.kind == "loyalty":
            percent = read_share(given.share).percent
            share = wording.percent(percent) if percent is not None else ""
            return LoyaltyText(share, wording.money(-given.amount, invoice.currency), given.message or "")
    return None


def early_text(invoice: Invoice, wording: Wording) -> EarlyText | None:
    """The discount for paying early that an invoice offers, if it does."""
    for offer in invoice.discounts:
        if offer.kind == "early_payment":
            return EarlyText(
                percent=wording.percent(offer.percent),
                day=wording.day(offer.until),
                amount=wording.money(-offer.amount, invoice.currency),
                payable=wording.money(offer.payable, invoice.currency),
                full=wording.money(offer.payable + offer.amount, invoice.currency),
                due=wording.day(invoice.due[-1].date),
            )
    return None
