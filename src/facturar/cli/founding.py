"""A new book: what it asks, and the files it begins with."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from facturar.cli.first_words import LEDGERS, SETTINGS_WORDS
from facturar.problems import FacturarError, UsageError, did_you_mean

if TYPE_CHECKING:
    from facturar.model.regime import Usual

_ELSEWHERE = "generic"
_ENGLISH = "en"
WEEKLY = "weekly"


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
        asked = replace(self, country=self.country and self.country.upper())
        for field in (*_CHOICES, "country", "iban"):
            if (given := getattr(asked, field)) and (wrong := _wrong(field, given)):
                raise UsageError(f"--{field}: {wrong[0]}", wrong[1])
        for field, question in _QUESTIONS.items():
            if getattr(asked, field) is None:
                asked = replace(asked, **{field: _ask(field, question)})
        usual = _usual(asked.country)
        return replace(
            asked,
            reminders=asked.reminders or _ask("reminders", _WHICH_LADDER, usual=WEEKLY),
            language=asked.language or usual.language,
            currency=asked.currency or usual.currency,
            timezone=asked.timezone or usual.timezone,
        )


_QUESTIONS = {
    "name": "Your name, as invoices must say it",
    "tax_id": "Your tax id (empty for none)",
    "street": "Street and number",
    "postcode": "Postcode",
    "city": "City",
    "country": "Country, ISO code (ES, MX, GB …)",
    "email": "E-mail (empty for none)",
    "iban": "IBAN for transfers (empty for none)",
}
_MAY_BE_EMPTY = ("tax_id", "email", "iban", "postcode")


_CHOICES = {"language": ("es", "en"), "reminders": ("weekly", "monthly", "none")}
_CALLED = {"language": "a language of documents", "reminders": "a ladder that facturar brings along"}
_WHICH_LADDER = "Reminders: weekly if you run facturar each day or week, monthly if on each 1st, none [weekly]"


def _wrong(field: str, answer: str) -> tuple[str, str] | None:
    """What is wrong with an answer that a book could not live with, and what to write instead."""
    if field in _CHOICES and answer not in _CHOICES[field]:
        return f"'{answer}' is not {_CALLED[field]}", f"write one of: {', '.join(_CHOICES[field])}"
    if field == "country" and not (len(answer) == 2 and answer.isascii() and answer.isalpha()):
        return f"'{answer}' is not a country", "write its ISO 3166 code: ES, DE, GB, MX …"
    if field == "iban" and not _plausible_iban(answer):
        return f"'{answer}' does not have the check digits of an IBAN", "compare it with what the bank says"
    return None


def _plausible_iban(answer: str) -> bool:
    from stdnum import iban

    return bool(iban.is_valid(answer))


def _ask(field: str, question: str, usual: str = "") -> str:
    """The answer to a question, on a terminal; elsewhere, and for an empty one, what is usual.

    Raises UsageError where somebody has to answer and cannot be asked.
    """
    if sys.stdin.isatty():
        may_be_empty = bool(usual) or field in _MAY_BE_EMPTY
        while True:
            given = str(typer.prompt(question, default="" if may_be_empty else None, show_default=False, err=True))
            answer = given.strip().upper() if field == "country" else given.strip()
            wrong = _wrong(field, answer) if answer else None
            if wrong is None:
                return answer or usual
            typer.echo(f"{wrong[0]}: {wrong[1]}", err=True)
    if usual or field in _MAY_BE_EMPTY:
        return usual
    raise UsageError(f"init needs --{field}", "give it as an option, or run init in a terminal and it asks")


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


def found_book(asked: Founding, folder: Path) -> None:
    """Write the files of a new book; nothing that is there is overwritten."""
    ledgers = {"facturar.yaml": settings_text(asked), **LEDGERS[asked.language or _ENGLISH]}
    _refuse_taken(folder, tuple(ledgers))
    texts = {**ledgers, ".gitignore": ".facturar/\n"}
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
