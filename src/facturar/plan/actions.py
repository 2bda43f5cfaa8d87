"""The values of a plan: what will be written, and what was left out and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from facturar.model.mail_address import Mailbox
from facturar.model.record import Record

ActionKind = Literal[
    "invoice",
    "credit_note",
    "debit_note",
    "quote",
    "pro_forma",
    "letter",
    "notice",
    "activity",
    "receipt",
    "statement",
    "faces",
    "report",
    "mail",
]


@dataclass(frozen=True)
class Action:
    """One document to write: a record with its faces, missing faces of one, or a month's report.

    `document` is its number (or the name of a letter, receipt …, or the month of a report); `amount` what it asks for;
    `mail` who it is mailed to, if it is.
    """

    kind: ActionKind
    document: str
    reason: str
    client: str | None = None
    job: str | None = None
    amount: Decimal | None = None
    currency: str | None = None
    record: Record | None = None
    mail: Mailbox | None = None


@dataclass(frozen=True)
class Skip:
    """Something that is not done today, and why; `since` is the day it will be, if that is known.

    `held`: it could be done now, were it not for the reason.
    """

    kind: ActionKind
    reason: str
    client: str | None = None
    job: str | None = None
    since: date | None = None
    held: bool = False


@dataclass(frozen=True)
class Plan:
    """All that is to be done on a day, in the order in which it is done."""

    today: date
    actions: tuple[Action, ...] = ()
    skipped: tuple[Skip, ...] = ()

    def __add__(self, other: Plan) -> Plan:
        return Plan(self.today, self.actions + other.actions, self.skipped + other.skipped)

    @property
    def records(self) -> tuple[Record, ...]:
        """The records that the plan issues."""
        return tuple(action.record for action in self.actions if action.record)
