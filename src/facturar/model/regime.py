"""A country's taxes, mentions and late-payment law, as dated data; the files are in `facturar/regimes`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from facturar.model.dated import DatedPercent
from facturar.model.scalars import AmountIn, Country, Day, Days, Entry, Id, Text

Wording = dict[str, str]
"""Text by language: {es: …, en: …}."""


class TaxCode(Entry):
    """A tax as a code: its kind, its dated percentage, its words, and where the law says so."""

    kind: Literal["vat", "surcharge", "withholding", "exempt"]
    percent: DatedPercent = ()
    label: Wording
    mention: Wording = Field(default_factory=dict)
    goes_with: tuple[Id, ...] = ()
    source: Text | None = None


class LatePayment(Entry):
    """What a creditor may claim from a late business: a base rate plus points, and a fixed sum an invoice."""

    base: DatedPercent
    points: DatedPercent
    compensation: AmountIn | None = None
    name: Wording
    source: Text
    max_terms: Days | None = None


class Clearance(Entry):
    """A duty to report invoices online that facturar does not do, from a day on, and what a document says then."""

    since: Day
    name: Text
    notice: Wording
    source: Text


class Regime(Entry):
    """All that a country adds to a book."""

    country: Country | None = None
    name: Wording
    tax_id: Wording
    tax_id_required: bool = False
    taxes: dict[Id, TaxCode]
    late_payment: LatePayment | None = None
    clearance: Clearance | None = None
