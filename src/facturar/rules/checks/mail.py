"""What would keep e-mails from leaving: addresses that are none, nobody to be the sender, a password without a way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from facturar.model.book import Book
from facturar.model.mail_address import mail_address
from facturar.model.settings import Mail
from facturar.problems import Code, KeyPath, Problem, warning
from facturar.rules.mailing import sender

_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
_MAIL: KeyPath = ("settings", "mail")


def _addresses(book: Book) -> Iterator[tuple[str | None, KeyPath]]:
    """Every address that is written in the book."""
    yield book.settings.business.email, ("settings", "business", "email")
    for sender_id, voice in book.settings.senders.items():
        yield voice.email, ("settings", "senders", sender_id, "email")
    for client_id, client in book.clients.items():
        yield client.email, ("clients", client_id, "email")
        for contact_id, contact in client.contacts.items():
            yield contact.email, ("clients", client_id, "contacts", contact_id, "email")


def address_problems(book: Book, _today: date) -> Iterator[Problem]:
    """A warning of each address that no e-mail can go to."""
    for address, path in _addresses(book):
        if address and mail_address(address) is None:
            hint = "write one address, like ana@acme.example, without a name; before the @ only letters without accents"
            yield warning(Code.mail, f"'{address}' is not an e-mail address that can be written to", hint, path)


def _open_password(mail: Mail) -> Iterator[Problem]:
    if mail.security == "none" and mail.user and mail.host not in _THIS_MACHINE:
        message = f"the password would go to {mail.host} for everybody on the way to read"
        yield Problem(Code.mail, message, "write security: starttls or tls, or leave user out", (*_MAIL, "security"))


def mail_problems(book: Book, *, password_in_environment: bool) -> Iterator[Problem]:
    """What is wrong with the settings of e-mail, of a book that has any."""
    mail = book.settings.mail
    if mail is None:
        return
    yield from _open_password(mail)
    if sender(book) is None:
        hint = "add email: to business, or from: to mail"
        yield Problem(Code.mail, "e-mails would be from nobody", hint, _MAIL, on_key=True)
    asked = mail.password_command or mail.keyring
    if mail.user and not (asked or password_in_environment):
        hint = "add password_command: or keyring: true, or set FACTURAR_SMTP_PASSWORD where facturar runs"
        yield warning(Code.mail, f"nothing tells the password of '{mail.user}'", hint, (*_MAIL, "user"))
    if asked and not mail.user:
        key = "password_command" if mail.password_command else "keyring"
        yield warning(Code.mail, "a password without a user is not used", "add user:", (*_MAIL, key), on_key=True)
