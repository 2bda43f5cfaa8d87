"""Why a record has its form, its number and its seal: full or simplified, the pattern, the series, what came before."""

from __future__ import annotations

from collections.abc import Iterator

from facturar.model.book import Book
from facturar.model.dated import in_force
from facturar.model.invoice import Invoice
from facturar.model.numbering import Series, series_of
from facturar.problems import KeyPath
from facturar.rules.customs import number_pattern
from facturar.rules.numbering import first_seq, last_in
from facturar.rules.seals import seal_of
from facturar.views.explaining.derivation import invoices_before
from facturar.views.explaining.reason import Reason

_SHOWN = 12


def number_reasons(record: Invoice, book: Book) -> Iterator[Reason]:
    """Why it is a simplified one, if it is; the number; then the seal."""
    yield from _simplified(record, book)
    kind = _series_kind(record)
    client = book.clients.get(record.client)
    pattern = number_pattern(kind, client, book) if client else getattr(book.settings.numbering, kind)
    series = series_of(pattern, record.issued)
    if series.seq_of(record.number) is None:
        because = f"as recorded: the pattern is {pattern} now, of which this is no number"
        yield Reason("number", record.number, because, at=_pattern_at(kind, record, book))
        before = None
    else:
        before = last_in(series, invoices_before(record, book))
        because = f"by the pattern {pattern}, {_follows(record, series, before, book)}"
        yield Reason("number", record.number, because, at=_pattern_at(kind, record, book))
    yield _seal(record, before)


def _series_kind(record: Invoice) -> str:
    """Which of the book's patterns numbers the record."""
    if record.kind in ("credit_note", "debit_note"):
        return record.kind
    return "simplified" if record.simplified else "invoice"


def _simplified(record: Invoice, book: Book) -> Iterator[Reason]:
    """Why the record need not show the buyer's tax id."""
    if not record.simplified:
        return
    if record.corrects:
        yield Reason(
            "simplified", because=f"as {record.corrects}, which it corrects", at=(("invoices", record.corrects),)
        )
        return
    limits = book.regime.simplified.limits if book.regime.simplified else ()
    if limit := in_force(limits, record.issued):
        because = f"the buyer's tax id is not known, and up to {limit.amount} with tax it need not be shown"
        at: KeyPath = ("regime", "simplified", "limits", limits.index(limit))
        yield Reason("simplified", because=because, source=limit.source, at=(at,))
    else:
        yield Reason("simplified", because="as recorded: the regime has no simplified invoices now")


def _pattern_at(kind: str, record: Invoice, book: Book) -> tuple[KeyPath, ...]:
    client = book.clients.get(record.client)
    if client and client.series and kind == "invoice":
        return (("clients", record.client, "series"),)
    written = kind in book.settings.numbering.model_fields_set
    return (("settings", "numbering", kind),) if written else ()


def _follows(record: Invoice, series: Series, before: Invoice | None, book: Book) -> str:
    if before:
        return f"after {before.number} of {before.issued}"
    start = first_seq(series, book.settings.numbering)
    return "the first of its series" if start == 1 else f"the first of its series, which begins at {start}"


def _seal(record: Invoice, before: Invoice | None) -> Reason:
    """Whether the record is as it was issued, and which it is chained to."""
    whole = "fits the record" if seal_of(record) == record.seal else "does not fit: the record was changed"
    if record.previous is None:
        chained = "the first of its series"
    elif before and before.seal == record.previous:
        chained = f"chained to {before.number}"
    else:
        chained = f"chained to the record with the seal {record.previous[:_SHOWN]}…"
    return Reason("seal", f"{record.seal[:_SHOWN]}…", f"{whole}; {chained}", at=(("invoices", record.number, "seal"),))
