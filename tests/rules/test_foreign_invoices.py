"""Documents in another currency than the book's: their rate, their tax at home, and what holds them back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from facturar.plan.credits import plan_credit
from facturar.plan.invoices import plan_invoices
from facturar.plan.month import carried_out
from facturar.problems import Code
from facturar.rules.checks import check_book
from facturar.rules.crediting import Credit
from facturar.rules.seals import sealed
from tests.book_text import CLIENTS, after_runs, book, issued
from tests.rules.test_exchange import rates_from

TODAY = date(2026, 11, 30)
USD = "USD 2026-11-02 0.9236\nUSD 2026-11-20 0.95"


def abroad(job, ledger=USD, **more):
    """A book with a job, `acme-web`, in dollars but where it says otherwise."""
    text = "acme-web:\n  client: acme\n  title: Web\n  currency: USD\n" + "\n".join(f"  {row}" for row in job)
    return book(jobs=text, rates=tuple(rates_from(ledger)), **more)


def told(invoice):
    exchange = invoice.exchange
    return exchange and f"{exchange.rate} of {exchange.date}, tax {exchange.tax} {exchange.currency}"


LINES = "lines: [{text: Web, price: 1000}]"

# the job → what its invoice of 30 November says of its exchange
EXCHANGES = {
    "the tax at home, of its 210.00 in dollars": (
        ["done: 2026-11-30", LINES],
        "0.95 of 2026-11-20, tax 199.50 EUR",
    ),
    "at the rate of the day of supply, not of issue": (
        ["done: 2026-11-18", LINES],
        "0.9236 of 2026-11-02, tax 193.96 EUR",
    ),
    "of a period, at the rate of its last day": (
        ["agreement: {kind: recurring, every: month, starts: 2026-10-19, ends: 2026-11-18, in: arrears}", LINES],
        "0.9236 of 2026-11-02, tax 193.96 EUR",
    ),
    "in advance: the day of issue, which comes before the period's last": (
        ["agreement: {kind: recurring, every: month, starts: 2026-11-30}", LINES],
        "0.95 of 2026-11-20, tax 199.50 EUR",
    ),
    "each tax rounded, then added up; a withholding is none of it": (
        [
            "done: 2026-11-18",
            "lines: [{text: A, price: 0.31, taxes: [iva, irpf]}, {text: B, price: 0.65, taxes: [iva_reduced]},"
            " {text: C, price: 10.00, taxes: [iva, recargo]}]",
        ],
        # 0.07 + 0.07 + 2.10 and 0.52: 0.06 + 0.06 + 1.94 + 0.48, where 2.76 at once would give 2.55
        "0.9236 of 2026-11-02, tax 2.54 EUR",
    ),
    "without tax the rate is recorded all the same": (
        ["done: 2026-11-30", "taxes: [export]", LINES],
        "0.95 of 2026-11-20, tax 0.00 EUR",
    ),
    "in the book's currency there is nothing to say": (["done: 2026-11-30", "currency: EUR", LINES], None),
}


@pytest.mark.parametrize(("job", "expected"), EXCHANGES.values(), ids=EXCHANGES.keys())
def test_records_the_exchange(job, expected):
    if "currency: EUR" in job:
        start = book(jobs="acme-web: {client: acme, title: Web, done: 2026-11-30, lines: [{text: T, price: 1}]}")
    else:
        start = abroad(job)
    found = issued(plan_invoices(start, TODAY))
    assert [told(invoice) for invoice in found] == [expected]
    assert check_book(carried_out(start, plan_invoices(start, TODAY)), TODAY) == []


# the job, the rates → why its invoice is not written on 30 November, or None
HELD = {
    "tax, and no rate at all": (
        ["done: 2026-11-18", LINES],
        "",
        "no rate of USD on 2026-11-18 to tell its tax in EUR: "
        "add to rates.yaml - {date: 2026-11-18, currency: USD, rate: …}",
    ),
    "tax, and no rate by the day of supply": (
        ["done: 2026-11-18", LINES],
        "USD 2026-11-19 0.95",
        "no rate of USD on 2026-11-18 to tell its tax in EUR: "
        "add to rates.yaml - {date: 2026-11-18, currency: USD, rate: …}",
    ),
    "tax, if it comes to nothing": (
        ["done: 2026-11-18", "lines: [{text: Web, price: 0}]"],
        "",
        "no rate of USD on 2026-11-18 to tell its tax in EUR: "
        "add to rates.yaml - {date: 2026-11-18, currency: USD, rate: …}",
    ),
    "an export is issued without a rate": (["done: 2026-11-18", "taxes: [export]", LINES], "", None),
    "reverse charge as well": (["done: 2026-11-18", "taxes: [reverse_charge]", LINES], "", None),
    "a withholding alone is no VAT": (["done: 2026-11-18", "taxes: [irpf]", LINES], "", None),
    "a rate of another currency is none": (
        ["done: 2026-11-18", LINES],
        "GBP 2026-11-02 1.15",
        "no rate of USD on 2026-11-18 to tell its tax in EUR: "
        "add to rates.yaml - {date: 2026-11-18, currency: USD, rate: …}",
    ),
}


@pytest.mark.parametrize(("job", "ledger", "reason"), HELD.values(), ids=HELD.keys())
def test_waits_for_the_rate_that_its_tax_needs(job, ledger, reason):
    plan = plan_invoices(abroad(job, ledger), TODAY)
    assert [skip.reason for skip in plan.skipped if skip.held] == ([reason] if reason else [])
    assert [told(invoice) for invoice in issued(plan)] == ([] if reason else [None])


@pytest.mark.parametrize(
    ("supplied", "taxes", "told"),
    [
        pytest.param("2026-11-30", "iva", "", id="ten days old: nothing to say"),
        pytest.param("2026-12-01", "iva", ", at a rate that is 11 days old", id="eleven days old"),
        pytest.param("2026-12-21", "export", "", id="without tax a month old"),
        pytest.param("2026-12-22", "export", ", at a rate that is 32 days old", id="without tax more than a month"),
    ],
)
def test_a_plan_says_when_a_rate_is_old(supplied, taxes, told):
    plan = plan_invoices(abroad([f"done: {supplied}", f"taxes: [{taxes}]", LINES]), date(2026, 12, 31))
    assert [action.reason for action in plan.actions] == [f"done on {supplied}{told}"]


DEPOSIT = "agreement: {kind: completion, deposit: 30%, deposit_on: 2026-11-02}"


def test_a_deposit_comes_off_at_the_rate_of_the_invoice_that_takes_it_off():
    start = after_runs(abroad([DEPOSIT, LINES, "done: 2026-11-25"]), ["2026-11-02", "2026-11-30"])
    # 63.00 of tax at 0.9236; then 210.00 − 63.00 at 0.95
    assert [told(invoice) for invoice in start.invoices] == [
        "0.9236 of 2026-11-02, tax 58.19 EUR",
        "0.95 of 2026-11-20, tax 139.65 EUR",
    ]
    assert check_book(start, TODAY) == []


def test_what_gives_a_deposit_back_is_at_the_rate_of_the_deposit():
    jobs = [
        DEPOSIT,
        "lines: [{text: Web, price: 1000}, {text: Less, price: -900, since: 2026-11-10}]",
        "done: 2026-11-25",
    ]
    start = after_runs(abroad(jobs), ["2026-11-02", "2026-11-30"])
    note = start.invoices[1]
    # 63.00 − 21.00 of tax, at the deposit's 0.9236
    assert (note.kind, told(note)) == ("credit_note", "0.9236 of 2026-11-02, tax -38.79 EUR")
    assert check_book(start, TODAY) == []


@pytest.mark.parametrize(
    ("wish", "tax"),
    [
        pytest.param({}, "-193.96", id="all of it: the very figure, below nothing"),
        pytest.param({"amount": Decimal(500)}, "-96.98", id="an amount: its tax at the invoice's rate"),
        pytest.param({"lines": (0,)}, "-193.96", id="a line"),
    ],
)
def test_a_credit_note_keeps_the_rate_of_its_invoice(wish, tax):
    start = after_runs(abroad(["done: 2026-11-18", LINES]), ["2026-11-18"])
    plan = plan_credit(start, TODAY, Credit(start.invoices[0], "x", **wish))
    assert told(issued(plan)[0]) == f"0.9236 of 2026-11-02, tax {tax} EUR"
    assert check_book(carried_out(start, plan), TODAY) == []


def test_a_credit_note_for_an_invoice_without_a_rate_has_none():
    start = after_runs(abroad(["done: 2026-11-18", "taxes: [export]", LINES], ""), ["2026-11-18"])
    later = book(rates=tuple(rates_from(USD)), invoices=start.invoices)
    assert issued(plan_credit(later, TODAY, Credit(start.invoices[0], "x")))[0].exchange is None


def test_a_tax_at_home_that_does_not_fit_is_told():
    start = after_runs(abroad(["done: 2026-11-18", LINES]), ["2026-11-18"])
    invoice = start.invoices[0]
    assert invoice.exchange
    wrong = sealed(
        invoice.model_copy(update={"exchange": invoice.exchange.model_copy(update={"tax": Decimal("193.95")})})
    )
    problems = check_book(abroad(["done: 2026-11-18", LINES], invoices=(wrong,)), TODAY)
    assert [(problem.code, problem.message) for problem in problems] == [
        (Code.sums, "F-2026-0001: the tax in EUR is 193.95, but its taxes at the rate 0.9236 come to 193.96")
    ]


# currency of the job, of the client → the currency of the invoice
PRECEDENCE = {
    "the book's": ("", "", "EUR"),
    "the client's before it": ("", "currency: USD", "USD"),
    "the job's before both": ("currency: GBP", "currency: USD", "GBP"),
    "even when it is the book's": ("currency: EUR", "currency: USD", "EUR"),
}


@pytest.mark.parametrize(("job", "client", "currency"), PRECEDENCE.values(), ids=PRECEDENCE.keys())
def test_the_currency_of_an_invoice(job, client, currency):
    text = f"web:\n  client: acme\n  title: Web\n  done: 2026-11-30\n  {LINES}\n  {job}"
    start = book(jobs=text, clients=f"{CLIENTS}  {client}\n", rates=tuple(rates_from(USD + "\nGBP 2026-11-02 1.15")))
    assert [invoice.currency for invoice in issued(plan_invoices(start, TODAY))] == [currency]


@pytest.mark.parametrize(
    ("currency", "line", "wrong"),
    [
        pytest.param("EUR", "{item: logo}", False, id="in the book's currency"),
        pytest.param("USD", "{item: logo, price: 700}", False, id="a price of its own"),
        pytest.param("USD", "{item: logo}", True, id="the catalogue's price in another currency"),
    ],
)
def test_the_catalogue_is_in_the_currency_of_the_book(currency, line, wrong):
    text = f"logo: {{client: acme, title: Logo, currency: {currency}, lines: [{line}]}}"
    problems = check_book(book(jobs=text, catalog="logo: {text: Logo, price: 600}"), TODAY)
    assert [(p.code, p.path) for p in problems] == (
        [(Code.wrong_currency, ("jobs", "logo", "lines", 0, "item"))] if wrong else []
    )
