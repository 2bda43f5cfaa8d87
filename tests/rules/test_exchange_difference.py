"""Payments received in another currency: what came in, against what it settled at the rate of its invoice."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from facturar.problems import Code
from facturar.rules.checks import check_book
from facturar.rules.exchange_difference import all_exchanged, difference_of
from facturar.rules.settlement import accounts
from facturar.views.report import month_report
from tests.book_text import CLIENTS, after_runs, book
from tests.rules.test_exchange import rates_from

CLIENT = CLIENTS + "  taxes: []\n  currency: USD\n"
# F-2026-0001 of 500.00 USD at 0.92, F-2026-0002 of 300.00 USD at 0.95, F-2026-0003 of 100.00 EUR
JOBS = """
a: {client: acme, title: A, done: 2026-11-02, lines: [{text: A, price: 500}]}
b: {client: acme, title: B, done: 2026-11-16, lines: [{text: B, price: 300}]}
c: {client: acme, title: C, done: 2026-11-17, currency: EUR, lines: [{text: C, price: 100}]}
"""
LEDGER = "USD 2026-11-02 0.92\nUSD 2026-11-16 0.95\nGBP 2026-11-02 1.15"
RUNS = ["2026-11-02", "2026-11-16", "2026-11-17"]
DAY = date(2026, 12, 31)


def paid(payments, ledger=LEDGER, later=LEDGER):
    start = after_runs(book(jobs=JOBS, clients=CLIENT, rates=tuple(rates_from(ledger))), RUNS)
    return book(jobs=JOBS, clients=CLIENT, payments=payments, invoices=start.invoices, rates=tuple(rates_from(later)))


def told(part):
    return f"{part.invoice}: {part.amount} for {part.received}, worth {part.value}, {part.difference}"


ONE = "- {date: 2026-11-20, client: acme, amount: 500, received: 455.10 EUR, invoice: F-2026-0001}"

CASES = {
    "an invoice at its recorded rate, whatever the rate is now": (
        ONE,
        ["F-2026-0001: 500 USD for 455.10 EUR, worth 460.00 EUR, -4.90 EUR"],
    ),
    "a gain": (
        "- {date: 2026-11-20, client: acme, amount: 500, received: 471 EUR, invoice: F-2026-0001}",
        ["F-2026-0001: 500 USD for 471 EUR, worth 460.00 EUR, 11.00 EUR"],
    ),
    "a part of it": (
        "- {date: 2026-11-20, client: acme, amount: 200, received: 180 EUR, invoice: F-2026-0001}",
        ["F-2026-0001: 200 USD for 180 EUR, worth 184.00 EUR, -4.00 EUR"],
    ),
    "over several: what came in is shared as they are, each at its own rate": (
        "- {date: 2026-11-20, client: acme, amount: 800, received: 740.01 EUR,"
        " invoices: {F-2026-0001: 500, F-2026-0002: 300}}",
        [
            "F-2026-0001: 500 USD for 462.51 EUR, worth 460.00 EUR, 2.51 EUR",
            "F-2026-0002: 300 USD for 277.50 EUR, worth 285.00 EUR, -7.50 EUR",
        ],
    ),
    "what is left over of several has no worth: it may pay anything": (
        "- {date: 2026-11-20, client: acme, amount: 800, received: 740 EUR, invoices: {F-2026-0001: 500}}",
        [
            "F-2026-0001: 500 USD for 462.50 EUR, worth 460.00 EUR, 2.50 EUR",
            "None: 300 USD for 277.50 EUR, worth None, None",
        ],
    ),
    "nor has what names no invoice": (
        "- {date: 2026-11-20, client: acme, amount: 500, received: 455.10 EUR}",
        ["None: 500 USD for 455.10 EUR, worth None, None"],
    ),
    "an invoice in the book's currency, paid in another: at the rate of the payment's day": (
        "- {date: 2026-11-20, client: acme, amount: 100, received: 104 USD, invoice: F-2026-0003}",
        ["F-2026-0003: 100 EUR for 104 USD, worth 100 EUR, -1.20 EUR"],
    ),
    "what came in in a third currency too": (
        "- {date: 2026-11-20, client: acme, amount: 500, received: 395 GBP, invoice: F-2026-0001}",
        ["F-2026-0001: 500 USD for 395 GBP, worth 460.00 EUR, -5.75 EUR"],
    ),
    "of a third currency without a rate the worth is known alone": (
        "- {date: 2026-11-20, client: acme, amount: 500, received: 430 CHF, invoice: F-2026-0001}",
        ["F-2026-0001: 500 USD for 430 CHF, worth 460.00 EUR, None"],
    ),
    "a refund has no difference": (
        "- {date: 2026-11-20, client: acme, amount: 500, received: 455.10 EUR, kind: refund}",
        ["None: 500 USD for 455.10 EUR, worth None, None"],
    ),
    "without received there is nothing to tell": (
        "- {date: 2026-11-20, client: acme, amount: 500, invoice: F-2026-0001}",
        [],
    ),
}


@pytest.mark.parametrize(("payments", "expected"), CASES.values(), ids=CASES.keys())
def test_compares_what_came_in_with_what_it_settled(payments, expected):
    assert [told(part) for part in all_exchanged(paid(payments))] == expected


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        pytest.param("USD 2026-10-30 0.91", "worth 455.00 EUR, 0.10 EUR", id="the ledger's of its day of issue"),
        pytest.param("USD 2026-11-03 0.91", "worth None, None", id="a later rate is none"),
        pytest.param("", "worth None, None", id="no rate at all"),
    ],
)
def test_of_an_invoice_without_a_rate(later, expected):
    parts = all_exchanged(paid(ONE, ledger="", later=later))
    assert [told(part) for part in parts] == [f"F-2026-0001: 500 USD for 455.10 EUR, {expected}"]


def test_the_difference_of_a_payment_is_known_when_that_of_each_part_is():
    entry = "{{date: 2026-11-20, client: acme, amount: 800, received: 740 EUR, invoices: {{{}}}}}"
    both = "- " + entry.format("F-2026-0001: 500, F-2026-0002: 300")
    some = "- " + entry.format("F-2026-0001: 500")
    assert str(difference_of(all_exchanged(paid(both)))) == "-5.00 EUR"
    assert difference_of(all_exchanged(paid(some))) is None
    assert difference_of(()) is None


def test_a_payment_of_a_pro_forma_is_compared_with_the_invoice_that_follows_it():
    agreement = "agreement: {kind: completion, deposit: 500, deposit_as: request, deposit_on: 2026-11-02}"
    jobs = f"d: {{client: acme, title: D, {agreement}, lines: [{{text: D, price: 900}}]}}"
    rates = tuple(rates_from(LEDGER))
    asked = after_runs(book(jobs=jobs, clients=CLIENT, rates=rates), ["2026-11-02"])
    payments = "- {date: 2026-11-20, client: acme, amount: 500, received: 455.10 EUR, invoice: PF-2026-0001}"
    waiting = book(jobs=jobs, clients=CLIENT, payments=payments, quotes=asked.quotes, rates=rates)
    assert [told(part) for part in all_exchanged(waiting)] == ["PF-2026-0001: 500 USD for 455.10 EUR, worth None, None"]
    # invoiced at the rate of the day when it was paid, on which the tax falls due
    assert [told(part) for part in all_exchanged(after_runs(waiting, ["2026-11-25"]))] == [
        "F-2026-0001: 500 USD for 455.10 EUR, worth 475.00 EUR, -19.90 EUR"
    ]


def test_settles_the_amount_whatever_came_in():
    account = accounts(paid(ONE), DAY)["acme", "USD"]
    assert [str(instalment.open) for instalment in account.instalments] == ["0.00", "300.00"]


def test_the_report_lists_those_of_its_month():
    report = month_report(paid(ONE.replace("2026-11-20", "2026-12-01") + "\n" + ONE), date(2026, 12, 31))
    assert [part.payment.date for part in report.exchanged] == [date(2026, 12, 1)]
    assert [str(money) for money in report.differences] == ["-4.90 EUR"]
    assert [str(money) for money in report.collected] == ["500 USD"]


@pytest.mark.parametrize(
    ("received", "invoice", "code"),
    [
        pytest.param("455.10 EUR", "F-2026-0001", None, id="as usual"),
        pytest.param("455.10 USD", "F-2026-0001", Code.wrong_currency, id="the same currency, another amount"),
        pytest.param("500 USD", "F-2026-0001", None, id="the same currency and amount say nothing"),
        pytest.param("368 EUR", "F-2026-0001", None, id="a fifth less"),
        pytest.param("367.99 EUR", "F-2026-0001", Code.excess, id="more than a fifth less"),
        pytest.param("552.01 EUR", "F-2026-0001", Code.excess, id="more than a fifth more"),
    ],
)
def test_checks_what_came_in(received, invoice, code):
    payments = f"- {{date: 2026-11-20, client: acme, amount: 500, received: {received}, invoice: {invoice}}}"
    problems = check_book(paid(payments), DAY)
    assert [(problem.code, problem.path) for problem in problems] == (
        [(code, ("payments", 0, "received"))] if code else []
    )


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        pytest.param("received: 455.10 EUR, kind: write_off", "a write_off brings nothing in", id="write_off"),
        pytest.param("received: 0 EUR", "what was received, 0 EUR, is not above zero", id="nothing"),
        pytest.param("received: -5 EUR", "what was received, -5 EUR, is not above zero", id="less than nothing"),
    ],
)
def test_refuses_what_cannot_have_come_in(entry, message):
    with pytest.raises(ValidationError, match=message):
        paid(f"- {{date: 2026-11-20, client: acme, amount: 500, {entry}}}")
