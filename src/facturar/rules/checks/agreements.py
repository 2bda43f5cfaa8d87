"""Agreements that would bill nothing or miss work, and quotes that were not accepted in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from facturar.model.agreement import Completion, Delivery, Hourly, Milestones, Recurring
from facturar.model.book import Book
from facturar.model.job import Job
from facturar.model.money import ZERO, to_four_digits
from facturar.model.quote import Quote
from facturar.problems import Code, KeyPath, Problem, warning
from facturar.rules.agreements import Billed
from facturar.rules.agreements.entries import in_steps
from facturar.rules.agreements.milestones import billing_day
from facturar.rules.checks.unbilled import unbilled
from facturar.rules.prepayment import work_before_payment
from facturar.rules.quotes import expired, quotes_by_job


def _nothing_to_bill(job_id: str, job: Job) -> Iterator[Problem]:
    match job.agreement:
        case Recurring() if not job.lines:
            hint = "add lines: with a text and a price"
            yield Problem(Code.nothing_to_bill, "a recurring job without lines bills nothing", hint, ("jobs", job_id))
        case Completion() if job.done and not (job.lines or job.expenses or any(work.rate for work in job.work)):
            hint = "add lines:, expenses: or work with a rate:"
            message = "the job is done, but there is nothing to bill"
            yield Problem(Code.nothing_to_bill, message, hint, ("jobs", job_id, "done"))


def _change_order(job_id: str, job: Job) -> Iterator[Problem]:
    """Lines of a job by milestones are additions since a day; a price that changes after the last step is nobody's."""
    if not isinstance(agreement := job.agreement, Milestones):
        return
    for index, line in enumerate(job.lines):
        path = ("jobs", job_id, "lines", index)
        if line.since is None:
            message = "a line of a milestones job is what a change order adds: since when?"
            yield Problem(Code.missing_key, message, "add since: DATE; what was agreed before is the price", path)
        elif line.until:
            message = "a line of a milestones job is billed once: until: says nothing here"
            yield Problem(Code.bad_value, message, "leave until: out", (*path, "until"))
    days = [billing_day(step) for step in agreement.steps]
    last = max((day for day in days if day), default=date.max)
    for index, price in enumerate(agreement.price):
        if None not in days and price.since > last:
            message = f"the price changes on {price.since}, after the last step of {last}: the change is billed by none"
            spot = ("jobs", job_id, "agreement", "price", index, "since")
            yield warning(Code.nothing_to_bill, message, "write it as a line with since:, or date it earlier", spot)


def _deposit_after(job_id: str, job: Job) -> Iterator[Problem]:
    """A deposit whose day comes after the job is finished is never asked for."""
    agreement = job.agreement
    if not isinstance(agreement, Completion | Delivery) or not (agreement.deposit and agreement.deposit_on):
        return
    finished = job.done if isinstance(agreement, Completion) else job.delivered
    if finished and agreement.deposit_on > finished:
        message = f"the deposit is of {agreement.deposit_on}, after the job was finished on {finished}: there is none"
        path = ("jobs", job_id, "agreement", "deposit_on")
        yield warning(Code.dates_order, message, "date it before, or leave the deposit out", path)


def _pauses_over_each_other(job_id: str, job: Job) -> Iterator[Problem]:
    if not isinstance(agreement := job.agreement, Recurring):
        return
    in_order = sorted(enumerate(agreement.pauses), key=lambda pair: pair[1].since)
    for (_, one), (index, other) in pairwise(in_order):
        if one.until is None or other.since <= one.until:
            message = f"the pause from {other.since} begins within the one from {one.since}"
            path = ("jobs", job_id, "agreement", "pauses", index)
            yield warning(Code.dates_order, message, "make one of the two, or correct their days", path)


def _approved_before(job_id: str, job: Job) -> Iterator[Problem]:
    for index, given in enumerate(job.approvals):
        if given.on < given.until:
            message = f"approved on {given.on}, before the last day that it approves, {given.until}"
            path = ("jobs", job_id, "approvals", index)
            yield warning(Code.dates_order, message, "correct one of the two days", path)


def _billed_more_than_logged(job_id: str, job: Job, billed: Billed) -> Iterator[Problem]:
    if not isinstance(job.agreement, Hourly):
        return
    for day in billed.days_worked(job_id):
        entries = (work.hours for work in job.work if work.date == day and work.billable)
        logged = to_four_digits(sum((in_steps(hours, job.agreement.round) for hours in entries), ZERO))
        if (charged := billed.hours(job_id, day)) > logged:
            message = f"{charged} h of {day} were billed, but only {logged} h are logged now"
            yield warning(
                Code.excess, message, "put the hours back, or credit the difference", ("jobs", job_id, "work")
            )


def _expired_quote(job_id: str, job: Job, own: tuple[Quote, ...], today: date) -> Iterator[Problem]:
    late = expired(job, own, today)
    path: KeyPath = ("jobs", job_id, "quote") if job.quote else ("jobs", job_id)
    if late and late.accepted:
        message = f"{late.quote.number} was accepted on {late.accepted}, but it was valid until {late.valid_until}"
        hint = "if its prices still hold, nothing is to be done; else agree on a new quote"
        yield warning(Code.expired_quote, message, hint, (*path, "accepted"))
    elif late:
        message = f"{late.quote.number} was valid until {late.valid_until} and is not accepted"
        hint = f"quote it again: facturar quote {job_id}; or write cancelled: into the job"
        yield warning(Code.expired_quote, message, hint, path)


def agreement_problems(book: Book, today: date) -> Iterator[Problem]:
    """What is wrong with jobs taken one by one."""
    billed, quotes = Billed(book.invoices), quotes_by_job(book.quotes, today)
    for job_id, job in book.jobs.items():
        yield from _nothing_to_bill(job_id, job)
        for check in (_change_order, _deposit_after, _pauses_over_each_other, _approved_before, unbilled):
            yield from check(job_id, job)
        yield from _billed_more_than_logged(job_id, job, billed)
        yield from _expired_quote(job_id, job, quotes.get(job_id, ()), today)


def prepayment_problems(book: Book, today: date) -> Iterator[Problem]:
    """Work that should have waited for its money."""
    for found in work_before_payment(book, today):
        hint = f"wait with it, or remind them: facturar show {found.number or found.job}"
        yield warning(Code.before_payment, f"'{found.job}': {found}", hint, ("jobs", found.job, "work", found.entry))
