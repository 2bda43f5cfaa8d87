"""Tables on a terminal: as wide as it is, no name broken where there is another way, nothing left out."""

from __future__ import annotations

import re

import pytest
from tests.cli.calling import facturar

from facturar.cli.cells import cells, folded
from facturar.cli.output import Column
from facturar.cli.screen_table import screen_lines

COLUMNS = [Column("Mail", "mail", whole=True), Column("Open", "open", right=True), Column("Why", "why")]
ROWS = [["2026-11-30-ines-martin-firm", "1.301,76", "46 days late, by mail"], ["F-2026-0061", "7,00", ""]]


def beneath(room: int, rows: list[list[str]] = ROWS) -> list[str]:
    _, lines, _ = screen_lines(COLUMNS, rows, [], room)
    return lines


@pytest.mark.parametrize(
    ("room", "expected"),
    [
        pytest.param(
            60,
            ["2026-11-30-ines-martin-firm  1.301,76  46 days late, by mail", "F-2026-0061                      7,00"],
            id="all fits",
        ),
        pytest.param(
            50,
            [
                "2026-11-30-ines-martin-firm  1.301,76",
                "    46 days late, by mail",
                "F-2026-0061                      7,00",
            ],
            id="what would take three lines stands below",
        ),
        pytest.param(
            55,
            [
                "2026-11-30-ines-martin-firm  1.301,76  46 days late, by",
                "                                       mail",
                "F-2026-0061                      7,00",
            ],
            id="what takes two is broken between words",
        ),
        pytest.param(
            26,
            [
                "2026-11-30-   1.301,76  46",
                "ines-martin-            days",
                "firm                    late,",
                "                        by",
                "                        mail",
                "F-2026-0061       7,00",
            ],
            id="a name at last, an amount never",
        ),
    ],
)
def test_a_row_gives_way(room: int, expected: list[str]) -> None:
    assert beneath(room) == expected


def test_heads_stand_where_their_columns_do_and_totals_under_a_rule() -> None:
    above, _, under = screen_lines(COLUMNS, ROWS, [["total", "1.308,76", ""]], 50)
    assert above == ["Mail                             Open", "    Why", "─" * 27 + "  " + "─" * 8]
    assert under == [above[-1], "total                        1.308,76"]


def test_wide_characters_take_two_cells() -> None:
    first, second = beneath(80, [["株式会社", "1,00", "late"], ["acme", "1,00", "late"]])
    assert cells(first) == cells(second) == len("acme") * 2 + 2 + 4 + 2 + 4
    assert [cells(line) for line in folded("株式会社日本", 7)] == [6, 6]


@pytest.mark.parametrize("command", ["plan", "status", "list letters", "clients score", "list invoices", "list jobs"])
def test_at_80_columns_no_line_is_wider_and_no_name_is_broken(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    arguments = ["-C", "examples/estudio-luna", "--today", "2026-11-30", *command.split()]
    shown = re.sub(r"\x1b\[\d*m", "", facturar(*arguments, screen=True).out)
    assert max(map(len, shown.splitlines())) <= 80
    words = set(facturar(*arguments).out.split()) - {"-"}
    assert {word for word in words if not set(word) <= {"-"}} <= set(shown.split())
