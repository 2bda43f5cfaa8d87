"""Which notices are to be written: one thing told to some clients, and who of them does not get it and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from facturar.model.book import Book
from facturar.model.notice import HoldTold, Notice, notice_name
from facturar.plan.actions import Action, Plan, Skip
from facturar.plan.holds import holds_today
from facturar.rules.new_clients import WELCOME, first_invoices, is_new
from facturar.rules.noticing import (
    Unfit,
    Wish,
    in_touch,
    owing_clients,
    shows_the_accounts,
    told_before,
    written_notice,
)

_ONCE = frozenset({WELCOME})


def notice_action(notice: Notice) -> Action:
    """A notice to write."""
    return Action(
        kind="notice",
        document=notice_name(notice),
        reason=_reason(notice),
        client=notice.client,
        amount=notice.hold.pay if notice.hold else None,
        currency=notice.currency if notice.hold else None,
        record=notice,
    )


_CHANNELS = {"email": "by mail", "phone": "by phone", "letter": "by letter", "registered": "by registered letter"}


def _reason(notice: Notice) -> str:
    count = len(notice.changes)
    told = [f"{count} price{'s' * (count > 1)}"] if count else []
    told += [f"from {notice.since}"] if notice.since else []
    told += [f"until {notice.until}"] if notice.until else []
    told += [_beyond(notice.hold, notice.currency)] if notice.hold else []
    return ", ".join([" ".join(told), _CHANNELS[notice.channel]] if told else [_CHANNELS[notice.channel]])


def _beyond(hold: HoldTold, currency: str) -> str:
    """What is beyond what was agreed, in a few words."""
    billed = f" and {hold.to_bill} to bill" if hold.to_bill else ""
    over = [f"{hold.open} {currency} open{billed}, over {hold.limit}"] if hold.limit is not None else []
    late = [f"more than {hold.days} days late"] if hold.days is not None else []
    return " and ".join([*over, *late])


def _left_out(wish: Wish, everyone: Iterable[str], book: Book, day: date) -> Iterator[tuple[str, str | None]]:
    """Each client, and why one who was not named is not written to."""
    owing = owing_clients(book, day)
    first = first_invoices(book.invoices, day)
    for client in everyone:
        before = told_before(client, wish.name, book) if wish.name in _ONCE else None
        if before:
            yield client, f"had it on {before.date}"
        elif wish.name in _ONCE and not is_new(first.get(client), day):
            yield client, f"no new client: a first invoice on {first[client]}"
        elif not in_touch(client, book, day, owing):
            yield client, "no job of theirs runs, and they owe nothing"
        else:
            yield client, None


def _nothing_new(client: str, wish: Wish, book: Book, day: date) -> str | None:
    """Why there is no account to tell a client of, if that is what is to be told."""
    last = shows_the_accounts(client, book, day) if wish.name == "new-account" else None
    return f"no new account: {last.number} has the book's already" if last else None


def plan_notices(book: Book, day: date, wish: Wish, clients: Iterable[str], *, named: bool) -> Plan:
    """The notices to some clients, and who gets none and why; those who were `named` are written to if it can be."""
    asked = ((client, None) for client in clients) if named else _left_out(wish, clients, book, day)
    plan, held = Plan(day), holds_today(book, day) if wish.name == "hold" else {}
    for client, reason in asked:
        reason = reason or _nothing_new(client, wish, book, day)
        found = Unfit(reason) if reason else written_notice(client, wish, book, day, held.get(client))
        if isinstance(found, Unfit):
            plan += Plan(day, skipped=(Skip("notice", found.reason, client),))
        else:
            plan += Plan(day, (notice_action(found),))
    return plan
