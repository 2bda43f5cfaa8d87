"""The example books, what is done with them, and their files as text that can be compared."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from pypdf import PdfReader

from facturar.cli.boundary import run

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
WRITTEN = ("invoices", "quotes", "receipts", "activity", "letters", "statements", "reports")
"""The folders that only facturar writes."""


Command = tuple[date, tuple[str, ...]]
"""What was commanded, and on which day."""


class Example(NamedTuple):
    """A book that is shipped: the day it is pinned to, and the commands of the months before it, by day."""

    today: date
    history: list[Command]


def _firsts(first: date, last: date) -> Iterator[date]:
    """The first day of each month between two."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + timedelta(days=31)).replace(day=1)


def _runs_on_firsts(first: date, last: date, *by_hand: Command) -> list[Command]:
    """A run on the first day of each month, and what was done by hand."""
    return sorted([*by_hand, *((day, ("run",)) for day in _firsts(first, last))])


def _runs_on_eves(first: date, last: date, *by_hand: Command) -> list[Command]:
    """A run on the last day of each month, and what was done by hand."""
    return sorted([*by_hand, *((day - timedelta(days=1), ("run",)) for day in _firsts(first, last))])


BOOKS = {
    "estudio-luna": Example(date(2026, 11, 30), _runs_on_eves(date(2025, 11, 1), date(2026, 11, 1))),
    "north-light": Example(
        date(2026, 12, 1),
        _runs_on_firsts(date(2026, 5, 1), date(2026, 11, 1), (date(2026, 6, 30), ("quote", "pelham-dms"))),
    ),
    "taller-robles": Example(
        date(2026, 11, 30),
        _runs_on_eves(
            date(2026, 3, 1),
            date(2026, 11, 1),
            (date(2026, 8, 18), ("quote", "solana-libreria")),
            (date(2026, 9, 8), ("credit", "TR-2026-0011", "--amount", "145", "--reason", "Una silla llegó golpeada")),
            (date(2026, 11, 10), ("quote", "lonja-biombos")),
        ),
    ),
}


def copied(name: str, folder: Path, *, history: bool = True) -> Path:
    """A copy of an example to work in, with or without the documents of its earlier months."""
    left_out = (".facturar",) if history else (".facturar", *WRITTEN)
    return Path(shutil.copytree(EXAMPLES / name, folder / name, ignore=shutil.ignore_patterns(*left_out)))


def facturar(monkeypatch: pytest.MonkeyPatch, folder: Path, day: date, *arguments: str) -> str:
    """What a command says: stdout, then stderr."""
    monkeypatch.setattr("sys.argv", ["facturar", "-C", str(folder), "--today", str(day), *arguments])
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as stop:
        raise SystemExit(run())
    assert stop.value.code in (0, None), err.getvalue()
    return out.getvalue() + err.getvalue()


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a book by its path; git's own, the cache and the lock are not of the book."""
    files = (path for path in folder.rglob("*") if path.is_file() and not {".facturar", ".git"} & set(path.parts))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def written(files: dict[str, bytes]) -> dict[str, bytes]:
    """Those files that facturar wrote."""
    return {path: data for path, data in files.items() if path.partition("/")[0] in WRITTEN}


def _text_of_pdf(data: bytes) -> str:
    return "\n\f\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages) + "\n"


def readable(files: dict[str, bytes]) -> dict[str, str]:
    """The files as text; of a PDF, what it says."""
    pdfs = {f"{path}.txt": _text_of_pdf(data) for path, data in files.items() if path.endswith(".pdf")}
    return {**pdfs, **{path: data.decode() for path, data in files.items() if not path.endswith(".pdf")}}


def known_by(ledger: str, day: date) -> str:
    """The text of a list as it stood on a day: its opening comments, and each entry that is dated by then."""
    opening, *entries = re.split(r"(?m)^(?=- )", ledger)
    dates = (re.search(r"date: (\d{4}-\d\d-\d\d)", entry) for entry in entries)
    kept = (entry for entry, found in zip(entries, dates, strict=True) if found and found[1] <= str(day))
    return opening + "".join(kept)
