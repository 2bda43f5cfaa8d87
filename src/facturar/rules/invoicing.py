"""From a part of a job to an issued invoice: its lines priced, taxed, added up, due, numbered and sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from facturar.model.book import Book
from facturar.model.client import Client
from facturar.model.invoice import Invoice, InvoiceLine
from facturar.model.job import Job
from facturar.rules.agreements import Part
from facturar.rules.customs import currency_of, language_of, number_pattern, terms_of
from facturar.rules.due import instalments
from facturar.rules.interest import law_for
from facturar.rules.numbering import Register
from facturar.rules.parties import buyer_of, seller_of, ways_to_pay
from facturar.rules.seals import sealed
from facturar.rules.taxes import Tax, tax_on, worded
from facturar.rules.totals import priced, tax_amounts, totals_of


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


def issued_invoice(order: Order, book: Book, day: date, register: Register) -> Invoice:
    """The sealed record of a part issued on a day; the register takes note of its number.

    Amounts are in the job's currency. The tax rates are those of the day of supply: when the job was done, or the
    period's last day when it is billed in arrears, else the day of issue.
    """
    part, client, job = order.part, order.client, order.job
    language, currency = language_of(client, book), currency_of(job, client, book)
    supplied_last = part.supplied or (min(part.period.last, day) if part.period else day)
    lines = tuple(priced(line, currency) for line in part.lines)
    taxes = _taxes(lines, supplied_last, language, book)
    amounts = tax_amounts(lines, taxes, currency)
    totals = totals_of(lines, amounts, currency)
    terms, pattern = terms_of(client, book), number_pattern("invoice", client, book)
    number = register.next_number(pattern, day)
    record = sealed(
        Invoice(
            number=number,
            kind="invoice",
            issued=day,
            supplied=part.supplied if part.supplied != day else None,
            due=instalments(day, terms, totals.payable, currency),
            period=part.period,
            language=language,
            seller=seller_of(book.settings.business),
            buyer=buyer_of(client),
            client=order.client_id,
            job=(part.job,),
            purchase_order=job.purchase_order,
            covers=part.covers,
            currency=currency,
            lines=lines,
            taxes=amounts,
            totals=totals,
            terms=terms.text,
            payment_methods=ways_to_pay(book.settings.payment_methods, number, totals.payable, currency),
            mentions=_mentions(taxes, day, client, book),
            message=job.message,
            annexes=part.annexes,
            previous=register.previous_seal(pattern, day),
        )
    )
    register.entered(pattern, record)
    return record
