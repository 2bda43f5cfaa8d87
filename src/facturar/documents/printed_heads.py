"""Heads on paper: the letterhead, plain or on a band of colour, and headings that the PDF's outline lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol, cast

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable
from reportlab.platypus import Table as Grid

from facturar.documents.blocks import Heading, Inline, plain
from facturar.documents.designs import Sides
from facturar.documents.printed_cells import base_style
from facturar.documents.printed_words import Words
from facturar.documents.typography import Typography

_BELOW_BAND, _ON_TOP = 22.0, 1.0


@dataclass(frozen=True)
class Sheet:
    """The paper and its margins, in points."""

    width: float
    height: float
    sides: Sides

    @property
    def text_width(self) -> float:
        """The width between the margins."""
        return self.width - self.sides.left - self.sides.right

    @property
    def text_height(self) -> float:
        """The height between the margins."""
        return self.height - self.sides.top - self.sides.bottom


def letterhead(brand: Inline | Flowable, contact: Inline, look: Typography, sheet: Sheet) -> Flowable:
    """A name or a logo on the left and how to reach its owner on the right; a logo never stands on a colour."""
    banded = look.design.letterhead == "band" and not isinstance(brand, Flowable)
    left = brand if isinstance(brand, Flowable) else Words(look.markup(brand), _toned("brand", look, banded))
    right = Words(look.markup(contact), _toned("contact", look, banded))
    half = sheet.text_width / 2
    style = [*base_style(look), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("RIGHTPADDING", (0, 0), (0, 0), 14)]
    grid = Grid([[left, right]], colWidths=[half, half], style=style)
    return Band(grid, look, sheet) if banded else grid


def _toned(name: str, look: Typography, banded: bool) -> ParagraphStyle:
    style = look.style(name)
    return ParagraphStyle(name, parent=style, textColor=look.on_accent) if banded else style


class Band(Flowable):
    """What stands on a band of the accent colour as wide as the paper, and up to its edge at the top."""

    def __init__(self, inner: Flowable, look: Typography, sheet: Sheet) -> None:
        super().__init__()
        self._inner, self._look, self._sheet = inner, look, sheet

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The room of what stands on it, and some below."""
        self.width, inner = self._inner.wrapOn(self.canv, width, height)
        self.height = inner + _BELOW_BAND
        return self.width, self.height

    def draw(self) -> None:
        """The band, then what stands on it."""
        left, bottom = self.canv.absolutePosition(0, 0)
        above = self._sheet.height - bottom
        on_top = above - self.height <= self._sheet.sides.top + _ON_TOP
        self.canv.setFillColor(self._look.accent)
        self.canv.rect(-left, 0, self._sheet.width, above if on_top else self.height, stroke=0, fill=1)
        self._inner.drawOn(self.canv, 0, _BELOW_BAND)


def outlined_heading(heading: Heading, style: ParagraphStyle, look: Typography) -> Words:
    """A heading as a flowable that enters itself into the outline of the PDF where it is drawn."""
    titled = _Titled(look.markup(heading.text), style)
    titled.entry = (heading.level, plain(heading.text))
    return titled


def is_heading(part: Flowable) -> bool:
    """Whether a flowable is a heading that enters itself into the outline."""
    return isinstance(part, _Titled)


class Outline(Protocol):
    """A canvas that keeps an outline."""

    def outlined(self, level: int, title: str, top: float) -> None:
        """Enters a heading of a level from 1, whose top is so far above the origin."""


class _Titled(Words):
    """A paragraph with an entry in the outline: its level from 1, and its words; none for a part that was split off."""

    entry: tuple[int, str] | None = None

    def draw(self, *_: Any) -> None:
        if self.entry:
            cast("Outline", self.canv).outlined(*self.entry, self.height)
        super().draw()
