"""Which files of the book go with a document, and what a record holds of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from facturar.model.attachment import Attached, Attachment
from facturar.model.book import Book
from facturar.model.invoice import Period
from facturar.model.job import Job
from facturar.rules.orders import Order

_WHOLE = ("done", "delivered", "prepaid")
"""What ends the keys of jobs that are billed at once."""


def attachment_of(attached: Attached, book: Book) -> Attachment | None:
    """What the record holds of a file; None when the file is not there."""
    digest = book.digests.get(attached.file)
    if digest is None:
        return None
    return Attachment(file=attached.file, title=attached.title, sha256=digest, beside=attached.beside or None)


def goes_along(attached: Attached, days: Period) -> bool:
    """Whether a file goes with what is billed of some days: always, unless `since` and `until` leave all of them out.

    >>> november = Period.model_validate({"from": "2026-11-01", "to": "2026-11-30"})
    >>> goes_along(Attached.model_validate({"file": "hours.pdf", "since": "2026-12-01"}), november)
    False
    """
    begun = attached.since is None or attached.since <= days.last
    return begun and (attached.until is None or days.first <= attached.until)


def _days_of(order: Order, issued: date) -> Iterator[tuple[Job, Period]]:
    """Each part's job, and the days that it bills: its period, else the day of supply, else that of issue."""
    for part, (_, job) in zip(order.parts, order.jobs, strict=True):
        day = part.supplied or issued
        yield job, part.period or Period.model_validate({"from": day, "to": day})


def attachments_of(order: Order, book: Book, issued: date) -> tuple[Attachment, ...]:
    """The files of an order's jobs that go with its invoice, each once, in the order of the jobs."""
    wanted = (file for job, days in _days_of(order, issued) for file in job.attach if goes_along(file, days))
    return _recorded(wanted, book)


def attachments_of_quote(job: Job, book: Book, issued: date) -> tuple[Attachment, ...]:
    """The files that go with the quote of a job."""
    days = Period.model_validate({"from": issued, "to": issued})
    return _recorded((file for file in (job.quote.attach if job.quote else ()) if goes_along(file, days)), book)


def _recorded(wanted: Iterable[Attached], book: Book) -> tuple[Attachment, ...]:
    once = {attached.file: attached for attached in wanted}
    return tuple(found for attached in once.values() if (found := attachment_of(attached, book)))


def beside(attachments: Iterable[Attachment]) -> tuple[Attachment, ...]:
    """Those that are files of their own, mailed beside the document rather than pages of it."""
    return tuple(attachment for attachment in attachments if attachment.beside)


def may_be_billed(job_id: str, job: Job, covered: frozenset[str], today: date) -> bool:
    """Whether more of a job may be billed, so that its files are needed; `covered` are the keys of all that was."""
    if job.cancelled and job.cancelled <= today:
        return False
    return not any(f"{job_id}:{end}" in covered for end in _WHOLE)
