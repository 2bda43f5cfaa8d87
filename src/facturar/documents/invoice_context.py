"""An invoice's record → the finished strings that its template shows. Adds up what is printed; decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from facturar.documents.attachment_text import AttachmentText, attachment_texts
from facturar.documents.discount_text import EarlyText, LoyaltyText, early_text, loyalty_text
from facturar.documents.exchange_text import exchange_text
from facturar.documents.interest_text import InterestText, interest_texts
from facturar.documents.line_text import SectionText, TaxText, section_texts, tax_texts, total_of
from facturar.documents.party_text import PartyText, country_of, party_text
from facturar.documents.people_text import PersonText, people_texts
from facturar.documents.terms_text import TermText, terms_to_tell
from facturar.documents.ways_to_pay import Asked, WaysToPay, ways_to_pay
from facturar.documents.wording import Wording, wording_for
from facturar.model.invoice import Annex, AnnexEntry, DepositTaken, Invoice, interest_part


@dataclass(frozen=True)
class DepositText:
    """A deposit taken off: its number and day, what it takes off before and with tax, and what was withheld on it."""

    number: str
    issued: str
    net: str
    gross: str
    withheld: str


@dataclass(frozen=True)
class InstalmentText:
    """What falls due on a day."""

    day: str
    amount: str


@dataclass(frozen=True)
class AnnexRow:
    """A row of an annex; `quantity` and `price` are those of a product, `by` is whose hours they are.

    `until` and `sent` are those of an approval, `report` is the name of what was approved.
    """

    day: str
    text: str
    hours: str
    amount: str
    quantity: str
    price: str
    until: str = ""
    sent: str = ""
    by: str = ""
    report: str = ""


@dataclass(frozen=True)
class ReportText:
    """An activity report that was approved: its name, and the SHA-256 that seals its record."""

    name: str
    seal: str


@dataclass(frozen=True)
class AnnexText:
    """An annex and its totals; a total is empty when its column is.

    That of interest has its `worksheet`. That of a quote has its number, the day of its acceptance, and sections of
    lines in place of rows. `people` are those whose hours are listed, if there are several; `has_people`, whether rows
    say whose they are. `reports` are those that were approved.
    """

    kind: Literal["work", "expenses", "products", "hours", "approval", "quote", "interest"]
    number: str
    accepted: str
    rows: tuple[AnnexRow, ...]
    sections: tuple[SectionText, ...]
    has_discounts: bool
    hours: str
    amount: str
    has_people: bool
    people: tuple[PersonText, ...]
    reports: tuple[ReportText, ...]
    worksheet: tuple[InterestText, ...] = ()


@dataclass(frozen=True)
class InvoiceContext:
    """All that an invoice's template may use. What does not apply is empty; no arithmetic is left to do.

    `deposits` come off the lines' sum before tax; `deposits_with_tax` come off after it. At most one of them is filled.
    `paid`: it was paid by its `pro_forma`, on the day of supply. `attached` are files that are further pages of it,
    `enclosed` those that go beside it. `terms` are there only where `due` does not tell them.
    """

    kind: str
    simplified: bool
    number: str
    language: str
    currency: str
    seller: PartyText
    buyer: PartyText
    issued: str
    supplied: str
    period_from: str
    period_to: str
    due: tuple[InstalmentText, ...]
    terms: tuple[TermText, ...]
    purchase_order: str
    quote: str
    pro_forma: str
    paid: bool
    corrects: str
    reason: str
    void: bool
    sections: tuple[SectionText, ...]
    has_discounts: bool
    deposits: tuple[DepositText, ...]
    deposits_with_tax: tuple[DepositText, ...]
    lines_sum: str
    net: str
    taxes: tuple[TaxText, ...]
    withholdings: tuple[TaxText, ...]
    total: str
    payable: str
    exchange_rate: str
    exchange_day: str
    exchange_tax: str
    loyalty: LoyaltyText | None
    early: EarlyText | None
    pays_early: bool
    pay: WaysToPay | None
    mentions: tuple[str, ...]
    message: str
    annexes: tuple[AnnexText, ...]
    attached: tuple[AttachmentText, ...]
    enclosed: tuple[AttachmentText, ...]


def invoice_context(invoice: Invoice) -> InvoiceContext:
    """The finished strings of an invoice, written for its buyer's language and country."""
    return _Writer(invoice).context()


