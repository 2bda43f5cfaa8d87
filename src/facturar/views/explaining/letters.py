"""A letter explained: its step and why it came, each invoice that it lists, each charge by its rate and its law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from facturar.model.book import Book
from facturar.model.ladder import BUILT_IN, Ladder
from facturar.model.letter import BrokenPromise, ChargeClaimed, Letter, ListedInvoice, letter_name
from facturar.model.money import ZERO
from facturar.problems import KeyPath
from facturar.rules.customs import ladder_of
from facturar.rules.diary import situation_on
from facturar.rules.dunning import Case, Reminder, Silence, next_reminder
from facturar.rules.hold_notices import told_of_hold
from facturar.rules.interest import InterestTerms, compensation, interest_sum, interest_terms, rate_spans
from facturar.rules.late_balances import late_debts
from facturar.rules.late_charges import Charged, interest_owed
from facturar.rules.origins import Paths
from facturar.rules.seals import seal_of
from facturar.rules.settlement import Account, accounts
from facturar.views.explaining.interest import part_explained, span_explained
from facturar.views.explaining.reason import Reason, changed


@dataclass(frozen=True)
class Ladders:
    """The ladder of a client: itself, its name, and where it is chosen or written."""

    ladder: Ladder
    name: str
    at: Paths
    steps: KeyPath | None = None

    def step_at(self, step: str) -> Paths:
        """Where a step of the ladder is written; where the ladder was chosen, if it is one of facturar's own."""
        names = [rung.name for rung in self.ladder.steps]
        return ((*self.steps, names.index(step)),) if self.steps and step in names else self.at


def ladder_for(client_id: str, book: Book) -> Ladders | None:
    """The ladder of a client; None when there is none."""
    client, settings = book.clients[client_id], book.settings
    ladder = ladder_of(client, book)
    if ladder is None:
        return None
    chosen: KeyPath = ("clients", client_id, "reminders") if client.reminders else ("settings", "reminders")
    at: Paths = (chosen,) if client.reminders or "reminders" in settings.model_fields_set else ()
    if not client.reminders and settings.reminders.steps:
        return Ladders(ladder, "of the book", at, (*chosen, "steps"))
    name = client.reminders or settings.reminders.name
    if name in settings.ladders:
        return Ladders(ladder, f"'{name}'", at, ("settings", "ladders", name, "steps"))
    assert name in BUILT_IN, "a ladder that was found is the book's or built in"
    return Ladders(ladder, f"'{name}', which is built in", at)


def before_letter(letter: Letter, book: Book) -> tuple[Letter, ...]:
    """The letters that the client had before this one, by date."""
    own = [other for other in book.letters if other.client == letter.client]
    return tuple(own[: own.index(letter)] if letter in own else own)


def explained_letter(letter: Letter, book: Book, *, would: bool = False) -> Reason:
    """The letter explained. `would`: it is not written yet; then the book is as a plan would leave it."""
    name = letter_name(letter, book.settings.currency)
    when = f"would be written on {letter.date}" if would else f"of {letter.date}"
    because = f"letter to {letter.client} in {letter.currency}, {when}, by {letter.channel}"
    parts = (
        *_step(letter, book),
        *(_listed(item, letter, book) for item in letter.invoices),
        *(_charge(charge, letter, book) for charge in letter.charges),
        _total(letter),
        *_pay_by(letter, book),
        *_not_kept(letter, book),
        *_sender(letter, book),
        _seal(letter, book),
    )
    return Reason(name, letter.total, because, at=() if would else (("letters", name),), parts=parts)


def _case(letter: Letter, book: Book, ladder: Ladder) -> Case:
    """All that decided about the letter, by what the files say now of its day.

    Not whether letters went out on it at all: how far the payments were known then, nothing tells any more.
    """
    account = accounts(_own(letter.client, book), letter.date).get((letter.client, letter.currency))
    situation = situation_on(book.diary, letter.client, letter.date, book.settings.reminders.grace)
    empty = Account(letter.client, letter.currency)
    told = told_of_hold(letter.client, book, letter.date - timedelta(days=1))
    return Case(account or empty, ladder, before_letter(letter, book), situation, letter.date, told=told)


def _own(client: str, book: Book) -> Book:
    """The book with the records and payments of one client."""
    invoices = tuple(invoice for invoice in book.invoices if invoice.client == client)
    return replace(book, invoices=invoices, payments=tuple(p for p in book.payments if p.client == client))


