"""Receipts: which payments get one, and what each says that it was for, as of the day of the payment."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from facturar.model.book import Book
from facturar.model.receipt import Receipt, receipt_name
from facturar.plan.receipts import plan_receipts, plan_receipts_of
from tests.book_text import CLIENTS, after_runs, book

# three invoices of 100.00 without tax: F-2026-0001 of 10 Jan, -0002 of 10 Feb, -0003 of 10 Mar, each due in 30 days
CLIENT = CLIENTS + "  taxes: []\n"
JOBS = "\n".join(
    f"job{n}: {{client: acme, title: T, done: 2026-0{n}-10, lines: [{{text: T, price: 100}}]}}" for n in range(1, 4)
)
RUNS = ["2026-01-10", "2026-02-10", "2026-03-10"]
EARLY = 'terms: "2% 10 days, net 30 days"\n'


def billed(payments: str, *, settings: str = "", clients: str = CLIENT) -> Book:
    """The book after its invoices, before anything was paid; then with these payments."""
    start = after_runs(book(JOBS, clients=clients, settings=settings), RUNS)
    return Book(**{**vars(start), "payments": book(payments=payments).payments})


def receipts(found: Book, today: str = "2026-12-31") -> list[Receipt]:
    return [record for record in plan_receipts(found, date.fromisoformat(today)).records if isinstance(record, Receipt)]


def told(receipt: Receipt) -> str:
    """What a receipt is for: `0001 40.00 (60.00 open), credit 5.00`."""
    parts = []
    for part in receipt.invoices:
        off = f" less {part.discount}" if part.discount else ""
        left = f" ({part.open} open)" if part.open else ""
        parts.append(f"{part.number.removeprefix('F-2026-')} {part.amount}{off}{left}")
    return ", ".join([*parts, *([f"credit {receipt.credit}"] if receipt.credit else [])])


APRIL, NEXT = "- {date: 2026-04-01, client: acme, ", "- {date: 2026-04-02, client: acme, "
LAID = {
    "the invoice that it names": (APRIL + "amount: 100, invoice: F-2026-0002}", ["0002 100.00"]),
    "a part of it": (APRIL + "amount: 40, invoice: F-2026-0002}", ["0002 40.00 (60.00 open)"]),
    "what is oldest": (APRIL + "amount: 150}", ["0001 100.00, 0002 50.00 (50.00 open)"]),
    "what it shares out, and the rest by age": (
        APRIL + "amount: 130, invoices: {F-2026-0003: 100, F-2026-0002: 20}}",
        ["0003 100.00, 0002 20.00 (80.00 open), 0001 10.00 (90.00 open)"],
    ),
    "too much for what it names": (
        APRIL + "amount: 110, invoice: F-2026-0003}",
        ["0003 100.00, 0001 10.00 (90.00 open)"],
    ),
    "more than everything": (APRIL + "amount: 350}", ["0001 100.00, 0002 100.00, 0003 100.00, credit 50.00"]),
    "in parts": (
        APRIL + "amount: 60, invoice: F-2026-0001}\n" + NEXT + "amount: 60, invoice: F-2026-0001}",
        ["0001 60.00 (40.00 open)", "0001 40.00, 0002 20.00 (80.00 open)"],
    ),
    "what is named though something older was laid there": (
        APRIL + "amount: 100}\n- {date: 2026-04-02, client: acme, amount: 100, invoice: F-2026-0001}",
        ["0001 100.00", "0001 100.00"],
    ),
    "twice the same on one day": (
        APRIL + "amount: 70}\n" + APRIL + "amount: 70}",
        ["0001 70.00 (30.00 open)", "0001 30.00, 0002 40.00 (60.00 open)"],
    ),
    "only what had been issued by then": (
        "- {date: 2026-02-01, client: acme, amount: 150}",
        ["0001 100.00, credit 50.00"],
    ),
    "credit before it pays the rest": (
        "- {date: 2026-01-15, client: acme, amount: 130}\n- {date: 2026-02-20, client: acme, amount: 100}",
        ["0001 100.00, credit 30.00", "0002 70.00, credit 30.00"],
    ),
    "less what was written off before": (
        "- {date: 2026-03-30, client: acme, amount: 90, kind: write_off, invoice: F-2026-0001}\n"
        + APRIL
        + "amount: 100, invoice: F-2026-0001}",
        ["0001 10.00, 0002 90.00 (10.00 open)"],
    ),
    "no refund": (
        APRIL + "amount: 350}\n" + NEXT + "amount: 50, kind: refund}",
        ["0001 100.00, 0002 100.00, 0003 100.00, credit 50.00"],
    ),
}


@pytest.mark.parametrize(("payments", "expected"), LAID.values(), ids=LAID)
def test_what_a_receipt_is_for(payments: str, expected: list[str]) -> None:
    assert [told(receipt) for receipt in receipts(billed(payments))] == expected


def test_a_discount_for_paying_early_is_told_with_the_payment_that_took_it() -> None:
    found = billed("- {date: 2026-01-15, client: acme, amount: 98}", settings=EARLY)
    punctual = after_runs(found, ["2026-01-15"])
    late = after_runs(found, ["2026-12-31"])
    assert [told(receipt) for receipt in punctual.receipts] == ["0001 98.00 less 2.00"]
    assert punctual.receipts == late.receipts


PAID = APRIL + "amount: 100, reference: A}\n" + APRIL + "amount: 100, reference: B}\n" + APRIL + "amount: 30}"
EDITS = {
    "nothing": (PAID, 0),
    "another payment below": (PAID + "\n" + APRIL + "amount: 20}", 1),
    "another payment above": ("- {date: 2026-05-01, client: acme, amount: 20}\n" + PAID, 1),
    "another like one of them": (PAID + "\n" + APRIL + "amount: 100}", 1),
    "their order": ("\n".join(reversed(PAID.splitlines())), 0),
    "a reference, a method and a note": (PAID.replace("reference: A", "reference: C, method: card, note: Gracias"), 0),
    "what it is for": (PAID.replace("reference: A", "reference: A, invoice: F-2026-0003"), 0),
    "an amount": (PAID.replace("amount: 30", "amount: 31"), 1),
    "a day": (PAID.replace("2026-04-01, client: acme, amount: 30", "2026-04-02, client: acme, amount: 30"), 1),
}


@pytest.mark.parametrize(("edited", "more"), EDITS.values(), ids=EDITS)
def test_a_payment_is_known_again_by_client_day_currency_and_amount(edited: str, more: int) -> None:
    written = after_runs(billed(PAID), ["2026-04-03"])
    again = Book(**{**vars(written), "payments": book(payments=edited).payments})
    assert len(receipts(again)) == more
    names = [receipt_name(receipt, "EUR") for receipt in (*written.receipts, *receipts(again))]
    assert len(set(names)) == len(names)


def test_the_one_that_is_added_gets_the_receipt_not_the_one_that_had_it() -> None:
    written = after_runs(billed(APRIL + "amount: 50, reference: A}"), ["2026-04-03"])
    both = book(payments=APRIL + "amount: 50, reference: B}\n" + APRIL + "amount: 50, reference: A}").payments
    (new,) = receipts(Book(**{**vars(written), "payments": both}))
    assert (receipt_name(new, "EUR"), new.reference) == ("2026-04-01-acme-receipt.2", "B")


THREE = (
    "- {date: 2026-01-09, client: acme, amount: 5}\n"
    "- {date: 2026-01-10, client: acme, amount: 6}\n"
    "- {date: 2026-04-01, client: acme, amount: 7}"
)
CHOICES = {
    "since the first invoice": ("", "", ["6", "7"]),
    "all": ("receipts: all\n", "", ["5", "6", "7"]),
    "none": ("receipts: none\n", "", []),
    "from a day on, that day included": ("receipts: 2026-04-01\n", "", ["7"]),
    "from a day before the first invoice on": ("receipts: 2026-01-09\n", "", ["5", "6", "7"]),
    "the client's choice over the book's": ("receipts: all\n", "  receipts: none\n", []),
    "of one client alone": ("receipts: none\n", "  receipts: 2026-01-10\n", ["6", "7"]),
}


@pytest.mark.parametrize(("settings", "client", "amounts"), CHOICES.values(), ids=CHOICES)
def test_which_payments_get_one(settings: str, client: str, amounts: list[str]) -> None:
    found = billed(THREE, settings=settings, clients=CLIENT + client)
    assert [receipt.amount for receipt in receipts(found)] == [Decimal(amount) for amount in amounts]


def test_a_payment_of_a_day_to_come_waits() -> None:
    found = billed(APRIL + "amount: 100}")
    assert receipts(found, "2026-03-31") == []
    assert len(receipts(found, "2026-04-01")) == 1


def test_what_is_asked_for_is_written_whatever_the_book_chooses_and_only_of_that_invoice() -> None:
    payments = APRIL + "amount: 100, invoice: F-2026-0002}\n" + APRIL + "amount: 40}"
    found = billed(payments, settings="receipts: none\n")
    (action,) = plan_receipts_of(found, date(2026, 4, 1), "F-2026-0002", "acme").actions
    assert (action.document, action.amount, action.reason) == (
        "2026-04-01-acme-receipt",
        Decimal("100.00"),
        "paid on 2026-04-01 for F-2026-0002",
    )


PRO_FORMA = """
web:
  client: acme
  title: Web
  agreement: {kind: completion, deposit: 50%, deposit_on: 2026-05-01, deposit_as: request}
  lines: [{text: Web, price: 1000}]
