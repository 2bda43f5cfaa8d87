"""A month's report → the finished strings that its template shows. Adds nothing up and says nothing of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import groupby

from facturar.documents.aging_context import aging_text, name_of_client
from facturar.documents.bars import bar
from facturar.documents.report_text import (
    CollectedText,
    ExchangedText,
    IncomeMonthText,
    IncomeText,
    IssuedText,
    PayerText,
    PendingText,
    QuarterTaxText,
    QuarterText,
    ReportContext,
    ToBillText,
)
from facturar.documents.wording import wording_for
from facturar.model.book import Book
from facturar.model.money import Money
from facturar.plan.actions import Plan
from facturar.views.income import Income
from facturar.views.payers import Payer
from facturar.views.pending import Pending
from facturar.views.quarter import Quarter, QuarterTax
from facturar.views.report import MonthReport

_SHORT = 14
"""The length of a bar in a row that says more beside it."""


@dataclass(frozen=True)
class ReportFacts:
    """What a report is made from: the month, what was due to be billed on its last day, the book that names them."""

    month: MonthReport
    to_bill: Plan
    book: Book


def report_context(facts: ReportFacts, language: str) -> ReportContext:
    """The report of a month in a language."""
    return _Writer(facts, language).context()


class _Writer:
    """Writes the parts of one report in one language."""

    def __init__(self, facts: ReportFacts, language: str) -> None:
        self._facts, self._book = facts, facts.book
        self._wording = wording_for(language, facts.book.settings.business.address.country)

    def context(self) -> ReportContext:
        report, business = self._facts.month, self._book.settings.business
        late = [payer for payer in report.payers if payer.late > 0]
        return ReportContext(
            business=business.trade_name or business.name,
            month=self._wording.month(report.last),
            day=self._wording.day(report.last),
            ended=(report.last + timedelta(days=1)).day == 1,
            invoiced=self._sums(report.invoiced),
            collected=self._sums(report.collected),
            owed=self._sums([Money(total.balance, total.currency) for total in report.aging.totals]),
            to_bill=tuple(self._to_bill()),
            aging=aging_text(report.aging, self._book, self._wording),
            issued=tuple(self._issued(report)),
            payments=tuple(self._payments(report)),
            income=tuple(self._income(report.income)),
            payers=tuple(self._payer(payer, late[0]) for payer in late),
            on_time=bool(report.payers) and not late,
            quarter=self._quarter(report.quarter),
            pending=tuple(self._pending(item) for item in report.pending),
            exchanged=tuple(self._exchanged(report)),
            differences=self._sums(report.differences),
        )

    def _name(self, client: str) -> str:
        return name_of_client(client, self._book)

    def _sums(self, sums: Sequence[Money]) -> tuple[str, ...]:
        return tuple(self._wording.money(amount, currency) for amount, currency in sums)

    def _to_bill(self) -> Iterator[ToBillText]:
        plan = self._facts.to_bill
        for action in plan.actions:
            amount = self._wording.money(action.amount, action.currency) if action.amount and action.currency else ""
            yield ToBillText(self._name(action.client or ""), self._titles(action.job), amount)
        for skip in plan.skipped:
            if skip.held:
                yield ToBillText(self._name(skip.client or ""), self._titles(skip.job), "")

    def _titles(self, jobs: str | None) -> str:
        ids = jobs.split(", ") if jobs else []
        return ", ".join(self._book.jobs[job].title if job in self._book.jobs else job for job in ids)

    def _issued(self, report: MonthReport) -> Iterator[IssuedText]:
        for invoice in report.invoices:
            due = self._wording.short_day(max(part.date for part in invoice.due))
            day = self._wording.short_day(invoice.issued)
            amount = self._wording.money(invoice.totals.payable, invoice.currency)
            yield IssuedText(invoice.number, self._name(invoice.client), day, due, amount)

    def _payments(self, report: MonthReport) -> Iterator[CollectedText]:
        for received in report.received:
            if received.kind != "write_off":
                amount = self._wording.money(received.amount, received.currency)
                day = self._wording.short_day(received.date)
                yield CollectedText(day, self._name(received.client), received.reference or "", amount)

    def _exchanged(self, report: MonthReport) -> Iterator[ExchangedText]:
        for part in report.exchanged:
            sign = -1 if part.payment.kind == "refund" else 1
            yield ExchangedText(
                day=self._wording.short_day(part.payment.date),
                client=self._name(part.payment.client),
                number=part.invoice or "",
                amount=self._wording.money(sign * part.amount.amount, part.amount.currency),
                received=self._wording.money(sign * part.received.amount, part.received.currency),
                difference=self._wording.money(*part.difference) if part.difference else "",
            )

    def _income(self, months: Sequence[Income]) -> Iterator[IncomeText]:
        for currency, own in groupby(months, lambda month: month.currency):
            rows = list(own)
            largest = max(max(row.invoiced, row.collected) for row in rows)
            yield IncomeText(currency, tuple(self._income_month(row, largest) for row in rows))

    def _income_month(self, row: Income, largest: Decimal) -> IncomeMonthText:
        return IncomeMonthText(
            month=self._wording.short_month(row.month),
            invoiced=self._wording.figure(row.invoiced, row.currency),
            invoiced_bar=bar(row.invoiced, largest, _SHORT),
            collected=self._wording.figure(row.collected, row.currency),
            collected_bar=bar(row.collected, largest, _SHORT),
        )

    def _payer(self, payer: Payer, latest: Payer) -> PayerText:
        return PayerText(
            client=self._name(payer.client),
            invoices=str(payer.invoices),
            to_pay=str(payer.to_pay),
            late=str(payer.late),
            bar=bar(Decimal(payer.late), Decimal(latest.late), _SHORT),
        )

    def _quarter(self, quarter: Quarter) -> QuarterText:
        return QuarterText(
            number=str(quarter.number),
            year=str(quarter.first.year),
            since=self._wording.day(quarter.first),
            taxes=tuple(self._tax(tax) for tax in quarter.taxes),
        )

    def _tax(self, tax: QuarterTax) -> QuarterTaxText:
        has_rate = tax.kind == "exempt" or "%" in tax.label
        amount = -tax.amount if tax.kind == "withholding" else tax.amount
        return QuarterTaxText(
            name=tax.label if has_rate else f"{tax.label} {self._wording.percent(tax.percent)}",
            base=self._wording.money(tax.base, tax.currency),
            amount=self._wording.money(amount, tax.currency),
        )

    def _pending(self, item: Pending) -> PendingText:
        return PendingText(
            kind=item.kind,
            client=self._name(item.client),
            number=item.invoice or "",
            day=self._wording.day(item.day),
            amount=self._wording.money(item.amount, item.currency) if item.amount is not None else "",
            to=item.to or "",
        )
