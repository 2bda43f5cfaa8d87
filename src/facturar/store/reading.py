"""A book from its folder: every file read, every problem of all of them together.

Rules are not run here; what they find is placed with `sources.located`.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from facturar.model.book import Book
from facturar.model.catalog import Item, Rate
from facturar.model.client import Client
from facturar.model.diary import DiaryEntry
from facturar.model.job import Job
from facturar.model.payment import Payment
from facturar.problems import Problem
from facturar.store.digests import Digests
from facturar.store.holidays import read_holidays
from facturar.store.intake import Intake
from facturar.store.journal import read_journal
from facturar.store.layout import ACTIVITY, INVOICES, LETTERS, QUOTES, RECEIPTS, STATEMENTS
from facturar.store.ledgers import read_list, read_mapping, read_regime, read_settings, refuse_misnamed
from facturar.store.records import (
    read_activity,
    read_invoices,
    read_letters,
    read_quotes,
    read_receipts,
    read_statements,
)
from facturar.store.scanning import faceless, report_months, waiting_mails
from facturar.store.sources import Sources, located

__all__ = ["Reading", "located", "read_book", "read_texts"]

_RECORDS = (INVOICES, QUOTES, LETTERS, ACTIVITY, RECEIPTS, STATEMENTS)
_LEDGERS = ("clients", "jobs", "payments", "diary", "catalog", "rates")


@dataclass(frozen=True)
class Reading:
    """What came of reading a folder.

    `book` has all that could be read; it is None without settings or regime. `problems` are placed, in the order of
    the files.
    """

    book: Book | None
    problems: tuple[Problem, ...]
    sources: Sources


def read_book(folder: Path, overrides: Mapping[str, str] | None = None) -> Reading:
    """The book of a folder. `overrides` are texts to read in place of files, by path relative to the folder."""
    return _read(Intake(folder, overrides or {}))


def read_texts(texts: Mapping[str, str]) -> Reading:
    """The book that these texts make, by the paths that they would have in its folder; no folder is looked at."""
    with TemporaryDirectory() as empty:
        return _read(Intake(Path(empty), texts))


def _read(intake: Intake) -> Reading:
    with _no_garbage_collection():
        book = _book(intake)
    sources = intake.sources()
    return Reading(book, tuple(located(intake.problems, sources)), sources)


def _book(intake: Intake) -> Book | None:
    refuse_misnamed(intake, _LEDGERS)
    settings = read_settings(intake)
    regime = read_regime(intake, settings.regime) if settings else None
    clients = read_mapping(intake, "clients", Client)
    jobs = read_mapping(intake, "jobs", Job)
    payments = read_list(intake, "payments", Payment)
    diary = read_list(intake, "diary", DiaryEntry)
    catalog = read_mapping(intake, "catalog", Item)
    rates = read_list(intake, "rates", Rate)
    invoices = read_invoices(intake)
    quotes = read_quotes(intake)
    letters, notices = read_letters(intake, settings.currency if settings else None)
    holidays = read_holidays(intake, settings, clients.values()) if settings else frozenset[date]()
    activity = read_activity(intake)
    journal = read_journal(intake)
    receipts = read_receipts(intake, settings.currency if settings else None)
    statements = read_statements(intake, settings.currency if settings else None)
    if settings is None or regime is None:
        return None
    return Book(
        settings=settings,
        regime=regime,
        clients=clients,
        jobs=jobs,
        payments=payments,
        diary=diary,
        catalog=catalog,
        rates=rates,
        invoices=invoices,
        quotes=quotes,
        letters=letters,
        notices=notices,
        activity=activity,
        receipts=receipts,
        statements=statements,
        faceless=frozenset().union(*(faceless(intake.folder, str(kind)) for kind in _RECORDS)),
        reports=report_months(intake.folder),
        journal=journal,
        outbox=waiting_mails(intake.folder),
        unread=frozenset(intake.unread),
        holidays=holidays,
        digests=Digests(intake.folder),
    )


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Python's collector off: among so many new values it would look for garbage again and again, and find none.

    Nor does it look among them afterwards: a book stays to the end of its command.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
