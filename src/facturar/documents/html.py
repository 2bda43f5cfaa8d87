"""Blocks → HTML: a page of its own for a browser, or the body of an e-mail.

One set of styles serves both: a page has them in a sheet, which fits a phone, a screen and paper; a mail has them on
each element, since mail programs drop sheets. Nothing is fetched: no font, no script, no picture from anywhere. Every
text is escaped, and only web and mail addresses become links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from facturar.documents.bars import share_of
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
from facturar.documents.wording import held

_FAMILY = "'Source Sans Pro','Source Sans 3','Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
_STYLES: Mapping[str, str] = {
    "body": f"margin:0;padding:24px 16px;background:#fff;color:#1d2733;font:16px/1.5 {_FAMILY}",
    "sheet": "max-width:46rem;margin:0 auto",
    "h1": "margin:20px 0 14px;font-size:26px;line-height:1.25;font-weight:600;color:{accent}",
    "h2": "margin:28px 0 10px;font-size:18px;line-height:1.3;font-weight:600",
    "h3": "margin:20px 0 8px;font-size:16px;font-weight:600",
    "p": "margin:0 0 14px",
    "letterhead": "margin:0 0 20px;color:#5a6672;font-size:14px",
    "small": "margin:0 0 8px;color:#5a6672;font-size:13px",
    "list": "margin:0 0 14px;padding-left:22px",
    "quote": "margin:0 0 14px;padding:2px 0 2px 14px;border-left:3px solid #dde2e8",
    "code": "margin:0 0 14px;padding:8px 10px;background:#f4f6f8;font:14px/1.45 monospace;white-space:pre-wrap",
    "rule": "border:0;border-top:1px solid #dde2e8;margin:20px 0",
    "table": "width:100%;border-collapse:collapse;margin:0 0 18px;font-size:15px",
    "facts": "width:auto;border-collapse:collapse;margin:0 0 18px;font-size:15px",
    "payment": "width:100%;border-collapse:collapse;margin:0 0 18px;font-size:15px;background:{tint};"
    "border-left:3px solid {accent}",
    "th": "padding:6px 10px 6px 0;border-bottom:2px solid {accent};color:#5a6672;font-size:13px;font-weight:400",
    "td": "padding:7px 10px 7px 0;border-bottom:1px solid #dde2e8;vertical-align:top",
    "label": "padding:3px 18px 3px 0;color:#5a6672;vertical-align:top;font-weight:400",
    "value": "padding:3px 0;vertical-align:top",
    "paylabel": "padding:4px 18px 4px 14px;color:#5a6672;vertical-align:top;font-weight:400",
    "payvalue": "padding:4px 14px 4px 0;vertical-align:top;word-break:break-word",
    "party": "padding:0 12px 0 0;width:50%;vertical-align:top;word-break:break-word",
    "caption": "color:#5a6672;font-size:13px",
    "track": "min-width:80px;background:#eef1f4",
    "bar": "height:12px;background:{accent}",
    "link": "color:{accent}",
}
_ON_A_PAGE = """
.table td:last-child,.table th:last-child{padding-right:0}
@media (max-width:30rem){.body{padding:16px 12px;font-size:15px}.h1{font-size:22px}.scroll{overflow-x:auto}
.table td,.table th{padding-right:8px}.facts,.facts tbody,.facts tr,.facts th,.facts td{display:block}
.facts th,.facts td{padding:0}.facts td{margin-bottom:8px}}
@media print{.body{padding:0;font-size:10pt}.sheet{max-width:none}.h2,.h3{break-after:avoid}tr{break-inside:avoid}}
"""
_NAMED = {"letterhead": "letterhead", "mentions": "small", "small": "small", "date": "small"}
_PAIRS = {"facts": ("facts", "label", "value"), "payment": ("payment", "paylabel", "payvalue")}
_SAFE = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)


@dataclass(frozen=True)
class HtmlLook:
    """The colours of a document's HTML: the accent, and a tint of it."""

    accent: str = "#1f4e79"

    @property
    def tint(self) -> str:
        """The accent, nearly white."""
        parts = (int(self.accent[start : start + 2], 16) for start in (1, 3, 5))
        return "#" + "".join(f"{round(255 - 0.07 * (255 - part)):02x}" for part in parts)

    def styled(self, style: str) -> str:
        """A style with the colours put in."""
        return style.replace("{accent}", self.accent).replace("{tint}", self.tint)


@dataclass(frozen=True)
class _Face:
    """How elements get their style: on each (`inline`), or by a class of the sheet."""

    look: HtmlLook
    inline: bool

    def open(self, tag: str, name: str, more: str = "") -> str:
        """An opening tag in the style of a name."""
        if self.inline:
            style = ";".join(part for part in (self.look.styled(_STYLES[name]), more) if part)
            return f'<{tag} style="{escape(style)}">'
        extra = f' style="{escape(more)}"' if more else ""
        return f'<{tag} class="{name}"{extra}>'

    def element(self, tag: str, name: str, inner: str, more: str = "") -> str:
        """A whole element."""
        return f"{self.open(tag, name, more)}{inner}</{tag}>"


def html_page(blocks: Sequence[Block], *, title: str, language: str, look: HtmlLook) -> str:
    """A whole document for a browser: one file that needs nothing else."""
    face = _Face(look, inline=False)
    sheet = "".join(f".{name}{{{look.styled(style)}}}" for name, style in _STYLES.items())
    head = (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{sheet}{_ON_A_PAGE}</style>\n</head>\n"
    )
    return f"{head}{_body(blocks, face)}</html>\n"


