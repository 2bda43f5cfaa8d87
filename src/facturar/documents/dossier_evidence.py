"""The evidence in a dossier → the finished strings that its pages show. Says nothing of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from facturar.documents.wording import Wording
from facturar.model.dossier import ApprovedWork, Claim, Copied, Delivered, Dossier, Happened, Ordered, Said


@dataclass(frozen=True)
class SettledText:
    """What was laid on an invoice on a day: its kind, the credit note or payment's reference, and how it was paid.

    `amount` is how much it was, and `taken` the same as what it took off: below zero.
    """

    day: str
    kind: str
    amount: str
    taken: str
    document: str
    method: str


@dataclass(frozen=True)
class ClaimText:
    """An invoice that is claimed: what it came to, what was laid on it, what is not due yet, what is claimed."""

    number: str
    issued: str
    amount: str
    later: str
    open: str
    settled: tuple[SettledText, ...]


@dataclass(frozen=True)
class OrderText:
    """The order's number, the quote and the day of its acceptance that an invoice rests on."""

    number: str
    purchase_order: str
    quote: str
    accepted: str


@dataclass(frozen=True)
class ApprovedText:
    """Work approved up to a day: by whom on which day, or by a report that was sent, or objected to."""

    job: str
    until: str
    report: str
    sent: str
    objected: str
    on: str
    by: str


@dataclass(frozen=True)
class DeliveredText:
    """What became of a document's e-mail, by its `event`: sent, refused, deferred, uncertain, or empty."""

    document: str
    channel: str
    event: str
    day: str
    time: str
    to: str
    answer: str
    message_id: str
    digest: str
    by_hand: bool


@dataclass(frozen=True)
class SaidText:
    """An entry of the diary."""

    day: str
    kind: str
    invoice: str
    note: str
    promised: str
    amount: str
    state: str
    to: str


@dataclass(frozen=True)
class EventText:
    """A row of the chronology: a document or what it was about, how a letter went, what became of a promise.

    `page` is that on which the document which shows it begins.
    """

    day: str
    kind: str
    name: str
    amount: str
    note: str
    channel: str
    method: str
    to: str
    state: str
    page: str


@dataclass(frozen=True)
class CopyText:
    """A document of which there is a copy in a part: its kind, name, day and, if it asks for money, how much."""

    part: str
    kind: str
    name: str
    day: str
    amount: str


@dataclass(frozen=True)
class HashText:
    """A file of the dossier and the SHA-256 of its bytes."""

    file: str
    sha256: str


@dataclass(frozen=True)
class SealText:
    """A record and its seal."""

    name: str
    seal: str


@dataclass(frozen=True)
class NotThereText:
    """A file that is not in the dossier as it was: it is `missing`, `changed`, `made again`, or no pages: `beside`."""

    file: str
    why: str


Money = Callable[[Decimal], str]


def claim_text(claim: Claim, wording: Wording, money: Money) -> ClaimText:
    """An invoice and what was laid on it."""
    return ClaimText(
        number=claim.number,
        issued=wording.short_day(claim.issued),
        amount=money(claim.amount),
        later=money(-claim.later) if claim.later else "",
        open=money(claim.open),
        settled=tuple(
            SettledText(
                day=wording.short_day(row.date),
                kind=row.kind,
                amount=money(row.amount),
                taken=money(-row.amount),
                document=row.document or "",
                method=row.method or "",
            )
            for row in claim.settled
        ),
    )


def _short(day: date | None, wording: Wording) -> str:
    return wording.short_day(day) if day else ""


def order_text(order: Ordered, wording: Wording) -> OrderText:
    """What an invoice was ordered by."""
    return OrderText(order.invoice, order.purchase_order or "", order.quote or "", _short(order.accepted, wording))


def approved_text(work: ApprovedWork, wording: Wording) -> ApprovedText:
    """An approval."""
    return ApprovedText(
        job=work.job,
        until=wording.short_day(work.until),
        report=work.report or "",
        sent=_short(work.sent, wording),
        objected=_short(work.objected, wording),
        on=_short(work.on, wording),
        by=work.by or "",
    )


def delivered_text(row: Delivered, wording: Wording) -> DeliveredText:
    """What is known of a document's sending."""
    return DeliveredText(
        document=row.document,
        channel=row.channel or "",
        event=row.event or "",
        day=_short(row.date, wording),
        time=row.time or "",
        to=row.to or "",
        answer=row.answer or "",
        message_id=row.message_id or "",
        digest=row.digest or "",
        by_hand=row.by_hand,
    )


def said_text(entry: Said, wording: Wording, money: Money) -> SaidText:
    """An entry of the diary."""
    return SaidText(
        day=wording.short_day(entry.date),
        kind=entry.kind,
        invoice=entry.invoice or "",
        note=entry.note or "",
        promised=_short(entry.promised, wording),
        amount=money(entry.amount) if entry.amount is not None else "",
        state=entry.state or "",
        to=entry.to or "",
    )


def event_text(event: Happened, wording: Wording, money: Money) -> EventText:
    """A row of the chronology."""
    return EventText(
        day=wording.short_day(event.date),
        kind=event.kind,
        name=event.name or "",
        amount=money(event.amount) if event.amount is not None else "",
        note=event.note or "",
        channel=event.channel or "",
        method=event.method or "",
        to=event.to or "",
        state=event.state or "",
        page=str(event.page or ""),
    )


def copy_text(copied: Copied, wording: Wording, money: Money) -> CopyText:
    """A document of which there is a copy."""
    amount = money(copied.amount) if copied.amount is not None else ""
    return CopyText(copied.part, copied.kind, copied.name, wording.short_day(copied.date), amount)


@dataclass(frozen=True)
class Evidence:
    """The rows of the pages that prove the claim."""

    claims: tuple[ClaimText, ...]
    orders: tuple[OrderText, ...]
    approvals: tuple[ApprovedText, ...]
    deliveries: tuple[DeliveredText, ...]
    diary: tuple[SaidText, ...]
    events: tuple[EventText, ...]
    copies: tuple[CopyText, ...]
    seals: tuple[SealText, ...]
    hashes: tuple[HashText, ...]
    not_there: tuple[NotThereText, ...]


def evidence_of(dossier: Dossier, wording: Wording, money: Money) -> Evidence:
    """All of it, in its order."""
    return Evidence(
        claims=tuple(claim_text(claim, wording, money) for claim in dossier.claims),
        orders=tuple(order_text(order, wording) for order in dossier.orders),
        approvals=tuple(approved_text(work, wording) for work in dossier.approvals),
        deliveries=tuple(delivered_text(row, wording) for row in dossier.deliveries),
        diary=tuple(said_text(entry, wording, money) for entry in dossier.diary),
        events=tuple(event_text(event, wording, money) for event in dossier.events),
        copies=tuple(copy_text(copied, wording, money) for copied in dossier.copies),
        seals=tuple(SealText(sealed.name, sealed.seal) for sealed in dossier.seals),
        hashes=tuple(HashText(each.file, each.sha256) for each in dossier.hashes),
        not_there=tuple(NotThereText(each.file, each.why) for each in dossier.not_there),
    )
