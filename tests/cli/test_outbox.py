"""The outbox: which documents are queued as e-mails, to whom and with what; and that healing queues nothing else."""

from __future__ import annotations

import email
import json
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import strict
from pathlib import Path

import pytest
from tests.cli.calling import Said, facturar
from tests.cli.conftest import tree

MAIL = "mail: {host: smtp.luna.example, from: Estudio Luna <facturas@luna.example>}\n"
SENDERS = "senders:\n  billing: {name: Marta, email: cobros@luna.example}\n"
Change = Callable[[str, str, str], None]


@pytest.fixture
def change(book: Path) -> Change:
    """One text of a file replaced by another, or added at its end."""

    def changed(file: str, old: str, new: str) -> None:
        text = (book / file).read_text("utf-8")
        assert not old or text.count(old) == 1
        (book / file).write_text(text.replace(old, new) if old else text + new, "utf-8")

    return changed


@pytest.fixture
def mailing(book: Path, change: Change) -> Path:
    """The book of two clients, now with addresses and a mail server."""
    change("facturar.yaml", "", MAIL + SENDERS)
    change("clients.yaml", "  tax_id: B12345674\n", "  tax_id: B12345674\n  email: cuentas@acme.example\n")
    change("clients.yaml", "  tax_id: GB980780684\n", "  tax_id: GB980780684\n  email: bolt@bolt.example\n")
    return book


def do(book: Path, *arguments: str, day: str = "2026-11-10") -> Said:
    said = facturar("-C", book, "--today", day, *arguments)
    assert said.code == 0, said.err
    return said


def outbox(book: Path) -> dict[str, EmailMessage]:
    files = sorted((book / "outbox").glob("*.eml"))
    read = ((file.stem, email.message_from_bytes(file.read_bytes(), policy=strict)) for file in files)
    return {name: message for name, message in read if isinstance(message, EmailMessage)}


def attached(message: EmailMessage) -> list[str | None]:
    return [part.get_filename() for part in message.iter_attachments()]


def test_a_notice_of_a_hold_is_queued_like_other_documents(mailing: Path, change: Change) -> None:
    change("facturar.yaml", "", "credit: {limit: 100}\nreminders: {steps: [{name: friendly, when: 90 days}]}\n")
    planned = do(mailing, "plan").out
    assert "over 100, by mail" in next(line for line in planned.splitlines() if line.startswith("hold letter"))
    do(mailing, "run")
    (name,) = [name for name in outbox(mailing) if name.endswith("-hold")]
    message = outbox(mailing)[name]
    assert (name, message["To"]) == (
        "2026-11-10-acme-hold",
        '"Panadería Acme, S.L." <cuentas@acme.example>',
    )
    text = message.get_body(("plain",))
    assert text
    assert "100,00 €" in text.get_content()
    before = tree(mailing)
    do(mailing, "run")
    assert tree(mailing) == before


def test_a_round_queues_its_documents_each_to_its_client(mailing: Path) -> None:
    said = do(mailing, "run")
    queued = outbox(mailing)
    assert {name: message["To"] for name, message in queued.items()} == {
        "F-2026-0003": '"Panadería Acme, S.L." <cuentas@acme.example>',
        "2026-10-20-acme-receipt": '"Panadería Acme, S.L." <cuentas@acme.example>',
        "2026-11-10-acme-friendly": '"Panadería Acme, S.L." <cuentas@acme.example>',
        "2026-11-10-bolt-friendly-USD": "Bolt Ltd <bolt@bolt.example>",
    }
    assert "4 e-mails put into outbox: facturar send" in said.err
    assert {message["From"] for message in queued.values()} == {"Estudio Luna <facturas@luna.example>"}
    assert attached(queued["F-2026-0003"]) == ["F-2026-0003.pdf"]
    invoice = next(queued["F-2026-0003"].iter_attachments())
    assert invoice.get_content() == (mailing / "invoices/2026/F-2026-0003.pdf").read_bytes()


def test_without_mail_nothing_is_queued(book: Path) -> None:
    do(book, "run")
    assert not (book / "outbox").exists()
    assert not (book / "sent").exists()


