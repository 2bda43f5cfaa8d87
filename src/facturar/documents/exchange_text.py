"""What an invoice in another currency says of it: the rate, its day, and the tax in the seller's money."""

from __future__ import annotations

from dataclasses import dataclass

from facturar.documents.party_text import country_of
from facturar.documents.wording import Wording, currency_in
from facturar.model.invoice import Invoice


@dataclass(frozen=True)
class ExchangeText:
    """`rate` is what one unit is in the seller's money, `1 USD = 0,92 EUR`; what does not apply is empty."""

    rate: str = ""
    day: str = ""
    tax: str = ""


def exchange_text(invoice: Invoice, wording: Wording) -> ExchangeText:
    """The exchange of an invoice in words. Its money is as recorded, else that of the seller's country."""
    exchange = invoice.exchange
    if exchange is None:
        return ExchangeText()
    home = exchange.currency or currency_in(country_of(invoice.seller), invoice.issued)
    rate = wording.number(exchange.rate, max(0, -int(exchange.rate.as_tuple().exponent)))
    tax = wording.money(exchange.tax, home) if home else wording.number(exchange.tax)
    return ExchangeText(
        rate=f"1 {invoice.currency} = {rate} {home}" if home else rate,
        day=wording.day(exchange.date),
        tax=tax if exchange.tax else "",
    )
