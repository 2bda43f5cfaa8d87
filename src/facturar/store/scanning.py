"""Which files a book has: names only, by os.scandir, in an order that is the same everywhere.

Hidden files are not the book's. Nothing is opened here.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

_FACES = (".md", ".pdf")
_REPORT = (".md", ".html", ".pdf")


def ledger_files(folder: Path, ledger: str, extra: Iterable[str] = ()) -> list[str]:
    """The files of a ledger relative to the book: `jobs.yaml` first, then all of `jobs/` by path.

    `extra` names files that may not exist yet, such as the one that an edit is about to make.
    """
    single = f"{ledger}.yaml"
    found = set(_below(folder, ledger, ".yaml")).union(_like(extra, ledger))
    return [single, *sorted(found)] if single in extra or (folder / single).exists() else sorted(found)


def record_files(folder: Path, kind: str, extra: Iterable[str] = ()) -> list[str]:
    """The records of a kind (`invoices`, `letters`) relative to the book, by path; `extra` as above."""
    here = {f"{kind}/{year}/{name}" for year, names in _years(folder, kind) for name in names if name.endswith(".yaml")}
    return sorted(here.union(_like(extra, kind)))


def _like(names: Iterable[str], inside: str) -> Iterator[str]:
    return (name for name in names if name.startswith(f"{inside}/") and name.endswith(".yaml"))


def faceless(folder: Path, kind: str) -> frozenset[str]:
    """The names of records of a kind that lack a face beside them."""
    return frozenset(
        stem
        for _, names in _years(folder, kind)
        for stem in (name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))
        if not all(stem + face in names for face in _FACES)
    )


def waiting_mails(folder: Path) -> tuple[str, ...]:
    """The names of the e-mails in the outbox, without their ending."""
    names = (entry.name for entry in _entries(folder / "outbox"))
    return tuple(sorted(name.removesuffix(".eml") for name in names if name.endswith(".eml")))


def report_months(folder: Path) -> frozenset[str]:
    """The months (2026-11) whose report has every face."""
    names = {entry.name for entry in _entries(folder / "reports")}
    months = (name.removesuffix(".md") for name in names if name.endswith(".md"))
    return frozenset(month for month in months if all(month + face in names for face in _REPORT))


def misnamed(folder: Path, ledgers: Iterable[str]) -> list[str]:
    """Files that look like a part of the book but end in .yml, which nobody reads."""
    here = [f"{ledger}.yml" for ledger in ("facturar", *ledgers) if (folder / f"{ledger}.yml").is_file()]
    return here + [name for ledger in ledgers for name in sorted(_below(folder, ledger, ".yml"))]


def _years(folder: Path, kind: str) -> Iterator[tuple[str, set[str]]]:
    for year in _entries(folder / kind):
        if year.is_dir():
            yield year.name, {entry.name for entry in _entries(Path(year.path))}


def _below(folder: Path, inside: str, suffix: str) -> Iterator[str]:
    for entry in _entries(folder / inside):
        name = f"{inside}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _below(folder, name, suffix)
        elif entry.name.endswith(suffix):
            yield name


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return [entry for entry in entries if not entry.name.startswith(".")]
    except (FileNotFoundError, NotADirectoryError):
        return []
