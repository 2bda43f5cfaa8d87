"""`simulate`: which letters another ladder would have written, beside those that were. It changes nothing."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from facturar.cli.completion import client_ids
from facturar.cli.output import Column, Format, FormatOption, Table, customs_of, print_table, say
from facturar.cli.session import day, opened, session_of
from facturar.cli.words import known
from facturar.problems import UsageError

if TYPE_CHECKING:
    from facturar.model.book import Book
    from facturar.plan.simulation import Sent, Simulation


class Rhythm(StrEnum):
    """How often the round would have been run."""

    day = "day"
    week = "week"
    month = "month"


_COLUMNS = [
    Column("Date", "date"),
    Column("Client", "client", whole=True),
    Column("", "currency"),
    Column("Would be", "would"),
    Column("by", "would_channel"),
    Column("Amount", "would_total", right=True),
    Column("Was", "was"),
    Column("by", "was_channel"),
    Column("Amount", "was_total", right=True),
]


def _merged(found: Simulation) -> list[tuple[Sent | None, Sent | None]]:
    """The letters that would be beside those that were, of the same day, client and currency in one row."""
    would = {(s.date, s.client, s.currency): s for s in found.would}
    were = {(s.date, s.client, s.currency): s for s in found.were}
    return [(would.get(key), were.get(key)) for key in sorted(would.keys() | were.keys())]


def _row(would: Sent | None, was: Sent | None) -> tuple[object, ...]:
    one = would or was
    assert one, "a row is of a letter"
    sides = (side for sent in (would, was) for side in ((sent.step, sent.channel, sent.total) if sent else (None,) * 3))
    return (one.date, one.client, one.currency, *sides)


def _facts(found: Simulation, every: Rhythm) -> dict[str, object]:
    return {
        "ladder": found.ladder,
        "from": found.first,
        "to": found.last,
        "every": every.value,
        "would": [vars(letter) for letter in found.would],
        "were": [vars(letter) for letter in found.were],
        "no_reminders": list(found.without),
    }


def ladder_names(book: Book) -> list[str]:
    """The ladders that may be tried: those of the book, and those built in."""
    from facturar.model.ladder import BUILT_IN

    return sorted({*book.settings.ladders, *BUILT_IN})


def simulate(
    ctx: typer.Context,
    ladder: Annotated[str, typer.Option(help="The ladder to try: weekly, monthly, or one of the book's ladders.")],
    from_: Annotated[str, typer.Option("--from", metavar="DATE", help="From this day on.")],
    to: Annotated[str | None, typer.Option(metavar="DATE", help="Up to this day; else up to today.")] = None,
    every: Annotated[Rhythm, typer.Option(help="As if the round had been run each day, week or month.")] = Rhythm.day,
    client: Annotated[str | None, typer.Option(help="Only to this client.", autocompletion=client_ids)] = None,
    form: FormatOption = Format.table,
) -> None:
    """Which letters another ladder would have written."""
    from facturar.plan.simulation import simulation

    session = session_of(ctx)
    found = opened(session)
    known(ladder, ladder_names(found.book), "ladder")
    if client is not None:
        known(client, found.book.clients, "client")
    first = day(from_, "--from")
    last = day(to, "--to") if to else found.today
    if first > last:
        raise UsageError(
            f"--from {first} is after {'--to' if to else 'today,'} {last}", "look back: give an earlier day"
        )
    if last > found.today:
        raise UsageError(f"--to {last} is after today, {found.today}", "what will be paid by then is not known")
    told = simulation(found.book, ladder, first, last, every=every.value, client=client)
    rows = [_row(would, was) for would, was in _merged(told)]
    if rows or form is not Format.table:
        print_table(Table(_COLUMNS, rows), form, customs_of(found.book), as_json=_facts(told, every))
    _say(told, quiet=session.quiet)


def _counted(letters: tuple[Sent, ...]) -> str:
    steps = Counter(letter.step for letter in letters)
    return ", ".join(f"{count} {step}" for step, count in steps.items())


def _say(found: Simulation, *, quiet: bool) -> None:
    for head, letters in ((f"'{found.ladder}' would have written", found.would), ("Really written:", found.were)):
        kinds = f": {_counted(letters)}" if letters else ""
        say(f"{head} {len(letters)} letter{'s' * (len(letters) != 1)}{kinds}.", quiet=quiet)
    say("Payments are taken as they were: nobody knows who would have paid sooner.", quiet=quiet)
    if found.without:
        say(f"Without reminders, as they are: {', '.join(found.without)}.", quiet=quiet)
