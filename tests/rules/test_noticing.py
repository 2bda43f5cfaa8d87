"""What each notice tells, to whom it is written and to whom not, and that the ladder never counts one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from facturar.model.book import Book
from facturar.model.notice import Notice, in_order
from facturar.plan.letters import plan_letters
from facturar.plan.month import carried_out
from facturar.plan.notices import plan_notices
from facturar.rules.checks.records import record_problems
from facturar.rules.noticing import Wish
from tests.book_text import after_runs, book

DAY = date(2026, 11, 30)
CLIENTS = """
acme:
  name: Panadería Acme, S.L.
  tax_id: B12345674
  contacts: {billing: {name: Ana Ruiz}}
  terms: 2% 10 days, net 30 days
  requires: [purchase_order]
bolt: {name: Bolt, language: en, currency: USD, batch: A}
old: {name: Antiguo, tax_id: 11111111H}
new: {name: Nuevo}
"""
JOBS = """
care: {client: acme, title: Cuidado, purchase_order: P-1, agreement: {kind: retainer, starts: 2026-10-01, every: month,
  fee: [{amount: 900}, {since: 2027-01-01, amount: 945}], hours: 10, extra_rate: 95}}
web: {client: bolt, title: Web, lines: [{text: Web, price: 500}]}
past: {client: old, title: Pasado, lines: [{text: Web, price: 500}], done: 2026-10-01}
first: {client: new, title: Primero, lines: [{text: Web, price: 500}]}
"""
SETTINGS = """
payment_methods:
  - {kind: transfer, iban: ES9121000418450200051332}
  - {kind: card, url: "https://pay.example/{number}"}
  - {kind: link, url: "https://pay.example/{number}"}
  - {kind: link, url: "https://pay.example/me"}
