"""`show CLIENT`: all that is known of a client on one screen, and as data of a stable shape."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from textwrap import shorten, wrap
from typing import Any

from facturar.cli.charts import bars_of, sparkline
from facturar.cli.lists import job_state
from facturar.cli.output import customs_of, figure_of
from facturar.cli.prospects import score_facts
from facturar.cli.session import Opened
from facturar.model.letter import letter_name
from facturar.model.money import rounded
from facturar.plan.holds import holds_today
from facturar.plan.next_steps import NextStep, next_steps
from facturar.rules.aging import lateness
from facturar.rules.customs import currency_of, default_taxes, language_of, terms_of
from facturar.rules.grading import Score, kept_promises
from facturar.rules.promises import Promised, promises_of
from facturar.views.client_card import ClientCard, client_card

_WIDTH = 80
_HEAD = 10
_MOST = {"jobs": 4, "open": 6, "bought": 4, "diary": 5, "letters": 3, "next": 8}
_IN_CHART = 24


def card_of(client: str, found: Opened) -> ClientCard:
    """The card of a client today."""
    kept = kept_promises(promises_of(client, found.book, found.today))
    return client_card(client, found.book, found.today, kept)


def _promise_facts(promised: Promised) -> dict[str, object]:
    """A promise and what became of it."""
    currency, invoice = promised.currency, promised.entry.invoice
    return {
        "date": promised.entry.date,
        "on": promised.on,
        **({"invoice": invoice} if invoice else {}),
        "amount": rounded(promised.amount, currency),
        "paid": rounded(promised.paid, currency),
        "currency": currency,
        "state": promised.state,
    }


def client_facts(client: str, found: Opened) -> dict[str, object]:
    """What JSON gives beside the client's entry, its `jobs` and its `invoices`."""
    card, currency = card_of(client, found), found.book.settings.currency
    return {
        "owed": [
            {"currency": row.currency, "buckets": dict(row.buckets), "credit": row.credit, "balance": row.balance}
            for row in card.owed
        ],
        "open": [
            {"number": i.number, "currency": i.currency, "due": i.due, "days_late": i.days_late, "open": i.open}
            for i in card.open_items
        ],
        "billed": [vars(billed) for billed in card.billed],
        "bought": [vars(bought) for bought in card.bought],
        "score": score_facts(card.score) if card.score else None,
        "paid": [vars(paid) for paid in card.score.history] if card.score else [],
        "promises": [_promise_facts(promised) for promised in promises_of(client, found.book, found.today)],
        "diary": [entry.model_dump(exclude_none=True) for entry in card.diary],
        "letters": [letter_name(letter, currency) for letter in card.letters],
        "next": [vars(step) for step in next_steps(client, found.book, found.today)],
    }


def print_client(client: str, found: Opened) -> None:
    """A client on one screen of 80 columns, on stdout."""
    screen = _Screen(client, found)
    sys.stdout.write("\n".join(line.rstrip() for line in screen.lines()) + "\n")


