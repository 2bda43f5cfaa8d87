"""A month's report → the finished strings that its template shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from facturar.documents.wording import wording_for
from facturar.model.client import Client
from facturar.model.money import Money
from facturar.views.aging import Aging, AgingRow
from facturar.views.report import MonthReport


@dataclass(frozen=True)
class NamedAmount:
    """A sum of the month: what it is, and how much."""

    name: str
    amount: str


@dataclass(frozen=True)
class AgingRowText:
    """A client's row of the aging table; empty amounts are empty strings."""

    client: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class AgingTotalText:
    """The total of a currency."""

    currency: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class AgingText:
    """The aging table: the cells of each row stand under the headers."""

    headers: tuple[str, ...]
    rows: tuple[AgingRowText, ...]
    totals: tuple[AgingTotalText, ...]


@dataclass(frozen=True)
class IssuedText:
    """An invoice issued in the month."""

    number: str
    client: str
    day: str
    due: str
    amount: str


@dataclass(frozen=True)
class CollectedText:
    """A payment received in the month, and the invoice it named."""

    day: str
    client: str
    number: str
    amount: str


@dataclass(frozen=True)
class ReportContext:
    """All that the report's template may use."""

    business: str
    month: str
    day: str
    totals: tuple[NamedAmount, ...]
    aging: AgingText
    issued: tuple[IssuedText, ...]
    collected: tuple[CollectedText, ...]


_WORDS = {
    "es": {
        "invoiced": "Facturado",
        "collected": "Cobrado",
        "owed": "Pendiente de cobro",
        "current": "Sin vencer",
        "credit": "A favor",
        "balance": "Saldo",
    },
    "en": {
        "invoiced": "Invoiced",
        "collected": "Collected",
        "owed": "Owed to you",
        "current": "Not due",
        "credit": "Credit",
        "balance": "Balance",
    },
}


class _Writer:
    """Writes the parts of one report in one language."""

    def __init__(self, language: str, clients: Mapping[str, Client]) -> None:
        self._wording = wording_for(language)
        self._words = _WORDS.get(language, _WORDS["en"])
        self._clients = clients

    def name(self, client: str) -> str:
        found = self._clients.get(client)
        return (found.trade_name or found.name) if found else client

    def facts(self, name: str, sums: Sequence[Money]) -> Iterator[NamedAmount]:
        for amount, currency in sums:
            yield NamedAmount(self._words[name], self._wording.money(amount, currency))

    def aging(self, table: Aging) -> AgingText:
        """The table; a column of credit only where somebody has any."""
        with_credit = any(row.credit for row in table.rows)
        names = (*table.buckets, *(("credit",) if with_credit else ()), "balance")
        headers = tuple(self._words.get(name, name.replace("-", "–")) for name in names)
        several = len(table.totals) > 1
        return AgingText(
            headers,
            tuple(AgingRowText(self._row_name(row, several), self._cells(row, with_credit)) for row in table.rows),
            tuple(AgingTotalText(row.currency, self._cells(row, with_credit)) for row in table.totals),
        )

    def _row_name(self, row: AgingRow, several: bool) -> str:
        """The client, with the currency where the table has several."""
        return f"{self.name(row.client)} ({row.currency})" if several else self.name(row.client)

    def _cells(self, row: AgingRow, with_credit: bool) -> tuple[str, ...]:
        amounts = [*row.buckets.values(), *([-row.credit] if with_credit else []), row.balance]
        return tuple(self._wording.figure(amount, row.currency) if amount else "" for amount in amounts)

    def issued(self, report: MonthReport) -> Iterator[IssuedText]:
        for invoice in report.invoices:
            due = self._wording.short_day(max(part.date for part in invoice.due))
            day = self._wording.short_day(invoice.issued)
            amount = self._wording.money(invoice.totals.payable, invoice.currency)
            yield IssuedText(invoice.number, self.name(invoice.client), day, due, amount)

    def collected(self, report: MonthReport) -> Iterator[CollectedText]:
        for received in report.received:
            if received.kind != "write_off":
                amount = self._wording.money(received.amount, received.currency)
                day = self._wording.short_day(received.date)
                yield CollectedText(day, self.name(received.client), received.reference or "", amount)

    def context(self, report: MonthReport, business: str) -> ReportContext:
        owed = [Money(total.balance, total.currency) for total in report.aging.totals]
        return ReportContext(
            business=business,
            month=self._wording.month(report.last),
            day=self._wording.day(report.last),
            totals=(
                *self.facts("invoiced", report.invoiced),
                *self.facts("collected", report.collected),
                *self.facts("owed", owed),
            ),
            aging=self.aging(report.aging),
            issued=tuple(self.issued(report)),
            collected=tuple(self.collected(report)),
        )


def report_context(report: MonthReport, business: str, language: str, clients: Mapping[str, Client]) -> ReportContext:
    """The report of a month in a language; `business` is the name at its head."""
    return _Writer(language, clients).context(report, business)