senders: {billing: {name: Marta}, boss: {name: Lucía}}
credit: {limit: 1000, hold: 30 days, new_limit: 400}
"""
CATALOG = "mesa: {text: Mesa, price: 640, unit: ud.}\nsoon: {text: Pronto, price: [{since: 2027-01-01, amount: 5}]}\n"


def the_book(**more: Any) -> Book:
    """Invoices of October and November to acme, one of October to `old` that is paid."""
    paid = "- {date: 2026-10-20, client: old, amount: 530}\n"
    given = {"clients": CLIENTS, "settings": SETTINGS, "catalog": CATALOG, "payments": paid, **more}
    return after_runs(book(JOBS, **given), ["2026-10-01", "2026-11-01"])


BOOK = the_book()


def told(name: str, client: str = "acme", start: Book = BOOK, day: date = DAY, **wish: Any) -> Notice:
    plan = plan_notices(start, day, Wish(name, **wish), [client], named=True)
    assert plan.records, plan.skipped
    (notice,) = plan.records
    assert isinstance(notice, Notice)
    return notice


def reasons(name: str, start: Book = BOOK, *, named: bool = False, **wish: Any) -> dict[str | None, str]:
    plan = plan_notices(start, DAY, Wish(name, **wish), start.clients, named=named)
    return {skip.client: skip.reason for skip in plan.skipped}


def test_a_welcome_tells_the_terms() -> None:
    notice = told("welcome")
    (job,) = notice.jobs
    assert (job.title, job.charging.kind, job.fee) == ("Cuidado", "retainer", Decimal(900))
    assert (notice.terms, notice.requires, notice.gathered) == ("2% 10 days, net 30 days", ("purchase_order",), None)
    assert notice.law is not None
    assert notice.credit is not None
    assert (notice.credit.limit, notice.credit.new_limit, notice.credit.days) == (Decimal(1000), Decimal(400), 30)


def test_a_page_that_needs_an_amount_is_left_for_its_template_to_name() -> None:
    methods = [f"{m.kind} {getattr(m, 'url', '')}" for m in told("welcome").payment_methods]
    named = ["card https://pay.example/{number}", "link https://pay.example/{number}"]
    assert methods == ["transfer ", *named, "link https://pay.example/me"]


@pytest.mark.parametrize(
    ("client", "new_limit"), [("new", 400), ("acme", 400), ("old", None)], ids=["new", "has not paid yet", "paid"]
)
def test_the_limit_of_new_clients_is_told_until_a_first_invoice_is_paid(client: str, new_limit: int | None) -> None:
    credit = told("welcome", client).credit
    assert credit is not None
    assert credit.new_limit == new_limit


def test_a_rate_change_says_since_when() -> None:
    notice = told("rate-change")
    assert [f"{c.kind} {c.before} {c.after}" for c in notice.changes] == ["fee 900 945"]
    assert notice.since == date(2027, 1, 1)


def test_an_offer_lists_what_has_a_price() -> None:
    notice = told("offer", items=("mesa", "soon"), discount=Decimal(10), until=date(2026, 12, 31))
    assert [f"{o.item} {o.price} {o.offered}" for o in notice.offered] == ["mesa 640 576.00"]
    assert notice.until == date(2026, 12, 31)


def test_thanks_know_since_when() -> None:
    history = told("thank-you").history
    assert history is not None
    assert (history.invoices, history.since) == (2, date(2026, 10, 1))
    assert told("thank-you", "new").history is None


def test_a_new_account_names_the_old_ones_by_their_last_digits_only() -> None:
    other = SETTINGS.replace("ES9121000418450200051332", "ES7921000813610123456789")
    moved = replace(BOOK, settings=book(clients=CLIENTS, settings=other).settings)
    notice = told("new-account", start=moved)
    assert notice.ended == ("1332",)
    assert [getattr(m, "iban", None) for m in notice.payment_methods] == ["ES7921000813610123456789"]
    assert told("new-account", "new").ended == ()
    unchanged = reasons("new-account", named=True)
    assert unchanged == {
        "acme": "no new account: F-2026-0003 has the book's already",
        "old": "no new account: F-2026-0002 has the book's already",
    }


def test_a_hold_says_what_lifts_it() -> None:
    notice = told("hold", day=date(2026, 12, 31))
    assert notice.hold is not None
    assert (notice.hold.limit, notice.hold.days) == (Decimal(400), 30)
    assert notice.hold.pay == notice.hold.open + (notice.hold.to_bill or 0) - 400
    assert [item.number for item in notice.invoices] == ["F-2026-0001", "F-2026-0003"]


SENDERS = [
    pytest.param("thank-you", None, "Lucía Luna Pérez", id="thanks come from the owner"),
    pytest.param("new-account", None, "Marta", id="money talk from who bills"),
    pytest.param("thank-you", "boss", "Lucía", id="or from the named"),
]


@pytest.mark.parametrize(("name", "sender", "signed"), SENDERS)
def test_who_signs(name: str, sender: str | None, signed: str) -> None:
    assert told(name, "new", sender=sender).sender.name == signed


def test_who_is_written_to() -> None:
    gone = "no job of theirs runs, and they owe nothing"
    assert reasons("thank-you") == {"old": gone}
    assert reasons("thank-you", named=True) == {}
    assert reasons("welcome") == {
        "acme": "no new client: a first invoice on 2026-10-01",
        "old": "no new client: a first invoice on 2026-10-01",
    }
    changes = "no price of theirs changes after 2026-11-30"
    assert reasons("rate-change") == {"bolt": changes, "old": gone, "new": changes}
    held = "they are not on hold: nothing goes beyond what was agreed"
    assert reasons("hold") == {"bolt": held, "old": gone, "new": held}


def test_a_welcome_is_given_once_unless_it_is_asked_for() -> None:
    welcomed = carried_out(BOOK, plan_notices(BOOK, date(2026, 11, 20), Wish("welcome"), ["new"], named=True))
    assert reasons("welcome", welcomed)["new"] == "had it on 2026-11-20"
    assert "new" not in reasons("welcome", welcomed, named=True)


def test_the_same_notice_is_written_once_a_day_and_none_before_the_last() -> None:
    plan = plan_notices(BOOK, DAY, Wish("thank-you"), ["acme"], named=True)
    after = carried_out(BOOK, plan)
    again = plan_notices(after, DAY, Wish("thank-you"), ["acme"], named=True)
    assert [skip.reason for skip in again.skipped] == ["2026-11-30-acme-thank-you is there already"]
    before = plan_notices(after, date(2026, 11, 29), Wish("welcome"), ["acme"], named=True)
    assert [skip.reason for skip in before.skipped] == [
        "the last one to them is of 2026-11-30: none may be dated before"
    ]


def test_notices_of_one_day_stand_in_the_order_of_their_chain() -> None:
    after = BOOK
    for name in ("welcome", "thank-you", "offer"):
        after = carried_out(after, plan_notices(after, DAY, Wish(name), ["acme"], named=True))
    shuffled = sorted(after.notices, key=lambda notice: notice.name)
    assert [notice.name for notice in shuffled] != [notice.name for notice in after.notices]
    assert in_order(shuffled) == after.notices
    assert list(record_problems(after, DAY)) == []
    broken = replace(after, notices=after.notices[1:])
    assert [problem.code for problem in record_problems(broken, DAY)] == ["chain"]


def test_the_ladder_never_counts_a_notice() -> None:
    late = date(2026, 12, 31)
    after = carried_out(BOOK, plan_notices(BOOK, late, Wish("thank-you"), ["acme"], named=True))
    assert after.notices
    assert plan_letters(after, late) == plan_letters(BOOK, late)
    assert plan_letters(BOOK, late).actions
