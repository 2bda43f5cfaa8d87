"""Several PDFs bound into one: an outline of parts and documents, a number on every page, and links between pages.

The bytes follow from what is passed in: the file is dated by its day and identified by its content. It names no
archival profile, as the documents inside keep their own.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, BooleanObject, ByteStringObject, DictionaryObject, NameObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

from facturar.documents.escaping import one_line
from facturar.documents.pdf import Paperwork
from facturar.documents.typography import GREY, typography
from facturar.model.settings import Look

_EDGE = 22.0
"""How far from the corner of the page its number stands, in points."""


@dataclass(frozen=True)
class Bound:
    """A document to bind: its entry in the outline, its bytes, and whether it is a document within the part before."""

    title: str
    data: bytes
    inner: bool = False


def page_count(data: bytes) -> int:
    """How many pages a PDF of ours has."""
    return len(PdfReader(io.BytesIO(data)).pages)


def titled(data: bytes) -> str:
    """What a PDF says that it is called; empty when it does not say."""
    metadata = PdfReader(io.BytesIO(data)).metadata
    return metadata.title or "" if metadata else ""


def bound(documents: Sequence[Bound], paperwork: Paperwork, look: Look, folder: Path, file: str) -> bytes:
    """All of them in one PDF, in their order. The same bytes for the same input.

    `file` is what it will be called: what links to a page of that file (`dossier.pdf#page=12`) leads there.
    """
    writer = PdfWriter()
    writer.pdf_header = "%PDF-1.7"
    part = None
    for document in documents:
        first = len(writer.pages)
        writer.append(PdfReader(io.BytesIO(document.data)), import_outline=False)
        entry = writer.add_outline_item(
            title=one_line(document.title), page_number=first, parent=part if document.inner else None
        )
        part = part if document.inner else entry
    _number(writer, look, folder)
    _lead_to_pages(writer, file)
    _describe(writer, paperwork, documents)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _lead_to_pages(writer: PdfWriter, file: str) -> None:
    """Makes links to a page of this very file, which name it, lead there from within (ISO 32000-1, 12.5.6.5)."""
    for page in writer.pages:
        for entry in page.get("/Annots") or ():
            annotation = entry.get_object()
            action = annotation.get("/A")
            target = action.get_object().get("/F", "") if action else ""
            if link := re.fullmatch(rf"{re.escape(file)}#page=(\d+)", str(target)):
                reference = writer.pages[int(link[1]) - 1].indirect_reference
                annotation[NameObject("/Dest")] = ArrayObject([reference, NameObject("/Fit")])
                del annotation["/A"]


def _number(writer: PdfWriter, look: Look, folder: Path) -> None:
    """Puts the number of each page among all of them at its top right."""
    sizes = [(float(page.mediabox.width), float(page.mediabox.height)) for page in writer.pages]
    numbers = PdfReader(io.BytesIO(_numbers(sizes, look, folder)))
    for page, over in zip(writer.pages, numbers.pages, strict=True):
        page.merge_page(over)


def _numbers(sizes: Iterable[tuple[float, float]], look: Look, folder: Path) -> bytes:
    """Pages of these sizes that have nothing but their number."""
    type_, pages, out = typography(look, folder), list(sizes), io.BytesIO()
    canvas: Any = Canvas(out, invariant=1)
    for number, (width, height) in enumerate(pages, start=1):
        canvas.setPageSize((width, height))
        canvas.setFont(type_.face.regular, type_.design.tiny)
        canvas.setFillColor(GREY)
        canvas.drawRightString(width - _EDGE, height - _EDGE, f"{number} / {len(pages)}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _describe(writer: PdfWriter, paperwork: Paperwork, documents: Sequence[Bound]) -> None:
    """What the file says of itself: title, author, language, day, and an identity that follows from its content."""
    day = f"D:{paperwork.day:%Y%m%d}000000Z"
    writer.metadata = {
        "/Title": one_line(paperwork.title),
        "/Author": one_line(paperwork.author),
        "/Creator": "facturar",
        "/Producer": "facturar",
        "/CreationDate": day,
        "/ModDate": day,
    }
    writer.page_mode = "/UseOutlines"
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject(paperwork.language)
    root[NameObject("/ViewerPreferences")] = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    digest = hashlib.md5(paperwork.title.encode(), usedforsecurity=False)
    for document in documents:
        digest.update(hashlib.md5(document.data, usedforsecurity=False).digest())
    identity = ByteStringObject(digest.digest())
    writer._ID = ArrayObject((identity, identity))
