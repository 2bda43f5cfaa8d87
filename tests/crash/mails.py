"""An outbox of two hundred e-mails, a server that drops, refuses and stalls, and what has to hold at every moment.

Each is delivered at most once, and none is lost without being named: it is in the outbox or among the sent ones, and
of what the server took, nothing waits to be sent again.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent

from facturar.cli.mailing import mail_settings
from facturar.cli.postbox import Postbox, Result
from facturar.cli.session import Session, opened
from facturar.delivery.dating import dated
from facturar.delivery.message import eml
from facturar.delivery.server import connected
from facturar.model.mail_address import Mailbox
from facturar.store.disk import Disk
from facturar.store.lock import locked
from facturar.store.writing import sweep
from tests.crash.rounds import HASTY, SETTINGS, TODAY
from tests.delivery.smtp import ACCEPT, HOST, PASSWORD, USER, Server
from tests.delivery.test_message import DRAFT

MAILS = 200
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


def decide(folder: Path, server: Server) -> None:
    """What a person does in the end: asks who got it, and says so."""
    found = opened(Session(folder=folder, day=TODAY))
    arrived = [name for name in found.book.outbox if server.taken[address(name)]]
    with locked(folder):
        Postbox(found, HASTY).mark_sent(arrived)
    send(folder, again=lambda name: name not in arrived)


def settled(folder: Path, server: Server, files: dict[str, bytes]) -> None:
    """After the last `send`: once a person has decided about the rest, each was delivered once, as it was but dated."""
    decide(folder, server)
    assert set(states(folder).values()) == {"sent"}
    assert server.taken == Counter({address(name): 1 for name in NAMES})
    sent = {path.stem: path.read_bytes() for path in (folder / "sent").rglob("*.eml")}
    assert sent == {name: server.messages[address(name)] for name in NAMES}
    assert all(dated(files[name], AUGUST) == dated(data, AUGUST) != data for name, data in sent.items())
