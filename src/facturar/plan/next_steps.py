"""What comes next for one client: what the round would do today, what it will bill and write, and what it waits for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.plan.actions import Action, Plan, Skip
from facturar.plan.coming import coming
from facturar.plan.hold_notices import plan_hold_notices
from facturar.plan.letters import plan_letters
from facturar.plan.month import carried_out
from facturar.plan.simulation import written_on
from facturar.rules.aging import lateness
from facturar.rules.hold_notices import HOLD
from facturar.rules.one_client import book_of

AHEAD = 45
"""So many days are looked ahead."""


@dataclass(frozen=True)
class NextStep:
    """Something to come: on which day (None: nobody knows), what it is, of which job, how much, and why or what for.

    `held` could be done today were it not for the reason; `waiting` is for something that is not there yet.
    """

    on: date | None
    kind: Literal["invoice", "pro_forma", "letter", "held", "waiting"]
    subject: str
    reason: str
    amount: Decimal | None = None
    currency: str | None = None


def next_steps(client: str, book: Book, today: date) -> tuple[NextStep, ...]:
    """What is to come of a client by day, as far as can be told now, if nothing else happens; the undated last."""
    own = book_of(client, book)
    found = coming(own, today, today + timedelta(days=AHEAD))
    bills = [_bill(record) for record in found.invoices]
    billed = carried_out(own, found.first)
    told = plan_hold_notices(billed, today)
    letters = [*_letters(client, carried_out(billed, told), today), *_hold_notices(told)]
    silences = plan_letters(book, today, client=client).skipped
    waits = (_wait(skip) for skip in (*found.first.skipped, *(s for s in silences if s.held or not letters)))
    asked = (_asked(action) for action in found.first.actions if action.kind == "pro_forma")
    steps = [*bills, *asked, *letters, *(wait for wait in waits if wait)]
    return tuple(sorted(steps, key=lambda step: step.on or date.max))


def _bill(record: Invoice) -> NextStep:
    covers = f"{record.period.first} to {record.period.last}" if record.period else record.lines[0].text
    subject = ", ".join(record.job)
    return NextStep(record.issued, "invoice", subject, covers, record.totals.payable, record.currency)


def _asked(action: Action) -> NextStep:
    return NextStep(None, "pro_forma", action.job or "", action.reason, action.amount, action.currency)


def _letters(client: str, book: Book, today: date) -> list[NextStep]:
    """The next letter, if one comes in the days that are looked ahead and the bank is imported in time."""
    days = (today + timedelta(days=ahead) for ahead in range(AHEAD + 1))
    letter = next(written_on(book, days, client), None)
    if letter is None:
        return []
    late = max(listed.days_late for listed in letter.invoices)
    reason = f"{letter.channel}, {lateness(late) if late > 0 else 'before the due date'}"
    return [NextStep(letter.date, "letter", letter.step, reason, letter.total, letter.currency)]


def _hold_notices(told: Plan) -> list[NextStep]:
    """What the round of today tells the client of a hold."""
    return [
        NextStep(told.today, "letter", HOLD, action.reason, action.amount, action.currency) for action in told.actions
    ]


def _wait(skip: Skip) -> NextStep | None:
    """What is held or waits; what is billed on a day that is known stands there by itself."""
    if skip.since is not None and not skip.held:
        return None
    return NextStep(None, "held" if skip.held else "waiting", skip.job or "letter", skip.reason)
