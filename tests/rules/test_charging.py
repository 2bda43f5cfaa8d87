"""Debit notes: what letters claimed becomes a debt of its own, no day of it twice."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facturar.plan.charges import plan_charge
from facturar.plan.credits import plan_credit
from facturar.plan.letters import plan_letters
from facturar.plan.month import carried_out, plan_month
from facturar.problems import UsageError
from facturar.rules.checks import check_book
from facturar.rules.crediting import Credit
from facturar.rules.earnings import earned
from facturar.rules.settlement import accounts
from facturar.views.explaining.invoices import explained_invoice
from facturar.views.payment_state import payment_states
from tests.book_text import CLIENTS, after_runs, book

KEY = ("acme", "EUR")
LADDER = "reminders: {gap: 7 days, steps: [{name: formal, when: 30 days, charge: [compensation, interest]}]}"
USUAL = f"taxes: []\n{LADDER}"


def job(price="1000", done="2026-01-05", name="web"):
    return f"{name}: {{client: acme, title: Web, done: {done}, lines: [{{text: Web, price: {price}}}]}}\n"


def billed(jobs=None, runs=("2026-01-05",), settings=USUAL, client="", **ledgers):
    """A book whose jobs were invoiced; what is written after that is in `ledgers`."""
    jobs, clients = jobs or job(), CLIENTS + client
    issued = after_runs(book(jobs=jobs, clients=clients, settings=settings), runs).invoices
    return book(jobs=jobs, clients=clients, settings=settings, invoices=issued, **ledgers)


def reminded(day="2026-03-09", **more):
    """F-2026-0001 of 1,000.00, due on 4 February, and its formal letter."""
    start = billed(**more)
    return carried_out(start, plan_letters(start, date.fromisoformat(day)))


def charged(start, day, *numbers):
    return carried_out(start, plan_charge(start, date.fromisoformat(day), "acme", numbers))


def lines(note):
    return [f"{line.text}: {line.net}" for line in note.lines]


def worksheet(note):
    return [
        f"{row.text} {row.date} {row.until} {row.days} {row.base} {row.percent} {row.amount}"
        for annex in note.annexes
        for row in annex.entries
    ]


def refused(start, day, *numbers):
    with pytest.raises(UsageError) as raised:
        charged(start, day, *numbers)
    return f"{raised.value}", raised.value.hint


def test_a_debit_note_says_what_is_charged_and_how_it_was_worked_out():
    note = charged(reminded(), "2026-03-20").invoices[-1]
    assert (note.number, note.kind, str(note.issued), note.taxes) == ("ND-2026-0001", "debit_note", "2026-03-20", ())
    assert lines(note) == [
        "Intereses de demora de la factura F-2026-0001, 44 días: 12.24",
        "Compensación por los costes de cobro de la factura F-2026-0001: 40.00",
    ]
    assert worksheet(note) == ["F-2026-0001 2026-02-05 2026-03-20 44 1000.00 10.15 12.24"]
    assert [f"{due.date} {due.amount}" for due in note.due] == ["2026-03-20 52.24"]
    assert note.mentions == (
        "Cargos por demora conforme a lo dispuesto en la Ley 3/2004, de lucha contra la morosidad.",
        "Indemnización fuera de la base imponible del IVA (art. 78.Tres.1.º LIVA).",
    )


@pytest.mark.parametrize(
    ("letters", "numbers", "due"),
    [
        (["2026-03-16"], (), "2026-03-21"),
        (["2026-02-25"], (), "2026-03-20"),
        (["2026-02-25", "2026-03-09"], (), "2026-03-29"),
        (["2026-03-16"], ("F-2026-0001",), "2026-03-21"),
        ([], ("F-2026-0001",), "2026-03-20"),
    ],
    ids=["the letter's day", "past: on receipt", "the latest", "named and claimed", "named, never claimed"],
)
def test_it_is_due_when_the_letters_that_claimed_it_said_else_on_receipt(letters, numbers, due):
    steps = "{name: one, when: 20 days, charge: [interest], pay_within: 5 days}, "
    steps += "{name: two, when: 30 days, charge: [compensation, interest], pay_within: 20 days}"
    start = billed(settings=f"taxes: []\nreminders: {{gap: 7 days, steps: [{steps}]}}")
    for day in letters:
        start = carried_out(start, plan_letters(start, date.fromisoformat(day)))
    assert len(start.letters) == len(letters)
    note = charged(start, "2026-03-20", *numbers).invoices[-1]
    assert ([str(part.date) for part in note.due], note.terms) == ([due], None)


def test_it_is_a_receivable_like_any_other_and_was_none_before():
    before, day = reminded(), date(2026, 3, 20)
    assert accounts(before, day)[KEY].balance == Decimal("1000.00")
    after = charged(before, "2026-03-20")
    assert accounts(after, day)[KEY].balance == Decimal("1052.24")
    paid = book(settings=USUAL, invoices=after.invoices, payments="- {date: 2026-03-21, client: acme, amount: 1010}")
    assert payment_states(paid, date(2026, 3, 21))["ND-2026-0001"].open == Decimal("42.24")
    assert [problem.message for problem in check_book(after, day) if problem.severity == "error"] == []


def test_no_day_is_charged_twice_and_the_next_note_goes_on_where_the_last_one_ended():
    once = charged(reminded(), "2026-03-20")
    assert refused(once, "2026-03-20")[0] == "all that is owed on F-2026-0001 is charged by ND-2026-0001"
    note = charged(once, "2026-03-30").invoices[-1]
    assert worksheet(note) == ["F-2026-0001 2026-03-21 2026-03-30 10 1000.00 10.15 2.78"]
    assert lines(note) == ["Intereses de demora de la factura F-2026-0001, 10 días: 2.78"]


def test_interest_ends_with_the_payment():
    start = reminded()
    paid = book(
        settings=USUAL,
        invoices=start.invoices,
        letters=start.letters,
        payments="- {date: 2026-03-12, client: acme, amount: 1000, invoice: F-2026-0001}",
    )
    assert worksheet(charged(paid, "2026-06-30").invoices[-1]) == [
        "F-2026-0001 2026-02-05 2026-03-12 36 1000.00 10.15 10.01"
    ]


def test_what_was_paid_late_is_charged_when_it_is_named():
    paid = billed(payments="- {date: 2026-02-14, client: acme, amount: 1000}")
    message, hint = refused(paid, "2026-03-01")
    assert message == "no letter has claimed interest or costs of 'acme'"
    assert hint.endswith("facturar charge acme --invoice F-2026-0001")
    assert lines(charged(paid, "2026-03-01", "F-2026-0001").invoices[-1]) == [
        "Intereses de demora de la factura F-2026-0001, 10 días: 2.78",
        "Compensación por los costes de cobro de la factura F-2026-0001: 40.00",
    ]


def test_letters_go_on_from_what_was_charged_and_ask_no_interest_on_interest():
    ladder = LADDER.replace("steps: [", "steps: [{name: first, when: 20 days, charge: [compensation, interest]}, ")
    start = reminded(day="2026-02-24", settings=f"taxes: []\n{ladder}")
    after = charged(start, "2026-02-24")
    note_due = after.invoices[-1].due[0].date
    later = date(2026, 5, 4)
    assert note_due < later
    letter = carried_out(after, plan_letters(after, later)).letters[-1]
    assert letter.date == later
    assert [listed.number for listed in letter.invoices] == ["F-2026-0001", "ND-2026-0001"]
    (claim,) = letter.charges
    assert (claim.kind, claim.number, str(claim.parts[0].first)) == ("interest", "F-2026-0001", "2026-02-25")


def test_a_debit_note_is_waived_by_a_credit_note_and_not_charged_again():
    start = charged(reminded(), "2026-03-20")
    waived = carried_out(start, plan_credit(start, date(2026, 3, 25), Credit(start.invoices[-1], "Por cortesía")))
    note = waived.invoices[-1]
    assert (note.number, note.corrects, note.totals.payable) == ("R-2026-0001", "ND-2026-0001", Decimal("-52.24"))
    assert payment_states(waived, date(2026, 3, 25))["ND-2026-0001"].status == "credited"
    assert "is charged by ND-2026-0001" in refused(waived, "2026-03-20")[0]


def test_neither_a_debit_note_nor_its_waiver_is_earned_by_work():
    start = charged(reminded(), "2026-03-20")
    waived = carried_out(start, plan_credit(start, date(2026, 3, 25), Credit(start.invoices[-1], "Por cortesía")))
    assert sum(part.net for part in earned(waived, date(2026, 1, 1), date(2026, 12, 31))) == Decimal("1000.00")


def test_what_was_credited_to_be_charged_again_is_charged_again():
    start = charged(reminded(), "2026-03-20")
    wrong = Credit(start.invoices[-1], "Importe equivocado", again=True)
    released = carried_out(start, plan_credit(start, date(2026, 3, 20), wrong))
    assert charged(released, "2026-03-20").invoices[-1].totals.payable == Decimal("52.24")


def test_a_run_after_it_bills_and_reports_as_before():
    start = charged(reminded(), "2026-03-20")
    assert [a.kind for a in plan_month(start, date(2026, 3, 21)).actions if a.kind == "invoice"] == []


@pytest.mark.parametrize(
    ("more", "message", "hint"),
    [
        ({"client": "  consumer: true\n"}, "'acme' is a consumer", "ask for what is open"),
        ({"settings": "taxes: []\nregime: us"}, "the regime 'us' has no law", "late_interest: 12% a year"),
        ({"settings": "taxes: []\nregime: mx"}, "tax is owed on late interest (LIVA arts. 12 y 18)", "line of a job"),
        ({"jobs": job(done="2026-03-05"), "runs": ("2026-03-05",)}, "no invoice of 'acme' was late", "show acme"),
        (
            {"diary": "- {date: 2026-03-10, client: acme, kind: dispute, invoice: F-2026-0001}"},
            "F-2026-0001: in dispute",
            "facturar resolve F-2026-0001",
        ),
    ],
    ids=["consumer", "no law", "taxed", "nothing late", "in dispute"],
)
def test_what_is_refused(more, message, hint):
    start = billed(**more)
    if "diary" in more:
        letters = reminded().letters
        start = billed(**more, letters=letters)
    said = refused(start, "2026-03-20")
    assert message in said[0]
    assert hint in said[1]


def test_a_rate_that_nobody_knows_is_asked_for():
    start = billed(jobs=job(done="2027-01-04"), runs=("2027-01-04",))
    assert "from 2027-01-01 on is not known" in refused(start, "2027-03-01", "F-2027-0001")[0]


@pytest.mark.parametrize(
    ("number", "message"),
    [("F-2026-0002", "was not late"), ("ND-2026-0001", "is a debit note: it bears no interest")],
)
def test_what_cannot_be_named(number, message):
    jobs = job() + job(name="app", done="2026-03-05")
    start = charged(billed(jobs, runs=("2026-01-05", "2026-03-05")), "2026-03-20", "F-2026-0001")
    assert message in refused(start, "2026-03-20", number)[0]


def test_it_is_explained_by_law_rate_days_and_base():
    start = charged(reminded(), "2026-03-20")
    told = explained_invoice(start.invoices[-1], start, date(2026, 3, 20))
    interest, compensation, *_ = told.parts
    assert (interest.subject, interest.value) == ("interest F-2026-0001", Decimal("12.24"))
    assert interest.source == "Ley 3/2004 arts. 4, 5, 7 y 8"
    part, claimed = interest.parts
    assert part.because == "1000.00 × 10.15% × 44 ÷ 365, 2026-02-05 to 2026-03-20"
    assert part.parts[0].because.endswith("base 2.15% since 2026-01-01, points 8% since 2013-02-24")
    assert (claimed.value, claimed.because) == (date(2026, 3, 9), "by the 'formal' letter")
    assert (compensation.subject, compensation.value) == ("compensation F-2026-0001", Decimal("40.00"))


@given(cuts=st.lists(st.integers(1, 300), min_size=1, max_size=4, unique=True), paid=st.integers(1, 300))
def test_charged_in_pieces_or_at_once_each_day_is_in_one_note(cuts, paid):
    """Whenever it is charged, every late day of a debt is charged once, and what is rounded apart differs by cents."""
    due = date(2025, 2, 4)
    day = due + timedelta(days=paid)
    start = billed(
        job(done="2025-01-05"), runs=("2025-01-05",), payments=f"- {{date: {day}, client: acme, amount: 1000}}"
    )
    for cut in sorted(cuts):
        with suppress(UsageError):  # all of it is charged by then
            start = charged(start, str(due + timedelta(days=cut)), "F-2025-0001")
    rows = [row for record in start.invoices for annex in record.annexes for row in annex.entries]
    days = [row.date + timedelta(days=n) for row in rows for n in range(row.days or 0)]
    assert days == [due + timedelta(days=n) for n in range(1, min(paid, max(cuts)) + 1)]
    costs = [line for record in start.invoices for line in record.lines if line.text.startswith("Compensación")]
    assert len(costs) == 1
