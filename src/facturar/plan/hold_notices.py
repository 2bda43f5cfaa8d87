"""Which clients the round tells that new work waits until they pay, and who of those on hold is not told and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from facturar.model.book import Book
from facturar.model.letter import Letter
from facturar.plan.actions import Action, Plan, Skip
from facturar.plan.letters import round_of
from facturar.plan.notices import notice_action
from facturar.rules.credit import Hold, has_policies, hold_of, holds
from facturar.rules.customs import ladder_of
from facturar.rules.dunning import Case
from facturar.rules.hold_notices import HOLD, not_to_speak_of, why_not_told
from facturar.rules.noticing import Unfit, Wish, written_notice
from facturar.rules.settlement import Account, accounts


def _written(hold: Hold, case: Case, book: Book, today: date) -> Action | Skip:
    apart = not_to_speak_of(case)
    told = hold_of(hold.client, book, today, apart=apart) if apart else hold
    if told is None:
        numbers = ", ".join(sorted(apart))
        return Skip("notice", f"on hold only by what no letter may speak of: {numbers}", hold.client)
    if reason := why_not_told(told, case, book):
        return Skip("notice", reason, hold.client, held=bool(case.pause and case.pause.held))
    notice = written_notice(hold.client, Wish(HOLD), book, today, told)
    return Skip("notice", notice.reason, hold.client) if isinstance(notice, Unfit) else notice_action(notice)


def _each(book: Book, today: date) -> Iterator[Action | Skip]:
    own, found = accounts(book, today), round_of(book, today)
    for client_id, hold in holds(book, today).items():
        ladder = ladder_of(book.clients[client_id], book)
        if ladder is None:
            yield Skip("notice", "on hold, and this client gets no reminders", client_id)
            continue
        account = own.get((client_id, hold.currency)) or Account(client_id, hold.currency)
        yield _written(hold, found.case(account, ladder, _letters(client_id, book)), book, today)


def _letters(client_id: str, book: Book) -> list[Letter]:
    return [letter for letter in book.letters if letter.client == client_id]


def plan_hold_notices(book: Book, today: date) -> Plan:
    """The notices to clients who came to be on hold by what was issued.

    They go before the letters of the ladder, which come again and again and so would never let them: who is told today
    gets the next of these after the gap.
    """
    items = list(_each(book, today)) if has_policies(book) else []
    actions = tuple(item for item in items if isinstance(item, Action))
    return Plan(today, actions, tuple(item for item in items if isinstance(item, Skip)))
