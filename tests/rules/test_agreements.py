"""What each agreement bills, and when: the job as it is written, the day, the invoices that a run would issue."""

from __future__ import annotations

from datetime import date

import pytest

from facturar.model.book import Book
from facturar.plan.credits import plan_credit
from facturar.plan.invoices import plan_invoices
from facturar.plan.month import carried_out
from facturar.rules.checks import check_book
from facturar.rules.crediting import Credit
from tests.book_text import CLIENTS, after_runs, book, issued

DONE = "logo: {client: acme, title: Logo, done: 2026-03-10, lines: [{text: Logo, price: 500}]}"
MILESTONES = """
web:
  client: acme
  title: Web
  agreement:
    kind: milestones
    price: 1000.01
    steps:
      - {name: Diseño, share: 33.33%, on: 2026-02-01}
      - {name: Código, share: 33.33%, done: 2026-03-01}
      - {name: Entrega, share: 33.34%}
"""
MONTHLY = """
host:
  client: acme
  title: Hosting
  agreement: {kind: recurring, starts: 2026-01-31, every: month%s}
  lines:
    - {text: Hosting, price: [{since: 2025-01-01, amount: 20}, {since: 2026-03-01, amount: 25}]}
    - {text: Dominio, price: 10, since: 2026-02-01, until: 2026-02-28}
"""
HOURLY = """
horas:
  client: acme
  title: Consultoría
  agreement:
    {kind: hourly, starts: 2026-01-01, rate: [{since: 2026-01-01, amount: 60}, {since: 2026-02-01, amount: 65}]}
  work:
    - {date: 2026-01-05, hours: 2 h, note: Taller}
    - {date: 2026-01-20, hours: "1:30", note: Revisión, rate: 80}
    - {date: 2026-01-21, hours: 1, note: Café, billable: false}
    - {date: 2026-02-03, hours: 90 min, note: Taller}
  expenses:
    - {date: 2026-01-07, text: Tren, amount: 50, markup: 10%, taxes: [iva_reduced]}
"""

BILLED = {
    "not before it is done": (DONE, "2026-03-09", []),
    "once it is done": (DONE, "2026-03-10", [("logo:done", "500.00")]),
    "never when cancelled": (DONE.replace("done:", "cancelled:"), "2026-12-31", []),
    "when it was done before it was cancelled": (
        DONE.replace("done: 2026-03-10", "done: 2026-03-10, cancelled: 2026-03-12"),
        "2026-03-20",
        [("logo:done", "500.00")],
    ),
    "no milestone before its day": (MILESTONES, "2026-01-31", []),
    "a milestone on its day": (MILESTONES, "2026-02-01", [("web:step:Diseño", "333.30")]),
    "a milestone when it is done": (
        MILESTONES,
        "2026-03-01",
        [("web:step:Diseño", "333.30"), ("web:step:Código", "333.30")],
    ),
    "the last milestone takes the rounding": (
        MILESTONES.replace("33.34%", "33.34%, done: 2026-03-01"),
        "2026-03-01",
        [("web:step:Diseño", "333.30"), ("web:step:Código", "333.30"), ("web:step:Entrega", "333.41")],
    ),
    "in advance, from the anchored day": (
        MONTHLY % "",
        "2026-03-31",
        [("host:2026-01-31", "20.00"), ("host:2026-02-28", "30.00"), ("host:2026-03-31", "25.00")],
    ),
    "in arrears, the day after the last": (MONTHLY % ", in: arrears", "2026-02-28", [("host:2026-01-31", "20.00")]),
    "not before its last day is over": (MONTHLY % ", in: arrears", "2026-02-27", []),
    "no period after the end": (MONTHLY % ", ends: 2026-02-27", "2026-12-31", [("host:2026-01-31", "20.00")]),
    "no period that begins in a pause": (
        MONTHLY % ", pauses: [{from: 2026-02-01, until: 2026-03-15}]",
        "2026-03-31",
        [("host:2026-01-31", "20.00"), ("host:2026-03-31", "25.00")],
    ),
    "hours when their month is over": (
        HOURLY,
        "2026-02-28",
        [("horas:2026-01-01", "295.00")],  # 2 × 60 + 1.5 × 80 + 55 of the train
    ),
    "a dated rate": (HOURLY, "2026-03-01", [("horas:2026-01-01", "295.00"), ("horas:2026-02-01", "97.50")]),
}

