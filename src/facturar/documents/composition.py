"""Blocks → the flow of a printed document: which block gets which place and form.

Knows the names that templates give to blocks; an unknown name is set as plain text or as a plain table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    HRFlowable,
    Indenter,
    ListFlowable,
    ListItem,
    Preformatted,
    Spacer,
)
from reportlab.platypus import PageBreak as NewPage

from facturar.documents.attachments import attached_bytes
from facturar.documents.blocks import (
    AttachedFile,
    Block,
    Bullets,
    Code,
    Heading,
    Inline,
    PageBreak,
    Paragraph,
    Picture,
    QrCode,
    Quote,
    Rule,
    Span,
    Table,
)
from facturar.documents.pictures import picture_path
from facturar.documents.printed_attachments import attached_flow
from facturar.documents.printed_bars import bars_table
from facturar.documents.printed_codes import PrintedCodes
from facturar.documents.printed_endings import ending_kept
from facturar.documents.printed_facts import facts_table, parties_table, payment_table
from facturar.documents.printed_heads import Sheet, letterhead, outlined_heading
from facturar.documents.printed_pictures import picture
from facturar.documents.printed_tables import line_table, totals_table
from facturar.documents.typography import HAIRLINE, Typography

if TYPE_CHECKING:
    from facturar.documents.attached_pages import Placed

_LINES_START = 90.0
_HEADED_START = _LINES_START + 40.0
"""Points that a table wants below its header before it begins on a page."""
_BEFORE_ANNEX, _UNLIMITED = 12.0, 1e6
_SIGNATURE = (150.0, 50.0)
"""The box of a signature, in points."""


@dataclass(frozen=True)
class Composer:
    """Sets blocks in one typography on the pages of one sheet; `folder` is the book's, where its pictures are.

    `placed` gathers the pages of attached PDFs as the flow is drawn.
    """

    look: Typography
    sheet: Sheet
    folder: Path
    logo: Path | None = None
    placed: list[Placed] = field(default_factory=list)

    @property
    def width(self) -> float:
        """The width of the text, in points."""
        return self.sheet.text_width

    def flow(self, blocks: Sequence[Block]) -> list[Flowable]:
        """The flowables of the blocks, in order."""
        return list(self._flow(blocks))

    def _flow(self, blocks: Sequence[Block]) -> Iterator[Flowable]:
        end = _attachments_start(blocks)
        document, annexes = _annexed(blocks[:end])
        yield from ending_kept(list(self._plain(document)), self.sheet.text_height, self._whole_height)
        for annex in annexes:
            yield from self._annex(list(self._plain(annex)))
        yield from self._plain(blocks[end:])

    def _plain(self, blocks: Sequence[Block]) -> Iterator[Flowable]:
        for group, following in pairwise([*_together(blocks), ()]):
            if isinstance(group[0], Heading) and following and _is_long(following[0]):
                yield CondPageBreak(_HEADED_START)  # before the heading: it goes over with its table
            yield from self._group(group)

    def _annex(self, parts: list[Flowable]) -> Iterator[Flowable]:
        """An annex below what stands before it if all of it fits there, and else from the top of a page."""
        height = sum(map(self._whole_height, parts))
        yield CondPageBreak(min(height + self.look.space(_BEFORE_ANNEX), self.sheet.text_height - 1))
        yield Spacer(0, self.look.space(_BEFORE_ANNEX))
        yield from parts

    def _whole_height(self, part: Flowable) -> float:
        """How high a part is with the white around it."""
        return float(part.getSpaceBefore()) + self._height(part) + float(part.getSpaceAfter())

    def _height(self, part: Flowable) -> float:
        """How high a part is where nothing limits it; what only steers the flow has no height."""
        if isinstance(part, CondPageBreak):
            return 0.0
        return float(part.wrapOn(_canvas(), self.width, _UNLIMITED)[1])

    def _group(self, group: Sequence[Block]) -> Iterator[Flowable]:
        first = group[0]
        codes = [block for block in group if isinstance(block, QrCode)]
        match first:
            case Table() if _is_list(first):
                totals = next((block for block in group[1:] if isinstance(block, Table)), None)
                yield CondPageBreak(_LINES_START)
                yield line_table(first, totals, self.look, self.width)
            case Table(name="payment"):
                yield payment_table(first, PrintedCodes(codes, self.look) if codes else None, self.look, self.width)
            case QrCode():
                yield PrintedCodes(codes, self.look)
            case _:
                yield from self._block(first)

    def _block(self, block: Block) -> Iterator[Flowable]:
        match block:
            case Heading():
                yield self._heading(block)
            case Paragraph(name="letterhead"):
                yield self._letterhead(block.text)
            case Paragraph():
                yield self.look.paragraph(block.text, block.name)
            case Table():
                yield _TABLES[block.name](block, self.look, self.width)
            case Bullets():
                yield from (self._list(block), Spacer(0, self.look.space(7)))
            case Quote():
                yield from (Indenter(14, 0), *self.flow(block.blocks), Indenter(-14, 0))
            case Code():
                yield Preformatted(self.look.face.printable(block.text), self.look.style("code"))
            case Rule():
                yield HRFlowable(width="100%", thickness=0.5, color=HAIRLINE, spaceBefore=6, spaceAfter=8)
            case PageBreak():
                yield NewPage()
            case QrCode():
                yield PrintedCodes([block], self.look)
            case Picture():
                yield self._signature(block.file)
            case AttachedFile(file=file):
                data = attached_bytes(file, block.sha256, self.folder)
                yield from attached_flow(file, data, self.sheet.text_height, self.placed)

    def _heading(self, heading: Heading) -> Flowable:
        name = heading.name if heading.name in self.look.styles else f"h{min(heading.level, 3)}"
        return outlined_heading(heading, self.look.style(name), self.look)

    def _list(self, bullets: Bullets) -> Flowable:
        items: list[Any] = [ListItem(self.flow(item), spaceAfter=0) for item in bullets.items]
        numbered = bullets.start is not None
        return ListFlowable(
            items,
            bulletType="1" if numbered else "bullet",
            start=bullets.start if numbered else "•",
            bulletFontName=self.look.face.regular,
            bulletFontSize=self.look.design.body,
            bulletColor=self.look.accent,
            leftIndent=14,
        )

    def _signature(self, file: str) -> Flowable:
        """A signature, held to the name that comes after it."""
        path = picture_path(file, self.folder, "picture")
        signature = picture(path, _SIGNATURE)
        signature.keepWithNext = 1
        signature.spaceBefore = self.look.space(6)
        return signature

    def _letterhead(self, text: Inline) -> Flowable:
        """The logo, or else the first line, on the left; the other lines on the right."""
        split = next((i for i, span in enumerate(text) if span.text == "\n"), len(text))
        brand, contact = text[:split], text[split + 1 :]
        if self.logo:
            contact = (*brand, Span("\n"), *contact)
            return letterhead(picture(self.logo, self.look.design.logo), contact, self.look, self.sheet)
        return letterhead(_unstyled(brand), contact, self.look, self.sheet)


@cache
def _canvas() -> Canvas:
    """A canvas to measure on: some flowables ask it for one, and draw nothing."""
    return Canvas(BytesIO())


def _annexed(blocks: Sequence[Block]) -> tuple[Sequence[Block], list[Sequence[Block]]]:
    """The document by itself, and each annex: a heading of that name with what follows it."""
    starts = [i for i, block in enumerate(blocks) if isinstance(block, Heading) and block.name == "annex"]
    ends = [*starts, len(blocks)]
    return blocks[: ends[0]], [blocks[start:end] for start, end in pairwise(ends)]


def _attachments_start(blocks: Sequence[Block]) -> int:
    """Where the attached files begin: at the heading of the first, or at the page break before it; else at the end."""
    for number, block in enumerate(blocks):
        if isinstance(block, Heading) and block.name == "attachment":
            return number - 1 if number and isinstance(blocks[number - 1], PageBreak) else number
    return len(blocks)


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
    "columns": parties_table,
    "facts": facts_table,
    "parties": parties_table,
    "totals": totals_table,
}


def _unstyled(text: Inline) -> Inline:
    return tuple(Span(span.text) for span in text)
