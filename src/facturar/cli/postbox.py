"""The outbox of a book as `send` works on it: what lies there, what the journal says of it, where it goes once sent."""

from __future__ import annotations

import os
import smtplib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from facturar.cli.session import Opened, moment
from facturar.delivery.dating import dated
from facturar.delivery.envelope import Envelope, Unsendable, envelope_of
from facturar.delivery.failing import MailError
from facturar.delivery.password import password_of
from facturar.delivery.rounds import Clock, Delivery
from facturar.delivery.server import Outcome, connected
from facturar.model.posting import Event, JournalLine, MailState
from facturar.model.settings import Mail
from facturar.problems import StoppedError
from facturar.store.disk import DISK, Disk
from facturar.store.filing import file_sent
from facturar.store.journal import append_journal
from facturar.store.layout import waiting_mail
from facturar.store.writing import put_face

Dial = Callable[[], smtplib.SMTP]


@dataclass(frozen=True)
class Result:
    """What came of an e-mail, or would: `waiting` is what a dry run says, and of what was not tried."""

    mail: str
    kind: Literal["sent", "refused", "waiting", "uncertain"]
    to: str = ""
    answer: str = ""


@dataclass
class Postbox:
    """The outbox of an opened book, under its lock. `failure` is what ended a delivery before its time."""

    found: Opened
    disk: Disk = DISK
    failure: MailError | StoppedError | None = None
    watcher: Callable[[], None] = lambda: None
    _leaving: Envelope | None = None
    _results: dict[str, Result] = field(default_factory=dict)

    def state(self, name: str) -> MailState:
        """What the journal says of an e-mail that lies here; it waits if there is nothing of it."""
        posted = self.found.book.posted.get(name)
        return posted.state if posted else "waiting"

    @cached_property
    def moment(self) -> datetime:
        """When somebody said `send`: on the book's day, which is not another one when `--today` is."""
        now = moment(self.found.book)
        return datetime.combine(self.found.today, now.time().replace(microsecond=0), now.tzinfo)

    def file(self, name: str) -> bytes:
        """An e-mail that lies here, as it leaves: with this moment for its Date."""
        return dated((self.found.folder / waiting_mail(name)).read_bytes(), self.moment)

    def read(self, name: str) -> Envelope | Unsendable:
        """The same, to be handed to a server."""
        return envelope_of(name, self.file(name))

    def mark_sent(self, names: Sequence[str]) -> list[Result]:
        """A person says that these were sent."""
        self._write([self._line(name, "sent", by="hand") for name in names if self.state(name) != "sent"])
        return [self._filed(name, "as you say") for name in names]

    def note_sent(self, name: str, seal: str, on: date, note: str | None) -> None:
        """A person says on which day the document of this name and seal was sent, and how; its e-mail waits no more."""
        time = self._time() if on == self.found.today else None
        self._write([JournalLine(day=on, time=time, event="sent", mail=name, seal=seal, answer=note, by="hand")])
        if name in self.found.book.outbox:
            file_sent(self.found.folder, name, on.year, disk=self.disk)

    def deliver(self, names: Sequence[str], clock: Clock, *, interval: float, again: bool, dial: Dial) -> list[Result]:
        """Sends those of some e-mails that may be sent; `again` also what was refused or may have arrived."""
        self._results = {}
        for name in names:
            if (state := self.state(name)) == "sent":
                self._results[name] = self._filed(name, f"on {self.found.book.mailed[name]}")
            elif state in ("refused", "uncertain") and not again:
                self._results[name] = self._as_it_was(name)
        ready = [name for name in names if name not in self._results]
        if again:
            self._write([self._line(name, "resend") for name in ready if self.state(name) != "waiting"])
        self._hand_over([envelope for name in ready if (envelope := self._envelope(name))], clock, interval, dial)
        return [self._results.get(name) or self._untold(name) for name in names]

    def previewed(self, names: Sequence[str], *, again: bool) -> list[Result]:
        """The same without sending anything."""
        self._results = {}
        for name in names:
            if self.state(name) in ("refused", "uncertain") and not again:
                self._results[name] = self._as_it_was(name)
            elif self.state(name) == "sent":
                self._results[name] = Result(name, "sent", answer=f"on {self.found.book.mailed[name]}")
            elif envelope := self._envelope(name):
                self._results[name] = Result(name, "waiting", _to(envelope), envelope.subject)
        return list(self._results.values())

    def _untold(self, name: str) -> Result:
        """Of an e-mail whose turn did not come, or whose answer did not before somebody stopped it."""
        if self._leaving and self._leaving.name == name:
            return Result(name, "uncertain", _to(self._leaving), "stopped before the server answered")
        return Result(name, "waiting", answer="not tried")

    def _as_it_was(self, name: str) -> Result:
        posted = self.found.book.posted[name]
        kind: Literal["refused", "uncertain"] = "refused" if posted.state == "refused" else "uncertain"
        return Result(name, kind, posted.to or "", posted.answer or f"begun on {posted.lines[-1].day}, and no answer")

    def _envelope(self, name: str) -> Envelope | None:
        read = self.read(name)
        if isinstance(read, Envelope):
            return read
        self._results[name] = Result(name, "refused", answer=read.reason)
        return None

    def _hand_over(self, envelopes: Sequence[Envelope], clock: Clock, interval: float, dial: Dial) -> None:
        if not envelopes:
            return
        try:
            Delivery(dial, self._noted, self._told, clock, interval).deliver(envelopes)
        except MailError as error:
            self.failure = error
        except KeyboardInterrupt:
            self.failure = StoppedError("what was sent is sent, and the rest waits")

    def _noted(self, envelope: Envelope, event: Event, answer: str | None) -> None:
        if event == "sending":  # the file is what the client may have from now on, whatever becomes of the answer
            put_face(self.found.folder, waiting_mail(envelope.name), envelope.file, again=True, disk=self.disk)
            self._leaving = envelope
        else:
            self._leaving = None
        self._write([self._line(envelope.name, event, envelope, answer)])

    def _told(self, envelope: Envelope, outcome: Outcome) -> None:
        name, to = envelope.name, _to(envelope)
        self.watcher()
        match outcome.kind:
            case "sent":
                self._results[name] = self._filed(name, outcome.answer, to)
            case "refused" | "uncertain":
                self._results[name] = Result(name, outcome.kind, to, outcome.answer)
            case "deferred" | "lost":
                self._results[name] = Result(name, "waiting", to, outcome.answer)

    def _filed(self, name: str, answer: str, to: str = "") -> Result:
        file_sent(self.found.folder, name, self.found.today.year, disk=self.disk)
        posted = self.found.book.posted.get(name)
        return Result(name, "sent", to or (posted.to if posted else None) or "", answer)

    def _line(
        self,
        name: str,
        event: Event,
        envelope: Envelope | None = None,
        answer: str | None = None,
        by: Literal["hand"] | None = None,
    ) -> JournalLine:
        return JournalLine(
            day=self.found.today,
            time=self._time(),
            event=event,
            mail=name,
            message_id=envelope.message_id if envelope else None,
            to=_to(envelope) if envelope else None,
            answer=answer,
            digest=envelope.digest if envelope else None,
            by=by,
        )

    def _time(self) -> str:
        return moment(self.found.book).strftime("%H:%M:%S%z")

    def _write(self, lines: Sequence[JournalLine]) -> None:
        append_journal(self.found.folder, lines, disk=self.disk)


def _to(envelope: Envelope) -> str:
    return ", ".join(envelope.recipients)


def line_to(mail: Mail) -> Dial:
    """What opens a connection to the book's server; the password is asked for once, and only when there is need."""
    known: list[str | None] = []

    def dial() -> smtplib.SMTP:
        if not known:
            known.append(password_of(mail, os.environ) if mail.user else None)
        return connected(mail, known[0])

    return dial
