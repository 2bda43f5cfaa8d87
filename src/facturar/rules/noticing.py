"""From what a person wants to tell a client to the record of the notice, or why there is none to write.

Each kind of notice that is shipped has its facts; a template of one's own is given all that is told of no debt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from facturar.model.agreement import Retainer
from facturar.model.book import Book
from facturar.model.client import Client
from facturar.model.dated import price_on
from facturar.model.invoice import Invoice
from facturar.model.ladder import Channel
from facturar.model.letter import ListedInvoice, letter_name
from facturar.model.money import rounded
from facturar.model.notice import AgreedJob, CreditTerms, History, HoldTold, Notice, Offered, notice_name
from facturar.model.party import PaymentMethod, Transfer
from facturar.model.settings import Sender
from facturar.rules.agreements import subject_of
from facturar.rules.credit import Hold, credit_policy, new_clients
from facturar.rules.customs import currency_of, language_of, terms_of
from facturar.rules.interest import law_for
from facturar.rules.parties import buyer_of, seller_of, ways_to_pay
from facturar.rules.price_changes import Raise, price_changes
from facturar.rules.quoting import charging
from facturar.rules.running import runs_on
from facturar.rules.seals import sealed
from facturar.rules.settlement import Account, accounts
from facturar.rules.taxes import worded

_BILLING = "billing"
_MONEY_TALK = frozenset({"hold", "new-account"})


@dataclass(frozen=True)
class Wish:
    """What is to be told, to every client alike; `name` is the template's.

    `since` and `until` are the days on which it holds; `percent` is a raise, `items` of the catalogue are what is
    offered, `discount` in percent. Without a `sender` it is the business itself who speaks; of money, who bills.
    """

    name: str
    channel: Channel = "email"
    sender: str | None = None
    since: date | None = None
    until: date | None = None
    percent: Decimal | None = None
    items: tuple[str, ...] = ()
    discount: Decimal | None = None
    message: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def raised(self) -> Raise | None:
        """The raise that is wished for."""
        return Raise(self.since, self.percent) if self.since and self.percent is not None else None


@dataclass(frozen=True)
class Unfit:
    """Why a client gets no such notice."""

    reason: str


@dataclass(frozen=True)
class Case:
    """A client whom something is to be told, on a day, and their hold, if they are on one and it is to be told."""

    client_id: str
    client: Client
    wish: Wish
    book: Book
    day: date
    hold: Hold | None = None

    @property
    def currency(self) -> str:
        """The client's currency."""
        return currency_of(None, self.client, self.book)

    @property
    def invoices(self) -> tuple[Invoice, ...]:
        """What was invoiced to the client by the day."""
        own = (record for record in self.book.invoices if record.client == self.client_id)
        return tuple(record for record in own if record.issued <= self.day and record.kind in ("invoice", "deposit"))


Facts = dict[str, Any]


def _changes(case: Case) -> Facts | Unfit:
    wish = case.wish
    changes = price_changes(case.client_id, case.book, case.day, since=wish.since, raised=wish.raised)
    if not changes:
        when = f"on {wish.since}" if wish.since else f"after {case.day}"
        return Unfit(f"no price of theirs changes {when}")
    days = {change.since for change in changes}
    return {"changes": changes, "since": days.pop() if len(days) == 1 else None}


def _jobs(case: Case) -> Iterator[AgreedJob]:
    for job_id, job in case.book.jobs.items():
        if job.client == case.client_id and runs_on(job, case.day):
            subject = subject_of(job_id, job, case.book)
            agreed = charging(subject, case.book, case.day, currency_of(job, case.client, case.book))
            fee = price_on(job.agreement.fee, case.day) if isinstance(job.agreement, Retainer) else None
            yield AgreedJob(job=job_id, title=job.title, charging=agreed, fee=fee)


def _agreed(case: Case) -> Facts:
    """How and when is invoiced, what the law says of late payment, and how much may be owed."""
    client, settings = case.client, case.book.settings
    law = law_for(client, case.book)
    return {
        "jobs": tuple(_jobs(case)),
        "gathered": (client.invoice_per or settings.invoice_per) == "client" or None,
        "requires": client.requires,
        "terms": terms_of(client, case.book).text,
        "law": worded(law.name, language_of(client, case.book)) if law else None,
        "credit": _credit_terms(case),
        "payment_methods": settings.payment_methods,
    }


def _credit_terms(case: Case) -> CreditTerms | None:
    """The client's policy: a limit for new clients is told while it is the lower one and nothing is paid yet."""
    policy = credit_policy(case.client_id, case.book)
    new = policy.new_limit if case.client_id in new_clients(case.book, case.day) else None
    new = None if new is not None and policy.limit is not None and policy.limit <= new else new
    if policy.limit is None and new is None and policy.hold is None:
        return None
    currency = case.book.settings.currency if policy.limit is not None or new is not None else None
    return CreditTerms(limit=policy.limit, new_limit=new, currency=currency, days=policy.hold)


def _history(case: Case) -> Facts:
    days = [record.issued for record in case.invoices]
    return {"history": History(invoices=len(days), since=min(days))} if days else {}


def _offer(case: Case) -> Facts:
    """What is offered at the day's price; an item without one yet is not."""
    found = []
    for item_id in case.wish.items:
        item = case.book.catalog[item_id]
        price = price_on(item.price, case.day)
        if price is not None:
            off = price * (100 - case.wish.discount) / 100 if case.wish.discount is not None else None
            offered = rounded(off, case.currency) if off is not None else None
            found.append(Offered(item=item_id, text=item.text, unit=item.unit, price=price, offered=offered))
    return {"offered": tuple(found), "discount": case.wish.discount}


