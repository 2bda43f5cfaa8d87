"""The annexes of an invoice: what its parts list of hours and expenses, then the products that its lines sell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice

from facturar.model.invoice import Annex, AnnexEntry, InvoiceLine
from facturar.model.job import Job
from facturar.model.money import ZERO
from facturar.rules.agreements.part import Part
from facturar.rules.orders import Order

_Product = tuple[str, str | None, Decimal]
"""What tells the rows of an annex apart: text, unit and price."""


def _products(lines: Iterable[InvoiceLine], day: date) -> tuple[AnnexEntry, ...]:
    """A row for each product at each price, in the order of the lines; `amount` is what is left after discounts."""
    rows: dict[_Product, tuple[Decimal, Decimal]] = {}
    for line in lines:
        if line.item:
            key = (line.text, line.unit, line.price)
            quantity, amount = rows.get(key, (ZERO, ZERO))
            rows[key] = (quantity + line.quantity, amount + line.net)
    return tuple(
        AnnexEntry(date=day, text=text, amount=amount, quantity=quantity, unit=unit, price=price)
        for (text, unit, price), (quantity, amount) in rows.items()
    )


def _of_a_part(part: Part, job: Job, lines: Sequence[InvoiceLine], issued: date) -> Iterator[Annex]:
    yield from part.annexes
    day = part.supplied or (part.period.first if part.period else issued)
    if "products" in job.annexes and (entries := _products(lines, day)):
        yield Annex(kind="products", entries=entries)


def annexes_of(order: Order, lines: Sequence[InvoiceLine], issued: date) -> tuple[Annex, ...]:
    """The annexes of an order whose priced lines, in the order of its parts, are these; none that would be empty."""
    left = iter(lines)
    return tuple(
        annex
        for part, (_, job) in zip(order.parts, order.jobs, strict=True)
        for annex in _of_a_part(part, job, tuple(islice(left, len(part.lines))), issued)
    )
