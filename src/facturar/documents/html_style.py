"""How a page for a browser and the body of an e-mail look: one set of styles, in a sheet or on each element."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from facturar.documents.blocks import Inline, Span
from facturar.documents.wording import held

_FAMILY = "'Source Sans Pro','Source Sans 3','Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
STYLES: Mapping[str, str] = {
    "body": f"margin:0;padding:24px 16px;background:#fff;color:#1d2733;font:16px/1.5 {_FAMILY}",
    "sheet": "max-width:46rem;margin:0 auto",
    "h1": "margin:20px 0 14px;font-size:26px;line-height:1.25;font-weight:600;color:{accent}",
    "h2": "margin:28px 0 10px;font-size:18px;line-height:1.3;font-weight:600",
    "h3": "margin:20px 0 8px;font-size:16px;font-weight:600",
    "p": "margin:0 0 14px",
    "letterhead": "margin:0 0 20px;color:#5a6672;font-size:14px",
    "small": "margin:0 0 8px;color:#5a6672;font-size:13px",
    "note": "margin:0 0 14px;padding:10px 14px;background:{tint};border-left:3px solid {accent}",
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
    "barhead": "padding:4px 12px 4px 0;border-bottom:1px solid #dde2e8;color:#5a6672;font-size:13px;font-weight:400;"
    "white-space:nowrap",
    "barlabel": "padding:3px 12px 3px 0",
    "barcell": "padding:3px 12px 3px 0",
    "track": "min-width:40px;background:#eef1f4",
    "bar": "height:12px;background:{accent}",
    "link": "color:{accent}",
}
ON_A_PAGE = """
.table td:last-child,.table th:last-child{padding-right:0}
.bar{-webkit-print-color-adjust:exact;print-color-adjust:exact}
@media (max-width:30rem){.body{padding:16px 12px;font-size:15px}.h1{font-size:22px}.scroll{overflow-x:auto}
.table td,.table th{padding-right:8px}.facts,.facts tbody,.facts tr,.facts th,.facts td{display:block}
.facts th,.facts td{padding:0}.facts td{margin-bottom:8px}
.barhead,.barlabel,.barcell{font-size:14px;padding-right:8px}
.wide thead{display:none}.wide tbody,.wide tr{display:block}
.wide tr{border-bottom:1px solid #dde2e8;padding:6px 0}
.wide td{display:flex;justify-content:space-between;gap:12px;border:0;padding:1px 0}
.wide td:empty{display:none}.wide td:first-child{font-weight:600}
.wide td[data-label]::before{content:attr(data-label);color:#5a6672;font-weight:400}}
@media print{.body{padding:0;font-size:10pt}.sheet{max-width:none}.h2,.h3{break-after:avoid}tr{break-inside:avoid}}
"""
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
class Face:
    """How elements get their style: on each (`inline`), or by a class of the sheet."""

    look: HtmlLook
    inline: bool

    def open(self, tag: str, name: str, more: str = "") -> str:
        """An opening tag in the style of a name."""
        if self.inline:
            style = ";".join(part for part in (self.look.styled(STYLES[name]), more) if part)
            return f'<{tag} style="{escape(style)}">'
        extra = f' style="{escape(more)}"' if more else ""
        return f'<{tag} class="{name}"{extra}>'

    def element(self, tag: str, name: str, inner: str, more: str = "") -> str:
        """A whole element."""
        return f"{self.open(tag, name, more)}{inner}</{tag}>"


def inline_html(text: Inline, face: Face) -> str:
    """A text with its styles and its links."""
    return "".join(_span(span, face) for span in text)


def _span(span: Span, face: Face) -> str:
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
