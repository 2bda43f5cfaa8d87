"""The month's report: its facts worked out, put through the press, written by a run or shown on the screen."""

from __future__ import annotations

import os
import re
import sys
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Annotated

import typer

from facturar.cli.carry_out import press_for
from facturar.cli.output import Format, FormatOption, print_json
from facturar.cli.report_data import as_facts, print_csv
from facturar.cli.session import Opened, opened, session_of
from facturar.documents.report_context import ReportFacts, report_context
from facturar.plan.invoices import plan_invoices
from facturar.plan.month import month_end
from facturar.problems import UsageError
from facturar.store.layout import report as report_paths
from facturar.views.report import as_of, month_report

if TYPE_CHECKING:
    from facturar.documents.press import Press

_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


def _facts(opened: Opened, last: date) -> ReportFacts:
    """A month up to a day, and what was due to be billed by then and not billed."""
    to_bill = plan_invoices(as_of(opened.book, last), last)
    return ReportFacts(month_report(opened.book, last), to_bill, opened.book)


def report_text(opened: Opened, last: date, press: Press, language: str | None = None) -> str:
    """The Markdown of the month up to a day, in the book's language or another."""
    language = language or opened.book.settings.language
    return press.page("report", language, vars(report_context(_facts(opened, last), language)))


def report_files(month: str, opened: Opened, press: Press) -> list[tuple[PurePosixPath, bytes]]:
    """The report of a month (2026-11) as Markdown, HTML and PDF.

    The Markdown of a report that was cut short stands: its other faces are made from it, not from what was entered
    since.
    """
    settings, paths, last = opened.book.settings, report_paths(month), month_end(month)
    author = settings.business.trade_name or settings.business.name
    written = opened.folder / paths.markdown
    text = written.read_text("utf-8") if written.exists() else report_text(opened, last, press)
    page = press.html(text, language=settings.language, title=month)
    printed = press.pdf(text, language=settings.language, day=last, title=month, author=author)
    return [(paths.markdown, text.encode()), (paths.html, page), (paths.pdf, printed)]


def month_day(month: str | None, today: date) -> date:
    """The day that a month is reported as of: its last, or today while it runs."""
    if month is None:
        return today
    if not _MONTH.fullmatch(month):
        raise UsageError(f"'{month}' is not a month", "write year-month: 2026-11")
    last = month_end(month)
    if last.replace(day=1) > today:
        raise UsageError(f"{month} has not begun: today is {today}", "give a month that has, or use --today")
    return min(last, today)


def report(
    ctx: typer.Context,
    month: Annotated[str | None, typer.Argument(help="Year and month: 2026-11. The running one if none.")] = None,
    form: FormatOption = Format.table,
) -> None:
    """The month as one page: to bill, issued, paid, aging, taxes."""
    found = opened(session_of(ctx))
    last = month_day(month, found.today)
    match form:
        case Format.json:
            print_json(as_facts(_facts(found, last)))
        case Format.csv:
            print_csv(_facts(found, last))
        case Format.md:
            sys.stdout.write(report_text(found, last, press_for(found)))
        case Format.table:
            _on_screen(found, last)


def _on_screen(found: Opened, last: date) -> None:
    from rich.console import Console

    from facturar.documents.terminal import WIDTH

    press = press_for(found)
    console = Console(no_color=bool(os.environ.get("NO_COLOR")), width=WIDTH)
    console.print(press.preview(report_text(found, last, press)))
