"""Text on a terminal, which counts in cells: a wide character takes two, a combining one none."""

from __future__ import annotations

import unicodedata
from textwrap import wrap


def printable(text: str) -> str:
    """The text without characters that would steer a terminal."""
    if text.isprintable():
        return text
    return "".join("\ufffd" if unicodedata.category(character) in ("Cc", "Cs") else character for character in text)


def cells(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return len(text) if text.isascii() else sum(map(_cell, text))


def _cell(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def aligned(text: str, width: int, *, right: bool = False) -> str:
    """The text with spaces up to a width, after it or before it."""
    room = " " * (width - cells(text))
    return room + text if right else text + room


def folded(text: str, width: int) -> list[str]:
    """The text in lines of so many cells, broken between words; a word that is longer, after a hyphen, or anywhere.

    >>> folded("cerveceria-brisa, done on 2026-11-20", 12)
    ['cerveceria-', 'brisa, done', 'on', '2026-11-20']
    """
    if cells(text) <= width:
        return [text]
    lines: list[str] = []
    for word in text.split():
        first, *rest = _pieces(word, width)
        if lines and cells(lines[-1]) + 1 + cells(first) <= width:
            lines[-1] += f" {first}"
        else:
            lines.append(first)
        lines += rest
    return lines


def _pieces(word: str, width: int) -> list[str]:
    if cells(word) <= width:
        return [word]
    if word.isascii():
        return wrap(word, width)
    pieces = [""]
    for character in word:
        if pieces[-1] and cells(pieces[-1] + character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces
