"""Letters that were deleted: the same day makes them again, to the byte."""

from __future__ import annotations

from pathlib import Path

from tests.cli.calling import facturar


def letters(book: Path) -> dict[str, bytes]:
    files = (path for path in (book / "letters").rglob("*") if path.is_file())
    return {path.relative_to(book).as_posix(): path.read_bytes() for path in files}


def test_the_letters_of_the_last_run_are_made_again_as_they_were(book: Path) -> None:
    remind = ("-C", book, "--today", "2026-11-10", "remind")
    assert facturar(*remind).code == 0
    before = letters(book)
    assert len([name for name in before if name.endswith(".pdf")]) == 2
    for name in before:
        (book / name).unlink()
    assert facturar(*remind).code == 0
    assert letters(book) == before
