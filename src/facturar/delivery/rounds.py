"""The outbox delivered: one connection for many messages, a new one when it breaks, a few rounds for what is put off.

It keeps no state: what happens to each message is told, before and after, to whoever writes the journal. Time is handed
in, so that a test needs none.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from facturar.delivery.envelope import Envelope
from facturar.delivery.server import Outcome, UnreachableError, handed_over
from facturar.model.posting import Event

_PAUSES = (0.0, 5.0, 25.0)
"""Seconds before each round. Who puts mail off for longer gets it by the next `send`."""
_BROKEN_IN_A_ROW = 3
"""A round ends when so many connections broke one after the other: the server is not well."""


class Clock(Protocol):
    """Time as a delivery needs it, in seconds."""

    def sleep(self, seconds: float, /) -> None:
        """Waits."""

    def monotonic(self) -> float:
        """A clock that only goes on."""


Note = Callable[[Envelope, Event, str | None], None]
"""Writes a line into the journal; returns once it is on the disk."""
Told = Callable[[Envelope, Outcome], None]
"""Told what came of a message in the end."""


@dataclass
class _Line:
    """The connection, opened when it is needed, and how often it broke in a row."""

    dial: Callable[[], smtplib.SMTP]
    server: smtplib.SMTP | None = None
    broken: int = 0

    def open(self) -> smtplib.SMTP:
        self.server = self.server or self.dial()
        return self.server

    def after(self, outcome: Outcome) -> None:
        if not outcome.open:
            self.server = None
        self.broken = self.broken + 1 if outcome.kind in ("lost", "uncertain") else 0

    def close(self) -> None:
        if self.server:
            with suppress(smtplib.SMTPException, OSError):
                self.server.quit()
            self.server.close()
            self.server = None


@dataclass
class _Pace:
    """So many seconds at least from one message to the next."""

    clock: Clock
    interval: float
    last: float | None = None

    def wait(self) -> None:
        now = self.clock.monotonic()
        if self.last is not None and (left := self.last + self.interval - now) > 0:
            self.clock.sleep(left)
            now += left
        self.last = now


@dataclass
class Delivery:
    """The way of some messages to a server.

    `dial` opens a connection. `interval` is the least time between two messages, in seconds.
    """

    dial: Callable[[], smtplib.SMTP]
    note: Note
    told: Told
    clock: Clock
    interval: float = 0.0
    _pace: _Pace = field(init=False)

    def __post_init__(self) -> None:
        self._pace = _Pace(self.clock, self.interval)

    def deliver(self, envelopes: Sequence[Envelope]) -> None:
        """Each message is sent, refused, uncertain, or still waits: told once.

        Raises MailError, with the rest untold, when nothing can be delivered until a person does something.
        """
        left = list(envelopes)
        for pause in _PAUSES:
            if pause and left:
                self.clock.sleep(pause)
            last = pause == _PAUSES[-1]
            left = [envelope for envelope, outcome in self._round(left) if not self._settled(envelope, outcome, last)]

    def _settled(self, envelope: Envelope, outcome: Outcome, last: bool) -> bool:
        settled = last or outcome.kind not in ("deferred", "lost")
        if settled:
            self.told(envelope, outcome)
        return settled

    def _round(self, envelopes: Sequence[Envelope]) -> Iterator[tuple[Envelope, Outcome]]:
        line = _Line(self.dial)
        try:
            for index, envelope in enumerate(envelopes):
                try:
                    outcome = self._handed_over(line.open(), envelope)
                except UnreachableError as error:
                    yield from _all_lost(envelopes[index:], str(error))
                    return
                line.after(outcome)
                yield envelope, outcome
                if line.broken == _BROKEN_IN_A_ROW:
                    yield from _all_lost(envelopes[index + 1 :], f"the connection broke too often: {outcome.answer}")
                    return
        finally:
            line.close()

    def _handed_over(self, server: smtplib.SMTP, envelope: Envelope) -> Outcome:
        self._pace.wait()
        outcome = handed_over(server, envelope, lambda: self.note(envelope, "sending", None))
        if outcome.kind != "lost":
            self.note(envelope, outcome.kind, outcome.answer)
        return outcome


def _all_lost(envelopes: Sequence[Envelope], reason: str) -> Iterator[tuple[Envelope, Outcome]]:
    return ((envelope, Outcome("lost", reason)) for envelope in envelopes)
