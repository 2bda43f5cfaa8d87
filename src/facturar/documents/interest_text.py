"""The worksheet of late-payment interest as finished strings: each row can be worked out again from what it shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from facturar.documents.wording import Wording
from facturar.model.interest import InterestPart


@dataclass(frozen=True)
class InterestText:
    """Days on which one base bore one yearly rate, of which invoice, and what that comes to."""

    number: str
    first: str
    last: str
    days: str
    base: str
    percent: str
    amount: str


def interest_texts(
    number: str, parts: Iterable[InterestPart], wording: Wording, currency: str
) -> tuple[InterestText, ...]:
    """The rows of an invoice, by day."""
    return tuple(
        InterestText(
            number=number,
            first=wording.short_day(part.first),
            last=wording.short_day(part.last),
            days=str(part.days),
            base=wording.money(part.base, currency),
            percent=wording.percent(part.percent),
            amount=wording.money(part.amount, currency),
        )
        for part in parts
    )
