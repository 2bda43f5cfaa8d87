"""The holidays of a book: those it lists, and a country's official ones, which the package `holidays` knows.

The package is an extra, and imported only by a book that asks for a country's days.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from importlib import import_module
from types import ModuleType

from facturar.model.client import Client
from facturar.model.holidays import HolidayCalendar
from facturar.model.settings import Settings
from facturar.problems import Code, KeyPath, Problem, did_you_mean
from facturar.store.intake import Intake
from facturar.store.layout import SETTINGS
from facturar.store.sources import Home

_YEARS = range(2000, 2061)
"""What a book may look at: due dates from its first invoices to terms far ahead."""


def read_holidays(intake: Intake, settings: Settings, clients: Iterable[Client]) -> frozenset[date]:
    """The days on which nothing falls due; none, with a problem, when the country's cannot be known.

    They are worked out only if due dates are shifted or the book says which days it takes.
    """
    shifts = (settings.shift, *(client.shift for client in clients))
    if settings.holidays is None and not any(shift not in (None, "none") for shift in shifts):
        return frozenset()
    calendar = settings.holidays or HolidayCalendar()
    official = _official(intake, calendar, settings) if calendar.official else frozenset[date]()
    return official | frozenset(calendar.also)


def _official(intake: Intake, calendar: HolidayCalendar, settings: Settings) -> frozenset[date]:
    country = calendar.country or settings.business.address.country
    package = _package()
    if package is None:
        message = f"the holidays of {country} are in the package 'holidays', which is not installed"
        hint = "pip install 'facturar[holidays]', or list the days yourself: holidays: [2026-12-25, 2027-01-01]"
        return _refused(intake, Problem(Code.missing_extra, message, hint, _path(settings)))
    countries = package.list_supported_countries()
    if country not in countries:
        message = f"the package 'holidays' has none of {country}"
        hint = "list the days yourself: holidays: [2026-12-25, 2027-01-01]"
        return _refused(intake, Problem(Code.bad_value, message, hint, _path(settings, "country")))
    if calendar.region and calendar.region not in countries[country]:
        message = f"'{calendar.region}' is not a region of {country} with holidays of its own"
        hint = did_you_mean(calendar.region, countries[country]) or "leave region: out"
        return _refused(intake, Problem(Code.bad_value, message, hint, _path(settings, "region")))
    return frozenset(package.country_holidays(country, subdiv=calendar.region, years=_YEARS))


def _package() -> ModuleType | None:
    try:
        return import_module("holidays")
    except ImportError:
        return None


def _path(settings: Settings, key: str = "") -> KeyPath:
    """Where the book asks for holidays: at a key of theirs, else where it says that it shifts."""
    if settings.holidays is None:
        return ("settings", "shift") if settings.shift != "none" else ("settings",)
    return ("settings", "holidays", key) if key in settings.holidays.model_fields_set else ("settings", "holidays")


def _refused(intake: Intake, problem: Problem) -> frozenset[date]:
    intake.refuse(problem, Home(str(SETTINGS), problem.path[1:]))
    return frozenset()
