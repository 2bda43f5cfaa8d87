"""A payment, a refund or a write-off, as written in the payments ledger."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from facturar.model.scalars import AmountIn, Currency, Day, Entry, Id, Number, Text, fault
from facturar.problems import Code


class Payment(Entry):
    """Money that came in (payment), went back (refund) or never will come (write_off).

    It may name one invoice, or share itself out over several; without either it pays what is oldest. `amount` is what
    it settles, in the invoice's currency; `received` what the bank gave for it in another.
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
    def _receives(self) -> Payment:
        if self.received and self.kind == "write_off":
            raise fault(Code.bad_value, "a write_off brings nothing in", "leave received: out")
        if self.received and self.received.amount <= 0:
            raise fault(
                Code.bad_value,
                f"what was received, {self.received}, is not above zero",
                "write what came in: received: 455.10 EUR",
            )
        return self

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
