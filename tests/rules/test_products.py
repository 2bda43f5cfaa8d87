"""Products to the end: text, price and taxes by `item` at the day's price, the deposit, the annex, the record."""

from __future__ import annotations

from datetime import date

import pytest

from facturar.plan.invoices import plan_invoices
from facturar.rules.checks import check_book
from tests.book_text import CLIENTS, after_runs, book

CATALOG = """
silla:
  text: Silla de roble
  price: [{since: 2025-01-01, amount: 180}, {since: 2026-09-01, amount: 195}]
  unit: ud.
  taxes: [iva]
libro: {text: Libro, price: 20, taxes: [iva_super_reduced]}
montaje: {text: Montaje, price: 60}
"""
SALE = """
sillas:
  client: acme
  title: Sillas
  agreement: {kind: delivery}
  %s
  lines: [%s]
"""


def sold(lines: str, delivered: str = "2026-10-05", more: str = "", runs=("2026-10-05",), clients: str = CLIENTS):
    """The records after some runs of a job that is delivered on a day."""
    jobs = SALE % (f"delivered: {delivered}{more}", lines)
    return after_runs(book(jobs=jobs, catalog=CATALOG, clients=clients), runs).invoices


# a line as it is written → text, quantity, unit, price, discount, net, taxes
LINES = {
    "all from the catalogue": (
        "{item: silla}",
        ("Silla de roble", "1", "ud.", "195", "None", "195.00", ("iva",)),
    ),
    "a quantity in part": (
        "{item: silla, quantity: 2.5}",
        ("Silla de roble", "2.5", "ud.", "195", "None", "487.50", ("iva",)),
    ),
    "a text of its own": (
        "{item: silla, text: Silla a medida}",
        ("Silla a medida", "1", "ud.", "195", "None", "195.00", ("iva",)),
    ),
    "a price of its own": (
        "{item: silla, price: 150}",
        ("Silla de roble", "1", "ud.", "150", "None", "150.00", ("iva",)),
    ),
    "a price of nothing": (
        "{item: silla, price: 0}, {item: montaje}",
        ("Silla de roble", "1", "ud.", "0", "None", "0.00", ("iva",)),
    ),
    "taxes of its own": (
        "{item: silla, taxes: []}",
        ("Silla de roble", "1", "ud.", "195", "None", "195.00", ()),
    ),
    "a unit of its own": (
        "{item: silla, unit: juego}",
        ("Silla de roble", "1", "juego", "195", "None", "195.00", ("iva",)),
    ),
    "a discount of its own": (
        "{item: silla, quantity: 2, discount: 10%}",
        ("Silla de roble", "2", "ud.", "195", "39.00", "351.00", ("iva",)),
    ),
    "the taxes of the book where the item says none": (
        "{item: montaje}",
        ("Montaje", "1", "None", "60", "None", "60.00", ("iva", "irpf")),
    ),
}


@pytest.mark.parametrize(("line", "expected"), LINES.values(), ids=LINES.keys())
def test_a_line_takes_from_the_catalogue_what_it_does_not_say(line, expected):
    first = sold(line)[0].lines[0]
    assert (*map(str, (first.text, first.quantity, first.unit, first.price, first.discount, first.net)),) == expected[
        :6
    ]
    assert first.taxes == expected[6]
    assert first.item == line.removeprefix("{item: ").split("}")[0].split(",")[0]


@pytest.mark.parametrize(
    ("delivered", "price"),
    [("2026-08-31", "180"), ("2026-09-01", "195"), ("2026-10-05", "195")],
    ids=["before the rise", "on its day", "after it"],
)
def test_the_price_is_that_of_the_day_of_delivery(delivered, price):
    (invoice,) = sold("{item: silla}", delivered)
    assert str(invoice.lines[0].price) == price


UNPRICED = {
    "delivery": "{kind: delivery}, delivered: 2024-12-31",
    "completion": "{kind: completion}, done: 2024-12-31",
    "prepaid": "{kind: prepaid, on: 2024-12-31}",
    "recurring": "{kind: recurring, every: year, starts: 2024-12-31}",
    "a deposit": "{kind: delivery, deposit: 50%, deposit_on: 2024-12-31}",
}


@pytest.mark.parametrize("agreement", UNPRICED.values(), ids=UNPRICED.keys())
def test_what_has_no_price_yet_is_held_and_not_billed_at_nothing(agreement):
    jobs = f"a: {{client: acme, title: A, agreement: {agreement}, lines: [{{item: montaje}}, {{item: silla}}]}}"
    plan = plan_invoices(book(jobs=jobs, catalog=CATALOG), date(2024, 12, 31))
    assert plan.actions == ()
    reason = "'silla' has no price on 2024-12-31: its first begins later"
    assert [(skip.reason, skip.held) for skip in plan.skipped if skip.held] == [(reason, True)]


