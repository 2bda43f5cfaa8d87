"""Receipts: which payments have none, and what each of them settled on its day.

Of a payment, what names an invoice goes to it as far as that is open; the rest goes where the account lays it, by due
date, and what nothing takes is the client's credit. Looked at is what was dated by the payment's day, and of that day
the payments that stand before it in the ledger: so a receipt says the same whenever it is written.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import count

from facturar.model.book import Book
from facturar.model.client import Client
from facturar.model.money import ZERO, rounded
from facturar.model.payment import Payment
from facturar.model.receipt import Receipt, Settled
from facturar.rules.client_accounts import books_of_clients
from facturar.rules.customs import language_of
from facturar.rules.parties import buyer_of, seller_of
from facturar.rules.pro_formas import all_asked, laid
from facturar.rules.seals import sealed
from facturar.rules.settlement import Account, accounts, funds_on, payment_currency

Key = tuple[str, date, str, Decimal]
"""The client, day, currency and amount of a payment: what its receipt is known by."""


def first_document(book: Book) -> date | None:
    """The day of the book's first invoice, quote or pro forma: no payment before it is for anything of this book."""
    days = [*(invoice.issued for invoice in book.invoices), *(quote.issued for quote in book.quotes)]
    return min(days, default=None)


def receipts_from(client: Client, book: Book, first: date | None) -> date | None:
    """From which day on `run` writes receipts to a client, by default the first document's; None: there are none."""
    choice = client.receipts or book.settings.receipts
    if isinstance(choice, date):
        return choice
    if choice == "none":
        return None
    return date.min if choice == "all" else first


def _keyed(book: Book) -> Iterator[tuple[Payment, Key]]:
    """What money came in, and what the receipt of each payment is known by. Refunds and write-offs get no receipts."""
    invoices = {invoice.number: invoice for invoice in book.invoices}
    for payment in book.payments:
        if payment.kind == "payment":
            currency = payment_currency(payment, invoices, book)
            yield payment, (payment.client, payment.date, currency, payment.amount)


def _key_of(receipt: Receipt) -> Key:
    return (receipt.client, receipt.date, receipt.currency, receipt.amount)


def without_receipt(book: Book, receipts: Iterable[Receipt]) -> list[Payment]:
    """The payments of a book that none of these receipts is for.

    Each receipt is for one payment, if it can be for that with its reference.
    """
    of_reference = Counter((_key_of(receipt), receipt.reference) for receipt in receipts)
    left = []
    for payment, key in _keyed(book):
        if of_reference[known := (key, payment.reference)] > 0:
            of_reference[known] -= 1
        else:
            left.append((payment, key))
    others = Counter(key for (key, _), count in of_reference.items() for _ in range(count))
    return [payment for payment, key in left if not _taken(others, key)]


def _taken(counts: Counter[Key], key: Key) -> bool:
    if counts[key] < 1:
        return False
    counts[key] -= 1
    return True


def receipts_without_payment(book: Book) -> list[Receipt]:
    """The receipts of payments that the ledger does not have, or has with another day, amount or client."""
    counts = Counter(key for _, key in _keyed(book))
    return [receipt for receipt in book.receipts if not _taken(counts, _key_of(receipt))]


@dataclass(frozen=True)
class _Moment:
    """A client's book just after a payment came, and the same without it."""

    payment: Payment
    after: Book
    before: Book

    def account(self, book: Book) -> Account:
        """The account that the payment is laid on."""
        key = (self.payment.client, self.payment.currency or "")
        return accounts(book, self.payment.date).get(key) or Account(*key)


def _moment(payment: Payment, own: Book) -> _Moment:
    """Of a client's book only what counts at that moment.

    Credit notes of that very day for paying early are left out: on their day the discount is there without them.
    """
    here = _place(payment, own.payments)
    earlier = tuple(
        other
        for place, other in enumerate(own.payments)
        if other.date < payment.date or (other.date == payment.date and place < here)
    )
    invoices = tuple(i for i in own.invoices if not (i.pays_early and i.issued == payment.date))
    before = replace(own, invoices=invoices, payments=earlier)
    return _Moment(payment, replace(before, payments=(*earlier, payment)), before)


def _place(payment: Payment, payments: Sequence[Payment]) -> int:
    """Where a payment stands in the ledger; it is that very entry, as there may be another like it."""
    return next(place for place, other in enumerate(payments) if other is payment)


def _by_name(moment: _Moment, whole: Account) -> dict[str, Decimal]:
    """What of the payment goes to the documents that it names: to an invoice no more than others have left open."""
    day = moment.payment.date
    own = (i for i in moment.after.invoices if i.issued <= day and i.currency == whole.currency)
    asked = {invoice.number: max(invoice.totals.payable, ZERO) for invoice in own}
    for discount in whole.discounts:
        asked[discount.number] -= discount.amount
    for fund in funds_on(moment.before, day):
        for number, share in fund.named.items():
            asked[number] = asked.get(number, ZERO) - share
    kept = laid(moment.after, day).kept
    (*_, fund) = funds_on(moment.after, day)
    found = {
        number: share if number in kept else min(share, max(asked.get(number, ZERO), ZERO))
        for number, share in fund.named.items()
    }
    return {number: amount for number, amount in found.items() if amount > 0}


