"""New files in a book, written so that a crash at any moment leaves each of them whole or absent.

A file is first written aside, in the folder where it will be, and flushed to the disk; then it gets its name in one
step, and the folder is flushed. A record gets its name by a link, which never overwrites: the name is the claim to the
number. A face gets it by a rename. What a killed run left aside is swept by the next one. Nothing here decides what to
write.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from facturar.model.posting import JournalLine
from facturar.problems import FacturarError
from facturar.store.disk import DISK, Disk, make_folders
from facturar.store.failure import explained
from facturar.store.journal import announce, mend_journal
from facturar.store.layout import LEDGERS, WRITTEN

Progress = Callable[[PurePosixPath], None]
"""Told of each file once it stands."""

_ASIDE = re.compile(r"\.facturar-[0-9a-f]{16}\.tmp", re.ASCII)


@dataclass(frozen=True, slots=True)
class Files:
    """What a run writes: records first, since they claim their numbers, then faces, which can be made again.

    What is `announced` goes into the journal before all of it: which of these records will be mailed. So a run that
    heals knows for which of the documents without a face the e-mail is to be made too.
    """

    announced: tuple[JournalLine, ...] = ()
    claims: tuple[tuple[PurePosixPath, str], ...] = ()
    faces: tuple[tuple[PurePosixPath, bytes], ...] = ()


def write(folder: Path, files: Files, *, progress: Progress | None = None, disk: Disk = DISK) -> None:
    """All the files, in their order. Call it under the book's lock.

    What stands already with the same text is left alone, so that the same call completes one that was cut short.
    """
    announce(folder, files.announced, disk=disk)
    for path, text in files.claims:
        if not _stands(folder / path, text.encode()):
            claim(folder, path, text, disk=disk)
        _tell(progress, path)
    for path, data in files.faces:
        put_face(folder, path, data, disk=disk)
        _tell(progress, path)


def claim(folder: Path, path: PurePosixPath, text: str, *, disk: Disk = DISK) -> None:
    """A new record. It never overwrites: raises a FacturarError when the name, and so the number, is taken."""
    target = folder / path
    with explained(path):
        make_folders(folder, target.parent, disk)
        with _aside(target, text.encode(), disk) as aside:
            try:
                disk.link(aside, target)
            except FileExistsError:
                raise _taken(path) from None
            disk.remove(aside)
        disk.sync_folder(target.parent)


def put_face(folder: Path, path: PurePosixPath, data: bytes, *, again: bool = False, disk: Disk = DISK) -> bool:
    """A face beside its record; says whether it was written. One that exists stays, unless it is to be made `again`."""
    target = folder / path
    with explained(path):
        if target.exists() and not again:
            return False
        make_folders(folder, target.parent, disk)
        with _aside(target, data, disk) as aside:
            disk.replace(aside, target)
        disk.sync_folder(target.parent)
    return True


def replace(target: Path, data: bytes, *, unless: Callable[[], bool], disk: Disk = DISK) -> bool:
    """New bytes for a file that exists, with its permissions; says whether they were written.

    `unless` is asked at the last moment before the file is replaced; when it says yes, nothing changes.
    """
    with _aside(target, data, disk, mode=target.stat().st_mode & 0o7777) as aside:
        if unless():
            disk.remove(aside)
            return False
        disk.replace(aside, target)
    disk.sync_folder(target.parent)
    return True


def sweep(folder: Path, *, disk: Disk = DISK) -> tuple[PurePosixPath, ...]:
    """Removes what killed runs left aside, in the folders where facturar writes, and says what. Needs the lock.

    The journal loses a line that is not whole: what it was to say had not happened yet, or is asked of a person.
    """
    left = sorted(_left_aside(folder))
    mend_journal(folder, disk=disk)
    for path in left:
        with explained(path.relative_to(folder)):
            disk.remove(path)
    return tuple(PurePosixPath(path.relative_to(folder).as_posix()) for path in left)


def _tell(progress: Progress | None, path: PurePosixPath) -> None:
    if progress:
        progress(path)


def _stands(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


@contextmanager
def _aside(target: Path, data: bytes, disk: Disk, mode: int | None = None) -> Iterator[Path]:
    """The bytes under a passing name in the target's folder; the name goes when the block fails."""
    aside = target.with_name(f".facturar-{secrets.token_hex(8)}.tmp")
    try:
        disk.create(aside, data, mode)
        yield aside
    except Exception:
        _forget(aside, disk)
        raise


def _forget(aside: Path, disk: Disk) -> None:
    try:
        disk.remove(aside)
    except OSError:
        return  # it stays for the next sweep; the failure that led here is the one to tell


def _left_aside(folder: Path) -> Iterator[Path]:
    """By os.walk, which takes a quarter of the time of rglob on a book of many years."""
    yield from (path for path in folder.iterdir() if _ASIDE.fullmatch(path.name))
    for inside in (*WRITTEN, *map(PurePosixPath, LEDGERS)):
        for place, _, names in os.walk(folder / inside):
            yield from (Path(place, name) for name in names if _ASIDE.fullmatch(name))


def _taken(path: PurePosixPath) -> FacturarError:
    return FacturarError(
        f"{path.stem} is taken: {path} was written meanwhile, and a record is never overwritten",
        "run again, and the next free number is used",
    )
