"""One invoice a client and month: what falls due in it, as sections, the same whenever the run was."""

from __future__ import annotations

from datetime import date

import pytest

from facturar.plan.invoices import plan_invoices
from facturar.rules.checks import check_book
from tests.book_text import CLIENTS, after_runs, book, issued

CLIENT = CLIENTS + "  invoice_per: client\n"
JOBS = """
web: {client: acme, title: Web, done: 2026-10-05, purchase_order: A-1, lines: [{text: Web, price: 100}]}
host:
  client: acme
  title: Hosting
  agreement: {kind: recurring, starts: 2026-10-20, every: month}
  lines: [{text: Hosting, price: 20}]
logo: {client: acme, title: Logo, done: 2026-11-30, purchase_order: A-2, lines: [{text: Logo, price: 300}]}
"""
MONTHS = [
    ("2026-10-31", ("web:done", "host:2026-10-20"), "120.00"),
    ("2026-11-30", ("host:2026-11-20", "logo:done"), "320.00"),
]


def told(start):
    return [(str(i.issued), i.covers, str(i.totals.net)) for i in start.invoices]


def test_each_month_is_one_invoice_on_its_last_day():
    start = after_runs(book(jobs=JOBS, clients=CLIENT), ["2026-10-15", "2026-10-31", "2026-11-15", "2026-11-30"])
    assert told(start) == MONTHS
    assert check_book(start, date(2026, 11, 30)) == []


def test_after_missed_runs_each_month_is_still_by_itself():
    start = after_runs(book(jobs=JOBS, clients=CLIENT), ["2026-12-15"])
    assert [(covers, net) for _, covers, net in told(start)] == [(covers, net) for _, covers, net in MONTHS]


def test_jobs_are_sections_and_their_orders_are_named():
    invoice = after_runs(book(jobs=JOBS, clients=CLIENT), ["2026-10-31"]).invoices[0]
    assert [line.section for line in invoice.lines] == ["Web", "Hosting"]
    assert invoice.job == ("web", "host")
    assert invoice.purchase_order == "A-1"
    assert invoice.period is None


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-10-24", []),
        ("2026-10-25", ["120.00"]),
        ("2026-11-25", ["120.00", "20.00"]),
        ("2026-12-25", ["120.00", "20.00", "320.00"]),
    ],
)
def test_a_billing_day(day, expected):
    clients = CLIENT + "  billing_day: 25\n"
    plan = plan_invoices(book(jobs=JOBS, clients=clients), date.fromisoformat(day))
    assert [str(invoice.totals.net) for invoice in issued(plan)] == expected


def test_what_is_being_gathered_is_told_with_its_day():
    plan = plan_invoices(book(jobs=JOBS, clients=CLIENT), date(2026, 10, 21))
    assert [(s.job, str(s.since)) for s in plan.skipped if "gathered" in s.reason] == [("web, host", "2026-10-31")]


def test_a_deposit_is_not_gathered():
    jobs = """
    web:
      client: acme
      title: Web
      agreement: {kind: completion, deposit: 30%, deposit_on: 2026-10-02}
      lines: [{text: Web, price: 100}]
    """
    start = after_runs(book(jobs=jobs, clients=CLIENT), ["2026-10-05"])
    assert [invoice.kind for invoice in start.invoices] == ["deposit"]
