"""Quotes: what each agreement offers, when one is written anew, and that nothing is billed before it is accepted."""

from __future__ import annotations

from datetime import date

import pytest

from facturar.model.book import Book
from facturar.model.quote import Quote
from facturar.plan.invoices import plan_invoices
from facturar.plan.month import carried_out
from facturar.plan.quotes import plan_quote
from facturar.problems import Code
from facturar.rules.checks import check_book
from facturar.rules.quotes import accepted_quote
from facturar.rules.quoting import acceptance_refusal, quote_refusal
from facturar.views.quote_state import quote_states
from facturar.views.status import attention
from tests.book_text import after_runs, book, issued

WEB = """
web:
  client: acme
  title: Web
  lines: [{text: Web, price: 500}]
"""
DEPOSIT = WEB + "  agreement: {kind: completion, deposit: 30%}\n"


def day(text: str) -> date:
    return date.fromisoformat(text)


def with_quote(start: Book, on: str, job: str = "web") -> Book:
    """The book with the quote of a job, written on a day."""
    assert quote_refusal(job, start, day(on)) is None
    return carried_out(start, plan_quote(start, day(on), job))


def the_quote(jobs: str, on: str = "2026-02-10") -> Quote:
    (record,) = with_quote(book(jobs=jobs), on).quotes
    return record


SPAN = "starts: 2026-03-01"
OFFERED = {
    "the lines of a completion": (WEB, ["500"], "530.00"),
    "dated prices as of today": (
        WEB.replace("price: 500", "price: [{since: 2026-01-01, amount: 400}, {since: 2026-03-01, amount: 500}]"),
        ["400"],
        "424.00",
    ),
    "expenses and work with a rate": (
        WEB + "  expenses: [{date: 2026-02-01, text: Fuente, amount: 100}]\n"
        "  work: [{date: 2026-02-01, hours: 2, note: Boceto, rate: 50}]\n",
        ["500", "50", "100"],
        "742.00",
    ),
    "a line a step": (
        "web: {client: acme, title: Web, agreement: {kind: milestones, price: 1000.01, steps: ["
        "{name: A, share: 33.33%}, {name: B, share: 33.33%}, {name: C, share: 33.34%}]}}",
        ["333.30", "333.30", "333.41"],
        "1060.01",
    ),
    "the lines of a period, at the prices of the first one": (
        WEB.replace("price: 500", "price: [{since: 2026-01-01, amount: 400}, {since: 2026-03-01, amount: 500}]")
        + f"  agreement: {{kind: recurring, {SPAN}}}\n",
        ["500"],
        "530.00",
    ),
    "the fee of a retainer": (
        "web: {client: acme, title: Web, agreement: "
        f"{{kind: retainer, {SPAN}, fee: 900, hours: 10, extra_rate: 95}}}}",
        ["900"],
        "954.00",
    ),
    "the rate of an hour": (
        f"web: {{client: acme, title: Web, agreement: {{kind: hourly, {SPAN}, rate: 60}}}}",
        ["60"],
        "63.60",
    ),
    "the estimate of hours": (
        WEB + f"  agreement: {{kind: hourly, {SPAN}, rate: 60}}\n",
        ["500"],
        "530.00",
    ),
    "prepaid, at the prices of its day": (
        WEB.replace("price: 500", "price: [{since: 2026-01-01, amount: 400}, {since: 2026-03-01, amount: 500}]")
        + "  agreement: {kind: prepaid, on: 2026-03-05}\n",
        ["500"],
        "530.00",
    ),
    "prices that include tax": (
        WEB.replace("price: 500", "price: 121") + "  prices_include_tax: true\n",
        ["100"],
        "106.00",
    ),
}


@pytest.mark.parametrize(("jobs", "prices", "payable"), OFFERED.values(), ids=OFFERED.keys())
def test_what_is_offered(jobs, prices, payable):
    quote = the_quote(jobs)
    assert [f"{line.price:f}" for line in quote.lines] == prices
    assert str(quote.payable) == payable


