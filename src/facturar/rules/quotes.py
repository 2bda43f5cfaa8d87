"""Where the quotes of a job stand: the last one, the accepted one, and what still waits for an acceptance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from facturar.model.book import Book
from facturar.model.invoice import Annex
from facturar.model.job import Job
from facturar.model.quote import Quote

QuotesOf = Mapping[str, tuple[Quote, ...]]
"""The quotes of each job by issue, pro formas left out."""


def quotes_by_job(quotes: Iterable[Quote], day: date) -> QuotesOf:
    """The quotes that were issued by a day, by job."""
    found: dict[str, list[Quote]] = defaultdict(list)
    for quote in quotes:
        if quote.kind == "quote" and quote.issued <= day:
            found[quote.job].append(quote)
    return {job: tuple(own) for job, own in found.items()}


def last_quote(job_id: str, book: Book, day: date) -> Quote | None:
    """The quote of a job that stands on a day: the last one issued."""
    own = quotes_by_job((quote for quote in book.quotes if quote.job == job_id), day)
    return own[job_id][-1] if job_id in own else None


def accepted_on(job: Job, day: date) -> date | None:
    """The day on which the job's quote was accepted, if that has come."""
    accepted = job.quote.accepted if job.quote else None
    return accepted if accepted and accepted <= day else None


def accepted_quote(job_id: str, book: Book, day: date) -> Quote | None:
    """The quote that the client accepted: the last one issued by the day of the acceptance."""
    job = book.jobs.get(job_id)
    accepted = accepted_on(job, day) if job else None
    return last_quote(job_id, book, accepted) if accepted else None


def called_off(job: Job, day: date) -> bool:
    """Whether the job was cancelled by a day, so that its quote is of no interest any more."""
    return job.cancelled is not None and job.cancelled <= day


@dataclass(frozen=True)
class Expired:
    """A quote that was not accepted in time: not at all, or on a day after its last."""

    quote: Quote
    valid_until: date
    accepted: date | None = None


def expired(job: Job, own: tuple[Quote, ...], day: date) -> Expired | None:
    """The quote of a job that expired by a day, accepted too late or not at all; None when there is none."""
    accepted = accepted_on(job, day)
    standing = [quote for quote in own if accepted is None or quote.issued <= accepted]
    if not standing or called_off(job, day):
        return None
    last = standing[-1]
    if last.valid_until is None or last.valid_until >= (accepted or day):
        return None
    return Expired(last, last.valid_until, accepted)


@dataclass(frozen=True)
class Unaccepted:
    """Why a job is not billed yet, and from which day it will be, if that is known."""

    reason: str
    since: date | None = None


def unaccepted(job_id: str, job: Job, own: tuple[Quote, ...], day: date) -> Unaccepted | None:
    """What a job that was quoted, or is to be, waits for on a day; None when it may be billed.

    `own` are its quotes of that day.
    """
    if (job.quote is None and not own) or accepted_on(job, day):
        return None
    if job.quote and job.quote.accepted:
        return Unaccepted(f"its quote is accepted on {job.quote.accepted}", job.quote.accepted)
    if not own:
        return Unaccepted(f"it is to be quoted first: facturar quote {job_id}")
    if late := expired(job, own, day):
        return Unaccepted(
            f"its quote {late.quote.number} expired on {late.valid_until}: quote it again, or --accept it"
        )
    return Unaccepted(f"its quote {own[-1].number} is not accepted: facturar quote {job_id} --accept")


def quote_annex(quote: Quote, accepted: date) -> Annex:
    """The lines of an accepted quote, as what explains an invoice."""
    return Annex(kind="quote", number=quote.number, accepted=accepted, lines=quote.lines)
