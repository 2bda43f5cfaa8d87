"""Blocks → the flow of a printed document: which block gets which place and form.

Knows the names that templates give to blocks; an unknown name is set as plain text or as a plain table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    HRFlowable,
    Image,
    Indenter,
    ListFlowable,
    ListItem,
    Preformatted,
    Spacer,
)
from reportlab.platypus import PageBreak as NewPage
from reportlab.platypus import Table as Grid

from facturar.documents.blocks import (
    Block,
    Bullets,
    Code,
    Heading,
    Inline,
    PageBreak,
    Paragraph,
    QrCode,
    Quote,
    Rule,
    Span,
    Table,
)
from facturar.documents.fonts import REGULAR
from facturar.documents.printed_bars import bars_table
from facturar.documents.printed_codes import PrintedCodes
from facturar.documents.printed_tables import (
    base_style,
    facts_table,
    line_table,
    parties_table,
    payment_table,
    totals_table,
)
from facturar.documents.typography import BODY, HAIRLINE, Typography, paragraph

_LINES_START = 90.0
_HEADED_START = _LINES_START + 40.0
"""Points that a table wants below its header before it begins on a page."""


@dataclass(frozen=True)
class Composer:
    """Sets blocks in one typography and width, with a logo if there is one."""

    look: Typography
    width: float
    logo: Path | None = None
    logo_box: tuple[float, float] = (140.0, 48.0)

    def flow(self, blocks: Sequence[Block]) -> list[Flowable]:
        """The flowables of the blocks, in order."""
        return list(self._flow(blocks))

    def _flow(self, blocks: Sequence[Block]) -> Iterator[Flowable]:
        groups = list(_together(blocks))
        for group, following in zip(groups, [*groups[1:], ()], strict=True):
            if isinstance(group[0], Heading) and following and _is_long(following[0]):
                yield CondPageBreak(_HEADED_START)  # before the heading: it goes over with its table
            yield from self._group(group)

    def _group(self, group: Sequence[Block]) -> Iterator[Flowable]:
        first = group[0]
        codes = [block for block in group if isinstance(block, QrCode)]
        match first:
            case Table() if _is_list(first):
                totals = next((block for block in group[1:] if isinstance(block, Table)), None)
                yield CondPageBreak(_LINES_START)
                yield line_table(first, totals, self.look, self.width)
            case Table(name="payment"):
                yield payment_table(first, PrintedCodes(codes) if codes else None, self.look, self.width)
            case QrCode():
                yield PrintedCodes(codes)
            case _:
                yield from self._block(first)

    def _block(self, block: Block) -> Iterator[Flowable]:
        match block:
            case Heading():
                yield paragraph(block.text, self._heading_style(block))
            case Paragraph(name="letterhead"):
                yield self._letterhead(block.text)
            case Paragraph():
                yield paragraph(block.text, self.look.style(block.name))
            case Table():
                yield _TABLES[block.name](block, self.look, self.width)
            case Bullets():
                yield from (self._list(block), Spacer(0, 7))
            case Quote():
                yield from (Indenter(14, 0), *self.flow(block.blocks), Indenter(-14, 0))
            case Code():
                yield Preformatted(block.text, self.look.style("code"))
            case Rule():
                yield HRFlowable(width="100%", thickness=0.5, color=HAIRLINE, spaceBefore=6, spaceAfter=8)
            case PageBreak():
                yield NewPage()
            case QrCode():
                yield PrintedCodes([block])

    def _heading_style(self, heading: Heading) -> ParagraphStyle:
        name = heading.name if heading.name in self.look.styles else f"h{min(heading.level, 3)}"
        return self.look.style(name)

    def _list(self, bullets: Bullets) -> Flowable:
        items: list[Any] = [ListItem(self.flow(item), spaceAfter=0) for item in bullets.items]
        numbered = bullets.start is not None
        return ListFlowable(
            items,
            bulletType="1" if numbered else "bullet",
            start=bullets.start if numbered else "•",
            bulletFontName=REGULAR,
            bulletFontSize=BODY,
            bulletColor=self.look.accent,
            leftIndent=14,
        )

    def _letterhead(self, text: Inline) -> Flowable:
        """The logo, or else the first line, on the left; the other lines on the right."""
        split = next((i for i, span in enumerate(text) if span.text == "\n"), len(text))
        brand, contact = text[:split], text[split + 1 :]
        left = self._image() if self.logo else paragraph(_unstyled(brand), self.look.style("brand"))
        right = paragraph((*brand, Span("\n"), *contact) if self.logo else contact, self.look.style("contact"))
        share = self.width * 0.5
        style = [*base_style(), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
        return Grid([[left, right]], colWidths=[share, share], style=style)

    def _image(self) -> Image:
        image = Image(str(self.logo))
        image.hAlign = "LEFT"
        scale = min(self.logo_box[0] / image.imageWidth, self.logo_box[1] / image.imageHeight)
        image.drawWidth, image.drawHeight = image.imageWidth * scale, image.imageHeight * scale
        return image


def _is_long(block: Block) -> bool:
    """Whether a block is a table that may run over pages."""
    return _is_list(block) or (isinstance(block, Table) and block.name == "bars")


def _is_list(block: Block) -> bool:
    """Whether a block is a table of lines, which may run over pages."""
    return isinstance(block, Table) and block.name not in {*_TABLES, "payment"}


def _belongs(block: Block, group: Sequence[Block]) -> bool:
    """Whether a block is set with those before it: totals with their lines, codes with a way to pay or in a row."""
    if isinstance(block, QrCode):
        return isinstance(group[0], QrCode) or (isinstance(group[0], Table) and group[0].name == "payment")
    return len(group) == 1 and _is_list(group[0]) and isinstance(block, Table) and block.name == "totals"


def _together(blocks: Sequence[Block]) -> Iterator[tuple[Block, ...]]:
    """The blocks in groups that are set as one."""
    group: list[Block] = []
    for block in blocks:
        if group and not _belongs(block, group):
            yield tuple(group)
            group = []
        group.append(block)
    if group:
        yield tuple(group)


_TABLES = {
    "bars": bars_table,
    "facts": facts_table,
    "parties": parties_table,
    "totals": totals_table,
}


def _unstyled(text: Inline) -> Inline:
    return tuple(Span(span.text) for span in text)
