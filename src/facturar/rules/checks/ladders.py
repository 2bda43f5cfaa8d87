"""Ladders that cannot be climbed as they are written: steps in the wrong order, or that nothing leads to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from facturar.model.book import Book
from facturar.model.ladder import BUILT_IN, Ladder, When
from facturar.problems import Code, KeyPath, Problem, warning
from facturar.rules.climbing import from_due
from facturar.rules.letter_days import next_letter_day

_MONTH = 30
"""A due date is at most so many days before the end of its month."""


def _ladders(book: Book) -> Iterator[tuple[Ladder, KeyPath]]:
    """Every ladder that the book writes, with the path of it."""
    for name, ladder in book.settings.ladders.items():
        yield ladder, ("settings", "ladders", name)
    reminders = book.settings.reminders
    named = book.settings.ladders.get(reminders.name) or BUILT_IN.get(reminders.name)
    if reminders.steps and (own := reminders.over(named)):
        yield own, ("settings", "reminders")


def _never_after(step: When, before: When) -> bool:
    """Whether a step comes no later than the one before it, whatever the due date; both counted from due dates."""
    latest = step.days + (_MONTH if (before.after, step.after) == ("due", "end of month") else 0)
    return latest <= before.days


def _rising(ladder: Ladder, path: KeyPath) -> Iterator[Problem]:
    whens = [from_due(ladder, index) for index in range(len(ladder.steps))]
    for index, (before, step) in enumerate(pairwise(whens), 1):
        if _never_after(step, before):
            one, other = ladder.steps[index], ladder.steps[index - 1]
            message = f"'{one.name}' comes {one.when}, no later than '{other.name}' before it, {other.when}"
            hint = "write the steps in the order of their days: each letter is of the step above the last one"
            yield Problem(Code.ladder_order, message, hint, (*path, "steps", index, "when"))


def _leads_nowhere(ladder: Ladder, path: KeyPath) -> Iterator[Problem]:
    first = ladder.steps[0]
    if first.when.after == "previous":
        message = f"'{first.name}' is counted from the step before it, and is the first"
        hint = "count it from the due date: when: 5 days"
        yield Problem(Code.ladder_order, message, hint, (*path, "steps", 0, "when"))


def _gap(ladder: Ladder, path: KeyPath) -> Iterator[Problem]:
    for index, step in enumerate(ladder.steps[1:], 1):
        if step.when.after == "previous" and step.when.days < ladder.gap:
            message = f"'{step.name}' comes {step.when}, but the gap between two letters is {ladder.gap} days"
            hint = "the gap holds: lower gap:, or write the days that it takes"
            yield warning(Code.ladder_order, message, hint, (*path, "steps", index, "when"))


def ladder_problems(book: Book, today: date) -> Iterator[Problem]:
    """What keeps a ladder from being climbed, and a book from ever writing."""
    for ladder, path in _ladders(book):
        for check in (_leads_nowhere, _rising, _gap):
            yield from check(ladder, path)
    if next_letter_day(today, book) is None:
        message = "the quiet times leave no day for letters"
        yield Problem(Code.bad_value, message, "leave some days between them", ("settings", "reminders", "quiet"))
