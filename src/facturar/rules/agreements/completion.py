"""On completion and on delivery: lines, work with a rate of its own, and expenses, once the job is finished."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from facturar.model.agreement import Completion, Delivery
from facturar.model.invoice import Annex
from facturar.rules.agreements.billed import Billed
from facturar.rules.agreements.deposit import deposit_key, deposit_parts, requested_parts
from facturar.rules.agreements.entries import OpenEntry, annexes_of
from facturar.rules.agreements.part import Part, Subject, Waiting, expense_line, lines_on, work_lines
from facturar.rules.totals import DraftLine


def all_lines(subject: Subject, day: date) -> tuple[DraftLine, ...]:
    """All that a job without periods bills, at the prices of a day."""
    job = subject.job
    return (
        *lines_on(subject, day),
        *work_lines(subject, [(work, work.hours, work.rate) for work in job.work if work.rate is not None]),
        *(expense_line(subject, expense, expense.amount) for expense in job.expenses),
    )


def all_annexes(subject: Subject) -> tuple[Annex, ...]:
    """The lists that the job asks for, of all its work, also what is in the price, and all its expenses."""
    work = [OpenEntry(entry, entry.hours, None) for entry in subject.job.work]
    expenses = [OpenEntry(entry, entry.amount, None) for entry in subject.job.expenses]
    return annexes_of(subject, [*work, *expenses])


def completion_parts(
    subject: Subject, agreement: Completion | Delivery, billed: Billed, today: date, currency: str
) -> Iterator[Part | Waiting]:
    """The deposit if one was agreed, then everything, `job:done` or `job:delivered`, from the day it is finished.

    A job that was cancelled before it was finished bills nothing.
    """
    job, word = subject.job, "done" if isinstance(agreement, Completion) else "delivered"
    finished, key = job.done if word == "done" else job.delivered, f"{subject.id}:{word}"
    called_off = job.cancelled and job.cancelled <= today and (finished is None or finished > job.cancelled)
    if key in billed:
        return
    if agreement.deposit_as == "request":
        yield from requested_parts(
            subject, agreement, job.cancelled if called_off else finished, billed, today, currency
        )
    if called_off:
        return
    if agreement.deposit_as == "invoice":
        yield from deposit_parts(subject, agreement, finished, billed, today, currency)
    if finished is None or finished > today:
        yield Waiting(f"{word} on {finished}" if finished else f"not {word} yet", finished)
    else:
        yield Part(
            job=subject.id,
            covers=(key,),
            since=finished,
            lines=all_lines(subject, finished),
            supplied=finished,
            reason=f"{word} on {finished}",
            annexes=all_annexes(subject),
            takes_off=(deposit_key(subject.id),),
        )
