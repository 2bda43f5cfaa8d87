"""The book itself: init, check, render."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from facturar.cli.completion import document_names
from facturar.cli.founding import Founding, copy_example, found_book, refuse_taken
from facturar.cli.output import Column, Format, FormatOption, Table, print_json, print_table, say
from facturar.cli.session import diagnosed, opened_to_write, session_of
from facturar.problems import Exit, Problem, Severity, UsageError, did_you_mean


def init(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(help="Where the book will be; made if it is not there.")] = Path(),
    example: Annotated[
        str | None, typer.Option(help="Copy an example: estudio-luna, north-light or taller-robles.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="Your name, as invoices must say it.")] = None,
    trade_name: Annotated[str | None, typer.Option(help="The name you trade under.")] = None,
    tax_id: Annotated[str | None, typer.Option(help="Your tax id (NIF, VAT number …).")] = None,
    street: Annotated[str | None, typer.Option(help="Street and number.")] = None,
    postcode: Annotated[str | None, typer.Option(help="Postcode.")] = None,
    city: Annotated[str | None, typer.Option(help="City.")] = None,
    country: Annotated[str | None, typer.Option(help="Country, ISO code: ES, MX, GB …")] = None,
    email: Annotated[str | None, typer.Option(help="E-mail.")] = None,
    iban: Annotated[str | None, typer.Option(help="Bank account for transfers.")] = None,
    language: Annotated[str | None, typer.Option(help="Language of documents: es or en.")] = None,
    currency: Annotated[str | None, typer.Option(help="Currency, ISO code: EUR, USD …")] = None,
    timezone: Annotated[str | None, typer.Option(help="Time zone: Europe/Madrid …")] = None,
    reminders: Annotated[str | None, typer.Option(help="Which reminders: weekly, monthly or none.")] = None,
) -> None:
    """Start a new book, or copy an example."""
    session, then = session_of(ctx), "facturar check, facturar plan"
    if example is not None:
        copy_example(example, folder)
    else:
        refuse_taken(folder)
        if sys.stdin.isatty():
            say(f"A new book, to be made in {folder.resolve()} after the last answer.", quiet=session.quiet)
        then = "add a client to clients.yaml and a job to jobs.yaml"
        asked = Founding(
            name,
            trade_name,
            tax_id,
            street,
            postcode,
            city,
            country,
            email,
            iban,
            language,
            currency,
            timezone,
            reminders,
        )
        found_book(asked.completed(), folder)
    where = "" if folder == Path() else f"cd {folder}, then "
    say(f"A book is ready in {folder.resolve()}.\nNext: {where}{then}.", quiet=session.quiet)


def _problem_facts(problem: Problem) -> dict[str, object]:
    place = problem.place
    return {
        "code": problem.code.value,
        "severity": problem.severity.value,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "message": problem.message,
        "hint": problem.hint or None,
    }


_COLUMNS = [Column(key.capitalize(), key) for key in ("code", "severity", "file", "line", "column", "message", "hint")]


def _print_problems(problems: list[Problem], form: Format) -> None:
    from facturar.cli.problem_text import problem_text

    facts = [_problem_facts(problem) for problem in problems]
    if form is Format.json:
        print_json(facts)
    elif form is Format.table:
        sys.stdout.write("".join(f"{problem_text(problem)}\n\n" for problem in problems))
    else:
        print_table(Table(_COLUMNS, [tuple(fact.values()) for fact in facts]), form)


def check(
    ctx: typer.Context,
    strict: Annotated[bool, typer.Option("--strict", help="End with 1 for warnings too.")] = False,
    form: FormatOption = Format.table,
) -> None:
    """Everything that is wrong with the book, all at once."""
    session = session_of(ctx)
    _, problems = diagnosed(session)
    _print_problems(problems, form)
    counts = Counter(problem.severity for problem in problems)
    told = [f"{n} {severity}{'s' * (n > 1)}" for severity in Severity if (n := counts[severity])]
    say(f"{', '.join(told) or 'No problems'}.", quiet=session.quiet)
    if counts[Severity.error] or (strict and problems):
        raise typer.Exit(Exit.book_errors)


def render(
    ctx: typer.Context,
    names: Annotated[
        list[str], typer.Argument(metavar="ID...", help="Numbers or letters.", autocompletion=document_names)
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be made, and write nothing.")] = False,
) -> None:
    """Make a document's Markdown and PDF again from its record."""
    from facturar.cli.carry_out import documents_of, faces_of, press_for
    from facturar.store.writing import put_face

    session = session_of(ctx)
    with opened_to_write(session, dry_run=dry_run) as found:
        records, press = documents_of(found.book), press_for(found)
        for name in names:
            if name not in records:
                raise UsageError(f"there is no document '{name}'", did_you_mean(name, records))
        made = faces_of([records[name] for name in names], found, press)
        for path, data in [face for faces in made for face in faces]:
            if not dry_run:
                put_face(found.folder, path, data, again=True, disk=session.disk)
            say(str(path), quiet=session.quiet)
