"""The press: a record goes in, its faces come out. The one door to documents; everything else here is behind it.

The bytes of every face follow from the record, the templates and the look alone: no clock, no time zone, no settings
of the machine. It reads templates and the logo and writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from facturar.documents.activity_context import activity_context
from facturar.documents.blocks import Block, title_of
from facturar.documents.invoice_context import invoice_context
from facturar.documents.letter_context import letter_context
from facturar.documents.notice_context import notice_context
from facturar.documents.quote_context import quote_context
from facturar.documents.reading import read_blocks
from facturar.documents.receipt_context import receipt_context
from facturar.documents.statement_context import statement_context
from facturar.documents.templates import Templates
from facturar.documents.tidy import tidy
from facturar.model.activity import Activity
from facturar.model.invoice import Invoice
from facturar.model.letter import Letter
from facturar.model.notice import Notice
from facturar.model.quote import Quote
from facturar.model.receipt import Receipt
from facturar.model.record import Record, record_day
from facturar.model.settings import Look
from facturar.model.statement import Statement

if TYPE_CHECKING:
    from rich.console import RenderableType

    from facturar.documents.mail import Mail

MAILS = "mails/"
"""Where the templates are of the mails that documents are attached to: `mails/invoice`."""


class Press:
    """Makes documents with the templates of some folders (the first that has one wins) and one look.

    `folder` is the book's: the logo's path starts there.
    """

    def __init__(self, templates: Sequence[Path], look: Look, folder: Path) -> None:
        self.templates = Templates(templates)
        self._made_of = (tuple(templates), look, folder)
        self._look = look
        self._folder = folder

    def __reduce__(self) -> tuple[type[Press], tuple[Sequence[Path], Look, Path]]:
        """What it is made of: so it goes to another process."""
        return type(self), self._made_of

    def page(self, template: str, language: str, context: Mapping[str, object]) -> str:
        """The Markdown of any template. Raises FacturarError with the template's line if it is wrong."""
        return tidy(self.templates.text(template, language, context))

    def markdown(self, record: Record, template: str | None = None) -> str:
        """The Markdown of a record, in its own language; `template` is another layout than its usual one."""
        return self.page(template or template_of(record), record.language, _context_of(record))

    def pdf(self, markdown: str, *, language: str, day: date, title: str, author: str) -> bytes:
        """The PDF of a document's Markdown, dated by `day`; its footer says author, heading (else `title`) and page."""
        return self._printed(read_blocks(markdown), language, day, title, author)

    def html(self, markdown: str, *, language: str, title: str) -> bytes:
        """A document's Markdown as one page for a browser, which needs nothing else; `title` if it has no heading."""
        from facturar.documents.html import html_page
        from facturar.documents.html_style import HtmlLook

        blocks = read_blocks(markdown)
        page = html_page(blocks, title=title_of(blocks) or title, language=language, look=HtmlLook(self._look.accent))
        return page.encode()

    def mail(self, record: Record) -> Mail | None:
        """The e-mail by which a record goes to its client; None of a phone script, which nobody is sent.

        A letter is its own mail. Any other document is attached to a short one, by the template `mails/` and its kind.
        """
        if isinstance(record, Letter) and record.channel == "phone":
            return None
        from facturar.documents.html_style import HtmlLook
        from facturar.documents.mail import mail_of

        blocks = read_blocks(self.markdown(record, mail_template_of(record)))
        sender = record.seller.trade_name or record.seller.name
        return mail_of(blocks, sender=sender, language=record.language, look=HtmlLook(self._look.accent))

    def preview(self, markdown: str) -> RenderableType:
        """A document's Markdown as something to print on a terminal."""
        from facturar.documents.terminal import rendered

        return rendered(read_blocks(markdown))

    def faces(self, record: Record, template: str | None = None) -> dict[str, bytes]:
        """Every face of a record by its suffix: `.md` and `.pdf`."""
        markdown = self.markdown(record, template)
        blocks = read_blocks(markdown)
        author = record.seller.trade_name or record.seller.name
        printed = self._printed(blocks, record.language, record_day(record), template_of(record), author)
        return {".md": markdown.encode(), ".pdf": printed}

    def _printed(self, blocks: Sequence[Block], language: str, day: date, title: str, author: str) -> bytes:
        from facturar.documents.pdf import Paperwork, pdf  # ReportLab takes long to import, and text needs none of it

        paperwork = Paperwork(title=title_of(blocks) or title, author=author, language=language, day=day)
        return pdf(blocks, paperwork, self._look, self._folder)


def _context_of(record: Record) -> dict[str, object]:
    match record:
        case Invoice():
            return vars(invoice_context(record))
        case Quote():
            return vars(quote_context(record))
        case Letter():
            return vars(letter_context(record))
        case Notice():
            return vars(notice_context(record))
        case Activity():
            return vars(activity_context(record))
        case Receipt():
            return vars(receipt_context(record))
        case Statement():
            return vars(statement_context(record))


def template_of(record: Record) -> str:
    """The name of a record's usual template: `invoice`, `quote`, `activity` …, or `letters/` and its step or template.

    >>> template_of(Letter.model_construct(step="firm", template=None))
    'letters/firm'
    """
    match record:
        case Invoice():
            return "invoice"
        case Quote():
            return record.kind
        case Letter():
            return f"letters/{(record.template or record.step).removeprefix('letters/')}"
        case Notice():
            return f"letters/{record.name}"
        case Activity():
            return "activity"
        case Receipt():
            return "receipt"
        case Statement():
            return "statement"


def mail_template_of(record: Record) -> str:
    """The name of the template of a record's mail: `mails/` and the kind of the document, or the letter itself.

    >>> mail_template_of(Invoice.model_construct(kind="credit_note"))
    'mails/credit_note'
    """
    match record:
        case Invoice() | Quote():
            return f"{MAILS}{record.kind}"
        case Letter() | Notice():
            return template_of(record)
        case Activity():
            return f"{MAILS}activity"
        case Receipt() | Statement():
            return f"{MAILS}{template_of(record)}"


def mailed_by(template: str, records: Mapping[str, Record]) -> Mapping[str, Record]:
    """Those of some named records that a template of mails is for; all of them if it is for none, or for no mail."""
    fitting = {name: record for name, record in records.items() if mail_template_of(record) == template}
    return fitting or records
