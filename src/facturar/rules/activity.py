"""Activity reports: what of a job is neither approved nor billed up to a day, and what it will come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from facturar.model.activity import Activity, Asked, HoursStatement, ReportedExpense, ReportedWork, ReportTotals
from facturar.model.agreement import Completion, Delivery, Hourly, Prepaid, Retainer, Span
from facturar.model.book import Book
from facturar.model.invoice import InvoiceLine, Period
from facturar.model.job import Expense, Job, Work
from facturar.model.money import ZERO
from facturar.rules.agreements import Billed, Subject
from facturar.rules.agreements.completion import all_lines
from facturar.rules.agreements.entries import OpenEntry, open_expenses
from facturar.rules.agreements.hourly import charged_lines, within_room
from facturar.rules.agreements.hourly_entries import HourlyEntries, rate_of
from facturar.rules.agreements.part import expense_line
from facturar.rules.agreements.retainer import reported
from facturar.rules.approvals import Approved, approved_by, terms_of_approval
from facturar.rules.customs import language_of
from facturar.rules.parties import buyer_of, seller_of
from facturar.rules.periods import latest_ended, periods
from facturar.rules.seals import sealed
from facturar.rules.totals import DraftLine, priced

_ONCE = {Completion: "done", Delivery: "delivered", Prepaid: "prepaid"}


@dataclass(frozen=True)
class Scope:
    """A job with what was billed of it, as it stands today, up to the day that a report of it goes to."""

    subject: Subject
    billed: Billed
    today: date
    until: date
    currency: str

    @property
    def approved(self) -> Approved:
        """What the client has approved by today."""
        return approved_by(self.subject.job, self.subject.client, self.subject.reports, self.subject.mailed, self.today)


@dataclass(frozen=True)
class Contents:
    """What a report lists, and the lines that it will be billed by."""

    entries: tuple[ReportedWork, ...] = ()
    expenses: tuple[ReportedExpense, ...] = ()
    statement: HoursStatement | None = None
    lines: tuple[DraftLine, ...] = ()

    @property
    def to_charge(self) -> bool:
        """Whether any of it is to be billed by itself: hours with a rate, or expenses."""
        return bool(self.expenses) or any(work.rate for work in self.entries)


def last_day_to_report(job: Job, today: date) -> date | None:
    """The day that a report goes up to if nobody says: of the latest period that ended, None while the first one runs.

    A job without periods is reported up to today.
    """
    if not isinstance(job.agreement, Span):
        return today
    ended = latest_ended(job.agreement, today)
    return ended.last if ended else None


def _period_first(job: Job, day: date) -> date | None:
    """The first day of the period that a day is in; of the last period, after that; None without periods."""
    first = None
    for period in periods(job.agreement) if isinstance(job.agreement, Span) else ():
        if first and period.first > day:
            break
        first = period.first
    return first


def _listed(work: Work, **facts: object) -> ReportedWork:
    """An entry of work; what is free has a rate of nothing."""
    rate = {"rate": ZERO} if not work.billable else {}
    return ReportedWork.model_validate(
        {"date": work.date, "text": work.note, "by": work.by, "hours": work.hours, **facts, **rate}
    )


def _spent(scope: Scope, entries: Iterable[OpenEntry]) -> tuple[ReportedExpense, ...]:
    """Expenses at what they will be billed at."""
    return tuple(
        ReportedExpense(
            date=open_.entry.date,
            text=open_.entry.text,
            amount=priced(expense_line(scope.subject, open_.entry, open_.rest), scope.currency).net,
            key=open_.key,
        )
        for open_ in entries
        if isinstance(open_.entry, Expense)
    )


def _hourly(scope: Scope, agreement: Hourly) -> Contents:
    """What is not approved, at its rates, as far as a cap has room for it; free work unless its period was billed."""
    subject, billed, currency = scope.subject, scope.billed, scope.currency
    found = HourlyEntries(subject, agreement, billed, scope.today, currency)

    def is_shown(open_: OpenEntry) -> bool:
        first = _period_first(subject.job, open_.entry.date)
        return open_.entry.date <= scope.until and bool(open_.key or f"{subject.id}:{first}" not in billed)

    entries = [open_ for open_ in (found.open if found.approved.everything else found.pending) if is_shown(open_)]
    lines = charged_lines(subject, agreement, entries)
    if agreement.cap is not None:
        lines = within_room(
            lines,
            subject.id,
            agreement.cap - billed.charged(subject.id, with_tax=subject.job.prices_include_tax),
            currency,
        )
    work = (
        _listed(open_.entry, hours=open_.rest, rate=rate_of(open_.entry, agreement), key=open_.key)
        for open_ in entries
        if isinstance(open_.entry, Work)
    )
    return Contents(tuple(work), _spent(scope, entries), lines=lines)


def _unapproved_work(scope: Scope) -> tuple[Work, ...]:
    """The work up to a day, of its period or of the whole job, that no word of the client has approved."""
    approved = scope.approved
    first = _period_first(scope.subject.job, scope.until) or date.min
    return tuple(
        work
        for work in scope.subject.job.work
        if first <= work.date <= scope.until and (approved.everything or work.date > approved.until)
    )


def _retainer(scope: Scope, agreement: Retainer) -> Contents:
    """The period's work beside its statement; what it comes to are the hours over and the expenses."""
    statement, lines = reported(scope.subject, agreement, scope.billed, scope.until)
    spent = (open_ for open_ in open_expenses(scope.subject, scope.billed) if open_.entry.date <= scope.until)
    return Contents(
        tuple(_listed(work) for work in _unapproved_work(scope)),
        _spent(scope, spent),
        HoursStatement(**vars(statement)) if statement else None,
        lines,
    )


