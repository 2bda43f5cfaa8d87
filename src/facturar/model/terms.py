"""Payment terms: when an invoice falls due, in one part or several, and what paying early earns."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from facturar.model.scalars import Entry, fault
from facturar.problems import Code

_HINT = (
    "write one of: on receipt · 30 days · 15 days end of month · 2% 10 days, net 30 days · "
    "[50% on receipt, 50% 30 days]"
)
_HUNDRED = Decimal(100)

Shift = Literal["next business day", "previous business day", "none"]
"""Where a due date goes that is no business day."""


class TermPart(Entry):
    """A share of the total and its delay: `days` after the issue date, or after the end of its month."""

    percent: Decimal = _HUNDRED
    days: int = 0
    end_of_month: bool = False


class EarlyPayment(Entry):
    """A discount in percent for paying within some days of the issue date, or of the end of its month."""

    percent: Decimal
    within: TermPart


class Terms(Entry):
    """Instalments that come to 100%, an early-payment discount if any, and the text they were written in."""

    text: str
    parts: tuple[TermPart, ...]
    early: EarlyPayment | None = None


def _delay(text: str) -> dict[str, Any] | None:
    if text == "on receipt":
        return {}
    match = re.fullmatch(r"(?:net )?(\d{1,4}) days?( end of month)?", text, re.ASCII)
    return {"days": int(match[1]), "end_of_month": bool(match[2])} if match else None


def _percent_and_rest(text: str) -> tuple[Decimal, str] | None:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)% (.+)", text, re.ASCII)
    return (Decimal(match[1]), match[2]) if match else None


def _instalments(items: list[Any]) -> Terms | None:
    parts = []
    for item in items:
        split = _percent_and_rest(item.strip()) if isinstance(item, str) else None
        delay = _delay(split[1]) if split else None
        if split is None or delay is None:
            return None
        parts.append(TermPart(percent=split[0], **delay))
    if (total := sum((part.percent for part in parts), Decimal(0))) != _HUNDRED:
        raise fault(Code.shares, f"the instalments come to {total}%, not 100%", "let the shares add up to 100%")
    return Terms(text=", ".join(items), parts=tuple(parts))


def _before(early: EarlyPayment, net: TermPart) -> TermPart:
    """The net term, when paying within the other is early and takes off a part."""
    if not 0 < early.percent < _HUNDRED:
        raise fault(Code.bad_terms, f"{early.percent}% off for paying early is no part of the price", _HINT)
    later = (net.end_of_month, net.days) > (early.within.end_of_month, early.within.days)
    if not later:
        raise fault(Code.bad_terms, "the days for paying early are not over before it is due anyway", _HINT)
    return net


def _single(text: str) -> Terms | None:
    if (delay := _delay(text)) is not None:
        return Terms(text=text, parts=(TermPart(**delay),))
    first, comma, second = text.partition(", ")
    split, net = _percent_and_rest(first), _delay(second)
    within = _delay(split[1]) if split else None
    if comma and split and within is not None and net is not None and second.startswith("net "):
        early = EarlyPayment(percent=split[0], within=TermPart(**within))
        return Terms(text=text, parts=(_before(early, TermPart(**net)),), early=early)
    return None


def read_terms(value: object) -> Terms:
    """Terms as people write them; a record keeps instalments as one text, which reads back the same.

    >>> read_terms("15 days end of month").parts[0].days
    15
    >>> [str(part.percent) for part in read_terms(["50% on receipt", "50% 30 days"]).parts]
    ['50', '50']
    >>> read_terms("50% on receipt, 50% 30 days") == read_terms(["50% on receipt", "50% 30 days"])
    True
    """
    if isinstance(value, Terms):
        return value
    terms = None
    if isinstance(value, str):
        text = " ".join(value.split())
        terms = _single(text) or (_instalments(text.split(", ")) if ", " in text else None)
    elif isinstance(value, list) and value:
        terms = _instalments(value)
    if terms is None:
        shown = f"'{value}'" if isinstance(value, str) else "this list"
        raise fault(Code.bad_terms, f"{shown} is no payment terms that facturar knows", _HINT)
    return terms


PaymentTerms = Annotated[Terms, BeforeValidator(read_terms)]
