"""A mail server and what it answers: a connection that is encrypted and verified, and one message handed over.

The moment after which a message may have been delivered is when its last byte has left. Until then every failure may be
tried again; after it, only the server's answer tells, and without one nobody knows.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from facturar.delivery.envelope import Envelope
from facturar.delivery.failing import MailError
from facturar.delivery.header_text import one_line
from facturar.model.settings import Mail

_ME = "[127.0.0.1]"  # the name of this machine is nobody's business (RFC 5321, section 4.1.3)
_PATIENCE = 60.0  # seconds without a word from the server
_LINE_WITH_DOT = re.compile(rb"(?m)^\.")
_LONGEST_ANSWER = 200
_GO_AHEAD = 354
_CLOSING = 421
_NO_ENTRY = frozenset({530, 534, 535, 538})  # not without a login, or not by this one (RFC 4954, section 6)


@dataclass(frozen=True)
class Outcome:
    """What came of handing a message over, and the server's answer or what went wrong.

    `lost`: the connection failed while the message could not have been delivered. `uncertain`: it failed after that.
    `open`: whether the connection can take another message.
    """

    kind: Literal["sent", "refused", "deferred", "lost", "uncertain"]
    answer: str
    open: bool = True


class UnreachableError(Exception):
    """The server cannot be talked to now; later it may."""


def connected(mail: Mail, password: str | None, *, patience: float = _PATIENCE) -> smtplib.SMTP:
    """A server that is ready for messages.

    Raises UnreachableError when that may change by itself, MailError when a person has to do something.
    """
    try:
        return _logged_in(_opened(mail, patience), mail, password)
    except ssl.SSLCertVerificationError as error:
        hint = "look at host: it has to be the name in the certificate; for one of your own, set SSL_CERT_FILE"
        raise MailError(f"{mail.host} has no certificate that holds: {error.verify_message}", hint) from None
    except UnicodeEncodeError:
        hint = "give the mail account a password of letters without accents, digits and signs"
        raise MailError("the user or the password has characters that a login by SMTP cannot send", hint) from None
    except smtplib.SMTPNotSupportedError as error:
        hint = "look at security: and port: of mail in facturar.yaml; nothing was sent unencrypted"
        raise MailError(f"{mail.host} does not do what is needed: {error}", hint) from None
    except smtplib.SMTPResponseException as error:
        raise _turned_away(error, mail) from None
    except (smtplib.SMTPException, OSError) as error:
        raise UnreachableError(f"{mail.host}:{mail.door} does not answer: {_reason(error)}") from None


def _opened(mail: Mail, patience: float) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if mail.security == "tls":
        return smtplib.SMTP_SSL(mail.host, mail.door, _ME, timeout=patience, context=context)
    server = smtplib.SMTP(mail.host, mail.door, _ME, timeout=patience)
    if mail.security == "starttls":
        with _closed_on_failure(server):
            server.starttls(context=context)
    return server


def _logged_in(server: smtplib.SMTP, mail: Mail, password: str | None) -> smtplib.SMTP:
    with _closed_on_failure(server):
        server.ehlo_or_helo_if_needed()
        if mail.user:
            server.login(mail.user, password or "")
    return server


@contextmanager
def _closed_on_failure(server: smtplib.SMTP) -> Iterator[None]:
    try:
        yield
    except BaseException:
        server.close()
        raise


def _turned_away(error: smtplib.SMTPResponseException, mail: Mail) -> Exception:
    """What an answer to the greeting or the login means."""
    answer = _answer(error.smtp_code, error.smtp_error)
    if _for_now(error.smtp_code):
        return UnreachableError(f"{mail.host}:{mail.door} says: {answer}")
    if isinstance(error, smtplib.SMTPAuthenticationError):
        hint = "look at user: of mail in facturar.yaml, and at the password"
        return MailError(f"{mail.host} does not let '{mail.user}' in: {answer}", hint)
    return MailError(f"{mail.host} refuses to talk: {answer}", "ask whoever runs it")


def handed_over(server: smtplib.SMTP, envelope: Envelope, sending: Callable[[], None]) -> Outcome:
    """One message given to a server. `sending` is called right before its text goes; if that fails, none of it does.

    Raises MailError when the server takes nothing from this login.
    """
    with _closed_on_failure(server):
        try:
            refusal = _refusal(server, envelope)
        except (smtplib.SMTPException, OSError) as error:
            return _broken(server, "lost", error)
        if refusal:
            return refusal
        sending()
        try:
            server.send(_with_dots(envelope.data))
            return _outcome(server, *server.getreply())
        except (smtplib.SMTPException, OSError) as error:
            return _broken(server, "uncertain", error)


def _refusal(server: smtplib.SMTP, envelope: Envelope) -> Outcome | None:
    """The first thing that the server does not take; None when it waits for the text."""
    size = [f"size={len(envelope.data)}"] if server.has_extn("size") else []
    code, answer = server.mail(envelope.sender, size)
    for receiver in envelope.recipients:
        if _taken(code):
            code, answer = server.rcpt(receiver)
    if _taken(code):
        code, answer = server.docmd("DATA")
    if code == _GO_AHEAD:
        return None
    if code in _NO_ENTRY:
        hint = "look at user: and security: of mail in facturar.yaml"
        raise MailError(f"the server takes nothing from here: {_answer(code, answer)}", hint)
    found = _outcome(server, code, answer)
    if found.open:
        server.rset()
    return found


def _outcome(server: smtplib.SMTP, code: int, answer: bytes) -> Outcome:
    """What an answer means; one that is none is a broken connection."""
    said = _answer(code, answer)
    if _taken(code):
        return Outcome("sent", said)
    if code == _CLOSING:
        server.close()
        return Outcome("deferred", said, open=False)
    if not _refused(code):
        raise smtplib.SMTPServerDisconnected(f"no answer that can be understood: {said}")
    return Outcome("deferred" if _for_now(code) else "refused", said)


def _broken(server: smtplib.SMTP, kind: Literal["lost", "uncertain"], error: Exception) -> Outcome:
    server.close()
    return Outcome(kind, _reason(error), open=False)


def _with_dots(data: bytes) -> bytes:
    """The text as it is told apart from its end (RFC 5321, section 4.5.2)."""
    whole = data if data.endswith(b"\r\n") else data + b"\r\n"
    return _LINE_WITH_DOT.sub(b"..", whole) + b".\r\n"


def _taken(code: int) -> bool:
    return 200 <= code < 300


def _refused(code: int) -> bool:
    return 400 <= code < 600


def _for_now(code: int) -> bool:
    return 400 <= code < 500


def _answer(code: int, answer: bytes | str) -> str:
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return one_line(f"{code} {text}", _LONGEST_ANSWER)


def _reason(error: Exception) -> str:
    told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return one_line(told or type(error).__name__, _LONGEST_ANSWER)
