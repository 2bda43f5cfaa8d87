"""Send: what is in the outbox goes to the server, and never twice; and what a person says of what nobody knows.

The journal is written before and after each message. A delivered one moves from `outbox/` to `sent/`; if that was cut
short, the next `send` moves it, by what the journal says.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Annotated

import typer

from facturar.cli.completion import waiting_mails
from facturar.cli.mailing import mail_settings
from facturar.cli.output import Column, Format, FormatOption, Table, customs_of, print_table, say
from facturar.cli.postbox import Postbox, Result, line_to
from facturar.cli.session import Opened, Session, opened_to_write, session_of
from facturar.plan.actions import Plan
from facturar.problems import Exit, UsageError, did_you_mean


class _Time:
    """Time as it passes."""

    sleep = staticmethod(time.sleep)
    monotonic = staticmethod(time.monotonic)


CLOCK = _Time()
_MANY = 5
_PER = {"s": 1.0, "sec": 1.0, "min": 60.0, "h": 3600.0, "hour": 3600.0}
_COLUMNS = [
    Column("Mail", "mail", whole=True),
    Column("To", "to"),
    Column("Result", "result"),
    Column("Answer", "answer"),
]
Names = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        help="Only this one, or those like F-2026-*; may be repeated.",
        autocompletion=waiting_mails,
    ),
]


def interval_of(rate: str | None) -> float:
    """The seconds from one message to the next at a rate like 30/min; none at no rate."""
    if rate is None:
        return 0.0
    match = re.fullmatch(r"(\d+)/(s|sec|min|h|hour)", rate.strip(), re.ASCII)
    if match is None or not int(match[1]):
        raise UsageError(f"--rate: '{rate}' is not a rate", "write it like 30/min, 1/s or 500/hour")
    return _PER[match[2]] / int(match[1])


def send(
    ctx: typer.Context,
    only: Names = None,
    resend: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Send this one again, though it was refused or may have arrived."),
    ] = None,
    mark_sent: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="This one was sent: by hand, or for all that you know.")
    ] = None,
    to_file: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Copy the .eml files there, and send nothing.")
    ] = None,
    rate: Annotated[str | None, typer.Option(metavar="RATE", help="No faster than this: 30/min.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be sent, and send nothing.")] = False,
    form: FormatOption = Format.table,
) -> None:
    """Send the e-mails that wait in the outbox."""
    if sum(bool(option) for option in (only, resend, mark_sent)) > 1:
        raise UsageError("--only, --resend and --mark-sent do not go together", "give one of them")
    if to_file and (resend or mark_sent):
        raise UsageError("--to-file sends nothing, and so knows of nothing sent", "leave the other option out")
    session, interval = session_of(ctx), interval_of(rate)
    with opened_to_write(session, dry_run=dry_run) as found:
        postbox = Postbox(found, session.disk)
        option = "--resend" if resend else "--mark-sent" if mark_sent else "--only"
        names = _meant(found, only or resend or mark_sent, option)
        if to_file:
            _copy(names, to_file, postbox, session, dry_run=dry_run)
            return
        if mark_sent:
            results = [Result(name, "waiting") for name in names] if dry_run else postbox.mark_sent(names)
        elif dry_run:
            results = postbox.previewed(names, again=bool(resend))
        else:
            results = delivered(postbox, names, session, interval=interval, again=bool(resend))
        _print(results, found, form)
        tell(results, session, dry_run=dry_run)
        end(postbox, results, dry_run=dry_run)


def _meant(found: Opened, patterns: Sequence[str] | None, option: str) -> list[str]:
    """The e-mails of the outbox that some names or patterns mean, each of which has to mean one; all without any."""
    waiting = found.book.outbox
    for pattern in patterns or ():
        if not any(fnmatchcase(name, pattern) for name in waiting):
            hint = did_you_mean(pattern, waiting) or "see what waits: facturar list outbox"
            raise UsageError(f"{option}: there is no '{pattern}' in the outbox", hint)
    return [name for name in waiting if not patterns or any(fnmatchcase(name, pattern) for pattern in patterns)]


def delivered(
    postbox: Postbox, names: Sequence[str], session: Session, *, interval: float = 0.0, again: bool = False
) -> list[Result]:
    """Sends what may be sent, with a bar on a terminal when it is much."""
    dial = line_to(mail_settings(postbox.found))
    with _bar(len(names), session) as advance:
        postbox.watcher = advance
        return postbox.deliver(names, CLOCK, interval=interval, again=again, dial=dial)


@contextmanager
def _bar(count: int, session: Session) -> Iterator[Callable[[], None]]:
    if count < _MANY or session.quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("Sending"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Sending", total=count)
        yield lambda: bar.advance(task)


def _copy(names: Sequence[str], folder: Path, postbox: Postbox, session: Session, *, dry_run: bool) -> None:
    """The e-mails as files for another program; they wait here until somebody says that they were sent."""
    from facturar.store.writing import put_face

    names = [name for name in names if postbox.state(name) != "sent"]
    if not dry_run:
        folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        target = PurePosixPath(f"{name}.eml")
        new = not (folder / target).exists()
        if new and not dry_run:
            put_face(folder, target, postbox.file(name), disk=session.disk)
        say(f"{folder / target}{'' if new else ' is there already'}", quiet=session.quiet)
    if names:
        say("They still wait here; once you have sent them: facturar send --mark-sent NAME", quiet=session.quiet)


def _print(results: Sequence[Result], found: Opened, form: Format) -> None:
    if results or form is not Format.table:
        rows = [(result.mail, result.to, result.kind, result.answer) for result in results]
        print_table(Table(_COLUMNS, rows), form, customs_of(found.book))


def tell(results: Sequence[Result], session: Session, *, dry_run: bool = False) -> None:
    """How many were sent and were not, and what there is to decide."""
    counts = Counter(result.kind for result in results)
    word = "would be sent" if dry_run else "sent"
    if not results:
        say("Nothing waits in the outbox.", quiet=session.quiet)
        return
    told = [f"{_mails(counts['waiting' if dry_run else 'sent'])} {word}"]
    if counts["waiting"] and not dry_run:
        told.append(f"{counts['waiting']} still wait{'s' * (counts['waiting'] == 1)}: facturar send")
    if counts["refused"]:
        told.append(f"{counts['refused']} refused: put it right, then facturar send --resend NAME")
    say(f"{'; '.join(told)}.", quiet=session.quiet)
    if counts["uncertain"]:
        say(
            f"{_mails(counts['uncertain'])} may have arrived or not: ask, then facturar send --mark-sent NAME "
            "or --resend NAME",
            quiet=session.quiet,
        )


def _mails(count: int) -> str:
    return f"{count} e-mail{'s' * (count != 1)}"


def end(postbox: Postbox, results: Sequence[Result], *, dry_run: bool = False) -> None:
    """Ends with 4 when something was not delivered. Raises what kept all of it from leaving, if that is so."""
    if postbox.failure:
        raise postbox.failure
    if not dry_run and any(result.kind != "sent" for result in results):
        raise typer.Exit(Exit.undelivered)


class Round:
    """What `run --send` does once its documents are written; how it ended is told after all else is done."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._done: tuple[Postbox, list[Result]] | None = None

    def after(self, planner: Callable[[Opened], Plan]) -> Callable[[Opened], Plan]:
        """The planner, which first makes sure that the book can send at all."""

        def planned(found: Opened) -> Plan:
            mail_settings(found)
            return planner(found)

        return planned

    def send(self, found: Opened) -> None:
        """Sends what waits in the outbox."""
        postbox = Postbox(found, self._session.disk)
        results = delivered(postbox, found.book.outbox, self._session)
        for result in results:
            if result.kind != "sent":
                say(f"{result.kind}: {result.mail}: {result.answer}", quiet=False)
        tell(results, self._session)
        self._done = (postbox, results)

    def end(self) -> None:
        """Ends as `send` does."""
        if self._done:
            end(*self._done)
