"""What piles up while a book is read: problems, the parts that could not be read, and the home of each part.

It reads one file, or makes one entry, and never stops at what is wrong. What the parts of a book are is for `ledgers`
and `records` to know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from facturar.problems import BookError, Code, KeyPath, Problem
from facturar.store.ids import rough_text, top_keys
from facturar.store.places import Places
from facturar.store.sources import Home, Sources, at, read_text
from facturar.store.validation import validated
from facturar.store.wording import shape
from facturar.store.yaml_text import Data, load

ModelT = TypeVar("ModelT", bound=BaseModel)

_SPACE = "a space belongs behind each colon: 'key: value'"
_SHAPES: dict[type, tuple[str, str]] = {
    dict: ("a mapping", "write each key with a colon, and what belongs to it indented below"),
    list: ("a list", "begin each entry with '- '"),
}


class Intake:
    """The gathering of one reading of a book. `overrides` are texts to read in place of files."""

    def __init__(self, folder: Path, overrides: Mapping[str, str]) -> None:
        self.folder = folder
        self.overrides = overrides
        self.problems: list[Problem] = []
        self.unread: set[KeyPath] = set()
        self._texts: dict[str, str] = dict(overrides)
        self._homes: dict[KeyPath, Home] = {}
        self._places: dict[str, Places] = {}

    def sources(self) -> Sources:
        """Where all that was read came from."""
        return Sources(self.folder, self._texts, self._homes)

    def has(self, file: str) -> bool:
        """Whether there is such a file to read."""
        return file in self.overrides or (self.folder / file).exists()

    def mapping(self, file: str, path: KeyPath) -> dict[str, Any]:
        """The top level of a file that people write; empty when there is nothing or it cannot be read."""
        data = self._top(file, path, dict)
        return data if isinstance(data, dict) else {}

    def items(self, file: str, path: KeyPath) -> list[Any]:
        """The same for a file that is a list."""
        data = self._top(file, path, list)
        return data if isinstance(data, list) else []

    def record(self, model: type[ModelT] | Callable[[Data], type[ModelT]], file: str, path: KeyPath) -> ModelT | None:
        """The record of a file, by its model or by the one that its data ask for.

        None, with its problems kept, when it cannot be read.
        """
        try:
            text = self.overrides[file] if file in self.overrides else read_text(self.folder, file)
            data = load(text, file)
        except BookError as error:
            self._failed(error.problems, path)
            return None
        chosen = model if isinstance(model, type) else model(data)
        return self.entry(chosen, data, Home(file), path)

    def entry(self, model: type[ModelT], data: Data, home: Home, path: KeyPath) -> ModelT | None:
        """One entry of the book, read by its model; None, with its problems kept, when the model refuses it."""
        try:
            return validated(model, data)
        except BookError as error:
            placed = [self._placed(problem, home) for problem in error.problems]
            self._failed(placed, path)
            return None

    def settle(self, path: KeyPath, home: Home) -> None:
        """Keeps the home of a part of the book; the first one counts."""
        self._homes.setdefault(path, home)

    def refuse(self, problem: Problem, home: Home, first: Home | None = None) -> None:
        """Keeps a problem of an entry that is left out; `first` is the other spot it is about."""
        also = self._placed(problem, first).place if first else None
        self.problems.append(replace(self._placed(replace(problem, path=()), home), path=problem.path, also=also))
        self.unread.add(problem.path)

    def home(self, path: KeyPath) -> Home | None:
        """The home of a part that was read before."""
        return self._homes.get(path)

    def _top(self, file: str, path: KeyPath, wanted: type) -> Data:
        try:
            text = self._texts[file] if file in self._texts else read_text(self.folder, file)
            self._texts[file] = text
            data = load(text, file)
        except BookError as error:
            self._failed(error.problems, path)
            self.unread.update((*path, key) for key in top_keys(self._rough(file)))
            return None
        self.settle(path, Home(file))
        if data is not None and not isinstance(data, wanted):
            name, hint = _SHAPES[wanted]
            hint = _SPACE if isinstance(data, str) and ":" in data else hint
            message = f"this file has to be {name}, not {shape(data)}"
            self.refuse(Problem(Code.wrong_shape, message, hint, path), Home(file))
        return data

    def _rough(self, file: str) -> str:
        return self._texts[file] if file in self._texts else rough_text(self.folder / file)

    def _failed(self, problems: Iterable[Problem], path: KeyPath) -> None:
        self.problems += [replace(problem, path=path + problem.path) for problem in problems]
        self.unread.add(path)

    def _placed(self, problem: Problem, home: Home) -> Problem:
        """The problem at its path below a home."""
        if home.file not in self._places:
            self._places[home.file] = Places(self.sources().text(home.file))
        return at(problem, Home(home.file, home.path + problem.path), self._places[home.file])
