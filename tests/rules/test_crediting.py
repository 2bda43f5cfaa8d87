"""Credit notes: what was invoiced taken back at the rates of its invoice, and never more than is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from facturar.model.book import Book
from facturar.model.catalog import Rate
from facturar.model.payment import Payment
from facturar.plan.credits import plan_credit
from facturar.plan.invoices import plan_invoices
from facturar.plan.month import carried_out, plan_month
from facturar.problems import errors
from facturar.rules.checks import check_book
from facturar.rules.crediting import Credit
from facturar.rules.early_payment import offer_of
from facturar.rules.settlement import accounts
from facturar.views.aging import aging
from facturar.views.explaining.derivation import again
from facturar.views.payment_state import payment_states
from tests.book_text import CLIENTS, after_runs, book, issued

DAY = date(2026, 11, 20)
JOB = """
web:
  client: acme
  title: Web
  done: 2026-11-10
  lines:
    - {text: Diseño, price: 1000}
    - {text: Sellos, price: 100, taxes: [iva]}
    - {text: Libro, quantity: 3, price: 10, discount: 10%, taxes: [iva_super_reduced]}
"""
BOOK = after_runs(book(jobs=JOB), ["2026-11-10"])
INVOICE = BOOK.invoices[0]

RATES = (
    Rate(date=date(2026, 1, 1), currency="JPY", rate=Decimal("0.006")),
    Rate(date=date(2026, 1, 1), currency="KWD", rate=Decimal("3")),
)

# the wish → net, tax, withheld, payable
CREDITS = {
    "all of it": (Credit(INVOICE, "x"), ("-1127.00", "-232.08", "-150.00", "-1209.08")),
    "a line": (Credit(INVOICE, "x", lines=(1,)), ("-100.00", "-21.00", "0.00", "-121.00")),
    "two lines": (Credit(INVOICE, "x", lines=(0, 2)), ("-1027.00", "-211.08", "-150.00", "-1088.08")),
    "an amount, shared as the nets are": (
        Credit(INVOICE, "x", amount=Decimal("112.70")),
        ("-112.70", "-23.21", "-15.00", "-120.91"),
    ),
}


@pytest.mark.parametrize(("credit", "expected"), CREDITS.values(), ids=CREDITS.keys())
def test_takes_back(credit, expected):
    note = issued(plan_credit(BOOK, DAY, credit))[0]
    totals = note.totals
    assert (str(totals.net), str(totals.tax), str(totals.withheld), str(totals.payable)) == expected
    assert (note.kind, note.number, note.corrects, note.reason) == ("credit_note", "R-2026-0001", "F-2026-0001", "x")


@pytest.mark.parametrize(("credit", "_"), CREDITS.values(), ids=CREDITS.keys())
def test_a_book_with_a_credit_note_is_right(credit, _):
    after = carried_out(BOOK, plan_credit(BOOK, DAY, credit))
    assert check_book(after, DAY) == []


def test_all_of_it_closes_the_invoice_to_the_cent():
    after = carried_out(BOOK, plan_credit(BOOK, DAY, Credit(INVOICE, "x")))
    assert accounts(after, DAY)["acme", "EUR"].balance == 0
    assert accounts(after, date(2026, 11, 19))["acme", "EUR"].balance == INVOICE.totals.payable


REFUSED = {
    "more than there is": Credit(INVOICE, "x", amount=Decimal("1127.01")),
    "nothing": Credit(INVOICE, "x", amount=Decimal(0)),
    "a line that is not there": Credit(INVOICE, "x", lines=(3,)),
}


@pytest.mark.parametrize("credit", REFUSED.values(), ids=REFUSED.keys())
def test_refuses(credit):
    plan = plan_credit(BOOK, DAY, credit)
    assert plan.actions == ()
    assert plan.skipped[0].held


def test_never_more_than_the_invoice_in_all():
    after = carried_out(BOOK, plan_credit(BOOK, DAY, Credit(INVOICE, "x", amount=Decimal(1000))))
    assert plan_credit(after, DAY, Credit(INVOICE, "x", amount=Decimal(128))).actions == ()
    assert plan_credit(after, DAY, Credit(INVOICE, "x", amount=Decimal(127))).actions != ()


def test_a_credit_note_is_not_credited():
    after = carried_out(BOOK, plan_credit(BOOK, DAY, Credit(INVOICE, "x")))
    assert plan_credit(after, DAY, Credit(after.invoices[-1], "x")).actions == ()


@pytest.mark.parametrize(("again", "times"), [(False, 0), (True, 1)], ids=["for good", "to be put right"])
def test_what_was_credited_is_billed_again_only_if_asked_for(again, times):
    after = carried_out(BOOK, plan_credit(BOOK, DAY, Credit(INVOICE, "x", again=again)))
    plan = plan_invoices(after, DAY)
    assert len(plan.actions) == times
    corrected = carried_out(after, plan)
    assert plan_invoices(corrected, DAY).actions == ()
    assert check_book(corrected, DAY) == []


VOID = Credit(INVOICE, "era para otro", void=True)


def state(found: Book, number: str = "F-2026-0001", day: date = DAY) -> str:
    return payment_states(found, day)[number].status


def test_a_void_invoice_keeps_its_number_and_is_owed_by_nobody():
    after = carried_out(BOOK, plan_credit(BOOK, DAY, VOID))
    note = after.invoices[-1]
    assert after.invoices[:-1] == BOOK.invoices
    assert (note.corrects, note.reason, note.void, note.totals.payable) == (
        INVOICE.number,
        "era para otro",
        True,
        -INVOICE.totals.payable,
    )
    assert (state(BOOK), state(after), state(after, day=date(2026, 11, 19))) == ("open", "void", "open")
    assert aging(after, DAY).rows == ()
    assert plan_month(after, date(2027, 3, 1)).records == ()
    assert check_book(after, DAY) == []


def test_what_a_void_invoice_billed_is_billed_anew_only_if_asked_for():
    again = carried_out(BOOK, plan_credit(BOOK, DAY, replace(VOID, again=True)))
    assert [i.covers for i in issued(plan_invoices(again, DAY))] == [INVOICE.covers]


def test_an_invoice_taken_back_in_full_is_credited_and_one_in_part_is_not():
    in_full = carried_out(BOOK, plan_credit(BOOK, DAY, Credit(INVOICE, "x")))
    in_part = carried_out(BOOK, plan_credit(BOOK, DAY, Credit(INVOICE, "x", lines=(1,))))
    assert (state(in_full), state(in_part)) == ("credited", "open")


def _paid() -> Book:
    paid = Payment(date=DAY, client="acme", amount=Decimal(5), invoice=INVOICE.number)
    return replace(BOOK, payments=(paid,))


ACTED_ON = {
    "paid in part": (_paid(), "5.00 EUR of F-2026-0001 are paid or settled: it cannot be void"),
    "credited": (
        carried_out(BOOK, plan_credit(BOOK, DAY, Credit(INVOICE, "x", lines=(1,)))),
        "F-2026-0001 is credited by R-2026-0001: it cannot be void",
    ),
    "in a letter": (
        after_runs(BOOK, ["2026-12-21"]),
        "F-2026-0001 is in the 'friendly' letter of 2026-12-21: it cannot be void",
    ),
}


@pytest.mark.parametrize(("found", "reason"), ACTED_ON.values(), ids=ACTED_ON.keys())
def test_what_somebody_acted_on_cannot_be_void(found, reason):
    plan = plan_credit(found, date(2026, 12, 21), VOID)
    assert plan.actions == ()
    assert plan.skipped[0].reason == reason


DEPOSITED = """
mesa:
  client: acme
  title: Mesa
  agreement: {kind: delivery, deposit: 500, deposit_on: 2026-11-02}
  delivered: 2026-11-10
  lines: [{text: Mesa, price: 900}, {text: Envío, price: 100, taxes: [iva]}]
