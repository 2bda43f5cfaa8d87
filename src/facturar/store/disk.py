"""The few operations on a disk that writing needs, each one step that a power cut can come before or after.

Everything that changes a book goes through a `Disk`, so that a test can stop at each step. Nothing here knows what a
book is, and nothing here explains a failure: an OSError leaves as it came.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

_NO_LINKS = {errno.EPERM, errno.EACCES, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS, errno.EXDEV}
_NO_FOLDER_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EBADF}


class Disk:
    """A disk as the operating system gives it. Without state; override a method to watch or to stop it."""

    def make_folder(self, folder: Path) -> None:
        """The folder is there; its parent has to be."""
        folder.mkdir(exist_ok=True)

    def create(self, path: Path, data: bytes, mode: int | None = None) -> None:
        """A new file with these bytes, on the disk itself when this returns; it must not be there before.

        `mode` are its permissions, those of any new file if not given.
        """
        with path.open("xb") as file:
            if mode is not None:
                path.chmod(mode)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def append(self, path: Path, data: bytes) -> None:
        """More bytes at the end of a file, which is made if need be; on the disk itself when this returns."""
        with path.open("ab") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def shorten(self, path: Path, length: int) -> None:
        """The file without what stands behind so many bytes, on the disk itself when this returns."""
        with path.open("r+b") as file:
            file.truncate(length)
            os.fsync(file.fileno())

    def link(self, path: Path, name: Path) -> None:
        """A second name for a file, whole from the first moment. Raises FileExistsError when the name is taken.

        Where a file cannot have two names (FAT, exFAT, some network and phone storage), it is looked for and then
        renamed instead. Between the two another program could take the name; facturar itself cannot, since it writes
        under the book's lock.
        """
        try:
            name.hardlink_to(path)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            if os.path.lexists(name):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(name)) from error
            path.rename(name)

    def replace(self, path: Path, name: Path) -> None:
        """The file under another name, in place of what was there, at once."""
        path.replace(name)

    def remove(self, path: Path) -> None:
        """The name is gone."""
        path.unlink(missing_ok=True)

    def sync_folder(self, folder: Path) -> None:
        """The names in the folder are on the disk itself, on systems that can promise it."""
        if os.name == "nt":  # Windows opens no folders
            return
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in _NO_FOLDER_SYNC:
                raise
        finally:
            os.close(descriptor)


DISK = Disk()
"""The disk of this computer."""


def make_folders(folder: Path, wanted: Path, disk: Disk) -> None:
    """A folder below another is there, with all between them, and their names are on the disk."""
    missing = [parent for parent in (wanted, *wanted.parents) if parent.is_relative_to(folder) and not parent.exists()]
    for parent in reversed(missing):
        disk.make_folder(parent)
        disk.sync_folder(parent.parent)
