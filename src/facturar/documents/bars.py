"""Bars made of block characters: a chart that is text in git and in a terminal, and is drawn where it can be.

An eighth of a cell is the smallest step, so a bar of 24 cells has 192.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from facturar.documents.blocks import Inline, plain

CELLS = 24
_FULL, _PARTS = "█", " ▏▎▍▌▋▊▉"
_EMPTY = "·"


def bar(amount: Decimal, largest: Decimal, cells: int = CELLS) -> str:
    """An amount as a bar beside others of which the largest fills it; nothing at all is a dot.

    >>> bar(Decimal(50), Decimal(100), 8), bar(Decimal(100), Decimal(100), 8), bar(Decimal(7), Decimal(100), 8)
    ('████', '████████', '▌')
    """
    if amount <= 0 or largest <= 0:
        return _EMPTY
    eighths = max(int(amount / largest * cells * 8 + Decimal("0.5")), 1)
    return _FULL * (eighths // 8) + (_PARTS[eighths % 8] if eighths % 8 else "")


def eighths_of(cell: Inline) -> int | None:
    """The length of a bar in eighths of a cell; None when the text is not a bar."""
    text = plain(cell).strip()
    if text == _EMPTY:
        return 0
    if not text or set(text) - {_FULL, *_PARTS[1:]}:
        return None
    return sum(8 if character == _FULL else _PARTS.index(character) for character in text)


def longest(rows: Iterable[Iterable[Inline]]) -> int:
    """The longest bar of a table in eighths of a cell: it fills its room, and the others are measured by it."""
    return max((eighths_of(cell) or 0 for row in rows for cell in row), default=0) or 1
