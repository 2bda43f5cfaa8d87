"""An agreement in words, as two people would say it to one another."""

from __future__ import annotations

from facturar.model.agreement import (
    Agreement,
    Completion,
    Delivery,
    Every,
    Hourly,
    Milestones,
    Prepaid,
    Recurring,
    Retainer,
    Span,
)

_EACH = {
    Every.week: "each week",
    Every.two_weeks: "every two weeks",
    Every.month: "each month",
    Every.quarter: "each quarter",
    Every.year: "each year",
}


def agreement_words(agreement: Agreement) -> str:
    """What was agreed about charging, in a sentence."""
    match agreement:
        case Completion():
            return "all of it once it is done" + _deposit(agreement)
        case Delivery():
            return "all of it once it is delivered" + _deposit(agreement)
        case Milestones(price=price, steps=steps):
            amounts = ", then ".join(f"{entry.amount:f}" for entry in sorted(price, key=lambda entry: entry.since))
            return f"{amounts} in {len(steps)} steps, each on its day or when it is done"
        case Prepaid(on=on):
            return f"all of it up front, on {on}"
        case Recurring():
            share = ", first and last periods by their days" if agreement.prorate else ""
            return f"the lines {_EACH[agreement.every]}, in {agreement.billed}, {_between(agreement)}{share}"
        case Retainer():
            over = f", unused hours good for {agreement.rollover} more" if agreement.rollover else ""
            hours = f"with {agreement.hours:f} h in it{over}"
            return f"a fee {_EACH[agreement.every]} in advance, {hours}, {_between(agreement)}"
        case Hourly():
            cap = f", {agreement.cap:f} in all at most" if agreement.cap is not None else ""
            return f"hours and expenses {_EACH[agreement.every]}, in arrears, {_between(agreement)}{cap}"


def _deposit(agreement: Completion | Delivery) -> str:
    if agreement.deposit is None:
        return ""
    return f", after a deposit of {agreement.deposit}" + (f" on {agreement.deposit_on}" if agreement.deposit_on else "")


def _between(span: Span) -> str:
    return f"from {span.starts} to {span.ends}" if span.ends else f"from {span.starts}"
