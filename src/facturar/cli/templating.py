"""`templates`: which there are, a copy of one to edit, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Annotated, Any

import typer

from facturar.cli.carry_out import press_for
from facturar.cli.output import Column, Format, FormatOption, Table, print_table, say
from facturar.cli.session import Opened, Session, opened, opened_to_write, session_of
from facturar.documents.press import MAILS, Press, mailed_by
from facturar.documents.template_check import (
    TemplateCode,
    TemplateFault,
    extended_by,
    name_of,
    short_names,
    template_faults,
    values_used,
)
from facturar.documents.template_facts import missing_facts, missing_in_mail
from facturar.documents.template_kinds import FRAMES, TemplateKind, kind_of
from facturar.documents.templates import SUFFIX
from facturar.model.record import Record
from facturar.plan.samples import Samples
from facturar.problems import Code, Exit, FacturarError, UsageError, did_you_mean
from facturar.rules.customs import steps_of_ladders
from facturar.store.layout import TEMPLATES

NOT_YET = frozenset({Code.unknown_template})
"""What a book may lack while its templates are being written: one that it needs."""
SHIPPED = ("en", "es")
"""The languages that come with facturar, whole."""


class What(StrEnum):
    """What to do with templates."""

    list = "list"
    eject = "eject"
    check = "check"


def templates(
    ctx: typer.Context,
    what: Annotated[What, typer.Argument(help="list them, eject one into the book to edit it, or check them.")],
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME...]", help="letters/firm, invoice …")] = None,
    language: Annotated[str | None, typer.Option(help="Only in this language; of eject, else the book's.")] = None,
    target: Annotated[
        str | None,
        typer.Option("--as", metavar="LANGUAGE", help="Of eject: a copy for another language, to translate."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what eject would write, and write nothing.")] = False,
    form: FormatOption = Format.table,
) -> None:
    """List templates, copy one to edit (eject), or check them."""
    session = session_of(ctx)
    match what:
        case What.list:
            _list(opened(session, NOT_YET), language, form)
        case What.eject:
            _eject(session, names or [], language, target, dry_run=dry_run)
        case What.check:
            _check(opened(session, NOT_YET), names or [], language, form, session)


def _is_own(path: str, found: Opened) -> bool:
    return (found.folder / TEMPLATES / path).is_file()


def _list(found: Opened, language: str | None, form: Format) -> None:
    press, steps = press_for(found), steps_of_ladders(found.book)
    columns = [Column("Template", "template", whole=True), Column("For", "kind"), Column("Whose", "whose")]
    rows = [
        (
            path,
            "part" if name_of(path) in FRAMES else kind_of(name_of(path), steps).value,
            "yours" if own else "shipped",
        )
        for path in press.templates.paths
        if language in (None, path.partition("/")[0])
        for own in (_is_own(path, found),)
    ]
    print_table(Table(columns, rows), form)


def _path(name: str, language: str, press: Press) -> str:
    """The path of a template, however it is given: `firm`, `letters/firm`, `mails/quote`, `es/letters/firm.md.j2`."""
    plain = name.removeprefix("templates/").removesuffix(SUFFIX)
    tried = [f"{start}{plain}{SUFFIX}" for start in ("", f"{language}/", f"{language}/letters/")]
    found = next((path for path in tried if path in press.templates.paths), None)
    if found is None:
        hint = did_you_mean(plain, short_names(press.templates.paths)) or "see facturar templates list"
        raise UsageError(f"there is no template '{name}' in '{language}'", hint)
    return found


def _eject(session: Session, names: list[str], language: str | None, target: str | None, *, dry_run: bool) -> None:
    if not (names or target):
        raise UsageError("which template?", "name one: facturar templates eject letters/firm")
    if target is not None and not re.fullmatch(r"[a-z]{2}", target, re.ASCII):
        raise UsageError(f"--as: '{target}' is not a language", "write two letters: pt, ca, fr")
    with opened_to_write(session, dry_run=dry_run, despite=NOT_YET) as found:
        press = press_for(found)
        copies = _copies(names, language or found.book.settings.language, target, press)
        there = [path for path in copies if _is_own(path, found)]
        if names and there:
            raise UsageError(f"templates/{there[0]} is there already", "edit that one; it is never overwritten")
        for path, source in copies.items():
            if path not in there:
                _put(path, source, press, found, session, dry_run=dry_run)


def _copies(names: list[str], language: str, target: str | None, press: Press) -> dict[str, str]:
    """Each copy by its path, those of another language taking parts of each other; all there are if none is named."""
    paths = [_path(name, language, press) for name in names] or [
        path for path in press.templates.paths if path.startswith(f"{language}/")
    ]
    sources = {path: press.templates.source(path) for path in paths}
    if target is None:
        return sources
    if not sources:
        raise UsageError(f"there are no templates in '{language}'", "copy those of en or es: --language en")
    return {
        f"{target}/{path.partition('/')[2]}": source.replace(f'"{path.partition("/")[0]}/', f'"{target}/')
        for path, source in sources.items()
    }


def _put(path: str, source: str, press: Press, found: Opened, session: Session, *, dry_run: bool) -> None:
    from facturar.store.writing import put_face

    if not dry_run:
        put_face(found.folder, PurePosixPath(TEMPLATES / path), source.encode(), disk=session.disk)
    say(f"{'would write ' if dry_run else ''}templates/{path}", quiet=session.quiet)
    for other in extended_by(source, press.templates.environment):
        say(f"  it takes parts of {other}", quiet=session.quiet)


def _check(found: Opened, names: list[str], language: str | None, form: Format, session: Session) -> None:
    press = press_for(found)
    spoken = language or found.book.settings.language
    paths = [_path(name, spoken, press) for name in names] or [
        path for path in press.templates.paths if language in (None, path.partition("/")[0])
    ]
    faults = [fault for path in paths for fault in _faults(path, press, found)]
    columns = [
        Column("Where", "where", whole=True),
        Column("What", "message"),
        Column("Hint", "hint"),
    ]
    rows: list[tuple[Any, ...]] = [(f"{f.file}:{f.line}", f.message, f.hint) for f in faults]
    facts = [vars(fault) for fault in faults]
    if not names:
        _tell_what_lacks(language, press, session)
    if faults or form is not Format.table:
        print_table(Table(columns, rows), form, as_json=facts)
    if faults:
        raise typer.Exit(Exit.book_errors)
    say(f"{len(paths)} template{'s' * (len(paths) != 1)}: nothing is wrong.", quiet=session.quiet)


def _tell_what_lacks(language: str | None, press: Press, session: Session) -> None:
    """Which of facturar's templates a language of the book does not have: those documents cannot be written in it."""
    names: dict[str, set[str]] = {}
    for path in press.templates.paths:
        names.setdefault(path.partition("/")[0], set()).add(name_of(path))
    for spoken, there in names.items():
        lacking = sorted(set.intersection(*(names[each] for each in SHIPPED)) - there)
        if lacking and language in (None, spoken):
            say(f"{spoken} does not have yet: {', '.join(lacking)}", quiet=session.quiet)


