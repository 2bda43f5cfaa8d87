"""What was agreed about charging: one class for each way, together a union told apart by `kind`."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from facturar.model.dated import Price, PriceSince
from facturar.model.scalars import Day, Days, Entry, Hours, Number, Text, fault, named_apart
from facturar.problems import Code


class Share(Entry):
    """A part of a price: percent of it, or an amount. Exactly one is set."""

    percent: Decimal | None = None
    amount: Decimal | None = None

    def __str__(self) -> str:
        return f"{self.percent.normalize():f}%" if self.percent is not None else f"{self.amount}"

    def of(self, whole: Decimal) -> Decimal:
        """The part of a whole, unrounded."""
        return whole * self.percent / 100 if self.percent is not None else self.amount or Decimal(0)


def read_share(text: str) -> Share:
    """A share from `25%` or `1500.00`.

    >>> read_share("5%").of(Decimal(300)), str(read_share("50"))
    (Decimal('15'), '50')
    """
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(%?)", text.strip(), re.ASCII)
    if not match:
        raise fault(Code.bad_number, f"'{text}' is neither a share nor an amount", "write 25% or 1500.00")
    return Share(percent=Decimal(match[1])) if match[2] else Share(amount=Decimal(match[1]))


def _share_if_text(value: object) -> object:
    return read_share(value) if isinstance(value, str) else value


ShareOf = Annotated[Share, BeforeValidator(_share_if_text)]


class Every(StrEnum):
    """How long a period is."""

    week = "week"
    two_weeks = "2 weeks"
    month = "month"
    quarter = "quarter"
    year = "year"


class Deposited(Entry):
    """What agreements with a deposit share: its share of the net, its day, and how it is asked for."""

    deposit: ShareOf | None = None
    deposit_on: Day | None = None
    deposit_as: Literal["invoice", "request"] = "invoice"


class Completion(Deposited):
    """Bills the lines, work and expenses once the job is `done`; with a deposit before, if agreed."""

    kind: Literal["completion"] = "completion"


class Delivery(Deposited):
    """Bills products once `delivered`, and takes them from stock."""

    kind: Literal["delivery"]


class Step(Entry):
    """A milestone: a share of the price, billed on a day or once `done`."""

    name: Text
    share: ShareOf
    on: Day | None = None
    done: Day | None = None


class Milestones(Entry):
    """Bills each step when its day comes; shares come to 100%, the last step takes the rounding."""

    kind: Literal["milestones"]
    price: Number
    steps: Annotated[tuple[Step, ...], Field(min_length=1), AfterValidator(named_apart)]

    @model_validator(mode="after")
    def _whole(self) -> Milestones:
        total = sum((step.share.of(self.price) for step in self.steps), Decimal(0))
        if total != self.price:
            part = f"{(total / self.price * 100).normalize():f}% of the price" if self.price else str(total)
            raise fault(Code.shares, f"the steps come to {part}, not to all of it", "let the shares add up to 100%")
        return self


class Span(Entry):
    """What agreements by period share: how long a period is, from when, until when."""

    every: Every = Every.month
    starts: Day
    ends: Day | None = None

    @model_validator(mode="after")
    def _forward(self) -> Span:
        if self.ends and self.ends < self.starts:
            raise fault(Code.dates_order, f"ends on {self.ends}, before it starts on {self.starts}", "swap the dates")
        return self


class Pause(Entry):
    """Days on which a recurring job rests: periods that begin in it are not billed."""

    since: Day = Field(alias="from")
    until: Day | None = None


def _from_the_start(price: tuple[PriceSince, ...], span: Span, what: str) -> None:
    """Raises a fault when the first of some dated prices begins after the agreement: the days before had none."""
    first = min((entry.since for entry in price), default=span.starts)
    if first > span.starts:
        message = f"the {what} begins on {first}, after the agreement starts on {span.starts}"
        raise fault(Code.dates_order, message, f"give the {what} of the days before, or move starts:")


class Recurring(Span):
    """Bills the lines each period, in advance or in arrears.

    With `prorate`, periods are those of the calendar, and a first or last one in part is charged by its days.
    """

    kind: Literal["recurring"]
    billed: Literal["advance", "arrears"] = Field("advance", alias="in")
    prorate: bool = False
    pauses: tuple[Pause, ...] = ()


class Prepaid(Entry):
    """Bills everything up front."""

    kind: Literal["prepaid"]
    on: Day


class Retainer(Span):
    """Bills a fee in advance that includes hours; unused hours roll over, extra ones are billed in arrears."""

    kind: Literal["retainer"]
    fee: Price
    hours: Hours
    extra_rate: Price
    rollover: int = 0

    @model_validator(mode="after")
    def _priced(self) -> Retainer:
        _from_the_start(self.fee, self, "fee")
        _from_the_start(self.extra_rate, self, "extra rate")
        return self


class Approval(Entry):
    """How a client approves hours: within some days of the report being sent, silence may accept."""

    within: Days | None = None
    silence: Literal["accepts", "holds"] = "holds"


class Hourly(Span):
    """Bills work and expenses of each period in arrears.

    `cap` is the most that is billed in all, net; with `round`, each entry is rounded up to a whole number of it.
    """

    kind: Literal["hourly"]
    rate: Price
    approval: Approval | None = None
    cap: Number | None = None
    round: Hours | None = None

    @model_validator(mode="after")
    def _priced(self) -> Hourly:
        _from_the_start(self.rate, self, "rate")
        return self


Agreement = Annotated[
    Completion | Delivery | Milestones | Recurring | Prepaid | Retainer | Hourly,
    Field(discriminator="kind"),
]


def default_kind(value: Any) -> Any:
    """An agreement that names no kind is one of completion."""
    return {"kind": "completion", **value} if isinstance(value, dict) and "kind" not in value else value
