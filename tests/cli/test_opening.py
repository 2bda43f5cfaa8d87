"""`open` finds the PDF of whatever has a name, and gives it to the viewer of the machine."""

from pathlib import Path

import pytest
from tests.cli.calling import facturar

TODAY = "2026-11-30"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("open") / "book"
    assert facturar("--quiet", "init", folder, "--example", "estudio-luna").code == 0
    return folder


@pytest.fixture
def viewer(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    seen: list[str] = []

    def launch(file: str) -> int:
        seen.append(file)
        return 0

    monkeypatch.setattr("typer.launch", launch)
    return seen


@pytest.mark.parametrize(
    ("name", "file"),
    [
        pytest.param("F-2026-0053", "invoices/2026/F-2026-0053.pdf", id="a document"),
        pytest.param("2026-09", "reports/2026-09.pdf", id="a month"),
    ],
)
def test_a_name_opens_its_pdf(book: Path, viewer: list[str], name: str, file: str):
    said = facturar("-C", book, "--today", TODAY, "open", name)
    assert (said.code, said.out, viewer) == (0, f"{book / file}\n", [str(book / file)])


@pytest.mark.parametrize("name", ["gimnasio-titan", "faro-web"], ids=["a client", "a job"])
def test_a_client_or_a_job_opens_its_newest_document(book: Path, viewer: list[str], name: str):
    said = facturar("-C", book, "--today", TODAY, "open", name, "--path")
    assert said.out.endswith(".pdf\n")
    assert Path(said.out.strip()).is_file()
    assert viewer == []


def test_without_a_viewer_the_path_is_told_and_nothing_fails(book: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("typer.launch", lambda _: 1)
    said = facturar("-C", book, "--today", TODAY, "open", "F-2026-0053")
    assert said.code == 0
    assert "open the file above by hand" in said.err


def test_a_missing_pdf_says_how_to_make_it_again(book: Path, viewer: list[str]):
    (book / "invoices/2026/F-2026-0052.pdf").unlink()
    said = facturar("-C", book, "--today", TODAY, "open", "F-2026-0052")
    assert said.code != 0
    assert "facturar render F-2026-0052" in said.err
    assert viewer == []


def test_a_slip_of_the_pen_is_told(book: Path):
    said = facturar("-C", book, "--today", TODAY, "open", "F-2026-053")
    assert said.code == 2
    assert "did you mean 'F-2026-0053'?" in said.err
