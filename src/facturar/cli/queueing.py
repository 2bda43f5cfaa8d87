"""Queue: a document that was issued is put into the outbox by hand: from before there was mail, or to be sent again."""

from __future__ import annotations

from itertools import count
from typing import Annotated

import typer

from facturar.cli.carry_out import documents_of, press_for
from facturar.cli.completion import document_names
from facturar.cli.mailing import further_name, mail_of, mail_settings, pdf_of
from facturar.cli.output import say
from facturar.cli.session import Opened, opened_to_write, session_of
from facturar.cli.words import known
from facturar.model.invoice import Invoice
from facturar.model.letter import Letter
from facturar.model.mail_address import Mailbox, mailbox
from facturar.model.posting import JournalLine
from facturar.model.record import Record, mail_name
from facturar.problems import UsageError
from facturar.rules.mailing import Unaddressed, addressee
from facturar.views.payment_state import payment_states


def queue(
    ctx: typer.Context,
    names: Annotated[
        list[str], typer.Argument(metavar="ID...", help="Numbers or names.", autocompletion=document_names)
    ],
    to: Annotated[str | None, typer.Option(metavar="ADDRESS", help="To this address instead of the client's.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Though it was queued or sent before.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be queued, and write nothing.")] = False,
) -> None:
    """Put documents that were issued into the outbox, to be sent."""
    from facturar.store.journal import announce
    from facturar.store.writing import put_face

    session = session_of(ctx)
    with opened_to_write(session, dry_run=dry_run) as found:
        mail_settings(found)
        records, press = documents_of(found.book), press_for(found)
        wanted = [(records[known(name, records, "document")], name) for name in names]
        mails = [
            (record, _receiver(record, name, to, found), _number(record, name, found, again=again))
            for record, name in wanted
        ]
        for record, receiver, further in mails:
            path, data = mail_of(record, receiver, pdf_of(record, found, press), found, press, further=further)
            if not dry_run:
                announce(found.folder, [_line(record, receiver, path.stem, found)], disk=session.disk)
                put_face(found.folder, path, data, disk=session.disk)
            say(f"{path} to {receiver.address}", quiet=session.quiet)
            if settled := _settled(record, found):
                say(f"warning: {settled}", quiet=session.quiet)


def _settled(record: Record, found: Opened) -> str | None:
    """That nothing is open on an invoice, if so: `F-2026-0002 is paid`."""
    if not isinstance(record, Invoice) or record.kind == "credit_note":
        return None
    state = payment_states(found.book, found.today).get(record.number)
    return f"{record.number} is {state.status}" if state and not state.open else None


def _line(record: Record, receiver: Mailbox, mail: str, found: Opened) -> JournalLine:
    return JournalLine(day=found.today, event="queued", mail=mail, seal=record.seal, to=receiver.address)


def _receiver(record: Record, name: str, to: str | None, found: Opened) -> Mailbox:
    """Who it goes to. Raises UsageError when there is nobody, or it is not a thing to mail."""
    if isinstance(record, Letter) and record.channel == "phone":
        raise UsageError(f"{name} is a page to speak from", "nobody is sent it")
    if to is not None:
        if given := mailbox(to):
            return given
        raise UsageError(f"--to: '{to}' is not an e-mail address", "write it like ana@acme.example")
    receiver = addressee(record, found.book)
    if receiver is None:
        raise UsageError(f"{name} goes by {_channel(record)}, not by mail", "to mail it all the same, say --to ADDRESS")
    if isinstance(receiver, Unaddressed):
        raise UsageError(f"{name}: {receiver.reason}", "or say --to ADDRESS")
    return receiver


def _channel(record: Record) -> str:
    """How a letter goes that does not go by mail."""
    return "registered letter" if getattr(record, "channel", "") == "registered" else "letter"


def _number(record: Record, name: str, found: Opened, *, again: bool) -> int:
    """Which e-mail of the document it will be: the first, or one that has not been."""
    book = found.book
    first = mail_name(record, book.settings.currency)
    if first in book.outbox:
        raise UsageError(f"{name} waits in the outbox", "send it: facturar send")
    if first not in book.posted:
        return 1
    if not again:
        day = book.mailed.get(first)
        told = (
            f"was sent on {day}" if day else f"was queued on {book.posted[first].since}, and is in the outbox no more"
        )
        raise UsageError(f"{name} {told}", "to queue it once more, add --again")
    known = {*book.posted, *book.outbox}
    return next(number for number in count(2) if further_name(first, number) not in known)
