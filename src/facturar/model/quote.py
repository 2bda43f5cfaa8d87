"""A document that asks for nothing in law: a quote, or a pro forma invoice that asks for a deposit.

The order of the fields is the order of the keys in the record.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from facturar.model.agreement import Every
from facturar.model.attachment import Attachment
from facturar.model.invoice import InvoiceLine, TaxAmount, Totals
from facturar.model.party import Party, PaymentMethod
from facturar.model.scalars import Currency, Day, Entry, Hours, Language, Number

AgreementKind = Literal["completion", "delivery", "milestones", "recurring", "prepaid", "retainer", "hourly"]


class DepositOffered(Entry):
    """The deposit that a quote announces: its net amount, and its day if one was agreed."""

    amount: Number
    on: Day | None = None


class Charging(Entry):
    """How a job will be charged, as facts; the template says them in its language.

    `rate` is for an hour; `estimate` says that the lines are only that. What does not apply to the kind is left out.
    """

    kind: AgreementKind
    every: Every | None = None
    billed: Literal["advance", "arrears"] | None = None
    starts: Day | None = None
    ends: Day | None = None
    on: Day | None = None
    deposit: DepositOffered | None = None
    hours: Hours | None = None
    rollover: int | None = None
    rate: Number | None = None
    cap: Number | None = None
    estimate: bool | None = None


class Quote(Entry):
    """The record of a quote (`replaces` names the one whose place it takes) or of a pro forma invoice."""

    number: str
    kind: Literal["quote", "pro_forma"]
    issued: Day
    valid_until: Day | None = None
    language: Language
    seller: Party
    buyer: Party
    client: str
    job: str
    purchase_order: str | None = None
    replaces: str | None = None
    covers: tuple[str, ...] = ()
    charging: Charging | None = None
    currency: Currency
    lines: tuple[InvoiceLine, ...]
    taxes: tuple[TaxAmount, ...] = ()
    totals: Totals
    terms: str | None = None
    payment_methods: tuple[PaymentMethod, ...] = ()
    mentions: tuple[str, ...] = ()
    message: str | None = None
    attachments: tuple[Attachment, ...] = ()
    previous: str | None = None
    seal: str = ""

    @property
    def payable(self) -> Decimal:
        """What the client would pay."""
        return self.totals.payable
