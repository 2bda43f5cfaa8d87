"""The diary: calls, promises, disputes and handovers, which decide whether a letter may go out."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from facturar.model.scalars import Day, Entry, Id, Number, Text, fault
from facturar.problems import Code


class Promise(Entry):
    """The client said that they would pay by a day."""

    on: Day
    amount: Number | None = None


class DiaryEntry(Entry):
    """Something that happened with a client, about one invoice or about all.

    A dispute is of an invoice, and ends when that is resolved; a handover is of all, and ends when it is returned.
    """

    date: Day
    client: Id
    kind: Literal["note", "call", "mail", "meeting", "dispute", "resolved", "handover", "returned"] = "note"
    invoice: Text | None = None
    note: Text | None = None
    promise: Promise | None = None
    to: Literal["lawyer", "agency", "court"] | None = None

    @model_validator(mode="after")
    def _of_an_invoice(self) -> DiaryEntry:
        if self.kind in ("dispute", "resolved") and not self.invoice:
            hint = "add invoice: F-2026-0012; to end a handover, write kind: returned"
            raise fault(Code.missing_key, f"an entry of kind {self.kind} needs its invoice", hint)
        return self

    @model_validator(mode="after")
    def _to_somebody(self) -> DiaryEntry:
        if self.to and self.kind != "handover":
            raise fault(
                Code.bad_value, f"to: {self.to} belongs to a handover", "write kind: handover, or leave to: out"
            )
        return self

    @model_validator(mode="after")
    def _promised_later(self) -> DiaryEntry:
        if self.promise and self.promise.on < self.date:
            message = f"promised on {self.date} for {self.promise.on}, which was over by then"
            raise fault(Code.dates_order, message, "put the two days right")
        return self
