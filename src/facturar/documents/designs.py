"""The three layouts of a page: sizes, spacing, margins and where colour stands. Figures only; nothing is drawn here.

All three set the same blocks, so that a template serves each of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from facturar.model.paper import Margins

_POINTS = 72 / 25.4


@dataclass(frozen=True)
class Sides:
    """The margins of a page, in points."""

    top: float
    right: float
    bottom: float
    left: float

    def changed(self, margins: Margins) -> Sides:
        """These, with the sides that a book sets itself."""
        own = {side: float(length) * _POINTS for side, length in margins if length is not None}
        return Sides(**{**vars(self), **own})


@dataclass(frozen=True)
class Design:
    """A layout. Sizes and paddings are in points; `leading` is the line's height as a share of the type's size.

    `space` scales the white between blocks, `above` and `below` are the white in a row of a table. `letterhead` stands
    on the paper (`plain`) or on a band of the accent colour (`band`); `heads` are ruled or filled.
    """

    margins: Sides
    body: float
    cell: float
    small: float
    tiny: float
    brand: float
    title: float
    subject: float
    heading: float
    payable: float
    leading: float
    space: float
    above: float
    below: float
    logo: tuple[float, float]
    letterhead: Literal["plain", "band"] = "plain"
    heads: Literal["ruled", "filled"] = "ruled"
    title_in_ink: bool = False


def _mm(*sides: float) -> Sides:
    return Sides(*(side * _POINTS for side in sides))


DESIGNS: Mapping[str, Design] = {
    "classic": Design(
        margins=_mm(18, 21, 22, 21),
        body=9.5,
        cell=9,
        small=8.5,
        tiny=7.5,
        brand=15,
        title=21,
        subject=13,
        heading=11,
        payable=12,
        leading=1.42,
        space=1,
        above=4.5,
        below=5.5,
        logo=(140, 48),
    ),
    "modern": Design(
        margins=_mm(16, 20, 22, 20),
        body=9.5,
        cell=9,
        small=8.5,
        tiny=7.5,
        brand=17,
        title=28,
        subject=16,
        heading=12,
        payable=13.5,
        leading=1.42,
        space=1.1,
        above=5,
        below=6,
        logo=(150, 52),
        letterhead="band",
        heads="filled",
        title_in_ink=True,
    ),
    "compact": Design(
        margins=_mm(12, 16, 17, 16),
        body=8.2,
        cell=7.8,
        small=7.6,
        tiny=6.8,
        brand=12,
        title=15,
        subject=11,
        heading=9,
        payable=9.5,
        leading=1.26,
        space=0.55,
        above=1.3,
        below=1.9,
        logo=(110, 32),
    ),
}
"""By the name that `look: layout:` gives."""
