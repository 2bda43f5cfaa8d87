"""What a plan puts into the outbox: the address of each document that is mailed, and a word on each that has none."""

from __future__ import annotations

from dataclasses import replace

from facturar.model.book import Book
from facturar.model.mail_address import Mailbox
from facturar.model.record import Record, record_name
from facturar.plan.actions import Action, Plan, Skip
from facturar.rules.mailing import Unaddressed, addressee, to_be_queued


def with_mail(book: Book, plan: Plan) -> Plan:
    """The plan with who each document is mailed to; unchanged when the book has no `mail:`.

    A document that was issued before and only lacks a face is mailed if the run that issued it meant to.
    """
    if book.settings.mail is None:
        return plan
    issued = {record_name(record, book.settings.currency): record for record in book.records}
    found = [(action, _addressee(action, issued, book)) for action in plan.actions]
    actions = (replace(action, mail=to) if isinstance(to, Mailbox) else action for action, to in found)
    skipped = (_skip(action, to) for action, to in found if isinstance(to, Unaddressed))
    return Plan(plan.today, tuple(actions), plan.skipped + tuple(skipped))


def _addressee(action: Action, issued: dict[str, Record], book: Book) -> Mailbox | Unaddressed | None:
    if action.record:
        return addressee(action.record, book)
    record = issued.get(action.document) if action.kind == "faces" else None
    return addressee(record, book) if record and to_be_queued(record, book) else None


def _skip(action: Action, unaddressed: Unaddressed) -> Skip:
    reason = f"{action.document} is not mailed: {unaddressed.reason}"
    return Skip("mail", reason, action.client, action.job, held=True)
