"""Blocks → HTML: a page of its own for a browser, or the body of an e-mail.

One set of styles serves both: a page has them in a sheet, which fits a phone, a screen and paper; a mail has them on
each element, since mail programs drop sheets. Nothing is fetched: no font, no script, no picture from anywhere. Every
text is escaped, and only web and mail addresses become links.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from facturar.documents.blocks import (
    AttachedFile,
    Block,
    Bullets,
    Code,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    QrCode,
    Quote,
    Rule,
    Table,
)
from facturar.documents.html_style import ON_A_PAGE, STYLES, Face, HtmlLook, inline_html
from facturar.documents.html_tables import html_table

_NAMED = {"letterhead": "letterhead", "mentions": "small", "small": "small", "date": "small", "note": "note"}


def html_page(blocks: Sequence[Block], *, title: str, language: str, look: HtmlLook) -> str:
    """A whole document for a browser: one file that needs nothing else."""
    face = Face(look, inline=False)
    sheet = "".join(f".{name}{{{look.styled(style)}}}" for name, style in STYLES.items())
    head = (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{sheet}{ON_A_PAGE}</style>\n</head>\n"
    )
    return f"{head}{_body(blocks, face)}</html>\n"


def html_mail(blocks: Sequence[Block], *, title: str, language: str, look: HtmlLook) -> str:
    """The HTML part of an e-mail: styles on the elements, codes to scan left out, as the PDF has them."""
    face = Face(look, inline=True)
    head = (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n</head>\n"
    )
    return f"{head}{_body(blocks, face)}</html>\n"


def _body(blocks: Sequence[Block], face: Face) -> str:
    inside = "\n".join(_elements(blocks, face))
    return f"{face.open('body', 'body')}\n{face.open('div', 'sheet')}\n{inside}\n</div>\n</body>\n"


def _elements(blocks: Sequence[Block], face: Face) -> Iterator[str]:
    for block in blocks:
        yield from _element(block, face)


def _element(block: Block, face: Face) -> Iterator[str]:
    match block:
        case Heading(level=level):
            yield face.element(f"h{level}", f"h{min(level, 3)}", inline_html(block.text, face))
        case Paragraph():
            yield face.element("p", _NAMED.get(block.name, "p"), inline_html(block.text, face))
        case Bullets():
            yield _list(block, face)
        case Quote():
            yield face.element("blockquote", "quote", "".join(_elements(block.blocks, face)))
        case Code():
            yield face.element("pre", "code", escape(block.text))
        case Table():
            yield html_table(block, face)
        case QrCode():
            if not face.inline:
                yield _code(block, face)
        case AttachedFile():
            yield face.element("p", "p", escape(f"→ {block.file}"))
        case Picture():
            return  # nothing is fetched, and the name stands below it in words
        case Rule():
            yield face.open("hr", "rule")
        case PageBreak():
            yield face.open("hr", "rule", "break-after:page")


def _list(bullets: Bullets, face: Face) -> str:
    tag = "ul" if bullets.start is None else "ol"
    items = "".join(f"<li>{''.join(_item(item, face))}</li>" for item in bullets.items)
    opening = face.open(tag, "list")
    if bullets.start not in (None, 1):
        opening = opening.removesuffix(">") + f' start="{bullets.start}">'
    return f"{opening}{items}</{tag}>"


def _item(blocks: Sequence[Block], face: Face) -> Iterator[str]:
    """An item's paragraphs run on as its text: a list is read as lines."""
    for block in blocks:
        yield inline_html(block.text, face) if isinstance(block, Paragraph) else "".join(_element(block, face))


def _code(code: QrCode, face: Face) -> str:
    """A QR code as a picture inside the page."""
    import segno

    drawn = segno.make_qr(code.text, error="m", encoding="utf-8", boost_error=False)
    svg = drawn.svg_inline(scale=3, border=4, dark="#000", light="#fff", title=code.label)
    return face.element("p", "p", f"{svg}<br>{escape(code.label)}")
