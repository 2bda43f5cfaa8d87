"""Blocks → PDF: the paper, its margins, its footer and its metadata. What stands on the page is `composition`'s.

The bytes follow from what is passed in: the file is dated by the document's day, and identified by its content.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from facturar.documents.blocks import Block
from facturar.documents.composition import Composer
from facturar.documents.fonts import REGULAR, printable, width_of
from facturar.documents.logo import logo_path
from facturar.documents.typography import GREY, HAIRLINE, TINY, typography
from facturar.documents.wording import page_of
from facturar.model.settings import Look

rl_config.useA85 = 0  # binary streams: a file of text alone is a quarter larger, and nobody needs it

_PAPERS = {"A4": A4, "Letter": LETTER}
_SIDE, _TOP, _BOTTOM, _FOOTER = 21 * mm, 18 * mm, 22 * mm, 12 * mm


@dataclass(frozen=True)
class Paperwork:
    """What a PDF says of itself: its title, who made it, in which language, on which day."""

    title: str
    author: str
    language: str
    day: date


def pdf(blocks: Sequence[Block], paperwork: Paperwork, look: Look, folder: Path) -> bytes:
    """The PDF of a document. Raises FacturarError when the look's logo is not a picture inside the folder."""
    paper = _PAPERS[look.paper]
    type_ = typography(look.accent)
    width, height = paper[0] - 2 * _SIDE, paper[1] - _TOP - _BOTTOM
    frame = Frame(_SIDE, _BOTTOM, width, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    out = io.BytesIO()
    document = BaseDocTemplate(
        out,
        pagesize=paper,
        pageTemplates=[PageTemplate(frames=[frame])],
        title=paperwork.title,
        author=paperwork.author,
        subject=paperwork.title,
        creator="facturar",
        producer="facturar",
        lang=paperwork.language,
        initialFontName=REGULAR,
        displayDocTitle=1,
        invariant=1,
    )
    composer = Composer(type_, width, logo_path(look, folder))
    document.build(composer.flow(blocks), canvasmaker=partial(_Sheets, paperwork))
    return out.getvalue()


class _Sheets(Canvas):
    """A canvas whose pages carry a footer that is written once their number is known, dated by its paperwork."""

    def __init__(self, paperwork: Paperwork, file: Any, *, pagesize: tuple[float, float], **options: Any) -> None:
        super().__init__(file, pagesize=pagesize, **options)
        self._paperwork = paperwork
        self._right = pagesize[0] - _SIDE
        self.setDateFormatter(lambda *_: f"D:{paperwork.day:%Y%m%d}000000Z")
        # The file's identity begins with a time, which the environment could set (SOURCE_DATE_EPOCH): begin with none.
        vars(self)["_doc"].signature = hashlib.md5(usedforsecurity=False)

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        self.doForm(f"footer-{self.getPageNumber()}")
        super().showPage()

    def save(self) -> None:
        pages = self.getPageNumber() - 1
        for page in range(1, pages + 1):
            self.beginForm(f"footer-{page}", upperx=self._right + _SIDE, uppery=_BOTTOM)
            self._footer(page_of(self._paperwork.language, page, pages))
            self.endForm()
        super().save()

    def _footer(self, page: str) -> None:
        right = self._right
        self.setStrokeColor(HAIRLINE)
        self.setLineWidth(0.5)
        self.line(_SIDE, _FOOTER + 12, right, _FOOTER + 12)
        self.setFont(REGULAR, TINY)
        self.setFillColor(GREY)
        whose = printable(f"{self._paperwork.author} · {self._paperwork.title}")
        self.drawString(_SIDE, _FOOTER, _cut(whose, right - _SIDE - width_of(page, TINY) - 20))
        self.drawRightString(right, _FOOTER, page)


def _cut(text: str, width: float) -> str:
    """As much of the text as fits."""
    if width_of(text, TINY) <= width:
        return text
    while text and width_of(f"{text}…", TINY) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"