def _faults(path: str, press: Press, found: Opened) -> list[TemplateFault]:
    """What is wrong with a template; whether it shows what it must is asked only of one that can be filled in."""
    source = press.templates.source(path)
    kind = kind_of(name_of(path), steps_of_ladders(found.book))
    faults = template_faults(path, source, press.templates.paths, press.templates.environment, kind)
    return faults or list(dict.fromkeys(_lacking(path, press, found)))


def _lacking(path: str, press: Press, found: Opened) -> Iterator[TemplateFault]:
    """What the template's samples do not show, or why they cannot be made."""
    file = f"{TEMPLATES}/{path}"
    missing_in = missing_in_mail if name_of(path).startswith(MAILS) else missing_facts
    for record in _samples(path, press, found):
        try:
            text = press.markdown(record, name_of(path))
        except FacturarError as error:
            yield TemplateFault(file, 1, TemplateCode.bad_sample, error.message, error.hint)
            continue
        for missing in missing_in(record, text):
            yield TemplateFault(file, 1, TemplateCode.missing_fact, f"a sample lacks {missing.what}", missing.hint)


def _samples(path: str, press: Press, found: Opened) -> Iterator[Record]:
    """Invented documents for a template that makes documents of its own."""
    name, language = name_of(path), path.partition("/")[0]
    kind = kind_of(name, steps_of_ladders(found.book))
    if kind in (TemplateKind.part, TemplateKind.report, TemplateKind.aging, TemplateKind.dossier) or name in FRAMES:
        return
    samples = Samples(found.book, language, found.today)
    if kind is TemplateKind.letter:
        yield samples.letter(name.removeprefix("letters/"))
    elif kind is TemplateKind.notice:
        yield samples.notice(name.removeprefix("letters/"), values_used(path, press.templates))
    else:
        yield from mailed_by(name, samples.documents(kind)).values()
