"""A receipt's record → the finished strings that its template shows. Adds nothing up; decides nothing."""

from __future__ import annotations

from dataclasses import dataclass

from facturar.documents.party_text import PartyText, country_of, party_text
from facturar.documents.wording import Wording, wording_for
from facturar.model.receipt import Receipt, Settled


@dataclass(frozen=True)
class SettledText:
    """What went to an invoice, and what was open of it then; `open` and `due` are empty when it is settled.

    `pro_forma` says that the number is that of a pro forma; `discount` what paying early took off, or empty.
    `due_before` says that the day when it is due was before that of the receipt.
    """

    number: str
    pro_forma: bool
    issued: str
    amount: str
    discount: str
    open: str
    due: str
    due_before: bool


@dataclass(frozen=True)
class ReceiptContext:
    """All that a receipt's template may use. What does not apply is empty.

    `method` is as it was entered: the template has the words for those that it knows. `received` is what came in in
    another currency, `credit` what no invoice took. `has_open` and `has_discounts` say whether any invoice has either.
    """

    client: str
    language: str
    currency: str
    seller: PartyText
    buyer: PartyText
    date: str
    amount: str
    received: str
    method: str
    reference: str
    invoices: tuple[SettledText, ...]
    has_open: bool
    has_discounts: bool
    credit: str


def _settled(part: Settled, wording: Wording, receipt: Receipt) -> SettledText:
    currency = receipt.currency
    return SettledText(
        number=part.number,
        pro_forma=bool(part.pro_forma),
        issued=wording.short_day(part.issued),
        amount=wording.money(part.amount, currency),
        discount=wording.money(part.discount, currency) if part.discount else "",
        open=wording.money(part.open, currency) if part.open else "",
        due=wording.day(part.due) if part.due else "",
        due_before=bool(part.due and part.due < receipt.date),
    )


def receipt_context(receipt: Receipt) -> ReceiptContext:
    """The finished strings of a receipt, written for its reader's language and country."""
    wording = wording_for(receipt.language, country_of(receipt.buyer))
    received = receipt.received
    return ReceiptContext(
        client=receipt.client,
        language=receipt.language,
        currency=receipt.currency,
        seller=party_text(receipt.seller, receipt.language, country_of(receipt.buyer)),
        buyer=party_text(receipt.buyer, receipt.language, country_of(receipt.seller)),
        date=wording.day(receipt.date),
        amount=wording.money(receipt.amount, receipt.currency),
        received=wording.money(received.amount, received.currency) if received else "",
        method=receipt.method or "",
        reference=receipt.reference or "",
        invoices=tuple(_settled(part, wording, receipt) for part in receipt.invoices),
        has_open=any(part.open for part in receipt.invoices),
        has_discounts=any(part.discount for part in receipt.invoices),
        credit=wording.money(receipt.credit, receipt.currency) if receipt.credit else "",
    )
