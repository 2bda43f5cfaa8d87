"""How much a client may owe, and for how long, before new work waits: limits, holds, and who is new.

A policy is the business's own and no law. A hold stops no invoice: what was done is billed. It asks only that new work
waits until something is paid.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.client import CreditPolicy
from facturar.model.money import ZERO, Money, rounded
from facturar.rules.aging import lateness
from facturar.rules.diary import by_client, situation_on
from facturar.rules.exchange import Rates, rates_of
from facturar.rules.one_client import book_of
from facturar.rules.settlement import Account, Instalment, accounts

ToBill = Mapping[str, Iterable[Money]]
"""What is due to be billed and is not issued yet, by client."""


@dataclass(frozen=True)
class Hold:
    """Why new work of a client waits, and what lifts it. Amounts are in the book's currency.

    `open` is what is owed on what was issued, less the client's credit, `to_bill` what is due to be billed on top;
    `limit` is the one that both exceed, None when they don't, and `new` says that it is that of a client who has not
    paid a first invoice yet. `late` are the open instalments that are more than `days` late, oldest first, and
    `late_open` their sum. Of the currencies in `uncounted` the book has no rate, so that they count for nothing.
    Nothing of this counts the invoices in `apart`.
    """

    client: str
    day: date
    currency: str
    open: Decimal
    to_bill: Decimal = ZERO
    limit: Decimal | None = None
    new: bool = False
    days: int | None = None
    late: tuple[Instalment, ...] = ()
    late_open: Decimal = ZERO
    uncounted: tuple[str, ...] = ()
    apart: frozenset[str] = frozenset()

    @property
    def over(self) -> Decimal:
        """How much of what is owed and to bill is beyond the limit."""
        return ZERO if self.limit is None else self.open + self.to_bill - self.limit

    @property
    def to_pay(self) -> Decimal:
        """What has to come in to lift it: money goes to what is oldest first, so that the larger of both will do."""
        return max(self.over, self.late_open)

    @property
    def reason(self) -> str:
        """Why, in one line."""
        return "; ".join([*self._over_limit(), *self._too_late()])

    def _over_limit(self) -> Iterator[str]:
        if self.limit is not None:
            billed = f" and {self.to_bill} to bill" if self.to_bill else ""
            whose = " of a client who has not paid a first invoice" if self.new else ""
            yield f"{self.open} {self.currency} open{billed}, over the limit of {self.limit}{whose}"

    def _too_late(self) -> Iterator[str]:
        if self.late:
            oldest = self.late[0]
            yield f"{oldest.number} is {lateness(oldest.days_late(self.day))}, more than {self.days} days"


@dataclass(frozen=True)
class _Ledger:
    """What decides about holds on a day, looked up once for all clients; the invoices in `apart` count for nothing."""

    book: Book
    day: date
    rates: Rates
    accounts: Mapping[str, list[Account]] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()

    def open(self, account: Account) -> list[Instalment]:
        """What counts of what is open in an account."""
        return [part for part in account.open if part.number not in self.apart]

    def owed(self, account: Account) -> Money:
        """That, less the credit that is free; never less than nothing."""
        open_ = sum((part.open for part in self.open(account)), ZERO)
        return Money(max(open_ - account.free_credit, ZERO), account.currency)

    def at_home(self, sums: Iterable[Money]) -> tuple[Decimal, frozenset[str]]:
        """Amounts in the book's currency at the latest rates, and the currencies that have none."""
        found, lacking = ZERO, set()
        for money in sums:
            worth = self.rates.converted(money, self.rates.home, self.day)
            found += worth.amount if worth else ZERO
            if worth is None and money.amount:
                lacking.add(money.currency)
        return rounded(found, self.rates.home), frozenset(lacking)


def credit_policy(client_id: str, book: Book) -> CreditPolicy:
    """The policy for a client: of each key the client's own value, else the book's."""
    client, usual = book.clients[client_id].credit, book.settings.credit
    return (usual or CreditPolicy()).model_copy(
        update={name: getattr(client, name) for name in client.model_fields_set} if client else {}
    )


