"""Credit notes: one that is asked for, and those that are due because a client paid early."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from facturar.model.book import Book
from facturar.model.invoice import EarlyPaymentDiscount, Invoice
from facturar.plan.actions import Action, Plan, Skip
from facturar.rules.crediting import Credit, credit_note, refusal
from facturar.rules.customs import number_pattern
from facturar.rules.early_payment import early_credit, offer_of
from facturar.rules.numbering import Register
from facturar.rules.settlement import accounts
from facturar.rules.voiding import cannot_be_void


def _issue(credit: Credit, why: str, book: Book, today: date, register: Register) -> Action | Skip:
    """The credit note, or why there can be none today."""
    invoice = credit.invoice
    latest = register.latest_day(number_pattern("credit_note", book.clients[invoice.client], book), today)
    reason = refusal(credit, book.invoices)
    credited = any(note.corrects == invoice.number for note in book.invoices)
    if credit.void and (credited or not reason) and (acted_on := cannot_be_void(invoice, book, today)):
        reason = acted_on
    if latest and latest > today:
        reason = f"the last credit note is dated {latest}: no earlier one may follow"
    elif today < invoice.issued:
        reason = f"{invoice.number} is dated {invoice.issued}: it cannot be credited before"
    if reason:
        return Skip("credit_note", reason, invoice.client, held=True)
    note = credit_note(credit, book, today, register)
    return Action(
        kind="credit_note",
        document=note.number,
        reason=f"{invoice.number}{' void' if credit.void else ''}: {why}",
        client=invoice.client,
        job=", ".join(invoice.job) or None,
        amount=note.totals.payable,
        currency=note.currency,
        record=note,
    )


def _planned(today: date, found: list[Action | Skip]) -> Plan:
    return Plan(
        today,
        tuple(item for item in found if isinstance(item, Action)),
        tuple(item for item in found if isinstance(item, Skip)),
    )


def plan_credit(book: Book, today: date, credit: Credit) -> Plan:
    """The credit note, or why there can be none."""
    register = Register(book.invoices, book.settings.numbering)
    return _planned(today, [_issue(credit, credit.reason, book, today, register)])


def _taken(book: Book, today: date, wanted: Callable[[str], bool]) -> Iterator[tuple[Invoice, EarlyPaymentDiscount]]:
    """The invoices that were paid early and have no credit note for it yet, in the order in which they were."""
    invoices = {invoice.number: invoice for invoice in book.invoices if offer_of(invoice)}
    settled = accounts(book, today) if invoices else {}  # most books promise nothing for paying early
    found = [taken for account in settled.values() if wanted(account.client) for taken in account.discounts]
    for taken in sorted(found, key=lambda taken: (taken.date, taken.number)):
        invoice = invoices[taken.number]
        if offer := offer_of(invoice):
            yield invoice, offer


def _every_client(_id: str) -> bool:
    return True


def plan_early_credits(book: Book, today: date, *, wanted: Callable[[str], bool] = _every_client) -> Plan:
    """The credit notes for the discounts that were taken by paying early, each once.

    A discount that comes after the invoice takes its base down (in Spain art. 80.Uno.2.º LIVA): the tax agency is owed
    less, and the books must say so.
    """
    register, law = Register(book.invoices, book.settings.numbering), book.regime.price_reduction
    found = []
    for invoice, offer in _taken(book, today, lambda client: client in book.clients and wanted(client)):
        notes = [note for note in book.invoices if note.corrects == invoice.number]
        why = f"{offer.percent}% off, paid by {offer.until}{f' ({law})' if law else ''}"
        found.append(_issue(early_credit(invoice, offer, notes), why, book, today, register))
    return _planned(today, found)
