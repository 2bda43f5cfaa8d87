"""What each agreement says is to be billed by a day: one module for each way of charging.

`to_bill` is the only door. It answers with parts, each of which becomes an invoice of its own, and with what waits.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from facturar.model.agreement import Agreement, Completion, Delivery, Hourly, Milestones, Prepaid, Recurring, Retainer
from facturar.rules.agreements.billed import Billed
from facturar.rules.agreements.completion import completion_parts
from facturar.rules.agreements.deposit import deposit_key
from facturar.rules.agreements.hourly import hourly_parts
from facturar.rules.agreements.milestones import milestone_parts
from facturar.rules.agreements.part import Part, Subject, Waiting, subject_of, unpriced
from facturar.rules.agreements.prepaid import prepaid_parts
from facturar.rules.agreements.recurring import recurring_parts
from facturar.rules.agreements.retainer import retainer_parts

__all__ = ["Billed", "Part", "Subject", "Waiting", "subject_of", "to_bill"]


def _keys(job: str, agreement: Agreement) -> tuple[str, ...]:
    """The keys by which an agreement bills a job as a whole, or in steps; those that end in a colon are followed on."""
    match agreement:
        case Completion():
            return (f"{job}:done", deposit_key(job))
        case Delivery():
            return (f"{job}:delivered", deposit_key(job))
        case Prepaid():
            return (f"{job}:prepaid",)
        case Milestones():
            return (f"{job}:step:", f"{job}:lines:", f"{job}:less:")
        case _:
            return ()


_BY_LINES = (Completion, Delivery, Prepaid, Recurring)
_WHOLES = (Completion, Delivery, Prepaid, Milestones)


def _in_doubt(subject: Subject, billed: Billed) -> str | None:
    """Why a part may have been billed before, under what the job said then."""
    agreement, job = subject.job.agreement, subject.id
    if isinstance(agreement, _WHOLES) and billed.otherwise(job, _keys(job, agreement)):
        return "the job was billed under another agreement: give what is new a job of its own"
    return None


def _without_a_price(part: Part, subject: Subject) -> str | None:
    """Why a part cannot be billed whose lines have no price on their day: it would be billed at nothing."""
    day = part.period.first if part.period else part.since
    what = unpriced(subject, day) if isinstance(subject.job.agreement, _BY_LINES) else None
    return f"'{what}' has no price on {day}: its first begins later" if what else None


def to_bill(subject: Subject, billed: Billed, today: date, currency: str) -> Iterator[Part | Waiting]:
    """What is due to be billed of a job by today and was not billed, in order; and what waits, with its reason.

    `currency` is the one the job is billed in. At a part that an earlier wording of the job may have billed, it stops;
    a part with a line that has no price yet is held.
    """
    for found in _due(subject, billed, today, currency):
        if isinstance(found, Part) and (doubt := _in_doubt(subject, billed)):
            yield Waiting(doubt, held=True)
            return
        lacking = _without_a_price(found, subject) if isinstance(found, Part) else None
        yield Waiting(lacking, held=True) if lacking else found


def _due(subject: Subject, billed: Billed, today: date, currency: str) -> Iterator[Part | Waiting]:
    agreement = subject.job.agreement
    match agreement:
        case Completion() | Delivery():
            yield from completion_parts(subject, agreement, billed, today, currency)
        case Prepaid():
            yield from prepaid_parts(subject, agreement, billed, today)
        case Milestones():
            yield from milestone_parts(subject, agreement, billed, today, currency)
        case Recurring():
            yield from recurring_parts(subject, agreement, billed, today, currency)
        case Hourly():
            yield from hourly_parts(subject, agreement, billed, today, currency)
        case Retainer():
            yield from retainer_parts(subject, agreement, billed, today)
