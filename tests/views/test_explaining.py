"""Every figure can be asked: what an explanation says of each way of charging, and where it points to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from facturar.cli.explaining import coming
from facturar.model.book import Book
from facturar.plan.credits import plan_credit
from facturar.plan.invoices import plan_invoices
from facturar.plan.month import carried_out
from facturar.rules.crediting import Credit
from facturar.views.explaining import (
    Reason,
    explained_activity,
    explained_client,
    explained_invoice,
    explained_job,
    explained_letter,
)
from tests.book_text import CLIENTS, after_runs, book

CATALOG = (
    "{chair: {text: Silla, unit: ud., price: [{since: 2025-01-01, amount: 180}, {since: 2026-03-01, amount: 195}]}}"
)
COMPLETION = """
logo:
  client: acme
  title: Logo
  done: 2026-03-10
  discount: 10%
  lines:
    - {text: Logo, price: 500}
    - {text: Tarjetas, quantity: 250, unit: ud., price: 0.38, discount: 5.00}
  work: [{date: 2026-03-02, hours: 2, note: Otra vuelta, rate: 55}]
  expenses: [{date: 2026-03-03, text: Tipografía, amount: 120, markup: 10%}]
"""
DEPOSIT = """
web:
  client: acme
  title: Web
  agreement: {kind: completion, deposit: 30%, deposit_on: 2026-02-01}
  lines: [{text: Web, price: 1000}]
  done: 2026-03-10
"""
DELIVERY = """
sillas:
  {client: acme, title: Sillas, agreement: {kind: delivery}, delivered: 2026-03-10, lines: [{item: chair, quantity: 2}]}
"""
MILESTONES = """
hotel:
  client: acme
  title: Web
  agreement:
    kind: milestones
    price: 5800
    steps: [{name: Diseño, share: 30%, on: 2026-02-01}, {name: Montaje, share: 70%, done: 2026-02-01}]
"""
RECURRING = """
host:
  client: acme
  title: Hosting
  agreement: {kind: recurring, starts: 2026-01-15, prorate: true}
  lines: [{text: Hosting, price: [{since: 2026-01-01, amount: 100}, {since: 2026-02-01, amount: 110}]}]
"""
PREPAID = (
    "curso: {client: acme, title: Curso, agreement: {kind: prepaid, on: 2026-02-01}, lines: [{text: Curso, price: 90}]}"
)
RETAINER = """
iguala:
  client: acme
  title: Iguala
  agreement: {kind: retainer, starts: 2026-01-01, fee: 500, hours: 5, extra_rate: 60}
  work: [{date: 2026-01-10, hours: 4, note: Uno}, {date: 2026-01-20, hours: 3, note: Otro}]
"""
HOURLY = """
horas:
  client: acme
  title: Consultoría
  agreement:
    {kind: hourly, starts: 2026-01-01, rate: [{since: 2026-01-01, amount: 60}, {since: 2026-01-15, amount: 65}]}
  work:
    - {date: 2026-01-05, hours: 2 h, note: Taller}
    - {date: 2026-01-20, hours: 1.5 h, note: Revisión}
    - {date: 2026-01-21, hours: 1, note: Café, billable: false}
  expenses: [{date: 2026-01-07, text: Tren, amount: 50, taxes: [iva_reduced]}]
