"""The pages of attached PDFs as drawings that can be placed on pages of ours: each page one form (ISO 32000-1, 8.10).

A form keeps its page's own fonts and pictures, is cut at the page's visible box, and shows what annotations show there:
fields that were filled in, stamps, the look of a signature. Links, scripts and files inside are left behind.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PdfReadError, PyPdfError
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    StreamObject,
)

from facturar.documents.attachments import BROKEN, broken, pdf_of

_HIDDEN, _NO_VIEW = 0b10, 0b100000
_OF_ITS_OWN = ("/Link", "/Popup")
"""Annotations that show nothing on paper."""
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Placed:
    """A page of an attached PDF (counted from 0) in a box of ours (left, bottom, width, height), on a page of ours."""

    name: str
    data: bytes
    number: int
    on: int
    box: Box


@dataclass(frozen=True)
class _Look:
    """What an annotation shows: a form, the form's own matrix and box, and the rectangle of the page that it fills."""

    form: Any
    matrix: Sequence[float]
    box: Box
    rectangle: Box


@dataclass(frozen=True)
class _Paper:
    """The boxes of a page (left, bottom, right, top), before it is turned by so many degrees."""

    media: Box
    crop: Box
    turn: int


@dataclass(frozen=True)
class _Sheet:
    """A page as it was read: all that it shows, within the file that is to show it."""

    paper: _Paper
    content: bytes
    resources: DictionaryObject
    group: Any
    looks: tuple[_Look, ...]


