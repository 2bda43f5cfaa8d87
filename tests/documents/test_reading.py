"""Markdown into blocks: comments name what follows, other HTML is text."""

import pytest

from facturar.documents.blocks import (
    Block,
    Bullets,
    Code,
    Heading,
    PageBreak,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
    title_of,
)
from facturar.documents.reading import read_blocks


def words(text: str) -> tuple[Span, ...]:
    return (Span(text),)


CASES: list[tuple[str, str, tuple[Block, ...]]] = [
    ("heading", "## Uno", (Heading(2, words("Uno")),)),
    ("lines of one paragraph", "uno\ndos", (Paragraph(words("uno dos")),)),
    ("line break", "uno\\\ndos", (Paragraph((Span("uno"), Span("\n"), Span("dos"))),)),
    (
        "styles",
        "**a** *b* `c`",
        (Paragraph((Span("a", bold=True), Span(" "), Span("b", italic=True), Span(" "), Span("c", code=True))),),
    ),
    ("link", "<https://x.example>", (Paragraph((Span("https://x.example", href="https://x.example"),)),)),
    (
        "comment names what follows",
        "<!-- totals -->\nuno\n\ndos",
        (Paragraph(words("uno"), "totals"), Paragraph(words("dos"))),
    ),
    ("comment in a paragraph", "uno <!-- no --> dos", (Paragraph(words("uno  dos")),)),
    ("page break", "<!-- page break -->\n\nuno", (PageBreak(), Paragraph(words("uno")))),
    ("other HTML is text", "<b>uno</b>", (Paragraph(words("<b>uno</b>")),)),
    ("a block of HTML is text", "<div>uno</div>", (Paragraph(words("<div>uno</div>")),)),
    ("bullets", "- uno\n- dos", (Bullets(((Paragraph(words("uno")),), (Paragraph(words("dos")),))),)),
    ("numbers", "3. uno", (Bullets(((Paragraph(words("uno")),),), 3),)),
    ("quote", "> uno", (Quote((Paragraph(words("uno")),)),)),
    ("code", "```\n*uno*\n```", (Code("*uno*"),)),
    ("rule", "---", (Rule(),)),
    (
        "table",
        "<!-- lines -->\n| a | b |\n|---|--:|\n| c | |",
        (Table((words("a"), words("b")), ((words("c"), ()),), ("left", "right"), "lines"),),
    ),
]


@pytest.mark.parametrize(("markdown", "blocks"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_markdown_becomes_blocks(markdown: str, blocks: tuple[Block, ...]) -> None:
    assert read_blocks(markdown) == blocks


def test_a_document_is_titled_by_its_first_heading() -> None:
    assert title_of(read_blocks("uno\n\n# Dos **tres**\n\n# Cuatro")) == "Dos tres"
    assert title_of(read_blocks("uno")) == ""
