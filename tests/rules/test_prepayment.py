"""Work on a job that is to be paid up front: said while the money is not there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from facturar.model.payment import Payment
from facturar.rules.prepayment import work_before_payment
from facturar.views.status import attention
from tests.book_text import after_runs, book

JOB = """
curso:
  client: acme
  title: Curso
  agreement: {kind: prepaid, on: 2026-02-01}
  lines: [{text: Curso, price: 400}]
  work: [{date: 2026-02-10, hours: 2, note: Temario}]
"""
RUN = ["2026-02-01"]

# the runs, what was paid, the day → what is said
SAID = {
    "before the work": (RUN, None, "2026-02-09", []),
    "not invoiced yet": (
        [],
        None,
        "2026-02-10",
        ["work before it is paid: its invoice is still to be issued, from 2026-02-01 on"],
    ),
    "invoiced and open": (RUN, None, "2026-02-10", ["work before it is paid: 424.00 EUR of F-2026-0001 are open"]),
    "paid in part": (RUN, "400", "2026-02-10", ["work before it is paid: 24.00 EUR of F-2026-0001 are open"]),
    "paid": (RUN, "424", "2026-02-10", []),
}


@pytest.mark.parametrize(("runs", "paid", "day", "expected"), SAID.values(), ids=SAID.keys())
def test_says(runs, paid, day, expected):
    facts = {"date": "2026-02-09", "client": "acme", "amount": paid, "invoice": "F-2026-0001"}
    payments = (Payment.model_validate(facts),) if paid else ()
    found = replace(after_runs(book(jobs=JOB), runs), payments=payments)
    assert [str(work) for work in work_before_payment(found, date.fromisoformat(day))] == expected


def test_status_names_the_job_and_what_is_open():
    found = [item for item in attention(after_runs(book(jobs=JOB), RUN), date(2026, 2, 10)) if item.kind != "overdue"]
    assert [(item.kind, item.client, str(item.amount)) for item in found] == [("unpaid work", "acme", "424.00")]
