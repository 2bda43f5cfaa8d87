"""Which jobs still run on a day: those of which more is to be done or billed, as far as the book knows."""

from __future__ import annotations

from datetime import date

from facturar.model.agreement import Completion, Delivery, Hourly, Milestones, Prepaid, Recurring, Retainer
from facturar.model.job import Job


def last_day(job: Job) -> date | None:
    """The day on which the job was finished, as far as the book knows."""
    match job.agreement:
        case Completion():
            return job.done
        case Delivery():
            return job.delivered
        case Milestones(steps=steps):
            days = [step.done or step.on for step in steps]
            return None if None in days else max(day for day in days if day)
        case Prepaid(on=on):
            return job.done or on
        case Recurring(ends=ends) | Retainer(ends=ends) | Hourly(ends=ends):
            return ends


def runs_on(job: Job, day: date) -> bool:
    """Whether a job is neither cancelled nor finished by a day. A span that ends on it is finished."""
    last = last_day(job)
    return not (job.cancelled and job.cancelled <= day) and not (last and last <= day)
