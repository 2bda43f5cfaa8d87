"""Which invoices are due to be issued, and which deposits asked for, in the order in which they fell due."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from facturar.model.agreement import Deposited
from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.model.job import Job
from facturar.plan.actions import Action, Plan, Skip
from facturar.plan.quotes import request
from facturar.rules.agreements import Billed, Part, Subject, Waiting, subject_of, to_bill
from facturar.rules.agreements.deposit import deposit_day
from facturar.rules.approvals import approved_by
from facturar.rules.customs import currency_of
from facturar.rules.invoicing import figures, issued_invoice
from facturar.rules.lost_jobs import Trait, asked_for_lost_jobs, billed_by_lost_jobs, twin
from facturar.rules.loyalty import loyalty_of
from facturar.rules.numbering import Numbers, Register
from facturar.rules.orders import Order, gathered, order_of
from facturar.rules.pro_formas import Asked, asked_by_job
from facturar.rules.quotes import QuotesOf, quotes_by_job, unaccepted
from facturar.rules.tax_exchange import age_told, lacking_rate

Wanted = Callable[[str, Job], bool]
"""Whether a job is to be billed: of its id and itself."""


def every_job(_id: str, _job: Job) -> bool:
    """All jobs are wanted."""
    return True


def _missing(part: Part, subject: Subject, today: date) -> str | None:
    """What the client asks for before anything of theirs is issued, and is not there."""
    job, requires = subject.job, subject.client.requires
    if "purchase_order" in requires and not job.purchase_order:
        return "the client requires a purchase order: add purchase_order: to the job"
    contact = subject.client.contacts.get("billing")
    if "billing_contact" in requires and not (contact and contact.email):
        return "the client requires a contact for billing: add contacts: {billing: {name, email}} to the client"
    if job.agreement.kind != "hourly" and not _is_approved(part, subject, today):
        return f"the client requires an approval: facturar approve {subject.id}, once they have given it"
    return None


def _is_approved(part: Part, subject: Subject, today: date) -> bool:
    """Whether the client has approved all up to the day of a part; of a period, up to the day before it is due.

    A deposit without a day of its own is approved by any word of the client, as its day moves with the run's; one that
    they have paid needs none.
    """
    approved = approved_by(subject.job, subject.client, subject.reports, subject.mailed, today)
    if part.kind != "invoice" and (part.pro_forma or _of_no_day(subject)):
        return bool(part.pro_forma or approved.everything or approved.by_word)
    needed = part.since - timedelta(days=1) if part.period else part.since
    return approved.until >= needed


def _of_no_day(subject: Subject) -> bool:
    """Whether the job's deposit falls due at the first run, whenever that is."""
    agreement = subject.job.agreement
    return isinstance(agreement, Deposited) and deposit_day(subject, agreement) is None


@dataclass(frozen=True)
class _Before:
    """What was billed, quoted and asked for by a day."""

    billed: Billed
    quotes: QuotesOf
    asked: Mapping[str, Asked]


def _before(book: Book, today: date) -> _Before:
    return _Before(Billed(book.invoices), quotes_by_job(book.quotes, today), asked_by_job(book, today))


def _of_a_job(job_id: str, job: Job, book: Book, before: _Before, today: date) -> Iterator[Order | Skip]:
    subject = subject_of(job_id, job, book, before.asked.get(job_id))
    parts = list(to_bill(subject, before.billed, today, currency_of(job, subject.client, book)))
    if parts and (waits := unaccepted(job_id, job, before.quotes.get(job_id, ()), today)):
        held = waits.since is None and any(isinstance(part, Part) for part in parts)
        yield Skip("invoice", waits.reason, job.client, job_id, waits.since, held)
        return
    for found in parts:
        match found:
            case Waiting(reason=reason, since=since, held=held):
                yield Skip("invoice", reason, job.client, job_id, since, held)
            case Part(lines=()):
                yield Skip("invoice", f"{found.reason}, but it has nothing to bill", job.client, job_id, held=True)
            case Part():
                missing = _missing(found, subject, today)
                held_back = Skip("invoice", missing, job.client, job_id, held=True) if missing else None
                yield held_back or order_of(found, job, book)


