"""Reminders over a whole life: one a client at most, each a step further, never where they would do harm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from hypothesis import given

from facturar.model.ladder import Ladder
from facturar.model.letter import Letter
from facturar.rules.customs import ladder_of
from facturar.views.aging import OpenItem, open_items
from tests.properties.books import searched, searched_longer
from tests.properties.lives import Life, Run, lives


def letters_by_client(life: Life) -> dict[str, list[Letter]]:
    found: dict[str, list[Letter]] = defaultdict(list)
    for letter in life.end.letters:
        found[letter.client].append(letter)
    return found


def ladder_for(client: str, life: Life) -> Ladder:
    ladder = ladder_of(life.start.clients[client], life.start)
    assert ladder, "who gets a letter has a ladder"
    return ladder


def written(life: Life) -> Iterator[tuple[Run, Letter]]:
    for run in life.runs:
        for record in run.plan.records:
            if isinstance(record, Letter):
                yield run, record


def in_dispute(run: Run, client: str) -> set[str]:
    disputed: set[str] = set()
    for entry in sorted(run.before.diary, key=lambda entry: entry.date):
        if entry.client == client and entry.date <= run.day and entry.kind in ("dispute", "resolved") and entry.invoice:
            (disputed.add if entry.kind == "dispute" else disputed.discard)(entry.invoice)
    return disputed


def promised(run: Run, client: str) -> tuple[bool, set[str]]:
    """Whether a promise about everything runs, and the invoices about which one does."""
    running = [
        entry.invoice
        for entry in run.before.diary
        if entry.client == client and entry.promise and entry.date <= run.day <= entry.promise.on
    ]
    return None in running, {number for number in running if number}


@searched
@given(lives)
def test_a_client_gets_one_letter_a_day_at_most_and_the_gap_of_their_ladder_is_kept(life: Life) -> None:
    for client, letters in letters_by_client(life).items():
        gap = timedelta(days=max(ladder_for(client, life).gap, 1))
        assert all(later.date - earlier.date >= gap for earlier, later in pairwise(letters))


@searched
@given(lives)
def test_steps_about_an_instalment_only_go_up(life: Life) -> None:
    for client, letters in letters_by_client(life).items():
        names = [step.name for step in ladder_for(client, life).steps]
        reached: dict[tuple[str, object], int] = {}
        for letter in letters:
            step = names.index(letter.step)
            for part in {(listed.number, listed.due) for listed in letter.invoices}:
                assert step > reached.get(part, -1)
                reached[part] = step


@searched_longer
@given(lives)
def test_no_letter_breaks_a_promise_or_speaks_of_a_dispute_or_of_a_case_handed_over(life: Life) -> None:
    for run, letter in written(life):
        listed = {invoice.number for invoice in letter.invoices}
        about_all, about = promised(run, letter.client)
        assert not about_all
        assert not listed & about
        assert not listed & in_dispute(run, letter.client)
        own = (entry for entry in run.before.diary if entry.client == letter.client and entry.date <= run.day)
        assert all(entry.kind != "handover" for entry in own)


@searched
@given(lives)
def test_a_letter_waits_until_the_time_that_the_last_one_gave_is_over(life: Life) -> None:
    for letters in letters_by_client(life).values():
        for index, letter in enumerate(letters):
            listed = {(invoice.number, invoice.due) for invoice in letter.invoices}
            for earlier in letters[:index]:
                if earlier.pay_by and listed & {(invoice.number, invoice.due) for invoice in earlier.invoices}:
                    assert letter.date > earlier.pay_by


@searched
@given(lives)
def test_a_letter_lists_all_that_is_overdue_and_asks_for_just_that_and_its_charges(life: Life) -> None:
    for run, letter in written(life):
        _, about = promised(run, letter.client)
        out = about | in_dispute(run, letter.client)
        overdue = {
            (item.number, item.due, item.open)
            for item in _of(letter, open_items(run.after, run.day))
            if item.days_late > 0 and item.number not in out
        }
        listed = {(invoice.number, invoice.due, invoice.open) for invoice in letter.invoices}
        assert listed == overdue or (not overdue and all(invoice.days_late <= 0 for invoice in letter.invoices))
        asked = sum(invoice.open for invoice in letter.invoices) + sum(charge.amount for charge in letter.charges)
        assert letter.total == asked


@searched
@given(lives)
def test_a_step_comes_no_earlier_than_its_ladder_says(life: Life) -> None:
    for _, letter in written(life):
        steps = {step.name: step.when.days for step in ladder_for(letter.client, life).steps}
        oldest = max(invoice.days_late for invoice in letter.invoices)
        assert oldest >= steps[letter.step]
        assert (oldest > 0) == (steps[letter.step] > 0)


def _of(letter: Letter, items: tuple[OpenItem, ...]) -> list[OpenItem]:
    return [item for item in items if (item.client, item.currency) == (letter.client, letter.currency)]
