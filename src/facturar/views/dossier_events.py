"""What happened in a case, by day: what was sent and how it went, what was said, and one chronology of it all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TypeAlias, get_args

from facturar.model.activity import Activity
from facturar.model.book import Book
from facturar.model.diary import DiaryEntry
from facturar.model.dossier import Claim, Delivered, Dossier, EventKind, Happened, Said
from facturar.model.invoice import Invoice
from facturar.model.letter import Letter
from facturar.model.notice import Notice
from facturar.model.posting import JournalLine
from facturar.model.quote import Quote
from facturar.model.receipt import Receipt
from facturar.model.record import mail_name, record_day, record_name
from facturar.model.statement import Statement
from facturar.rules.promises import Promised, promises_of

Proof: TypeAlias = Invoice | Quote | Activity | Receipt | Statement | Letter | Notice
"""The records that a case is proved by."""
_ASKING = Invoice | Letter | Notice
"""Those of which a stranger asks whether they were sent."""
_OUTCOMES = ("sent", "refused", "deferred", "uncertain")
_ORDER: tuple[EventKind, ...] = get_args(EventKind)


def deliveries(records: Iterable[Proof], book: Book, day: date) -> tuple[Delivered, ...]:
    """What the journal of e-mails knows of each document by a day; of a letter or an invoice also if it is nothing."""
    return tuple(row for record in records for row in _of_record(record, book, day))


def _of_record(record: Proof, book: Book, day: date) -> Iterator[Delivered]:
    name = record_name(record, book.settings.currency)
    channel = record.channel if isinstance(record, Letter | Notice) else None
    posted = book.posted.get(mail_name(record, book.settings.currency))
    lines = [line for line in posted.lines if line.day <= day and line.event in _OUTCOMES] if posted else []
    for line in lines:
        by_post = line.by == "hand" and not (posted and posted.queued)
        yield _delivered(name, line, channel if by_post else "email", posted.to if posted else None)
    if not lines and isinstance(record, _ASKING):
        yield Delivered(document=name, channel=channel)


def _delivered(name: str, line: JournalLine, channel: str | None, to: str | None) -> Delivered:
    assert line.event in _OUTCOMES, "only what came of an e-mail is told"
    return Delivered.model_validate(
        {
            "document": name,
            "channel": channel,
            "event": line.event,
            "date": line.day,
            "time": line.time,
            "to": line.to or to,
            "answer": line.answer,
            "message_id": line.message_id,
            "digest": line.digest,
            "by_hand": line.by == "hand",
        }
    )


def said(client: str, numbers: frozenset[str], since: date, book: Book, day: date, *, notes: bool) -> tuple[Said, ...]:
    """What the diary says of the case from a day on: entries about all of the client, or about one of its invoices.

    A plain note is the owner's own, and is there only if `notes` are asked for.
    """
    promises = {promised.entry: promised for promised in promises_of(client, book, day)}
    entries = (
        entry
        for entry in book.diary
        if since <= entry.date <= day
        and (entry.invoice is None or entry.invoice in numbers)
        and (notes or entry.kind != "note" or entry.promise)
    )
    return tuple(_said(entry, promises.get(entry)) for entry in sorted(entries, key=lambda entry: entry.date))


def _said(entry: DiaryEntry, promised: Promised | None) -> Said:
    promise = entry.promise
    return Said(
        date=entry.date,
        kind=entry.kind,
        invoice=entry.invoice,
        note=entry.note,
        promised=promise.on if promise else None,
        amount=promise.amount if promise else None,
        state=promised.state if promised else None,
        to=entry.to,
    )


def events(dossier: Dossier, related: Sequence[Claim], records: Sequence[Proof], book: Book) -> tuple[Happened, ...]:
    """Everything by its day: documents, due dates, money, letters, what was sent and what was said.

    `related` are the accounts of invoices that are not claimed and go with those that are.
    """
    receipts = [record for record in records if isinstance(record, Receipt)]
    found = [
        *(event for record in records for event in _documents(record, book)),
        *(Happened(date=i.due, kind="due", name=i.number) for i in dossier.invoices),
        *(event for claim in (*dossier.claims, *related) for event in _money(claim, receipts, book)),
        *_refunds(dossier, book),
        *_ordered(dossier),
        *_approved(dossier),
        *_sent(dossier),
        *(event for entry in dossier.diary for event in _told(entry, dossier.date)),
    ]
    return tuple(sorted(found, key=lambda event: (event.date, _ORDER.index(event.kind), event.name or "")))


def _documents(record: Proof, book: Book) -> Iterator[Happened]:
    name, day = record_name(record, book.settings.currency), record_day(record)
    match record:
        case Invoice() if record.corrects is None:
            kind: EventKind = "charged" if record.kind == "debit_note" else "issued"
            yield Happened(date=day, kind=kind, name=name, amount=record.totals.payable, document=name)
        case Quote():
            yield Happened(date=day, kind="quoted", name=name, amount=record.totals.payable, document=name)
        case Letter():
            yield Happened(date=day, kind="letter", amount=record.total, channel=record.channel, document=name)
        case Notice():
            yield Happened(date=day, kind="letter", channel=record.channel, document=name)
        case Activity():
            yield Happened(date=day, kind="reported", name=record.job, document=name)
        case Statement():
            yield Happened(date=day, kind="statement", amount=record.balance, document=name)


def _money(claim: Claim, receipts: Iterable[Receipt], book: Book) -> Iterator[Happened]:
    """What was laid on an invoice; money given back is told of the payment, not of what it opened again."""
    shown = {(r.date, part.number): record_name(r, book.settings.currency) for r in receipts for part in r.invoices}
    for row in claim.settled:
        document = row.document if row.kind == "credited" else shown.get((row.date, claim.number))
        if row.kind != "reopened":
            yield Happened(
                date=row.date,
                kind=row.kind,
                name=claim.number,
                amount=row.amount,
                note=row.document,
                method=row.method,
                document=document,
            )


def _refunds(dossier: Dossier, book: Book) -> Iterator[Happened]:
    """What was given back, unless it names an invoice that is not claimed."""
    since, numbers = min(claim.issued for claim in dossier.claims), {claim.number for claim in dossier.claims}
    for payment in book.payments:
        if payment.kind != "refund" or payment.currency not in (None, dossier.currency):
            continue
        if since <= payment.date <= dossier.date and payment.invoice in (None, *numbers):
            yield Happened(date=payment.date, kind="refunded", name=payment.invoice, amount=payment.amount)


def _ordered(dossier: Dossier) -> Iterator[Happened]:
    accepted = {order.quote: order.accepted for order in dossier.orders if order.quote and order.accepted}
    for quote, day in accepted.items():
        if day and day <= dossier.date:
            yield Happened(date=day, kind="accepted", name=quote, document=quote)


def _approved(dossier: Dossier) -> Iterator[Happened]:
    for work in dossier.approvals:
        if work.sent:
            yield Happened(date=work.sent, kind="report_sent", name=work.job, document=work.report)
        if work.objected:
            yield Happened(date=work.objected, kind="objected", name=work.job, document=work.report)
        if work.on:
            kind: EventKind = "silent" if work.report else "approved"
            yield Happened(date=work.on, kind=kind, name=work.job, note=work.by, document=work.report)


def _sent(dossier: Dossier) -> Iterator[Happened]:
    for row in dossier.deliveries:
        if row.date and row.event and row.event != "deferred":
            kind: EventKind = "sent_by_hand" if row.event == "sent" and row.by_hand else row.event
            yield Happened(date=row.date, kind=kind, name=row.document, document=row.document)


def _told(entry: Said, day: date) -> Iterator[Happened]:
    if not entry.promised:
        yield Happened(date=entry.date, kind=entry.kind, name=entry.invoice, note=entry.note, to=entry.to)
        return
    yield Happened(date=entry.date, kind="promise", name=entry.invoice, amount=entry.amount, note=entry.note)
    if entry.promised <= day:
        yield Happened(
            date=entry.promised, kind="promised_day", name=entry.invoice, amount=entry.amount, state=entry.state
        )
