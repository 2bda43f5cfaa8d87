"""`dossier`: all that a lawyer needs against a client who does not pay, as a folder and as one PDF.

A dossier is evidence: once it is written it stays as it is. The same call on the same day finds the same files and
leaves them alone; when anything in the book has changed meanwhile, nothing is written until the folder is taken away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Annotated

import typer

from facturar.cli.carry_out import press_for
from facturar.cli.completion import client_ids
from facturar.cli.dossier_files import Gathered, Kept, checksums, gathered
from facturar.cli.git import commit_written
from facturar.cli.output import Column, Format, FormatOption, Table, print_table, say
from facturar.cli.session import Opened, Session, day, opened_to_write, session_of
from facturar.cli.words import known
from facturar.documents.dossier_pages import FILE, DossierPages, Holding
from facturar.model.dossier import Dossier, Fingerprint, NotThere, dossier_name
from facturar.model.record import Record, record_name
from facturar.problems import UsageError
from facturar.store.layout import DOSSIERS
from facturar.store.writing import Files, write
from facturar.views.dossier import Asked, Case, Refused, cases

_TIME_TO_PAY = timedelta(days=10)
_SUMS = "SHA256SUMS"
_TOLD = {
    "missing": "is not in the book",
    "changed": "has changed since the document was issued, and is left out",
    "made again": "was not there: the PDF is made again from its record",
    "beside": "is in the folder, but cannot be shown as pages",
}


@dataclass(frozen=True)
class _Made:
    """A dossier with its name and its files in the order in which they are written, the sums last."""

    name: str
    dossier: Dossier
    files: tuple[Kept, ...]


def dossier(
    ctx: typer.Context,
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="The client's id.", autocompletion=client_ids)],
    invoice: Annotated[
        list[str] | None, typer.Option(help="Only this invoice; may be repeated. Else all that is overdue.")
    ] = None,
    until: Annotated[str | None, typer.Option(help="The last day for paying; else ten days from today.")] = None,
    notes: Annotated[bool, typer.Option("--notes", help="With the plain notes of the diary, which are yours.")] = False,
    language: Annotated[str | None, typer.Option(help="In this language; else the client's.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")] = False,
    commit: Annotated[bool, typer.Option("--commit", help="Commit what was written to git.")] = False,
    form: FormatOption = Format.table,
) -> None:
    """A case for a lawyer: the demand and all evidence, in one PDF."""
    session = session_of(ctx)
    with opened_to_write(session, dry_run=dry_run) as found:
        made = [
            _made(case, found)
            for case in _cases(replace(_asked(client, invoice or (), until, language, found), notes=notes), found)
        ]
        new = [_is_new(each, found) for each in made]
        if not dry_run:
            for each in made:
                faces = tuple((DOSSIERS / each.name / path, data) for path, data in each.files)
                write(found.folder, Files(faces=faces), disk=session.disk)
        _show(made, form)
        for each, anything in zip(made, new, strict=True):
            _tell(each, session, anything=anything, dry_run=dry_run)
        if commit and not dry_run:
            say(commit_written(found.folder, _message(made)), quiet=session.quiet)


def _message(made: Sequence[_Made]) -> str:
    """The message of the commit: `facturar 2026-12-01: dossier 2026-12-01-acme`."""
    dossiers = ", ".join(each.name for each in made)
    return f"facturar {made[0].dossier.date}: dossier{'s' * (len(made) > 1)} {dossiers}"


def _asked(client: str, numbers: Sequence[str], until: str | None, language: str | None, found: Opened) -> Asked:
    book, today = found.book, found.today
    known(client, book.clients, "client")
    for number in numbers:
        known(number, [record.number for record in book.invoices if record.client == client], f"invoice of {client}")
    last = day(until, "--until") if until else today + _TIME_TO_PAY
    if last <= today:
        raise UsageError(f"--until {last} gives no time to pay", f"name a day after {today}")
    if language:
        known(language, sorted({path.partition("/")[0] for path in press_for(found).templates.paths}), "language")
    return Asked(client, today, last, frozenset(numbers), language)


def _cases(asked: Asked, found: Opened) -> tuple[Case, ...]:
    made = cases(asked, found.book)
    if isinstance(made, Refused):
        raise UsageError(made.reason, made.hint)
    return made


def _made(case: Case, found: Opened) -> _Made:
    """A dossier set and bound, with nothing written yet."""
    press, look, currency = press_for(found), found.book.settings.look, found.book.settings.currency
    there = gathered(case, found, press)
    pages = DossierPages(press, case.dossier.seller.trade_name or case.dossier.seller.name)
    dossier = case.dossier.model_copy(update={"files": there.shown})
    demand = pages.demand(dossier)
    files = [("demand.md", demand.markdown.encode()), ("demand.pdf", demand.data), *there.files]
    hashes = (Fingerprint(file=path, sha256=hashlib.sha256(data).hexdigest()) for path, data in sorted(files))
    whole = dossier.model_copy(update={"hashes": tuple(hashes), "not_there": there.not_there})
    text, bound = pages.whole(whole, list(_holdings(case, there, currency)), look, found.folder)
    files += [("dossier.md", text.encode()), (FILE, bound)]
    return _Made(dossier_name(whole, currency), whole, (*files, (_SUMS, checksums(files))))


def _holdings(case: Case, there: Gathered, currency: str) -> Iterator[Holding]:
    """The parts that have something in them, in their order."""
    dossier = case.dossier

    def held(records: Sequence[Record]) -> dict[str, bytes]:
        return {name: there.pdfs[name] for name in (record_name(record, currency) for record in records)}

    yield Holding("demand", {})
    yield Holding("chronology", {})
    yield Holding("invoices", held(case.invoices))
    if dossier.orders or case.quotes or there.shown:
        yield Holding("orders", held(case.quotes))
    if dossier.approvals or case.reports:
        yield Holding("approvals", held(case.reports))
    if case.receipts or any(claim.settled for claim in dossier.claims):
        yield Holding("payments", held(case.receipts))
    if case.statements:
        yield Holding("statements", held(case.statements))
    if case.letters:
        yield Holding("letters", held(case.letters))
    yield Holding("sending", {})
    if dossier.diary:
        yield Holding("diary", {})
    if any(charge.parts for charge in dossier.charges):
        yield Holding("worksheet", {})
    yield Holding("hashes", {})


def _is_new(made: _Made, found: Opened) -> bool:
    """Whether anything of it is still to be written. Raises UsageError when a file is there with other bytes."""
    folder = found.folder / DOSSIERS / made.name
    for path, data in made.files:
        if (folder / path).exists() and (folder / path).read_bytes() != data:
            message = f"{DOSSIERS / made.name} is there already, and {path} would change: evidence is not overwritten"
            raise UsageError(message, "move that folder out of the book if it was not handed over, and call again")
    return not all((folder / path).exists() for path, _ in made.files)


def _show(made: Sequence[_Made], form: Format) -> None:
    columns = [Column("Dossier", "dossier", whole=True), Column("File", "file", whole=True)]
    rows = [(each.name, path) for each in made for path, _ in each.files]
    print_table(Table(columns, rows), form)


def _tell(made: _Made, session: Session, *, anything: bool, dry_run: bool) -> None:
    folder, dossier = DOSSIERS / made.name, made.dossier
    claimed = f"{dossier.total} {dossier.currency} to be paid by {dossier.until}"
    if not anything:
        say(f"{folder} stands already as it is: nothing to write.", quiet=session.quiet)
    else:
        say(f"{'Dry run: would write' if dry_run else 'Wrote'} {folder}: {claimed}.", quiet=session.quiet)
    for number in dossier.disputed:
        say(f"note: {number} is in dispute; the dossier says so", quiet=session.quiet)
    for each in dossier.not_there:
        say(f"warning: {_what(each)}", quiet=session.quiet)


def _what(each: NotThere) -> str:
    return f"{each.file} {_TOLD[each.why]}"
