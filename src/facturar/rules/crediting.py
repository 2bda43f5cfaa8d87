"""Credit notes: what was invoiced taken back, in full, by lines or by an amount, at the rates of its invoice.

An issued invoice is never changed: a credit note in a series of its own names it and says why (art. 15 RD 1619/2012;
art. 219 of the VAT directive). Of one in another currency it keeps the rate: what is corrected is the tax that was
declared (art. 80 and 89 Ley 37/1992).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.invoice import Due, Invoice, InvoiceLine, TaxAmount, Totals
from facturar.model.money import ZERO, rounded
from facturar.rules.customs import number_pattern
from facturar.rules.numbering import Register
from facturar.rules.seals import sealed
from facturar.rules.tax_exchange import exchange_at
from facturar.rules.taxes import Tax
from facturar.rules.totals import tax_amounts, totals_of


@dataclass(frozen=True)
class Credit:
    """What to take back of an invoice and why: lines by their index, a net amount (of them), or all of it.

    `again`: what the invoice covered may be billed again. `covers`: what the note itself bills off, if it must be once.
    `void`: the invoice should never have been issued.
    """

    invoice: Invoice
    reason: str
    lines: tuple[int, ...] = ()
    amount: Decimal | None = None
    again: bool = False
    covers: tuple[str, ...] = ()
    void: bool = False

    @property
    def whole(self) -> bool:
        """Whether all of the invoice is taken back."""
        return not self.lines and self.amount is None


def credited_nets(records: Iterable[Invoice]) -> dict[str, Decimal]:
    """How much of each invoice's net was taken back, as positive amounts by number."""
    credited: dict[str, Decimal] = {}
    for note in records:
        if note.corrects:
            credited[note.corrects] = credited.get(note.corrects, ZERO) - note.totals.net
    return credited


def credited_net(invoice: Invoice, invoices: Iterable[Invoice]) -> Decimal:
    """How much of an invoice's net was taken back before, as a positive amount."""
    return -sum((note.totals.net for note in invoices if note.corrects == invoice.number), ZERO)


def left_of_deposit(deposit: Invoice, invoices: Iterable[Invoice]) -> Totals:
    """What of a deposit is left to be taken off: its figures less those of the credit notes that it has.

    A discount for paying it early stays the client's, so that its note leaves the deposit as it was.
    """
    notes = [note.totals for note in invoices if note.corrects == deposit.number and not note.pays_early]
    figures = [deposit.totals, *notes]
    return Totals.model_validate({name: sum(getattr(found, name) for found in figures) for name in Totals.model_fields})


def _negative(line: InvoiceLine) -> InvoiceLine:
    discount = -line.discount if line.discount else None
    return line.model_copy(update={"quantity": -line.quantity, "discount": discount, "net": -line.net})


def _by_amount(lines: Sequence[InvoiceLine], amount: Decimal, text: str, currency: str) -> list[InvoiceLine]:
    """A line for each combination of tax codes, sharing the amount as the nets are shared; the last takes the cents."""
    bases: dict[tuple[str, ...], Decimal] = {}
    for line in lines:
        bases[line.taxes] = bases.get(line.taxes, ZERO) + line.net
    whole, left, shared = sum(bases.values(), ZERO), amount, []
    for number, (taxes, base) in enumerate(bases.items(), start=1):
        part = left if number == len(bases) else rounded(amount * base / whole, currency) if whole else ZERO
        left -= part
        shared.append(InvoiceLine(text=text, quantity=Decimal(-1), price=part, net=-part, taxes=taxes))
    return shared


def _lines(credit: Credit) -> tuple[InvoiceLine, ...]:
    lines, currency = credit.invoice.lines, credit.invoice.currency
    chosen = [lines[index] for index in credit.lines] if credit.lines else lines
    if credit.amount is not None:
        return tuple(_by_amount(chosen, rounded(credit.amount, currency), credit.reason, currency))
    return tuple(map(_negative, chosen))


def reduction(
    lines: Sequence[InvoiceLine], net: Decimal, rates: Mapping[str, Tax], text: str, currency: str
) -> tuple[tuple[InvoiceLine, ...], tuple[TaxAmount, ...], Totals]:
    """What takes a net amount back of some lines, shared over their combinations of tax codes: lines, taxes, totals."""
    back = tuple(_by_amount(lines, net, text, currency))
    taxes = tax_amounts(back, rates, currency)
    return back, taxes, totals_of(back, taxes, currency)


def rates_of(invoice: Invoice, book: Book) -> dict[str, Tax]:
    """The taxes as the invoice has them: a credit note takes back what was charged, whatever the rate is now."""
    rules, own = book.regime.taxes, book.settings.tax_codes
    return {
        tax.code: Tax(
            code=tax.code,
            kind=tax.kind,
            percent=tax.percent,
            label=tax.label,
            of=rules[tax.code].of if tax.code in rules and tax.code not in own else "net",
        )
        for tax in invoice.taxes
    }


