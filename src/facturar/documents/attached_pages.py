"""The pages of attached PDFs as drawings that can be placed on pages of ours: each page one form (ISO 32000-1, 8.10).

A form keeps its page's own fonts and pictures, is cut at the page's visible box, and shows what annotations show there:
fields that were filled in, stamps, the look of a signature. Links, scripts and files inside are left behind.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
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


def page_sizes(name: str, data: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of each page as it is seen, in points. Raises FacturarError when it cannot be printed."""
    return tuple(_seen(page) for page in _pages(name, pdf_of(name, data)))


def page_forms(name: str, data: bytes) -> None:
    """Makes every page a form, to see whether that can be done. Raises FacturarError when not."""
    writer = PdfWriter()
    for page in _pages(name, pdf_of(name, data)):
        _form(name, page, writer)


def with_pages(document: bytes, placed: Sequence[Placed]) -> bytes:
    """A document of ours with attached pages drawn where they were placed. The same bytes for the same input."""
    ours = PdfReader(io.BytesIO(document))
    writer = PdfWriter(clone_from=ours)
    writer.pdf_header = ours.pdf_header
    readers = {each.name: pdf_of(each.name, each.data) for each in placed}
    for each in placed:
        page = readers[each.name].pages[each.number]
        _draw(_form(each.name, page, writer), page, each.box, writer.pages[each.on], writer)
    _identify(writer, ours, placed)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _pages(name: str, reader: PdfReader) -> Iterator[PageObject]:
    try:
        yield from reader.pages
    except (PyPdfError, *BROKEN) as error:
        raise broken(name, "PDF") from error


def _visible(page: PageObject) -> Box:
    """Left, bottom, right and top of what is seen of a page, before it is turned."""
    crop, media = page.cropbox, page.mediabox
    left, bottom = max(crop.left, media.left), max(crop.bottom, media.bottom)
    right, top = min(crop.right, media.right), min(crop.top, media.top)
    if right - left < 1 or top - bottom < 1:
        left, bottom, right, top = media.left, media.bottom, media.right, media.top
    return float(left), float(bottom), float(right), float(top)


def _seen(page: PageObject) -> tuple[float, float]:
    left, bottom, right, top = _visible(page)
    width, height = right - left, top - bottom
    return (height, width) if page.rotation % 180 else (width, height)


def _form(name: str, page: PageObject, writer: PdfWriter) -> Any:
    """A reference to a page as a form, within the writer's file."""
    try:
        contents, resources, group = page.get_contents(), page.get("/Resources"), page.get("/Group")
        own = DictionaryObject() if resources is None else resources.get_object().clone(writer)
        data, box = b"" if contents is None else contents.get_data(), _visible(page)
        inner = _as_form(data, own, box, None if group is None else group.get_object().clone(writer))
        parts = [(writer._add_object(inner), (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)), *_annotations(page, writer)]
        names = [NameObject(f"/Part{number}") for number in range(len(parts))]
        steps = b"".join(_placing(matrix, name) for name, (_, matrix) in zip(names, parts, strict=True))
        forms = DictionaryObject({name: part for name, (part, _) in zip(names, parts, strict=True)})
        return writer._add_object(_as_form(steps, DictionaryObject({NameObject("/XObject"): forms}), box))
    except (PyPdfError, *BROKEN) as error:
        raise broken(name, "PDF") from error


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


def _annotations(page: PageObject, writer: PdfWriter) -> Iterator[tuple[Any, Sequence[float]]]:
    """What the annotations of a page show: a form of each, and the matrix that puts it in its place (12.5.5)."""
    for entry in page.get("/Annots") or ():
        annotation = entry.get_object()
        flags = int(annotation.get("/F", 0))
        if annotation.get("/Subtype") in _OF_ITS_OWN or flags & (_HIDDEN | _NO_VIEW):
            continue
        shown = _appearance(annotation)
        if shown is not None:
            form = shown.clone(writer)
            yield form.indirect_reference or writer._add_object(form), _fitting(shown, annotation["/Rect"])


def _appearance(annotation: Any) -> Any:
    """The look of an annotation as it stands: of a box that may be ticked, that of its state; None when it has none."""
    looks = annotation.get("/AP")
    normal = looks.get_object().get("/N") if looks else None
    look = normal.get_object() if normal is not None else None
    if isinstance(look, DictionaryObject) and not isinstance(look, StreamObject):
        state = look.get(annotation.get("/AS", "/Off"))
        look = state.get_object() if state is not None else None
    return look if isinstance(look, StreamObject) else None


def _fitting(shown: Any, rectangle: Any) -> Sequence[float]:
    """The matrix that brings the box of a form, turned by its own matrix, into a rectangle."""
    a, b, c, d, e, f = (float(each) for each in shown.get("/Matrix", (1, 0, 0, 1, 0, 0)))
    x1, y1, x2, y2 = (float(each) for each in shown["/BBox"])
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (x1, x2) for y in (y1, y2)]
    left, bottom = min(x for x, _ in corners), min(y for _, y in corners)
    width, height = max(x for x, _ in corners) - left, max(y for _, y in corners) - bottom
    r1, s1, r2, s2 = (float(each) for each in rectangle)
    across = abs(r2 - r1) / width if width else 1.0
    up = abs(s2 - s1) / height if height else 1.0
    return across, 0, 0, up, min(r1, r2) - across * left, min(s1, s2) - up * bottom


def _matrix(page: PageObject, box: Box) -> Sequence[float]:
    """The matrix that brings what is seen of a page, turned as it is seen, into a box of ours."""
    left, bottom, right, top = _visible(page)
    turned = {
        0: (1, 0, 0, 1, -left, -bottom),
        90: (0, -1, 1, 0, -bottom, right),
        180: (-1, 0, 0, -1, right, top),
        270: (0, 1, -1, 0, top, -left),
    }[page.rotation % 360]
    across, up = box[2] / _seen(page)[0], box[3] / _seen(page)[1]
    a, b, c, d, e, f = turned
    return a * across, b * up, c * across, d * up, e * across + box[0], f * up + box[1]


def _draw(form: Any, page: PageObject, box: Box, on: PageObject, writer: PdfWriter) -> None:
    """Draws a form of a page in a box of one of our pages, over what is there."""
    resources: Any = on["/Resources"]
    forms = DictionaryObject(resources.get("/XObject", {}).get_object().items())
    name = NameObject(f"/Attached{len(forms)}")
    forms[name] = form
    on[NameObject("/Resources")] = DictionaryObject({**resources, NameObject("/XObject"): forms})
    steps = DecodedStreamObject()
    steps.set_data(_placing(_matrix(page, box), name))
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
