"""Pictures of a book, its logo and signatures: files inside its folder, or an error that says what is wrong with one.

PNG and JPEG are placed as they are; an SVG is drawn as lines and areas, sharp at any size (`drawings`).
"""

from __future__ import annotations

from pathlib import Path

from facturar.problems import FacturarError

_HINT = "put a PNG, JPEG or SVG into the book's folder and name it there"
_KINDS = ("PNG", "JPEG")


def picture_path(name: str, folder: Path, what: str) -> Path:
    """Where a picture is; `what` says what it is for. Raises FacturarError when it cannot be printed."""
    if fault := picture_fault(name, folder, what):
        raise fault
    return folder / name


def picture_fault(name: str, folder: Path, what: str) -> FacturarError | None:
    """What keeps a file of the book from being printed as a picture; None when nothing does."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        return FacturarError(f"the {what} {name} is outside the book", _HINT)
    if not path.is_file():
        return FacturarError(f"there is no {what} {name}", _HINT)
    return _drawing_fault(path, name, what) if is_drawing(path) else _raster_fault(path, name, what)


def is_drawing(path: Path) -> bool:
    """Whether a picture is an SVG, by its name."""
    return path.suffix.lower() == ".svg"


def _raster_fault(path: Path, name: str, what: str) -> FacturarError | None:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as picture:
            kind = picture.format
    except (UnidentifiedImageError, OSError):
        return FacturarError(f"the {what} {name} is not a picture that can be read", _HINT)
    return None if kind in _KINDS else FacturarError(f"the {what} {name} is of the kind {kind}", _HINT)


def _drawing_fault(path: Path, name: str, what: str) -> FacturarError | None:
    from facturar.documents.drawings import DrawingError, read_drawing

    try:
        read_drawing(path.read_bytes())
    except DrawingError as error:
        hint = "save it as a plain SVG with texts as paths and flat colours, or as a PNG of some 1000 pixels"
        return FacturarError(f"the {what} {name} cannot be drawn: {error}", hint)
    return None
