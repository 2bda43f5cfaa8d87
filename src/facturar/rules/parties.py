"""The two sides of a document as they stand on its day: seller, buyer, and how to pay."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from facturar.model.client import Client
from facturar.model.party import Link, Party, PaymentMethod
from facturar.model.settings import Business


def seller_of(business: Business) -> Party:
    """The freelancer as a party."""
    return Party(
        name=business.name,
        trade_name=business.trade_name,
        tax_id=business.tax_id,
        address=business.address,
        email=business.email,
        phone=business.phone,
    )


def buyer_of(client: Client) -> Party:
    """The client as a party; the contact for billing, if any, is who the document is for the attention of."""
    contact = client.contacts.get("billing")
    return Party(
        name=client.name,
        trade_name=client.trade_name,
        tax_id=client.tax_id,
        address=client.address,
        email=(contact.email if contact else None) or client.email,
        phone=(contact.phone if contact else None) or client.phone,
        attention=contact.name if contact else None,
    )


def ways_to_pay(
    methods: Iterable[PaymentMethod], number: str, amount: Decimal, currency: str
) -> tuple[PaymentMethod, ...]:
    """The payment methods with the number, amount and currency put into their addresses."""
    filled = {"{number}": number, "{amount}": str(amount), "{currency}": currency}
    return tuple(_filled(method, filled) if isinstance(method, Link) else method for method in methods)


def _filled(link: Link, values: dict[str, str]) -> Link:
    url = link.url
    for field, value in values.items():
        url = url.replace(field, value)
    return link.model_copy(update={"url": url})
