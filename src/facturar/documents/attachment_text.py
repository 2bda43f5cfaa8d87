"""The files that go with a document, as its template names them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from facturar.model.attachment import Attachment


@dataclass(frozen=True)
class AttachmentText:
    """A file: its title, its path in the book, and the SHA-256 of its bytes."""

    title: str
    path: str
    sha256: str


def attachment_texts(attachments: Iterable[Attachment], *, beside: bool) -> tuple[AttachmentText, ...]:
    """Those that go beside the document, or those that are pages of it."""
    return tuple(
        AttachmentText(each.name, each.file, each.sha256) for each in attachments if bool(each.beside) is beside
    )
