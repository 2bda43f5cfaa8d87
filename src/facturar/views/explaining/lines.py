"""Why each line of an invoice says what it says: what is billed, by which rule, at which price, less which discount."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from facturar.model.agreement import Milestones, Retainer, Share, Step
from facturar.model.book import Book
from facturar.model.invoice import Invoice, InvoiceLine
from facturar.model.job import Expense, Line, Work
from facturar.model.money import ZERO
from facturar.problems import KeyPath
from facturar.rules.origins import Origin
from facturar.rules.totals import DraftLine, priced
from facturar.views.explaining.derivation import Again, paired
from facturar.views.explaining.reason import Reason, changed, count_of, owner_of, signed
from facturar.views.explaining.written import price_at, value_at


@dataclass(frozen=True)
class Said:
    """A line as it would be today, with the book that it comes from.

    `loyal` says whether the invoice thanks its client with a discount on its prices, without tax in them.
    """

    line: InvoiceLine
    draft: DraftLine
    book: Book
    currency: str
    loyal: bool

    @property
    def origin(self) -> Origin:
        """Where it comes from."""
        return self.draft.origin


def line_reasons(record: Invoice, found: Again, book: Book) -> Iterator[Reason]:
    """A reason for each line of the record, and one for each that would be there today and is not."""
    pairs, new = paired(record, found)
    loyal = any(discount.kind == "loyalty" for discount in record.discounts)
    loyal = loyal and not (found.order and found.order.prices_include_tax)
    for index, (line, match) in enumerate(pairs, start=1):
        said = Said(*match, book, record.currency, loyal) if match else None
        yield _explained(index, line, said) if said else _as_recorded(index, line, record, found, book)
    for line in new:
        yield changed(f"today it would have one line more: {sum_of(line)} = {line.net}")


def sum_of(line: InvoiceLine) -> str:
    """How the net of a line comes about: `Logo: 2 h × 60 - 12.00`."""
    unit = f" {line.unit}" if line.unit else ""
    less = f" {signed(-line.discount)}" if line.discount else ""
    return f"{line.text}: {line.quantity:f}{unit} × {line.price:f}{less}"


def _explained(index: int, line: InvoiceLine, said: Said) -> Reason:
    parts = [*_price(said), *_discount(line, said), *_section(line), *_changes(line, said)]
    because = f"{sum_of(line)}; {rule_of(said)}"
    return Reason(f"line {index}", line.net, because, at=said.origin.of, parts=tuple(parts))


def _as_recorded(index: int, line: InvoiceLine, record: Invoice, found: Again, book: Book) -> Reason:
    """A line that nothing in the files gives any more; of a credit note, the line that it takes back."""
    if record.corrects and (original := _taken_back(line, record, book)):
        because, path = original
        return Reason(f"line {index}", line.net, f"{sum_of(line)}; {because}", at=(path,))
    return Reason(f"line {index}", line.net, f"{sum_of(line)}; {found.why_not}")


def _taken_back(line: InvoiceLine, record: Invoice, book: Book) -> tuple[str, KeyPath] | None:
    original = next((i for i in book.invoices if i.number == record.corrects), None)
    if original is None:
        return None
    for index, other in enumerate(original.lines):
        if (other.text, other.net) == (line.text, -line.net):
            path: KeyPath = ("invoices", original.number, "lines", index)
            return f"line {index + 1} of {original.number}, taken back", path
    path = ("invoices", original.number, "lines")
    return f"an amount of {original.number} taken back, shared over its taxes", path


def rule_of(said: Said) -> str:
    """The rule by which a line is billed, in words."""
    first = said.origin.of[0]
    thing = value_at(said.book, first)
    match thing:
        case Line():
            return (f"item '{thing.item}' of the catalogue" if thing.item else "a line of the job") + _while(thing)
        case Work(billable=False):
            return f"work of {thing.date} that is not billable, shown at nothing"
        case Work():
            return _hours(said)
        case Expense():
            return _expense(thing)
        case Step():
            return _step(first, said)
        case Share() if first[-1] == "deposit":
            return f"a deposit of {thing} of the lines"
        case _:
            return _of_a_retainer(first, said)


def _while(line: Line) -> str:
    """From when to when a line of the job is billed, if it says so."""
    since = f" from {line.since}" if line.since else ""
    until = f" until {line.until}" if line.until else ""
    return f",{since}{until}" if since or until else ""


def _hours(said: Said) -> str:
    entries = [entry for path in said.origin.of if isinstance(entry := value_at(said.book, path), Work)]
    days = sorted({entry.date for entry in entries})
    when = f"of {days[0]}" if len(days) == 1 else f"from {days[0]} to {days[-1]}"
    return f"{count_of(len(entries), 'entry', 'entries')} of work {when}"


def _expense(expense: Expense) -> str:
    markup = f", {expense.amount:f} and a markup of {expense.markup:f}%" if expense.markup else ""
    return f"spent on {expense.date}{markup}"


def _step(path: KeyPath, said: Said) -> str:
    agreement, step = value_at(said.book, path[:3]), value_at(said.book, path)
    if not isinstance(agreement, Milestones) or not isinstance(step, Step):
        return "a step of the agreement"
    found = price_at(said.book, said.origin.price[-1])
    price = f"the price of {found[0]:f}" if found else "the price"
    if (*path, "share") not in said.origin.price and len(agreement.steps) > 1:
        return f"the last step, what the others leave of {price}"
    share = step.share
    if share.amount is not None:
        return f"the amount of the step '{step.name}'"
    return f"{share} of {price}"


def _of_a_retainer(path: KeyPath, said: Said) -> str:
    agreement = value_at(said.book, path[:3])
    if not isinstance(agreement, Retainer):
        return f"by the agreement of {owner_of(path)}"
    if path[3:4] == ("hours",):
        days = [entry.date for at in said.origin.of[1:] if isinstance(entry := value_at(said.book, at), Work)]
        worked = f", worked from {min(days)} to {max(days)}" if days else ""
        return f"hours over the {agreement.hours:f} h of the fee and what was brought over{worked}"
    return f"the fee of the period, with {agreement.hours:f} h in it"


def _price(said: Said) -> Iterator[Reason]:
    """The price, where it stands apart from what is billed, has a day, or is charged in part."""
    for path in said.origin.price:
        priced = price_at(said.book, path)
        if priced is None:
            continue
        price, since = priced
        apart = path[:4] not in [own[:4] for own in said.origin.of]
        word = "rate" if {"rate", "extra_rate"} & set(path[-2:]) else "price"
        held = f"since {since}" if since else "as agreed"
        if price != said.draft.price and value_at(said.book, (*path[:2], "agreement", "prorate")):
            held += f"; {said.draft.price:f} by the days of the period"
        if said.line.price != said.draft.price:
            held += f", tax included: {said.line.price:f} without it"
        if apart or held != "as agreed":
            yield Reason(word, price, held, at=(path,))


def _discount(line: InvoiceLine, said: Said) -> Iterator[Reason]:
    share = said.draft.discount
    if line.discount is None or share is None or not said.origin.discount:
        return
    path = said.origin.discount[-1]
    if path[-1] == "cap":
        yield Reason("discount", line.discount, f"what goes over the cap of {value_at(said.book, path):f}", at=(path,))
    else:
        more = line.discount - (priced(said.draft, said.currency).discount or ZERO)
        thanks = f", and {more} for loyalty" if said.loyal and more else ""
        yield Reason("discount", line.discount, f"{share}, of {owner_of(path)}{thanks}", at=(path,))


def _section(line: InvoiceLine) -> Iterator[Reason]:
    if line.section:
        yield Reason("section", line.section, "the job that it is of, as the invoice gathers several")


_COMPARED = ("text", "quantity", "unit", "price", "discount", "net", "taxes")


def _changes(line: InvoiceLine, said: Said) -> Iterator[Reason]:
    """What the files say now of a line, where the record says otherwise."""
    now = said.line
    differ = [name for name in _COMPARED if getattr(line, name) != getattr(now, name)]
    if differ:
        told = "; ".join(f"{name} {_word(now, name)}, here {_word(line, name)}" for name in differ)
        yield changed(f"{owner_of(said.origin.of[0])} says otherwise now: {told}", said.origin.of[:1])


def _word(line: InvoiceLine, name: str) -> str:
    value = getattr(line, name)
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    return "none" if value is None else f"'{value}'" if name == "text" else str(value)
