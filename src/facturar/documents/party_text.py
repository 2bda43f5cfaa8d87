"""Parties as the lines that a document prints. Finished strings only; the layout is the template's."""

from __future__ import annotations

from dataclasses import dataclass

from babel import Locale, UnknownLocaleError

from facturar.model.party import Address, Party


@dataclass(frozen=True)
class PartyText:
    """A seller or buyer. `brand` is the trade name, or else the name; `legal` is the name when that is another."""

    brand: str
    legal: str
    name: str
    tax_id: str
    street: str
    place: str
    country: str
    country_code: str
    email: str
    phone: str
    attention: str

    @property
    def address(self) -> tuple[str, ...]:
        """The lines of the postal address."""
        return tuple(line for line in (self.street, self.place, self.country) if line)

    @property
    def contact(self) -> tuple[str, ...]:
        """How to reach them."""
        return tuple(text for text in (self.email, self.phone) if text)


def party_text(party: Party, language: str, home: str | None = None) -> PartyText:
    """A party in a language. The country is named only when it is not `home`, the other side's."""
    address = party.address
    return PartyText(
        brand=party.trade_name or party.name,
        legal=party.name if party.trade_name and party.trade_name != party.name else "",
        name=party.name,
        tax_id=party.tax_id or "",
        street=address.street if address else "",
        place=_place(address) if address else "",
        country=_country(address, language) if address and address.country != home else "",
        country_code=address.country if address else "",
        email=party.email or "",
        phone=party.phone or "",
        attention=party.attention or "",
    )


def country_of(party: Party) -> str | None:
    """The country of a party's address, if it has one."""
    return party.address.country if party.address else None


def _place(address: Address) -> str:
    """Postcode and city in the order of the country: `28013 Madrid`, but `London SW1A 1AA`."""
    after = address.country in {"GB", "US", "CA", "AU", "NZ", "IE", "IN"}
    region = f", {address.region}" if address.region and address.region != address.city else ""
    if after:
        return " ".join(part for part in (f"{address.city}{region}", address.postcode) if part)
    return " ".join(part for part in (address.postcode, f"{address.city}{region}") if part)


def _country(address: Address, language: str) -> str:
    """The country in the reader's language; in English if that is a language that CLDR does not know."""
    try:
        names = Locale(language).territories
    except UnknownLocaleError:
        names = Locale("en").territories
    return str(names.get(address.country, address.country))
