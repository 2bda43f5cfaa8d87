"""Tax codes on a day: what a code is, how much it takes, what it must say on the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from facturar.model.book import Book
from facturar.model.dated import PercentSince, in_force
from facturar.model.money import ZERO
from facturar.model.regime import TaxCode

TaxKind = Literal["vat", "surcharge", "withholding", "exempt"]


@dataclass(frozen=True, slots=True)
class Tax:
    """A code as it stands on a day, in a document's language; `of` is what a withholding is a percentage of."""

    code: str
    kind: TaxKind
    percent: Decimal
    label: str
    mention: str | None = None
    of: Literal["net", "vat"] = "net"


def known_codes(book: Book) -> frozenset[str]:
    """Every tax code that a line of this book may name."""
    return frozenset(book.regime.taxes) | frozenset(book.settings.tax_codes)


def worded(wording: Mapping[str, str], language: str) -> str | None:
    """The text in a language, else in English, else in any."""
    return wording.get(language) or wording.get("en") or next(iter(wording.values()), None)


def _of_the_regime(code: str, tax: TaxCode, day: date, language: str) -> Tax:
    rate = in_force(tax.percent, day)
    label = worded(tax.label, language) or code
    return Tax(code, tax.kind, rate.percent if rate else ZERO, label, worded(tax.mention, language), tax.of)


def _rates(code: str, book: Book) -> tuple[PercentSince, ...]:
    """The dated percentages of a known code; none of one that charges nothing."""
    own = book.settings.tax_codes.get(code)
    return own.percent if own else book.regime.taxes[code].percent


def without_rate(codes: Iterable[str], day: date, book: Book) -> str | None:
    """Which of some known codes has no rate on a day, as it comes before its first; None when all of them have one."""
    for code in codes:
        first = min((rate.since for rate in _rates(code, book)), default=day)
        if first > day:
            return f"{code} has no rate before {first}"
    return None


def tax_on(code: str, day: date, language: str, book: Book) -> Tax:
    """The tax of a known code on a day. The book's own codes come before the regime's.

    Before its first day a code takes nothing, and no invoice is issued with it: see `without_rate`. Raises KeyError for
    a code that is neither; `check` has said so before.
    """
    own = book.settings.tax_codes.get(code)
    if own is None:
        return _of_the_regime(code, book.regime.taxes[code], day, language)
    rate = in_force(own.percent, day)
    return Tax(code, own.kind, rate.percent if rate else ZERO, own.label, own.mention)
