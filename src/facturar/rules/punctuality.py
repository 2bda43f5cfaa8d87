"""When clients pay: of each invoice that was settled, after how many days, and how many of them late.

Only money settles here: what was written off or credited was not paid by anybody. Where days are summed up it is by
their median, so that one invoice that was forgotten says nothing of the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from facturar.model.book import Book
from facturar.rules.settlement import Account, Instalment, accounts

FEW = 3
"""Below so many settled invoices nothing is said of how a client pays."""
LOOKED_BACK = timedelta(days=730)
"""How far back habits are looked for: two years, as people change."""


@dataclass(frozen=True)
class Settled:
    """An invoice that was paid in full: on which day, after how many days, how many late (below 0: early)."""

    number: str
    issued: date
    on: date
    to_pay: int
    late: int


def middle(days: Iterable[int]) -> int:
    """The median in whole days; a half is rounded up, to the later day.

    >>> middle([3, 40, 5]), middle([3, 4])
    (5, 4)
    """
    return int((median(days) * 2 + 1) // 2)


def _of_an_invoice(parts: list[Instalment], discounted: frozenset[str]) -> Settled | None:
    """When an invoice was paid; None while something is open, and when nobody paid it: written off, or credited."""
    first = parts[0]
    written_off = any(part.written_off for part in parts) and first.number not in discounted
    days = [part.paid for part in parts if part.paid]
    if written_off or len(days) < len(parts) or any(part.open for part in parts):
        return None
    on = max(days)
    late = max((day - part.due).days for day, part in zip(days, parts, strict=True))
    return Settled(first.number, first.issued, on, (on - first.issued).days, late)


def settled(account: Account) -> Iterator[Settled]:
    """The invoices of an account that were paid in full."""
    by_number: dict[str, list[Instalment]] = defaultdict(list)
    for part in account.instalments:
        by_number[part.number].append(part)
    discounted = frozenset(discount.number for discount in account.discounts)
    found = (_of_an_invoice(parts, discounted) for parts in by_number.values())
    return (paid for paid in found if paid)


def settled_since(all_accounts: Iterable[Account], since: date) -> dict[str, tuple[Settled, ...]]:
    """What each client settled on a day or later, in any currency, the latest last."""
    found: dict[str, list[Settled]] = defaultdict(list)
    for account in all_accounts:
        found[account.client] += [paid for paid in settled(account) if paid.on >= since]
    return {client: tuple(sorted(own, key=lambda s: (s.on, s.number))) for client, own in found.items() if own}


class Habits:
    """How late each client is used to pay on a day, by what was settled in the two years before."""

    def __init__(self, book: Book, today: date) -> None:
        self._today = today
        by_client = settled_since(accounts(book, today).values(), today - LOOKED_BACK)
        self._own = {client: tuple(paid.late for paid in own) for client, own in by_client.items()}
        self._all = tuple(late for own in self._own.values() for late in own)

    def sample(self, client: str) -> tuple[Sequence[int], str]:
        """The days late to go by, and whose they are: the client's `own`, those of the whole `book`, or of `nobody`."""
        own = self._own.get(client, ())
        if len(own) >= FEW:
            return own, "own"
        return (self._all, "book") if len(self._all) >= FEW else ((), "nobody")

    def median(self, client: str) -> int:
        """The days late that are usual; 0 when nobody knows."""
        days, _ = self.sample(client)
        return middle(days) if days else 0

    def expected(self, client: str, due: date) -> tuple[date | None, str]:
        """The day on which what is due on a day may be expected, and by whose habit; no day when none can be told.

        The usual days late after the due date. Where that day has passed, from today on by what was left then to those
        invoices that were paid later still: first the client's own, else the book's. If none was, nothing is foretold.
        """
        days, whose = self.sample(client)
        usual = due + timedelta(days=middle(days) if days else 0)
        if usual >= self._today:
            return usual, whose
        so_far = (self._today - due).days
        for sample, name in ((days, whose), (self._all if len(self._all) >= FEW else (), "book")):
            if left := [late - so_far for late in sample if late >= so_far]:
                return self._today + timedelta(days=middle(left)), name
        return None, "nobody"
