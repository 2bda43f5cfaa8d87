"""The typeface of a document: Source Sans Pro, or the book's own files; and text in the characters that it has.

Reads font files and draws nothing. ReportLab is loaded only when a face is to be printed with.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from facturar.documents.truetype import TrueTypeError, read_truetype
from facturar.model.paper import Typeface
from facturar.problems import FacturarError

# Characters that the typeface lacks and that another shows as well; those of no width go.
_STAND_INS = str.maketrans({"\u2009": "\u00a0", "\u202f": "\u00a0", "\u2011": "-", "\u2028": " ", "\u2029": " "})
_UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
"""Control characters, marks of direction and of joining, variation selectors: they have no shape of their own."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_RIGHT_TO_LEFT = ("R", "AL", "AN")
_LATIN = re.compile(r"[\n -~\xa0-\xac\xae-\u017e]*")
"""What the shipped typeface has for certain."""
MISSING = ("\u25a1", "\u2610", "?")
"""What stands for a character that the typeface has no glyph for: a box, or a question mark where there is none."""


@dataclass(frozen=True)
class Face:
    """Four cuts by their names in ReportLab, and the code points that the upright and the slanted ones have."""

    regular: str
    bold: str
    italic: str
    bold_italic: str
    upright: frozenset[int]
    slanted: frozenset[int]

    def printable(self, text: str, *, italic: bool = False) -> str:
        """The text in characters that the typeface has; for others there is a box, never nothing."""
        if text.isascii() and text.isprintable():
            return text
        text, characters = _settled(text), self.slanted if italic else self.upright
        if characters.issuperset(map(ord, text)):
            return text
        box = next((sign for sign in MISSING if ord(sign) in characters), MISSING[-1])
        return "".join(char if char == "\n" or ord(char) in characters else box for char in text)

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Width of the longest line of a text, in points."""
        from reportlab.pdfbase.pdfmetrics import stringWidth

        font = self.bold if bold else self.regular
        return max(stringWidth(line, font, size) for line in text.split("\n"))


def unprintable(text: str, characters: frozenset[int]) -> str:
    """The characters of a text that print as a box, each once, in order.

    >>> unprintable("Café 東京 東", frozenset(map(ord, "Café ")))
    '東京'
    """
    return "".join(dict.fromkeys(char for char in _settled(text) if ord(char) not in characters and not char.isspace()))


def hidden(text: str) -> str:
    r"""The control characters of a text, each once: they are left out of every document.

    >>> hidden("Panadería\x00 Acme\n")
    '\x00'
    """
    return "".join(dict.fromkeys(_CONTROL.findall(text)))


def plainly_latin(text: str) -> bool:
    """Whether the shipped typeface has all of a text for certain, without asking it."""
    return _LATIN.fullmatch(text) is not None


def face_of(typeface: Typeface | None, folder: Path) -> Face:
    """The typeface of a look, ready to print with. Raises FacturarError when a file is no font to embed."""
    cuts = _shipped() if typeface is None else tuple(_own(name, folder) for name in typeface.cuts)
    return _registered(tuple((str(path), path.stat().st_mtime_ns) for path in cuts))


def characters_of(typeface: Typeface | None, folder: Path) -> frozenset[int]:
    """The code points that a look's upright cuts can show. Raises FacturarError as `face_of` does."""
    cuts = _shipped() if typeface is None else tuple(_own(name, folder) for name in typeface.cuts)
    return _in_all(cuts[:2])


def font_fault(name: str, folder: Path) -> FacturarError | None:
    """What keeps a file of the book from being a typeface; None when nothing does."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        return FacturarError(f"the typeface {name} is outside the book", "copy the font into the book's folder")
    if not path.is_file():
        return FacturarError(
            f"there is no typeface {name}", "put the font into the book's folder, or take typeface: out"
        )
    try:
        read_truetype(path.read_bytes())
    except TrueTypeError as error:
        hint = "choose a TrueType font (.ttf) whose licence lets you embed it, such as one under the OFL"
        return FacturarError(f"{name} is no typeface to print with: {error}", hint)
    return None


def _settled(text: str) -> str:
    """The text as it is set: accents on their letters, stand-ins put in, what has no shape left out."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text).translate(_STAND_INS))


def _shipped() -> tuple[Path, ...]:
    folder = Path(str(files("font_source_sans_pro"))) / "files"
    return tuple(folder / f"SourceSansPro-{cut}.ttf" for cut in ("Regular", "Semibold", "It", "SemiboldIt"))


def _own(name: str, folder: Path) -> Path:
    if fault := font_fault(name, folder):
        raise fault
    return folder / name


def _in_all(cuts: tuple[Path, ...]) -> frozenset[int]:
    """The code points that every cut has and that can be set: what is written from the right is not."""
    common = frozenset.intersection(*(read_truetype(path.read_bytes()).characters for path in dict.fromkeys(cuts)))
    return frozenset(code for code in common if unicodedata.bidirectional(chr(code)) not in _RIGHT_TO_LEFT)


@lru_cache(maxsize=8)
def _registered(cuts: tuple[tuple[str, int], ...]) -> Face:
    """The cuts loaded into ReportLab under names of their own, once for each state of their files."""
    from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    paths = tuple(Path(path) for path, _ in cuts)
    known = hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:12]
    names = [f"face-{known}-{cut}" for cut in ("regular", "bold", "italic", "bold-italic")]
    for name, path in zip(names, paths, strict=True):
        try:
            # Unless told 0, ReportLab embeds all of ASCII, used or not: a third more bytes, and a tenth more time.
            registerFont(TTFont(name, str(path), asciiReadable=0))
        except TTFError as error:
            raise FacturarError(
                f"{path.name} is no typeface to print with: {error}", "choose another TrueType font"
            ) from error
    regular, bold, italic, bold_italic = names
    registerFontFamily(regular, normal=regular, bold=bold, italic=italic, boldItalic=bold_italic)
    return Face(regular, bold, italic, bold_italic, _in_all(paths[:2]), _in_all(paths[2:]))
