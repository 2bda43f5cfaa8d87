"""The look of print: colours, sizes and spacing, from one accent colour; and text as ReportLab's paragraphs take it.

One type scale for every document, so that an invoice and a letter are of one hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from facturar.documents.blocks import Inline, Span
from facturar.documents.fonts import BOLD, REGULAR, printable, register_fonts
from facturar.documents.wording import held

INK = HexColor("#1d2733")
GREY = HexColor("#66727f")
HAIRLINE = HexColor("#dde2e8")
BODY, SMALL, TINY = 9.5, 8.5, 7.5
_TINT = 0.07


@dataclass(frozen=True)
class Typography:
    """Styles by the name of a block (`mentions`, `h2`), and the two colours that follow the accent."""

    accent: Color
    tint: Color
    styles: Mapping[str, ParagraphStyle]

    def style(self, name: str) -> ParagraphStyle:
        """The style of a block's name; body text for a name that has none."""
        return self.styles.get(name) or self.styles["body"]


@lru_cache(maxsize=16)
def typography(accent: str) -> Typography:
    """The typography of an accent colour, `#0b6e4f`."""
    register_fonts()
    colour = HexColor(accent)
    tint = Color(*(1 - _TINT * (1 - part) for part in colour.rgb()))
    return Typography(colour, tint, _styles(colour))


def _styles(accent: Color) -> dict[str, ParagraphStyle]:
    body = ParagraphStyle(
        "body", fontName=REGULAR, fontSize=BODY, leading=13.5, textColor=INK, spaceAfter=7, splitLongWords=1
    )

    def style(name: str, **changes: Any) -> ParagraphStyle:
        return ParagraphStyle(name, parent=body, **changes)

    bold: dict[str, Any] = {"fontName": BOLD, "keepWithNext": 1}
    styles = [
        body,
        style("brand", fontName=BOLD, fontSize=15, leading=18, spaceAfter=0),
        style("contact", fontSize=SMALL, leading=12, textColor=GREY, alignment=TA_RIGHT, spaceAfter=0),
        style("h1", **bold, fontSize=21, leading=25, textColor=accent, spaceBefore=22, spaceAfter=12),
        style("subject", **bold, fontSize=13, leading=17, textColor=accent, spaceBefore=12, spaceAfter=9),
        style("h2", **bold, fontSize=11, leading=15, spaceBefore=12, spaceAfter=6),
        style("h3", **bold, spaceBefore=10, spaceAfter=4),
        style("label", fontSize=TINY, leading=10, textColor=GREY, spaceAfter=0),
        style("cell", fontSize=9, leading=12, spaceAfter=0),
        style("cell-right", fontSize=9, leading=12, spaceAfter=0, alignment=TA_RIGHT),
        style("cell-center", fontSize=9, leading=12, spaceAfter=0, alignment=TA_CENTER),
        style("addressee", leading=13.5, spaceBefore=24, spaceAfter=14),
        style("date", textColor=GREY, spaceAfter=4),
        style("closing", spaceBefore=8, keepWithNext=1),
        style("signature", spaceBefore=18),
        style("mentions", fontSize=TINY, leading=10, textColor=GREY, spaceAfter=3),
        style("small", fontSize=SMALL, leading=12, textColor=GREY),
        style("code", fontSize=SMALL, leading=12, leftIndent=8, backColor=HexColor("#f4f6f8"), borderPadding=5),
    ]
    return {each.name: each for each in styles}


def bound(text: str) -> str:
    """The text in characters that print, with figures held to their signs."""
    return held(printable(text))


def markup(text: Inline) -> str:
    """A text in ReportLab's paragraph markup, with all that could be taken for markup escaped."""
    return "".join(_marked(span) for span in text)


def _marked(span: Span) -> str:
    if span.text == "\n":
        return "<br/>"
    words = escape(bound(span.text))
    if span.href:
        words = f"<a href={quoteattr(span.href)}>{words}</a>"
    if span.italic:
        words = f"<i>{words}</i>"
    return f"<b>{words}</b>" if span.bold else words


def paragraph(text: Inline, style: ParagraphStyle) -> Paragraph:
    """A text as a flowable."""
    return Paragraph(markup(text), style)
