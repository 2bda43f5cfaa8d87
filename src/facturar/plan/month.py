"""The whole round: invoices to receipts, holds, letters, faces, reports; each over what the one before leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from facturar.model.activity import Activity
from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.model.letter import Letter
from facturar.model.notice import Notice
from facturar.model.quote import Quote
from facturar.model.receipt import Receipt
from facturar.model.statement import Statement
from facturar.plan.actions import Action, Plan
from facturar.plan.activity import plan_due_activity
from facturar.plan.credits import plan_early_credits
from facturar.plan.hold_notices import plan_hold_notices
from facturar.plan.invoices import plan_invoices
from facturar.plan.letters import plan_letters
from facturar.plan.receipts import plan_receipts
from facturar.rules.periods import add_months


def carried_out(book: Book, plan: Plan) -> Book:
    """The book as a plan leaves it."""
    invoices = tuple(record for record in plan.records if isinstance(record, Invoice))
    quotes = tuple(record for record in plan.records if isinstance(record, Quote))
    letters = tuple(record for record in plan.records if isinstance(record, Letter))
    notices = tuple(record for record in plan.records if isinstance(record, Notice))
    reports = tuple(record for record in plan.records if isinstance(record, Activity))
    receipts = tuple(record for record in plan.records if isinstance(record, Receipt))
    statements = tuple(record for record in plan.records if isinstance(record, Statement))
    months = frozenset(action.document for action in plan.actions if action.kind == "report")
    return replace(
        book,
        invoices=book.invoices + invoices,
        quotes=book.quotes + quotes,
        letters=book.letters + letters,
        notices=book.notices + notices,
        activity=book.activity + reports,
        receipts=book.receipts + receipts,
        statements=book.statements + statements,
        faceless=frozenset() if any(action.kind == "faces" for action in plan.actions) else book.faceless,
        reports=book.reports | months,
    )


def plan_faces(book: Book, today: date) -> Plan:
    """The documents of which a face is missing, after a run that was cut short or a file that was deleted."""
    reason = "its .md or .pdf is missing"
    return Plan(today, tuple(Action("faces", document, reason) for document in sorted(book.faceless)))


def _months(first: date, before: date) -> Iterator[date]:
    """The first day of each month from that of `first` to the last one that has ended before a day."""
    month = first.replace(day=1)
    while add_months(month, 1) <= before:
        yield month
        month = add_months(month, 1)


def month_end(month: str) -> date:
    """The last day of a month written 2026-11."""
    return add_months(date.fromisoformat(f"{month}-01"), 1) - timedelta(days=1)


def plan_reports(book: Book, today: date) -> Plan:
    """A report for each month that has ended since the first record, or since the latest report."""
    if not book.invoices:
        return Plan(today)
    latest = max(book.reports, default=None)
    first = add_months(date.fromisoformat(f"{latest}-01"), 1) if latest else min(i.issued for i in book.invoices)
    names = (f"{month:%Y-%m}" for month in _months(first, today))
    return Plan(today, tuple(Action("report", name, f"as of {month_end(name)}") for name in names))


def plan_month(book: Book, today: date, *, batch: str | None = None) -> Plan:
    """Everything that `run` does on a day; `batch` limits what is billed and reported to the clients of that batch."""

    def wanted(client: str) -> bool:
        return batch is None or book.clients[client].batch == batch

    billed = plan_invoices(book, today, wanted=lambda _, job: wanted(job.client))
    billed += plan_early_credits(carried_out(book, billed), today, wanted=wanted)
    after = carried_out(book, billed)
    activity = plan_due_activity(after, today, wanted=lambda _, job: wanted(job.client))
    notices = plan_hold_notices(after, today)
    letters = plan_letters(carried_out(after, notices), today)
    told = activity + plan_receipts(after, today) + notices + letters
    return billed + told + plan_faces(after, today) + plan_reports(book, today)
