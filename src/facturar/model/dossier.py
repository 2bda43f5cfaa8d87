"""A collection dossier as a value, and no record: who owes whom what, what proves it, and what the dossier holds."""

from __future__ import annotations

from typing import Literal

from facturar.model.attachment import Attachment
from facturar.model.ladder import Channel
from facturar.model.letter import ChargeClaimed, ListedInvoice
from facturar.model.party import Party, PaymentMethod
from facturar.model.scalars import Currency, Day, Entry, Language, Number
from facturar.model.settings import Sender

PartKind = Literal[
    "demand",
    "chronology",
    "invoices",
    "orders",
    "approvals",
    "payments",
    "statements",
    "letters",
    "sending",
    "diary",
    "worksheet",
    "hashes",
]
"""What a dossier may hold: the demand, what happened, the evidence, and the list that proves that all is whole."""

EventKind = Literal[
    "quoted",
    "accepted",
    "reported",
    "report_sent",
    "objected",
    "approved",
    "silent",
    "issued",
    "charged",
    "due",
    "credited",
    "paid",
    "refunded",
    "written_off",
    "statement",
    "letter",
    "sent",
    "sent_by_hand",
    "refused",
    "uncertain",
    "note",
    "call",
    "mail",
    "meeting",
    "dispute",
    "resolved",
    "promise",
    "promised_day",
    "handover",
    "returned",
]
"""What a chronology may tell, in the order in which one day tells it."""


PromiseState = Literal["running", "kept", "partly kept", "broken", "replaced"]


class DossierPart(Entry):
    """A part of the dossier: its kind and the documents in it by name.

    `page` is that on which it begins, and `pages` those on which they do, once they are known.
    """

    kind: PartKind
    documents: tuple[str, ...] = ()
    page: int | None = None
    pages: tuple[int, ...] = ()


class Settled(Entry):
    """What was laid on an invoice on a day, in its currency; `document` is the credit note, or the payment's reference.

    `method` is how it was paid, if that was said and is one. An amount below zero was taken off it again, as money was
    given back.
    """

    date: Day
    kind: Literal["paid", "credited", "written_off", "reopened"]
    amount: Number
    document: str | None = None
    method: str | None = None


class Claim(Entry):
    """An invoice that is claimed: amount − settled − later = open, where `later` is what has not fallen due yet."""

    number: str
    issued: Day
    amount: Number
    settled: tuple[Settled, ...] = ()
    later: Number
    open: Number


class Ordered(Entry):
    """What the client ordered an invoice by: their order's number, a quote of theirs and the day they accepted it."""

    invoice: str
    purchase_order: str | None = None
    quote: str | None = None
    accepted: Day | None = None


class ApprovedWork(Entry):
    """Work of a job that the client approved up to a day: by word of somebody, or a report and what became of it."""

    job: str
    until: Day
    report: str | None = None
    sent: Day | None = None
    objected: Day | None = None
    on: Day | None = None
    by: str | None = None


class Delivered(Entry):
    """What is known of a document's sending: a line of the journal of e-mails, or nothing (`event` is missing then)."""

    document: str
    channel: Channel | None = None
    event: Literal["sent", "refused", "deferred", "uncertain"] | None = None
    date: Day | None = None
    time: str | None = None
    to: str | None = None
    answer: str | None = None
    message_id: str | None = None
    digest: str | None = None
    by_hand: bool = False


class Said(Entry):
    """An entry of the diary; of a promise its day, its amount if one was named, and what became of it."""

    date: Day
    kind: Literal["note", "call", "mail", "meeting", "dispute", "resolved", "handover", "returned"]
    invoice: str | None = None
    note: str | None = None
    promised: Day | None = None
    amount: Number | None = None
    state: PromiseState | None = None
    to: Literal["lawyer", "agency", "court"] | None = None


class Happened(Entry):
    """A row of the chronology. `name` is the document, or what it was about; `amount` is in the currency.

    `channel` is that of a letter, `method` that of a payment, `to` whom the case was handed to, `state` what became of
    a promise. `document` names the record that shows it, and `page` is that on which its copy begins, once known.
    """

    date: Day
    kind: EventKind
    name: str | None = None
    amount: Number | None = None
    note: str | None = None
    channel: Channel | None = None
    method: str | None = None
    to: Literal["lawyer", "agency", "court"] | None = None
    state: PromiseState | None = None
    document: str | None = None
    page: int | None = None


class Copied(Entry):
    """A document of which the dossier has a copy, and the part that it is in."""

    part: PartKind
    name: str
    date: Day
    kind: Literal[
        "invoice",
        "deposit",
        "credit_note",
        "debit_note",
        "quote",
        "pro_forma",
        "activity",
        "receipt",
        "statement",
        "letter",
        "notice",
    ]
    amount: Number | None = None


class Fingerprint(Entry):
    """A file of the dossier by its path in it, and the SHA-256 of its bytes as hex."""

    file: str
    sha256: str


class Sealed(Entry):
    """A record by its name, and its seal."""

    name: str
    seal: str


class NotThere(Entry):
    """A file that belongs into the dossier and is not in it as it was, and why."""

    file: str
    why: Literal["missing", "changed", "made again", "beside"]


class Dossier(Entry):
    """All that its pages show. `to` is whom the case is handed to; `total` is what is open and what is claimed.

    `law` is what interest and compensation rest on; `agreed`: the rate is one that was agreed in its place.

    `until` is the last day for paying what is demanded. `files` (those whose pages are shown), `contents`,
    `hashes` and `not_there` are known once the files were gathered.
    """

    client: str
    date: Day
    until: Day
    language: Language
    seller: Party
    buyer: Party
    sender: Sender
    currency: Currency
    to: Literal["lawyer", "agency", "court"] | None = None
    invoices: tuple[ListedInvoice, ...]
    claims: tuple[Claim, ...]
    disputed: tuple[str, ...] = ()
    charges: tuple[ChargeClaimed, ...] = ()
    total: Number
    law: str | None = None
    agreed: bool = False
    payment_methods: tuple[PaymentMethod, ...] = ()
    earlier: tuple[Day, ...] = ()
    orders: tuple[Ordered, ...] = ()
    approvals: tuple[ApprovedWork, ...] = ()
    deliveries: tuple[Delivered, ...] = ()
    diary: tuple[Said, ...] = ()
    events: tuple[Happened, ...] = ()
    copies: tuple[Copied, ...] = ()
    seals: tuple[Sealed, ...] = ()
    contents: tuple[DossierPart, ...] = ()
    files: tuple[Attachment, ...] = ()
    hashes: tuple[Fingerprint, ...] = ()
    not_there: tuple[NotThere, ...] = ()


def dossier_name(dossier: Dossier, currency: str) -> str:
    """The name of its folder: its day and client, and its currency when it is not the book's, `currency`."""
    other = "" if dossier.currency == currency else f"-{dossier.currency}"
    return f"{dossier.date}-{dossier.client}{other}"
