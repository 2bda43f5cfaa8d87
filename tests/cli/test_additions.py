"""What the daily commands add to the files people write: only lines, and only when the book stays right."""

from __future__ import annotations

from difflib import ndiff
from pathlib import Path
from typing import Any

import pytest
import typer
from tests.cli.calling import facturar
from tests.cli.conftest import LEDGERS, tree
from typer.main import get_command

from facturar.cli.app import app
from facturar.cli.session import Session, day
from facturar.problems import FacturarError
from facturar.store.disk import Disk

TODAY = "2026-11-10"


def added(before: bytes, after: bytes) -> list[str]:
    """The lines that are new; asserts that nothing else is."""
    changes = [
        line
        for line in ndiff(before.decode().splitlines(), after.decode().splitlines())
        if not line.startswith(("  ", "? "))
    ]
    assert all(line.startswith("+ ") for line in changes), changes
    return [line[2:] for line in changes]


@pytest.mark.parametrize(
    ("arguments", "file", "lines"),
    [
        pytest.param(
            ["pay", "acme", "560"],
            "payments.yaml",
            ["- {date: 2026-11-10, client: acme, amount: 560}"],
            id="pay",
        ),
        pytest.param(
            ["pay", "acme", "60", "--invoice", "F-2026-0002", "--date", "2026-11-02", "--method", "card"],
            "payments.yaml",
            ["- {date: 2026-11-02, client: acme, amount: 60, invoice: F-2026-0002, method: card}"],
            id="pay an invoice on another day",
        ),
        pytest.param(
            ["pay", "bolt", "900", "--received", "828.10 EUR", "--invoice", "F-2026-0001"],
            "payments.yaml",
            ["- {date: 2026-11-10, client: bolt, amount: 900, received: 828.10 EUR, invoice: F-2026-0001}"],
            id="pay what came in as another currency",
        ),
        pytest.param(
            ["pay", "acme", "60", "--kind", "write_off"],
            "payments.yaml",
            ["- {date: 2026-11-10, client: acme, amount: 60, kind: write_off}"],
            id="write off",
        ),
        pytest.param(
            ["log", "care", "1:30", "Copias de seguridad"],
            "jobs.yaml",
            ['    - {date: 2026-11-10, hours: "1:30", note: Copias de seguridad}'],
            id="log",
        ),
        pytest.param(
            ["log", "poster", "2", "Pruebas: segunda vuelta", "--rate", "45", "--free"],
            "jobs.yaml",
            [
                "  work:",
                '    - {date: 2026-11-10, hours: 2, note: "Pruebas: segunda vuelta", rate: 45, billable: false}',
            ],
            id="log the first hours of a job",
        ),
        pytest.param(["done", "flyer"], "jobs.yaml", ["  done: 2026-11-10"], id="done"),
        pytest.param(
            ["note", "acme", "Pagan el viernes.", "--kind", "call", "--promise", "2026-11-13 560"],
            "diary.yaml",
            [
                "- date: 2026-11-10",
                "  client: acme",
                "  kind: call",
                "  note: Pagan el viernes.",
                "  promise: {on: 2026-11-13, amount: 560}",
            ],
            id="note a promise, in the habit of the file",
        ),
        pytest.param(
            ["dispute", "F-2026-0002", "Falta una entrega."],
            "diary.yaml",
            [
                "- date: 2026-11-10",
                "  client: acme",
                "  kind: dispute",
                "  invoice: F-2026-0002",
                "  note: Falta una entrega.",
            ],
            id="dispute",
        ),
    ],
)
def test_only_lines_are_added_and_they_are_shown(arguments: list[str], file: str, lines: list[str], book: Path) -> None:
    before = tree(book)
    said = facturar("-C", book, "--today", TODAY, *arguments)
    assert said.code == 0, said.err
    after = tree(book)
    assert added(before[file], after[file]) == lines
    assert after == before | {file: after[file]}
    assert said.out == "".join(f"{file}: {line.strip()}\n" for line in lines)
    assert facturar("-C", book, "--today", TODAY, "check").code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["pay", "acme", "500", "--date", "2026-10-20", "--invoice", "F-2026-0002"], "same payment is there already"),
        (["pay", "acme", "500", "--date", "2026-10-20"], None),
        (["pay", "acme", "500", "--date", "2026-10-21", "--invoice", "F-2026-0002"], None),
        (["pay", "acme", "60", "--date", "2026-11-11"], "2026-11-11 is after today, 2026-11-10: it counts from that"),
        (["log", "care", "1", "Copias", "--date", "2026-11-11"], "2026-11-11 is after today, 2026-11-10"),
        (["log", "care", "1", "Copias"], None),
    ],
    ids=["twice", "of no invoice", "another day", "a payment to come", "work to come", "work of today"],
)
def test_what_looks_like_a_slip_is_told_and_written(arguments: list[str], told: str | None, book: Path) -> None:
    before = tree(book)
    said = facturar("-C", book, "--today", TODAY, *arguments)
    assert (said.code, tree(book) == before) == (0, False)
    words = ("there already", "after today")
    assert told in said.err if told else not any(word in said.err for word in words)


