"""Which discount a line bears: its own, else the job's, else the client's; whatever way the job is charged."""

from __future__ import annotations

import pytest

from tests.book_text import CLIENTS, after_runs, book

# the client's, the job's and the line's → what 100.00 comes to
PRECEDENCE = {
    "none": ("", "", "", "100.00"),
    "the client's": ("10%", "", "", "90.00"),
    "the job's before the client's": ("10%", "20%", "", "80.00"),
    "the line's before both": ("10%", "20%", "30%", "70.00"),
    "a line's of nothing": ("10%", "20%", "0%", "100.00"),
    "a job's of nothing": ("10%", "0%", "", "100.00"),
    "an amount": ("10", "", "", "90.00"),
    "an amount before a share": ("10%", "", "5", "95.00"),
}


def of_acme(discount: str) -> str:
    return CLIENTS + (f"  discount: {discount}\n" if discount else "")


def key(discount: str) -> str:
    return f", discount: {discount}" if discount else ""


@pytest.mark.parametrize(("client", "job", "line", "net"), PRECEDENCE.values(), ids=PRECEDENCE.keys())
def test_the_most_particular_one_holds(client, job, line, net):
    jobs = f"web: {{client: acme, title: T, done: 2026-01-10{key(job)}, lines: [{{text: T, price: 100{key(line)}}}]}}"
    (invoice,) = after_runs(book(jobs=jobs, clients=of_acme(client)), ["2026-01-10"]).invoices
    assert str(invoice.totals.net) == net
    assert (invoice.lines[0].discount or 0) + invoice.lines[0].net == 100


# an agreement and what belongs to it → the gross, discount and net of each line that comes of it by 10 March
CHARGED = {
    "a deposit is a share of the discounted net, and is not discounted again": (
        "agreement: {kind: completion, deposit: 50%, deposit_on: 2026-01-05}\n"
        "  lines: [{text: T, price: 1000}]\n"
        "  done: 2026-02-10",
        [("450.00", None, "450.00"), ("1000", "100.00", "900.00")],
    ),
    "milestones": (
        "agreement: {kind: milestones, price: 1000, steps: [{name: A, share: 40%, on: 2026-01-10}, "
        "{name: B, share: 60%, on: 2026-02-10}]}",
        [("400.00", "40.00", "360.00"), ("600.00", "60.00", "540.00")],
    ),
    "recurring": (
        "agreement: {kind: recurring, every: month, starts: 2026-03-01}\n  lines: [{text: T, price: 50}]",
        [("50", "5.00", "45.00")],
    ),
    "prepaid": (
        "agreement: {kind: prepaid, on: 2026-03-01}\n  lines: [{text: T, price: 50}]",
        [("50", "5.00", "45.00")],
    ),
    "hours are, expenses and free hours are not": (
        "agreement: {kind: hourly, every: month, starts: 2026-02-01, rate: 60}\n"
        "  work: [{date: 2026-02-03, hours: 2, note: A}, {date: 2026-02-04, hours: 1, note: B, billable: false}]\n"
        "  expenses: [{date: 2026-02-05, text: Tren, amount: 40}]",
        [("120", "12.00", "108.00"), ("0", None, "0.00"), ("40", None, "40.00")],
    ),
    "a retainer's fee and its hours over": (
        "agreement: {kind: retainer, every: month, starts: 2026-02-01, fee: 900, hours: 1, extra_rate: 95}\n"
        "  work: [{date: 2026-02-03, hours: 3, note: A}]",
        [("900", "90.00", "810.00"), ("900", "90.00", "810.00"), ("190", "19.00", "171.00")],
    ),
    "work with a rate of its own, beside the lines": (
        "lines: [{text: T, price: 100}]\n  work: [{date: 2026-02-03, hours: 2, note: A, rate: 30}]\n  done: 2026-03-01",
        [("100", "10.00", "90.00"), ("60", "6.00", "54.00")],
    ),
}


@pytest.mark.parametrize(("agreed", "lines"), CHARGED.values(), ids=CHARGED.keys())
def test_each_way_of_charging_bears_it(agreed, lines):
    jobs = f"web:\n  client: acme\n  title: T\n  {agreed}\n"
    days = ["2026-01-05", "2026-01-10", "2026-02-01", "2026-02-10", "2026-03-01", "2026-03-10"]
    found = after_runs(book(jobs=jobs, clients=of_acme("10%")), days).invoices
    assert [
        (f"{line.quantity * line.price:f}", str(line.discount) if line.discount else None, str(line.net))
        for invoice in found
        for line in invoice.lines
    ] == lines
