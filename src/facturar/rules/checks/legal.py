"""What the law or plain sense asks of the data: tax ids, check digits, terms that are not too long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from stdnum import get_cc_module, iban

from facturar.model.book import Book
from facturar.model.party import Transfer
from facturar.model.regime import LatePayment
from facturar.model.terms import Terms
from facturar.problems import Code, KeyPath, Problem, warning
from facturar.rules.customs import default_taxes, terms_of
from facturar.rules.interest import law_for
from facturar.rules.simplified import simplified_limit
from facturar.rules.taxes import worded

_TAX_IDS = {
    "DE": ("vat", "stnr", "idnr"),
    "ES": ("nif", "vat"),
    "FR": ("tva", "siren", "siret"),
    "GB": ("vat", "utr"),
    "IT": ("iva", "codicefiscale"),
    "MX": ("rfc",),
    "PT": ("nif",),
    "US": ("ein", "tin"),
}
"""By which names python-stdnum knows what a country's businesses are known by to the tax office."""


def plausible_tax_id(tax_id: str, country: str) -> bool:
    """Whether the check digits of a tax id fit; True for a country whose rule is not known.

    >>> plausible_tax_id("12345678Z", "ES"), plausible_tax_id("12345678A", "ES")
    (True, False)
    """
    names = _TAX_IDS.get(country, ("vat",))
    modules = [module for name in names if (module := get_cc_module(country.lower(), name))]
    return not modules or any(module.is_valid(tax_id) for module in modules)


def _check_digits(book: Book) -> Iterator[Problem]:
    settings = book.settings
    ids: list[tuple[str | None, str, KeyPath]] = [
        (settings.business.tax_id, settings.business.address.country, ("settings", "business", "tax_id"))
    ]
    for client_id, client in book.clients.items():
        country = client.address.country if client.address else book.regime.country or ""
        ids.append((client.tax_id, country, ("clients", client_id, "tax_id")))
    for tax_id, country, path in ids:
        if tax_id and country and not plausible_tax_id(tax_id, country):
            message = f"'{tax_id}' does not have the check digits of a tax id of {country}"
            papers = "your papers" if path[0] == "settings" else "the client's papers"
            yield warning(Code.check_digit, message, f"compare it with {papers}", path)
    for index, method in enumerate(settings.payment_methods):
        if isinstance(method, Transfer) and method.iban and not iban.is_valid(method.iban):
            message = f"'{method.iban}' does not have the check digits of an IBAN"
            path = ("settings", "payment_methods", index, "iban")
            yield warning(Code.check_digit, message, "compare it with what the bank says", path)


def _bare(tax_id: str, country: str) -> str:
    """A tax id without what is written of it in different ways: spaces, points, hyphens and the country before it.

    >>> _bare("ES-B12345674", "ES") == _bare("b 1234567-4", "ES")
    True
    """
    return "".join(filter(str.isalnum, tax_id.upper())).removeprefix(country)


def _same_ids(book: Book) -> Iterator[Problem]:
    """Clients with the tax id of another, as it stays behind when an entry is copied.

    Departments of one client share it, and have its name.
    """
    business = book.settings.business
    own = _bare(business.tax_id or "", business.address.country)
    first = {own: ("your own business", business.name)} if own else {}
    for client_id, client in book.clients.items():
        country = client.address.country if client.address else book.regime.country or ""
        if not client.tax_id:
            continue
        other, name = first.setdefault(_bare(client.tax_id, country), (f"'{client_id}'", client.name))
        if name.casefold() != client.name.casefold():
            message = f"'{client_id}' has the tax id of {other}, {name}"
            hint = "compare it with the client's papers; departments of one client have its name: as well"
            yield warning(Code.same_tax_id, message, hint, ("clients", client_id, "tax_id"))


