"""The taxes of a quarter up to a day: what was charged and withheld, by code and rate, from the records alone.

In the book's currency, at the rate that each record holds; by day of issue. It is the sum to compare with a tax form,
not the form: what is deductible is not in the book.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from facturar.model.book import Book
from facturar.model.invoice import Invoice, TaxAmount
from facturar.model.job import PASS_THROUGH
from facturar.model.money import ZERO, rounded
from facturar.rules.taxes import known_codes, tax_on

_Key = tuple[str, Decimal, str]
"""(code, percent, currency): what is summed up."""
_ORDER = ("vat", "surcharge", "exempt", "withholding")


@dataclass(frozen=True)
class QuarterTax:
    """A tax at one rate: the sum of its bases and amounts, less those of credit notes.

    In the book's currency, or in the records' own while they hold no rate to it.
    """

    code: str
    kind: Literal["vat", "surcharge", "withholding", "exempt"]
    label: str
    percent: Decimal
    currency: str
    base: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Quarter:
    """The taxes from the first day of a quarter up to a day."""

    first: date
    last: date
    taxes: tuple[QuarterTax, ...]

    @property
    def number(self) -> int:
        """Which quarter of the year, 1 to 4."""
        return (self.first.month + 2) // 3


def _at_home(amount: Decimal, record: Invoice, home: str) -> Decimal:
    """An amount of a record in the book's currency."""
    if record.currency == home or not record.exchange:
        return amount
    return rounded(amount * record.exchange.rate, home)


def _label(tax: TaxAmount, day: date, book: Book) -> str:
    """The tax in the book's language; what a record calls it, if its code is gone."""
    known = tax.code in known_codes(book)
    return tax_on(tax.code, day, book.settings.language, book).label if known else tax.label


def _taxes(book: Book, first: date, day: date) -> Iterator[tuple[_Key, TaxAmount, Decimal, Decimal]]:
    """Each tax of each record of the days, with its base and amount at home; what was passed through bears none."""
    home = book.settings.currency
    for record in book.invoices:
        if first <= record.issued <= day:
            currency = home if record.exchange else record.currency
            for tax in record.taxes:
                base, amount = _at_home(tax.base, record, home), _at_home(tax.amount, record, home)
                if tax.code != PASS_THROUGH:
                    yield (tax.code, tax.percent, currency), tax, base, amount


def quarter(book: Book, day: date) -> Quarter:
    """The taxes of the quarter that a day is in, of what was issued by then."""
    first, home = date(day.year, day.month - (day.month - 1) % 3, 1), book.settings.currency
    sums: dict[_Key, tuple[TaxAmount, Decimal, Decimal]] = {}
    for key, tax, base, amount in _taxes(book, first, day):
        one, bases, amounts = sums.get(key, (tax, ZERO, ZERO))
        sums[key] = (one, bases + base, amounts + amount)
    taxes = (
        QuarterTax(tax.code, tax.kind, _label(tax, day, book), tax.percent, currency, bases, amounts)
        for (_, _, currency), (tax, bases, amounts) in sums.items()
    )
    ordered = sorted(taxes, key=lambda t: (t.currency != home, _ORDER.index(t.kind), -t.percent, t.code))
    return Quarter(first, day, tuple(ordered))
