"""The life of a book: runs on some days, and between them what clients pay, promise and dispute.

What happens is drawn as plain choices and then meant of whatever the book has by then: the third invoice of five, half
of what it asks for. A life keeps every plan with the book that it was made over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, TypeVar

from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter

from facturar.model.agreement import Hourly
from facturar.model.book import Book
from facturar.model.diary import DiaryEntry
from facturar.model.invoice import DepositTaken, Due, Invoice, InvoiceLine, TaxAmount, Totals
from facturar.model.job import Work
from facturar.model.money import rounded
from facturar.model.payment import Payment
from facturar.model.plain import plain
from facturar.model.scalars import Entry
from facturar.plan.actions import Plan
from facturar.plan.month import carried_out, plan_month
from facturar.rules.seals import sealed
from tests.properties.books import FIRST, books

Row = TypeVar("Row", InvoiceLine, TaxAmount, DepositTaken)


@dataclass(frozen=True)
class Paid:
    """Money, in eighths of what an invoice asks for, some days before or after the run.

    `early` is what an invoice asks for when it is paid early, on a day that is, and a unit more for each eighth.
    """

    how: Literal["invoice", "early", "early_oldest", "split", "oldest", "refund", "write_off", "write_off_oldest"]
    which: int
    eighths: int
    offset: int


@dataclass(frozen=True)
class Said:
    """A promise to pay within some days, a dispute, its end, or a case handed over; of an invoice or of all."""

    what: Literal["promise", "dispute", "resolved", "handover"]
    which: int
    named: bool
    offset: int
    within: int


@dataclass(frozen=True)
class Credited:
    """An invoice corrected in full on the day of the run."""

    which: int


@dataclass(frozen=True)
class LoggedLate:
    """Hours of a day that a run may have billed already."""

    which: int
    hours: int
    offset: int


Event = Paid | Said | Credited | LoggedLate


@dataclass(frozen=True)
class Run:
    """A plan and the book it was made over."""

    day: date
    before: Book
    plan: Plan

    @property
    def after(self) -> Book:
        return carried_out(self.before, self.plan)


def _told(entry: Entry) -> str:
    facts = {key: value for key, value in plain(entry).items() if key not in ("name", "address", "title")}
    return str(facts)


@dataclass(frozen=True, repr=False)
class Life:
    """A book from its start, through its runs."""

    start: Book
    runs: tuple[Run, ...]

    @property
    def end(self) -> Book:
        return self.runs[-1].after

    @property
    def last_day(self) -> date:
        return self.runs[-1].day

    def __repr__(self) -> str:
        """The life as it may be read when a property fails."""
        agreed = [f"{name}: {_told(entry)}" for name, entry in (*self.start.clients.items(), *self.start.jobs.items())]
        written = [f"{run.day}: {action.document} {action.amount}" for run in self.runs for action in run.plan.actions]
        entered = [_told(entry) for entry in (*self.end.payments, *self.end.diary)]
        days = ", ".join(str(run.day) for run in self.runs)
        return "\n".join(["a life of", *agreed, *entered, f"with runs on {days}", *written])

    def _repr_pretty_(self, printer: RepresentationPrinter, cycle: bool) -> None:
        printer.text(repr(self))


def _share(invoice: Invoice, eighths: int) -> Decimal:
    amount = abs(rounded(invoice.totals.payable * eighths / 8, invoice.currency))
    return amount or rounded(Decimal(1), invoice.currency)


def _paid_early(paid: Paid, book: Book, run: date) -> Payment | None:
    """The latest but some of the invoices that offer it, paid within its days with some cents to spare."""
    offering = [(i, d) for i in reversed(book.invoices) for d in i.discounts if d.kind == "early_payment"]
    if not offering:
        return None
    invoice, offer = offering[paid.which % len(offering)]
    return Payment(
        date=max(invoice.issued, min(run + timedelta(days=paid.offset), offer.until)),
        client=invoice.client,
        amount=offer.payable + rounded(Decimal(1), invoice.currency) * (paid.eighths - 1),
        currency=invoice.currency,
        invoice=invoice.number if paid.how == "early" else None,
    )


def _payment(paid: Paid, book: Book, run: date) -> Payment | None:
    if not book.invoices:
        return None
    invoice = book.invoices[paid.which % len(book.invoices)]
    amount = _share(invoice, paid.eighths)
    usual = Payment(
        date=run + timedelta(days=paid.offset), client=invoice.client, amount=amount, currency=invoice.currency
    )
    match paid.how:
        case "invoice":
            return usual.model_copy(update={"invoice": invoice.number})
        case "early" | "early_oldest":
            return _paid_early(paid, book, run) or usual
        case "split":
            own = [i for i in book.invoices if (i.client, i.currency) == (invoice.client, invoice.currency)]
            parts = {i.number: _share(i, paid.eighths) for i in own[:3]}
            return usual.model_copy(update={"invoices": parts, "amount": sum(parts.values()) + amount})
        case "oldest":
            return usual
        case "refund":
            return usual.model_copy(update={"kind": "refund"})
        case "write_off":
            return usual.model_copy(update={"kind": "write_off", "invoice": invoice.number})
        case "write_off_oldest":
            return usual.model_copy(update={"kind": "write_off"})


def _entry(said: Said, book: Book, run: date) -> DiaryEntry | None:
    if not book.invoices:
        return None
    invoice, on = book.invoices[said.which % len(book.invoices)], run + timedelta(days=said.offset)
    facts: dict[str, object] = {"date": on, "client": invoice.client}
    named = said.named or said.what in ("dispute", "resolved")
    facts["invoice"] = invoice.number if named and said.what != "handover" else None
    if said.what == "promise":
        return DiaryEntry.model_validate({**facts, "kind": "call", "promise": {"on": on + timedelta(days=said.within)}})
    return DiaryEntry.model_validate({**facts, "kind": said.what})


def credit_note(invoice: Invoice, number: str, day: date, previous: str | None) -> Invoice:
    """The record that takes back all of an invoice."""
    totals = Totals(**{name: -amount for name, amount in invoice.totals})
    return sealed(
        invoice.model_copy(
            update={
                "number": number,
                "kind": "credit_note",
                "issued": day,
                "supplied": None,
                "due": (Due(date=day, amount=totals.payable),),
                "covers": (),
                "corrects": invoice.number,
                "lines": tuple(_taken_back(line, "quantity", "net", "discount") for line in invoice.lines),
                "deposits": tuple(_taken_back(deposit, "net", "tax", "withheld") for deposit in invoice.deposits),
                "taxes": tuple(_taken_back(tax, "base", "amount") for tax in invoice.taxes),
                "totals": totals,
                "discounts": (),
                "annexes": (),
                "previous": previous,
            }
        )
    )


def _taken_back(row: Row, *names: str) -> Row:
    return row.model_copy(update={name: -value for name in names if (value := getattr(row, name)) is not None})


def _with_credit_note(credited: Credited, book: Book, day: date) -> Book:
    notes = [invoice for invoice in book.invoices if invoice.kind == "credit_note" and invoice.issued.year == day.year]
    whole = [i for i in book.invoices if i.kind == "invoice" and i.number not in {n.corrects for n in book.invoices}]
    if not whole:
        return book
    number = f"R-{day.year}-{len(notes) + 1:04d}"
    invoice = whole[credited.which % len(whole)]
    note = credit_note(invoice, number, day, notes[-1].seal if notes else None)
    return replace(book, invoices=(*book.invoices, note))


def _with_late_hours(late: LoggedLate, book: Book, run: date) -> Book:
    hourly = [name for name, job in book.jobs.items() if job.agreement.kind == "hourly"]
    if not hourly:
        return book
    name = hourly[late.which % len(hourly)]
    job = book.jobs[name]
    assert isinstance(job.agreement, Hourly)
    day = min(max(run + timedelta(days=late.offset), job.agreement.starts), job.agreement.ends or date.max)
    work = Work(date=day, hours=Decimal(late.hours) / 4, note="Recordado tarde")
    return replace(book, jobs={**book.jobs, name: job.model_copy(update={"work": (*job.work, work)})})


def _happened(event: Event, book: Book, run: date) -> Book:
    match event:
        case Paid():
            payment = _payment(event, book, run)
            return replace(book, payments=(*book.payments, payment)) if payment else book
        case Said():
            entry = _entry(event, book, run)
            return replace(book, diary=(*book.diary, entry)) if entry else book
        case Credited():
            return _with_credit_note(event, book, run)
        case LoggedLate():
            return _with_late_hours(event, book, run)


def _runs(book: Book, rounds: list[tuple[int, list[Event]]]) -> Iterator[Run]:
    day = FIRST
    for gap, events in rounds:
        day += timedelta(days=gap)
        for event in events:
            book = _happened(event, book, day)
        run = Run(day, book, plan_month(book, day))
        yield run
        book = run.after


_which = st.integers(0, 5)
payments = st.builds(
    Paid,
    st.sampled_from(
        [
            "invoice",
            "early",
            "early",
            "early",
            "early_oldest",
            "split",
            "oldest",
            "refund",
            "write_off",
            "write_off_oldest",
        ]
    ),
    _which,
    st.integers(1, 12),
    st.integers(-10, 20),
)
words = st.builds(
    Said,
    st.sampled_from(["promise", "promise", "dispute", "dispute", "resolved", "promise", "promise", "handover"]),
    _which,
    st.booleans(),
    st.integers(-3, 3),
    st.integers(0, 15) | st.integers(15, 40),
)
others = st.builds(Credited, _which) | st.builds(LoggedLate, _which, _which, st.integers(-40, 0))
events = st.integers(0, 4).flatmap((words, words, payments, payments, others).__getitem__)
gaps = st.sampled_from([7, 1, 3, 5, 8, 14, 15, 31, 0])
rounds = st.lists(st.tuples(gaps, st.lists(events, max_size=3)), min_size=8, max_size=16)

lives = st.builds(lambda start, drawn: Life(start, tuple(_runs(start, drawn))), books, rounds)
"""Books that were kept for a while, some runs missed."""
