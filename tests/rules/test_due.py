"""Payment terms: how they are written, and when an invoice falls due."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from pydantic import TypeAdapter, ValidationError

from facturar.model.terms import PaymentTerms
from facturar.rules.due import instalments

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
