"""Days from one until another, of one year or of every year: what quiet times and seasons are made of."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from facturar.model.scalars import Entry, fault, read_day
from facturar.problems import Code

_HINT = "write a day like 2026-12-24, or one of every year like 12-24"
_LEAP_YEAR = 2000


class YearlyDay(Entry):
    """A day of every year; 29 February too."""

    month: int
    day: int

    @property
    def order(self) -> tuple[int, int]:
        """Where it comes in a year."""
        return self.month, self.day

    def __str__(self) -> str:
        return f"{self.month:02d}-{self.day:02d}"


def _yearly(text: str) -> YearlyDay | None:
    if not re.fullmatch(r"\d{2}-\d{2}", text, re.ASCII):
        return None
    found = read_day(f"{_LEAP_YEAR}-{text}")
    return YearlyDay(month=found.month, day=found.day) if found else None


def read_year_day(value: object) -> object:
    """A day as people write it, `2026-12-24`, or `12-24` for every year; what is no text stays as it is."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if (found := read_day(text) or _yearly(text)) is None:
        raise fault(Code.bad_date, f"'{value}' is neither a day nor a day of every year", _HINT)
    return found


YearDay = Annotated[date | YearlyDay, BeforeValidator(read_year_day)]


class DaysOfYear(Entry):
    """From a day through another, both of one year or both of every year; then they may go over its end."""

    first: YearDay = Field(alias="from")
    until: YearDay

    @model_validator(mode="after")
    def _in_order(self) -> DaysOfYear:
        if isinstance(self.first, YearlyDay) != isinstance(self.until, YearlyDay):
            message = f"from {self.first} until {self.until}: one is of every year, the other is not"
            raise fault(Code.bad_value, message, "write both with their year, or both without")
        if isinstance(self.first, date) and isinstance(self.until, date) and self.until < self.first:
            message = f"it ends on {self.until}, before it begins on {self.first}"
            raise fault(Code.dates_order, message, "write the earlier day as from:")
        return self

    def holds(self, day: date) -> bool:
        """Whether a day is in it.

        >>> over_christmas = DaysOfYear.model_validate({"from": "12-24", "until": "01-06"})
        >>> [over_christmas.holds(date(2026, 12, 23)), over_christmas.holds(date(2027, 1, 6))]
        [False, True]
        """
        if isinstance(self.first, date) and isinstance(self.until, date):
            return self.first <= day <= self.until
        assert isinstance(self.first, YearlyDay), "both ends are of one kind"
        assert isinstance(self.until, YearlyDay), "both ends are of one kind"
        spot, first, until = (day.month, day.day), self.first.order, self.until.order
        return first <= spot <= until if first <= until else spot >= first or spot <= until

    def __str__(self) -> str:
        return str(self.first) if self.first == self.until else f"{self.first} to {self.until}"
