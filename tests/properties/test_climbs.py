"""A year of cron, days left out at random: the letters are a valid climb for every client, and can be made again.

So is what a client on hold is told: between the letters, once for each time that it comes to that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facturar.model.book import Book
from facturar.model.diary import DiaryEntry, Promise
from facturar.model.invoice import Due, Invoice
from facturar.model.letter import Letter
from facturar.model.notice import Notice
from facturar.model.payment import Payment
from facturar.plan.actions import Plan
from facturar.plan.hold_notices import plan_hold_notices
from facturar.plan.letters import plan_letters
from facturar.plan.month import carried_out
from facturar.rules.credit import holds
from facturar.rules.customs import ladder_of
from facturar.rules.settlement import accounts
from facturar.store.reading import read_book
from tests.book_text import CLIENTS, after_runs, book
from tests.properties.books import searched
from tests.repo.pages import ROOT

FIRST, YEAR = date(2026, 1, 1), 365
CLIENT = CLIENTS + "  taxes: []\n"
PEOPLE = CLIENT + "  reminders: own\n" + CLIENT.replace("acme:", "bolt:")
JOB = "web: {client: acme, title: Web, done: 2026-01-01, lines: [{text: Web, price: 900}]}"
(MODEL,) = after_runs(book(jobs=JOB, clients=CLIENT), ["2026-01-01"]).invoices
OWN = """
ladders:
  own:
    gap: 5 days
    steps:
      - {name: courtesy, when: -2 days}
      - {name: friendly, when: end of month}
      - {name: firm, when: 6 days after previous, pay_within: 4 days}
      - {name: call, when: 8 days after previous, channel: phone}
      - {name: formal, when: 20 days after end of month, channel: letter, charge: [compensation, interest]}
