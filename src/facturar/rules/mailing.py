"""Which documents go out by e-mail, to whom, and from whom."""

from __future__ import annotations

from dataclasses import dataclass

from facturar.model.book import Book
from facturar.model.letter import Letter
from facturar.model.mail_address import Mailbox, mail_address, mailbox
from facturar.model.notice import Notice
from facturar.model.party import Party
from facturar.model.record import Record, mail_name
from facturar.rules.parties import buyer_of


@dataclass(frozen=True)
class Unaddressed:
    """A document that should be mailed and cannot be, and why."""

    reason: str


def by_mail(record: Record) -> bool:
    """Whether a document is of those that are mailed: a letter only by its channel, any other always."""
    return not isinstance(record, Letter | Notice) or record.channel == "email"


def _reached(record: Record, book: Book) -> Party:
    """Where the buyer of a document is reached: as the client is found today, which a credit note's invoice knew not.

    A client who is no longer in the book, or has no address any more, is as the record says.
    """
    client = book.clients.get(record.client)
    now = buyer_of(client) if client else None
    return now if now and now.email else record.buyer


def addressee(record: Record, book: Book) -> Mailbox | Unaddressed | None:
    """Who a document is mailed to: the contact for billing, or else the client; None when it is not to be mailed."""
    if not by_mail(record):
        return None
    buyer = _reached(record, book)
    if not buyer.email:
        return Unaddressed(f"has no e-mail address: add email: to '{record.client}'")
    address = mail_address(buyer.email)
    if address is None:
        return Unaddressed(f"'{buyer.email}' cannot be written to: put right email: of '{record.client}'")
    return Mailbox(buyer.attention or buyer.name, address)


def sender(book: Book) -> Mailbox | None:
    """Who e-mails are from: `mail.from`, or the business; its name beside an address that has none."""
    business, mail = book.settings.business, book.settings.mail
    written = (mail.sender if mail else None) or business.email or ""
    found = mailbox(written)
    return Mailbox(found.name or business.trade_name or business.name, found.address) if found else None


def reply_to(record: Record, book: Book) -> Mailbox | None:
    """Who answers go to, when it is another than who the e-mail is from: whoever signs a letter, or the business."""
    own, origin = book.settings.business, sender(book)
    voice = record.sender if isinstance(record, Letter | Notice) else None
    written = (voice.email if voice else None) or own.email
    name = voice.name if voice and voice.email else own.trade_name or own.name
    address = mail_address(written) if written else None
    return Mailbox(name, address) if address and origin and address != origin.address else None


def to_be_queued(record: Record, book: Book) -> bool:
    """Whether a document that lacks a face was to be mailed by the run that was cut short, and has not been.

    Only what that run wrote into the journal tells so. A document from before the book had `mail:`, one whose e-mail
    was made, sent or thrown away, and one whose faces somebody deleted are never queued by what heals them.
    """
    name = mail_name(record, book.settings.currency)
    posted = book.posted.get(name)
    return name not in book.outbox and posted is not None and posted.queues(record.seal)
