"""Prepaid: everything up front, on the agreed day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from facturar.model.agreement import Prepaid
from facturar.rules.agreements.billed import Billed
from facturar.rules.agreements.completion import all_annexes, all_lines
from facturar.rules.agreements.part import Part, Subject, Waiting


def prepaid_parts(subject: Subject, agreement: Prepaid, billed: Billed, today: date) -> Iterator[Part | Waiting]:
    """One part, `job:prepaid`; none when the job was cancelled before that day."""
    key, cancelled = f"{subject.id}:prepaid", subject.job.cancelled
    if key in billed or (cancelled and cancelled < agreement.on and cancelled <= today):
        return
    if agreement.on > today:
        yield Waiting(f"up front on {agreement.on}", agreement.on)
    else:
        yield Part(
            job=subject.id,
            covers=(key,),
            since=agreement.on,
            lines=all_lines(subject, agreement.on),
            reason=f"up front on {agreement.on}",
            annexes=all_annexes(subject),
        )
