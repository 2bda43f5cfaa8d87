"""E-mail addresses: whether a text is one, and how it is written in ASCII for a mail server.

An address may have a domain with accents, which travels as IDNA; what stands before the @ has to be ASCII, since few
servers take anything else (SMTPUTF8). Quoted and otherwise exotic local parts, which RFC 5321 allows, are not taken.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII)
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?", re.ASCII)
_NAMED = re.compile(r'"?(?P<name>[^"<>]*?)"?\s*<(?P<address>[^<>]*)>')
_LONGEST_LOCAL, _LONGEST = 64, 254  # octets, by RFC 5321, section 4.5.3.1


class Mailbox(NamedTuple):
    """An address with the name that stands before it, if one does."""

    name: str
    address: str


def _ascii_domain(domain: str) -> str | None:
    try:
        plain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    labels = plain.split(".")
    return plain if len(labels) > 1 and all(map(_LABEL.fullmatch, labels)) else None


def mail_address(text: str) -> str | None:
    """An address as it travels, in ASCII; None when it is not one that can be written to.

    >>> [mail_address(text) for text in ("ana@acme.example", "ana@peña.example", "ana@@acme", "ñ@acme.es")]
    ['ana@acme.example', 'ana@xn--pea-8ma.example', None, None]
    """
    local, at, domain = text.strip().rpartition("@")
    plain = _ascii_domain(domain) if at and _LOCAL.fullmatch(local) and len(local) <= _LONGEST_LOCAL else None
    return f"{local}@{plain}" if plain and len(local) + 1 + len(plain) <= _LONGEST else None


def mailbox(text: str) -> Mailbox | None:
    """`ana@acme.example` or `Ana Ruiz <ana@acme.example>`; None when it is neither.

    >>> mailbox("Estudio Luna <hola@luna.example>")
    Mailbox(name='Estudio Luna', address='hola@luna.example')
    """
    match = _NAMED.fullmatch(text.strip())
    name, written = (match["name"].strip(), match["address"]) if match else ("", text)
    address = mail_address(written)
    return Mailbox(" ".join(name.split()), address) if address else None