def page_sizes(name: str, data: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of each page as it is seen, in points. Raises FacturarError when it cannot be printed."""
    reader = pdf_of(name, data)
    with _reading(name):
        papers = [_paper(page) for page in reader.pages]
    return tuple(map(_seen, papers))


def page_forms(name: str, data: bytes) -> None:
    """Makes every page a form, to see whether that can be done. Raises FacturarError when not."""
    writer = PdfWriter()
    for sheet in _sheets(name, data, writer):
        _form(sheet, writer)


def with_pages(document: bytes, placed: Sequence[Placed]) -> bytes:
    """A document of ours with attached pages drawn where they were placed. The same bytes for the same input."""
    ours = PdfReader(io.BytesIO(document))
    writer = PdfWriter(clone_from=ours)
    writer.pdf_header = ours.pdf_header
    files = {each.name: each.data for each in placed}
    sheets = {name: _sheets(name, data, writer) for name, data in files.items()}
    for each in placed:
        sheet = sheets[each.name][each.number]
        _draw(_form(sheet, writer), _matrix(sheet.paper, each.box), writer.pages[each.on], writer)
    _identify(writer, ours, placed)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@contextmanager
def _reading(name: str) -> Iterator[None]:
    """Says of a file that it is damaged when pypdf trips over it. Only what reads stands within."""
    try:
        yield
    except (PyPdfError, *BROKEN) as error:
        raise broken(name, "PDF") from error


def _sheets(name: str, data: bytes, writer: PdfWriter) -> list[_Sheet]:
    """Every page of a PDF, read into the writer's file. Raises FacturarError when one cannot be."""
    reader = pdf_of(name, data)
    with _reading(name):
        return [_sheet(page, writer) for page in reader.pages]


def _paper(page: PageObject) -> _Paper:
    media = _box(page.mediabox)
    if media[2] - media[0] < 1 or media[3] - media[1] < 1:
        raise PdfReadError("a page without extent")
    return _Paper(media, _box(page.cropbox), page.rotation // 90 * 90)


def _box(rectangle: Sequence[Any]) -> Box:
    """A rectangle, whichever two of its corners are named (7.9.5)."""
    x1, y1, x2, y2 = (float(edge) for edge in rectangle)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _sheet(page: PageObject, writer: PdfWriter) -> _Sheet:
    contents, resources, group = page.get_contents(), page.get("/Resources"), page.get("/Group")
    return _Sheet(
        paper=_paper(page),
        content=b"" if contents is None else contents.get_data(),
        resources=DictionaryObject() if resources is None else resources.get_object().clone(writer),
        group=None if group is None else group.get_object().clone(writer),
        looks=tuple(_looks(page, writer)),
    )


def _looks(page: PageObject, writer: PdfWriter) -> Iterator[_Look]:
    """What the annotations of a page show, of those that are seen."""
    for entry in page.get("/Annots") or ():
        annotation = entry.get_object()
        flags = int(annotation.get("/F", 0))
        if annotation.get("/Subtype") in _OF_ITS_OWN or flags & (_HIDDEN | _NO_VIEW):
            continue
        shown = _appearance(annotation)
        if shown is not None:
            matrix = [float(each) for each in shown.get("/Matrix", (1, 0, 0, 1, 0, 0))]
            yield _Look(shown.clone(writer), matrix, _box(shown["/BBox"]), _box(annotation["/Rect"]))


def _appearance(annotation: Any) -> Any:
    """The look of an annotation as it stands: of a box that may be ticked, that of its state; None when it has none."""
    looks = annotation.get("/AP")
    normal = looks.get_object().get("/N") if looks else None
    look = normal.get_object() if normal is not None else None
    if isinstance(look, DictionaryObject) and not isinstance(look, StreamObject):
        state = look.get(annotation.get("/AS", "/Off"))
        look = state.get_object() if state is not None else None
    return look if isinstance(look, StreamObject) else None


def _visible(paper: _Paper) -> Box:
    """Left, bottom, right and top of what is seen of a page, before it is turned."""
    crop, media = paper.crop, paper.media
    left, bottom = max(crop[0], media[0]), max(crop[1], media[1])
    right, top = min(crop[2], media[2]), min(crop[3], media[3])
    return media if right - left < 1 or top - bottom < 1 else (left, bottom, right, top)


def _seen(paper: _Paper) -> tuple[float, float]:
    left, bottom, right, top = _visible(paper)
    width, height = right - left, top - bottom
    return (height, width) if paper.turn % 180 else (width, height)


def _form(sheet: _Sheet, writer: PdfWriter) -> Any:
    """A reference to a page as a form, within the writer's file."""
    box = _visible(sheet.paper)
    inner = _as_form(sheet.content, sheet.resources, box, sheet.group)
    parts: list[tuple[Any, Sequence[float]]] = [(writer._add_object(inner), (1.0, 0.0, 0.0, 1.0, 0.0, 0.0))]
    parts += [(look.form.indirect_reference or writer._add_object(look.form), _fitting(look)) for look in sheet.looks]
    names = [NameObject(f"/Part{number}") for number in range(len(parts))]
    steps = b"".join(_placing(matrix, name) for name, (_, matrix) in zip(names, parts, strict=True))
    forms = DictionaryObject({name: part for name, (part, _) in zip(names, parts, strict=True)})
    return writer._add_object(_as_form(steps, DictionaryObject({NameObject("/XObject"): forms}), box))


def _as_form(content: bytes, resources: Any, box: Box, group: Any = None) -> StreamObject:
    drawn = DecodedStreamObject()
    drawn.set_data(content)
    form = drawn.flate_encode()
    entries: dict[str, Any] = {
        "/Type": NameObject("/XObject"),
        "/Subtype": NameObject("/Form"),
        "/BBox": _numbers(box),
        "/Resources": resources,
    }
    if group is not None:
        entries["/Group"] = group
    form.update({NameObject(key): value for key, value in entries.items()})
    return form


def _numbers(values: Iterable[float]) -> ArrayObject:
    return ArrayObject(FloatObject(round(value, 5)) for value in values)


def _fitting(look: _Look) -> Sequence[float]:
    """The matrix that brings the box of a form, turned by its own matrix, into its rectangle (12.5.5)."""
    a, b, c, d, e, f = look.matrix
    x1, y1, x2, y2 = look.box
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (x1, x2) for y in (y1, y2)]
    left, bottom = min(x for x, _ in corners), min(y for _, y in corners)
    width, height = max(x for x, _ in corners) - left, max(y for _, y in corners) - bottom
    r1, s1, r2, s2 = look.rectangle
    across = abs(r2 - r1) / width if width else 1.0
    up = abs(s2 - s1) / height if height else 1.0
    return across, 0, 0, up, min(r1, r2) - across * left, min(s1, s2) - up * bottom


def _matrix(paper: _Paper, box: Box) -> Sequence[float]:
    """The matrix that brings what is seen of a page, turned as it is seen, into a box of ours."""
    left, bottom, right, top = _visible(paper)
    turned = {
        0: (1, 0, 0, 1, -left, -bottom),
        90: (0, -1, 1, 0, -bottom, right),
        180: (-1, 0, 0, -1, right, top),
        270: (0, 1, -1, 0, top, -left),
    }[paper.turn % 360]
    across, up = box[2] / _seen(paper)[0], box[3] / _seen(paper)[1]
    a, b, c, d, e, f = turned
    return a * across, b * up, c * across, d * up, e * across + box[0], f * up + box[1]


def _draw(form: Any, matrix: Sequence[float], on: PageObject, writer: PdfWriter) -> None:
    """Draws a form of a page on one of our pages, where a matrix brings it, over what is there."""
    resources: Any = on["/Resources"]
    forms = DictionaryObject(resources.get("/XObject", {}).get_object().items())
    name = NameObject(f"/Attached{len(forms)}")
    forms[name] = form
    on[NameObject("/Resources")] = DictionaryObject({**resources, NameObject("/XObject"): forms})
    steps = DecodedStreamObject()
    steps.set_data(_placing(matrix, name))
    before: Any = on.raw_get("/Contents")
    parts = before.get_object() if isinstance(before.get_object(), ArrayObject) else ArrayObject([before])
    on[NameObject("/Contents")] = ArrayObject([*parts, writer._add_object(steps)])


def _placing(matrix: Sequence[float], name: str) -> bytes:
    numbers = " ".join(f"{value:.5f}".rstrip("0").rstrip(".") for value in matrix)
    return f"q {numbers} cm {name} Do Q\n".encode()


def _identify(writer: PdfWriter, ours: PdfReader, placed: Sequence[Placed]) -> None:
    """Gives the file the information of ours, and an identity that follows from ours and from what was placed."""
    trailer: Any = ours.trailer
    writer.metadata = dict(trailer["/Info"])
    digest = hashlib.md5(trailer.raw_get("/ID").get_object()[0].original_bytes, usedforsecurity=False)
    for each in placed:
        digest.update(hashlib.md5(each.data, usedforsecurity=False).digest())
    identity = ByteStringObject(digest.digest())
    writer._ID = ArrayObject((identity, identity))
