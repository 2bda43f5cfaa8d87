"""Amounts that cannot be right: too many digits, another currency than the invoice's, more taken than there was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from facturar.model.agreement import Completion, Delivery, Hourly, Milestones, Share
from facturar.model.book import Book
from facturar.model.job import Job
from facturar.model.money import digits
from facturar.problems import Code, KeyPath, Problem, warning
from facturar.rules.customs import currency_of
from facturar.rules.settlement import accounts, payment_currency


def _too_many_digits(amount: Decimal, currency: str, path: KeyPath) -> Iterator[Problem]:
    exponent = amount.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > digits(currency):
        message = f"{amount} has more digits than {currency} has ({digits(currency)})"
        yield Problem(Code.too_many_digits, message, "round the amount", path)


def _amounts(book: Book) -> Iterator[tuple[Decimal, str, KeyPath]]:
    """(amount, currency, path) of each sum of money in the ledgers; prices may have more digits."""
    invoices = {invoice.number: invoice for invoice in book.invoices}
    for index, payment in enumerate(book.payments):
        currency = payment_currency(payment, invoices, book)
        yield payment.amount, currency, ("payments", index, "amount")
        for number, part in (payment.invoices or {}).items():
            yield part, currency, ("payments", index, "invoices", number)
        if payment.received:
            yield payment.received.amount, payment.received.currency, ("payments", index, "received")
    for job_id, job in book.jobs.items():
        if client := book.clients.get(job.client):
            currency = currency_of(job, client, book)
            yield from ((amount, currency, ("jobs", job_id, *path)) for amount, path in _amounts_of_job(job))


def _amounts_of_job(job: Job) -> Iterator[tuple[Decimal, KeyPath]]:
    """What a job names as an amount: expenses, and shares and discounts that are none of a whole; with its key path."""
    for index, expense in enumerate(job.expenses):
        yield expense.amount, ("expenses", index, "amount")
    shares: list[tuple[Share | None, KeyPath]] = [(job.discount, ("discount",))]
    shares += [(line.discount, ("lines", index, "discount")) for index, line in enumerate(job.lines)]
    match job.agreement:
        case Completion(deposit=deposit) | Delivery(deposit=deposit):
            shares.append((deposit, ("agreement", "deposit")))
        case Milestones(steps=steps):
            shares += [(step.share, ("agreement", "steps", index, "share")) for index, step in enumerate(steps)]
        case Hourly(cap=cap) if cap is not None:
            yield cap, ("agreement", "cap")
    yield from ((share.amount, path) for share, path in shares if share and share.amount is not None)


def _payments(book: Book) -> Iterator[Problem]:
    invoices = {invoice.number: invoice for invoice in book.invoices}
    currencies = {invoice.number: invoice.currency for invoice in book.invoices}
    currencies |= {quote.number: quote.currency for quote in book.quotes}
    for index, payment in enumerate(book.payments):
        currency, path = payment_currency(payment, invoices, book), ("payments", index)
        for number in (payment.invoice, *(payment.invoices or ())):
            if number in currencies and currencies[number] != currency:
                message = f"{number} is in {currencies[number]}, the payment in {currency}"
                hint = "give amount: in the invoice's currency, and received: what came in"
                yield Problem(Code.wrong_currency, message, hint, (*path, "currency"))


def _catalogue_prices(book: Book) -> Iterator[Problem]:
    """Items without a price of their own on a job in another currency: the catalogue is in the book's."""
    home = book.settings.currency
    for job_id, job in book.jobs.items():
        currency = currency_of(job, book.clients[job.client], book) if job.client in book.clients else home
        for index, line in enumerate(job.lines if currency != home else ()):
            if line.item in book.catalog and not line.price:
                message = f"the catalogue's price of '{line.item}' is in {home}, but this job is billed in {currency}"
                hint = f"give the line a price: in {currency}"
                yield Problem(Code.wrong_currency, message, hint, ("jobs", job_id, "lines", index, "item"))


def _credit_below_nothing(book: Book, today: date) -> Iterator[Problem]:
    for account in accounts(book, today).values():
        refunds = [i for i, p in enumerate(book.payments) if p.kind == "refund" and p.client == account.client]
        if account.credit < 0 and refunds:
            message = f"'{account.client}' was refunded {-account.credit} {account.currency} more than their credit"
            yield warning(
                Code.excess, message, "check the refund's amount and date", ("payments", refunds[-1], "amount")
            )


def _written_off_too_much(book: Book) -> Iterator[Problem]:
    invoices = {invoice.number: invoice for invoice in book.invoices}
    asked = {quote.number for quote in book.quotes}
    for index, payment in enumerate(book.payments):
        invoice = invoices.get(payment.invoice or "")
        if payment.kind == "write_off" and invoice and payment.amount > invoice.totals.payable:
            message = f"{payment.amount} is written off, but {invoice.number} is of {invoice.totals.payable}"
            yield warning(Code.excess, message, "write off what is open at most", ("payments", index, "amount"))
        elif payment.kind == "write_off" and payment.invoice in asked:
            message = f"{payment.invoice} is a pro forma: nothing is owed on it, so nothing can be written off"
            yield warning(Code.excess, message, "take the entry out", ("payments", index, "invoice"))


def money_problems(book: Book, today: date) -> Iterator[Problem]:
    """What is wrong with sums of money, above all with the payments."""
    for amount, currency, path in _amounts(book):
        yield from _too_many_digits(amount, currency, path)
    yield from _payments(book)
    yield from _catalogue_prices(book)
    yield from _credit_below_nothing(book, today)
    yield from _written_off_too_much(book)
