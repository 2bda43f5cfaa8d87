"""Goods that cannot be as they are written: more delivered than there was, received where no count takes note."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.catalog import Item, Stock
from facturar.problems import Code, KeyPath, Problem, warning
from facturar.rules.stock import Movement, movements


def _not_in_the_count(item_id: str, item: Item) -> Iterator[Problem]:
    """Goods received that change nothing: by the day of the count, or without one."""
    if item.received and item.stock is None:
        hint = "add stock: {counted: 0, on: DATE}, with the day before the first came in"
        message = f"'{item_id}' was received but never counted: it is in no stock"
        yield warning(Code.stock, message, hint, ("catalog", item_id, "received"))
    for index, came in enumerate(item.received if item.stock else ()):
        if item.stock and came.date <= item.stock.on:
            message = f"received on {came.date}, by the count of {item.stock.on}: it is in that count, and not added"
            hint = "take it out, or correct the date of one of the two"
            yield warning(Code.stock, message, hint, ("catalog", item_id, "received", index, "date"))


def _events(item: Item, stock: Stock, moved: list[Movement], today: date) -> list[tuple[date, Decimal, KeyPath]]:
    """What came in (above zero) and went out since the count, by day; what came in on a day before what went out."""
    came = [(r.date, r.quantity, ()) for r in item.received if stock.on < r.date <= today]
    gone = [(m.day, -m.quantity, m.path) for m in moved if m.day and m.day > stock.on]
    return sorted([*came, *gone], key=lambda event: event[0])


def _more_than_there_was(item_id: str, item: Item, moved: list[Movement], today: date) -> Iterator[Problem]:
    """The jobs that took an item below nothing."""
    if item.stock is None:
        return
    left = item.stock.counted
    for day, quantity, path in _events(item, item.stock, moved, today):
        if quantity < 0 <= left and left + quantity < 0:
            message = f"{-quantity} of '{item_id}' went out on {day}, but only {left} were there"
            hint = f"write what came in as received: of '{item_id}', or count it again"
            yield warning(Code.stock, message, hint, path)
        left += quantity


def stock_problems(book: Book, today: date) -> Iterator[Problem]:
    """What does not add up in the stock, by item of the catalogue."""
    moved: dict[str, list[Movement]] = defaultdict(list)
    for movement in movements(book, today) if any(item.stock for item in book.catalog.values()) else ():
        moved[movement.item].append(movement)
    for item_id, item in book.catalog.items():
        yield from _not_in_the_count(item_id, item)
        yield from _more_than_there_was(item_id, item, moved[item_id], today)
