"""Payment terms: how they are written, and when an invoice falls due."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from pydantic import TypeAdapter, ValidationError

from facturar.model.terms import PaymentTerms
from facturar.plan.invoices import plan_invoices
from facturar.rules.due import instalments
from tests.book_text import book
from tests.book_text import issued as issued_invoices

READ = TypeAdapter(PaymentTerms)


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ("on receipt", [("2026-01-31", "100.01")]),
        ("30 days", [("2026-03-02", "100.01")]),
        ("net 30 days", [("2026-03-02", "100.01")]),
        ("1 day", [("2026-02-01", "100.01")]),
        ("15 days end of month", [("2026-02-15", "100.01")]),
        ("0 days end of month", [("2026-01-31", "100.01")]),
        ("2% 10 days, net 30 days", [("2026-03-02", "100.01")]),
        (["50% on receipt", "50% 30 days"], [("2026-01-31", "50.01"), ("2026-03-02", "50.00")]),
        (
            ["33.33% on receipt", "33.33% 30 days", "33.34% 60 days"],
            [("2026-01-31", "33.33"), ("2026-03-02", "33.33"), ("2026-04-01", "33.35")],
        ),
    ],
    ids=str,
)
def test_due(terms, expected):
    dues = instalments(date(2026, 1, 31), READ.validate_python(terms), Decimal("100.01"), "EUR")
    assert [(str(due.date), str(due.amount)) for due in dues] == expected


@pytest.mark.parametrize(
    ("payable", "expected"),
    [("0.02", ["0.01", "0.01", "0.00", "0.00"]), ("-0.02", ["-0.01", "-0.01", "0.00", "0.00"])],
    ids=["a claim", "a credit"],
)
def test_of_a_few_cents_no_part_takes_more_than_is_left(payable, expected):
    terms = READ.validate_python(["25% on receipt", "25% 10 days", "25% 20 days", "25% 30 days"])
    dues = instalments(date(2026, 1, 31), terms, Decimal(payable), "EUR")
    assert [str(due.amount) for due in dues] == expected


@pytest.mark.parametrize(
    "terms", ["soon", "30", "30 dias", "", [], ["50% 30 days"], ["half now", "half later"], {"days": 3}]
)
def test_terms_that_nobody_could_keep(terms):
    with pytest.raises(ValidationError):
        READ.validate_python(terms)


# day of issue, terms, payable; day and amount of each instalment
ANCHORS = {
    "the end of a February": ("2026-02-10", "0 days end of month", "100.00", "2026-02-28 100.00"),
    "the end of a leap February": ("2028-02-10", "0 days end of month", "100.00", "2028-02-29 100.00"),
    "a month begins on its last day": ("2026-02-28", "15 days end of month", "100.00", "2026-03-15 100.00"),
    "30 days over a February": ("2026-01-31", "30 days", "100.00", "2026-03-02 100.00"),
    "30 days over a leap February": ("2028-01-31", "30 days", "100.00", "2028-03-01 100.00"),
    "60 days end of month": ("2026-12-01", "60 days end of month", "100.00", "2027-03-01 100.00"),
    "over the end of the year": ("2026-12-31", "on receipt", "100.00", "2026-12-31 100.00"),
    "365 days": ("2027-03-01", "365 days", "100.00", "2028-02-29 100.00"),
    "40 and 60% of 114.30": (
        "2026-11-30",
        ["40% on receipt", "60% 30 days"],
        "114.30",
        "2026-11-30 45.72, 2026-12-30 68.58",
    ),
    "thirds of 100.00, the last takes the cents": (
        "2026-11-30",
        ["33.33% on receipt", "33.33% 30 days", "33.34% 60 days"],
        "100.00",
        "2026-11-30 33.33, 2026-12-30 33.33, 2027-01-29 33.34",
    ),
    "halves of a cent": ("2026-11-30", ["50% on receipt", "50% 30 days"], "0.01", "2026-11-30 0.01, 2026-12-30 0.00"),
    "of nothing": ("2026-11-30", ["50% on receipt", "50% 30 days"], "0.00", "2026-11-30 0.00, 2026-12-30 0.00"),
    "below nothing": (
        "2026-11-30",
        ["40% on receipt", "60% 30 days"],
        "-114.30",
        "2026-11-30 -45.72, 2026-12-30 -68.58",
    ),
    "each part its own kind of day": (
        "2026-11-30",
        ["30% on receipt", "30% 15 days end of month", "40% net 60 days"],
        "1000.00",
        "2026-11-30 300.00, 2026-12-15 300.00, 2027-01-29 400.00",
    ),
    "paying early is no instalment": ("2026-11-30", "2% 10 days, net 30 days", "100.00", "2026-12-30 100.00"),
}


@pytest.mark.parametrize(("issued", "terms", "payable", "expected"), ANCHORS.values(), ids=ANCHORS)
def test_anchor(issued, terms, payable, expected):
    dues = instalments(date.fromisoformat(issued), READ.validate_python(terms), Decimal(payable), "EUR")
    assert ", ".join(f"{due.date} {due.amount}" for due in dues) == expected
    assert sum(due.amount for due in dues) == Decimal(payable)


# 28 November 2026 is a Saturday; Christmas of 2026 a Friday; 9 November 2026, a Monday, is Madrid's own
NEXT, BACK = "next business day", "previous business day"
SHIFTS = {
    "a business day stays": (NEXT, "2026-10-28", "30 days", "2026-11-27"),
    "Saturday goes to Monday": (NEXT, "2026-10-29", "30 days", "2026-11-30"),
    "Sunday goes to Monday": (NEXT, "2026-10-30", "30 days", "2026-11-30"),
    "Sunday goes back to Friday": (BACK, "2026-10-30", "30 days", "2026-11-27"),
    "a holiday before a weekend": (NEXT, "2026-11-25", "30 days", "2026-12-28"),
    "a holiday goes back": (BACK, "2026-11-25", "30 days", "2026-12-24"),
    "a Sunday before a day of one's own": (NEXT, "2026-10-09", "30 days", "2026-11-10"),
    "never before the day of issue": (BACK, "2026-11-28", "on receipt", "2026-11-30"),
    "nor is it when it was none": ("none", "2026-11-28", "on receipt", "2026-11-28"),
    "each instalment by itself": (
        NEXT,
        "2026-11-20",
        "[50% on receipt, 50% 9 days]",
        "2026-11-20 2026-11-30",
    ),
    "the end of a month": (NEXT, "2026-01-15", "0 days end of month", "2026-02-02"),
}


@pytest.mark.parametrize(("shift", "issued", "terms", "expected"), SHIFTS.values(), ids=SHIFTS)
def test_what_falls_due_on_no_business_day_moves(shift, issued, terms, expected):
    holidays = frozenset({date(2026, 12, 25), date(2026, 11, 9)})
    job = f"web: {{client: acme, title: Web, done: {issued}, lines: [{{text: Web, price: 100}}]}}"
    start = book(jobs=job, settings=f"terms: {terms}\nshift: {shift}", holidays=holidays)
    (invoice,) = issued_invoices(plan_invoices(start, date.fromisoformat(issued)))
    assert " ".join(str(due.date) for due in invoice.due) == expected
    assert invoice.terms == terms.strip("[]")


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (NEXT, "none", "2026-11-29"),
        ("none", NEXT, "2026-11-30"),
        (BACK, NEXT, "2026-11-30"),
        (NEXT, None, "2026-11-30"),
    ],
)
def test_a_clients_shift_takes_the_place_of_the_books(ours, theirs, expected):
    own = f", shift: {theirs}" if theirs else ""
    start = book(
        jobs="web: {client: acme, title: Web, done: 2026-10-30, lines: [{text: Web, price: 100}]}",
        clients=f"acme: {{name: Acme, tax_id: B12345674{own}}}",
        settings=f"terms: 30 days\nshift: {ours}",
    )
    (invoice,) = issued_invoices(plan_invoices(start, date(2026, 10, 30)))
    assert [str(due.date) for due in invoice.due] == [expected]
