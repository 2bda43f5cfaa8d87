"""`explain` as people and programs read it: places in the files, the shapes of its formats, names that nothing has."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.cli.calling import facturar

from facturar.problems import Exit

EXAMPLE = Path(__file__).parents[2] / "examples" / "estudio-luna"
TODAY = ("-C", EXAMPLE, "--today", "2026-11-30")


def told(name: str) -> dict[str, Any]:
    said = facturar(*TODAY, "explain", name, "--format", "json")
    assert said.code == Exit.done, said.err
    found: dict[str, Any] = json.loads(said.out)
    return found


def below(reason: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield reason
    for part in reason["parts"]:
        yield from below(part)


def names(kind: str) -> list[str]:
    said = facturar(*TODAY, "list", kind, "--format", "csv")
    return [row[0] for row in csv.reader(io.StringIO(said.out))][1:]


def test_json_nests_reasons_with_file_line_and_column() -> None:
    found = told("F-2026-0054")
    assert list(found) == ["subject", "value", "because", "source", "at", "parts"]
    line = next(part for part in found["parts"] if part["subject"] == "line 1")
    assert line == {
        "subject": "line 1",
        "value": "364.00",
        "because": "Dirección de arte: 7 h × 52; 2 entries of work from 2026-10-06 to 2026-10-15",
        "source": None,
        "at": [{"file": "jobs/horas.yaml", "line": n, "column": 7} for n in (38, 39)],
        "parts": [
            {
                "subject": "rate",
                "value": "52",
                "because": "since 2026-01-26",
                "source": None,
                "at": [{"file": "jobs/horas.yaml", "line": 13, "column": 9}],
                "parts": [],
            }
        ],
    }


def test_the_rate_of_a_tax_has_its_place_in_the_file_of_the_regime_and_its_law() -> None:
    tax = next(part for part in told("F-2026-0054")["parts"] if part["subject"] == "tax iva")
    rate = tax["parts"][0]
    assert (rate["value"], rate["at"][0]["file"], rate["source"][:16]) == ("21%", "es.yaml", "LIVA art. 90.Uno")


def test_the_base_rate_of_interest_has_its_place_in_the_table_that_regimes_share() -> None:
    found = told("2026-08-31-gimnasio-titan-final")
    files = [at["file"] for reason in below(found) if reason["subject"] == "rate" for at in reason["at"]]
    assert set(files) == {"_ecb.yaml", "es.yaml"}


@pytest.mark.parametrize("kind", ["invoices", "jobs", "clients", "letters"])
def test_everything_of_the_example_is_explained_with_a_place_or_the_reason_why_not(kind: str) -> None:
    for name in names(kind):
        found = told(name)
        assert found["subject"] == name
        for reason in below(found):
            assert reason["at"] or reason["because"], (name, reason)
            assert "as recorded" not in (reason["because"] or ""), (name, reason)
            assert reason["subject"] != "changed since", (name, reason)


def test_every_line_of_the_example_points_to_a_file_that_people_write() -> None:
    for name in names("invoices"):
        for reason in told(name)["parts"]:
            if reason["subject"].startswith("line "):
                assert reason["at"], (name, reason)
                assert {at["file"].split("/")[0] for at in reason["at"]} == {"jobs"}


def test_a_document_that_today_would_be_issued_is_explained_before_it_is() -> None:
    planned = json.loads(facturar(*TODAY, "plan", "--format", "json").out)
    for action in planned["actions"]:
        if action["kind"] != "report":
            found = told(action["document"])
            assert (found["value"], "would be" in found["because"]) == (action["amount"], True)


def test_a_plan_gives_the_reasons_under_each_action() -> None:
    facts = json.loads(facturar(*TODAY, "plan", "--explain", "--format", "json").out)
    subjects = [action["reasons"] and action["reasons"]["subject"] for action in facts["actions"]]
    assert subjects == [None if a["kind"] == "report" else a["document"] for a in facts["actions"]]
    text = facturar(*TODAY, "plan", "--explain").out
    assert "F-2026-0055: 461.10 - invoice to panaderia-alba" in text
    assert "  line 2: 90.00 - Fotografía de producto" in text


def test_on_a_terminal_and_in_a_file_no_line_is_longer_than_80_columns() -> None:
    for name in ("F-2026-0054", "2026-08-31-gimnasio-titan-final", "brisa-arte", "gimnasio-titan"):
        lines = facturar(*TODAY, "explain", name).out.splitlines()
        assert [line for line in lines if len(line) > 80] == []


def test_a_terminal_shows_the_same_words() -> None:
    on_screen = facturar(*TODAY, "explain", "F-2026-0054", screen=True)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", on_screen.out)
    assert plain.split() == facturar(*TODAY, "explain", "F-2026-0054").out.split()


def test_csv_is_flat_and_markdown_a_nested_list() -> None:
    rows = list(csv.reader(io.StringIO(facturar(*TODAY, "explain", "F-2026-0045", "--format", "csv").out)))
    assert rows[0] == ["about", "value", "because", "source", "at"]
    assert [row[0] for row in rows[1:4]] == [
        "F-2026-0045",
        "F-2026-0045 > billed from",
        "F-2026-0045 > billed from > covers",
    ]
    bullets = facturar(*TODAY, "explain", "F-2026-0045", "--format", "md").out.splitlines()
    assert bullets[1].startswith("  - **billed from**: 2026-09-01 — harbour-rebrand: step 'Research and sketches'")
    assert bullets[1].endswith("`jobs/2026.yaml:93:55`")


def test_a_name_that_nothing_has_is_answered_with_the_one_that_was_meant() -> None:
    said = facturar(*TODAY, "explain", "F-2026-054")
    assert said.code == Exit.usage
    assert said.err == "error: nothing is called 'F-2026-054'\nhint: did you mean 'F-2026-0054'?\n"


def test_what_changed_in_the_files_since_is_told(book: Path) -> None:
    jobs = book / "jobs.yaml"
    jobs.write_text(jobs.read_text("utf-8").replace("price: 450.00", "price: 475.00"), "utf-8")
    out = facturar("-C", book, "--today", "2026-10-30", "explain", "F-2026-0001").out
    assert "changed since: the line says otherwise now: price 475.00, here 450.00; net\n" in out
    jobs.write_text(jobs.read_text("utf-8").replace("poster:", "plakat:"), "utf-8")
    out = facturar("-C", book, "--today", "2026-10-30", "explain", "F-2026-0001", "--format", "md").out
    assert "as recorded: the job 'poster' is gone from the files" in out
