"""A mail server on this machine, with TLS and a login, that behaves as it is told to, and remembers what it took."""

from __future__ import annotations

import asyncio
import email
import socket
import ssl
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd import controller, smtp

USER, PASSWORD = "luna", "s3creto"
HOST, NAME = "127.0.0.1", "mail.test.example"
ACCEPT = "250 Taken"

Behave = Callable[[str, str], str]
"""What to do at a step (`MAIL`, `RCPT`, `DATA`) with a message, known by its receiver: an answer, or one of
`drop`, `stall`, and of DATA also `take and drop`, `take and stall`.
"""


def accepting(_step: str, _to: str) -> str:
    return ACCEPT


class Server:
    """A server for the time of a test; `security` as in the book's settings. `taken` counts messages by receiver."""

    def __init__(self, folder: Path, security: str = "starttls", behave: Behave = accepting) -> None:
        self.behave, self.stall = behave, 1.0
        self.taken: Counter[str] = Counter()
        self.messages: dict[str, bytes] = {}
        self.logins: list[str] = []
        self.security = security
        authority = trustme.CA()
        self.authority = folder / "authority.pem"
        authority.cert_pem.write_to_path(self.authority)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert(HOST).configure_cert(context)
        with socket.socket() as free:
            free.bind((HOST, 0))
            self.port = int(free.getsockname()[1])
        secure: dict[str, Any] = {
            "starttls": {"tls_context": context, "require_starttls": True, "auth_required": True},
            "tls": {"ssl_context": context, "auth_require_tls": False, "auth_required": False},
            "none": {},
        }[security]
        login: dict[str, Any] = {"authenticator": self._login} if security != "none" else {}
        self._controller = controller.Controller(
            self, hostname=HOST, port=self.port, server_hostname=NAME, **secure, **login
        )

    def __enter__(self) -> Server:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    def _login(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> Any:
        self.logins.append(data.login.decode())
        right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return smtp.AuthResult(success=right, handled=False)

    async def handle_RCPT(self, server: Any, _s: Any, envelope: Any, address: str, _o: Any) -> str:  # noqa: N802 - so aiosmtpd calls it
        envelope.rcpt_tos.append(address)
        return await self._at("RCPT", address, server, ACCEPT)

    async def handle_DATA(self, server: Any, _s: Any, envelope: Any) -> str:  # noqa: N802 - so aiosmtpd calls it
        to = envelope.rcpt_tos[0]
        what = self.behave("DATA", to)
        if what == ACCEPT or what.startswith("take"):
            self.taken[to] += 1
            self.messages[to] = envelope.original_content
        return await self._done(what.removeprefix("take and "), server)

    async def _at(self, step: str, to: str, server: Any, otherwise: str) -> str:
        return await self._done(self.behave(step, to) or otherwise, server)

    async def _done(self, what: str, server: Any) -> str:
        if what == "stall":
            await asyncio.sleep(self.stall)  # then no answer either: a no would not be true of what was taken
        if what in ("drop", "stall"):
            server.transport.abort()
        return what if what[:1].isdigit() else "451 Gone"

    def message(self, to: str) -> email.message.Message:
        return email.message_from_bytes(self.messages[to])
