"""What is told when the disk does not do what it should."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from facturar.problems import FacturarError


@contextmanager
def explained(path: Path | PurePosixPath) -> Iterator[None]:
    """A failure of the disk becomes a FacturarError that says what stands and what to do."""
    try:
        yield
    except OSError as error:
        raise FacturarError(
            f"{path} cannot be written: {error.strerror or error}",
            "every file that was written is whole; once there is room and permission, run again to complete the rest",
        ) from error
