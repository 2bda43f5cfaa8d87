"""An e-mail as a file: what goes into `outbox/`, and over the wire as it is.

The bytes follow from what goes in: no clock, no random boundary, no name of this machine. Whatever a field holds, it
stays within its field: line ends and control characters become spaces before they get near a header.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from mimetypes import guess_type

from facturar.delivery.header_text import header_mailbox, header_text, one_line
from facturar.model.mail_address import Mailbox

_LONGEST_NAME = 120  # of an attached file: beyond it, mail programs cut or refuse
_LONGEST_SUBJECT = 250
_FORBIDDEN = dict.fromkeys(map(ord, '/\\:*?"<>|'), "-")


@dataclass(frozen=True)
class Attachment:
    """A file that goes along: the name that it has on the other side, and what it holds."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Draft:
    """All that a message is made of.

    `day` is the record's, in the book's `zone`. `mark` is the record's seal: the message's identity is made from it.
    """

    sender: Mailbox
    to: Mailbox
    subject: str
    text: str
    html: str
    language: str
    day: date
    zone: tzinfo
    mark: str
    reply_to: Mailbox | None = None
    attachments: Sequence[Attachment] = ()


def file_name(text: str) -> str:
    """A name that any system can save a file under, its ending kept when it is cut.

    >>> file_name("Aviso: factura 3/4.pdf"), len(file_name("ñ" * 300 + ".pdf"))
    ('Aviso - factura 3-4.pdf', 120)
    """
    name = one_line(text).replace(": ", " - ").translate(_FORBIDDEN).strip(". ") or "file"
    stem, dot, ending = name.rpartition(".")
    if len(name) <= _LONGEST_NAME:
        return name
    if not dot or len(ending) > len("markdown"):
        return name[:_LONGEST_NAME].rstrip()
    return f"{stem[: _LONGEST_NAME - len(ending) - 2].rstrip()}….{ending}"


def message_id(mark: str, sender: Mailbox) -> str:
    """The identity of a message: from the seal of its record, at the sender's domain, the same every time."""
    return f"<{mark[:40]}@{sender.address.rpartition('@')[2]}>"


def eml(draft: Draft) -> bytes:
    """The message as a file, in lines that end with CRLF, all of it in ASCII."""
    message = EmailMessage(policy=SMTP)
    message.set_content(draft.text, cte="quoted-printable")
    message.add_alternative(draft.html, subtype="html", cte="quoted-printable")
    for attachment in draft.attachments:
        _attach(message, attachment)
    _set_boundaries(message, draft.mark)
    return _header(draft).encode("ascii") + message.as_bytes()


def _header(draft: Draft) -> str:
    sent = datetime.combine(draft.day, time(), draft.zone)  # never ahead, at whatever hour it leaves
    fields = {
        "From": header_mailbox(draft.sender),
        "To": header_mailbox(draft.to),
        "Reply-To": header_mailbox(draft.reply_to) if draft.reply_to else None,
        "Subject": header_text(one_line(draft.subject, _LONGEST_SUBJECT)),
        "Date": format_datetime(sent),
        "Message-ID": message_id(draft.mark, draft.sender),
        "Content-Language": draft.language,
    }
    return "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    name = file_name(attachment.name)
    kind, coding = guess_type(name, strict=True)
    main, _, sub = (kind or "").partition("/")
    if coding or main in ("", "message", "multipart"):  # a message inside of one may not be encoded as it has to be
        main, sub = "application", "octet-stream"
    message.add_attachment(attachment.data, maintype=main, subtype=sub, filename=name)


def _set_boundaries(message: EmailMessage, mark: str) -> None:
    """Boundaries that are the same each time; no encoded line can hold `=_`, so none is mistaken for one."""
    parts = (part for part in message.walk() if part.is_multipart())
    for number, part in enumerate(parts):
        part.set_boundary(f"=_{mark[:32]}_{number}")
