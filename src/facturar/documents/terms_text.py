"""Payment terms as facts that a template says in its language: shares, days, and from when they count."""

from __future__ import annotations

from dataclasses import dataclass

from facturar.documents.wording import Wording
from facturar.model.terms import read_terms


@dataclass(frozen=True)
class TermText:
    """A part of the payment terms: its share when there are several, and its days; no days are on receipt."""

    percent: str
    days: str
    end_of_month: bool


def term_texts(terms: str | None, wording: Wording) -> tuple[TermText, ...]:
    """The parts of the terms that a record names; none without terms."""
    parts = read_terms(terms).parts if terms else ()
    return tuple(
        TermText(
            percent=wording.percent(part.percent) if part.percent != 100 else "",
            days=str(part.days) if part.days or part.end_of_month else "",
            end_of_month=part.end_of_month,
        )
        for part in parts
    )


def terms_to_tell(terms: str | None, wording: Wording) -> tuple[TermText, ...]:
    """The parts of the terms where the due date alone does not tell them: several, or from the end of the month."""
    parts = term_texts(terms, wording)
    return parts if len(parts) > 1 or any(part.end_of_month for part in parts) else ()
