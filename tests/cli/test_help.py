"""Help on a terminal of 80 columns: one line for each command, words of the trade, and examples that are right."""

from __future__ import annotations

import shlex
from typing import Any

import pytest
import typer.main
from tests.cli.calling import facturar

from facturar.cli.app import app
from facturar.cli.catalogue import COMMANDS
from facturar.cli.examples import EXAMPLES

EACH_EXAMPLE = [pytest.param(name, example, id=example) for name, own in EXAMPLES.items() for example in own]


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def test_each_command_has_one_line() -> None:
    lines = facturar("--help").out.splitlines()
    for name, entry in COMMANDS.items():
        assert [line for line in lines if line.split() == [name, *entry.line.split()]], name


@pytest.mark.parametrize("name", COMMANDS)
def test_help_speaks_no_types_and_fits(name: str) -> None:
    said = facturar(name, "--help")
    assert said.code == 0
    assert not set("{}<>") & set(said.out)
    assert "[[" not in said.out
    assert max(map(len, said.out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("name", "usage"),
    [
        ("pay", "[OPTIONS] CLIENT AMOUNT"),
        ("statement", "[OPTIONS] [CLIENT]"),
        ("letter", "[OPTIONS] NAME [CLIENT]..."),
        ("render", "[OPTIONS] ID..."),
        ("check", "[OPTIONS]"),
    ],
)
def test_usage_names_what_is_needed(name: str, usage: str) -> None:
    assert facturar(name, "--help").out.splitlines()[0] == f"Usage: facturar {name} {usage}"


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("pay", "--invoice NUMBER"),
        ("aging", "--as-of DATE"),
        ("statement", "--kind open|activity"),
        ("list", "KIND  What to list. One of: clients, jobs,"),
        ("credit", "--reason TEXT"),
        ("log", "-h, --help"),
    ],
)
def test_an_option_says_what_it_takes(name: str, line: str) -> None:
    assert any(told.strip().startswith(line) for told in facturar(name, "--help").out.splitlines())


@pytest.mark.parametrize(("name", "example"), EACH_EXAMPLE)
def test_an_example_is_one_that_the_command_takes(name: str, example: str) -> None:
    word, *arguments = shlex.split(example)
    assert word == name
    assert f"facturar {example}" in facturar(name, "--help").out
    group: Any = typer.main.get_command(app)
    context = group.make_context("facturar", [])
    command = group.get_command(context, name)
    assert command
    command.make_context(name, arguments, parent=context)