TABLE = """
mesa:
  client: acme
  title: Mesa
  agreement: {kind: delivery, deposit: 50%%, deposit_on: 2026-02-01}
  lines: [{text: Mesa, price: 900}, {text: Envío, price: 100, taxes: [iva]}]
  %s
"""
PREPAID = """
curso: {client: acme, title: Curso, agreement: {kind: prepaid, on: 2026-02-01}, lines: [{text: Curso, price: 400}]}
"""
RETAINER = """
bolsa:
  client: acme
  title: Bolsa
  agreement:
    {kind: retainer, starts: 2026-01-01, ends: 2026-04-30, fee: 900, hours: 10, extra_rate: 95, rollover: 1}
  work:
    - {date: 2026-01-10, hours: 6, note: Enero}    # 4 are left for February
    - {date: 2026-02-10, hours: 16, note: Febrero} # 2 over
    - {date: 2026-03-10, hours: 4, note: Marzo}    # 6 are left for April
    - {date: 2026-04-10, hours: 17, note: Abril}   # 1 over
  expenses: [{date: 2026-02-11, text: Tren, amount: 33}]
"""
CALENDAR = """
cuota:
  client: acme
  title: Cuota
  agreement: {kind: recurring, starts: 2026-01-15, ends: 2026-03-10, prorate: true}
  lines: [{text: Cuota, price: 100}]
"""
CAPPED = """
tope:
  client: acme
  title: Tope
  agreement: {kind: hourly, starts: 2026-01-01, rate: 100, cap: 450, round: 15 min}
  work:
    - {date: 2026-01-02, hours: "1:05", note: a}
    - {date: 2026-01-03, hours: 2, note: a}
    - {date: 2026-02-03, hours: 2, note: a}
    - {date: 2026-03-03, hours: 2, note: a}
"""

BILLED |= {
    "half before": (TABLE % "", "2026-02-01", [("mesa:deposit", "500.00")]),
    "half before, the rest on delivery": (
        TABLE % "delivered: 2026-03-01",
        "2026-03-01",
        [("mesa:deposit", "500.00"), ("mesa:delivered", "500.00")],
    ),
    "no deposit for what is there already": (
        TABLE.replace(", deposit_on: 2026-02-01", "") % "delivered: 2026-03-01",
        "2026-03-01",
        [("mesa:delivered", "1000.00")],
    ),
    "up front": (PREPAID, "2026-02-01", [("curso:prepaid", "400.00")]),
    "up front, though it was cancelled later": (
        PREPAID.replace("2026-02-01}", "2026-02-01}, cancelled: 2026-02-02"),
        "2026-03-01",
        [("curso:prepaid", "400.00")],
    ),
    "not when it was cancelled before": (
        PREPAID.replace("2026-02-01}", "2026-02-01}, cancelled: 2026-01-31"),
        "2026-03-01",
        [],
    ),
    "not before it is agreed": (PREPAID, "2026-01-31", []),
    "the fee, and hours over on the next one": (
        RETAINER,
        "2026-05-01",
        [
            ("bolsa:2026-01-01", "900.00"),
            ("bolsa:2026-02-01", "900.00"),
            ("bolsa:2026-03-01", "1123.00"),  # 900 + 2 × 95 + 33
            ("bolsa:2026-04-01", "900.00"),
            ("bolsa:extra:2026-04-01:1h", "95.00"),
        ],
    ),
    "parts of calendar months by their days": (
        CALENDAR,
        "2026-05-01",
        [("cuota:2026-01-15", "54.84"), ("cuota:2026-02-01", "100.00"), ("cuota:2026-03-01", "32.26")],
    ),
    "hours in quarters, up to the cap": (
        CAPPED,
        "2026-05-01",
        [("tope:2026-01-01", "325.00"), ("tope:2026-02-01", "125.00")],
    ),
}

