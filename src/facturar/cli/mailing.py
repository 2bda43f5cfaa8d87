"""The e-mail of a document, made with its faces: its words, who writes to whom, and the files that go along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from facturar.cli.session import Opened
from facturar.model.invoice import Invoice
from facturar.model.letter import Letter
from facturar.model.mail_address import Mailbox
from facturar.model.notice import Notice
from facturar.model.posting import JournalLine
from facturar.model.quote import Quote
from facturar.model.record import Record, mail_name, record_day, record_name
from facturar.model.settings import Mail
from facturar.plan.actions import Plan
from facturar.problems import UsageError
from facturar.rules.attachments import beside
from facturar.rules.mailing import reply_to, sender

if TYPE_CHECKING:
    from facturar.delivery.message import Attachment
    from facturar.documents.press import Press


def announced(plan: Plan, opened: Opened) -> tuple[JournalLine, ...]:
    """What the journal is told before a plan is carried out: which of its new documents will be mailed."""
    currency = opened.book.settings.currency
    return tuple(
        JournalLine(
            day=opened.today,
            event="queued",
            mail=mail_name(action.record, currency),
            seal=action.record.seal,
            to=action.mail.address,
        )
        for action in plan.actions
        if action.record and action.mail
    )


def mail_of(
    record: Record, to: Mailbox, pdf: bytes, opened: Opened, press: Press, *, further: int = 1
) -> tuple[PurePosixPath, bytes]:
    """The e-mail of a record with its path in the outbox; `pdf` is the record's own.

    `further` counts e-mails of the same document, each of which has a name and an identity of its own.
    """
    from facturar.delivery.message import Attachment, Draft, eml
    from facturar.store.layout import waiting_mail

    book, words, origin = opened.book, press.mail(record), sender(opened.book)
    assert words, "a phone script has no addressee"
    assert origin, "check tells when nobody is the sender"
    own = Attachment(_file_name(record, words.subject, opened), pdf)
    draft = Draft(
        sender=origin,
        to=to,
        subject=words.subject,
        text=words.text,
        html=words.html,
        language=record.language,
        day=record_day(record),
        zone=ZoneInfo(book.settings.timezone),
        mark=record.seal if further == 1 else f"{further}.{record.seal}",
        reply_to=reply_to(record, book),
        attachments=(own, *_beside(record, opened), *_along(record, opened, press)),
    )
    return waiting_mail(further_name(mail_name(record, book.settings.currency), further)), eml(draft)


def further_name(mail: str, further: int) -> str:
    """The name of a document's first e-mail, or of a further one.

    >>> further_name("F-2026-0012", 1), further_name("F-2026-0012", 2)
    ('F-2026-0012', 'F-2026-0012.2')
    """
    return mail if further == 1 else f"{mail}.{further}"


def _file_name(record: Record, subject: str, opened: Opened) -> str:
    """What the PDF is called on the other side: by its number, else by its subject, as names tell of steps and ids."""
    numbered = isinstance(record, Invoice | Quote)
    return f"{record_name(record, opened.book.settings.currency) if numbered else subject}.pdf"


def _beside(record: Record, opened: Opened) -> Iterator[Attachment]:
    """The files that the job sends beside the document, as they were when it was issued."""
    from facturar.delivery.message import Attachment
    from facturar.documents.attachments import attached_bytes

    for file in beside(record.attachments) if isinstance(record, Invoice | Quote) else ():
        data = attached_bytes(file.file, file.sha256, opened.folder)
        ending = PurePosixPath(file.file).suffix
        yield Attachment(file.name if file.name.endswith(ending) else f"{file.name}{ending}", data)


def _along(record: Record, opened: Opened, press: Press) -> Iterator[Attachment]:
    """The documents that the book sends along with others: the invoices of a letter, the quote of an invoice."""
    from facturar.delivery.message import Attachment

    mail = opened.book.settings.mail
    wanted = mail.attach if mail else ()
    numbers: Iterable[str | None] = ()
    if isinstance(record, Letter | Notice) and "invoices" in wanted:
        numbers = dict.fromkeys(listed.number for listed in record.invoices)
    elif isinstance(record, Invoice) and "quote" in wanted:
        numbers = (record.quote,)
    issued: dict[str | None, Record] = {invoice.number: invoice for invoice in opened.book.invoices}
    issued |= {quote.number: quote for quote in opened.book.quotes}
    for number in numbers:
        if number in issued:
            yield Attachment(f"{number}.pdf", pdf_of(issued[number], opened, press))


def pdf_of(record: Record, opened: Opened, press: Press) -> bytes:
    """The PDF that stands in the book, which the client has; made again if it is not there."""
    from facturar.cli.carry_out import client_template
    from facturar.store.layout import record_path

    file = opened.folder / record_path(record, opened.book.settings.currency).with_suffix(".pdf")
    if file.is_file():
        return file.read_bytes()
    return press.faces(record, client_template(record, opened.book))[".pdf"]


def mail_settings(found: Opened) -> Mail:
    """The settings of e-mail. Raises UsageError when the book has none."""
    if mail := found.book.settings.mail:
        return mail
    raise UsageError(
        "the book has no mail: settings", "add mail: {host: …, user: …, password_command: …} to facturar.yaml"
    )
