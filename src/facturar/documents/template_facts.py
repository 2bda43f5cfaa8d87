"""What a document must show: an invoice by law, a letter or a mail to be paid, a statement to be compared.

Looked for in the finished text, so that it does not matter how a template comes to say it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from facturar.documents.activity_context import ActivityContext, activity_context
from facturar.documents.blocks import Block, Bullets, Code, Heading, Paragraph, QrCode, Quote, Table, plain, title_of
from facturar.documents.invoice_context import InvoiceContext, invoice_context
from facturar.documents.letter_context import LetterContext, letter_context
from facturar.documents.quote_context import QuoteContext, quote_context
from facturar.documents.reading import read_blocks
from facturar.documents.receipt_context import ReceiptContext, receipt_context
from facturar.documents.statement_context import StatementContext, statement_context
from facturar.documents.ways_to_pay import WaysToPay
from facturar.model.activity import Activity
from facturar.model.invoice import Invoice
from facturar.model.letter import Letter
from facturar.model.quote import Quote as Offer
from facturar.model.receipt import Receipt
from facturar.model.record import Record
from facturar.model.statement import Statement


@dataclass(frozen=True)
class MissingFact:
    """Something that a document must show and does not, and what of a template would show it."""

    what: str
    hint: str


def words_of(blocks: Sequence[Block]) -> str:
    """All that a document says, as plain text on one line."""
    return _solid(" ".join(text for block in blocks for text in _texts(block)))


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Heading() | Paragraph():
            yield plain(block.text)
        case Table():
            yield from (plain(cell) for row in block.all_rows for cell in row)
        case Bullets():
            yield from (text for item in block.items for inner in item for text in _texts(inner))
        case Quote():
            yield from (text for inner in block.blocks for text in _texts(inner))
        case Code():
            yield block.text
        case QrCode():
            yield block.label
        case _:
            return


def _solid(text: str) -> str:
    return re.sub(r"\s+", " ", text)


class Wanted(NamedTuple):
    """A fact that a text must show in one of these wordings (an empty one is there), and how a template shows it."""

    what: str
    wordings: tuple[str, ...]
    hint: str


def missing_facts(record: Record, markdown: str) -> Iterator[MissingFact]:
    """What the Markdown of a document does not show and must; of a kind that no law looks at, nothing is asked."""
    yield from _missing(_facts_of(record), words_of(read_blocks(markdown)))


def missing_in_mail(record: Record, markdown: str) -> Iterator[MissingFact]:
    """What the mail that a document is attached to lacks: a subject, and what its reader needs without opening it."""
    blocks = read_blocks(markdown)
    if not title_of(blocks):
        yield MissingFact("a subject", "begin the mail with a heading: # Invoice {{ number }}")
    yield from _missing(_facts_beside(record), words_of(blocks))


def _missing(wanted: Iterable[Wanted], text: str) -> Iterator[MissingFact]:
    missing = (
        MissingFact(fact.what, fact.hint)
        for fact in wanted
        if not any(_solid(wording) in text for wording in fact.wordings)
    )
    yield from dict.fromkeys(missing)


def _shown(what: str, fact: str, how: str) -> Wanted:
    return Wanted(what, (fact,), f"show it with {how}")


def _facts_of(record: Record) -> Iterator[Wanted]:
    match record:
        case Invoice():
            yield from _of_invoice(invoice_context(record))
        case Letter():
            yield from _of_letter(letter_context(record))
        case Receipt():
            yield from _of_receipt(receipt_context(record))
        case Statement():
            yield from _of_statement(statement_context(record))
        case _:
            return


def _facts_beside(record: Record) -> Iterator[Wanted]:
    match record:
        case Invoice():
            yield from _beside_invoice(invoice_context(record))
        case Offer():
            yield from _beside_quote(quote_context(record))
        case Activity():
            yield from _beside_activity(activity_context(record))
        case Receipt():
            yield from _beside_receipt(receipt_context(record))
        case Statement():
            yield from _beside_statement(statement_context(record))
        case _:
            yield from _facts_of(record)


def _beside_invoice(context: InvoiceContext) -> Iterator[Wanted]:
    yield _shown("the number", context.number, "{{ number }}")
    yield _shown("the amount", context.payable, "{{ payable }}")
    for part in context.due if context.pay else ():
        yield _shown("a due date", part.day, "{% for part in due %}{{ part.day }}")
    yield from _way_to_pay(context.pay)


def _beside_quote(context: QuoteContext) -> Iterator[Wanted]:
    yield _shown("the number", context.number, "{{ number }}")
    yield _shown("the amount", context.payable, "{{ payable }}")
    yield _shown("the day until which it is valid", context.valid_until, "{{ valid_until }}")
    yield from _way_to_pay(context.pay)


def _beside_activity(context: ActivityContext) -> Iterator[Wanted]:
    yield _shown("the last day that it covers", context.period_to, "{{ period_to }}")
    yield _shown("what it comes to", context.net, "{{ net }}")
    yield _shown("until when to answer", context.answer_by, "{{ answer_by }}")


def _beside_receipt(context: ReceiptContext) -> Iterator[Wanted]:
    yield _shown("the amount", context.amount, "{{ amount }}")
    yield _shown("its day", context.date, "{{ date }}")


def _beside_statement(context: StatementContext) -> Iterator[Wanted]:
    yield _shown("the balance", context.balance, "{{ balance }}")
    yield _shown("what is due now", context.due_now, "{{ due_now }}")
    yield from _way_to_pay(context.pay)


def _of_invoice(context: InvoiceContext) -> Iterator[Wanted]:
    """What art. 6 RD 1619/2012 and art. 226 of the VAT directive want on an invoice, and what it asks for."""
    yield _shown("the number", context.number, "{{ number }}")
    yield _shown("the day of issue", context.issued, "{{ issued }}")
    yield _shown("the day of supply", context.supplied, "{{ supplied }}")
    yield from _parties(context)
    yield _shown("the number that it corrects", context.corrects, "{{ corrects }}")
    yield _shown("why it corrects it", context.reason, "{{ reason }}")
    yield _shown("the total", context.total, "{{ total }}")
    yield _shown("what is to be paid", context.payable, "{{ payable }}")
    for part in context.due:
        yield _shown("a due date", part.day, "{% for part in due %}{{ part.day }}")
    for mention in context.mentions:
        yield _shown("a sentence that the law asks for", mention, "{% for text in mentions %}")
    for file in context.attached:
        yield _shown("an attached file", file.title, "{{ attachments(attached) }}")
    for file in context.enclosed:
        yield _shown("a file that goes beside it", file.title, "{{ enclosures(enclosed) }}")
    yield from _lines_and_taxes(context)


def _parties(context: InvoiceContext) -> Iterator[Wanted]:
    """Both sides; a simplified invoice need not say who the buyer is."""
    yield _shown("the seller's name", context.seller.name, "{{ seller.name }}")
    yield _shown("the seller's tax id", context.seller.tax_id, "{{ seller.tax_id }}")
    yield _shown("the seller's street", context.seller.street, "{{ seller.street }}")
    yield _shown("the buyer's name", context.buyer.name, "{{ buyer.name }}")
    if not context.simplified:
        yield _shown("the buyer's tax id", context.buyer.tax_id, "{{ buyer.tax_id }}")
        yield _shown("the buyer's street", context.buyer.street, "{{ buyer.street }}")


def _lines_and_taxes(context: InvoiceContext) -> Iterator[Wanted]:
    for line in (line for section in context.sections for line in section.lines):
        yield _shown("what a line is for", line.text, "{{ line.text }}")
        yield _shown("the amount of a line", line.net, "{{ line.net }}")
        yield _shown("the discount of a line", line.discount, "{{ line.discount }}")
    for tax in (*context.taxes, *context.withholdings):
        yield _shown("a tax with its rate", tax.name, "{{ tax.name }}")
        yield _shown("the base of a tax", tax.base, "{{ tax.base }}")
        yield _shown("the amount of a tax", tax.amount, "{{ tax.amount }}")


def _of_letter(context: LetterContext) -> Iterator[Wanted]:
    """What a letter must say so that it can be paid: how much, which invoices, since when, and how."""
    yield _shown("the total", context.total, "{{ total }}")
    for invoice in context.invoices:
        yield _shown("the number of an invoice", invoice.number, "{{ invoice.number }}")
        # A letter about one invoice may say the day in a sentence.
        days = (invoice.due, context.oldest_due) if context.one else (invoice.due,)
        yield Wanted("the due date of an invoice", days, "show it with {{ invoice.due }}")
    for charge in context.charges:
        yield _shown(f"the {charge.kind} that it claims", charge.amount, "{{ charge.amount }}")
    yield from _way_to_pay(context.pay)


def _of_receipt(context: ReceiptContext) -> Iterator[Wanted]:
    """What proves a payment: who paid whom, when, how much, and for what."""
    yield _shown("the day of the payment", context.date, "{{ date }}")
    yield _shown("the amount", context.amount, "{{ amount }}")
    yield _shown("what came in", context.received, "{{ received }}")
    yield _shown("the reference", context.reference, "{{ reference }}")
    yield _shown("the seller's name", context.seller.name, "{{ seller.name }}")
    yield _shown("the buyer's name", context.buyer.name, "{{ buyer.name }}")
    yield _shown("what is left as credit", context.credit, "{{ credit }}")
    for part in context.invoices:
        yield _shown("the number of an invoice", part.number, "{{ invoice.number }}")
        yield _shown("what went to an invoice", part.amount, "{{ invoice.amount }}")
        yield _shown("what is open of an invoice", part.open, "{{ invoice.open }}")


def _of_statement(context: StatementContext) -> Iterator[Wanted]:
    """What a statement must say so that it can be compared with the client's books, and paid."""
    yield _shown("the balance", context.balance, "{{ balance }}")
    yield _shown("its day", context.date, "{{ date }}")
    yield _shown("the balance at the start", context.opening, "{{ opening }}")
    yield _shown("the credit", context.credit, "{{ credit }}")
    yield _shown("what is due now", context.due_now, "{{ due_now }}")
    for item in context.items if context.kind == "open" else ():
        yield _shown("the number of an open item", item.number, "{{ item.number }}")
        yield _shown("the due date of an open item", item.due, "{{ item.due }}")
        yield _shown("what is open of an item", item.open, "{{ item.open }}")
    for movement in context.movements:
        yield _shown("the day of a movement", movement.day, "{{ movement.day }}")
        yield _shown("the document of a movement", movement.document, "{{ movement.document }}")
        yield _shown("the amount of a movement", movement.charge or movement.payment, "{{ movement.charge }}")
        yield _shown("the balance after a movement", movement.balance, "{{ movement.balance }}")
    yield from _way_to_pay(context.pay)


def _way_to_pay(pay: WaysToPay | None) -> Iterator[Wanted]:
    """One of the ways; when the book gives none, nothing is missing."""
    if pay:
        accounts = [text for account in pay.accounts for text in (account.iban, account.account, account.clabe) if text]
        ways = [*accounts, *(way.value for way in pay.ways if way.value)] or [""]
        yield Wanted("a way to pay", tuple(ways), '{% from "LANGUAGE/payment.md.j2" import ways %}{{ ways(pay) }}')