ORDERED = """
obra:
  client: acme
  title: Obra
  agreement:
    kind: milestones
    price: [{since: 2026-01-10, amount: 6000}, {since: 2026-03-01, amount: 8000}]
    steps:
      - {name: Proyecto, share: 25%, on: 2026-02-01}
      - {name: Montaje, share: 25%, on: 2026-03-10}
      - {name: Entrega, share: 50%, on: 2026-04-01}
"""
ADDED = """  lines:
    - {text: Otra puerta, price: 500, since: 2026-02-15}
    - {text: Sin herrajes, price: -200, since: 2026-02-15}
    - {text: Barniz, price: 90, since: 2026-04-20}
"""

BILLED |= {
    "shares of the price on their days, and the last one the rest": (
        ORDERED,
        "2026-04-01",
        [("obra:step:Proyecto", "1500.00"), ("obra:step:Montaje", "2000.00"), ("obra:step:Entrega", "4500.00")],
    ),
    "the step that is billed last takes the rest, wherever it is written": (
        ORDERED.replace("on: 2026-02-01", "on: 2026-05-01"),
        "2026-05-01",
        [("obra:step:Montaje", "2000.00"), ("obra:step:Entrega", "4000.00"), ("obra:step:Proyecto", "2000.00")],
    ),
    "amounts stay, and the last one takes what a change brings": (
        ORDERED.replace("share: 25%", "share: 1500").replace("50%", "3000"),
        "2026-04-01",
        [("obra:step:Proyecto", "1500.00"), ("obra:step:Montaje", "1500.00"), ("obra:step:Entrega", "5000.00")],
    ),
    "what a change order adds, with the next step; after the last by itself": (
        ORDERED + ADDED,
        "2026-05-01",
        [
            ("obra:step:Proyecto", "1500.00"),
            ("obra:step:Montaje", "2300.00"),
            ("obra:step:Entrega", "4500.00"),
            ("obra:lines:2026-04-20:90", "90.00"),
        ],
    ),
    "nothing added before its day": (
        ORDERED + ADDED,
        "2026-04-19",
        [("obra:step:Proyecto", "1500.00"), ("obra:step:Montaje", "2300.00"), ("obra:step:Entrega", "4500.00")],
    ),
    "no step after the job was cancelled, nor what was to come with it": (
        ORDERED + ADDED.replace("04-20", "03-20") + "  cancelled: 2026-03-25\n",
        "2026-05-01",
        [("obra:step:Proyecto", "1500.00"), ("obra:step:Montaje", "2300.00")],
    ),
}


def test_hours_that_a_thank_you_made_free_count_towards_the_cap():
    loyal = CLIENTS + "  loyalty: {after: 1 invoice, discount: 100%, message: Gracias}\n"
    found = after_runs(book(jobs=CAPPED, clients=loyal), ["2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01"])
    assert [str(invoice.totals.net) for invoice in found.invoices] == ["325.00", "0.00"]


@pytest.mark.parametrize(("jobs", "day", "expected"), BILLED.values(), ids=BILLED.keys())
def test_bills(jobs, day, expected):
    plan = plan_invoices(book(jobs=jobs), date.fromisoformat(day))
    assert [(invoice.covers[0], str(invoice.totals.net)) for invoice in issued(plan)] == expected


def test_free_work_is_shown_at_zero_and_rates_make_lines():
    plan = plan_invoices(book(jobs=HOURLY), date(2026, 2, 1))
    lines = [(line.text, str(line.quantity), str(line.net)) for line in issued(plan)[0].lines]
    assert lines == [
        ("Consultoría", "2", "120.00"),
        ("Consultoría", "1.5", "120.00"),
        ("Café", "1", "0.00"),
        ("Tren", "1", "55.00"),
    ]


