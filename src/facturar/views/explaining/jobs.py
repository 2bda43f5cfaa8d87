"""A job explained: what was agreed and whose settings hold, what was billed, what comes next, what holds it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from facturar.model.agreement import Completion, Delivery, Milestones
from facturar.model.book import Book
from facturar.model.job import Job
from facturar.model.money import ZERO
from facturar.problems import KeyPath
from facturar.rules.agreements import Billed, Part, subject_of, to_bill
from facturar.rules.customs import currency_of, default_discount, default_taxes, language_of, terms_of
from facturar.rules.invoicing import figures
from facturar.rules.numbering import Register
from facturar.rules.orders import order_of
from facturar.views.explaining.agreed import agreement_words
from facturar.views.explaining.reason import Reason, setting
from facturar.views.explaining.why import day_path


@dataclass(frozen=True)
class Coming:
    """What a plan says of a job: a document that it would write, or what waits or is held, and why."""

    reason: str
    document: str = ""
    amount: Decimal | None = None
    since: date | None = None
    held: bool = False


def explained_job(job_id: str, book: Book, today: date, coming: Sequence[Coming]) -> Reason:
    """A job as of a day; `coming` is what today's plan says of it."""
    job = book.jobs[job_id]
    parts = (
        _agreement(job_id, job),
        *_settings(job_id, job, book),
        *_billed(job_id, book),
        *(_coming(item, job_id, job, book, today) for item in coming),
    )
    if not coming:
        parts = (*parts, Reason("next", because=_nothing_left(job, today)))
    return Reason(job_id, None, f"{job.title}, for {job.client}", at=(("jobs", job_id),), parts=parts)


def _agreement(job_id: str, job: Job) -> Reason:
    written = "agreement" in job.model_fields_set
    at: tuple[KeyPath, ...] = (("jobs", job_id, "agreement"),) if written else ()
    because = agreement_words(job.agreement)
    return Reason("agreement", job.agreement.kind, because if written else f"{because}, as the job names none", at=at)


def _settings(job_id: str, job: Job, book: Book) -> Iterator[Reason]:
    client = book.clients[job.client]
    owners = (book, job.client, client, job_id, job)
    yield Reason("client", job.client, client.name, at=(("jobs", job_id, "client"),))
    yield setting("currency", currency_of(job, client, book), *owners)
    yield setting("taxes", ", ".join(default_taxes(job, client, book)) or "none", *owners)
    if discount := default_discount(job, client):
        yield setting("discount", str(discount), *owners)
    yield setting("terms", terms_of(client, book).text, book, job.client, client)
    yield setting("language", language_of(client, book), book, job.client, client)


def _billed(job_id: str, book: Book) -> Iterator[Reason]:
    records = [record for record in book.invoices if job_id in record.job]
    if not records:
        yield Reason("billed", because="nothing so far")
        return
    currency, net = records[-1].currency, sum((record.totals.net for record in records), ZERO)
    parts = tuple(
        Reason(
            record.number,
            record.totals.payable,
            f"of {record.issued}: {_keys(record.covers, job_id) or f'corrects {record.corrects}'}",
            at=(("invoices", record.number),),
        )
        for record in records
    )
    shared = ", with what they bill for other jobs" if any(len(record.job) > 1 for record in records) else ""
    yield Reason(
        "billed", net, f"net in {currency}, on {len(records)} document{'s' * (len(records) > 1)}{shared}", parts=parts
    )


def _keys(covers: Iterable[str], job_id: str) -> str:
    """What a record covers of a job, in its keys without the job's id."""
    return ", ".join(key.partition(":")[2] for key in covers if key.partition(":")[0] == job_id)


def _coming(item: Coming, job_id: str, job: Job, book: Book, today: date) -> Reason:
    if item.document:
        return Reason("today", item.document, f"would be issued, {item.amount} to pay: {item.reason}")
    if item.held:
        due = _amounts(job_id, job, book, today)
        words = _so_far(due[0], "once it is settled") if len(due) == 1 else ""
        return Reason("held", because=f"{item.reason}{words}", at=(("jobs", job_id),))
    if item.since:
        found = _amounts(job_id, job, book, item.since)
        amount = next((reason for reason in found if reason[1].since == item.since), None)
        so_far = _so_far(amount, "by what is written so far")
        return Reason("next", item.since, f"{item.reason}{so_far}", at=_day(amount, job))
    return _once_finished(item, job_id, job, book, today)


Amount = tuple[Decimal, Part]
"""What a part would come to, to pay."""


def _amounts(job_id: str, job: Job, book: Book, day: date) -> list[Amount]:
    """What the job would bill by a day, each part on an invoice of its own."""
    subject, billed = subject_of(job_id, job, book), Billed(i for i in book.invoices if job_id in i.job)
    register = Register(book.invoices, book.settings.numbering)
    parts = to_bill(subject, billed, day, currency_of(job, subject.client, book))
    due = [part for part in parts if isinstance(part, Part) and part.lines]
    return [(figures(order_of(part, job, book), book, day, register).totals.payable, part) for part in due]


def _so_far(amount: Amount | None, words: str) -> str:
    return f": {amount[0]} to pay, {words}" if amount else ""


def _day(amount: Amount | None, job: Job) -> tuple[KeyPath, ...]:
    return (day_path(amount[1], job),) if amount else ()


def _once_finished(item: Coming, job_id: str, job: Job, book: Book, today: date) -> Reason:
    """What waits for a day that nobody knows yet, with what it would come to if it were today."""
    finished = as_if_finished(job, item.reason, today)
    found = _amounts(job_id, finished, book, today) if finished else []
    due = [amount for amount in found if amount[1].kind == "invoice"]
    words = _so_far(due[-1] if due else None, "if it were today")
    return Reason(
        "waits",
        because=f"{item.reason}{words}",
        at=(("jobs", job_id, "agreement"),) if job.agreement.kind != "completion" else (("jobs", job_id),),
    )


def as_if_finished(job: Job, reason: str, today: date) -> Job | None:
    """The job as if what it waits for were done today; None when it waits for something else."""
    agreement = job.agreement
    match agreement:
        case Completion():
            return job.model_copy(update={"done": today})
        case Delivery():
            return job.model_copy(update={"delivered": today})
        case Milestones(steps=steps):
            waits = next((step for step in steps if f"'{step.name}'" in reason), None)
            if waits is None:
                return None
            done = tuple(step.model_copy(update={"done": today}) if step is waits else step for step in steps)
            return job.model_copy(update={"agreement": agreement.model_copy(update={"steps": done})})
        case _:
            return None


def _nothing_left(job: Job, today: date) -> str:
    if job.cancelled and job.cancelled <= today:
        return f"nothing: it was cancelled on {job.cancelled}"
    return "nothing is left to bill by what is written"
