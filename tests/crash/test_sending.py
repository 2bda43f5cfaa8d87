"""Two hundred e-mails to a server that drops, refuses and stalls, by a sender that is killed again and again.

Each is delivered at most once, and none is lost without being named: it is in the outbox or among the sent ones, and
of what the server took, nothing waits to be sent again.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent

import pytest

from facturar.cli.mailing import mail_settings
from facturar.cli.postbox import Postbox, Result
from facturar.cli.session import Session, opened
from facturar.delivery.dating import dated
from facturar.delivery.message import eml
from facturar.delivery.server import connected
from facturar.model.mail_address import Mailbox
from facturar.problems import Exit
from facturar.store.disk import Disk
from facturar.store.lock import locked
from facturar.store.writing import sweep
from tests.crash.rounds import HASTY, SETTINGS, TODAY, HastyDisk
from tests.delivery.smtp import ACCEPT, HOST, PASSWORD, USER, Server
from tests.delivery.test_message import DRAFT
from tests.store.stopping import Stop, StoppingDisk

MAILS, KILLS = 200, 50
PATIENCE, STALL = 0.4, 0.8  # seconds
NAMES = [f"F-2026-{number:04d}" for number in range(1, MAILS + 1)]
TRICKS = {
    ("DATA", "drop"): 10,
    ("DATA", "take and drop"): 10,
    ("DATA", "451 Greylisted"): 10,
    ("DATA", "554 Looks like spam"): 5,
    ("RCPT", "drop"): 10,
    ("RCPT", "421 Busy"): 5,
    ("RCPT", "550 No such user"): 5,
    ("RCPT", "stall"): 2,
    ("DATA", "take and stall"): 2,
}


AUGUST = datetime(2026, 8, 1, tzinfo=UTC)


class HastyStop(StoppingDisk, HastyDisk):
    """Stops at a moment, and waits for nothing before it."""


class Instant:
    """Time that passes at once."""

    def sleep(self, _: float) -> None:
        return None

    def monotonic(self) -> float:
        return 0.0


def address(name: str) -> str:
    return f"{name.lower()}@clients.example"


@dataclass
class Moody:
    """A server's behaviour: on the first try of some messages it does something else than to take them."""

    tricks: dict[str, tuple[str, str]]
    seen: set[tuple[str, str]] = field(default_factory=set)

    def __call__(self, step: str, to: str) -> str:
        trick = self.tricks.get(to)
        if trick is None or trick[0] != step or (step, to) in self.seen:
            return ACCEPT
        self.seen.add((step, to))
        return trick[1]


def moody(seed: int) -> Moody:
    chance = random.Random(seed)
    kinds = [trick for trick, count in TRICKS.items() for _ in range(count)]
    return Moody(dict(zip(map(address, chance.sample(NAMES, len(kinds))), kinds, strict=True)))


def write_book(folder: Path, server: Server) -> dict[str, bytes]:
    """A book with its outbox full; the bytes of each e-mail."""
    mail = f"mail: {{host: {HOST}, port: {server.port}, user: {USER}}}\n"
    settings = dedent(SETTINGS).lstrip()
    (folder / "outbox").mkdir(parents=True)
    kept = [line for line in settings.splitlines() if not line.startswith("mail:")]
    (folder / "facturar.yaml").write_text("\n".join(kept) + "\n" + mail, "utf-8")
    files = {name: eml(replace(DRAFT, to=Mailbox("Ana", address(name)), mark=f"{name}-" * 8)) for name in NAMES}
    for name, data in files.items():
        (folder / f"outbox/{name}.eml").write_bytes(data)
    return files


def send(folder: Path, disk: Disk = HASTY, *, again: Callable[[str], bool] | None = None) -> list[Result]:
    """`facturar send`, or `send --resend` of some, without its words."""
    session = Session(folder=folder, day=TODAY, quiet=True, disk=disk)
    with locked(folder):
        sweep(folder, disk=disk)
        found = opened(session)
        mail = mail_settings(found)
        names = [name for name in found.book.outbox if again is None or again(name)]
        return Postbox(found, disk).deliver(
            names,
            Instant(),
            interval=0.0,
            again=again is not None,
            dial=lambda: connected(mail, PASSWORD, patience=PATIENCE),
        )