"""


def test_what_is_paid_on_a_pro_forma_says_so_until_its_invoice_is_there() -> None:
    asked = after_runs(book(PRO_FORMA, clients=CLIENT), ["2026-05-01"])
    part = "- {date: 2026-05-04, client: acme, amount: 200, invoice: PF-2026-0001}"
    (receipt,) = receipts(Book(**{**vars(asked), "payments": book(payments=part).payments}))
    (settled,) = receipt.invoices
    assert (settled.number, settled.pro_forma, settled.amount, settled.open) == (
        "PF-2026-0001",
        True,
        Decimal("200.00"),
        Decimal("300.00"),
    )
    whole = "- {date: 2026-05-04, client: acme, amount: 500, invoice: PF-2026-0001}"
    paid = after_runs(Book(**{**vars(asked), "payments": book(payments=whole).payments}), ["2026-05-04"])
    assert [told(receipt) for receipt in paid.receipts] == ["0001 500.00"]


def test_what_came_in_in_another_currency_is_told_beside_what_it_settled() -> None:
    clients = CLIENT + "  currency: USD\n"
    rates = book().rates
    start = after_runs(book(JOBS, clients=clients, rates=rates), RUNS)
    payments = book(payments=APRIL + "amount: 100, received: 91.20 EUR}").payments
    (receipt,) = receipts(Book(**{**vars(start), "payments": payments}))
    assert receipt.received is not None
    assert (receipt.currency, receipt.amount, str(receipt.received)) == ("USD", Decimal("100.00"), "91.20 EUR")
    assert receipt_name(receipt, "EUR") == "2026-04-01-acme-receipt-USD"
