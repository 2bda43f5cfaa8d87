"""A record as plain data: what stands in its file, and what its seal is taken over.

Nothing here knows YAML: `facturar.store.record_text` writes these facts down, `facturar.rules.seals` proves them.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TypeAlias

from pydantic import BaseModel

from facturar.model.money import Money

Scalar: TypeAlias = str | int | Decimal | date | Money
"""What is written as one word or text; a bool is an int to Python."""

Facts: TypeAlias = "Scalar | list[Facts] | dict[str, Facts]"
"""Data as it is nested in a file, its scalars still typed."""

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"
"""Data as a loader gives it that leaves every scalar a text."""

_ALONE_AS_TEXT = frozenset({"job"})  # a list only when there are several


def _decimal_text(number: Decimal) -> str:
    return f"{number if number else number.copy_abs():f}"


def text_of(scalar: Scalar) -> str:
    """The text of a scalar as it stands in a file: plain notation, no exponent, no negative zero, dates in ISO 8601.

    >>> [text_of(value) for value in (Decimal("1E+2"), Decimal("-0.00"), Decimal("45.10"), date(2026, 11, 30), True)]
    ['100', '0.00', '45.10', '2026-11-30', 'true']
    """
    match scalar:
        case bool():
            return "true" if scalar else "false"
        case Decimal():
            return _decimal_text(scalar)
        case date():
            return scalar.isoformat()
        case Money():
            return f"{_decimal_text(scalar.amount)} {scalar.currency}"
        case _:
            return str(scalar)


def facts(record: BaseModel) -> dict[str, Facts]:
    """The fields of a model in their order, under the names that they have in a file.

    What is optional and empty (None, no text, no items) is left out; what is required stays, whatever it holds.
    """
    found: dict[str, Facts] = {}
    for name, field in type(record).model_fields.items():
        value = _facts_of(getattr(record, name))
        if value is None or (value in ("", [], {}) and not field.is_required()):
            continue
        alone = name in _ALONE_AS_TEXT and isinstance(value, list) and len(value) == 1
        found[field.alias or name] = value[0] if alone and isinstance(value, list) else value
    return found


def _facts_of(value: object) -> Facts | None:
    match value:
        case None:
            return None
        case BaseModel():
            return facts(value)
        case str() | int() | Decimal() | date() | Money():
            return value
        case dict():
            return {text_of(key): _written(item) for key, item in value.items()}
        case tuple() | list():
            return [_written(item) for item in value]
    raise TypeError(f"a {type(value).__name__} has no place in a record")


def _written(value: object) -> Facts:
    return "" if (known := _facts_of(value)) is None else known


def plain(record: BaseModel) -> dict[str, Plain]:
    """The record as nested data with every scalar as the text that stands in its file.

    A loader that gives no types to scalars reads exactly this from the file, and needs nothing else to verify a seal.
    """
    return {key: as_text(value) for key, value in facts(record).items()}


def as_text(value: Facts) -> Plain:
    """The same data with every scalar as its text.

    >>> as_text({"date": date(2026, 12, 5), "amount": Decimal("500.00"), "taxes": ["iva"]})
    {'date': '2026-12-05', 'amount': '500.00', 'taxes': ['iva']}
    """
    match value:
        case dict():
            return {key: as_text(item) for key, item in value.items()}
        case list():
            return [as_text(item) for item in value]
        case _:
            return text_of(value)