def test_a_dry_run_says_what_it_would_queue_and_writes_nothing(mailing: Path) -> None:
    before = tree(mailing)
    said = do(mailing, "run", "--dry-run")
    assert "4 e-mails would be put into outbox: facturar send" in said.err
    assert tree(mailing) == before


def test_a_second_round_queues_nothing_and_says_the_same_again_in_no_line(mailing: Path) -> None:
    do(mailing, "run")
    before = tree(mailing)
    do(mailing, "run")
    assert tree(mailing) == before


@pytest.mark.parametrize(
    ("arguments", "mail", "files"),
    [
        pytest.param(["quote", "flyer"], "P-2026-0001", ["P-2026-0001.pdf"], id="quote"),
        pytest.param(
            ["activity", "care", "--until", "2026-10-31"],
            "activity-2026-10-31-care",
            ["Informe de actividad de Mantenimiento hasta el 31 de octubre de 2026.pdf"],
            id="activity",
        ),
        pytest.param(
            ["credit", "F-2026-0001", "--reason", "Wrong size"], "R-2026-0001", ["R-2026-0001.pdf"], id="credit note"
        ),
        pytest.param(["bill", "care"], "F-2026-0003", ["F-2026-0003.pdf"], id="one invoice"),
        pytest.param(
            ["remind", "--client", "bolt"],
            "2026-11-10-bolt-friendly-USD",
            ["A reminder - invoice F-2026-0001.pdf"],
            id="letter",
        ),
    ],
)
def test_every_command_that_issues_a_document_queues_it(
    arguments: list[str], mail: str, files: list[str], mailing: Path
) -> None:
    do(mailing, *arguments)
    queued = outbox(mailing)
    assert list(queued) == [mail]
    assert attached(queued[mail]) == files


@pytest.mark.parametrize(
    ("channel", "queued"),
    [
        pytest.param("email", ["2026-11-10-acme-firm", "2026-11-10-bolt-firm-USD"], id="by mail"),
        pytest.param("letter", [], id="on paper"),
        pytest.param("registered", [], id="registered"),
        pytest.param("phone", [], id="a call"),
    ],
)
def test_a_letter_is_queued_by_its_channel(channel: str, queued: list[str], mailing: Path, change: Change) -> None:
    steps = f"reminders: {{steps: [{{name: firm, when: 5 days, channel: {channel}, sender: billing}}]}}\n"
    change("facturar.yaml", "", steps)
    do(mailing, "remind")
    assert list(outbox(mailing)) == queued
    replies = {message["Reply-To"] for message in outbox(mailing).values()}
    assert replies == ({"Marta <cobros@luna.example>"} if queued else set())


def test_a_reminder_brings_its_invoices_if_the_book_says_so(mailing: Path, change: Change) -> None:
    change("facturar.yaml", "smtp.luna.example,", "smtp.luna.example, attach: [invoices, quote],")
    do(mailing, "remind", "--client", "bolt")
    (letter,) = outbox(mailing).values()
    own, invoice = letter.iter_attachments()
    assert (own.get_filename(), invoice.get_filename()) == (
        "A reminder - invoice F-2026-0001.pdf",
        "F-2026-0001.pdf",
    )
    assert invoice.get_content() == (mailing / "invoices/2026/F-2026-0001.pdf").read_bytes()


def test_an_invoice_brings_its_quote_if_the_book_says_so(mailing: Path, change: Change) -> None:
    change("facturar.yaml", "smtp.luna.example,", "smtp.luna.example, attach: [quote],")
    do(mailing, "quote", "flyer")
    do(mailing, "quote", "flyer", "--accept")
    do(mailing, "done", "flyer")
    do(mailing, "bill", "flyer")
    assert attached(outbox(mailing)["F-2026-0003"]) == ["F-2026-0003.pdf", "P-2026-0001.pdf"]


