"""A dossier → the finished strings that the templates of its pages show. Says nothing of its own."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from facturar.documents.attachment_text import AttachmentText
from facturar.documents.dossier_evidence import (
    ApprovedText,
    ClaimText,
    CopyText,
    DeliveredText,
    EventText,
    HashText,
    NotThereText,
    OrderText,
    SaidText,
    SealText,
    evidence_of,
)
from facturar.documents.interest_text import InterestText, interest_texts
from facturar.documents.letter_context import ChargeText, SenderText
from facturar.documents.party_text import PartyText, country_of, party_text
from facturar.documents.ways_to_pay import Asked, WaysToPay, ways_to_pay
from facturar.documents.wording import Wording, wording_for
from facturar.model.dossier import Dossier
from facturar.model.letter import ChargeClaimed
from facturar.model.money import ZERO


@dataclass(frozen=True)
class OwedText:
    """An invoice, or an instalment of it, that is open; `days_late` is empty before it is late."""

    number: str
    issued: str
    due: str
    days_late: str
    amount: str


@dataclass(frozen=True)
class PartText:
    """A part of the dossier: its kind, for the template to name it, its documents, how many, and its first page."""

    kind: str
    documents: tuple[str, ...]
    count: str
    page: str


@dataclass(frozen=True)
class DossierContext:
    """All that the templates of a dossier's pages may use. What does not apply is empty.

    `open` is the sum of the invoices, `interest` and `compensation` what is claimed on top; `until` is the last day for
    paying. `disputed` are the numbers of claimed invoices that are in dispute.
    """

    client: str
    language: str
    currency: str
    seller: PartyText
    buyer: PartyText
    sender: SenderText
    date: str
    until: str
    to: str
    invoices: tuple[OwedText, ...]
    disputed: tuple[str, ...]
    open: str
    interest: str
    compensation: str
    total: str
    law: str
    charges: tuple[ChargeText, ...]
    worksheet: tuple[InterestText, ...]
    pay: WaysToPay
    earlier: str
    claims: tuple[ClaimText, ...]
    orders: tuple[OrderText, ...]
    files: tuple[AttachmentText, ...]
    approvals: tuple[ApprovedText, ...]
    deliveries: tuple[DeliveredText, ...]
    diary: tuple[SaidText, ...]
    events: tuple[EventText, ...]
    copies: tuple[CopyText, ...]
    seals: tuple[SealText, ...]
    contents: tuple[PartText, ...]
    hashes: tuple[HashText, ...]
    not_there: tuple[NotThereText, ...]


def dossier_context(dossier: Dossier) -> DossierContext:
    """The finished strings of a dossier, in its language."""
    wording = wording_for(dossier.language, country_of(dossier.buyer))

    def money(amount: Decimal) -> str:
        return wording.money(amount, dossier.currency)

    def claimed(kind: str) -> str:
        amount = sum((charge.amount for charge in dossier.charges if charge.kind == kind), ZERO)
        return money(amount) if amount else ""

    sender = dossier.sender
    return DossierContext(
        client=dossier.client,
        language=dossier.language,
        currency=dossier.currency,
        seller=party_text(dossier.seller, dossier.language, country_of(dossier.buyer)),
        buyer=party_text(dossier.buyer, dossier.language, country_of(dossier.seller)),
        sender=SenderText(
            sender.name, sender.role or "", sender.email or "", sender.phone or "", sender.signature or ""
        ),
        date=wording.day(dossier.date),
        until=wording.day(dossier.until),
        to=dossier.to or "",
        invoices=_owed(dossier, wording),
        disputed=dossier.disputed,
        open=money(sum((item.open for item in dossier.invoices), ZERO)),
        interest=claimed("interest"),
        compensation=claimed("compensation"),
        total=money(dossier.total),
        law=dossier.law or "",
        charges=tuple(_charge(charge, wording, dossier.currency) for charge in dossier.charges),
        worksheet=tuple(
            row
            for charge in dossier.charges
            for row in interest_texts(charge.number, charge.parts, wording, dossier.currency)
        ),
        pay=_pay(dossier, money(dossier.total)),
        earlier=wording.listed([wording.day(day) for day in dossier.earlier]),
        **vars(evidence_of(dossier, wording, money)),
        contents=tuple(
            PartText(part.kind, part.documents, str(len(part.documents)), str(part.page or ""))
            for part in dossier.contents
        ),
        files=tuple(AttachmentText(each.name, each.file, each.sha256) for each in dossier.files),
    )


def _owed(dossier: Dossier, wording: Wording) -> tuple[OwedText, ...]:
    return tuple(
        OwedText(
            item.number,
            wording.short_day(item.issued),
            wording.short_day(item.due),
            wording.number(Decimal(item.days_late)) if item.days_late > 0 else "",
            wording.money(item.open, dossier.currency),
        )
        for item in dossier.invoices
    )


def _charge(charge: ChargeClaimed, wording: Wording, currency: str) -> ChargeText:
    one_rate = charge.percent is not None and len({part.percent for part in charge.parts}) <= 1
    return ChargeText(
        kind=charge.kind,
        number=charge.number,
        due=wording.day(charge.due),
        percent=wording.percent(charge.percent) if charge.percent is not None and one_rate else "",
        days=str(charge.days) if charge.days is not None else "",
        amount=wording.money(charge.amount, currency),
    )


def _pay(dossier: Dossier, shown: str) -> WaysToPay:
    numbers = ", ".join(dict.fromkeys(item.number for item in dossier.invoices))
    asked = Asked(dossier.total, dossier.currency, numbers, dossier.seller.name)
    return ways_to_pay(dossier.payment_methods, asked, shown)