def _taken_off_by(deposit: Invoice, invoices: Iterable[Invoice]) -> str | None:
    """The invoice that takes a deposit off and still stands: the deposit taken back too would be given back twice."""
    records = tuple(invoices)
    undone = {note.corrects for note in records if deposit.number in {taken.number for taken in note.deposits}}
    takers = (record for record in records if deposit.number in {taken.number for taken in record.deposits})
    return next((r.number for r in takers if not r.corrects and r.number not in undone), None)


def refusal(credit: Credit, invoices: Iterable[Invoice]) -> str | None:
    """Why an invoice cannot be credited so; None when it can."""
    invoice, before = credit.invoice, credited_net(credit.invoice, invoices)
    left = invoice.totals.net - before
    lines = [index for index in credit.lines if not 0 <= index < len(invoice.lines)]
    if invoice.kind == "credit_note":
        return f"{invoice.number} is a credit note itself"
    if lines:
        return f"{invoice.number} has {len(invoice.lines)} lines, and no line {lines[0] + 1}"
    wanted = -sum((line.net for line in _lines(credit)), ZERO)
    if credit.whole:
        wanted = invoice.totals.net
    if taker := _taken_off_by(invoice, invoices):
        return f"{invoice.number} is a deposit that {taker} takes off: credit that one"
    if wanted <= 0 or wanted > left:
        return f"{wanted} cannot be taken back: {left} {invoice.currency} net of {invoice.number} is left"
    return None


def _rest_of_taxes(note: Invoice, invoice: Invoice, book: Book) -> Invoice:
    """The note with what is left of each tax, where it takes back all that is left of its base: no cent stays behind.

    Tax is rounded once for each document, so that lines taken back one by one may miss what was charged by a cent.
    """
    left = {tax.code: [tax.base, tax.amount] for tax in invoice.taxes}
    for before in (other for other in book.invoices if other.corrects == invoice.number):
        for tax in before.taxes:
            if tax.code in left:
                left[tax.code] = [left[tax.code][0] + tax.base, left[tax.code][1] + tax.amount]
    own = {tax.code: -tax.base for tax in note.taxes}
    once = len(left) == len(invoice.taxes) and len(own) == len(note.taxes)
    if invoice.deposits or not once or any(own.get(code, ZERO) != base for code, (base, _) in left.items()):
        return note
    taxes = tuple(tax.model_copy(update={"amount": -left[tax.code][1]}) for tax in note.taxes)
    totals = totals_of(note.lines, taxes, note.currency)
    due = (Due(date=note.issued, amount=totals.payable),)
    return note.model_copy(update={"taxes": taxes, "totals": totals, "due": due})


def _in_full(note: Invoice, invoice: Invoice) -> Invoice:
    """The note with every figure of the invoice, below nothing: together they come to zero, to the cent."""
    negated, exchange = invoice.totals.model_dump(), invoice.exchange
    return note.model_copy(
        update={
            "taxes": tuple(t.model_copy(update={"base": -t.base, "amount": -t.amount}) for t in invoice.taxes),
            "deposits": tuple(
                d.model_copy(update={"net": -d.net, "tax": -d.tax, "withheld": -d.withheld if d.withheld else None})
                for d in invoice.deposits
            ),
            "exchange": exchange.model_copy(update={"tax": -exchange.tax}) if exchange else None,
            "totals": invoice.totals.model_copy(update={name: -amount for name, amount in negated.items()}),
            "due": (Due(date=note.issued, amount=-invoice.totals.payable),),
        }
    )


def credit_note(credit: Credit, book: Book, day: date, register: Register) -> Invoice:
    """The sealed credit note, issued on a day; the register takes note of its number."""
    invoice, lines = credit.invoice, _lines(credit)
    taxes = tax_amounts(lines, rates_of(invoice, book), invoice.currency)
    totals = totals_of(lines, taxes, invoice.currency)
    pattern = number_pattern("credit_note", book.clients[invoice.client], book)
    home = (invoice.exchange.currency if invoice.exchange else None) or book.settings.currency
    note = invoice.model_copy(
        update={
            "number": register.next_number(pattern, day),
            "kind": "credit_note",
            "issued": day,
            "supplied": None,
            "due": (Due(date=day, amount=totals.payable),),
            "pro_forma": None,
            "covers": credit.covers,
            "corrects": invoice.number,
            "reason": credit.reason,
            "void": credit.void or None,
            "releases": invoice.covers if credit.again else (),
            "exchange": exchange_at(invoice.exchange, taxes, (), home) if invoice.exchange else None,
            "lines": lines,
            "deposits": (),
            "taxes": taxes,
            "totals": totals,
            "discounts": (),
            "terms": None,
            "payment_methods": (),
            "message": None,
            "annexes": (),
            "previous": register.previous_seal(pattern, day),
            "seal": "",
        }
    )
    record = sealed(_in_full(note, invoice) if credit.whole else _rest_of_taxes(note, invoice, book))
    register.entered(pattern, record)
    return record
