"""A book that is kept for a year, drawn by chance; and what is owed in it, reckoned on paper beside it.

Each time there are new jobs, what was due is issued, and the ledgers get their entries: some late, some corrected
or taken out again later. On paper stands what each does to what is owed: what is issued adds what it asks for, money
takes off its amount, a refund adds it, a write-off takes off what it closes, and a discount for paying early is there
from the day of the payment, whenever its credit note comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from facturar.model.book import Book
from facturar.model.diary import DiaryEntry
from facturar.model.invoice import Invoice
from facturar.model.job import Job
from facturar.model.money import rounded
from facturar.model.payment import Payment
from facturar.model.quote import Quote
from facturar.model.record import Record
from facturar.plan.actions import Plan
from facturar.plan.charges import plan_charge
from facturar.plan.credits import plan_credit, plan_early_credits
from facturar.plan.invoices import plan_invoices
from facturar.plan.month import carried_out
from facturar.problems import UsageError
from facturar.rules.crediting import Credit
from facturar.rules.early_payment import offer_of
from facturar.store.layout import record_path
from facturar.store.record_text import record_text
from facturar.store.scalar_text import flow_text
from tests.book_text import SETTINGS, book

FIRST = date(2026, 1, 5)
"""The first day on which anything is entered."""
CLIENTS = """
acme: {name: "Acme, S.L.", tax_id: B12345674, address: &local {street: Sol 1, city: Valencia, country: ES}}
bolt: {name: "Bolt, S.L.", tax_id: A58818501, address: *local, terms: [50% on receipt, 50% 30 days]}
casa: {name: "Casa, S.L.", tax_id: B65410011, address: *local, terms: "2% 10 days, net 30 days"}
dorn: {name: "Dorn, S.L.", tax_id: B83746875, address: *local, terms: 15 days end of month, invoice_per: client}
east: {name: "East, Inc.", address: {street: 1 Main St, city: Boston, country: US}, currency: USD, taxes: [export]}
fuji: {name: Fuji KK, address: {street: 1 Ginza, city: Tokyo, country: JP}, currency: JPY, taxes: [export]}
"""
EARLY = "casa"
"""Who is offered a discount for paying early. Each of their invoices gets one entry: none takes it by chance."""
_RECENT = 6  # it is of the latest invoices that people pay

Facts = dict[str, Any]


@dataclass(frozen=True)
class Movement:
    """What is owed more from a day on, or less."""

    day: date
    currency: str
    amount: Decimal


@dataclass
class Entered:
    """A payment as it stands in the ledger, what it moves, and whether it may be corrected: nothing follows from it."""

    facts: Facts
    moves: tuple[Movement, ...]
    loose: bool = True


@dataclass
class Keeper:
    """Who keeps the book, and what is in it by now."""

    chance: Random
    jobs: dict[str, Facts] = field(default_factory=dict)
    payments: list[Entered] = field(default_factory=list)
    diary: list[Facts] = field(default_factory=list)
    book: Book = field(default_factory=lambda: book(clients=CLIENTS))
    shut: set[str] = field(default_factory=set)
    """Invoices that are to get no further entry."""

    def live(self, day: date) -> None:
        """What comes to be since the time before, up to a day."""
        for _ in range(self.chance.randint(1, 2)):
            self._agree(day)
        self._finish(day)
        self._enter()
        self._issue(plan_invoices(self.book, day))
        for _ in range(self.chance.randint(1, 4)):
            self._pay(day)
        if self.chance.random() < 0.5:
            self._say(day)
        if self.chance.random() < 0.3:
            self._correct()
        self._enter()
        self._issue(plan_early_credits(self.book, day))
        if self.chance.random() < 0.3:
            self._credit(day)
        if self.chance.random() < 0.5:
            self._charge(day)

    def texts(self, *, split: bool) -> dict[str, str]:
        """The files of the book; the jobs in a folder once they are `split`."""
        records: list[Record] = [*self.book.invoices, *self.book.quotes]
        return {
            "facturar.yaml": SETTINGS,
            "clients.yaml": CLIENTS,
            "jobs/all.yaml" if split else "jobs.yaml": "".join(f"{n}: {flow_text(j)}\n" for n, j in self.jobs.items()),
            "payments.yaml": _list_text(entered.facts for entered in self.payments),
            "diary.yaml": _list_text(self.diary),
            **{str(record_path(record, "EUR")): record_text(record) for record in records},
        }

    def movements(self) -> Iterator[Movement]:
        """What moves the balances, by all that stands in the book."""
        for invoice in self.book.invoices:
            if not invoice.pays_early:
                yield Movement(invoice.issued, invoice.currency, invoice.totals.payable)
        for entered in self.payments:
            yield from entered.moves

    def _enter(self) -> None:
        self.book = replace(
            self.book,
            jobs={name: Job.model_validate(facts) for name, facts in self.jobs.items()},
            payments=tuple(Payment.model_validate(entered.facts) for entered in self.payments),
            diary=tuple(map(DiaryEntry.model_validate, self.diary)),
        )

    def _issue(self, plan: Plan) -> None:
        self.book = carried_out(self.book, plan)

    def _agree(self, day: date) -> None:
        """A new job: clients and kinds take turns, so that each client gets each kind."""
        turn, clients = len(self.jobs), list(self.book.clients)
        client, price = clients[turn % len(clients)], self.chance.randint(2_000, 200_000)
        amount = str(price) if client == "fuji" else f"{price / 100:.2f}"
        deposit = {"kind": "completion", "deposit": "30%"}
        steps = [
            {"name": "uno", "share": "40%", "on": day},
            {"name": "dos", "share": "60%", "on": day + timedelta(days=40)},
        ]
        kinds: list[Facts] = [
            {"kind": "completion"},
            deposit,
            {"kind": "recurring", "every": "quarter", "starts": day},
            deposit if client == EARLY else {**deposit, "deposit_as": "request"},
            {"kind": "milestones", "price": amount, "steps": steps},
        ]
        agreement = kinds[turn % len(kinds)]
        lines = [{"text": "Diseño", "price": amount}] if agreement["kind"] != "milestones" else []
        currency = {"currency": "EUR"} if client == "east" and self.chance.random() < 0.4 else {}
        job = {"client": client, "title": "Encargo", **currency, "agreement": agreement, "lines": lines}
        self.jobs[f"job-{turn + 1}"] = job

    def _finish(self, day: date) -> None:
        for job in self.jobs.values():
            if job["agreement"]["kind"] == "completion" and "done" not in job and self.chance.random() < 0.4:
                job["done"] = day

    def _say(self, day: date) -> None:
        kind = ("dispute", "handover", "call", "resolved", "returned")[len(self.diary) % 5]
        invoice = self.chance.choice(self.book.invoices) if self.book.invoices else None
        if invoice:
            promise = {"promise": {"on": day + timedelta(days=9)}} if kind == "call" else {}
            about = {"invoice": invoice.number} if kind in ("dispute", "resolved") else {}
            self.diary.append({"date": day, "client": invoice.client, "kind": kind, **about, **promise})

    def _correct(self) -> None:
        """An earlier entry was wrong: it is taken out, or gets another day."""
        loose = [entered for entered in self.payments if entered.loose]
        if loose:
            wrong = self.chance.choice(loose)
            self.payments.remove(wrong)
            if self.chance.random() < 0.5:
                day = wrong.facts["date"] + timedelta(days=self.chance.randint(1, 5))
                moves = tuple(replace(move, day=day) for move in wrong.moves)
                self.payments.append(Entered({**wrong.facts, "date": day}, moves))

    def _pay(self, day: date) -> None:
        """An entry in the payments, of that day or some days before: on a pro forma, or in one of the usual ways."""
        on = max(day - timedelta(days=self.chance.choice([0, 1, 3, 10, 25])), FIRST)
        asked = [quote for quote in self.book.quotes if quote.number not in self.shut]
        open_ = [i for i in self.book.invoices if i.totals.payable > 0 and i.number not in self.shut]
        if asked:
            self._pay_pro_forma(self.chance.choice(asked), on)
        elif open_:
            invoice = self.chance.choice(open_[-_RECENT:])
            usual = (self._by_name, self._by_name, self._by_age, self._by_age, self._shared, self._refund)
            way = self._early if invoice.client == EARLY else self.chance.choice([*usual, self._write_off])
            way(invoice, on)

    def _put(self, record: Invoice | Quote, on: date, amount: Decimal, *, loose: bool = True, **more: Any) -> None:
        """An entry about what was paid to do with a record."""
        moved = Movement(on, record.currency, amount if more.get("kind") == "refund" else -amount)
        facts = {"date": on, "client": record.client, "amount": amount, "currency": record.currency}
        self.payments.append(Entered({**facts, **more}, (moved,), loose))

    def _pay_pro_forma(self, quote: Quote, on: date) -> None:
        self.shut |= {quote.number} if self.chance.random() < 0.6 else set()
        amount = rounded(quote.payable / self.chance.choice([1, 2]), quote.currency)
        self._put(quote, on, amount, loose=False, invoice=quote.number)

    def _share(self, invoice: Invoice) -> Decimal:
        """Some of what an invoice asks for, all of it, or more."""
        eighths = self.chance.choice([1, 3, 4, 7, 8, 8, 8, 9])
        return rounded(invoice.totals.payable * eighths / 8, invoice.currency)

    def _by_name(self, invoice: Invoice, on: date) -> None:
        self._put(invoice, on, self._share(invoice), invoice=invoice.number)

    def _by_age(self, invoice: Invoice, on: date) -> None:
        self._put(invoice, on, self._share(invoice))

    def _shared(self, invoice: Invoice, on: date) -> None:
        """Parts of several invoices, and perhaps some more."""
        own = [i for i in self.book.invoices if (i.client, i.currency) == (invoice.client, invoice.currency)]
        open_ = [i for i in own if i.totals.payable > 0 and i.number not in self.shut]
        parts = {i.number: self._share(i) for i in open_[-2:]}
        self._put(invoice, on, sum(parts.values(), self.chance.choice([Decimal(0), Decimal(7)])), invoices=parts)

    def _refund(self, invoice: Invoice, on: date) -> None:
        amount = rounded(invoice.totals.payable / 4, invoice.currency)
        named: Facts = self.chance.choice([{}, {"invoice": invoice.number}])
        self._put(invoice, on, amount, kind="refund", **named)

    def _write_off(self, invoice: Invoice, on: date) -> None:
        """Of an invoice that nothing else names, so that all of it closes something."""
        asked_for = {quote.job for quote in self.book.quotes}
        if not self._named(invoice) and not asked_for.intersection(invoice.job):
            self.shut.add(invoice.number)
            amount = min(self._share(invoice), invoice.totals.payable)
            day = max(on, invoice.issued)
            self._put(invoice, day, amount, loose=False, kind="write_off", invoice=invoice.number)

    def _early(self, invoice: Invoice, on: date) -> None:
        """What the invoice asks for: less the discount, when that is still to be had, and that moves as well."""
        if self._named(invoice):
            return
        self.shut.add(invoice.number)
        offer, day = offer_of(invoice), max(on, invoice.issued)
        if offer is None or day > offer.until:
            self._put(invoice, day, invoice.totals.payable, invoice=invoice.number)
            return
        self._put(invoice, day, offer.payable, loose=False, invoice=invoice.number)
        self.payments[-1].moves += (Movement(day, invoice.currency, -offer.amount),)

    def _named(self, invoice: Invoice) -> bool:
        facts = (entered.facts for entered in self.payments)
        paid = any(invoice.number in (f.get("invoice"), *f.get("invoices", ())) for f in facts)
        return paid or any(note.corrects == invoice.number for note in self.book.invoices)

    def _credit(self, day: date) -> None:
        """A credit note for all of an invoice or a part of it, where there may be one."""
        whole = [i for i in self.book.invoices if i.kind == "invoice" and i.number not in self.shut]
        if whole:
            invoice = self.chance.choice(whole)
            self.shut |= {invoice.number} if invoice.client == EARLY else set()
            amount = None if self.chance.random() < 0.3 else rounded(invoice.totals.net / 4, invoice.currency)
            self._issue(plan_credit(self.book, day, Credit(invoice, "Devuelto", amount=amount)))

    def _charge(self, day: date) -> None:
        """A debit note for the first invoice, of some that were due, that was paid late and may be charged."""
        due = [i for i in self.book.invoices if i.kind == "invoice" and i.due[0].date < day]
        for invoice in self.chance.sample(due, len(due)):
            with suppress(UsageError):
                self._issue(plan_charge(self.book, day, invoice.client, [invoice.number]))
                return


def _list_text(entries: Iterable[Facts]) -> str:
    return "".join(f"- {flow_text(entry)}\n" for entry in entries)