def states(folder: Path) -> dict[str, str]:
    """What is said of each e-mail, and that each is in one place."""
    book = opened(Session(folder=folder, day=TODAY)).book
    filed = Counter(path.stem for path in (folder / "sent").rglob("*.eml"))
    places = filed + Counter(book.outbox)
    assert places == Counter(NAMES)
    return {name: book.posted[name].state if name in book.posted else "waiting" for name in NAMES}


def check(folder: Path, server: Server) -> None:
    """At most once; what was taken does not wait; what is called sent was taken."""
    assert max(server.taken.values(), default=0) <= 1
    for name, state in states(folder).items():
        taken = bool(server.taken[address(name)])
        assert state in (("sent", "uncertain") if taken else ("waiting", "refused", "uncertain")), name


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with Server(tmp_path) as started:
        started.stall = STALL
        monkeypatch.setenv("SSL_CERT_FILE", str(started.authority))
        monkeypatch.setenv("FACTURAR_SMTP_PASSWORD", PASSWORD)
        yield started


def decide(folder: Path, server: Server) -> None:
    """What a person does in the end: asks who got it, and says so."""
    found = opened(Session(folder=folder, day=TODAY))
    arrived = [name for name in found.book.outbox if server.taken[address(name)]]
    with locked(folder):
        Postbox(found, HASTY).mark_sent(arrived)
    send(folder, again=lambda name: name not in arrived)


@pytest.mark.parametrize("seed", [20261130])
def test_killed_fifty_times_it_delivers_each_at_most_once_and_names_the_rest(
    seed: int, server: Server, tmp_path: Path
) -> None:
    chance, folder, kills = random.Random(seed), tmp_path / "book", 0
    files = write_book(folder, server)
    server.behave = moody(seed)
    while kills < KILLS:
        with suppress(Stop):
            send(folder, HastyStop(chance.randrange(130)))
            break
        kills += 1
        check(folder, server)
    results = send(folder)
    check(folder, server)
    assert kills == KILLS
    named = {result.mail: result.kind for result in results if result.kind != "sent"}
    assert named == {name: state for name, state in states(folder).items() if state != "sent"}
    assert set(named.values()) == {"refused", "uncertain"}
    decide(folder, server)
    assert set(states(folder).values()) == {"sent"}
    assert server.taken == Counter({address(name): 1 for name in NAMES})
    sent = {path.stem: path.read_bytes() for path in (folder / "sent").rglob("*.eml")}
    assert sent == {name: server.messages[address(name)] for name in NAMES}
    assert all(dated(files[name], AUGUST) == dated(data, AUGUST) != data for name, data in sent.items())


def killing(process: list[subprocess.Popen[str]], at: tuple[str, int, bool]) -> Callable[[str, str], str]:
    """A behaviour that kills the sender at a step of some message, which is taken or not."""
    step, number, taken = at
    victim = address(NAMES[number])

    def behave(now: str, to: str) -> str:
        if (now, to) == (step, victim) and process[0].poll() is None:
            os.kill(process[0].pid, signal.SIGKILL)
            process[0].wait()
            return "take and drop" if taken else "drop"
        return ACCEPT

    return behave


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no SIGKILL")
def test_a_process_killed_while_the_server_listens_sends_nothing_twice(server: Server, tmp_path: Path) -> None:
    folder, process = tmp_path / "book", list[subprocess.Popen[str]]()
    write_book(folder, server)

    def run() -> tuple[int, str]:
        command = [sys.executable, "-m", "facturar", "-C", str(folder), "--today", str(TODAY), "send"]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        process[:] = [
            subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        ]
        _, told = process[0].communicate()
        return process[0].returncode, told

    for at in (("RCPT", 30, False), ("DATA", 60, False), ("DATA", 90, True)):
        server.behave = killing(process, at)
        assert run()[0] == -signal.SIGKILL
        check(folder, server)
    server.behave = lambda *_: ACCEPT
    code, told = run()
    check(folder, server)
    assert code == Exit.undelivered
    assert "2 e-mails may have arrived or not" in told
    assert [name for name, state in states(folder).items() if state != "sent"] == [NAMES[60], NAMES[90]]
    decide(folder, server)
    assert server.taken == Counter({address(name): 1 for name in NAMES})
