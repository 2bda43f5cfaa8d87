"""A table on a terminal: never wider than it is, and nothing left out.

What does not fit beside the rest is broken between words; where that takes more lines than there are rows to read, the
longest texts stand below their row instead, across the whole width. At last long names are broken, but no amount is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Protocol

from facturar.cli.cells import aligned, cells, folded

_GAP = 2
_INDENT = "    "
_MOST_BELOW = 3
_NAME = 12  # a name may be broken down to so many cells, which leaves numbers of invoices and dates whole


class Head(Protocol):
    """What is to be known of a column: its head, whether it holds amounts, whether it may break."""

    @property
    def head(self) -> str:
        """What stands above it."""

    @property
    def right(self) -> bool:
        """Whether its amounts end in one line."""

    @property
    def whole(self) -> bool:
        """Whether its texts are not to be broken between words."""


Row = Sequence[str]


@dataclass(frozen=True)
class _Layout:
    """The widths of the columns that stand beside each other, by their index, and those that stand below."""

    widths: dict[int, int]
    below: tuple[int, ...]
    room: int

    def lines(self, row: Row, columns: Sequence[Head]) -> Iterator[str]:
        """A row as lines of the terminal."""
        parts = [folded(row[index], width) for index, width in self.widths.items()]
        for number in range(max(map(len, parts))):
            texts = (
                aligned(part[number] if number < len(part) else "", width, right=columns[index].right)
                for part, (index, width) in zip(parts, self.widths.items(), strict=True)
            )
            yield (" " * _GAP).join(texts).rstrip()
        if under := (" " * _GAP).join(row[index] for index in self.below if row[index]):
            yield from (_INDENT + line for line in _hung(under, self.room))

    def height(self, row: Row) -> int:
        """How many lines a row takes."""
        beside = max(len(folded(row[index], width)) for index, width in self.widths.items())
        under = "  ".join(row[index] for index in self.below if row[index])
        return beside + (len(_hung(under, self.room)) if under else 0)


def _hung(text: str, room: int) -> list[str]:
    return folded(text, max(room - len(_INDENT), _NAME))


def screen_lines(
    columns: Sequence[Head], rows: Sequence[Row], totals: Sequence[Row], room: int
) -> tuple[list[str], list[str], list[str]]:
    """The lines of the heads and the rule under them, of the rows, and of the totals, on a terminal so wide."""
    heads = [column.head for column in columns]
    layout = _layout(columns, [heads, *rows, *totals], room)
    rule = (" " * _GAP).join("─" * width for width in layout.widths.values())
    above = [*layout.lines(heads, columns), rule]
    under = [rule, *(line for row in totals for line in layout.lines(row, columns))] if totals else []
    return above, [line for row in rows for line in layout.lines(row, columns)], under


def _layout(columns: Sequence[Head], grid: Sequence[Row], room: int) -> _Layout:
    """The layout that takes the fewest lines and breaks no name, if there is one."""
    wide = [max(cells(row[index]) for row in grid) for index in range(len(columns))]
    least = [_least(column, [row[index] for row in grid]) for index, column in enumerate(columns)]
    left = room - _GAP * (len(columns) - 1)
    if sum(wide) <= left:
        return _beside(wide, room)
    found = [_beside(_shrunk(wide, least, left), room)] if sum(least) <= left else []
    if below := _to_hang(columns, wide, room):
        found.append(_Layout({i: width for i, width in enumerate(wide) if i not in below}, below, room))
    if found:
        return min(found, key=lambda layout: sum(map(layout.height, grid[1:])))
    narrow = [width if column.right else min(width, _NAME) for column, width in zip(columns, least, strict=True)]
    return _beside(_shrunk(least, narrow, left), room)


def _beside(widths: Sequence[int], room: int) -> _Layout:
    return _Layout(dict(enumerate(widths)), (), room)


def _to_hang(columns: Sequence[Head], wide: Sequence[int], room: int) -> tuple[int, ...]:
    """The fewest columns of text without which the rest fits, the last ones first; none if that is not enough.

    The first column stays, as it says what the row is about.
    """
    texts = [index for index in reversed(range(1, len(columns))) if not columns[index].right]
    for count in range(1, min(len(texts), _MOST_BELOW) + 1):
        for chosen in combinations(texts, count):
            left = [width for index, width in enumerate(wide) if index not in chosen]
            if sum(left) + _GAP * (len(left) - 1) <= room:
                return tuple(sorted(chosen))
    return ()


def _least(column: Head, texts: Sequence[str]) -> int:
    """The width below which a column would break a word of its head, a word of a text, or an amount."""
    parts = texts[1:] if column.right or column.whole else [word for text in texts for word in text.split()]
    return max(map(cells, (*column.head.split(), *parts)), default=0)


def _shrunk(widths: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """The widths after the widest gives way, none below its least."""
    widths = list(widths)
    while sum(widths) > room:
        over = [index for index, width in enumerate(widths) if width > least[index]]
        if not over:
            break
        widths[max(over, key=lambda index: widths[index])] -= 1
    return widths
