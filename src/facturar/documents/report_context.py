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
class FactText:
    """A sum of the month: what it is, and how much."""

    name: str
    amount: str


@dataclass(frozen=True)
class AgingRowText:
    """A row of the aging table, or a total: its cells stand under the headers."""

    client: str
    currency: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class AgingText:
    """The aging table; empty amounts are empty strings."""

    headers: tuple[str, ...]
    rows: tuple[AgingRowText, ...]
    totals: tuple[AgingRowText, ...]


@dataclass(frozen=True)
class EntryText:
    """An invoice issued or a payment received; `due` belongs to invoices."""

    number: str
    client: str
    day: str
    due: str
    amount: str


@dataclass(frozen=True)
class ReportContext:
    """All that the report's template may use."""

    business: str
    month: str
    day: str
    totals: tuple[FactText, ...]
    aging: AgingText
    issued: tuple[EntryText, ...]
    collected: tuple[EntryText, ...]


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

    def facts(self, name: str, sums: Sequence[Money]) -> Iterator[FactText]:
        for amount, currency in sums:
            yield FactText(self._words[name], self._wording.money(amount, currency))

    def aging(self, table: Aging) -> AgingText:
        """The table; a column of credit only where somebody has any."""
        with_credit = any(row.credit for row in table.rows)
        names = (*table.buckets, *(("credit",) if with_credit else ()), "balance")
        headers = tuple(self._words.get(name, name.replace("-", "–")) for name in names)
        several = len(table.totals) > 1
        return AgingText(
            headers,
            tuple(self._row(row, with_credit, several) for row in table.rows),
            tuple(self._row(row, with_credit, several) for row in table.totals),
        )

    def _row(self, row: AgingRow, with_credit: bool, several: bool) -> AgingRowText:
        amounts = [*row.buckets.values(), *([-row.credit] if with_credit else []), row.balance]
        cells = tuple(self._wording.figure(amount, row.currency) if amount else "" for amount in amounts)
        name = self.name(row.client)
        return AgingRowText(f"{name} ({row.currency})" if several else name, row.currency, cells)

    def issued(self, report: MonthReport) -> Iterator[EntryText]:
        for invoice in report.invoices:
            due = self._wording.short_day(max(part.date for part in invoice.due))
            day = self._wording.short_day(invoice.issued)
            amount = self._wording.money(invoice.totals.payable, invoice.currency)
            yield EntryText(invoice.number, self.name(invoice.client), day, due, amount)

    def collected(self, report: MonthReport) -> Iterator[EntryText]:
        for received in report.received:
            if received.kind != "write_off":
                amount = self._wording.money(received.amount, received.currency)
                day = self._wording.short_day(received.date)
                yield EntryText(received.reference or "", self.name(received.client), day, "", amount)

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
