"""The regimes that facturar ships: a file for each country, beside tables that several of them share.

Nothing about a country is known here. A late-payment law whose base is a name (`base: ecb`) takes the rates of that
table (`_ecb.yaml`), so that a rate that holds in many countries is written once.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from facturar.model.regime import Regime
from facturar.problems import KeyPath
from facturar.store.sources import Home
from facturar.store.validation import validated
from facturar.store.yaml_text import load

_FOLDER = resources.files("facturar") / "regimes"
_SUFFIX = ".yaml"


def regime_names() -> list[str]:
    """The names of all regimes, in order; a file whose name begins with _ is a shared table."""
    names = (file.name.removesuffix(_SUFFIX) for file in _FOLDER.iterdir() if file.name.endswith(_SUFFIX))
    return sorted(name for name in names if not name.startswith("_"))


def shipped_regime(name: str) -> Regime:
    """The regime of one of those names."""
    data = _data(name)
    if law := data.get("late_payment"):
        data = {**data, "late_payment": {**law, "base": _rates(law.get("base"))}}
    return validated(Regime, data)


def regime_home(name: str, path: KeyPath) -> Home:
    """The file that holds a key path of a regime, its own or the table that it shares, and the rest of the path."""
    if path[:2] == ("late_payment", "base") and (table := _shared_table(name)):
        return Home(f"{table}{_SUFFIX}", path[2:])
    return Home(f"{name}{_SUFFIX}", path)


@cache
def _shared_table(name: str) -> str | None:
    """The table that a regime takes its base rates from; None when it has its own."""
    base = (_data(name).get("late_payment") or {}).get("base")
    return f"_{base}" if isinstance(base, str) else None


def regime_text(file: str) -> str:
    """The text of one of these files, by its name: es.yaml."""
    return (_FOLDER / file).read_text("utf-8")


def _data(name: str) -> Any:
    """What a file of this folder holds; the tests read every one of them."""
    return load(regime_text(f"{name}{_SUFFIX}"), f"{name}{_SUFFIX}")


def _rates(base: Any) -> Any:
    """The dated rates of a base: itself, or the shared table that it names."""
    return _data(f"_{base}") if isinstance(base, str) else base
