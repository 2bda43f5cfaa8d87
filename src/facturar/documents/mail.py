"""A document's Markdown → an e-mail: its subject, a plain text to be read anywhere, and an HTML of the same words.

What only paper needs goes: the letterhead, the postal address, the date, codes to scan, pictures. The first heading is
the subject, and is not said again. Nothing here addresses or sends anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from facturar.documents.blocks import Block, Heading, Picture, QrCode, title_of
from facturar.documents.html import html_mail
from facturar.documents.html_style import HtmlLook
from facturar.documents.plain_text import plain_text

ON_PAPER_ONLY = frozenset({"letterhead", "addressee", "date"})
"""The names of blocks that a mail leaves out: its own head says who writes to whom, and when."""


@dataclass(frozen=True)
class Mail:
    """An e-mail's words: `subject` is one line, `text` and `html` say the same."""

    subject: str
    text: str
    html: str


def mail_of(blocks: Sequence[Block], *, sender: str, language: str, look: HtmlLook) -> Mail:
    """The e-mail of a document; without a heading, the subject is the name of the `sender`."""
    subject = " ".join(title_of(blocks).split()) or sender
    body = tuple(_body(blocks))
    return Mail(subject, plain_text(body), html_mail(body, title=subject, language=language, look=look))


def _body(blocks: Sequence[Block]) -> Iterator[Block]:
    subject = next((block for block in blocks if isinstance(block, Heading)), None)
    for block in blocks:
        on_paper = block.name in ON_PAPER_ONLY or isinstance(block, QrCode | Picture)
        if block is not subject and not on_paper:
            yield block
