"""`send` against a real server: what leaves, what stays and why, and what a person decides."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from unittest.mock import patch

import pytest
from tests.cli.calling import Said, facturar
from tests.cli.conftest import tree
from tests.delivery.smtp import ACCEPT, HOST, PASSWORD, USER, Server

from facturar.problems import Exit, LockedError
from facturar.store.lock import locked

ACME, BOLT = "cuentas@acme.example", "bolt@bolt.example"
LETTER, INVOICE, ABROAD = "2026-11-10-acme-friendly", "F-2026-0003", "2026-11-10-bolt-friendly-USD"
NO_TIME = patch("facturar.cli.sending.CLOCK.sleep", lambda _: None)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with Server(tmp_path) as started:
        monkeypatch.setenv("SSL_CERT_FILE", str(started.authority))
        monkeypatch.setenv("FACTURAR_SMTP_PASSWORD", PASSWORD)
        yield started


def to_mail(book: Path, server: Server) -> None:
    """The book gets addresses and the settings of a server; receipts are left out, so that its e-mails are three."""
    settings, clients = book / "facturar.yaml", book / "clients.yaml"
    mail = f"mail: {{host: {HOST}, port: {server.port}, user: {USER}, from: hola@luna.example}}\n"
    settings.write_text(f"{settings.read_text('utf-8')}receipts: none\n{mail}", "utf-8")
    text = clients.read_text("utf-8")
    for tax_id, address in (("B12345674", ACME), ("GB980780684", BOLT)):
        text = text.replace(f"  tax_id: {tax_id}\n", f"  tax_id: {tax_id}\n  email: {address}\n")
    clients.write_text(text, "utf-8")


def call(book: Path, *arguments: object, day: str = "2026-11-10", screen: bool = False) -> Said:
    with NO_TIME:
        return facturar("-C", book, "--today", day, *arguments, screen=screen)


@pytest.fixture
def mailing(book: Path, server: Server) -> Path:
    """The book with three e-mails in its outbox: an invoice and a letter for acme, a letter for bolt."""
    to_mail(book, server)
    said = call(book, "run")
    assert said.code == 0, said.err
    return book


def results(said: Said) -> dict[str, str]:
    return {row["mail"]: row["result"] for row in json.loads(said.out)}


def journal(book: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (book / "sent/journal.jsonl").read_text("utf-8").splitlines()]


def waiting(book: Path) -> list[str]:
    return sorted(path.stem for path in (book / "outbox").glob("*.eml"))


def undated(data: bytes) -> bytes:
    return re.sub(rb"(?m)^Date: .*\r\n", b"", data, count=1)


def test_all_that_waits_is_sent_once_and_goes_to_the_sent_ones(mailing: Path, server: Server) -> None:
    files = {name: undated(data) for name, data in tree(mailing).items() if name.startswith("outbox/")}
    said = call(mailing, "send", "--format", "json")
    assert (said.code, said.err) == (0, "3 e-mails sent.\n")
    assert results(said) == {LETTER: "sent", ABROAD: "sent", INVOICE: "sent"}
    assert server.taken == {ACME: 2, BOLT: 1}
    assert waiting(mailing) == []
    after = tree(mailing)
    sent = {name: undated(data) for name, data in after.items() if name.startswith("sent/2026/")}
    assert {f"outbox/{Path(name).name}": data for name, data in sent.items()} == files
    again = call(mailing, "send")
    assert (again.code, again.out, again.err) == (0, "", "Nothing waits in the outbox.\n")
    assert server.taken == {ACME: 2, BOLT: 1}


def test_the_journal_has_each_delivery_with_its_proof(mailing: Path) -> None:
    call(mailing, "send", "--only", INVOICE)
    before, after = [line for line in journal(mailing) if line["mail"] == INVOICE][-2:]
    assert (before["event"], after["event"], after["answer"]) == ("sending", "sent", ACCEPT)
    assert (after["day"], after["to"]) == ("2026-11-10", ACME)
    file = (mailing / f"sent/2026/{INVOICE}.eml").read_bytes()
    assert after["digest"] == hashlib.sha256(file).hexdigest()
    assert after["message_id"].encode() in file


def test_the_date_of_an_e_mail_is_when_it_is_sent(mailing: Path, server: Server) -> None:
    path = f"outbox/{INVOICE}.eml"
    assert b"\r\nDate: Tue, 10 Nov 2026 00:00:00 +0100\r\n" in (mailing / path).read_bytes()
    server.behave = lambda *_: "550 Not today"
    call(mailing, "send", "--only", INVOICE, day="2027-02-01")
    server.behave = lambda *_: ACCEPT
    call(mailing, "send", "--resend", INVOICE, day="2027-02-03")
    file = (mailing / f"sent/2027/{INVOICE}.eml").read_bytes()
    date_field = server.message(ACME)["Date"]
    assert date_field.startswith("Wed, 03 Feb 2027 ")
    assert f"Date: {date_field}\r\n".encode() in file
    line = journal(mailing)[-1]
    assert (line["day"], line["digest"]) == ("2027-02-03", hashlib.sha256(file).hexdigest())


def test_a_server_that_takes_no_text_leaves_the_outbox_as_it_is(mailing: Path, server: Server) -> None:
    before = {name: data for name, data in tree(mailing).items() if name.startswith("outbox/")}
    server.behave = lambda step, _: "451 Later" if step == "RCPT" else ACCEPT
    call(mailing, "send", day="2027-02-01")
    assert {name: data for name, data in tree(mailing).items() if name.startswith("outbox/")} == before


def test_run_and_send_in_one(book: Path, server: Server) -> None:
    to_mail(book, server)
    said = call(book, "run", "--send")
    assert said.code == 0, said.err
    assert said.err.endswith("3 e-mails sent.\n")
    assert server.taken == {ACME: 2, BOLT: 1}


def test_run_and_send_says_what_was_not_delivered_and_ends_with_4(book: Path, server: Server) -> None:
    to_mail(book, server)
    server.behave = lambda _, to: "550 No such user" if to == BOLT else ACCEPT
    said = call(book, "run", "--send")
    assert said.code == Exit.undelivered
    assert f"refused: {ABROAD}: 550 No such user" in said.err
    assert "2 e-mails sent; 1 refused" in said.err


def test_a_dry_run_sends_and_changes_nothing(mailing: Path, server: Server) -> None:
    before = tree(mailing)
    said = call(mailing, "send", "--dry-run", "--format", "json")
    assert results(said) == {LETTER: "waiting", ABROAD: "waiting", INVOICE: "waiting"}
    assert said.err == "3 e-mails would be sent.\n"
    assert tree(mailing) == before
    assert server.taken == {}


@pytest.mark.parametrize(
    ("pattern", "sent"),
    [
        pytest.param(INVOICE, [INVOICE], id="a name"),
        pytest.param("F-2026-*", [INVOICE], id="like invoices"),
        pytest.param("*-acme-*", [LETTER], id="of a client"),
    ],
)
def test_only_some_of_them(pattern: str, sent: list[str], mailing: Path) -> None:
    said = call(mailing, "send", "--only", pattern, "--format", "json")
    assert said.code == 0
    assert list(results(said)) == sent
    assert waiting(mailing) == sorted({LETTER, ABROAD, INVOICE} - set(sent))


def test_what_is_refused_stays_and_waits_for_a_word(mailing: Path, server: Server) -> None:
    server.behave = lambda _, to: "550 No such user" if to == BOLT else ACCEPT
    said = call(mailing, "send")
    assert said.code == Exit.undelivered
    assert "550 No such user" in said.out
    assert "2 e-mails sent; 1 refused: put it right, then facturar send --resend NAME." in said.err
    server.behave = lambda *_: ACCEPT
    assert call(mailing, "send").code == Exit.undelivered
    assert server.taken == {ACME: 2}
    assert results(call(mailing, "send", "--resend", ABROAD, "--format", "json")) == {ABROAD: "sent"}
    assert server.taken == {ACME: 2, BOLT: 1}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals between threads")
def test_stopped_by_a_person_it_says_what_left_and_what_may_have(mailing: Path, server: Server) -> None:
    def behave(step: str, to: str) -> str:
        if (step, to) == ("DATA", BOLT):
            os.kill(os.getpid(), signal.SIGINT)
            return "take and stall"
        return ACCEPT

    server.behave, before = behave, signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        said = call(mailing, "send", "--format", "json")
    finally:
        signal.signal(signal.SIGINT, before)
    assert said.code == Exit.stopped
    assert results(said) == {LETTER: "sent", ABROAD: "uncertain", INVOICE: "waiting"}
    assert "1 e-mail may have arrived or not" in said.err
    assert said.err.endswith("stopped: what was sent is sent, and the rest waits\n")
    assert results(call(mailing, "send", "--dry-run", "--format", "json"))[ABROAD] == "uncertain"


def test_what_is_put_off_is_sent_by_a_later_round(mailing: Path, server: Server) -> None:
    server.behave = lambda _, to: "451 Greylisted" if to == BOLT else ACCEPT
    said = call(mailing, "send")
    assert said.code == Exit.undelivered
    assert "2 e-mails sent; 1 still waits: facturar send." in said.err
    server.behave = lambda *_: ACCEPT
    assert call(mailing, "send").code == 0
    assert server.taken == {ACME: 2, BOLT: 1}


@pytest.mark.parametrize("behaviour", ["drop", "take and drop"])
@pytest.mark.parametrize(
    ("option", "more"), [pytest.param("--resend", 1, id="resend"), pytest.param("--mark-sent", 0, id="mark sent")]
)
def test_what_nobody_knows_is_never_sent_again_by_itself(
    behaviour: str, option: str, more: int, mailing: Path, server: Server
) -> None:
    server.behave = lambda step, to: behaviour if (step, to) == ("DATA", BOLT) else ACCEPT
    said = call(mailing, "send")
    assert said.code == Exit.undelivered
    assert "1 e-mail may have arrived or not: ask, then facturar send --mark-sent NAME or --resend NAME" in said.err
    arrived = server.taken[BOLT]
    server.behave = lambda *_: ACCEPT
    assert call(mailing, "send").code == Exit.undelivered
    assert server.taken[BOLT] == arrived
    assert "mail uncertain" in call(mailing, "status").out
    assert call(mailing, "send", option, ABROAD).code == 0
    assert server.taken[BOLT] == arrived + more
    assert waiting(mailing) == []
    assert call(mailing, "send").err == "Nothing waits in the outbox.\n"


def test_one_that_was_sent_and_not_moved_is_moved_and_not_sent(mailing: Path, server: Server) -> None:
    file = (mailing / f"outbox/{INVOICE}.eml").read_bytes()
    call(mailing, "send", "--only", INVOICE)
    (mailing / f"outbox/{INVOICE}.eml").write_bytes(file)
    (mailing / f"sent/2026/{INVOICE}.eml").unlink()
    assert call(mailing, "send", "--only", INVOICE).code == 0
    assert server.taken == {ACME: 1}
    assert (mailing / f"sent/2026/{INVOICE}.eml").read_bytes() == file


def test_to_file_copies_and_sends_nothing(mailing: Path, server: Server, tmp_path: Path) -> None:
    before, folder = tree(mailing), tmp_path / "drafts"
    said = call(mailing, "send", "--to-file", folder, day="2026-11-30")
    assert said.code == 0
    assert sorted(path.stem for path in folder.iterdir()) == sorted([LETTER, ABROAD, INVOICE])
    copied = (folder / f"{INVOICE}.eml").read_bytes()
    assert undated(copied) == undated(before[f"outbox/{INVOICE}.eml"])
    assert b"\r\nDate: Mon, 30 Nov 2026 " in copied
    assert "once you have sent them: facturar send --mark-sent NAME" in said.err
    assert tree(mailing) == before
    assert call(mailing, "send", "--mark-sent", "*").code == 0
    assert waiting(mailing) == []
    assert server.taken == {}


def test_a_wrong_password_sends_nothing_and_changes_nothing(
    mailing: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACTURAR_SMTP_PASSWORD", "wrong")
    before = tree(mailing)
    said = call(mailing, "send")
    assert said.code == Exit.undelivered
    assert f"error: {HOST} does not let 'luna' in: 535" in said.err
    assert "hint: look at user: of mail in facturar.yaml, and at the password" in said.err
    assert tree(mailing) == before


def test_the_password_is_what_a_command_prints_first(mailing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FACTURAR_SMTP_PASSWORD")
    settings = mailing / "facturar.yaml"
    command = f"user: {USER}, password_command: 'echo {PASSWORD}; echo of luna'"
    settings.write_text(settings.read_text("utf-8").replace(f"user: {USER}", command), "utf-8")
    assert call(mailing, "send").code == 0


def test_a_server_that_is_not_there_is_named_and_all_of_it_waits(mailing: Path, server: Server) -> None:
    settings = mailing / "facturar.yaml"
    settings.write_text(settings.read_text("utf-8").replace(f"port: {server.port}", "port: 1"), "utf-8")
    before = tree(mailing)
    said = call(mailing, "send")
    assert said.code == Exit.undelivered
    assert f"{HOST}:1 does not answer: Connection refused" in said.out
    assert "0 e-mails sent; 3 still wait: facturar send." in said.err
    assert tree(mailing) == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["--only", "F-2026-003"], "there is no 'F-2026-003' in the outbox", id="not there"),
        pytest.param(["--rate", "fast"], "--rate: 'fast' is not a rate", id="no rate"),
        pytest.param(["--rate", "0/min"], "--rate: '0/min' is not a rate", id="never"),
        pytest.param(["--only", "a", "--resend", "b"], "do not go together", id="two at once"),
        pytest.param(["--to-file", "x", "--resend", "b"], "sends nothing", id="a file to be resent"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: list[str], message: str, mailing: Path) -> None:
    said = call(mailing, "send", *arguments)
    assert said.code == Exit.usage
    assert message in said.err
    assert "hint: " in said.err


@pytest.mark.parametrize("command", [["send"], ["run", "--send"]])
def test_a_book_without_mail_is_told_what_to_add(command: list[str], book: Path) -> None:
    before = tree(book)
    said = call(book, *command)
    assert said.code == Exit.usage
    assert "the book has no mail: settings" in said.err
    assert tree(book) == before


def test_status_and_list_tell_what_waits_and_what_was_refused(mailing: Path, server: Server) -> None:
    assert "3 wait in the outbox: facturar send" in call(mailing, "status").out
    server.behave = lambda _, to: "550 No such user" if to == BOLT else "451 Later"
    call(mailing, "send")
    status = call(mailing, "status").out
    assert "2 wait in the outbox: facturar send" in status
    assert f"{ABROAD}: 550 No such user" in status
    listed = json.loads(call(mailing, "list", "outbox", "--format", "json").out)
    assert {row["mail"]: (row["client"], row["status"], row["answer"]) for row in listed} == {
        LETTER: ("acme", "waiting", "451 Later"),
        INVOICE: ("acme", "waiting", "451 Later"),
        ABROAD: ("bolt", "refused", "550 No such user"),
    }


REPORT = "activity-2026-10-31-care"


def test_a_report_that_was_mailed_is_sent_and_can_be_objected_to(book: Path, server: Server) -> None:
    to_mail(book, server)
    assert call(book, "activity", "care", "--until", "2026-10-31").code == 0
    assert call(book, "send", "--only", REPORT, day="2026-11-12").code == 0
    again = call(book, "sent", "care", day="2026-11-13")
    assert again.code == Exit.usage
    assert "2026-10-31-care was sent on 2026-11-12" in again.err
    assert call(book, "objected", "care", "--date", "2026-11-11", day="2026-11-13").code == Exit.usage
    assert call(book, "objected", "care", day="2026-11-13").code == 0
    assert "- {until: 2026-10-31, sent: 2026-11-12, objected: 2026-11-13}" in (book / "jobs.yaml").read_text("utf-8")


def test_the_lock_is_held_while_mail_leaves(mailing: Path, server: Server) -> None:
    held: list[bool] = []

    def meanwhile(*_: str) -> str:
        with suppress(LockedError), locked(mailing):
            held.append(False)
            return ACCEPT
        held.append(True)
        return ACCEPT

    server.behave = meanwhile
    assert call(mailing, "send").code == 0
    assert set(held) == {True}


def test_mail_is_committed_with_the_documents(book: Path, server: Server) -> None:
    to_mail(book, server)
    git = ["git", "-C", str(book), "-c", "user.name=L", "-c", "user.email=l@l.example"]

    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "so far"]):
        subprocess.run([*git, *arguments], check=True, capture_output=True)
    environment = {f"GIT_{who}_{what}": "l@l.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    with patch.dict("os.environ", environment):
        said = call(book, "run", "--send", "--commit")
    assert said.code == 0, said.err
    left = subprocess.run([*git, "status", "--porcelain"], check=True, capture_output=True, text=True).stdout
    assert [line for line in left.splitlines() if "outbox" in line or "sent" in line] == []
    files = subprocess.run([*git, "ls-files", "sent"], check=True, capture_output=True, text=True).stdout
    assert "sent/journal.jsonl" in files


def test_mail_that_git_is_told_not_to_see_is_left_out(book: Path, server: Server) -> None:

    to_mail(book, server)
    (book / ".gitignore").write_text("outbox/\nsent/*/\n")
    git = ["git", "-C", str(book), "-c", "user.name=L", "-c", "user.email=l@l.example"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "so far"]):
        subprocess.run([*git, *arguments], check=True, capture_output=True)
    environment = {f"GIT_{who}_{what}": "l@l.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    with patch.dict("os.environ", environment):
        assert call(book, "run", "--commit").code == 0
        assert call(book, "send").code == 0
    files = subprocess.run([*git, "ls-files", "sent", "outbox"], check=True, capture_output=True, text=True).stdout
    assert files == "sent/journal.jsonl\n"
