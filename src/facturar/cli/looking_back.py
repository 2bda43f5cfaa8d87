"""The book as git knew it at a revision or on a day, opened for a command that only looks."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from facturar.cli.session import Opened, Session, clock
from facturar.model.scalars import read_day
from facturar.problems import BookError, UsageError, errors
from facturar.rules.checks import check_book
from facturar.store.history import Commit, at_commit, find_commit, last_commit_by, texts_at
from facturar.store.intake import Intake
from facturar.store.ledgers import read_settings
from facturar.store.reading import located, read_texts


def opened_at(session: Session, revision: str) -> tuple[Opened, Commit]:
    """The book at a revision, or at the last commit of a day (2026-11-01), and which commit that is.

    Raises UsageError when there is none, and BookError with the errors of the book of that time.
    """
    folder = session.find()
    commit = _commit(folder, revision)
    reading = read_texts(texts_at(folder, commit))
    if reading.book is None:
        raise BookError(at_commit(problem, commit) for problem in errors(reading.problems))
    try:
        today = session.day or clock(reading.book)
    except BookError as error:
        raise BookError(at_commit(p, commit) for p in located(error.problems, reading.sources)) from None
    found = located([*reading.problems, *check_book(reading.book, today)], reading.sources)
    problems = [at_commit(problem, commit) for problem in found]
    if errors(problems):
        raise BookError(errors(problems))
    return Opened(folder, reading.book, today, reading.sources, tuple(problems)), commit


def _commit(folder: Path, revision: str) -> Commit:
    """The commit that a revision names; if it names none and is a day, the last one of that day or before."""
    if commit := find_commit(folder, revision):
        return commit
    if day := read_day(revision):
        if commit := last_commit_by(folder, _end_of(day, folder)):
            return commit
        raise UsageError(f"git has no commit of {day} or before", "see when the first was: git log --reverse")
    raise UsageError(
        f"--known-at: git knows no revision '{revision}'",
        "give a commit, a tag or a branch (git log has them), HEAD~3, or a day: 2026-11-01",
    )


def _end_of(day: date, folder: Path) -> datetime:
    """The last moment of a day, in the book's time zone as its settings have it now; else in UTC."""
    settings = read_settings(Intake(folder, {}))
    try:
        zone = ZoneInfo(settings.timezone if settings else "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return datetime.combine(day + timedelta(days=1), time.min, zone) - timedelta(seconds=1)
