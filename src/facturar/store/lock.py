"""One writing command at a time for a book. Readers need no lock: whatever they see is whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from facturar.problems import FacturarError, LockedError
from facturar.store.layout import LOCK, STATE


def state_folder(folder: Path) -> Path:
    """The book's `.facturar/`, made if need be, with a `.gitignore` of its own so that git never sees it."""
    state = folder / STATE
    state.mkdir(exist_ok=True)
    ignore = state / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    return state


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """The book is ours to write while the block runs; raises LockedError at once when another command has it.

    The operating system holds the lock, not the file: a command that is killed gives it back.
    """
    lock = _acquired(folder)
    try:
        yield
    finally:
        lock.release()


def _acquired(folder: Path) -> FileLock:
    try:
        state_folder(folder)
        lock = FileLock(folder / LOCK, timeout=0)
        lock.acquire()
    except Timeout:
        raise LockedError(
            "another command is writing to this book",
            "wait until it has finished, then run this one again; nothing was written",
        ) from None
    except (OSError, NotImplementedError) as error:
        raise FacturarError(
            f"the book cannot be locked: {error}",
            f"facturar must be able to write in {folder / STATE}, on a disk that has file locks",
        ) from error
    return lock
