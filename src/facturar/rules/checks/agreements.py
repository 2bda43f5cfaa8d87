"""Agreements that would bill nothing, miss work, or that facturar cannot bill yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from facturar.model.agreement import Completion, Hourly, Recurring
from facturar.model.book import Book
from facturar.model.job import Job
from facturar.model.money import ZERO, to_four_digits
from facturar.problems import Code, Problem, warning
from facturar.rules.agreements import Billed, not_billed_yet
from facturar.rules.agreements.entries import in_steps


def _nothing_to_bill(job_id: str, job: Job) -> Iterator[Problem]:
    match job.agreement:
        case Recurring() if not job.lines:
            hint = "add lines: with a text and a price"
            yield Problem(Code.nothing_to_bill, "a recurring job without lines bills nothing", hint, ("jobs", job_id))
        case Completion() if job.done and not (job.lines or job.expenses or any(work.rate for work in job.work)):
            hint = "add lines:, expenses: or work with a rate:"
            message = "the job is done, but there is nothing to bill"
            yield Problem(Code.nothing_to_bill, message, hint, ("jobs", job_id, "done"))


def _unbilled_work(job_id: str, job: Job) -> Iterator[Problem]:
    """Work outside the days that its agreement bills, or after the job was done."""
    agreement = job.agreement
    for index, work in enumerate(job.work):
        path = ("jobs", job_id, "work", index, "date")
        if isinstance(agreement, Hourly) and work.date < agreement.starts:
            message = f"work on {work.date} comes before the agreement starts on {agreement.starts}: it is not billed"
            yield warning(Code.unbilled_work, message, "move starts: back, or correct the date", path)
        elif isinstance(agreement, Hourly) and agreement.ends and work.date > agreement.ends:
            message = f"work on {work.date} comes after the agreement ends on {agreement.ends}: it is not billed"
            yield warning(Code.unbilled_work, message, "move ends: on, or open a new job", path)
        elif isinstance(agreement, Completion) and work.rate and job.done and work.date > job.done:
            message = f"work on {work.date} comes after the job was done on {job.done}"
            yield warning(Code.unbilled_work, message, "open a new job for it, or move done: on", path)


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


def _not_yet(job_id: str, job: Job) -> Iterator[Problem]:
    if missing := not_billed_yet(job):
        message = f"facturar does not bill {missing} yet: this job waits"
        hint = "leave deposit_as: out, and the deposit is invoiced at once"
        yield warning(Code.not_billed_yet, message, hint, ("jobs", job_id, "agreement"))


def agreement_problems(book: Book, _today: date) -> Iterator[Problem]:
    """What is wrong with jobs taken one by one."""
    billed = Billed(book.invoices)
    for job_id, job in book.jobs.items():
        yield from _nothing_to_bill(job_id, job)
        yield from _unbilled_work(job_id, job)
        yield from _billed_more_than_logged(job_id, job, billed)
        yield from _not_yet(job_id, job)
