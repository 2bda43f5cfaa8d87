"""Paying early: what is offered, when it is taken, and the credit note that follows without moving a balance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from facturar.model.invoice import EarlyPaymentDiscount, Invoice
from facturar.model.letter import Letter
from facturar.model.terms import read_terms
from facturar.plan.credits import plan_credit, plan_early_credits
from facturar.plan.month import carried_out, plan_month
from facturar.rules.checks import check_book
from facturar.rules.crediting import Credit
from facturar.rules.early_payment import offer_of
from facturar.rules.settlement import accounts
from facturar.views.aging import aging
from facturar.views.payment_state import payment_states
from tests.book_text import CLIENTS, after_runs, book, issued

TERMS = "2% 10 days, net 30 days"
ISSUED, EARLY = date(2026, 11, 30), date(2026, 12, 10)


def clients(taxes: str = "[iva]", terms: str = TERMS) -> str:
    return CLIENTS + f"  taxes: {taxes}\n  terms: {terms}\n"


def job(lines: str, more: str = "") -> str:
    return f"web: {{client: acme, title: Web, done: 2026-11-30, lines: [{lines}]{more}}}\n"


PLAIN = "{text: Web, price: 1000.42}"
TWO = "{text: Web, price: 800}, {text: Libro, price: 100.10, taxes: [iva_super_reduced]}"

# lines, taxes, more of the job → what is payable, what comes off, what is then payable
OFFERS = {
    "IVA": (PLAIN, "[iva]", "", "1210.51 24.21 1186.30"),
    "IVA and IRPF: what is withheld comes down too": (PLAIN, "[iva, irpf]", "", "1060.45 21.21 1039.24"),
    "two rates": (TWO, "[iva]", "", "1072.10 21.44 1050.66"),
    "two rates and IRPF": (TWO, "[iva, irpf]", "", "952.10 19.04 933.06"),
    "recargo": (PLAIN, "[iva, recargo]", "", "1262.53 25.25 1237.28"),
    "no tax": (PLAIN, "[]", "", "1000.42 20.01 980.41"),
    "prices that include tax": ("{text: Web, price: 121}", "[iva]", ", prices_include_tax: true", "121.00 2.42 118.58"),
    "what was paid in the client's name is not earned": (
        "{text: Web, price: 1000.42}, {text: Tasa, price: 127.88, taxes: [pass_through]}",
        "[iva]",
        "",
        "1338.39 24.21 1314.18",
    ),
    "a few cents": ("{text: Web, price: 0.30}", "[iva]", "", "0.36 0.01 0.35"),
}


def offered(invoice: Invoice) -> EarlyPaymentDiscount:
    offer = offer_of(invoice)
    assert offer
    return offer


@pytest.mark.parametrize(("lines", "taxes", "more", "expected"), OFFERS.values(), ids=OFFERS.keys())
def test_both_amounts_are_on_the_record_and_the_credit_note_comes_to_the_difference(lines, taxes, more, expected):
    start = after_runs(book(jobs=job(lines, more), clients=clients(taxes)), [ISSUED])
    (invoice,) = start.invoices
    offer = offered(invoice)
    assert f"{invoice.totals.payable} {offer.amount} {offer.payable}" == expected
    assert offer.until == EARLY
    paid = replace(start, payments=book(payments=payment(offer.payable)).payments)
    (note,) = issued(plan_early_credits(paid, EARLY))
    assert note.totals.payable == -offer.amount
    assert check_book(after_runs(paid, [EARLY]), EARLY) == []


@pytest.mark.parametrize(
    ("lines", "terms"),
    [
        (PLAIN, "30 days"),
        (PLAIN, '["50% on receipt", "50% 30 days"]'),
        ("{text: Web, price: 0.10}", TERMS),
        ("{text: Web, price: 0}", TERMS),
    ],
    ids=["no such terms", "instalments", "not a cent", "nothing to pay"],
)
def test_nothing_is_offered(lines, terms):
    (invoice,) = after_runs(book(jobs=job(lines), clients=clients(terms=terms)), [ISSUED]).invoices
    assert invoice.discounts == ()


def test_of_a_final_invoice_it_is_on_what_the_deposit_left():
    agreed = ", agreement: {kind: completion, deposit: 50%, deposit_on: 2026-11-01}"
    final = after_runs(book(jobs=job("{text: Web, price: 1000}", agreed), clients=clients()), [ISSUED]).invoices[1]
    assert (str(final.totals.payable), str(offered(final).amount)) == ("605.00", "12.10")


@pytest.mark.parametrize(
    ("terms", "day"),
    [
        ("2% 10 days, net 30 days", "2026-12-10"),
        ("2% on receipt, net 30 days", "2026-11-30"),
        ("3% 5 days end of month, net 60 days end of month", "2026-12-05"),
    ],
)
def test_the_day_is_counted_as_the_terms_say(terms, day):
    (invoice,) = after_runs(book(jobs=job(PLAIN), clients=clients(terms=terms)), [ISSUED]).invoices
    assert (str(offered(invoice).until), invoice.terms) == (day, read_terms(terms).text)


def payment(amount, day="2026-12-05", more=", invoice: F-2026-0001"):
    return f"- {{date: {day}, client: acme, amount: {amount}{more}}}\n"


# payments → the day asked about, then what is open, the discount, what was paid, the credit, the state
TAKEN = {
    "in time, to the cent": (payment("1186.30"), "2026-12-05", "0.00 24.21 1186.30 0.00 paid"),
    "on the last day": (payment("1186.30", "2026-12-10"), "2026-12-10", "0.00 24.21 1186.30 0.00 paid"),
    "and for ever": (payment("1186.30"), "2027-06-30", "0.00 24.21 1186.30 0.00 paid"),
    "not before it is paid": (payment("1186.30"), "2026-12-04", "1210.51 0.00 0.00 0.00 open"),
    "a day too late": (payment("1186.30", "2026-12-11"), "2026-12-11", "24.21 0.00 1186.30 0.00 partly paid"),
    "a cent too little": (payment("1186.29"), "2026-12-31", "24.22 0.00 1186.29 0.00 overdue"),
    "in full: not taken": (payment("1210.51"), "2026-12-31", "0.00 0.00 1210.51 0.00 paid"),
    "in full by the end: taken before": (
        payment("1186.30") + payment("24.21", "2026-12-20"),
        "2026-12-31",
        "0.00 24.21 1186.30 24.21 paid",
    ),
    "a little more than was asked": (payment("1190"), "2026-12-31", "0.00 24.21 1186.30 3.70 paid"),
    "in two parts": (
        payment("1000") + payment("186.30", "2026-12-10"),
        "2026-12-10",
        "0.00 24.21 1186.30 0.00 paid",
    ),
    "in two parts, half of them paid": (
        payment("1000") + payment("186.30", "2026-12-10"),
        "2026-12-09",
        "210.51 0.00 1000.00 0.00 partly paid",
    ),
    "in two parts, one of them late": (
        payment("1000") + payment("186.30", "2026-12-11"),
        "2026-12-11",
        "24.21 0.00 1186.30 0.00 partly paid",
    ),
    "unnamed": (payment("1186.30", more=""), "2026-12-05", "0.00 24.21 1186.30 0.00 paid"),
    "before it was issued": (payment("1186.30", "2026-11-01", ""), "2026-12-05", "0.00 24.21 1186.30 0.00 paid"),
    "named among others": (
        payment("1186.30", more=", invoices: {F-2026-0001: 1186.30}"),
        "2026-12-05",
        "0.00 24.21 1186.30 0.00 paid",
    ),
    "what is written off is not paid": (
        payment("1086.30") + payment("100", more=", invoice: F-2026-0001, kind: write_off"),
        "2026-12-31",
        "24.21 0.00 1186.30 0.00 overdue",
    ),
    "the rest written off later forgives nothing twice": (
        payment("1186.30") + payment("24.21", "2026-12-31", ", invoice: F-2026-0001, kind: write_off"),
        "2026-12-31",
        "0.00 24.21 1186.30 0.00 paid",
    ),
}


@pytest.mark.parametrize(("payments", "day", "expected"), TAKEN.values(), ids=TAKEN.keys())
def test_taken(payments, day, expected):
    start = after_runs(book(jobs=job(PLAIN), clients=clients()), [ISSUED])
    paid = replace(start, payments=book(payments=payments).payments)
    on = date.fromisoformat(day)
    state, account = payment_states(paid, on)["F-2026-0001"], accounts(paid, on)["acme", "EUR"]
    assert f"{state.open} {state.discount} {state.paid} {account.credit:.2f} {state.status}" == expected
    assert state.paid + state.discount + state.open == start.invoices[0].totals.payable


OTHERS = """
old: {client: acme, title: Antes, done: 2026-11-02, lines: [{text: Antes, price: 100}]}
new: {client: acme, title: Otra, done: 2026-12-02, lines: [{text: Otra, price: 100}]}
"""
DAYS = ["2026-11-02", "2026-11-30", "2026-12-02"]

# of three invoices of 121.00, 1210.51 and 121.00: payments → what is open of each on 12 December
AMONG = {
    "unnamed money pays what was due first": (payment("1307.30", more=""), "0.00 0.00 121.00"),
    "and too little of it takes no discount": (payment("1307.29", more=""), "0.00 24.22 121.00"),
    "more of it pays in full before it pays the next": (payment("1428.30", more=""), "0.00 0.00 24.21"),
    "named it is clear": (
        payment("1426.72", more=", invoices: {F-2026-0001: 121, F-2026-0002: 1186.30, F-2026-0003: 118.58}"),
        "0.00 0.00 0.00",
    ),
    "money for another invoice is not for this one": (
        payment("121", more=", invoice: F-2026-0003") + payment("1186.30", more=""),
        "0.00 145.21 0.00",
    ),
}


@pytest.mark.parametrize(("payments", "expected"), AMONG.values(), ids=AMONG.keys())
def test_among_other_invoices(payments, expected):
    start = after_runs(book(jobs=job(PLAIN) + OTHERS, clients=clients()), DAYS)
    states = payment_states(replace(start, payments=book(payments=payments).payments), date(2026, 12, 12))
    assert " ".join(str(states[f"F-2026-000{n}"].open) for n in (1, 2, 3)) == expected


PAID = replace(
    after_runs(book(jobs=job(PLAIN) + OTHERS, clients=clients()), DAYS),
    payments=book(payments=payment("1190", more=", invoice: F-2026-0002")).payments,
)


def test_the_credit_note_is_planned_with_its_reason_and_issued_once():
    plan = plan_month(PAID, date(2026, 12, 8))
    (action,) = (action for action in plan.actions if action.kind == "credit_note")
    (note,) = (record for record in issued(plan) if record.kind == "credit_note")
    assert (action.document, action.client, str(action.amount)) == ("R-2026-0001", "acme", "-24.21")
    assert action.reason == "F-2026-0002: 2% off, paid by 2026-12-10 (art. 80.Uno.2.º LIVA)"
    assert (note.corrects, note.reason, note.covers) == (
        "F-2026-0002",
        "Descuento por pronto pago",
        ("F-2026-0002:early",),
    )
    assert [line.text for line in note.lines] == ["Descuento por pronto pago"]
    after = carried_out(PAID, plan)
    assert plan_early_credits(after, date(2026, 12, 8)).actions == ()
    assert plan_early_credits(after, date(2027, 12, 8)).actions == ()
    assert check_book(after, date(2026, 12, 8)) == []


def test_it_is_in_the_language_of_the_invoice_and_without_a_law_where_none_is_known():
    start = after_runs(
        book(jobs=job(PLAIN), clients=clients("[]") + "  language: en\n", settings="regime: generic\ntaxes: []"),
        [ISSUED],
    )
    paid = replace(start, payments=book(payments=payment("980.41")).payments)
    plan = plan_early_credits(paid, EARLY)
    assert [note.reason for note in issued(plan)] == ["Early-payment discount"]
    assert plan.actions[0].reason == "F-2026-0001: 2% off, paid by 2026-12-10"


def test_no_balance_of_any_day_moves_when_it_is_issued():
    after = carried_out(PAID, plan_early_credits(PAID, date(2026, 12, 20)))
    assert len(after.invoices) == len(PAID.invoices) + 1
    for offset in range(60):
        day = date(2026, 11, 25) + timedelta(days=offset)
        assert aging(after, day) == aging(PAID, day)
        states = payment_states(PAID, day)
        assert {number: payment_states(after, day)[number] for number in states} == states


def test_nor_when_something_was_written_off_before_it_is_issued():
    entries = (
        payment("1186.30") + "- {date: 2026-12-20, client: acme, amount: 5, kind: write_off, invoice: F-2026-0001}\n"
    )
    start = replace(
        after_runs(book(jobs=job(PLAIN), clients=clients("[iva]")), [ISSUED]), payments=book(payments=entries).payments
    )
    day = date(2027, 1, 10)
    after = carried_out(start, plan_early_credits(start, day))
    assert len(after.invoices) == 2
    assert aging(after, day) == aging(start, day)
    assert aging(after, day).rows == ()


def test_only_the_batch_is_credited():
    batch = replace(PAID, clients=book(clients=clients() + "  batch: A\n").clients)
    kinds = {name: [a.kind for a in plan_month(batch, EARLY, batch=name).actions] for name in ("A", "B")}
    assert ("credit_note" in kinds["A"], "credit_note" in kinds["B"]) == (True, False)


def credited(start, amount: str, day: str):
    credit = Credit(start.invoices[0], "Error", amount=Decimal(amount))
    return carried_out(start, plan_credit(start, date.fromisoformat(day), credit))


# credited net on a day, paid → the discount, what is open
PARTLY = {
    "the discount is on what is left": ("100", "2026-12-01", "1067.72", "21.79 0.00"),
    "a cent too little": ("100", "2026-12-01", "1067.71", "0.00 21.80"),
    "credited once it was paid": ("100", "2026-12-08", "1186.30", "21.79 0.00"),
    "credited in full, there is none": ("1000.42", "2026-12-08", "1186.30", "0.00 0.00"),
}


@pytest.mark.parametrize(("net", "day", "paid", "expected"), PARTLY.values(), ids=PARTLY.keys())
def test_an_invoice_that_was_credited_in_part(net, day, paid, expected):
    start = credited(after_runs(book(jobs=job(PLAIN), clients=clients()), [ISSUED]), net, day)
    start = replace(start, payments=book(payments=payment(paid)).payments)
    state = payment_states(start, date(2026, 12, 12))["F-2026-0001"]
    assert f"{state.discount} {state.open}" == expected
    after = carried_out(start, plan_early_credits(start, date(2026, 12, 12)))
    assert aging(after, date(2026, 12, 12)) == aging(start, date(2026, 12, 12))
    assert check_book(after, date(2026, 12, 12)) == []


def test_no_letter_asks_for_what_was_taken_off():
    letters = [r for r in plan_month(PAID, date(2027, 1, 20)).records if isinstance(r, Letter)]
    assert [[listed.number for listed in letter.invoices] for letter in letters] == [["F-2026-0001", "F-2026-0003"]]


COURTESY = clients(terms="2% 10 days, net 14 days") + "  reminders: monthly\n"


@pytest.mark.parametrize(
    ("day", "payments", "expected"),
    [
        pytest.param("2026-12-08", "", ("2026-12-10", "1186.30"), id="while the offer holds"),
        pytest.param("2026-12-08", payment("500"), ("2026-12-10", "686.30"), id="what is left of it"),
        pytest.param("2026-12-11", "", None, id="no more"),
    ],
)
def test_the_letter_before_the_due_date_says_what_settles_it_early(day, payments, expected):
    start = after_runs(book(jobs=job(PLAIN), clients=COURTESY), [ISSUED])
    start = replace(start, payments=book(payments=payments).payments)
    (letter,) = [r for r in plan_month(start, date.fromisoformat(day)).records if isinstance(r, Letter)]
    (early,) = (listed.early for listed in letter.invoices)
    assert ((str(early.until), str(early.amount)) if early else None) == expected