def _reason(invoice: Invoice, order: Order) -> str:
    given, reason = loyalty_of(invoice), order.reason
    if invoice.totals.payable >= 0 and (old_rate := age_told(invoice.exchange, order.supplied_last(invoice.issued))):
        reason = f"{reason}, {old_rate}"
    return f"{reason}; {given.share} off after {given.after}" if given else reason


def _action(invoice: Invoice, order: Order) -> Action:
    return Action(
        kind="invoice",
        document=invoice.number,
        reason=_reason(invoice, order),
        client=order.client_id,
        job=", ".join(order.job_ids),
        amount=invoice.totals.payable,
        currency=invoice.currency,
        record=invoice,
    )


def _issue(order: Order, book: Book, day: date, register: Register, lost: Mapping[Trait, Invoice]) -> Action | Skip:
    """The invoice of an order, unless it comes to less than nothing, lacks a rate or its series has gone past the day.

    Nor is anything issued that a job that is gone has billed in just this way: it may be the same one, renamed.
    """
    found = figures(order, book, day, register)
    latest = register.latest_day(found.pattern(order.client, book), day)
    if same := twin(order.client_id, order.covers, found.net_before_loyalty, lost):
        first = next(invoice for invoice in lost.values() if invoice.job == same.job)
        reason = f"{first.number} billed just this for '{same.job[0]}', which is gone: give the job that id back"
    elif found.hindrance:
        reason = found.hindrance
    elif not (found.owing or found.deposits):
        reason = f"it comes to {found.totals.payable}, and there is no deposit to give back: correct its lines"
    elif latest and latest > day:
        reason = f"the last invoice of its series is dated {latest}: no earlier one may follow"
    elif missing := lacking_rate(order.currency, order.supplied_last(day), found.taxes, found.exchange, book):
        reason = missing
    else:
        return _action(issued_invoice(order, found, book, day, register), order)
    return Skip("invoice", reason, order.client_id, ", ".join(order.job_ids), held=True)


def _to_gather(order: Order, day: date) -> Skip:
    reason = f"gathered with the rest of the month on {day}"
    return Skip("invoice", reason, order.client_id, ", ".join(order.job_ids), day)


def _issuer(book: Book, day: date) -> Callable[[Order], Action | Skip]:
    """What makes an order a record of a day: an invoice, or the pro forma that asks for it."""
    register, lost = Register(book.invoices, book.settings.numbering), billed_by_lost_jobs(book)
    numbers, asked = Numbers(book.quotes, book.settings.numbering), asked_for_lost_jobs(book)

    def issue(order: Order) -> Action | Skip:
        if order.parts[0].kind == "pro_forma":
            return request(order, book, day, numbers, asked)
        return _issue(order, book, day, register, lost)

    return issue


def plan_invoices(book: Book, today: date, *, issued: date | None = None, wanted: Wanted = every_job) -> Plan:
    """The invoices due by today, dated `issued` (today, if not given), and the jobs that wait or are held back."""
    before = _before(book, today)
    found = [
        item
        for job_id, job in book.jobs.items()
        if job.client in book.clients and wanted(job_id, job)
        for item in _of_a_job(job_id, job, book, before, today)
    ]
    orders = list(gathered((item for item in found if isinstance(item, Order)), book))
    due = sorted(((o, day) for o, day in orders if day <= today), key=lambda pair: (pair[1], pair[0].job_ids))
    issue = _issuer(book, issued or today)
    issued_or_not = [issue(order) for order, _ in due]
    later = [_to_gather(order, day) for order, day in orders if day > today]
    skips = (item for item in (*issued_or_not, *later, *found) if isinstance(item, Skip))
    # What is said once is said: a job that was renamed is held for one reason, however many of its periods were billed.
    return Plan(today, tuple(item for item in issued_or_not if isinstance(item, Action)), tuple(dict.fromkeys(skips)))
