"""Which activity reports are to be written: one that is asked for, or those of the periods that have ended."""

from __future__ import annotations

from datetime import date

from facturar.model.activity import Activity, activity_name
from facturar.model.agreement import Hourly
from facturar.model.book import Book
from facturar.plan.actions import Action, Plan, Skip
from facturar.plan.invoices import Wanted, every_job
from facturar.rules.activity import Scope, activity_report, contents_of, last_day_to_report, lists_the_same
from facturar.rules.agreements import Billed, Subject, subject_of
from facturar.rules.approvals import terms_of_approval
from facturar.rules.customs import currency_of


def _scope(subject: Subject, book: Book, billed: Billed, today: date, until: date) -> Scope:
    return Scope(subject, billed, today, until, currency_of(subject.job, subject.client, book))


def _action(report: Activity) -> Action:
    return Action(
        kind="activity",
        document=activity_name(report),
        reason=f"{report.totals.hours.normalize():f} h up to {report.period.last}",
        client=report.client,
        job=report.job,
        amount=report.totals.net,
        currency=report.currency if report.totals.net is not None else None,
        record=report,
    )


def _refusal(report: Activity, before: tuple[Activity, ...]) -> str | None:
    """Why a report may not follow those that were written before."""
    if same := next((earlier for earlier in before if lists_the_same(earlier, report)), None):
        return f"{activity_name(same)} lists just this"
    if before and before[-1].period.last > report.period.last:
        return f"{activity_name(before[-1])} goes up to a later day already"
    if before and before[-1].date > report.date:
        return f"{activity_name(before[-1])} was written on {before[-1].date}: none may be dated before"
    return None


def plan_activity(book: Book, today: date, job_id: str, until: date) -> Plan:
    """The report of one job up to a day, or why there can be none."""
    job = book.jobs[job_id]
    subject = subject_of(job_id, job, book)
    scope = _scope(subject, book, Billed(book.invoices), today, until)
    contents = contents_of(scope)
    if not (contents.entries or contents.expenses):
        reason = f"up to {until} there is no work and no expense that is neither approved nor billed"
    else:
        report = activity_report(scope, contents, book)
        if not (refusal := _refusal(report, subject.reports)):
            return Plan(today, (_action(report),))
        reason = refusal
    return Plan(today, skipped=(Skip("activity", reason, job.client, job_id, held=True),))


def _day_due(subject: Subject, today: date) -> date | None:
    """The last day of the latest period that ended, unless a report goes up to it: what comes late is on the next."""
    until = last_day_to_report(subject.job, today)
    told = until and any(report.period.last >= until or report.date > today for report in subject.reports)
    return None if told else until


def _due(subject: Subject, book: Book, billed: Billed, today: date, until: date) -> Activity | None:
    """The report up to a day, if there is something to charge that no report lists yet just so."""
    scope = _scope(subject, book, billed, today, until)
    contents = contents_of(scope)
    report = activity_report(scope, contents, book) if contents.to_charge else None
    return None if report and any(lists_the_same(earlier, report) for earlier in subject.reports) else report


def plan_due_activity(book: Book, today: date, wanted: Wanted = every_job) -> Plan:
    """The reports of hourly jobs that the client approves, when a period has ended with something to charge."""
    subjects = (
        subject_of(job_id, job, book)
        for job_id, job in book.jobs.items()
        if isinstance(job.agreement, Hourly) and job.client in book.clients and wanted(job_id, job)
    )
    asked = (subject for subject in subjects if terms_of_approval(subject.job, subject.client))
    due = [(subject, until) for subject in asked if (until := _day_due(subject, today))]
    billed = Billed(book.invoices if due else ())
    reports = (_due(subject, book, billed, today, until) for subject, until in due)
    return Plan(today, tuple(_action(report) for report in reports if report))
