"""The invoices that will come: what the agreements bill from today up to a day, worked out by the planner itself.

Nothing is written. The planner is asked on each day on which it says that something falls due, over the book as it
would leave it: so recurring work, retainers, milestones with a day and hours that are logged already are there; quotes
that nobody accepted, work that is not done and hours that nobody has worked yet are not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.plan.actions import Plan, Skip
from facturar.plan.invoices import Wanted, every_job, plan_invoices
from facturar.plan.month import carried_out


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


def coming(book: Book, today: date, until: date, wanted: Wanted = every_job) -> Coming:
    """What will be billed from today through a day, of all jobs or of some, if nothing else happens."""
    first = plan = plan_invoices(book, today, wanted=wanted)
    found: list[Invoice] = []
    while True:
        found += [record for record in plan.records if isinstance(record, Invoice)]
        book = carried_out(book, plan)
        day = min((skip.since for skip in plan.skipped if skip.since and skip.since > plan.today), default=None)
        if day is None or day > until:
            return Coming(tuple(found), book, first)
        plan = plan_invoices(book, day, wanted=wanted)
