"""What is claimed in a case: each invoice with what was laid on it, and interest and compensation on top."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.dossier import Claim, Settled
from facturar.model.invoice import Invoice
from facturar.model.letter import ChargeClaimed
from facturar.model.money import ZERO
from facturar.rules.interest import InterestTerms, interest_sum
from facturar.rules.late_balances import LateDebt, late_debts
from facturar.rules.late_charges import Charged, compensation_owed, interest_owed, rate_to_give
from facturar.rules.settlement import Instalment, accounts, payment_currency


def late_parts(late: Sequence[Instalment], book: Book, day: date) -> list[LateDebt]:
    """The late instalments with what was owed on them each day."""
    wanted = {(instalment.number, instalment.due) for instalment in late}
    keys = dict.fromkeys((part.client, part.currency) for part in late)
    return [debt for key in keys for debt in late_debts(key, book, day, wanted)]


def missing_rate(debts: list[LateDebt], terms: InterestTerms, charged: Charged) -> str | None:
    """What rate the book has to give; None when every rate is known."""
    owed = (interest_owed(debt, terms, charged) for debt in debts)
    unknown = min((found.unknown for found in owed if found.unknown), default=None)
    return rate_to_give(terms, unknown) if unknown else None


def charges(debts: list[LateDebt], terms: InterestTerms, charged: Charged) -> Iterator[ChargeClaimed]:
    """Interest and compensation on what is claimed, less what debit notes have charged before."""
    for debt in debts:
        parts = interest_owed(debt, terms, charged).parts
        if amount := interest_sum(parts):
            yield ChargeClaimed(
                kind="interest",
                number=debt.number,
                due=debt.due,
                percent=parts[-1].percent,
                days=sum(part.days for part in parts),
                amount=amount,
                parts=parts,
            )
    dues = {debt.number: debt.due for debt in reversed(debts)}
    for number, money in compensation_owed(debts, terms, charged).items():
        yield ChargeClaimed(kind="compensation", number=number, due=dues[number], amount=money.amount)


def claims_of(claimed: Sequence[Invoice], late: Sequence[Instalment], book: Book, day: date) -> tuple[Claim, ...]:
    """The invoices, all of one account: what was asked for, what was laid on each and when, what is claimed."""
    key = (claimed[0].client, claimed[0].currency)
    since = min(record.issued for record in claimed)
    came = {p.date for p in book.payments} | {i.issued for i in book.invoices}
    opens = [(on, _open(key, book, on)) for on in sorted({max(each, since) for each in came if each <= day} | {day})]
    return tuple(_claim(record, late, opens, book) for record in claimed)


def _open(key: tuple[str, str], book: Book, day: date) -> dict[str, Decimal]:
    """What is open of each invoice of an account at the end of a day."""
    found: dict[str, Decimal] = {}
    for part in accounts(book, day)[key].open:
        found[part.number] = found.get(part.number, ZERO) + part.open
    return found


def _claim(
    record: Invoice, late: Sequence[Instalment], opens: Sequence[tuple[date, dict[str, Decimal]]], book: Book
) -> Claim:
    """One of them, from what was open of each on every day on which that may have changed."""
    before, settled = record.totals.payable, list[Settled]()
    for on, left in opens:
        if on >= record.issued:
            now = left.get(record.number, ZERO)
            settled += _laid(record, on, before - now, book)
            before = now
    open_ = sum((i.open for i in late if i.number == record.number), ZERO)
    return Claim(
        number=record.number,
        issued=record.issued,
        amount=record.totals.payable,
        settled=tuple(settled),
        later=before - open_,
        open=open_,
    )


def _laid(record: Invoice, on: date, amount: Decimal, book: Book) -> Iterator[Settled]:
    """What was laid on an invoice on a day: first by the credit notes that name it, then by money."""
    if amount < 0:
        yield Settled(date=on, kind="reopened", amount=amount)
        return
    for note in book.invoices:
        if note.corrects == record.number and note.issued == on and amount > 0:
            share = min(amount, -note.totals.payable)
            amount -= share
            yield Settled(date=on, kind="credited", amount=share, document=note.number)
    if amount > 0:
        by_number = {invoice.number: invoice for invoice in book.invoices}
        day = [p for p in book.payments if p.date == on and payment_currency(p, by_number, book) == record.currency]
        naming = [p for p in day if record.number in (p.invoice, *(p.invoices or ()))] or day
        given_up = bool(naming) and all(payment.kind == "write_off" for payment in naming)
        paid = [payment for payment in naming if payment.kind == "payment"]
        references = ", ".join(dict.fromkeys(payment.reference for payment in paid if payment.reference))
        methods = {payment.method for payment in paid}
        yield Settled(
            date=on,
            kind="written_off" if given_up else "paid",
            amount=amount,
            document=references or None,
            method=methods.pop() if len(methods) == 1 else None,
        )
