"""A country's taxes, mentions and late-payment law, as dated data; the files are in `facturar/regimes`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from facturar.model.dated import DatedPercent
from facturar.model.money import ZERO
from facturar.model.scalars import AmountIn, Country, Currency, Day, Days, Entry, Id, Language, Number, Percent, Text

Wording = dict[str, str]
"""Text by language: {es: …, en: …}."""


class TaxCode(Entry):
    """A tax as a code: its kind, its dated percentage, its words, and where the law says so.

    `of` is what a withholding is a percentage of: the net, or the VAT on it.
    """

    kind: Literal["vat", "surcharge", "withholding", "exempt"]
    percent: DatedPercent = ()
    of: Literal["net", "vat"] = "net"
    label: Wording
    mention: Wording = Field(default_factory=dict)
    goes_with: tuple[Id, ...] = ()
    source: Text | None = None


class Compensation(Entry):
    """The sum for the cost of collecting a debt of so much or more: fixed, or a percentage of the debt."""

    debt: Number = ZERO
    amount: AmountIn | None = None
    percent: Percent | None = None


def _one_for_all(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else [{"amount": value}]


class LatePayment(Entry):
    """What a creditor may claim from a late business: a base rate plus points, and a fixed sum an invoice.

    `every` says for how long a base rate is fixed: one that is not in the file for such a period is not known, and
    `looked_up` says where it is found. `fixed_when_due`: the rate of the first late day holds until payment, instead of
    following the base. `mention` is what the law has every invoice to a business say of it; `outside_tax` what a debit
    note says of being no supply. Where tax is owed on late interest, `taxed` is the law that says so. `max_terms` is
    the longest that terms between businesses may be; `max_end_of_month` the same for terms that count from the end of
    the month, where the law allows those. `name` is the law as it stands inside a sentence: with its article in
    Spanish, `la Ley 3/2004`. `cited` is it as a claim at court cites it, where the name does not say its articles.
    """

    base: DatedPercent = ()
    points: DatedPercent = ()
    every: Literal["half-year", "month"] | None = None
    looked_up: Text | None = None
    fixed_when_due: bool = False
    compensation: Annotated[tuple[Compensation, ...], BeforeValidator(_one_for_all)] = ()
    name: Wording
    cited: Wording = Field(default_factory=dict)
    mention: Wording = Field(default_factory=dict)
    outside_tax: Wording = Field(default_factory=dict)
    taxed: Text | None = None
    source: Text
    max_terms: Days | None = None
    max_end_of_month: Days | None = None


class SimplifiedLimit(Entry):
    """The most that a simplified invoice may come to from a day on, tax included, and where the law says so."""

    since: Day
    amount: AmountIn
    source: Text


class Simplified(Entry):
    """Invoices that need not show the buyer's tax id: up to a limit, and never with some of the regime's codes."""

    limits: tuple[SimplifiedLimit, ...]
    never_with: tuple[Id, ...] = ()


class Clearance(Entry):
    """A duty to issue or report invoices online that facturar does not do, from a day on, and what a page says then."""

    since: Day
    name: Text
    notice: Wording
    source: Text


class Usual(Entry):
    """What a new book of the country begins with; its codes are those of the business that most people have."""

    language: Language = "en"
    currency: Currency
    timezone: Text
    taxes: tuple[Id, ...] = ()
    paper: Literal["A4", "Letter"] = "A4"


class Regime(Entry):
    """All that a country adds to a book.

    `tax_id` is what the tax id is called; `tax_id_required` whether an invoice must show the seller's, and
    `buyer_tax_id_required` that of a business that buys, unless the invoice may be `simplified`.
    `price_reduction` is the law by which a discount that comes after the invoice takes its tax base down.
    """

    country: Country | None = None
    name: Wording
    tax_id: Wording
    tax_id_required: bool = False
    buyer_tax_id_required: bool = False
    usual: Usual
    taxes: dict[Id, TaxCode]
    simplified: Simplified | None = None
    late_payment: LatePayment | None = None
    price_reduction: Text | None = None
    clearance: Clearance | None = None
