"""Words given on the command line, read as what they mean: amounts, hours, promises, names that have to be there."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter, ValidationError

from facturar.cli.session import day
from facturar.model.money import Money
from facturar.model.plain import Facts
from facturar.model.scalars import AmountIn, Currency, Number, read_hours
from facturar.problems import UsageError, did_you_mean


def known(name: str, names: Iterable[str], what: str) -> str:
    """A name that has to be one of these."""
    choices = list(names)
    if name not in choices:
        raise UsageError(f"there is no {what} '{name}'", did_you_mean(name, choices))
    return name


def _read(kind: Any, text: str) -> Any:
    try:
        return TypeAdapter(kind).validate_python(text)
    except ValidationError as error:
        first = error.errors()[0]
        raise UsageError(first["msg"], first.get("ctx", {}).get("hint", "")) from None


def amount_of(text: str) -> Decimal:
    """A plain decimal."""
    return Decimal(_read(Number, text))


def percent_of(text: str, option: str) -> Decimal:
    """A percentage, with its sign or without: `5%`, `-2.5%`."""
    plain = text.strip().removesuffix("%").strip()
    sign, digits = ("-", plain[1:]) if plain.startswith("-") else ("", plain)
    if not digits.replace(".", "", 1).isdecimal():
        raise UsageError(f"{option}: '{text}' is not a percentage", "write it like 5% or 2.5%")
    return Decimal(sign + digits)


def money_of(text: str | None) -> Money | None:
    """An amount with its currency."""
    return Money(*_read(AmountIn, text)) if text else None


def currency_code(text: str) -> str:
    """The ISO 4217 code of a currency, in whichever letters it was given."""
    return str(_read(Currency, text.strip().upper()))


def edges_of(text: str) -> tuple[int, ...]:
    """The limits of aging buckets in days: `15,30,60`."""
    parts = text.replace(",", " ").split()
    edges = tuple(int(part) for part in parts if part.isascii() and part.isdecimal())
    if not edges or len(edges) < len(parts) or list(edges) != sorted(set(edges)) or edges[0] < 1:
        raise UsageError(f"--buckets: '{text}' are not limits in days", "write days in rising order: 15,30,60")
    return edges


def hours_of(text: str) -> Facts:
    """Hours as they will be written: a decimal, or the words that were given."""
    if read_hours(text) is None:
        raise UsageError(f"'{text}' is not a number of hours", "write it like 3.5, 1:30 or 90m")
    if not read_hours(text):
        raise UsageError(f"'{text}' hours are no work", "write how long it took: 3.5, 1:30 or 90m")
    return Decimal(text) if text.replace(".", "", 1).isdecimal() else text


def promise_of(text: str | None) -> dict[str, Facts] | None:
    """`2026-12-04` or `2026-12-04 500`: by when they promised to pay, and how much."""
    if text is None:
        return None
    on, _, amount = text.strip().partition(" ")
    promise: dict[str, Facts] = {"on": day(on, "--promise")}
    return {**promise, "amount": amount_of(amount.strip())} if amount else promise


def split_of(options: list[str]) -> dict[str, Decimal | None]:
    """`NUMBER` alone, or several `NUMBER=AMOUNT`."""
    parts = dict(option.partition("=")[::2] for option in options)
    amounts = {number: amount_of(part) if part else None for number, part in parts.items()}
    if len(amounts) > 1 and None in amounts.values():
        raise UsageError("with several invoices, each needs its amount", "write --invoice F-1=400 --invoice F-2=500")
    return amounts
