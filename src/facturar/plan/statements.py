"""Statements of account that are asked for, each once: what is written already is not written again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from facturar.model.book import Book
from facturar.model.statement import Statement, statement_name
from facturar.plan.actions import Action, Plan, Skip
from facturar.rules.statements import Asked, next_version, same_before, statements


def _reason(statement: Statement) -> str:
    if statement.period:
        return f"from {statement.period.first} to {statement.period.last}"
    count = len(statement.items)
    return f"{count} open item{'s' * (count != 1)} on {statement.date}"


def _planned(statement: Statement, book: Book) -> Action | Skip:
    if same := same_before(statement, book.statements):
        name = statement_name(same, book.settings.currency)
        return Skip("statement", f"{name} says just this", statement.client)
    record = next_version(statement, book.statements)
    return Action(
        kind="statement",
        document=statement_name(record, book.settings.currency),
        reason=_reason(record),
        client=record.client,
        amount=record.balance,
        currency=record.currency,
        record=record,
    )


def plan_statements(book: Book, today: date, clients: Iterable[str], asked: Asked) -> Plan:
    """The statements of some clients, one a currency; dated by the day that is asked about."""
    found = [_planned(statement, book) for statement in statements(book, clients, asked)]
    return Plan(
        today,
        tuple(item for item in found if isinstance(item, Action)),
        tuple(item for item in found if isinstance(item, Skip)),
    )
