"""What every command needs: which book, which day, and the book itself, read with all its problems."""

from __future__ import annotations

from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from facturar.problems import BookError, Code, FacturarError, Problem, UsageError, errors
from facturar.store.disk import DISK, Disk

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    import typer

    from facturar.model.book import Book
    from facturar.store.sources import Sources


def day(text: str, option: str) -> date:
    """A day given on the command line, written as in the book's files."""
    from facturar.model.scalars import read_day

    if found := read_day(text):
        return found
    raise UsageError(f"{option}: '{text}' is not a date", "write year-month-day: 2026-11-30")


@dataclass(frozen=True)
class Session:
    """The global options of one call, and the disk that it writes to."""

    folder: Path | None = None
    day: date | None = None
    quiet: bool = False
    disk: Disk = DISK

    def find(self) -> Path:
        """The folder of the book. Raises FacturarError when there is none, or the folder one stands in was removed."""
        from facturar.store.finding import find_book

        try:
            here = Path.cwd()
        except FileNotFoundError:
            raise FacturarError("the folder that you are in is not there any more", "cd into another one") from None
        return find_book(here, self.folder)


@dataclass(frozen=True)
class Opened:
    """A book that was read: where, as of which day, from which files, and all that is wrong with it."""

    folder: Path
    book: Book
    today: date
    sources: Sources
    problems: tuple[Problem, ...]


def session_of(ctx: typer.Context) -> Session:
    """The global options that a command was called with."""
    session = ctx.find_root().obj
    assert isinstance(session, Session)
    return session


def zone_of(book: Book) -> ZoneInfo:
    """The book's time zone. Raises BookError when this machine does not know it."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(book.settings.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        message = f"'{book.settings.timezone}' is not a time zone that this machine knows"
        hint = "write a name of the tz database: Europe/Madrid, America/Mexico_City, UTC"
        raise BookError([Problem(Code.bad_value, message, hint, ("settings", "timezone"))]) from None


def moment(book: Book) -> datetime:
    """Now in the book's time zone: the one reading of the clock."""
    return datetime.now(zone_of(book))


def clock(book: Book) -> date:
    """Today in the book's time zone."""
    return moment(book).date()


def diagnosed(session: Session) -> tuple[Opened | None, list[Problem]]:
    """The book and all that is wrong with it, in the order of its files; no book when it cannot be read at all."""
    from facturar.cli.diagnosis import diagnosis
    from facturar.store.reading import located, read_book

    folder = session.find()
    reading = read_book(folder)
    if reading.book is None:
        return None, located(reading.problems, reading.sources)
    try:
        zone_of(reading.book)
        today = session.day or clock(reading.book)
    except BookError as error:
        return None, located([*reading.problems, *error.problems], reading.sources)
    problems = diagnosis(reading, folder, today)
    return Opened(folder, reading.book, today, reading.sources, tuple(problems)), problems


def opened(session: Session, despite: Container[Code] = ()) -> Opened:
    """The book, for a command that needs it to be right. Raises BookError with every error at once.

    A command that mends errors of some kind works `despite` those.
    """
    found, problems = diagnosed(session)
    wrong = errors(problems)
    if found is None or any(problem.code not in despite for problem in wrong):
        raise BookError(wrong)
    return found


@contextmanager
def opened_to_write(session: Session, *, dry_run: bool, despite: Container[Code] = ()) -> Iterator[Opened]:
    """The book, held against other writers until the command ends; a dry run holds nothing and sweeps nothing."""
    if dry_run:
        yield opened(session, despite)
        return
    from facturar.store.lock import locked
    from facturar.store.writing import sweep

    folder = session.find()
    with locked(folder):
        sweep(folder, disk=session.disk)
        yield opened(session, despite)
