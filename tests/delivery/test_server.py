"""A real server on loopback: what each of its answers and failures means, and what is never sent in the open."""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from facturar.delivery.envelope import Envelope, Unsendable, envelope_of
from facturar.delivery.failing import MailError
from facturar.delivery.message import eml
from facturar.delivery.server import UnreachableError, connected, handed_over
from facturar.model.settings import Mail
from tests.delivery.smtp import ACCEPT, HOST, PASSWORD, USER, Server
from tests.delivery.test_message import DRAFT

FILE = eml(DRAFT)
TO = "ana@acme.example"
PATIENCE = 0.5


def letter() -> Envelope:
    envelope = envelope_of("F-2026-0012", FILE)
    assert isinstance(envelope, Envelope)
    return envelope


def settings(server: Server, **change: object) -> Mail:
    facts = {"host": HOST, "port": server.port, "security": server.security, "user": USER, **change}
    return Mail.model_validate({key: value for key, value in facts.items() if value is not None})


@pytest.fixture
def serving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Server]]:
    """Starts servers, whose authority this process trusts until the test ends."""
    servers: list[Server] = []

    def serve(security: str = "starttls") -> Server:
        server = Server(tmp_path, security)
        monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))
        servers.append(server.__enter__())
        return server

    yield serve
    for server in servers:
        server.__exit__()


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_message_arrives_as_it_stands_in_its_file(security: str, serving: Callable[..., Server]) -> None:
    server = serving(security)
    line = connected(settings(server), PASSWORD, patience=PATIENCE)
    assert handed_over(line, letter(), lambda: None).kind == "sent"
    assert handed_over(line, letter(), lambda: None).kind == "sent"
    line.quit()
    assert server.messages[TO] == FILE
    assert server.taken[TO] == 2
    assert server.logins == [USER]


@pytest.mark.parametrize(
    ("step", "behaviour", "kind", "answer", "begun"),
    [
        pytest.param("RCPT", "550 No such user", "refused", "550 No such user", False, id="refused"),
        pytest.param("RCPT", "450 Come back later", "deferred", "450 Come back later", False, id="put off"),
        pytest.param("RCPT", "421 Closing", "deferred", "421 Closing", False, id="closing"),
        pytest.param("RCPT", "drop", "lost", "Connection unexpectedly closed", False, id="dropped before the text"),
        pytest.param("RCPT", "stall", "lost", "timed out", False, id="stalled before the text"),
        pytest.param("DATA", "554 Looks like spam", "refused", "554 Looks like spam", True, id="text refused"),
        pytest.param("DATA", "451 Greylisted", "deferred", "451 Greylisted", True, id="text put off"),
        pytest.param("DATA", "drop", "uncertain", "Connection unexpectedly closed", True, id="dropped after the text"),
        pytest.param("DATA", "take and drop", "uncertain", "Connection unexpectedly", True, id="taken, then dropped"),
        pytest.param("DATA", "take and stall", "uncertain", "timed out", True, id="taken, then stalled"),
        pytest.param("DATA", ACCEPT, "sent", "250 Taken", True, id="taken"),
    ],
)
def test_what_came_of_a_message_follows_from_when_it_failed(
    step: str, behaviour: str, kind: str, answer: str, begun: bool, serving: Callable[..., Server]
) -> None:
    server = serving()
    server.behave = lambda at, _: behaviour if at == step else ACCEPT
    began: list[bool] = []
    line = connected(settings(server), PASSWORD, patience=PATIENCE)
    outcome = handed_over(line, letter(), lambda: began.append(True))
    with suppress(smtplib.SMTPServerDisconnected):
        line.quit()
    line.close()
    assert outcome.kind == kind
    assert answer in outcome.answer
    assert began == [True] * begun


def test_a_journal_that_cannot_be_written_keeps_the_text_from_leaving(serving: Callable[..., Server]) -> None:
    server = serving()

    def full() -> None:
        raise OSError(28, "No space left on device")

    line = connected(settings(server), PASSWORD, patience=PATIENCE)
    with pytest.raises(OSError, match="No space left"):
        handed_over(line, letter(), full)
    assert server.taken[TO] == 0


