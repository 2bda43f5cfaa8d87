"""Markdown → blocks: CommonMark with tables, and comments that name the block after them.

`<!-- totals -->` on its own line is invisible in every viewer and names what follows; any other HTML is shown as the
text it is. Nothing here knows which names there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple, cast
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from facturar.documents.blocks import (
    Align,
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

_COMMENT = re.compile(r"<!--\s*(.*?)\s*-->", re.DOTALL)
PAGE_BREAK = "page break"


class Node(NamedTuple):
    """A token of the parser with what stands inside it; `kind` is its type, whether it opens or stands alone.

    The parser has a tree of its own, which takes four times as long to build.
    """

    kind: str
    token: Token
    children: list[Node]


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable("table")


def read_blocks(markdown: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text, in order."""
    return tuple(_blocks(_tree(_parser().parse(markdown))))


def _tree(tokens: Sequence[Token]) -> list[Node]:
    """Tokens in a row as nodes, each with those between its opening and its closing token."""
    levels: list[list[Node]] = [[]]
    for token in tokens:
        if token.nesting < 0:
            levels.pop()
            continue
        node = Node(token.type.removesuffix("_open"), token, _tree(token.children) if token.children else [])
        levels[-1].append(node)
        if token.nesting > 0:
            levels.append(node.children)
    return levels[0]


def _blocks(nodes: Sequence[Node]) -> Iterator[Block]:
    name = ""
    for node in nodes:
        if node.kind == "html_block":
            name = _name_in(node.token.content) or name
            if alone := _alone(name):
                yield alone
                name = ""
            if rest := _COMMENT.sub("", node.token.content).strip():
                yield Paragraph((Span(rest),), name)
                name = ""
        else:
            yield replace(_block(node), name=name)
            name = ""


def _alone(name: str) -> Block | None:
    """The block that a comment is by itself; None when it names the one after it."""
    if name == PAGE_BREAK:
        return PageBreak()
    match name.split(" "):
        case ["qr", label, text]:
            return QrCode(unquote(label), unquote(text))
        case ["picture", file]:
            return Picture(unquote(file))
        case ["attached", file, sha256]:
            return AttachedFile(unquote(file), sha256)
        case _:
            return None


def _name_in(html: str) -> str:
    comments = _COMMENT.findall(html)
    return str(comments[-1]) if comments else ""


def _block(node: Node) -> Block:
    match node.kind:
        case "heading":
            return Heading(int(node.token.tag[1]), _inline(node))
        case "bullet_list" | "ordered_list":
            start = int(node.token.attrs.get("start", 1)) if node.kind == "ordered_list" else None
            return Bullets(tuple(tuple(_blocks(item.children)) for item in node.children), start)
        case "blockquote":
            return Quote(tuple(_blocks(node.children)))
        case "table":
            return _table(node)
        case "hr":
            return Rule()
        case "fence" | "code_block":
            return Code(node.token.content.removesuffix("\n"))
        case _:
            return Paragraph(_inline(node))


def _table(node: Node) -> Table:
    rows = [row for part in node.children for row in part.children]
    cells = [tuple(_inline(cell) for cell in row.children) for row in rows]
    aligns = tuple(_align(cell) for cell in rows[0].children)
    return Table(cells[0], tuple(cells[1:]), aligns)


def _align(cell: Node) -> Align:
    style = str(cell.token.attrs.get("style", ""))
    return cast("Align", style.removeprefix("text-align:")) if style else "left"


def _inline(node: Node) -> Inline:
    spans = [span for child in node.children for span in _spans(child.children, Span(""))]
    return tuple(_joined(spans))


def _spans(nodes: Sequence[Node], style: Span) -> Iterator[Span]:
    for node in nodes:
        match node.kind:
            case "strong":
                yield from _spans(node.children, replace(style, bold=True))
            case "em":
                yield from _spans(node.children, replace(style, italic=True))
            case "link":
                yield from _spans(node.children, replace(style, href=str(node.token.attrs["href"])))
            case "code_inline":
                yield replace(style, text=node.token.content, code=True)
            case "softbreak":
                yield replace(style, text=" ")
            case "hardbreak":
                yield Span("\n")
            case "html_inline":
                yield replace(style, text=_COMMENT.sub("", node.token.content))
            case _:
                yield replace(style, text=node.token.content)


def _joined(spans: list[Span]) -> Iterator[Span]:
    """Neighbours in one style as one span; empty ones go."""
    held: Span | None = None
    for span in spans:
        if not span.text:
            continue
        if held and "\n" not in (held.text, span.text) and replace(span, text=held.text) == held:
            held = replace(held, text=held.text + span.text)
            continue
        if held:
            yield held
        held = span
    if held:
        yield held
