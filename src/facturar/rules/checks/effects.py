"""What is written in the book and read, but does not do anything yet: said openly rather than ignored."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from facturar.model.book import Book
from facturar.problems import Code, KeyPath, Problem, warning


def _settings(book: Book) -> Iterator[tuple[str, KeyPath]]:
    settings = book.settings
    if settings.mail:
        yield "mail", ("settings", "mail")


def effect_problems(book: Book, _today: date) -> Iterator[Problem]:
    """A warning for each setting in use that this version only reads."""
    for what, path in _settings(book):
        message = f"{what}: read, but without effect in this version"
        yield warning(Code.no_effect_yet, message, "keep it if you like; nothing depends on it so far", path)
