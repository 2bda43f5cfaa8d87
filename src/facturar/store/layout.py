"""Where everything lives in a book. Only names: nothing here looks at a disk.

Paths are relative to the book's folder and use `/` on every system.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import NamedTuple

from facturar.model.invoice import Invoice
from facturar.model.letter import Letter

SETTINGS = PurePosixPath("facturar.yaml")
CATALOG = PurePosixPath("catalog.yaml")
RATES = PurePosixPath("rates.yaml")
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
OUTBOX = PurePosixPath("outbox")
SENT = PurePosixPath("sent")

WRITTEN = (INVOICES, QUOTES, RECEIPTS, ACTIVITY, LETTERS, STATEMENTS, REPORTS, OUTBOX, SENT)
"""The folders whose files facturar writes."""


class Faces(NamedTuple):
    """What is made from a record and stands beside it."""

    markdown: PurePosixPath
    pdf: PurePosixPath


class Report(NamedTuple):
    """The faces of a month's report."""

    markdown: PurePosixPath
    html: PurePosixPath
    pdf: PurePosixPath


def ledger_file(ledger: str) -> PurePosixPath:
    """The single file of a ledger: `jobs.yaml`."""
    return PurePosixPath(f"{ledger}.yaml")


def record_path(record: Invoice | Letter, currency: str) -> PurePosixPath:
    """The file that claims a record: by number and year of issue, or by the letter's day, client and step.

    `currency` is the book's: letters in another one have theirs in the name, as a client may be asked in two
    currencies on one day.
    """
    if isinstance(record, Invoice):
        return INVOICES / f"{record.issued.year:04d}" / f"{record.number}.yaml"
    name = f"{record.date.isoformat()}-{record.client}-{record.step}"
    other = "" if record.currency == currency else f"-{record.currency}"
    return LETTERS / f"{record.date.year:04d}" / f"{name}{other}.yaml"


def faces(record: PurePosixPath) -> Faces:
    """The faces of a record's file, in the order in which they are made."""
    return Faces(record.with_suffix(".md"), record.with_suffix(".pdf"))


def report(month: str) -> Report:
    """The files of a month's report; the month is written `2026-11`."""
    return Report(*(REPORTS / f"{month}{ending}" for ending in (".md", ".html", ".pdf")))
