"""Invented documents under the settings of a book: what a template makes, shown before there is anything to write.

The client and the jobs are made up; everything else is the book's own: the business, its taxes, terms, ways to pay. The
records are made by the rules that make real ones, so that their sums and their mentions are right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from facturar.model.activity import Activity
from facturar.model.book import Book
from facturar.model.catalog import Item
from facturar.model.client import Client, CreditPolicy
from facturar.model.dossier import Dossier
from facturar.model.invoice import Invoice
from facturar.model.job import Job
from facturar.model.ladder import LadderStep, When
from facturar.model.letter import Letter
from facturar.model.notice import Notice
from facturar.model.quote import Quote
from facturar.model.record import Record
from facturar.plan.account_samples import account_samples
from facturar.plan.actions import Plan
from facturar.plan.activity import plan_activity
from facturar.plan.charges import plan_charge
from facturar.plan.invoices import plan_invoices
from facturar.plan.month import carried_out
from facturar.plan.quotes import plan_quote
from facturar.plan.sample_dossier import sample_dossier
from facturar.plan.sample_words import ANYWHERE, SAMPLE_PLACES, SAMPLE_WORDS
from facturar.problems import FacturarError
from facturar.rules.climbing import from_due
from facturar.rules.credit import holds
from facturar.rules.crediting import Credit, credit_note
from facturar.rules.customs import ladder_of
from facturar.rules.dunning import Reminder
from facturar.rules.noticing import NOTICES, Unfit, Wish, written_notice
from facturar.rules.numbering import Register
from facturar.rules.reminding import written_letter
from facturar.rules.settlement import accounts
from facturar.rules.simplified import simplified_limit

_ID = "sample"
_WRITTEN = ("payments", "diary", "invoices", "quotes", "letters", "notices", "activity", "receipts", "statements")


class Samples:
    """Invented documents of a book in a language, as if they were made on a day."""

    def __init__(self, book: Book, language: str, today: date) -> None:
        self._today, self._language = today, language
        self._words = SAMPLE_WORDS.get(language, SAMPLE_WORDS["en"])
        settings = book.settings.model_copy(update={"invoice_per": "job", "credit": None, "receipts": "all"})
        nothing: dict[str, Any] = dict.fromkeys(_WRITTEN, ())
        self._book = replace(book, settings=settings, clients={_ID: self._client(book)}, jobs={}, **nothing)

    def documents(self, kind: str) -> dict[str, Record]:
        """The invented documents that a kind of template is for, by the name of what is special about each."""
        return {name: make() for name, make in self._makers(kind).items()}

    def document(self, kind: str, name: str | None = None) -> Record:
        """One of them: the named, or the plainest."""
        makers = self._makers(kind)
        return makers[name or next(iter(makers))]()

    def names(self, kind: str) -> tuple[str, ...]:
        """What documents of a kind may be asked for."""
        return tuple(self._makers(kind))

    def letter(self, step: str) -> Letter:
        """A letter of a step of the ladder, or by any other template, about two invoices late enough for it."""
        ladder = ladder_of(self._book.clients[_ID], self._book)
        steps = ladder.steps if ladder else ()
        named = (s for s in steps if step in (s.name, (s.template or "").removeprefix("letters/")))
        found = next(named, LadderStep(name=step, when=When(days=5)))
        late = from_due(ladder, ladder.steps.index(found)).days if ladder and found in ladder.steps else 5
        book = self._billed_before(late)
        (account,) = accounts(book, self._today).values()
        earlier = tuple(self._today - timedelta(days=days) for days in (20, 10)) if late > 15 else ()
        ripe = account.open if late > 0 else ()
        return written_letter(Reminder(account, found, account.open, earlier, ripe), book, self._today, None)

    def notice(self, name: str, keys: Iterable[str] = ()) -> Notice:
        """A notice by a template, with two jobs that run and change their prices; `keys` are values that it uses."""
        if name == "hold":
            return self._told(Wish(name), self._on_hold())
        items = ("chair", "table")
        values = {key: self._words["value"].format(key) for key in sorted(keys)}
        after = self._today + timedelta(days=31)
        message = None if name in NOTICES - {"offer", "thank-you"} else self._words["message"]
        wish = Wish(name, items=items, discount=Decimal(10), until=after, message=message, values=values)
        return self._told(wish, self._with_running_jobs())

    def _told(self, wish: Wish, book: Book) -> Notice:
        hold = holds(book, self._today).get(_ID) if wish.name == "hold" else None
        notice = written_notice(_ID, wish, book, self._today, hold)
        if isinstance(notice, Unfit):
            raise FacturarError(f"there can be no sample under these settings: {notice.reason}", "see facturar check")
        return notice

    def dossier(self) -> Dossier:
        """A dossier about what the last letter of the ladder asks for."""
        return sample_dossier(self.letter("final"))

    def _on_hold(self) -> Book:
        """The book with two late invoices of a client who may owe 1,000, and that not for more than 45 days."""
        book = self._billed_before(50)
        policy = CreditPolicy.model_validate({"limit": "1000", "hold": "45 days"})
        held = book.clients[_ID].model_copy(update={"credit": policy})
        return replace(book, clients={**book.clients, _ID: held})

    def _with_running_jobs(self) -> Book:
        """The book with a job by the month and one by the hour, whose prices both rise, and a catalogue of two."""
        words, before, after = self._words, self._today - timedelta(days=200), self._today + timedelta(days=31)
        rate = [{"since": before, "amount": "60"}, {"since": after, "amount": "63"}]
        price = [{"since": before, "amount": "120"}, {"since": after, "amount": "126"}]
        monthly = {"kind": "recurring", "every": "month", "starts": before}
        jobs: dict[str, dict[str, Any]] = {
            "care": {
                "title": words["care"],
                "agreement": monthly,
                "lines": [{"text": words["care"], "price": price}],
            },
            "support": {"title": words["support"], "agreement": {"kind": "hourly", "starts": before, "rate": rate}},
        }
        items = {"chair": ("195", words["chair"]), "table": ("640", words["table"])}
        catalog = {
            name: Item.model_validate({"text": text, "price": amount, "unit": words["unit"]})
            for name, (amount, text) in items.items()
        }
        read = {name: Job.model_validate({"client": _ID, **job}) for name, job in jobs.items()}
        first = self._invoice().model_copy(update={"issued": before})
        return replace(self._book, jobs=read, catalog=catalog, invoices=(first,))

    def _makers(self, kind: str) -> dict[str, Callable[[], Record]]:
        makers: dict[str, dict[str, Callable[[], Record]]] = {
            "activity": {"activity": self._activity},
            "quote": {"quote": self._quote},
            "pro_forma": {"pro_forma": self._pro_forma},
        }
        for name, plans in account_samples(lambda: self._billed_before(5), self._today).items():
            makers[name] = {each: _maker(plan) for each, plan in plans.items()}
        invoices: dict[str, Callable[[], Record]] = {
            "invoice": self._invoice,
            "deposit": self._deposit,
            "final": self._final,
            "credit_note": self._credit_note,
            "debit_note": self._debit_note,
            **({"simplified": self._simplified} if simplified_limit(self._book, self._today) else {}),
        }
        return makers.get(kind, invoices)

    def _client(self, book: Book) -> Client:
        words, country = self._words, book.settings.business.address.country
        place = SAMPLE_PLACES.get(country, ANYWHERE)
        address = {"street": place.street, "postcode": place.postcode, "city": place.city, "country": country}
        return Client.model_validate(
            {
                "name": words["client"],
                "tax_id": place.tax_id,
                "address": address,
                "email": "cuentas@espiga.example",
                "phone": place.phone,
                "contacts": {"billing": {"name": words["person"], "email": "ana@espiga.example"}},
                "language": self._language,
            }
        )

    def _with(self, agreement: dict[str, Any], **more: Any) -> Book:
        """The book with one job of three lines, hours and an expense."""
        words, day = self._words, self._today
        job = {
            "client": _ID,
            "title": words["title"],
            "agreement": agreement,
            "purchase_order": "PO-2026-117",
            "message": words["message"],
            "lines": [
                {"text": words["design"], "quantity": "12.5", "unit": "h", "price": "60"},
                {"text": words["photos"], "price": "735", "discount": "10%"},
                {"text": words["hosting"], "price": "96"},
            ],
            **more,
        }
        work = [
            {"date": day - timedelta(days=9), "hours": "2", "note": words["meeting"], "rate": "60"},
            {"date": day - timedelta(days=4), "hours": "3.5", "note": words["building"], "rate": "60"},
        ]
        expenses = [{"date": day - timedelta(days=9), "text": words["travel"], "amount": "58.40"}]
        whole = Job.model_validate({"work": work, "expenses": expenses, **job})
        return replace(self._book, jobs={_ID: whole})

    def _invoice(self) -> Invoice:
        book = self._with({"kind": "completion"}, done=self._today, annexes=["work", "expenses"])
        return _issued(plan_invoices(book, self._today))

    def _deposit(self) -> Invoice:
        agreement = {"kind": "completion", "deposit": "30%", "deposit_on": self._today}
        return _issued(plan_invoices(self._with(agreement), self._today))

    def _final(self) -> Invoice:
        before = self._today - timedelta(days=30)
        agreement = {"kind": "completion", "deposit": "30%", "deposit_on": before}
        book = self._with(agreement, done=self._today)
        return _issued(plan_invoices(carried_out(book, plan_invoices(book, before)), self._today))

    def _simplified(self) -> Invoice:
        book = self._with(
            {"kind": "completion"},
            lines=[{"text": self._words["hosting"], "price": "96"}],
            **{"done": self._today, "work": [], "expenses": []},
        )
        person = {"tax_id": None, "consumer": True, "taxes": book.settings.taxes[:1]}
        client = book.clients[_ID].model_copy(update=person)
        return _issued(plan_invoices(replace(book, clients={_ID: client}), self._today))

    def _credit_note(self) -> Invoice:
        invoice = self._invoice()
        book = replace(self._book, invoices=(invoice,))
        register = Register(book.invoices, book.settings.numbering)
        return credit_note(Credit(invoice, self._words["reason"], lines=(1,)), book, self._today, register)

    def _debit_note(self) -> Invoice:
        book = self._billed_before(40)
        return _issued(plan_charge(book, self._today, _ID, (book.invoices[-1].number,)))

    def _quote(self) -> Quote:
        book = self._with({"kind": "completion", "deposit": "30%"}, work=[], expenses=[], quote={"valid": "30 days"})
        (quote,) = _records(plan_quote(book, self._today, _ID))
        assert isinstance(quote, Quote)
        return quote

    def _pro_forma(self) -> Quote:
        agreement = {"kind": "completion", "deposit": "30%", "deposit_on": self._today, "deposit_as": "request"}
        record = _records(plan_invoices(self._with(agreement), self._today))[-1]
        assert isinstance(record, Quote)
        return record

    def _activity(self) -> Activity:
        starts = self._today - timedelta(days=10)
        agreement = {"kind": "hourly", "starts": starts, "rate": "60", "approval": {"within": "5 days"}}
        book = self._with(agreement, lines=[])
        (report,) = _records(plan_activity(book, self._today, _ID, self._today))
        assert isinstance(report, Activity)
        return report

    def _billed_before(self, late: int) -> Book:
        """The book with an invoice so old that today it is so many days late, and an older one."""
        book = self._with({"kind": "completion"}, done=self._today)
        due = _issued(plan_invoices(book, self._today)).due[0].date
        first = self._today - (due - self._today) - timedelta(days=late)
        days = (first,) if late < 0 else (first - timedelta(days=9), first)
        plain = book.jobs[_ID].model_copy(update={"work": (), "expenses": ()})
        jobs = {
            f"{_ID}-{index}": plain.model_copy(update={"done": day, "lines": plain.lines[index:]})
            for index, day in enumerate(days)
        }
        book = replace(book, jobs=jobs)
        for day in days:
            book = carried_out(book, plan_invoices(book, day))
        return book


def _maker(plan: Callable[[], Plan]) -> Callable[[], Record]:
    """What makes the one record of a plan."""
    return lambda: _records(plan())[0]


def _records(plan: Plan) -> tuple[Record, ...]:
    """The records of a plan. Raises FacturarError with the reason when the book's settings allow none."""
    if not plan.records:
        reasons = "; ".join(skip.reason for skip in plan.skipped)
        raise FacturarError(f"there can be no sample under these settings: {reasons}", "see facturar check")
    return plan.records


def _issued(plan: Plan) -> Invoice:
    invoice = _records(plan)[-1]
    assert isinstance(invoice, Invoice)
    return invoice
