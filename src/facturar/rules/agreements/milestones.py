"""By milestones: each step when its day comes or when it is done; the last step takes the rounding."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from facturar.model.agreement import Milestones, Step
from facturar.model.money import rounded
from facturar.rules.agreements.billed import Billed
from facturar.rules.agreements.part import Part, Subject, Waiting
from facturar.rules.origins import Origin
from facturar.rules.totals import DraftLine


def step_amounts(agreement: Milestones, currency: str) -> list[Decimal]:
    """The amount of each step, in order; together exactly the price.

    >>> thirds = [{"name": n, "share": "33.33%"} for n in "ab"] + [{"name": "c", "share": "33.34%"}]
    >>> agreed = Milestones(kind="milestones", price="100.01", steps=thirds)
    >>> [str(amount) for amount in step_amounts(agreed, "EUR")]
    ['33.33', '33.33', '33.35']
    """
    amounts = [rounded(step.share.of(agreement.price), currency) for step in agreement.steps[:-1]]
    return [*amounts, rounded(agreement.price, currency) - sum(amounts)]


def billing_day(step: Step) -> date | None:
    """The day from which a step is billed: when it was done, or its agreed day, whichever came first."""
    return min((day for day in (step.on, step.done) if day), default=None)


def _waiting(step: Step, day: date | None) -> Waiting:
    return Waiting(f"step '{step.name}' on {day}" if day else f"step '{step.name}' is not done yet", day)


def milestone_parts(
    subject: Subject, agreement: Milestones, billed: Billed, today: date, currency: str
) -> Iterator[Part | Waiting]:
    """A part for each step, `job:step:name`; a cancelled job bills the steps that had come before.

    A step that was billed under a name that is gone may be one of those that are here: nothing is billed until a
    person has put the name back.
    """
    ended, names = subject.job.cancelled, {step.name for step in agreement.steps}
    if gone := [name for name in billed.steps(subject.id) if name not in names]:
        yield Waiting(f"step '{gone[0]}' was billed and is no longer in the agreement: put its name back", held=True)
        return
    for index, (step, amount) in enumerate(zip(agreement.steps, step_amounts(agreement, currency), strict=True)):
        key, day = f"{subject.id}:step:{step.name}", billing_day(step)
        never = ended and ended <= today and (day is None or day > ended)
        if key in billed or never:
            continue
        if day is None or day > today:
            yield _waiting(step, day)
        else:
            text = f"{subject.job.title}: {step.name}"
            agreed = (*subject.path, "agreement")
            origin = Origin(
                of=((*agreed, "steps", index),),
                price=((*agreed, "steps", index, "share"), (*agreed, "price")),
                discount=subject.discount_at,
                taxes=subject.taxes_at,
            )
            line = DraftLine(text, amount, discount=subject.discount, taxes=subject.taxes, origin=origin)
            yield Part(subject.id, (key,), day, (line,), f"step '{step.name}' on {day}", supplied=day)
