"""Colours as `#0b6e4f`, and how well one is read on another (WCAG 2.1, success criterion 1.4.3).

Nothing here knows what is coloured.
"""

from __future__ import annotations

from collections.abc import Iterable

READABLE = 4.5
"""The least contrast of text with its ground, level AA."""
WHITE, INK = "#ffffff", "#1d2733"


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.1, "contrast ratio").

    >>> round(contrast("#767676", "#ffffff"), 2), contrast("#000000", "#ffffff")
    (4.54, 21.0)
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable_on(ground: str) -> str:
    """White, or ink where white would not be read.

    >>> readable_on("#0b6e4f"), readable_on("#ffd166")
    ('#ffffff', '#1d2733')
    """
    return WHITE if contrast(ground, WHITE) >= READABLE else INK


def darkened(colour: str, ground: str = WHITE) -> str:
    """The nearest darker shade that is readable on a light ground; the colour itself when it is already.

    >>> darkened("#ff8800"), darkened("#0b6e4f")
    ('#b56000', '#0b6e4f')
    """
    shades = (_scaled(colour, percent) for percent in range(100, -1, -1))
    return next(shade for shade in shades if contrast(shade, ground) >= READABLE)


def tinted(colour: str, strength: float) -> str:
    """The colour on white at a strength between 0 (white) and 1 (itself)."""
    return _hex(round(255 - strength * (255 - part)) for part in parts_of(colour))


def parts_of(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return red, green, blue


def _scaled(colour: str, percent: int) -> str:
    return _hex(part * percent // 100 for part in parts_of(colour))


def _hex(parts: Iterable[int]) -> str:
    return "#" + "".join(f"{part:02x}" for part in parts)


def _luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white), as WCAG 2.1 defines it."""
    red, green, blue = (_linear(part / 255) for part in parts_of(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)