def has_paid(own: Iterable[Account]) -> bool:
    """Whether a client ever paid an invoice in full: with money, and not by a credit note or a write-off alone."""
    by_number: dict[str, list[Instalment]] = {}
    for account in own:
        for part in account.instalments:
            by_number.setdefault(part.number, []).append(part)
    return any(
        all(part.open <= 0 for part in parts) and any(part.paid for part in parts) for parts in by_number.values()
    )


def new_clients(book: Book, day: date) -> frozenset[str]:
    """The clients who by a day have not paid a first invoice in full."""
    own = _by_client(accounts(book, day).values())
    return frozenset(name for name in book.clients if not has_paid(own.get(name, ())))


def _by_client(found: Iterable[Account]) -> dict[str, list[Account]]:
    own: dict[str, list[Account]] = {}
    for account in found:
        own.setdefault(account.client, []).append(account)
    return own


def _limit(policy: CreditPolicy, *, new: bool) -> tuple[Decimal | None, bool]:
    """The limit that holds, and whether it is that of new clients: of theirs and the usual one the lower."""
    limits = [(policy.limit, False), (policy.new_limit if new else None, True)]
    given = [(limit, of_new) for limit, of_new in limits if limit is not None]
    return min(given, default=(None, False), key=lambda pair: pair[0])


def _late(client_id: str, own: Iterable[Account], days: int, found: _Ledger) -> tuple[Instalment, ...]:
    """The open instalments later than a number of days, oldest first; what is in dispute is not held against them."""
    disputed = situation_on(by_client(found.book.diary).get(client_id, ()), client_id, found.day).disputed
    late = (
        part
        for account in own
        for part in found.open(account)
        if part.days_late(found.day) > days and part.number not in disputed
    )
    return tuple(sorted(late, key=lambda part: (part.due, part.number)))


def _hold(client_id: str, to_bill: Iterable[Money], found: _Ledger) -> Hold | None:
    policy, own = credit_policy(client_id, found.book), found.accounts.get(client_id, [])
    limit, new = _limit(policy, new=not has_paid(own))
    late = _late(client_id, own, policy.hold, found) if policy.hold is not None else ()
    open_, lacking = found.at_home(map(found.owed, own))
    billed, also_lacking = found.at_home(to_bill)
    exceeded = limit is not None and open_ + billed > limit
    if not late and not exceeded:
        return None
    return Hold(
        client=client_id,
        day=found.day,
        currency=found.rates.home,
        open=open_,
        to_bill=max(billed, ZERO),
        limit=limit if exceeded else None,
        new=new and exceeded,
        days=policy.hold if late else None,
        late=late,
        late_open=found.at_home(Money(part.open, part.currency) for part in late)[0],
        uncounted=tuple(sorted(lacking | also_lacking)),
        apart=found.apart,
    )


def has_policies(book: Book) -> bool:
    """Whether the book or any client limits credit at all."""
    return bool(book.settings.credit) or any(client.credit for client in book.clients.values())


def holds(book: Book, day: date, to_bill: ToBill | None = None) -> dict[str, Hold]:
    """The clients on hold on a day, by id: those beyond their limit, or with something too late.

    What is in another currency counts at the latest rate of the book's ledger.
    """
    if not has_policies(book):
        return {}
    found = _Ledger(book, day, rates_of(book), _by_client(accounts(book, day).values()))
    held = ((name, _hold(name, (to_bill or {}).get(name, ()), found)) for name in book.clients)
    return {name: hold for name, hold in held if hold}


def hold_of(
    client_id: str, book: Book, day: date, to_bill: Iterable[Money] = (), apart: frozenset[str] = frozenset()
) -> Hold | None:
    """The hold that a client is on on a day, if the invoices in `apart` count for nothing; None if they are on none."""
    own = book_of(client_id, book)
    return _hold(client_id, to_bill, _Ledger(own, day, rates_of(own), _by_client(accounts(own, day).values()), apart))