"""


def flat(reason: Reason, depth: int = 0) -> Iterator[str]:
    """The tree as lines: its places are key paths here."""
    at = " ".join(".".join(map(str, path)) for path in reason.at)
    value = "" if reason.value is None else f" {reason.value}"
    yield f"{'  ' * depth}{reason.subject}{value} | {reason.because} | {at}".rstrip()
    for part in reason.parts:
        yield from flat(part, depth + 1)


def told(number: str, own: Book, *about: str, today: date = date(2026, 12, 31)) -> list[str]:
    """What is told of these subjects of an invoice."""
    record = next(invoice for invoice in own.invoices if invoice.number == number)
    reasons = explained_invoice(record, own, today).parts
    return [line for reason in reasons if reason.subject.startswith(about) for line in flat(reason)]


AGREEMENTS = {
    "completion": (
        COMPLETION,
        "2026-03-10",
        "F-2026-0001",
        [
            "billed from 2026-03-10 | logo: done on 2026-03-10 | jobs.logo.done",
            "  covers logo:done | the keys by which it is not billed twice |",
            "line 1 450.00 | Logo: 1 × 500 - 50.00; a line of the job | jobs.logo.lines.0",
            "  discount 50.00 | 10%, of the job | jobs.logo.discount",
            "line 2 90.00 | Tarjetas: 250 ud. × 0.38 - 5.00; a line of the job | jobs.logo.lines.1",
            "  discount 5.00 | 5.00, of the line | jobs.logo.lines.1.discount",
            "line 3 99.00 | Logo: 2 h × 55 - 11.00; 1 entry of work of 2026-03-02 | jobs.logo.work.0",
            "  discount 11.00 | 10%, of the job | jobs.logo.discount",
            "line 4 132.00 | Tipografía: 1 × 132; spent on 2026-03-03, 120 and a markup of 10% | jobs.logo.expenses.0",
        ],
    ),
    "a deposit": (
        DEPOSIT,
        "2026-02-01",
        "F-2026-0001",
        [
            "billed from 2026-02-01 | web: deposit of 30% | jobs.web.agreement.deposit_on",
            "  covers web:deposit | the keys by which it is not billed twice |",
            "line 1 300.00 | Web: 1 × 300.00; a deposit of 30% of the lines | jobs.web.agreement.deposit",
            "  price 1000 | as agreed | jobs.web.lines.0.price",
        ],
    ),
    "what a deposit is taken off": (
        DEPOSIT,
        "2026-03-10",
        "F-2026-0002",
        [
            "billed from 2026-03-10 | web: done on 2026-03-10 | jobs.web.done",
            "  covers web:done | the keys by which it is not billed twice |",
            "line 1 1000.00 | Web: 1 × 1000; a line of the job | jobs.web.lines.0",
            "deposit F-2026-0001 -300.00 | invoiced on 2026-02-01: net 300.00, tax 63.00, withheld 45.00 "
            "| invoices.F-2026-0001.totals",
        ],
    ),
    "delivery": (
        DELIVERY,
        "2026-03-10",
        "F-2026-0001",
        [
            "billed from 2026-03-10 | sillas: delivered on 2026-03-10 | jobs.sillas.delivered",
            "  covers sillas:delivered | the keys by which it is not billed twice |",
            "line 1 390.00 | Silla: 2 ud. × 195; item 'chair' of the catalogue | jobs.sillas.lines.0 catalog.chair",
            "  price 195 | since 2026-03-01 | catalog.chair.price.1",
        ],
    ),
    "a milestone": (
        MILESTONES,
        "2026-02-01",
        "F-2026-0001",
        [
            "billed from 2026-02-01 | hotel: step 'Diseño' on 2026-02-01 | jobs.hotel.agreement.steps.0.on",
            "  covers hotel:step:Diseño | the keys by which it is not billed twice |",
            "line 1 1740.00 | Web: Diseño: 1 × 1740.00; 30% of the price of 5800 | jobs.hotel.agreement.steps.0",
            "  price 5800 | as agreed | jobs.hotel.agreement.price",
        ],
    ),
    "the last milestone": (
        MILESTONES,
        "2026-02-01",
        "F-2026-0002",
        [
            "billed from 2026-02-01 | hotel: step 'Montaje' on 2026-02-01 | jobs.hotel.agreement.steps.1.done",
            "  covers hotel:step:Montaje | the keys by which it is not billed twice |",
            "line 1 4060.00 | Web: Montaje: 1 × 4060.00; the last step, what the others leave of the price of 5800 "
            "| jobs.hotel.agreement.steps.1",
            "  price 5800 | as agreed | jobs.hotel.agreement.price",
        ],
    ),
    "recurring, in part": (
        RECURRING,
        "2026-02-01",
        "F-2026-0001",
        [
            "billed from 2026-01-15 | host: 2026-01-15 to 2026-01-31 | jobs.host.agreement.starts",
            "  covers host:2026-01-15 | the keys by which it is not billed twice |",
            "line 1 54.84 | Hosting: 1 × 54.84; a line of the job | jobs.host.lines.0",
            "  price 100 | since 2026-01-01; 54.84 by the days of the period | jobs.host.lines.0.price.0",
        ],
    ),
    "recurring, at its new price": (
        RECURRING,
        "2026-02-01",
        "F-2026-0002",
        [
            "billed from 2026-02-01 | host: 2026-02-01 to 2026-02-28 | jobs.host.agreement.starts",
            "  covers host:2026-02-01 | the keys by which it is not billed twice |",
            "line 1 110.00 | Hosting: 1 × 110; a line of the job | jobs.host.lines.0",
            "  price 110 | since 2026-02-01 | jobs.host.lines.0.price.1",
        ],
    ),
    "prepaid": (
        PREPAID,
        "2026-02-01",
        "F-2026-0001",
        [
            "billed from 2026-02-01 | curso: up front on 2026-02-01 | jobs.curso.agreement.on",
            "  covers curso:prepaid | the keys by which it is not billed twice |",
            "line 1 90.00 | Curso: 1 × 90; a line of the job | jobs.curso.lines.0",
        ],
    ),
    "a retainer with hours over": (
        RETAINER,
        "2026-02-01",
        "F-2026-0002",
        [
            "billed from 2026-02-01 | iguala: 2026-02-01 to 2026-02-28 | jobs.iguala.agreement.starts",
            "  covers iguala:2026-02-01, iguala:extra:2026-01-01:2h | the keys by which it is not billed twice |",
            "line 1 500.00 | Iguala: 1 × 500; the fee of the period, with 5 h in it | jobs.iguala.agreement.fee",
            "line 2 120.00 | Iguala: 2 h × 60; hours over the 5 h of the fee and what was brought over,"
            " worked from 2026-01-10 to 2026-01-20 "
            "| jobs.iguala.agreement.hours jobs.iguala.work.0 jobs.iguala.work.1",
            "  rate 60 | as agreed | jobs.iguala.agreement.extra_rate",
        ],
    ),
    "hourly": (
        HOURLY,
        "2026-02-01",
        "F-2026-0001",
        [
            "billed from 2026-02-01 | horas: 2026-01-01 to 2026-01-31 | jobs.horas.agreement.starts",
            "  covers horas:2026-01-01, horas:2026-01-05:2h, horas:2026-01-20:1.5h, horas:expense:2026-01-07:50 "
            "| the keys by which it is not billed twice |",
            "line 1 120.00 | Consultoría: 2 h × 60; 1 entry of work of 2026-01-05 | jobs.horas.work.0",
            "  rate 60 | since 2026-01-01 | jobs.horas.agreement.rate.0",
            "line 2 97.50 | Consultoría: 1.5 h × 65; 1 entry of work of 2026-01-20 | jobs.horas.work.1",
            "  rate 65 | since 2026-01-15 | jobs.horas.agreement.rate.1",
            "line 3 0.00 | Café: 1 h × 0; work of 2026-01-21 that is not billable, shown at nothing "
            "| jobs.horas.work.2",
            "line 4 50.00 | Tren: 1 × 50; spent on 2026-01-07 | jobs.horas.expenses.0",
        ],
    ),
}


@pytest.mark.parametrize(("job", "day", "number", "expected"), AGREEMENTS.values(), ids=AGREEMENTS)
def test_each_way_of_charging_says_what_it_bills_and_where_that_is(
    job: str, day: str, number: str, expected: list[str]
) -> None:
    days = ["2026-02-01", day] if job is DEPOSIT else [day]
    own = after_runs(book(job, catalog=CATALOG), days)
    found = told(number, own, "billed from", "line", "deposit")
    assert found == expected


PERIODLESS = "{client: acme, title: %s, done: 2026-03-1%s, lines: [{text: A, price: 10}]}"
GROSS = """
tienda:
  {client: acme, title: T, prices_include_tax: true, done: 2026-03-10, taxes: [iva], lines: [{text: A, price: 10}]}
