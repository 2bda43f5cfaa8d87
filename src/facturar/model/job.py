"""A job: what was agreed with a client, what was done, what it cost, how far it is."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from facturar.model.agreement import Agreement, Completion, ShareOf, default_kind
from facturar.model.attachment import AttachedFile
from facturar.model.dated import Price
from facturar.model.scalars import (
    Currency,
    Day,
    Days,
    Entry,
    Hours,
    Id,
    Number,
    Percent,
    Quantity,
    Text,
    fault,
    not_below_nothing,
)
from facturar.problems import Code

PASS_THROUGH = "pass_through"
"""The code, in every regime, of what was paid in the client's name and for their account, outside the taxable base."""


class Line(Entry):
    """Something sold: a quantity of a unit at a price, or a catalogue item. Without quantity it is one."""

    text: Text | None = None
    item: Id | None = None
    quantity: Quantity = Decimal(1)
    unit: str | None = None
    price: Price | None = None
    discount: ShareOf | None = None
    taxes: tuple[str, ...] | None = None
    since: Day | None = None
    until: Day | None = None

    @model_validator(mode="after")
    def _says_what(self) -> Line:
        if self.item is None and (self.text is None or self.price is None):
            raise fault(
                Code.missing_key,
                "a line needs text and price, or an item of the catalogue",
                "add text: and price:",
            )
        return self

    @model_validator(mode="after")
    def _holds(self) -> Line:
        if self.since and self.until and self.until < self.since:
            message = f"the line holds until {self.until}, before it begins on {self.since}"
            raise fault(Code.dates_order, message, "swap the dates")
        return self


class Work(Entry):
    """Hours of a day. `rate` overrides the agreement's; what is not billable is shown at zero; `by` is whose."""

    date: Day
    hours: Hours
    note: Text
    by: Text | None = None
    rate: Annotated[Number, AfterValidator(not_below_nothing)] | None = None
    billable: bool = True


def _spent(amount: Decimal) -> Decimal:
    """An expense is money spent: what came back of it makes it smaller, or is a credit note once it was billed."""
    if amount <= 0:
        hint = "write what was spent; what came back of it makes its amount smaller, or, once billed, a credit note"
        raise fault(Code.bad_number, f"an expense of {amount} is none", hint)
    return amount


class Expense(Entry):
    """Something paid for the client; `markup` is a percentage on top, `taxes` are its own codes.

    With the code `pass_through` it was paid in the client's name: it is billed at cost, and nothing is earned by it.
    """

    date: Day
    text: Text
    amount: Annotated[Number, AfterValidator(_spent)]
    markup: Percent | None = None
    taxes: tuple[str, ...] | None = None

    @model_validator(mode="after")
    def _at_cost(self) -> Expense:
        if self.markup and PASS_THROUGH in (self.taxes or ()):
            hint = "take markup: out; or, if the receipt is in your name, give it the taxes of your own work"
            raise fault(Code.bad_value, "what was paid in the client's name is at cost, and this has a markup", hint)
        return self


class ApprovalGiven(Entry):
    """The client approved all work and expenses up to a day."""

    until: Day
    on: Day
    by: Text


class ReportSent(Entry):
    """An activity report, named by the day that it goes up to, was sent; and the client objected, if they did.

    `version` tells a second report up to the same day, from 2 on. Silence counts from `sent`.
    """

    until: Day
    version: Annotated[int, Field(ge=2)] | None = None
    sent: Day
    objected: Day | None = None

    @model_validator(mode="after")
    def _answered_after(self) -> ReportSent:
        if self.objected and self.objected < self.sent:
            message = f"objected to on {self.objected}, before it was sent on {self.sent}"
            raise fault(Code.dates_order, message, "correct the dates")
        return self


def _not_before(days: int) -> int:
    if days < 0:
        raise fault(Code.bad_value, f"a quote cannot be valid for {days} days", "write it like 30 days")
    return days


class QuoteTerms(Entry):
    """How long a quote is valid, when it was accepted, a sentence of one's own on it, and the files that go with it."""

    valid: Annotated[Days, AfterValidator(_not_before)] = 30
    accepted: Day | None = None
    message: Text | None = None
    attach: tuple[AttachedFile, ...] = ()


class Job(Entry):
    """One job of one client."""

    client: Id
    title: Text
    agreement: Annotated[Agreement, BeforeValidator(default_kind)] = Field(default_factory=Completion)
    lines: tuple[Line, ...] = ()
    work: tuple[Work, ...] = ()
    expenses: tuple[Expense, ...] = ()
    approvals: tuple[ApprovalGiven, ...] = ()
    reports: tuple[ReportSent, ...] = ()
    taxes: tuple[str, ...] | None = None
    discount: ShareOf | None = None
    currency: Currency | None = None
    prices_include_tax: bool = False
    purchase_order: Text | None = None
    done: Day | None = None
    delivered: Day | None = None
    cancelled: Day | None = None
    annexes: tuple[Literal["work", "expenses", "products", "approval", "quote"], ...] = ()
    attach: tuple[AttachedFile, ...] = ()
    message: Text | None = None
    quote: QuoteTerms | None = None
