"""The aging as a page: its template filled in, as Markdown, as a PDF or as HTML."""

from __future__ import annotations

from pathlib import Path

from facturar.cli.aging_tables import Found
from facturar.cli.carry_out import press_for
from facturar.cli.output_file import put_outside
from facturar.cli.session import Opened
from facturar.documents.aging_context import AgingFacts, aging_context
from facturar.documents.press import Press
from facturar.problems import UsageError

_TITLE = {"es": "Antigüedad de saldos", "en": "Aged balances"}


def aging_page(found: Found, opened: Opened, press: Press, language: str) -> str:
    """The Markdown of an aging table in a language."""
    known = found.asked.known
    facts = AgingFacts(
        found.table, found.items, found.asked.by.value, opened.book, known.made.date() if known else None
    )
    return press.page("aging", language, vars(aging_context(facts, language)))


def write_aging(file: Path, found: Found, opened: Opened) -> None:
    """The aging in a file outside the book, by the file's ending: .pdf, .html or .md."""
    settings, press = opened.book.settings, press_for(opened)
    language, business = settings.language, settings.business
    title = _TITLE.get(language, "Aging")
    if file.suffix not in (".pdf", ".html", ".md"):
        raise UsageError(f"{file}: a page is a .pdf, an .html or an .md file", "data go to stdout: --format csv > FILE")
    text = aging_page(found, opened, press, language)
    match file.suffix:
        case ".pdf":
            author = business.trade_name or business.name
            data = press.pdf(text, language=language, day=found.asked.day, title=title, author=author)
        case ".html":
            data = press.html(text, language=language, title=title)
        case _:
            data = text.encode()
    put_outside(file, data, opened)
