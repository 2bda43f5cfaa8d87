"""An e-mail that was sent goes from the outbox to the sent ones of its year; one of that name that is there stays."""

from __future__ import annotations

from itertools import count
from pathlib import Path, PurePosixPath

from facturar.store.disk import DISK, Disk, make_folders
from facturar.store.failure import explained
from facturar.store.layout import sent_mail, waiting_mail


def file_sent(folder: Path, mail: str, year: int, *, disk: Disk = DISK) -> PurePosixPath:
    """Moves an e-mail to the sent ones, and gives its path there. Call it under the book's lock."""
    source = folder / waiting_mail(mail)
    names = (sent_mail(mail if number == 1 else f"{mail}.{number}", year) for number in count(1))
    path = next(name for name in names if not (folder / name).exists())
    target = folder / path
    with explained(path):
        make_folders(folder, target.parent, disk)
        disk.replace(source, target)
        disk.sync_folder(target.parent)
        disk.sync_folder(source.parent)
    return path