def _ibans(methods: tuple[PaymentMethod, ...]) -> Iterator[str]:
    for method in methods:
        if isinstance(method, Transfer) and (account := method.iban or method.account):
            yield "".join(account.split())


def _account(case: Case) -> Facts:
    """The account that takes payments, and the last digits of those that the client was given and that don't any more.

    Never the whole of an old account: who reads another's mail learns nothing by it.
    """
    methods = case.book.settings.payment_methods
    accounts_ = tuple(method for method in methods if isinstance(method, Transfer))
    given = (account for record in case.invoices for account in _ibans(record.payment_methods))
    ended = dict.fromkeys(account for account in given if account not in set(_ibans(methods)))
    return {"payment_methods": accounts_, "ended": tuple(account[-4:] for account in ended)}


def _hold(case: Case) -> Facts | Unfit:
    """What is open, why new work waits and what lifts it, in the book's currency, which limits are in."""
    hold, home = case.hold, case.book.settings.currency
    if hold is None:
        return Unfit("they are not on hold: nothing goes beyond what was agreed")
    own = [account for account in accounts(case.book, case.day).values() if account.client == case.client_id]
    if abroad := sorted(account.currency for account in own if account.open and account.currency != home):
        return Unfit(f"they owe in {' and '.join(abroad)}, and limits are in {home}: write it in a letter of your own")
    listed = tuple(
        ListedInvoice(
            number=part.number, issued=part.issued, due=part.due, open=part.open, days_late=part.days_late(case.day)
        )
        for account in own
        for part in account.open
        if part.number not in hold.apart
    )
    numbers = "+".join(dict.fromkeys(item.number for item in listed))
    told = HoldTold(open=hold.open, to_bill=hold.to_bill or None, limit=hold.limit, days=hold.days, pay=hold.to_pay)
    methods = ways_to_pay(case.book.settings.payment_methods, numbers, hold.to_pay, home)
    return {"currency": home, "hold": told, "invoices": listed, "payment_methods": methods}


def _all_but_debts(case: Case) -> Facts:
    """For a template of one's own; `since` is the day that was given, if any, and not that of a price."""
    found = _changes(case)
    changes = {} if isinstance(found, Unfit) else {"changes": found["changes"]}
    return {**_agreed(case), **_history(case), **_offer(case), **changes}


_FACTS: Mapping[str, Callable[[Case], Facts | Unfit]] = {
    "welcome": _agreed,
    "rate-change": _changes,
    "offer": _offer,
    "thank-you": _history,
    "new-account": _account,
    "hold": _hold,
}
NOTICES = frozenset(_FACTS)
"""The notices that are shipped."""


def sender_of(wish: Wish, book: Book) -> Sender:
    """Whose voice speaks: the named sender; of money `billing`, if the book has one; else the business itself."""
    senders, business = book.settings.senders, book.settings.business
    owner = Sender(name=business.name, email=business.email, phone=business.phone, signature=business.signature)
    named = wish.sender or (_BILLING if wish.name in _MONEY_TALK else None)
    return senders.get(named, owner) if named else owner


def in_touch(client_id: str, book: Book, day: date, owing: Mapping[str, Account] | None = None) -> bool:
    """Whether there is still something between both: a job that runs, or something that is open."""
    runs = any(job.client == client_id and runs_on(job, day) for job in book.jobs.values())
    return runs or client_id in (owing if owing is not None else owing_clients(book, day))


def owing_clients(book: Book, day: date) -> dict[str, Account]:
    """The clients with something open, each with an account of theirs."""
    return {account.client: account for account in accounts(book, day).values() if account.open}


def shows_the_accounts(client_id: str, book: Book, day: date) -> Invoice | None:
    """The latest invoice to a client, if it has the very accounts of the book: there is no new one to tell of."""
    case = Case(client_id, book.clients[client_id], Wish("new-account"), book, day)
    last = case.invoices[-1] if case.invoices else None
    same = last and set(_ibans(last.payment_methods)) == set(_ibans(book.settings.payment_methods))
    return last if same else None


def told_before(client_id: str, name: str, book: Book, by: date = date.max) -> Notice | None:
    """The last notice of a name to a client that is dated by a day."""
    own = (notice for notice in book.notices if (notice.client, notice.name) == (client_id, name))
    return max((notice for notice in own if notice.date <= by), key=lambda notice: notice.date, default=None)


def written_notice(client_id: str, wish: Wish, book: Book, day: date, hold: Hold | None = None) -> Notice | Unfit:
    """The sealed record of a notice to a client, or why there is none to write.

    The same notice is written once a day, and none before the last one: each is chained to the one before.
    """
    client = book.clients[client_id]
    case = Case(client_id, client, wish, book, day, hold)
    facts = _FACTS.get(wish.name, _all_but_debts)(case)
    if isinstance(facts, Unfit):
        return facts
    own = [notice for notice in book.notices if notice.client == client_id]
    usual = {"since": wish.since, "until": wish.until, "currency": case.currency}
    notice = Notice(
        name=wish.name,
        client=client_id,
        date=day,
        channel=wish.channel,
        sender=sender_of(wish, book),
        language=language_of(client, book),
        seller=seller_of(book.settings.business),
        buyer=buyer_of(client),
        **{**usual, **facts},
        message=wish.message,
        values=dict(wish.values),
        previous=own[-1].seal if own else None,
    )
    letters = (letter for letter in book.letters if letter.client == client_id)
    taken = {letter_name(letter, book.settings.currency) for letter in letters} | set(map(notice_name, own))
    if notice_name(notice) in taken:
        return Unfit(f"{notice_name(notice)} is there already")
    if own and own[-1].date > day:
        return Unfit(f"the last one to them is of {own[-1].date}: none may be dated before")
    return sealed(notice)
