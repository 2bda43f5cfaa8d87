"""Money to come: what is open and what will be billed, when it may be expected, and what is left out of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from facturar.model.payment import Payment
from facturar.plan.coming import coming
from facturar.plan.forecast import forecast
from tests.book_text import CLIENTS, after_runs, book

CLIENT = CLIENTS + "  taxes: []\n"
TODAY = date(2026, 3, 2)  # a Monday
RECURRING = """care: {client: acme, title: Care, lines: [{text: Care, price: 50}],
  agreement: {kind: recurring, every: month, starts: 2026-02-01}}"""
RETAINER = """desk: {client: acme, title: Desk,
  agreement: {kind: retainer, every: month, starts: 2026-02-01, fee: 900, hours: 10, extra_rate: 95}}"""
QUOTED = """shop: {client: acme, title: Shop, quote: {valid: 90 days}, agreement: {kind: prepaid, on: 2026-03-10},
  lines: [{text: Shop, price: 700}]}"""
ACCEPTED = QUOTED.replace("{valid: 90 days}", "{valid: 90 days, accepted: 2026-03-01}")
LAST_MONTH = """desk: {client: acme, title: Desk, work: [{date: 2026-03-01, hours: 12, note: Desk}], agreement:
  {kind: retainer, every: month, starts: 2026-02-01, ends: 2026-03-31, fee: 900, hours: 10, extra_rate: 95}}"""
STEPS = """site: {client: acme, title: Site, agreement: {kind: milestones, price: 1000,
  steps: [{name: a, share: 50%, on: 2026-03-15}, {name: b, share: 50%}]}}"""
HOURS = """help: {client: acme, title: Help, work: [{date: 2026-03-01, hours: 2, note: Help}],
  agreement: {kind: hourly, every: month, starts: 2026-02-01, rate: 60}}"""
DONE = "logo: {client: acme, title: Logo, done: 2026-01-10, lines: [{text: Logo, price: 100}]}"  # due on 9 February

TO_COME = [
    pytest.param(RECURRING, ["2026-04-01 50.00", "2026-05-01 50.00"], id="recurring"),
    pytest.param(RETAINER, ["2026-04-01 900.00", "2026-05-01 900.00"], id="retainer"),
    pytest.param(LAST_MONTH, ["2026-04-01 190.00"], id="hours over, after the last month of a retainer"),
    pytest.param(LAST_MONTH.replace("12", "9"), [], id="no hours over in it"),
    pytest.param(QUOTED, [], id="a quote that nobody accepted"),
    pytest.param(ACCEPTED, ["2026-03-10 700.00"], id="one that was"),
    pytest.param(STEPS, ["2026-03-15 500.00"], id="a milestone with a day, and none without"),
    pytest.param(HOURS, ["2026-04-01 120.00"], id="hours that are logged already"),
    pytest.param(RECURRING.replace("2026-02-01", "2026-04-10"), ["2026-04-10 50.00"], id="what starts later"),
    pytest.param(DONE.replace("2026-01-10", "2026-03-20"), ["2026-03-20 100.00"], id="done on a day to come"),
    pytest.param(DONE.replace("2026-01-10", "2026-03-02"), ["2026-03-02 100.00"], id="due today"),
]


def lived(jobs, runs=("2026-02-01", "2026-03-01"), payments=(), **more):
    given = {"clients": CLIENT, **more}
    before = after_runs(book(jobs=jobs, **{k: v for k, v in given.items() if k != "diary"}), runs)
    found = book(jobs=jobs, invoices=before.invoices, **given)
    return replace(found, payments=tuple(Payment(**payment) for payment in payments))


@pytest.mark.parametrize(("jobs", "told"), TO_COME)
def test_invoices_to_come_by_may_day(jobs, told):
    start = lived(jobs)
    found = coming(start, TODAY, date(2026, 5, 1))
    assert [f"{invoice.issued} {invoice.totals.payable}" for invoice in found.invoices] == told
    assert len(found.after.invoices) == len(start.invoices) + len(told)


def rows(found):
    return [
        (str(p.first) if p.first else "overdue", str(p.expected), str(p.to_bill), str(p.due))
        for p in found.periods
        if p.expected or p.due
    ]


def paid_late(number, days):
    return {"date": date(2026, 2, 9 + days), "client": "acme", "amount": Decimal(100), "invoice": number}


THREE = "\n".join(DONE.replace("logo", f"logo{n}") for n in range(3))


def test_what_is_due_is_expected_when_the_client_is_used_to_pay_beside_the_due_dates():
    late = [paid_late("F-2026-0001", 4), paid_late("F-2026-0002", 8), paid_late("F-2026-0003", 12)]
    start = lived(f"{THREE}\n{RECURRING}", ("2026-01-10", "2026-02-01", "2026-03-01"), late)
    # of 1 February, due on 3 March; of 1 March, due on the 31st; of 1 April, due on 1 May: each 8 days later
    assert rows(forecast(start, TODAY, "week", 9)) == [
        ("2026-03-02", "0.00", "0.00", "50.00"),
        ("2026-03-09", "50.00", "0.00", "0.00"),
        ("2026-03-30", "0.00", "0.00", "50.00"),
        ("2026-04-06", "50.00", "0.00", "0.00"),
        ("2026-04-27", "0.00", "0.00", "50.00"),
    ]
    assert rows(forecast(start, TODAY, "month", 3)) == [
        ("2026-03-02", "50.00", "0.00", "100.00"),
        ("2026-04-01", "50.00", "0.00", "0.00"),
        ("2026-05-01", "50.00", "50.00", "100.00"),
    ]


def apart(found):
    return [(item.apart, str(item.amount)) for item in found.items if item.apart]


LEFT_OUT = [
    pytest.param("", [("not foreseeable", "100.00")], id="overdue, and nobody knows"),
    pytest.param(
        "- {date: 2026-02-01, client: acme, kind: dispute, invoice: F-2026-0001}",
        [("disputed", "100.00")],
        id="dispute",
    ),
    pytest.param(
        "- {date: 2026-02-01, client: acme, kind: handover, to: lawyer}", [("handed over", "100.00")], id="handed over"
    ),
]


@pytest.mark.parametrize(("diary", "told"), LEFT_OUT)
def test_what_is_left_out_and_why(diary, told):
    start = lived(DONE, ("2026-01-10",), diary=diary)
    found = forecast(start, TODAY)
    assert apart(found) == told
    assert sum(period.expected for period in found.periods) == 0
    assert [str(p.due) for p in found.periods if not p.first] == (["100.00"] if not diary else [])


def test_what_is_expected_after_the_last_period_is_told_apart():
    start = lived(RECURRING)
    assert apart(forecast(start, TODAY, "week", 4))[-1] == ("later", "50.00")


def test_credit_pays_what_comes_first():
    over = [{"date": date(2026, 3, 1), "client": "acme", "amount": Decimal(130)}]  # 30.00 more than is owed
    start = lived(RECURRING, payments=over)
    amounts = [str(item.amount) for item in forecast(start, TODAY, "month", 3).items]
    assert amounts == ["20.00", "50.00"]


def test_a_payment_of_a_later_day_is_still_to_come():
    start = lived(DONE, ("2026-01-10",), [{"date": date(2026, 3, 9), "client": "acme", "amount": Decimal(100)}])
    assert [str(item.amount) for item in forecast(start, TODAY).items] == ["100.00"]


def test_currencies_stay_apart_the_books_first():
    dollars = DONE.replace("logo", "usd").replace("2026-01-10", "2026-03-01").replace("lines", "currency: USD, lines")
    found = forecast(lived(f"{RECURRING}\n{dollars}"), TODAY, "month", 2)
    assert [(p.currency, str(p.expected)) for p in found.periods] == [
        ("EUR", "100.00"),
        ("EUR", "0.00"),
        ("USD", "100.00"),
        ("USD", "0.00"),
    ]


def test_what_is_held_is_told_and_left_out():
    asking = CLIENT + "  requires: [purchase_order]\n"
    found = forecast(book(jobs=RECURRING, clients=asking), TODAY)
    assert (found.items, [skip.job for skip in found.held]) == ((), ["care"])
