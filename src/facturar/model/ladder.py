"""A ladder of reminders: its steps, from courteous to legal, and the ladders that facturar ships."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from facturar.model.scalars import Days, Entry, Id, Number, Text, named_apart

Channel = Literal["email", "phone", "letter", "registered"]
Charge = Literal["compensation", "interest"]
CHARGES: tuple[Charge, ...] = ("compensation", "interest")


class LadderStep(Entry):
    """A reminder, `when` days after the due date (before it, if negative)."""

    name: Id
    when: Days
    channel: Channel = "email"
    pay_within: Days | None = None
    charge: tuple[Charge, ...] = ()
    sender: Id | None = None
    template: Text | None = None


class Ladder(Entry):
    """Steps in the order in which they are climbed, told apart by their names."""

    gap: Days = 7
    minimum: Number = Decimal(1)
    catch_up: Literal["one", "highest"] = "one"
    steps: Annotated[tuple[LadderStep, ...], Field(min_length=1), AfterValidator(named_apart)]


def _built_in(gap: int, *when: int) -> Ladder:
    courtesy, friendly, firm, call, formal, final = when
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
    "weekly": _built_in(7, -3, 5, 15, 22, 30, 60),
    "monthly": _built_in(25, -7, 1, 25, 45, 55, 85),
}
"""`weekly` is for a run each week or day; `monthly` for a run on each 1st, one step a month."""