def _open(account: Account) -> dict[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(Decimal)
    for instalment in account.instalments:
        found[instalment.number] += instalment.open
    return found


def _discounts(account: Account) -> dict[str, Decimal]:
    return {discount.number: discount.amount for discount in account.discounts}


def _by_age(moment: _Moment, whole: Account, by_name: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """What the rest of the payment settles: how much less is open with it than with what goes by name alone."""
    named = sum(by_name.values(), ZERO)
    if named == moment.payment.amount:
        return {}
    part = moment.payment.model_copy(update={"amount": named, "invoice": None, "invoices": dict(by_name)})
    payments = (*moment.before.payments, *([part] if named else []))
    without = moment.account(replace(moment.before, payments=payments))
    was, taken, taken_before = _open(without), _discounts(whole), _discounts(without)
    found = {
        number: was[number] - still - (taken.get(number, ZERO) - taken_before.get(number, ZERO))
        for number, still in _open(whole).items()
    }
    return {number: amount for number, amount in found.items() if amount > 0}


def _settled(moment: _Moment) -> Iterator[Settled]:
    """What the payment settles: what it names in its order, then the rest by due date."""
    whole, before = moment.account(moment.after), moment.account(moment.before)
    parts = _by_name(moment, whole)
    for number, amount in _by_age(moment, whole, parts).items():
        parts[number] = parts.get(number, ZERO) + amount
    issued = {quote.number: quote.issued for quote in moment.after.quotes}
    issued |= {invoice.number: invoice.issued for invoice in moment.after.invoices}
    still, taken, taken_before = _open(whole), _discounts(whole), _discounts(before)
    missing = {a.record.number: a.missing for a in all_asked(moment.after, moment.payment.date)}
    currency = whole.currency
    for number, amount in parts.items():
        asked_for = number in missing
        open_ = rounded(missing[number] if asked_for else still[number], currency)
        discount = rounded(taken[number], currency) if number in taken and number not in taken_before else None
        dues = [instalment.due for instalment in whole.open if instalment.number == number]
        yield Settled(
            number=number,
            pro_forma=asked_for or None,
            issued=issued[number],
            amount=rounded(amount, currency),
            discount=discount,
            open=open_,
            due=min(dues) if dues else None,
        )


def _receipt(payment: Payment, own: Book, sequence: int) -> Receipt:
    """The sealed receipt of a payment; `own` is the client's book, and has it."""
    client = own.clients[payment.client]
    settled = tuple(_settled(_moment(payment, own)))
    credit = payment.amount - sum((part.amount for part in settled), ZERO)
    currency = payment.currency or own.settings.currency
    return sealed(
        Receipt(
            client=payment.client,
            date=payment.date,
            sequence=sequence if sequence > 1 else None,
            language=language_of(client, own),
            seller=seller_of(own.settings.business),
            buyer=buyer_of(client),
            currency=currency,
            amount=rounded(payment.amount, currency),
            received=payment.received,
            method=payment.method,
            reference=payment.reference,
            invoices=settled,
            credit=rounded(credit, currency) or None,
        )
    )


def _free(used: set[int]) -> int:
    """The lowest number from 1 on that is not used, which it then is."""
    number = next(number for number in count(1) if number not in used)
    used.add(number)
    return number


def _lacking(own: Book, written: Sequence[Receipt], since: date, today: date) -> Iterator[Receipt]:
    """The receipts that a client is to have; `own` is their book. Names go on from those that are `written`."""
    used: dict[tuple[date, str | None], set[int]] = defaultdict(set)
    for receipt in written:
        used[receipt.date, receipt.currency].add(receipt.sequence or 1)
    for payment in without_receipt(own, written):
        if since <= payment.date <= today:
            yield _receipt(payment, own, _free(used[payment.date, payment.currency]))


def missing_receipts(book: Book, today: date, *, client: str | None = None) -> Iterator[Receipt]:
    """The receipts of payments dated by a day that have none: those that the book wants, of all clients.

    Of one client, all that it lacks, whatever the book says about which payments get one.
    """
    first = None if client else first_document(book)
    since: dict[str, date] = {}
    for name in {client} if client else {payment.client for payment in book.payments} & book.clients.keys():
        if begins := date.min if client else receipts_from(book.clients[name], book, first):
            since[name] = begins
    without = [p for p in without_receipt(book, book.receipts) if p.client in since]
    lacking = {payment.client for payment in without if since[payment.client] <= payment.date <= today}
    written: dict[str, list[Receipt]] = defaultdict(list)
    for receipt in book.receipts:
        written[receipt.client].append(receipt)
    for name, own in books_of_clients(book, lacking).items():
        yield from _lacking(own, written[name], since[name], today)
