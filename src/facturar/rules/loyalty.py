"""Loyalty: a thank you after some invoices, or some amount, on the next one; once for each threshold.

What was given is known from the records, so that a threshold that is written later is met by an old client at once, and
runs that were missed give it to the same invoice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.client import Client, Loyalty, LoyaltyThreshold
from facturar.model.invoice import Invoice, LoyaltyDiscount
from facturar.model.money import ZERO
from facturar.rules.crediting import credited_nets
from facturar.rules.customs import currency_of


def loyalty_of(record: Invoice) -> LoyaltyDiscount | None:
    """The loyalty discount that a record gives, if it does."""
    return next((given for given in record.discounts if given.kind == "loyalty"), None)


def net_before_loyalty(record: Invoice) -> Decimal:
    """The net of a record as it would be without the thank you."""
    given = loyalty_of(record)
    return record.totals.net + (given.amount if given else ZERO)


def _kept(records: Sequence[Invoice]) -> Iterator[tuple[Invoice, Decimal]]:
    """The invoices that were not credited in full, each with its net.

    A deposit is a part of the invoice that takes it off: it does not count, and what it took off does. An early
    payment leaves an invoice as big as it was.
    """
    credited = credited_nets(record for record in records if not record.pays_early)
    for invoice in records:
        back = credited.get(invoice.number, ZERO)
        if invoice.kind == "invoice" and not (back and back >= invoice.totals.net):
            yield invoice, sum((line.net for line in invoice.lines), ZERO) - back


def _passed(threshold: LoyaltyThreshold, kept: Iterable[tuple[Invoice, Decimal]], currency: str) -> bool:
    counted = list(kept)
    if threshold.amount is None:
        return len(counted) >= (threshold.invoices or 0)
    own = threshold.currency or currency
    return sum((net for invoice, net in counted if invoice.currency == own), ZERO) >= threshold.amount


def loyalty_due(client: Client, records: Sequence[Invoice], currency: str, book: Book) -> Loyalty | None:
    """The discount that the client's next invoice, in a currency, is to bear; `records` are all of the client's.

    A discount that is an amount is in the threshold's currency, or else the client's, and waits for an invoice in it.
    """
    loyalty, own = client.loyalty, currency_of(None, client, book)
    if loyalty is None:
        return None
    kept = list(_kept(records))
    given = {found.after for invoice, _ in kept if (found := loyalty_of(invoice))}
    other = loyalty.discount.amount is not None and currency != (loyalty.after.currency or own)
    if str(loyalty.after) in given or other or not _passed(loyalty.after, kept, own):
        return None
    return loyalty
