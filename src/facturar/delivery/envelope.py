"""An e-mail of the outbox as it is handed to a server: from whom, to whom, and its bytes.

What is sent is what stands in the file, whoever wrote or edited it; a file that cannot travel as it is says why.
"""

from __future__ import annotations

import email
import re
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from hashlib import sha256

from facturar.model.mail_address import mail_address

_LINE_END = re.compile(rb"\r\n|\r|\n")
_BLIND_COPY = re.compile(rb"(?im)^bcc:.*\r\n(?:[ \t].*\r\n)*")
_LONGEST_LINE = 998  # octets without the line end, by RFC 5321, section 4.5.3.1.6


@dataclass(frozen=True)
class Envelope:
    """An e-mail that can be sent, by its name.

    `file` is all that the file holds, `data` what is sent of it: lines that end with CRLF, no blind copies.
    """

    name: str
    sender: str
    recipients: tuple[str, ...]
    subject: str
    message_id: str | None
    file: bytes
    data: bytes

    @property
    def digest(self) -> str:
        """The SHA-256 of the file, as lowercase hex."""
        return sha256(self.file).hexdigest()


@dataclass(frozen=True)
class Unsendable:
    """A file of the outbox that cannot be sent as it is, and why."""

    name: str
    reason: str


def envelope_of(name: str, data: bytes) -> Envelope | Unsendable:
    """The e-mail of a file. It goes to everybody in To, Cc and Bcc; the last are not in what is sent."""
    lines = _LINE_END.sub(b"\r\n", data)
    message = email.message_from_bytes(lines)
    senders, receivers = _addresses(message, "from"), _addresses(message, "to", "cc", "bcc")
    if fault := _fault(lines, senders, receivers):
        return Unsendable(name, fault)
    head, blank, body = lines.partition(b"\r\n\r\n")
    return Envelope(
        name,
        str(mail_address(senders[0])),
        tuple(dict.fromkeys(str(mail_address(receiver)) for receiver in receivers)),
        _words(message.get("subject", "")),
        " ".join(str(message.get("message-id", "")).split()) or None,
        data,
        _BLIND_COPY.sub(b"", head + b"\r\n")[:-2] + blank + body,
    )


def _addresses(message: Message, *fields: str) -> list[str]:
    written = [str(value) for field in fields for value in message.get_all(field, [])]
    return [address for _, address in getaddresses(written)]


def _fault(data: bytes, senders: list[str], receivers: list[str]) -> str | None:
    if len(senders) != 1:
        return "it has to be From one address"
    if not receivers:
        return "it is To nobody"
    if wrong := next((address for address in (*senders, *receivers) if mail_address(address) is None), None):
        return f"'{wrong}' is not an address that can be written to" if wrong else "an address in it cannot be read"
    if not data.isascii():
        return "it holds characters that are not encoded: save it with a mail program"
    if max(map(len, data.split(b"\r\n"))) > _LONGEST_LINE:
        return f"it has a line of more than {_LONGEST_LINE} characters: save it with a mail program"
    return None


def _words(subject: str) -> str:
    return " ".join(str(make_header(decode_header(str(subject)))).split())
