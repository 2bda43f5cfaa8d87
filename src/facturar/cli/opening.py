"""`open`: a document's PDF in whatever shows PDFs on this machine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from facturar.cli.carry_out import documents_of
from facturar.cli.completion import any_ids
from facturar.cli.output import say
from facturar.cli.session import Opened, opened, session_of
from facturar.model.record import Record, record_day
from facturar.problems import FacturarError, UsageError, did_you_mean
from facturar.store.layout import record_path, report


def open_(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="A document, a month's report, or a client or job: its newest.", autocompletion=any_ids
        ),
    ],
    only_path: Annotated[bool, typer.Option("--path", help="Only say where it is.")] = False,
) -> None:
    """A document's PDF, in the viewer of this machine."""
    session = session_of(ctx)
    found = opened(session)
    file = _pdf_of(name, found)
    if not file.is_file():
        raise FacturarError(f"{file.name} is missing", f"make it again: facturar render {name}")
    sys.stdout.write(f"{file}\n")
    if not only_path and typer.launch(str(file)):
        say("nothing on this machine shows PDFs: open the file above by hand", quiet=session.quiet)


def _pdf_of(name: str, found: Opened) -> Path:
    """Where the PDF of a name stands. Raises UsageError when nothing has it."""
    book, records = found.book, documents_of(found.book)
    if name in book.reports:
        return found.folder / report(name).pdf
    record = records.get(name) or _newest(name, records)
    if record:
        return (found.folder / record_path(record, book.settings.currency)).with_suffix(".pdf")
    if name in book.clients or name in book.jobs:
        raise UsageError(f"there is no document of '{name}' yet", f"see facturar show {name}")
    known = [*book.clients, *book.jobs, *records, *book.reports]
    raise UsageError(f"nothing is called '{name}'", did_you_mean(name, known))


def _newest(name: str, records: dict[str, Record]) -> Record | None:
    """The latest document of a client or a job."""
    own = [record for record in records.values() if name in (record.client, *_jobs_of(record))]
    return max(own, key=record_day, default=None)


def _jobs_of(record: Record) -> tuple[str, ...]:
    jobs: str | tuple[str, ...] = getattr(record, "job", ())
    return (jobs,) if isinstance(jobs, str) else jobs
