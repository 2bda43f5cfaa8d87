"""What `init` asks on a terminal, and which answers a book can live with."""

from __future__ import annotations

import sys
from collections.abc import Callable

import typer

from facturar.problems import StoppedError, UsageError

ASKED = {
    "name": "Your name, as invoices must say it",
    "country": "Country, as its code or its name (ES, Mexico …)",
    "tax_id": "Your tax id",
    "street": "Street and number",
    "postcode": "Postcode",
    "city": "City",
    "email": "E-mail",
    "iban": "IBAN for transfers",
}
MAY_BE_EMPTY = ("tax_id", "email", "iban", "postcode")
LANGUAGE = "Language of your documents, es or en"
CURRENCY, TIMEZONE = "Currency", "Time zone"
LADDER = "Reminders: 'weekly' if you run facturar each day or week,\n'monthly' if on each 1st, or 'none'"
WEEKLY = "weekly"

_CHOICES = {"language": ("es", "en"), "reminders": (WEEKLY, "monthly", "none")}
_CALLED = {"language": "a language of documents", "reminders": "a ladder that facturar brings along"}


Doubt = Callable[[str], str | None]
"""What is odd about an answer that a book can live with, if anything is."""


def no_doubt(_: str) -> None:
    """Of most questions any answer that is not wrong is as good as another."""


def cleaned(field: str, answer: str) -> str:
    """An answer as the book has it: a country by its code, a currency in capitals."""
    answer = answer.strip()
    if field == "country":
        return _country_code(answer) or answer
    return answer.upper() if field == "currency" else answer.lower() if field in _CHOICES else answer


def wrong(field: str, answer: str) -> tuple[str, str] | None:
    """What is wrong with an answer that a book could not live with, and what to write instead."""
    if field in _CHOICES and answer not in _CHOICES[field]:
        return f"'{answer}' is not {_CALLED[field]}", f"write one of: {', '.join(_CHOICES[field])}"
    if field == "country" and not _country_code(answer):
        return f"'{answer}' is not a country", "write its ISO 3166 code: ES, DE, GB, MX …"
    if field == "currency" and not _is_currency(answer):
        return f"'{answer}' is not a currency", "write its ISO 4217 code: EUR, USD, MXN …"
    if field == "timezone" and not _is_timezone(answer):
        return f"'{answer}' is not a time zone", "write one like Europe/Madrid or America/Mexico_City"
    if field == "iban" and not _plausible_iban(answer):
        return f"'{answer}' does not have the check digits of an IBAN", "compare it with what the bank says"
    if field == "email" and not _is_address(answer):
        return f"'{answer}' is not an e-mail address", "write one like ana@acme.example"
    return None


def doubted_tax_id(answer: str, country: str | None) -> str | None:
    """What is odd about a tax id; a book can live with it, as `check` does."""
    from facturar.rules.checks.legal import plausible_tax_id

    if not country or plausible_tax_id(answer, country):
        return None
    return f"'{answer}' does not have the check digits of a tax id of {country}"


def usual_currency(country: str | None) -> str | None:
    """The currency of a country, if there is just one."""
    from babel.numbers import get_territory_currencies

    found = get_territory_currencies(country) if country else []
    return str(found[0]) if found else None


def answer(field: str, question: str, usual: str = "", *, needed: bool = True, doubt: Doubt = no_doubt) -> str:
    """The answer to a question, on a terminal; elsewhere, and for an empty one, what is usual.

    An answer in `doubt` is asked for again, and taken if it is the same. Raises UsageError where somebody has to answer
    and cannot be asked, StoppedError when they would rather not.
    """
    if sys.stdin.isatty():
        return _answered(field, question, usual, doubt, needed=needed)
    if usual or not needed or field in MAY_BE_EMPTY:
        return usual
    raise UsageError(f"init needs --{field}", "give it as an option, or run init in a terminal and it asks")


def _answered(field: str, question: str, usual: str, doubt: Doubt, *, needed: bool) -> str:
    before = ""
    hint = f" [{usual}]" if usual else "" if needed else " (empty for none)"
    while True:
        try:
            given = cleaned(field, str(typer.prompt(question + hint, default="", show_default=False, err=True)))
        except typer.Abort:
            raise StoppedError("no book was made") from None
        if not given and (usual or not needed):
            return usual
        fault = wrong(field, given) if given else ("this is needed", "Ctrl-C stops, and no book is made")
        if fault is None and given != before and (odd := doubt(given)):
            fault, before = (odd, "compare it with your papers; the same again keeps it"), given
        if fault is None:
            return given
        typer.echo(f"  {fault[0]}\n  {fault[1]}", err=True)


def _country_code(name: str) -> str | None:
    """The code of a country that is named by it, or in English or Spanish."""
    from babel import Locale

    for locale in map(Locale, ("en", "es")):
        codes = {code: str(called) for code, called in locale.territories.items() if len(code) == len("ES")}
        if name.upper() in codes:
            return name.upper()
        for code, called in codes.items():
            if called.casefold() == name.casefold():
                return str(code)
    return None


def _is_currency(code: str) -> bool:
    from babel.numbers import list_currencies

    return code in list_currencies()


def _is_timezone(name: str) -> bool:
    from zoneinfo import available_timezones

    return name in available_timezones()


def _plausible_iban(text: str) -> bool:
    from stdnum import iban

    return bool(iban.is_valid(text))


def _is_address(text: str) -> bool:
    from facturar.model.mail_address import mail_address

    return mail_address(text) is not None
