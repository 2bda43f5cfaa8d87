"""The message: read back by a strict parser, whatever its fields hold."""

from __future__ import annotations

import email
from dataclasses import replace
from datetime import date
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import strict
from email.utils import parsedate_to_datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from facturar.delivery.header_text import one_line
from facturar.delivery.message import Attachment, Draft, eml, file_name
from facturar.model.mail_address import Mailbox

PDF = b"%PDF-1.7\r\n\x00\xff.\r\n.\r\n"
DRAFT = Draft(
    sender=Mailbox("Estudio Luna", "hola@luna.example"),
    to=Mailbox("Ana Ruiz", "ana@acme.example"),
    subject="Factura F-2026-0012 de Estudio Luna",
    text="Buenos días, Ana:\n\nAquí está.\n.\nUn saludo.\n",
    html="<p>Buenos días, Ana: <b>aquí</b> está.</p>\n",
    language="es",
    day=date(2026, 11, 30),
    zone=ZoneInfo("Europe/Madrid"),
    mark="0123456789abcdef" * 4,
    reply_to=Mailbox("Marta", "cobros@luna.example"),
    attachments=(Attachment("F-2026-0012.pdf", PDF),),
)
FIELDS = ["From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Content-Language", "MIME-Version", "Content-Type"]
INJECTION = "Luna\r\nBcc: eve@evil.example\r\n\r\n<script>"


def read(data: bytes) -> EmailMessage:
    """The message by a parser that lets nothing pass."""
    message = email.message_from_bytes(data, policy=strict)
    assert isinstance(message, EmailMessage)
    return message


def said(message: EmailMessage, field: str) -> str:
    """A header's text, without what encodes it."""
    raw = next((value for name, value in message.raw_items() if name == field), "")
    return str(make_header(decode_header(str(raw))))


def files(message: EmailMessage) -> list[tuple[str | None, Any]]:
    return [(part.get_filename(), part.get_content()) for part in message.iter_attachments()]


def test_a_message_has_its_fields_its_words_twice_and_its_files() -> None:
    message = read(eml(DRAFT))
    assert [name for name, _ in message.raw_items()] == FIELDS
    assert message["From"] == "Estudio Luna <hola@luna.example>"
    assert message["To"] == "Ana Ruiz <ana@acme.example>"
    assert message["Reply-To"] == "Marta <cobros@luna.example>"
    assert message["Subject"] == "Factura F-2026-0012 de Estudio Luna"
    assert message["Message-ID"] == "<0123456789abcdef0123456789abcdef01234567@luna.example>"
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text
    assert html
    assert text.get_content().replace("\r\n", "\n") == DRAFT.text
    assert html.get_content().replace("\r\n", "\n") == DRAFT.html
    assert [(p.get_content_type(), p.get_filename()) for p in message.iter_attachments()] == [
        ("application/pdf", "F-2026-0012.pdf")
    ]
    assert files(message) == [("F-2026-0012.pdf", PDF)]


@pytest.mark.parametrize(
    ("zone", "date_field"),
    [
        pytest.param("Europe/Madrid", "Mon, 30 Nov 2026 00:00:00 +0100", id="Madrid"),
        pytest.param("America/Mexico_City", "Mon, 30 Nov 2026 00:00:00 -0600", id="Mexico"),
        pytest.param("UTC", "Mon, 30 Nov 2026 00:00:00 +0000", id="UTC"),
    ],
)
def test_it_is_dated_by_the_document_s_day_where_the_book_is(zone: str, date_field: str) -> None:
    message = read(eml(replace(DRAFT, zone=ZoneInfo(zone))))
    assert message["Date"] == date_field
    assert parsedate_to_datetime(str(message["Date"])).date() == DRAFT.day


