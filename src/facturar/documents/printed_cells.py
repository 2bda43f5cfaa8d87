"""What the tables on paper share: the style that each starts from, and cells that wrap when they have to."""

from __future__ import annotations

from typing import Any

from facturar.documents.blocks import Inline, plain
from facturar.documents.printed_words import Words
from facturar.documents.typography import INK, Typography

Command = tuple[Any, ...]
Cell = str | Words
GAP = 7.0
"""White between two columns, on either side."""


def base_style(look: Typography) -> list[Command]:
    """What every grid starts from: our type and no padding at the sides."""
    return [
        ("FONT", (0, 0), (-1, -1), look.face.regular, look.design.cell, look.leading(look.design.cell)),
        ("TEXTCOLOR", (0, 0), (-1, -1), INK),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]


def cell(text: Inline, width: float, look: Typography, align: str = "left") -> Cell:
    """A short plain text as it is (quick to set), any other as a paragraph that wraps."""
    words = look.bound(plain(text))
    styled = any(span.bold or span.italic or span.href for span in text)
    if not styled and "\n" not in words and look.face.width(words, look.design.cell) <= width - 2 * GAP:
        return words
    return Words(look.markup(text), look.style("cell" if align == "left" else f"cell-{align}"))
