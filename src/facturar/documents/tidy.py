"""Markdown made good to read as text: table columns line up, no gaps of several empty lines, one final newline.

The meaning stays the same; only white space and the dashes under a table's header change.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

_WIDEST = 72
_CELL_END = re.compile(r"(?<!\\)\|")
_DASHES = re.compile(r":?-+:?")


def tidy(markdown: str) -> str:
    r"""The same document with its tables padded, its gaps closed, and an empty line before each comment.

    >>> print(tidy("| a | b |\n|--|--:|\n| Panadería | 5 |"), end="")
    | a         |   b |
    |-----------|----:|
    | Panadería |   5 |
    """
    lines = (line.rstrip() for line in markdown.strip().splitlines())
    padded = "\n".join(_with_padded_tables(lines))
    parted = re.sub(r"(?<=[^\n])\n(?=<!--)", "\n\n", padded)
    return re.sub(r"\n{3,}", "\n\n", parted) + "\n"


def _with_padded_tables(lines: Iterator[str]) -> Iterator[str]:
    for is_row, group in groupby(lines, lambda line: line.startswith("|")):
        run = list(group)
        rows = [_cells(line) for line in run] if is_row and len(run) > 1 else []
        if rows and rows[1] and all(_DASHES.fullmatch(cell) for cell in rows[1]):
            yield from _padded(rows)
        else:
            yield from run


def _cells(line: str) -> list[str]:
    parts = _CELL_END.split(line)[1:]
    return [part.strip() for part in (parts if parts[-1].strip() else parts[:-1])]


def _padded(rows: list[list[str]]) -> Iterator[str]:
    marks = rows[1]
    body = [[*row, *[""] * (len(marks) - len(row))][: len(marks)] for row in (rows[0], *rows[2:])]
    widths = [max(3, *(min(_width(row[column]), _WIDEST) for row in body)) for column in range(len(marks))]
    lines = [_row(row, marks, widths) for row in body]
    yield lines[0]
    yield "|" + "|".join(_dashes(mark, width) for mark, width in zip(marks, widths, strict=True)) + "|"
    yield from lines[1:]


def _row(row: list[str], marks: list[str], widths: list[int]) -> str:
    cells = (_cell(text, mark, width) for text, mark, width in zip(row, marks, widths, strict=True))
    return "| " + " | ".join(cells) + " |"


def _cell(text: str, mark: str, width: int) -> str:
    gap = " " * max(0, width - _width(text))
    return gap + text if _to_the_right(mark) else text + gap


def _dashes(mark: str, width: int) -> str:
    start, end = (":" if mark.startswith(":") else "-"), (":" if mark.endswith(":") else "-")
    return start + "-" * width + end


def _to_the_right(mark: str) -> bool:
    return mark.endswith(":") and not mark.startswith(":")


def _width(text: str) -> int:
    """Columns on a terminal: wide characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