def test_the_same_document_gives_the_same_bytes_in_lines_that_a_server_takes() -> None:
    data = eml(DRAFT)
    assert data == eml(DRAFT)
    assert data.isascii()
    lines = data.split(b"\r\n")
    assert all(b"\n" not in line and b"\r" not in line and len(line) <= 78 for line in lines)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"subject": INJECTION}, id="subject"),
        pytest.param({"sender": Mailbox(INJECTION, "hola@luna.example")}, id="sender"),
        pytest.param({"to": Mailbox(INJECTION, "ana@acme.example")}, id="addressee"),
        pytest.param({"reply_to": Mailbox(INJECTION, "cobros@luna.example")}, id="reply to"),
        pytest.param({"attachments": (Attachment(INJECTION + ".pdf", PDF),)}, id="name of a file"),
        pytest.param({"text": INJECTION}, id="text"),
        pytest.param({"html": INJECTION}, id="html"),
        pytest.param({"subject": "=?utf-8?q?Luna=0D=0ABcc:_eve@evil.example?="}, id="an encoded line end"),
        pytest.param({"subject": "Luna\x85Bcc: eve@evil.example\u2028X-Evil: 1\x0bY: 2"}, id="line ends of Unicode"),
    ],
)
def test_no_field_reaches_beyond_itself(change: dict[str, Any]) -> None:
    message = read(eml(replace(DRAFT, **change)))
    assert [name for name, _ in message.raw_items()] == FIELDS
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]
    for part in message.iter_attachments():
        assert [name for name, _ in part.raw_items()] == [
            "Content-Type",
            "Content-Transfer-Encoding",
            "Content-Disposition",
            "MIME-Version",
        ]


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        pytest.param("Peña & Niño, S.L.pdf", "Peña & Niño, S.L.pdf", id="accents"),
        pytest.param('a/b\\c:d"e.pdf', "a-b-c-d-e.pdf", id="signs of paths"),
        pytest.param("../../.profile", "-..-.profile", id="a way out"),
        pytest.param("請求書.pdf", "請求書.pdf", id="another script"),
        pytest.param("x" * 300 + ".pdf", "x" * 115 + "….pdf", id="300 characters"),
        pytest.param("ñ" * 300, "ñ" * 120, id="300 characters without an ending"),
        pytest.param(" . ", "file", id="nothing"),
    ],
)
def test_a_file_has_a_name_that_can_be_saved(name: str, sent: str) -> None:
    assert file_name(name) == sent
    assert files(read(eml(replace(DRAFT, attachments=(Attachment(name, PDF),)))))[0][0] == sent


def test_a_subject_of_300_characters_is_cut_and_whole_words_come_back() -> None:
    subject = "Segundo aviso: la factura de la señora Núñez " * 7
    message = read(eml(replace(DRAFT, subject=subject)))
    assert said(message, "Subject") == one_line(subject, 250)
    assert len(said(message, "Subject")) == 250


def test_a_message_as_a_file_goes_along_as_it_is() -> None:
    inner = eml(DRAFT)
    message = read(eml(replace(DRAFT, attachments=(Attachment("order.eml", inner), Attachment("notes.txt", b"a\xe9")))))
    assert [part.get_content_type() for part in message.iter_attachments()] == [
        "application/octet-stream",
        "text/plain",
    ]
    assert files(message)[0] == ("order.eml", inner)


ANY_TEXT = some.text(max_size=300)


@given(name=ANY_TEXT, subject=ANY_TEXT, text=ANY_TEXT, file=ANY_TEXT)
def test_whatever_is_written_comes_out_where_it_was_put(name: str, subject: str, text: str, file: str) -> None:
    to = Mailbox(name, "ana@acme.example")
    draft = replace(DRAFT, to=to, subject=subject, text=text, attachments=(Attachment(f"{file}.pdf", PDF),))
    message = read(eml(draft))
    assert said(message, "Subject") == one_line(subject, 250)
    assert [address.addr_spec for address in message["To"].addresses] == ["ana@acme.example"]
    assert said(message, "To").removesuffix("<ana@acme.example>").strip() in (one_line(name), "ana@acme.example")
    assert files(message) == [(file_name(f"{file}.pdf"), PDF)]
    body = message.get_body(("plain",))
    assert body
    assert body.get_content().split() == text.split()
