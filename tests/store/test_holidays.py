"""The holidays of a book: a country's, a region's, those it lists; and what is said when they cannot be known."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest
from tests.store.test_reading import ACME, SETTINGS, reading_of, said

from facturar.problems import Code, Place

SHIFT = f"{SETTINGS}shift: next business day\n"
CHRISTMAS, CONSTITUTION_OF_MADRID = date(2026, 12, 25), date(2026, 5, 2)
AN_OWN_DAY, THANKSGIVING = date(2026, 11, 9), date(2026, 11, 26)

KNOWN = {
    "nobody asks": (SETTINGS, ACME, []),
    "none is asked for": (f"{SETTINGS}shift: none\n", ACME, []),
    "the country's, for shifting": (SHIFT, ACME, [CHRISTMAS]),
    "for one client": (SETTINGS, "acme: {name: Acme, shift: previous business day}", [CHRISTMAS]),
    "asked for by themselves": (f"{SETTINGS}holidays: {{official: true}}\n", ACME, [CHRISTMAS]),
    "a region's": (f"{SHIFT}holidays: {{region: MD}}\n", ACME, [CHRISTMAS, CONSTITUTION_OF_MADRID]),
    "a day of one's own beside them": (f"{SHIFT}holidays: {{also: [2026-11-09]}}\n", ACME, [CHRISTMAS, AN_OWN_DAY]),
    "another country's": (f"{SHIFT}holidays: {{country: US}}\n", ACME, [CHRISTMAS, THANKSGIVING]),
    "only those listed": (f"{SHIFT}holidays: [2026-11-09]\n", ACME, [AN_OWN_DAY]),
    "the same in full": (f"{SHIFT}holidays: {{official: false, also: [2026-11-09]}}\n", ACME, [AN_OWN_DAY]),
    "none, only weekends": (f"{SHIFT}holidays: []\n", ACME, []),
}


@pytest.mark.parametrize(("settings", "clients", "expected"), KNOWN.values(), ids=KNOWN)
def test_the_days_of_a_book(tmp_path: Path, settings: str, clients: str, expected: list[date]) -> None:
    pytest.importorskip("holidays")
    reading = reading_of(tmp_path, {"facturar.yaml": settings, "clients.yaml": clients})
    assert said(reading) == []
    assert reading.book is not None
    asked = {CHRISTMAS, CONSTITUTION_OF_MADRID, AN_OWN_DAY, THANKSGIVING}
    assert reading.book.holidays & asked == frozenset(expected)


UNKNOWN = {
    "a region that is none": (f"{SHIFT}holidays: {{region: MAD}}\n", Code.bad_value, 6, "did you mean 'MD'?"),
    "a country without any": (f"{SHIFT}holidays: {{country: ZZ}}\n", Code.bad_value, 6, "list the days yourself"),
    "a region of no country's": (
        f"{SHIFT}holidays: {{official: false, region: MD}}\n",
        Code.bad_value,
        6,
        "take official: false out",
    ),
    "a day that is none": (f"{SHIFT}holidays: [2026-02-30]\n", Code.bad_date, 6, "write year-month-day"),
    "a shift that is none": (f"{SETTINGS}shift: next day\n", Code.not_a_choice, 5, "next business day"),
}


@pytest.mark.parametrize(("settings", "code", "line", "hint"), UNKNOWN.values(), ids=UNKNOWN)
def test_what_cannot_be_known_is_told(tmp_path: Path, settings: str, code: Code, line: int, hint: str) -> None:
    pytest.importorskip("holidays")
    (problem,) = reading_of(tmp_path, {"facturar.yaml": settings}).problems
    assert problem.place is not None
    assert (problem.code, problem.place.line) == (code, line)
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("settings", "clients", "place"),
    [
        (SHIFT, ACME, Place("facturar.yaml", 5, 8)),
        (f"{SHIFT}holidays: {{region: MD}}\n", ACME, Place("facturar.yaml", 6, 11)),
        (SETTINGS, "acme: {name: Acme, shift: next business day}", Place("facturar.yaml", 1, 1)),
    ],
    ids=["where it shifts", "where it names holidays", "where a client asks"],
)
def test_without_the_package_the_message_gives_the_line_to_install_it(
    tmp_path: Path, settings: str, clients: str, place: Place
) -> None:
    with patch.dict(sys.modules, {"holidays": None}):
        reading = reading_of(tmp_path, {"facturar.yaml": settings, "clients.yaml": clients})
    (problem,) = reading.problems
    assert (problem.code, problem.place) == (Code.missing_extra, place)
    assert problem.hint.startswith("pip install 'facturar[holidays]'")


def test_days_that_are_listed_need_no_package(tmp_path: Path) -> None:
    with patch.dict(sys.modules, {"holidays": None}):
        reading = reading_of(tmp_path, {"facturar.yaml": f"{SHIFT}holidays: [2026-11-09]\n"})
    assert said(reading) == []
    assert reading.book is not None
    assert reading.book.holidays == {AN_OWN_DAY}
