"""The files of a month's report: its facts worked out, then put through the press."""

from __future__ import annotations

from pathlib import PurePosixPath

from facturar.cli.session import Opened
from facturar.documents.press import Press
from facturar.documents.report_context import report_context
from facturar.plan.month import month_end
from facturar.store.layout import report
from facturar.views.report import month_report


def report_files(month: str, opened: Opened, press: Press) -> list[tuple[PurePosixPath, bytes]]:
    """The report of a month (2026-11) as Markdown and PDF.

    The Markdown of a report that was cut short stands: its PDF is made from it, not from what was entered since.
    """
    settings, paths, last = opened.book.settings, report(month), month_end(month)
    author = settings.business.trade_name or settings.business.name
    written = opened.folder / paths.markdown
    if written.exists():
        text = written.read_text("utf-8")
    else:
        facts = report_context(month_report(opened.book, last), author, settings.language, opened.book.clients)
        text = press.page("report", settings.language, vars(facts))
    printed = press.pdf(text, language=settings.language, day=last, title=month, author=author)
    return [(paths.markdown, text.encode()), (paths.pdf, printed)]
