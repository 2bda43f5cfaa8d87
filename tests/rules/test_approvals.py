"""Hours that a client approves: the job as it is written, with what was sent, said or left unsaid, and what is billed.

The report up to 31 January is the one that the run of 1 February wrote, unless a case says otherwise.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from facturar.model.book import Book
from facturar.model.payment import Payment
from facturar.model.posting import JournalLine
from facturar.plan.activity import plan_activity, plan_due_activity
from facturar.plan.invoices import plan_invoices
from facturar.rules.checks import check_book
from facturar.views.status import attention
from tests.book_text import CLIENTS, after_runs, book, issued, reports_of

JOB = """
horas:
  client: acme
  title: Consultoría
  agreement: {kind: hourly, starts: 2026-01-01, rate: 60, approval: {%s}}
  annexes: [approval]
  work:
    - {date: 2026-01-05, hours: 2, note: Taller}
    - {date: 2026-01-20, hours: 1:30, note: Revisión, rate: 80}
    - {date: 2026-01-21, hours: 1, note: Café, billable: false}
  expenses:
    - {date: 2026-01-07, text: Tren, amount: 50, markup: 10%%}
"""
ACCEPTS, HOLDS = JOB % "within: 5 days, silence: accepts", JOB % "within: 5 days"
FREELY = JOB.replace(", approval: {%s}", "") % ()
FAVOUR = (
    ACCEPTS[: ACCEPTS.index("    - {date: 2026-01-05")]
    + "    - {date: 2026-01-05, hours: 1, note: Café, billable: false}"
)
SENT = "  reports: [{until: 2026-01-31, sent: 2026-02-03}]"
OBJECTED = "  reports: [{until: 2026-01-31, sent: 2026-02-03, objected: 2026-02-05}]"
ALL = ["295.00"]  # 2 × 60 + 1.5 × 80 + 55 of the train


def reported(jobs: str, more: str = "", day: str = "2026-02-01") -> Book:
    """The book after the run that wrote the report; the job then goes on with more lines."""
    start = after_runs(book(jobs=jobs), [day])
    return book(jobs=jobs + more, activity=start.activity, invoices=start.invoices)


ANSWERS = {
    "not sent": (ACCEPTS, "", "2026-12-31", []),
    "sent, and there is time left": (ACCEPTS, SENT, "2026-02-08", []),
    "sent, and the time is over": (ACCEPTS, SENT, "2026-02-09", ALL),
    "sent, but silence holds": (HOLDS, SENT, "2026-12-31", []),
    "sent later than today": (ACCEPTS, SENT.replace("2026-02-03", "2026-03-03"), "2026-02-28", []),
    "sent before it was written": (ACCEPTS, SENT.replace("2026-02-03", "2026-01-15"), "2026-12-31", []),
    "another report was sent": (ACCEPTS, SENT.replace("2026-01-31", "2026-01-30"), "2026-12-31", []),
    "objected in time": (ACCEPTS, OBJECTED, "2026-12-31", []),
    "objected when the time was over": (ACCEPTS, OBJECTED.replace("2026-02-05", "2026-02-20"), "2026-02-20", []),
    "objected, then approved by word": (
        ACCEPTS,
        f"{OBJECTED}\n  approvals: [{{until: 2026-01-31, on: 2026-02-06, by: Ana}}]",
        "2026-02-06",
        ALL,
    ),
    "approved by word, never sent": (
        HOLDS,
        "  approvals: [{until: 2026-01-31, on: 2026-02-02, by: Ana}]",
        "2026-02-02",
        ALL,
    ),
    "approved by word in part": (
        HOLDS,
        "  approvals: [{until: 2026-01-10, on: 2026-02-02, by: Ana}]",
        "2026-02-02",
        ["175.00"],
    ),
    "approved by word of a later day": (
        HOLDS,
        "  approvals: [{until: 2026-01-31, on: 2026-02-20, by: Ana}]",
        "2026-02-19",
        [],
    ),
}


@pytest.mark.parametrize(("jobs", "more", "day", "nets"), ANSWERS.values(), ids=ANSWERS.keys())
def test_only_what_is_approved_is_billed(jobs, more, day, nets):
    plan = plan_invoices(reported(jobs, more), date.fromisoformat(day))
    assert [str(invoice.totals.net) for invoice in issued(plan)] == nets


MAILED = {
    "by e-mail, and there is time left": (ACCEPTS, "2026-02-03", "2026-02-08", []),
    "by e-mail, and the time is over": (ACCEPTS, "2026-02-03", "2026-02-09", ALL),
    "by e-mail on a later day than by hand": (ACCEPTS + SENT, "2026-02-20", "2026-02-09", ALL),
    "by e-mail on an earlier day than by hand": (
        ACCEPTS + SENT.replace("2026-02-03", "2026-02-20"),
        "2026-02-03",
        "2026-02-09",
        ALL,
    ),
    "by e-mail, and objected to": (ACCEPTS + OBJECTED, "2026-02-03", "2026-12-31", []),
    "by e-mail, but silence holds": (HOLDS, "2026-02-03", "2026-12-31", []),
}


@pytest.mark.parametrize(("jobs", "sent", "day", "nets"), MAILED.values(), ids=MAILED.keys())
def test_a_report_that_was_sent_by_e_mail_was_sent(jobs, sent, day, nets):
    start = reported(jobs)
    lines = [("queued", "2026-02-01"), ("sending", sent), ("sent", sent), ("sent", "2026-03-01")]
    journal = [JournalLine(day=when, event=event, mail="activity-2026-01-31-horas") for event, when in lines]
    plan = plan_invoices(replace(start, journal=tuple(journal)), date.fromisoformat(day))
    assert [str(invoice.totals.net) for invoice in issued(plan)] == nets


def test_a_report_whose_e_mail_may_have_been_sent_was_not():
    begun = JournalLine(day="2026-02-03", event="sending", mail="activity-2026-01-31-horas")
    assert issued(plan_invoices(replace(reported(ACCEPTS), journal=(begun,)), date(2026, 12, 31))) == []


def test_silence_means_what_the_report_said_it_would():
    start = reported(HOLDS, SENT)
    eager = book(jobs=ACCEPTS + SENT, activity=start.activity)
    assert issued(plan_invoices(eager, date(2026, 12, 31))) == []


CHANGED = {
    "logged since, another day": (
        "{date: 2026-01-21",
        "{date: 2026-01-22, hours: 3, note: Más}\n    - {date: 2026-01-21",
        ALL,
    ),
    "logged since, after another of its day": (
        "note: Taller}",
        "note: Taller}\n    - {date: 2026-01-05, hours: 3, note: Más}",
        ALL,
    ),
    "logged since, before another of its day": (
        "- {date: 2026-01-05",
        "- {date: 2026-01-05, hours: 3, note: Más, rate: 90}\n    - {date: 2026-01-05",
        ["175.00"],
    ),
    "more hours": ("hours: 2,", "hours: 4,", ["175.00"]),
    "a higher rate": ("rate: 80", "rate: 120", ["175.00"]),
    "a higher rate of the agreement": ("rate: 60", "rate: 75", ["175.00"]),
    "a higher expense": ("amount: 50", "amount: 60", ["240.00"]),
    "a higher markup": ("markup: 10%", "markup: 20%", ["240.00"]),
    "another note": ("note: Taller", "note: Taller de diseño", ALL),
}


@pytest.mark.parametrize(("old", "new", "nets"), CHANGED.values(), ids=CHANGED.keys())
def test_silence_accepts_no_more_than_the_report_showed(old, new, nets):
    start = reported(ACCEPTS, SENT)
    changed = book(jobs=ACCEPTS.replace(old, new, 1) + SENT, activity=start.activity)
    plan = plan_invoices(changed, date(2026, 2, 9))
    billed = [str(invoice.totals.net) for invoice in issued(plan)]
    assert billed == nets


def test_two_entries_made_one_at_the_higher_rate_wait():
    two = ACCEPTS.replace(
        "note: Taller}", "note: Taller}\n    - {date: 2026-01-05, hours: 2, note: Fin de semana, rate: 90}"
    )
    one = ACCEPTS.replace("hours: 2, note: Taller", "hours: 4, note: Taller, rate: 90")
    start = reported(two, SENT)
    plan = plan_invoices(book(jobs=one + SENT, activity=start.activity), date(2026, 2, 9))
    assert [str(invoice.totals.net) for invoice in issued(plan)] == ["175.00"]


def test_what_follows_a_changed_entry_on_its_day_waits_with_it_and_neither_is_lost():
    more = "note: Taller}\n    - {date: 2026-01-05, hours: 1, note: Acta}"
    two = ACCEPTS.replace("note: Taller}", more)
    dearer = two.replace("note: Taller}", "note: Taller, rate: 70}")
    start = after_runs(book(jobs=dearer + SENT, activity=reported(two).activity), ["2026-02-09"])
    assert [str(invoice.totals.net) for invoice in start.invoices] == ["175.00"]
    word = "\n  approvals: [{until: 2026-01-31, on: 2026-02-10, by: Ana}]"
    end = after_runs(book(jobs=dearer + SENT + word, activity=start.activity, invoices=start.invoices), ["2026-03-01"])
    assert [str(invoice.totals.net) for invoice in end.invoices] == ["175.00", "200.00"]  # 2 × 70 + 60


def test_a_word_covers_what_was_logged_late_and_silence_does_not():
    late = "note: Taller}\n    - {date: 2026-01-05, hours: 3, note: Más}"
    word = "  approvals: [{until: 2026-01-31, on: 2026-02-06, by: Ana}]"
    start = reported(ACCEPTS)
    plan = plan_invoices(
        book(jobs=ACCEPTS.replace("note: Taller}", late) + word, activity=start.activity), date(2026, 2, 9)
    )
    assert [str(invoice.totals.net) for invoice in issued(plan)] == ["475.00"]


def test_what_waited_goes_on_the_next_report_and_the_next_invoice_and_none_twice():
    late = ACCEPTS.replace("note: Taller}", "note: Taller}\n    - {date: 2026-01-05, hours: 3, note: Más}")
    sent = "  reports:\n    - {until: 2026-01-31, sent: 2026-02-03}\n"
    january = after_runs(book(jobs=ACCEPTS), ["2026-02-01"])
    billed = after_runs(book(jobs=late + sent, activity=january.activity), ["2026-02-09", "2026-03-01"])
    assert [(r.period.last, [(w.text, str(w.hours)) for w in r.entries]) for r in billed.activity[1:]] == [
        (date(2026, 2, 28), [("Más", "3")])
    ]
    more = sent + "    - {until: 2026-02-28, sent: 2026-03-01}\n"
    end = after_runs(
        book(jobs=late + more, activity=billed.activity, invoices=billed.invoices), ["2026-03-06", "2026-03-07"]
    )
    assert [str(invoice.totals.net) for invoice in end.invoices] == [*ALL, "180.00"]
    assert end.invoices[1].covers == ("horas:2026-02-01", "horas:2026-01-05:5h")
    assert check_book(end, date(2026, 3, 7)) == []


WAITS = {
    "before its report": (
        ACCEPTS,
        "",
        "2026-01-31",
        "2026-01-01 to 2026-01-31 is billed once the client has approved",
        False,
    ),
    "unsent": (ACCEPTS, "", "2026-02-02", "2026-01-31-horas is not sent yet; once it is: facturar sent horas", True),
    "sent": (ACCEPTS, SENT, "2026-02-08", "was sent on 2026-02-03: the client has until 2026-02-08", False),
    "sent, without a term": (
        JOB % "silence: holds",
        SENT,
        "2026-05-01",
        "was sent on 2026-02-03: the client has not answered yet",
        False,
    ),
    "unanswered": (HOLDS, SENT, "2026-02-09", "the client's time ended on 2026-02-08: ask for a word", True),
    "objected": (ACCEPTS, OBJECTED, "2026-02-05", "the client objected to 2026-01-31-horas on 2026-02-05", True),
}


@pytest.mark.parametrize(("jobs", "more", "day", "reason", "held"), WAITS.values(), ids=WAITS.keys())
def test_what_waits_says_for_whom_and_until_when(jobs, more, day, reason, held):
    start = book(jobs=jobs) if day < "2026-02-01" else reported(jobs, more)
    skips = plan_invoices(start, date.fromisoformat(day)).skipped
    assert [(reason in skip.reason, skip.held) for skip in skips] == [(True, held)]
    told = [item.about for item in attention(start, date.fromisoformat(day)) if item.kind == "approval"]
    assert told == [skip.reason for skip in skips if "was sent" in skip.reason and not held]


def test_a_run_writes_the_report_of_a_period_once():
    days = ["2026-01-31", "2026-02-01", "2026-02-02", "2026-02-15", "2026-03-01"]
    end = after_runs(book(jobs=ACCEPTS), days)
    assert [(report.date, report.period.last) for report in end.activity] == [(date(2026, 2, 1), date(2026, 1, 31))]
    report = end.activity[0]
    assert [(w.text, str(w.hours), str(w.rate)) for w in report.entries] == [
        ("Taller", "2", "60"),
        ("Revisión", "1.5", "80"),
        ("Café", "1", "0"),
    ]
    assert (str(report.totals.hours), str(report.totals.net)) == ("4.5", "295.00")
    assert report.approve is not None
    assert (report.approve.within, report.approve.silence) == (5, "accepts")


@pytest.mark.parametrize(
    ("jobs", "clients", "written"),
    [
        (ACCEPTS, "", 1),
        (FREELY, "  requires: [approval]", 1),
        (FREELY, "", 0),
        (FAVOUR, "", 0),
        (ACCEPTS + "  approvals: [{until: 2026-01-31, on: 2026-01-31, by: Ana}]", "", 0),
    ],
    ids=["agreed", "required by the client", "nobody approves", "free work alone", "approved already"],
)
def test_a_run_reports_what_a_client_has_to_approve(jobs, clients, written):
    found = plan_due_activity(book(jobs=jobs, clients=CLIENTS + clients), date(2026, 2, 1))
    assert len(found.actions) == written


RETAINER = """
bolsa:
  client: acme
  title: Bolsa
  agreement: {kind: retainer, starts: 2026-01-01, fee: 900, hours: 10, extra_rate: 95, rollover: 1}
  work:
    - {date: 2026-01-10, hours: 6, note: Enero}
    - {date: 2026-02-10, hours: 16, note: Febrero}
    - {date: 2026-02-20, hours: 1, note: Descuido, billable: false}
