"""The book: all that a folder says, in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from facturar.model.activity import Activity
from facturar.model.catalog import Item, Rate
from facturar.model.client import Client
from facturar.model.diary import DiaryEntry
from facturar.model.invoice import Invoice
from facturar.model.job import Job
from facturar.model.letter import Letter
from facturar.model.notice import Notice
from facturar.model.payment import Payment
from facturar.model.posting import JournalLine, Posted, posted_by_mail
from facturar.model.quote import Quote
from facturar.model.receipt import Receipt
from facturar.model.record import Record
from facturar.model.regime import Regime
from facturar.model.settings import Settings
from facturar.model.statement import Statement
from facturar.problems import KeyPath


@dataclass(frozen=True)
class Book:
    """A book as it was read. `invoices` and `quotes` hold every numbered document by issue.

    `letters` (of the ladder), `notices` (any other letter), `activity` (reports), `receipts` and `statements` by date.

    `faceless` names the documents of which a face is missing, and `reports` the months (2026-11) that have a report.
    `journal` is what became of e-mails, and `outbox` names those that lie there.
    `unread` has the key paths of entries that are there but could not be read, so that nothing that refers to them is
    called unknown. `holidays` are the days that are no business days, weekends aside, if the book asks for any.
    `digests` are the SHA-256 of its files, by path; it has none of a file that is not there.
    """

    settings: Settings
    regime: Regime
    clients: Mapping[str, Client] = field(default_factory=dict)
    jobs: Mapping[str, Job] = field(default_factory=dict)
    payments: tuple[Payment, ...] = ()
    diary: tuple[DiaryEntry, ...] = ()
    catalog: Mapping[str, Item] = field(default_factory=dict)
    rates: tuple[Rate, ...] = ()
    invoices: tuple[Invoice, ...] = ()
    quotes: tuple[Quote, ...] = ()
    letters: tuple[Letter, ...] = ()
    notices: tuple[Notice, ...] = ()
    activity: tuple[Activity, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    statements: tuple[Statement, ...] = ()
    faceless: frozenset[str] = frozenset()
    reports: frozenset[str] = frozenset()
    journal: tuple[JournalLine, ...] = ()
    outbox: tuple[str, ...] = ()
    unread: frozenset[KeyPath] = frozenset()
    holidays: frozenset[date] = frozenset()
    digests: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def reports_of(self) -> Mapping[str, tuple[Activity, ...]]:
        """The activity reports of each job that has any, in the order in which they were written."""
        found: dict[str, list[Activity]] = {}
        for report in self.activity:
            found.setdefault(report.job, []).append(report)
        return {job: tuple(reports) for job, reports in found.items()}

    @cached_property
    def posted(self) -> Mapping[str, Posted]:
        """What the journal knows of each e-mail, by its name."""
        return posted_by_mail(self.journal)

    @cached_property
    def mailed(self) -> Mapping[str, date]:
        """The day on which each e-mail was first sent, of those that were."""
        return {mail: posted.sent for mail, posted in self.posted.items() if posted.sent}

    @property
    def records(self) -> tuple[Record, ...]:
        """Every record of the book."""
        before: tuple[Record, ...] = (*self.invoices, *self.quotes, *self.letters, *self.notices)
        return (*before, *self.activity, *self.receipts, *self.statements)
