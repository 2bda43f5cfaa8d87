"""A file that a person asked for, written where they said; but never among those that are the book's."""

from __future__ import annotations

import sys
from pathlib import Path

from facturar.cli.session import Opened
from facturar.problems import UsageError


def put_outside(file: Path, data: bytes, found: Opened) -> None:
    """The bytes in a file outside the book, whose name is told on stderr. Raises UsageError when they cannot be."""
    if file.resolve().is_relative_to(found.folder.resolve()):
        raise UsageError(f"{file} is inside the book", "name a file elsewhere: /tmp/preview.pdf")
    try:
        file.write_bytes(data)
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}", "name a file in a folder of yours") from None
    sys.stderr.write(f"{file}\n")
