"""Calls to make: the last thing written to a client was a script for the phone, and nothing says what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.diary import DiaryEntry
from facturar.model.letter import Letter
from facturar.model.money import ZERO
from facturar.rules.settlement import Account, Instalment

_ANSWERS = ("call", "note", "meeting", "dispute", "handover")


@dataclass(frozen=True)
class Call:
    """A call that is to be made: its script, and what of it is still open."""

    script: Letter
    instalments: tuple[Instalment, ...]

    @property
    def open(self) -> Decimal:
        """What is still open of what the script lists, in its currency."""
        return sum((instalment.open for instalment in self.instalments), ZERO)


def _answered(script: Letter, diary: Iterable[DiaryEntry], day: date) -> bool:
    """Whether the diary says what came of a call: an entry of its day or later, other than a mail without a promise."""
    return any(
        entry.client == script.client
        and script.date <= entry.date <= day
        and (entry.kind in _ANSWERS or entry.promise is not None)
        for entry in diary
    )


def calls_to_make(book: Book, owing: Sequence[Account], day: date) -> tuple[Call, ...]:
    """The calls that are to be made on a day to clients who owe, in the order of their scripts."""
    last = {(letter.client, letter.currency): letter for letter in book.letters if letter.date <= day}
    found = []
    for account in owing:
        script = last.get((account.client, account.currency))
        if script is None or script.channel != "phone" or _answered(script, book.diary, day):
            continue
        listed = {(item.number, item.due) for item in script.invoices}
        still = tuple(i for i in account.open if (i.number, i.due) in listed)
        if still:
            found.append(Call(script, still))
    return tuple(sorted(found, key=lambda call: call.script.date))