"""


def test_a_deposit_that_is_taken_off_is_credited_after_the_invoice_that_takes_it_off():
    start = after_runs(book(jobs=DEPOSITED), ["2026-11-02", "2026-11-10"])
    deposit, last = start.invoices
    refused = plan_credit(start, DAY, Credit(deposit, "x"))
    assert refused.skipped[0].reason == "F-2026-0001 is a deposit that F-2026-0002 takes off: credit that one"
    back = carried_out(start, plan_credit(start, DAY, Credit(last, "x")))
    assert accounts(back, DAY)["acme", "EUR"].balance == deposit.totals.payable
    nothing = carried_out(back, plan_credit(back, DAY, Credit(deposit, "x")))
    assert accounts(nothing, DAY)["acme", "EUR"].balance == 0
    assert check_book(nothing, DAY) == []
    part = carried_out(start, plan_credit(start, DAY, Credit(last, "x", lines=(1,))))
    assert check_book(part, DAY) == []


def test_a_credit_larger_than_what_is_open_is_the_client_s():
    paid = replace(BOOK, payments=(Payment(date=DAY, client="acme", amount=Decimal("1200"), invoice=INVOICE.number),))
    after = carried_out(paid, plan_credit(paid, DAY, Credit(INVOICE, "x", lines=(1,))))
    account = accounts(after, DAY)["acme", "EUR"]
    assert (account.credit, account.open) == (Decimal("111.92"), ())


@pytest.mark.parametrize(
    "terms",
    ["[50% on receipt, 50% 30 days]", "30 days"],
    ids=["instalments", "one due day"],
)
@pytest.mark.parametrize("gross", ["true", "false"], ids=["prices with tax", "prices without"])
@pytest.mark.parametrize("currency", ["EUR", "JPY", "KWD"])
def test_all_of_an_invoice_taken_back_leaves_nothing(terms, gross, currency):
    extra = f"  prices_include_tax: {gross}\n  currency: {currency}\n"
    start = after_runs(book(jobs=JOB + extra, settings=f"terms: {terms}", rates=RATES), ["2026-11-10"])
    after = carried_out(start, plan_credit(start, DAY, Credit(start.invoices[0], "x")))
    assert accounts(after, DAY)["acme", currency].balance == 0
    assert [p.message for p in errors(check_book(after, DAY))] == []


@pytest.mark.parametrize("gross", ["true", "false"], ids=["prices with tax", "prices without"])
def test_lines_taken_back_one_by_one_leave_no_cent_behind(gross):
    lines = "[{text: A, price: 8.27}, {text: B, price: 8.27}, {text: C, price: 8.27}]"
    job = f"web: {{client: acme, title: W, done: 2026-11-10, prices_include_tax: {gross}, lines: {lines}}}"
    found = after_runs(book(jobs=job), ["2026-11-10"])
    for index in (2, 0, 1):
        found = carried_out(found, plan_credit(found, DAY, Credit(found.invoices[0], "x", lines=(index,))))
    assert accounts(found, DAY)["acme", "EUR"].balance == 0
    assert check_book(found, DAY) == []


UNFINISHED = """
mesa:
  client: acme
  title: Mesa
  taxes: [iva]
  agreement: {deposit: 300, deposit_on: 2026-11-02}
  lines: [{text: Mesa, price: 1000}]
