"""The places of key paths: in the files of a book, or in those of its regime that facturar ships.

Each file is composed once, when the first place in it is asked for.
"""

from __future__ import annotations

from facturar.problems import KeyPath, Place
from facturar.store.places import Places
from facturar.store.regimes import regime_home, regime_text
from facturar.store.sources import Sources


class Placing:
    """The places in a book that was read, and in its regime, whose key paths begin with `regime`."""

    def __init__(self, sources: Sources, regime: str) -> None:
        self._sources = sources
        self._regime = regime
        self._places: dict[tuple[bool, str], Places] = {}

    def place(self, path: KeyPath) -> Place | None:
        """The place of a key path, or of its nearest parent that is there; None when no file holds it.

        That of a regime's path has the plain name of the shipped file: es.yaml.
        """
        shipped = path[:1] == ("regime",)
        home = regime_home(self._regime, path[1:]) if shipped else self._sources.home(path)
        if home is None:
            return None
        line, column = self._of(home.file, shipped=shipped).of(home.path) if home.path else (1, 1)
        return Place(home.file, line, column)

    def _of(self, file: str, *, shipped: bool) -> Places:
        if (shipped, file) not in self._places:
            text = regime_text(file) if shipped else self._sources.text(file)
            self._places[shipped, file] = Places(text)
        return self._places[shipped, file]
