"""`report` as a command: the month on the screen and as data, and what a run writes of it."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from tests.cli.calling import facturar
from tests.cli.conftest import tree


def test_the_month_as_data(second_round: Path) -> None:
    said = facturar("-C", second_round, "--today", "2026-11-20", "report", "--format", "json")
    found = json.loads(said.out)
    assert (said.code, found["month"], found["as_of"]) == (0, "2026-11", "2026-11-20")
    assert list(found) == [
        "month",
        "as_of",
        "invoiced",
        "collected",
        "to_bill",
        "held",
        "aging",
        "issued",
        "payments",
        "income",
        "payers",
        "quarter",
        "pending",
    ]
    assert found["quarter"]["from"] == "2026-10-01"
    assert {tax["code"] for tax in found["quarter"]["taxes"]} == {"iva", "irpf", "export"}


def test_a_month_that_is_over_is_told_as_of_its_last_day(second_round: Path) -> None:
    found = json.loads(
        facturar("-C", second_round, "--today", "2026-11-20", "report", "2026-10", "--format", "json").out
    )
    assert found["as_of"] == "2026-10-31"
    assert found["collected"] == [{"currency": "EUR", "amount": "500"}]
    assert [row["number"] for row in found["issued"]] == ["F-2026-0001", "F-2026-0002"]


def test_csv_has_a_row_for_each_figure(second_round: Path) -> None:
    said = facturar("-C", second_round, "--today", "2026-11-20", "report", "2026-10", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert [row["subject"] for row in rows if row["part"] == "issued"] == ["F-2026-0001", "F-2026-0002"]
    assert {row["part"] for row in rows} >= {"invoiced", "collected", "aging", "payment", "month invoiced", "vat"}


def test_markdown_is_what_a_run_writes(book: Path) -> None:
    before = tree(book)
    shown = facturar("-C", book, "--today", "2026-10-31", "report", "2026-10", "--format", "md").out
    assert tree(book) == before
    facturar("-C", book, "--today", "2026-11-01", "run")
    assert shown == (book / "reports" / "2026-10.md").read_text("utf-8")


def test_on_the_screen_nothing_is_wider_than_80_columns(second_round: Path) -> None:
    said = facturar("-C", second_round, "--today", "2026-11-20", "report")
    assert said.code == 0
    assert "█" in said.out
    assert max(map(len, said.out.splitlines())) <= 80


def test_a_report_that_was_cut_short_is_completed_from_its_markdown(book: Path) -> None:
    facturar("-C", book, "--today", "2026-11-01", "run")
    reports = book / "reports"
    before = {path.name: path.read_bytes() for path in reports.iterdir()}
    assert sorted(before) == ["2026-10.html", "2026-10.md", "2026-10.pdf"]
    (reports / "2026-10.html").unlink()
    facturar("-C", book, "--today", "2026-11-02", "pay", "acme", "10", "--date", "2026-10-30")
    facturar("-C", book, "--today", "2026-11-02", "run")
    assert {path.name: path.read_bytes() for path in reports.iterdir()} == before


@pytest.mark.parametrize(
    ("month", "message", "hint"),
    [
        ("november", "'november' is not a month", "write year-month: 2026-11"),
        ("2026-13", "'2026-13' is not a month", "write year-month: 2026-11"),
        ("2026-12", "2026-12 has not begun: today is 2026-11-20", "give a month that has, or use --today"),
    ],
)
def test_a_month_that_is_none(month: str, message: str, hint: str, second_round: Path) -> None:
    said = facturar("-C", second_round, "--today", date(2026, 11, 20), "report", month)
    assert (said.code, said.err.splitlines()) == (2, [f"error: {message}", f"hint: {hint}"])
