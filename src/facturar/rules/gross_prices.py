"""Prices that include VAT, taken apart: the net of each line, and what the tax must come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from facturar.model.invoice import InvoiceLine
from facturar.model.money import ZERO, rounded, to_four_digits
from facturar.rules.taxes import Tax
from facturar.rules.totals import Combination, combination_of, sums_of, vat_codes


def _factor(combination: Combination, taxes: Mapping[str, Tax]) -> Decimal:
    """1 + the VAT rate of a combination. Surcharges are not in the price: they come on top."""
    return 1 + sum((tax.percent for tax in vat_codes(combination, taxes)), ZERO) / 100


def _net(line: InvoiceLine, by: Decimal, net: Decimal, currency: str) -> InvoiceLine:
    price = to_four_digits(line.price / by) if by != 1 else line.price
    discount = rounded(line.discount / by, currency) if line.discount else None
    return line.model_copy(update={"net": net, "discount": discount, "price": price})


def net_of_tax(
    lines: Sequence[InvoiceLine], taxes: Mapping[str, Tax], currency: str
) -> tuple[tuple[InvoiceLine, ...], dict[Combination, Decimal]]:
    """Lines whose prices include VAT, as net ones, and the gross sum of each combination.

    For each combination base = round(sum ÷ (1 + rate)); its lines share the base, the last takes the rounding. Prices
    are shown net, to four digits (art. 6.1.f RD 1619/2012 asks for the unit price without tax).
    """
    sums = sums_of(lines, taxes)
    factors = {combination: _factor(combination, taxes) for combination in sums}
    left = {combination: rounded(total / factors[combination], currency) for combination, total in sums.items()}
    last = {combination_of(line, taxes): index for index, line in enumerate(lines)}
    net_lines = []
    for index, line in enumerate(lines):
        combination = combination_of(line, taxes)
        share = rounded(line.net / factors[combination], currency)
        net = left[combination] if last[combination] == index else share
        left[combination] -= net
        net_lines.append(_net(line, factors[combination], net, currency))
    return tuple(net_lines), sums