class _Writer:
    """Writes one invoice: holds its wording and currency, which every part needs."""

    def __init__(self, invoice: Invoice) -> None:
        self.invoice = invoice
        self.wording: Wording = wording_for(invoice.language, country_of(invoice.buyer))

    def money(self, amount: Decimal) -> str:
        return self.wording.money(amount, self.invoice.currency)

    def context(self) -> InvoiceContext:
        invoice, wording, totals = self.invoice, self.wording, self.invoice.totals
        taxed_in_full = self._taxed_in_full()
        deposits = self._deposits()
        taxes, withholdings = tax_texts(invoice.taxes, wording, invoice.currency)
        exchange = exchange_text(invoice, wording)
        return InvoiceContext(
            kind=invoice.kind,
            simplified=bool(invoice.simplified),
            number=invoice.number,
            language=invoice.language,
            currency=invoice.currency,
            seller=party_text(invoice.seller, invoice.language, country_of(invoice.buyer)),
            buyer=party_text(invoice.buyer, invoice.language, country_of(invoice.seller)),
            issued=wording.day(invoice.issued),
            supplied=wording.day(invoice.supplied) if invoice.supplied not in (None, invoice.issued) else "",
            period_from=wording.day(invoice.period.first) if invoice.period else "",
            period_to=wording.day(invoice.period.last) if invoice.period else "",
            due=tuple(InstalmentText(wording.day(part.date), self.money(part.amount)) for part in invoice.due),
            terms=terms_to_tell(invoice.terms, wording),
            purchase_order=invoice.purchase_order or "",
            quote=invoice.quote or "",
            pro_forma=invoice.pro_forma or "",
            paid=self._paid(),
            corrects=invoice.corrects or "",
            reason=invoice.reason or "",
            void=bool(invoice.void),
            sections=section_texts(invoice.lines, wording, invoice.currency),
            has_discounts=any(line.discount for line in invoice.lines),
            deposits=() if taxed_in_full else deposits,
            deposits_with_tax=deposits if taxed_in_full else (),
            lines_sum=self.money(total_of(line.net for line in invoice.lines)),
            net=self.money(totals.net),
            taxes=taxes,
            withholdings=withholdings,
            total=self.money(totals.total),
            payable=self.money(totals.payable),
            exchange_rate=exchange.rate,
            exchange_day=exchange.day,
            exchange_tax=exchange.tax,
            loyalty=loyalty_text(invoice, wording),
            early=early_text(invoice, wording),
            pays_early=invoice.pays_early,
            pay=self._pay(),
            mentions=invoice.mentions,
            message=invoice.message or "",
            annexes=tuple(self._annex(annex) for annex in invoice.annexes),
            attached=attachment_texts(invoice.attachments, beside=False),
            enclosed=attachment_texts(invoice.attachments, beside=True),
        )

    def _paid(self) -> bool:
        """Whether it was paid by its pro forma: then it has no terms."""
        return self.invoice.pro_forma is not None and self.invoice.terms is None

    def _pay(self) -> WaysToPay | None:
        """How to pay; nobody pays a credit note, an invoice of nothing, or what was paid before."""
        invoice, payable = self.invoice, self.invoice.totals.payable
        if payable <= 0 or self._paid():
            return None
        asked = Asked(payable, invoice.currency, invoice.number, invoice.seller.name)
        return ways_to_pay(invoice.payment_methods, asked, self.money(payable))

    def _taxed_in_full(self) -> bool:
        """Whether tax was worked out on all of the lines, so that deposits come off with their tax."""
        taxed = total_of(tax.amount for tax in self.invoice.taxes if tax.kind in ("vat", "surcharge"))
        return taxed != self.invoice.totals.tax

    def _deposits(self) -> tuple[DepositText, ...]:
        """The deposits to be shown; none when the lines themselves have taken them off."""
        if total_of(line.net for line in self.invoice.lines) == self.invoice.totals.net:
            return ()
        return tuple(self._deposit(deposit) for deposit in self.invoice.deposits)

    def _deposit(self, deposit: DepositTaken) -> DepositText:
        return DepositText(
            number=deposit.number,
            issued=self.wording.day(deposit.issued),
            net=self.money(-deposit.net),
            gross=self.money(-(deposit.net + deposit.tax)),
            withheld=self.money(deposit.withheld) if deposit.withheld else "",
        )

    def _annex(self, annex: Annex) -> AnnexText:
        hours = [entry.hours for entry in annex.entries if entry.hours is not None]
        amounts = [entry.amount for entry in annex.entries if entry.amount is not None]
        amounts += [line.net for line in annex.lines]
        return AnnexText(
            kind=annex.kind,
            number=annex.number or "",
            accepted=self.wording.day(annex.accepted) if annex.accepted else "",
            rows=tuple(self._annex_row(entry) for entry in annex.entries),
            sections=section_texts(annex.lines, self.wording, self.invoice.currency),
            has_discounts=any(line.discount for line in annex.lines),
            hours=self.wording.hours(total_of(hours)) if hours else "",
            amount=self.money(total_of(amounts)) if amounts else "",
            has_people=any(entry.by for entry in annex.entries),
            people=self._people(annex),
            reports=tuple(
                dict.fromkeys(
                    ReportText(entry.report, entry.report_seal)
                    for entry in annex.entries
                    if entry.report and entry.report_seal
                )
            ),
            worksheet=tuple(row for entry in annex.entries for row in self._interest(entry)),
        )

    def _people(self, annex: Annex) -> tuple[PersonText, ...]:
        """The hours of each person, in the order in which they first come, if there are several."""
        worked = ((self._whose(entry), entry.hours) for entry in annex.entries if entry.hours is not None)
        return people_texts(worked, self.wording)

    def _whose(self, entry: AnnexEntry) -> str:
        """Whose hours they are: the seller's own, where nobody is named."""
        return entry.by or self.invoice.seller.name

    def _interest(self, entry: AnnexEntry) -> tuple[InterestText, ...]:
        """The row of a worksheet, if the entry is one."""
        part = interest_part(entry)
        return interest_texts(entry.text, (part,), self.wording, self.invoice.currency) if part else ()

    def _annex_row(self, entry: AnnexEntry) -> AnnexRow:
        return AnnexRow(
            day=self.wording.short_day(entry.date),
            text=entry.text,
            hours=self.wording.hours(entry.hours) if entry.hours is not None else "",
            amount=self.money(entry.amount) if entry.amount is not None else "",
            quantity=self.wording.quantity(entry.quantity, entry.unit) if entry.quantity is not None else "",
            price=self.money(entry.price) if entry.price is not None else "",
            until=self.wording.short_day(entry.until) if entry.until else "",
            sent=self.wording.short_day(entry.sent) if entry.sent else "",
            by=self._whose(entry) if entry.hours is not None else "",
            report=entry.report or "",
        )
