"""All that is wrong with a book: what reading it found, what the rules say, and which files are missing."""

from __future__ import annotations

import os
from datetime import date
from functools import cache
from pathlib import Path

from facturar.documents.attachments import attachment_fault
from facturar.documents.fonts import characters_of, font_fault, hidden, plainly_latin, unprintable
from facturar.documents.pictures import picture_fault
from facturar.model.attachment import Attached
from facturar.model.book import Book
from facturar.model.settings import PASSWORD
from facturar.problems import FacturarError, Problem
from facturar.rules.checks import check_book
from facturar.rules.checks.attached import attachment_problems
from facturar.rules.checks.files import file_problems
from facturar.rules.checks.look import glyph_problems
from facturar.rules.checks.mail import mail_problems
from facturar.store.layout import TEMPLATES
from facturar.store.reading import Reading, located
from facturar.store.shipped import shipped


def diagnosis(reading: Reading, folder: Path, today: date) -> list[Problem]:
    """Every problem on a day, each in its place, in the order of the files."""
    if reading.book is None:
        return located(reading.problems, reading.sources)
    templates = (folder / TEMPLATES, shipped("templates"))

    def has_template(name: str, language: str) -> bool:
        return any((place / language / f"{name}.md.j2").is_file() for place in templates)

    places = (folder for place in templates if place.is_dir() for folder in place.iterdir() if folder.is_dir())
    languages = sorted({place.name for place in places})

    def has_file(name: str) -> bool:
        return (folder / name).is_file()

    def fault_of(name: str, what: str) -> FacturarError | None:
        return font_fault(name, folder) if what == "typeface" else picture_fault(name, folder, what)

    def size_of(name: str) -> int | None:
        return (folder / name).stat().st_size if has_file(name) else None

    @cache
    def unfit(attached: Attached) -> FacturarError | None:
        return attachment_fault(attached.file, folder, as_pages=not attached.beside)

    found = [
        *check_book(reading.book, today),
        *file_problems(reading.book, has_template, languages, has_file, fault_of),
        *attachment_problems(reading.book, today, size_of, unfit),
        *_glyphs(reading.book, folder),
        *mail_problems(reading.book, password_in_environment=PASSWORD in os.environ),
    ]
    return located([*reading.problems, *found], reading.sources)


def _glyphs(book: Book, folder: Path) -> list[Problem]:
    """Texts that the book's typeface cannot show; none of a typeface that is itself at fault."""
    typeface = book.settings.look.typeface
    if typeface and any(font_fault(name, folder) for name in typeface.cuts):
        return []

    @cache
    def characters() -> frozenset[int]:
        return characters_of(typeface, folder)

    def missing(text: str) -> tuple[str, str]:
        if typeface is None and plainly_latin(text):
            return "", ""
        return unprintable(text, characters()), hidden(text)

    return list(glyph_problems(book, missing))