def _step(letter: Letter, book: Book) -> Iterator[Reason]:
    found = ladder_for(letter.client, book) if letter.client in book.clients else None
    if found is None:
        gone = "the client gets no reminders now" if letter.client in book.clients else "the client is gone"
        yield Reason("step", letter.step, f"as recorded: {gone}")
        return
    case, oldest = _case(letter, book, found.ladder), max(item.days_late for item in letter.invoices)
    step = next((rung for rung in found.ladder.steps if rung.name == letter.step), None)
    late = f"{oldest} days late" if oldest > 0 else f"due in {-oldest} days" if oldest else "due on that day"
    if step is None:
        yield Reason("step", letter.step, f"as recorded: the ladder {found.name} has no such step now", at=found.at)
    else:
        because = f"it comes {step.when}, and the oldest was {late}; ladder {found.name}"
        parts = tuple(_otherwise(letter, next_reminder(case)))
        yield Reason("step", letter.step, because, at=found.step_at(letter.step), parts=parts)
    yield _after(letter, case, book)


def _otherwise(letter: Letter, now: Reminder | Silence | None) -> Iterator[Reason]:
    """What the files say now about that day, where it is another letter or none."""
    match now:
        case Reminder(step=step) if step.name == letter.step:
            return
        case Reminder(step=step):
            yield changed(f"by what the files say now it would be '{step.name}'")
        case Silence(reason=reason):
            yield changed(f"by what the files say now there would be none: {reason}")
        case None:
            yield changed("by what the files say now nothing was overdue or near on that day")


def _after(letter: Letter, case: Case, book: Book) -> Reason:
    if not case.letters:
        return Reason("follows", because="no letter before: it is the first to this client")
    last = case.letters[-1]
    allowed = last.date + timedelta(days=max(case.ladder.gap, 1))
    because = f"the '{last.step}' letter; with a gap of {case.ladder.gap} days not before {allowed}"
    if last.pay_by:
        because += f", and it gave time until {last.pay_by}"
    return Reason("follows", last.date, because, at=(("letters", letter_name(last, book.settings.currency)),))


def _listed(item: ListedInvoice, letter: Letter, book: Book) -> Reason:
    late = f"{item.days_late} days late" if item.days_late > 0 else f"due in {-item.days_late} days"
    because = f"open of {item.number}, due {item.due}: {late if item.days_late else 'due on that day'}"
    account = accounts(_own(letter.client, book), letter.date).get((letter.client, letter.currency))
    parts = account.instalments if account else ()
    now = sum((part.open for part in parts if (part.number, part.due) == (item.number, item.due)), ZERO)
    told = (changed(f"by what the files say now {now} was open on that day"),) if now != item.open else ()
    return Reason(item.number, item.open, because, at=(("invoices", item.number),), parts=told)


def _charge(charge: ChargeClaimed, letter: Letter, book: Book) -> Reason:
    subject = f"{charge.kind} {charge.number}"
    client = book.clients.get(letter.client)
    terms = interest_terms(client, book) if client else None
    if terms is None:
        return Reason(subject, charge.amount, "as recorded: no law on late payment holds for this client now")
    if charge.kind == "compensation":
        return _compensation(subject, charge, letter, terms)
    return _interest(subject, charge, letter, terms, book)


def _compensation(subject: str, charge: ChargeClaimed, letter: Letter, terms: InterestTerms) -> Reason:
    if terms.law is None:
        return Reason(subject, charge.amount, "as recorded: no law on late payment holds for this client now")
    debt = sum((item.open for item in letter.invoices if item.number == charge.number), ZERO)
    fixed = compensation(debt, terms.law, letter.currency)
    told = () if fixed and fixed.amount == charge.amount else (changed(f"the fixed sum is {fixed} now"),)
    at: KeyPath = ("regime", "late_payment", "compensation")
    return Reason(subject, charge.amount, "the fixed sum for the cost of collecting", terms.law.source, (at,), told)


