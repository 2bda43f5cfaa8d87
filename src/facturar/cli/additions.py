"""An addition to a human file: the book is read with it first, and only a book without errors replaces the file."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import PurePosixPath

from facturar.cli.diagnosis import diagnosis
from facturar.cli.exchange_words import difference_told
from facturar.cli.output import say
from facturar.cli.session import Opened, Session
from facturar.model.book import Book
from facturar.model.money import rounded
from facturar.model.plain import Facts
from facturar.problems import BookError, KeyPath, errors
from facturar.rules.exchange_difference import all_exchanged
from facturar.rules.prepayment import work_before_payment
from facturar.rules.pro_formas import all_asked
from facturar.rules.settlement import accounts
from facturar.rules.stock import Level, stock_levels
from facturar.store.editing import Append, Edit, SetKey, apply_edit, edited_text, file_for_new
from facturar.store.reading import read_book
from facturar.views.payment_state import payment_states
from facturar.views.quote_state import quote_states


@dataclass(frozen=True)
class Addition:
    """What is added, and where in the book: at the end of a ledger, or inside a job."""

    ledger: str
    job: str | None
    path: KeyPath
    value: Facts
    to_end: bool

    @classmethod
    def to_list(cls, ledger: str, item: Facts) -> Addition:
        """An entry of the payments or the diary."""
        return cls(ledger, None, (), item, to_end=True)

    @classmethod
    def to_job(cls, job: str, path: KeyPath, item: Facts) -> Addition:
        """An entry of a list of a job."""
        return cls("jobs", job, path, item, to_end=True)

    @classmethod
    def set_in_job(cls, job: str, path: KeyPath, value: Facts) -> Addition:
        """A key of a job."""
        return cls("jobs", job, path, value, to_end=False)

    def edit(self, found: Opened) -> tuple[PurePosixPath, Edit]:
        """The file, and the edit in it."""
        if self.job is None:
            return file_for_new(found.folder, self.ledger), Append((), self.value)
        home = found.sources.home((self.ledger, self.job))
        assert home, "a job that was read has its file"
        path = home.path + self.path
        return PurePosixPath(home.file), Append(path, self.value) if self.to_end else SetKey(path, self.value)


def _book_with(found: Opened, file: PurePosixPath, text: str) -> Book:
    """The book as it would be. Raises BookError when the addition makes it wrong."""
    reading = read_book(found.folder, overrides={str(file): text})
    problems = errors(diagnosis(reading, found.folder, found.today))
    if reading.book is None or problems:
        raise BookError(problems)
    return reading.book


def _added_lines(old: str, new: str) -> list[str]:
    """What stands between the beginning and the end that both texts share."""
    before, after = old.splitlines(), new.splitlines()
    first = _shared(before, after)
    last = _shared(before[first:][::-1], after[first:][::-1])
    return after[first : len(after) - last]


def _shared(one: list[str], other: list[str]) -> int:
    """How many lines two texts share at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (mine, yours) in pairs if mine != yours), min(len(one), len(other)))


def _left(level: Level, unit: str | None) -> str:
    """`chair: 3 pcs left, 1 free; reorder, 3 short of 4`."""
    left = f"{level.item}: {level.on_hand}{f' {unit}' if unit else ''} left, {level.free} free"
    if level.short is None:
        return left
    return f"{left}; reorder, {f'{level.short} short of' if level.short else 'down to'} {level.reorder_at}"


def _taken(before: Book, after: Book, found: Opened) -> list[str]:
    """What is left of the products that the addition took from stock."""
    was = stock_levels(before, found.today)
    return [
        _left(level, after.catalog[level.item].unit)
        for level in stock_levels(after, found.today).values()
        if level.on_hand is not None and level.on_hand != was[level.item].on_hand
    ]


def _told(before: Book, after: Book, found: Opened) -> list[str]:
    """What the addition changed in what is owed, and in the stock; and whether its work should wait for money."""
    old, new = payment_states(before, found.today), payment_states(after, found.today)
    lines = [
        f"{number}: {state.status}"
        + (f", {state.discount} off for paying early" if state.discount else "")
        + (f", {state.open} open" if state.open else "")
        for number, state in new.items()
        if state != old[number]
    ]
    lines += _told_of_quotes(before, after, found)
    credits_before = {key: account.free_credit for key, account in accounts(before, found.today).items()}
    lines += _told_of_what_was_asked(before, after, found)
    lines += [
        f"{client}: {rounded(account.free_credit, currency)} {currency} of credit"
        for (client, currency), account in accounts(after, found.today).items()
        if account.free_credit > 0 and account.free_credit != credits_before.get((client, currency))
    ]
    unpaid = (w for w in work_before_payment(after, found.today) if before.jobs.get(w.job) != after.jobs[w.job])
    warned = [f"{work.job}: {work}" for work in unpaid]
    return [*lines, *_taken(before, after, found), *_received(before, after), *warned]


def _received(before: Book, after: Book) -> list[str]:
    """What the payment that was added brought in, if that is in another currency."""
    parts = list(all_exchanged(after))
    for known in all_exchanged(before):
        if known in parts:
            parts.remove(known)
    return [difference_told(part) for part in parts]


def _told_of_quotes(before: Book, after: Book, found: Opened) -> list[str]:
    """What the addition changed about quotes and pro formas."""
    old, new = quote_states(before, found.today), quote_states(after, found.today)
    return [
        f"{number}: {state.status}" + (f", {state.paid} so far" if state.status == "partly paid" else "")
        for number, state in new.items()
        if state != old.get(number)
    ]


def _told_of_what_was_asked(before: Book, after: Book, found: Opened) -> list[str]:
    """The pro formas that wait for money of a client whose new payment names nothing: it may have been for one."""
    unnamed = {
        payment.client
        for payment in after.payments
        if payment.kind == "payment" and not (payment.invoice or payment.invoices) and payment not in before.payments
    }
    states = quote_states(after, found.today)
    return [
        f"{number} waits for {asked.missing}: if this was for it, add invoice: {number} to the line"
        for asked in all_asked(after, found.today)
        if asked.record.client in unnamed and states[number := asked.record.number].status in ("open", "partly paid")
    ]


def add(found: Opened, addition: Addition, session: Session, *, dry_run: bool) -> None:
    """Do an addition and show its lines; in a dry run only show them."""
    file, edit = addition.edit(found)
    was = found.sources.texts.get(str(file), "")
    text = edited_text(was, edit)
    after = _book_with(found, file, text)
    if not dry_run:
        apply_edit(found.folder, file, edit, was, disk=session.disk)
    sys.stdout.write("".join(f"{file}: {line.strip()}\n" for line in _added_lines(was, text)))
    for line in _told(found.book, after, found):
        say(line, quiet=session.quiet)