def test_hours_logged_late_go_on_the_next_invoice_and_none_twice():
    start = after_runs(book(jobs=HOURLY), ["2026-02-01"])
    later = book(
        jobs=HOURLY.replace("note: Taller}", "note: Taller}\n    - {date: 2026-01-05, hours: 3, note: Tarde}", 1)
    )
    after = after_runs(later, [])
    again = plan_invoices(after.__class__(**{**vars(after), "invoices": start.invoices}), date(2026, 3, 1))
    lines = [(str(line.quantity), str(line.price)) for line in issued(again)[0].lines]
    assert [invoice.covers for invoice in issued(again)] == [
        ("horas:2026-02-01", "horas:2026-01-05:5h", "horas:2026-02-03:1.5h")
    ]
    assert lines == [("3", "60"), ("1.5", "65")]


def test_what_waits_says_why():
    jobs = """
    web: {client: acme, title: Web}
    """
    plan = plan_invoices(book(jobs=jobs), date(2026, 2, 1))
    assert [(skip.job, skip.reason) for skip in plan.skipped] == [
        ("web", "not done yet"),
    ]


CAREFUL = """
acme:
  name: Acme
  tax_id: B12345674
  address: {street: S, city: C, country: ES}
  requires: [purchase_order]
"""


@pytest.mark.parametrize(("order", "issued"), [("", 0), ("purchase_order: 4711", 1)], ids=["missing", "there"])
def test_nothing_is_issued_without_the_purchase_order_that_a_client_requires(order, issued):
    jobs = DONE.replace("done:", f"{order}, done:") if order else DONE
    plan = plan_invoices(book(jobs=jobs, clients=CAREFUL), date(2026, 4, 1))
    assert len(plan.actions) == issued
    assert [skip.held for skip in plan.skipped] == [True] * (1 - issued)


APPROVED = HOURLY.replace("starts: 2026-01-01,", "starts: 2026-01-01, approval: {within: 5 days},")


@pytest.mark.parametrize(
    ("approvals", "expected"),
    [
        ("", []),
        ("  approvals: [{until: 2026-01-10, on: 2026-02-02, by: Ana}]", ["175.00"]),
        ("  approvals: [{until: 2026-01-31, on: 2026-02-02, by: Ana}]", ["295.00"]),
        ("  approvals: [{until: 2026-01-31, on: 2026-02-20, by: Ana}]", []),
    ],
    ids=["nothing approved", "some of it", "all of it", "approved after today"],
)
def test_nothing_unapproved_is_billed(approvals, expected):
    plan = plan_invoices(book(jobs=APPROVED + approvals), date(2026, 2, 3))
    assert [str(invoice.totals.net) for invoice in issued(plan)] == expected


def test_the_tax_rate_is_that_of_the_day_of_supply():
    old = "logo: {client: acme, title: Logo, done: 2012-08-31, lines: [{text: Logo, price: 100, taxes: [iva]}]}"
    plan = plan_invoices(book(jobs=old), date(2012, 9, 10))
    assert [str(tax.percent) for tax in issued(plan)[0].taxes] == ["18"]


