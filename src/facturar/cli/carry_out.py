"""The one shape of every command that writes documents: plan, render, show, and only then write.

Whether it is a dry run is asked here for all of them, and once more where a book is opened to write.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from facturar.cli.holds import warn_of_holds
from facturar.cli.mailing import announced
from facturar.cli.output import Format, customs_of, say
from facturar.cli.plan_tables import print_plan
from facturar.cli.session import Opened, Session, opened_to_write
from facturar.cli.session import opened as opened_again
from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.model.mail_address import Mailbox
from facturar.model.record import Record, record_name
from facturar.plan.actions import Action, Plan
from facturar.plan.mailing import with_mail

if TYPE_CHECKING:
    from facturar.documents.press import Press
    from facturar.store.writing import Files

Planner = Callable[[Opened], Plan]
PressFor = Callable[[Opened], "Press"]
Look = Callable[[Plan, Format, "Press"], None]
"""Shows the documents themselves that a plan would write."""
_MANY = 5
MAIL = ".eml"


def press_for(opened: Opened) -> Press:
    """The press of a book: its own templates before the shipped ones, its look."""
    from facturar.documents.press import Press
    from facturar.store.layout import TEMPLATES
    from facturar.store.shipped import shipped

    templates = [opened.folder / TEMPLATES, shipped("templates")]
    return Press(templates, opened.book.settings.look, opened.folder)


def client_template(record: Record, book: Book) -> str | None:
    """The client's own layout of invoices, if this is one and they have it; None for the usual template."""
    client = book.clients.get(record.client)
    return client.template if client and isinstance(record, Invoice) else None


Placed = tuple[PurePosixPath, bytes]
"""A face with its path in the book."""


def faces_of(records: Sequence[Record], opened: Opened, press: Press) -> Iterator[list[Placed]]:
    """The faces of each record, in order."""
    from facturar.documents.batch import faces_of_many
    from facturar.store.layout import record_path

    wanted = [(record, client_template(record, opened.book)) for record in records]
    for record, made in zip(records, faces_of_many(press, wanted), strict=True):
        path = record_path(record, opened.book.settings.currency)
        yield [(path.with_suffix(suffix), data) for suffix, data in made.items()]


def documents_of(book: Book) -> dict[str, Record]:
    """Every record by its name: the number, or the name of a letter."""
    return {record_name(record, book.settings.currency): record for record in book.records}


def _faces(plan: Plan, opened: Opened, press: Press) -> Iterator[Placed]:
    """Every face that a plan writes, in the order of its actions."""
    known = documents_of(opened.book) if any(action.kind == "faces" for action in plan.actions) else {}
    records = [action.record or known[action.document] for action in plan.actions if action.kind != "report"]
    made = faces_of(records, opened, press)
    with progress("Rendering", plan.actions) as actions:
        for action in actions:
            if action.kind == "report":
                from facturar.cli.report import report_files

                yield from report_files(action.document, opened, press)
            else:
                record = action.record or known[action.document]
                yield from _with_mail(record, next(made), action.mail, opened, press)


def _with_mail(
    record: Record, faces: list[Placed], to: Mailbox | None, opened: Opened, press: Press
) -> Iterator[Placed]:
    """The faces of a record, its e-mail before the last of them: who finds all of them knows that it was queued."""
    *first, last = faces
    yield from first
    if to:
        from facturar.cli.mailing import mail_of

        yield mail_of(record, to, last[1], opened, press)
    yield last


def rendered(plan: Plan, opened: Opened, press: Press) -> Files:
    """All that a plan will write, worked out before anything is written."""
    from facturar.store.layout import record_path
    from facturar.store.record_text import record_text
    from facturar.store.writing import Files

    currency = opened.book.settings.currency
    faces = tuple(_faces(plan, opened, press))
    claims = ((record_path(record, currency), record_text(record)) for record in plan.records)
    return Files(announced(plan, opened), tuple(claims), faces)


@contextmanager
def progress(what: str, actions: tuple[Action, ...]) -> Iterator[Iterable[Action]]:
    """The actions, with a bar on a terminal when they are many."""
    if len(actions) < _MANY or not sys.stderr.isatty():
        yield actions
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        yield bar.track(actions, description=what)


def carry_out(
    session: Session,
    planner: Planner,
    form: Format,
    *,
    dry_run: bool,
    commit: bool = False,
    skipped: bool = False,
    press_of: PressFor = press_for,
    then: Callable[[Opened], object] | None = None,
    looked_at: Look | None = None,
) -> None:
    """Plan, render, show, and write unless it is a dry run; then commit to git what was written, if asked to.

    `skipped` says whether what the plan leaves out is told even when it writes.
    What comes `then` is done when all is written and before it is committed, with the book as it is by now.
    With `looked_at`, a dry run shows the documents in place of the plan.
    """
    with opened_to_write(session, dry_run=dry_run) as opened:
        plan, press = with_mail(opened.book, planner(opened)), press_of(opened)
        files = rendered(plan, opened, press)
        if not dry_run:
            from facturar.store.writing import write

            write(opened.folder, files, disk=session.disk)
        if dry_run and looked_at:
            looked_at(plan, form, press)
        else:
            print_plan(plan, form, customs_of(opened.book), skipped=dry_run or skipped)
        _tell(plan, files, session, dry_run=dry_run)
        warn_of_holds(plan, opened, quiet=session.quiet)
        if then and not dry_run:
            then(opened_again(session))
        if commit and not dry_run:
            from facturar.cli.git import commit_documents

            say(commit_documents(opened.folder, plan), quiet=session.quiet)


def _folders(files: Files) -> str:
    """Where the faces went: `invoices/2026, letters/2026`."""
    return ", ".join(dict.fromkeys(str(path.parent) for path, _ in files.faces if path.suffix != MAIL))


def _tell(plan: Plan, files: Files, session: Session, *, dry_run: bool) -> None:
    count = len(plan.actions)
    held = [skip for skip in plan.skipped if skip.held]
    if not count:
        say(f"Nothing to write on {plan.today}.", quiet=session.quiet)
    elif dry_run:
        say(f"Dry run: {count} document{'s' * (count > 1)} would be written.", quiet=session.quiet)
    else:
        say(f"Wrote {count} document{'s' * (count > 1)} on {plan.today}, in {_folders(files)}.", quiet=session.quiet)
    if mails := sum(1 for action in plan.actions if action.mail):
        waits = "would be put" if dry_run else "put"
        say(f"{mails} e-mail{'s' * (mails > 1)} {waits} into outbox: facturar send", quiet=session.quiet)
    for skip in held:
        say(f"held: {skip.job or skip.client}: {skip.reason}", quiet=session.quiet)
