"""What a document of a day says of the season, beside the job's own message."""

from __future__ import annotations

from datetime import date

from facturar.model.book import Book
from facturar.model.season import ANY_LANGUAGE


def seasonal_message(book: Book, language: str, day: date) -> str | None:
    """The first of the book's messages that holds on a day and is said in a language; nothing in a foreign one."""
    for message in book.settings.messages:
        text = message.text.get(language) or message.text.get(ANY_LANGUAGE)
        if text and message.holds(day):
            return text
    return None


def message_on(own: str | None, book: Book, language: str, day: date) -> str | None:
    """The whole message of a document: the job's own, then that of the season, as paragraphs."""
    return "\n\n".join(text for text in (own, seasonal_message(book, language, day)) if text) or None
