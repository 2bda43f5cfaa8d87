"""How a page is set up: lengths, margins and the files of a typeface, as `look:` in facturar.yaml writes them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from facturar.model.scalars import Entry, Text, fault
from facturar.problems import Code

_MILLIMETRES = {"mm": Decimal(1), "cm": Decimal(10), "in": Decimal("25.4")}
_LEAST, _MOST = 10, 60
_HINT = f"write a length between {_LEAST} mm and {_MOST} mm with its unit: 20 mm, 2 cm or 0.8 in"


def read_length(text: str) -> Decimal | None:
    """Millimetres from `20 mm`, `2 cm` or `0.8 in`; None when it is written otherwise.

    >>> [str(read_length(text)) for text in ("20 mm", "2.5cm", "1 in", "20")]
    ['20', '25.0', '25.4', 'None']
    """
    match = re.fullmatch(r"(\d+(?:\.\d+)?) ?(mm|cm|in)", text.strip(), re.ASCII)
    return Decimal(match[1]) * _MILLIMETRES[match[2]] if match else None


def _margin(value: object) -> Decimal:
    length = value if isinstance(value, Decimal) else read_length(value) if isinstance(value, str) else None
    if length is None or not _LEAST <= length <= _MOST:
        shown = f"'{value}'" if isinstance(value, str) else "a list or mapping"
        raise fault(Code.bad_value, f"{shown} is not a margin", _HINT)
    return length


Margin = Annotated[Decimal, BeforeValidator(_margin)]
"""A margin in millimetres, from `20 mm`, `2 cm` or `0.8 in`."""


class Margins(Entry):
    """The white around a page, in millimetres; a side that is not given is the layout's."""

    top: Margin | None = None
    right: Margin | None = None
    bottom: Margin | None = None
    left: Margin | None = None


def on_all_sides(value: object) -> Any:
    """One length as the margin of all four sides; anything else as it is."""
    if isinstance(value, str):
        return dict.fromkeys(("top", "right", "bottom", "left"), _margin(value))
    return value


def _truetype(name: str) -> str:
    if not name.lower().endswith(".ttf"):
        hint = "name a TrueType file that ends in .ttf; font tools turn an .otf or .woff into one"
        raise fault(Code.bad_value, f"'{name}' is not a TrueType file", hint)
    return name


FontFile = Annotated[Text, AfterValidator(_truetype)]


class Typeface(Entry):
    """TrueType files in the book's folder; a cut that is not given is the regular one."""

    regular: FontFile
    bold: FontFile | None = None
    italic: FontFile | None = None
    bold_italic: FontFile | None = None

    @property
    def files(self) -> dict[str, str]:
        """The files that are named, by the key that names them."""
        return {cut: name for cut, name in self if name is not None}

    @property
    def cuts(self) -> tuple[str, str, str, str]:
        """Regular, bold, italic and bold italic: each its own file, or the nearest that there is."""
        bold, italic = self.bold or self.regular, self.italic or self.regular
        return self.regular, bold, italic, self.bold_italic or self.bold or italic
