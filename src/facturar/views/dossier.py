"""A case against a client who does not pay: what is claimed, and the records that prove it. Reads the book alone.

All that is overdue is claimed, disputed or promised: whoever takes the case over has to know of it. What has not
fallen due is not.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from facturar.model.activity import Activity
from facturar.model.attachment import Attachment
from facturar.model.book import Book
from facturar.model.dossier import Copied, Dossier, Sealed
from facturar.model.invoice import Invoice
from facturar.model.letter import ChargeClaimed, Letter, ListedInvoice
from facturar.model.money import ZERO
from facturar.model.notice import Notice
from facturar.model.quote import Quote
from facturar.model.receipt import Receipt
from facturar.model.record import record_day, record_name
from facturar.model.settings import Sender
from facturar.model.statement import Statement
from facturar.rules.customs import language_of
from facturar.rules.diary import situation_on
from facturar.rules.interest import interest_terms, law_for
from facturar.rules.late_charges import Charged
from facturar.rules.one_client import book_of
from facturar.rules.parties import buyer_of, seller_of, ways_to_pay
from facturar.rules.settlement import Instalment, accounts
from facturar.rules.taxes import worded
from facturar.views.dossier_claims import charges, claims_of, late_parts, missing_rate
from facturar.views.dossier_events import Proof, deliveries, events, said
from facturar.views.dossier_proof import (
    approvals_of,
    attached_of,
    attachments_in,
    credit_notes_for,
    letters_of,
    ordered_of,
    quotes_of,
    receipts_for,
    related_to,
    reports_of,
    statements_of,
)


@dataclass(frozen=True)
class Case:
    """What a dossier is made of: its facts, the records of each part, and the files of the book that go along.

    A file in `attached` has the SHA-256 with which a record was issued, or that of today if no record has it yet;
    `printed` are those that are pages of an invoice or a quote already. `absent` are files that a job names and that
    are not there.
    """

    dossier: Dossier
    invoices: tuple[Invoice, ...]
    quotes: tuple[Quote, ...]
    reports: tuple[Activity, ...]
    receipts: tuple[Receipt, ...]
    statements: tuple[Statement, ...]
    letters: tuple[Letter | Notice, ...]
    attached: tuple[Attachment, ...]
    printed: frozenset[str]
    absent: tuple[str, ...]

    @property
    def records(self) -> tuple[Proof, ...]:
        """Every record that is in it."""
        before: tuple[Proof, ...] = (*self.invoices, *self.quotes, *self.reports)
        return (*before, *self.receipts, *self.statements, *self.letters)


@dataclass(frozen=True)
class Refused:
    """Why there is no case: what is missing, and what to do."""

    reason: str
    hint: str


@dataclass(frozen=True)
class Asked:
    """What is asked for: of which client, as of which day, to be paid by when; only some invoices, in a language.

    `notes`: with the plain notes of the diary, which are left out else.
    """

    client: str
    day: date
    until: date
    numbers: Collection[str] = ()
    language: str | None = None
    notes: bool = False


def overdue(asked: Asked, book: Book) -> dict[str, tuple[Instalment, ...]]:
    """What may be claimed, by currency: the open instalments whose day is past."""
    own = book_of(asked.client, book)
    found: dict[str, tuple[Instalment, ...]] = {}
    for (_, currency), account in accounts(own, asked.day).items():
        late = tuple(
            i for i in account.open if i.days_late(asked.day) > 0 and (not asked.numbers or i.number in asked.numbers)
        )
        if late:
            found[currency] = late
    return found


def cases(asked: Asked, book: Book) -> tuple[Case, ...] | Refused:
    """A case for each currency in which something is overdue, or why there is none."""
    found = overdue(asked, book)
    if refused := _refusal(asked, found, book):
        return refused
    made = [_case(asked, currency, late, book_of(asked.client, book)) for currency, late in sorted(found.items())]
    return next((each for each in made if isinstance(each, Refused)), None) or tuple(
        each for each in made if isinstance(each, Case)
    )


def _refusal(asked: Asked, found: dict[str, tuple[Instalment, ...]], book: Book) -> Refused | None:
    late = {instalment.number for own in found.values() for instalment in own}
    open_ = [i for account in accounts(book_of(asked.client, book), asked.day).values() for i in account.open]
    for number in asked.numbers:
        if number not in late:
            due = min((i.due for i in open_ if i.number == number), default=None)
            why = f"is not due before {due}" if due else "is settled"
            return Refused(
                f"{number} {why}: there is nothing to claim", f"see what is open: facturar show {asked.client}"
            )
    if late:
        return None
    first = min((i.due for i in open_), default=None)
    if first is None:
        return Refused(f"{asked.client} owes nothing on {asked.day}", "see who does: facturar aging")
    return Refused(f"nothing of {asked.client} is overdue on {asked.day}", f"the first is due on {first}")


def _case(asked: Asked, currency: str, late: tuple[Instalment, ...], book: Book) -> Case | Refused:
    terms, charged = interest_terms(book.clients[asked.client], book), Charged(book.invoices)
    owed = late_parts(late, book, asked.day) if terms else []
    if terms and (missing := missing_rate(owed, terms, charged)):
        return Refused(f"the interest cannot be worked out: {missing}", "write it, and call again")
    numbers = frozenset(instalment.number for instalment in late)
    claimed = [record for record in book.invoices if record.number in numbers]
    own = [*claimed, *related_to(claimed, book, asked.day)]
    quotes = quotes_of(claimed, book)
    attached, absent = attached_of(claimed, quotes, book)
    case = Case(
        dossier=_claimed(asked, currency, late, tuple(charges(owed, terms, charged)) if terms else (), book),
        invoices=(*own, *credit_notes_for(own, book, asked.day)),
        quotes=tuple(quotes),
        reports=tuple(reports_of(claimed, book, asked.day)),
        receipts=tuple(receipts_for(own, book, asked.day)),
        statements=tuple(statements_of(numbers, currency, book, asked.day)),
        letters=tuple(letters_of(claimed, book, asked.day)),
        attached=attached,
        printed=frozenset(each.file for each in attachments_in(claimed, quotes) if not each.beside),
        absent=absent,
    )
    return replace(case, dossier=_proven(case, claimed, late, book, notes=asked.notes))


def _proven(case: Case, claimed: list[Invoice], late: tuple[Instalment, ...], book: Book, *, notes: bool) -> Dossier:
    """The claim with all that proves it."""
    day, records, currency = case.dossier.date, case.records, book.settings.currency
    numbers = frozenset(record.number for record in claimed)
    orders = (ordered_of(record, book) for record in claimed)
    told = {
        "claims": claims_of(claimed, late, book, day),
        "earlier": tuple(dict.fromkeys(letter.date for letter in case.letters if _reminds(letter))),
        "orders": tuple(each for each in orders if each.purchase_order or each.quote),
        "approvals": tuple(approvals_of(claimed, list(case.reports), book, day)),
        "deliveries": deliveries(records, book, day),
        "diary": said(case.dossier.client, numbers, min(record.issued for record in claimed), book, day, notes=notes),
        "copies": tuple(_copied(record, book) for record in records),
        "seals": tuple(Sealed(name=record_name(record, currency), seal=record.seal) for record in records),
    }
    proven = case.dossier.model_copy(update=told)
    others = [record for record in case.invoices if record not in claimed and record.corrects is None]
    related = claims_of(others, (), book, day) if others else ()
    return proven.model_copy(update={"events": events(proven, related, records, book)})


def _reminds(letter: Letter | Notice) -> bool:
    """Whether a letter asked for something that was late then."""
    return isinstance(letter, Letter) and any(listed.days_late > 0 for listed in letter.invoices)


def _copied(record: Proof, book: Book) -> Copied:
    name, day = record_name(record, book.settings.currency), record_day(record)
    match record:
        case Invoice():
            return Copied(part="invoices", name=name, date=day, kind=record.kind, amount=record.totals.payable)
        case Quote():
            return Copied(part="orders", name=name, date=day, kind=record.kind, amount=record.totals.payable)
        case Activity():
            return Copied(part="approvals", name=name, date=day, kind="activity")
        case Receipt():
            return Copied(part="payments", name=name, date=day, kind="receipt", amount=record.amount)
        case Statement():
            return Copied(part="statements", name=name, date=day, kind="statement", amount=record.balance)
        case Letter():
            return Copied(part="letters", name=name, date=day, kind="letter", amount=record.total)
        case Notice():
            return Copied(part="letters", name=name, date=day, kind="notice")


def _claimed(
    asked: Asked, currency: str, late: tuple[Instalment, ...], on_top: tuple[ChargeClaimed, ...], book: Book
) -> Dossier:
    """The claim itself: both sides, what is open and what is claimed on top."""
    client, business = book.clients[asked.client], book.settings.business
    language, terms = asked.language or language_of(client, book), interest_terms(client, book)
    law = law_for(client, book)
    total = sum((i.open for i in late), ZERO) + sum((charge.amount for charge in on_top), ZERO)
    numbers = "+".join(dict.fromkeys(instalment.number for instalment in late))
    situation = situation_on(book.diary, asked.client, asked.day)
    handed = situation.handed_to
    return Dossier(
        client=asked.client,
        date=asked.day,
        until=asked.until,
        language=language,
        seller=seller_of(business),
        buyer=buyer_of(client),
        sender=Sender(name=business.name, email=business.email, phone=business.phone, signature=business.signature),
        currency=currency,
        to=handed if handed in ("lawyer", "agency", "court") else None,
        invoices=tuple(
            ListedInvoice(number=i.number, issued=i.issued, due=i.due, open=i.open, days_late=i.days_late(asked.day))
            for i in late
        ),
        claims=(),
        disputed=tuple(sorted(situation.disputed & {i.number for i in late})),
        charges=on_top,
        total=total,
        law=worded(law.cited or law.name, language) if law and on_top else None,
        agreed=bool(terms and terms.agreed and on_top),
        payment_methods=ways_to_pay(book.settings.payment_methods, numbers, total, currency),
    )