def test_a_step_is_done_inside_its_own_line_and_nothing_else_moves(book: Path) -> None:
    before = LEDGERS["jobs.yaml"]
    assert facturar("-C", book, "--today", TODAY, "done", "web", "web").code == 0
    after = (book / "jobs.yaml").read_text("utf-8")
    assert after == before.replace("{name: Web, share: 50%}", "{name: Web, share: 50%, done: 2026-11-10}")


def test_products_are_delivered_rather_than_done(book: Path) -> None:
    with (book / "jobs.yaml").open("a", encoding="utf-8") as jobs:
        jobs.write("mesa: {client: acme, title: Mesa, agreement: {kind: delivery}, lines: [{text: Mesa, price: 90}]}\n")
    refused = facturar("-C", book, "--today", TODAY, "done", "mesa")
    assert (refused.code, "write: facturar delivered mesa" in refused.err) == (2, True)
    assert facturar("-C", book, "--today", TODAY, "delivered", "mesa").code == 0
    assert (book / "jobs.yaml").read_text("utf-8").endswith("price: 90}], delivered: 2026-11-10}\n")
    assert "delivered on 2026-11-10" in facturar("-C", book, "--today", TODAY, "plan").out


def test_a_ledger_that_is_not_there_yet_is_begun(book: Path) -> None:
    (book / "diary.yaml").unlink()
    assert facturar("-C", book, "--today", TODAY, "note", "acme", "Llamar.").code == 0
    assert (book / "diary.yaml").read_text("utf-8") == "- {date: 2026-11-10, client: acme, kind: note, note: Llamar.}\n"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(["pay", "acme", "10.005"], "too-many-digits", id="more digits than the currency has"),
        pytest.param(["pay", "acme", "0"], "bad-value", id="nothing"),
        pytest.param(["pay", "acme", "10", "--kind", "gift"], "not-a-choice", id="no kind of payment"),
        pytest.param(["pay", "acme", "10", "--invoice", "F-2026-0001"], "wrong-client", id="another client's invoice"),
        pytest.param(
            ["pay", "bolt", "10", "--invoice", "F-2026-0001", "--currency", "EUR"],
            "wrong-currency",
            id="another currency",
        ),
        pytest.param(
            ["pay", "acme", "10", "--invoice", "F-2026-0001=8", "--invoice", "F-2026-0002=8"],
            "split-sum",
            id="parts of more than the whole",
        ),
        pytest.param(["note", "acme", "Raro", "--kind", "handover", "--to", "laywer"], "not-a-choice", id="to nobody"),
        pytest.param(["note", "acme", "Raro", "--kind", "rumour"], "not-a-choice", id="no kind of note"),
        pytest.param(["note", "bolt", "Raro", "--invoice", "F-2026-0002"], "wrong-client", id="of another client"),
    ],
)
def test_an_addition_that_would_make_the_book_wrong_is_refused_and_nothing_is_written(
    arguments: list[str], code: str, book: Path
) -> None:
    before = tree(book)
    said = facturar("-C", book, "--today", TODAY, *arguments)
    assert said.code == 1
    assert f"error[{code}]" in said.err
    assert "nothing was written" in said.err
    assert said.out == ""
    assert tree(book) == before


class AnotherWindow(Disk):
    """A disk on which somebody saves the file just while the addition is being written aside."""

    def __init__(self, saved: Path) -> None:
        self._saved = saved

    def create(self, path: Path, data: bytes, mode: int | None = None) -> None:
        super().create(path, data, mode)
        with self._saved.open("a", encoding="utf-8") as file:
            file.write("# saved meanwhile\n")


@pytest.mark.parametrize(
    ("arguments", "file"),
    [
        pytest.param(["pay", "acme", "560"], "payments.yaml", id="pay"),
        pytest.param(["log", "care", "1", "Copias"], "jobs.yaml", id="log"),
        pytest.param(["done", "flyer"], "jobs.yaml", id="done"),
        pytest.param(["note", "acme", "Llamar."], "diary.yaml", id="note"),
    ],
)
def test_a_file_that_changed_meanwhile_is_left_alone(arguments: list[str], file: str, book: Path) -> None:
    before = tree(book)
    session = Session(folder=book, day=day(TODAY, "--today"), disk=AnotherWindow(book / file))
    with pytest.raises(FacturarError, match=f"{file} was changed meanwhile, so it was left alone"):
        call(session, *arguments)
    assert tree(book) == before | {file: before[file] + b"# saved meanwhile\n"}


def call(session: Session, name: str, *arguments: str) -> None:
    """A command in a session of one's own."""
    group: Any = get_command(app)
    command = group.get_command(typer.Context(group), name)
    command.main(list(arguments), obj=session, standalone_mode=False)
