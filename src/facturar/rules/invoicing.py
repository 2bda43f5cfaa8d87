"""From an order to an issued invoice: its lines priced, taxed, added up, due, numbered and sealed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from facturar.model.agreement import Share
from facturar.model.book import Book
from facturar.model.client import Client
from facturar.model.invoice import (
    Annex,
    DepositTaken,
    Due,
    Exchange,
    Invoice,
    InvoiceLine,
    LoyaltyDiscount,
    TaxAmount,
    Totals,
)
from facturar.model.job import PASS_THROUGH
from facturar.model.money import ZERO
from facturar.model.quote import Quote
from facturar.rules.annexes import annexes_of
from facturar.rules.attachments import attachments_of
from facturar.rules.crediting import left_of_deposit
from facturar.rules.customs import language_of, number_pattern, shift_of, terms_of
from facturar.rules.due import instalments, moves
from facturar.rules.early_payment import early_offer
from facturar.rules.gross_prices import net_of_tax
from facturar.rules.interest import law_for
from facturar.rules.loyalty import loyalty_due
from facturar.rules.numbering import Register
from facturar.rules.orders import Order
from facturar.rules.parties import buyer_of, seller_of, ways_to_pay
from facturar.rules.quotes import accepted_on, accepted_quote, quote_annex
from facturar.rules.seals import sealed
from facturar.rules.seasons import message_on
from facturar.rules.simplified import lacks_tax_id, may_be_simplified, tax_id_missing, why_full
from facturar.rules.tax_exchange import exchange_of
from facturar.rules.taxes import Tax, tax_on, without_rate, worded
from facturar.rules.totals import Gross, discounted, less_deposits, priced, tax_amounts, totals_of


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


def _deposits_of(order: Order, register: Register) -> list[tuple[Invoice, Totals]]:
    """The deposits of the parts that were invoiced, with what is left of each to take off."""
    keys = (key for part in order.parts for key in part.takes_off)
    invoiced = [deposit for key in keys if (deposit := register.that_covers(key))]
    left = ((deposit, left_of_deposit(deposit, register.issued_to(deposit.client))) for deposit in invoiced)
    return [(deposit, totals) for deposit, totals in left if totals.net or totals.total]


def _deposits_taken(invoiced: Iterable[tuple[Invoice, Totals]]) -> tuple[DepositTaken, ...]:
    """The deposits of the parts that were invoiced, as their invoices have them, less what was credited of them."""
    return tuple(
        DepositTaken(
            number=deposit.number,
            issued=deposit.issued,
            net=left.net,
            tax=left.tax,
            withheld=left.withheld or None,
        )
        for deposit, left in invoiced
    )


def _cannot_be_taken(order: Order, register: Register) -> str | None:
    """Why a deposit cannot come off an order: it was invoiced to another client, or in another currency."""
    for deposit, _ in _deposits_of(order, register):
        if (deposit.client, deposit.currency) != (order.client_id, order.currency):
            to = f"{deposit.number}, its deposit, was invoiced to '{deposit.client}' in {deposit.currency}"
            return f"{to}: give the job that client and currency back, or credit {deposit.number}"
    return None


def _quotes(order: Order, book: Book, day: date) -> dict[str, Quote]:
    """The accepted quote of each of its jobs that has one."""
    accepted = ((job_id, accepted_quote(job_id, book, day)) for job_id in order.job_ids)
    return {job_id: quote for job_id, quote in accepted if quote}


def _quote_annexes(order: Order, quotes: Mapping[str, Quote], day: date) -> Iterator[Annex]:
    """The quotes of the jobs that want them behind their invoices."""
    jobs = dict(order.jobs)
    for job_id, quote in quotes.items():
        accepted = accepted_on(jobs[job_id], day)
        if accepted and "quote" in jobs[job_id].annexes:
            yield quote_annex(quote, accepted)


@dataclass(frozen=True)
class Figures:
    """What an invoice comes to: its priced lines, its taxes with their rates, what comes off, the totals.

    `exchange` is that to the book's currency, None for that currency itself and without a rate. What comes to less
    than nothing is a credit note, in the series of those. `simplified`: it need not show the buyer's tax id, which is
    not known; `hindrance` is what keeps it from being issued.
    """

    lines: tuple[InvoiceLine, ...]
    rates: dict[str, Tax]
    taxes: tuple[TaxAmount, ...]
    deposits: tuple[DepositTaken, ...]
    totals: Totals
    exchange: Exchange | None = None
    loyalty: LoyaltyDiscount | None = None
    simplified: bool = False
    hindrance: str | None = None

    @property
    def net_before_loyalty(self) -> Decimal:
        """The net as it would be without the thank you."""
        return self.totals.net + (self.loyalty.amount if self.loyalty else ZERO)

    @property
    def owing(self) -> bool:
        """Whether the client owes it, rather than gets it back."""
        return self.totals.payable >= 0

    def pattern(self, client: Client, book: Book) -> str:
        """The pattern that numbers it."""
        kind = "simplified" if self.simplified else "invoice"
        return number_pattern(kind if self.owing else "credit_note", client, book)


def _with_form(found: Figures, order: Order, book: Book, day: date) -> Figures:
    """The figures with the form that their invoice takes, full or simplified, or with what keeps it from being issued.

    A final invoice is measured with its deposits; what gives money back is as good a simplified one as any (art. 4.1.b
    RD 1619/2012).
    """
    codes = dict.fromkeys(code for line in found.lines for code in line.taxes)
    if missing := without_rate(codes, order.supplied_last(day), book):
        return replace(found, hindrance=missing)
    if not lacks_tax_id(found.lines, order.client, book):
        return found
    whole = found.totals.total + sum((deposit.net + deposit.tax for deposit in found.deposits), ZERO)
    measured = found.lines, whole if found.owing else found.totals.total, order.currency, book, day
    if may_be_simplified(*measured):
        return replace(found, simplified=True)
    hindrance = None if order.client.consumer else tax_id_missing(order.client_id, why_full(*measured), book)
    return replace(found, hindrance=hindrance)


def _as_asked(asked: Quote, rates: dict[str, Tax]) -> Figures:
    """The figures of a pro forma that was paid; worked out anew only when a rate has changed since."""
    if all(tax.code in rates and rates[tax.code].percent == tax.percent for tax in asked.taxes):
        return Figures(asked.lines, rates, asked.taxes, (), asked.totals)
    taxes = tax_amounts(asked.lines, rates, asked.currency)
    return Figures(asked.lines, rates, taxes, (), totals_of(asked.lines, taxes, asked.currency))


def _figures(order: Order, book: Book, day: date, register: Register, more: Share | None = None) -> Figures:
    """The figures of an order; with one more discount on all but what passes on costs."""
    supplied, language = order.supplied_last(day), language_of(order.client, book)
    if order.pro_forma:
        asked = _as_asked(order.pro_forma, _taxes(order.pro_forma.lines, supplied, language, book))
        return _with_form(asked, order, book, day)
    lines = tuple(priced(line, order.currency) for line in order.lines)
    if more:
        nets = [
            ZERO if draft.cost or PASS_THROUGH in draft.taxes else line.net
            for draft, line in zip(order.lines, lines, strict=True)
        ]
        lines = discounted(lines, nets, more, order.currency)
    rates = _taxes(lines, supplied, language, book)
    gross: Gross = {}
    if order.prices_include_tax:
        lines, gross = net_of_tax(lines, rates, order.currency)
    taxes, invoiced = tax_amounts(lines, rates, order.currency, gross), _deposits_of(order, register)
    deposits = _deposits_taken(invoiced)
    totals = less_deposits(totals_of(lines, taxes, order.currency), deposits)
    if hindrance := _cannot_be_taken(order, register):
        return Figures(lines, rates, taxes, deposits, totals, hindrance=hindrance)
    returned = invoiced[0][0] if invoiced and totals.payable < 0 else None
    exchange = exchange_of(order.currency, order.supplied_last(day), taxes, deposits, returned, book)
    return _with_form(Figures(lines, rates, taxes, deposits, totals, exchange), order, book, day)


def figures(order: Order, book: Book, day: date, register: Register) -> Figures:
    """The figures of an order issued on a day, in its currency, at the tax rates of the day of supply.

    Where the client's loyalty is due they bear it, if there is something to take it off and something is still owed.
    What keeps it from being issued is asked without it: whether it is due hangs on what else is issued that day.
    """
    usual = _figures(order, book, day, register)
    records = register.issued_to(order.client_id) if order.client.loyalty else ()
    loyalty = loyalty_due(order.client, records, order.currency, book)
    if loyalty is None or order.parts[0].kind != "invoice":
        return usual
    thanked = _figures(order, book, day, register, loyalty.discount)
    amount = usual.totals.net - thanked.totals.net
    if amount <= 0 or not thanked.owing:
        return usual
    given = LoyaltyDiscount(
        kind="loyalty",
        after=str(loyalty.after),
        share=str(loyalty.discount),
        amount=amount,
        message=loyalty.message,
    )
    return replace(thanked, loyalty=given, hindrance=usual.hindrance)


def issued_invoice(order: Order, found: Figures, book: Book, day: date, register: Register) -> Invoice:
    """The sealed record of an order issued on a day with its figures; the register takes note of its number.

    What comes to less than the deposits taken off it is a credit note to the first of them, for the rest. A deposit
    that was paid by its pro forma asks for nothing more.
    """
    client, currency, language = order.client, order.currency, language_of(order.client, book)
    payable, owing, pattern = found.totals.payable, found.owing, found.pattern(client, book)
    terms, supplied = terms_of(client, book), order.supplied
    number, moved = register.next_number(pattern, day), moves(shift_of(client, book), day, book.holidays)
    quotes = _quotes(order, book, day)
    asks = owing and not (order.pro_forma and payable <= order.pro_forma.payable)
    early = early_offer(found.lines, found.totals, found.rates, day, terms, currency) if asks else None
    record = sealed(
        Invoice(
            number=number,
            kind=order.kind if owing else "credit_note",
            simplified=found.simplified or None,
            issued=day,
            supplied=supplied if supplied != day else None,
            due=instalments(day, terms, payable, currency, moved) if asks else (Due(date=day, amount=payable),),
            period=order.period,
            language=language,
            seller=seller_of(book.settings.business),
            buyer=buyer_of(client),
            client=order.client_id,
            job=order.job_ids,
            purchase_order=order.purchase_order,
            quote=", ".join(quote.number for quote in quotes.values()) or None,
            pro_forma=order.pro_forma.number if order.pro_forma else None,
            covers=order.covers,
            corrects=None if owing else found.deposits[0].number,
            currency=currency,
            exchange=found.exchange,
            lines=found.lines,
            deposits=found.deposits,
            taxes=found.taxes,
            totals=found.totals,
            discounts=tuple(discount for discount in (found.loyalty, early) if discount),
            terms=terms.text if asks else None,
            payment_methods=ways_to_pay(book.settings.payment_methods, number, payable, currency) if asks else (),
            mentions=_mentions(found.rates, day, client, book),
            message=message_on(order.message, book, language, day) if owing else order.message,
            annexes=(*_quote_annexes(order, quotes, day), *annexes_of(order, found.lines, day)),
            attachments=attachments_of(order, book, day),
            previous=register.previous_seal(pattern, day),
        )
    )
    register.entered(pattern, record)
    return record
