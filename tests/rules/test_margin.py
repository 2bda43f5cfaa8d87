"""What jobs, clients and products earned: worked figures that an accountant can follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from pydantic import TypeAdapter

from facturar.model.book import Book
from facturar.model.catalog import Rate
from facturar.plan.credits import plan_credit
from facturar.plan.month import carried_out
from facturar.rules.crediting import Credit
from facturar.store.yaml_text import load
from facturar.views.costing import Scope
from facturar.views.margin import By, Margin, Margins, margins
from tests.book_text import CLIENTS, after_runs, book

END = date(2026, 12, 31)
COST = "hour_cost: [{since: 2025-01-01, amount: 25}, {since: 2026-06-01, amount: 28}]"
CATALOG = """
silla:
  text: Silla
  price: 195
  cost: [{since: 2025-01-01, amount: 80}, {since: 2026-10-01, amount: 96}]
  taxes: [iva]
montaje: {text: Montaje, price: 60}
"""
HOURLY = """
horas:
  client: acme
  title: Consultoría
  agreement: {kind: hourly, every: month, starts: 2026-05-01, rate: 60}
  work:
    - {date: 2026-05-10, hours: 10, note: Taller}
    - {date: 2026-06-10, hours: 4, note: Informe}
    - {date: 2026-06-11, hours: 2, note: Un error mío, billable: false}
  expenses: [{date: 2026-06-12, text: Tren, amount: 50, markup: 10%}]
"""
CHAIRS = """
sillas:
  client: acme
  title: Sillas
  agreement: {kind: delivery, deposit: 50%, deposit_on: 2026-08-01}
  lines: [{item: silla, quantity: 4}, {text: Porte, price: 20, taxes: [iva]}]
  delivered: 2026-10-05
