"""`aging` as a command: its views and buckets, the book as git knew it, the page and the bars."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from tests.cli.calling import Said, facturar

EXAMPLES = Path(__file__).parents[2] / "examples"
TODAY = "2026-11-30"
_WHO = ("-c", "user.name=L", "-c", "user.email=l@x", "-c", "commit.gpgsign=false")


@pytest.fixture(scope="module")
def luna() -> Path:
    return EXAMPLES / "estudio-luna"


@pytest.fixture(scope="module")
def north() -> Path:
    return EXAMPLES / "north-light"


def aging(book: Path, *arguments: str, code: int = 0, screen: bool = False) -> Said:
    said = facturar("-C", book, "--today", TODAY, "aging", *arguments, screen=screen)
    assert said.code == code, said.err
    return said


def data(book: Path, *arguments: str) -> Any:
    return json.loads(aging(book, *arguments, "--format", "json").out)


def test_by_job_has_the_job_of_each_debt_and_the_totals_of_the_clients(luna: Path) -> None:
    found = data(luna, "--by", "job")
    rows = {(row["client"], row["job"]): row["balance"] for row in found["rows"]}
    assert rows["gimnasio-titan", "titan-pantallas"] == "826.80"
    assert rows["gimnasio-titan", "titan-rotulos"] == "1537.00"
    assert found["totals"] == data(luna)["totals"]
    titles = {row["title"] for row in found["rows"]}
    assert "Álbum de la boda" in titles or None not in titles


def test_by_issue_date_is_labelled_in_every_format(luna: Path) -> None:
    found = data(luna, "--basis", "issued")
    assert (found["basis"], found["buckets"]) == ("issued", ["0-30", "31-60", "61-90", "90+"])
    assert [row["balance"] for row in found["rows"]] == [row["balance"] for row in data(luna)["rows"]]
    assert aging(luna, "--basis", "issued").out.startswith("By issue date\n")
    assert aging(luna, "--basis", "issued", "--format", "md").out.startswith("**By issue date**\n")
    for view in ("client", "job", "invoice"):
        rows = list(csv.DictReader(io.StringIO(aging(luna, "--basis", "issued", "--by", view, "--format", "csv").out)))
        assert {row["basis"] for row in rows} == {"issued"}
    assert "basis" not in data(luna)


def test_buckets_for_this_once(luna: Path) -> None:
    found = data(luna, "--buckets", "15, 45", "--by", "invoice")
    assert found["buckets"] == ["current", "1-15", "16-45", "45+"]
    buckets = {row["number"]: row["bucket"] for row in found["rows"]}
    assert (buckets["F-2026-0054"], buckets["F-2026-0045"], buckets["F-2026-0049"]) == ("1-15", "16-45", "45+")


@pytest.mark.parametrize("given", ["", "a", "30,15", "0,30", "30,30", "-5"])
def test_buckets_that_are_none(luna: Path, given: str) -> None:
    said = aging(luna, f"--buckets={given}", code=2 if given else 0)
    assert ("write days in rising order" in said.err) == bool(given)


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *_WHO, "-C", str(folder), *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


CHANGES = {
    "estudio-luna": [
        ["pay", "harbour-press", "400", "--date", "2026-11-12"],
        ["bill", "harbour-rebrand"],
        ["pay", "fisio-ortega", "358.80"],
        ["dispute", "F-2026-0049"],
    ],
    "north-light": [["pay", "fern", "500"], ["note", "kestrel", "Handed over", "--kind", "handover", "--to", "court"]],
    "taller-robles": [["pay", "hotel-duero", "4900.50"], ["pay", "hotel-duero", "10"]],
}


@pytest.mark.parametrize("name", CHANGES)
def test_known_at_is_what_a_checkout_of_that_revision_says(name: str, tmp_path: Path) -> None:
    """In a folder of a larger repository; the work tree, not committed to the end, is left as it is."""
    repo, book, checkout = tmp_path / "repo", tmp_path / "repo" / "books" / name, tmp_path / "checkout"
    shutil.copytree(EXAMPLES / name, book)
    git(tmp_path, "init", "-q", "-b", "main", str(repo))
    revisions = []
    for change in ([], *CHANGES[name]):
        if change:
            assert facturar("-C", book, "--today", TODAY, *change).code == 0
        git(repo, "add", "-A")
        git(repo, "commit", "-qm", " ".join(change) or "begun")
        revisions.append(git(repo, "rev-parse", "HEAD"))
    assert facturar("-C", book, "--today", TODAY, "pay", next(iter(data(book)["rows"]))["client"], "1").code == 0
    dirty = git(repo, "status", "--porcelain")
    git(repo, "worktree", "add", "-q", "--detach", str(checkout))
    answers = []
    for revision in revisions:
        git(checkout, "checkout", "-q", revision)
        for options in ([], ["--by", "invoice"], ["--by", "job", "--as-of", "2026-10-15"]):
            known = data(book, *options, "--known-at", revision)
            assert known.pop("known_at") == revision
            assert known == data(checkout / "books" / name, *options)
            answers.append(str(known))
    assert len(set(answers)) > len(CHANGES[name])
    assert git(repo, "status", "--porcelain") == dirty


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A copy of the consultant's book with a commit of 1 November and one of 20 November, in London."""
    book = tmp_path / "book"
    shutil.copytree(EXAMPLES / "north-light", book)
    git(tmp_path, "init", "-q", "-b", "main", str(book))
    git(book, "add", "-A")
    for day in ("2026-11-01T10:00:00+0000", "2026-11-20T23:30:00+0000"):
        subprocess.run(
            ["git", *_WHO, "-C", str(book), "commit", "-qm", day, "--date", day],
            env={"PATH": "/usr/bin:/bin", "GIT_COMMITTER_DATE": day},
            check=True,
        )
        assert facturar("-C", book, "--today", TODAY, "pay", "fern", "52").code == 0
        git(book, "add", "-A")
    return book


