"""Patterns of document numbers: `F-{year}-{seq:04d}`."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, NamedTuple

from pydantic import AfterValidator

from facturar.model.scalars import fault
from facturar.problems import Code

_FIELD = re.compile(r"\{(?:year|month|seq(?::0(\d)d)?)\}")
_SEQ = re.compile(r"\{seq(?::0(\d)d)?\}")
_HINT = (
    "write it like F-{year}-{seq:04d}; {year}, {month} and one {seq} are filled in, the rest are letters, digits, - _ ."
)


def _pattern(text: str) -> str:
    literal = _FIELD.sub("", text)
    if len(_SEQ.findall(text)) != 1 or not re.fullmatch(r"[A-Za-z0-9_.-]*", literal, re.ASCII) or text[0] == ".":
        raise fault(Code.bad_pattern, f"'{text}' is not a pattern for numbers", _HINT)
    return text


def follows(pattern: str, number: str) -> bool:
    """Whether a number is of a pattern, in whatever year and month.

    >>> follows("F-{year}-{seq:04d}", "F-2026-0037"), follows("F-{year}-{seq:04d}", "37")
    (True, False)
    """
    digits = {"{year}": r"\d{4}", "{month}": r"\d{2}"}
    parts = re.split(r"(\{[^}]*\})", pattern)
    shape = "".join(digits.get(part, r"\d+") if part.startswith("{") else re.escape(part) for part in parts)
    return re.fullmatch(shape, number, re.ASCII) is not None


NumberPattern = Annotated[str, AfterValidator(_pattern)]


class Series(NamedTuple):
    """The text around the running number; seq starts again when it changes.

    >>> series = series_of("F-{year}-{seq:04d}", date(2026, 11, 30))
    >>> series.number(12), series.seq_of("F-2026-0012"), series.seq_of("R-2026-0001")
    ('F-2026-0012', 12, None)
    """

    prefix: str
    suffix: str
    width: int

    def number(self, seq: int) -> str:
        """The document number of a running number."""
        return f"{self.prefix}{seq:0{self.width}d}{self.suffix}"

    def seq_of(self, number: str) -> int | None:
        """The running number inside a document number; None when it is of another series."""
        if not (number.startswith(self.prefix) and number.endswith(self.suffix)):
            return None
        middle = number[len(self.prefix) : len(number) - len(self.suffix)]
        if not re.fullmatch(r"\d+", middle, re.ASCII) or self.number(int(middle)) != number:
            return None
        return int(middle)


def _filled(text: str, day: date) -> str:
    return text.replace("{year}", f"{day.year:04d}").replace("{month}", f"{day.month:02d}")


def series_of(pattern: str, day: date) -> Series:
    """The series of a pattern on a day."""
    match = _SEQ.search(pattern)
    assert match, "a NumberPattern has one {seq}"
    before, after = (_filled(part, day) for part in (pattern[: match.start()], pattern[match.end() :]))
    return Series(before, after, int(match[1] or 1))
