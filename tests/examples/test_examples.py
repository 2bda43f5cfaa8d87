"""The example books, each on its pinned day: a run in a copy, and the whole tree compared with what is expected.

`expected/` holds the files that the run adds (of a PDF, its text) and what the commands say. `pytest --renew` writes it
anew; a file there that the run no longer makes is a failure.
"""

from __future__ import annotations

import io
import shutil
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from pypdf import PdfReader

from facturar.cli.boundary import run

ROOT = Path(__file__).parent.parent.parent
EXPECTED = Path(__file__).parent
PINNED = {"estudio-luna": "2026-11-30"}
COMMANDS = ("check", "plan", "run", "aging", "status")


def facturar(monkeypatch: pytest.MonkeyPatch, folder: Path, day: str, *arguments: str) -> str:
    """What a command says: stdout, then stderr."""
    monkeypatch.setattr("sys.argv", ["facturar", "-C", str(folder), "--today", day, *arguments])
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as stop:
        raise SystemExit(run())
    assert stop.value.code in (0, None), err.getvalue()
    return out.getvalue() + err.getvalue()


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a book by its path; the cache and the lock are not of the book."""
    files = (path for path in folder.rglob("*") if path.is_file() and ".facturar" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def text_of_pdf(data: bytes) -> str:
    pages = PdfReader(io.BytesIO(data)).pages
    return "\n\f\n".join(page.extract_text() for page in pages) + "\n"


def readable(files: dict[str, bytes]) -> dict[str, str]:
    """The files as text; of a PDF, what it says."""
    return {
        (f"{path}.txt" if path.endswith(".pdf") else path): text_of_pdf(data)
        if path.endswith(".pdf")
        else data.decode()
        for path, data in files.items()
    }


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


@pytest.mark.parametrize("name", PINNED)
def test_a_month_of_an_example_book(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renew: bool) -> None:
    book = tmp_path / name
    shutil.copytree(ROOT / "examples" / name, book, ignore=shutil.ignore_patterns(".facturar"))
    before = tree(book)
    said = {f"said/{command}.txt": facturar(monkeypatch, book, PINNED[name], command) for command in COMMANDS}
    after = tree(book)
    assert {path: after.get(path) for path in before} == before, "a run only adds"
    added = readable({path: data for path, data in after.items() if path not in before})
    compare(EXPECTED / name, {**added, **said}, renew=renew)


@pytest.mark.parametrize("name", PINNED)
def test_a_second_run_writes_nothing_and_says_so(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = tmp_path / name
    shutil.copytree(ROOT / "examples" / name, book, ignore=shutil.ignore_patterns(".facturar"))
    facturar(monkeypatch, book, PINNED[name], "run")
    before = tree(book)
    assert f"Nothing to write on {PINNED[name]}." in facturar(monkeypatch, book, PINNED[name], "run")
    assert tree(book) == before