@pytest.mark.parametrize("agreement", ["completion", "delivery"])
def test_a_quote_comes_to_what_the_invoice_will(agreement):
    word = "done" if agreement == "completion" else "delivered"
    jobs = f"""
    web:
      client: acme
      title: Web
      agreement: {{kind: {agreement}}}
      discount: 7%
      lines: [{{item: mesa, quantity: 3}}, {{text: Porte, price: 10.05, quantity: 3, taxes: [iva_reduced, irpf]}}]
      quote: {{accepted: 2026-02-11}}
      {word}: 2026-02-12
    """
    prices = "[{since: 2025-01-01, amount: 80}, {since: 2026-03-01, amount: 90}]"
    catalog = f"mesa: {{text: Mesa, unit: ud., taxes: [iva], price: {prices}}}"
    open_ = book(jobs=jobs.replace("quote: {accepted: 2026-02-11}", "quote: {}"), catalog=catalog)
    (quote,) = carried_out(open_, plan_quote(open_, day("2026-02-10"), "web")).quotes
    (invoice,) = issued(plan_invoices(book(jobs=jobs, catalog=catalog, quotes=(quote,)), day("2026-02-12")))
    assert (quote.lines, quote.taxes, quote.totals) == (invoice.lines, invoice.taxes, invoice.totals)
    assert invoice.quote == quote.number


def test_the_deposit_is_told_as_it_will_be_paid():
    charging = the_quote(DEPOSIT).charging
    assert charging
    assert charging.deposit
    assert str(charging.deposit.amount) == "159.00"


ACCEPTED = "  quote: {valid: 10 days, accepted: 2026-02-12}\n"
REFUSED = {
    "nothing changed": (WEB, "2026-02-15", "nothing changed since P-2026-0001"),
    "an expired quote is written again": (WEB, "2026-03-15", None),
    "a price changed": (WEB.replace("500", "550"), "2026-02-15", None),
    "so did how long it is valid": (WEB + "  quote: {valid: 60 days}\n", "2026-02-15", None),
    "it was accepted": (WEB + ACCEPTED, "2026-02-15", "P-2026-0001 was accepted on 2026-02-12"),
    "it was accepted, and changed": (WEB.replace("500", "550") + ACCEPTED, "2026-02-15", "P-2026-0001 was accepted"),
    "accepted before any quote": (
        WEB + "  quote: {accepted: 2026-02-01}\n",
        "2026-02-15",
        "'web' was accepted on 2026-02-01",
    ),
    "a cancelled job": (WEB + "  cancelled: 2026-02-12\n", "2026-02-15", "'web' was cancelled"),
    "no lines": ("web: {client: acme, title: Web}", "2026-02-15", "'web' has nothing to quote"),
    "less than nothing": (WEB.replace("500", "-500"), "2026-02-15", "the quote would come to -530.00"),
    "before the last one": (WEB.replace("500", "550"), "2026-02-09", "the last quote is dated 2026-02-10"),
}


