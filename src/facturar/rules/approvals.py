"""What a client has approved of a job: by word, all up to a day; by silence, no more than what a report showed.

Silence counts from the day on which the report was recorded as sent, and only if the report itself said so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from facturar.model.activity import Activity, activity_name
from facturar.model.agreement import Approval, Hourly
from facturar.model.client import Client
from facturar.model.job import ApprovalGiven, Job, ReportSent
from facturar.model.money import ZERO
from facturar.model.record import mail_name

_ONE_DAY = timedelta(days=1)


class Shown(NamedTuple):
    """What a report shows of something to be charged: its key, its rate or amount, and how many hours if it is work."""

    key: str
    charge: Decimal
    hours: Decimal = ZERO


def terms_of_approval(job: Job, client: Client) -> Approval | None:
    """How the client approves what is billed of a job; None when nobody has to."""
    if isinstance(job.agreement, Hourly) and job.agreement.approval:
        return job.agreement.approval
    return Approval() if "approval" in client.requires else None


@dataclass(frozen=True)
class Standing:
    """A report and what became of it by a day: when it was sent and when the client objected; None while neither."""

    report: Activity
    sent: date | None = None
    objected: date | None = None

    @property
    def name(self) -> str:
        """The report's name."""
        return activity_name(self.report)

    @cached_property
    def _listed(self) -> dict[tuple[str, Decimal], Decimal]:
        hours = {(w.key, w.rate): w.hours for w in self.report.entries if w.key and w.rate is not None}
        return hours | {(expense.key, expense.amount): ZERO for expense in self.report.expenses if expense.key}

    def shows(self, shown: Shown) -> bool:
        """Whether the report lists just this, or more hours of it."""
        return self._listed.get((shown.key, shown.charge), -1) >= shown.hours

    @property
    def answer_by(self) -> date | None:
        """The last day that the client has to answer; None before it is sent, and without a term."""
        asked = self.report.approve
        within = asked.within if asked else None
        return self.sent + timedelta(days=within) if self.sent and within is not None else None

    @property
    def accepted_on(self) -> date | None:
        """The day from which silence accepts it: the one after the term. None when silence does not."""
        asked, last = self.report.approve, self.answer_by
        return last + _ONE_DAY if asked and asked.silence == "accepts" and last and not self.objected else None


def _is_of(entry: ReportSent, report: Activity) -> bool:
    return (entry.until, entry.version) == (report.period.last, report.version)


def _standing(report: Activity, job: Job, mailed: Mapping[str, date], today: date) -> Standing:
    """A report is never sent before it is written, whatever the ledger says."""
    entries = [e for e in job.reports if _is_of(e, report) and report.date <= e.sent <= today]
    by_mail = mailed.get(mail_name(report, report.currency))
    days = [entry.sent for entry in entries] + [day for day in (by_mail,) if day and report.date <= day <= today]
    objections = [e.objected for e in entries if e.objected and e.objected <= today]
    return Standing(report, min(days, default=None), min(objections, default=None))


def standings(job: Job, reports: Iterable[Activity], mailed: Mapping[str, date], today: date) -> list[Standing]:
    """The reports of a job, as they stand on a day, in the order in which they were written.

    One was sent on the day that the job says or that it was `mailed`, by the name of its e-mail: on the first of them.
    """
    return [_standing(report, job, mailed, today) for report in reports if report.date <= today]


@dataclass(frozen=True)
class Approved:
    """What is approved of a job on a day: by word, and by silence to which reports."""

    by_word: tuple[ApprovalGiven, ...]
    by_silence: tuple[Standing, ...]
    everything: bool = False

    @property
    def until(self) -> date:
        """The last day whose entries are all approved, shown or not."""
        return date.max if self.everything else max((given.until for given in self.by_word), default=date.min)

    def covers(self, day: date, shown: Shown) -> bool:
        """Whether an entry of a day, under its key and at its charge, is approved."""
        return day <= self.until or any(standing.shows(shown) for standing in self.by_silence)

    def covers_free(self, day: date) -> bool:
        """Whether free work of a day may be shown: nobody approves it, it goes along with what is approved."""
        return day <= max([self.until, *(standing.report.period.last for standing in self.by_silence)])

    def word_for(self, day: date) -> ApprovalGiven | None:
        """The first word that approved a day."""
        return min((g for g in self.by_word if day <= g.until), key=lambda given: given.on, default=None)

    def silence_for(self, shown: Shown) -> Standing | None:
        """The first report with an entry that silence accepted."""
        return next((standing for standing in self.by_silence if standing.shows(shown)), None)


def approved_by(
    job: Job, client: Client, reports: Iterable[Activity], mailed: Mapping[str, date], today: date
) -> Approved:
    """What the client has approved of a job by a day; everything, when nobody has to. `mailed` as of `standings`."""
    given = tuple(given for given in job.approvals if given.on <= today)
    silent = (s for s in standings(job, reports, mailed, today) if s.accepted_on and s.accepted_on <= today)
    return Approved(given, tuple(silent), everything=terms_of_approval(job, client) is None)


def state_of(standing: Standing, job: Job, today: date) -> str:
    """The word for a report on a day: approved, accepted, objected, sent or written."""
    last, accepted = standing.report.period.last, standing.accepted_on
    if any(given.on <= today and given.until >= last for given in job.approvals):
        return "approved"
    if standing.objected:
        return "objected"
    if accepted and accepted <= today:
        return "accepted"
    return "sent" if standing.sent else "written"


@dataclass(frozen=True)
class Answer:
    """What the client's approval waits for; from which day on it does not, if that is known.

    `held`: it waits for you, not for the client.
    """

    reason: str
    since: date | None = None
    held: bool = False


def answer_awaited(standing: Standing, today: date) -> Answer:
    """Why what a report shows is not approved yet."""
    name, job, sent, last = standing.name, standing.report.job, standing.sent, standing.answer_by
    if standing.objected:
        reason = f"the client objected to {name} on {standing.objected}; once it is right: facturar activity {job}"
        return Answer(reason, held=True)
    if sent is None:
        return Answer(f"{name} is not sent yet; once it is: facturar sent {job}", held=True)
    if last is None:
        return Answer(f"{name} was sent on {sent}: the client has not answered yet")
    if today <= last:
        return Answer(f"{name} was sent on {sent}: the client has until {last}", standing.accepted_on)
    return Answer(f"{name} was sent on {sent} and the client's time ended on {last}: ask for a word", held=True)