@pytest.mark.parametrize(
    ("security", "change", "password", "message"),
    [
        pytest.param("starttls", {}, "wrong", f"{HOST} does not let 'luna' in: 535", id="wrong password"),
        pytest.param("starttls", {}, "contraseña", "characters that a login by SMTP cannot send", id="accents"),
        pytest.param("none", {"security": "starttls"}, PASSWORD, "STARTTLS extension not supported", id="no STARTTLS"),
        pytest.param("none", {}, PASSWORD, "SMTP AUTH extension not supported", id="no login"),
        pytest.param("starttls", {"host": "localhost"}, PASSWORD, "no certificate that holds", id="another's name"),
        pytest.param("tls", {"host": "localhost"}, PASSWORD, "no certificate that holds", id="another's name by TLS"),
    ],
)
def test_what_a_person_has_to_put_right_is_told(
    security: str, change: dict[str, object], password: str, message: str, serving: Callable[..., Server]
) -> None:
    server = serving(security)
    with pytest.raises(MailError, match=message) as told:
        connected(settings(server, **change), password, patience=PATIENCE)
    assert told.value.hint


def test_a_certificate_that_nobody_vouches_for_is_refused(
    serving: Callable[..., Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serving()
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(MailError, match="no certificate that holds"):
        connected(settings(server), PASSWORD, patience=PATIENCE)
    assert server.logins == []


def test_a_server_that_wants_a_login_takes_nothing_without(serving: Callable[..., Server]) -> None:
    server = serving()
    line = connected(settings(server, user=None), None, patience=PATIENCE)
    with pytest.raises(MailError, match="takes nothing from here: 530"):
        handed_over(line, letter(), lambda: None)


def test_who_is_not_there_may_come_back() -> None:
    with socket.socket() as unused:
        unused.bind((HOST, 0))
        port = unused.getsockname()[1]
    mail = Mail.model_validate({"host": HOST, "port": port})
    with pytest.raises(UnreachableError, match=f"{HOST}:{port} does not answer: Connection refused"):
        connected(mail, PASSWORD, patience=PATIENCE)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"From: a@b.example\r\n\r\nHola", "it is To nobody", id="to nobody"),
        pytest.param(b"To: a@b.example\r\n\r\nHola", "it has to be From one address", id="from nobody"),
        pytest.param(
            b"From: a@b.example\r\nTo: ana\r\n\r\nHola",
            "'ana' is not an address that can be written to",
            id="no address",
        ),
        pytest.param(
            "From: a@b.example\r\nTo: c@d.example\r\n\r\nAdiós".encode(),
            "characters that are not encoded",
            id="accents",
        ),
        pytest.param(
            b"From: a@b.example\r\nTo: c@d.example\r\n\r\n" + b"x" * 999, "a line of more than 998", id="a long line"
        ),
    ],
)
def test_a_file_that_cannot_travel_says_why(data: bytes, reason: str) -> None:
    read = envelope_of("mine", data)
    assert isinstance(read, Unsendable)
    assert reason in read.reason


def test_a_file_that_was_edited_goes_to_all_it_names_without_naming_the_blind() -> None:
    to, blind = b"To: c@d.example, d@d.example\n", b"Bcc: e@d.example,\n f@d.example\n"
    data = b"From: Luna <a@b.example>\n" + to + blind + b"Cc: c@d.example\n\n.Hola\n"
    read = envelope_of("mine", data)
    assert isinstance(read, Envelope)
    assert read.recipients == ("c@d.example", "d@d.example", "e@d.example", "f@d.example")
    assert b"e@d" not in read.data
    assert read.data.endswith(b"Cc: c@d.example\r\n\r\n.Hola\r\n")


def test_lines_that_begin_with_a_dot_arrive_with_it(serving: Callable[..., Server]) -> None:
    server = serving()
    data = b"From: a@b.example\r\nTo: c@d.example\r\n\r\n.\r\n..\r\n.Hola"
    read = envelope_of("mine", data)
    assert isinstance(read, Envelope)
    line = connected(settings(server), PASSWORD, patience=PATIENCE)
    assert handed_over(line, read, lambda: None).kind == "sent"
    line.quit()
    assert server.messages["c@d.example"] == data + b"\r\n"
