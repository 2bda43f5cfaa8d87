"""Which explanation a name asks for: of a document, a client, a job, or of a document that a plan would write."""

from __future__ import annotations

from facturar.cli.carry_out import documents_of
from facturar.cli.output import Format, customs_of, print_json
from facturar.cli.plan_tables import plan_facts, print_skipped
from facturar.cli.reason_text import print_reasons, reason_facts
from facturar.cli.session import Opened
from facturar.model.activity import Activity
from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.model.letter import Letter
from facturar.model.notice import Notice
from facturar.model.quote import Quote
from facturar.model.receipt import Receipt
from facturar.model.record import Record
from facturar.model.statement import Statement
from facturar.plan.actions import Action, Plan
from facturar.plan.invoices import plan_invoices
from facturar.plan.month import carried_out, plan_month
from facturar.problems import UsageError, did_you_mean
from facturar.store.placing import Placing
from facturar.views.explaining import (
    Coming,
    Reason,
    explained_activity,
    explained_client,
    explained_invoice,
    explained_job,
    explained_letter,
    explained_notice,
    explained_quote,
    explained_receipt,
    explained_statement,
)


def placing_of(found: Opened) -> Placing:
    """The places of a book that was opened, and of its regime."""
    return Placing(found.sources, found.book.settings.regime)


def explain_anything(name: str, found: Opened, form: Format) -> None:
    """The reasons of whatever has this name, on stdout. Raises UsageError when nothing has it."""
    print_reasons([_explained(name, found)], placing_of(found), form)


def _explained(name: str, found: Opened) -> Reason:
    book, today = found.book, found.today
    if record := documents_of(book).get(name):
        return _of_a_record(record, book, found)
    if name in book.clients:
        return explained_client(name, book, today)
    if name in book.jobs:
        return explained_job(name, book, today, coming(name, plan_invoices(book, today)))
    return _to_come(name, found)


def _of_a_record(record: Record, book: Book, found: Opened, *, would: bool = False) -> Reason:
    match record:
        case Invoice():
            return explained_invoice(record, book, found.today, would=would)
        case Quote():
            return explained_quote(record, book, found.today, would=would)
        case Letter():
            return explained_letter(record, book, would=would)
        case Notice():
            return explained_notice(record, book, would=would)
        case Activity():
            return explained_activity(record, book, found.today, would=would)
        case Receipt():
            return explained_receipt(record, book, would=would)
        case Statement():
            return explained_statement(record, book)


def _to_come(name: str, found: Opened) -> Reason:
    """A document that today's plan would write."""
    book, plan = found.book, plan_month(found.book, found.today)
    after = carried_out(book, plan)
    for action in plan.actions:
        if action.document == name and action.record:
            return _of_a_record(action.record, after, found, would=True)
    known = [*book.clients, *book.jobs, *documents_of(after)]
    raise UsageError(f"nothing is called '{name}'", did_you_mean(name, known))


def coming(job_id: str, plan: Plan) -> list[Coming]:
    """What a plan says of a job: the documents that it would write, then what waits and what is held."""
    written = [
        Coming(action.reason, action.document, action.amount)
        for action in plan.actions
        if job_id in (action.job or "").split(", ")
    ]
    left = [
        Coming(skip.reason, since=skip.since, held=skip.held)
        for skip in plan.skipped
        if job_id in (skip.job or "").split(", ")
    ]
    return written + left


def print_explained_plan(plan: Plan, found: Opened, form: Format, *, everything: bool = False) -> None:
    """A plan with the reasons of each document under it; what it skips has its reason already.

    As JSON, each action has them as `reasons`: none for reports and missing files, which are made from what is there.
    """
    after, placing = carried_out(found.book, plan), placing_of(found)
    trees = [
        _of_a_record(action.record, after, found, would=True) if action.record else None for action in plan.actions
    ]
    if form is Format.json:
        facts = plan_facts(plan, [reason_facts(tree, placing) if tree else None for tree in trees])
        print_json(facts)
        return
    print_reasons(
        [tree or _of_an_action(action) for tree, action in zip(trees, plan.actions, strict=True)], placing, form
    )
    if plan.skipped and form is not Format.csv:
        print_skipped(plan, form, customs_of(found.book), everything=everything)


def _of_an_action(action: Action) -> Reason:
    return Reason(f"{action.kind} {action.document}", because=action.reason)
