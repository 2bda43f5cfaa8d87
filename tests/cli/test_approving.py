"""An activity report from the command line: written, sent, objected to, approved, and the invoice that follows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.calling import Said, facturar
from tests.cli.conftest import tree

TODAY = "2026-11-10"
REPORT = "2026-10-31-care"


@pytest.fixture
def asked(book: Path) -> Path:
    """The book, whose client approves the hours of `care`; its run of 10 November has written their report."""
    text = (book / "jobs.yaml").read_text("utf-8")
    agreed = text.replace("rate: 60}", "rate: 60, approval: {within: 5 days, silence: accepts}}")
    (book / "jobs.yaml").write_text(agreed, "utf-8")
    assert on(book, "run").code == 0
    return book


def on(book: Path, *arguments: str, today: str = TODAY) -> Said:
    return facturar("-C", book, "--today", today, *arguments)


def test_a_report_has_its_record_and_its_faces(asked: Path) -> None:
    names = sorted(path.name for path in (asked / "activity/2026").iterdir())
    assert names == [f"{REPORT}.md", f"{REPORT}.pdf", f"{REPORT}.yaml"]
    shown = json.loads(on(asked, "show", REPORT, "--format", "json").out)
    assert (shown["kind"], shown["job"], shown["totals"]) == ("activity", "care", {"hours": "3.5", "net": "210.00"})
    assert "Informe de actividad: Mantenimiento" in on(asked, "show", REPORT).out


def test_a_report_that_is_asked_for_says_what_was_written(book: Path) -> None:
    said = on(book, "activity", "care", "--until", "2026-10-04")
    assert (said.code, said.err) == (0, "Wrote 1 document on 2026-11-10, in activity/2026.\n")
    assert "activity 2026-10-04" in said.out
    assert "para su información" in on(book, "show", "2026-10-04-care", "--format", "md").out


def test_a_missing_face_is_made_again_and_the_record_stays(asked: Path) -> None:
    before = tree(asked)
    (asked / f"activity/2026/{REPORT}.md").unlink()
    said = on(asked, "run")
    assert "its .md or .pdf is missing" in said.out
    assert tree(asked) == before


def test_silence_accepts_what_was_sent(asked: Path) -> None:
    assert on(asked, "sent", "care").out == "jobs.yaml: reports:\njobs.yaml: - {until: 2026-10-31, sent: 2026-11-10}\n"
    waits = json.loads(on(asked, "status", "--format", "json").out)
    assert [(row["kind"], row["about"]) for row in waits if row["kind"] == "approval"] == [
        ("approval", f"{REPORT} was sent on 2026-11-10: the client has until 2026-11-15")
    ]
    assert on(asked, "bill", "care", today="2026-11-15").err == "Nothing to write on 2026-11-15.\n"
    assert "care" in on(asked, "bill", "care", today="2026-11-16").out
    assert on(asked, "check", today="2026-11-16").code == 0


def test_what_a_client_objects_to_waits_until_they_approve_it(asked: Path) -> None:
    on(asked, "sent", REPORT)
    said = on(asked, "objected", REPORT, "--date", "2026-11-12", today="2026-11-13")
    assert said.out == "jobs.yaml: - {until: 2026-10-31, sent: 2026-11-10, objected: 2026-11-12}\n"
    assert "held: care: the client objected" in on(asked, "bill", "care", today="2026-12-31").err
    on(asked, "approve", "care", "--by", "Ana", today="2026-12-31")
    assert "F-2026-0003" in on(asked, "bill", "care", today="2026-12-31").out


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["approve", "care"], "- {until: 2026-10-31, on: 2026-11-10, by: \"Panadería Acme, S.L.\"}"),
        (["approve", "care", "--by", "Ana"], "- {until: 2026-10-31, on: 2026-11-10, by: Ana}"),
        (["approve", "care", "--until", "2026-10-03", "--date", "2026-11-02", "--by", "Ana"],
         "- {until: 2026-10-03, on: 2026-11-02, by: Ana}"),
        (["approve", "flyer", "--by", "Ana"], "- {until: 2026-11-10, on: 2026-11-10, by: Ana}"),
        (["sent", "care", "--date", "2026-11-10"], "- {until: 2026-10-31, sent: 2026-11-10}"),
    ],
    ids=["approved", "by whom", "in part", "a job without reports, up to today", "sent on a day"],
)  # fmt: skip
def test_what_is_noted_is_a_line(arguments: list[str], line: str, asked: Path) -> None:
    assert on(asked, *arguments).out.splitlines()[-1] == f"jobs.yaml: {line}"
    assert on(asked, "check").code == 0


@pytest.mark.parametrize(
    ("before", "arguments", "told"),
    [
        ([], ["activity", "care"], f"{REPORT} lists just this\nhint: see facturar explain care, and its reports: "),
        ([], ["activity", "care", "--until", "2026-10-04"], f"{REPORT} goes up to a later day already"),
        ([], ["activity", "care", "--until", "2026-11-11"], "--until 2026-11-11 is after today"),
        ([], ["activity", "flyer"], "there is no work and no expense that is neither approved nor billed"),
        ([], ["activity", "carre"], "did you mean 'care'?"),
        ([], ["sent", "flyer"], "write it first: facturar activity flyer"),
        ([], ["sent", "2026-10-30-care"], f"did you mean '{REPORT}'?"),
        ([], ["sent", "care", "--date", "2026-11-09"], f"2026-11-09 is before {REPORT} was written on 2026-11-10"),
        ([["sent", "care"]], ["sent", "care"], f"{REPORT} was sent on 2026-11-10"),
        ([], ["objected", "care"], f"first: facturar sent {REPORT}"),
        ([["sent", "care"]], ["objected", "care", "--date", "2026-11-01"], "is before 2026-10-31-care was sent"),
        ([["sent", "care"], ["objected", "care"]], ["objected", "care"], "it is recorded already"),
        ([["approve", "care"]], ["approve", "care"], "'care' is approved up to 2026-10-31 already, by Panadería Acme"),
        ([], ["approve", "carre"], "did you mean 'care'?"),
    ],
)
def test_what_makes_no_sense_is_refused(before: list[list[str]], arguments: list[str], told: str, asked: Path) -> None:
    for earlier in before:
        assert on(asked, *earlier).code == 0
    was = tree(asked)
    said = on(asked, *arguments)
    assert (said.code, told in said.err) == (2, True), said.err
    assert tree(asked) == was


def test_a_report_before_the_first_period_ended_needs_a_day(book: Path) -> None:
    said = on(book, "activity", "care", today="2026-10-20")
    assert (said.code, "no period of 'care' has ended yet" in said.err) == (2, True)


@pytest.mark.parametrize(
    ("day", "after", "state"),
    [
        ("2026-11-10", [], "written"),
        ("2026-11-15", [["sent", "care"]], "sent"),
        ("2026-11-16", [["sent", "care"]], "accepted"),
        ("2026-11-16", [["sent", "care"], ["objected", "care"]], "objected"),
        ("2026-11-10", [["approve", "care"]], "approved"),
    ],
)
def test_reports_are_listed_with_what_became_of_them(day: str, after: list[list[str]], state: str, asked: Path) -> None:
    for arguments in after:
        assert on(asked, *arguments).code == 0
    (row,) = json.loads(on(asked, "list", "activity", "--format", "json", today=day).out)
    assert (row["report"], row["hours"], row["amount"], row["status"]) == (REPORT, "3.5", "210.00", state)
