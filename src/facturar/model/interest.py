"""Interest for late payment as it is agreed, and as a document works it out: days, a base, a rate, an amount."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from facturar.model.dated import DatedPercent
from facturar.model.scalars import Day, Entry, Number, fault
from facturar.problems import Code

_MONTHS = 12


class InterestPart(Entry):
    """Days, both included, on which one base bore one yearly rate: base × percent × days ÷ 365, rounded."""

    first: Day = Field(alias="from")
    last: Day = Field(alias="to")
    days: int
    base: Number
    percent: Number
    amount: Number


def _yearly(value: Any) -> Any:
    """The yearly rate of `12%`, `12% a year` or `1% a month`; other data as it is."""
    if not isinstance(value, str):
        return value
    match = re.fullmatch(r"(\d+(?:\.\d+)?) ?%?(?: (?:a|per) (year|month))?", " ".join(value.split()), re.ASCII)
    if match is None:
        hint = "write 12% a year, or 1% a month"
        raise fault(Code.bad_value, f"'{value}' is no rate of interest", hint)
    return [{"since": date.min, "percent": Decimal(match[1]) * (_MONTHS if match[2] == "month" else 1)}]


def _told_apart(value: Any) -> Any:
    if isinstance(value, str | Decimal):
        return {"agreed": str(value)}
    return {"law": value} if isinstance(value, list | tuple) else value


class LateInterestRates(Entry):
    """Yearly rates in place of those of the regime's file: what was `agreed`, or what the `law` gives and it lacks.

    Each is the whole rate, base and points. An agreed one holds until the next; one of the law to the end of the period
    that the law fixes rates for.
    """

    agreed: Annotated[DatedPercent, BeforeValidator(_yearly)] = ()
    law: DatedPercent = ()


LateInterest = Annotated[LateInterestRates, BeforeValidator(_told_apart)]
"""`12% a year` or `1% a month` as agreed; `[{since: 2027-01-01, percent: 10.40}]` as the law's; or both by name."""
