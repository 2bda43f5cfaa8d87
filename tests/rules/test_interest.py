"""Interest for late payment: by the law or as agreed, on what was owed each day, never at a rate that nobody knows."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facturar.plan.credits import plan_credit
from facturar.plan.letters import plan_letters
from facturar.plan.month import carried_out
from facturar.rules.crediting import Credit
from facturar.rules.interest import interest_sum, interest_terms
from facturar.rules.late_balances import late_debts
from facturar.rules.late_charges import Charged, interest_owed
from tests.book_text import CLIENTS, after_runs, book

KEY = ("acme", "EUR")


def invoiced(price, issued, *, terms="30 days", settings="", client="", **ledgers):
    """A book with one invoice of acme without tax, issued on a day."""
    settings = f"taxes: []\nterms: {terms}\n{settings}"
    jobs = f"web: {{client: acme, title: Web, done: {issued}, lines: [{{text: Web, price: {price}}}]}}"
    clients = CLIENTS + client
    start = after_runs(book(jobs=jobs, clients=clients, settings=settings), [issued])
    return book(jobs=jobs, clients=clients, settings=settings, invoices=start.invoices, **ledgers)


def paid(*payments):
    rows = (
        f"- {{date: {day}, client: acme, amount: {amount}{more}}}"
        for day, amount, *rest in payments
        for more in [rest[0] if rest else ""]
    )
    return "\n".join(rows)


def owed(start, day):
    """The interest on the first late instalment: its parts, as `from to days base percent amount`."""
    terms = interest_terms(start.clients["acme"], start)
    debts = late_debts(KEY, start, date.fromisoformat(day))
    if not terms or not debts:
        return []
    parts = interest_owed(debts[0], terms, Charged(start.invoices)).parts
    return [f"{p.first} {p.last} {p.days} {p.base} {p.percent} {p.amount}" for p in parts]


ANCHORS = {
    "37 days at one rate": (
        invoiced("1250", "2026-04-01", payments=paid(("2026-06-07", "1250"))),
        ["2026-05-02 2026-06-07 37 1250.00 10.15 12.86"],
    ),
    "over a change of the rate": (
        invoiced("10000", "2024-05-16", payments=paid(("2024-07-15", "10000"))),
        ["2024-06-16 2024-06-30 15 10000.00 12.50 51.37", "2024-07-01 2024-07-15 15 10000.00 12.25 50.34"],
    ),
    "a part payment lowers the base from its day on": (
        invoiced("10000", "2024-05-16", payments=paid(("2024-07-01", "5000"), ("2024-07-15", "5000"))),
        ["2024-06-16 2024-06-30 15 10000.00 12.50 51.37", "2024-07-01 2024-07-15 15 5000.00 12.25 25.17"],
    ),
    "the same rate in two half-years is one part": (
        invoiced("1000", "2025-11-21", payments=paid(("2026-01-10", "1000"))),
        ["2025-12-22 2026-01-10 20 1000.00 10.15 5.56"],
    ),
    "paid on the day": (invoiced("1000", "2026-04-01", payments=paid(("2026-05-01", "1000"))), []),
    "paid early": (invoiced("1000", "2026-04-01", payments=paid(("2026-04-10", "1000"))), []),
    "paid in part before the day": (
        invoiced("1000", "2026-04-01", payments=paid(("2026-04-10", "400"), ("2026-05-11", "600"))),
        ["2026-05-02 2026-05-11 10 600.00 10.15 1.67"],
    ),
    "money given back is owed again": (
        invoiced("1000", "2026-04-01", payments=paid(("2026-05-11", "1000"), ("2026-05-21", "1000", ", kind: refund"))),
        ["2026-05-02 2026-05-11 10 1000.00 10.15 2.78", "2026-05-21 2026-06-30 41 1000.00 10.15 11.40"],
    ),
    "a consumer owes none": (invoiced("1000", "2026-04-01", client="  consumer: true\n"), []),
    "as agreed by the year": (
        invoiced("1000", "2026-04-01", client="  late_interest: 12% a year\n", payments=paid(("2026-05-11", "1000"))),
        ["2026-05-02 2026-05-11 10 1000.00 12 3.29"],
    ),
    "as agreed by the month": (
        invoiced("1000", "2026-04-01", settings="late_interest: 1.5% a month", payments=paid(("2026-05-11", "1000"))),
        ["2026-05-02 2026-05-11 10 1000.00 18.0 4.93"],
    ),
    "the client's agreement over the book's": (
        invoiced(
            "1000",
            "2026-04-01",
            settings="late_interest: 1.5% a month",
            client="  late_interest: 7%\n",
            payments=paid(("2026-05-11", "1000")),
        ),
        ["2026-05-02 2026-05-11 10 1000.00 7 1.92"],
    ),
    "agreed anew from a day on": (
        invoiced(
            "1000",
            "2026-04-01",
            settings="late_interest: {agreed: [{percent: 10}, {since: 2026-05-07, percent: 20}]}",
            payments=paid(("2026-05-11", "1000")),
        ),
        ["2026-05-02 2026-05-06 5 1000.00 10 1.37", "2026-05-07 2026-05-11 5 1000.00 20 2.74"],
    ),
    "agreed where no law gives any": (
        invoiced(
            "1000", "2026-04-01", settings="regime: us\nlate_interest: 12%", payments=paid(("2026-05-11", "1000"))
        ),
        ["2026-05-02 2026-05-11 10 1000.00 12 3.29"],
    ),
    "no law and nothing agreed": (invoiced("1000", "2026-04-01", settings="regime: us"), []),
    "Mexico": (
        invoiced("1000", "2026-04-01", settings="regime: mx", payments=paid(("2026-05-11", "1000"))),
        ["2026-05-02 2026-05-11 10 1000.00 6 1.64"],
    ),
    "Colombia: the book gives the rate of a month": (
        invoiced(
            "1000",
            "2026-04-01",
            settings="regime: co\nlate_interest: [{since: 2026-05-01, percent: 25}]",
            payments=paid(("2026-05-11", "1000")),
        ),
        ["2026-05-02 2026-05-11 10 1000.00 25 6.85"],
    ),
}


@pytest.mark.parametrize(("start", "parts"), ANCHORS.values(), ids=ANCHORS.keys())
def test_interest_on_what_was_owed_each_day(start, parts):
    assert owed(start, "2026-06-30") == parts


def test_what_is_still_open_bears_interest_through_today():
    assert owed(invoiced("1000", "2026-04-01"), "2026-05-11") == ["2026-05-02 2026-05-11 10 1000.00 10.15 2.78"]


def test_what_was_credited_was_never_owed():
    start = invoiced("1000", "2026-04-01")
    credit = Credit(start.invoices[0], "Too much", amount=Decimal(400))
    start = carried_out(start, plan_credit(start, date(2026, 5, 20), credit))
    assert owed(start, "2026-05-31") == ["2026-05-02 2026-05-31 30 600.00 10.15 5.01"]


# A rate that nobody knows

STEPS = "reminders: {steps: [{name: formal, when: 5 days, charge: [compensation, interest], pay_within: 10 days}]}"
GIVEN = "late_interest: [{since: 2027-01-01, percent: 10.40}]"


def letters_on(start, day):
    found = plan_letters(start, date.fromisoformat(day))
    return [action.record for action in found.actions], [(skip.reason, skip.held) for skip in found.skipped]


def test_a_half_year_without_a_rate_holds_the_letter_and_says_what_the_book_must_give():
    letters, skipped = letters_on(invoiced("1000", "2026-11-20", settings=STEPS), "2027-01-11")
    (reason, held), *_ = skipped
    assert (letters, held) == ([], True)
    assert reason.startswith("the rate of late-payment interest from 2027-01-01 on is not known (the ECB's rate")
    assert reason.endswith("add to facturar.yaml late_interest: [{since: 2027-01-01, percent: …}]")


def test_a_letter_that_needs_no_such_rate_is_written():
    letters, _ = letters_on(invoiced("1000", "2026-11-20", settings=STEPS), "2026-12-31")
    assert [str(charge.amount) for charge in letters[0].charges] == ["40.00", "3.13"]


def test_with_the_rate_in_the_book_the_letter_is_written_and_shows_what_it_was_worked_out_from():
    letters, _ = letters_on(invoiced("1000", "2026-11-20", settings=f"{STEPS}\n{GIVEN}"), "2027-01-11")
    _, interest = letters[0].charges
    assert [(str(p.first), p.days, str(p.percent), str(p.amount)) for p in interest.parts] == [
        ("2026-12-21", 22, "10.40", "6.27")
    ]
    assert interest.amount == interest_sum(interest.parts)


def test_a_rate_that_the_book_gives_ends_with_its_half_year():
    letters, skipped = letters_on(invoiced("1000", "2027-05-20", settings=f"{STEPS}\n{GIVEN}"), "2027-07-10")
    assert letters == []
    assert "from 2027-07-01 on is not known" in skipped[0][0]


def test_where_the_law_names_no_figure_the_book_must_give_one():
    letters, skipped = letters_on(invoiced("1000", "2026-04-01", settings=f"{STEPS}\nregime: co"), "2026-05-11")
    assert letters == []
    assert "interés bancario corriente" in skipped[0][0]


@pytest.mark.parametrize(
    ("written", "message"),
    [("12 per cent", "no rate of interest"), ("[{since: 2026-13-01, percent: 3}]", "2026-13-01"), ("{law: 3}", None)],
)
def test_a_rate_is_written_in_one_way(written, message):
    if message is None:
        found = book(settings=f"late_interest: {written}").settings.late_interest
        assert found
        assert found.law[0].percent == Decimal(3)
        return
    with pytest.raises(ValueError, match=message):
        book(settings=f"late_interest: {written}")


@given(
    days=st.integers(1, 700),
    cut=st.integers(1, 700),
    price=st.decimals("0.01", "99999", places=2),
)
def test_the_parts_share_out_the_days_and_split_days_come_to_the_whole(days, cut, price):
    """Whatever is paid and when: every day from the due date on is in one part, and the parts add up."""
    due = date(2024, 1, 31)
    start = invoiced(price, "2024-01-01", payments=paid((due + timedelta(days=cut), price)))
    terms, day = interest_terms(start.clients["acme"], start), due + timedelta(days=days)
    assert terms
    (debt,) = late_debts(KEY, start, day)
    parts = interest_owed(debt, terms, Charged(())).parts
    assert sum(part.days for part in parts) == min(days, cut)
    assert [part.first for part in parts[1:]] == [part.last + timedelta(days=1) for part in parts[:-1]]
    exact = sum(part.base * part.percent * part.days / 36500 for part in parts)
    assert abs(interest_sum(parts) - exact) <= Decimal("0.005") * len(parts)
