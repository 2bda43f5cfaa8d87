"""From a part of a job to an issued invoice: its lines priced, taxed, added up, due, numbered and sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from facturar.model.book import Book
from facturar.model.client import Client
from facturar.model.invoice import DepositTaken, Due, Invoice, InvoiceLine, TaxAmount, Totals
from facturar.model.job import Job
from facturar.rules.agreements import Part
from facturar.rules.customs import currency_of, language_of, number_pattern, terms_of
from facturar.rules.due import instalments
from facturar.rules.gross_prices import net_of_tax
from facturar.rules.interest import law_for
from facturar.rules.numbering import Register
from facturar.rules.parties import buyer_of, seller_of, ways_to_pay
from facturar.rules.seals import sealed
from facturar.rules.taxes import Tax, tax_on, worded
from facturar.rules.totals import Gross, less_deposits, priced, tax_amounts, totals_of


@dataclass(frozen=True)
class Order:
    """A part to be invoiced, with the job and the client it is for."""

    part: Part
    job: Job
    client_id: str
    client: Client


def _taxes(lines: tuple[InvoiceLine, ...], day: date, language: str, book: Book) -> dict[str, Tax]:
    """Each code of the lines as it stands on the day of supply: that day's rate is owed (art. 90.Dos LIVA)."""
    return {code: tax_on(code, day, language, book) for line in lines for code in line.taxes}


def _mentions(taxes: dict[str, Tax], issued: date, client: Client, book: Book) -> tuple[str, ...]:
    """What the tax codes and the late-payment law must say on the page and, once due, that nothing was reported."""
    language, clearance, law = language_of(client, book), book.regime.clearance, law_for(client, book)
    notice = worded(clearance.notice, language) if clearance and clearance.since <= issued else None
    late = worded(law.mention, language) if law else None
    mentions = [tax.mention for tax in taxes.values()]
    return tuple(dict.fromkeys(mention for mention in [*mentions, late, notice] if mention))


def _deposits_taken(part: Part, register: Register) -> tuple[DepositTaken, ...]:
    """The deposits of the part that were invoiced, as their invoices have them."""
    invoiced = (register.that_covers(key) for key in part.takes_off)
    return tuple(
        DepositTaken(
            number=deposit.number,
            issued=deposit.issued,
            net=deposit.totals.net,
            tax=deposit.totals.tax,
            withheld=deposit.totals.withheld or None,
        )
        for deposit in invoiced
        if deposit
    )


@dataclass(frozen=True)
class Figures:
    """What an invoice comes to: its priced lines, its taxes with their rates, what comes off, the totals.

    What comes to less than nothing is a credit note, in the series of those.
    """

    lines: tuple[InvoiceLine, ...]
    rates: dict[str, Tax]
    taxes: tuple[TaxAmount, ...]
    deposits: tuple[DepositTaken, ...]
    totals: Totals

    @property
    def owing(self) -> bool:
        """Whether the client owes it, rather than gets it back."""
        return self.totals.payable >= 0

    def pattern(self, client: Client, book: Book) -> str:
        """The pattern that numbers it."""
        return number_pattern("invoice" if self.owing else "credit_note", client, book)


def figures(order: Order, book: Book, day: date, register: Register) -> Figures:
    """The figures of an order issued on a day, in the job's currency.

    The tax rates are those of the day of supply: when the job was done, or the period's last day when it is billed in
    arrears, else the day of issue.
    """
    part, currency = order.part, currency_of(order.job, order.client, book)
    supplied = part.supplied or (min(part.period.last, day) if part.period else day)
    lines = tuple(priced(line, currency) for line in part.lines)
    rates = _taxes(lines, supplied, language_of(order.client, book), book)
    gross: Gross = {}
    if order.job.prices_include_tax:
        lines, gross = net_of_tax(lines, rates, currency)
    taxes, deposits = tax_amounts(lines, rates, currency, gross), _deposits_taken(part, register)
    return Figures(lines, rates, taxes, deposits, less_deposits(totals_of(lines, taxes, currency), deposits))


def issued_invoice(order: Order, found: Figures, book: Book, day: date, register: Register) -> Invoice:
    """The sealed record of a part issued on a day with its figures; the register takes note of its number.

    What comes to less than the deposits taken off it is a credit note to the first of them, for the rest.
    """
    part, client, job = order.part, order.client, order.job
    language, currency = language_of(client, book), currency_of(job, client, book)
    payable, owing, pattern = found.totals.payable, found.owing, found.pattern(client, book)
    terms = terms_of(client, book)
    number = register.next_number(pattern, day)
    record = sealed(
        Invoice(
            number=number,
            kind=part.kind if owing else "credit_note",
            issued=day,
            supplied=part.supplied if part.supplied != day else None,
            due=instalments(day, terms, payable, currency) if owing else (Due(date=day, amount=payable),),
            period=part.period,
            language=language,
            seller=seller_of(book.settings.business),
            buyer=buyer_of(client),
            client=order.client_id,
            job=(part.job,),
            purchase_order=job.purchase_order,
            covers=part.covers,
            corrects=None if owing else found.deposits[0].number,
            currency=currency,
            lines=found.lines,
            deposits=found.deposits,
            taxes=found.taxes,
            totals=found.totals,
            terms=terms.text if owing else None,
            payment_methods=ways_to_pay(book.settings.payment_methods, number, payable, currency) if owing else (),
            mentions=_mentions(found.rates, day, client, book),
            message=job.message,
            annexes=part.annexes,
            previous=register.previous_seal(pattern, day),
        )
    )
    register.entered(pattern, record)
    return record
