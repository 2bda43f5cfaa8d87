"""A quote or a pro forma explained: its lines and taxes, how long it holds, where it stands, what was paid on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from facturar.model.book import Book
from facturar.model.numbering import series_of
from facturar.model.quote import Quote
from facturar.rules.numbering import last_in
from facturar.rules.pro_formas import asked, named_for
from facturar.rules.quotes import accepted_on, accepted_quote
from facturar.rules.seals import seal_of
from facturar.views.explaining.lines import sum_of
from facturar.views.explaining.reason import Reason, signed
from facturar.views.quote_state import quote_states

_SHOWN = 12


def explained_quote(record: Quote, book: Book, today: date, *, would: bool = False) -> Reason:
    """The record explained as of a day. `would`: it is not issued yet; then the book is as a plan would leave it."""
    kind = "quote" if record.kind == "quote" else "pro forma"
    when = f"would be issued on {record.issued}" if would else f"of {record.issued}"
    because = f"{kind} to {record.client} in {record.currency}, {when}: it asks for nothing in law"
    job = Reason("job", record.job, "what it is for", at=(("jobs", record.job),))
    standing = _of_a_quote(record, book, today) if record.kind == "quote" else _of_a_pro_forma(record, book, today)
    parts = (job, *_figures(record), *standing, *_number(record, book))
    return Reason(record.number, record.payable, because, at=() if would else (("quotes", record.number),), parts=parts)


def _figures(record: Quote) -> Iterator[Reason]:
    totals = record.totals
    for line in record.lines:
        yield Reason(line.text, line.net, sum_of(line))
    for tax in record.taxes:
        amount = -tax.amount if tax.kind == "withholding" else tax.amount
        yield Reason(tax.label, amount, f"{tax.percent}% of {tax.base}")
    yield Reason("net", totals.net, "the sum of the lines")
    withheld = f" {signed(-totals.withheld)} withheld" if totals.withheld else ""
    yield Reason("payable", totals.payable, f"{totals.net} {signed(totals.tax)} tax{withheld}")


def _of_a_quote(record: Quote, book: Book, today: date) -> Iterator[Reason]:
    job = book.jobs.get(record.job)
    if record.valid_until:
        days = (record.valid_until - record.issued).days
        at = (("jobs", record.job, "quote"),) if job and job.quote else ()
        yield Reason("valid until", record.valid_until, f"{days} days from its day", at=at)
    if record.replaces:
        yield Reason("replaces", record.replaces, "the quote before it", at=(("quotes", record.replaces),))
    accepted = accepted_on(job, today) if job else None
    standing = accepted_quote(record.job, book, today)
    if accepted and standing and standing.number == record.number:
        path = ("jobs", record.job, "quote", "accepted")
        yield Reason("accepted", accepted, "the last quote issued by that day", at=(path,))
    elif state := quote_states(book, today).get(record.number):
        yield Reason("status", state.status, f"on {today}")


def _of_a_pro_forma(record: Quote, book: Book, today: date) -> Iterator[Reason]:
    yield Reason("covers", ", ".join(record.covers), "what it asks for, once")
    for index, payment in enumerate(book.payments):
        if payment.date <= today and (share := named_for(payment, record.number)):
            yield Reason("paid", share, f"on {payment.date}", at=(("payments", index),))
    missing = asked(record, book.payments, today).missing
    yield Reason("missing", missing, f"on {today}" if missing else "it is paid in full")
    if state := quote_states(book, today).get(record.number):
        yield Reason("status", state.status, f"on {today}")


def _number(record: Quote, book: Book) -> Iterator[Reason]:
    pattern = getattr(book.settings.numbering, record.kind)
    series = series_of(pattern, record.issued)
    seq = series.seq_of(record.number)
    earlier = (q for q in book.quotes if seq is not None and (n := series.seq_of(q.number)) is not None and n < seq)
    before = last_in(series, earlier)
    follows = f"after {before.number} of {before.issued}" if before else "the first of its series"
    written = record.kind in book.settings.numbering.model_fields_set
    at = (("settings", "numbering", record.kind),) if written else ()
    yield Reason("number", record.number, f"by the pattern {pattern}, {follows}", at=at)
    whole = "fits the record" if seal_of(record) == record.seal else "does not fit: the record was changed"
    chained = f"chained to {before.number}" if before and before.seal == record.previous else "the first of its series"
    yield Reason("seal", f"{record.seal[:_SHOWN]}…", f"{whole}; {chained}", at=(("quotes", record.number, "seal"),))
