"""What lies in the outbox: which e-mails wait, and which somebody has to decide about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from facturar.model.book import Book
from facturar.model.posting import MailState
from facturar.model.record import mail_name


@dataclass(frozen=True)
class Waiting:
    """An e-mail in the outbox: of which client if it is of a document, since when, to whom, and what is known of it."""

    mail: str
    state: MailState
    client: str | None = None
    since: date | None = None
    to: str | None = None
    answer: str | None = None


def waiting_mails(book: Book) -> Iterator[Waiting]:
    """Every e-mail that lies in the outbox, by name; one that somebody put there is known by its name alone."""
    clients = {mail_name(record, book.settings.currency): record.client for record in book.records}
    for mail in book.outbox:
        posted = book.posted.get(mail)
        if posted is None:
            yield Waiting(mail, "waiting", clients.get(mail))
        else:
            yield Waiting(mail, posted.state, clients.get(mail), posted.since, posted.to, posted.answer)
