"""An activity report's record → the finished strings that its template shows. Adds nothing up; decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from facturar.documents.line_text import SectionText, section_texts
from facturar.documents.party_text import PartyText, country_of, party_text
from facturar.documents.people_text import PersonText, people_texts
from facturar.documents.wording import Wording, wording_for
from facturar.model.activity import Activity, HoursStatement, ReportedExpense, ReportedWork


@dataclass(frozen=True)
class WorkText:
    """Hours of a day: `by` is whose they are, `free` is not charged; `rate` is empty where the hours are in a price."""

    day: str
    text: str
    by: str
    hours: str
    rate: str
    free: bool


@dataclass(frozen=True)
class ExpenseText:
    """An expense at what it will be billed at."""

    day: str
    text: str
    amount: str


@dataclass(frozen=True)
class StatementText:
    """The hours of a retainer's period; `brought`, `extra` and `left` are empty when there are none."""

    period_from: str
    period_to: str
    included: str
    brought: str
    worked: str
    extra: str
    left: str


@dataclass(frozen=True)
class ActivityContext:
    """All that an activity report's template may use. What does not apply is empty.

    `approval` says that the client is asked to approve; `within` in how many days, `answer_by` until when if the
    report is sent on its day, and `silence_accepts` what no answer means.
    """

    job: str
    client: str
    title: str
    language: str
    currency: str
    seller: PartyText
    buyer: PartyText
    date: str
    period_from: str
    period_to: str
    version: str
    purchase_order: str
    work: tuple[WorkText, ...]
    has_rates: bool
    has_people: bool
    people: tuple[PersonText, ...]
    hours: str
    expenses: tuple[ExpenseText, ...]
    statement: StatementText | None
    sections: tuple[SectionText, ...]
    has_discounts: bool
    net: str
    prices_include_tax: bool
    approval: bool
    within: str
    answer_by: str
    silence_accepts: bool


def activity_context(report: Activity) -> ActivityContext:
    """The finished strings of a report, written for its reader's language and country."""
    return _Writer(report).context()


class _Writer:
    """Writes one report: holds its wording and currency, which every part needs."""

    def __init__(self, report: Activity) -> None:
        self.report = report
        self.wording: Wording = wording_for(report.language, country_of(report.buyer))

    def money(self, amount: Decimal) -> str:
        return self.wording.money(amount, self.report.currency)

    def context(self) -> ActivityContext:
        report, wording, asked = self.report, self.wording, self.report.approve
        within = asked.within if asked else None
        return ActivityContext(
            job=report.job,
            client=report.client,
            title=report.title,
            language=report.language,
            currency=report.currency,
            seller=party_text(report.seller, report.language, country_of(report.buyer)),
            buyer=party_text(report.buyer, report.language, country_of(report.seller)),
            date=wording.day(report.date),
            period_from=wording.day(report.period.first),
            period_to=wording.day(report.period.last),
            version=str(report.version or ""),
            purchase_order=report.purchase_order or "",
            work=tuple(self._work(work) for work in report.entries),
            has_people=any(work.by for work in report.entries),
            people=people_texts(((self._whose(work), work.hours) for work in report.entries), wording),
            has_rates=any(work.rate is not None for work in report.entries),
            hours=wording.hours(report.totals.hours) if report.entries else "",
            expenses=tuple(self._expense(expense) for expense in report.expenses),
            statement=self._statement(report.statement) if report.statement else None,
            sections=section_texts(report.lines, wording, report.currency),
            has_discounts=any(line.discount for line in report.lines),
            net=self.money(report.totals.net) if report.totals.net is not None else "",
            prices_include_tax=bool(report.prices_include_tax),
            approval=asked is not None,
            within=str(within) if within is not None else "",
            answer_by=wording.day(report.date + timedelta(days=within)) if within is not None else "",
            silence_accepts=asked is not None and asked.silence == "accepts",
        )

    def _whose(self, work: ReportedWork) -> str:
        """Whose hours they are: the seller's own, where nobody is named."""
        return work.by or self.report.seller.name

    def _work(self, work: ReportedWork) -> WorkText:
        return WorkText(
            day=self.wording.short_day(work.date),
            text=work.text,
            by=self._whose(work),
            hours=self.wording.hours(work.hours),
            rate=self.money(work.rate) if work.rate else "",
            free=work.rate == 0,
        )

    def _expense(self, expense: ReportedExpense) -> ExpenseText:
        return ExpenseText(self.wording.short_day(expense.date), expense.text, self.money(expense.amount))

    def _statement(self, statement: HoursStatement) -> StatementText:
        def unless_none(hours: Decimal) -> str:
            return self.wording.hours(hours) if hours else ""

        return StatementText(
            period_from=self.wording.day(statement.period.first),
            period_to=self.wording.day(statement.period.last),
            included=self.wording.hours(statement.included),
            brought=unless_none(statement.brought),
            worked=self.wording.hours(statement.worked),
            extra=unless_none(statement.extra),
            left=unless_none(statement.left),
        )
