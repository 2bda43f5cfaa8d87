"""Currencies without cents, and with more: every figure of a job's life has their digits, and adds up in them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from facturar.plan.credits import plan_credit
from facturar.plan.month import carried_out
from facturar.problems import Code
from facturar.rules.checks import check_book
from facturar.rules.crediting import Credit
from facturar.views.payment_state import payment_states
from tests.book_text import CLIENTS, after_runs, book, issued

TODAY = date(2026, 11, 30)
CLIENT = CLIENTS + '  terms: ["50% on receipt", "50% 30 days"]\n'
JOB = """
web:
  client: acme
  title: Web
  agreement: {{kind: completion, deposit: 30%, deposit_on: 2026-11-02}}
  lines: [{{text: Web, quantity: 3, price: {price}, discount: 10%}}]
  done: 2026-11-30
"""

# the price of one of three → line, deposit, final invoice, its instalments; an amount credited → the credit note
LIVES = {
    "JPY": (
        "333.5",
        "1001 less 100: 901",
        "net 270 tax 57 withheld 41 payable 286",
        "net 631 tax 132 withheld 94 payable 669",
        "335 334",
        "100",
        "net -100 tax -21 withheld -15 payable -106",
    ),
    "KWD": (
        "33.3335",
        "100.001 less 10.000: 90.001",
        "net 27.000 tax 5.670 withheld 4.050 payable 28.620",
        "net 63.001 tax 13.230 withheld 9.450 payable 66.781",
        "33.391 33.390",
        "10.005",
        "net -10.005 tax -2.101 withheld -1.501 payable -10.605",
    ),
    "CLF": (
        "3.33335",
        "10.0001 less 1.0000: 9.0001",
        "net 2.7000 tax 0.5670 withheld 0.4050 payable 2.8620",
        "net 6.3001 tax 1.3230 withheld 0.9450 payable 6.6781",
        "3.3391 3.3390",
        "1.0005",
        "net -1.0005 tax -0.2101 withheld -0.1501 payable -1.0605",
    ),
}


def told(invoice):
    totals = invoice.totals
    return f"net {totals.net} tax {totals.tax} withheld {totals.withheld} payable {totals.payable}"


@pytest.mark.parametrize(
    ("currency", "price", "line", "deposit", "final", "instalments", "credited", "note"),
    [(currency, *life) for currency, life in LIVES.items()],
    ids=LIVES.keys(),
)
def test_from_the_deposit_to_the_credit_note(currency, price, line, deposit, final, instalments, credited, note):
    ledgers = {"jobs": JOB.format(price=price), "clients": CLIENT, "settings": f"currency: {currency}"}
    start = after_runs(book(**ledgers), ["2026-11-02", "2026-11-30"])
    first, last = start.invoices
    (sold,) = last.lines
    assert sold.discount
    assert f"{sold.net + sold.discount} less {sold.discount}: {sold.net}" == line
    assert (told(first), told(last)) == (deposit, final)
    assert " ".join(str(due.amount) for due in last.due) == instalments
    plan = plan_credit(start, TODAY, Credit(last, "x", amount=Decimal(credited)))
    assert told(issued(plan)[0]) == note
    payments = f"- {{date: 2026-11-30, client: acme, amount: {last.due[0].amount}, invoice: {last.number}}}"
    paid = book(payments=payments, invoices=carried_out(start, plan).invoices, **ledgers)
    left = last.totals.payable - last.due[0].amount + issued(plan)[0].totals.payable
    assert payment_states(paid, TODAY)[last.number].open == left
    assert check_book(paid, TODAY) == []


@pytest.mark.parametrize(
    ("currency", "amount", "too_many"),
    [
        ("JPY", "100", False),
        ("JPY", "100.5", True),
        ("JPY", "100.0", False),
        ("EUR", "100.55", False),
        ("EUR", "100.555", True),
        ("KWD", "100.555", False),
        ("KWD", "100.5555", True),
        ("CLF", "100.5555", False),
        ("CLF", "100.55555", True),
    ],
)
def test_an_amount_has_the_digits_of_its_currency(currency, amount, too_many):
    agreements = {
        "expenses: [{date: 2026-11-02, text: T, amount: AMOUNT}]": ("expenses", 0, "amount"),
        "discount: AMOUNT": ("discount",),
        "lines: [{text: T, price: 1000, discount: AMOUNT}]": ("lines", 0, "discount"),
        "agreement: {kind: completion, deposit: AMOUNT}": ("agreement", "deposit"),
        "agreement: {kind: milestones, price: AMOUNT, steps: [{name: A, share: AMOUNT}]}": (
            "agreement",
            "steps",
            0,
            "share",
        ),
        "agreement: {kind: hourly, starts: 2026-11-01, rate: 60, cap: AMOUNT}": ("agreement", "cap"),
    }
    jobs = [
        f"j{n}: {{client: acme, title: T, currency: {currency}, {text.replace('AMOUNT', amount)}}}"
        for n, text in enumerate(agreements)
    ]
    payment = f"- {{date: 2026-11-02, client: acme, amount: {amount}, currency: {currency}}}"
    problems = check_book(book(jobs="\n".join(jobs), payments=payment), TODAY)
    paths = [("payments", 0, "amount"), *(("jobs", f"j{n}", *path) for n, path in enumerate(agreements.values()))]
    assert [p.path for p in problems if p.code is Code.too_many_digits] == (paths if too_many else [])


@pytest.mark.parametrize(
    ("currency", "line", "net"),
    [
        pytest.param(
            "JPY", "price: 0.4, quantity: 3", "1", id="a price may have more digits: the line is rounded once"
        ),
        pytest.param("JPY", "price: 0.4", "0", id="to nothing"),
        pytest.param("KWD", "price: 0.0005", "0.001", id="half away from zero"),
        pytest.param("CLF", "price: 0.00005", "0.0001", id="at four digits"),
    ],
)
def test_prices_may_have_more_digits(currency, line, net):
    terms = f"currency: {currency}, taxes: [export], done: 2026-11-30"
    jobs = f"web: {{client: acme, title: T, {terms}, lines: [{{text: T, {line}}}]}}"
    start = after_runs(book(jobs=jobs), ["2026-11-30"])
    assert [str(invoice.totals.net) for invoice in start.invoices] == [net]
    assert check_book(start, TODAY) == []