@pytest.mark.parametrize(
    ("revision", "owed"),
    [("2026-11-01", "305.92"), ("2026-11-19", "305.92"), ("2026-11-20", "253.92"), ("HEAD~1", "305.92")],
)
def test_known_on_a_day_is_the_last_commit_of_that_day_or_before(kept: Path, revision: str, owed: str) -> None:
    rows = {row["client"]: row["balance"] for row in data(kept, "--known-at", revision)["rows"]}
    assert rows["fern"] == owed


def test_known_at_is_told_above_the_table(kept: Path) -> None:
    hash_ = git(kept, "rev-parse", "HEAD")
    assert aging(kept, "--known-at", "main").out.startswith(f"As git knew it at {hash_[:10]} of 2026-11-20 23:30\n")
    rows = list(csv.DictReader(io.StringIO(aging(kept, "--known-at", "main", "--format", "csv").out)))
    assert {row["known_at"] for row in rows} == {hash_}


@pytest.mark.parametrize(
    ("revision", "message"),
    [
        ("2026-10-31", "git has no commit of 2026-10-31 or before"),
        ("v9", "git knows no revision 'v9'"),
        ("--all", "git knows no revision '--all'"),
    ],
)
def test_a_revision_that_is_not_there(kept: Path, revision: str, message: str) -> None:
    said = aging(kept, f"--known-at={revision}", code=2)
    assert message in said.err
    assert "hint: " in said.err


def test_the_past_book_may_have_errors_though_todays_has_none(kept: Path) -> None:
    ledger = kept / "payments.yaml"
    right = ledger.read_text("utf-8")
    ledger.write_text(right + "- {date: 2026-13-01, client: fern, amount: 1}\n", "utf-8")
    git(kept, "commit", "-qam", "wrong")
    hash_ = git(kept, "rev-parse", "HEAD")
    ledger.write_text(right, "utf-8")
    said = aging(kept, "--known-at", "HEAD", code=1)
    assert f"{hash_[:10]}:payments.yaml:" in said.err
    ledger.write_text("- nonsense", "utf-8")
    assert data(kept, "--known-at", "HEAD~1")["rows"]


PAGES = [
    pytest.param([], ["Antigüedad de saldos", "Academia El Faro, S.L.", "está en disputa"], id="client"),
    pytest.param(["--by", "job"], ["Encargo", "Gimnasio Titán"], id="job"),
    pytest.param(["--by", "invoice", "--basis", "issued"], ["por fecha de emisión", "F-2026-0054"], id="invoice"),
]


@pytest.mark.parametrize(("options", "said"), PAGES)
def test_a_page(luna: Path, tmp_path: Path, options: list[str], said: list[str]) -> None:
    for suffix in ("pdf", "html", "md"):
        file = tmp_path / f"aging.{suffix}"
        assert aging(luna, *options, "--output", str(file)).err == f"{file}\n"
        text = "\n".join(p.extract_text() for p in PdfReader(file).pages) if suffix == "pdf" else file.read_text()
        assert [words for words in said if words not in text.replace("\xa0", " ")] == []


def test_a_page_in_english_tells_the_rates_and_the_currency(north: Path, tmp_path: Path) -> None:
    file = tmp_path / "aging.md"
    aging(north, "--in", "GBP", "--output", str(file))
    text = file.read_text()
    assert "# Aged balances\n" in text
    assert re.search(r"In GBP, at these rates of the book: 1 USD = 0\.\d+ \(\d+ \w+ 2026\)\.", text)


@pytest.mark.parametrize(
    ("name", "message"),
    [("aging.docx", "a page is a .pdf, an .html or an .md file"), ("none/aging.pdf", "cannot be written")],
)
def test_a_page_that_cannot_be(luna: Path, tmp_path: Path, name: str, message: str) -> None:
    assert message in aging(luna, "--output", str(tmp_path / name), code=2).err


def test_a_page_or_data(luna: Path, tmp_path: Path) -> None:
    said = aging(luna, "--output", str(tmp_path / "a.pdf"), "--format", "json", code=2)
    assert "--output makes a page, and --format prints data" in said.err


def test_no_page_among_the_files_of_the_book(kept: Path) -> None:
    assert "is inside the book" in aging(kept, "--output", str(kept / "aging.pdf"), code=2).err
    assert not (kept / "aging.pdf").exists()


def test_bars_on_a_terminal_fit_80_columns_and_are_plain_without_colour(
    luna: Path, north: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    shown = aging(luna, screen=True).out
    assert "\x1b[3" not in shown
    bars = [line for line in shown.splitlines() if "█" in line]
    assert bars[-1].startswith("90+")
    plain = re.sub(r"\x1b\[\d*m", "", shown)
    assert max(len(line.rstrip()) for line in plain.splitlines()) == len(bars[-1]) == 80
    assert "█" not in aging(luna).out
    assert [line for line in aging(north, screen=True).out.splitlines() if line in ("GBP", "USD")] == ["GBP", "USD"]
    monkeypatch.delenv("NO_COLOR")
    assert "\x1b[31m█" in aging(luna, screen=True).out