"""
WHOLE = """
logo:
  client: acme
  title: Logo
  lines: [{text: Logo, price: 500}]
  work:
    - {date: 2026-02-10, hours: 6, note: Bocetos}
    - {date: 2026-02-11, hours: 2, note: Cambios, rate: 50}
  expenses: [{date: 2026-02-12, text: Tipografía, amount: 30}]
"""
STEPS = """
web:
  client: acme
  title: Web
  agreement: {kind: milestones, price: 900, steps: [{name: Todo, share: 100%}]}
  work: [{date: 2026-02-10, hours: 6, note: Maquetas}]
"""
CAPPED = ACCEPTS.replace("rate: 60,", "rate: 60, cap: 200,")
REPORTED = {
    "hours at their rates": ("horas", ACCEPTS, "2026-01-31", [("2", "60"), ("1.5", "80"), ("1", "0")], "295.00"),
    "up to a day of a period": ("horas", ACCEPTS, "2026-01-10", [("2", "60")], "175.00"),
    "no more than a cap leaves": ("horas", CAPPED, "2026-01-31", [("2", "60"), ("1.5", "80"), ("1", "0")], "200.00"),
    "a retainer: its period, and the hours over": (
        "bolsa",
        RETAINER,
        "2026-02-28",
        [("16", None), ("1", "0")],
        "190.00",
    ),
    "a retainer with hours left": ("bolsa", RETAINER, "2026-01-31", [("6", None)], None),
    "a job that is billed at once": ("logo", WHOLE, "2026-02-28", [("6", None), ("2", "50")], "630.00"),
    "a job that is billed by steps": ("web", STEPS, "2026-02-28", [("6", None)], None),
}


@pytest.mark.parametrize(("job", "jobs", "until", "work", "net"), REPORTED.values(), ids=REPORTED.keys())
def test_a_report_lists_the_work_and_what_it_comes_to(job, jobs, until, work, net):
    report = reports_of(plan_activity(book(jobs=jobs), date(2026, 3, 1), job, date.fromisoformat(until)))[0]
    assert [(str(w.hours), str(w.rate) if w.rate is not None else None) for w in report.entries] == work
    assert (str(report.totals.net) if report.totals.net is not None else None) == net


COMES_TO = {
    "hours and expenses": ACCEPTS,
    "under a cap": CAPPED,
    "in whole quarters of an hour": ACCEPTS.replace("rate: 60,", "rate: 60, round: 15 min,").replace(
        "hours: 2,", "hours: 1:50,"
    ),
    "less a discount": ACCEPTS.replace("title: Consultoría", "title: Consultoría\n  discount: 12.5%"),
    "with cents to round": ACCEPTS.replace("rate: 60,", "rate: 33.335,").replace("hours: 2,", "hours: 20 min,"),
}


@pytest.mark.parametrize("jobs", COMES_TO.values(), ids=COMES_TO.keys())
def test_what_a_report_comes_to_is_what_is_billed(jobs):
    start = reported(jobs, SENT)
    (invoice,) = issued(plan_invoices(start, date(2026, 2, 9)))
    assert invoice.totals.net == start.activity[0].totals.net


def test_a_retainers_report_has_its_statement():
    report = reports_of(plan_activity(book(jobs=RETAINER), date(2026, 3, 1), "bolsa", date(2026, 2, 28)))[0]
    statement = report.statement
    assert statement is not None
    assert [str(getattr(statement, name)) for name in ("included", "brought", "worked", "extra", "left")] == [
        "10", "4", "16", "2", "0",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"title": "Otra"}, "seal"), ({"previous": "ab" * 32}, "chain")],
    ids=["a report that was changed", "one before it that is gone"],
)
def test_a_report_is_proved_by_its_seal(changes, code):
    start = reported(ACCEPTS)
    changed = start.activity[0].model_copy(update=changes)
    told = [problem.code.value for problem in check_book(book(jobs=ACCEPTS, activity=(changed,)), date(2026, 2, 2))]
    assert code in told
    assert check_book(start, date(2026, 2, 2)) == []


REFUSED = {
    "nothing up to that day": (ACCEPTS, "2026-01-04", "there is no work and no expense"),
    "the same again": (ACCEPTS, "2026-01-31", "2026-01-31-horas lists just this"),
    "an earlier day": (ACCEPTS, "2026-01-10", "2026-01-31-horas goes up to a later day already"),
}


@pytest.mark.parametrize(("jobs", "until", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_no_report_without_a_reason(jobs, until, reason):
    plan = plan_activity(reported(jobs), date(2026, 2, 2), "horas", date.fromisoformat(until))
    assert plan.actions == ()
    assert reason in plan.skipped[0].reason


def test_a_second_report_up_to_the_same_day_has_a_version_and_follows_the_first():
    late = ACCEPTS.replace("note: Taller}", "note: Taller}\n    - {date: 2026-01-05, hours: 3, note: Más}")
    first = reported(ACCEPTS).activity[0]
    plan = plan_activity(book(jobs=late, activity=(first,)), date(2026, 2, 2), "horas", date(2026, 1, 31))
    second = reports_of(plan)[0]
    assert (plan.actions[0].document, second.version) == ("2026-01-31-horas.2", 2)
    assert second.previous == first.seal
    both = book(jobs=late + "  reports: [{until: 2026-01-31, version: 2, sent: 2026-02-02}]", activity=(first, second))
    assert [str(invoice.totals.net) for invoice in issued(plan_invoices(both, date(2026, 2, 8)))] == ["475.00"]


ANNEX = {
    "by word": (
        "  approvals: [{until: 2026-01-31, on: 2026-02-06, by: Ana}]",
        ("2026-02-06", "Ana", "2026-01-31", None),
    ),
    "by silence": (SENT, ("2026-02-09", "2026-01-31-horas", "2026-01-31", "2026-02-03")),
}


@pytest.mark.parametrize(("more", "row"), ANNEX.values(), ids=ANNEX.keys())
def test_an_invoice_says_how_its_hours_were_approved(more, row):
    invoice = issued(plan_invoices(reported(ACCEPTS, more), date(2026, 2, 9)))[0]
    annex = invoice.annexes[0]
    assert annex.kind == "approval"
    assert [(str(e.date), e.text, str(e.until), str(e.sent) if e.sent else None) for e in annex.entries] == [row]
    report = reported(ACCEPTS, more).activity[0]
    assert {(entry.report, entry.report_seal) for entry in annex.entries} == {("2026-01-31-horas", report.seal)}


def test_who_approved_without_a_report_names_none():
    word = "  approvals: [{until: 2026-01-31, on: 2026-02-06, by: Ana}]"
    invoice = issued(plan_invoices(book(jobs=ACCEPTS + word), date(2026, 2, 9)))[0]
    assert [(entry.text, entry.report, entry.report_seal) for entry in invoice.annexes[0].entries] == [
        ("Ana", None, None)
    ]


HOURS = """
web:
  client: acme
  title: Web
  agreement: {kind: hourly, starts: 2026-01-01, rate: 60}
  annexes: [work]
  work:"""


def test_hours_are_listed_by_day_and_within_a_day_by_person():
    by = ", by: Marta Gil"
    work = [(5, "Uno", by), (9, "Dos", ""), (5, "Tres", ""), (5, "Cuatro", by), (5, "Cinco", "")]
    rows = "".join(f"\n    - {{date: 2026-01-0{day}, hours: 1, note: {note}{who}}}" for day, note, who in work)
    annex = issued(plan_invoices(book(jobs=HOURS + rows), date(2026, 2, 1)))[0].annexes[0]
    assert [(entry.text, entry.by) for entry in annex.entries] == [
        ("Uno", "Marta Gil"),
        ("Cuatro", "Marta Gil"),
        ("Tres", None),
        ("Cinco", None),
        ("Dos", None),
    ]


DONE = "logo: {client: acme, title: Logo, done: 2026-03-10, lines: [{text: Logo, price: 500}]%s}"
PHONE = "  contacts: {billing: {name: Ana, phone: +34 600 000 000}}\n"
MAIL = "  contacts: {billing: {name: Ana, email: ana@acme.example}}\n"
ASKED = {
    "no purchase order": ("purchase_order", "", "", "add purchase_order: to the job"),
    "a purchase order": ("purchase_order", ", purchase_order: '4711'", "", None),
    "no approval": ("approval", "", "", "facturar approve logo"),
    "an approval of an earlier day": (
        "approval",
        ", approvals: [{until: 2026-03-09, on: 2026-03-09, by: Ana}]",
        "",
        "approve logo",
    ),
    "an approval": ("approval", ", approvals: [{until: 2026-03-10, on: 2026-03-11, by: Ana}]", "", None),
    "no contact": ("billing_contact", "", "", "add contacts: {billing: {name, email}} to the client"),
    "a contact without an e-mail": ("billing_contact", "", PHONE, "add contacts: {billing: {name, email}}"),
    "a contact": ("billing_contact", "", MAIL, None),
}


@pytest.mark.parametrize(("requires", "facts", "contact", "reason"), ASKED.values(), ids=ASKED.keys())
def test_nothing_is_issued_without_what_a_client_requires(requires, facts, contact, reason):
    clients = f"{CLIENTS}  requires: [{requires}]\n{contact}"
    plan = plan_invoices(book(jobs=DONE % facts, clients=clients), date(2026, 4, 1))
    assert len(plan.actions) == (0 if reason else 1)
    assert [(skip.held, (reason or "") in skip.reason) for skip in plan.skipped] == [(True, True)] * len(plan.skipped)


def test_a_fee_in_advance_needs_the_approval_of_the_period_before():
    jobs = RETAINER + "  approvals: [{until: 2026-01-31, on: 2026-02-01, by: Ana}]"
    found = plan_invoices(book(jobs=jobs, clients=CLIENTS + "  requires: [approval]"), date(2026, 3, 1))
    assert [invoice.covers[0] for invoice in issued(found)] == ["bolsa:2026-01-01", "bolsa:2026-02-01"]


TO_APPROVE = """
web:
  client: acme
  title: Web
  agreement: {deposit: 30%, FACTS}
  lines: [{text: Web, price: 1000}]
  approvals: [{until: 2026-01-10, on: 2026-01-10, by: Ana}]