WHOLE = "completion}, done: 2026-02-20"
BY_STEPS = MILESTONES[MILESTONES.index("  agreement") :]
AS_A_WHOLE = "  done: 2026-02-20\n  lines: [{text: Web, price: 1000}]\n"
CHANGED = {
    "a step renamed": (MILESTONES, "Diseño", "Concepto", "2026-02-01", "step 'Diseño' was billed and is no longer"),
    "a start moved": (
        MONTHLY % "",
        "starts: 2026-01-31",
        "starts: 2026-02-05",
        "2026-02-01",
        "has days that F-2026-0001",
    ),
    "a month become a quarter": (MONTHLY % "", "every: month", "every: quarter", "2026-02-01", "has days"),
    "a retainer's start moved": (RETAINER, "starts: 2026-01-01", "starts: 2025-12-20", "2026-01-05", "has days"),
    "a retainer's month become a quarter": (
        RETAINER,
        "starts: 2026-01-01",
        "starts: 2026-01-01, every: quarter",
        "2026-01-05",
        "has days that F-2026-0001",
    ),
    "by milestones, then as a whole": (MILESTONES, BY_STEPS, AS_A_WHOLE, "2026-02-01", "another agreement"),
    "up front, then on completion": (PREPAID, "prepaid, on: 2026-02-01}", WHOLE, "2026-02-01", "another agreement"),
}


@pytest.mark.parametrize(("jobs", "old", "new", "day", "reason"), CHANGED.values(), ids=CHANGED.keys())
def test_what_was_billed_is_not_billed_again_under_another_name(jobs, old, new, day, reason):
    start = after_runs(book(jobs=jobs), [day])
    plan = plan_invoices(book(jobs=jobs.replace(old, new), invoices=start.invoices), date(2026, 3, 1))
    assert not any("2026-01" in key or "Concepto" in key for invoice in issued(plan) for key in invoice.covers)
    held = [skip.reason for skip in plan.skipped if skip.held]
    assert (reason is None) == (not held)
    assert all(reason in text for text in held[:1])


def test_a_deposit_comes_off_with_its_own_taxes():
    start = after_runs(book(jobs=TABLE % "delivered: 2026-03-01"), ["2026-02-01", "2026-03-01"])
    deposit, last = start.invoices
    assert (deposit.kind, last.kind) == ("deposit", "invoice")
    taken = last.deposits[0]
    assert (taken.number, str(taken.net), str(taken.tax), str(taken.withheld)) == (
        "F-2026-0001",
        "500.00",
        "105.00",
        "67.50",
    )
    assert (str(last.totals.tax), str(last.totals.withheld)) == (
        "105.00",
        "67.50",
    )  # 210.00 and 135.00 less the deposit's
    assert deposit.totals.payable + last.totals.payable == 1000 + 210 - 135
    assert check_book(start, date(2026, 3, 1)) == []


def test_a_deposit_larger_than_the_bill_leaves_a_credit_note():
    jobs = TABLE.replace("50%%", "2000") % "delivered: 2026-03-01"
    deposit, note = after_runs(book(jobs=jobs), ["2026-02-01", "2026-03-01"]).invoices
    assert (note.kind, note.number, note.corrects) == ("credit_note", "R-2026-0001", deposit.number)
    assert deposit.totals.payable + note.totals.payable == 1000 + 210 - 135


def test_the_statement_of_a_retainer_says_what_is_left():
    annex = after_runs(book(jobs=RETAINER), ["2026-02-01"]).invoices[-1].annexes[0]
    assert {entry.text: str(entry.hours) for entry in annex.entries} == {
        "included": "10",
        "brought": "0",
        "worked": "6",
        "extra": "0",
        "left": "4",
    }


@pytest.mark.parametrize(
    "jobs", [TABLE % "delivered: 2026-03-01", RETAINER, CALENDAR, CAPPED, MONTHLY % "", HOURLY, ORDERED + ADDED]
)
def test_catching_up_bills_what_no_missed_run_would_have(jobs):
    days = ["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01"]
    steady, late = (after_runs(book(jobs=jobs), runs) for runs in (days, days[-1:]))
    assert [(i.covers, i.totals) for i in steady.invoices] == [(i.covers, i.totals) for i in late.invoices]


@pytest.mark.parametrize("lines", ["[{text: Vale, price: -100}]", "[{text: A, price: 10}, {text: Vale, price: -50}]"])
def test_what_comes_to_less_than_nothing_waits_for_a_person(lines):
    start = book(jobs=f"vale: {{client: acme, title: Vale, done: 2026-03-10, lines: {lines}}}")
    plan = plan_invoices(start, date(2026, 3, 10))
    assert plan.actions == ()
    assert plan.skipped[0].held
    assert "and there is no deposit to give back" in plan.skipped[0].reason


