"""The stock as a command gives it, and what is told when products go out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.calling import Said, facturar

TODAY = "2026-11-10"
CHAIRS = """
chairs:
  client: acme
  title: Sillas
  agreement: {kind: delivery}
  lines: [{item: silla, quantity: 1}]
feast:
  client: acme
  title: Más sillas
  agreement: {kind: prepaid, on: 2026-12-01}
  lines: [{item: silla, quantity: 2}]
"""


@pytest.fixture
def shop(book: Path) -> Path:
    """The book with two jobs that want chairs, of which there are six."""
    with (book / "jobs.yaml").open("a", encoding="utf-8") as jobs:
        jobs.write(CHAIRS)
    return book


def on(folder: Path, *arguments: str) -> Said:
    said = facturar("-C", folder, "--today", TODAY, *arguments)
    assert said.code == 0, said.err
    return said


def stock(folder: Path, *arguments: str) -> Any:
    return json.loads(on(folder, "stock", *arguments, "--format", "json").out)


def test_json(shop: Path) -> None:
    on(shop, "delivered", "chairs")
    assert stock(shop) == {
        "as_of": TODAY,
        "rows": [
            {
                "item": "silla",
                "text": "Silla de roble",
                "unit": "ud.",
                "counted": "6",
                "counted_on": "2026-09-30",
                "received": "0",
                "out": "1",
                "on_hand": "5",
                "reserved": "2",
                "free": "3",
                "reorder_at": "4",
                "short": "1",
                "sold": "1",
            }
        ],
    }


def test_as_of_a_day_before(shop: Path) -> None:
    on(shop, "delivered", "chairs")
    (row,) = stock(shop, "--as-of", "2026-11-09")["rows"]
    assert (row["on_hand"], row["reserved"], row["free"], row["short"]) == ("6", "3", "3", "1")


def test_all_has_what_is_not_counted(shop: Path) -> None:
    rows = {row["item"]: row for row in stock(shop, "--all")["rows"]}
    assert list(rows) == ["silla", "montaje"]
    assert (rows["montaje"]["on_hand"], rows["montaje"]["sold"]) == (None, "0")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["delivered", "chairs"], "silla: 5 ud. left, 3 free; reorder, 1 short of 4\n"),
        (["delivered", "feast"], "silla: 4 ud. left, 3 free; reorder, 1 short of 4\n"),
        (["delivered", "chairs", "--date", "2026-12-01"], ""),
        (["done", "flyer"], ""),
    ],
    ids=["a delivery", "what was prepaid", "a delivery to come", "no products"],
)
def test_what_is_left_is_told_when_products_go_out(arguments: list[str], told: str, shop: Path) -> None:
    assert on(shop, *arguments).err == told


def test_status_says_what_to_reorder(shop: Path) -> None:
    rows = json.loads(on(shop, "status", "--format", "json").out)
    assert [(row["kind"], row["subject"], row["about"]) for row in rows if row["kind"] == "reorder"] == [
        ("reorder", "silla", "3 free, to reorder at 4")
    ]


def test_without_a_count_it_says_how_to_write_one(book: Path) -> None:
    (book / "catalog.yaml").write_text("montaje: {text: Montaje, price: 60}\n", "utf-8")
    said = on(book, "stock")
    assert said.out == ""
    assert "write stock: {counted: …, on: …}" in said.err


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        (
            ["--line", "1"],
            "If 'silla' came back, it is received again in catalog.yaml: {date: 2026-11-10, quantity: 1}\n",
        ),
        (["--amount", "10"], ""),
    ],
    ids=["a line", "an amount"],
)
def test_a_credit_note_moves_no_goods_but_says_how_to(wish: list[str], told: str, shop: Path) -> None:
    on(shop, "delivered", "chairs")
    on(shop, "bill", "chairs")
    said = on(shop, "credit", "F-2026-0003", "--reason", "Un arañazo", *wish)
    assert said.err.partition("\n")[2] == told
    assert stock(shop)["rows"][0]["on_hand"] == "5"