def _interest(subject: str, charge: ChargeClaimed, letter: Letter, terms: InterestTerms, book: Book) -> Reason:
    """Simple interest, by each span of days on which one rate held on one base."""
    source = terms.law.source if terms.law else ""
    key = charge.number, charge.due
    item = next((item for item in letter.invoices if (item.number, item.due) == key), None)
    if item is None:
        return Reason(subject, charge.amount, "as recorded: the letter does not list what it is for")
    if charge.parts:
        parts = [part_explained(part, charge.due, terms, book, letter.client) for part in charge.parts]
        told = _otherwise_now(charge, letter, terms, book)
        because = f"{charge.days} days from {charge.parts[0].first}: base × rate × days ÷ 365"
        return Reason(subject, charge.amount, because, source, parts=(*parts, *told))
    spans = [span for span in rate_spans(terms, charge.due, letter.date) if span.known]
    parts = [span_explained(span, terms, book, letter.client) for span in spans]
    if spans and charge.percent is not None and spans[-1].percent != charge.percent:
        parts.append(changed(f"the rate of that day is {spans[-1].percent}% now, here {charge.percent}%"))
    because = f"on {item.open} for {charge.days} days from {charge.due + timedelta(days=1)}: amount × rate × days ÷ 365"
    return Reason(subject, charge.amount, because, source, parts=tuple(parts))


def _otherwise_now(charge: ChargeClaimed, letter: Letter, terms: InterestTerms, book: Book) -> Iterator[Reason]:
    """What the interest would be by what the files say now, if that is something else."""
    charged = Charged(record for record in book.invoices if record.issued < letter.date)
    for debt in late_debts((letter.client, letter.currency), book, letter.date, {(charge.number, charge.due)}):
        now = interest_sum(interest_owed(debt, terms, charged).parts)
        if now != charge.amount:
            yield changed(f"by what the files say now it would be {now}")


def _total(letter: Letter) -> Reason:
    open_ = sum((item.open for item in letter.invoices), ZERO)
    claimed = sum((charge.amount for charge in letter.charges), ZERO)
    because = f"{open_} open + {claimed} claimed" if claimed else "what is open"
    return Reason("total", letter.total, f"{because}; credit of {letter.credit} aside" if letter.credit else because)


def _pay_by(letter: Letter, book: Book) -> Iterator[Reason]:
    if letter.pay_by:
        found = ladder_for(letter.client, book) if letter.client in book.clients else None
        at = found.step_at(letter.step) if found else ()
        yield Reason("pay by", letter.pay_by, f"{(letter.pay_by - letter.date).days} days after the letter", at=at)


def _not_kept(letter: Letter, book: Book) -> Iterator[Reason]:
    """What the letter says was not kept: the day of the letter before it, and promises since then."""
    if letter.missed_pay_by:
        gave = [other for other in before_letter(letter, book) if other.pay_by == letter.missed_pay_by]
        at = tuple(("letters", letter_name(other, book.settings.currency)) for other in gave[-1:])
        yield Reason("missed", letter.missed_pay_by, "the day that the letter before gave to pay", at=at)
    for broken in letter.broken_promises:
        because = f"promised on {broken.said}: {broken.paid} of {broken.amount} came by then"
        yield Reason("promise", broken.on, because, at=_promised_at(broken, letter.client, book))


def _promised_at(broken: BrokenPromise, client: str, book: Book) -> Paths:
    said = (
        ("diary", index)
        for index, entry in enumerate(book.diary)
        if (entry.client, entry.date, entry.invoice) == (client, broken.said, broken.invoice)
        and entry.promise
        and entry.promise.on == broken.on
    )
    return tuple(said)[:1]


def _sender(letter: Letter, book: Book) -> Iterator[Reason]:
    for name, sender in book.settings.senders.items():
        if sender == letter.sender:
            yield Reason(
                "sender", letter.sender.name, f"'{name}' of the book's senders", at=(("settings", "senders", name),)
            )
            return
    if letter.sender.name == book.settings.business.name:
        yield Reason("sender", letter.sender.name, "the business itself", at=(("settings", "business", "name"),))
    else:
        yield Reason("sender", letter.sender.name, "as recorded: the book has no such sender now")


def _seal(letter: Letter, book: Book) -> Reason:
    before = before_letter(letter, book)
    whole = "fits the record" if seal_of(letter) == letter.seal else "does not fit: the record was changed"
    last = f"chained to the letter of {before[-1].date}" if before else "the first to this client"
    return Reason("seal", f"{letter.seal[:12]}…", f"{whole}; {last}")
