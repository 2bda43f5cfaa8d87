"""Which clients are on hold: by what they owe, and by what is due to be billed to them today."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from facturar.model.book import Book
from facturar.model.money import Money
from facturar.plan.actions import Plan
from facturar.plan.invoices import plan_invoices
from facturar.rules.credit import Hold, ToBill, has_policies, holds


def to_bill(plan: Plan) -> ToBill:
    """What the invoices and credit notes of a plan ask for, by client; a pro forma is no debt."""
    found: dict[str, list[Money]] = defaultdict(list)
    for action in plan.actions:
        if action.kind in ("invoice", "credit_note") and action.client and action.amount is not None:
            found[action.client].append(Money(action.amount, action.currency or ""))
    return found


def holds_today(book: Book, today: date) -> dict[str, Hold]:
    """The clients on hold today, by id, with all that is due to be billed counted in."""
    return holds(book, today, to_bill(plan_invoices(book, today))) if has_policies(book) else {}
