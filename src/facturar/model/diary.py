"""The diary: calls, promises, disputes and handovers, which decide whether a letter may go out."""

from __future__ import annotations

from typing import Literal

from facturar.model.scalars import Day, Entry, Id, Number, Text


class Promise(Entry):
    """The client said that they would pay by a day."""

    on: Day
    amount: Number | None = None


class DiaryEntry(Entry):
    """Something that happened with a client, about one invoice or about all."""

    date: Day
    client: Id
    kind: Literal["note", "call", "mail", "meeting", "dispute", "resolved", "handover"] = "note"
    invoice: Text | None = None
    note: Text | None = None
    promise: Promise | None = None
    to: Literal["lawyer", "agency", "court"] | None = None
