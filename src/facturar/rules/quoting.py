"""From a job to the quote of it: the lines that it would bill, and how, with taxes exactly as an invoice would have."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from facturar.model.agreement import Completion, Delivery, Hourly, Milestones, Prepaid, Recurring, Retainer
from facturar.model.book import Book
from facturar.model.dated import price_on
from facturar.model.job import QuoteTerms
from facturar.model.money import ZERO
from facturar.model.quote import Charging, DepositOffered, Quote
from facturar.rules.agreements.billed import Billed
from facturar.rules.agreements.completion import all_lines
from facturar.rules.agreements.deposit import deposit_lines
from facturar.rules.agreements.milestones import step_amounts, step_line
from facturar.rules.agreements.part import Part, Subject, lines_on, subject_of
from facturar.rules.agreements.retainer import fee_line
from facturar.rules.attachments import attachments_of_quote
from facturar.rules.customs import currency_of, language_of, number_pattern, terms_of
from facturar.rules.invoicing import Figures, figures
from facturar.rules.numbering import Numbers, Register
from facturar.rules.orders import Order, order_of
from facturar.rules.parties import buyer_of, seller_of, ways_to_pay
from facturar.rules.quotes import accepted_on, called_off, last_quote
from facturar.rules.seals import sealed
from facturar.rules.taxes import Tax
from facturar.rules.totals import DraftLine

Refusal = tuple[str, str]
"""Why something is not done, and what to do instead."""


def _price_day(subject: Subject, day: date) -> date:
    """The day whose prices are offered: today or, when the job begins later, the day it begins."""
    match subject.job.agreement:
        case Recurring(starts=starts) | Retainer(starts=starts) | Hourly(starts=starts) | Prepaid(on=starts):
            return max(day, starts)
        case Completion() | Delivery() | Milestones():
            return day


def offered_lines(subject: Subject, day: date, currency: str) -> tuple[DraftLine, ...]:
    """What the job would bill, at the prices of a day: all of it, a line a step, or what a period or an hour costs.

    An hourly job's lines are its estimate: it bills the hours, not them.
    """
    agreement = subject.job.agreement
    match agreement:
        case Completion() | Delivery() | Prepaid():
            return all_lines(subject, day)
        case Milestones():
            amounts = step_amounts(agreement, (), currency)
            steps = (step_line(subject, step, amounts[step.name]) for step in agreement.steps)
            return (*steps, *lines_on(subject, day))
        case Recurring():
            return lines_on(subject, day)
        case Retainer():
            return (fee_line(subject, agreement, day),)
        case Hourly():
            rate = price_on(agreement.rate, day) or ZERO
            an_hour = DraftLine(subject.job.title, rate, unit="h", discount=subject.discount, taxes=subject.taxes)
            return lines_on(subject, day) or (an_hour,)


def _order(subject: Subject, lines: tuple[DraftLine, ...], book: Book, day: date) -> Order:
    return order_of(Part(subject.id, (), day, lines, "quote"), subject.job, book)


def _figures(subject: Subject, lines: tuple[DraftLine, ...], book: Book, day: date) -> Figures:
    """The figures that an invoice of these lines would have on a day."""
    return figures(_order(subject, lines, book, day), book, day, Register((), book.settings.numbering))


def _deposit(subject: Subject, book: Book, day: date, currency: str) -> DepositOffered | None:
    """The deposit that the agreement asks for, as the client would pay it."""
    agreement = subject.job.agreement
    if not isinstance(agreement, Completion | Delivery) or agreement.deposit is None:
        return None
    lines = deposit_lines(subject, agreement.deposit, day, currency)
    payable = _figures(subject, lines, book, day).totals.payable
    return DepositOffered(amount=payable, on=agreement.deposit_on) if payable > 0 else None


def charging(subject: Subject, book: Book, day: date, currency: str) -> Charging:
    """How the job will be charged, as facts."""
    agreement = subject.job.agreement
    match agreement:
        case Completion() | Delivery():
            return Charging(kind=agreement.kind, deposit=_deposit(subject, book, day, currency))
        case Milestones():
            return Charging(kind=agreement.kind)
        case Prepaid():
            return Charging(kind=agreement.kind, on=agreement.on)
        case Recurring():
            spanned = _spanned(agreement)
            return spanned.model_copy(update={"billed": agreement.billed})
        case Retainer():
            rate = price_on(agreement.extra_rate, day)
            hours = {"hours": agreement.hours, "rollover": agreement.rollover or None}
            return _spanned(agreement).model_copy(update={**hours, "rate": rate})
        case Hourly():
            rate, estimate = price_on(agreement.rate, day), bool(lines_on(subject, day)) or None
            return _spanned(agreement).model_copy(update={"rate": rate, "cap": agreement.cap, "estimate": estimate})


def _spanned(agreement: Recurring | Retainer | Hourly) -> Charging:
    return Charging(kind=agreement.kind, every=agreement.every, starts=agreement.starts, ends=agreement.ends)


def _mentions(rates: Mapping[str, Tax]) -> tuple[str, ...]:
    """What the tax codes must say; what is said of invoices alone does not belong here."""
    return tuple(dict.fromkeys(tax.mention for tax in rates.values() if tax.mention))


def drafted_quote(job_id: str, book: Book, day: date) -> Quote:
    """The quote of a job on a day, without number, seal or chain."""
    job = book.jobs[job_id]
    client, terms = book.clients[job.client], job.quote or QuoteTerms()
    subject, currency = subject_of(job_id, job, book), currency_of(job, client, book)
    on = _price_day(subject, day)
    found = _figures(subject, offered_lines(subject, on, currency), book, day)
    last = last_quote(job_id, book, day)
    return Quote(
        number="",
        kind="quote",
        issued=day,
        valid_until=day + timedelta(days=terms.valid),
        language=language_of(client, book),
        seller=seller_of(book.settings.business),
        buyer=buyer_of(client),
        client=job.client,
        job=job_id,
        purchase_order=job.purchase_order,
        replaces=last.number if last else None,
        charging=charging(subject, book, on, currency),
        currency=currency,
        lines=found.lines,
        taxes=found.taxes,
        totals=found.totals,
        terms=terms_of(client, book).text,
        mentions=_mentions(found.rates),
        message=terms.message,
        attachments=attachments_of_quote(job, book, day),
    )


def _numbered(draft: Quote, pattern: str, numbers: Numbers[Quote]) -> Quote:
    """The sealed record of a draft under its number; the numbers take note of it."""
    day = draft.issued
    number, previous = numbers.next_number(pattern, day), numbers.previous_seal(pattern, day)
    record = sealed(draft.model_copy(update={"number": number, "previous": previous}))
    numbers.entered(pattern, record)
    return record


def issued_quote(draft: Quote, book: Book, numbers: Numbers[Quote]) -> Quote:
    """The sealed record of a drafted quote."""
    return _numbered(draft, number_pattern("quote", book.clients[draft.client], book), numbers)


_OF_ITS_ISSUE = ("number", "issued", "valid_until", "replaces", "previous", "seal")


def _says(quote: Quote) -> tuple[dict[str, object], timedelta | None]:
    """All that a quote says and for how long, whatever its number and day."""
    said = {name: getattr(quote, name) for name in type(quote).model_fields if name not in _OF_ITS_ISSUE}
    return said, quote.valid_until - quote.issued if quote.valid_until else None


_WHOLE = {"completion": "done", "delivery": "delivered", "prepaid": "prepaid"}


def _billed_whole(job_id: str, book: Book) -> str | None:
    """The invoice that billed all of a job that is billed at once."""
    key = f"{job_id}:{_WHOLE.get(book.jobs[job_id].agreement.kind)}"
    if key not in Billed(book.invoices):
        return None
    return next((invoice.number for invoice in book.invoices if key in invoice.covers), None)


def quote_refusal(job_id: str, book: Book, day: date) -> Refusal | None:
    """Why a job is not quoted on a day; None when it is.

    The last quote that still holds is not written again when nothing changed; one that expired is.
    """
    job, last, draft = book.jobs[job_id], last_quote(job_id, book, day), drafted_quote(job_id, book, day)
    if called_off(job, day):
        return f"'{job_id}' was cancelled on {job.cancelled}", "take cancelled: out if it is on again"
    if number := _billed_whole(job_id, book):
        return f"'{job_id}' was billed by {number}", "give what is new a job of its own"
    if not draft.lines:
        return f"'{job_id}' has nothing to quote", "add lines: with a text and a price"
    if draft.payable < 0:
        return f"the quote would come to {draft.payable}", "correct its lines"
    if accepted := accepted_on(job, day):
        told = f"{last.number} was accepted" if last and last.issued <= accepted else f"'{job_id}' was accepted"
        return f"{told} on {accepted}", "give what is new a job of its own, or take accepted: out to quote it again"
    holds = last and (last.valid_until is None or last.valid_until >= day)
    if last and holds and _says(last) == _says(draft):
        hint = f"see it: facturar show {last.number} · accept it: facturar quote {job_id} --accept"
        return f"nothing changed since {last.number} of {last.issued}, which says just this", hint
    latest = Numbers(book.quotes, book.settings.numbering).latest_day(book.settings.numbering.quote, day)
    if latest and latest > day:
        return f"the last quote is dated {latest}: no earlier one may follow", "leave --date out"
    return None


def acceptance_refusal(job_id: str, book: Book, day: date) -> Refusal | None:
    """Why no quote of a job can be accepted on a day; None when one can."""
    job, last = book.jobs[job_id], last_quote(job_id, book, date.max)
    if job.quote and job.quote.accepted:
        return f"'{job_id}' was accepted on {job.quote.accepted}", "to change the day, edit the job"
    if last is None:
        hint = f"write it: facturar quote {job_id}; if you agreed without one, write accepted: into its quote: yourself"
        return f"no quote was issued for '{job_id}'", hint
    if last.issued > day:
        return f"{last.number} is dated {last.issued}: it cannot be accepted before", "correct --date"
    return None


def issued_pro_forma(order: Order, found: Figures, book: Book, day: date, numbers: Numbers[Quote]) -> Quote:
    """The sealed pro forma invoice that asks for an order on a day; the numbers take note of it."""
    client, currency, payable = order.client, order.currency, found.totals.payable
    pattern = number_pattern("pro_forma", client, book)
    number = numbers.next_number(pattern, day)
    draft = Quote(
        number=number,
        kind="pro_forma",
        issued=day,
        language=language_of(client, book),
        seller=seller_of(book.settings.business),
        buyer=buyer_of(client),
        client=order.client_id,
        job=order.job_ids[0],
        purchase_order=order.purchase_order,
        covers=order.covers,
        currency=currency,
        lines=found.lines,
        taxes=found.taxes,
        totals=found.totals,
        payment_methods=ways_to_pay(book.settings.payment_methods, number, payable, currency),
        mentions=_mentions(found.rates),
        message=order.message,
    )
    return _numbered(draft, pattern, numbers)