def test_a_line_that_does_not_hold_yet_needs_no_price():
    jobs = SALE % ("delivered: 2024-12-31", "{item: montaje}, {item: silla, since: 2025-01-01}")
    assert len(plan_invoices(book(jobs=jobs, catalog=CATALOG), date(2024, 12, 31)).actions) == 1


def test_a_client_s_discount_is_taken_off_products_too():
    (invoice,) = sold("{item: silla}", clients=CLIENTS + "  discount: 20%\n")
    assert str(invoice.lines[0].net) == "156.00"


def test_a_deposit_is_of_the_price_on_its_day_and_comes_off_that_of_the_delivery():
    jobs = """
    sillas:
      client: acme
      title: Sillas
      agreement: {kind: delivery, deposit: 50%, deposit_on: 2026-08-01}
      lines: [{item: silla, quantity: 4}]
      delivered: 2026-10-05
    """
    start = after_runs(book(jobs=jobs, catalog=CATALOG), ["2026-08-01", "2026-10-05"])
    deposit, last = start.invoices
    assert (deposit.kind, str(deposit.totals.net), str(deposit.totals.tax)) == ("deposit", "360.00", "75.60")
    assert (str(last.lines[0].net), str(last.totals.net), str(last.totals.tax)) == ("780.00", "420.00", "88.20")
    assert [line.item for invoice in start.invoices for line in invoice.lines] == [None, "silla"]
    assert check_book(start, date(2026, 10, 5)) == []


def test_the_annex_of_products_has_a_row_for_each_product_at_each_price():
    lines = (
        "{item: silla, quantity: 2}, {text: Porte, price: 30}, {item: silla}, {item: silla, price: 100}, {item: libro}"
    )
    (invoice,) = sold(lines, "2026-10-02", "\n  annexes: [products]")
    (annex,) = invoice.annexes
    assert annex.kind == "products"
    assert [(str(e.date), e.text, str(e.quantity), e.unit, str(e.price), str(e.amount)) for e in annex.entries] == [
        ("2026-10-02", "Silla de roble", "3", "ud.", "195", "585.00"),
        ("2026-10-02", "Silla de roble", "1", "ud.", "100", "100.00"),
        ("2026-10-02", "Libro", "1", None, "20", "20.00"),
    ]


def test_without_products_there_is_no_annex_of_them():
    (invoice,) = sold("{text: Porte, price: 30}", more="\n  annexes: [products]")
    assert invoice.annexes == ()


def test_in_a_gathered_invoice_each_line_knows_its_job_and_each_job_its_products():
    jobs = (
        SALE % ("delivered: 2026-10-05\n  annexes: [products]", "{item: silla}")
        + """
mesa: {client: acme, title: Sillas, done: 2026-10-06, annexes: [products], lines: [{item: libro}, {item: montaje}]}
"""
    )
    clients = CLIENTS + "  invoice_per: client\n"
    (invoice,) = after_runs(book(jobs=jobs, catalog=CATALOG, clients=clients), ["2026-10-31"]).invoices
    assert [(line.job, line.item) for line in invoice.lines] == [
        ("sillas", "silla"),
        ("mesa", "libro"),
        ("mesa", "montaje"),
    ]
    assert [[entry.text for entry in annex.entries] for annex in invoice.annexes] == [
        ["Silla de roble"],
        ["Libro", "Montaje"],
    ]


@pytest.mark.parametrize(
    ("agreement", "runs", "items"),
    [
        ("{kind: prepaid, on: 2026-10-01}", ["2026-10-01"], ["silla"]),
        ("{kind: recurring, every: month, starts: 2026-10-01}", ["2026-10-01", "2026-11-01"], ["silla", "silla"]),
        ("{kind: completion}, done: 2026-10-01", ["2026-10-01"], ["silla"]),
    ],
    ids=["prepaid", "recurring", "completion"],
)
def test_other_agreements_sell_products_too(agreement, runs, items):
    jobs = f"caja: {{client: acme, title: Caja, agreement: {agreement}, annexes: [products], lines: [{{item: silla}}]}}"
    found = after_runs(book(jobs=jobs, catalog=CATALOG), runs).invoices
    assert [line.item for invoice in found for line in invoice.lines] == items
    assert [annex.kind for invoice in found for annex in invoice.annexes] == ["products"] * len(items)
