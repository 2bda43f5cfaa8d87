"""A receipt explained: which payment it is for, and why that went where it says."""

from __future__ import annotations

from collections.abc import Iterator

from facturar.model.book import Book
from facturar.model.receipt import Receipt, Settled, receipt_name
from facturar.rules.origins import Paths
from facturar.rules.seals import seal_of
from facturar.rules.settlement import payment_currency
from facturar.views.explaining.reason import Reason


def _payments(receipt: Receipt, book: Book) -> Paths:
    """Where the payment is written: those like it, where there are several on the day."""
    invoices = {invoice.number: invoice for invoice in book.invoices}
    found = [
        (index, payment)
        for index, payment in enumerate(book.payments)
        if payment.kind == "payment"
        and (payment.client, payment.date, payment.amount) == (receipt.client, receipt.date, receipt.amount)
        and payment_currency(payment, invoices, book) == receipt.currency
    ]
    same = [index for index, payment in found if payment.reference == receipt.reference]
    return tuple(("payments", index) for index in same or [index for index, _ in found])


def _named(paths: Paths, book: Book) -> frozenset[str]:
    """What the payment names."""
    payments = [book.payments[path[1]] for path in paths if isinstance(path[1], int)]
    return frozenset(n for p in payments for n in (p.invoice, *(p.invoices or ())) if n)


def _settled(part: Settled, named: frozenset[str]) -> Reason:
    why = "as the payment names it" if part.number in named else "by due date, as nothing else is named"
    left = f"; {part.open} of it were open then" if part.open else "; that settled it"
    off = f"; {part.discount} came off for paying early" if part.discount else ""
    place = "quotes" if part.pro_forma else "invoices"
    return Reason(part.number, part.amount, f"{why}{off}{left}", at=((place, part.number),))


def _parts(receipt: Receipt, paths: Paths, book: Book) -> Iterator[Reason]:
    gone = "" if paths else "the ledger has no such payment any more"
    yield Reason("payment", receipt.date, gone or receipt.reference or "", at=paths)
    named = _named(paths, book)
    yield from (_settled(part, named) for part in receipt.invoices)
    if receipt.credit:
        yield Reason("credit", receipt.credit, "no invoice was open that would have taken it")
    whole = "fits the record" if seal_of(receipt) == receipt.seal else "does not fit: the record was changed"
    yield Reason("seal", f"{receipt.seal[:12]}…", whole)


def explained_receipt(receipt: Receipt, book: Book, *, would: bool = False) -> Reason:
    """The receipt with what it rests on. `would`: it is not written yet."""
    name, paths = receipt_name(receipt, book.settings.currency), _payments(receipt, book)
    because = f"{'would be written' if would else 'receipt'} for {receipt.client}, as of the day of the payment"
    at: Paths = () if would else (("receipts", name),)
    return Reason(name, receipt.amount, because, at=at, parts=tuple(_parts(receipt, paths, book)))
