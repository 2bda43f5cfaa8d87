"""The records that facturar wrote, from invoices to statements: each in a file of its own, which its name claims.

Whether a record's seal and sums are right is for the rules to say.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TypeVar

from facturar.model.activity import Activity
from facturar.model.invoice import Invoice
from facturar.model.letter import Letter
from facturar.model.notice import Notice, in_order
from facturar.model.quote import Quote
from facturar.model.receipt import Receipt
from facturar.model.statement import Statement
from facturar.problems import Code, Problem
from facturar.store.intake import Intake
from facturar.store.layout import ACTIVITY, INVOICES, LETTERS, QUOTES, RECEIPTS, STATEMENTS, record_path
from facturar.store.scanning import record_files
from facturar.store.sources import Home
from facturar.store.yaml_text import Data

RecordT = TypeVar("RecordT", Invoice, Quote, Letter, Activity, Receipt, Statement)
NumberedT = TypeVar("NumberedT", Invoice, Quote)
DatedT = TypeVar("DatedT", Receipt, Statement)


def read_invoices(intake: Intake) -> tuple[Invoice, ...]:
    """Every invoice by day of issue, then number."""
    return _numbered(intake, str(INVOICES), Invoice)


def read_quotes(intake: Intake) -> tuple[Quote, ...]:
    """Every quote and pro forma by day of issue, then number."""
    return _numbered(intake, str(QUOTES), Quote)


def _numbered(intake: Intake, kind: str, model: type[NumberedT]) -> tuple[NumberedT, ...]:
    found = _records(intake, kind, model)
    for file, record in found:
        intake.settle((kind, record.number), Home(file))
        _check_name(intake, file, record_path(record, record.currency), (kind, record.number))
    return tuple(sorted((record for _, record in found), key=lambda record: (record.issued, record.number)))


def read_letters(intake: Intake, currency: str | None) -> tuple[tuple[Letter, ...], tuple[Notice, ...]]:
    """The letters of the ladder by date, then file, and the notices beside them, in their order.

    `currency` is the book's, which file names leave out; None when unknown.
    """
    found: list[tuple[str, Letter | Notice]] = []
    for file in record_files(intake.folder, str(LETTERS), intake.overrides):
        path = (str(LETTERS), PurePosixPath(file).stem)
        record = intake.record(_letter_or_notice, file, path)
        if record is None:
            continue
        found.append((file, record))
        intake.settle(path, Home(file))
        if currency:
            _check_name(intake, file, record_path(record, currency), path)
    by_date = sorted(found, key=lambda item: (item[1].date, PurePosixPath(item[0]).stem))
    return (
        tuple(record for _, record in by_date if isinstance(record, Letter)),
        in_order(record for _, record in by_date if isinstance(record, Notice)),
    )


def _letter_or_notice(data: Data) -> type[Letter] | type[Notice]:
    return Notice if isinstance(data, dict) and data.get("kind") == "notice" else Letter


def read_receipts(intake: Intake, currency: str | None) -> tuple[Receipt, ...]:
    """Every receipt by date, then file. `currency` is the book's, as above."""
    return _dated(intake, str(RECEIPTS), Receipt, currency)


def read_statements(intake: Intake, currency: str | None) -> tuple[Statement, ...]:
    """Every statement, likewise."""
    return _dated(intake, str(STATEMENTS), Statement, currency)


def _dated(intake: Intake, kind: str, model: type[DatedT], currency: str | None) -> tuple[DatedT, ...]:
    found = _records(intake, kind, model)
    for file, record in found:
        path = (kind, PurePosixPath(file).stem)
        intake.settle(path, Home(file))
        if currency:
            _check_name(intake, file, record_path(record, currency), path)
    return tuple(record for _, record in sorted(found, key=lambda item: (item[1].date, PurePosixPath(item[0]).stem)))


def read_activity(intake: Intake) -> tuple[Activity, ...]:
    """Every activity report in the order in which they were written."""
    found = _records(intake, str(ACTIVITY), Activity)
    for file, report in found:
        path = (str(ACTIVITY), PurePosixPath(file).stem)
        intake.settle(path, Home(file))
        _check_name(intake, file, record_path(report, report.currency), path)
    reports = (report for _, report in found)
    return tuple(sorted(reports, key=lambda report: (report.date, report.period.last, report.job, report.version or 1)))


def _records(intake: Intake, kind: str, model: type[RecordT]) -> list[tuple[str, RecordT]]:
    read = (
        (file, intake.record(model, file, (kind, PurePosixPath(file).stem)))
        for file in record_files(intake.folder, kind, intake.overrides)
    )
    return [(file, record) for file, record in read if record]


def _check_name(intake: Intake, file: str, claimed: PurePosixPath, path: tuple[str, str]) -> None:
    if file != str(claimed):
        message = f"this record is in {file}, but by what it says it is {claimed}"
        hint = "give the file its name back; a record is never edited"
        intake.problems.append(Problem(Code.file_name, message, hint, path))
