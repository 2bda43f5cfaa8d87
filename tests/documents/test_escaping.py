"""Whatever stands in the book comes out of a document as the same text, and plain text stays plain."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facturar.documents.blocks import Block, Bullets, Heading, Paragraph, Table, plain
from facturar.documents.escaping import escape_markdown, link, one_line
from facturar.documents.reading import read_blocks
from facturar.documents.templates import Templates
from facturar.documents.tidy import tidy

AWKWARD = st.text(alphabet="*_`[]()<>|\\&#-+=~:!.;1a \n\táé€\"'$@/x")
TEXT = st.one_of(AWKWARD, st.text())

PLAIN = [
    "1.234,50 €",
    "hola@x.example",
    "F-2026-0012",
    "Avda. (esq.)",
    "snake_case",
    "5 > 3 y 2 < 4",
    "R&D",
    "-3 °C",
    "nº #3",
    "100 %",
    "¡Hola!",
    "C#",
    "2026-11-30",
    "a = b",
    "~5 h",
]

ESCAPED = [
    ("*", r"\*"),
    ("a|b", r"a\|b"),
    ("_so_", r"\_so\_"),
    ("<b>", r"\<b>"),
    ("<5a.1@acme.example>", r"\<5a.1@acme.example>"),
    ("&amp;", r"\&amp;"),
    ("# uno", r"\# uno"),
    ("- uno", r"\- uno"),
    ("1. uno", r"1\. uno"),
    ("===", r"\==="),
    (":::", r"\:::"),
    ("> cita", r"\> cita"),
    ("a\\", "a&#92;"),
    ("dos\nlíneas", "dos líneas"),
    ("<!-- totals -->", r"\<!-- totals -->"),
]


def only(markdown: str) -> Block:
    (block,) = read_blocks(markdown)
    return block


@pytest.mark.parametrize("text", PLAIN)
def test_plain_text_has_no_backslashes(text: str) -> None:
    assert escape_markdown(text) == text


@pytest.mark.parametrize(("text", "written"), ESCAPED, ids=[text for text, _ in ESCAPED])
def test_what_would_be_markup_is_escaped(text: str, written: str) -> None:
    assert escape_markdown(text) == written


@given(TEXT)
def test_a_paragraph_reads_back(text: str) -> None:
    if line := one_line(text):
        block = only(escape_markdown(text))
        assert isinstance(block, Paragraph)
        assert plain(block.text) == line


@given(TEXT, TEXT)
def test_a_second_line_reads_back(first: str, second: str) -> None:
    if one_line(first) and one_line(second):
        block = only(f"{escape_markdown(first)}\n{escape_markdown(second)}")
        assert isinstance(block, Paragraph)
        assert plain(block.text) == f"{one_line(first)} {one_line(second)}"


@given(TEXT)
def test_a_heading_reads_back(text: str) -> None:
    block = only(f"# {escape_markdown(text)}")
    assert isinstance(block, Heading)
    assert plain(block.text) == one_line(text)


@given(TEXT)
def test_an_item_reads_back(text: str) -> None:
    if line := one_line(text):
        block = only(f"- {escape_markdown(text)}")
        assert isinstance(block, Bullets)
        ((paragraph,),) = block.items
        assert isinstance(paragraph, Paragraph)
        assert plain(paragraph.text) == line


@given(TEXT, TEXT)
def test_table_cells_read_back_tidied_or_not(left: str, right: str) -> None:
    table = f"| {escape_markdown(left)} | x |\n|--|--:|\n| {escape_markdown(right)} | {escape_markdown(left)} |\n"
    for text in (table, tidy(table)):
        block = only(text)
        assert isinstance(block, Table)
        assert [[plain(cell) for cell in row] for row in block.all_rows] == [
            [one_line(left), "x"],
            [one_line(right), one_line(left)],
        ]


@given(TEXT)
def test_bold_text_reads_back(text: str) -> None:
    if line := one_line(text):
        block = only(f"**{escape_markdown(text)}**")
        assert isinstance(block, Paragraph)
        assert plain(block.text) == line
        assert all(span.bold for span in block.text)


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://pay.example/F-1?a=1&b=2", "<https://pay.example/F-1?a=1&b=2>"),
        ("https://pay.example/a b>c", "<https://pay.example/a%20b%3Ec>"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("mailto:ana@acme.example", "<mailto:ana@acme.example>"),
    ],
)
def test_only_web_and_mail_addresses_become_links(url: str, written: str) -> None:
    assert link(url) == written


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ name }}", r"\*x\*"),
        ("{% macro m(v) %}{{ v }}{% endmacro %}{{ m(name) }}", r"\*x\*"),
        ("{% set held %}{{ name }}{% endset %}{{ held }}", r"\*x\*"),
        ("{{ (name, name) | join(' · ') }}", r"\*x\* · \*x\*"),
        ("{{ 'a\n\n*b*' | paragraphs }}", "a\n\n\\*b\\*"),
        ("{{ name | e }}", r"\*x\*"),
        ("**{{ nothing }}**", "****"),
    ],
    ids=["value", "macro", "set block", "join", "paragraphs", "by hand", "none"],
)
def test_templates_escape_each_value_once(template: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "t.md.j2").write_text(template)
    assert Templates([tmp_path]).text("t", "en", {"name": "*x*", "nothing": None}) == text