class _Screen:
    """The lines of one client's screen."""

    def __init__(self, client: str, found: Opened) -> None:
        self._id, self._book, self._today = client, found.book, found.today
        self._client = found.book.clients[client]
        self._card = card_of(client, found)
        self._steps = next_steps(client, found.book, found.today)
        self._customs = customs_of(found.book)

    def lines(self) -> Iterator[str]:
        yield from self._who()
        for head, body in (
            ("Owes", self._owes()),
            ("Pays", self._pays()),
            ("Buys", self._buys()),
            ("Jobs", self._jobs()),
            ("Promises", self._promises()),
            ("Diary", self._diary()),
            ("Letters", self._letters()),
            ("Next", self._next()),
        ):
            own = list(body)
            if own:
                yield ""
            for index, line in enumerate(own):
                yield from self._fitted(f"{head if not index else '':<{_HEAD}}{line}")

    @staticmethod
    def _fitted(line: str) -> list[str]:
        """The line on the screen, on two lines of it if it is long; what is more is told by an ellipsis."""
        head = len(line[_HEAD:]) - len(line[_HEAD:].lstrip()) + _HEAD
        if len(line) <= _WIDTH or "█" in line:
            return [line]
        words, start = line[head:], line[:head]
        found = wrap(words, _WIDTH - head, subsequent_indent="  ", max_lines=2, placeholder=" …")
        return [f"{start}{found[0]}", *(f"{'':<{head}}{rest}" for rest in found[1:])]

    def _money(self, amount: Any, currency: str | None) -> str:
        sign = f" {currency}" if currency and currency != self._customs.currency else ""
        return f"{figure_of(amount, self._customs.language)}{sign}"

    def _who(self) -> Iterator[str]:
        client, book = self._client, self._book
        yield from told(client.name, self._id, client.tax_id)
        address = client.address
        where = f"{address.street}, {address.postcode or ''} {address.city}, {address.country}" if address else ""
        yield from told(" ".join(where.split()))
        yield from told(client.email, client.phone)
        for role, person in client.contacts.items():
            yield from told(f"{role}: {person.name}", person.role, person.email, person.phone)
        taxes = ", ".join(default_taxes(None, client, book)) or "no tax"
        facts = (terms_of(client, book).text, taxes, currency_of(None, client, book), language_of(client, book))
        named = ((name, getattr(client, name)) for name in ("reminders", "batch", "discount"))
        yield from told(*facts, *(f"{name} {value}" for name, value in named if value))

    def _owes(self) -> Iterator[str]:
        if not self._card.owed:
            yield "nothing"
        if hold := holds_today(self._book, self._today).get(self._id):
            yield f"on hold: {hold.reason}"
        for row in self._card.owed:
            credit = f", {self._money(row.credit, row.currency)} of it in their favour" if row.credit else ""
            note = f" ({row.note})" if row.note else ""
            yield f"{self._money(row.balance, row.currency)}{credit}{note}"
            if any(row.buckets.values()):
                yield from bars_of(list(row.buckets.items()), self._customs, _WIDTH - _HEAD)
        yield from self._some(self._open(), "open")

    def _open(self) -> Iterator[str]:
        for item in self._card.open_items:
            note = f", {item.note}" if item.note else ""
            yield f"{item.number:<14}{self._money(item.open, item.currency):>12}  {lateness(item.days_late)}{note}"

    def _some(self, lines: Iterator[str], what: str) -> Iterator[str]:
        """The first lines, and how many more there are."""
        own = list(lines)
        yield from own[: _MOST[what]]
        if len(own) > _MOST[what]:
            yield f"… and {len(own) - _MOST[what]} more"

    def _pays(self) -> Iterator[str]:
        score = self._card.score
        if score is None:
            return
        yield f"{score.grade or '–'}  {'; '.join(score.reasons)}"
        yield from _days_to_pay(score)

    def _buys(self) -> Iterator[str]:
        for billed in self._card.billed:
            count = f"{billed.invoices} invoice{'s' * (billed.invoices != 1)}"
            days = str(billed.last) if billed.first == billed.last else f"{billed.first} to {billed.last}"
            yield f"{self._money(billed.net, billed.currency)} net in {count}, {days}"
        bought = (
            f"{self._money(b.net, b.currency):>12}  {shorten(b.what, 44, placeholder=' …')}, last {b.last}"
            for b in self._card.bought
        )
        yield from self._some(bought, "bought")

    def _jobs(self) -> Iterator[str]:
        own = [(job_id, job) for job_id, job in self._book.jobs.items() if job.client == self._id]
        told = [(job_state(job, self._today), f"{job_id} ({job.agreement.kind})  {job.title}") for job_id, job in own]
        order = ("running", "done", "cancelled")
        lines = (f"{state:<10}{text}" for state, text in sorted(told, key=lambda pair: order.index(pair[0])))
        yield from self._some(lines, "jobs")

    def _promises(self) -> Iterator[str]:
        for promised in promises_of(self._id, self._book, self._today):
            amount = self._money(rounded(promised.amount, promised.currency), promised.currency)
            number = f" of {promised.entry.invoice}" if promised.entry.invoice else ""
            came = f": {self._money(rounded(promised.paid, promised.currency), promised.currency)} came"
            state = f"{promised.state}{came if promised.state == 'partly kept' else ''}"
            yield f"{promised.on}  {amount}{number}, {state} (said on {promised.entry.date})"

    def _diary(self) -> Iterator[str]:
        entries = (
            f"{entry.date}  {entry.kind:<9}{' '.join(filter(None, (entry.invoice, entry.to, entry.note)))}"
            for entry in self._card.diary
        )
        yield from self._some(entries, "diary")

    def _letters(self) -> Iterator[str]:
        letters = (
            f"{letter.date}  {letter.step:<9} {self._money(letter.total, letter.currency)} by {letter.channel}"
            for letter in self._card.letters
        )
        yield from self._some(letters, "letters")

    def _next(self) -> Iterator[str]:
        yield from self._some(map(self._step, self._steps), "next")

    def _step(self, step: NextStep) -> str:
        amount = self._money(step.amount, step.currency) if step.amount is not None else ""
        on = str(step.on) if step.on else {"held": "held", "pro_forma": "today"}.get(step.kind, "waits")
        kind = step.kind if step.on else ""
        return f"{on:<12}{' '.join(filter(None, (kind, step.subject, amount)))}: {step.reason}"


def told(*facts: str | None) -> list[str]:
    """What is known of some facts, one after the other, on as many lines of the screen as they need.

    >>> told("Ana", None, "+34 600 000 000")
    ['Ana · +34 600 000 000']
    """
    lines: list[str] = []
    for fact in filter(None, facts):
        if lines and len(lines[-1]) + len(f" · {fact}") <= _WIDTH:
            lines[-1] += f" · {fact}"
        else:
            lines += wrap(f"{'  ' if lines else ''}{fact}", _WIDTH, subsequent_indent="  ")
    return lines


def _days_to_pay(score: Score) -> Iterator[str]:
    """The days from issue to payment of the latest invoices, the oldest first, as a line of blocks."""
    if not score.history:
        return
    days = [paid.to_pay for paid in score.history[-_IN_CHART:]]
    spread = (
        f"{days[0]} days" if len(set(days)) == 1 else f"{min(days)} to {max(days)} days, half within {score.to_pay}"
    )
    yield f"{sparkline(days)}  to pay: {spread}"
