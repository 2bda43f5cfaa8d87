"""Looking at the book: status, aging, list, show, explain."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from facturar.cli.aging_tables import Asked, By, found_in, print_aging
from facturar.cli.completion import any_ids
from facturar.cli.lists import Kind, listing
from facturar.cli.output import Column, Format, FormatOption, Table, customs_of, print_table, say
from facturar.cli.session import Opened, Session, day, opened, session_of
from facturar.cli.showing import show_anything
from facturar.cli.words import currency_code, edges_of
from facturar.problems import UsageError
from facturar.rules.aging import Ages

if TYPE_CHECKING:
    from facturar.store.history import Commit


class Since(StrEnum):
    """The day from which the age of a debt counts."""

    due = "due"
    issued = "issued"


_STATUS = [
    Column("What", "kind"),
    Column("Client", "client"),
    Column("Subject", "subject"),
    Column("Amount", "amount", right=True),
    Column("", "currency"),
    Column("About", "about"),
]


_TO_WRITE = {"credit_note": "to credit", "pro_forma": "to ask for", "receipt": "to acknowledge", "notice": "to tell"}


def _status_rows(found: Opened) -> list[tuple[object, ...]]:
    from facturar.plan.holds import to_bill
    from facturar.plan.mailing import with_mail
    from facturar.plan.month import plan_month
    from facturar.views.status import attention

    plan = with_mail(found.book, plan_month(found.book, found.today))
    write = [
        (_TO_WRITE.get(a.kind, f"to {a.kind}"), a.client, a.job or a.document, a.amount, a.currency, a.reason)
        for a in plan.actions
    ]
    held = [("held", skip.client, skip.job, None, None, skip.reason) for skip in plan.skipped if skip.held]
    seen = attention(found.book, found.today, to_bill(plan))
    look = [(i.kind, i.client, i.item, i.amount, i.currency, i.about) for i in seen]
    return [*write, *held, *look]


def status(ctx: typer.Context, form: FormatOption = Format.table) -> None:
    """What needs attention: to bill, overdue, promises, holds, mail."""
    session = session_of(ctx)
    found = opened(session)
    rows = _status_rows(found)
    if rows or form is not Format.table:
        print_table(Table(_STATUS, rows), form, customs_of(found.book))
    else:
        say(f"Nothing needs attention on {found.today}.", quiet=session.quiet)
    if count := len(found.problems):  # none of them an error, or it would not be open
        say(f"{count} warning{'s' * (count > 1)}: see facturar check", quiet=session.quiet)


def aging(
    ctx: typer.Context,
    as_of: Annotated[str | None, typer.Option(help="As of this day, counting only what is dated by then.")] = None,
    by: Annotated[By, typer.Option(help="A row for each client, each job, or each open invoice.")] = By.client,
    basis: Annotated[
        Since, typer.Option(help="Count the age from the due date, or from the day of issue.")
    ] = Since.due,
    buckets: Annotated[
        str | None, typer.Option(metavar="DAYS", help="Buckets up to these days, for this once: 15,30,60.")
    ] = None,
    in_: Annotated[
        str | None, typer.Option("--in", metavar="CURRENCY", help="All of it in this currency, at the day's rates.")
    ] = None,
    known_at: Annotated[
        str | None, typer.Option(metavar="REV", help="As git knew the book at this commit, tag, branch or day.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="As a page: a .pdf, .html or .md file outside the book.")
    ] = None,
    form: FormatOption = Format.table,
) -> None:
    """Who owes what, and since when."""
    session = session_of(ctx)
    if output and form is not Format.table:
        raise UsageError("--output makes a page, and --format prints data", "give one of them")
    currency = currency_code(in_) if in_ else None
    edges = edges_of(buckets) if buckets else None
    when = day(as_of, "--as-of") if as_of else None
    found, known = _known(session, known_at)
    ages = Ages(edges or found.book.settings.aging, basis.value)
    asked = Asked(when or found.today, by, ages, currency, known)
    if output:
        from facturar.cli.aging_page import write_aging

        write_aging(output, found_in(found.book, asked), found)
    else:
        print_aging(found.book, asked, form, quiet=session.quiet)


def _known(session: Session, revision: str | None) -> tuple[Opened, Commit | None]:
    if revision is None:
        return opened(session), None
    from facturar.cli.looking_back import opened_at

    return opened_at(session, revision)


def list_(
    ctx: typer.Context,
    kind: Annotated[Kind, typer.Argument(help="What to list.")],
    client: Annotated[str | None, typer.Option(help="Only of this client.")] = None,
    status: Annotated[str | None, typer.Option(help="Only in this state: open, overdue, paid, done …")] = None,
    since: Annotated[str | None, typer.Option(help="Only from this day on.")] = None,
    until: Annotated[str | None, typer.Option(help="Only up to this day.")] = None,
    form: FormatOption = Format.table,
) -> None:
    """List clients, jobs, documents, payments, diary or outbox."""
    found = opened(session_of(ctx))
    first = day(since, "--since") if since else None
    last = day(until, "--until") if until else None
    table = listing(kind, found.book, found.today, client=client, status=status, first=first, last=last)
    print_table(table, form, customs_of(found.book))


def show(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="A client, a job or a document.", autocompletion=any_ids)],
    form: FormatOption = Format.table,
) -> None:
    """Show a client, a job or a document."""
    show_anything(name, opened(session_of(ctx)), form)


def explain(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="A client, a job or a document, even one that is only planned.", autocompletion=any_ids
        ),
    ],
    form: FormatOption = Format.table,
) -> None:
    """Why each figure is what it is, and the line it comes from."""
    from facturar.cli.explaining import explain_anything

    explain_anything(name, opened(session_of(ctx)), form)
