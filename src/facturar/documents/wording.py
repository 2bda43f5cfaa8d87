"""Amounts, dates, percentages and quantities as a reader's language writes them (CLDR, through babel).

Spaces are ordinary ones, so that the text of a document can be searched for `1.717,20 €`; the PDF keeps a figure and
its sign together by itself. A negative figure carries a true minus, which no Markdown takes for a list. Words belong
in templates: the only ones here are those that no template writes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_currency, get_territory_currencies

from facturar.model.money import digits

_MINUS = "\u2212"
_HOME = {"es": "ES", "en": "GB"}
_COUNTRIES_OF = {
    "en": {"US", "CA", "AU", "NZ", "IE", "GB"},
    "es": {
        "ES",
        "AR",
        "BO",
        "CL",
        "CO",
        "CR",
        "DO",
        "EC",
        "GT",
        "HN",
        "MX",
        "NI",
        "PA",
        "PE",
        "PR",
        "PY",
        "SV",
        "US",
        "UY",
    },
}
_PAGE = {"es": "Página {page} de {pages}", "en": "Page {page} of {pages}"}
# A figure stays with its sign or unit, whichever side it stands on.
_FIGURE_SPACE = re.compile(r"(?<=\d) (?=[€$£¥%]|[A-Z]{1,3}\$|[A-Z]{3}\b|h\b)|(?<=\b[A-Z]{3}) (?=\d)")
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


def page_of(language: str, page: int, pages: int) -> str:
    """The words of a page number: `Página 1 de 3`."""
    return _PAGE.get(language, "{page} / {pages}").format(page=page, pages=pages)


def held(text: str) -> str:
    """The text with each figure held to its sign by a space that does not break a line."""
    return _FIGURE_SPACE.sub("\u00a0", text)


class Wording:
    """How figures are written for one language and country; made by `wording_for`."""

    def __init__(self, locale: Locale) -> None:
        self._locale = locale
        symbols = locale.number_symbols["latn"]
        self._marks = str.maketrans({",": symbols["group"].translate(_SPACES), ".": symbols["decimal"]})
        # CLDR's pattern for percentages: `#,##0 %` with or without the space.
        self._percent_sign = re.sub(r"[#,.0]", "", locale.percent_formats[None].pattern).translate(_SPACES)
        self._patterns: dict[str, str] = {}

    def money(self, amount: Decimal, currency: str) -> str:
        """An amount with its currency, in the currency's digits or more if it has more.

        >>> wording_for("es").money(Decimal("-1717.2"), "EUR"), wording_for("en").money(Decimal("1717.2"), "EUR")
        ('−1.717,20 €', '€1,717.20')
        """
        places = max(digits(currency), -int(amount.normalize().as_tuple().exponent))
        figure = f"{abs(amount):,.{places}f}".translate(self._marks)
        return self._signed(amount, self._pattern(currency).format(figure))

    def figure(self, amount: Decimal, currency: str) -> str:
        """An amount in its currency's digits without the sign, for a table of one currency: `1.717,20`."""
        return self._signed(amount, f"{abs(amount):,.{digits(currency)}f}".translate(self._marks))

    def percent(self, percent: Decimal) -> str:
        """A percentage: `21 %` in Spanish, `21%` in English."""
        return f"{self.number(percent)}{self._percent_sign}"

    def number(self, number: Decimal, places: int = 6) -> str:
        """A number without trailing zeros, shown to so many places at most.

        >>> wording_for("es").number(Decimal("1234.50"))
        '1.234,5'
        """
        plain = f"{abs(number):,.{places}f}"
        figure = plain.rstrip("0").rstrip(".") if "." in plain else plain
        return self._signed(number, figure.translate(self._marks))

    def quantity(self, quantity: Decimal, unit: str | None) -> str:
        """How many of what: `12,5 h`; a third of an hour is `0,3333 h`."""
        return f"{self.number(quantity, 4)} {unit}" if unit else self.number(quantity, 4)

    def hours(self, hours: Decimal) -> str:
        """Hours of work, to the hundredth: `0,33 h`."""
        return f"{self.number(hours, 2)} h"

    def day(self, day: date) -> str:
        """A date in running text: `30 de noviembre de 2026`."""
        return _long(self._locale, day)

    def short_day(self, day: date) -> str:
        """A date in a table: `30 nov 2026`."""
        return _medium(self._locale, day)

    def listed(self, items: Sequence[str]) -> str:
        """Items as a sentence lists them: `a, b y c`, `a, b and c`."""
        return format_list(items, "standard", self._locale)

    def month(self, day: date) -> str:
        """A month as a title: `Noviembre de 2026`, `November 2026`."""
        text = format_skeleton("yMMMM", day, locale=self._locale).translate(_SPACES)
        return text[:1].upper() + text[1:]

    def short_month(self, day: date) -> str:
        """A month in a table: `nov 2026`."""
        return format_date(day, "LLL y", self._locale).translate(_SPACES)

    @staticmethod
    def _signed(amount: Decimal, figure: str) -> str:
        return _MINUS + figure if amount < 0 else figure

    def _pattern(self, currency: str) -> str:
        """Where the currency's sign stands: `{} €` or `€{}`; a sign in letters keeps a space from the figure."""
        if currency not in self._patterns:
            sample = format_currency(Decimal(1), currency, locale=self._locale).translate(_SPACES)
            pattern = re.sub(r"\d(?:\D\d+)?", "{}", sample, count=1)
            self._patterns[currency] = re.sub(r"(?<=[A-Za-z])\{}", " {}", pattern)
        return self._patterns[currency]


def currency_in(country: str | None, day: date) -> str | None:
    """The money of a country on a day."""
    current = get_territory_currencies(country, day, day) if country else []
    return str(current[0]) if current else None


@lru_cache(maxsize=4096)
def _long(locale: Locale, day: date) -> str:
    return format_date(day, "long", locale).translate(_SPACES)


@lru_cache(maxsize=4096)
def _medium(locale: Locale, day: date) -> str:
    return format_date(day, "medium", locale).translate(_SPACES)


@lru_cache(maxsize=64)
def wording_for(language: str, country: str | None = None) -> Wording:
    """The wording of a language in a country; where that is not spoken there, as in Spain or in Britain.

    Another language is written as it is at home, and one that CLDR does not know as English.

    >>> wording_for("pt", "ES").day(date(2026, 11, 10))
    '10 de novembro de 2026'
    """
    spoken = _COUNTRIES_OF.get(language, {country})
    place = country if country in spoken else _HOME.get(language)
    for locale in ((language, place), (language, None)):
        try:
            return Wording(Locale(*locale))
        except UnknownLocaleError:
            continue
    return Wording(Locale("en", "GB"))
