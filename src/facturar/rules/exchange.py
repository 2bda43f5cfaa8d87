"""Exchange: what an amount is in another currency, by the book's ledger of rates.

The ledger gives what one unit of a currency is in the book's currency, its home; between two others the way leads over
home, with one rounding at its end. Nothing is looked up anywhere else: without a rate there is no amount.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.catalog import Rate
from facturar.model.money import Money, rounded


class Rates:
    """The rates of a ledger, and `home`, the currency that they lead to. A look costs O(log n)."""

    def __init__(self, rates: Iterable[Rate], home: str) -> None:
        self.home = home
        self._by_currency: dict[str, list[Rate]] = defaultdict(list)
        for rate in sorted(rates, key=lambda rate: rate.date):
            self._by_currency[rate.currency].append(rate)

    def in_force(self, currency: str, day: date) -> Rate | None:
        """The latest rate of a currency that is not after the day; None before the first, and for home itself."""
        if currency == self.home or currency not in self._by_currency:
            return None
        own = self._by_currency[currency]
        index = bisect_right(own, day, key=lambda rate: rate.date)
        return own[index - 1] if index else None

    def used(self, currencies: Iterable[str], day: date) -> tuple[Rate, ...]:
        """The rates that conversions between these currencies use on a day, by currency."""
        found = (self.in_force(currency, day) for currency in sorted(set(currencies)))
        return tuple(rate for rate in found if rate)

    def lacking(self, currencies: Iterable[str], day: date) -> tuple[str, ...]:
        """Those of the currencies that have no rate on a day; home needs none."""
        return tuple(c for c in sorted(set(currencies)) if c != self.home and not self.in_force(c, day))

    def converted(self, money: Money, currency: str, day: date) -> Money | None:
        """An amount in a currency at the rates of a day, rounded once; None when a rate is lacking.

        >>> rates = Rates([Rate(date=date(2026, 12, 1), currency="USD", rate=Decimal("0.92"))], "EUR")
        >>> str(rates.converted(Money(Decimal(500), "USD"), "EUR", date(2026, 12, 5)))
        '460.00 EUR'
        >>> str(rates.converted(Money(Decimal(460), "EUR"), "USD", date(2026, 12, 5)))
        '500.00 USD'
        """
        if money.currency == currency:
            return money
        one, other = self._units(money.currency, day), self._units(currency, day)
        return Money(rounded(money.amount * one / other, currency), currency) if one and other else None

    def _units(self, currency: str, day: date) -> Decimal | None:
        """What one unit is at home."""
        if currency == self.home:
            return Decimal(1)
        rate = self.in_force(currency, day)
        return rate.rate if rate else None


def rates_of(book: Book, *currencies: str) -> Rates:
    """The rates of a book; of some currencies alone it is less to sort."""
    wanted = (rate for rate in book.rates if rate.currency in currencies) if currencies else book.rates
    return Rates(wanted, book.settings.currency)


def line_to_add(currency: str, day: date) -> str:
    """The line of rates.yaml that gives a currency a rate on a day; a person puts in the figure.

    >>> line_to_add("USD", date(2026, 11, 30))
    '- {date: 2026-11-30, currency: USD, rate: …}'
    """
    return f"- {{date: {day}, currency: {currency}, rate: …}}"
