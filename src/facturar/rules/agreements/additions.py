"""Lines that a change order adds to a price agreed for the whole: each is billed once, whatever else is billed by then.

Lines have no ids. Like expenses, a day's key says up to which amount that day's lines were billed, what is added
apart from what is taken off (`web:lines:2026-06-01:500`, `web:less:2026-06-01:200`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from facturar.model.money import ZERO, rounded
from facturar.rules.agreements.billed import Billed, line_key
from facturar.rules.agreements.part import Subject, agreed_line
from facturar.rules.totals import DraftLine


@dataclass(frozen=True)
class Added:
    """A line that is still to be billed, or what is left of it; since when it holds, and the key that covers it."""

    line: DraftLine
    since: date
    key: str


def added_lines(subject: Subject, billed: Billed, currency: str) -> Iterator[Added]:
    """The job's lines that were not billed, in the order in which they are written.

    Where a day's lines were corrected upwards after they were billed, the difference is left of the last of them.
    """
    agreed: dict[tuple[date, bool], Decimal] = {}
    for index, written in enumerate(subject.job.lines):
        since = written.since or date.min
        line = agreed_line(written, subject, since, (*subject.path, "lines", index))
        amount = rounded(line.quantity * line.price, currency)
        side = (since, amount < 0)
        before = agreed.get(side, ZERO)
        agreed[side] = up_to = before + amount
        open_ = billed.open_lines(subject.id, since, before, up_to)
        if open_.amount > 0:
            whole = open_.amount == abs(amount)
            left = line if whole else replace(line, quantity=Decimal(1), price=open_.amount.copy_sign(amount))
            yield Added(left, since, line_key(subject.id, since, open_.up_to.copy_sign(amount)))
