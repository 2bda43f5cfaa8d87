"""Anchors of arithmetic: lines, taxes and totals that an accountant can check by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from facturar.model.agreement import Share
from facturar.model.money import rounded
from facturar.rules.gross_prices import net_of_tax
from facturar.rules.taxes import Tax
from facturar.rules.totals import DraftLine, priced, tax_amounts, totals_of

TAXES = {
    "iva": Tax("iva", "vat", Decimal(21), "IVA"),
    "iva_reduced": Tax("iva_reduced", "vat", Decimal(10), "IVA"),
    "iva_super_reduced": Tax("iva_super_reduced", "vat", Decimal(4), "IVA"),
    "igic": Tax("igic", "vat", Decimal(7), "IGIC"),
    "recargo": Tax("recargo", "surcharge", Decimal("5.2"), "Recargo"),
    "irpf": Tax("irpf", "withholding", Decimal(15), "IRPF"),
    "irpf_new": Tax("irpf_new", "withholding", Decimal(7), "IRPF"),
    "exempt": Tax("exempt", "exempt", Decimal(0), "Exento"),
    "mx": Tax("mx", "vat", Decimal(16), "IVA"),
}

# quantity × price, discount, codes; … → net, tax, withheld, total, payable
ANCHORS = {
    "20 hours less 10%, IVA and IRPF": (
        [("20", "90.00", "10%", "iva irpf")],
        "EUR",
        ("1620.00", "340.20", "243.00", "1960.20", "1717.20"),
    ),
    "three bases, IVA once on their sum": (
        [("1", "37.76", "", "iva"), ("1", "26.80", "", "iva"), ("1", "5.50", "", "iva")],
        "EUR",
        ("70.06", "14.71", "0.00", "84.77", "84.77"),
    ),
    "67.50 at 21% is 14.18: half away from zero": (
        [("1", "67.50", "", "iva")],
        "EUR",
        ("67.50", "14.18", "0.00", "81.68", "81.68"),
    ),
    "100 units with recargo de equivalencia": (
        [("100", "5.00", "", "iva recargo")],
        "EUR",
        ("500.00", "131.00", "0.00", "631.00", "631.00"),
    ),
    "two rates of IVA": (
        [("1", "100.00", "", "iva"), ("1", "100.00", "", "iva_reduced")],
        "EUR",
        ("200.00", "31.00", "0.00", "231.00", "231.00"),
    ),
    "three rates of IVA": (
        [("1", "10.00", "", "iva"), ("1", "10.00", "", "iva_reduced"), ("1", "10.00", "", "iva_super_reduced")],
        "EUR",
        ("30.00", "3.50", "0.00", "33.50", "33.50"),
    ),
    "IRPF on one line of two": (
        [("1", "1000.00", "", "iva irpf"), ("1", "200.00", "", "iva")],
        "EUR",
        ("1200.00", "252.00", "150.00", "1452.00", "1302.00"),
    ),
    "the 7% of a new professional": (
        [("1", "800.00", "", "iva irpf_new")],
        "EUR",
        ("800.00", "168.00", "56.00", "968.00", "912.00"),
    ),
    "IGIC": ([("1", "250.00", "", "igic")], "EUR", ("250.00", "17.50", "0.00", "267.50", "267.50")),
    "exempt is a base at nothing": (
        [("1", "300.00", "", "exempt")],
        "EUR",
        ("300.00", "0.00", "0.00", "300.00", "300.00"),
    ),
    "exempt beside taxed": (
        [("1", "300.00", "", "exempt"), ("1", "100.00", "", "iva")],
        "EUR",
        ("400.00", "21.00", "0.00", "421.00", "421.00"),
    ),
    "no tax at all": ([("3", "33.33", "", "")], "EUR", ("99.99", "0.00", "0.00", "99.99", "99.99")),
    "one third of an hour": ([("0.3333", "60", "", "iva")], "EUR", ("20.00", "4.20", "0.00", "24.20", "24.20")),
    "a price of four digits, rounded by the line": (
        [("1000", "0.0125", "", "iva")],
        "EUR",
        ("12.50", "2.63", "0.00", "15.13", "15.13"),
    ),
    "each line is rounded before the sum": (
        [("1", "0.005", "", ""), ("1", "0.005", "", "")],
        "EUR",
        ("0.02", "0.00", "0.00", "0.02", "0.02"),
    ),
    "discount of an odd amount": (
        [("1", "99.99", "15%", "iva")],
        "EUR",
        ("84.99", "17.85", "0.00", "102.84", "102.84"),
    ),
    "discount in full": ([("4", "25.00", "100%", "iva irpf")], "EUR", ("0.00", "0.00", "0.00", "0.00", "0.00")),
    "discount as an amount": ([("1", "500.00", "50", "iva")], "EUR", ("450.00", "94.50", "0.00", "544.50", "544.50")),
    "yen have no digits": ([("3", "333.5", "", "mx")], "JPY", ("1001", "160", "0", "1161", "1161")),
    "dinars have three": (
        [("1", "10.0005", "", "mx")],
        "KWD",
        ("10.001", "1.600", "0.000", "11.601", "11.601"),
    ),
    "many cents at 21%": (
        [("1", "0.03", "", "iva")] * 7,
        "EUR",
        ("0.21", "0.04", "0.00", "0.25", "0.25"),
    ),
    "a line taken back": (
        [("1", "100.00", "", "iva irpf"), ("-1", "40.00", "", "iva irpf")],
        "EUR",
        ("60.00", "12.60", "9.00", "72.60", "63.60"),
    ),
}


def share(text: str) -> Share | None:
    if not text:
        return None
    return Share(percent=Decimal(text[:-1])) if text.endswith("%") else Share(amount=Decimal(text))


@pytest.mark.parametrize(("lines", "currency", "expected"), ANCHORS.values(), ids=ANCHORS.keys())
def test_anchor(lines, currency, expected):
    drafts = [
        DraftLine("x", Decimal(price), Decimal(quantity), discount=share(discount), taxes=tuple(codes.split()))
        for quantity, price, discount, codes in lines
    ]
    done = tuple(priced(draft, currency) for draft in drafts)
    totals = totals_of(done, tax_amounts(done, TAXES, currency), currency)
    found = (totals.net, totals.tax, totals.withheld, totals.total, totals.payable)
    assert tuple(map(str, found)) == expected


def test_the_recargo_is_a_row_of_its_own():
    done = (priced(DraftLine("pan", Decimal("5.00"), Decimal(100), taxes=("iva", "recargo")), "EUR"),)
    rows = [(tax.code, str(tax.base), str(tax.amount)) for tax in tax_amounts(done, TAXES, "EUR")]
    assert rows == [("iva", "500.00", "105.00"), ("recargo", "500.00", "26.00")]


def test_vat_is_worked_out_for_each_combination_and_the_surcharge_once():
    lines = [("recargo", "3.33"), ("recargo", "3.34"), ("", "1.11")]
    done = tuple(priced(DraftLine("x", Decimal(p), taxes=("iva", *code.split())), "EUR") for code, p in lines)
    rows = [(tax.code, str(tax.base)) for tax in tax_amounts(done, TAXES, "EUR")]
    assert rows == [("iva", "6.67"), ("iva", "1.11"), ("recargo", "6.67")]


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("2.345", "EUR", "2.35"),
        ("-2.345", "EUR", "-2.35"),
        ("2.3449999", "EUR", "2.34"),
        ("0.5", "JPY", "1"),
        ("-0.5", "CLP", "-1"),
        ("1.0005", "KWD", "1.001"),
    ],
)
def test_rounding_is_half_away_from_zero(amount, currency, expected):
    assert str(rounded(Decimal(amount), currency)) == expected


GROSS = {
    "a bag of ten and one, IVA in the price, recargo on top": (
        [("10", "10.00", "iva recargo"), ("1", "10.00", "iva")],
        ("90.90", "23.40", "114.30"),
        ["82.64", "8.26"],
    ),
    "the base is shared so that it adds up": (
        [("1", "1.00", "iva"), ("1", "1.00", "iva"), ("1", "1.00", "iva")],
        ("2.48", "0.52", "3.00"),
        ["0.83", "0.83", "0.82"],
    ),
    "two rates": (
        [("1", "121.00", "iva"), ("1", "110.00", "iva_reduced")],
        ("200.00", "31.00", "231.00"),
        ["100.00", "100.00"],
    ),
    "withholding from the base": ([("1", "121.00", "iva irpf")], ("100.00", "21.00", "121.00"), ["100.00"]),
    "nothing to take out": ([("1", "50.00", "exempt")], ("50.00", "0.00", "50.00"), ["50.00"]),
}


@pytest.mark.parametrize(("lines", "expected", "nets"), GROSS.values(), ids=GROSS.keys())
def test_prices_that_include_tax_come_to_the_printed_sum(lines, expected, nets):
    drafts = [DraftLine("x", Decimal(price), Decimal(q), taxes=tuple(codes.split())) for q, price, codes in lines]
    net_lines, gross = net_of_tax([priced(draft, "EUR") for draft in drafts], TAXES, "EUR")
    totals = totals_of(net_lines, tax_amounts(net_lines, TAXES, "EUR", gross), "EUR")
    assert (str(totals.net), str(totals.tax), str(totals.total)) == expected
    assert [str(line.net) for line in net_lines] == nets
