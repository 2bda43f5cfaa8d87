"""What came in for a payment in another currency: as a sentence, and as data."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from facturar.model.money import Money, rounded
from facturar.rules.exchange_difference import Exchanged


def _in_digits(money: Money) -> Money:
    return Money(rounded(money.amount, money.currency), money.currency)


def difference_told(part: Exchanged) -> str:
    """What came in for what, and how that compares with its worth at the rate of the invoice."""
    came = f"{_in_digits(part.received)} came in for {_in_digits(part.amount)}"
    if part.payment.kind == "refund":
        return came.replace("came in", "went out")
    if part.invoice is None:
        return f"{came}: name the invoice to see the difference from its rate"
    if part.value is None or part.difference is None:
        return f"{part.invoice}: {came}; what that is worth is not known without an invoice and its rate"
    return f"{part.invoice}: {came}, worth {part.value} at its rate: {_compared(part.difference)}"


def _compared(difference: Money) -> str:
    if not difference.amount:
        return "no difference"
    return f"{abs(difference.amount)} {difference.currency} {'more' if difference.amount > 0 else 'less'}"


def exchanged_facts(parts: Iterable[Exchanged]) -> list[dict[str, object]]:
    """Parts of payments as data: what each settled and brought in, its worth at the rate of the invoice."""
    return [
        {
            "date": part.payment.date,
            "amount": part.amount.amount,
            "currency": part.amount.currency,
            "received": part.received.amount,
            "received_currency": part.received.currency,
            "value": _amount(part.value),
            "difference": _amount(part.difference),
        }
        for part in parts
    ]


def _amount(money: Money | None) -> Decimal | None:
    return money.amount if money else None
