"""The journal of e-mails: what was put into the outbox, what was sent and when, and what came of it.

A line is written before and after each thing that happens, and none is ever changed; what is true of an e-mail follows
from its lines. An e-mail is known by its name, which is also that of its file: `outbox/F-2026-0012.eml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from facturar.model.scalars import Day, Entry, Text

Event = Literal["queued", "sending", "sent", "refused", "deferred", "uncertain", "resend"]
MailState = Literal["waiting", "sent", "refused", "uncertain"]


class JournalLine(Entry):
    """A line of the journal.

    `queued`: a run is about to issue the document with this `seal` and to put its e-mail into the outbox.
    `sending`: the server is ready for the text of the message; from here on it may be delivered.
    `sent`: the server took it, with its `answer`; `by` is `hand` when a person says that it was sent, be it by another
    way, and the `answer` then what they noted.
    `refused`: the server will not take it. `deferred`: not now. `uncertain`: the connection was lost before the answer.
    `resend`: a person says that it is to be sent again.

    `day` is that of the book, `time` that of its time zone; `digest` is the SHA-256 of the file as it was sent.
    """

    day: Day
    time: Text | None = None
    event: Event
    mail: Text
    seal: Text | None = None
    message_id: Text | None = None
    to: Text | None = None
    answer: Text | None = None
    digest: Text | None = None
    by: Literal["hand"] | None = None


_STATES: Mapping[Event, MailState] = {
    "queued": "waiting",
    "sending": "uncertain",
    "sent": "sent",
    "refused": "refused",
    "deferred": "waiting",
    "uncertain": "uncertain",
    "resend": "waiting",
}


@dataclass(frozen=True)
class Posted:
    """What the journal knows of one e-mail, from its lines in their order."""

    lines: tuple[JournalLine, ...]

    @property
    def state(self) -> MailState:
        """Whether it waits, was sent, was refused, or nobody knows."""
        return _STATES[self.lines[-1].event]

    @property
    def answer(self) -> str | None:
        """What the server said last, or why nothing is known."""
        return self.lines[-1].answer

    @property
    def sent(self) -> date | None:
        """The day on which it was first sent."""
        return min((line.day for line in self.lines if line.event == "sent"), default=None)

    @property
    def queued(self) -> bool:
        """Whether it ever was in the outbox."""
        return any(line.event == "queued" for line in self.lines)

    @property
    def since(self) -> date:
        """The day of its first line."""
        return self.lines[0].day

    @property
    def to(self) -> str | None:
        """Who it is for."""
        return next((line.to for line in reversed(self.lines) if line.to), None)

    def queues(self, seal: str) -> bool:
        """Whether all that is known is that a run was about to queue the document with this seal."""
        return {line.event for line in self.lines} == {"queued"} and self.lines[-1].seal == seal


def posted_by_mail(lines: Iterable[JournalLine]) -> dict[str, Posted]:
    """What is known of each e-mail, by its name, in the order in which they came up."""
    found: dict[str, list[JournalLine]] = {}
    for line in lines:
        found.setdefault(line.mail, []).append(line)
    return {mail: Posted(tuple(own)) for mail, own in found.items()}
