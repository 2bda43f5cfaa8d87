"""The entries of an hourly job that are still to be billed: which of them the client has approved, and what waits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from facturar.model.agreement import Hourly
from facturar.model.dated import price_on
from facturar.model.invoice import Annex, AnnexEntry
from facturar.model.job import ApprovalGiven, Work
from facturar.model.money import ZERO
from facturar.rules.agreements.billed import Billed
from facturar.rules.agreements.entries import OpenEntry, open_expenses, open_work
from facturar.rules.agreements.part import Subject, Waiting, expense_line
from facturar.rules.approvals import Approved, Shown, Standing, answer_awaited, approved_by, standings
from facturar.rules.periods import latest_ended
from facturar.rules.totals import priced


def rate_of(work: Work, agreement: Hourly) -> Decimal:
    """The rate of an entry: its own, which may be nothing, else the agreement's on its day."""
    return work.rate if work.rate is not None else price_on(agreement.rate, work.date) or ZERO


@dataclass(frozen=True)
class HourlyEntries:
    """The entries of an hourly job on a day, with what was billed of it; `currency` is the one it is billed in."""

    subject: Subject
    agreement: Hourly
    billed: Billed
    today: date
    currency: str

    @cached_property
    def approved(self) -> Approved:
        """What the client has approved by the day."""
        return approved_by(self.subject.job, self.subject.client, self.subject.reports, self.subject.mailed, self.today)

    @cached_property
    def open(self) -> tuple[OpenEntry, ...]:
        """The work and expenses of the agreement's days that are not billed, and all its free work."""
        first, last = self.agreement.starts, self.agreement.ends or date.max
        work = open_work(self.subject, self.billed, self.agreement.round)
        entries = (*work, *open_expenses(self.subject, self.billed))
        return tuple(open_ for open_ in entries if first <= open_.entry.date <= last)

    @cached_property
    def covered(self) -> tuple[OpenEntry, ...]:
        """The open entries that may be billed."""
        return self._divided[0]

    @cached_property
    def pending(self) -> tuple[OpenEntry, ...]:
        """The open entries that the client has not approved yet."""
        return self._divided[1]

    def shown(self, open_: OpenEntry) -> Shown | None:
        """What a report shows of an entry: its key, and its rate or amount; None of free work."""
        if open_.key is None:
            return None
        if isinstance(open_.entry, Work):
            return Shown(open_.key, rate_of(open_.entry, self.agreement), open_.rest)
        return Shown(open_.key, priced(expense_line(self.subject, open_.entry, open_.rest), self.currency).net)

    @cached_property
    def _divided(self) -> tuple[tuple[OpenEntry, ...], tuple[OpenEntry, ...]]:
        """What follows an entry that waits, on its day, waits too: a day is billed up to some hours, in their order."""
        covered: list[OpenEntry] = []
        pending: list[OpenEntry] = []
        stopped = set()
        for open_ in self.open:
            day = (open_.entry.date, type(open_.entry))
            if self._is_covered(open_) and not (open_.key and day in stopped):
                covered.append(open_)
            else:
                pending.append(open_)
                stopped |= {day} if open_.key else set()
        return tuple(covered), tuple(pending)

    def _is_covered(self, open_: OpenEntry) -> bool:
        shown, day = self.shown(open_), open_.entry.date
        return self.approved.covers(day, shown) if shown else self.approved.covers_free(day)

    def waiting(self) -> Iterator[Waiting]:
        """Why what is not approved waits: for the answer to a report, or for one that shows it.

        Of the period that still runs, only what a report has shown.
        """
        stands = standings(self.subject.job, self.subject.reports, self.subject.mailed, self.today)
        ended = latest_ended(self.agreement, self.today)
        charged = [(open_.entry.date, shown) for open_ in self.pending if (shown := self.shown(open_))]
        told = {shown for _, shown in charged if stands and stands[-1].shows(shown)}
        if told:
            answer = answer_awaited(stands[-1], self.today)
            yield Waiting(answer.reason, answer.since, answer.held)
        if any(shown not in told and ended and day <= ended.last for day, shown in charged):
            since = f"work or expenses entered since {stands[-1].name} wait for the next report" if stands else None
            yield Waiting(since or "work or expenses wait for the client's approval: their report comes first")

    def annexes(self, entries: Iterable[OpenEntry]) -> tuple[Annex, ...]:
        """Who approved some entries and when, if the job wants it behind its invoices."""
        if "approval" not in self.subject.job.annexes or self.approved.everything:
            return ()
        rows = (self._approval(open_) for open_ in entries if open_.key)
        found = tuple(dict.fromkeys(row for row in rows if row))
        return (Annex(kind="approval", entries=found),) if found else ()

    def _approval(self, open_: OpenEntry) -> AnnexEntry | None:
        shown = self.shown(open_)
        standing = self.approved.silence_for(shown) if shown else None
        if given := self.approved.word_for(open_.entry.date):
            known = self._report_before(given, shown)
            about = {"report": known.name, "report_seal": known.report.seal} if known else {}
            return AnnexEntry(date=given.on, text=given.by, until=given.until, **about)
        if standing and standing.accepted_on:
            last, seal = standing.report.period.last, standing.report.seal
            return AnnexEntry(
                date=standing.accepted_on,
                text=standing.name,
                until=last,
                sent=standing.sent,
                report=standing.name,
                report_seal=seal,
            )
        return None

    def _report_before(self, given: ApprovalGiven, shown: Shown | None) -> Standing | None:
        """The last report that showed an entry by the day on which the client approved it."""
        stands = standings(self.subject.job, self.subject.reports, self.subject.mailed, given.on)
        known = [standing for standing in stands if shown and standing.shows(shown)]
        return known[-1] if known else None
