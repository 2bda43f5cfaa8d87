"""A dossier's cover → the finished strings that its template shows. Says nothing of its own."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from facturar.documents.party_text import PartyText, country_of, party_text
from facturar.documents.wording import wording_for
from facturar.model.dossier import Dossier
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
    """All that the template of a dossier's cover may use. What does not apply is empty.

    `open` is the sum of the invoices, `interest` and `compensation` what is claimed on top, `credit` what comes off.
    """

    client: str
    language: str
    currency: str
    seller: PartyText
    buyer: PartyText
    date: str
    to: str
    invoices: tuple[OwedText, ...]
    open: str
    interest: str
    compensation: str
    credit: str
    total: str
    law: str
    contents: tuple[PartText, ...]


def dossier_context(dossier: Dossier) -> DossierContext:
    """The finished strings of a cover, in its language."""
    wording = wording_for(dossier.language, country_of(dossier.buyer))

    def money(amount: Decimal) -> str:
        return wording.money(amount, dossier.currency)

    def claimed(kind: str) -> str:
        amount = sum((charge.amount for charge in dossier.charges if charge.kind == kind), ZERO)
        return money(amount) if amount else ""

    return DossierContext(
        client=dossier.client,
        language=dossier.language,
        currency=dossier.currency,
        seller=party_text(dossier.seller, dossier.language, country_of(dossier.buyer)),
        buyer=party_text(dossier.buyer, dossier.language, country_of(dossier.seller)),
        date=wording.day(dossier.date),
        to=dossier.to or "",
        invoices=tuple(
            OwedText(
                item.number,
                wording.short_day(item.issued),
                wording.short_day(item.due),
                wording.number(Decimal(item.days_late)) if item.days_late > 0 else "",
                money(item.open),
            )
            for item in dossier.invoices
        ),
        open=money(sum((item.open for item in dossier.invoices), ZERO)),
        interest=claimed("interest"),
        compensation=claimed("compensation"),
        credit=money(-dossier.credit) if dossier.credit else "",
        total=money(dossier.total),
        law=dossier.law or "",
        contents=tuple(
            PartText(part.kind, part.documents, str(len(part.documents)), str(part.page or ""))
            for part in dossier.contents
        ),
    )
