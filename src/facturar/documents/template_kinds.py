"""What a template is for, by its name: which facts it is given, and which names it may use.

A name is that of the file below its language: `invoice`, `letters/firm`, `mails/invoice`.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from enum import StrEnum

from facturar.documents.activity_context import ActivityContext
from facturar.documents.aging_text import AgingContext
from facturar.documents.dossier_context import DossierContext
from facturar.documents.invoice_context import InvoiceContext
from facturar.documents.letter_context import LetterContext
from facturar.documents.notice_context import NoticeContext
from facturar.documents.quote_context import QuoteContext
from facturar.documents.receipt_context import ReceiptContext
from facturar.documents.report_text import ReportContext
from facturar.documents.statement_context import StatementContext


class TemplateKind(StrEnum):
    """A family of templates that are given the same names."""

    invoice = "invoice"
    letter = "letter"
    notice = "notice"
    quote = "quote"
    pro_forma = "pro_forma"
    activity = "activity"
    receipt = "receipt"
    statement = "statement"
    report = "report"
    dossier = "dossier"
    aging = "aging"
    part = "part"


CONTEXTS: Mapping[TemplateKind, type] = {
    TemplateKind.invoice: InvoiceContext,
    TemplateKind.letter: LetterContext,
    TemplateKind.notice: NoticeContext,
    TemplateKind.quote: QuoteContext,
    TemplateKind.pro_forma: QuoteContext,
    TemplateKind.activity: ActivityContext,
    TemplateKind.receipt: ReceiptContext,
    TemplateKind.statement: StatementContext,
    TemplateKind.report: ReportContext,
    TemplateKind.dossier: DossierContext,
    TemplateKind.aging: AgingContext,
}
_BY_NAME = {
    "report": TemplateKind.report,
    "dossier": TemplateKind.dossier,
    "aging": TemplateKind.aging,
    "balances": TemplateKind.part,
    "activity": TemplateKind.activity,
    "receipt": TemplateKind.receipt,
    "statement": TemplateKind.statement,
    "quote": TemplateKind.quote,
    "pro_forma": TemplateKind.pro_forma,
    "parts": TemplateKind.part,
    "payment": TemplateKind.part,
}
FRAMES = frozenset({"letters/letter", "mails/mail"})
"""Templates that others extend and nobody makes a document of."""


def kind_of(name: str, steps: Container[str]) -> TemplateKind:
    """What a template is for; one of an unknown name is a layout of invoices, as a client may have one.

    The mail that a document is attached to is given what the document is given. Of the letters those are for reminders
    that make `steps` of a ladder, and the frame; any other is a notice.

    >>> steps = {"firm"}
    >>> [kind_of(name, steps).value for name in ("letters/firm", "letters/thank-you", "report", "invoice-acme")]
    ['letter', 'notice', 'report', 'invoice']
    >>> kind_of("mails/quote", steps).value, kind_of("mails/credit_note", steps).value
    ('quote', 'invoice')
    """
    name = name.removeprefix("mails/")
    if name.startswith("letters/"):
        of_a_ladder = name in FRAMES or name.removeprefix("letters/") in steps
        return TemplateKind.letter if of_a_ladder else TemplateKind.notice
    if name.startswith("dossier/"):
        return TemplateKind.dossier
    return _BY_NAME.get(name, TemplateKind.invoice)
