"""A quote's or pro forma's record → the finished strings that its template shows. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from facturar.documents.attachment_text import AttachmentText, attachment_texts
from facturar.documents.line_text import SectionText, TaxText, section_texts, tax_texts
from facturar.documents.party_text import PartyText, country_of, party_text
from facturar.documents.terms_text import TermText, term_texts
from facturar.documents.ways_to_pay import Asked, WaysToPay, ways_to_pay
from facturar.documents.wording import Wording, wording_for
from facturar.model.quote import Charging, Quote


@dataclass(frozen=True)
class ChargingText:
    """How the job will be charged. Codes stay codes (`kind`, `every`, `billed`): the template has the words for them.

    `deposit` is what the deposit comes to, with its taxes, and `deposit_on` its day; `rate` is for an hour;
    `estimate`: the lines are only an estimate of the hours.
    """

    kind: str
    every: str
    billed: str
    starts: str
    ends: str
    on: str
    deposit: str
    deposit_on: str
    hours: str
    rollover: str
    rate: str
    cap: str
    estimate: bool


@dataclass(frozen=True)
class QuoteContext:
    """All that the template of a quote or a pro forma may use. What does not apply is empty."""

    kind: str
    number: str
    language: str
    currency: str
    seller: PartyText
    buyer: PartyText
    issued: str
    valid_until: str
    replaces: str
    purchase_order: str
    charging: ChargingText | None
    terms: tuple[TermText, ...]
    sections: tuple[SectionText, ...]
    has_discounts: bool
    net: str
    taxes: tuple[TaxText, ...]
    withholdings: tuple[TaxText, ...]
    total: str
    payable: str
    pay: WaysToPay | None
    mentions: tuple[str, ...]
    message: str
    attached: tuple[AttachmentText, ...]
    enclosed: tuple[AttachmentText, ...]


def quote_context(quote: Quote) -> QuoteContext:
    """The finished strings of a quote or a pro forma, written for its buyer's language and country."""
    wording, currency, totals = wording_for(quote.language, country_of(quote.buyer)), quote.currency, quote.totals
    taxes, withholdings = tax_texts(quote.taxes, wording, currency)
    return QuoteContext(
        kind=quote.kind,
        number=quote.number,
        language=quote.language,
        currency=currency,
        seller=party_text(quote.seller, quote.language, country_of(quote.buyer)),
        buyer=party_text(quote.buyer, quote.language, country_of(quote.seller)),
        issued=wording.day(quote.issued),
        valid_until=_day(quote.valid_until, wording),
        replaces=quote.replaces or "",
        purchase_order=quote.purchase_order or "",
        charging=charging_text(quote.charging, wording, currency) if quote.charging else None,
        terms=term_texts(quote.terms, wording),
        sections=section_texts(quote.lines, wording, currency),
        has_discounts=any(line.discount for line in quote.lines),
        net=wording.money(totals.net, currency),
        taxes=taxes,
        withholdings=withholdings,
        total=wording.money(totals.total, currency),
        payable=wording.money(totals.payable, currency),
        pay=_pay(quote, wording),
        mentions=quote.mentions,
        message=quote.message or "",
        attached=attachment_texts(quote.attachments, beside=False),
        enclosed=attachment_texts(quote.attachments, beside=True),
    )


def _day(day: date | None, wording: Wording) -> str:
    return wording.day(day) if day else ""


def charging_text(charging: Charging, wording: Wording, currency: str) -> ChargingText:
    """How a job is charged, in finished strings."""

    def money(amount: Decimal | None) -> str:
        return wording.money(amount, currency) if amount is not None else ""

    deposit = charging.deposit
    return ChargingText(
        kind=charging.kind,
        every=charging.every.value if charging.every else "",
        billed=charging.billed or "",
        starts=_day(charging.starts, wording),
        ends=_day(charging.ends, wording),
        on=_day(charging.on, wording),
        deposit=money(deposit.amount) if deposit else "",
        deposit_on=_day(deposit.on, wording) if deposit else "",
        hours=wording.hours(charging.hours) if charging.hours is not None else "",
        rollover=str(charging.rollover) if charging.rollover else "",
        rate=money(charging.rate),
        cap=money(charging.cap),
        estimate=bool(charging.estimate),
    )


def _pay(quote: Quote, wording: Wording) -> WaysToPay | None:
    """How to pay a pro forma; nothing is to be paid of a quote."""
    if quote.kind == "quote" or quote.payable <= 0:
        return None
    asked = Asked(quote.payable, quote.currency, quote.number, quote.seller.name)
    return ways_to_pay(quote.payment_methods, asked, wording.money(quote.payable, quote.currency))
