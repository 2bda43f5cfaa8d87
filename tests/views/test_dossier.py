"""A case against a client: what is claimed of which invoice, what was laid on it, and what happened when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from facturar.model.book import Book
from facturar.model.dossier import Dossier
from facturar.model.invoice import Period
from facturar.model.money import ZERO
from facturar.plan.charges import plan_charge
from facturar.plan.month import carried_out
from facturar.plan.receipts import plan_receipts
from facturar.plan.statements import plan_statements
from facturar.rules.statements import Asked as Wanted
from facturar.store.yaml_text import load
from facturar.views.dossier import Asked, Case, Refused, cases
from tests.book_text import CLIENTS, after_runs, book

# three invoices of 1,000.00 without tax: F-2026-0001 of 10 Jan, -0002 of 10 Feb, -0003 of 10 Mar, each due in 30 days
UNTAXED = CLIENTS + "  taxes: []\n"
JOBS = "\n".join(
    f"job{n}: {{client: acme, title: T, done: 2026-0{n}-10, lines: [{{text: T, price: 1000}}]}}" for n in range(1, 4)
)
RUNS = ["2026-01-10", "2026-02-10", "2026-03-10"]
DAY = date(2026, 3, 20)


def lived(payments: str = "", diary: str = "", clients: str = UNTAXED, jobs: str = JOBS, settings: str = "") -> Book:
    before = after_runs(book(jobs=jobs, clients=clients, settings=settings), RUNS)
    after = book(jobs=jobs, clients=clients, payments=payments, diary=diary, settings=settings)
    return replace(after, invoices=before.invoices, letters=before.letters, quotes=before.quotes)


def asked(day: date = DAY, *numbers: str, notes: bool = False) -> Asked:
    return Asked("acme", day, date(2026, 12, 31), frozenset(numbers), notes=notes)


def case(found: Book, *numbers: str, day: date = DAY) -> Case:
    made = cases(asked(day, *numbers), found)
    assert not isinstance(made, Refused), made
    (one,) = made
    return one


def dossier(found: Book, *numbers: str, day: date = DAY) -> Dossier:
    return case(found, *numbers, day=day).dossier


def test_what_is_overdue_is_claimed_and_nothing_else():
    assert [claim.number for claim in dossier(lived()).claims] == ["F-2026-0001", "F-2026-0002"]
    assert [claim.number for claim in dossier(lived(), "F-2026-0002").claims] == ["F-2026-0002"]


def test_the_total_is_what_is_open_with_interest_and_the_costs_of_collection():
    found = dossier(lived())
    interest = [charge.amount for charge in found.charges if charge.kind == "interest"]
    costs = [charge.amount for charge in found.charges if charge.kind == "compensation"]
    # 39 and 8 days at 10.15 %
    assert interest == [Decimal("10.85"), Decimal("2.22")]
    assert costs == [40, 40]
    assert found.total == 2000 + sum(interest) + sum(costs)


def test_a_consumer_is_asked_for_nothing_on_top():
    found = dossier(lived(clients=UNTAXED + "  consumer: true\n"))
    assert not found.charges
    assert found.law is None
    assert found.total == 2000


# payments · of F-2026-0001: (day, kind, amount, document)
LAID = {
    "nothing": ("", []),
    "a part": (
        "- {date: 2026-02-20, client: acme, amount: 400, invoice: F-2026-0001, method: transfer, reference: N1}",
        [("2026-02-20", "paid", 400, "N1")],
    ),
    "without a name, what was due first": (
        "- {date: 2026-02-20, client: acme, amount: 400}",
        [("2026-02-20", "paid", 400, None)],
    ),
    "twice": (
        "- {date: 2026-02-20, client: acme, amount: 400}\n- {date: 2026-03-01, client: acme, amount: 100}",
        [("2026-02-20", "paid", 400, None), ("2026-03-01", "paid", 100, None)],
    ),
    "before it was issued": (
        "- {date: 2026-01-02, client: acme, amount: 400, invoice: F-2026-0001}",
        [("2026-01-10", "paid", 400, None)],
    ),
    "given up": (
        "- {date: 2026-03-01, client: acme, amount: 50, kind: write_off, invoice: F-2026-0001}",
        [("2026-03-01", "written_off", 50, None)],
    ),
    "later than the day": ("- {date: 2026-03-21, client: acme, amount: 400}", []),
}


@pytest.mark.parametrize(("payments", "expected"), LAID.values(), ids=LAID.keys())
def test_what_was_laid_on_an_invoice(payments, expected):
    claim = dossier(lived(payments)).claims[0]
    assert [(str(row.date), row.kind, row.amount, row.document) for row in claim.settled] == expected
    assert claim.amount - sum((row.amount for row in claim.settled), ZERO) - claim.later == claim.open


def test_an_instalment_that_is_not_due_yet_is_not_claimed():
    terms = UNTAXED + "  terms: [50% 15 days, 50% 120 days]\n"
    claim = dossier(lived(clients=terms)).claims[0]
    assert [claim.amount, claim.later, claim.open] == [1000, 500, 500]


REFUSED = {
    "nothing is owed": (lived("- {date: 2026-03-11, client: acme, amount: 3000}"), (), "acme owes nothing"),
    "that one is paid": (
        lived("- {date: 2026-02-20, client: acme, amount: 1000, invoice: F-2026-0001}"),
        ("F-2026-0001",),
        "F-2026-0001 is settled",
    ),
    "that one is not due": (lived(), ("F-2026-0003",), "F-2026-0003 is not due before 2026-04-09"),
}


@pytest.mark.parametrize(("found", "numbers", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_why_there_is_no_case(found, numbers, reason):
    refused = cases(asked(DAY, *numbers), found)
    assert isinstance(refused, Refused)
    assert reason in refused.reason
    assert refused.hint


def test_a_rate_that_nobody_knows_is_asked_for():
    refused = cases(asked(date(2031, 3, 20)), lived())
    assert isinstance(refused, Refused)
    assert "late_interest:" in refused.reason


DIARY = """
- {date: 2026-01-05, client: acme, note: before it all}
- {date: 2026-02-12, client: acme, kind: call, note: next week, promise: {on: 2026-02-20}}
- {date: 2026-02-14, client: acme, note: bad feeling}
- {date: 2026-02-25, client: acme, kind: dispute, invoice: F-2026-0002, note: wrong colour}
- {date: 2026-03-12, client: acme, kind: dispute, invoice: F-2026-0003, note: another invoice}
- {date: 2026-03-15, client: acme, kind: handover, to: lawyer}
"""


def test_the_diary_of_the_case():
    found = dossier(lived(diary=DIARY))
    assert [(entry.kind, entry.state) for entry in found.diary] == [
        ("call", "broken"),
        ("dispute", None),
        ("handover", None),
    ]
    assert (found.to, found.disputed) == ("lawyer", ("F-2026-0002",))
    with_notes = cases(asked(notes=True), lived(diary=DIARY))
    assert not isinstance(with_notes, Refused)
    assert "bad feeling" in [entry.note for entry in with_notes[0].dossier.diary]


def test_the_chronology_goes_by_date():
    payments = "- {date: 2026-02-20, client: acme, amount: 400}"
    rows = [(str(event.date), event.kind, event.name) for event in dossier(lived(payments, DIARY)).events]
    assert rows == [
        ("2026-01-10", "issued", "F-2026-0001"),
        ("2026-02-09", "due", "F-2026-0001"),
        ("2026-02-10", "issued", "F-2026-0002"),
        ("2026-02-12", "promise", None),
        ("2026-02-20", "paid", "F-2026-0001"),
        ("2026-02-20", "promised_day", None),
        ("2026-02-25", "dispute", "F-2026-0002"),
        ("2026-03-10", "letter", None),
        ("2026-03-12", "due", "F-2026-0002"),
        ("2026-03-15", "handover", None),
    ]


def test_the_chronology_says_what_became_of_a_promise():
    assert [event.state for event in dossier(lived(diary=DIARY)).events if event.kind == "promised_day"] == ["broken"]


def test_what_was_given_back_of_another_invoice_is_no_part_of_it():
    payments = "- {date: 2026-02-20, client: acme, amount: 1000, invoice: F-2026-0001}\n" + "\n".join(
        f"- {{date: 2026-03-1{n}, client: acme, amount: 10, kind: refund, invoice: F-2026-000{n}}}" for n in (1, 2)
    )
    found = dossier(lived(payments, settings="terms: 0 days"), "F-2026-0002")
    assert [event.name for event in found.events if event.kind == "refunded"] == ["F-2026-0002"]


def test_neither_other_clients_nor_other_invoices_are_told_of():
    bolt = UNTAXED + UNTAXED.replace("acme:", "bolt:")
    diary = """
