"""The example books, each on its pinned day: a run in a copy, and the whole tree compared with what is expected.

A folder of its name here holds the files that the run adds (of a PDF, its text) and what the commands say. `pytest
--renew` writes it anew; a file there that the run no longer makes is a failure.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.examples.books import BOOKS, copied, facturar, readable, tree

EXPECTED = Path(__file__).parent
COMMANDS = ("check", "plan", "run", "aging", "status", "stock", "jobs margin")


def compare(expected: Path, found: dict[str, str], *, renew: bool) -> None:
    if renew:
        shutil.rmtree(expected, ignore_errors=True)
        for path, text in found.items():
            (expected / path).parent.mkdir(parents=True, exist_ok=True)
            (expected / path).write_text(text, "utf-8", newline="\n")
    wanted = {path.relative_to(expected).as_posix(): path.read_text("utf-8") for path in expected.rglob("*.*")}
    assert sorted(found) == sorted(wanted)
    for path, text in found.items():
        assert text == wanted[path], path


@pytest.mark.parametrize("name", BOOKS)
def test_a_month_of_an_example_book(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renew: bool) -> None:
    book, today = copied(name, tmp_path), BOOKS[name].today
    before = tree(book)
    said = {
        f"said/{command.replace(' ', '-')}.txt": facturar(monkeypatch, book, today, *command.split())
        for command in COMMANDS
    }
    after = tree(book)
    assert {path: after.get(path) for path in before} == before, "a run only adds"
    added = readable({path: data for path, data in after.items() if path not in before})
    compare(EXPECTED / name, {**added, **said}, renew=renew)


@pytest.mark.parametrize("name", BOOKS)
def test_a_second_run_writes_nothing_and_says_so(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book, today = copied(name, tmp_path), BOOKS[name].today
    facturar(monkeypatch, book, today, "run")
    before = tree(book)
    assert f"Nothing to write on {today}." in facturar(monkeypatch, book, today, "run")
    assert tree(book) == before
