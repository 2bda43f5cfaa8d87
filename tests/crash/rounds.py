"""A book on disk and a round over it: ten invoices, a pro forma, letters, activity, a month's report, their e-mails."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

from facturar.cli.carry_out import carry_out
from facturar.cli.output import Format
from facturar.cli.session import Opened, Session
from facturar.documents.mail import Mail
from facturar.documents.press import Press
from facturar.model.record import Record
from facturar.model.settings import Look
from facturar.plan.actions import Plan
from facturar.plan.month import plan_month
from facturar.store.disk import Disk
from facturar.store.shipped import shipped

EARLIER, TODAY = date(2026, 10, 1), date(2026, 11, 20)
_JOBS = 10
_CLIENTS = ("acme", "bolt", "casa")


def _clients() -> str:
    return "".join(
        f"{name}:\n  name: {name.title()}, S.L.\n  tax_id: B12345674\n  email: {name}@mail.example\n"
        "  address: {street: Avda. del Puerto 3, postcode: 46021, city: Valencia, country: ES}\n"
        for name in _CLIENTS
    )


def _jobs() -> str:
    late = "".join(
        f"late-{name}:\n  client: {name}\n  title: Web\n  lines: [{{text: Web, price: 800}}]\n  done: 2026-09-30\n"
        for name in _CLIENTS
    )
    hours = (
        "care:\n  client: acme\n  title: Soporte\n"
        "  agreement: {kind: hourly, starts: 2026-10-10, rate: 60, approval: {within: 5 days}}\n"
        "  work: [{date: 2026-10-15, hours: 2, note: Copias}]\n"
    )
    asked = (
        "asked:\n  client: acme\n  title: Tienda\n  lines: [{text: Tienda, price: 900}]\n"
        "  agreement: {kind: completion, deposit: 30%, deposit_on: 2026-11-02, deposit_as: request}\n"
    )
    return (
        late
        + hours
        + asked
        + "".join(
            f"job-{number}:\n  client: {_CLIENTS[number % len(_CLIENTS)]}\n  title: Cartel {number}\n"
            f"  lines: [{{text: Cartel, price: {100 + number}}}]\n  done: 2026-11-{number + 1:02d}\n"
            for number in range(_JOBS)
        )
    )


SETTINGS = """
    business:
      name: Lucía Luna Pérez
      tax_id: 12345678Z
      address: {street: Calle Mayor 12, postcode: 28013, city: Madrid, country: ES}
      email: hola@luna.example
    regime: es
    language: es
    currency: EUR
    timezone: Europe/Madrid
    taxes: [iva, irpf]
    terms: 30 days
    mail: {host: smtp.luna.example, attach: [invoices]}
"""
LEDGERS: Mapping[str, str] = {
    "facturar.yaml": dedent(SETTINGS).lstrip(),
    "clients.yaml": _clients(),
    "jobs.yaml": _jobs(),
}


def write_book(folder: Path) -> None:
    """The ledgers, with no document yet."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in LEDGERS.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def tree(folder: Path) -> dict[str, bytes]:
    """Every file and its bytes, but for the lock's."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.parent.name != ".facturar")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


class RememberingPress(Press):
    """The real press, but it prints the same document only once: a run over and over takes no time."""

    def __init__(self) -> None:
        super().__init__([shipped("templates")], Look(), Path())
        self._remembered: dict[tuple[object, ...], Any] = {}

    def faces(self, record: Record, template: str | None = None) -> dict[str, bytes]:
        key = (record.seal, template)
        if key not in self._remembered:
            self._remembered[key] = super().faces(record, template)
        return dict(self._remembered[key])

    def mail(self, record: Record) -> Mail | None:
        key = (record.seal, "mail")
        if key not in self._remembered:
            self._remembered[key] = super().mail(record)
        found: Mail | None = self._remembered[key]
        return found

    def pdf(self, markdown: str, *, language: str, day: date, title: str, author: str) -> bytes:
        key = (markdown, language, day, title, author)
        if key not in self._remembered:
            self._remembered[key] = super().pdf(markdown, language=language, day=day, title=title, author=author)
        return bytes(self._remembered[key])


class HastyDisk(Disk):
    """A disk that does not wait until things are on it; for runs that nothing stops."""

    def create(self, path: Path, data: bytes, mode: int | None = None) -> None:
        path.write_bytes(data)

    def append(self, path: Path, data: bytes) -> None:
        with path.open("ab") as file:
            file.write(data)

    def sync_folder(self, folder: Path) -> None:
        return None


PRESS = RememberingPress()
HASTY = HastyDisk()


def plan_of(opened: Opened) -> Plan:
    """What `facturar run` plans."""
    return plan_month(opened.book, opened.today)


def run(folder: Path, day: date = TODAY, disk: Disk = HASTY) -> None:
    """The round, as `facturar run` carries it out."""
    session = Session(folder=folder, day=day, quiet=True, disk=disk)
    carry_out(session, plan_of, Format.csv, dry_run=False, press_of=lambda _: PRESS)


_PROGRAM = """
import sys
from facturar.cli import main
import facturar.cli.month, facturar.documents.pdf, facturar.rules.checks, facturar.store.lock, facturar.store.reading
print("ready", flush=True)
sys.stdin.readline()
main()
"""


class Runner:
    """`facturar run` as a process of its own, which has imported all it needs and waits for the word."""

    def __init__(self, folder: Path, day: date = TODAY) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, "-C", str(folder), "--today", str(day), "run"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        assert self._process.stdout
        assert self._process.stdout.readline() == "ready\n"

    def go(self) -> None:
        """Let it run."""
        assert self._process.stdin
        self._process.stdin.write("go\n")
        self._process.stdin.flush()

    def kill(self) -> None:
        """End it at once, as `kill -9` does."""
        self._process.kill()

    def runs(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.poll() is None

    def ended(self) -> tuple[int, str]:
        """Its exit code and what it said, once it has ended."""
        _, told = self._process.communicate()
        return self._process.returncode, told
