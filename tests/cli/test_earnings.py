"""The margin as a command gives it: JSON of fixed keys, hints on what is missing, refusals that help."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.calling import Said, facturar

TODAY = "2026-11-10"
KEYS = ["currency", "hours", "labour", "expenses", "goods", "billed", "paid", "margin", "percent", "hourly"]


def on(folder: Path, *arguments: str) -> Said:
    said = facturar("-C", folder, "--today", TODAY, *arguments)
    assert said.code == 0, said.err
    return said


def margin(folder: Path, *arguments: str) -> Any:
    return json.loads(on(folder, "jobs", "margin", *arguments, "--format", "json").out)


@pytest.fixture
def costed(book: Path) -> Path:
    """The book with what an hour costs and a rate for the dollars of bolt."""
    with (book / "facturar.yaml").open("a", encoding="utf-8") as settings:
        settings.write("hour_cost: 30\n")
    (book / "rates.yaml").write_text("- {date: 2026-09-30, currency: USD, rate: 0.90}\n", "utf-8")
    return book


def test_json(costed: Path) -> None:
    found = margin(costed)
    assert (found["by"], found["since"], found["until"]) == ("job", None, TODAY)
    assert found["rows"] == [
        {
            "job": "web",
            "title": "Web",
            "client": "acme",
            "currency": "EUR",
            "hours": "0",
            "labour": "0.00",
            "expenses": "0.00",
            "goods": "0.00",
            "billed": "1000.00",
            "paid": "471.70",
            "margin": "1000.00",
            "percent": "100.0",
            "hourly": None,
        },
        {
            "job": "poster",
            "title": "Poster",
            "client": "bolt",
            "currency": "EUR",
            "hours": "0",
            "labour": "0.00",
            "expenses": "0.00",
            "goods": "0.00",
            "billed": "810.00",
            "paid": "0.00",
            "margin": "810.00",
            "percent": "100.0",
            "hourly": None,
        },
        {
            "job": "care",
            "title": "Mantenimiento",
            "client": "acme",
            "currency": "EUR",
            "hours": "3.5",
            "labour": "105.00",
            "expenses": "0.00",
            "goods": "0.00",
            "billed": "0.00",
            "paid": "0.00",
            "margin": "-105.00",
            "percent": None,
            "hourly": "0.00",
        },
    ]
    assert [list(total) for total in found["totals"]] == [KEYS]
    assert (found["totals"][0]["billed"], found["totals"][0]["margin"]) == ("1810.00", "1705.00")


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["--by", "client"], ["acme", "bolt"]),
        (["--client", "bolt"], ["poster"]),
        (["--since", "2026-10-02"], ["care"]),
        (["--until", "2026-10-01"], ["web", "poster"]),
        (["--by", "item"], []),
    ],
    ids=" ".join,
)
def test_rows(arguments: list[str], names: list[str], costed: Path) -> None:
    assert [next(iter(row.values())) for row in margin(costed, *arguments)["rows"]] == names


def test_by_item(costed: Path) -> None:
    with (costed / "jobs.yaml").open("a", encoding="utf-8") as jobs:
        jobs.write("chairs: {client: acme, title: Sillas, done: 2026-10-05, lines: [{item: silla, quantity: 2}]}\n")
    on(costed, "bill", "chairs")
    assert margin(costed, "--by", "item")["rows"] == [
        {
            "item": "silla",
            "text": "Silla de roble",
            "unit": "ud.",
            "currency": "EUR",
            "quantity": "2",
            "billed": "390.00",
            "paid": "0.00",
            "goods": "160.00",
            "margin": "230.00",
            "percent": "59.0",
        }
    ]


def test_csv_has_every_key(costed: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(on(costed, "jobs", "margin", "--format", "csv").out)))
    assert [row["job"] for row in rows] == ["web", "poster", "care"]
    assert list(rows[0]) == ["job", "title", "client", *KEYS]


def test_what_is_missing_for_a_whole_answer_is_said(book: Path) -> None:
    said = on(book, "jobs", "margin")
    assert "labour" not in said.out
    assert said.err == (
        "What an hour costs is not known, so margins leave hours out: write hour_cost: in facturar.yaml.\n"
        "USD has no rate on some days, so no margin: write it in rates.yaml.\n"
    )
    assert on(book, "jobs", "margin", "--quiet").err == ""


def test_nothing_in_these_days(costed: Path) -> None:
    said = on(costed, "jobs", "margin", "--until", "2025-01-01")
    assert (said.out, said.err) == ("", "Nothing was billed, worked or spent up to 2025-01-01.\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["margins"], "margin"),
        (["margin", "--client", "acmee"], "did you mean 'acme'?"),
        (["margin", "--since", "2026-12-01"], "--since 2026-12-01 is after --until 2026-11-10"),
        (["margin", "--until", "soon"], "'soon' is not a date"),
    ],
    ids=["another view", "a client who is not there", "days the wrong way round", "no date"],
)
def test_refusals(arguments: list[str], message: str, costed: Path) -> None:
    said = facturar("-C", costed, "--today", TODAY, "jobs", *arguments)
    assert said.code == 2
    assert message in said.err
