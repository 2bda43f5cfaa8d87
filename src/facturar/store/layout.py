"""Where everything lives in a book. Only names: nothing here looks at a disk.

Paths are relative to the book's folder and use `/` on every system.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import NamedTuple

from facturar.model.activity import Activity
from facturar.model.invoice import Invoice
from facturar.model.letter import Letter
from facturar.model.notice import Notice
from facturar.model.quote import Quote
from facturar.model.receipt import Receipt
from facturar.model.record import Record, record_name
from facturar.model.statement import Statement

SETTINGS = PurePosixPath("facturar.yaml")
TEMPLATES = PurePosixPath("templates")

LEDGERS: Mapping[str, type] = MappingProxyType({"clients": dict, "jobs": dict, "payments": list, "diary": list})
"""The ledgers that may be one file or a folder of files, and whether each is a mapping or a list."""

STATE = PurePosixPath(".facturar")
"""Cache and lock, ignored by git."""
LOCK = STATE / "lock"

INVOICES = PurePosixPath("invoices")
QUOTES = PurePosixPath("quotes")
RECEIPTS = PurePosixPath("receipts")
ACTIVITY = PurePosixPath("activity")
LETTERS = PurePosixPath("letters")
STATEMENTS = PurePosixPath("statements")
REPORTS = PurePosixPath("reports")
DOSSIERS = PurePosixPath("dossiers")
OUTBOX = PurePosixPath("outbox")
SENT = PurePosixPath("sent")
JOURNAL = SENT / "journal.jsonl"
"""What became of each e-mail."""

WRITTEN = (INVOICES, QUOTES, RECEIPTS, ACTIVITY, LETTERS, STATEMENTS, REPORTS, DOSSIERS, OUTBOX, SENT)
"""The folders whose files facturar writes."""


class Report(NamedTuple):
    """The faces of a month's report."""

    markdown: PurePosixPath
    html: PurePosixPath
    pdf: PurePosixPath


def ledger_file(ledger: str) -> PurePosixPath:
    """The single file of a ledger: `jobs.yaml`."""
    return PurePosixPath(f"{ledger}.yaml")


def record_path(record: Record, currency: str) -> PurePosixPath:
    """The file that claims a record: by its year, and its number or name; `currency` is the book's."""
    match record:
        case Invoice():
            folder, day = INVOICES, record.issued
        case Quote():
            folder, day = QUOTES, record.issued
        case Letter() | Notice():
            folder, day = LETTERS, record.date
        case Activity():
            folder, day = ACTIVITY, record.period.last
        case Receipt():
            folder, day = RECEIPTS, record.date
        case Statement():
            folder, day = STATEMENTS, record.date
    return folder / f"{day.year:04d}" / f"{record_name(record, currency)}.yaml"


def waiting_mail(mail: str) -> PurePosixPath:
    """The file of an e-mail that waits, by its name."""
    return OUTBOX / f"{mail}.eml"


def sent_mail(mail: str, year: int) -> PurePosixPath:
    """The file of an e-mail that was sent in a year."""
    return SENT / f"{year:04d}" / f"{mail}.eml"


def report(month: str) -> Report:
    """The files of a month's report; the month is written `2026-11`."""
    return Report(*(REPORTS / f"{month}{ending}" for ending in (".md", ".html", ".pdf")))