"""
FINISHED = UNFINISHED.replace("title:", "done: 2026-11-20\n  title:")

# what becomes of the deposit → the deposits that the last invoice takes off, and what the client owes in the end
GIVEN_BACK = {
    "in full": (Credit(INVOICE, "x"), [], "1210.00"),
    "void": (Credit(INVOICE, "x", void=True), [], "1210.00"),
    "in part": (Credit(INVOICE, "x", amount=Decimal(100)), [("F-2026-0001", "200.00", "42.00")], "1210.00"),
    "in full, and invoiced again": (
        Credit(INVOICE, "x", again=True),
        [("F-2026-0002", "300.00", "63.00")],
        "1210.00",
    ),
}


@pytest.mark.parametrize(("credit", "taken", "owed"), GIVEN_BACK.values(), ids=GIVEN_BACK.keys())
def test_no_more_of_a_deposit_is_taken_off_than_is_left_of_it(credit, taken, owed):
    start = after_runs(book(jobs=UNFINISHED), ["2026-11-02"])
    credited = carried_out(start, plan_credit(start, date(2026, 11, 5), replace(credit, invoice=start.invoices[0])))
    done = after_runs(replace(credited, jobs=book(jobs=FINISHED).jobs), [DAY])
    assert [(d.number, str(d.net), str(d.tax)) for d in done.invoices[-1].deposits] == taken
    assert str(accounts(done, DAY)["acme", "EUR"].balance) == owed
    assert check_book(done, DAY) == []


def test_a_discount_for_paying_the_deposit_early_stays_the_clients():
    start = after_runs(book(jobs=UNFINISHED, settings="terms: 2% 10 days, net 30 days"), ["2026-11-02"])
    offer = offer_of(start.invoices[0])
    assert offer
    paid = Payment(date=date(2026, 11, 5), client="acme", amount=offer.payable, invoice="F-2026-0001")
    early = after_runs(replace(start, payments=(paid,)), ["2026-11-05"])
    done = after_runs(replace(early, jobs=book(jobs=FINISHED).jobs), [DAY])
    assert [str(d.net) for d in done.invoices[-1].deposits] == ["300.00"]
    assert str(accounts(done, DAY)["acme", "EUR"].balance) == "847.00"


@pytest.mark.parametrize("change", ["currency: USD", "client: bolt"])
def test_a_deposit_is_not_taken_off_another_clients_invoice_nor_in_another_currency(change):
    both = CLIENTS + CLIENTS.replace("acme:", "bolt:")
    start = after_runs(book(jobs=UNFINISHED, clients=both), ["2026-11-02"])
    job = FINISHED.replace("client: acme", change) if "client" in change else f"{FINISHED}  {change}\n"
    rate = Rate(date=date(2026, 11, 2), currency="USD", rate=Decimal("0.92"))
    changed = replace(start, jobs=book(jobs=job, clients=both).jobs, rates=(rate,))
    held = plan_invoices(changed, DAY)
    assert held.actions == ()
    assert "give the job that client and currency back, or credit F-2026-0001" in held.skipped[0].reason
    credited = carried_out(changed, plan_credit(changed, DAY, Credit(start.invoices[0], "x")))
    assert [str(i.totals.net) for i in issued(plan_invoices(credited, DAY))] == ["1000.00"]


def test_an_amount_of_an_invoice_of_nothing_is_refused():
    lines = "[{text: A, price: 0}, {text: B, price: 0, taxes: [iva]}]"
    job = f"web: {{client: acme, title: W, done: 2026-11-10, lines: {lines}}}"
    start = after_runs(book(jobs=job), ["2026-11-10"])
    refused = plan_credit(start, DAY, Credit(start.invoices[0], "x", amount=Decimal(10)))
    assert refused.skipped[0].reason == "10.00 cannot be taken back: 0.00 EUR net of F-2026-0001 is left"


WORK = """
help:
  client: acme
  title: Ayuda
  agreement: {kind: hourly, every: month, starts: 2026-09-01, rate: 50}
  work: [{date: 2026-09-05, hours: 3.5, note: n}LATE]
  expenses: [{date: 2026-09-06, text: Taxi, amount: 20}SPENT]