"""
# what is agreed about a deposit → what a run two days after the client's word writes
DEPOSITS = {
    "of no day": ("deposit_as: invoice", ["F-2026-0001"]),
    "of no day, asked for": ("deposit_as: request", ["PF-2026-0001"]),
    "of an earlier day": ("deposit_on: 2026-01-09", ["F-2026-0001"]),
    "of a later day": ("deposit_on: 2026-01-11", []),
}


@pytest.mark.parametrize(("facts", "written"), DEPOSITS.values(), ids=DEPOSITS.keys())
def test_a_word_of_the_client_approves_a_deposit_whenever_the_run_is(facts, written):
    approving = CLIENTS + "  requires: [approval]"
    start = book(jobs=TO_APPROVE.replace("FACTS", facts), clients=approving)
    assert [a.document for a in plan_invoices(start, date(2026, 1, 12)).actions] == written
    unasked = book(jobs=TO_APPROVE.replace("FACTS", facts).replace("2026-01-10", "2026-03-10"), clients=approving)
    assert plan_invoices(unasked, date(2026, 1, 12)).actions == ()


def test_a_deposit_that_was_paid_needs_no_other_word():
    clients = CLIENTS + "  requires: [approval]"
    asked = after_runs(book(jobs=TO_APPROVE.replace("FACTS", "deposit_as: request"), clients=clients), ["2026-01-12"])
    paid = Payment(date=date(2026, 1, 20), client="acme", amount=Decimal(318), invoice="PF-2026-0001")
    plan = plan_invoices(replace(asked, payments=(paid,)), date(2026, 1, 20))
    assert [a.document for a in plan.actions] == ["F-2026-0001"]
