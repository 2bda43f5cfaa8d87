"""Why something was billed, and from which day: the reason that its agreement gives, and where its day is written."""

from __future__ import annotations

from collections.abc import Iterator

from facturar.model.agreement import Completion, Delivery, Hourly, Milestones, Prepaid, Recurring, Retainer
from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.model.job import Job
from facturar.problems import KeyPath
from facturar.rules.agreements import Part
from facturar.rules.orders import gathering_day, gathers
from facturar.views.explaining.derivation import Again
from facturar.views.explaining.reason import Reason


def billed_reasons(record: Invoice, found: Again, book: Book) -> Iterator[Reason]:
    """A reason for each part of a job, with the day on which it became due to be billed."""
    if record.corrects and record.kind == "credit_note":
        yield Reason("corrects", record.corrects, record.reason or "", at=(("invoices", record.corrects),))
    for part in found.parts:
        yield _billed(part, record, book)
    known = {key for part in found.parts for key in part.covers}
    if lost := [key for key in record.covers if key not in known]:
        yield Reason("covers", ", ".join(lost), found.why_not)
    yield from _gathered(record, found, book)


def _billed(part: Part, record: Invoice, book: Book) -> Reason:
    job = book.jobs[part.job]
    covered = [key for key in part.covers if key in record.covers]
    keys = Reason("covers", ", ".join(covered), "the keys by which it is not billed twice")
    because = f"{part.job}: {part.reason}"
    return Reason("billed from", part.since, because, at=(day_path(part, job),), parts=(keys,))


def day_path(part: Part, job: Job) -> KeyPath:
    """Where the day is written from which a part is billed, or what it is counted from."""
    agreed: KeyPath = ("jobs", part.job, "agreement")
    match job.agreement:
        case Completion() | Delivery() if part.kind == "deposit":
            return (*agreed, "deposit_on") if job.agreement.deposit_on else (*agreed, "deposit")
        case Completion():
            return ("jobs", part.job, "done")
        case Delivery():
            return ("jobs", part.job, "delivered")
        case Milestones(steps=steps):
            return _step_path(part, agreed, steps)
        case Prepaid():
            return (*agreed, "on")
        case Recurring() | Retainer() | Hourly():
            return (*agreed, "starts")


def _step_path(part: Part, agreed: KeyPath, steps: tuple[object, ...]) -> KeyPath:
    for index, step in enumerate(steps):
        for key in ("on", "done"):
            named = f"{part.job}:step:{getattr(step, 'name', '')}" in part.covers
            if named and getattr(step, key) == part.since:
                return (*agreed, "steps", index, key)
    return agreed


def _gathered(record: Invoice, found: Again, book: Book) -> Iterator[Reason]:
    client = book.clients.get(record.client)
    if client is None or not found.parts or not gathers(client, book) or record.kind == "deposit":
        return
    day = gathering_day(min(part.since for part in found.parts), client.billing_day or book.settings.billing_day)
    owner: KeyPath = ("clients", record.client) if client.invoice_per else ("settings",)
    yield Reason("gathered", day, "one invoice a month for this client", at=((*owner, "invoice_per"),))
