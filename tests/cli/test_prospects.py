"""`clients score`, `forecast`, `simulate` and `show CLIENT` as commands: tables, data, what is said beside them."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.cli.calling import Said, facturar

EXAMPLES = Path(__file__).parents[2] / "examples"
LUNA, NORTH, ROBLES = (EXAMPLES / name for name in ("estudio-luna", "north-light", "taller-robles"))


def said(*arguments: object, book: Path = LUNA, code: int = 0, screen: bool = False) -> Said:
    found = facturar("-C", book, "--today", "2026-11-30", *arguments, screen=screen)
    assert found.code == code, found.err
    return found


def data(*arguments: object, book: Path = LUNA) -> Any:
    return json.loads(said(*arguments, "--format", "json", book=book).out)


def table(*arguments: object) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(said(*arguments, "--format", "csv").out)))


def test_scores_are_data_with_their_reasons() -> None:
    brisa = next(score for score in data("clients", "score") if score["client"] == "cerveceria-brisa")
    assert (brisa["grade"], brisa["invoices"], brisa["to_pay"], brisa["late"]) == ("B", 12, 15, 0)
    assert (brisa["late_share"], brisa["overdue"], brisa["oldest"]) == ("8", 1, 15)
    assert brisa["reasons"][:2] == ["half are paid by the due date (12 settled)", "1 overdue now, up to 15 days"]
    assert set(brisa["promises"]) == {"kept", "made"}


def test_scores_are_a_table_the_best_first_and_who_cannot_be_told_last() -> None:
    rows = table("clients", "score")
    grades = [row["grade"] or "~" for row in rows]
    assert grades == sorted(grades)
    assert {"A", "B", "E", "~"} <= set(grades)
    (only,) = table("clients", "score", "--client", "ines-martin")
    assert (only["grade"], only["invoices"]) == ("", "1")
    assert "too few to tell" in only["reasons"]
    (since,) = table("clients", "score", "--client", "panaderia-alba", "--since", "2026-06-01")
    assert since["invoices"] == "7"


def test_a_forecast_adds_up() -> None:
    for options in ([], ["--by", "month"], ["--weeks", "3"], ["--months", "2"]):
        for book in (LUNA, NORTH, ROBLES):
            found = data("forecast", *options, book=book)
            expected = sum(Decimal(period["expected"]) for period in found["periods"])
            apart = sum(Decimal(part["amount"]) for part in found["apart"])
            assert expected + apart == sum(Decimal(item["amount"]) for item in found["items"])
            to_bill = sum(Decimal(item["amount"]) for item in found["items"] if not (item["number"] or item["apart"]))
            assert sum(Decimal(period["to_bill"]) for period in found["periods"]) == to_bill
            assert all(item["on"] <= found["until"] for item in found["items"] if item["on"] and not item["apart"])


def test_a_forecast_says_what_it_leaves_out() -> None:
    talk = said("forecast").err
    assert "1.378,00 EUR in dispute, and left out" in talk
    assert "later than anybody ever paid: no day can be told" in talk
    assert "held, and left out: noche-catalogo" in talk


def test_every_payment_of_a_forecast() -> None:
    rows = table("forecast", "--items")
    alba = [row for row in rows if row["client"] == "panaderia-alba"]
    assert (alba[0]["on"], alba[0]["due"], alba[0]["what"]) == ("2026-12-12", "2026-12-30", "alba-redes")
    assert {row["habit"] for row in alba} == {"own"}


WRONG = [
    (["forecast", "--weeks", "0"], "0 weeks cannot be foreseen"),
    (["forecast", "--months", "500"], "500 months cannot be foreseen"),
    (["forecast", "--weeks", "3", "--by", "month"], "--weeks goes by week"),
    (["simulate", "--ladder", "wekly", "--from", "2026-01-01"], "did you mean 'weekly'?"),
    (["simulate", "--ladder", "weekly", "--from", "2026-12-01"], "--from 2026-12-01 is after today, 2026-11-30"),
    (
        ["simulate", "--ladder", "weekly", "--from", "2026-11-01", "--to", "2027-01-01"],
        "--to 2027-01-01 is after today",
    ),
    (["simulate", "--ladder", "weekly", "--from", "2026-11-05", "--to", "2026-11-01"], "is after --to 2026-11-01"),
    (["clients", "score", "--client", "panaderia"], "did you mean 'panaderia-alba'?"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_wrong_usage(arguments: list[str], message: str) -> None:
    assert message in said(*arguments, code=2).err


def test_a_simulation_stands_beside_what_was_written() -> None:
    found = data("simulate", "--ladder", "monthly", "--from", "2026-07-01")
    assert (found["ladder"], found["from"], found["to"], found["every"]) == (
        "monthly",
        "2026-07-01",
        "2026-11-30",
        "day",
    )
    rows = table("simulate", "--ladder", "monthly", "--from", "2026-07-01")
    assert sum(bool(row["would"]) for row in rows) == len(found["would"]) > 0
    assert sum(bool(row["was"]) for row in rows) == len(found["were"]) == 9
    talk = said("simulate", "--ladder", "monthly", "--from", "2026-07-01").err
    assert "nobody knows who would have paid sooner" in talk
    assert f"Really written: {len(found['were'])} letters" in talk


def test_a_simulation_writes_nothing(tmp_path: Path) -> None:
    before = sorted(path.name for path in (LUNA / "letters").rglob("*"))
    said("simulate", "--ladder", "weekly", "--from", "2026-10-01")
    assert sorted(path.name for path in (LUNA / "letters").rglob("*")) == before


SCREENS = [(LUNA, "panaderia-alba"), (LUNA, "gimnasio-titan"), (NORTH, "lakeside"), (ROBLES, "hotel-duero")]


@pytest.mark.parametrize(("book", "client"), SCREENS)
def test_a_client_is_on_one_screen(book: Path, client: str) -> None:
    lines = said("show", client, book=book).out.splitlines()
    assert max(map(len, lines)) <= 80
    assert len(lines) <= 50
    heads = [line.split()[0] for line in lines if re.match(r"[A-Z]\w+ {2,}", line)]
    assert heads[:3] == ["Owes", "Pays", "Buys"]
    assert heads[-1] == "Next"


def test_what_the_screen_of_a_client_says() -> None:
    shown = said("show", "cerveceria-brisa").out
    for words in (
        "Cervecería Brisa del Norte, S.L. · cerveceria-brisa · B33333337",
        "billing: Olga Sainz",
        "1-30     462,05  ███",
        "F-2026-0054         462,05  15 days late",
        "to pay: 13 to 41 days, half within 15",
        "6.136,00 net in 13 invoices",
        "2026-12-04  462,05",
        "2026-11-24  call     Olga: firma el gerente",
        "2026-11-30  invoice brisa-arte 413,40: 2026-10-26 to 2026-11-25",
        "letter friendly 462,05: email",
    ):
        assert words in shown


def test_a_client_as_data_keeps_its_entry_and_adds_what_is_known() -> None:
    found = data("show", "cerveceria-brisa")
    assert list(found)[:2] == ["id", "name"]
    assert found["terms"] == "15 days end of month"
    assert {"jobs", "invoices", "owed", "open", "billed", "bought", "score", "paid", "diary", "letters", "next"} <= set(
        found
    )
    assert found["owed"][0]["balance"] == "462.05"
    assert [step["kind"] for step in found["next"]][:2] == ["invoice", "letter"]
    assert found["diary"][0]["promise"] == {"on": "2026-12-04", "amount": "462.05"}


def test_a_client_who_was_never_billed(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    assert facturar("init", folder, "--example", "north-light").code == 0
    with (folder / "clients.yaml").open("a", encoding="utf-8") as file:
        file.write("\nnewone:\n  name: New One Ltd\n")
    assert said("show", "newone", book=folder).out == (
        "New One Ltd · newone\n30 days · vat · GBP · en\n\nOwes      nothing\n"
    )
    assert data("show", "newone", book=folder)["score"] is None
