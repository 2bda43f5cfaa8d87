"""The invoices that will come: what the agreements bill from today up to a day, worked out by the planner itself.

Nothing is written. The planner is asked on each day on which it says, or a job does, that something may fall due, over
the book as it would leave it: so recurring work, retainers, milestones with a day and hours that are logged already
are there; quotes that nobody accepted, work that is not done and hours that nobody has worked yet are not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.plan.actions import Plan, Skip
from facturar.plan.invoices import Wanted, every_job, plan_invoices
from facturar.plan.month import carried_out

Visit = tuple[date, str]
"""A day on which the planner is asked about a client."""


@dataclass(frozen=True)
class Coming:
    """The invoices to come, each dated on the day that bills it; the book with them; and the plan of the first day."""

    invoices: tuple[Invoice, ...]
    after: Book
    first: Plan

    @property
    def held(self) -> tuple[Skip, ...]:
        """What is held back on the first day."""
        return tuple(skip for skip in self.first.skipped if skip.held)


def _days_in(value: object) -> Iterator[date]:
    """Every day that an entry names, at any depth."""
    match value:
        case date():
            yield value
        case dict():
            yield from (day for part in value.values() for day in _days_in(part))
        case list() | tuple():
            yield from (day for part in value for day in _days_in(part))


def _entered(book: Book, today: date, until: date, wanted: Wanted) -> set[Visit]:
    """The days to come that jobs name themselves: starts, steps, work that is entered ahead."""
    return {
        (day, job.client)
        for job_id, job in book.jobs.items()
        if job.client in book.clients and wanted(job_id, job)
        for day in _days_in(job.model_dump())
        if today < day <= until
    }


def _waiting(plan: Plan) -> set[Visit]:
    """The days on which the planner says that something waiting falls due."""
    return {
        (skip.since, skip.client) for skip in plan.skipped if skip.client and skip.since and skip.since > plan.today
    }


def coming(book: Book, today: date, until: date, wanted: Wanted = every_job) -> Coming:
    """What will be billed from today through a day, of all jobs or of some, if nothing else happens.

    On each later day only the clients of whom something may fall due are planned, with all of their jobs.
    """
    first = plan = plan_invoices(book, today, wanted=wanted)
    visits = _entered(book, today, until, wanted)
    found: list[Invoice] = []
    while True:
        found += [record for record in plan.records if isinstance(record, Invoice)]
        book = carried_out(book, plan)
        visits |= _waiting(plan)
        day = min((day for day, _ in visits), default=None)
        if day is None or day > until:
            return Coming(tuple(found), book, first)
        clients = frozenset(client for on, client in visits if on == day)
        visits = {visit for visit in visits if visit[0] > day}
        plan = plan_invoices(book, day, wanted=_of(clients, wanted))


def _of(clients: frozenset[str], wanted: Wanted) -> Wanted:
    return lambda job_id, job: job.client in clients and wanted(job_id, job)
