"""The pages of a dossier: its own from their templates, and the documents that it holds, bound into one PDF.

The cover comes first and says on which page each part begins; it is made last, once that is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from facturar.documents.blocks import title_of
from facturar.documents.bound import Bound, bound, page_count, titled
from facturar.documents.dossier_context import dossier_context
from facturar.documents.pdf import Paperwork
from facturar.documents.press import Press
from facturar.documents.reading import read_blocks
from facturar.model.dossier import Dossier, DossierPart, PartKind
from facturar.model.settings import Look


@dataclass(frozen=True)
class Page:
    """A document of one or more pages: its title and PDF; its Markdown, if it is one of the dossier's own."""

    title: str
    data: bytes
    markdown: str = ""


@dataclass(frozen=True)
class Holding:
    """A part of a dossier before it is set: the documents in it by name, and their PDFs in that order."""

    kind: PartKind
    documents: Mapping[str, bytes]


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

    def _part(self, holding: Holding, dossier: Dossier) -> list[Page]:
        """The pages of a part: its own, then the documents that it holds."""
        held = (Page(titled(data) or name, data) for name, data in holding.documents.items())
        return [self.page(f"dossier/{holding.kind}", dossier), *held]

    def whole(self, dossier: Dossier, holdings: Sequence[Holding], look: Look, folder: Path) -> tuple[str, bytes]:
        """All of it as Markdown, without the documents that it holds, and as one PDF with all of them."""
        parts = [(holding, self._part(holding, dossier)) for holding in holdings]
        cover = self._cover(dossier, parts)
        entries = [Bound(cover.title, cover.data)]
        for _, pages in parts:
            entries += [Bound(page.title, page.data, inner=index > 0) for index, page in enumerate(pages)]
        paperwork = Paperwork(cover.title, self._author, dossier.language, dossier.date)
        texts = (page.markdown for page in (cover, *(page for _, pages in parts for page in pages)) if page.markdown)
        return "\n<!-- page break -->\n\n".join(texts), bound(entries, paperwork, look, folder)

    def _cover(self, dossier: Dossier, parts: Sequence[tuple[Holding, list[Page]]]) -> Page:
        """The cover, whose own length moves the pages that it names: set again until it fits."""
        length = 1
        while True:
            named = dossier.model_copy(update={"contents": tuple(_contents(parts, length))})
            cover = self.page("dossier", named)
            if (pages := page_count(cover.data)) == length:
                return cover
            length = max(pages, length + 1)


def _contents(parts: Sequence[tuple[Holding, list[Page]]], cover: int) -> list[DossierPart]:
    """The parts with the number of the page on which each begins, after a cover of so many pages."""
    found, number = [], cover + 1
    for holding, pages in parts:
        found.append(DossierPart(kind=holding.kind, documents=tuple(holding.documents), page=number))
        number += sum(page_count(page.data) for page in pages)
    return found
