"""Blocks → PDF: the paper, its margins, its footer, outline and metadata. What stands on the page is `composition`'s.

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
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from facturar.documents.archival import srgb_profile, xmp
from facturar.documents.blocks import Block
from facturar.documents.composition import Composer
from facturar.documents.escaping import one_line
from facturar.documents.pictures import picture_path
from facturar.documents.printed_heads import Sheet
from facturar.documents.typography import GREY, HAIRLINE, Typography, typography
from facturar.documents.wording import page_of
from facturar.model.settings import Look

rl_config.useA85 = 0  # binary streams: a file of text alone is a quarter larger, and nobody needs it

_PAPERS = {"A4": A4, "Letter": LETTER}
_FOOTER = 12 / 22
"""How far up in the bottom margin the footer stands."""
_STRIP = 6.0
_PRINTED = 4
_VERSION = (1, 7)  # ISO 32000-1, on which PDF/A-2 rests


@dataclass(frozen=True)
class Paperwork:
    """What a PDF says of itself: its title, who made it, in which language, on which day."""

    title: str
    author: str
    language: str
    day: date


def pdf(blocks: Sequence[Block], paperwork: Paperwork, look: Look, folder: Path) -> bytes:
    """The PDF of a document. Raises FacturarError when a typeface, picture or attached file cannot be."""
    type_ = typography(look, folder)
    sheet = Sheet(*_PAPERS[look.paper], type_.design.margins.changed(look.margins))
    sides = sheet.sides
    frame = Frame(
        *(sides.left, sides.bottom, sheet.text_width, sheet.text_height),
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    out = io.BytesIO()
    title, author = one_line(paperwork.title), one_line(paperwork.author)
    document = BaseDocTemplate(
        out,
        pagesize=(sheet.width, sheet.height),
        pageTemplates=[PageTemplate(frames=[frame], onPage=partial(_strip, type_, sheet))],
        title=title,
        author=author,
        subject=title,
        creator="facturar",
        producer="facturar",
        lang=paperwork.language,
        initialFontName=type_.face.regular,
        displayDocTitle=1,
        invariant=1,
    )
    logo = picture_path(look.logo, folder, "logo") if look.logo else None
    composer = Composer(type_, sheet, folder, logo)
    said = Paperwork(title, author, paperwork.language, paperwork.day)
    document.build(composer.flow(blocks), canvasmaker=partial(_Sheets, said, type_, sheet))
    if not composer.placed:
        return out.getvalue()
    from facturar.documents.attached_pages import with_pages

    return with_pages(out.getvalue(), composer.placed)


class _Sheets(Canvas):
    """A canvas whose pages carry a footer that is written once their number is known, dated by its paperwork."""

    def __init__(self, paperwork: Paperwork, look: Typography, sheet: Sheet, file: Any, **options: Any) -> None:
        self._paperwork, self._look, self._sheet = paperwork, look, sheet
        self._entries: list[int] = []
        super().__init__(file, **{**options, "pdfVersion": _VERSION})
        self.setDateFormatter(lambda *_: f"D:{paperwork.day:%Y%m%d}000000Z")
        # The file's identity begins with a time, which the environment could set (SOURCE_DATE_EPOCH): begin with none.
        document = vars(self)["_doc"]
        document.signature = hashlib.md5(usedforsecurity=False)
        _make_archival(document, paperwork)

    def outlined(self, level: int, title: str, top: float) -> None:
        """Enters a heading into the outline, as high up in it as the headings before it allow."""
        depth = min(level - 1, self._entries[-1] + 1 if self._entries else 0)
        key = f"heading-{len(self._entries)}"
        self.bookmarkHorizontal(key, 0, top)
        self.addOutlineEntry(title, key, depth)
        self._entries.append(depth)

    def _addAnnotation(self, annotation: Any, *where: Any) -> None:  # noqa: N802 - ReportLab's name
        """A link; PDF/A asks of each annotation whether it is printed (ISO 19005-2, 6.3.2)."""
        annotation.dict["F"] = _PRINTED
        canvas: Any = super()
        canvas._addAnnotation(annotation, *where)

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        self.doForm(f"footer-{self.getPageNumber()}")
        super().showPage()

    def save(self) -> None:
        pages = self.getPageNumber() - 1
        for page in range(1, pages + 1):
            self.beginForm(f"footer-{page}", upperx=self._sheet.width, uppery=self._sheet.sides.bottom)
            self._footer(page_of(self._paperwork.language, page, pages))
            self.endForm()
        super().save()

    def _footer(self, page: str) -> None:
        look, sides = self._look, self._sheet.sides
        left, right, height = sides.left, self._sheet.width - sides.right, sides.bottom * _FOOTER
        self.setStrokeColor(HAIRLINE)
        self.setLineWidth(0.5)
        self.line(left, height + 12, right, height + 12)
        self.setFont(look.face.regular, look.design.tiny)
        self.setFillColor(GREY)
        room = right - left - look.face.width(page, look.design.tiny) - 20
        self.drawString(left, height, look.cut(f"{self._paperwork.author} · {self._paperwork.title}", room))
        self.drawRightString(right, height, page)


def _strip(look: Typography, sheet: Sheet, canvas: Canvas, _document: object) -> None:
    """A strip of the accent along the top of each page, where the layout has bands."""
    if look.design.letterhead == "band":
        canvas.saveState()
        canvas.setFillColor(look.accent)
        canvas.rect(0, sheet.height - _STRIP, sheet.width, _STRIP, stroke=0, fill=1)
        canvas.restoreState()


def _make_archival(document: Any, paperwork: Paperwork) -> None:
    """Gives the document its XMP metadata and says what its colours mean."""
    packet = xmp(**vars(paperwork))
    catalog = document.Catalog
    catalog.Metadata = pdfdoc.XMP(creator=lambda _: packet)
    profile = pdfdoc.PDFStream(dictionary=pdfdoc.PDFDictionary({"N": 3}), content=srgb_profile())
    intent = {
        "Type": pdfdoc.PDFName("OutputIntent"),
        "S": pdfdoc.PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": pdfdoc.PDFString("sRGB"),
        "Info": pdfdoc.PDFString("sRGB IEC61966-2.1"),
        "DestOutputProfile": document.Reference(profile),
    }
    catalog.OutputIntents = pdfdoc.PDFArray([pdfdoc.PDFDictionary(intent)])
    # Of a catalogue's entries ReportLab writes those that it knows by name.
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
