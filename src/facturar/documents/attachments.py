"""Files of a book that go with its documents: their bytes, if they are still the same, and what keeps one from going.

The pages of PDFs are read with pypdf, which is imported only for a document that has some. Nothing is drawn here.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from facturar.problems import FacturarError

if TYPE_CHECKING:
    from pypdf import PdfReader

Kind = Literal["pdf", "picture"]
_KINDS: dict[bytes, Kind] = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "picture", b"\xff\xd8\xff": "picture"}
"""How files begin whose pages can be set."""
MOST_BYTES, MOST_PAGES, MOST_PIXELS = 10_000_000, 100, 60_000_000
BROKEN = (
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, NotImplementedError),
    *(RecursionError, OverflowError, EOFError, OSError, zlib.error, struct.error),
)
"""What pypdf and Pillow trip over in a damaged file. Only calls of theirs may stand where it is caught: raised by what
is ours, any of these is a bug and keeps its traceback."""


@dataclass(frozen=True)
class Scan:
    """A picture that is a page: its size in pixels, and the turn that its camera noted (EXIF orientation, 1 to 8)."""

    width: int
    height: int
    turn: int


def kind_of(data: bytes) -> Kind | None:
    """What a file is by its first bytes; None of what cannot be pages."""
    return next((kind for start, kind in _KINDS.items() if data.startswith(start)), None)


def attached_bytes(name: str, sha256: str, folder: Path) -> bytes:
    """The bytes of an attached file. Raises FacturarError when it is gone, or is not the one that was attached."""
    path = folder / name
    hint = f"bring it back as it was (git log -- '{name}'); a new version is a new file, for the next document"
    if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
        raise FacturarError(f"there is no attached file '{name}'", hint)
    data = path.read_bytes()
    if (found := hashlib.sha256(data).hexdigest()) != sha256:
        message = f"'{name}' is not the file that was attached: its SHA-256 begins {found[:8]}, not {sha256[:8]}"
        raise FacturarError(message, hint)
    return data


def attachment_fault(name: str, folder: Path, *, as_pages: bool) -> FacturarError | None:
    """What keeps a file that is there from going with a document; None when nothing does. `as_pages`: within it."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        return FacturarError(f"'{name}' is outside the book", "copy it into the book's folder")
    size = path.stat().st_size
    if size > MOST_BYTES:
        hint = "make it smaller (150 dpi are enough for a scan), or send a link in message:"
        return FacturarError(f"'{name}' has {size / 1e6:.1f} MB; {MOST_BYTES / 1e6:.0f} MB is the most", hint)
    return _page_fault(name, path.read_bytes()) if as_pages else None


def _page_fault(name: str, data: bytes) -> FacturarError | None:
    try:
        match kind_of(data):
            case "pdf":
                _pages_of(name, data)
            case "picture":
                scan_of(name, data)
            case None:
                hint = f"save it as one of these, or send it as a file of its own: {{file: {name}, beside: true}}"
                return FacturarError(f"'{name}' is no PDF, PNG or JPEG, whatever its name", hint)
    except FacturarError as error:
        return error
    return None


def _pages_of(name: str, data: bytes) -> None:
    """Reads every page with all that it is made of, as printing does."""
    from facturar.documents.attached_pages import page_forms

    page_forms(name, data)


def pdf_of(name: str, data: bytes) -> PdfReader:
    """A PDF that can be read and whose pages are not too many. Raises FacturarError."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        locked, count = reader.is_encrypted, 0 if reader.is_encrypted else len(reader.pages)
    except (PyPdfError, *BROKEN) as error:
        raise broken(name, "PDF") from error
    beside = f"send it as a file of its own: {{file: {name}, beside: true}}"
    if locked:
        raise FacturarError(f"'{name}' is encrypted", f"save it without a password, or {beside}")
    if count == 0:
        raise FacturarError(f"'{name}' has no pages", "save it again, or take it out of attach:")
    if count > MOST_PAGES:
        raise FacturarError(
            f"'{name}' has {count} pages; {MOST_PAGES} is the most", f"keep those that matter, or {beside}"
        )
    return reader


def broken(name: str, kind: str) -> FacturarError:
    """That a file is damaged."""
    return FacturarError(f"'{name}' is damaged: it cannot be read as a {kind}", "open it and save it again")


@lru_cache(maxsize=8)
def scan_of(name: str, data: bytes) -> Scan:
    """The size of a picture, all of which can be read. Raises FacturarError."""
    from PIL import ExifTags, Image

    trips = (Image.DecompressionBombError, SyntaxError, *BROKEN)
    try:
        picture = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
    except trips as error:
        raise broken(name, "picture") from error
    if picture.width * picture.height > MOST_PIXELS:
        hint = "make it smaller: some 2000 pixels on the longer side are enough for a page"
        raise FacturarError(f"'{name}' has {picture.width} by {picture.height} pixels", hint)
    try:
        turn = picture.getexif().get(ExifTags.Base.Orientation, 1)
        picture.load()
    except trips as error:
        raise broken(name, "picture") from error
    return Scan(picture.width, picture.height, turn if turn in range(1, 9) else 1)
