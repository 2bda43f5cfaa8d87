"""How far each day's hours, expenses and lines were billed, by the keys that say "up to".

A key covers all up to its amount that was not covered by then. A credit note that releases it frees just what it
covered: what was billed later, up to more, stays billed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from facturar.model.invoice import Invoice
from facturar.model.money import ZERO

Stretch = tuple[Decimal, Decimal]
"""From an amount up to another."""


@dataclass(frozen=True)
class Open:
    """How much of something is not billed, and up to where the last of it reaches."""

    amount: Decimal
    up_to: Decimal


def _gaps(stretches: Iterable[Stretch], low: Decimal, high: Decimal) -> Iterator[Stretch]:
    """What between two amounts is in none of some stretches."""
    for start, end in sorted(stretches):
        if low < min(start, high):
            yield low, min(start, high)
        low = max(low, end)
    if low < high:
        yield low, high


@dataclass(frozen=True)
class Spans:
    """The stretches of something that are billed."""

    stretches: tuple[Stretch, ...] = ()

    @property
    def end(self) -> Decimal:
        """Up to where it is billed."""
        return max((end for _, end in self.stretches), default=ZERO)

    def open(self, low: Decimal, high: Decimal) -> Open:
        """What is not billed between two amounts."""
        gaps = list(_gaps(self.stretches, low, high))
        return Open(sum((end - start for start, end in gaps), ZERO), gaps[-1][1] if gaps else high)


NOTHING = Spans()


def _up_to(key: str) -> tuple[str, Decimal] | None:
    """What a key of a day and an amount is of, and the amount: `web:2026-10-28:3.5h`, `web:lines:2026-06-01:500`."""
    stem, _, end = key.rpartition(":")
    if ":" in stem and stem[-10:-6].isdecimal():
        amount = end.removesuffix("h")
        if amount.replace(".", "", 1).isdecimal():
            return stem, Decimal(amount)
    return None


class _Step(NamedTuple):
    """A key that a record covers, or that a credit note releases of one."""

    day: date
    number: str
    amount: Decimal
    released: bool = False


def _steps(records: Iterable[Invoice]) -> dict[str, list[_Step]]:
    found: dict[str, list[_Step]] = defaultdict(list)
    for record in records:
        for key in record.covers:
            if read := _up_to(key):
                found[read[0]].append(_Step(record.issued, record.number, read[1]))
        for key in record.releases:
            if read := _up_to(key):
                found[read[0]].append(_Step(record.issued, record.corrects or "", read[1], released=True))
    return found


def _in_order(steps: Iterable[_Step]) -> list[_Step]:
    """The steps by day; on one day what is released again, its release, then what is billed anew.

    Numbers don't tell which came first: credit notes have a series of their own.
    """
    known = list(steps)
    given_back = {(step.number, step.day) for step in known if step.released}

    def place(step: _Step) -> tuple[date, int]:
        return step.day, 1 if step.released else 0 if (step.number, step.day) in given_back else 2

    return sorted(known, key=place)


def _played(steps: Sequence[_Step]) -> Spans:
    if not any(step.released for step in steps):
        return Spans(((ZERO, max(step.amount for step in steps)),))
    by: dict[str, list[Stretch]] = defaultdict(list)
    for step in _in_order(steps):
        if step.released:
            by.pop(step.number, None)
        else:
            taken = [stretch for own in by.values() for stretch in own]
            by[step.number] += _gaps(taken, ZERO, step.amount)
    return Spans(tuple(stretch for own in by.values() for stretch in own))


def covered(records: Iterable[Invoice]) -> dict[str, Spans]:
    """What is billed of each day's hours, expenses and lines, by the stem of their keys."""
    return {stem: _played(steps) for stem, steps in _steps(records).items()}