"""


def test_each_tax_says_its_rate_its_law_its_base_and_who_chose_it() -> None:
    own = after_runs(book(HOURLY), ["2026-02-01"])
    reasons = explained_invoice(own.invoices[0], own, date(2026, 2, 1)).parts
    taxes = [reason for reason in reasons if reason.subject.startswith("tax")]
    assert [line for tax in taxes for line in flat(tax)][:6] == [
        "tax iva 45.68 | IVA: 21% of 217.50, the sum of lines 1 to 3, rounded once |",
        "  rate 21% | since 2012-09-01, in force on 2026-01-31 | regime.taxes.iva.percent.2",
        "  chosen | by the book | settings.taxes",
        "tax iva_reduced 5.00 | IVA reducido: 10% of 50.00, the sum of line 4, rounded once |",
        "  rate 10% | since 2012-09-01, in force on 2026-01-31 | regime.taxes.iva_reduced.percent.2",
        "  chosen | by the expense | jobs.horas.expenses.0.taxes",
    ]
    assert taxes[0].parts[0].source == "LIVA art. 90.Uno, por el Real Decreto-ley 20/2012 art. 23"


def test_a_price_that_includes_tax_is_told_with_and_without_it() -> None:
    own = after_runs(book(GROSS), ["2026-03-10"])
    assert told("F-2026-0001", own, "line", "tax")[:3] == [
        "line 1 8.26 | A: 1 × 8.2645; a line of the job | jobs.tienda.lines.0",
        "  price 10 | as agreed, tax included: 8.2645 without it | jobs.tienda.lines.0.price",
        "tax iva 1.74 | IVA: 21% of 8.26, the sum of line 1: 1.74, so that base and tax come to what was charged |",
    ]


def test_a_job_that_says_otherwise_now_is_told_and_hours_logged_since_are_no_change() -> None:
    own = after_runs(book(HOURLY), ["2026-02-01"])
    since = HOURLY.replace("amount: 60", "amount: 70").replace(
        "  expenses:", "    - {date: 2026-01-05, hours: 1, note: Tarde}\n  expenses:"
    )
    lines = told("F-2026-0001", replace(book(since), invoices=own.invoices), "line", "billed")
    assert [line for line in lines if "changed" in line] == [
        "  changed since | the job says otherwise now: price 70, here 60; net 140.00, here 120.00 | jobs.horas.work.0"
    ]
    assert lines[2] == "line 1 120.00 | Consultoría: 2 h × 60; 1 entry of work of 2026-01-05 | jobs.horas.work.0"


def test_of_a_job_that_is_gone_all_is_told_as_recorded() -> None:
    own = after_runs(book(PREPAID), ["2026-02-01"])
    assert told("F-2026-0001", replace(book(), invoices=own.invoices), "covers", "billed", "line") == [
        "covers curso:prepaid | as recorded: the job 'curso' is gone from the files |",
        "line 1 90.00 | Curso: 1 × 90; as recorded: the job 'curso' is gone from the files |",
    ]


def test_what_would_not_be_billed_so_any_more_is_told_as_recorded() -> None:
    own = after_runs(book(PREPAID), ["2026-02-01"])
    later = replace(book(PREPAID.replace("2026-02-01", "2026-05-01")), invoices=own.invoices)
    assert told("F-2026-0001", later, "line") == [
        "line 1 90.00 | Curso: 1 × 90; as recorded: by what the files say now it would not be billed so |"
    ]


def test_a_line_more_in_the_job_is_told() -> None:
    own = after_runs(book(PREPAID), ["2026-02-01"])
    later = book(PREPAID.replace("price: 90}", "price: 90}, {text: Libro, price: 20}"))
    assert told("F-2026-0001", replace(later, invoices=own.invoices), "changed") == [
        "changed since | today it would have one line more: Libro: 1 × 20 = 20.00 |"
    ]


def credited(**how: Any) -> Book:
    own = after_runs(book(COMPLETION), ["2026-03-10"])
    return carried_out(own, plan_credit(own, date(2026, 4, 1), Credit(own.invoices[0], "Error", **how)))


CREDITS = {
    "a line": (
        {"lines": (0,)},
        "line 1 -450.00 | Logo: -1 × 500 + 50.00; line 1 of F-2026-0001, taken back | invoices.F-2026-0001.lines.0",
    ),
    "an amount": (
        {"amount": Decimal(50)},
        "line 1 -50.00 | Error: -1 × 50.00; an amount of F-2026-0001 taken back, shared over its taxes"
        " | invoices.F-2026-0001.lines",
    ),
}


@pytest.mark.parametrize(("how", "expected"), CREDITS.values(), ids=CREDITS)
def test_a_credit_note_points_to_what_it_takes_back(how: dict[str, Any], expected: str) -> None:
    own = credited(**how)
    assert told("R-2026-0001", own, "corrects", "line") == [
        "corrects F-2026-0001 | Error | invoices.F-2026-0001",
        expected,
    ]


def test_what_was_given_back_and_billed_again_is_explained_from_the_job() -> None:
    own = after_runs(credited(again=True), ["2026-04-01"])
    assert told("F-2026-0002", own, "line 1")[0].endswith("a line of the job | jobs.logo.lines.0")
    assert told("F-2026-0001", own, "credited", "open") == [
        "credited 817.26 | on 2026-04-01, by R-2026-0001 | invoices.R-2026-0001",
        "open 0.00 | nothing on 2026-12-31: it is settled |",
    ]


def test_a_gathered_invoice_says_so_and_names_every_job() -> None:
    jobs = "\n".join(f"j{i}: {PERIODLESS % (f'T{i}', i)}" for i in range(2))
    own = after_runs(book(jobs, settings="invoice_per: client"), ["2026-03-31"])
    assert told("F-2026-0001", own, "billed from", "gathered", "line 2") == [
        "billed from 2026-03-10 | j0: done on 2026-03-10 | jobs.j0.done",
        "  covers j0:done | the keys by which it is not billed twice |",
        "billed from 2026-03-11 | j1: done on 2026-03-11 | jobs.j1.done",
        "  covers j1:done | the keys by which it is not billed twice |",
        "gathered 2026-03-31 | one invoice a month for this client | settings.invoice_per",
        "line 2 10.00 | A: 1 × 10; a line of the job | jobs.j1.lines.0",
        "  section T1 | the job that it is of, as the invoice gathers several |",
    ]


DUE = {
    "the book's, by default": (
        "",
        "",
        ["due 2026-04-09 | 30 days after 2026-03-10 |", "terms 30 days | facturar's own"],
    ),
    "the client's, of the end of the month": (
        "15 days end of month",
        "",
        [
            "due 2026-04-15 | 15 days after the end of the month of 2026-03-10 |",
            "terms 15 days end of month | of the client",
        ],
    ),
    "in instalments": (
        "[50% on receipt, 50% 30 days]",
        "",
        [
            "due 1 2026-03-10 | on receipt, 2026-03-10; 408.63, 50% of 817.26 |",
            "due 2 2026-04-09 | 30 days after 2026-03-10; 408.63, 50% of 817.26, the last taking the rounding |",
            "terms 50% on receipt, 50% 30 days | of the client",
        ],
    ),
    "on a Saturday that goes to the next business day": (
        "32 days, shift: next business day",
        "",
        [
            "due 2026-04-13 | 32 days after 2026-03-10, moved from 2026-04-11 |",
            "  shift next business day | of the client, as 2026-04-11 is a Saturday | clients.acme.shift",
            "terms 32 days | of the client | clients.acme.terms",
        ],
    ),
    "of a client whose terms are others now": (
        "",
        "60 days",
        [
            "due 2026-04-09 | 30 days after 2026-03-10 |",
            "terms 30 days | as recorded |",
            "  changed since | the terms are 60 days now | clients.acme.terms",
        ],
    ),
}


@pytest.mark.parametrize(("terms", "later", "expected"), DUE.values(), ids=DUE)
def test_the_due_date_says_whose_terms_and_how_they_count(terms: str, later: str, expected: list[str]) -> None:
    def clients(said: str) -> str:
        return CLIENTS + (f"  terms: {said}\n".replace(", shift", "\n  shift") if said else "")

    own = after_runs(book(COMPLETION, clients=clients(terms)), ["2026-03-10"])
    now = replace(book(COMPLETION, clients=clients(later or terms)), invoices=own.invoices)
    found = told("F-2026-0001", now, "due", "terms")
    assert [line[: len(start)] for line, start in zip(found, expected, strict=True)] == expected


def test_a_due_date_that_was_moved_says_from_where() -> None:
    start = book(COMPLETION, settings="shift: next business day", holidays=frozenset({date(2026, 4, 9)}))
    assert told("F-2026-0001", after_runs(start, ["2026-03-10"]), "due") == [
        "due 2026-04-10 | 30 days after 2026-03-10, moved from 2026-04-09 |",
        "  shift next business day | of the book, as 2026-04-09 is a holiday | settings.shift",
    ]


def test_the_number_says_its_pattern_and_what_came_before() -> None:
    settings = "numbering: {invoice: 'A-{year}-{seq}', start: {invoice: A-2026-7}}"
    own = after_runs(book(MILESTONES, settings=settings), ["2026-02-01"])
    assert told("A-2026-7", own, "number")[0] == (
        "number A-2026-7 | by the pattern A-{year}-{seq}, the first of its series, which begins at 7"
        " | settings.numbering.invoice"
    )
    assert told("A-2026-8", own, "number", "seal")[0] == (
        "number A-2026-8 | by the pattern A-{year}-{seq}, after A-2026-7 of 2026-02-01 | settings.numbering.invoice"
    )
    assert "fits the record; chained to A-2026-7" in told("A-2026-8", own, "seal")[0]


def test_a_simplified_invoice_says_why_it_may_be_one() -> None:
    clients = CLIENTS.replace("  tax_id: B12345674\n", "")
    own = after_runs(book(PREPAID, clients=clients), ["2026-02-01"])
    assert told("S-2026-0001", own, "simplified", "number") == [
        "simplified | the buyer's tax id is not known, and up to 400.00 EUR with tax it need not be shown"
        " | regime.simplified.limits.0",
        "number S-2026-0001 | by the pattern S-{year}-{seq:04d}, the first of its series |",
    ]


def test_what_settled_it_is_told_by_day_with_the_letters() -> None:
    payments = """
    - {date: 2026-04-01, client: acme, amount: 100}
    - {date: 2026-04-02, client: acme, amount: 50, invoice: F-2026-0001}
    """
    own = after_runs(book(COMPLETION, payments), ["2026-03-10", "2026-05-01"])
    assert told("F-2026-0001", own, "paid", "open", "friendly") == [
        "paid 100.00 | on 2026-04-01, by what names no invoice, laid on what was due first | payments.0",
        "paid 50.00 | on 2026-04-02, by what names it | payments.1",
        "open 667.26 | on 2026-12-31 |",
        "friendly letter 2026-05-01 | 22 days late | letters.2026-05-01-acme-friendly",
    ]


def test_a_letter_says_its_step_what_it_follows_and_each_rate_of_interest() -> None:
    days = ["2026-03-10", "2026-04-20", "2026-04-27", "2026-05-04", "2026-05-12", "2026-07-20"]
    own = after_runs(book(COMPLETION, settings="reminders: weekly"), days)
    letter = own.letters[-1]
    assert letter.step == "formal"
    found = [line for reason in explained_letter(letter, own).parts for line in flat(reason)]
    assert found[:2] == [
        "step formal | it comes 30 days after the due date, and the oldest was 102 days late; ladder 'weekly',"
        " which is built in | settings.reminders",
        "follows 2026-05-12 | the 'call' letter; with a gap of 7 days not before 2026-05-19"
        " | letters.2026-05-12-acme-call",
    ]
    assert [line for line in found if line.startswith(("interest", "  interest", "    rate"))] == [
        "interest F-2026-0001 23.30 | 102 days from 2026-04-10: base × rate × days ÷ 365 |",
        "  interest 18.64 | 817.26 × 10.15% × 82 ÷ 365, 2026-04-10 to 2026-06-30 |",
        "    rate 10.15% | 82 days from 2026-04-10 to 2026-06-30: base 2.15% since 2026-01-01,"
        " points 8% since 2013-02-24 | regime.late_payment.base.26 regime.late_payment.points.0",
        "  interest 4.66 | 817.26 × 10.40% × 20 ÷ 365, 2026-07-01 to 2026-07-20 |",
        "    rate 10.40% | 20 days from 2026-07-01 to 2026-07-20: base 2.40% since 2026-07-01,"
        " points 8% since 2013-02-24 | regime.late_payment.base.27 regime.late_payment.points.0",
    ]


def test_a_letter_says_what_was_not_kept_since_the_one_before() -> None:
    diary = "[{date: 2026-04-25, client: acme, kind: call, promise: {on: 2026-05-02, amount: 500}}]"
    paid = "[{date: 2026-05-02, client: acme, amount: 120}]"
    own = after_runs(book(COMPLETION, paid, diary), ["2026-03-10", "2026-04-14", "2026-04-24", "2026-05-04"])
    letter = own.letters[-1]
    found = [line for reason in explained_letter(letter, own).parts for line in flat(reason)]
    assert [line for line in found if line.startswith(("missed", "promise"))] == [
        "missed 2026-05-01 | the day that the letter before gave to pay | letters.2026-04-24-acme-firm",
        "promise 2026-05-02 | promised on 2026-04-25: 120.00 of 500.00 came by then | diary.0",
    ]


def test_a_client_says_what_became_of_their_promises() -> None:
    diary = "[{date: 2026-04-25, client: acme, kind: call, promise: {on: 2026-05-02, amount: 500}}]"
    own = after_runs(book(COMPLETION, diary=diary), ["2026-03-10"])
    found = [line for reason in explained_client("acme", own, date(2026, 5, 4)).parts for line in flat(reason)]
    assert "promise 2026-05-02 | broken: 0.00 of 500.00 EUR came | diary.0" in found


def test_a_client_says_for_which_day_a_letter_waits() -> None:
    own = after_runs(book(COMPLETION, settings="reminders: {quiet: [04-18]}"), ["2026-03-10"])
    found = [line for reason in explained_client("acme", own, date(2026, 4, 18)).parts for line in flat(reason)]
    why = "no letters in a quiet time (04-18): this one waits until 2026-04-20"
    assert found[-1] == f"next letter | none today: {why} |"


def test_a_letter_about_a_day_that_the_files_tell_otherwise_says_so() -> None:
    own = after_runs(book(COMPLETION), ["2026-03-10", "2026-04-20"])
    paid = "- {date: 2026-04-15, client: acme, amount: 817.26, invoice: F-2026-0001}"
    later = replace(book(COMPLETION, paid), invoices=own.invoices, letters=own.letters)
    found = [line for reason in explained_letter(own.letters[0], later).parts for line in flat(reason)]
    assert [line for line in found if "changed" in line] == [
        "  changed since | by what the files say now nothing was overdue or near on that day |",
        "  changed since | by what the files say now 0.00 was open on that day |",
    ]


REPORTED = """
horas:
  client: acme
  title: Consultoría
  agreement: {kind: hourly, starts: 2026-01-01, rate: 60, approval: {within: 5 days, silence: accepts}}
  work:
    - {date: 2026-01-05, hours: 2, note: Taller}
    - {date: 2026-01-21, hours: 1, note: Café, billable: false}
  expenses: [{date: 2026-01-07, text: Tren, amount: 50, markup: 10%}]
