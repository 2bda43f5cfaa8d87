"""On completion: the lines, the work that has a rate of its own, and the expenses, once the job is done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from facturar.rules.agreements.billed import Billed
from facturar.rules.agreements.part import Part, Subject, Waiting, expense_line, lines_on, work_lines


def completion_parts(subject: Subject, billed: Billed, today: date) -> Iterator[Part | Waiting]:
    """One part, `job:done`, from the day on which the job is done."""
    job, key = subject.job, f"{subject.id}:done"
    if key in billed or (job.cancelled and job.cancelled <= today):
        return
    if job.done is None or job.done > today:
        yield Waiting(f"done on {job.done}" if job.done else "not done yet", job.done)
    else:
        charged = [(work, work.hours, work.rate) for work in job.work if work.rate]
        yield Part(
            job=subject.id,
            covers=(key,),
            since=job.done,
            lines=(
                *lines_on(subject, job.done),
                *work_lines(subject, charged),
                *(expense_line(subject, expense, expense.amount) for expense in job.expenses),
            ),
            supplied=job.done,
            reason=f"done on {job.done}",
        )