@pytest.mark.parametrize(
    ("deposit", "lines", "nets"),
    [
        ("30%", "[]", []),
        ("300", "[]", ["300.00"]),
        ("30%", "[{text: A, price: 100, taxes: [iva]}, {text: B, price: -100, taxes: [exempt]}]", []),
        ("300", "[{text: A, price: 100, taxes: [iva]}, {text: B, price: -100, taxes: [exempt]}]", ["300.00"]),
    ],
    ids=["a share of no lines", "an amount on work to come", "a share of nothing", "an amount on nothing"],
)
def test_a_deposit_on_lines_that_come_to_nothing(deposit, lines, nets):
    job = f"web: {{client: acme, title: Web, agreement: {{deposit: {deposit}}}, lines: {lines}}}"
    found = after_runs(book(jobs=job), ["2026-03-01"]).invoices
    assert [str(invoice.totals.net) for invoice in found] == nets


def test_a_rate_of_nothing_is_a_rate():
    free = HOURLY.replace("rate: 80", "rate: 0")
    invoice = after_runs(book(jobs=free), ["2026-02-01"]).invoices[0]
    assert [(str(line.price), str(line.quantity)) for line in invoice.lines[:2]] == [("60", "2"), ("0", "1.5")]


@pytest.mark.parametrize("jobs", [DONE, MONTHLY % ""], ids=["done", "each month"])
def test_a_job_that_was_given_another_id_is_not_billed_again(jobs):
    start = after_runs(book(jobs=jobs), ["2026-03-10"])
    renamed = jobs.replace("logo:", "logotipo:").replace("host:", "hosting:")
    plan = plan_invoices(book(jobs=renamed, invoices=start.invoices), date(2026, 3, 11))
    assert plan.actions == ()
    assert ["is gone: give the job that id back" in skip.reason for skip in plan.skipped if skip.held] == [True]


def test_hours_that_were_billed_and_are_gone_from_their_day_are_told():
    start = after_runs(book(jobs=HOURLY), ["2026-02-01"])
    moved = book(jobs=HOURLY.replace("2026-01-05, hours: 2 h", "2026-02-05, hours: 2 h"), invoices=start.invoices)
    told = [problem.message for problem in check_book(moved, date(2026, 2, 1))]
    assert told == ["2 h of 2026-01-05 were billed, but only 0 h are logged now"]


WHOLE_JOB = """
web:
  client: acme
  title: Web
  agreement: {%s}
  %s
  annexes: [expenses, work]
  lines: [{text: Web, price: 900}]
  work:
    - {date: 2026-03-02, hours: 3, note: Textos, rate: 50}
    - {date: 2026-03-01, hours: 8, note: Bocetos}
  expenses: [{date: 2026-03-03, text: Tren, amount: 40}]
"""


@pytest.mark.parametrize(
    ("agreement", "dates"),
    [
        ("kind: completion", "done: 2026-03-10"),
        ("kind: prepaid, on: 2026-03-10", ""),
        ("deposit: 30%", "done: 2026-03-10"),
    ],
    ids=["completion", "prepaid", "after a deposit, once"],
)
def test_a_job_billed_as_a_whole_lists_all_its_work_and_expenses(agreement, dates):
    found = after_runs(book(jobs=WHOLE_JOB % (agreement, dates)), ["2026-03-05", "2026-03-10"]).invoices
    assert [[(annex.kind, [entry.text for entry in annex.entries]) for annex in i.annexes] for i in found[-1:]] == [
        [("expenses", ["Tren"]), ("work", ["Bocetos", "Textos"])]
    ]
    assert all(not invoice.annexes for invoice in found[:-1])


