"""Over any life of an hourly job that a client approves: nothing unapproved is billed, and all that is approved once.

A life is a list of days; on each something happens (hours are logged for some day, the latest report is sent, objected
to or approved), and then the run of that day.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.model.job import ApprovalGiven, Job
from facturar.plan.month import carried_out, plan_month
from facturar.rules.checks import check_book
from tests.book_text import book

WITHIN = 5
FIRST = date(2026, 1, 1)
AGREED = {
    "client": "acme",
    "title": "Consultoría",
    "agreement": {
        "kind": "hourly",
        "starts": "2026-01-01",
        "rate": "60",
        "approval": {"within": f"{WITHIN} days", "silence": "accepts"},
    },
}
Event = tuple[int, str, int, int]
"""Days since the event before, what happens, and two small numbers that say how."""

EVENTS = st.lists(
    st.tuples(
        st.integers(1, 20),
        st.sampled_from(["log", "log", "log", "sent", "objected", "approve", "activity", "nothing"]),
        st.integers(0, 40),
        st.integers(1, 4),
    ),
    min_size=1,
    max_size=14,
)


def _noted(facts: dict[str, Any], now: Book, today: date, event: Event) -> dict[str, Any]:
    """The job's facts after an event; one that makes no sense then changes nothing."""
    _, what, back, size = event
    latest = now.activity[-1] if now.activity else None
    reports = facts.get("reports", [])
    told = [entry for entry in reports if latest and entry["until"] == str(latest.period.last)]
    match what:
        case "log":
            day = max(FIRST, today - timedelta(days=back))
            entry = {"date": str(day), "hours": str(size), "note": "Taller", "rate": str(50 + 10 * (size % 3))}
            return {**facts, "work": [*facts.get("work", []), entry]}
        case "sent" if latest and not told:
            return {**facts, "reports": [*reports, {"until": str(latest.period.last), "sent": str(today)}]}
        case "objected" if told and "objected" not in told[0]:
            return {**facts, "reports": [*reports[:-1], {**reports[-1], "objected": str(today)}]}
        case "approve" if latest:
            word = {"until": str(latest.period.last - timedelta(days=back)), "on": str(today), "by": "Ana"}
            return {**facts, "approvals": [*facts.get("approvals", []), word]}
    return facts


def _life(events: list[Event]) -> list[tuple[date, Job, Book]]:
    """The days of a life, each with the job as it then stood and the book after the run."""
    facts, now, today = dict(AGREED), book(), FIRST
    lived = []
    for event in events:
        today += timedelta(days=event[0])
        facts = _noted(facts, now, today, event)
        job = Job.model_validate(facts)
        now = replace(now, jobs={"horas": job})
        now = carried_out(now, plan_month(now, today))
        lived.append((today, job, now))
    return lived


def _approved(invoice: Invoice, key: str, job: Job, now: Book) -> bool:
    """Whether a key was approved by the day of its invoice, said anew in the words of the contract."""
    day = date.fromisoformat(key.split(":")[1])
    word = any(given.until >= day and given.on <= invoice.issued for given in job.approvals)
    listing = {r.period.last for r in now.activity if key in {work.key for work in r.entries}}
    sent = [entry for entry in job.reports if entry.until in listing]
    quiet = [entry for entry in sent if not (entry.objected and entry.objected <= invoice.issued)]
    return word or any(entry.sent + timedelta(days=WITHIN) < invoice.issued for entry in quiet)


@given(EVENTS)
def test_nothing_is_billed_that_was_not_approved(events: list[Event]) -> None:
    for today, job, now in _life(events):
        for invoice in (record for record in now.invoices if record.issued == today):
            assert all(_approved(invoice, key, job, now) for key in invoice.covers if key.endswith("h"))


@given(EVENTS)
def test_what_is_billed_is_what_was_logged_each_hour_once(events: list[Event]) -> None:
    today, job, now = _life(events)[-1]
    assert check_book(now, today) == []
    billed = sum((line.quantity for invoice in now.invoices for line in invoice.lines), Decimal(0))
    assert billed <= sum(work.hours for work in job.work)
    keys = Counter(key for invoice in now.invoices for key in invoice.covers)
    assert set(keys.values()) <= {1}


@given(EVENTS)
def test_once_all_is_approved_all_is_billed_at_its_own_rate(events: list[Event]) -> None:
    today, job, now = _life(events)[-1]
    end = today + timedelta(days=40)
    word = ApprovalGiven(until=end, on=end, by="Ana")
    asked = replace(now, jobs={"horas": job.model_copy(update={"approvals": (*job.approvals, word)})})
    last = carried_out(asked, plan_month(asked, end))
    net = sum((invoice.totals.net for invoice in last.invoices), Decimal(0))
    assert net == sum((work.hours * (work.rate or 0) for work in job.work), Decimal(0))
