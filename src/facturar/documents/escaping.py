"""Text as Markdown that reads back as the same text, with as few backslashes as that needs.

A value of the book is never markup: `F-2026-0012`, `hola@x.example` and `1.234,50 €` stay as they are, a `*` does
not. This module knows nothing of templates or records; it must not decide what is shown, only how it is written.
"""

from __future__ import annotations

import re
from urllib.parse import quote

_BREAKS = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_ALWAYS = re.compile(r"[\\*`\[\]|]|<(?![\s\d=]|$)|<(?=\d[^\s<>]*@)|&(?=#?\w+;)")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_TILDES = re.compile(r"~(?=.*~)|(?<=~)~")
_LEADING = re.compile(r"#{1,6}(?=\s|$)|[-+](?=[\s-]|$)|>|=(?==*$)|:(?=[:-])|(?<=~)~")
_ORDINAL = re.compile(r"(\d{1,9})([.)])(?=\s|$)", re.ASCII)
_CLOSING_HASHES = re.compile(r"(?<=\s)#+$")
_SAFE_IN_URL = "/:?#@!$&'()+,;=%~"


def one_line(text: str) -> str:
    """The text on one line: white space and line breaks become a space, control characters go.

    So do those that turn the direction of what follows: they could make a document read other than it is.
    """
    return _BREAKS.sub(" ", _CONTROL.sub("", text)).strip()


def escape_markdown(text: str) -> str:
    r"""The text, on one line, so that CommonMark with tables reads it back as itself wherever it stands.

    >>> escape_markdown("F-2026-0012 · Avda. (esq.) · 1.234,50 € · snake_case")
    'F-2026-0012 · Avda. (esq.) · 1.234,50 € · snake_case'
    >>> print(escape_markdown("*2* [x] a|b <b> &amp; _so_"))
    \*2\* \[x\] a\|b \<b> \&amp; \_so\_
    >>> print(escape_markdown("1. uno"), escape_markdown("# dos"), escape_markdown("-3 °C"))
    1\. uno \# dos -3 °C
    """
    line = one_line(text)
    trailing_backslash = line.endswith("\\")
    line = _ALWAYS.sub(r"\\\g<0>", line.removesuffix("\\"))
    line = _TILDES.sub(r"\\~", _UNDERSCORE.sub(r"\\_", line))
    line = _CLOSING_HASHES.sub(r"\\\g<0>", line)
    if _LEADING.match(line):
        line = "\\" + line
    line = _ORDINAL.sub(r"\1\\\2", line, count=1) if _ORDINAL.match(line) else line
    # An entity: a backslash here could meet a cell's end or a line's end, where it would mean something.
    return line + "&#92;" if trailing_backslash else line


def escape_paragraphs(text: str) -> str:
    """The text with its paragraphs kept: an empty line parts them, other breaks become spaces."""
    paragraphs = (escape_markdown(part) for part in re.split(r"\n\s*\n", text.strip()))
    return "\n\n".join(part for part in paragraphs if part)


def link(url: str) -> str:
    """A web or mail address as a Markdown link that shows itself; any other address as plain text.

    >>> link("https://pay.example/F-1?a=1&b=2"), link("javascript:x")
    ('<https://pay.example/F-1?a=1&b=2>', 'javascript:x')
    """
    if re.match(r"(?:https?://|mailto:)\S", url):
        return f"<{quote(one_line(url), safe=_SAFE_IN_URL)}>"
    return escape_markdown(url)


def qr(text: str, label: str) -> str:
    r"""A comment that only faces which can be scanned show, as a QR code with a label under it.

    >>> qr("BCD\n002", "Transferencia en euros")
    '<!-- qr Transferencia%20en%20euros BCD%0A002 -->'
    """
    return f"<!-- qr {quote(label, safe='')} {quote(text, safe='/:?&=@,')} -->"


def picture(file: str) -> str:
    """A comment that the PDF shows as a picture of the book's folder; nothing for no file.

    >>> picture("firma de Ana.png")
    '<!-- picture firma%20de%20Ana.png -->'
    """
    return f"<!-- picture {quote(file, safe='/')} -->" if file else ""


def attached(file: str, sha256: str) -> str:
    """A comment that the PDF shows as the pages of a file of the book, which must have these bytes.

    >>> attached("contracts/acme 2026.pdf", "9f2c")
    '<!-- attached contracts/acme%202026.pdf 9f2c -->'
    """
    return f"<!-- attached {quote(file, safe='/')} {sha256} -->"