"""
LATE = (", {date: 2026-09-05, hours: 1.5, note: olvidado}", ", {date: 2026-09-06, text: Peaje, amount: 7}")
CARE = """
care:
  client: acme
  title: Cuidado
  agreement: {kind: retainer, starts: 2026-09-01, ends: 2026-11-30, fee: 0, hours: 1, extra_rate: 50}
  work: [{date: 2026-09-05, hours: 4.5, note: n}LATE]
  expenses: [{date: 2026-09-06, text: Taxi, amount: 20}SPENT]
"""
# which invoice is taken back, to be billed again → the net that comes of it
AGAIN = {"the first": (0, "195.00"), "what was logged late": (1, "82.00")}


@pytest.mark.parametrize("job", [WORK, CARE], ids=["hourly", "retainer"])
@pytest.mark.parametrize(("which", "net"), AGAIN.values(), ids=AGAIN.keys())
@pytest.mark.parametrize("day", [DAY, date(2026, 11, 21)], ids=["on the same day", "later"])
def test_of_a_day_that_was_billed_twice_just_what_was_given_back_is_billed_again(job, which, net, day):
    first = after_runs(book(jobs=job.replace("LATE", "").replace("SPENT", "")), ["2026-10-01"])
    late = replace(first, jobs=book(jobs=job.replace("LATE", LATE[0]).replace("SPENT", LATE[1])).jobs)
    both = after_runs(late, ["2026-11-01"])
    billed = [invoice for invoice in both.invoices if invoice.totals.net]
    assert [str(invoice.totals.net) for invoice in billed] == ["195.00", "82.00"]
    credited = carried_out(both, plan_credit(both, DAY, Credit(billed[which], "x", again=True)))
    anew = after_runs(credited, [day])
    assert [str(i.totals.net) for i in anew.invoices[len(credited.invoices) :]] == [net]
    read = replace(anew, invoices=tuple(sorted(anew.invoices, key=lambda record: (record.issued, record.number))))
    assert plan_invoices(read, day).actions == ()
    assert check_book(read, day) == []
    found = again(anew.invoices[-1], read).figures
    assert found
    assert found.totals == anew.invoices[-1].totals


def test_a_record_that_others_name_and_that_is_gone_is_told():
    after = carried_out(BOOK, plan_credit(BOOK, DAY, Credit(INVOICE, "x")))
    lost = replace(after, invoices=after.invoices[1:])
    told = [problem.message for problem in errors(check_book(lost, DAY))]
    assert told == ["R-2026-0001 names F-2026-0001, which is not in the book"]
    written = after_runs(BOOK, ["2026-12-21"])
    told = [problem.message for problem in errors(check_book(replace(written, invoices=()), date(2026, 12, 21)))]
    assert told == ["2026-12-21-acme-friendly names F-2026-0001, which is not in the book"]
