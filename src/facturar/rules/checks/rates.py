"""The ledger of exchange rates: one rate a day for each currency, and none for the book's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from facturar.model.book import Book
from facturar.problems import Code, Problem


def _of_the_books_own(book: Book) -> Iterator[Problem]:
    home = book.settings.currency
    for index, rate in enumerate(book.rates):
        if rate.currency == home:
            message = f"a rate for {home}, which is the book's own currency"
            hint = f"write the other currency, and what one unit of it is in {home}"
            yield Problem(Code.wrong_currency, message, hint, ("rates", index, "currency"))


def _twice_on_a_day(book: Book) -> Iterator[Problem]:
    seen: set[tuple[str, date]] = set()
    for index, rate in enumerate(book.rates):
        if (rate.currency, rate.date) in seen:
            message = f"two rates for {rate.currency} on {rate.date}"
            hint = "keep one, or give the other its own day"
            yield Problem(Code.same_day_twice, message, hint, ("rates", index, "date"))
        seen.add((rate.currency, rate.date))


def rate_problems(book: Book, _today: date) -> Iterator[Problem]:
    """What is wrong with the ledger of rates. That a rate is above zero, its model sees to."""
    yield from _of_the_books_own(book)
    yield from _twice_on_a_day(book)
