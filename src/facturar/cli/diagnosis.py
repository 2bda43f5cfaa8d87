"""All that is wrong with a book: what reading it found, what the rules say, and which files are missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from facturar.problems import Problem
from facturar.rules.checks import check_book
from facturar.rules.checks.files import file_problems
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

    def has_file(name: str) -> bool:
        return (folder / name).is_file()

    found = [*check_book(reading.book, today), *file_problems(reading.book, has_template, has_file)]
    return located([*reading.problems, *found], reading.sources)
