"""A new book: what it asks, and the files it begins with."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from facturar.cli.first_words import LEDGERS, SETTINGS_WORDS
from facturar.cli.questions import (
    ASKED,
    CURRENCY,
    LADDER,
    LANGUAGE,
    MAY_BE_EMPTY,
    TIMEZONE,
    WEEKLY,
    Doubt,
    answer,
    cleaned,
    doubted_tax_id,
    no_doubt,
    usual_currency,
    wrong,
)
from facturar.problems import FacturarError, UsageError, did_you_mean

if TYPE_CHECKING:
    from facturar.model.regime import Usual

_ELSEWHERE = "generic"
_ENGLISH = "en"


def _regime_of(country: str | None) -> str:
    """The name of a country's regime, which is its code in small letters; that of no country, if it has none."""
    from facturar.store.regimes import regime_names

    name = (country or "").lower()
    return name if name in regime_names() else _ELSEWHERE


def _usual(country: str | None) -> Usual:
    """What a new book of a country begins with."""
    from facturar.store.regimes import shipped_regime

    return shipped_regime(_regime_of(country)).usual


@dataclass(frozen=True)
class Founding:
    """What a new book needs to know; None is asked for, or follows the country."""

    name: str | None = None
    trade_name: str | None = None
    tax_id: str | None = None
    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    country: str | None = None
    email: str | None = None
    iban: str | None = None
    language: str | None = None
    currency: str | None = None
    timezone: str | None = None
    reminders: str | None = None

    def completed(self) -> Founding:
        """With everything needed: asked on a terminal, else required as options."""
        asked = self._checked()
        for field, question in ASKED.items():
            if getattr(asked, field) is None:
                given = answer(field, question, needed=asked._needs(field), doubt=asked._doubts(field))
                asked = replace(asked, **{field: given})
        usual = _usual(asked.country)
        asked = replace(asked, language=asked.language or answer("language", LANGUAGE, usual.language))
        if _regime_of(asked.country) == _ELSEWHERE:
            asked = asked._of_no_regime(usual)
        return replace(
            asked,
            reminders=asked.reminders or answer("reminders", LADDER, WEEKLY),
            currency=asked.currency or usual.currency,
            timezone=asked.timezone or usual.timezone,
        )

    def _checked(self) -> Founding:
        """What the options say. Raises UsageError of the first that no book can live with."""
        given = {field: cleaned(field, value) for field in _FIELDS if (value := getattr(self, field))}
        for field, value in given.items():
            if fault := wrong(field, value):
                raise UsageError(f"--{field}: {fault[0]}", fault[1])
        return replace(self, **given)

    def _needs(self, field: str) -> bool:
        """Whether a book of this country cannot do without."""
        from facturar.store.regimes import shipped_regime

        if field == "tax_id":
            return shipped_regime(_regime_of(self.country)).tax_id_required
        return field not in MAY_BE_EMPTY

    def _doubts(self, field: str) -> Doubt:
        """What may be odd about an answer in this country."""
        return partial(doubted_tax_id, country=self.country) if field == "tax_id" else no_doubt

    def _of_no_regime(self, usual: Usual) -> Founding:
        """With the money and the clock of a country that facturar knows nothing else of."""
        currency = usual_currency(self.country) or usual.currency
        return replace(
            self,
            currency=self.currency or answer("currency", CURRENCY, currency),
            timezone=self.timezone or answer("timezone", TIMEZONE, usual.timezone),
        )


_FIELDS = ("language", "reminders", "country", "currency", "timezone", "iban", "email")


def _quoted(text: str) -> str:
    """A value as YAML text."""
    from facturar.store.scalar_text import scalar_text

    return scalar_text(text, in_flow=True)


_NO_WAY_TO_PAY = "# payment_methods: [{kind: transfer, iban: ES91 2100 0418 4502 0005 1332}]"


def settings_text(asked: Founding) -> str:
    """The `facturar.yaml` of a new book, with comments on what most people change first."""
    regime, usual, words = _regime_of(asked.country), _usual(asked.country), SETTINGS_WORDS[asked.language or _ENGLISH]
    taxes = f"[{', '.join(usual.taxes)}]" if asked.tax_id else "[]"
    business = [
        f"  {key}: {_quoted(value)}"
        for key, value in (("name", asked.name), ("trade_name", asked.trade_name), ("tax_id", asked.tax_id))
        if value
    ]
    place = [("street", asked.street), ("postcode", asked.postcode), ("city", asked.city), ("country", asked.country)]
    address = ", ".join(f"{key}: {_quoted(value)}" for key, value in place if value)
    email = [f"  email: {_quoted(asked.email)}"] if asked.email else []
    pay = (
        ["payment_methods:", f"  - {{kind: transfer, iban: {_quoted(asked.iban)}}}"] if asked.iban else [_NO_WAY_TO_PAY]
    )
    return "\n".join(
        [
            f"# {words.head}",
            "business:",
            *business,
            f"  address: {{{address}}}",
            *email,
            *pay,
            f"regime: {regime:<21} # {words.regime}",
            f"language: {asked.language:<19} # {words.language}",
            f"currency: {asked.currency}",
            f"timezone: {asked.timezone}",
            "terms: 30 days",
            f"taxes: {taxes:<22} # {words.taxes}",
            "numbering:",
            "  invoice: F-{year}-{seq:04d}",
            f"  # start: {{invoice: F-2026-0037}}   # {words.start}",
            f"reminders: {asked.reminders:<18} # {words.reminders}",
            f'look: {{accent: "#1f4e79", paper: {usual.paper}}}',
            "",
        ]
    )


def refuse_taken(folder: Path) -> None:
    """Raises FacturarError where a new book would overwrite something, before anything is asked."""
    _refuse_taken(folder, ("facturar.yaml", *LEDGERS[_ENGLISH]))


def found_book(asked: Founding, folder: Path) -> None:
    """Write the files of a new book; nothing that is there is overwritten."""
    refuse_taken(folder)
    texts = {
        "facturar.yaml": settings_text(asked),
        **LEDGERS[asked.language or _ENGLISH],
        ".gitignore": ".facturar/\n",
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            if not (folder / name).exists():
                (folder / name).write_text(text, "utf-8")
    except OSError as error:
        raise _unwritable(folder, error) from None


def copy_example(example: str, folder: Path) -> None:
    """Copy one of the example books into a folder that has no book."""
    from facturar.store.shipped import shipped

    examples = {path.name: path for path in sorted(shipped("examples").iterdir()) if (path / "facturar.yaml").is_file()}
    if example not in examples:
        raise UsageError(f"there is no example '{example}'", did_you_mean(example, examples))
    _refuse_taken(folder, ("facturar.yaml",))
    try:
        shutil.copytree(
            examples[example], folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected", ".facturar")
        )
    except OSError as error:
        raise _unwritable(folder, error) from None


def _unwritable(folder: Path, error: OSError) -> FacturarError:
    reason = error.strerror or str(error)
    return FacturarError(f"no book can be made in {folder}: {reason}", "choose a folder that you may write to")


def _refuse_taken(folder: Path, names: tuple[str, ...]) -> None:
    if taken := [name for name in names if (folder / name).exists()]:
        raise FacturarError(f"{folder / taken[0]} is there already", "choose another folder; init overwrites nothing")
