"""Lines and taxes as the rows that invoices, quotes and pro forma invoices print. Finished strings; decides nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Literal

from facturar.documents.wording import Wording
from facturar.model.invoice import InvoiceLine, TaxAmount
from facturar.model.job import PASS_THROUGH
from facturar.model.money import ZERO


@dataclass(frozen=True)
class LineText:
    """A line; `discount` is empty when it has none, else an amount with a minus."""

    text: str
    quantity: str
    price: str
    discount: str
    net: str


@dataclass(frozen=True)
class SectionText:
    """Lines under one title; the title and subtotal are empty in a document without sections."""

    title: str
    lines: tuple[LineText, ...]
    subtotal: str


@dataclass(frozen=True)
class TaxText:
    """A tax row: `name` has the rate in it, `base` is what it is worked out on; a withholding has a minus.

    `passed_through`: its base is what was paid in the client's name, which is outside of the taxable base.
    """

    name: str
    base: str
    amount: str
    kind: Literal["vat", "surcharge", "withholding", "exempt"]
    passed_through: bool


def total_of(amounts: Iterable[Decimal]) -> Decimal:
    """The sum of what is printed."""
    return sum(amounts, ZERO)


def line_text(line: InvoiceLine, wording: Wording, currency: str) -> LineText:
    """One line in the words of a document."""
    return LineText(
        text=line.text,
        quantity=wording.quantity(line.quantity, line.unit),
        price=wording.money(line.price, currency),
        discount=wording.money(-line.discount, currency) if line.discount else "",
        net=wording.money(line.net, currency),
    )


def section_texts(lines: Iterable[InvoiceLine], wording: Wording, currency: str) -> tuple[SectionText, ...]:
    """The lines by their sections, each with its subtotal when it has several lines and a title."""
    grouped = [(title or "", list(own)) for title, own in groupby(lines, lambda line: line.section)]
    titled = any(title for title, _ in grouped)
    return tuple(
        SectionText(
            title=title,
            lines=tuple(line_text(line, wording, currency) for line in own),
            subtotal=wording.money(total_of(line.net for line in own), currency) if titled and len(own) > 1 else "",
        )
        for title, own in grouped
    )


def tax_texts(
    taxes: Iterable[TaxAmount], wording: Wording, currency: str
) -> tuple[tuple[TaxText, ...], tuple[TaxText, ...]]:
    """The taxes that are charged, and those that are withheld."""
    charged: list[TaxText] = []
    withheld: list[TaxText] = []
    for tax in taxes:
        (withheld if tax.kind == "withholding" else charged).append(_tax_text(tax, wording, currency))
    return tuple(charged), tuple(withheld)


def _tax_text(tax: TaxAmount, wording: Wording, currency: str) -> TaxText:
    has_rate = tax.kind == "exempt" or "%" in tax.label
    return TaxText(
        name=tax.label if has_rate else f"{tax.label} {wording.percent(tax.percent)}",
        base=wording.money(tax.base, currency),
        amount=wording.money(-tax.amount if tax.kind == "withholding" else tax.amount, currency),
        kind=tax.kind,
        passed_through=tax.code == PASS_THROUGH,
    )
