"""Quiet times: days on which a book writes to nobody, of one year or of every year."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator

from facturar.model.days_of_year import DaysOfYear, YearlyDay, read_year_day


class QuietDays(DaysOfYear):
    """Days without letters."""


def _one_day(value: Any) -> Any:
    """A plain day is quiet by itself."""
    day = read_year_day(value)
    return {"from": day, "until": day} if isinstance(day, date | YearlyDay) else value


QuietTime = Annotated[QuietDays, BeforeValidator(_one_day)]
