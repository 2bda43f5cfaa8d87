"""Which days are no business days, beside Saturdays and Sundays: a country's official ones, and days of one's own."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, model_validator

from facturar.model.scalars import Country, Day, Entry, Text, fault
from facturar.problems import Code


class HolidayCalendar(Entry):
    """The official holidays of a country and of a region of it, and days `also` taken.

    Without a country it is the business'; `official: false` leaves its days out.
    """

    country: Country | None = None
    region: Text | None = None
    official: bool = True
    also: tuple[Day, ...] = ()

    @model_validator(mode="after")
    def _of_one_kind(self) -> HolidayCalendar:
        if not self.official and (self.country or self.region):
            hint = "take official: false out, or country: and region:"
            raise fault(Code.bad_value, "these holidays name a country or a region, and leave its days out", hint)
        return self


def _listed(value: Any) -> Any:
    """A plain list of days is all that there is."""
    return {"official": False, "also": value} if isinstance(value, list | tuple) else value


Holidays = Annotated[HolidayCalendar, BeforeValidator(_listed)]
