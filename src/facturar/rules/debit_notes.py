"""Debit notes: interest and costs for paying late, charged as a debt of their own.

A debit note is no invoice of a supply: what indemnifies is in no base (in Spain art. 78.Tres.1.º LIVA). Its worksheet
is its annex, and the keys that it covers keep a day from being charged twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.interest import InterestPart
from facturar.model.invoice import Annex, AnnexEntry, Due, Invoice, InvoiceLine, Totals
from facturar.model.letter import Letter
from facturar.model.money import ZERO, Money, rounded
from facturar.rules.customs import language_of, number_pattern
from facturar.rules.interest import InterestTerms, interest_sum, interest_terms
from facturar.rules.late_balances import LateDebt
from facturar.rules.late_charges import (
    Charged,
    InterestOwed,
    compensation_key,
    compensation_owed,
    interest_key,
    interest_owed,
)
from facturar.rules.numbering import Register
from facturar.rules.parties import buyer_of, seller_of, ways_to_pay
from facturar.rules.seals import sealed
from facturar.rules.taxes import worded

_INTEREST = {
    "es": ("Intereses de demora de la factura {number}, {days} {unit}", "día", "días"),
    "en": ("Late-payment interest on invoice {number}, {days} {unit}", "day", "days"),
}
_COMPENSATION = {
    "es": "Compensación por los costes de cobro de la factura {number}",
    "en": "Compensation for the costs of recovering invoice {number}",
}
_UNDER = {"es": "Cargos por demora conforme a lo dispuesto en {law}.", "en": "Late-payment charges under {law}."}


@dataclass(frozen=True)
class InvoiceCharge:
    """What an invoice is charged with: the interest on its late instalments, and the cost of collecting it."""

    number: str
    interest: tuple[InterestOwed, ...] = ()
    compensation: Money | None = None

    @property
    def parts(self) -> tuple[InterestPart, ...]:
        """The worksheet of its interest."""
        return tuple(part for owed in self.interest for part in owed.parts)

    @property
    def covers(self) -> Iterator[str]:
        """The keys by which none of it is charged again."""
        for owed in self.interest:
            yield interest_key(owed.debt.number, owed.debt.due, owed.parts[-1].last)
        if self.compensation:
            yield compensation_key(self.number)


Wanted = Mapping[str, frozenset[str]]
"""By the number of an invoice, which kinds of charges are wanted: interest, compensation."""


def claimed_in(letters: Iterable[Letter]) -> Wanted:
    """What letters have claimed beside what was open, by invoice."""
    found: dict[str, frozenset[str]] = {}
    for letter in letters:
        for charge in letter.charges:
            found[charge.number] = found.get(charge.number, frozenset()) | {charge.kind}
    return found


def day_to_pay(charges: Sequence[InvoiceCharge], letters: Iterable[Letter], day: date) -> date:
    """By when what is charged is to be paid: the latest day that a letter gave which claimed any of it, or on receipt.

    What was claimed is due already: without such a day, or when it is past, it is the day of the note itself.
    """
    charged = {("interest", charge.number) for charge in charges if charge.interest}
    charged |= {("compensation", charge.number) for charge in charges if charge.compensation}
    claiming = (letter for letter in letters if charged & {(claim.kind, claim.number) for claim in letter.charges})
    return max((letter.pay_by for letter in claiming if letter.pay_by and letter.pay_by > day), default=day)


def invoice_charges(
    debts: Sequence[LateDebt], terms: InterestTerms, charged: Charged, wanted: Wanted
) -> tuple[list[InvoiceCharge], date | None]:
    """What of the wanted is owed and was not charged before, by invoice; and the first day whose rate is not known."""
    mine = [debt for debt in debts if debt.number in wanted]
    fixed = compensation_owed(mine, terms, charged)
    found, unknown = [], []
    for number in dict.fromkeys(debt.number for debt in mine):
        owed = [interest_owed(debt, terms, charged) for debt in mine if debt.number == number]
        owed = owed if "interest" in wanted[number] else []
        unknown += [one.unknown for one in owed if one.unknown]
        interest = tuple(one for one in owed if interest_sum(one.parts))
        compensation = fixed.get(number) if "compensation" in wanted[number] else None
        if interest or compensation:
            found.append(InvoiceCharge(number, interest, compensation))
    return found, min(unknown, default=None)


def _line(text: str, amount: Decimal) -> InvoiceLine:
    return InvoiceLine(text=text, quantity=Decimal(1), price=amount, net=amount)


def _lines(charges: Iterable[InvoiceCharge], language: str) -> Iterator[InvoiceLine]:
    """A line for the interest on each invoice, one for what collecting it cost."""
    interest, one, many = _INTEREST.get(language, _INTEREST["en"])
    for charge in charges:
        if charge.parts:
            days = sum(part.days for part in charge.parts)
            text = interest.format(number=charge.number, days=days, unit=one if days == 1 else many)
            yield _line(text, interest_sum(charge.parts))
        if charge.compensation:
            text = (worded(_COMPENSATION, language) or "").format(number=charge.number)
            yield _line(text, charge.compensation.amount)


def _worksheet(charges: Iterable[InvoiceCharge]) -> tuple[Annex, ...]:
    entries = tuple(
        AnnexEntry(
            date=part.first,
            text=charge.number,
            amount=part.amount,
            until=part.last,
            days=part.days,
            base=part.base,
            percent=part.percent,
        )
        for charge in charges
        for part in charge.parts
    )
    return (Annex(kind="interest", entries=entries),) if entries else ()


def _mentions(terms: InterestTerms, language: str) -> tuple[str, ...]:
    """The law that gives the charges, and that no tax is owed on them."""
    if terms.law is None:
        return ()
    law, outside = worded(terms.law.name, language), worded(terms.law.outside_tax, language)
    return tuple(
        mention for mention in ((worded(_UNDER, language) or "").format(law=law), outside) if mention is not None
    )


def debit_note(
    client_id: str,
    currency: str,
    charges: Sequence[InvoiceCharge],
    book: Book,
    day: date,
    register: Register,
    due: date,
) -> Invoice:
    """The sealed debit note, issued on a day and due on another, in one sum.

    The register takes note of its number.
    """
    client = book.clients[client_id]
    interest = interest_terms(client, book)
    pattern, language = number_pattern("debit_note", client, book), language_of(client, book)
    number, lines = register.next_number(pattern, day), tuple(_lines(charges, language))
    total, nothing = sum((line.net for line in lines), ZERO), rounded(ZERO, currency)
    record = sealed(
        Invoice(
            number=number,
            kind="debit_note",
            issued=day,
            due=(Due(date=due, amount=total),),
            language=language,
            seller=seller_of(book.settings.business),
            buyer=buyer_of(client),
            client=client_id,
            covers=tuple(key for charge in charges for key in charge.covers),
            currency=currency,
            lines=lines,
            totals=Totals(net=total, tax=nothing, withheld=nothing, total=total, payable=total),
            payment_methods=ways_to_pay(book.settings.payment_methods, number, total, currency),
            mentions=_mentions(interest, language) if interest else (),
            annexes=_worksheet(charges),
            previous=register.previous_seal(pattern, day),
        )
    )
    register.entered(pattern, record)
    return record
