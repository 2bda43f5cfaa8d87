"""What needs attention today beside the plan: holds, debts, promises, calls, disputes, quotes, stock, new clients."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from facturar.model.book import Book
from facturar.model.money import ZERO, rounded
from facturar.rules.aging import lateness
from facturar.rules.approvals import answer_awaited, standings, state_of
from facturar.rules.calls import calls_to_make
from facturar.rules.credit import ToBill, holds
from facturar.rules.diary import by_client, situation_on
from facturar.rules.new_clients import to_welcome
from facturar.rules.prepayment import work_before_payment
from facturar.rules.promises import Promised, all_promises
from facturar.rules.quotes import accepted_on, called_off, quotes_by_job
from facturar.rules.settlement import Account, accounts
from facturar.rules.stock import stock_levels
from facturar.views.outbox import waiting_mails

_SOON = timedelta(days=7)
_FEW = 3


@dataclass(frozen=True)
class Attention:
    """A thing to look at: what kind, of whom or of which item, how much if it is money, and what there is to know."""

    kind: Literal[
        "mail",
        "mail refused",
        "mail uncertain",
        "on hold",
        "overdue",
        "promise",
        "call",
        "handover",
        "approval",
        "dispute",
        "quote",
        "credit",
        "reorder",
        "unpaid work",
        "welcome",
    ]
    client: str | None
    about: str
    amount: Decimal | None = None
    currency: str | None = None
    item: str | None = None


def _overdue(account: Account, today: date) -> Iterator[Attention]:
    late = [instalment for instalment in account.open if instalment.days_late(today) > 0]
    if late:
        amount = rounded(sum((instalment.open for instalment in late), ZERO), account.currency)
        oldest, others = late[0], len({instalment.number for instalment in late}) - 1
        about = f"{oldest.number}{f' and {others} more' if others else ''}, {lateness(oldest.days_late(today))}"
        yield Attention("overdue", account.client, about, amount, account.currency)


def _credit(account: Account) -> Iterator[Attention]:
    if account.free_credit > 0:
        amount = rounded(account.free_credit, account.currency)
        yield Attention("credit", account.client, "paid more than is owed", amount, account.currency)


def _quotes(book: Book, today: date) -> Iterator[Attention]:
    """Quotes that expired without an acceptance, and those that will within days."""
    for job_id, own in quotes_by_job(book.quotes, today).items():
        job, last = book.jobs.get(job_id), own[-1]
        until = last.valid_until
        if job is None or until is None or until > today + _SOON or accepted_on(job, today) or called_off(job, today):
            continue
        word = "expired on" if until < today else "is valid until"
        about = f"{last.number} {word} {until}, not accepted"
        yield Attention("quote", job.client, about, last.payable, last.currency)


def _promise_words(promised: Promised, today: date) -> str:
    word = "promised for" if promised.on >= today else "was promised for"
    number = f"{promised.entry.invoice} " if promised.entry.invoice else ""
    came = f", {rounded(promised.paid, promised.currency)} came" if promised.paid else ""
    return f"{number}{word} {promised.on}{came or (', nothing came' if promised.unkept else '')}"


def _promises(book: Book, owing: frozenset[str], today: date) -> Iterator[Attention]:
    """Promises of the next days, and those of the last days that were not kept, or in part."""
    for promised in all_promises(book, today):
        soon = promised.state == "running" and promised.on <= today + _SOON
        if promised.entry.client in owing and (soon or (promised.unkept and promised.until >= today - _SOON)):
            amount = rounded(promised.amount, promised.currency)
            yield Attention(
                "promise", promised.entry.client, _promise_words(promised, today), amount, promised.currency
            )


def _calls(book: Book, owing: Sequence[Account], today: date) -> Iterator[Attention]:
    """Calls to make, until the diary says what came of them."""
    for call in calls_to_make(book, owing, today):
        script, numbers = call.script, list(dict.fromkeys(i.number for i in call.instalments))
        who, phone = script.buyer.attention or script.buyer.name, script.buyer.phone or "find their number"
        caller = f"{script.sender.name} calls" if script.sender.name != script.seller.name else "call"
        more = f" and {len(numbers) - 1} more" if len(numbers) > 1 else ""
        about = f"{caller} {who}, {phone}, about {numbers[0]}{more}"
        yield Attention("call", script.client, about, rounded(call.open, script.currency), script.currency)


def _handovers(book: Book, owing: Sequence[Account], today: date) -> Iterator[Attention]:
    """What is owed in cases that others have."""
    diary = by_client(book.diary)
    for account in owing:
        situation = situation_on(diary.get(account.client, ()), account.client, today)
        if situation.handed_to:
            about = f"handed over to {situation.handed_to} on {situation.handed_on}: no letters"
            amount = rounded(sum((instalment.open for instalment in account.open), ZERO), account.currency)
            yield Attention("handover", account.client, about, amount, account.currency)


def _disputes(book: Book, today: date) -> Iterator[Attention]:
    for client, entries in by_client(book.diary).items():
        for number in sorted(situation_on(entries, client, today).disputed):
            yield Attention("dispute", client, f"{number} is in dispute: no letters about it")


def _reorder(book: Book, today: date) -> Iterator[Attention]:
    for level in stock_levels(book, today).values():
        if level.short is not None:
            about = f"{level.free} free, to reorder at {level.reorder_at}"
            yield Attention("reorder", None, about, item=level.item)


def _unpaid_work(book: Book, today: date) -> Iterator[Attention]:
    for found in work_before_payment(book, today):
        yield Attention(
            "unpaid work", found.client, f"{found.job}: {found}", found.open or None, found.currency or None
        )


def _approvals(book: Book, today: date) -> Iterator[Attention]:
    """The latest report of a job while its client still has time to answer it."""
    for job_id, reports in book.reports_of.items():
        job, latest = book.jobs.get(job_id), reports[-1]
        if job is None or latest.approve is None:
            continue
        for standing in standings(job, (latest,), book.mailed, today):
            answer = answer_awaited(standing, today)
            if state_of(standing, job, today) == "sent" and not answer.held:
                currency = latest.currency if latest.totals.net is not None else None
                yield Attention("approval", latest.client, answer.reason, latest.totals.net, currency)


def _holds(book: Book, today: date, to_bill: ToBill) -> Iterator[Attention]:
    for hold in holds(book, today, to_bill).values():
        yield Attention("on hold", hold.client, f"new work waits: {hold.reason}", hold.to_pay, hold.currency)


def _welcomes(book: Book, today: date) -> Iterator[Attention]:
    """The new clients who were not told the terms; in one line when they are many."""
    found = to_welcome(book, today)
    if len(found) > _FEW:
        yield Attention("welcome", None, f"{len(found)} new clients: facturar letter welcome --all")
        return
    for client in found:
        yield Attention("welcome", client, f"new: facturar letter welcome {client}")


def _mail(book: Book) -> Iterator[Attention]:
    """What waits in the outbox, in one line; and each e-mail that was refused, or of which nobody knows."""
    lying = list(waiting_mails(book))
    if count := sum(1 for mail in lying if mail.state == "waiting"):
        yield Attention("mail", None, f"{count} wait{'s' * (count == 1)} in the outbox: facturar send")
    for mail in lying:
        if mail.state == "refused":
            yield Attention("mail refused", mail.client, f"{mail.mail}: {mail.answer}")
        elif mail.state == "uncertain":
            yield Attention("mail uncertain", mail.client, f"{mail.mail} may have arrived: ask, then see facturar send")


def attention(book: Book, today: date, to_bill: ToBill | None = None) -> tuple[Attention, ...]:
    """What to look at today, mail, clients on hold and the overdue first; `to_bill` counts towards their limits."""
    all_accounts = accounts(book, today).values()
    open_accounts = [account for account in all_accounts if account.open]
    owing = frozenset(account.client for account in open_accounts)
    return (
        *_mail(book),
        *_holds(book, today, to_bill or {}),
        *(item for account in all_accounts for item in _overdue(account, today)),
        *_promises(book, owing, today),
        *_calls(book, open_accounts, today),
        *_handovers(book, open_accounts, today),
        *_approvals(book, today),
        *_disputes(book, today),
        *_quotes(book, today),
        *(item for account in all_accounts for item in _credit(account)),
        *_reorder(book, today),
        *_unpaid_work(book, today),
        *_welcomes(book, today),
    )