"""


def told(row: Margin) -> dict[str, str]:
    """The figures of a row as text, without what is nothing."""
    figures = {key: value for key, value in vars(row).items() if key not in ("name", "currency")}
    return {key: str(value) for key, value in figures.items() if value is not None and value != 0}


def earned(start: Book, by: By = "job", first: date = date.min, last: date = END, client: str | None = None) -> Margins:
    return margins(start, Scope(first, last, client), by)


def rows(found: Margins) -> dict[tuple[str, str], dict[str, str]]:
    return {(row.name, row.currency): told(row) for row in found.rows}


def after(jobs: str, days: list[str], **more: str) -> Book:
    return after_runs(book(jobs=jobs, settings=COST, catalog=CATALOG, **more), days)


# 10 × 60 + 4 × 60 + 55 = 895; hours 10 × 25 + 6 × 28 = 418; 895 − 418 − 50 = 427; (895 − 50) ÷ 16 = 52.81
HOURS = {
    "hours": "16",
    "labour": "418.00",
    "expenses": "50.00",
    "billed": "895.00",
    "margin": "427.00",
    "percent": "47.7",
    "hourly": "52.81",
}


def test_by_the_hour_all_hours_cost_and_expenses_count_without_their_markup():
    assert rows(earned(after(HOURLY, ["2026-07-01"]))) == {("horas", "EUR"): HOURS}


# deposit 400; final 4 × 195 + 20 = 800 less 400; chairs at the cost of October, 4 × 96 = 384
def test_a_deposit_counts_once_and_goods_at_the_cost_of_their_day():
    found = rows(earned(after(CHAIRS, ["2026-08-01", "2026-10-05"])))
    assert found == {
        ("sillas", "EUR"): {
            "goods": "384.00",
            "quantity": "4",
            "billed": "800.00",
            "margin": "416.00",
            "percent": "52.0",
        }
    }


def test_a_bill_of_less_than_its_deposit_has_the_costs_of_its_own_day():
    found = rows(earned(after(CHAIRS.replace("50%", "900"), ["2026-08-01", "2026-10-05"])))
    assert (found["sillas", "EUR"]["billed"], found["sillas", "EUR"]["goods"]) == ("800.00", "384.00")


def test_by_item_only_what_it_sold_counts():
    found = rows(earned(after(CHAIRS, ["2026-08-01", "2026-10-05"]), "item"))
    assert found == {
        ("silla", "EUR"): {
            "goods": "384.00",
            "quantity": "4",
            "billed": "780.00",
            "margin": "396.00",
            "percent": "50.8",
        }
    }


def test_an_item_without_a_cost_tells_no_margin_and_nor_does_their_total():
    jobs = CHAIRS.replace("{text: Porte, price: 20, taxes: [iva]}", "{item: montaje}")
    found = earned(after(jobs, ["2026-10-05"]), "item")
    assert [(row.name, row.goods, row.margin) for row in found.rows] == [
        ("silla", Decimal("384.00"), Decimal("396.00")),
        ("montaje", None, None),
    ]
    assert [(total.billed, total.goods, total.margin) for total in found.totals] == [(Decimal("840.00"), None, None)]


TWO = HOURLY + CHAIRS


def test_clients_and_totals_add_up_what_their_jobs_earned():
    start = after(TWO, ["2026-07-01", "2026-10-05"])
    by_job, by_client = earned(start), earned(start, "client")
    together = {**HOURS, "goods": "384.00", "billed": "1695.00", "margin": "843.00", "percent": "49.7"}
    assert rows(by_client) == {("acme", "EUR"): {**together, "quantity": "4"}}
    assert [told(total) for total in (*by_job.totals, *by_client.totals)] == [together, together]


def test_an_hour_s_earning_is_that_of_the_jobs_with_hours_alone():
    assert earned(after(TWO, ["2026-07-01", "2026-10-05"]), "client").rows[0].hourly == Decimal("52.81")


DAYS = {
    "only May": (date(2026, 5, 1), date(2026, 5, 31), {"hours": "10", "labour": "250.00", "margin": "-250.00"}),
    "June, when May is billed": (
        date(2026, 6, 1),
        date(2026, 6, 30),
        {"hours": "6", "labour": "168.00", "billed": "600.00", "margin": "382.00", "hourly": "91.67"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("first", "last", "expected"), DAYS.values(), ids=DAYS.keys())
def test_invoices_count_by_issue_and_hours_and_expenses_by_their_day(first, last, expected):
    found = earned(after(HOURLY, ["2026-06-01", "2026-07-01"]), first=first, last=last).rows[0]
    assert {key: told(found).get(key) for key in expected} == expected


# the invoice of 840 net, or 1016.40 payable; what came in → the net share of it
PAID = {
    "nothing": ("", "0.00"),
    "a part": ("- {date: 2026-10-20, client: acme, amount: 508.20}", "420.00"),
    "all of it": ("- {date: 2026-10-20, client: acme, amount: 1016.40}", "840.00"),
    "too much": ("- {date: 2026-10-20, client: acme, amount: 2000}", "840.00"),
    "after the last day": ("- {date: 2027-01-01, client: acme, amount: 1016.40}", "0.00"),
    "the rest written off": (
        "- {date: 2026-10-20, client: acme, amount: 508.20}\n"
        "- {date: 2026-11-20, client: acme, amount: 508.20, kind: write_off, invoice: F-2026-0001}",
        "420.00",
    ),
    "the rest written off by no name": (
        "- {date: 2026-10-20, client: acme, amount: 508.20}\n"
        "- {date: 2026-11-20, client: acme, amount: 508.20, kind: write_off}",
        "420.00",
    ),
}


@pytest.mark.parametrize(("payments", "paid"), PAID.values(), ids=PAID.keys())
def test_paid_is_the_net_share_of_what_came_in(payments, paid):
    jobs = "mesa: {client: acme, title: Mesa, done: 2026-10-05, lines: [{text: Mesa, price: 840, taxes: [iva]}]}"
    assert str(earned(after(jobs, ["2026-10-05"], payments=payments)).rows[0].paid) == paid


# F-2026-0001: 4 chairs at 195 = 780 and a carriage of 20, both with IVA
CREDITS = {
    "nothing": (None, "800.00", "384.00", "4"),
    "all": ({}, "0.00", "0.00", "0"),
    "the line of the chairs": ({"lines": (0,)}, "20.00", "0.00", "0"),
    "an amount": ({"amount": Decimal(80)}, "720.00", "384.00", "4"),
}


@pytest.mark.parametrize(("wish", "billed", "goods", "quantity"), CREDITS.values(), ids=CREDITS.keys())
def test_what_is_credited_is_taken_back_and_goods_only_with_their_line(wish, billed, goods, quantity):
    start = after(CHAIRS.replace(", deposit: 50%, deposit_on: 2026-08-01", ""), ["2026-10-05"])
    if wish is not None:
        credit = Credit(start.invoices[0], "Un arañazo", **wish)
        start = carried_out(start, plan_credit(start, date(2026, 10, 20), credit))
    (row,) = earned(start).rows
    assert (str(row.billed), str(row.goods), str(row.quantity)) == (billed, goods, quantity)
    assert row.paid == 0  # what a note takes back was settled, but never came in


def test_an_amount_credited_is_shared_over_the_items_as_their_nets_are():
    start = after(CHAIRS.replace(", deposit: 50%, deposit_on: 2026-08-01", ""), ["2026-10-05"])
    credit = Credit(start.invoices[0], "Un arañazo", amount=Decimal(80))
    start = carried_out(start, plan_credit(start, date(2026, 10, 20), credit))
    assert str(earned(start, "item").rows[0].billed) == "702.00"  # 780 − 80 × 780 ÷ 800


GATHERED = """
web: {client: acme, title: Web, done: 2026-10-05, lines: [{text: Web, price: 100}]}
otra: {client: acme, title: Web, done: 2026-10-06, lines: [{text: Logo, price: 300}]}
"""


def test_an_invoice_of_several_jobs_is_split_by_their_lines_even_if_they_have_one_title():
    start = after(GATHERED, ["2026-10-31"], clients=CLIENTS + "  invoice_per: client\n")
    assert len(start.invoices) == 1
    assert {row.name: str(row.billed) for row in earned(start).rows} == {"web": "100.00", "otra": "300.00"}
    credit = Credit(start.invoices[0], "Descuento", amount=Decimal(40))
    credited = carried_out(start, plan_credit(start, date(2026, 11, 2), credit))
    assert {row.name: str(row.billed) for row in earned(credited).rows} == {"web": "90.00", "otra": "270.00"}


RETAINER = """
iguala:
  client: acme
  title: Iguala
  agreement: {kind: retainer, every: month, starts: 2026-09-01, fee: 900, hours: 10, extra_rate: 95}
  work: [{date: 2026-09-10, hours: 12, note: Carteles}]
