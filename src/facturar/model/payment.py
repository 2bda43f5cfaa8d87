"""A payment, a refund or a write-off, as written in the payments ledger."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from facturar.model.scalars import AmountIn, Currency, Day, Entry, Id, Number, Text, fault
from facturar.problems import Code


class Payment(Entry):
    """Money that came in (payment), went back (refund) or never will come (write_off).

    It may name one invoice, or share itself out over several; without either it pays what is oldest.
    """

    date: Day
    client: Id
    amount: Number
    kind: Literal["payment", "refund", "write_off"] = "payment"
    currency: Currency | None = None
    received: AmountIn | None = None
    invoice: Text | None = None
    invoices: dict[str, Number] | None = None
    method: Text | None = None
    reference: Text | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _adds_up(self) -> Payment:
        if self.amount <= 0:
            raise fault(
                Code.bad_value,
                f"the amount {self.amount} is not above zero",
                "for money back write kind: refund",
            )
        if self.invoices and self.invoice:
            raise fault(Code.bad_value, "both invoice: and invoices: are given", "keep one of them")
        if self.invoices and sum(self.invoices.values()) > self.amount:
            raise fault(
                Code.split_sum,
                f"the parts come to {sum(self.invoices.values())}, more than the {self.amount} paid",
                "lower a part or raise the amount",
            )
        return self
