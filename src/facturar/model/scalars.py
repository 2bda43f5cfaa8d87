"""The scalars of a ledger: text until one of these types reads it.

A ledger's YAML gives every scalar as text, so that `NO` stays Norway and `01001` keeps its zero. Each type here
reads one notation, and says how to write it when it is written otherwise. Values that are already typed pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Protocol, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

from facturar.model.money import Money
from facturar.problems import Code


class Entry(BaseModel):
    """The base of all that is read from a file: immutable, and no key that is not in the contract."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


def fault(code: Code, message: str, hint: str = "") -> PydanticCustomError:
    """A validation error that carries our code and hint through pydantic."""
    return PydanticCustomError(code.value, "{message}", {"message": message, "hint": hint})


class Named(Protocol):
    """Anything that is told apart by its name."""

    @property
    def name(self) -> str:
        """What it is called."""


NamedT = TypeVar("NamedT", bound=Named)


def named_apart(steps: tuple[NamedT, ...]) -> tuple[NamedT, ...]:
    """The steps of an agreement or a ladder, each with a name of its own: what was done is known by it."""
    names = [step.name for step in steps]
    for name in names:
        if names.count(name) > 1:
            raise fault(Code.bad_value, f"two steps are called '{name}'", "give each step a name of its own")
    return steps


def _shown(value: object) -> str:
    return f"'{value}'" if isinstance(value, str) else "a list or mapping"


def _reader(
    python_type: type | tuple[type, ...], read: Callable[[str], Any], code: Code, what: str, hint: str
) -> BeforeValidator:
    def parse(value: object) -> Any:
        if isinstance(value, python_type):
            return value
        result = read(value.strip()) if isinstance(value, str) else None
        if result is None:
            raise fault(code, f"{_shown(value)} is not {what}", hint)
        return result

    return BeforeValidator(parse)


_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)


def _number(text: str) -> Decimal | None:
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def _percent(text: str) -> Decimal | None:
    return _number(text.removesuffix("%").rstrip())


def read_day(text: str) -> date | None:
    """A day from `2026-11-30`; None when it is written otherwise or is not in the calendar."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _days(text: str) -> int | None:
    match = re.fullmatch(r"([+-]?\d{1,4}) days?", text, re.ASCII)
    return int(match[1]) if match else None


def read_hours(text: str) -> Decimal | None:
    """Hours from `3.5`, `3.5 h`, `1:30`, `90 min`, `90m`, `1h30` or `1h 30m`; None when it is none of these.

    >>> [str(read_hours(text)) for text in ("3.5 h", "1:30", "90 min", "1h30")]
    ['3.5', '1.5', '1.5', '1.5']
    """
    text = text.strip()
    if match := re.fullmatch(r"(\d+(?:\.\d+)?) ?h?", text, re.ASCII):
        return Decimal(match[1])
    if match := re.fullmatch(r"(\d+(?:\.\d+)?) ?m(?:in)?", text, re.ASCII):
        return Decimal(match[1]) / 60
    if match := re.fullmatch(r"(\d+)(?::| ?h ?)([0-5]?\d) ?(?:m|min)?", text, re.ASCII):
        return int(match[1]) + Decimal(match[2]) / 60
    return None


def _money(text: str) -> Money | None:
    match = re.fullmatch(r"(\S+) ([A-Z]{3})", text, re.ASCII)
    amount = _number(match[1]) if match else None
    return Money(amount, match[2]) if match and amount is not None else None


Number = Annotated[
    Decimal,
    _reader(
        Decimal,
        _number,
        Code.bad_number,
        "a plain decimal",
        "write digits and one point, without thousands marks or currency: 1234.50",
    ),
]
"""A decimal of any number of digits: a price, a quantity, an amount."""

Percent = Annotated[Decimal, _reader(Decimal, _percent, Code.bad_number, "a percentage", "write it like 15% or 5.2%")]
"""A percentage as its number: 15% is Decimal(15)."""

Day = Annotated[
    date,
    _reader(date, read_day, Code.bad_date, "a date of the calendar", "write year-month-day: 2026-11-30"),
]
"""A calendar day in ISO 8601."""

Days = Annotated[
    int,
    _reader(int, _days, Code.bad_value, "a number of days", "write it like 30 days, or -3 days for before"),
]
"""A number of days; negative means before."""

Hours = Annotated[
    Decimal,
    _reader(Decimal, read_hours, Code.bad_value, "a number of hours", "write it like 3.5, 3.5 h, 1:30 or 90 min"),
]
"""Hours as a decimal; minutes become a fraction of the hour."""

Quantity = Annotated[
    Decimal,
    _reader(
        Decimal,
        lambda text: number if (number := _number(text)) is not None else read_hours(text),
        Code.bad_number,
        "a quantity",
        "write a plain decimal like 12.5, or hours like 12.5 h",
    ),
]
"""How many: a decimal, or hours with their unit."""

AmountIn = Annotated[
    Money,
    _reader(Money, _money, Code.bad_value, "an amount with its currency", "write it like 455.10 EUR"),
]
"""An amount with its currency, `455.10 EUR`."""


def _currency(text: str) -> str:
    if not re.fullmatch(r"[A-Z]{3}", text, re.ASCII):
        raise fault(Code.bad_value, f"'{text}' is not a currency", "write its ISO 4217 code: EUR, USD, GBP, MXN …")
    return text


def _country(text: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}", text, re.ASCII):
        raise fault(Code.bad_value, f"'{text}' is not a country", "write its ISO 3166 code: ES, DE, GB, MX …")
    return text


def _id(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", text, re.ASCII):
        raise fault(
            Code.bad_id,
            f"'{text}' is not an id",
            "use small letters, digits, - and _, starting with a letter or digit",
        )
    return text


def above_nothing(number: Decimal) -> Decimal:
    """The number, which is more than 0."""
    if number <= 0:
        raise fault(Code.bad_number, f"{number} is not above 0", "write a number above 0, or leave the key out")
    return number


def not_below_nothing(number: Decimal) -> Decimal:
    """The number, which is 0 or more."""
    if number < 0:
        raise fault(Code.bad_number, f"{number} is below 0", "write a number of 0 or more")
    return number


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Currency = Annotated[str, AfterValidator(_currency)]
Country = Annotated[str, AfterValidator(_country)]
Id = Annotated[str, AfterValidator(_id)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
