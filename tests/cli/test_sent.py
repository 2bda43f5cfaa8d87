"""`sent`: what a person says went out, of every kind of document, and what is known of it from then on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.calling import Said, facturar
from tests.cli.conftest import tree

LETTER, NOTICE, RECEIPT = "2026-11-10-acme-formal", "2026-11-10-acme-thank-you", "2026-11-05-acme-receipt"
LADDER = "reminders: {steps: [{name: formal, when: 5 days, channel: registered}]}\n"
MAIL = "mail: {host: smtp.luna.example, from: hola@luna.example}\n"


@pytest.fixture
def full(book: Path) -> Path:
    """The book with a document of each kind, written by 10 November."""
    with (book / "facturar.yaml").open("a", encoding="utf-8") as file:
        file.write(LADDER)
    assert call(book, "pay", "acme", "100", "--date", "2026-11-05", "--invoice", "F-2026-0002").code == 0
    assert call(book, "run").code == 0
    for arguments in (["quote", "flyer"], ["statement", "acme"], ["letter", "thank-you", "acme"]):
        assert call(book, *arguments).code == 0
    return book


def call(book: Path, *arguments: str, day: str = "2026-11-10") -> Said:
    return facturar("-C", book, "--today", day, *arguments)


def journal(book: Path) -> list[dict[str, str]]:
    file = book / "sent/journal.jsonl"
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.exists() else []


def documents(book: Path) -> list[str]:
    folders = ("invoices", "quotes", "letters", "receipts", "statements")
    return sorted(path.stem for folder in folders for path in (book / folder).rglob("*.yaml"))


def test_every_kind_of_document_is_noted_with_its_day(full: Path) -> None:
    names = documents(full)
    assert {name.partition("-")[0] for name in names} >= {"F", "P", "2026"}
    assert {LETTER, NOTICE, RECEIPT} <= set(names)
    for name in names:
        said = call(full, "sent", name, day="2026-11-12")
        assert (said.code, said.err) == (0, f"{name}: sent on 2026-11-12\n")
        assert json.loads(call(full, "show", name, "--format", "json").out)["sent"] == "2026-11-12"
        assert "sent on 2026-11-12" in call(full, "show", name).out
    assert [(line["mail"], line["event"], line["by"]) for line in journal(full)] == [
        (name, "sent", "hand") for name in names
    ]
    assert call(full, "check").code == 0


def test_how_it_went_is_told_in_the_dossier(full: Path) -> None:
    assert call(full, "sent", LETTER, "--date", "2026-11-11", "--note", "Burofax NB0012", day="2026-11-20").code == 0
    assert call(full, "dossier", "acme", day="2026-12-15").code == 0
    text = next((full / "dossiers").rglob("dossier.md")).read_text("utf-8")
    row = next(line for line in text.splitlines() if line.startswith(f"| {LETTER}") and "anotación" in line)
    assert [cell.strip() for cell in row.split("|")[2:-1]] == [
        "burofax",
        "11 nov 2026",
        "",
        "enviado según anotación propia: Burofax NB0012",
    ]


def test_an_e_mail_that_waits_is_taken_out_of_the_outbox(full: Path) -> None:
    with (full / "facturar.yaml").open("a", encoding="utf-8") as file:
        file.write(MAIL)
    assert call(full, "queue", "F-2026-0002", "--to", "ana@acme.example").code == 0
    said = call(full, "sent", "F-2026-0002", day="2026-11-12")
    assert said.err == "F-2026-0002: sent on 2026-11-12; its e-mail waits no more\n"
    assert not (full / "outbox/F-2026-0002.eml").exists()
    assert (full / "sent/2026/F-2026-0002.eml").is_file()
    assert call(full, "send", day="2026-11-12").err == "Nothing waits in the outbox.\n"


def test_what_was_sent_by_hand_is_not_queued_without_asking(full: Path) -> None:
    with (full / "facturar.yaml").open("a", encoding="utf-8") as file:
        file.write(MAIL)
    assert call(full, "sent", "F-2026-0002").code == 0
    refused = call(full, "queue", "F-2026-0002", "--to", "ana@acme.example")
    assert (refused.code, "F-2026-0002 was sent on 2026-11-10" in refused.err) == (2, True)


def test_a_dry_run_notes_nothing(full: Path) -> None:
    before = tree(full)
    assert call(full, "sent", LETTER, "--dry-run").err == f"{LETTER}: sent on 2026-11-10\n"
    assert tree(full) == before


REFUSALS = [
    pytest.param([], ["F-2026-0020"], "did you mean 'F-2026-000", id="no such document"),
    pytest.param([["F-2026-0002"]], ["F-2026-0002"], "queue F-2026-0002 --again", id="sent already"),
    pytest.param([], [LETTER, "--date", "2026-11-09"], "is before 2026-11-10-acme-formal was written", id="too early"),
    pytest.param([], [LETTER, "--date", "2026-11-11"], "note it once it is sent", id="still to come"),
    pytest.param([], ["care"], "write it first: facturar activity care", id="a job without a report"),
]


@pytest.mark.parametrize(("before", "arguments", "told"), REFUSALS)
def test_what_makes_no_sense_is_refused(before: list[list[str]], arguments: list[str], told: str, full: Path) -> None:
    for earlier in before:
        assert call(full, "sent", *earlier).code == 0
    was = tree(full)
    said = call(full, "sent", *arguments)
    assert (said.code, told in said.err) == (2, True), said.err
    assert tree(full) == was


def test_a_page_to_speak_from_is_sent_to_nobody(book: Path) -> None:
    with (book / "facturar.yaml").open("a", encoding="utf-8") as file:
        file.write(LADDER.replace("formal", "call").replace("registered", "phone"))
    assert call(book, "run").code == 0
    said = call(book, "sent", "2026-11-10-acme-call")
    assert (said.code, "facturar note acme TEXT --kind call" in said.err) == (2, True)


def test_a_report_of_work_has_its_line_in_the_job_and_no_note(book: Path) -> None:
    assert call(book, "activity", "care", "--until", "2026-10-31").code == 0
    said = call(book, "sent", "care", "--note", "en mano")
    assert (said.code, "--note has no place" in said.err) == (2, True)
    assert "sent: 2026-11-10" in call(book, "sent", "care").out
    assert journal(book) == []
