"""A ladder of reminders: its steps, from courteous to legal; those that facturar ships; what a book says of them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from facturar.model.quiet import QuietTime
from facturar.model.scalars import Days, Entry, Id, Number, Text, fault, named_apart
from facturar.problems import Code

Channel = Literal["email", "phone", "letter", "registered"]
Charge = Literal["compensation", "interest"]
CHARGES: tuple[Charge, ...] = ("compensation", "interest")
WEEKLY = "weekly"


def _not_below_nothing(days: int) -> int:
    if days < 0:
        raise fault(Code.bad_value, f"{days} days is below nothing", "write a number of days of 0 or more, like 7 days")
    return days


Span = Annotated[Days, AfterValidator(_not_below_nothing)]
"""A length of time in days, 0 or more."""


class When(Entry):
    """The day of a step, in days after something; negative means before.

    That is the due date, the last day of its month, or the letter of the step before.
    """

    days: int = 0
    after: Literal["due", "end of month", "previous"] = "due"

    def __str__(self) -> str:
        if self.after == "end of month" and not self.days:
            return "at the end of the month"
        days = f"{abs(self.days)} day{'s' * (abs(self.days) != 1)}"
        where = {"due": "the due date", "end of month": "the end of the month", "previous": "the step before"}
        return f"{days} {'before' if self.days < 0 else 'after'} {where[self.after]}"


_WHEN = re.compile(r"(?P<days>[+-]?\d{1,4}) days?(?: (?P<side>before|after) (?P<base>due|end of month|previous))?")
_WHEN_HINT = (
    "write one of: 5 days · -3 days, for before the due date · end of month · 5 days after end of month · "
    "10 days after previous"
)


def _signed(match: re.Match[str]) -> int | None:
    """The days of a match, below zero for before; None for a sign beside a word, which says two things."""
    days, side = match["days"], match["side"]
    if side and days[0] in "+-":
        return None
    return -int(days) if side == "before" else int(days)


def read_when(value: object) -> When:
    """The day of a step as people write it.

    >>> [str(read_when(text)) for text in ("-3 days", "end of month", "10 days after previous")]
    ['3 days before the due date', 'at the end of the month', '10 days after the step before']
    """
    if isinstance(value, When):
        return value
    if isinstance(value, int):
        return When(days=value)
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if text == "end of month":
        return When(after="end of month")
    match = _WHEN.fullmatch(text)
    days = _signed(match) if match and text.isascii() else None
    if match is None or days is None:
        shown = f"'{value}'" if isinstance(value, str) else "a list or mapping"
        raise fault(Code.bad_value, f"{shown} is no day of a step", _WHEN_HINT)
    if match["base"] == "previous" and days < 1:
        raise fault(Code.bad_value, f"'{text}': a step comes after the one before it", "write 1 day after previous")
    return When.model_validate({"days": days, "after": match["base"] or "due"})


class LadderStep(Entry):
    """A reminder, on its day, by a channel."""

    name: Id
    when: Annotated[When, BeforeValidator(read_when)]
    channel: Channel = "email"
    pay_within: Span | None = None
    charge: tuple[Charge, ...] = ()
    sender: Id | None = None
    template: Text | None = None


Steps = Annotated[tuple[LadderStep, ...], Field(min_length=1), AfterValidator(named_apart)]
CatchUp = Literal["step", "highest"]


class Ladder(Entry):
    """Steps in the order in which they are climbed, told apart by their names."""

    gap: Span = 7
    minimum: Number = Decimal(1)
    catch_up: CatchUp = "step"
    steps: Steps


class Reminders(Entry):
    """What a book says of reminders: the ladder of those who name none, and what holds for all of them.

    The ladder is the one named by `ladder`, of which `gap`, `minimum` and `catch_up` may say otherwise, or has `steps`
    of its own. A promise may be late by `grace` days; payments that are known up to a day longer ago than `stale_after`
    are too old to remind anybody; no letter goes out in the `quiet` times.
    """

    ladder: Text | None = None
    gap: Span | None = None
    minimum: Number | None = None
    catch_up: CatchUp | None = None
    steps: Steps | None = None
    grace: Span = 0
    stale_after: Span | None = None
    quiet: tuple[QuietTime, ...] = ()

    @model_validator(mode="after")
    def _one_ladder(self) -> Reminders:
        if self.ladder and self.steps:
            raise fault(Code.bad_value, "both ladder: and steps: are given", "keep one of them")
        return self

    @property
    def name(self) -> str:
        """The name of the ladder, if it has no steps of its own."""
        return self.ladder or WEEKLY

    def over(self, named: Ladder | None) -> Ladder | None:
        """The book's ladder: its own steps, or a named one; None when that is not there."""
        given = {key: value for key in ("gap", "minimum", "catch_up") if (value := getattr(self, key)) is not None}
        if self.steps:
            return Ladder(steps=self.steps, **given)
        return named.model_copy(update=given) if named else None


def _named(value: Any) -> Any:
    """A plain text is the name of a ladder."""
    return {"ladder": value} if isinstance(value, str) else value


BookReminders = Annotated[Reminders, BeforeValidator(_named)]


def _built_in(gap: int, *when: int) -> Ladder:
    courtesy, friendly, firm, call, formal, final = (When(days=days) for days in when)
    return Ladder(
        gap=gap,
        steps=(
            LadderStep(name="courtesy", when=courtesy),
            LadderStep(name="friendly", when=friendly),
            LadderStep(name="firm", when=firm, pay_within=7),
            LadderStep(name="call", when=call, channel="phone"),
            LadderStep(name="formal", when=formal, channel="letter", charge=CHARGES, pay_within=10),
            LadderStep(name="final", when=final, channel="registered", charge=CHARGES, pay_within=10),
        ),
    )


BUILT_IN = {
    WEEKLY: _built_in(7, -3, 5, 15, 22, 30, 60),
    "monthly": _built_in(25, -7, 1, 25, 45, 55, 85),
}
"""`weekly` is for a run each week or day; `monthly` for a run on each 1st, one step a month."""