def test_an_invoice_brings_the_files_that_its_job_sends_beside_it(mailing: Path, change: Change) -> None:
    (mailing / "hours.csv").write_bytes(b"day;hours\r\n")
    attached_file = "  attach: [{file: hours.csv, title: Horas de octubre, beside: true}]\n"
    change("jobs.yaml", "  title: 'Mantenimiento'\n", "  title: 'Mantenimiento'\n" + attached_file)
    do(mailing, "bill", "care")
    message = outbox(mailing)["F-2026-0003"]
    assert attached(message) == ["F-2026-0003.pdf", "Horas de octubre.csv"]
    *_, hours = message.iter_attachments()
    assert (hours.get_content_type(), hours.get_payload(decode=True)) == ("text/csv", b"day;hours\r\n")


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        pytest.param("", "has no e-mail address: add email: to 'acme'", id="none"),
        pytest.param(
            "  email: ana@@acme\n",
            "'ana@@acme' cannot be written to: put right email: of 'acme'",
            id="none that is one",
        ),
    ],
)
def test_who_has_no_address_is_told_and_the_document_is_written(
    address: str, reason: str, mailing: Path, change: Change
) -> None:
    change("clients.yaml", "  email: cuentas@acme.example\n", address)
    assert reason in do(mailing, "plan").out
    assert reason in do(mailing, "status").out
    said = do(mailing, "bill")
    assert f"held: care: F-2026-0003 is not mailed: {reason}" in said.err
    assert (mailing / "invoices/2026/F-2026-0003.pdf").exists()
    assert outbox(mailing) == {}


def test_the_contact_for_billing_comes_first_and_an_address_with_accents_travels_as_ascii(
    mailing: Path, change: Change
) -> None:
    contact = "  contacts: {billing: {name: Ana Ruiz, email: ana@panadería.example}}\n"
    change("clients.yaml", "  email: cuentas@acme.example\n", "  email: cuentas@acme.example\n" + contact)
    do(mailing, "bill")
    assert outbox(mailing)["F-2026-0003"]["To"] == "Ana Ruiz <ana@xn--panadera-i2a.example>"


def test_the_journal_names_what_is_queued_before_anything_is_written(mailing: Path) -> None:
    do(mailing, "bill")
    record = (mailing / "invoices/2026/F-2026-0003.yaml").read_text("utf-8")
    (line,) = map(json.loads, (mailing / "sent/journal.jsonl").read_text("utf-8").splitlines())
    assert f"seal: {line.pop('seal')}" in record
    assert line == {"day": "2026-11-10", "event": "queued", "mail": "F-2026-0003", "to": "cuentas@acme.example"}


FACES = ("invoices/2026/F-2026-0003.md", "invoices/2026/F-2026-0003.pdf")


def test_what_a_killed_run_did_not_queue_is_queued_by_the_next(mailing: Path) -> None:
    do(mailing, "bill")
    whole = tree(mailing)
    for name in (*FACES, "outbox/F-2026-0003.eml"):
        (mailing / name).unlink()
    do(mailing, "run", day="2026-11-11")
    healed = tree(mailing)
    assert {name: healed[name] for name in (*FACES, "outbox/F-2026-0003.eml")} == {
        name: whole[name] for name in (*FACES, "outbox/F-2026-0003.eml")
    }


@pytest.mark.parametrize(
    "lost",
    [pytest.param(FACES[1:], id="the PDF"), pytest.param(FACES, id="every face")],
)
def test_a_document_from_before_there_was_mail_is_healed_and_not_queued(
    lost: tuple[str, ...], book: Path, change: Change
) -> None:
    do(book, "bill")
    change("facturar.yaml", "", MAIL)
    for name in lost:
        (book / name).unlink()
    do(book, "bill")  # writes no face
    do(book, "run")
    assert all((book / name).exists() for name in FACES)
    assert "F-2026-0003" not in outbox(book)


def test_a_mail_that_was_thrown_away_does_not_come_back(mailing: Path) -> None:
    do(mailing, "bill")
    (mailing / "outbox/F-2026-0003.eml").unlink()
    do(mailing, "run")
    assert "F-2026-0003" not in outbox(mailing)


def test_what_was_edited_in_the_outbox_stays_as_it_is(mailing: Path) -> None:
    do(mailing, "bill")
    (mailing / "outbox/F-2026-0003.eml").write_bytes(b"Subject: mine\r\n\r\n")
    (mailing / FACES[1]).unlink()
    do(mailing, "run")
    assert (mailing / "outbox/F-2026-0003.eml").read_bytes() == b"Subject: mine\r\n\r\n"
