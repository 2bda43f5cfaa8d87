"""The SHA-256 of a book's files, each worked out when it is first asked for: most commands ask for none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path


class Digests(Mapping[str, str]):
    """SHA-256 as lowercase hex by the path of a file in a folder; a file that is not there, or not in it, has none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._found: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        if name not in self._found:
            path = self._folder / name
            if not (path.is_file() and path.resolve().is_relative_to(self._folder.resolve())):
                raise KeyError(name)
            with path.open("rb") as file:
                self._found[name] = hashlib.file_digest(file, "sha256").hexdigest()
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        """The files that were asked for."""
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)
