"""What an amount is in another currency: the rate in force, the way over the book's currency, one rounding."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from facturar.model.catalog import Rate
from facturar.model.money import Money
from facturar.problems import Code
from facturar.rules.checks import check_book
from facturar.rules.exchange import Rates
from tests.book_text import book


def rates_from(text):
    """`USD 2026-11-02 0.92`, one a line, in any order."""
    rows = (line.split() for line in text.strip().splitlines())
    return [Rate(currency=currency, date=date.fromisoformat(day), rate=Decimal(rate)) for currency, day, rate in rows]


LEDGER = """
USD 2026-11-16 0.95
USD 2026-11-02 0.92
GBP 2026-11-02 1.15
JPY 2026-11-02 0.0061
KWD 2026-11-02 2.99
CLF 2026-11-02 36.5
"""
RATES = Rates(rates_from(LEDGER), "EUR")


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        pytest.param("2026-11-01", None, id="before the first there is none"),
        pytest.param("2026-11-02", "0.92", id="it holds on its day"),
        pytest.param("2026-11-15", "0.92", id="and until the next one"),
        pytest.param("2026-11-16", "0.95", id="the next one on its own day"),
        pytest.param("2027-11-16", "0.95", id="the last one for ever"),
    ],
)
def test_the_latest_rate_not_after_the_day_is_in_force(day, rate):
    found = RATES.in_force("USD", date.fromisoformat(day))
    assert (str(found.rate) if found else None) == rate


@pytest.mark.parametrize(
    ("amount", "currency", "becomes"),
    [
        pytest.param("500.00 USD", "EUR", "460.00 EUR", id="to home: times the rate"),
        pytest.param("460.00 EUR", "USD", "500.00 USD", id="from home: by the rate"),
        pytest.param("100.00 USD", "GBP", "80.00 GBP", id="between two others: over home"),
        pytest.param("0.01 GBP", "JPY", "2 JPY", id="rounded once, not to home's cents on the way"),
        pytest.param("12345 JPY", "EUR", "75.30 EUR", id="no digits to two"),
        pytest.param("10.00 EUR", "JPY", "1639 JPY", id="two digits to none"),
        pytest.param("10.00 EUR", "KWD", "3.344 KWD", id="two digits to three"),
        pytest.param("10.00 EUR", "CLF", "0.2740 CLF", id="two digits to four"),
        pytest.param("-10.00 USD", "EUR", "-9.20 EUR", id="below nothing as above"),
        pytest.param("10.005 EUR", "EUR", "10.005 EUR", id="to its own currency: as it is"),
        pytest.param("10.00 EUR", "CHF", "None", id="no rate, no amount"),
        pytest.param("10.00 CHF", "EUR", "None", id="nor the other way"),
    ],
)
def test_converts(amount, currency, becomes):
    figure, of = amount.split()
    assert str(RATES.converted(Money(Decimal(figure), of), currency, date(2026, 11, 10))) == becomes


def test_says_which_rates_are_used_and_which_are_lacking():
    day = date(2026, 11, 20)
    assert [str(rate.rate) for rate in RATES.used(["USD", "EUR", "CHF", "GBP"], day)] == ["1.15", "0.95"]
    assert RATES.lacking(["USD", "EUR", "CHF", "SEK"], day) == ("CHF", "SEK")
    assert RATES.lacking(["USD"], date(2026, 10, 1)) == ("USD",)


@pytest.mark.parametrize(
    ("ledger", "found"),
    [
        pytest.param(LEDGER, [], id="as it should be"),
        pytest.param(
            "EUR 2026-11-02 1", [(Code.wrong_currency, ("rates", 0, "currency"))], id="the book's own currency"
        ),
        pytest.param(
            "USD 2026-11-02 0.92\nUSD 2026-11-02 0.92",
            [(Code.same_day_twice, ("rates", 1, "date"))],
            id="twice on a day, if by the same rate",
        ),
    ],
)
def test_checks_the_ledger(ledger, found):
    problems = check_book(book(rates=tuple(rates_from(ledger))), date(2026, 11, 30))
    assert [(problem.code, problem.path) for problem in problems] == found
