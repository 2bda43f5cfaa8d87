"""`init` as somebody sits before it: questions, wrong answers, and nothing made until the last one."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from tests.cli.calling import Said, Screen, facturar

from facturar.problems import Exit

SPAIN = ["Lucía Luna", "España", "12345678Z", "Calle Mayor 12", "28013", "Madrid", "hola@luna.example", "", "", ""]
SWISS = ["Heidi", "Suiza", "", "Dorf 1", "", "Chur", "", "", "es", "", "Europe/Zurich", "monthly"]


class Keyboard(Screen):
    """What somebody types, until they press Ctrl-D."""

    def __init__(self, answers: list[str]) -> None:
        io.StringIO.__init__(self, "".join(f"{answer}\n" for answer in answers))


def init(folder: Path, answers: list[str], monkeypatch: pytest.MonkeyPatch, *options: str) -> Said:
    monkeypatch.setattr("sys.stdin", Keyboard(answers))
    return facturar("init", folder, *options)


def settings(folder: Path) -> str:
    return (folder / "facturar.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        pytest.param(
            SPAIN,
            ["country: ES", "regime: es", "language: es", "currency: EUR", "timezone: Europe/Madrid", "weekly"],
            id="a country by its name, and what is usual there",
        ),
        pytest.param(
            SWISS,
            ["country: CH", "regime: generic", "language: es", "currency: CHF", "timezone: Europe/Zurich", "monthly"],
            id="a country of no regime is asked for its clock, and has its money",
        ),
        pytest.param(
            ["", "Lucía", "Narnia", "es", "", *SPAIN[2:6], "foo", "", "ES00 1", "", "fr", "en", "daily", "none"],
            ["name: Lucía", "country: ES", "language: en", "reminders: none", "tax_id: 12345678Z"],
            id="a wrong answer is asked again",
        ),
        pytest.param(
            ["Lucía", "ES", "12345678A", *SPAIN[2:]],
            ["tax_id: 12345678Z"],
            id="a tax id with a digit wrong is asked again",
        ),
        pytest.param(
            ["Lucía", "ES", "12345678A", "12345678A", *SPAIN[3:]],
            ["tax_id: 12345678A"],
            id="and the same one twice is taken",
        ),
    ],
)
def test_the_answers_become_a_book_without_errors(
    answers: list[str], expected: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = init(tmp_path / "book", answers, monkeypatch)
    assert said.code == 0, said.err
    text = settings(tmp_path / "book")
    for part in expected:
        assert part in text
    assert facturar("-C", tmp_path / "book", "check").code == 0
    assert "A new book, to be made in" in said.err.splitlines()[0]


@pytest.mark.parametrize("count", range(len(SPAIN)))
def test_nothing_is_made_before_the_last_answer(count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = init(tmp_path / "book", SPAIN[:count], monkeypatch)
    assert (said.code, said.err.splitlines()[-1]) == (Exit.stopped, "stopped: no book was made")
    assert not (tmp_path / "book").exists()


def test_where_a_book_is_nothing_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert init(tmp_path, SPAIN, monkeypatch).code == 0
    before = settings(tmp_path)
    said = init(tmp_path, SPAIN, monkeypatch)
    assert said.err.startswith(f"error: {tmp_path / 'facturar.yaml'} is there already\n")
    assert settings(tmp_path) == before


def test_what_an_option_says_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = init(tmp_path / "book", SPAIN[2:], monkeypatch, "--name", "Ada", "--country", "spain")
    assert said.code == 0, said.err
    assert "name: Ada" in settings(tmp_path / "book")


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("currency", "XYZ", "'XYZ' is not a currency"),
        ("timezone", "Foo/Bar", "'Foo/Bar' is not a time zone"),
        ("email", "foo", "'foo' is not an e-mail address"),
        ("country", "XX", "'XX' is not a country"),
    ],
)
def test_an_option_that_no_book_can_live_with(option: str, value: str, message: str, tmp_path: Path) -> None:
    said = facturar("init", tmp_path / "book", f"--{option}", value)
    assert said.code == Exit.usage
    assert f"--{option}: {message}" in said.err
