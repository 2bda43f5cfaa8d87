"""`queue`: documents from before there was mail, and once more."""

from __future__ import annotations

import email
from email.message import EmailMessage
from email.policy import strict
from pathlib import Path

import pytest
from tests.cli.calling import Said, facturar
from tests.cli.conftest import tree

from facturar.problems import Exit


@pytest.fixture
def mailing(book: Path) -> Path:
    """A book that has mail from now on, and an address of acme; its two invoices are older."""
    settings, clients = book / "facturar.yaml", book / "clients.yaml"
    mail = "mail: {host: smtp.luna.example, from: hola@luna.example}\n"
    settings.write_text(settings.read_text("utf-8") + mail, "utf-8")
    text = clients.read_text("utf-8").replace(
        "  tax_id: B12345674\n", "  tax_id: B12345674\n  email: ana@acme.example\n"
    )
    clients.write_text(text, "utf-8")
    return book


def call(book: Path, *arguments: str) -> Said:
    return facturar("-C", book, "--today", "2026-11-10", *arguments)


def message(book: Path, name: str) -> EmailMessage:
    found = email.message_from_bytes((book / f"outbox/{name}.eml").read_bytes(), policy=strict)
    assert isinstance(found, EmailMessage)
    return found


def test_a_document_from_before_goes_to_where_its_client_is_today(mailing: Path) -> None:
    said = call(mailing, "queue", "F-2026-0002")
    assert (said.code, said.err) == (0, "outbox/F-2026-0002.eml to ana@acme.example\n")
    queued = message(mailing, "F-2026-0002")
    assert queued["To"].addresses[0].addr_spec == "ana@acme.example"
    (pdf,) = queued.iter_attachments()
    assert pdf.get_content() == (mailing / "invoices/2026/F-2026-0002.pdf").read_bytes()
    assert '"event": "queued", "mail": "F-2026-0002"' in (mailing / "sent/journal.jsonl").read_text("utf-8")


def test_once_more_it_is_an_e_mail_of_its_own(mailing: Path) -> None:
    call(mailing, "queue", "F-2026-0002")
    call(mailing, "send", "--mark-sent", "F-2026-0002")
    refused = call(mailing, "queue", "F-2026-0002")
    assert refused.code == Exit.usage
    assert "F-2026-0002 was sent on 2026-11-10" in refused.err
    assert "add --again" in refused.err
    assert call(mailing, "queue", "F-2026-0002", "--again", "--to", "jefa@acme.example").code == 0
    again = message(mailing, "F-2026-0002.2")
    assert again["To"].addresses[0].addr_spec == "jefa@acme.example"
    first = email.message_from_bytes((mailing / "sent/2026/F-2026-0002.eml").read_bytes())
    assert again["Message-ID"] != first["Message-ID"]
    call(mailing, "send", "--mark-sent", "*")
    assert call(mailing, "queue", "F-2026-0002", "--again").err == "outbox/F-2026-0002.3.eml to ana@acme.example\n"


def test_what_is_paid_is_queued_with_a_warning(mailing: Path) -> None:
    call(mailing, "pay", "acme", "560", "--invoice", "F-2026-0002")
    said = call(mailing, "queue", "F-2026-0002")
    assert (said.code, said.err.splitlines()[1:]) == (0, ["warning: F-2026-0002 is paid"])
    assert (mailing / "outbox/F-2026-0002.eml").exists()


def test_a_dry_run_only_tells(mailing: Path) -> None:
    before = tree(mailing)
    said = call(mailing, "queue", "F-2026-0002", "--dry-run")
    assert said.err == "outbox/F-2026-0002.eml to ana@acme.example\n"
    assert tree(mailing) == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["F-2026-0009"], "there is no document 'F-2026-0009'", id="not there"),
        pytest.param(["F-2026-0001"], "F-2026-0001: has no e-mail address: add email: to 'bolt'", id="no address"),
        pytest.param(["F-2026-0001", "--to", "bolt"], "--to: 'bolt' is not an e-mail address", id="no address given"),
    ],
)
def test_what_cannot_be_queued_says_why_and_nothing_is(arguments: list[str], message: str, mailing: Path) -> None:
    before = tree(mailing)
    said = call(mailing, "queue", *arguments)
    assert said.code == Exit.usage
    assert message in said.err
    assert "hint: " in said.err
    assert tree(mailing) == before


def test_a_book_without_mail_is_told_what_to_add(book: Path) -> None:
    said = call(book, "queue", "F-2026-0002")
    assert (said.code, "the book has no mail: settings" in said.err) == (Exit.usage, True)


def test_what_waits_is_not_queued_twice(mailing: Path) -> None:
    call(mailing, "queue", "F-2026-0002")
    said = call(mailing, "queue", "F-2026-0002", "--again")
    assert (said.code, "F-2026-0002 waits in the outbox" in said.err) == (Exit.usage, True)


@pytest.mark.parametrize(
    ("channel", "code", "told"),
    [
        pytest.param("letter", Exit.usage, "goes by letter, not by mail", id="on paper"),
        pytest.param("phone", Exit.usage, "is a page to speak from", id="a call"),
        pytest.param("email", Exit.usage, "waits in the outbox", id="by mail"),
    ],
)
def test_a_letter_goes_by_its_channel(channel: str, code: int, told: str, mailing: Path) -> None:
    settings = mailing / "facturar.yaml"
    steps = f"reminders: {{steps: [{{name: firm, when: 5 days, channel: {channel}}}]}}\n"
    settings.write_text(settings.read_text("utf-8") + steps, "utf-8")
    call(mailing, "remind", "--client", "acme")
    said = call(mailing, "queue", "2026-11-10-acme-firm")
    assert said.code == code
    assert told in said.err
    if channel == "letter":
        assert call(mailing, "queue", "2026-11-10-acme-firm", "--to", "ana@acme.example").code == 0
