"""Words on paper: ReportLab's paragraph, which here is broken into lines once for a width, however often it is asked.

A table asks for the height of each cell, the page for that of each table, and both again before they draw. Text
without markup goes without ReportLab's parser. Together that is a tenth of an invoice's time.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph


class Words(Paragraph):
    """A text in ReportLab's markup, set in a style; `parts` are what ReportLab gives when it splits one over pages."""

    _room: float | None = None
    """The width that its lines were last broken for."""
    _size: tuple[float, float]

    def __init__(self, markup: str | None, style: ParagraphStyle, **parts: Any) -> None:
        if markup and "frags" not in parts and not {"<", "&"} & set(markup):
            parts["frags"] = [_plain(style).clone(text=markup)]
        super().__init__(markup or "", style, **parts)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The width, and how high the lines are in it, in points."""
        if self._room != width or "blPara" not in vars(self):  # ReportLab drops the lines that it cannot split
            self._room, self._size = width, super().wrap(width, height)
        return self._size


@lru_cache(maxsize=64)
def _plain(style: ParagraphStyle) -> Any:
    """What ReportLab's parser makes of a word in a style."""
    return Paragraph("x", style).frags[0]
