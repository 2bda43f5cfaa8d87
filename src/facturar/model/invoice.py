"""An issued invoice (or deposit, credit note, debit note): all that its faces need, never changed again.

The order of the fields is the order of the keys in the record.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from facturar.model.attachment import Attachment
from facturar.model.interest import InterestPart
from facturar.model.party import Party, PaymentMethod
from facturar.model.scalars import Currency, Day, Entry, Language, Number


class Due(Entry):
    """An instalment: what falls due on a day."""

    date: Day
    amount: Number


class Period(Entry):
    """Days from the first to the last, both included."""

    first: Day = Field(alias="from")
    last: Day = Field(alias="to")


class Exchange(Entry):
    """The rate to the book's currency, its day, the tax in the book's currency, and which currency that is."""

    rate: Number
    date: Day
    tax: Number
    currency: Currency | None = None


class InvoiceLine(Entry):
    """A line as printed; `discount` and `net` are amounts in the document's currency.

    `item` is the id in the catalogue of what was sold, `job` the one that the line is of when the record has several.
    """

    text: str
    quantity: Number
    unit: str | None = None
    price: Number
    discount: Number | None = None
    net: Number
    taxes: tuple[str, ...] = ()
    section: str | None = None
    item: str | None = None
    job: str | None = None


class DepositTaken(Entry):
    """A deposit already invoiced that this invoice takes off."""

    number: str
    issued: Day
    net: Number
    tax: Number
    withheld: Number | None = None


class TaxAmount(Entry):
    """A tax on the sum of its lines; `label` is its name in the document's language."""

    code: str
    kind: Literal["vat", "surcharge", "withholding", "exempt"]
    label: str
    percent: Number
    base: Number
    amount: Number


class Totals(Entry):
    """total = net + tax; payable = total − withheld."""

    net: Number
    tax: Number
    withheld: Number
    total: Number
    payable: Number


class LoyaltyDiscount(Entry):
    """What an invoice thanks its client with: the threshold that was passed, the share, what it took off the net.

    The amount is in the lines' discounts already. `message` is what the client's entry says about it.
    """

    kind: Literal["loyalty"]
    after: str
    share: str
    amount: Number
    message: str | None = None


class EarlyPaymentDiscount(Entry):
    """What paying by a day takes off: `amount` less is owed if `payable` has been paid by the end of `until`."""

    kind: Literal["early_payment"]
    percent: Number
    until: Day
    amount: Number
    payable: Number


Discount = Annotated[LoyaltyDiscount | EarlyPaymentDiscount, Field(discriminator="kind")]


class AnnexEntry(Entry):
    """A row of an annex: a day, what was done, bought or delivered, how much; of a product how many at what price.

    Of interest: the invoice's number as text, the first and the last day, how many they are, the base and the yearly
    rate. `by` is whose hours they are, if that was said. Of an approval: the day from which it held, who gave it (or
    the report that silence accepted), and up to which day; `sent` is the day of a report that silence accepted.
    `report` and `report_seal` are the name and the seal of the report that was approved, if there was one.
    """

    date: Day
    text: str
    by: str | None = None
    hours: Number | None = None
    amount: Number | None = None
    quantity: Number | None = None
    unit: str | None = None
    price: Number | None = None
    until: Day | None = None
    sent: Day | None = None
    report: str | None = None
    report_seal: str | None = None
    days: int | None = None
    base: Number | None = None
    percent: Number | None = None


class Annex(Entry):
    """What explains the invoice: the hours, the expenses or the products behind its lines, or its quote's lines.

    Of a debit note it is the worksheet of its interest.
    `number` and `accepted` are of an annex of the kind `quote`, which has `lines` in place of entries.
    """

    kind: Literal["work", "expenses", "products", "hours", "approval", "quote", "interest"]
    number: str | None = None
    accepted: Day | None = None
    entries: tuple[AnnexEntry, ...] = ()
    lines: tuple[InvoiceLine, ...] = ()


def interest_part(entry: AnnexEntry) -> InterestPart | None:
    """The days of a worksheet's row with their base, rate and amount; None of a row of another annex."""
    given = (entry.until, entry.days, entry.base, entry.percent, entry.amount)
    if any(value is None for value in given):
        return None
    names = ("last", "days", "base", "percent", "amount")
    return InterestPart.model_validate({"first": entry.date, **dict(zip(names, given, strict=True))})


def _one_or_many(value: object) -> object:
    return [value] if isinstance(value, str) else value


def early_key(number: str) -> str:
    """The key that the credit note for paying an invoice early covers, so that there is one.

    >>> early_key("F-2026-0012")
    'F-2026-0012:early'
    """
    return f"{number}:early"


class Invoice(Entry):
    """The record of an issued document.

    `simplified` is true for one that need not show the buyer's tax id, and left out of all others. `void` is true
    for a credit note of an invoice that should never have been issued. `releases` are keys of what it corrects that may
    be billed again.
    """

    number: str
    kind: Literal["invoice", "deposit", "credit_note", "debit_note"]
    simplified: bool | None = None
    issued: Day
    supplied: Day | None = None
    due: tuple[Due, ...]
    period: Period | None = None
    language: Language
    seller: Party
    buyer: Party
    client: str
    job: Annotated[tuple[str, ...], BeforeValidator(_one_or_many)] = ()
    purchase_order: str | None = None
    quote: str | None = None
    pro_forma: str | None = None
    covers: tuple[str, ...] = ()
    corrects: str | None = None
    reason: str | None = None
    void: bool | None = None
    releases: tuple[str, ...] = ()
    currency: Currency
    exchange: Exchange | None = None
    lines: tuple[InvoiceLine, ...]
    deposits: tuple[DepositTaken, ...] = ()
    taxes: tuple[TaxAmount, ...] = ()
    totals: Totals
    discounts: tuple[Discount, ...] = ()
    terms: str | None = None
    payment_methods: tuple[PaymentMethod, ...] = ()
    mentions: tuple[str, ...] = ()
    message: str | None = None
    annexes: tuple[Annex, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    previous: str | None = None
    seal: str = ""

    @property
    def pays_early(self) -> bool:
        """Whether it is the credit note by which the discount for paying an invoice early is given."""
        return self.corrects is not None and early_key(self.corrects) in self.covers