@pytest.mark.parametrize(("jobs", "on", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_when_a_job_is_quoted_again(jobs, on, reason):
    first = with_quote(book(jobs=WEB), "2026-02-10").quotes
    refused = quote_refusal("web", book(jobs=jobs, quotes=first), day(on))
    assert (refused is None) == (reason is None)
    assert refused is None or refused[0].startswith(reason)


def test_a_new_quote_names_the_one_it_replaces_and_is_chained_to_it():
    first = with_quote(book(jobs=WEB), "2026-02-10")
    second = with_quote(book(jobs=WEB.replace("500", "550"), quotes=first.quotes), "2026-02-12")
    one, two = second.quotes
    assert (two.number, two.replaces, two.previous) == ("P-2026-0002", "P-2026-0001", one.seal)
    assert {number: s.status for number, s in quote_states(second, day("2026-02-12")).items()} == {
        "P-2026-0001": "replaced",
        "P-2026-0002": "open",
    }
    assert check_book(second, day("2026-02-12")) == []


WAITS = {
    "a completion": "  done: 2026-02-20\n",
    "a delivery": "  agreement: {kind: delivery}\n  delivered: 2026-02-20\n",
    "a deposit": "  agreement: {kind: completion, deposit: 30%}\n",
    "a pro forma": "  agreement: {kind: completion, deposit: 30%, deposit_as: request}\n",
    "milestones": "  agreement: {kind: milestones, price: 100, steps: [{name: A, share: 100%, on: 2026-02-20}]}\n",
    "a period": "  agreement: {kind: recurring, starts: 2026-02-01}\n",
    "up front": "  agreement: {kind: prepaid, on: 2026-02-01}\n",
    "a retainer": "  agreement: {kind: retainer, starts: 2026-02-01, fee: 90, hours: 1, extra_rate: 9}\n",
    "hours": "  agreement: {kind: hourly, starts: 2026-01-01, rate: 60}\n"
    "  work: [{date: 2026-01-05, hours: 2, note: Taller}]\n",
}


@pytest.mark.parametrize("agreement", WAITS.values(), ids=WAITS.keys())
def test_nothing_is_billed_until_the_quote_is_accepted(agreement):
    on = day("2026-02-20")
    waiting = plan_invoices(book(jobs=WEB + agreement + "  quote: {}\n"), on)
    assert waiting.actions == ()
    assert [(skip.held, skip.reason) for skip in waiting.skipped] == [
        (True, "it is to be quoted first: facturar quote web")
    ]
    accepted = WEB + agreement + "  quote: {accepted: 2026-02-10}\n"
    assert plan_invoices(book(jobs=accepted), day("2026-02-09")).actions == ()
    assert plan_invoices(book(jobs=accepted), on).actions


REASONS = {
    "a quote that was written waits too, key or no key": (
        "",
        "2026-02-12",
        "is not accepted: facturar quote web",
        True,
    ),
    "expired": ("", "2026-03-30", "its quote P-2026-0001 expired on 2026-03-12", True),
    "accepted on a day to come": (
        "  quote: {accepted: 2026-02-14}\n",
        "2026-02-12",
        "its quote is accepted on 2026-02-14",
        False,
    ),
}


@pytest.mark.parametrize(("terms", "on", "reason", "held"), REASONS.values(), ids=REASONS.keys())
def test_why_a_job_waits(terms, on, reason, held):
    jobs = WEB + "  done: 2026-02-11\n"
    quotes = with_quote(book(jobs=jobs), "2026-02-10").quotes
    (skip,) = plan_invoices(book(jobs=jobs + terms, quotes=quotes), day(on)).skipped
    assert (reason in skip.reason, skip.held) == (True, held)


def test_a_job_that_is_not_finished_or_called_off_is_not_held():
    assert [s.held for s in plan_invoices(book(jobs=WEB + "  quote: {}\n"), day("2026-02-12")).skipped] == [False]
    off = WEB + "  quote: {}\n  cancelled: 2026-02-11\n"
    assert plan_invoices(book(jobs=off), day("2026-02-12")).skipped == ()


def test_the_accepted_quote_is_the_last_one_issued_by_that_day():
    start = with_quote(book(jobs=WEB), "2026-02-10")
    start = with_quote(book(jobs=WEB.replace("500", "550"), quotes=start.quotes), "2026-02-12")
    for on, number in [("2026-02-11", "P-2026-0001"), ("2026-02-12", "P-2026-0002")]:
        jobs = WEB.replace("500", "550") + f"  quote: {{accepted: {on}}}\n"
        accepted = accepted_quote("web", book(jobs=jobs, quotes=start.quotes), day("2026-03-01"))
        assert accepted
        assert accepted.number == number


def test_the_deposit_is_due_on_the_day_of_the_acceptance():
    jobs = DEPOSIT + "  quote: {accepted: 2026-02-12}\n"
    (deposit,) = after_runs(book(jobs=jobs), ["2026-02-11", "2026-02-12"]).invoices
    assert (deposit.kind, str(deposit.issued)) == ("deposit", "2026-02-12")


def test_an_invoice_is_explained_by_the_lines_of_its_quote():
    quotes = with_quote(book(jobs=WEB), "2026-02-10").quotes
    done = WEB + "  annexes: [quote]\n  done: 2026-02-20\n  quote: {accepted: 2026-02-12}\n"
    (invoice,) = after_runs(book(jobs=done, quotes=quotes), ["2026-02-20"]).invoices
    (annex,) = invoice.annexes
    assert (annex.kind, annex.number, str(annex.accepted)) == ("quote", "P-2026-0001", "2026-02-12")
    assert annex.lines == quotes[0].lines


def codes(start: Book, on: str) -> list[Code]:
    return [problem.code for problem in check_book(start, day(on))]


@pytest.mark.parametrize(
    ("terms", "on", "warned", "told"),
    [
        ("", "2026-02-14", [], []),
        ("", "2026-03-06", [], ["P-2026-0001 is valid until 2026-03-12, not accepted"]),
        ("", "2026-03-13", [Code.expired_quote], ["P-2026-0001 expired on 2026-03-12, not accepted"]),
        ("  cancelled: 2026-03-01\n", "2026-03-13", [], []),
        ("  quote: {accepted: 2026-03-12}\n", "2026-03-20", [], []),
        ("  quote: {accepted: 2026-03-13}\n", "2026-03-20", [Code.expired_quote], []),
    ],
    ids=["valid", "nearly over", "expired", "called off", "accepted on its last day", "accepted late"],
)
def test_a_quote_that_expires_is_told(terms, on, warned, told):
    quotes = with_quote(book(jobs=WEB), "2026-02-10").quotes
    start = book(jobs=WEB + terms, quotes=quotes)
    assert codes(start, on) == warned
    assert [item.about for item in attention(start, day(on)) if item.kind == "quote"] == told


ACCEPTING = {
    "a quote there is": ("", "2026-02-12", None),
    "too late, which is only a warning": ("", "2026-06-01", None),
    "before it was written": ("", "2026-02-09", "P-2026-0001 is dated 2026-02-10"),
    "twice": ("  quote: {accepted: 2026-02-11}\n", "2026-02-12", "'web' was accepted on 2026-02-11"),
}


@pytest.mark.parametrize(("terms", "on", "reason"), ACCEPTING.values(), ids=ACCEPTING.keys())
def test_what_can_be_accepted(terms, on, reason):
    quotes = with_quote(book(jobs=WEB), "2026-02-10").quotes
    refused = acceptance_refusal("web", book(jobs=WEB + terms, quotes=quotes), day(on))
    assert (refused is None) == (reason is None)
    assert refused is None or refused[0].startswith(reason)


def test_nothing_can_be_accepted_that_was_not_offered():
    refused = acceptance_refusal("web", book(jobs=WEB), day("2026-02-12"))
    assert refused
    assert refused[0] == "no quote was issued for 'web'"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda two: (two[0].model_copy(update={"message": "Otra cosa"}), two[1]), Code.seal),
        (lambda two: two[1:], Code.number_gap),
        (lambda two: (*two, two[1]), Code.number_twice),
    ],
    ids=["changed", "gone", "twice"],
)
def test_quotes_are_checked_as_invoices_are(change, code):
    first = with_quote(book(jobs=WEB), "2026-02-10")
    two = with_quote(book(jobs=WEB.replace("500", "550"), quotes=first.quotes), "2026-02-12").quotes
    assert code in codes(book(jobs=WEB, quotes=change(two)), "2026-02-12")
