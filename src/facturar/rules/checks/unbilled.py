"""Work, expenses and lines that no invoice would ever hold, because of when they are or how their job is charged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from facturar.model.agreement import Completion, Delivery, Hourly, Milestones, Prepaid, Recurring, Retainer
from facturar.model.job import Job, Line, Work
from facturar.model.money import ZERO
from facturar.problems import Code, KeyPath, Problem, warning

_A_DAY = Decimal(24)


def _finished(job: Job) -> tuple[str, date] | None:
    """After which day nothing more of a job is billed, and the word for it."""
    match job.agreement:
        case Completion():
            found = {"done": job.done, "cancelled": job.cancelled}
        case Delivery():
            found = {"delivered": job.delivered, "cancelled": job.cancelled}
        case Prepaid(on=on):
            found = {"billed up front": on, "cancelled": job.cancelled}
        case _:
            return None
    days = [(word, day) for word, day in found.items() if day]
    return min(days, key=lambda pair: pair[1], default=None)


def _work_outside(work: Work, job: Job) -> tuple[str, str] | None:
    """Why charged work lies outside of what is billed, and what to do; None when it does not."""
    agreement = job.agreement
    if isinstance(agreement, Hourly | Retainer):
        if work.date < agreement.starts:
            return f"comes before the agreement starts on {agreement.starts}", "move starts: back, or correct the date"
        if agreement.ends and work.date > agreement.ends:
            return f"comes after the agreement ends on {agreement.ends}", "move ends: on, or open a new job for it"
    elif work.rate and (finished := _finished(job)) and work.date > finished[1]:
        word, day = finished
        hint = "open a new job for it" + (f", or move {word}: on" if word in ("done", "delivered") else "")
        return f"comes after the job was {word} on {day}", hint
    return None


def _work(job_id: str, job: Job) -> Iterator[Problem]:
    for index, work in enumerate(job.work):
        if work.billable and (found := _work_outside(work, job)):
            why, hint = found
            path = ("jobs", job_id, "work", index, "date")
            yield Problem(Code.unbilled_work, f"work on {work.date} {why}: it would never be billed", hint, path)


_APART = "give it a job of its own, or write it as a line"


def _not_charged(job: Job) -> Iterator[tuple[str, str, KeyPath]]:
    """What a job has that its agreement does not bill, what to do, and where it is."""
    kind = job.agreement.kind
    match job.agreement:
        case Recurring() | Milestones():
            rated = next((index for index, work in enumerate(job.work) if work.rate and work.billable), None)
            if rated is not None:
                yield f"the rate of this work: a {kind} job bills no hours", _APART, ("work", rated, "rate")
            if job.expenses:
                yield f"these expenses: a {kind} job bills its lines", _APART, ("expenses",)
        case Hourly() | Retainer():
            if job.lines:
                hint = "give them a job of their own"
                yield f"these lines: a job of kind {kind} bills hours and expenses", hint, ("lines",)
        case Completion() if job.delivered:
            yield "delivered: the job is billed once it is done", "write done:, or kind: delivery", ("delivered",)
        case Delivery() if job.done:
            yield "done: the job is billed once it is delivered", "write delivered:, or kind: completion", ("done",)
        case _:
            return


def _never_billed(job_id: str, job: Job) -> Iterator[Problem]:
    for what, hint, path in _not_charged(job):
        yield warning(Code.nothing_to_bill, f"nothing is billed for {what}", hint, ("jobs", job_id, *path))


def _long_days(job_id: str, job: Job) -> Iterator[Problem]:
    """More hours of one day than it has."""
    of_day: dict[date, Decimal] = {}
    for index, work in enumerate(job.work):
        before = of_day.get(work.date, ZERO)
        of_day[work.date] = before + work.hours
        if before <= _A_DAY < of_day[work.date]:
            path = ("jobs", job_id, "work", index, "hours")
            message = f"{of_day[work.date].normalize():f} h on {work.date}: a day has 24"
            yield warning(Code.excess, message, "check the hours; 90 min is 1.5 or 1:30", path)


def _outside(line: Line, starts: date, ends: date | None) -> bool:
    return bool((line.until and line.until < starts) or (ends and line.since and line.since > ends))


def _lines_outside(job_id: str, job: Job) -> Iterator[Problem]:
    """Lines of a recurring job that hold on none of its days: an error if that leaves none."""
    if not isinstance(agreement := job.agreement, Recurring):
        return
    outside = [index for index, line in enumerate(job.lines) if _outside(line, agreement.starts, agreement.ends)]
    for index in outside:
        path = ("jobs", job_id, "lines", index)
        message = "this line holds on no day of the agreement: it is never billed"
        hint = "correct its since: or until:, or the agreement's days"
        if len(outside) == len(job.lines):
            yield Problem(Code.nothing_to_bill, message, hint, path)
        else:
            yield warning(Code.nothing_to_bill, message, hint, path)


def unbilled(job_id: str, job: Job) -> Iterable[Problem]:
    """What of a job would never be billed."""
    for check in (_work, _never_billed, _long_days, _lines_outside):
        yield from check(job_id, job)
