"""Shell completion of ids: quick looks at the files, silent when the book has errors."""

from __future__ import annotations

from pathlib import Path

import typer

from facturar.problems import FacturarError

_DOCUMENTS = ("invoices", "quotes", "letters", "activity", "receipts", "statements")


def _ids(ctx: typer.Context, kinds: tuple[str, ...], incomplete: str) -> list[str]:
    from facturar.store.finding import find_book
    from facturar.store.ids import ids

    try:
        known = ids(find_book(Path.cwd(), ctx.find_root().params.get("folder")))
    except FacturarError:
        return []
    return [name for kind in kinds for name in known.get(kind, ()) if name.startswith(incomplete)]


def client_ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """Clients that begin like this."""
    return _ids(ctx, ("clients",), incomplete)


def job_ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """Jobs that begin like this."""
    return _ids(ctx, ("jobs",), incomplete)


def invoice_numbers(ctx: typer.Context, incomplete: str) -> list[str]:
    """Invoices that begin like this."""
    return _ids(ctx, ("invoices",), incomplete)


def payable_numbers(ctx: typer.Context, incomplete: str) -> list[str]:
    """Invoices and pro formas that begin like this."""
    return _ids(ctx, ("invoices", "quotes"), incomplete)


def document_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """Documents that begin like this."""
    return _ids(ctx, _DOCUMENTS, incomplete)


def report_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """Activity reports that begin like this."""
    return _ids(ctx, ("activity",), incomplete)


def waiting_mails(ctx: typer.Context, incomplete: str) -> list[str]:
    """E-mails in the outbox that begin like this."""
    return _ids(ctx, ("outbox",), incomplete)


def jobs_and_documents(ctx: typer.Context, incomplete: str) -> list[str]:
    """Jobs and documents that begin like this."""
    return _ids(ctx, ("jobs", *_DOCUMENTS), incomplete)


def any_ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """Clients, jobs and documents that begin like this."""
    return _ids(ctx, ("clients", "jobs", *_DOCUMENTS), incomplete)
