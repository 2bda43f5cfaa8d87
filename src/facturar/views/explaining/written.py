"""What the files say now at a key path, read from the models."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pydantic import BaseModel

from facturar.model.book import Book
from facturar.model.dated import PriceSince
from facturar.problems import KeyPath


def value_at(book: Book, path: KeyPath) -> object:
    """The value at a key path as its model holds it; None when there is none."""
    found: object = book
    for step in path:
        found = _inside(found, step)
    return found


def _inside(found: object, step: str | int) -> object:
    match found:
        case BaseModel() | Book():
            return getattr(found, str(step), None)
        case dict():
            return found.get(step)
        case tuple() if isinstance(step, int) and step < len(found):
            return found[step]
        case _:
            return None


def price_at(book: Book, path: KeyPath) -> tuple[Decimal, date | None] | None:
    """The price at a path with the day from which it holds, None for one that always did."""
    found = value_at(book, path)
    if isinstance(found, tuple) and len(found) == 1:
        found = found[0]
    if isinstance(found, Decimal):
        return found, None
    if isinstance(found, PriceSince):
        return found.amount, None if found.since == date.min else found.since
    return None