def _required_ids(book: Book, today: date) -> Iterator[Problem]:
    regime = book.regime
    if not regime.tax_id_required:
        return
    name = worded(regime.tax_id, book.settings.language) or "tax id"
    if not book.settings.business.tax_id:
        message = f"the business has no tax_id: an invoice must show the seller's {name}"
        yield Problem(Code.legal_data, message, "add tax_id: to business:", ("settings", "business"))
    limit = simplified_limit(book, today)
    for client_id, client in book.clients.items():
        by_the_counter = limit and client.consumer and not client.tax_id
        if not client.address and not by_the_counter:
            message = f"'{client_id}' has no address: a full invoice must show the buyer's"
            yield warning(
                Code.legal_data, message, "add address: {street, postcode, city, country}", ("clients", client_id)
            )
        abroad = "export" in default_taxes(None, client, book)
        if regime.buyer_tax_id_required and not (client.tax_id or client.consumer or abroad):
            unless = f" unless it comes to {limit} at most" if limit else ""
            message = f"'{client_id}' has no tax_id: an invoice to a business must show the buyer's {name}{unless}"
            hint = "add tax_id:, or consumer: true for a person who buys outside any trade"
            yield warning(Code.legal_data, message, hint, ("clients", client_id))


def _unregistered(book: Book) -> Iterator[Problem]:
    """VAT on every line by a business that names no tax id, where an invoice without VAT would need none."""
    charged = [c for c in book.settings.taxes if c in book.regime.taxes and book.regime.taxes[c].kind == "vat"]
    if charged and not book.settings.business.tax_id and not book.regime.tax_id_required:
        name = worded(book.regime.tax_id, book.settings.language) or "tax id"
        message = f"{charged[0]} is charged, but the business has no tax_id: who charges VAT must show its {name}"
        hint = f"add tax_id: to business:, or take {charged[0]} out while you are not registered"
        yield warning(Code.legal_data, message, hint, ("settings", "taxes"))


def _longest(terms: Terms) -> int:
    """The most days that terms may leave from the day of issue; a month ends 30 days after its first at most."""
    return max(part.days + (30 if part.end_of_month else 0) for part in terms.parts)


def _too_long(terms: Terms, law: LatePayment) -> bool:
    """Whether terms go beyond the law's maximum; counted from the end of the month, beyond that one if there is one."""
    if law.max_end_of_month is not None and all(part.end_of_month for part in terms.parts):
        return max(part.days for part in terms.parts) > law.max_end_of_month
    return law.max_terms is not None and _longest(terms) > law.max_terms


def _long_terms(book: Book) -> Iterator[Problem]:
    """Terms longer than a business may be given (in Spain 60 days, art. 4.3 Ley 3/2004), each where it is written."""
    paths: dict[KeyPath, tuple[Terms, LatePayment]] = {}
    for client_id, client in book.clients.items():
        path: KeyPath = ("clients", client_id, "terms") if client.terms else ("settings", "terms")
        if (law := law_for(client, book)) and _too_long(terms_of(client, book), law):
            paths[path] = terms_of(client, book), law
    for path, (terms, law) in paths.items():
        message = f"'{terms.text}' is longer than the {law.max_terms} days that businesses may agree on"
        yield warning(Code.legal_data, message, f"agree on less ({law.source})", path)


def _clearance(book: Book, today: date) -> Iterator[Problem]:
    clearance = book.regime.clearance
    if clearance and clearance.since <= today:
        message = f"{clearance.name} applies since {clearance.since}, and facturar does not report to it"
        hint = f"issue with a program that does ({clearance.source})"
        yield warning(Code.legal_data, message, hint, ("settings", "regime"))


def legal_problems(book: Book, today: date) -> Iterator[Problem]:
    """What an inspector or the bank would find."""
    yield from _clearance(book, today)
    yield from _required_ids(book, today)
    yield from _unregistered(book)
    yield from _check_digits(book)
    yield from _same_ids(book)
    yield from _long_terms(book)
