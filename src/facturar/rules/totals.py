"""From lines to totals, so that the printed figures always add up.

Rounding is half away from zero to the currency's digits: each line first, then each tax once on the sum of its
lines (EN 16931, BR-CO-17 and BR-S-08: the tax of a category is its base times its rate).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from facturar.model.agreement import Share
from facturar.model.invoice import DepositTaken, InvoiceLine, TaxAmount, Totals
from facturar.model.money import ZERO, rounded
from facturar.rules.origins import NOWHERE, Origin
from facturar.rules.taxes import Tax

_ON_COMBINATION = ("vat", "exempt")


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line before its amounts are worked out: price for one unit, discount as a share, tax codes.

    `item` is what of the catalogue it sells, `job` whose it is where an invoice has several.
    `origin` says where it comes from, and makes it no other line.
    `cost`: it passes on what was spent, which no discount is given on.
    """

    text: str
    price: Decimal
    quantity: Decimal = Decimal(1)
    unit: str | None = None
    discount: Share | None = None
    taxes: tuple[str, ...] = ()
    section: str | None = None
    item: str | None = None
    job: str | None = None
    origin: Origin = field(default=NOWHERE, compare=False)
    cost: bool = False


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
        item=line.item,
        job=line.job,
    )


def _spread(amount: Decimal, nets: Sequence[Decimal], currency: str) -> list[Decimal]:
    """An amount over the nets above nothing, as they are; never more than they come to, the last takes the cents."""
    whole = sum((net for net in nets if net > 0), ZERO)
    left = min(rounded(amount, currency), whole)
    last = max((index for index, net in enumerate(nets) if net > 0), default=None)
    parts, total = [], left
    for index, net in enumerate(nets):
        share = min(rounded(total * net / whole, currency), left) if net > 0 else ZERO
        parts.append(left if index == last else share)
        left -= parts[-1]
    return parts


def discounted(
    lines: Sequence[InvoiceLine], nets: Sequence[Decimal], share: Share, currency: str
) -> tuple[InvoiceLine, ...]:
    """Priced lines with a discount on top of their own, on as much of each as `nets` says.

    A percentage is rounded line by line; an amount is spread over them.

    >>> line = priced(DraftLine("Hours", Decimal(90), Decimal(20), discount=Share(percent=Decimal(10))), "EUR")
    >>> (done,) = discounted([line], [line.net], Share(percent=Decimal(5)), "EUR"); str(done.discount), str(done.net)
    ('261.00', '1539.00')
    """
    if share.percent is None:
        more = _spread(share.of(ZERO), nets, currency)
    else:
        more = [rounded(share.of(net), currency) for net in nets]
    return tuple(
        line.model_copy(update={"discount": (line.discount or ZERO) + part, "net": line.net - part}) if part else line
        for line, part in zip(lines, more, strict=True)
    )


Combination = tuple[str, ...]
"""VAT and surcharge codes that stand on a line together."""
Gross = Mapping[Combination, Decimal]
"""The sums of combinations whose prices included VAT."""
_NO_GROSS: Gross = MappingProxyType({})


def combination_of(line: InvoiceLine, taxes: Mapping[str, Tax]) -> Combination:
    """The line's codes but for withholdings."""
    return tuple(code for code in line.taxes if taxes[code].kind != "withholding")


def sums_of(lines: Iterable[InvoiceLine], taxes: Mapping[str, Tax]) -> dict[Combination, Decimal]:
    """The sum of the nets of each combination, in the order in which the lines bring them."""
    sums: dict[Combination, Decimal] = {}
    for line in lines:
        combination = combination_of(line, taxes)
        sums[combination] = sums.get(combination, ZERO) + line.net
    return sums


def _amount(tax: Tax, base: Decimal, currency: str) -> TaxAmount:
    return TaxAmount(
        code=tax.code,
        kind=tax.kind,
        label=tax.label,
        percent=tax.percent,
        base=base,
        amount=rounded(base * tax.percent / 100, currency),
    )


def vat_codes(combination: Combination, taxes: Mapping[str, Tax]) -> list[Tax]:
    """The VAT codes of a combination."""
    return [taxes[code] for code in combination if taxes[code].kind in _ON_COMBINATION]


def _vat_on(base: Decimal, codes: Sequence[Tax], currency: str, gross: Decimal | None) -> list[TaxAmount]:
    """The VAT on a base; when its gross sum is given, exactly what makes base and VAT come to it."""
    amounts = [_amount(tax, base, currency) for tax in codes]
    if gross is None or not amounts:
        return amounts
    *first, last = amounts
    rest = gross - base - sum((amount.amount for amount in first), ZERO)
    return [*first, last.model_copy(update={"amount": rest})]


def _vat(lines: Iterable[InvoiceLine], taxes: Mapping[str, Tax], currency: str, gross: Gross) -> list[TaxAmount]:
    return [
        amount
        for combination, base in sums_of(lines, taxes).items()
        for amount in _vat_on(base, vat_codes(combination, taxes), currency, gross.get(combination))
    ]


def _once(
    kind: str, lines: Sequence[InvoiceLine], taxes: Mapping[str, Tax], currency: str, gross: Gross
) -> Iterator[TaxAmount]:
    """Each code of a kind, once, on the nets of the lines that bear it, or on the VAT of those lines."""
    for code in dict.fromkeys(code for line in lines for code in line.taxes if taxes[code].kind == kind):
        own = [line for line in lines if code in line.taxes]
        nets = [line.net for line in own]
        on = [vat.amount for vat in _vat(own, taxes, currency, gross)] if taxes[code].of == "vat" else nets
        yield _amount(taxes[code], sum(on, ZERO), currency)


def tax_amounts(
    lines: Sequence[InvoiceLine], taxes: Mapping[str, Tax], currency: str, gross: Gross = _NO_GROSS
) -> tuple[TaxAmount, ...]:
    """VAT once for each combination of codes, then each surcharge and each withholding once.

    `gross` are the sums of the combinations whose prices included VAT: there VAT is the sum less the base.
    """
    surcharges, withheld = (_once(kind, lines, taxes, currency, gross) for kind in ("surcharge", "withholding"))
    return (*_vat(lines, taxes, currency, gross), *surcharges, *withheld)


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
