"""Which folder is the book, what is shipped beside the code, and the ids that a shell completes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from facturar.problems import UsageError
from facturar.store.finding import find_book
from facturar.store.ids import ids
from facturar.store.shipped import shipped


@pytest.fixture
def book(tmp_path: Path) -> Path:
    (tmp_path / "book" / "jobs" / "2026").mkdir(parents=True)
    (tmp_path / "book" / "facturar.yaml").touch()
    return tmp_path / "book"


@pytest.mark.parametrize("inside", [".", "jobs", "jobs/2026"])
def test_the_book_is_the_nearest_folder_upwards(book: Path, inside: str) -> None:
    assert find_book(book / inside) == book


def test_a_book_inside_a_book_is_nearer(book: Path) -> None:
    (book / "jobs" / "facturar.yaml").touch()
    assert find_book(book / "jobs" / "2026") == book / "jobs"


def test_the_given_folder_is_the_book(book: Path) -> None:
    assert find_book(Path("/"), book) == book
    assert find_book(book.parent, Path("book")) == book


@pytest.mark.parametrize(
    ("given", "message"),
    [("book/jobs", "has no facturar.yaml"), ("nowhere", "is not a folder"), (None, "there is no facturar.yaml in")],
)
def test_without_a_book_there_is_a_hint(book: Path, given: str | None, message: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        find_book(book.parent, Path(given) if given else None)
    assert "facturar init" in caught.value.hint


@pytest.mark.parametrize(("name", "inside"), [("templates", "es"), ("examples", "estudio-luna")])
def test_shipped_folders_are_there(name: str, inside: str) -> None:
    assert (shipped("templates" if name == "templates" else "examples") / inside).is_dir()


def test_ids_are_known_without_reading_yaml(book: Path) -> None:
    (book / "clients.yaml").write_text('# nadie: sí\nbolt: {name: B}\n"acme":\n  name: A\nCafé: x\n', "utf-8")
    (book / "jobs.yaml").write_text("web-acme:\r\n  client: acme\r\n", "utf-8")
    (book / "jobs" / "2026" / "a.yaml").write_text("logo:\n\tbroken: [\ntext: |\n  not: this\n", "utf-8")
    (book / "invoices" / "2026").mkdir(parents=True)
    for name in ("F-2026-0002.yaml", "F-2026-0001.yaml", "F-2026-0001.md"):
        (book / "invoices" / "2026" / name).touch()
    (book / "letters" / "2026").mkdir(parents=True)
    (book / "letters" / "2026" / "2026-11-30-acme-firm.yaml").touch()
    (book / "activity" / "2026").mkdir(parents=True)
    (book / "activity" / "2026" / "2026-10-31-web.yaml").touch()
    (book / "outbox").mkdir()
    for name in ("F-2026-0002.eml", ".facturar-0123456789abcdef.tmp"):
        (book / "outbox" / name).touch()
    (book / "receipts" / "2026").mkdir(parents=True)
    (book / "receipts" / "2026" / "2026-11-20-acme-receipt.yaml").touch()
    assert ids(book) == {
        "clients": ["acme", "bolt"],
        "jobs": ["logo", "text", "web-acme"],
        "invoices": ["F-2026-0001", "F-2026-0002"],
        "quotes": [],
        "letters": ["2026-11-30-acme-firm"],
        "activity": ["2026-10-31-web"],
        "outbox": ["F-2026-0002"],
        "receipts": ["2026-11-20-acme-receipt"],
        "statements": [],
    }


def test_an_empty_book_has_no_ids(book: Path) -> None:
    assert ids(book)
    assert not any(ids(book).values())


def test_ids_need_neither_yaml_nor_models() -> None:
    code = "import sys, facturar.store.ids; print(sorted({'yaml', 'pydantic'} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"