"""
SENT = "  reports: [{until: 2026-01-31, sent: 2026-02-03}]"
ANSWERS = {
    "unsent": ("", "written | 2026-01-31-horas is not sent yet; once it is: facturar sent horas |"),
    "sent": (SENT, "accepted | nobody objected by 2026-02-08: sent on 2026-02-03 | jobs.horas.reports"),
    "approved": (
        "  approvals: [{until: 2026-01-31, on: 2026-02-06, by: Ana}]",
        "approved | by Ana on 2026-02-06 | jobs.horas.approvals.0",
    ),
}


@pytest.mark.parametrize(("more", "state"), ANSWERS.values(), ids=ANSWERS.keys())
def test_an_activity_report_says_what_it_lists_and_what_became_of_it(more: str, state: str) -> None:
    written = after_runs(book(REPORTED), ["2026-02-01"])
    own = replace(book(REPORTED + more), activity=written.activity)
    found = [
        line for reason in explained_activity(own.activity[0], own, date(2026, 2, 9)).parts for line in flat(reason)
    ]
    assert found[:-1] == [
        "Taller 2 h | 2026-01-05, at 60 | jobs.horas.work.0",
        "Café 1 h | 2026-01-21, free | jobs.horas.work.1",
        "Tren 55.00 | 2026-01-07, its amount with its markup | jobs.horas.expenses.0",
        "total 175.00 | 120.00 + 0.00 + 55.00, before tax |",
        "approval silence accepts | to be given within 5 days of being sent | jobs.horas.agreement.approval",
        f"state {state}",
    ]
    assert found[-1].endswith("fits the record; the first of its job |")


def test_an_activity_report_of_entries_that_are_gone_says_so() -> None:
    own = after_runs(book(REPORTED), ["2026-02-01"])
    gone = replace(book(REPORTED.replace("note: Taller", "note: Sesión")), activity=own.activity)
    told = list(flat(explained_activity(own.activity[0], gone, date(2026, 2, 9))))
    assert "  Taller 2 h | 2026-01-05, at 60; the job has no such entry now |" in told


def job_told(job: str, own: Book, today: str) -> list[str]:
    day = date.fromisoformat(today)
    found = explained_job(job, own, day, coming(job, plan_invoices(own, day)))
    return [line for reason in found.parts for line in flat(reason)]


NEXT = {
    "what would be issued today": (
        PREPAID,
        "2026-02-01",
        "today F-2026-0001 | would be issued, 95.40 to pay: up front on 2026-02-01 |",
    ),
    "what comes on a day": (
        PREPAID,
        "2026-01-01",
        "next 2026-02-01 | up front on 2026-02-01: 95.40 to pay, by what is written so far | jobs.curso.agreement.on",
    ),
    "what waits for being done": (
        PREPAID.replace("agreement: {kind: prepaid, on: 2026-02-01}, ", ""),
        "2026-02-01",
        "waits | not done yet: 95.40 to pay, if it were today | jobs.curso",
    ),
    "the step that waits": (
        MILESTONES.replace(", done: 2026-02-01", ""),
        "2026-02-01",
        "waits | step 'Montaje' is not done yet: 4303.60 to pay, if it were today | jobs.hotel.agreement",
    ),
    "nothing of a cancelled job": (
        PREPAID.replace("title: Curso", "title: Curso, cancelled: 2026-01-02"),
        "2026-02-01",
        "next | nothing: it was cancelled on 2026-01-02 |",
    ),
}


@pytest.mark.parametrize(("job", "today", "expected"), NEXT.values(), ids=NEXT)
def test_a_job_says_what_comes_next_and_for_how_much(job: str, today: str, expected: str) -> None:
    own = book(job)
    assert job_told(next(iter(own.jobs)), own, today)[-1] == expected


def test_a_job_says_what_holds_it_back() -> None:
    own = book(PREPAID, clients=CLIENTS + "  requires: [purchase_order]\n")
    assert job_told("curso", own, "2026-02-01")[-1] == (
        "held | the client requires a purchase order: add purchase_order: to the job: 95.40 to pay, once it is settled"
        " | jobs.curso"
    )


def test_a_job_says_whose_each_setting_is_and_what_was_billed() -> None:
    job = PREPAID.replace("title: Curso", "title: Curso, currency: USD, taxes: []")
    own = after_runs(book(job, clients=CLIENTS + "  terms: 60 days\n"), ["2026-02-01"])
    found = job_told("curso", own, "2026-02-02")
    assert found[:9] == [
        "agreement prepaid | all of it up front, on 2026-02-01 | jobs.curso.agreement",
        "client acme | Panadería Acme, S.L. | jobs.curso.client",
        "currency USD | of the job | jobs.curso.currency",
        "taxes none | of the job | jobs.curso.taxes",
        "terms 60 days | of the client | clients.acme.terms",
        "language es | of the book | settings.language",
        "billed 90.00 | net in USD, on 1 document |",
        "  F-2026-0001 90.00 | of 2026-02-01: prepaid | invoices.F-2026-0001",
        "next | nothing is left to bill by what is written |",
    ]


def test_a_client_says_how_they_stand_and_which_letter_comes_next() -> None:
    diary = "[{date: 2026-04-20, client: acme, kind: call, promise: {on: 2026-04-25}}]"
    own = after_runs(book(COMPLETION, diary=diary), ["2026-03-10"])
    late = explained_client("acme", own, date(2026, 4, 18)).parts
    assert [line for reason in late for line in flat(reason)][-3:] == [
        "balance 817.26 | EUR on 2026-04-18 |",
        "  F-2026-0001 817.26 | open, due 2026-04-09, 9 days late | invoices.F-2026-0001",
        "next letter friendly | would be written today about F-2026-0001: 9 days late, by email |",
    ]
    promised = explained_client("acme", own, date(2026, 4, 20)).parts
    assert [line for reason in promised for line in flat(reason)][-2:] == [
        "promise 2026-04-25 | all that is owed: no letters about it through that day | diary.0",
        "next letter | none today: promised to pay by 2026-04-25 |",
    ]


THANKED = """
uno: {client: acme, title: Uno, done: 2026-03-01, lines: [{text: Uno, price: 100}]}
dos: {client: acme, title: Dos, done: 2026-03-10, discount: 10%, lines: [{text: Dos, price: 1000}]}
"""
LOYAL = CLIENTS + "  loyalty: {after: 1 invoice, discount: 5%}\n  terms: 2% 10 days, net 30 days\n"


@pytest.mark.parametrize("noted", [False, True], ids=["before its credit note", "after it"])
def test_loyalty_and_paying_early_are_told(noted: bool) -> None:
    own = after_runs(book(jobs=THANKED, clients=LOYAL), ["2026-03-01", "2026-03-10"])
    paid = "- {date: 2026-03-12, client: acme, amount: 10}\n"
    paid += "- {date: 2026-03-15, client: acme, amount: 888.18, invoice: F-2026-0002}\n"
    own = replace(own, payments=book(payments=paid).payments)
    if noted:
        own = after_runs(own, ["2026-03-15"])
    given = ", by R-2026-0001 | invoices.R-2026-0001" if noted else "; its credit note is still to be issued |"
    assert told("F-2026-0002", own, "line", "loyalty", "paid", "discount", "open") == [
        "line 1 855.00 | Dos: 1 × 1000 - 145.00; a line of the job | jobs.dos.lines.0",
        "  discount 145.00 | 10%, of the job, and 45.00 for loyalty | jobs.dos.discount",
        "loyalty -45.00 | 5% off after 1 invoice, once; the lines have taken it off | clients.acme.loyalty",
        "paid early 888.18 | 2% of the net and its taxes, 18.12, less if paid by 2026-03-20 |",
        f"discount 18.12 | on 2026-03-15, paid early{given}",
        "paid 888.18 | on 2026-03-15, by what names it | payments.1",
        "open 0.00 | nothing on 2026-12-31: it is settled |",
    ]
