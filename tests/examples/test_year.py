"""The year behind each example book, lived again month by month in a repository of git's.

Each month the person enters what had happened by then and commits it; `run --commit` does the round, and a few commands
do what is done by hand. What comes out is
the history that the example is shipped with; `pytest --renew` ships what the program gives now.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.examples.books import BOOKS, EXAMPLES, WRITTEN, copied, facturar, known_by, tree, written

HUMAN = "the person: "
SETTINGS = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_NAME": "Someone" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "someone@example.com" for who in ("AUTHOR", "COMMITTER")},
}


def git(book: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", book, *arguments], check=True, capture_output=True, text=True).stdout


def lived(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The book after each month of its year was entered, committed and run."""
    for key, value in SETTINGS.items():
        monkeypatch.setenv(key, value)
    book = copied(name, folder, history=False)
    growing = [path for pattern in ("payments", "diary") for path in book.glob(f"{pattern}*/**/*.yaml")]
    growing += [path for path in (book / "payments.yaml", book / "diary.yaml") if path.exists()]
    whole = {path: path.read_text("utf-8") for path in growing}
    git(book, "init", "-q")
    for day, command in BOOKS[name].history:
        for path, text in whole.items():
            path.write_text(known_by(text, day), "utf-8")
        git(book, "add", "-A")
        git(book, "commit", "-q", "--allow-empty", "-m", f"{HUMAN}{day}")
        facturar(monkeypatch, book, day, "--quiet", *command, "--commit")
    return book


def commits(book: Path, form: str) -> list[tuple[str, list[list[str]]]]:
    """Each commit after the first: its subject, and a list of words for each file that it touched."""
    _, *texts = git(book, "log", "--reverse", "--no-renames", form, "--format=%x00%s").split("\0")
    found = [(subject, rest) for subject, _, rest in (text.partition("\n") for text in texts)]
    return [(subject, [line.split("\t") for line in rest.split("\n") if line]) for subject, rest in found[1:]]


def ship(name: str, book: Path) -> None:
    for place in WRITTEN:
        shutil.rmtree(EXAMPLES / name / place, ignore_errors=True)
        if (book / place).is_dir():
            shutil.copytree(book / place, EXAMPLES / name / place)


def said_by(book: Path) -> dict[str, str]:
    """The documents of a book as text; of a PDF only that it is there, as it is made from its Markdown."""
    files = written(tree(book))
    return {path: "" if path.endswith(".pdf") else data.decode() for path, data in files.items()}


@pytest.mark.parametrize("name", BOOKS)
def test_a_year_of_runs_only_adds_and_is_the_history_that_is_shipped(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renew: bool
) -> None:
    book = lived(name, tmp_path, monkeypatch)
    assert git(book, "status", "--porcelain") == ""
    for subject, touched in commits(book, "--name-status"):
        if not subject.startswith(HUMAN):
            assert {(state, path.partition("/")[0] in WRITTEN) for state, path in touched} == {("A", True)}, subject
    for subject, touched in commits(book, "--numstat"):
        if subject.startswith(HUMAN):
            assert {removed for _, removed, _ in touched} <= {"0"}, subject
            assert not {path for *_, path in touched if path.partition("/")[0] in WRITTEN}
    if renew:
        ship(name, book)
    assert said_by(book) == said_by(EXAMPLES / name)