@pytest.mark.parametrize(
    "agreement",
    [
        "{kind: hourly, starts: 2026-01-01, rate: [{since: 2026-02-01, amount: 60}]}",
        "{kind: retainer, starts: 2026-01-01, hours: 5, extra_rate: 9, fee: [{since: 2026-02-01, amount: 60}]}",
        "{kind: retainer, starts: 2026-01-01, hours: 5, fee: 9, extra_rate: [{since: 2026-02-01, amount: 60}]}",
    ],
    ids=["a rate", "a fee", "an extra rate"],
)
def test_what_is_charged_by_period_has_a_price_from_its_start(agreement):
    with pytest.raises(ValueError, match="begins on 2026-02-01, after the agreement starts on 2026-01-01"):
        book(jobs=f"a: {{client: acme, title: A, agreement: {agreement}}}")


def later(start: Book, jobs: str, day: str) -> Book:
    """The book after its jobs were written anew and a run on a day."""
    return after_runs(book(jobs=jobs, invoices=start.invoices), [day])


def nets(found: Book) -> list[str]:
    return [str(invoice.totals.net) for invoice in found.invoices]


def test_a_change_order_bills_its_lines_once_and_a_correction_of_them_upwards():
    start = after_runs(book(jobs=ORDERED + ADDED), ["2026-03-10"])
    assert start.invoices[-1].covers == (
        "obra:step:Montaje",
        "obra:lines:2026-02-15:500",
        "obra:less:2026-02-15:200",
    )
    same = later(start, ORDERED + ADDED, "2026-04-01")
    assert nets(same) == ["1500.00", "2300.00", "4500.00"]
    more = later(start, ORDERED + ADDED.replace("price: 500", "price: 650"), "2026-04-01")
    assert nets(more) == ["1500.00", "2300.00", "4650.00"]
    reordered = "\n".join([ADDED.splitlines()[0], *reversed(ADDED.splitlines()[1:])]) + "\n"
    assert nets(later(start, ORDERED + reordered, "2026-04-01")) == nets(same)


def test_a_step_whose_day_is_told_late_takes_the_rest_and_a_price_that_fell_below_what_was_billed_waits():
    untold = ORDERED.replace(", on: 2026-02-01", "")
    start = after_runs(book(jobs=untold), ["2026-04-01"])
    assert nets(later(start, ORDERED, "2026-04-02")) == ["2000.00", "4000.00", "2000.00"]
    cheaper = book(jobs=untold.replace("8000}]", "8000}, {since: 2026-04-05, amount: 5000}]"), invoices=start.invoices)
    told = book(
        jobs=ORDERED.replace("8000}]", "8000}, {since: 2026-04-05, amount: 5000}]").replace("02-01", "04-10"),
        invoices=start.invoices,
    )
    assert [skip.held for skip in plan_invoices(cheaper, date(2026, 4, 10)).skipped] == [False]
    plan = plan_invoices(told, date(2026, 4, 10))
    assert plan.actions == ()
    assert "came to 1000.00 more than the price is now" in plan.skipped[0].reason


def test_a_step_that_was_credited_to_be_billed_again_has_the_same_share():
    start = after_runs(book(jobs=ORDERED), ["2026-04-01"])
    credit = plan_credit(start, date(2026, 4, 2), Credit(start.invoices[0], "x", again=True))
    after = after_runs(carried_out(start, credit), ["2026-04-02"])
    assert [invoice.covers for invoice in after.invoices[-1:]] == [("obra:step:Proyecto",)]
    assert sum(invoice.totals.net for invoice in after.invoices) == 8000


def test_a_line_of_a_change_order_does_not_run_out():
    start = book(jobs=ORDERED + ADDED.replace("since: 2026-04-20", "since: 2026-04-20, until: 2026-05-01"))
    told = [(problem.code, problem.path) for problem in check_book(start, date(2026, 2, 1))]
    assert told == [("bad-value", ("jobs", "obra", "lines", 2, "until"))]
