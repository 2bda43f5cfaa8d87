"""A dossier → the finished strings that the templates of its pages show. Says nothing of its own."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

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
from facturar.model.dossier import Dossier, DossierPart
from facturar.model.letter import ChargeClaimed, ListedInvoice
from facturar.model.money import ZERO


@dataclass(frozen=True)
class OwedText:
    """An invoice, or an instalment of it, that is open, with what is claimed on top of it."""

    number: str
    issued: str
    due: str
    days_late: str
    amount: str
    interest: str
    compensation: str


@dataclass(frozen=True)
class HeldText:
    """A document in a part: its name, and the page on which it begins."""

    name: str
    page: str


@dataclass(frozen=True)
class PartText:
    """A part of the dossier: its kind, for the template to name it, its documents, how many, and its first page."""

    kind: str
    documents: tuple[HeldText, ...]
    count: str
    page: str


@dataclass(frozen=True)
class DossierContext:
    """All that the templates of a dossier's pages may use. What does not apply is empty.

    `open` is the sum of the invoices. `interest` and `compensation` are claimed on top, by `law`; the rate may be
    `agreed` in its place. `until` is the last day for paying, and `disputed` are the numbers of claimed invoices that
    are in dispute.
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
    agreed: bool
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
        agreed=dossier.agreed,
        charges=tuple(_charge(charge, wording, dossier.currency) for charge in dossier.charges),
        worksheet=tuple(
            row
            for charge in dossier.charges
            for row in interest_texts(charge.number, charge.parts, wording, dossier.currency)
        ),
        pay=_pay(dossier, money(dossier.total)),
        earlier=wording.listed([wording.day(day) for day in dossier.earlier]),
        **vars(evidence_of(dossier, wording, money)),
        contents=tuple(map(_part, dossier.contents)),
        files=tuple(AttachmentText(each.name, each.file, each.sha256) for each in dossier.files),
    )


def _part(part: DossierPart) -> PartText:
    pages = map(str, part.pages or [""] * len(part.documents))
    held = tuple(HeldText(name, page) for name, page in zip(part.documents, pages, strict=True))
    return PartText(part.kind, held, str(len(held)), str(part.page or ""))


def _owed(dossier: Dossier, wording: Wording) -> tuple[OwedText, ...]:
    charged = {(charge.kind, charge.number, charge.due): charge.amount for charge in dossier.charges}

    def on_top(kind: Literal["interest", "compensation"], item: ListedInvoice) -> str:
        amount = charged.get((kind, item.number, item.due))
        return wording.money(amount, dossier.currency) if amount else ""

    return tuple(
        OwedText(
            number=item.number,
            issued=wording.short_day(item.issued),
            due=wording.short_day(item.due),
            days_late=wording.number(Decimal(item.days_late)) if item.days_late > 0 else "",
            amount=wording.money(item.open, dossier.currency),
            interest=on_top("interest", item),
            compensation=on_top("compensation", item),
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
