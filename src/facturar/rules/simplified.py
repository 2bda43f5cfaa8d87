"""Full or simplified: which form an invoice takes when the buyer's tax id is not known, or why it can take none.

In Spain a full invoice shows the buyer's NIF where the supply is a domestic one, an intra-EU one, or under reverse
charge (art. 6.1.d RD 1619/2012); a simplified one need not (art. 7), and may be issued up to 400 euros, VAT included
(art. 4.1.a), but never for what art. 4.4 lists. Other regimes say the same in their `simplified`. A consumer gets a
full invoice beyond the limit, with what is known of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.client import Client
from facturar.model.dated import in_force
from facturar.model.invoice import InvoiceLine
from facturar.model.job import PASS_THROUGH
from facturar.model.money import Money
from facturar.rules.exchange import rates_of
from facturar.rules.taxes import worded

_ABROAD = "export"


def lacks_tax_id(lines: Iterable[InvoiceLine], client: Client, book: Book) -> bool:
    """Whether a full invoice of these lines must show a tax id of the buyer that the book does not have.

    Of what is supplied outside of the country no law asks for the buyer's, whatever is passed through beside it.
    """
    if client.tax_id or not book.regime.buyer_tax_id_required:
        return False
    every = tuple(lines)
    supplied = [line for line in every if PASS_THROUGH not in line.taxes]
    return any(_ABROAD not in line.taxes for line in supplied or every)


def simplified_limit(book: Book, day: date) -> Money | None:
    """The most that a simplified invoice may come to on a day, tax included; None where there are none."""
    law = book.regime.simplified
    limit = in_force(law.limits, day) if law else None
    return limit.amount if limit else None


def _in_limits_currency(total: Decimal, currency: str, limit: Money, book: Book, day: date) -> Decimal | None:
    """What an invoice comes to in the limit's currency, at the rate of the day; None where no rate is known."""
    money = rates_of(book).converted(Money(total, currency), limit.currency, day)
    return money.amount if money else None


def may_be_simplified(lines: Iterable[InvoiceLine], total: Decimal, currency: str, book: Book, day: date) -> bool:
    """Whether the law lets an invoice of these lines, that comes to so much with tax, be a simplified one."""
    law, limit = book.regime.simplified, simplified_limit(book, day)
    if law is None or limit is None:
        return False
    comes_to = _in_limits_currency(total, currency, limit, book, day)
    if comes_to is None or comes_to > limit.amount:
        return False
    return not any(code in law.never_with for line in lines for code in line.taxes)


def why_full(lines: Iterable[InvoiceLine], total: Decimal, currency: str, book: Book, day: date) -> str:
    """Why an invoice may not be simplified: ` above 400.00 EUR`, ` with reverse_charge`; empty where none may."""
    law, limit = book.regime.simplified, simplified_limit(book, day)
    if law is None or limit is None:
        return ""
    if codes := dict.fromkeys(code for line in lines for code in line.taxes if code in law.never_with):
        return f" with {', '.join(codes)}"
    known = _in_limits_currency(total, currency, limit, book, day) is not None
    return f" above {limit}" if known else f" in {currency}, whose rate is not known,"


def tax_id_missing(client_id: str, why: str, book: Book) -> str:
    """What to add for an invoice to a business that must show its tax id."""
    name = worded(book.regime.tax_id, book.settings.language) or "tax id"
    return (
        f"an invoice{why} must show the buyer's {name}: add tax_id: to '{client_id}', or consumer: true for a person "
        "who buys outside any trade"
    )
