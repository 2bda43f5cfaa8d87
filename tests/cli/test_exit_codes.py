"""How commands end: 0 done, 1 the book has errors, 2 wrong usage, 3 the lock is held; and nothing written but on 0."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.calling import facturar
from tests.cli.conftest import tree

from facturar.store.lock import locked

TODAY = "2026-11-10"
READING = (["check"], ["status"], ["plan"], ["aging"], ["list", "invoices"], ["show", "acme"])
WRITING = (
    ["run"],
    ["bill"],
    ["remind"],
    ["activity", "care"],
    ["pay", "acme", "10"],
    ["log", "care", "1", "Copias"],
    ["done", "flyer"],
    ["approve", "care"],
    ["note", "acme", "Llamar"],
    ["dispute", "F-2026-0002"],
    ["resolve", "F-2026-0002"],
    ["render", "F-2026-0002"],
)


def named(arguments: list[str]) -> str:
    return " ".join(arguments) or "nothing"


@pytest.mark.parametrize("arguments", [*READING, [], ["--help"], ["run", "--help"], ["--version"]], ids=named)
def test_what_only_looks_ends_with_0_and_changes_nothing(arguments: list[str], book: Path) -> None:
    before = tree(book)
    said = facturar("-C", book, "--today", TODAY, *arguments)
    assert said.code == 0, said.err
    assert said.out or arguments == ["check"]
    assert tree(book) == before


def test_check_of_a_book_without_problems_has_no_data_to_give(book: Path) -> None:
    said = facturar("-C", book, "--today", TODAY, "check")
    assert said == (0, "", "No problems.\n")


@pytest.mark.parametrize("arguments", WRITING, ids=named)
def test_what_writes_ends_with_0_and_has_written(arguments: list[str], book: Path) -> None:
    before = tree(book)
    (book / "invoices/2026/F-2026-0002.md").write_text("# of another template\n", "utf-8")
    before_rendered = tree(book)
    said = facturar("-C", book, "--today", TODAY, *arguments)
    assert said.code == 0, said.err
    assert tree(book) != before_rendered
    assert (tree(book) == before) == (arguments[0] == "render")


@pytest.mark.parametrize("arguments", WRITING, ids=named)
def test_a_dry_run_ends_with_0_and_writes_nothing_not_even_beside_another_run(arguments: list[str], book: Path) -> None:
    before = tree(book)
    with locked(book):
        said = facturar("-C", book, "--today", TODAY, *arguments, "--dry-run")
    assert said.code == 0, said.err
    assert said.out or said.err
    assert tree(book) == before


@pytest.mark.parametrize("arguments", [*READING, *WRITING, []], ids=named)
def test_a_book_with_errors_ends_with_1_says_where_and_nothing_is_written(arguments: list[str], book: Path) -> None:
    with (book / "payments.yaml").open("a", encoding="utf-8") as ledger:
        ledger.write("- {date: 2026-11-01, client: acmee, amount: 5O}\n")
    before = tree(book)
    said = facturar("-C", book, "--today", TODAY, *arguments)
    assert said.code == 1
    assert "payments.yaml:3:45: error[bad-number] '5O' is not a plain decimal" in said.out + said.err
    assert tree(book) == before


def test_all_errors_are_told_at_once(book: Path) -> None:
    (book / "payments.yaml").write_text(
        "- {date: 2026-11-01, client: acmee, amount: 5}\n- {date: 2026-13-01, client: acme, amount: 5}\n", "utf-8"
    )
    said = facturar("-C", book, "--today", TODAY, "run")
    assert said.code == 1
    assert "error[unknown-client]" in said.err
    assert "error[bad-date]" in said.err
    assert said.err.endswith("2 problems; nothing was written\n")
    assert said.out == ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(["invoice"], "No such command 'invoice'", id="no such command"),
        pytest.param(["runn"], "Did you mean 'run'?", id="a command nearly right"),
        pytest.param(["aging", "--bogus"], "No such option", id="no such option"),
        pytest.param(["aging", "--format", "xml"], "'--format' cannot be 'xml'", id="no such format"),
        pytest.param(["list", "invoces"], "did you mean 'invoices'?", id="a choice with a slip of the pen"),
        pytest.param(["aging", "--as-of"], "requires an argument", id="an option without its value"),
        pytest.param(["aging", "--as-of", "30/11/2026"], "--as-of: '30/11/2026' is not a date", id="no ISO date"),
        pytest.param(
            ["aging", "--as-of", "20261130"], "--as-of: '20261130' is not a date", id="ISO, but not as in files"
        ),
        pytest.param(["aging", "--today", "tomorrow"], "--today: 'tomorrow' is not a date", id="no day at all"),
        pytest.param(["pay", "acme"], "Missing argument", id="an argument missing"),
        pytest.param(["pay", "acmee", "10"], "did you mean 'acme'?", id="no such client"),
        pytest.param(["pay", "acme", "-5"], "'-5' is below zero\nhint: money that went back", id="money back"),
        pytest.param(["log", "care", "-1.5h", "x"], "'-1.5h' is below zero\nhint: write it without", id="hours back"),
        pytest.param(["pay", "acme", "-x"], "No such option: -x", id="an option that there is not"),
        pytest.param(["pay", "acme", "1.234,50"], "'1.234,50' is not a plain decimal", id="no plain decimal"),
        pytest.param(["pay", "acme", "9", "--invoice", "F-2026-0009"], "there is no invoice", id="no such invoice"),
        pytest.param(["pay", "bolt", "9", "--received", "9"], "is not an amount with its currency", id="no currency"),
        pytest.param(["log", "care", "soon", "Copias"], "'soon' is not a number of hours", id="no number of hours"),
        pytest.param(["log", "care", "0", "Copias"], "'0' hours are no work", id="no hours"),
        pytest.param(["log", "cares", "1", "Copias"], "did you mean 'care'?", id="no such job"),
        pytest.param(["done", "web"], "which one is done?", id="a job of steps needs a step"),
        pytest.param(["done", "web", "Logo"], "'web' has no step 'Logo'", id="no such step"),
        pytest.param(["done", "web", "Diseño"], "is there already", id="a step done already"),
        pytest.param(["done", "care"], "it is billed by its days", id="hours are never done"),
        pytest.param(["delivered", "flyer"], "it is not billed by its delivery", id="no job of products"),
        pytest.param(["note", "acme", "Pagan", "--promise", "viernes"], "--promise: 'viernes' is not", id="no day"),
        pytest.param(["show", "F-2026-002"], "did you mean 'F-2026-0002'?", id="nothing of that name"),
        pytest.param(["render", "F-2026-0009"], "there is no document", id="no such document"),
        pytest.param(["bill", "posters"], "did you mean 'poster'?", id="no such job to bill"),
        pytest.param(["bill", "--date", "2026-12-01"], "is after today", id="an invoice of a day to come"),
        pytest.param(["remind", "--client", "acmee"], "did you mean 'acme'?", id="nobody to remind"),
        pytest.param(["remind", "--sender", "bilin"], "there is no sender 'bilin'", id="nobody to send"),
        pytest.param(["init", "new", "--reminders", "daily"], "'daily' is not a ladder", id="no such ladder"),
        pytest.param(["run", "--batch", "Z"], "there is no batch 'Z'", id="no such batch"),
        pytest.param(["init", "--example", "luna"], "luna", id="no such example"),
        pytest.param(["init", "new", "--country", "Narnia"], "'Narnia' is not a country", id="no such country"),
        pytest.param(["init", "new", "--iban", "hola"], "check digits of an IBAN", id="no such account"),
        pytest.param(["init", "new", "--language", "fr"], "'fr' is not a language of documents", id="no such language"),
    ],
)
def test_wrong_usage_ends_with_2_says_what_and_writes_nothing(arguments: list[str], told: str, book: Path) -> None:
    before = tree(book)
    said = facturar("-C", book, "--today", TODAY, *arguments)
    assert said.code == 2
    assert told in said.err
    assert said.out == ""
    assert tree(book) == before


@pytest.mark.parametrize(
    ("make", "told"),
    [
        pytest.param(False, "is not a folder", id="no folder"),
        pytest.param(True, "has no facturar.yaml", id="a folder without a book"),
    ],
)
def test_where_there_is_no_book_it_ends_with_2_and_a_way_to_make_one(make: bool, told: str, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    if make:
        folder.mkdir()
    said = facturar("-C", folder, "aging")
    assert said.code == 2
    assert told in said.err
    assert f"facturar init {folder}" in said.err


def test_where_nothing_can_be_made_init_says_so_and_ends_with_1(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    business = ("--name", "Ada", "--street", "3 Mill Lane", "--city", "Bristol", "--country", "gb")
    for made in (business, ("--example", "estudio-luna")):
        said = facturar("init", tmp_path / "file" / "book", *made)
        assert said.code == 1
        assert said.err.startswith("error: no book can be made in")


@pytest.mark.parametrize("arguments", WRITING, ids=named)
def test_while_another_command_writes_it_ends_with_3_and_writes_nothing(arguments: list[str], book: Path) -> None:
    before = tree(book)
    with locked(book):
        said = facturar("-C", book, "--today", TODAY, *arguments)
    assert said == (
        3,
        "",
        "error: another command is writing to this book\n"
        "hint: wait until it has finished, then run this one again; nothing was written\n",
    )
    assert tree(book) == before


@pytest.mark.parametrize("arguments", READING, ids=named)
def test_looking_needs_no_lock(arguments: list[str], book: Path) -> None:
    with locked(book):
        assert facturar("-C", book, "--today", TODAY, *arguments).code == 0


@pytest.mark.parametrize(("options", "code"), [([], 0), (["--strict"], 1)], ids=["as it is", "strict"])
def test_a_warning_ends_with_1_only_under_strict(options: list[str], code: int, book: Path) -> None:
    text = (book / "clients.yaml").read_text("utf-8").replace("B12345674", "B12345670")
    (book / "clients.yaml").write_text(text, "utf-8")
    said = facturar("-C", book, "--today", TODAY, "check", "--format", "json", *options)
    assert said.code == code
    assert [problem["severity"] for problem in json.loads(said.out)] == ["warning"]
    assert facturar("-C", book, "--today", TODAY, "run").code == 0


@pytest.mark.parametrize(("given", "written"), [([], "weekly"), (["--reminders", "monthly"], "monthly")])
def test_a_new_book_has_the_ladder_that_was_asked_for(given: list[str], written: str, tmp_path: Path) -> None:
    business = ("--name", "Ada", "--street", "3 Mill Lane", "--city", "Bristol", "--country", "gb")
    assert facturar("init", tmp_path / "book", *business, *given).code == 0
    assert f"\nreminders: {written} " in (tmp_path / "book" / "facturar.yaml").read_text("utf-8")
    assert facturar("-C", tmp_path / "book", "check").code == 0
