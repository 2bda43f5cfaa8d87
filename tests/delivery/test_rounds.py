"""Rounds of a delivery, with a made-up server and clock: what is tried again, how often, and when it ends."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from facturar.delivery.envelope import Envelope
from facturar.delivery.failing import MailError
from facturar.delivery.rounds import Delivery
from facturar.delivery.server import Outcome, UnreachableError

TAKEN = "250 OK"


class MadeUp(smtplib.SMTP):
    """A server that answers to each message as its script says: an answer to RCPT, or to the text after `text:`."""

    def __init__(self, scripts: dict[str, Iterator[str]]) -> None:
        super().__init__()
        self.scripts = scripts
        self.now = ""

    def mail(self, *_: object) -> tuple[int, bytes]:
        return 250, b"OK"

    def rcpt(self, recip: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        self.now = next(self.scripts[recip])
        if self.now == "drop":
            raise smtplib.SMTPServerDisconnected("dropped")
        return (250, b"OK") if self.now.startswith("text:") else split(self.now)

    def docmd(self, *_: object) -> tuple[int, bytes]:
        return 354, b"Go ahead"

    def send(self, _: object) -> None:
        return None

    def getreply(self) -> tuple[int, bytes]:
        said = self.now.removeprefix("text:")
        if said == "drop":
            raise smtplib.SMTPServerDisconnected("dropped")
        return split(said)

    def rset(self) -> tuple[int, bytes]:
        return 250, b"OK"

    def quit(self) -> tuple[int, bytes]:
        return 221, b"Bye"


def split(answer: str) -> tuple[int, bytes]:
    code, _, words = answer.partition(" ")
    return int(code), words.encode()


@dataclass
class Time:
    """Seconds that pass only when somebody sleeps."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def monotonic(self) -> float:
        return self.now


@dataclass
class Run:
    """A delivery to made-up servers, and all that was told of it."""

    scripts: dict[str, list[str]]
    dials: Sequence[Exception | None] = ()
    interval: float = 0.0
    dialled: int = 0
    journal: list[str] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)
    clock: Time = field(default_factory=Time)

    def deliver(self) -> Run:
        scripts = {to: iter(script) for to, script in self.scripts.items()}
        dial = self._dial(scripts)
        envelopes = [Envelope(to, "a@b.example", (to,), "", None, b"\r\n", b"\r\n") for to in self.scripts]
        Delivery(dial, self._note, self._tell, self.clock, self.interval).deliver(envelopes)
        return self

    def _dial(self, scripts: dict[str, Iterator[str]]) -> Callable[[], smtplib.SMTP]:
        failures = iter(self.dials)

        def dial() -> smtplib.SMTP:
            self.dialled += 1
            if failure := next(failures, None):
                raise failure
            return MadeUp(scripts)

        return dial

    def _note(self, envelope: Envelope, event: str, answer: str | None) -> None:
        self.journal.append(f"{envelope.name} {event}")

    def _tell(self, envelope: Envelope, outcome: Outcome) -> None:
        assert envelope.name not in self.told
        self.told[envelope.name] = outcome.kind


SENT = f"text:{TAKEN}"


def test_one_connection_takes_all_messages_and_each_is_noted_before_and_after() -> None:
    run = Run({"one": [SENT], "two": [SENT]}).deliver()
    assert run.dialled == 1
    assert run.journal == ["one sending", "one sent", "two sending", "two sent"]
    assert run.told == {"one": "sent", "two": "sent"}
    assert run.clock.slept == []


@pytest.mark.parametrize(
    ("script", "told", "slept"),
    [
        pytest.param(["451 Later", SENT], "sent", [5], id="put off once"),
        pytest.param(["text:451 Later", "drop", SENT], "sent", [5, 25], id="put off, then dropped"),
        pytest.param(["451 Later", "451 Later", "451 Later"], "deferred", [5, 25], id="put off for longer"),
        pytest.param(["drop", "drop", "drop"], "lost", [5, 25], id="dropped again and again"),
        pytest.param(["550 Unknown"], "refused", [], id="refused for good"),
        pytest.param(["text:drop"], "uncertain", [], id="uncertain is never tried again"),
    ],
)
def test_what_may_change_is_tried_again_and_nothing_else(script: list[str], told: str, slept: list[float]) -> None:
    run = Run({"bad": script, "good": [SENT]}).deliver()
    assert run.told == {"bad": told, "good": "sent"}
    assert run.clock.slept == slept


def test_a_broken_connection_is_opened_anew_for_the_next_message() -> None:
    run = Run({"one": ["text:drop"], "two": [SENT], "three": [SENT]}).deliver()
    assert run.dialled == 2
    assert run.told == {"one": "uncertain", "two": "sent", "three": "sent"}


def test_three_that_break_in_a_row_end_the_round() -> None:
    names = [f"mail-{number}" for number in range(12)]
    run = Run({name: ["text:drop"] for name in names}).deliver()
    assert sorted(run.told.values()) == ["lost"] * 3 + ["uncertain"] * 9
    assert run.dialled == 9


def test_who_does_not_answer_is_asked_once_a_round() -> None:
    gone = UnreachableError("smtp.example:587 does not answer: Connection refused")
    run = Run({"one": [SENT], "two": [SENT]}, dials=[gone, gone]).deliver()
    assert run.dialled == 3
    assert run.told == {"one": "sent", "two": "sent"}
    run = Run({"one": [SENT], "two": [SENT]}, dials=[gone, gone, gone]).deliver()
    assert run.told == {"one": "lost", "two": "lost"}
    assert run.journal == []


def test_what_a_person_has_to_put_right_ends_it_at_once() -> None:
    run = Run({"one": [SENT]}, dials=[MailError("wrong password")])
    with pytest.raises(MailError):
        run.deliver()
    assert (run.dialled, run.told, run.clock.slept) == (1, {}, [])


def test_a_rate_leaves_time_between_messages() -> None:
    run = Run({"one": [SENT], "two": [SENT], "three": [SENT]}, interval=2.0).deliver()
    assert run.clock.slept == [2.0, 2.0]
