"""What a document must show: an invoice by law, a letter or a mail to be paid, a statement to be compared.

Looked for in the finished text, so that it does not matter how a template comes to say it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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


def missing_facts(record: Record, markdown: str) -> Iterator[MissingFact]:
    """What the Markdown of a document does not show and must; of a kind that no law looks at, nothing is asked."""
    text = words_of(read_blocks(markdown))
    match record:
        case Invoice():
            yield from missing_in_invoice(invoice_context(record), text)
        case Letter():
            yield from missing_in_letter(letter_context(record), text)
        case Receipt():
            yield from missing_in_receipt(receipt_context(record), text)
        case Statement():
            yield from missing_in_statement(statement_context(record), text)
        case _:
            return


def missing_in_mail(record: Record, markdown: str) -> Iterator[MissingFact]:
    """What the mail that a document is attached to lacks: a subject, and what its reader needs without opening it."""
    blocks = read_blocks(markdown)
    text = words_of(blocks)
    if not title_of(blocks):
        yield MissingFact("a subject", "begin the mail with a heading: # Invoice {{ number }}")
    match record:
        case Invoice():
            yield from _missing_beside_invoice(invoice_context(record), text)
        case Offer():
            yield from _missing_beside_quote(quote_context(record), text)
        case Activity():
            yield from _missing_beside_activity(activity_context(record), text)
        case Receipt():
            yield from _missing_beside_receipt(receipt_context(record), text)
        case Statement():
            yield from _missing_beside_statement(statement_context(record), text)
        case _:
            yield from missing_facts(record, markdown)


def _missing_beside_invoice(context: InvoiceContext, text: str) -> Iterator[MissingFact]:
    wanted = [("the number", context.number, "{{ number }}"), ("the amount", context.payable, "{{ payable }}")]
    if context.pay:
        wanted += [("a due date", part.day, "{% for part in due %}{{ part.day }}") for part in context.due]
    yield from _not_in(text, wanted)
    yield from _no_way_to_pay(context.pay, text)


def _missing_beside_quote(context: QuoteContext, text: str) -> Iterator[MissingFact]:
    wanted = [
        ("the number", context.number, "{{ number }}"),
        ("the amount", context.payable, "{{ payable }}"),
        ("the day until which it is valid", context.valid_until, "{{ valid_until }}"),
    ]
    yield from _not_in(text, wanted)
    yield from _no_way_to_pay(context.pay, text)


def _missing_beside_activity(context: ActivityContext, text: str) -> Iterator[MissingFact]:
    wanted = [
        ("the last day that it covers", context.period_to, "{{ period_to }}"),
        ("what it comes to", context.net, "{{ net }}"),
        ("until when to answer", context.answer_by, "{{ answer_by }}"),
    ]
    yield from _not_in(text, wanted)


def _missing_beside_receipt(context: ReceiptContext, text: str) -> Iterator[MissingFact]:
    yield from _not_in(text, [("the amount", context.amount, "{{ amount }}"), ("its day", context.date, "{{ date }}")])


def _missing_beside_statement(context: StatementContext, text: str) -> Iterator[MissingFact]:
    wanted = [("the balance", context.balance, "{{ balance }}"), ("what is due now", context.due_now, "{{ due_now }}")]
    yield from _not_in(text, wanted)
    yield from _no_way_to_pay(context.pay, text)


def missing_in_invoice(context: InvoiceContext, text: str) -> Iterator[MissingFact]:
    """What an invoice lacks of art. 6 RD 1619/2012 and art. 226 of the VAT directive, and what it asks for."""
    wanted = [
        ("the number", context.number, "{{ number }}"),
        ("the day of issue", context.issued, "{{ issued }}"),
        ("the day of supply", context.supplied, "{{ supplied }}"),
        ("the seller's name", context.seller.name, "{{ seller.name }}"),
        ("the seller's tax id", context.seller.tax_id, "{{ seller.tax_id }}"),
        ("the seller's street", context.seller.street, "{{ seller.street }}"),
        ("the buyer's name", context.buyer.name, "{{ buyer.name }}"),
        ("the number that it corrects", context.corrects, "{{ corrects }}"),
        ("why it corrects it", context.reason, "{{ reason }}"),
        ("the total", context.total, "{{ total }}"),
        ("what is to be paid", context.payable, "{{ payable }}"),
        *(("a due date", part.day, "{% for part in due %}{{ part.day }}") for part in context.due),
        *(("a sentence that the law asks for", text, "{% for text in mentions %}") for text in context.mentions),
    ]
    wanted += [("an attached file", file.title, "{{ attachments(attached) }}") for file in context.attached]
    wanted += [("a file that goes beside it", file.title, "{{ enclosures(enclosed) }}") for file in context.enclosed]
    if not context.simplified:
        wanted += [
            ("the buyer's tax id", context.buyer.tax_id, "{{ buyer.tax_id }}"),
            ("the buyer's street", context.buyer.street, "{{ buyer.street }}"),
        ]
    for section in context.sections:
        for line in section.lines:
            wanted += [
                ("what a line is for", line.text, "{{ line.text }}"),
                ("the amount of a line", line.net, "{{ line.net }}"),
                ("the discount of a line", line.discount, "{{ line.discount }}"),
            ]
    for tax in (*context.taxes, *context.withholdings):
        wanted += [
            ("a tax with its rate", tax.name, "{{ tax.name }}"),
            ("the base of a tax", tax.base, "{{ tax.base }}"),
            ("the amount of a tax", tax.amount, "{{ tax.amount }}"),
        ]
    yield from _not_in(text, wanted)


def missing_in_letter(context: LetterContext, text: str) -> Iterator[MissingFact]:
    """What a letter lacks so that it can be paid: how much, which invoices, since when, and how."""
    wanted = [("the total", context.total, "{{ total }}")]
    for invoice in context.invoices:
        wanted += [
            ("the number of an invoice", invoice.number, "{{ invoice.number }}"),
            ("the due date of an invoice", invoice.due, "{{ invoice.due }}"),
        ]
    if context.one:  # a letter about one invoice may say the day in a sentence
        wanted = [fact for fact in wanted if fact[1] != context.invoices[0].due or context.oldest_due not in text]
    wanted += [
        (f"the {charge.kind} that it claims", charge.amount, "{{ charge.amount }}") for charge in context.charges
    ]
    yield from _not_in(text, wanted)
    yield from _no_way_to_pay(context.pay, text)


def missing_in_receipt(context: ReceiptContext, text: str) -> Iterator[MissingFact]:
    """What a receipt lacks to prove a payment: who paid whom, when, how much, and for what."""
    wanted = [
        ("the day of the payment", context.date, "{{ date }}"),
        ("the amount", context.amount, "{{ amount }}"),
        ("what came in", context.received, "{{ received }}"),
        ("the reference", context.reference, "{{ reference }}"),
        ("the seller's name", context.seller.name, "{{ seller.name }}"),
        ("the buyer's name", context.buyer.name, "{{ buyer.name }}"),
        ("what is left as credit", context.credit, "{{ credit }}"),
    ]
    for part in context.invoices:
        wanted += [
            ("the number of an invoice", part.number, "{{ invoice.number }}"),
            ("what went to an invoice", part.amount, "{{ invoice.amount }}"),
            ("what is open of an invoice", part.open, "{{ invoice.open }}"),
        ]
    yield from _not_in(text, wanted)


def missing_in_statement(context: StatementContext, text: str) -> Iterator[MissingFact]:
    """What a statement lacks so that it can be compared with the client's books, and paid."""
    wanted = [
        ("the balance", context.balance, "{{ balance }}"),
        ("its day", context.date, "{{ date }}"),
        ("the balance at the start", context.opening, "{{ opening }}"),
        ("the credit", context.credit, "{{ credit }}"),
        ("what is due now", context.due_now, "{{ due_now }}"),
    ]
    for item in context.items if context.kind == "open" else ():
        wanted += [
            ("the number of an open item", item.number, "{{ item.number }}"),
            ("the due date of an open item", item.due, "{{ item.due }}"),
            ("what is open of an item", item.open, "{{ item.open }}"),
        ]
    for movement in context.movements:
        wanted += [
            ("the day of a movement", movement.day, "{{ movement.day }}"),
            ("the document of a movement", movement.document, "{{ movement.document }}"),
            ("the amount of a movement", movement.charge or movement.payment, "{{ movement.charge }}"),
            ("the balance after a movement", movement.balance, "{{ movement.balance }}"),
        ]
    yield from _not_in(text, wanted)
    yield from _no_way_to_pay(context.pay, text)


def _no_way_to_pay(pay: WaysToPay | None, text: str) -> Iterator[MissingFact]:
    if pay and not any(_solid(way) in text for way in _ways(pay)):
        yield MissingFact("a way to pay", '{% from "LANGUAGE/payment.md.j2" import ways %}{{ ways(pay) }}')


def _ways(pay: WaysToPay) -> list[str]:
    """What would tell a reader how to pay; when the book gives no way, nothing is missing."""
    accounts = [text for account in pay.accounts for text in (account.iban, account.account, account.clabe) if text]
    return [*accounts, *(way.value for way in pay.ways if way.value)] or [""]


def _not_in(text: str, wanted: list[tuple[str, str, str]]) -> Iterator[MissingFact]:
    missing = (MissingFact(what, f"show it with {how}") for what, fact, how in wanted if _solid(fact) not in text)
    yield from dict.fromkeys(missing)
