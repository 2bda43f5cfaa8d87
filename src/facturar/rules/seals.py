"""Seals: what proves that an issued record was not changed, each chained to the one before it in its series."""

from __future__ import annotations

import hashlib
import json
from typing import TypeVar

from facturar.model.activity import Activity
from facturar.model.invoice import Invoice
from facturar.model.letter import Letter
from facturar.model.notice import Notice
from facturar.model.plain import plain
from facturar.model.quote import Quote
from facturar.model.receipt import Receipt
from facturar.model.record import Record
from facturar.model.statement import Statement

RecordT = TypeVar("RecordT", Invoice, Quote, Letter, Notice, Activity, Receipt, Statement)


def seal_of(record: Record) -> str:
    """SHA-256, lowercase hex, over the record without its seal as compact JSON.

    UTF-8, sorted keys, every scalar as the text that stands in the file: a reader needs only a YAML loader that
    leaves scalars alone to verify it.
    """
    facts = {key: value for key, value in plain(record).items() if key != "seal"}
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def sealed(record: RecordT) -> RecordT:
    """The record with its seal."""
    return record.model_copy(update={"seal": seal_of(record)})
