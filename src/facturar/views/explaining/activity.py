"""An activity report explained: what it lists and from where, what it comes to, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from facturar.model.activity import Activity, ReportedExpense, ReportedWork, activity_name
from facturar.model.book import Book
from facturar.model.job import Job
from facturar.problems import KeyPath
from facturar.rules.approvals import answer_awaited, standings, state_of
from facturar.rules.origins import Paths
from facturar.rules.seals import seal_of
from facturar.views.explaining.reason import Reason


def explained_activity(report: Activity, book: Book, today: date, *, would: bool = False) -> Reason:
    """The report as of a day. `would`: it is not written yet; then the book is as a plan would leave it."""
    name, job = activity_name(report), book.jobs.get(report.job)
    when = f"would be written on {report.date}" if would else f"of {report.date}"
    parts = (
        *(_work(work, report, job) for work in report.entries),
        *(_expense(expense, report, job) for expense in report.expenses),
        *_total(report),
        *_asked(report, book),
        *(_answer(report, job, book, today) if job else ()),
        _seal(report),
    )
    because = f"activity of {report.job} up to {report.period.last}, {when}: neither approved nor billed on that day"
    return Reason(name, report.totals.net, because, at=() if would else (("activity", name),), parts=parts)


def _work(work: ReportedWork, report: Activity, job: Job | None) -> Reason:
    entries = enumerate(job.work if job else ())
    at: Paths = tuple(
        ("jobs", report.job, "work", i) for i, e in entries if (e.date, e.note) == (work.date, work.text)
    )[:1]
    rate = "in the price" if work.rate is None else f"at {work.rate}" if work.rate else "free"
    gone = "" if at else "; the job has no such entry now"
    return Reason(work.text, f"{work.hours} h", f"{work.date}, {rate}{gone}", at=at)


def _expense(expense: ReportedExpense, report: Activity, job: Job | None) -> Reason:
    entries = enumerate(job.expenses if job else ())
    at: Paths = tuple(
        ("jobs", report.job, "expenses", i) for i, e in entries if (e.date, e.text) == (expense.date, expense.text)
    )[:1]
    return Reason(expense.text, expense.amount, f"{expense.date}, its amount with its markup", at=at)


def _total(report: Activity) -> Iterator[Reason]:
    if report.totals.net is not None:
        taxed = "tax included" if report.prices_include_tax else "before tax"
        lines = " + ".join(str(line.net) for line in report.lines)
        yield Reason("total", report.totals.net, f"{lines}, {taxed}")


def _asked(report: Activity, book: Book) -> Iterator[Reason]:
    """What the report asked the client for, and where that is agreed now."""
    if report.approve is None:
        yield Reason("approval", because="none is asked: it is for information")
        return
    job = book.jobs.get(report.job)
    agreed = job is not None and getattr(job.agreement, "approval", None)
    at: KeyPath = ("jobs", report.job, "agreement", "approval") if agreed else ("clients", report.client, "requires")
    days = report.approve.within
    within = f"within {days} days of being sent" if days is not None else "at any time"
    yield Reason("approval", f"silence {report.approve.silence}", f"to be given {within}", at=(at,))


def _answer(report: Activity, job: Job, book: Book, today: date) -> Iterator[Reason]:
    """What became of it by a day, and where that was noted."""
    notes: KeyPath = ("jobs", report.job, "reports")
    for standing in standings(job, (report,), book.mailed, today):
        state = state_of(standing, job, today)
        at: Paths = (notes,) if standing.sent and job.reports else ()
        if state == "accepted":
            yield Reason("state", state, f"nobody objected by {standing.answer_by}: sent on {standing.sent}", at=at)
        elif state == "approved":
            given = next(given for given in job.approvals if given.until >= report.period.last and given.on <= today)
            index = job.approvals.index(given)
            yield Reason("state", state, f"by {given.by} on {given.on}", at=(("jobs", report.job, "approvals", index),))
        elif report.approve:
            yield Reason("state", state, answer_awaited(standing, today).reason, at=at)


def _seal(report: Activity) -> Reason:
    whole = "fits the record" if seal_of(report) == report.seal else "does not fit: the record was changed"
    last = "chained to the report before it" if report.previous else "the first of its job"
    return Reason("seal", f"{report.seal[:12]}…", f"{whole}; {last}")
