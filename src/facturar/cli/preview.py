"""`preview`: any document from its template, on invented or on real data. Nothing of the book changes."""

from __future__ import annotations

import os
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from facturar.cli.aging_page import aging_page
from facturar.cli.aging_tables import Asked, By, found_in
from facturar.cli.carry_out import documents_of, press_for
from facturar.cli.output_file import put_outside
from facturar.cli.report import month_day, report_text
from facturar.cli.session import Opened, day, opened, session_of
from facturar.cli.templating import NOT_YET
from facturar.documents.dossier_context import dossier_context
from facturar.documents.press import Press, mailed_by, template_of
from facturar.documents.template_check import name_of, short_names, values_used
from facturar.documents.template_kinds import FRAMES, TemplateKind, kind_of
from facturar.documents.templates import SUFFIX
from facturar.model.record import Record, record_day
from facturar.plan.samples import Samples
from facturar.problems import UsageError, did_you_mean
from facturar.rules.aging import Ages
from facturar.rules.customs import steps_of_ladders


class Shown(StrEnum):
    """How a document is shown: as it reads on a terminal, or as its Markdown."""

    table = "table"
    md = "md"


def preview(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="A template: invoice, letters/firm, mails/quote, report …")],
    on: Annotated[str | None, typer.Option(metavar="ID", help="On this document (month, day) of the book.")] = None,
    sample: Annotated[
        str | None, typer.Option(help="On another invented one: deposit, final, credit_note, part …")
    ] = None,
    language: Annotated[str | None, typer.Option(help="In this language; else the book's, or the document's.")] = None,
    pdf: Annotated[Path | None, typer.Option(metavar="FILE", help="As a PDF into this file, outside the book.")] = None,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="As a page for a browser, likewise.")] = None,
    form: Annotated[Shown, typer.Option("--format", help="On a terminal: as it reads, or its Markdown.")] = Shown.table,
) -> None:
    """Any document from its template, on sample or real data."""
    found = opened(session_of(ctx), NOT_YET)
    press = press_for(found)
    template, wanted = _template(name, language, press)
    kind = kind_of(template, steps_of_ladders(found.book))
    pages = (TemplateKind.report, TemplateKind.aging, TemplateKind.dossier)
    record = None if kind in pages else _record(template, kind, on, sample, wanted, found)
    spoken = wanted or (record.language if record else found.book.settings.language)
    _must_have(template, spoken, press)
    if record:
        of, text = record_day(record), press.markdown(record.model_copy(update={"language": spoken}), template)
    else:
        of, text = _page(template, kind, on, found, press, spoken)
    business = found.book.settings.business
    author = business.trade_name or business.name
    if pdf:
        put_outside(pdf, press.pdf(text, language=spoken, day=of, title=template, author=author), found)
    if html:
        put_outside(html, press.html(text, language=spoken, title=template), found)
    if not (pdf or html):
        _show(text, form, press)


def _page(
    template: str, kind: TemplateKind, on: str | None, found: Opened, press: Press, language: str
) -> tuple[date, str]:
    """A page that is of no record, with its day: the report of a month, the aging of a day, one of a dossier."""
    if kind is TemplateKind.report:
        last = month_day(on, found.today)
        return last, report_text(found, last, press, language)
    if kind is TemplateKind.dossier:
        if on is not None:
            raise UsageError("a dossier is of no document", "leave --on out: it is shown on invented data")
        shown = dossier_context(Samples(found.book, language, found.today).dossier())
        return found.today, press.page(template, language, vars(shown))
    asked = Asked(day(on, "--on") if on else found.today, By.client, Ages(found.book.settings.aging))
    return asked.day, aging_page(found_in(found.book, asked), found, press, language)


def _template(given: str, language: str | None, press: Press) -> tuple[str, str | None]:
    """The name of a template however it is given (`firm`, `es/letters/firm.md.j2`), and the language if it says one."""
    name = given.removeprefix("templates/").removesuffix(SUFFIX)
    names = set(map(name_of, press.templates.paths))
    languages = {path.partition("/")[0] for path in press.templates.paths}
    first, _, rest = name.partition("/")
    if first in languages and rest in names:
        name, language = rest, language or first
    if name not in names and f"letters/{name}" in names:
        name = f"letters/{name}"
    if name not in names:
        raise UsageError(f"there is no template '{given}'", did_you_mean(name, short_names(press.templates.paths)))
    if name in FRAMES or kind_of(name, ()) is TemplateKind.part:
        raise UsageError(f"'{name}' is a part of other templates", "preview one that uses it: facturar templates list")
    return name, language


def _must_have(name: str, language: str, press: Press) -> None:
    path = f"{language}/{name}{SUFFIX}"
    if path not in press.templates.paths:
        raise UsageError(f"there is no template {path}", f"write templates/{path} in your book, or choose a language")


def _record(
    template: str, kind: TemplateKind, on: str | None, sample: str | None, language: str | None, found: Opened
) -> Record:
    """The document to show: a real one of the template's kind, or an invented one."""
    if on is not None:
        return _real(on, kind, found)
    spoken = language or found.book.settings.language
    samples = Samples(found.book, spoken, found.today)
    if kind is TemplateKind.letter:
        return samples.letter(template.removeprefix("letters/"))
    if kind is TemplateKind.notice:
        keys = values_used(f"{spoken}/{template}{SUFFIX}", press_for(found).templates)
        return samples.notice(template.removeprefix("letters/"), keys)
    if sample is not None and sample not in samples.names(kind):
        raise UsageError(f"there is no sample '{sample}'", did_you_mean(sample, samples.names(kind)))
    return (
        samples.document(kind, sample) if sample else next(iter(mailed_by(template, samples.documents(kind)).values()))
    )


def _real(name: str, kind: TemplateKind, found: Opened) -> Record:
    records = documents_of(found.book)
    if name not in records:
        raise UsageError(f"there is no document '{name}'", did_you_mean(name, records))
    own = kind_of(template_of(records[name]), steps_of_ladders(found.book))
    if own is not kind:
        raise UsageError(f"'{name}' is made by a template for {own}s, not for {kind}s", f"facturar preview {own}")
    return records[name]


def _show(text: str, form: Shown, press: Press) -> None:
    if form is Shown.md:
        sys.stdout.write(text)
        return
    from rich.console import Console

    from facturar.documents.terminal import WIDTH

    Console(no_color=bool(os.environ.get("NO_COLOR")), width=WIDTH).print(press.preview(text))