- {date: 2026-02-12, client: bolt, kind: call, note: of bolt}
- {date: 2026-02-13, client: acme, kind: call, invoice: F-2026-0002, note: of another}
- {date: 2026-02-14, client: acme, kind: call, note: of all}
- {date: 2026-02-15, client: acme, kind: call, invoice: F-2026-0001, note: of it}
"""
    found = dossier(lived(diary=diary, clients=bolt), "F-2026-0001")
    assert [entry.note for entry in found.diary] == ["of all", "of it"]
    assert [event.note for event in found.events if event.kind == "call"] == ["of all", "of it"]


def test_the_receipts_and_statements_that_show_an_invoice():
    paid = lived("- {date: 2026-02-20, client: acme, amount: 400, invoice: F-2026-0001}\n")
    papers = plan_receipts(paid, DAY) + plan_statements(paid, DAY, ["acme"], Wanted("open", DAY))
    papered = carried_out(paid, papers)
    made = case(papered, "F-2026-0001")
    assert [copied.part for copied in made.dossier.copies] == ["invoices", "payments", "statements", "letters"]
    assert [e.document for e in made.dossier.events if e.kind == "paid"] == ["2026-02-20-acme-receipt"]
    assert [copied.part for copied in dossier(papered, "F-2026-0002").copies] == ["invoices", "statements"]


def test_a_debit_note_for_its_being_late_goes_along():
    charged = carried_out(lived(), plan_charge(lived(), date(2026, 3, 15), "acme", ["F-2026-0001"]))
    made = case(charged, "F-2026-0001")
    assert [(copied.name, copied.kind) for copied in made.dossier.copies][:2] == [
        ("F-2026-0001", "invoice"),
        ("ND-2026-0001", "debit_note"),
    ]
    assert [event.name for event in made.dossier.events if event.kind == "charged"] == ["ND-2026-0001"]
    assert len(case(charged, "F-2026-0002").invoices) == 1


APPROVALS = {
    "the days billed": ("{from: 2026-01-01, to: 2026-01-31}", ["2026-01-31"]),
    "later days": ("{from: 2026-02-01, to: 2026-02-10}", ["2026-02-20"]),
    "days of two": ("{from: 2026-01-20, to: 2026-02-10}", ["2026-01-31", "2026-02-20"]),
}


@pytest.mark.parametrize(("period", "expected"), APPROVALS.values(), ids=APPROVALS.keys())
def test_the_approvals_of_the_days_billed(period, expected):
    given = ", ".join(f"{{until: {day}, on: {day}, by: Ana}}" for day in ("2026-01-31", "2026-02-20", "2026-03-10"))
    found = lived(jobs=JOBS.replace("title: T, done: 2026-01-10", f"title: T, approvals: [{given}], done: 2026-01-10"))
    of_days = found.invoices[0].model_copy(update={"period": Period.model_validate(load(period))})
    made = dossier(replace(found, invoices=(of_days, *found.invoices[1:])), "F-2026-0001")
    assert [str(work.until) for work in made.approvals] == expected


def test_what_was_ordered():
    jobs = JOBS.replace("title: T, done: 2026-01-10", "title: T, purchase_order: PO-7, done: 2026-01-10")
    assert [(order.invoice, order.purchase_order) for order in dossier(lived(jobs=jobs)).orders] == [
        ("F-2026-0001", "PO-7")
    ]
