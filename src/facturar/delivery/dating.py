"""The Date of an e-mail is when it is sent, as RFC 5322 has it (section 3.6.1): not when its document was issued.

In the outbox a message bears the day of its document, so that its bytes follow from the record alone. A mail of August
that left so in November would be sorted among those of August, and look like spam.
"""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import format_datetime

_LINE_END = re.compile(rb"\r\n|\r|\n")
_DATE = re.compile(rb"(?im)^date:.*\r\n(?:[ \t].*\r\n)*")
_BLANK = b"\r\n\r\n"


def dated(message: bytes, sent: datetime) -> bytes:
    r"""A message with the moment of its sending as its only Date; all else stays as it is, in lines that end with CRLF.

    >>> from datetime import timezone
    >>> dated(b"To: a@b.example\nDate: x\n\nHi\n", datetime(2026, 11, 30, 7, tzinfo=timezone.utc))
    b'To: a@b.example\r\nDate: Mon, 30 Nov 2026 07:00:00 +0000\r\n\r\nHi\r\n'
    """
    field = f"Date: {format_datetime(sent)}\r\n".encode("ascii")
    head, blank, body = _LINE_END.sub(b"\r\n", message).partition(_BLANK)
    if not blank:
        return message
    places = iter([field])
    fields, found = _DATE.subn(lambda _: next(places, b""), head + b"\r\n")
    return (fields if found else fields + field) + b"\r\n" + body
