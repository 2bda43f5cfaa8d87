"""Figures and dates as each language writes them."""

from datetime import date
from decimal import Decimal

import pytest

from facturar.documents.wording import held, page_of, wording_for

MONEY = [
    ("es", "ES", "1717.20", "EUR", "1.717,20 €"),
    ("es", "ES", "-5", "EUR", "−5,00 €"),
    ("es", None, "1500000", "JPY", "1.500.000 JPY"),
    ("es", "MX", "1717.2", "MXN", "$1,717.20"),
    ("es", "MX", "1717.2", "EUR", "EUR 1,717.20"),
    ("es", "DE", "1717.2", "EUR", "1.717,20 €"),
    ("en", "GB", "1717.20", "EUR", "€1,717.20"),
    ("en", "US", "-1717.20", "USD", "−$1,717.20"),
    ("en", None, "0.0125", "GBP", "£0.0125"),
    ("en", "DE", "1.5", "KWD", "KWD 1.500"),
    ("en", "GB", "0", "EUR", "€0.00"),
]


@pytest.mark.parametrize(("language", "country", "amount", "currency", "text"), MONEY, ids=[row[-1] for row in MONEY])
def test_money(language: str, country: str | None, amount: str, currency: str, text: str) -> None:
    assert wording_for(language, country).money(Decimal(amount), currency) == text


@pytest.mark.parametrize(
    ("language", "country", "long", "short", "month"),
    [
        ("es", "ES", "30 de noviembre de 2026", "30 nov 2026", "Noviembre de 2026"),
        ("en", "ES", "30 November 2026", "30 Nov 2026", "November 2026"),
        ("en", "US", "November 30, 2026", "Nov 30, 2026", "November 2026"),
    ],
    ids=["es", "en", "US"],
)
def test_days(language: str, country: str, long: str, short: str, month: str) -> None:
    wording, day = wording_for(language, country), date(2026, 11, 30)
    assert (wording.day(day), wording.short_day(day), wording.month(day)) == (long, short, month)


@pytest.mark.parametrize(
    ("language", "percent", "text"),
    [
        ("es", "21.00", "21 %"),
        ("es", "5.2", "5,2 %"),
        ("en", "21", "21%"),
        ("en", "11.15", "11.15%"),
        ("en", "0", "0%"),
    ],
)
def test_percentages(language: str, percent: str, text: str) -> None:
    assert wording_for(language).percent(Decimal(percent)) == text


@pytest.mark.parametrize(
    ("quantity", "unit", "text"),
    [("12.50", "h", "12,5 h"), ("1", None, "1"), ("100", "ud.", "100 ud."), ("0.33333333333", "h", "0,3333 h")],
)
def test_quantities(quantity: str, unit: str | None, text: str) -> None:
    assert wording_for("es").quantity(Decimal(quantity), unit) == text


def test_lists_and_pages_are_in_words() -> None:
    assert wording_for("es").listed(["a", "b", "c"]) == "a, b y c"
    assert wording_for("en").listed(["a", "b"]) == "a and b"
    assert (page_of("es", 1, 3), page_of("en", 2, 3), page_of("fr", 2, 3)) == ("Página 1 de 3", "Page 2 of 3", "2 / 3")


def test_a_figure_is_held_to_its_sign() -> None:
    assert held("son 5,00 € o 5 % de 3 h, EUR 7") == "son 5,00\u00a0€ o 5\u00a0% de 3\u00a0h, EUR\u00a07"