caja:
  client: acme
  title: Caja
  agreement: {kind: recurring, every: month, starts: 2026-09-01}
  lines: [{item: silla}]
"""


# 900 + 900 + 2 × 95 = 1990; 12 h × 28 = 336 · two boxes: 195 × 2, chairs at 80 in September and 96 in October
def test_retainers_and_recurring_jobs():
    found = earned(after(RETAINER, ["2026-09-01", "2026-10-01"]))
    assert {row.name: (str(row.billed), str(row.labour), str(row.goods), str(row.margin)) for row in found.rows} == {
        "iguala": ("1990.00", "336.00", "0.00", "1654.00"),
        "caja": ("390.00", "0.00", "176.00", "214.00"),
    }


DOLLARS = HOURLY.replace("client: acme", "client: acme\n  currency: USD\n  taxes: [export]").replace(
    "2026-06-12", "2026-05-12"
)


def with_rates(start: Book, text: str) -> Book:
    return replace(start, rates=TypeAdapter(tuple[Rate, ...]).validate_python(load(text) or []))


def test_another_currency_comes_in_at_the_rate_of_its_day():
    start = with_rates(after(DOLLARS, ["2026-07-01"]), "[{date: 2026-05-01, currency: USD, rate: 0.90}]")
    (row,) = earned(start).rows
    # billed 895 USD, the train of 50 USD
    assert (row.currency, str(row.billed), str(row.expenses)) == ("EUR", "805.50", "45.00")
    assert str(row.margin) == "342.50"  # 805.50 − 45.00 − 418.00


def test_without_a_rate_currencies_stand_apart_and_no_margin_is_told():
    found = earned(after(DOLLARS + CHAIRS, ["2026-07-01", "2026-10-05"]))
    assert {(row.name, row.currency): (str(row.billed), str(row.margin)) for row in found.rows} == {
        ("horas", "EUR"): ("0.00", "None"),
        ("horas", "USD"): ("895.00", "None"),
        ("sillas", "EUR"): ("800.00", "416.00"),
    }
    assert [(total.currency, str(total.billed), total.margin) for total in found.totals] == [
        ("EUR", "800.00", None),
        ("USD", "895.00", None),
    ]
    assert found.unconverted == ("USD",)


def test_hours_without_a_cost_are_left_out_and_said_to_be():
    start = after_runs(book(jobs=HOURLY), ["2026-07-01"])
    found = earned(start)
    assert (found.rows[0].labour, found.rows[0].margin, str(found.uncosted)) == (None, Decimal("845.00"), "16")
    assert found.totals[0].labour is None


def test_a_job_that_is_gone_is_still_earned_by_its_records():
    start = after(CHAIRS, ["2026-10-05"])
    gone = book(settings=COST, catalog=CATALOG, invoices=start.invoices)
    assert [(row.name, str(row.billed)) for row in earned(gone).rows] == [("sillas", "800.00")]


@pytest.mark.parametrize(("client", "count"), [("acme", 1), ("bolt", 0)])
def test_of_one_client(client, count):
    assert len(earned(after(CHAIRS, ["2026-10-05"]), client=client).rows) == count


def test_what_is_worked_after_the_last_day_does_not_count_yet():
    assert earned(after(HOURLY, ["2026-07-01"]), last=date(2026, 4, 30)).rows == ()
