"""What the law or plain sense asks of the data: tax ids, check digits, tax codes that go together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from stdnum import get_cc_module, iban

from facturar.model.book import Book
from facturar.model.party import Transfer
from facturar.problems import Code, KeyPath, Problem, warning
from facturar.rules.taxes import known_codes, tax_on, worded

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


def _required_ids(book: Book) -> Iterator[Problem]:
    regime = book.regime
    if not regime.tax_id_required:
        return
    name = worded(regime.tax_id, book.settings.language) or "tax id"
    if not book.settings.business.tax_id:
        message = f"the business has no tax_id: an invoice must show the seller's {name}"
        yield Problem(Code.legal_data, message, "add tax_id: to business:", ("settings", "business"))
    for client_id, client in book.clients.items():
        if not client.address:
            message = f"'{client_id}' has no address: a full invoice must show the buyer's"
            yield warning(
                Code.legal_data, message, "add address: {street, postcode, city, country}", ("clients", client_id)
            )
        if regime.buyer_tax_id_required and not client.tax_id and not client.consumer:
            message = f"'{client_id}' has no tax_id: a full invoice to a business must show the buyer's {name}"
            hint = "add tax_id:, or consumer: true for a person who buys outside any trade"
            yield warning(Code.legal_data, message, hint, ("clients", client_id))


def _unusual(codes: Iterable[str], book: Book, day: date) -> str | None:
    """What is unusual about a combination of known codes."""
    known = known_codes(book)
    taxes = [tax_on(code, day, "en", book) for code in codes if code in known]
    vat = [tax.code for tax in taxes if tax.kind in ("vat", "exempt")]
    if len(vat) > 1 and any(tax.kind == "exempt" for tax in taxes):
        return f"{' and '.join(vat)} on one line: what is exempt bears no VAT"
    for tax in taxes:
        rule = book.regime.taxes.get(tax.code)
        if rule and rule.goes_with and not set(rule.goes_with) & set(vat):
            return f"{tax.code} without {' or '.join(rule.goes_with)}"
    return None


def _line_codes(book: Book) -> Iterator[tuple[tuple[str, ...], KeyPath]]:
    """Every combination of codes that a human file names."""
    yield book.settings.taxes, ("settings", "taxes")
    for client_id, client in book.clients.items():
        yield client.taxes or (), ("clients", client_id, "taxes")
    for job_id, job in book.jobs.items():
        yield job.taxes or (), ("jobs", job_id, "taxes")
        for index, line in enumerate(job.lines):
            yield line.taxes or (), ("jobs", job_id, "lines", index, "taxes")


def _combinations(book: Book, today: date) -> Iterator[Problem]:
    for codes, path in _line_codes(book):
        if unusual := _unusual(codes, book, today):
            yield warning(Code.tax_combination, unusual, "check the codes", path)


def _clearance(book: Book, today: date) -> Iterator[Problem]:
    clearance = book.regime.clearance
    if clearance and clearance.since <= today:
        message = f"{clearance.name} applies since {clearance.since}, and facturar does not report to it"
        hint = f"issue with a program that does ({clearance.source})"
        yield warning(Code.legal_data, message, hint, ("settings", "regime"))


def legal_problems(book: Book, today: date) -> Iterator[Problem]:
    """What an inspector or the bank would find."""
    yield from _clearance(book, today)
    yield from _required_ids(book)
    yield from _check_digits(book)
    yield from _combinations(book, today)
