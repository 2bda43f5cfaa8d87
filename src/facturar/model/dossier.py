"""The cover of a collection dossier: who owes whom what, and what the dossier holds. A value, and no record."""

from __future__ import annotations

from typing import Literal

from facturar.model.letter import ChargeClaimed, ListedInvoice
from facturar.model.party import Party
from facturar.model.scalars import Currency, Day, Entry, Language, Number

PartKind = Literal[
    "demand", "invoices", "orders", "approvals", "letters", "sending", "diary", "worksheet", "chronology", "hashes"
]
"""What a dossier may hold: the demand for payment, then the evidence, then the list that proves that all is whole."""


class DossierPart(Entry):
    """A part of the dossier: its kind, the documents in it by name, and the page on which it begins, if known."""

    kind: PartKind
    documents: tuple[str, ...] = ()
    page: int | None = None


class Dossier(Entry):
    """All that the cover shows. `to` is whom the case is handed to; `total` is what is open and what is claimed."""

    client: str
    date: Day
    language: Language
    seller: Party
    buyer: Party
    currency: Currency
    to: Literal["lawyer", "agency", "court"] | None = None
    invoices: tuple[ListedInvoice, ...]
    charges: tuple[ChargeClaimed, ...] = ()
    credit: Number | None = None
    total: Number
    law: str | None = None
    contents: tuple[DossierPart, ...]
