"""The gallery of what can be wrong: a broken book for each code, and all that the program says of it.

A folder is named by its code and holds only the files that differ from `_base`, a small book with nothing wrong;
`without.txt` names those to leave out, and with `package NAME` what is not installed. To add one: make the folder,
break something, run `pytest tests/gallery --renew`, and read `expected.txt`. The records are as the program issued
them; one that a case changes is sealed again, unless a broken seal is its point.
"""

from __future__ import annotations

import shutil
import sys
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest
from tests.conftest import SameAsFile

from facturar.cli.diagnosis import diagnosis
from facturar.cli.problem_text import problem_text
from facturar.problems import Code, Problem
from facturar.store.reading import read_book

TODAY = date(2026, 11, 30)
HERE = Path(__file__).parent
CASES = sorted(folder.name for folder in HERE.iterdir() if folder.is_dir() and not folder.name.startswith("_"))


def lacking(lines: list[str], book: Path) -> dict[str, None]:
    """Deletes the files that a case is without; gives the packages that Python is to find missing."""
    packages = [line.removeprefix("package ") for line in lines if line.startswith("package ")]
    for name in lines:
        if not name.startswith("package "):
            (book / name).unlink()
    return dict.fromkeys(packages)


def problems_of(case: str, book: Path) -> list[Problem]:
    shutil.copytree(HERE / "_base", book)
    shutil.copytree(HERE / case, book, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt", "without.txt"))
    without = HERE / case / "without.txt"
    lines = without.read_text("utf-8").splitlines() if without.exists() else []
    with patch.dict(sys.modules, lacking(lines, book)):
        reading = read_book(book)
    return diagnosis(reading, book, TODAY)


def test_the_base_has_nothing_wrong(tmp_path: Path) -> None:
    assert problems_of("_base", tmp_path / "book") == []


@pytest.mark.parametrize("case", CASES)
def test_all_that_is_said_of_a_broken_book(case: str, tmp_path: Path, same_as_file: SameAsFile) -> None:
    problems = problems_of(case, tmp_path / "book")
    text = "\n\n".join(problem_text(problem) for problem in problems) + "\n"
    same_as_file(HERE / case / "expected.txt", text)
    assert Code(case) in {problem.code for problem in problems}


@pytest.mark.parametrize("case", CASES)
def test_every_problem_has_a_place_and_a_way_out(case: str, tmp_path: Path) -> None:
    for problem in problems_of(case, tmp_path / "book"):
        assert problem.place, problem
        assert problem.hint, problem


def test_no_code_lacks_a_broken_book() -> None:
    assert {Code(case) for case in CASES} == set(Code)
