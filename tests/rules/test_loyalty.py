"""Loyalty: a thank you on the next invoice after a threshold, once, and the same whenever the runs were."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from facturar.model.agreement import read_share
from facturar.plan.credits import plan_credit
from facturar.plan.month import carried_out
from facturar.rules.checks import check_book
from facturar.rules.crediting import Credit
from facturar.rules.loyalty import loyalty_of
from facturar.rules.totals import DraftLine, discounted, priced
from tests.book_text import CLIENTS, after_runs, book

MONTHS = [f"2026-{month:02d}-10" for month in range(1, 7)]


def monthly(lines: str, more: str = "") -> str:
    """A job that is billed on the 10th of each month."""
    return f"""
care:
  client: acme
  title: Cuidado
  agreement: {{kind: recurring, every: month, starts: 2026-01-10}}
  lines: [{lines}]
  {more}
"""


def of_acme(*more: str) -> str:
    return CLIENTS + "".join(f"  {line}\n" for line in more)


def nets(found) -> str:
    return " ".join(str(invoice.totals.net) for invoice in found.invoices)


ONE = "{text: Mes, price: 100}"

# lines of the job, loyalty → the nets of six months
GIVEN = {
    "on the third, after two": (ONE, "{after: 2 invoices, discount: 5%}", "100.00 100.00 95.00 100.00 100.00 100.00"),
    "after one": (ONE, "{after: 1 invoice, discount: 5%}", "100.00 95.00 100.00 100.00 100.00 100.00"),
    "not before": (ONE, "{after: 6 invoices, discount: 5%}", " ".join(["100.00"] * 6)),
    "after an amount, in the client's currency": (
        ONE,
        "{after: 300, discount: 10%}",
        "100.00 100.00 100.00 90.00 100.00 100.00",
    ),
    "a cent below it is below it": (
        ONE,
        "{after: 300.01, discount: 10%}",
        "100.00 100.00 100.00 100.00 90.00 100.00",
    ),
    "after an amount in euros": (
        ONE,
        "{after: 100 EUR, discount: 10%}",
        "100.00 90.00 100.00 100.00 100.00 100.00",
    ),
    "an amount in another currency was never invoiced": (
        ONE,
        "{after: 100 USD, discount: 10%}",
        " ".join(["100.00"] * 6),
    ),
    "an amount off": (ONE, "{after: 2 invoices, discount: 30}", "100.00 100.00 70.00 100.00 100.00 100.00"),
    "never more than there is": (
        ONE,
        "{after: 2 invoices, discount: 300}",
        "100.00 100.00 0.00 100.00 100.00 100.00",
    ),
    "on top of a line's own discount": (
        "{text: Mes, price: 100, discount: 10%}",
        "{after: 2 invoices, discount: 5%}",
        "90.00 90.00 85.50 90.00 90.00 90.00",
    ),
}


@pytest.mark.parametrize(("lines", "loyalty", "expected"), GIVEN.values(), ids=GIVEN.keys())
def test_is_given_once_on_the_next_invoice_whenever_the_runs_were(lines, loyalty, expected):
    start = book(jobs=monthly(lines), clients=of_acme(f"loyalty: {loyalty}"))
    punctual, late = after_runs(start, MONTHS), after_runs(start, ["2026-06-10"])
    assert nets(punctual) == nets(late) == expected
    assert [i.covers for i in punctual.invoices] == [i.covers for i in late.invoices]
    assert check_book(punctual, date(2026, 6, 10)) == []


def test_the_record_says_what_was_given_and_why():
    clients = of_acme("loyalty: {after: 2 invoices, discount: 5%, message: Gracias por dos facturas.}")
    third = after_runs(book(jobs=monthly(ONE), clients=clients), MONTHS).invoices[2]
    given = loyalty_of(third)
    assert given
    assert (given.kind, given.after, given.share, str(given.amount), given.message) == (
        "loyalty",
        "2 invoices",
        "5%",
        "5.00",
        "Gracias por dos facturas.",
    )
    assert [str(line.discount) for line in third.lines] == ["5.00"]


def test_a_loyalty_that_is_written_later_is_met_by_an_old_client_at_once_and_another_threshold_gives_it_again():
    two = of_acme("loyalty: {after: 2 invoices, discount: 5%}")
    three = of_acme("loyalty: {after: 3 invoices, discount: 5%}")
    old = after_runs(book(jobs=monthly(ONE)), MONTHS[:3])
    found = after_runs(replace(old, clients=book(clients=two).clients), MONTHS[3:5])
    found = after_runs(replace(found, clients=book(clients=three).clients), MONTHS[5:])
    assert nets(found) == "100.00 100.00 100.00 95.00 100.00 95.00"


def test_what_passes_on_costs_is_not_discounted():
    jobs = """
    one: {client: acme, title: Uno, done: 2026-01-10, lines: [{text: Uno, price: 100}]}
    two:
      client: acme
      title: Dos
      done: 2026-02-10
      lines: [{text: Dos, price: 100}, {text: Suplido, price: 30, taxes: [pass_through]}]
      expenses: [{date: 2026-02-01, text: Imprenta, amount: 50}, {date: 2026-02-01, text: Tasa, amount: 9, taxes: []}]
    """
    start = book(jobs=jobs, clients=of_acme("loyalty: {after: 1 invoice, discount: 10%}"))
    second = after_runs(start, ["2026-02-10"]).invoices[1]
    assert [str(line.net) for line in second.lines] == ["90.00", "30.00", "50.00", "9.00"]


def test_an_invoice_of_costs_alone_leaves_it_for_the_next():
    jobs = """
    one: {client: acme, title: Uno, done: 2026-01-10, lines: [{text: Uno, price: 100}]}
    two: {client: acme, title: Dos, done: 2026-02-10, expenses: [{date: 2026-02-01, text: Imprenta, amount: 50}]}
    three: {client: acme, title: Tres, done: 2026-03-10, lines: [{text: Tres, price: 100}]}
    """
    start = book(jobs=jobs, clients=of_acme("loyalty: {after: 1 invoice, discount: 10%}"))
    assert nets(after_runs(start, ["2026-03-10"])) == "100.00 50.00 90.00"


DEPOSIT = """
web:
  client: acme
  title: Web
  agreement: {kind: completion, deposit: 50%, deposit_on: 2026-01-05}
  lines: [{text: Web, price: 1000}]
  done: 2026-02-10
