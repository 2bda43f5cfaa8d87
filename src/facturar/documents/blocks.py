"""What a document consists of, whichever face shows it: headings, paragraphs, lists, tables, as frozen values.

A block's `name` comes from the comment before it (`<!-- totals -->`) and lets a face give it a place and a look.
Nothing here reads Markdown or draws.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one style; a newline alone is a line break, `href` makes it a link."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    href: str = ""


Inline = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    text: Inline
    name: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    text: Inline
    name: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; `start` is the first number of a numbered one."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Blocks set apart from the rest."""

    blocks: tuple[Block, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """Text to be shown letter by letter."""

    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: a header, rows of as many cells, and how each column is aligned."""

    header: tuple[Inline, ...]
    rows: tuple[tuple[Inline, ...], ...]
    aligns: tuple[Align, ...]
    name: str = ""

    @property
    def all_rows(self) -> tuple[tuple[Inline, ...], ...]:
        """Every row; in a list of labels and values the header is the first pair."""
        return (self.header, *self.rows)


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""

    name: str = "page break"


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code and the words under it. Only faces that can be scanned show one."""

    label: str
    text: str
    name: str = "qr"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the book's folder, such as a signature. Only the PDF shows it."""

    file: str
    name: str = "picture"


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """The pages of a PDF or image in the book's folder, if its SHA-256 is this. Only the PDF shows them."""

    file: str
    sha256: str
    name: str = "attached"


Block = Heading | Paragraph | Bullets | Quote | Code | Table | Rule | PageBreak | QrCode | Picture | AttachedFile


def plain(text: Inline) -> str:
    """The words of a text without their style."""
    return "".join(span.text for span in text)


def title_of(blocks: Iterable[Block]) -> str:
    """The words of the first heading; empty when there is none."""
    return next((plain(block.text) for block in blocks if isinstance(block, Heading)), "")
