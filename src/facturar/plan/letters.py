"""Which reminders are due: at most one letter a client."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from facturar.model.book import Book
from facturar.model.letter import Letter, letter_name
from facturar.plan.actions import Action, Plan, Skip
from facturar.rules.aging import lateness
from facturar.rules.customs import ladder_of
from facturar.rules.diary import Situation, by_client, situation_on
from facturar.rules.dunning import Case, Reminder, Silence, next_reminder
from facturar.rules.letter_days import Pause, pause_on
from facturar.rules.reminding import rate_missing, written_letter
from facturar.rules.settlement import Account, accounts


def _turn(account: Account, letters: Sequence[Letter]) -> tuple[date, date]:
    """Of a client's currencies, the one that was written about longest ago comes first, then the oldest debt."""
    written = [letter.date for letter in letters if letter.currency == account.currency]
    return max(written, default=date.min), min((i.due for i in account.open), default=date.max)


_CHANNELS = {"email": "mail", "phone": "phone", "letter": "letter", "registered": "registered letter"}


def _action(reminder: Reminder, letter: Letter, book: Book) -> Action:
    late = max(listed.days_late for listed in letter.invoices)
    count = len({listed.number for listed in letter.invoices})
    return Action(
        kind="letter",
        document=letter_name(letter, book.settings.currency),
        reason=f"{f'{count} invoices, ' if count > 1 else ''}{lateness(late)}, by {_CHANNELS[reminder.step.channel]}",
        client=letter.client,
        amount=letter.total,
        currency=letter.currency,
        record=letter,
    )


def _of_a_client(
    own: list[Account], book: Book, letters: list[Letter], situation: Situation, today: date, pause: Pause | None
) -> Iterator[Action | Skip]:
    client_id = own[0].client
    ladder = ladder_of(book.clients[client_id], book)
    for account in sorted(own, key=lambda account: _turn(account, letters)):
        if ladder is None:
            if any(instalment.days_late(today) > 0 for instalment in account.open):
                yield Skip("letter", "this client gets no reminders", client_id)
            continue
        match next_reminder(Case(account, ladder, letters, situation, today, pause)):
            case Reminder() as reminder if missing := rate_missing(reminder, book, today):
                yield Skip("letter", missing, client_id, held=True)
            case Reminder() as reminder:
                letter = written_letter(reminder, book, today, letters[-1] if letters else None)
                letters = [*letters, letter]
                yield _action(reminder, letter, book)
            case Silence(reason=reason, held=held):
                yield Skip("letter", reason, client_id, held=held)


def plan_letters(book: Book, today: date, *, client: str | None = None) -> Plan:
    """The letters due today, of all clients or of one; and of who owes but gets none, why."""
    owing: dict[str, list[Account]] = defaultdict(list)
    for account in accounts(book, today).values():
        if account.open and account.client in book.clients and client in (None, account.client):
            owing[account.client].append(account)
    written: dict[str, list[Letter]] = defaultdict(list)
    for letter in book.letters:
        written[letter.client].append(letter)
    diary, pause = by_client(book.diary), pause_on(book, today)
    found = [
        item
        for name, own in owing.items()
        for situation in (situation_on(diary.get(name, ()), name, today, book.settings.reminders.grace),)
        for item in _of_a_client(own, book, written[name], situation, today, pause)
    ]
    actions = (item for item in found if isinstance(item, Action))
    return Plan(today, tuple(actions), tuple(item for item in found if isinstance(item, Skip)))
