"""The tax of a document in another currency than the book's, in the book's currency.

An invoice may be in any currency if the tax that it charges is told in euros (art. 12.1 RD 1619/2012; art. 230 of the
VAT directive: in the money of the country that taxes), at the rate of the day on which the tax falls due (art. 79.Once
Ley 37/1992; art. 91 of the directive), which is that of supply. Of a book under no such law the same is asked: its
tax is declared in one currency.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.catalog import Rate
from facturar.model.invoice import DepositTaken, Exchange, Invoice, TaxAmount
from facturar.model.money import ZERO, rounded
from facturar.rules.exchange import line_to_add, rates_of

_OLD_FOR_TAX = 10
"""Days after which a rate for tax is old: banks publish one on each working day, and no holidays last longer."""
_OLD = 31
"""Days after which any rate is old: the slowest to be published are monthly."""


def charged(taxes: Iterable[TaxAmount]) -> tuple[TaxAmount, ...]:
    """The taxes that are charged: VAT and surcharges at a rate above zero, even when they come to nothing."""
    return tuple(tax for tax in taxes if tax.kind in ("vat", "surcharge") and tax.percent)


def tax_at(rate: Decimal, taxes: Iterable[TaxAmount], deposits: Iterable[DepositTaken], currency: str) -> Decimal:
    """The tax at a rate: each amount converted and rounded, then added up, less that of deposits taken off.

    >>> taxes = [TaxAmount(code="iva", kind="vat", label="IVA", percent=Decimal(21), base=Decimal(1000),
    ...          amount=Decimal("210.00"))]
    >>> tax_at(Decimal("0.9236"), taxes, [], "EUR")
    Decimal('193.96')
    """
    nil = rounded(ZERO, currency)
    on_lines = sum((rounded(tax.amount * rate, currency) for tax in charged(taxes)), nil)
    return on_lines - sum((rounded(deposit.tax * rate, currency) for deposit in deposits), nil)


def exchange_at(
    rate: Rate | Exchange, taxes: Iterable[TaxAmount], deposits: Iterable[DepositTaken], currency: str
) -> Exchange:
    """What a record says of its exchange, at a rate of the ledger or at that of another record."""
    return Exchange(rate=rate.rate, date=rate.date, tax=tax_at(rate.rate, taxes, deposits, currency), currency=currency)


def exchange_of(
    currency: str,
    supplied: date,
    taxes: Iterable[TaxAmount],
    deposits: Iterable[DepositTaken],
    returned: Invoice | None,
    book: Book,
) -> Exchange | None:
    """The exchange of a document at the rate of its day of supply; None at home and without a rate.

    What gives a deposit back is at the rate of the deposit that is `returned`, as a credit note is.
    """
    if returned and returned.exchange:
        return exchange_at(returned.exchange, taxes, deposits, book.settings.currency)
    rate = rates_of(book, currency).in_force(currency, supplied)
    return exchange_at(rate, taxes, deposits, book.settings.currency) if rate else None


def lacking_rate(
    currency: str, supplied: date, taxes: Iterable[TaxAmount], exchange: Exchange | None, book: Book
) -> str | None:
    """Why what charges tax is not issued, and what to write; None when its tax can be told at home."""
    home = book.settings.currency
    if currency == home or exchange or not charged(taxes):
        return None
    line = line_to_add(currency, supplied)
    return f"no rate of {currency} on {supplied} to tell its tax in {home}: add to rates.yaml {line}"


def age_told(exchange: Exchange | None, day: date) -> str | None:
    """That the rate was old on the day that it is used for; None when it was not."""
    if exchange is None:
        return None
    days = (day - exchange.date).days
    return f"at a rate that is {days} days old" if days > (_OLD_FOR_TAX if exchange.tax else _OLD) else None
