"""A statement's record → the finished strings that its template shows. Decides nothing but what is left empty."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from facturar.documents.party_text import PartyText, country_of, party_text
from facturar.documents.ways_to_pay import Asked, WaysToPay, ways_in_general, ways_to_pay
from facturar.documents.wording import Wording, wording_for
from facturar.model.money import ZERO
from facturar.model.statement import Bucket, Movement, MovementKind, OpenItem, Statement, due_now, not_due_yet

CURRENT = "current"
"""The bucket of what is not due yet."""


@dataclass(frozen=True)
class ItemText:
    """An open instalment; `days_late` is empty before it is late, `asked` is empty when all of it is open."""

    number: str
    issued: str
    due: str
    days_late: str
    asked: str
    open: str
    disputed: bool


@dataclass(frozen=True)
class MovementText:
    """A movement: what raises the balance is in `charge`, what lowers it in `payment`; the other is empty.

    Its figures have no sign of the currency, which is the same in the whole table.
    """

    day: str
    kind: MovementKind
    document: str
    reference: str
    charge: str
    payment: str
    balance: str


@dataclass(frozen=True)
class BucketText:
    """What is open of an age: of so many `days` late (`1–30`), or `over` so many; both are empty of what is not due.

    `amount` is empty when nothing is.
    """

    days: str
    over: str
    amount: str


@dataclass(frozen=True)
class StatementContext:
    """All that a statement's template may use. What does not apply is empty.

    `balance` is what is owed or, where `in_favour` says so, what is in the client's favour; it has no sign. Of what is
    `open`, `overdue` is past its day, and `to_claim` is that without what is in dispute. `has_parts` says that of some
    item only a part is open; `first_day` and `brought_forward` are the first day and `opening` as a table writes them.
    """

    kind: Literal["open", "activity"]
    client: str
    language: str
    currency: str
    seller: PartyText
    buyer: PartyText
    date: str
    period_from: str
    period_to: str
    first_day: str
    items: tuple[ItemText, ...]
    late: bool
    has_parts: bool
    has_disputes: bool
    opening: str
    brought_forward: str
    movements: tuple[MovementText, ...]
    charges: str
    payments: str
    buckets: tuple[BucketText, ...]
    open: str
    overdue: str
    due_now: str
    to_come: str
    next_due: str
    credit: str
    balance: str
    in_favour: bool
    pay: WaysToPay | None


def statement_context(statement: Statement) -> StatementContext:
    """The finished strings of a statement, written for its reader's language and country."""
    return _Writer(statement).context()


class _Writer:
    """Writes one statement: holds its wording and currency, which every part needs."""

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        self.wording: Wording = wording_for(statement.language, country_of(statement.buyer))

    def money(self, amount: Decimal) -> str:
        return self.wording.money(amount, self.statement.currency)

    def figure(self, amount: Decimal) -> str:
        return self.wording.figure(amount, self.statement.currency)

    def unless_none(self, amount: Decimal) -> str:
        return self.money(amount) if amount else ""

    def context(self) -> StatementContext:
        statement, wording = self.statement, self.wording
        period, items = statement.period, statement.items
        late = [item for item in items if item.days_late > 0]
        changes = [movement.amount for movement in statement.movements]
        return StatementContext(
            kind=statement.kind,
            client=statement.client,
            language=statement.language,
            currency=statement.currency,
            seller=party_text(statement.seller, statement.language, country_of(statement.buyer)),
            buyer=party_text(statement.buyer, statement.language, country_of(statement.seller)),
            date=wording.day(statement.date),
            period_from=wording.day(period.first) if period else "",
            period_to=wording.day(period.last) if period else "",
            first_day=wording.short_day(period.first) if period else "",
            items=tuple(self._item(item) for item in items),
            late=bool(late),
            has_parts=any(item.amount != item.open for item in items),
            has_disputes=any(item.disputed for item in items),
            opening=self.money(statement.opening) if statement.opening is not None else "",
            brought_forward=self.figure(statement.opening) if statement.opening is not None else "",
            movements=tuple(self._movement(movement) for movement in statement.movements),
            charges=self.unless_none(sum((amount for amount in changes if amount > 0), ZERO)),
            payments=self.unless_none(-sum((amount for amount in changes if amount < 0), ZERO)),
            buckets=tuple(self._bucket(bucket) for bucket in statement.buckets),
            open=self.money(sum((item.open for item in items), ZERO)),
            overdue=self.unless_none(sum((item.open for item in late), ZERO)),
            due_now=self.unless_none(due_now(items, statement.credit)),
            to_come=self.unless_none(not_due_yet(items, statement.credit)),
            next_due=self._next_due(),
            credit=self.unless_none(-(statement.credit or ZERO)),
            balance=self.money(abs(statement.balance)),
            in_favour=statement.balance < 0,
            pay=self._pay(),
        )

    def _bucket(self, bucket: Bucket) -> BucketText:
        over = bucket.name.removesuffix("+") if bucket.name.endswith("+") else ""
        days = "" if over or bucket.name == CURRENT else bucket.name.replace("-", "\u2013")
        return BucketText(days, over, self.unless_none(bucket.amount))

    def _item(self, item: OpenItem) -> ItemText:
        return ItemText(
            number=item.number,
            issued=self.wording.short_day(item.issued),
            due=self.wording.short_day(item.due),
            days_late=self.wording.number(Decimal(item.days_late)) if item.days_late > 0 else "",
            asked=self.money(item.amount) if item.amount != item.open else "",
            open=self.money(item.open),
            disputed=bool(item.disputed),
        )

    def _movement(self, movement: Movement) -> MovementText:
        return MovementText(
            day=self.wording.short_day(movement.date),
            kind=movement.kind,
            document=movement.document or "",
            reference=movement.reference or "",
            charge=self.figure(movement.amount) if movement.amount > 0 else "",
            payment=self.figure(-movement.amount) if movement.amount < 0 else "",
            balance=self.figure(movement.balance),
        )

    def _pay(self) -> WaysToPay | None:
        statement = self.statement
        if statement.balance <= 0:
            return None
        due, reference = due_now(statement.items, statement.credit), statement.reference or ""
        if not due:
            return ways_in_general(statement.payment_methods, reference)
        asked = Asked(due, statement.currency, reference, statement.seller.name)
        return ways_to_pay(statement.payment_methods, asked, self.money(due))

    def _next_due(self) -> str:
        coming = [item.due for item in self.statement.items if item.days_late < 0 and not item.disputed]
        return self.wording.day(min(coming)) if coming else ""