def html_mail(blocks: Sequence[Block], *, title: str, language: str, look: HtmlLook) -> str:
    """The HTML part of an e-mail: styles on the elements, codes to scan left out, as the PDF has them."""
    face = _Face(look, inline=True)
    head = (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n</head>\n"
    )
    return f"{head}{_body(blocks, face)}</html>\n"


def _body(blocks: Sequence[Block], face: _Face) -> str:
    inside = "\n".join(_elements(blocks, face))
    return f"{face.open('body', 'body')}\n{face.open('div', 'sheet')}\n{inside}\n</div>\n</body>\n"


def _elements(blocks: Sequence[Block], face: _Face) -> Iterator[str]:
    for block in blocks:
        yield from _element(block, face)


def _element(block: Block, face: _Face) -> Iterator[str]:
    match block:
        case Heading(level=level):
            yield face.element(f"h{level}", f"h{min(level, 3)}", _inline(block.text, face))
        case Paragraph():
            yield face.element("p", _NAMED.get(block.name, "p"), _inline(block.text, face))
        case Bullets():
            yield _list(block, face)
        case Quote():
            yield face.element("blockquote", "quote", "".join(_elements(block.blocks, face)))
        case Code():
            yield face.element("pre", "code", escape(block.text))
        case Table():
            yield _table(block, face)
        case QrCode():
            if not face.inline:
                yield _code(block, face)
        case Rule():
            yield face.open("hr", "rule")
        case PageBreak():
            yield face.open("hr", "rule", "break-after:page")


def _list(bullets: Bullets, face: _Face) -> str:
    tag = "ul" if bullets.start is None else "ol"
    items = "".join(f"<li>{''.join(_item(item, face))}</li>" for item in bullets.items)
    opening = face.open(tag, "list")
    if bullets.start not in (None, 1):
        opening = opening.removesuffix(">") + f' start="{bullets.start}">'
    return f"{opening}{items}</{tag}>"


def _item(blocks: Sequence[Block], face: _Face) -> Iterator[str]:
    """An item's paragraphs run on as its text: a list is read as lines."""
    for block in blocks:
        yield _inline(block.text, face) if isinstance(block, Paragraph) else "".join(_element(block, face))


def _table(table: Table, face: _Face) -> str:
    if table.name in _PAIRS:
        return _pairs(table, face)
    if table.name == "parties":
        return _columns(table, face)
    rows = _rows(table, face, header=table.name != "totals")
    return rows if face.inline else f'<div class="scroll">{rows}</div>'


def _columns(table: Table, face: _Face) -> str:
    """Parties side by side, each a column whose empty cells close up."""
    columns = ([row[index] for row in table.all_rows] for index in range(len(table.header)))
    cells = (
        face.element("td", "party", "<br>".join([face.element("span", "caption", _inline(head, face)), *lines]))
        for head, *rest in columns
        for lines in ([_inline(cell, face) for cell in rest if cell],)
    )
    return face.element("table", "table", f"<tbody><tr>{''.join(cells)}</tr></tbody>")


def _pairs(table: Table, face: _Face) -> str:
    """Labels and their values; the labels are the heads of their rows."""
    whole, label, value = _PAIRS[table.name]
    rows = (
        "<tr>"
        + face.element("th", label, _inline(row[0], face), "text-align:left")
        + face.element("td", value, "<br>".join(_inline(cell, face) for cell in row[1:]))
        + "</tr>"
        for row in table.all_rows
    )
    return face.element("table", whole, f"<tbody>{''.join(rows)}</tbody>")


def _rows(table: Table, face: _Face, *, header: bool) -> str:
    aligns = [f"text-align:{align}" for align in table.aligns]
    heads = "".join(
        face.element("th", "th", _inline(cell, face), align) for cell, align in zip(table.header, aligns, strict=True)
    )
    rows = "".join(
        f"<tr>{''.join(_cell(cell, align, face) for cell, align in zip(row, aligns, strict=True))}</tr>"
        for row in (table.rows if header else table.all_rows)
    )
    head = f"<thead><tr>{heads}</tr></thead>" if header else ""
    return face.element("table", "table", f"{head}<tbody>{rows}</tbody>")


def _cell(cell: Inline, align: str, face: _Face) -> str:
    """A cell; one that holds a bar of blocks shows it as a bar."""
    share = share_of(cell)
    if share is None:
        amount = "right" in align
        return face.element("td", "td", _inline(cell, face), f"{align};white-space:nowrap" if amount else align)
    bar = face.element("div", "bar", "", f"width:{100 * share:.1f}%")
    return face.element("td", "td", face.element("div", "track", bar), "width:45%")


def _code(code: QrCode, face: _Face) -> str:
    """A QR code as a picture inside the page."""
    import segno

    drawn = segno.make_qr(code.text, error="m", encoding="utf-8", boost_error=False)
    svg = drawn.svg_inline(scale=3, border=4, dark="#000", light="#fff", title=code.label)
    return face.element("p", "p", f"{svg}<br>{escape(code.label)}")


def _inline(text: Inline, face: _Face) -> str:
    return "".join(_span(span, face) for span in text)


def _span(span: Span, face: _Face) -> str:
    if span.text == "\n":
        return "<br>"
    words = escape(held(span.text), quote=False)
    if span.code:
        words = f"<code>{words}</code>"
    if span.href and _SAFE.match(span.href):
        words = f'{face.open("a", "link").removesuffix(">")} href="{escape(span.href)}">{words}</a>'
    if span.italic:
        words = f"<em>{words}</em>"
    return f"<strong>{words}</strong>" if span.bold else words
