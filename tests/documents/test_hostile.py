"""Whatever stands in a client or a line is text on every face: no markup leaks, nothing is lost, nothing breaks."""

from __future__ import annotations

import io
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from rich.console import Console

from facturar.documents.escaping import one_line
from facturar.documents.fonts import face_of
from facturar.documents.html import html_mail, html_page
from facturar.documents.html_style import HtmlLook
from facturar.documents.press import Press
from facturar.documents.reading import read_blocks

from .places import boxes
from .samples import invoice, letter, line, notice
from .test_account_papers import activity, receipt, statement

HOSTILE = {
    "pipe": "uno | dos || tres",
    "stars": "**negrita** *cursiva* __x__ `código`",
    "tag": "<b>x</b><script>alert(1)</script>",
    "comment": "<!-- totals --> <!-- page break -->",
    "entity": "A &amp; B &lt;x&gt; &#124;",
    "jinja": "{{ payable }} {% raw %} {# nada #}",
    "fence": "::: totals",
    "heading": "# Título",
    "link": "[aquí](javascript:alert(1)) <https://x.example>",
    "rule": "--- === ***",
    "backslash": "a\\ b\\| c\\",
    "long": "Nombre " * 43,
    "right to left": "שלום عليكم",
    "override": "abc\u202egpj.exe",
    "cjk": "東京デザイン株式会社",
    "emoji": "Panadería 🥐👩‍🍳🇪🇸",
    "nul": "Pan\x00adería\x1b[31m\x07",
    "newline": "uno\ndos\r\ntres\u2028cuatro",
}


def hostile_invoice(text: str) -> Any:
    address = {"street": text, "postcode": text, "city": text, "region": text, "country": "ES"}
    buyer = {"name": text, "trade_name": text, "tax_id": text, "address": address, "email": text, "attention": text}
    lines = [line(text, "2", "5", unit=text, section=text), line(text, "1", "5", section=text)]
    return invoice(buyer=buyer, lines=lines, purchase_order=text, message=text, mentions=[text], reason=text)


def hostile_letter(text: str) -> Any:
    return letter(
        "firm", 1, buyer={"name": text, "attention": text}, sender={"name": text, "role": text, "email": text}
    )


def hostile_notice(text: str) -> Any:
    """An offer: whatever a person may write into a notice."""
    offered = [{"item": "mesa", "text": text, "unit": text, "price": "5", "offered": "4"}]
    return notice(
        "offer", offered=offered, message=text, buyer={"name": text, "attention": text}, sender={"name": text}
    )


def hostile_prices(text: str) -> Any:
    change = {"kind": "price", "job": "a", "title": text, "text": text, "unit": text, "every": "month"}
    return notice(changes=[{**change, "before": "1", "after": "2", "since": "2027-01-01"}], message=text)


def hostile_receipt(text: str) -> Any:
    settled = {"number": text, "issued": "2026-11-05", "amount": "400.00", "open": "600.00", "due": "2026-12-25"}
    buyer = {"name": text, "tax_id": text, "attention": text, "email": text}
    return receipt(settled, buyer=buyer, method=text, reference=text, credit="600.00")


def hostile_statement(text: str) -> Any:
    item = {"number": text, "issued": "2026-09-01", "due": "2026-10-01", "amount": "5", "open": "5", "days_late": "60"}
    return statement(items=[item], buyer={"name": text, "tax_id": text, "attention": text}, reference=text)


def hostile_activity(text: str) -> Any:
    movement = {"date": "2026-01-05", "kind": "payment", "amount": "-5", "balance": "-5"}
    return activity(movements=[{**movement, "document": text, "reference": text}], buyer={"name": text})


MADE = {
    "invoice": hostile_invoice,
    "letter": hostile_letter,
    "offer": hostile_notice,
    "prices": hostile_prices,
    "receipt": hostile_receipt,
    "statement": hostile_statement,
    "activity": hostile_activity,
}
BENIGN = "Nombre"


def shape(markdown: str) -> list[tuple[str, str]]:
    """The kinds and names of a document's blocks: what markup would change."""
    return [(type(block).__name__, block.name) for block in read_blocks(markdown)]


def solid(text: str) -> str:
    return "".join(text.split())


class Seen(HTMLParser):
    """The tags, the addresses and the words of a page of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for key, value in attrs if key in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def seen(page: str) -> Seen:
    parser = Seen()
    parser.feed(page)
    return parser


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
class TestHostile:
    def test_markdown_keeps_its_shape(self, kind: str, text: str, press: Press) -> None:
        markdown = press.markdown(MADE[kind](text))
        assert shape(markdown) == shape(press.markdown(MADE[kind](BENIGN)))
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", markdown)

    def test_the_terminal_shows_it(self, kind: str, text: str, press: Press) -> None:
        console = Console(width=80, file=io.StringIO(), force_terminal=False, color_system=None)
        with console.capture() as capture:
            console.print(press.preview(press.markdown(MADE[kind](text))))
        shown = capture.get()
        assert "\x1b" not in shown
        assert solid(one_line(text))[:12] in solid(shown)

    @pytest.mark.parametrize("face", [html_page, html_mail], ids=["page", "mail"])
    def test_html_shows_it_as_text(self, face: Any, kind: str, text: str, press: Press) -> None:
        def made(words: str) -> Seen:
            blocks = read_blocks(press.markdown(MADE[kind](words)))
            return seen(face(blocks, title=words, language="es", look=HtmlLook()))

        page = made(text)
        assert page.tags == made(BENIGN).tags
        assert all(link.startswith(("https://pay.example/", "mailto:")) for link in page.links)
        assert solid(one_line(text)) in solid("".join(page.words))

    def test_the_pdf_shows_it(self, kind: str, text: str, press: Press) -> None:
        record = MADE[kind](text)
        data = press.faces(record)[".pdf"]
        face = face_of(None, Path())
        shown = solid("".join(box.text for page in boxes(data, face) for box in page))
        assert solid(face.printable(one_line(text))) in shown
        assert PdfReader(io.BytesIO(data)).metadata is not None


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_titles_and_authors_may_be_anything(text: str, press: Press) -> None:
    data = press.pdf("# x\n", language="es", day=date(2026, 1, 1), title=text, author=text)
    xmp = PdfReader(io.BytesIO(data)).xmp_metadata
    assert xmp is not None
    assert xmp.dc_creator == [one_line(text)]
