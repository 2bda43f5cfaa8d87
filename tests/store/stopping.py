"""A disk that stops, as a killed process or a power cut does, before, between or within its operations."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from facturar.store.disk import Disk


class Stop(BaseException):
    """The process is gone: nothing that tidies up after a failure may see it."""


class StoppingDisk(Disk):
    """Stops at the given moment: after an operation, within one that may be left half done, or before the first."""

    def __init__(self, stop_at: int) -> None:
        self.stop_at = stop_at
        self.moments = 0

    def create(self, path: Path, data: bytes, mode: int | None = None) -> None:
        self._around(lambda: super(StoppingDisk, self).create(path, data, mode), lambda: path.write_bytes(data[:3]))

    def make_folder(self, folder: Path) -> None:
        self._around(lambda: super(StoppingDisk, self).make_folder(folder))

    def append(self, path: Path, data: bytes) -> None:
        def half() -> None:
            with path.open("ab") as file:
                file.write(data[: len(data) // 2])

        self._around(lambda: super(StoppingDisk, self).append(path, data), half)

    def shorten(self, path: Path, length: int) -> None:
        self._around(lambda: super(StoppingDisk, self).shorten(path, length))

    def link(self, path: Path, name: Path) -> None:
        self._around(lambda: super(StoppingDisk, self).link(path, name))

    def replace(self, path: Path, name: Path) -> None:
        self._around(lambda: super(StoppingDisk, self).replace(path, name))

    def remove(self, path: Path) -> None:
        self._around(lambda: super(StoppingDisk, self).remove(path))

    def sync_folder(self, folder: Path) -> None:
        self._around(lambda: super(StoppingDisk, self).sync_folder(folder))

    def _around(self, operation: Callable[[], object], half: Callable[[], object] | None = None) -> None:
        if half or not self.moments:  # before any other, all is as it was after the operation before
            try:
                self._moment()
            except Stop:
                if half:
                    half()
                raise
        operation()
        self._moment()

    def _moment(self) -> None:
        self.moments += 1
        if self.moments - 1 == self.stop_at:
            raise Stop


def moments_of(work: Callable[[Disk], object]) -> int:
    """How many moments there are to stop at."""
    disk = StoppingDisk(-1)
    work(disk)
    return disk.moments
