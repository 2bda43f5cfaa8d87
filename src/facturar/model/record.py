"""Every kind of record that facturar writes, and what is asked of any of them: its name and its day."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from facturar.model.activity import Activity, activity_name
from facturar.model.invoice import Invoice
from facturar.model.letter import Letter, letter_name
from facturar.model.notice import Notice, notice_name
from facturar.model.quote import Quote
from facturar.model.receipt import Receipt, receipt_name
from facturar.model.statement import Statement, statement_name

Record: TypeAlias = Invoice | Quote | Letter | Notice | Activity | Receipt | Statement


def record_name(record: Record, currency: str) -> str:
    """The name that its file has: the number of an invoice or a quote, another's name; `currency` is the book's."""
    match record:
        case Invoice() | Quote():
            return record.number
        case Letter():
            return letter_name(record, currency)
        case Notice():
            return notice_name(record)
        case Activity():
            return activity_name(record)
        case Receipt():
            return receipt_name(record, currency)
        case Statement():
            return statement_name(record, currency)


def mail_name(record: Record, currency: str) -> str:
    """The name of the e-mail that a record goes out by: its own name, which a report's and a letter's might share."""
    name = record_name(record, currency)
    return f"activity-{name}" if isinstance(record, Activity) else name


def record_day(record: Record) -> date:
    """The day that the record is of."""
    return record.issued if isinstance(record, Invoice | Quote) else record.date
