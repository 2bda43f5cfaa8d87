"""The pages of a dossier: its own from their templates, and the documents that it holds, bound into one PDF.

The cover says on which page each part begins, and the chronology on which page each document does: both are set last,
once that is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from facturar.documents.blocks import title_of
from facturar.documents.bound import Bound, bound, page_count, titled
from facturar.documents.dossier_context import dossier_context
from facturar.documents.pdf import Paperwork
from facturar.documents.press import Press
from facturar.documents.reading import read_blocks
from facturar.model.dossier import Dossier, DossierPart, PartKind
from facturar.model.settings import Look

FILE = "dossier.pdf"
"""What all of it is called: links to `dossier.pdf#page=12` lead there, within it and from outside (RFC 8118)."""


@dataclass(frozen=True)
class Page:
    """A document of one or more pages: its title and PDF; its Markdown, if it is one of the dossier's own."""

    title: str
    data: bytes
    markdown: str = ""

    @cached_property
    def length(self) -> int:
        """How many pages it has."""
        return page_count(self.data)


@dataclass(frozen=True)
class Holding:
    """A part of a dossier before it is set: the documents in it by name, and their PDFs in that order."""

    kind: PartKind
    documents: Mapping[str, bytes]


@dataclass(frozen=True)
class _Part:
    """A part as it is set: its own page or pages, then the documents in it by name."""

    kind: PartKind
    own: Page
    held: Mapping[str, Page]

    @property
    def pages(self) -> list[Page]:
        return [self.own, *self.held.values()]


class DossierPages:
    """Sets the pages of one dossier; `author` is who its footers name."""

    def __init__(self, press: Press, author: str) -> None:
        self._press, self._author = press, author

    def page(self, template: str, dossier: Dossier) -> Page:
        """One of the dossier's own pages."""
        text = self._press.page(template, dossier.language, vars(dossier_context(dossier)))
        title = title_of(read_blocks(text)) or template
        data = self._press.pdf(text, language=dossier.language, day=dossier.date, title=title, author=self._author)
        return Page(title, data, text)

    def demand(self, dossier: Dossier) -> Page:
        """The demand for payment, which is also sent alone."""
        return self.page("dossier/demand", dossier)

    def whole(self, dossier: Dossier, holdings: Sequence[Holding], look: Look, folder: Path) -> tuple[str, bytes]:
        """All of it as Markdown, without the documents that it holds, and as one PDF with all of them."""
        cover, parts = self._numbered(dossier, [self._part(holding, dossier) for holding in holdings])
        entries = [Bound(cover.title, cover.data)]
        for part in parts:
            entries += [Bound(page.title, page.data, inner=index > 0) for index, page in enumerate(part.pages)]
        paperwork = Paperwork(cover.title, self._author, dossier.language, dossier.date)
        texts = (page.markdown for page in (cover, *(page for part in parts for page in part.pages)) if page.markdown)
        return "\n<!-- page break -->\n\n".join(texts), bound(entries, paperwork, look, folder, FILE)

    def _part(self, holding: Holding, dossier: Dossier) -> _Part:
        held = {name: Page(titled(data) or name, data) for name, data in holding.documents.items()}
        return _Part(holding.kind, self.page(f"dossier/{holding.kind}", dossier), held)

    def _numbered(self, dossier: Dossier, parts: list[_Part]) -> tuple[Page, list[_Part]]:
        """The cover, and the parts with the chronology, both with the pages of what they name.

        Their own lengths move those pages, so they are set again until that changes nothing. It comes to an end: higher
        numbers are never shorter, and so never make either of them shorter.
        """
        cover = self.page("dossier", dossier)
        while True:
            numbered = _with_pages(dossier, parts, cover.length)
            again = self.page("dossier", numbered)
            set_anew = [self._retold(part, numbered) for part in parts]
            moved = again.length != cover.length or [_length(p) for p in set_anew] != [_length(p) for p in parts]
            cover, parts = again, set_anew
            if not moved:
                return cover, parts

    def _retold(self, part: _Part, dossier: Dossier) -> _Part:
        if part.kind != "chronology":
            return part
        return replace(part, own=self.page("dossier/chronology", dossier))


def _length(part: _Part) -> int:
    return sum(page.length for page in part.pages)


def _with_pages(dossier: Dossier, parts: Sequence[_Part], cover: int) -> Dossier:
    """The dossier with the page of each part, document and event, after a cover of so many pages."""
    contents = tuple(_contents(parts, cover))
    pages = {name: page for part in contents for name, page in zip(part.documents, part.pages, strict=True)}
    events = tuple(
        event.model_copy(update={"page": pages.get(event.document)}) if event.document else event
        for event in dossier.events
    )
    return dossier.model_copy(update={"contents": contents, "events": events})


def _contents(parts: Sequence[_Part], cover: int) -> Iterator[DossierPart]:
    """The parts with the number of the page on which each begins, and each document in it."""
    number = cover + 1
    for part in parts:
        first, *others = accumulate((page.length for page in part.pages), initial=number)
        number = others[-1]
        yield DossierPart(kind=part.kind, documents=tuple(part.held), page=first, pages=tuple(others[:-1]))
