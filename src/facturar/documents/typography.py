"""The look of print: the styles of a layout in its typeface and colours; and text as ReportLab's paragraphs take it.

One type scale for every document, so that an invoice and a letter are of one hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle

from facturar.documents.blocks import Inline, Span
from facturar.documents.designs import DESIGNS, Design
from facturar.documents.fonts import Face, face_of
from facturar.documents.printed_words import Words
from facturar.documents.wording import held
from facturar.model.colour import INK as INK_HEX
from facturar.model.colour import readable_on, tinted
from facturar.model.settings import Look

INK = HexColor(INK_HEX)
GREY = HexColor("#5f6b78")
HAIRLINE = HexColor("#d5dbe2")
_TINT = 0.07


@dataclass(frozen=True)
class Typography:
    """A layout's figures, the typeface, styles by the name of a block (`mentions`, `h2`), and the accent's colours."""

    design: Design
    face: Face
    accent: Color
    on_accent: Color
    tint: Color
    styles: Mapping[str, ParagraphStyle]

    def style(self, name: str) -> ParagraphStyle:
        """The style of a block's name; body text for a name that has none."""
        return self.styles.get(name) or self.styles["body"]

    def bound(self, text: str) -> str:
        """The text in characters that print, with figures held to their signs."""
        return held(self.face.printable(text))

    def markup(self, text: Inline) -> str:
        """A text in ReportLab's paragraph markup, with all that could be taken for markup escaped."""
        return "".join(self._marked(span) for span in text)

    def _marked(self, span: Span) -> str:
        if span.text == "\n":
            return "<br/>"
        words = escape(held(self.face.printable(span.text, italic=span.italic)))
        if span.href:
            words = f"<a href={quoteattr(_target(span.href))}>{words}</a>"
        if span.italic:
            words = f"<i>{words}</i>"
        return f"<b>{words}</b>" if span.bold else words

    def paragraph(self, text: Inline, style: str) -> Words:
        """A text as a flowable, in the style of a name."""
        return Words(self.markup(text), self.style(style))

    def cut(self, text: str, width: float) -> str:
        """As much of a text as fits on one line of the smallest type, with an ellipsis if that is not all."""
        words, size = self.bound(text), self.design.tiny
        if self.face.width(words, size) <= width:
            return words
        while words and self.face.width(f"{words}…", size) > width:
            words = words[:-1]
        return f"{words.rstrip()}…"

    def leading(self, size: float) -> float:
        """The height of a line of some size."""
        return round(size * self.design.leading, 2)

    def space(self, points: float) -> float:
        """White between blocks, as the layout has it."""
        return points * self.design.space


def _target(href: str) -> str:
    """An address as ReportLab takes it: one without a scheme is a file beside this one."""
    return href if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", href) else f"pdf:{href}"


def typography(look: Look, folder: Path) -> Typography:
    """The typography of a look. Raises FacturarError when its typeface cannot be embedded."""
    return _typography(look.accent, look.layout, face_of(look.typeface, folder))


@lru_cache(maxsize=16)
def _typography(accent: str, layout: str, face: Face) -> Typography:
    design = DESIGNS[layout]
    colour = HexColor(accent)
    on_accent, tint = HexColor(readable_on(accent)), HexColor(tinted(accent, _TINT))
    return Typography(design, face, colour, on_accent, tint, _styles(design, face, colour, tint))


def _styles(design: Design, face: Face, accent: Color, tint: Color) -> dict[str, ParagraphStyle]:
    gap = design.space

    def style(name: str, size: float = design.body, *, font: str = face.regular, **changes: Any) -> ParagraphStyle:
        changes = {"textColor": INK, "spaceAfter": 0, "splitLongWords": 1, **changes}
        leading = round(size * (design.leading if size < 14 else 1.2), 2)
        return ParagraphStyle(name, fontName=font, fontSize=size, leading=leading, **changes)

    bold: dict[str, Any] = {"font": face.bold, "keepWithNext": 1}
    title = INK if design.title_in_ink else accent
    boxed: dict[str, Any] = {"spaceBefore": 10 * gap, "spaceAfter": 18 * gap}
    styles = [
        style("body", spaceAfter=7 * gap),
        style("brand", design.brand, font=face.bold),
        style("contact", design.small, textColor=GREY, alignment=TA_RIGHT),
        style("h1", design.title, **bold, textColor=title, spaceBefore=22 * gap, spaceAfter=12 * gap),
        style("subject", design.subject, **bold, textColor=title, spaceBefore=12 * gap, spaceAfter=9 * gap),
        style("h2", design.heading, **bold, spaceBefore=12 * gap, spaceAfter=6 * gap),
        style("h3", **bold, spaceBefore=10 * gap, spaceAfter=4 * gap),
        style("cell", design.cell),
        style("cell-right", design.cell, alignment=TA_RIGHT),
        style("cell-center", design.cell, alignment=TA_CENTER),
        style("label", design.tiny, textColor=GREY),
        style("addressee", spaceBefore=24 * gap, spaceAfter=14 * gap),
        style("date", textColor=GREY, spaceAfter=4 * gap),
        style("closing", spaceBefore=8 * gap, keepWithNext=1, spaceAfter=7 * gap),
        style("signature", spaceBefore=18 * gap, spaceAfter=7 * gap),
        style("mentions", design.tiny, textColor=GREY, spaceAfter=3 * gap),
        style("note", backColor=tint, borderPadding=(7, 10, 8, 12), leftIndent=12, rightIndent=10, **boxed),
        style("small", design.small, textColor=GREY, spaceAfter=7 * gap),
        style("code", design.small, leftIndent=8, backColor=HexColor("#f4f6f8"), borderPadding=5, spaceAfter=7 * gap),
    ]
    return {each.name: each for each in styles}