def _as_a_whole(scope: Scope) -> Contents:
    """Of a job that is billed at once: all its work and expenses up to a day, if any of it is new to the client."""
    subject, job, approved = scope.subject, scope.subject.job, scope.approved
    if f"{subject.id}:{_ONCE[type(job.agreement)]}" in scope.billed:
        return Contents()
    work = tuple(work for work in job.work if work.date <= scope.until)
    expenses = tuple(expense for expense in job.expenses if expense.date <= scope.until)
    days = [*(entry.date for entry in work), *(expense.date for expense in expenses)]
    if not approved.everything and all(day <= approved.until for day in days):
        return Contents()
    so_far = replace(subject, job=job.model_copy(update={"work": work, "expenses": expenses}))
    spent = (OpenEntry(expense, expense.amount, None) for expense in expenses)
    listed = tuple(_listed(entry, rate=entry.rate) for entry in work)
    return Contents(listed, _spent(scope, spent), lines=all_lines(so_far, scope.until))


def contents_of(scope: Scope) -> Contents:
    """What of a job is neither approved nor billed, up to a day."""
    match scope.subject.job.agreement:
        case Hourly() as agreement:
            return _hourly(scope, agreement)
        case Retainer() as agreement:
            return _retainer(scope, agreement)
        case Completion() | Delivery() | Prepaid():
            return _as_a_whole(scope)
        case _:
            return Contents(tuple(_listed(work) for work in _unapproved_work(scope)))


def _asked(subject: Subject) -> Asked | None:
    """What the client is asked; nothing, when nobody has to approve."""
    terms = terms_of_approval(subject.job, subject.client)
    return Asked(within=terms.within, silence=terms.silence) if terms else None


def _totals(contents: Contents, lines: tuple[InvoiceLine, ...]) -> ReportTotals:
    hours = sum((work.hours for work in contents.entries), ZERO)
    return ReportTotals(hours=hours, net=sum((line.net for line in lines), ZERO) if lines else None)


def activity_report(scope: Scope, contents: Contents, book: Book) -> Activity:
    """The sealed record of a report written today, chained to the one before it of its job."""
    subject, job, client = scope.subject, scope.subject.job, scope.subject.client
    before = subject.reports[-1] if subject.reports else None
    lines = tuple(priced(line, scope.currency).model_copy(update={"taxes": ()}) for line in contents.lines)
    days = [*(work.date for work in contents.entries), *(expense.date for expense in contents.expenses)]
    return sealed(
        Activity(
            job=subject.id,
            client=job.client,
            title=job.title,
            date=scope.today,
            period=Period(first=min([*days, _period_first(job, scope.until) or scope.until]), last=scope.until),
            version=(before.version or 1) + 1 if before and before.period.last == scope.until else None,
            language=language_of(client, book),
            seller=seller_of(book.settings.business),
            buyer=buyer_of(client),
            purchase_order=job.purchase_order,
            currency=scope.currency,
            entries=tuple(sorted(contents.entries, key=lambda work: work.date)),
            expenses=tuple(sorted(contents.expenses, key=lambda expense: expense.date)),
            statement=contents.statement,
            lines=lines,
            prices_include_tax=job.prices_include_tax or None,
            totals=_totals(contents, lines),
            approve=_asked(subject),
            previous=before.seal if before else None,
        )
    )


def lists_the_same(one: Activity, other: Activity) -> bool:
    """Whether two reports show the client the same."""
    return all(
        getattr(one, name) == getattr(other, name) for name in ("entries", "expenses", "statement", "lines", "approve")
    )
