"""A client explained: whose settings hold for them, how they stand, and which letter comes next or why none does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from facturar.model.book import Book
from facturar.model.letter import letter_name
from facturar.model.money import rounded
from facturar.rules.aging import lateness
from facturar.rules.credit import credit_policy, holds
from facturar.rules.customs import currency_of, default_taxes, language_of, number_pattern, terms_of
from facturar.rules.diary import Situation, situation_on
from facturar.rules.dunning import Case, Reminder, Silence, next_reminder
from facturar.rules.hold_notices import told_of_hold
from facturar.rules.letter_days import pause_on
from facturar.rules.orders import gathers
from facturar.rules.promises import Promised, promises_of
from facturar.rules.settlement import Account, Instalment, accounts
from facturar.views.explaining.letters import Ladders, ladder_for
from facturar.views.explaining.reason import Reason, setting


def explained_client(client_id: str, book: Book, today: date) -> Reason:
    """A client as of a day."""
    client = book.clients[client_id]
    parts = (*_settings(client_id, book), *_standing(client_id, book, today))
    return Reason(client_id, None, client.name, at=(("clients", client_id),), parts=parts)


def _settings(client_id: str, book: Book) -> Iterator[Reason]:
    client = book.clients[client_id]
    owners = (book, client_id, client)
    yield setting("terms", terms_of(client, book).text, *owners)
    yield setting("taxes", ", ".join(default_taxes(None, client, book)) or "none", *owners)
    yield setting("currency", currency_of(None, client, book), *owners)
    yield setting("language", language_of(client, book), *owners)
    if client.discount:
        yield setting("discount", str(client.discount), *owners)
    yield setting("invoice_per", "client" if gathers(client, book) else "job", *owners)
    yield _series(client_id, book)
    if client.requires:
        because = "without it nothing of theirs is issued"
        yield Reason("requires", ", ".join(client.requires), because, at=(("clients", client_id, "requires"),))
    yield from _credit(client_id, book)
    ladder = ladder_for(client_id, book)
    yield (
        Reason("reminders", ladder.name, _ladder_words(ladder), at=ladder.at) if ladder else _no_ladder(client_id, book)
    )


def _credit(client_id: str, book: Book) -> Iterator[Reason]:
    """What the client may owe and for how long, each key with whose it is."""
    policy, own = credit_policy(client_id, book), book.clients[client_id].credit
    words = {
        "limit": f"{book.settings.currency}, open and to bill",
        "new_limit": f"{book.settings.currency}, until a first invoice is paid",
        "hold": "days late, from which on new work waits",
    }
    for name, because in words.items():
        if (value := getattr(policy, name)) is not None:
            owner = ("clients", client_id) if own and name in own.model_fields_set else ("settings",)
            yield Reason(f"credit {name}", value, because, at=((*owner, "credit", name),))


def _series(client_id: str, book: Book) -> Reason:
    client = book.clients[client_id]
    pattern = number_pattern("invoice", client, book)
    if client.series:
        return Reason("series", pattern, "of the client", at=(("clients", client_id, "series"),))
    if "invoice" in book.settings.numbering.model_fields_set:
        return Reason("series", pattern, "of the book", at=(("settings", "numbering", "invoice"),))
    return Reason("series", pattern, "facturar's own, as the book says nothing of it")


def _ladder_words(found: Ladders) -> str:
    if any(step.when.after != "due" for step in found.ladder.steps):
        steps = ", ".join(f"{step.name} {step.when}" for step in found.ladder.steps)
    else:
        steps = ", ".join(f"{step.name} {step.when.days:+d}" for step in found.ladder.steps) + " days from the due date"
    return f"{steps}; {found.ladder.gap} days between two letters"


def _no_ladder(client_id: str, book: Book) -> Reason:
    owner = ("clients", client_id) if book.clients[client_id].reminders else ("settings",)
    return Reason("reminders", "none", "this client gets no reminders", at=((*owner, "reminders"),))


def _standing(client_id: str, book: Book, today: date) -> Iterator[Reason]:
    own = replace(
        book,
        invoices=tuple(i for i in book.invoices if i.client == client_id),
        payments=tuple(p for p in book.payments if p.client == client_id),
    )
    found = [account for account in accounts(own, today).values() if account.client == client_id]
    if not found:
        yield Reason("balance", because=f"nothing was invoiced by {today}")
    if hold := holds(book, today).get(client_id):
        yield Reason("hold", hold.to_pay, f"{hold.currency} to pay until new work goes on: {hold.reason}")
    situation = situation_on(book.diary, client_id, today, book.settings.reminders.grace)
    for account in found:
        yield _balance(account, today)
        yield from _said(client_id, situation, account, book, today)
        yield _next_letter(client_id, account, situation, book, today)


def _balance(account: Account, today: date) -> Reason:
    parts = [_open(instalment, account, today) for instalment in account.open]
    if account.credit:
        credit = rounded(-account.credit, account.currency)
        parts.append(Reason("credit", credit, "paid beyond what was owed: it pays the next invoice"))
    balance = rounded(account.balance, account.currency)
    return Reason("balance", balance, f"{account.currency} on {today}", parts=tuple(parts))


def _open(instalment: Instalment, account: Account, today: date) -> Reason:
    late = instalment.days_late(today)
    when = f"{late} days late" if late > 0 else f"in {-late} days" if late else "today"
    part = f", of {instalment.amount}" if instalment.open != instalment.amount else ""
    because = f"open, due {instalment.due}, {when}{part}"
    return Reason(
        instalment.number, rounded(instalment.open, account.currency), because, at=(("invoices", instalment.number),)
    )


def _said(client_id: str, situation: Situation, account: Account, book: Book, today: date) -> Iterator[Reason]:
    """What the diary says that bears on letters: promises that run or were broken, disputes, a handover."""
    numbers = {instalment.number for instalment in account.open}
    promises = {id(promised.entry): promised for promised in promises_of(client_id, book, today)}
    for index, entry in enumerate(book.diary):
        if entry.client != client_id or entry.date > today:
            continue
        if promised := promises.get(id(entry)):
            yield from _promise(promised, account, today, index)
        if entry.kind == "dispute" and entry.invoice in situation.disputed & numbers:
            yield Reason("dispute", entry.invoice, f"since {entry.date}: no letters about it", at=(("diary", index),))
        if entry.kind == "handover" and situation.handed_on == entry.date:
            yield Reason("handover", entry.date, f"to {entry.to or 'others'}: no more letters", at=(("diary", index),))


def _promise(promised: Promised, account: Account, today: date, index: int) -> Iterator[Reason]:
    """A promise while it holds letters back, and afterwards while something of what it was about is open."""
    at = (("diary", index),)
    if today <= promised.until:
        through = "that day" if promised.until == promised.on else str(promised.until)
        what = f"{promised.entry.invoice or 'all that is owed'}: no letters about it through {through}"
        yield Reason("promise", promised.on, what, at=at)
    elif promised.unkept and promised.currency == account.currency and any(map(promised.speaks_of, account.open)):
        came = rounded(promised.paid, promised.currency)
        what = f"{promised.state}: {came} of {rounded(promised.amount, promised.currency)} {promised.currency} came"
        yield Reason("promise", promised.on, what, at=at)


def _next_letter(client_id: str, account: Account, situation: Situation, book: Book, today: date) -> Reason:
    found = ladder_for(client_id, book)
    if found is None:
        return Reason("next letter", because="none: this client gets no reminders")
    letters = [letter for letter in book.letters if letter.client == client_id]
    at = (("letters", letter_name(letters[-1], book.settings.currency)),) if letters else ()
    told = told_of_hold(client_id, book, today)
    match next_reminder(Case(account, found.ladder, letters, situation, today, pause_on(book, today), told)):
        case Reminder(step=step, instalments=listed):
            oldest = max(instalment.days_late(today) for instalment in listed)
            numbers = ", ".join(dict.fromkeys(instalment.number for instalment in listed))
            late = lateness(oldest)
            because = f"would be written today about {numbers}: {late}, by {step.channel}"
            return Reason("next letter", step.name, because, at=found.step_at(step.name))
        case Silence(reason=reason):
            return Reason("next letter", because=f"none today: {reason}", at=at)
        case _:
            return Reason(
                "next letter", because="none: nothing is overdue, and no step comes before the due date today"
            )