"""
SETTINGS = (
    OWN,
    OWN + "reminders: {ladder: monthly, grace: 3 days, quiet: [{from: 12-20, until: 01-07}, 05-04]}",
    OWN + "reminders: {catch_up: highest, gap: 3 days, quiet: [{from: 2026-04-01, until: 2026-04-20}]}",
    OWN.replace("gap: 5 days", "gap: 1 days\n    catch_up: highest") + "reminders: {stale_after: 40 days}",
    OWN + "reminders: {gap: 3 days, quiet: [05-04]}\ncredit: {limit: 1000, hold: 10 days}",
    OWN + "credit: {hold: 20 days, new_limit: 900}",
)
HOLIDAYS = frozenset(date(2026, month, day) for month, day in ((1, 6), (3, 2), (3, 19), (5, 1), (6, 15), (8, 17)))


@dataclass(frozen=True)
class Run:
    """A plan of letters and of notices to clients on hold, and the book it was made over."""

    day: date
    before: Book
    plan: Plan

    @property
    def after(self) -> Book:
        return carried_out(self.before, self.plan)

    @property
    def letters(self) -> tuple[Letter, ...]:
        return tuple(record for record in self.plan.records if isinstance(record, Letter))

    @property
    def notices(self) -> tuple[Notice, ...]:
        return tuple(record for record in self.plan.records if isinstance(record, Notice))


def planned(start: Book, day: date) -> Plan:
    """What a client is written about money on a day."""
    notices = plan_hold_notices(start, day)
    return notices + plan_letters(carried_out(start, notices), day)


def year(start: Book, days: list[date]) -> list[Run]:
    """The runs on some days, each over what the ones before left."""
    runs = []
    for day in days:
        run = Run(day, start, planned(start, day))
        runs.append(run)
        start = run.after
    return runs


def _invoice(number: int, client: str, issued: int, terms: int) -> Invoice:
    day = FIRST + timedelta(days=issued)
    due = (Due(date=day + timedelta(days=terms), amount=MODEL.totals.payable),)
    return MODEL.model_copy(update={"number": f"F-{number}", "client": client, "issued": day, "due": due})


clients = st.sampled_from(["acme", "acme", "bolt"])
days = st.integers(0, 300)
invoices = st.lists(st.tuples(clients, days, st.sampled_from([0, 15, 30, 60])), min_size=1, max_size=5).map(
    lambda drawn: tuple(_invoice(number, *facts) for number, facts in enumerate(drawn, 1))
)
payments = st.lists(st.tuples(clients, days, st.sampled_from([100, 450, 900, 1800])), max_size=3).map(
    lambda drawn: tuple(
        Payment(date=FIRST + timedelta(days=day), client=client, amount=Decimal(amount))
        for client, day, amount in drawn
    )
)


def _entry(client: str, day: int, what: str, number: int, within: int) -> DiaryEntry:
    on = FIRST + timedelta(days=day)
    facts: dict[str, object] = {"date": on, "client": client, "kind": what}
    if what in ("dispute", "resolved", "mail"):
        facts["invoice"] = f"F-{number}"
    if what in ("call", "mail"):
        facts["promise"] = Promise(on=on + timedelta(days=within))
    return DiaryEntry.model_validate(facts)


said = st.sampled_from(["call", "mail", "dispute", "resolved", "call", "mail", "dispute", "handover", "returned"])
diaries = st.lists(st.builds(_entry, clients, days, said, st.integers(1, 5), st.integers(0, 30)), max_size=5).map(tuple)
gaps = st.lists(st.sampled_from([1, 1, 1, 1, 2, 3, 7, 10, 31]), min_size=20, max_size=60)


def _days(drawn: list[int]) -> list[date]:
    """Days of a year from its first on, by the gaps between them, over and over."""
    found, day = [], 0
    for gap in drawn * YEAR:
        if day >= YEAR:
            break
        found.append(FIRST + timedelta(days=day))
        day += gap
    return found


def _kept(settings: str, issued: tuple[Invoice, ...], paid: tuple[Payment, ...], diary: tuple[DiaryEntry, ...]) -> Book:
    return replace(
        book(settings=settings, clients=PEOPLE), invoices=issued, payments=paid, diary=diary, holidays=HOLIDAYS
    )


books = st.builds(_kept, st.sampled_from(SETTINGS), invoices, payments, diaries)


def entries(run: Run, client: str) -> list[DiaryEntry]:
    own = [entry for entry in run.before.diary if entry.client == client and entry.date <= run.day]
    return sorted(own, key=lambda entry: entry.date)


def out_of_it(run: Run, client: str) -> tuple[bool, set[str]]:
    """Whether nothing may be written to a client on a day, and the invoices that no letter may speak of."""
    grace = timedelta(days=run.before.settings.reminders.grace)
    nothing, quiet = False, set[str]()
    own = entries(run, client)
    for entry in own:
        if entry.kind in ("dispute", "resolved") and entry.invoice:
            (quiet.add if entry.kind == "dispute" else quiet.discard)(entry.invoice)
        if entry.kind in ("handover", "returned"):
            nothing = entry.kind == "handover"
    running = [entry for entry in own if entry.promise and run.day <= entry.promise.on + grace]
    return nothing or any(not entry.invoice for entry in running), quiet | {e.invoice for e in running if e.invoice}


def written(runs: list[Run]) -> Iterator[tuple[Run, Letter]]:
    return ((run, letter) for run in runs for letter in run.letters)


def told(runs: list[Run]) -> Iterator[tuple[Run, Notice]]:
    return ((run, notice) for run in runs for notice in run.notices)


def asked(runs: list[Run]) -> Iterator[tuple[Run, Letter | Notice]]:
    """All that asks a client for money."""
    yield from written(runs)
    yield from told(runs)


def apart(runs: list[Run]) -> None:
    """Whatever asks a client for money, a letter or a notice, comes the gap after the one before."""
    days: dict[str, list[date]] = {}
    for run, record in sorted(asked(runs), key=lambda pair: pair[0].day):
        days.setdefault(record.client, []).append(run.day)
    for client, own in days.items():
        ladder = ladder_of(runs[0].before.clients[client], runs[0].before)
        assert ladder, "who is written to has a ladder"
        assert all((later - earlier).days >= max(ladder.gap, 1) for earlier, later in pairwise(own))


def each_hold_told_once(runs: list[Run]) -> None:
    """Who is told is on hold by what is listed, and was not on hold on some day since they were told before."""
    before: dict[str, date] = {}
    for run, notice in told(runs):
        hold, client = notice.hold, notice.client
        assert hold
        assert hold.open == sum(listed.open for listed in notice.invoices)
        assert Decimal(0) < hold.pay <= hold.open
        assert client in holds(run.before, run.day)
        if client in before:
            between = (before[client] + timedelta(days=n) for n in range((run.day - before[client]).days))
            assert any(client not in holds(run.before, day) for day in between)
        before[client] = run.day


def each_hold_accounted_for(runs: list[Run]) -> None:
    """Whoever is on hold is told, or is among those left out, with a reason."""
    for run in runs:
        said = {skip.client for skip in run.plan.skipped if skip.kind == "notice" and skip.reason}
        assert set(holds(run.before, run.day)) == said | {notice.client for notice in run.notices}


def in_order(runs: list[Run]) -> None:
    """The letters of each client keep the gap, and about one instalment the steps only go up."""
    by_client: dict[str, list[Letter]] = {}
    for _, letter in written(runs):
        by_client.setdefault(letter.client, []).append(letter)
    for client, letters in by_client.items():
        ladder = ladder_of(runs[0].before.clients[client], runs[0].before)
        assert ladder, "who gets a letter has a ladder"
        gap = timedelta(days=max(ladder.gap, 1))
        assert all(later.date - earlier.date >= gap for earlier, later in pairwise(letters))
        reached: dict[tuple[str, date], int] = {}
        for letter in letters:
            step = [step.name for step in ladder.steps].index(letter.step)
            for part in ((listed.number, listed.due) for listed in letter.invoices):
                assert step > reached.get(part, -1)
                reached[part] = step


def harmless(runs: list[Run]) -> None:
    """No letter in a dispute, during a promise, after a handover, before the time that was given is over."""
    for run, letter in asked(runs):
        nothing, quiet = out_of_it(run, letter.client)
        assert not nothing
        listed = {(item.number, item.due) for item in letter.invoices}
        assert not quiet & {number for number, _ in listed}
        for earlier in run.before.letters:
            if earlier.client == letter.client and earlier.pay_by and earlier.currency == letter.currency:
                assert run.day > earlier.pay_by or not listed & {(item.number, item.due) for item in earlier.invoices}


def on_letter_days(runs: list[Run]) -> None:
    for run, _ in asked(runs):
        assert run.day.weekday() != 6
        assert run.day not in run.before.holidays
        assert not any(quiet.holds(run.day) for quiet in run.before.settings.reminders.quiet)


def each_silence_told(runs: list[Run]) -> None:
    """Whoever owes something overdue gets a letter, or is among those left out, with a reason."""
    for run in runs:
        skipped = (skip for skip in run.plan.skipped if skip.kind == "letter" and skip.reason)
        said = {skip.client for skip in skipped} | {letter.client for letter in run.letters}
        late = {
            account.client
            for account in accounts(run.before, run.day).values()
            if any(instalment.days_late(run.day) > 0 for instalment in account.open)
        }
        assert late <= said


def made_again(runs: list[Run]) -> None:
    """Without the letters of the last run that wrote any the same day makes the same; with them it makes none."""
    last = next((run for run in reversed(runs) if run.plan.records), runs[-1])
    without = replace(last.after, letters=last.before.letters, notices=last.before.notices)
    assert planned(without, last.day).records == last.plan.records
    assert not planned(last.after, last.day).records


def by_fresh_payments(runs: list[Run]) -> None:
    """Where the book says how old payments may be, no letter rests on older ones."""
    for run, _ in asked(runs):
        allowed = run.before.settings.reminders.stale_after
        known = [payment.date for payment in run.before.payments if payment.date <= run.day]
        assert allowed is None or (known and (run.day - max(known)).days <= allowed)


CLIMBS = (in_order, harmless, on_letter_days, by_fresh_payments, each_silence_told, made_again)
HOLDS = (apart, each_hold_told_once, each_hold_accounted_for)


@searched
@given(books, gaps)
def test_a_year_of_runs_is_a_valid_climb_for_every_client(start: Book, drawn: list[int]) -> None:
    runs = year(start, _days(drawn))
    for keeps in (*CLIMBS, *HOLDS):
        keeps(runs)


@pytest.mark.parametrize("name", ["estudio-luna", "north-light", "taller-robles"])
def test_a_year_of_the_example_is_a_valid_climb(name: str) -> None:
    """Its invoices, payments and diary, with the letters that a run on two days of three would have written."""
    found = read_book(ROOT / "examples" / name).book
    assert found
    chance = Random(name)
    first = min(invoice.issued for invoice in found.invoices)
    all_days = (first + timedelta(days=index) for index in range(400))
    runs = year(replace(found, letters=()), [day for day in all_days if chance.random() < 2 / 3])
    assert sum(len(run.letters) for run in runs) > 10
    for keeps in (*CLIMBS, *HOLDS):
        keeps(runs)
