"""The typeface of every PDF: Source Sans Pro, embedded, with figures that are all of one width."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily, stringWidth
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "Facturar"
BOLD = "Facturar-Bold"
ITALIC = "Facturar-Italic"
BOLD_ITALIC = "Facturar-BoldItalic"
_FILES = {REGULAR: "Regular", BOLD: "Semibold", ITALIC: "It", BOLD_ITALIC: "SemiboldIt"}
# Characters that the typeface lacks and that another shows as well; those of no width go.
_STAND_INS = str.maketrans({"\u2009": "\u00a0", "\u2011": "-", "\u2060": None, "\u200b": None, "\ufeff": None})


@cache
def register_fonts() -> None:
    """Loads the typeface into ReportLab, once a process."""
    folder = files("font_source_sans_pro") / "files"
    for name, cut in _FILES.items():
        registerFont(TTFont(name, str(folder / f"SourceSansPro-{cut}.ttf")))
    registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD_ITALIC)


def printable(text: str) -> str:
    """The text in characters that the typeface has, as far as others can stand in."""
    return text if text.isascii() else text.translate(_STAND_INS)


def width_of(text: str, size: float, font: str = REGULAR) -> float:
    """Width of the longest line of a text, in points."""
    return max(stringWidth(line, font, size) for line in text.split("\n"))
