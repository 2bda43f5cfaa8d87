"""What stands in the header of a message: any text as ASCII, in lines that a header may have (RFC 5322, RFC 2047).

Python's own folding loses spaces and quotes of some long texts, and does so differently from version to version; an
e-mail's bytes have to follow from its document alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from facturar.model.mail_address import Mailbox

_PLAIN = re.compile(r"[ -~]*", re.ASCII)
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/^_`{|}~ -]*", re.ASCII)  # without = and ?, which begin an encoded word
_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")
_SHORT = 60
_CHUNK = 51  # what an encoded word holds, so that the first one fits beside the name of its header


def one_line(text: str, longest: int | None = None) -> str:
    r"""A text without line ends and control characters, cut to a length.

    >>> one_line("Factura\r\nBcc: eve@evil.example")
    'Factura Bcc: eve@evil.example'
    """
    visible = (" " if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") else sign for sign in text)
    line = " ".join("".join(visible).split())
    return line if longest is None or len(line) <= longest else line[: longest - 1].rstrip() + "…"


def header_text(text: str) -> str:
    """A text of one line as it stands in a header: itself, or encoded words on lines of their own.

    >>> header_text("Invoice F-2026-0012"), header_text("Factura de Peña")
    ('Invoice F-2026-0012', '=?utf-8?q?Factura_de_Pe=C3=B1a?=')
    """
    line = one_line(text)
    if len(line) <= _SHORT and _PLAIN.fullmatch(line) and "=?" not in line:
        return line
    return "\r\n ".join(f"=?utf-8?q?{chunk}?=" for chunk in _chunks(line))


def header_mailbox(mailbox: Mailbox) -> str:
    """A name and an address as they stand in a header.

    >>> header_mailbox(Mailbox("Panadería Acme, S.L.", "ana@acme.example"))
    '=?utf-8?q?Panader=C3=ADa_Acme=2C_S=2EL=2E?= <ana@acme.example>'
    """
    name = one_line(mailbox.name)
    if not name:
        return mailbox.address
    plain = len(name) <= _SHORT and _ATOMS.fullmatch(name)
    words = name if plain else "\r\n ".join(f"=?utf-8?q?{chunk}?=" for chunk in _chunks(name))
    line_end = "\r\n" if len(words.rpartition("\n")[2]) + len(mailbox.address) > _SHORT else ""
    return f"{words}{line_end} <{mailbox.address}>"


def _chunks(text: str) -> Iterator[str]:
    """The text in quoted-printable parts of some length, none of which breaks a character."""
    chunk = ""
    for sign in text:
        coded = "_" if sign == " " else "".join(chr(b) if b in _SAFE else f"={b:02X}" for b in sign.encode())
        if len(chunk) + len(coded) > _CHUNK:
            yield chunk
            chunk = ""
        chunk += coded
    yield chunk
