"""Which reminders are due: at most one letter a client."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from facturar.model.book import Book
from facturar.model.diary import DiaryEntry
from facturar.model.ladder import Ladder
from facturar.model.letter import Letter, letter_name
from facturar.plan.actions import Action, Plan, Skip
from facturar.rules.aging import lateness
from facturar.rules.customs import ladder_of
from facturar.rules.diary import by_client, situation_on
from facturar.rules.dunning import Case, Reminder, Silence, next_reminder
from facturar.rules.hold_notices import told_of_hold
from facturar.rules.letter_days import Pause, pause_on
from facturar.rules.reminding import rate_missing, sender_id, written_letter
from facturar.rules.settlement import Account, accounts


def _turn(account: Account, letters: Sequence[Letter]) -> tuple[date, date]:
    """Of a client's currencies, the one that was written about longest ago comes first, then the oldest debt."""
    written = [letter.date for letter in letters if letter.currency == account.currency]
    return max(written, default=date.min), min((i.due for i in account.open), default=date.max)


_BY = {"email": "by mail", "phone": "by phone", "letter": "by letter", "registered": "by registered letter"}


def _action(reminder: Reminder, letter: Letter, book: Book) -> Action:
    late = max(listed.days_late for listed in letter.invoices)
    count = len({listed.number for listed in letter.invoices})
    sender = f", {reminder.step.sender} sends it" if reminder.step.sender else ""
    return Action(
        kind="letter",
        document=letter_name(letter, book.settings.currency),
        reason=f"{f'{count} invoices, ' if count > 1 else ''}{lateness(late)}, {_BY[reminder.step.channel]}{sender}",
        client=letter.client,
        amount=letter.total,
        currency=letter.currency,
        record=letter,
    )


@dataclass(frozen=True)
class Round:
    """What holds for all clients on a day; `sender` is the one whose letters alone are written, if it is one."""

    book: Book
    today: date
    sender: str | None
    diary: Mapping[str, Sequence[DiaryEntry]]
    pause: Pause | None

    def case(self, account: Account, ladder: Ladder, letters: Sequence[Letter]) -> Case:
        """All that decides about the next letter to a client."""
        grace, client = self.book.settings.reminders.grace, account.client
        situation = situation_on(self.diary.get(client, ()), client, self.today, grace)
        told = told_of_hold(client, self.book, self.today)
        return Case(account, ladder, letters, situation, self.today, self.pause, told)


def round_of(book: Book, today: date, sender: str | None = None) -> Round:
    """What holds for all clients on a day."""
    return Round(book, today, sender, by_client(book.diary), pause_on(book, today))


def _of_a_client(own: list[Account], letters: list[Letter], found: Round) -> Iterator[Action | Skip]:
    book, client_id = found.book, own[0].client
    ladder = ladder_of(book.clients[client_id], book)
    for account in sorted(own, key=lambda account: _turn(account, letters)):
        if ladder is None:
            if any(instalment.days_late(found.today) > 0 for instalment in account.open):
                yield Skip("letter", "this client gets no reminders", client_id)
            continue
        case = found.case(account, ladder, letters)
        match next_reminder(case):
            case Reminder(step=step) if found.sender not in (None, sender_id(step, book)):
                yield Skip("letter", f"'{step.name}' is due, and {sender_id(step, book)} sends it", client_id)
            case Reminder() as reminder if missing := rate_missing(reminder, book, found.today):
                yield Skip("letter", missing, client_id, held=True)
            case Reminder() as reminder:
                letter = written_letter(reminder, book, found.today, letters[-1] if letters else None)
                letters = [*letters, letter]
                yield _action(reminder, letter, book)
                yield from (Skip("letter", f"{words}: the letter leaves it out", client_id) for words in case.left_out)
            case Silence(reason=reason, held=held):
                yield Skip("letter", reason, client_id, held=held)


def plan_letters(book: Book, today: date, *, client: str | None = None, sender: str | None = None) -> Plan:
    """The letters due today, of all clients or of one, of all senders or of one; and of who owes but gets none, why."""
    owing: dict[str, list[Account]] = defaultdict(list)
    for account in accounts(book, today).values():
        if account.open and account.client in book.clients and client in (None, account.client):
            owing[account.client].append(account)
    written: dict[str, list[Letter]] = defaultdict(list)
    for letter in book.letters:
        written[letter.client].append(letter)
    found = round_of(book, today, sender)
    items = [item for name, own in owing.items() for item in _of_a_client(own, written[name], found)]
    actions = tuple(item for item in items if isinstance(item, Action))
    return Plan(today, actions, tuple(item for item in items if isinstance(item, Skip)))
