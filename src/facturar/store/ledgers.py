"""The files that people write: one file or a folder of files for each ledger, and the settings.

An entry that cannot be read is left out and said to be unread; the rest of the ledger stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from facturar.model.regime import Regime
from facturar.model.scalars import Entry
from facturar.model.settings import Settings
from facturar.problems import Code, Place, Problem
from facturar.store.intake import Intake
from facturar.store.keys import meant
from facturar.store.layout import SETTINGS
from facturar.store.regimes import regime_names, shipped_regime
from facturar.store.scanning import ledger_files, misnamed
from facturar.store.sources import Home
from facturar.store.validation import bad_id
from facturar.store.yaml_text import Data

EntryT = TypeVar("EntryT", bound=Entry)


def read_settings(intake: Intake) -> Settings | None:
    """The settings of the book; None when there are none that can be read."""
    file = str(SETTINGS)
    if not intake.has(file):
        hint = "make a book with: facturar init"
        intake.refuse(Problem(Code.missing_file, "there is no facturar.yaml here", hint, ("settings",)), Home(file))
        return None
    data = intake.mapping(file, ("settings",))
    return None if ("settings",) in intake.unread else intake.entry(Settings, data, Home(file), ("settings",))


def read_regime(intake: Intake, name: str) -> Regime | None:
    """The regime of that name, as facturar ships it; None, with a problem, when there is none."""
    known = regime_names()
    if name in known:
        return shipped_regime(name)
    guess = meant(name, known)
    listed = " · ".join(known)
    hint = f"did you mean '{guess}'? There are: {listed}" if guess else f"there are: {listed}"
    problem = Problem(Code.unknown_regime, f"facturar has no regime '{name}'", hint, ("settings", "regime"))
    intake.refuse(problem, Home(str(SETTINGS), ("regime",)))
    return None


def read_mapping(intake: Intake, ledger: str, model: type[EntryT]) -> dict[str, EntryT]:
    """The entries of a ledger by their ids."""
    entries = {}
    for file in ledger_files(intake.folder, ledger, intake.overrides):
        for key, data in intake.mapping(file, (ledger,)).items():
            home = Home(file, (key,))
            if not _is_new(intake, ledger, key, home):
                continue
            entry = intake.entry(model, {} if data is None else data, home, (ledger, key))
            if entry:
                entries[key] = entry
    return entries


def read_list(intake: Intake, ledger: str, model: type[EntryT]) -> tuple[EntryT, ...]:
    """The entries of a ledger in the order of its files.

    The home of an entry goes by its index among those that could be read, as rules see them; the problem of one that
    could not, by its index among all.
    """
    entries: list[EntryT] = []
    for index, (file, place, data) in enumerate(_items(intake, ledger)):
        home = Home(file, (place,))
        entry = intake.entry(model, data, home, (ledger, index))
        if entry:
            intake.settle((ledger, len(entries)), home)
            entries.append(entry)
    return tuple(entries)


def refuse_misnamed(intake: Intake, ledgers: tuple[str, ...]) -> None:
    """A problem for each file that ends in .yml: read by nobody, it would be missed by nobody either."""
    for file in misnamed(intake.folder, ledgers):
        message = f"{file} is not read, as its name does not end in .yaml"
        hint = f"rename it to {file.removesuffix('.yml')}.yaml"
        intake.problems.append(Problem(Code.file_name, message, hint, place=Place(file, 1, 1)))


def _items(intake: Intake, ledger: str) -> Iterator[tuple[str, int, Data]]:
    for file in ledger_files(intake.folder, ledger, intake.overrides):
        for place, data in enumerate(intake.items(file, (ledger,))):
            yield file, place, data


def _is_new(intake: Intake, ledger: str, key: str, home: Home) -> bool:
    """Whether a key is an id that no other file has; says so when it is not."""
    path = (ledger, key)
    first = intake.home(path)
    intake.settle(path, home)
    if first:
        message = f"'{key}' is in two files"
        intake.refuse(Problem(Code.two_places, message, "keep one of them", path, on_key=True), home, first)
    elif problem := bad_id(key):
        intake.refuse(Problem(problem.code, problem.message, problem.hint, path, on_key=True), home)
        return False
    return not first
