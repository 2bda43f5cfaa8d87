"""Which file each part of the book came from, and the place of a problem in it.

A rule names the spot by its key path in the book (`jobs.web-acme.agreement.steps.2.share`); this module turns it into
file, line and column. Texts of records are read again when they are asked for, not kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from facturar.problems import BookError, Code, KeyPath, Place, Problem
from facturar.store.places import Places, line_at, spot_at


class Home(NamedTuple):
    """The file that holds a part of the book, and the key path of that part inside the file."""

    file: str
    path: KeyPath = ()


@dataclass(frozen=True)
class Sources:
    """The files that a book was read from.

    `texts` has the text of each file that people write, as it was when it was read (a byte order mark included);
    `homes` the file of each part by its key path in the book: ("jobs", "web-acme"), ("payments", 3), ("settings",).
    """

    folder: Path
    texts: Mapping[str, str] = field(default_factory=dict)
    homes: Mapping[KeyPath, Home] = field(default_factory=dict)

    def text(self, file: str) -> str:
        """The text of a file of the book; empty when it cannot be read."""
        if file in self.texts:
            return self.texts[file]
        try:
            return read_text(self.folder, file)
        except BookError:
            return ""

    def home(self, path: KeyPath) -> Home | None:
        """The file that a key path of the book leads into, and the rest of the path in there."""
        for length in (2, 1):
            home = self.homes.get(path[:length])
            if home and len(path) >= length:
                return Home(home.file, home.path + path[length:])
        return None


def read_text(folder: Path, file: str) -> str:
    """The text of a file, which has to be UTF-8. Raises a BookError that says why it cannot be read."""
    try:
        data = (folder / file).read_bytes()
    except OSError as error:
        message = f"this file cannot be read: {error.strerror or error}"
        raise BookError([_unreadable(message, "look at its permissions", Place(file, 1, 1))]) from error
    return decoded(data, file)


def decoded(data: bytes, file: str) -> str:
    """The bytes of a file as text, which has to be UTF-8. Raises a BookError that says where it is not."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BookError([_not_utf8(data, error, file)]) from None


def located(problems: Iterable[Problem], sources: Sources) -> list[Problem]:
    """The problems with the file, line, column and excerpt of their key paths, in the order of the files.

    What has a place keeps it. Of a path that is not there, the place is that of its nearest parent.
    """
    places: dict[str, Places] = {}
    found = [problem if problem.place else _placed(problem, sources, places) for problem in problems]
    return sorted(found, key=_order)


def _placed(problem: Problem, sources: Sources, places: dict[str, Places]) -> Problem:
    home = sources.home(problem.path)
    if home is None:
        return problem
    if home.file not in places:
        places[home.file] = Places(sources.text(home.file))
    return at(problem, home, places[home.file])


def at(problem: Problem, home: Home, places: Places) -> Problem:
    """The problem, placed at a home in the text that these are the places of."""
    line, column = places.of(home.path, on_key=problem.on_key)
    excerpt = "" if problem.code is Code.password else line_at(places.text, line)  # what is secret stays off screens
    return replace(problem, place=Place(home.file, line, column), excerpt=excerpt)


def _order(problem: Problem) -> tuple[str, int, int]:
    place = problem.place
    return (place.file, place.line, place.column) if place else ("", 0, 0)


def _unreadable(message: str, hint: str, place: Place, excerpt: str = "") -> Problem:
    return Problem(Code.unreadable, message, hint, place=place, excerpt=excerpt)


def _not_utf8(data: bytes, error: UnicodeDecodeError, file: str) -> Problem:
    hint = "save it as UTF-8 in your editor"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _unreadable("this file is UTF-16, not UTF-8", hint, Place(file, 1, 1))
    before = data[: error.start].decode("utf-8")
    line, column = spot_at(before, len(before))
    excerpt = line_at(data.decode("utf-8", errors="replace"), line)
    return _unreadable(f"byte 0x{data[error.start]:02X} is not UTF-8 text", hint, Place(file, line, column), excerpt)
