"""Deposits that are asked for by a pro forma: asked, paid bit by bit, invoiced, taken off; or lapsed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from facturar.model.book import Book
from facturar.plan.credits import plan_credit
from facturar.plan.invoices import plan_invoices
from facturar.plan.month import carried_out
from facturar.rules.checks import check_book
from facturar.rules.crediting import Credit
from facturar.rules.settlement import accounts
from facturar.views.payment_state import payment_states
from facturar.views.quote_state import quote_states
from tests.book_text import after_runs, book

WEB = """
web:
  client: acme
  title: Web
  agreement: {kind: %s, deposit: 30%%, deposit_on: 2026-02-01, deposit_as: request}
  lines: [{text: Web, price: 1000}]
"""
COMPLETION = WEB % "completion"
OTHER = "logo: {client: acme, title: Logo, done: 2026-01-10, lines: [{text: Logo, price: 100}]}\n"
PAID = "- {date: %s, client: acme, amount: %s, invoice: PF-2026-0001}\n"
IN_PARTS = PAID % ("2026-02-05", "200") + PAID % ("2026-02-10", "118")


def day(text: str) -> date:
    return date.fromisoformat(text)


def lived(jobs: str, payments: str, runs: list[str], **more: str) -> Book:
    """A book after runs, its payments written before the first."""
    return after_runs(book(jobs=jobs, payments=payments, **more), runs)


def billed(start: Book) -> list[tuple[str, str, str]]:
    return [(i.kind, i.covers[0], str(i.totals.payable)) for i in start.invoices]


def reasons(start: Book, on: str) -> list[str]:
    return [skip.reason for skip in plan_invoices(start, day(on)).skipped]


@pytest.mark.parametrize("kind", ["completion", "delivery"])
def test_a_deposit_is_asked_for_on_its_day_and_once(kind):
    start = lived(WEB % kind, "", ["2026-01-31", "2026-02-01", "2026-02-02"])
    (asked,) = start.quotes
    assert (asked.number, asked.kind, str(asked.issued), asked.covers) == (
        "PF-2026-0001",
        "pro_forma",
        "2026-02-01",
        ("web:deposit",),
    )
    assert [str(figure) for figure in (asked.totals.net, asked.totals.tax, asked.payable)] == [
        "300.00",
        "63.00",
        "318.00",
    ]
    assert start.invoices == ()


def test_it_is_no_receivable():
    start = lived(COMPLETION, "", ["2026-02-01", "2026-06-01"])
    assert accounts(start, day("2026-06-01")) == {}
    assert start.letters == ()
    assert check_book(start, day("2026-06-01")) == []


def test_it_is_invoiced_once_all_of_it_is_paid():
    start = lived(COMPLETION, IN_PARTS, ["2026-02-01", "2026-02-06", "2026-02-12", "2026-02-13"])
    (deposit,) = start.invoices
    (asked,) = start.quotes
    assert (deposit.kind, deposit.pro_forma, str(deposit.issued), str(deposit.supplied)) == (
        "deposit",
        "PF-2026-0001",
        "2026-02-12",
        "2026-02-10",
    )
    assert (deposit.lines, deposit.taxes, deposit.totals) == (asked.lines, asked.taxes, asked.totals)
    assert (deposit.terms, deposit.payment_methods) == (None, ())
    assert payment_states(start, day("2026-02-12"))[deposit.number].status == "paid"
    assert check_book(start, day("2026-02-13")) == []


def test_the_plan_says_how_much_is_missing():
    start = lived(COMPLETION, IN_PARTS, ["2026-02-01"])
    assert reasons(start, "2026-02-06")[0] == "118.00 EUR of PF-2026-0001 is not paid yet"


@pytest.mark.parametrize("kind", ["completion", "delivery"])
def test_the_final_invoice_takes_it_off(kind):
    word = "done" if kind == "completion" else "delivered"
    jobs = WEB % kind + f"  {word}: 2026-03-01\n"
    start = lived(jobs, IN_PARTS, ["2026-02-01", "2026-02-12", "2026-03-01"])
    assert billed(start) == [("deposit", "web:deposit", "318.00"), ("invoice", f"web:{word}", "742.00")]
    assert start.invoices[1].deposits[0].number == start.invoices[0].number
    assert check_book(start, day("2026-03-01")) == []


LAPSED = {
    "unpaid": ("done: 2026-02-08", "", [("invoice", "web:done", "1060.00")], "1060.00"),
    "paid in part": ("done: 2026-02-08", IN_PARTS, [("invoice", "web:done", "1060.00")], "742.00"),
    "paid in time, though no run was there": (
        "done: 2026-02-10",
        IN_PARTS,
        [("deposit", "web:deposit", "318.00"), ("invoice", "web:done", "742.00")],
        "742.00",
    ),
    "cancelled": ("cancelled: 2026-02-08", "", [], "0"),
    "paid before it was cancelled": (
        "cancelled: 2026-02-11",
        IN_PARTS,
        [("deposit", "web:deposit", "318.00")],
        "0",
    ),
}


@pytest.mark.parametrize(("end", "payments", "expected", "owed"), LAPSED.values(), ids=LAPSED.keys())
def test_a_job_that_ends_before_it_was_paid(end, payments, expected, owed):
    start = lived(COMPLETION, payments, ["2026-02-01"])
    ended = book(jobs=COMPLETION + f"  {end}\n", payments=payments, quotes=start.quotes)
    after = after_runs(ended, ["2026-02-20", "2026-02-21"])
    assert billed(after) == expected
    open_ = [i.open for account in accounts(after, day("2026-02-20")).values() for i in account.open]
    assert sum(open_) == Decimal(owed)


def test_that_it_lapsed_is_said():
    start = lived(COMPLETION, "", ["2026-02-01"])
    done = book(jobs=COMPLETION + "  done: 2026-02-08\n", quotes=start.quotes)
    assert reasons(done, "2026-02-08") == ["PF-2026-0001 was not paid by 2026-02-08, and lapses: nothing is taken off"]
    assert quote_states(after_runs(done, ["2026-02-08"]), day("2026-02-08"))["PF-2026-0001"].status == "lapsed"


def test_a_job_that_was_finished_first_asks_for_nothing():
    start = lived(COMPLETION + "  done: 2026-01-31\n", "", ["2026-02-01"])
    assert start.quotes == ()


KEPT = {
    "kept, and no other invoice is paid": (PAID % ("2026-02-05", "200"), "2026-02-05", "106.00", "200", "200"),
    "what is free pays what is due": (
        "- {date: 2026-02-05, client: acme, amount: 200}",
        "2026-02-05",
        "0",
        "94.00",
        "0",
    ),
    "both": (
        PAID % ("2026-02-05", "200") + "- {date: 2026-02-05, client: acme, amount: 50}",
        "2026-02-05",
        "56.00",
        "200",
        "200",
    ),
    "shared out with an invoice": (
        "- {date: 2026-02-05, client: acme, amount: 250, invoices: {PF-2026-0001: 200, F-2026-0001: 50}}",
        "2026-02-05",
        "56.00",
        "200",
        "200",
    ),
    "given back": (
        PAID % ("2026-02-05", "200")
        + "- {date: 2026-02-06, client: acme, amount: 200, kind: refund, invoice: PF-2026-0001}",
        "2026-02-06",
        "106.00",
        "0",
        "0",
    ),
    "never written off": (
        "- {date: 2026-02-05, client: acme, amount: 20, kind: write_off, invoice: PF-2026-0001}",
        "2026-02-05",
        "86.00",
        "0",
        "0",
    ),
}


@pytest.mark.parametrize(("payments", "on", "open_", "credit", "kept"), KEPT.values(), ids=KEPT.keys())
def test_money_for_a_pro_forma_is_kept_for_it(payments, on, open_, credit, kept):
    start = lived(OTHER + COMPLETION, payments, ["2026-01-10", "2026-02-01"])
    account = accounts(start, day(on))["acme", "EUR"]
    assert sum(i.open for i in account.open) == Decimal(open_)
    assert (account.credit, account.kept) == (Decimal(credit), Decimal(kept))


def test_no_letter_lays_kept_money_against_what_is_overdue():
    start = lived(OTHER + COMPLETION, PAID % ("2026-02-05", "100"), ["2026-01-10", "2026-02-01", "2026-02-20"])
    (letter,) = start.letters
    assert (letter.credit, str(letter.total)) == (None, "106.00")


def test_what_is_paid_beyond_it_is_free():
    start = lived(COMPLETION, PAID % ("2026-02-05", "400"), ["2026-02-01", "2026-02-06"])
    account = accounts(start, day("2026-02-06"))["acme", "EUR"]
    assert (account.open, account.credit, account.kept) == ((), Decimal("82.00"), Decimal(0))


def test_money_that_went_back_is_no_longer_paid():
    back = "- {date: 2026-02-11, client: acme, amount: 18, kind: refund, invoice: PF-2026-0001}"
    start = lived(COMPLETION, IN_PARTS + back, ["2026-02-01", "2026-02-12"])
    assert start.invoices == ()
    assert reasons(start, "2026-02-12")[0] == "18.00 EUR of PF-2026-0001 is not paid yet"


def test_a_deposit_of_prices_that_include_tax_comes_to_what_was_asked_for():
    gross = COMPLETION.replace("price: 1000", "price: 33.33") + "  prices_include_tax: true\n  taxes: [iva]\n"
    asked = lived(gross, "", ["2026-02-01"]).quotes[0]
    assert asked.payable == Decimal("10.00")
    start = lived(gross, PAID % ("2026-02-02", "10.00"), ["2026-02-01", "2026-02-03"])
    assert start.invoices[0].totals == asked.totals
    assert check_book(start, day("2026-02-03")) == []


def test_what_it_asked_for_stays_though_the_prices_change():
    start = lived(COMPLETION, IN_PARTS, ["2026-02-01"])
    dearer = book(jobs=COMPLETION.replace("1000", "2000"), payments=IN_PARTS, quotes=start.quotes)
    assert billed(after_runs(dearer, ["2026-02-12"])) == [("deposit", "web:deposit", "318.00")]


def test_a_job_under_another_id_is_not_asked_again():
    start = lived(COMPLETION, "", ["2026-02-01"])
    renamed = book(jobs=COMPLETION.replace("web:", "tienda:"), quotes=start.quotes)
    assert plan_invoices(renamed, day("2026-02-02")).actions == ()
    assert "PF-2026-0001 asked for just this for 'web'" in reasons(renamed, "2026-02-02")[0]


def test_catching_up_issues_what_no_missed_run_would_have():
    jobs = COMPLETION + "  done: 2026-03-01\n"
    steady = lived(jobs, IN_PARTS, ["2026-02-01", "2026-02-05", "2026-02-10", "2026-02-20", "2026-03-01"])
    late = lived(jobs, IN_PARTS, ["2026-02-01", "2026-03-05"])
    assert billed(steady) == billed(late)
    assert [i.supplied or i.issued for i in steady.invoices] == [i.supplied or i.issued for i in late.invoices]


PROBLEMS = {
    "another client's": (
        "- {date: 2026-02-05, client: bolt, amount: 5, invoice: PF-2026-0001}",
        "PF-2026-0001 is an invoice of 'acme', not of 'bolt'",
    ),
    "a quote is not paid": (
        "- {date: 2026-02-05, client: acme, amount: 5, invoice: P-2026-0001}",
        "there is no invoice",
    ),
    "another currency": (
        "- {date: 2026-02-05, client: acme, amount: 5, currency: USD, invoice: PF-2026-0001}",
        "PF-2026-0001 is in EUR, the payment in USD",
    ),
    "written off": (
        "- {date: 2026-02-05, client: acme, amount: 5, kind: write_off, invoice: PF-2026-0001}",
        "PF-2026-0001 is a pro forma: nothing is owed on it, so nothing can be written off",
    ),
}
CLIENTS = """
acme: {name: Acme, tax_id: B12345674, address: {street: S, city: C, country: ES}}
bolt: {name: Bolt, tax_id: A58818501, address: {street: S, city: C, country: ES}}
"""


@pytest.mark.parametrize(("payments", "message"), PROBLEMS.values(), ids=PROBLEMS.keys())
def test_payments_that_cannot_be_right(payments, message):
    start = lived(COMPLETION, payments, ["2026-02-01"], clients=CLIENTS)
    (problem,) = check_book(start, day("2026-02-05"))
    assert problem.message.startswith(message)


def test_the_currency_of_a_payment_is_that_of_the_pro_forma():
    dollars = COMPLETION + "  currency: USD\n  taxes: [export]\n"
    start = lived(dollars, PAID % ("2026-02-05", "300"), ["2026-02-01", "2026-02-06"])
    assert [invoice.currency for invoice in start.invoices] == ["USD"]
    assert accounts(start, day("2026-02-06"))["acme", "USD"].open == ()


def test_a_deposit_that_was_credited_to_be_billed_again_is_paid_by_the_same_money():
    start = lived(COMPLETION, IN_PARTS, ["2026-02-01", "2026-02-12"])
    wrong = Credit(start.invoices[0], "Otro NIF", again=True)
    credited = carried_out(start, plan_credit(start, day("2026-02-13"), wrong))
    after = after_runs(credited, ["2026-02-14"])
    assert [(i.kind, i.pro_forma) for i in after.invoices] == [
        ("deposit", "PF-2026-0001"),
        ("credit_note", None),
        ("deposit", "PF-2026-0001"),
    ]
    assert accounts(after, day("2026-02-14"))["acme", "EUR"].balance == 0
    assert check_book(after, day("2026-02-14")) == []