logo: {client: acme, title: Logo, done: 2026-03-10, lines: [{text: Logo, price: 100}]}
"""


@pytest.mark.parametrize(
    ("loyalty", "expected"),
    [
        pytest.param("{after: 1 invoice, discount: 10%}", "500.00 500.00 90.00", id="a deposit does not count"),
        pytest.param("{after: 1000, discount: 10%}", "500.00 500.00 90.00", id="what it took off does, by amount"),
        pytest.param("{after: 1000.01, discount: 10%}", "500.00 500.00 100.00", id="and only once"),
    ],
)
def test_deposits(loyalty, expected):
    start = book(jobs=DEPOSIT, clients=of_acme(f"loyalty: {loyalty}"))
    assert nets(after_runs(start, ["2026-01-05", "2026-02-10", "2026-03-10"])) == expected


def test_a_deposit_bears_none_and_its_final_invoice_bears_it_on_all_its_lines():
    jobs = "first: {client: acme, title: Uno, done: 2026-01-02, lines: [{text: Uno, price: 100}]}\n" + DEPOSIT
    start = book(jobs=jobs, clients=of_acme("loyalty: {after: 1 invoice, discount: 10%}"))
    late, punctual = after_runs(start, ["2026-02-10"]), after_runs(start, ["2026-01-05", "2026-02-10"])
    assert nets(late) == nets(punctual) == "100.00 500.00 400.00"


def test_a_final_invoice_that_its_deposit_has_paid_leaves_it_for_the_next():
    jobs = "first: {client: acme, title: Uno, done: 2026-01-02, lines: [{text: Uno, price: 100}]}\n"
    jobs += DEPOSIT.replace("50%", "100%")
    found = after_runs(
        book(jobs=jobs, clients=of_acme("loyalty: {after: 1 invoice, discount: 10%}")),
        ["2026-01-05", "2026-02-10", "2026-03-10"],
    )
    assert nets(found) == "100.00 1000.00 0.00 90.00"


def test_credited_in_full_an_invoice_counts_no_more_and_what_it_gave_is_given_again():
    clients = of_acme("loyalty: {after: 2 invoices, discount: 5%}")
    found = after_runs(book(jobs=monthly(ONE), clients=clients), MONTHS[:3])
    found = carried_out(found, plan_credit(found, date(2026, 3, 11), Credit(found.invoices[2], "Error", again=True)))
    assert nets(after_runs(found, ["2026-03-11", *MONTHS[3:4]])) == "100.00 100.00 95.00 -95.00 95.00 100.00"
    found = after_runs(book(jobs=monthly(ONE), clients=clients), MONTHS[:2])
    found = carried_out(found, plan_credit(found, date(2026, 2, 11), Credit(found.invoices[1], "Error")))
    assert nets(after_runs(found, MONTHS[2:5])) == "100.00 100.00 -100.00 100.00 95.00 100.00"


def test_an_amount_counts_what_credit_notes_have_left():
    found = after_runs(book(jobs=monthly(ONE), clients=of_acme("loyalty: {after: 200, discount: 5%}")), MONTHS[:2])
    credit = Credit(found.invoices[0], "Error", amount=Decimal(1))
    found = carried_out(found, plan_credit(found, date(2026, 2, 11), credit))
    assert nets(after_runs(found, MONTHS[2:4])) == "100.00 100.00 -1.00 100.00 95.00"


def test_with_prices_that_include_tax_it_comes_off_them():
    jobs = monthly("{text: Mes, price: 121}", "prices_include_tax: true\n  taxes: [iva]")
    third = after_runs(book(jobs=jobs, clients=of_acme("loyalty: {after: 2 invoices, discount: 5%}")), MONTHS).invoices[
        2
    ]
    assert [str(amount) for amount in (third.totals.net, third.totals.tax, third.totals.total)] == [
        "95.00",
        "19.95",
        "114.95",
    ]
    assert str(third.discounts[0].amount) == "5.00"
    assert str(third.lines[0].discount) == "5.00"


def test_a_gathered_invoice_is_one_invoice():
    jobs = monthly(ONE) + "logo: {client: acme, title: Logo, done: 2026-02-15, lines: [{text: Logo, price: 300}]}\n"
    clients = of_acme("invoice_per: client", "loyalty: {after: 1 invoice, discount: 5%}")
    ends = ["2026-01-31", "2026-02-28", "2026-03-31"]
    start = book(jobs=jobs, clients=clients)
    assert nets(after_runs(start, ends)) == nets(after_runs(start, ends[-1:])) == "100.00 380.00 100.00"


def test_it_makes_no_room_under_a_cap():
    jobs = """
    hours:
      client: acme
      title: Horas
      agreement: {kind: hourly, every: month, starts: 2026-01-01, rate: 50, cap: 250}
      work:
        - {date: 2026-01-10, hours: 2, note: Uno}
        - {date: 2026-02-10, hours: 2, note: Dos}
        - {date: 2026-03-10, hours: 2, note: Tres}
    """
    start = book(jobs=jobs, clients=of_acme("loyalty: {after: 1 invoice, discount: 10%}"))
    punctual = after_runs(start, ["2026-02-01", "2026-03-01", "2026-04-01"])
    assert nets(punctual) == nets(after_runs(start, ["2026-04-01"])) == "100.00 90.00 50.00"


def test_a_renamed_job_that_bore_it_is_still_held():
    jobs = monthly(ONE)
    found = after_runs(book(jobs=jobs, clients=of_acme("loyalty: {after: 2 invoices, discount: 5%}")), MONTHS[:3])
    renamed = replace(found, jobs={"other": found.jobs["care"]})
    assert nets(after_runs(renamed, MONTHS[2:3])) == nets(found)


SPREAD = {
    "by the nets, the last takes the cents": ("10", ["33.33", "33.33", "33.33"], "3.33 3.33 3.34"),
    "in proportion": ("10", ["75.00", "25.00"], "7.50 2.50"),
    "costs take none": ("10", ["75.00", "0", "25.00"], "7.50 0 2.50"),
    "a line below nothing takes none": ("10", ["60.00", "-20.00", "40.00"], "6.00 0 4.00"),
    "many cents over many": ("0.05", ["0.01"] * 10, "0.01 0.01 0.01 0.01 0.01 0.00 0.00 0.00 0.00 0.00"),
    "no more than there is": ("10", ["3.00", "4.00"], "3.00 4.00"),
    "a share of each": ("5%", ["0.10", "9.99"], "0.01 0.50"),
}


@pytest.mark.parametrize(("share", "nets", "expected"), SPREAD.values(), ids=SPREAD.keys())
def test_over_the_lines(share, nets, expected):
    lines = [priced(DraftLine("x", Decimal(net)), "EUR") for net in nets]
    done = discounted(lines, [line.net for line in lines], read_share(share), "EUR")
    assert [before.net - after.net for before, after in zip(lines, done, strict=True)] == [
        Decimal(amount) for amount in expected.split()
    ]
    assert all(line.net == line.price * line.quantity - (line.discount or 0) for line in done)


def test_it_brings_no_invoice_below_the_limit_of_those_that_need_no_tax_id():
    """Else it would be issued, or held, by what else is issued before it on the same day."""
    jobs = """
big: {client: acme, title: A, done: 2026-01-10, lines: [{text: A, price: 331}]}
small: {client: acme, title: B, done: 2026-01-10, lines: [{text: B, price: 10}]}
"""
    nameless = "acme: {name: Acme, terms: 7 days, taxes: [iva], loyalty: {after: 1 invoices, discount: 5%}}"
    after = after_runs(book(jobs, clients=nameless), ["2026-01-10"])
    assert nets(after) == "10.00"
    assert nets(after_runs(after, ["2026-01-10", "2026-02-10"])) == "10.00"
