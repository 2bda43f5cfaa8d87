"""A credit note for an issued invoice."""

from __future__ import annotations

from datetime import date

from facturar.model.book import Book
from facturar.plan.actions import Action, Plan, Skip
from facturar.rules.crediting import Credit, credit_note, refusal
from facturar.rules.customs import number_pattern
from facturar.rules.numbering import Register


def plan_credit(book: Book, today: date, credit: Credit) -> Plan:
    """The credit note, or why there can be none."""
    invoice, register = credit.invoice, Register(book.invoices, book.settings.numbering)
    latest = register.latest_day(number_pattern("credit_note", book.clients[invoice.client], book), today)
    reason = refusal(credit, book.invoices)
    if latest and latest > today:
        reason = f"the last credit note is dated {latest}: no earlier one may follow"
    elif today < invoice.issued:
        reason = f"{invoice.number} is dated {invoice.issued}: it cannot be credited before"
    if reason:
        return Plan(today, skipped=(Skip("credit_note", reason, invoice.client, held=True),))
    note = credit_note(credit, book, today, register)
    action = Action(
        kind="credit_note",
        document=note.number,
        reason=f"{invoice.number}: {credit.reason}",
        client=invoice.client,
        job=", ".join(invoice.job) or None,
        amount=note.totals.payable,
        currency=note.currency,
        record=note,
    )
    return Plan(today, (action,))
