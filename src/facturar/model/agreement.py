"""What was agreed about charging: one class for each way, together a union told apart by `kind`."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from facturar.model.dated import ChargedPrice, PriceSince
from facturar.model.scalars import Day, Days, Entry, Hours, Number, Text, above_nothing, fault, named_apart
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


def _part_of_it(deposit: Share) -> Share:
    if deposit.percent is not None and deposit.percent > 100:
        raise fault(Code.shares, f"a deposit of {deposit} is more than the whole", "write 100% or less, or an amount")
    if not (deposit.percent or deposit.amount):
        raise fault(Code.shares, "a deposit of nothing", "write a share like 30% or an amount, or leave deposit: out")
    return deposit


def _periods(number: int) -> int:
    if number < 0:
        raise fault(Code.bad_number, f"{number} is below 0", "write for how many periods unused hours are good")
    return number


AboveNothing = Annotated[Number, AfterValidator(above_nothing)]
AboveNoTime = Annotated[Hours, AfterValidator(above_nothing)]


class Deposited(Entry):
    """What agreements with a deposit share: its share of the net, its day, and how it is asked for."""

    deposit: Annotated[ShareOf, AfterValidator(_part_of_it)] | None = None
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
    """Bills each step when its day comes; shares come to 100%, the step billed last takes the rest of the price.

    A change order dates the price: a share is of the price on its step's day.
    """

    kind: Literal["milestones"]
    price: ChargedPrice
    steps: Annotated[tuple[Step, ...], Field(min_length=1), AfterValidator(named_apart)]

    @model_validator(mode="after")
    def _whole(self) -> Milestones:
        """The steps come to the whole of the price: where amounts are among them, of one of its dated prices.

        An amount stays when the price changes; what the change brings is then the last step's.
        """
        totals = {entry.amount: _together(self.steps, entry.amount) for entry in self.price}
        if all(price != total for price, total in totals.items()):
            price, total = next(iter(totals.items()))
            part = f"{(total / price * 100).normalize():f}% of the price" if price else str(total)
            raise fault(Code.shares, f"the steps come to {part}, not to all of it", "let the shares add up to 100%")
        return self

    @model_validator(mode="after")
    def _priced(self) -> Milestones:
        first = min(entry.since for entry in self.price)
        for step in self.steps:
            day = min((day for day in (step.on, step.done) if day), default=None)
            if day and day < first:
                message = f"step '{step.name}' is of {day}, but there is no price before {first}"
                raise fault(Code.dates_order, message, "date the first price from the day of the agreement")
        return self


def _together(steps: tuple[Step, ...], price: Decimal) -> Decimal:
    return sum((step.share.of(price) for step in steps), Decimal(0))


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

    @model_validator(mode="after")
    def _forward(self) -> Pause:
        if self.until and self.until < self.since:
            message = f"the pause ends on {self.until}, before it begins on {self.since}"
            raise fault(Code.dates_order, message, "swap the dates")
        return self


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
    fee: ChargedPrice
    hours: Hours
    extra_rate: ChargedPrice
    rollover: Annotated[int, AfterValidator(_periods)] = 0

    @model_validator(mode="after")
    def _priced(self) -> Retainer:
        _from_the_start(self.fee, self, "fee")
        _from_the_start(self.extra_rate, self, "extra rate")
        return self


class Approval(Entry):
    """How a client approves hours: within some days of the report being sent, silence may accept."""

    within: Days | None = None
    silence: Literal["accepts", "holds"] = "holds"

    @model_validator(mode="after")
    def _says_when(self) -> Approval:
        if self.silence == "accepts" and self.within is None:
            raise fault(Code.missing_key, "silence accepts after some days: say how many", "add within: 5 days")
        if self.within is not None and self.within < 0:
            raise fault(Code.bad_value, f"within {self.within} days is before the report is sent", "write 5 days")
        return self


class Hourly(Span):
    """Bills work and expenses of each period in arrears.

    `cap` is the most that is billed in all, net; with `round`, each entry is rounded up to a whole number of it.
    """

    kind: Literal["hourly"]
    rate: ChargedPrice
    approval: Approval | None = None
    cap: AboveNothing | None = None
    round: AboveNoTime | None = None

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
