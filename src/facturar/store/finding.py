"""The book that a command is about: the folder given, or the nearest one upwards. Reads nothing of it."""

from __future__ import annotations

from pathlib import Path

from facturar.problems import UsageError

_MARK = "facturar.yaml"


def find_book(start: Path, given: Path | None = None) -> Path:
    """The folder of the book: `given` if any, else the nearest from `start` upwards that has a facturar.yaml.

    Raises a UsageError when there is none.
    """
    if given is not None:
        return _given(start / given)
    for folder in (start, *start.parents):
        if (folder / _MARK).is_file():
            return folder
    raise UsageError(
        f"there is no {_MARK} in {start} or above it",
        "make a book with: facturar init, or name one: facturar -C FOLDER",
    )


def _given(folder: Path) -> Path:
    if (folder / _MARK).is_file():
        return folder
    what = "has no facturar.yaml" if folder.is_dir() else "is not a folder"
    raise UsageError(f"{folder} {what}", f"make a book there with: facturar init {folder}")
