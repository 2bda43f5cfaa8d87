"""From lines to totals, so that the printed figures always add up.

Rounding is half away from zero to the currency's digits: each line first, then each tax once on the sum of its
lines (EN 16931, BR-CO-17 and BR-S-08: the tax of a category is its base times its rate).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from facturar.model.agreement import Share
from facturar.model.invoice import DepositTaken, InvoiceLine, TaxAmount, Totals
from facturar.model.money import ZERO, rounded
from facturar.rules.taxes import Tax

_ON_COMBINATION = ("vat", "exempt")


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line before its amounts are worked out: price for one unit, discount as a share, tax codes."""

    text: str
    price: Decimal
    quantity: Decimal = Decimal(1)
    unit: str | None = None
    discount: Share | None = None
    taxes: tuple[str, ...] = ()
    section: str | None = None


def priced(line: DraftLine, currency: str) -> InvoiceLine:
    """The line with its amounts: gross = round(quantity × price), discount = round(gross × share), net = the rest.

    >>> line = DraftLine("Hours", Decimal(90), Decimal(20), discount=Share(percent=Decimal(10)))
    >>> done = priced(line, "EUR"); str(done.discount), str(done.net)
    ('180.00', '1620.00')
    """
    gross = rounded(line.quantity * line.price, currency)
    discount = rounded(line.discount.of(gross), currency) if line.discount else ZERO
    return InvoiceLine(
        text=line.text,
        quantity=line.quantity,
        unit=line.unit,
        price=line.price,
        discount=discount or None,
        net=gross - discount,
        taxes=line.taxes,
        section=line.section,
    )


def _combinations(lines: Iterable[InvoiceLine], taxes: Mapping[str, Tax]) -> dict[tuple[str, ...], Decimal]:
    """Base of each combination of VAT and surcharge codes, in the order in which the lines bring them."""
    bases: dict[tuple[str, ...], Decimal] = {}
    for line in lines:
        combination = tuple(code for code in line.taxes if taxes[code].kind != "withholding")
        bases[combination] = bases.get(combination, ZERO) + line.net
    return bases


def _amount(tax: Tax, base: Decimal, currency: str) -> TaxAmount:
    return TaxAmount(
        code=tax.code,
        kind=tax.kind,
        label=tax.label,
        percent=tax.percent,
        base=base,
        amount=rounded(base * tax.percent / 100, currency),
    )


def _vat(lines: Iterable[InvoiceLine], taxes: Mapping[str, Tax], currency: str) -> list[TaxAmount]:
    return [
        _amount(taxes[code], base, currency)
        for combination, base in _combinations(lines, taxes).items()
        for code in combination
        if taxes[code].kind in _ON_COMBINATION
    ]


def _base(tax: Tax, lines: Iterable[InvoiceLine], taxes: Mapping[str, Tax], currency: str) -> Decimal:
    """What a tax is worked out on: the net of the lines that bear it, or the VAT on them."""
    own = [line for line in lines if tax.code in line.taxes]
    if tax.of == "vat":
        return sum((vat.amount for vat in _vat(own, taxes, currency)), ZERO)
    return sum((line.net for line in own), ZERO)


def _once(kind: str, lines: Sequence[InvoiceLine], taxes: Mapping[str, Tax], currency: str) -> list[TaxAmount]:
    codes = dict.fromkeys(code for line in lines for code in line.taxes if taxes[code].kind == kind)
    return [_amount(taxes[code], _base(taxes[code], lines, taxes, currency), currency) for code in codes]


def tax_amounts(lines: Sequence[InvoiceLine], taxes: Mapping[str, Tax], currency: str) -> tuple[TaxAmount, ...]:
    """VAT once for each combination of codes, then each surcharge and each withholding once."""
    surcharges, withheld = (_once(kind, lines, taxes, currency) for kind in ("surcharge", "withholding"))
    return (*_vat(lines, taxes, currency), *surcharges, *withheld)


def less_deposits(totals: Totals, deposits: Iterable[DepositTaken]) -> Totals:
    """The totals after the deposits that were invoiced before come off, each with its own tax and withholding.

    What is printed adds up to the cent: the deposit's figures are those of its invoice, not worked out again.
    """
    taken = tuple(deposits)
    net = totals.net - sum((deposit.net for deposit in taken), ZERO)
    tax = totals.tax - sum((deposit.tax for deposit in taken), ZERO)
    withheld = totals.withheld - sum((deposit.withheld or ZERO for deposit in taken), ZERO)
    return Totals(net=net, tax=tax, withheld=withheld, total=net + tax, payable=net + tax - withheld)


def totals_of(lines: Iterable[InvoiceLine], taxes: Iterable[TaxAmount], currency: str) -> Totals:
    """Net = Σ lines; total = net + tax; payable = total − withheld."""
    nil = rounded(ZERO, currency)
    net = sum((line.net for line in lines), nil)
    tax, withheld = nil, nil
    for amount in taxes:
        if amount.kind == "withholding":
            withheld += amount.amount
        else:
            tax += amount.amount
    return Totals(net=net, tax=tax, withheld=withheld, total=net + tax, payable=net + tax - withheld)
