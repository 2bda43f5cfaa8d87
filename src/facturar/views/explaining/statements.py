"""A statement explained: how its balance comes about, item by item or movement by movement."""

from __future__ import annotations

from collections.abc import Iterator

from facturar.model.book import Book
from facturar.model.statement import Movement, OpenItem, Statement, statement_name
from facturar.rules.aging import lateness
from facturar.rules.seals import seal_of
from facturar.views.explaining.reason import Reason, signed


def _item(item: OpenItem) -> Reason:
    part = f", of {item.amount}" if item.amount != item.open else ""
    review = ", in dispute" if item.disputed else ""
    because = f"{lateness(item.days_late)}{part}{review}"
    return Reason(item.number, item.open, because, at=(("invoices", item.number),))


def _movement(movement: Movement) -> Reason:
    what = " ".join(filter(None, (movement.kind.replace("_", " "), movement.document, movement.reference)))
    return Reason(str(movement.date), movement.balance, f"{signed(movement.amount)}: {what}")


def _parts(statement: Statement) -> Iterator[Reason]:
    if statement.opening is not None and statement.period:
        yield Reason("opening", statement.opening, f"the balance before {statement.period.first}")
        yield from map(_movement, statement.movements)
    else:
        yield from map(_item, statement.items)
    if statement.credit:
        yield Reason("credit", statement.credit, "what was paid and nothing open has taken")
    whole = "fits the record" if seal_of(statement) == statement.seal else "does not fit: the record was changed"
    yield Reason("seal", f"{statement.seal[:12]}…", whole)


def explained_statement(statement: Statement, book: Book) -> Reason:
    """The statement with what its balance rests on, as it was on its day."""
    name = statement_name(statement, book.settings.currency)
    because = f"what '{statement.client}' owed on {statement.date} in {statement.currency}, less their credit"
    return Reason(name, statement.balance, because, at=(("statements", name),), parts=tuple(_parts(statement)))
