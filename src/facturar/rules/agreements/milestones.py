"""By milestones: each step when its day comes or when it is done, and what a change order adds to them.

A change order changes the price from a day on, or adds lines since a day. What was billed before stays as it is; the
step that is billed last takes what is left of the price, the cents of rounding with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from facturar.model.agreement import Milestones, Step
from facturar.model.dated import PriceSince, price_on
from facturar.model.money import ZERO, rounded
from facturar.rules.agreements.additions import Added, added_lines
from facturar.rules.agreements.billed import Billed
from facturar.rules.agreements.entries import last_of_each_day
from facturar.rules.agreements.part import Part, Subject, Waiting
from facturar.rules.origins import Origin, price_path
from facturar.rules.totals import DraftLine


def billing_day(step: Step) -> date | None:
    """The day from which a step is billed: when it was done, or its agreed day, whichever came first."""
    return min((day for day in (step.on, step.done) if day), default=None)


def _day(step: Step) -> date:
    return billing_day(step) or date.max


def in_billing_order(agreement: Milestones, invoiced: Sequence[str]) -> list[Step]:
    """The steps as they are billed: those ever invoiced in that order, then the others by their days.

    What was done before a step that is invoiced, but was told later, is billed after it. What has no day comes last.
    """
    order = {name: place for place, name in enumerate(invoiced)}
    return sorted(agreement.steps, key=lambda step: (order.get(step.name, len(order)), _day(step)))


def step_amounts(agreement: Milestones, invoiced: Sequence[str], currency: str) -> dict[str, Decimal]:
    """The amount of each step by name: its share of the price on its day; the last one billed takes the rest.

    Together they come to the price on the last of their days. Those without a day are taken at the latest price.

    >>> thirds = [{"name": n, "share": "33.33%"} for n in "ab"] + [{"name": "c", "share": "33.34%"}]
    >>> agreed = Milestones(kind="milestones", price="100.01", steps=thirds)
    >>> {name: str(amount) for name, amount in step_amounts(agreed, (), "EUR").items()}
    {'a': '33.33', 'b': '33.33', 'c': '33.35'}
    """
    steps = in_billing_order(agreement, invoiced)
    amounts = {s.name: rounded(s.share.of(price_on(agreement.price, _day(s)) or ZERO), currency) for s in steps[:-1]}
    price = price_on(agreement.price, max(map(_day, steps))) or ZERO
    return {**amounts, steps[-1].name: rounded(price, currency) - sum(amounts.values())}


def step_line(subject: Subject, step: Step, amount: Decimal) -> DraftLine:
    """The line of a step."""
    text = f"{subject.job.title}: {step.name}"
    return DraftLine(text, amount, discount=subject.discount, taxes=subject.taxes)


def _waiting(step: Step, day: date | None) -> Waiting:
    return Waiting(f"step '{step.name}' on {day}" if day else f"step '{step.name}' is not done yet", day)


@dataclass(frozen=True)
class _Schedule:
    """The steps of a job that are to be billed, in that order, and the lines that come with them."""

    subject: Subject
    steps: tuple[Step, ...]
    price: tuple[PriceSince, ...]
    places: dict[str, int]
    amounts: dict[str, Decimal]
    added: tuple[Added, ...]
    today: date

    def _with(self, part: Part, added: Sequence[Added]) -> Part:
        keys = tuple(last_of_each_day(one.key for one in added))
        return replace(part, covers=(*part.covers, *keys), lines=(*part.lines, *(one.line for one in added)))

    def _never(self, day: date) -> bool:
        """Whether the job was cancelled before a day."""
        ended = self.subject.job.cancelled
        return bool(ended and ended <= self.today and day > ended)

    def _origin(self, step: Step) -> Origin:
        subject, agreed = self.subject, (*self.subject.path, "agreement")
        place = (*agreed, "steps", self.places[step.name])
        rest = step.name == next(reversed(self.amounts))
        day = max(map(_day, self.steps)) if rest else _day(step)
        price = price_path((*agreed, "price"), self.price, day)
        return Origin(
            of=(place,),
            price=(price,) if rest else ((*place, "share"), price),
            discount=subject.discount_at,
            taxes=subject.taxes_at,
        )

    def _of_a_step(self, step: Step, added: Sequence[Added]) -> Part | Waiting:
        subject, day, amount = self.subject, _day(step), self.amounts[step.name]
        if amount < 0:
            over = f"the steps before '{step.name}' came to {-amount} more than the price is now"
            return Waiting(f"{over}: credit the difference, or correct the price", held=True)
        line = replace(step_line(subject, step, amount), origin=self._origin(step))
        key = f"{subject.id}:step:{step.name}"
        return self._with(Part(subject.id, (key,), day, (line,), f"step '{step.name}' on {day}", supplied=day), added)

    def _by_themselves(self, added: Sequence[Added]) -> Iterator[Part]:
        """What was added after the last step, a part for each day."""
        for since in sorted({one.since for one in added}):
            part = Part(self.subject.id, (), since, (), f"change order of {since}", supplied=since)
            yield self._with(part, [one for one in added if one.since == since])

    def parts(self) -> Iterator[Part | Waiting]:
        """A part for each step whose day has come, with the lines added by then; what comes later waits."""
        left, steps_left = list(self.added), False
        for step in self.steps:
            day = _day(step)
            if self._never(day):
                steps_left = True
            elif day > self.today:
                steps_left = True
                yield _waiting(step, billing_day(step))
            else:
                now = [one for one in left if one.since <= day]
                left = [one for one in left if one.since > day]
                yield self._of_a_step(step, now)
        due = [one for one in left if one.since <= self.today and not self._never(one.since)]
        if not steps_left:
            yield from self._by_themselves(due)


def milestone_parts(
    subject: Subject, agreement: Milestones, billed: Billed, today: date, currency: str
) -> Iterator[Part | Waiting]:
    """A part for each step, `job:step:name`; a cancelled job bills the steps that had come before.

    Lines are what a change order adds since a day: they are billed with the first step of that day or later, and
    by themselves once there is none. A step that was billed under a name that is gone may be one of those that are
    here: nothing is billed until a person has put the name back.
    """
    done, invoiced = billed.steps(subject.id), billed.steps_ever(subject.id)
    names = {step.name for step in agreement.steps}
    if gone := [name for name in done if name not in names]:
        yield Waiting(f"step '{gone[0]}' was billed and is no longer in the agreement: put its name back", held=True)
        return
    schedule = _Schedule(
        subject=subject,
        steps=tuple(step for step in in_billing_order(agreement, invoiced) if step.name not in done),
        price=agreement.price,
        places={step.name: place for place, step in enumerate(agreement.steps)},
        amounts=step_amounts(agreement, invoiced, currency),
        added=tuple(added_lines(subject, billed, currency)),
        today=today,
    )
    yield from schedule.parts()
