"""The month's report as data: JSON with every part by its name, and CSV with a row for each figure."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping

from facturar.cli.output import text_of
from facturar.documents.report_context import ReportFacts
from facturar.model.money import Money
from facturar.views.aging import AgingRow


def _sums(sums: tuple[Money, ...]) -> list[dict[str, object]]:
    return [{"currency": currency, "amount": amount} for amount, currency in sums]


def _aged(row: AgingRow) -> dict[str, object]:
    return {"currency": row.currency, "buckets": dict(row.buckets), "credit": row.credit, "balance": row.balance}


def as_facts(facts: ReportFacts) -> dict[str, object]:
    """The report as JSON: every part by its name, figures as the rules gave them."""
    month, plan = facts.month, facts.to_bill
    return {
        "month": f"{month.last:%Y-%m}",
        "as_of": month.last,
        "invoiced": _sums(month.invoiced),
        "collected": _sums(month.collected),
        "to_bill": [
            {"client": a.client, "job": a.job, "amount": a.amount, "currency": a.currency, "reason": a.reason}
            for a in plan.actions
        ],
        "held": [{"client": s.client, "job": s.job, "reason": s.reason} for s in plan.skipped if s.held],
        "aging": {
            "buckets": month.aging.buckets,
            "rows": [{"client": row.client, **_aged(row)} for row in month.aging.rows],
            "totals": [_aged(row) for row in month.aging.totals],
        },
        "issued": [
            {
                "number": i.number,
                "client": i.client,
                "issued": i.issued,
                "due": max(part.date for part in i.due),
                "amount": i.totals.payable,
                "currency": i.currency,
            }
            for i in month.invoices
        ],
        "payments": [vars(entry) for entry in month.received],
        "income": [{**vars(row), "month": f"{row.month:%Y-%m}"} for row in month.income],
        "payers": [vars(payer) for payer in month.payers],
        "quarter": {
            "from": month.quarter.first,
            "to": month.quarter.last,
            "taxes": [vars(tax) for tax in month.quarter.taxes],
        },
        "pending": [vars(item) for item in month.pending],
    }


_CSV = ("part", "client", "subject", "date", "currency", "amount", "base", "days", "count")
_Row = Mapping[str, object]


def _rows(facts: ReportFacts) -> Iterator[_Row]:
    """The report in rows of one width: `part` says what each is; what does not apply is empty."""
    yield from _plan_rows(facts)
    yield from _aging_rows(facts)
    yield from _month_rows(facts)
    yield from _year_rows(facts)


def _plan_rows(facts: ReportFacts) -> Iterator[_Row]:
    month, plan = facts.month, facts.to_bill
    for what, sums in (("invoiced", month.invoiced), ("collected", month.collected)):
        yield from ({"part": what, "currency": currency, "amount": amount} for amount, currency in sums)
    for a in plan.actions:
        yield {"part": "to bill", "client": a.client, "subject": a.job, "currency": a.currency, "amount": a.amount}
    yield from ({"part": "held", "client": s.client, "subject": s.job} for s in plan.skipped if s.held)


def _aging_rows(facts: ReportFacts) -> Iterator[_Row]:
    for row in facts.month.aging.rows:
        for bucket, amount in row.buckets.items():
            yield {
                "part": "aging",
                "client": row.client,
                "subject": bucket,
                "currency": row.currency,
                "amount": amount,
            }
        yield {"part": "credit", "client": row.client, "currency": row.currency, "amount": row.credit}


def _month_rows(facts: ReportFacts) -> Iterator[_Row]:
    month = facts.month
    for i in month.invoices:
        yield {
            "part": "issued",
            "client": i.client,
            "subject": i.number,
            "date": i.issued,
            "currency": i.currency,
            "amount": i.totals.payable,
        }
    for r in month.received:
        yield {
            "part": r.kind,
            "client": r.client,
            "subject": r.reference,
            "date": r.date,
            "currency": r.currency,
            "amount": r.amount,
        }


def _year_rows(facts: ReportFacts) -> Iterator[_Row]:
    """What looks further back than the month: income, who pays when, the quarter; and what is pending."""
    month = facts.month
    for row in month.income:
        common: _Row = {"date": row.month, "currency": row.currency}
        yield {"part": "month invoiced", **common, "amount": row.invoiced}
        yield {"part": "month collected", **common, "amount": row.collected}
    for payer in month.payers:
        yield {"part": "days to pay", "client": payer.client, "days": payer.to_pay, "count": payer.invoices}
        yield {"part": "days late", "client": payer.client, "days": payer.late, "count": payer.invoices}
    for tax in month.quarter.taxes:
        subject = f"{tax.code} {tax.percent:f}%"
        yield {
            "part": tax.kind,
            "subject": subject,
            "currency": tax.currency,
            "base": tax.base,
            "amount": tax.amount,
        }
    for item in month.pending:
        yield {
            "part": item.kind,
            "client": item.client,
            "subject": item.invoice or item.to,
            "date": item.day,
            "currency": item.currency if item.amount is not None else None,
            "amount": item.amount,
        }


def print_csv(facts: ReportFacts) -> None:
    """The report as CSV on stdout."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_CSV)
    writer.writerows([[text_of(row.get(column)) for column in _CSV] for row in _rows(facts)])
