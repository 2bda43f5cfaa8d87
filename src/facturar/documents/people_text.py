"""Whose hours a document lists, and how many each worked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from facturar.documents.line_text import total_of
from facturar.documents.wording import Wording


@dataclass(frozen=True)
class PersonText:
    """The hours of one person."""

    name: str
    hours: str


def people_texts(worked: Iterable[tuple[str, Decimal]], wording: Wording) -> tuple[PersonText, ...]:
    """The hours of each person, in the order in which they first come; nobody, when all are one person's."""
    found: dict[str, list[Decimal]] = {}
    for name, hours in worked:
        found.setdefault(name, []).append(hours)
    people = (PersonText(name, wording.hours(total_of(hours))) for name, hours in found.items())
    return tuple(people) if len(found) > 1 else ()
