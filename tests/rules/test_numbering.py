"""Numbers: gap-free in each series and year, dates never going back."""

from __future__ import annotations

from datetime import date

import pytest

from facturar.plan.invoices import plan_invoices
from tests.book_text import CLIENTS, after_runs, book

JOBS = "\n".join(
    f"job{n}: {{client: acme, title: T, done: 2026-0{n}-10, lines: [{{text: T, price: 100}}]}}" for n in range(1, 4)
)


def numbers(start, *days):
    return [invoice.number for invoice in after_runs(start, days).invoices]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("", ["F-2026-0001", "F-2026-0002", "F-2026-0003"]),
        ("numbering: {invoice: '{year}{month}-{seq:03d}'}", ["202601-001", "202602-001", "202603-001"]),
        ("numbering: {invoice: 'INV{seq}'}", ["INV1", "INV2", "INV3"]),
        (
            "numbering: {invoice: 'F-{year}-{seq:04d}', start: {invoice: F-2026-0037}}",
            ["F-2026-0037", "F-2026-0038", "F-2026-0039"],
        ),
    ],
    ids=["year", "month", "one run of numbers", "begun mid-year"],
)
def test_numbers(settings, expected):
    assert numbers(book(jobs=JOBS, settings=settings), "2026-01-31", "2026-02-28", "2026-03-31") == expected


def test_a_client_may_have_a_series_of_its_own():
    clients = CLIENTS + '  series: "ACME-{year}-{seq:03d}"\n'
    assert numbers(book(jobs=JOBS, clients=clients), "2026-02-28") == ["ACME-2026-001", "ACME-2026-002"]


def test_a_new_year_begins_again_at_one():
    jobs = JOBS.replace(
        "job3: {client: acme, title: T, done: 2026-03-10", "job3: {client: acme, title: T, done: 2027-01-10"
    )
    assert numbers(book(jobs=jobs), "2026-12-31", "2027-01-31")[-1] == "F-2027-0001"


def test_no_invoice_is_dated_before_the_last_of_its_series():
    start = after_runs(book(jobs=JOBS), ["2026-02-28"])
    plan = plan_invoices(start, date(2026, 3, 31), issued=date(2026, 2, 27))
    assert not plan.actions
    assert plan.skipped[0].held
    assert "2026-02-28" in plan.skipped[0].reason


def test_each_record_is_chained_to_the_one_before():
    invoices = after_runs(book(jobs=JOBS), ["2026-03-31"]).invoices
    assert [invoice.previous for invoice in invoices] == [None, invoices[0].seal, invoices[1].seal]


@pytest.mark.parametrize(
    ("kind", "start", "fits"),
    [
        ("invoice", "F-2026-0037", True),
        ("invoice", "F-2026-12345", True),
        ("invoice", "37", False),
        ("invoice", "R-2026-0037", False),
        ("credit_note", "R-2026-0002", True),
        ("quote", "P-2026-0012", True),
        ("pro_forma", "PF-2026-0003", True),
        ("pro_forma", "P-2026-0003", False),
    ],
)
def test_a_book_begun_mid_year_starts_at_a_number_of_its_series(kind, start, fits):
    settings = f"numbering: {{start: {{{kind}: {start!r}}}}}"
    if fits:
        assert book(settings=settings).settings.numbering.start == {kind: start}
    else:
        with pytest.raises(ValueError, match=f"'{start}' is not a number of {kind}"):
            book(settings=settings)


@pytest.mark.parametrize("kind", ["quote", "pro_forma"])
def test_what_is_no_invoice_is_not_numbered_as_one(kind):
    with pytest.raises(ValueError, match=f"{kind}: .* numbers invoices too"):
        book(settings=f"numbering: {{{kind}: 'F-{{year}}-{{seq:04d}}'}}")


def test_a_series_of_a_client_has_to_count():
    with pytest.raises(ValueError, match="'ACME' is not a pattern for numbers"):
        book(clients=CLIENTS + "  series: ACME\n")
