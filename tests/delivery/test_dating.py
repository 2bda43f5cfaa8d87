"""The Date of a message: when it is sent, whatever the file said before."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from facturar.delivery.dating import dated

SENT = datetime(2026, 11, 30, 7, 5, 9, tzinfo=ZoneInfo("Europe/Madrid"))
DATE = b"Date: Mon, 30 Nov 2026 07:05:09 +0100\r\n"


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        pytest.param(
            b"To: a@b.example\r\nDate: Mon, 31 Aug 2026 00:00:00 +0200\r\nSubject: Hi\r\n\r\nDate: 3 Feb\r\n",
            b"To: a@b.example\r\n" + DATE + b"Subject: Hi\r\n\r\nDate: 3 Feb\r\n",
            id="in its place, and not in the text",
        ),
        pytest.param(b"To: a@b.example\n\nHi\n", b"To: a@b.example\r\n" + DATE + b"\r\nHi\r\n", id="where none was"),
        pytest.param(
            b"date: Mon,\r\n 31 Aug 2026\r\n\t00:00:00 +0200\r\nTo: a@b.example\r\nDATE: x\r\n\r\n",
            DATE + b"To: a@b.example\r\n\r\n",
            id="over several lines, and twice",
        ),
        pytest.param(
            b"Resent-Date: x\r\nDate-Due: y\r\n\r\n", b"Resent-Date: x\r\nDate-Due: y\r\n" + DATE + b"\r\n", id="others"
        ),
        pytest.param(b"no message at all", b"no message at all", id="no header"),
    ],
)
def test_the_date_is_when_it_is_sent(message: bytes, expected: bytes) -> None:
    assert dated(message, SENT) == expected


def test_a_second_time_changes_nothing() -> None:
    once = dated(b"To: a@b.example\r\n\r\nHi\r\n", SENT)
    assert dated(once, SENT) == once
