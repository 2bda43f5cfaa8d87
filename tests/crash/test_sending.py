"""E-mails by a sender that is killed again and again: each arrives at most once, and none is lost without being named.

Stopped in this process, at each operation on the disk and with half written files; and as a process of its own, at
random moments, and at those that matter most.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent

import pytest

from facturar.problems import Exit
from tests.crash.mails import NAMES, address, check, decide, moody, send, settled, states, write_book
from tests.crash.rounds import TODAY, HastyDisk
from tests.delivery.smtp import ACCEPT, Server, accepting
from tests.store.stopping import Stop, StoppingDisk

KILLS, SEED = 50, 20261130


class HastyStop(StoppingDisk, HastyDisk):
    """Stops at a moment, and waits for nothing before it."""


def test_stopped_fifty_times_it_delivers_each_at_most_once_and_names_the_rest(server: Server, tmp_path: Path) -> None:
    chance, folder, kills = random.Random(SEED), tmp_path / "book", 0
    files = write_book(folder, server)
    server.behave = moody(SEED)
    while kills < KILLS:
        with suppress(Stop):
            send(folder, HastyStop(chance.randrange(80)))
            break
        kills += 1
        check(folder, server)
    results = send(folder)
    check(folder, server)
    assert kills == KILLS
    named = {result.mail: result.kind for result in results if result.kind != "sent"}
    assert named == {name: state for name, state in states(folder).items() if state != "sent"}
    assert set(named.values()) == {"refused", "uncertain"}
    settled(folder, server, files)


class Sender:
    """A process that has imported what `facturar send` needs, and forks a child for each call of it."""

    _PROGRAM = dedent("""
        import os, sys
        from facturar.cli import main
        import facturar.cli.diagnosis, facturar.cli.sending, facturar.delivery.server, facturar.store.holidays
        import facturar.store.lock, facturar.store.writing, rich.console, rich.progress
        for line in sys.stdin:
            if line == "send\\n":
                child = os.fork()
                if not child:
                    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
                    os.dup2(1, 2)
                    try:
                        main()
                    except SystemExit as end:
                        os._exit(int(end.code or 0))
                    os._exit(0)
            else:
                os.kill(child, 9)
                print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
    """)

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", self._PROGRAM, "-C", str(folder), "--today", str(TODAY), "send"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )

    def __enter__(self) -> Sender:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def send(self) -> None:
        """Let a child begin to send."""
        self._tell("send")

    def kill(self) -> int:
        """End it as `kill -9` does; the code that it ended with, which is another if it was done before."""
        self._tell("kill")
        assert self._process.stdout
        return int(self._process.stdout.readline())

    def _tell(self, word: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()


@dataclass
class Moment:
    """The behaviour of a server that also says when so many steps have come."""

    behave: Callable[[str, str], str]
    left: int = 0
    came: threading.Event = field(default_factory=threading.Event)

    def __call__(self, step: str, to: str) -> str:
        self.left -= 1
        if self.left <= 0:
            self.came.set()
        return self.behave(step, to)

    def after(self, steps: int) -> threading.Event:
        """What is set once that many more steps have come."""
        self.left, self.came = steps, threading.Event()
        return self.came


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork and no SIGKILL")
def test_a_process_killed_at_fifty_random_moments_sends_nothing_twice_and_loses_nothing(
    server: Server, tmp_path: Path
) -> None:
    """Some milliseconds after a step of the dialogue or, of one in five, after its start: it reads, or connects.

    The steps are drawn by a seed; what the process does some milliseconds later is never the same.
    """
    chance, folder, codes = random.Random(SEED), tmp_path / "book", Counter[int]()
    files = write_book(folder, server)
    server.behave = moment = Moment(moody(SEED))
    with Sender(folder) as sender:
        while sum(codes.values()) < KILLS:
            came = moment.after(chance.randint(1, 7))
            sender.send()
            at_once = chance.random() < 0.2
            assert at_once or came.wait(60)
            time.sleep(chance.uniform(0, 0.08 if at_once else 0.004))
            codes[sender.kill()] += 1
            check(folder, server)
    assert codes == {-signal.SIGKILL: KILLS}
    for _ in range(len(NAMES)):  # a round ends early when the server drops connection after connection
        if "waiting" not in states(folder).values():
            break
        send(folder)
        check(folder, server)
    assert set(states(folder).values()) == {"sent", "refused", "uncertain"}
    server.behave = accepting  # of some that were under way when it came to the kill the trick has not come yet
    settled(folder, server, files)


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
