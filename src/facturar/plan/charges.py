"""Debit notes that are asked for: one for each currency in which a client has paid late, or why there can be none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.client import Client
from facturar.model.invoice import Invoice
from facturar.model.letter import Letter
from facturar.model.money import ZERO, rounded
from facturar.plan.actions import Action, Plan
from facturar.problems import UsageError
from facturar.rules.customs import number_pattern
from facturar.rules.debit_notes import InvoiceCharge, Wanted, claimed_in, day_to_pay, debit_note, invoice_charges
from facturar.rules.diary import situation_on
from facturar.rules.interest import InterestTerms, interest_sum, interest_terms
from facturar.rules.late_balances import LateDebt, late_debts
from facturar.rules.late_charges import Charged, rate_to_give
from facturar.rules.numbering import Register

_KINDS = frozenset({"interest", "compensation"})


def _no_terms(client_id: str, client: Client, book: Book) -> UsageError:
    """Why nothing can be claimed of a client at all."""
    if client.consumer:
        return UsageError(
            f"'{client_id}' is a consumer: no interest or costs are claimed of them", "ask for what is open"
        )
    if book.regime.late_payment:
        message = f"'{client_id}' has no tax_id, and is taken for a consumer: the law protects only between businesses"
        return UsageError(message, "add tax_id: to the client, or late_interest: 12% a year if you agreed on it")
    message = f"the regime '{book.settings.regime}' has no law on late payment, and nothing was agreed"
    return UsageError(message, "if you agreed on interest, write it with the client: late_interest: 12% a year")


def _terms(client_id: str, book: Book) -> InterestTerms:
    client = book.clients[client_id]
    terms = interest_terms(client, book)
    if terms is None:
        raise _no_terms(client_id, client, book)
    if terms.law and terms.law.taxed:
        message = f"tax is owed on late interest ({terms.law.taxed}): it needs an invoice, and a debit note has no tax"
        raise UsageError(message, "bill what the letter claimed by a line of a job")
    return terms


def _named(client_id: str, numbers: Sequence[str], debts: Sequence[LateDebt], book: Book, today: date) -> Wanted:
    """All that is owed on invoices that are named, if they may be charged."""
    records = {record.number: record for record in book.invoices}
    for number in numbers:
        if records[number].client != client_id:
            raise UsageError(f"{number} is of '{records[number].client}'", f"see facturar show {number}")
        if records[number].kind in ("debit_note", "credit_note"):
            raise UsageError(f"{number} is a {records[number].kind.replace('_', ' ')}: it bears no interest", "")
        if number not in {debt.number for debt in debts}:
            raise UsageError(f"{number} was not late by {today}", f"see facturar explain {number}")
    return dict.fromkeys(numbers, _KINDS)


def _claimed(client_id: str, book: Book, today: date) -> Wanted:
    """What letters have claimed, of invoices that are not in dispute."""
    disputed, claimed = (
        situation_on(book.diary, client_id, today).disputed,
        claimed_in(_letters(client_id, book, today)),
    )
    return {number: kinds for number, kinds in claimed.items() if number not in disputed}


def _letters(client_id: str, book: Book, today: date) -> list[Letter]:
    return [letter for letter in book.letters if letter.client == client_id and letter.date <= today]


def _nothing(client_id: str, wanted: Wanted, debts: Sequence[LateDebt], book: Book, today: date) -> UsageError:
    """Why there is nothing to charge."""
    if wanted:
        notes = [
            record.number for record in book.invoices if record.kind == "debit_note" and record.client == client_id
        ]
        by = f" by {', '.join(notes)}" if notes else ""
        return UsageError(f"all that is owed on {', '.join(wanted)} is charged{by}", f"see facturar show {client_id}")
    disputed = situation_on(book.diary, client_id, today).disputed
    numbers = list(dict.fromkeys(debt.number for debt in debts))
    if late := [number for number in numbers if number not in disputed]:
        how = " ".join(f"--invoice {number}" for number in late[:3])
        message = f"no letter has claimed interest or costs of '{client_id}'"
        return UsageError(message, f"what was paid late may be charged by name: facturar charge {client_id} {how}")
    if numbers:
        return UsageError(f"{', '.join(numbers)}: in dispute", f"when it is settled: facturar resolve {numbers[0]}")
    return UsageError(f"no invoice of '{client_id}' was late", f"see facturar show {client_id}")


def _reason(charges: Sequence[InvoiceCharge]) -> str:
    """`interest 12.86, compensation 40.00 on F-2026-0012`."""
    interest = sum((interest_sum(charge.parts) for charge in charges), ZERO)
    fixed = sum((charge.compensation.amount for charge in charges if charge.compensation), ZERO)
    named: list[tuple[str, Decimal]] = [("interest", interest), ("compensation", fixed)]
    numbers = charges[0].number if len(charges) == 1 else f"{len(charges)} invoices"
    return f"{', '.join(f'{name} {amount}' for name, amount in named if amount)} on {numbers}"


def _action(note: Invoice, charges: Sequence[InvoiceCharge]) -> Action:
    return Action(
        kind="debit_note",
        document=note.number,
        reason=_reason(charges),
        client=note.client,
        amount=rounded(note.totals.payable, note.currency),
        currency=note.currency,
        record=note,
    )


def plan_charge(
    book: Book, today: date, client_id: str, numbers: Sequence[str] = (), *, due: date | None = None
) -> Plan:
    """A debit note for what letters have claimed of a client, worked out through today or the day of the payment.

    It is due on the latest day that those letters gave, if that is to come, else on receipt; or on `due`. With
    `numbers` it is for those invoices alone, whether a letter has claimed anything or not: interest is owed without a
    reminder (art. 5 Ley 3/2004). Raises UsageError, with a hint, when there is nothing to charge or it may not be.
    """
    terms, charged = _terms(client_id, book), Charged(book.invoices)
    currencies = dict.fromkeys(record.currency for record in book.invoices if record.client == client_id)
    late = {currency: late_debts((client_id, currency), book, today) for currency in currencies}
    debts = [debt for own in late.values() for debt in own]
    wanted = _named(client_id, numbers, debts, book, today) if numbers else _claimed(client_id, book, today)
    found = {currency: invoice_charges(own, terms, charged, wanted) for currency, own in late.items()}
    if unknown := min((day for _, day in found.values() if day), default=None):
        raise UsageError(rate_to_give(terms, unknown), "then charge again")
    if not any(charges for charges, _ in found.values()):
        raise _nothing(client_id, wanted, debts, book, today)
    register = Register(book.invoices, book.settings.numbering)
    latest = register.latest_day(number_pattern("debit_note", book.clients[client_id], book), today)
    if latest and latest > today:
        raise UsageError(
            f"the last debit note is dated {latest}: no earlier one may follow", "see facturar list invoices"
        )
    letters, actions = _letters(client_id, book, today), []
    for currency, (charges, _) in found.items():
        if charges:
            by = due or day_to_pay(charges, letters, today)
            actions.append(_action(debit_note(client_id, currency, charges, book, today, register, by), charges))
    return Plan(today, tuple(actions))
