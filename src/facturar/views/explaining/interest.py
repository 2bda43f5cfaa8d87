"""Interest explained: each part by its base, its days and its rate, with where the rate is written and its law."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from facturar.model.book import Book
from facturar.model.dated import PercentSince
from facturar.model.interest import InterestPart
from facturar.problems import KeyPath
from facturar.rules.interest import InterestTerms, RateSpan, rate_spans
from facturar.views.explaining.reason import Reason, changed


def _where_given(entry: PercentSince, book: Book, client: str) -> tuple[KeyPath, ...]:
    """Where the book says a rate: with the client, or for all."""
    own = book.clients[client].late_interest if client in book.clients else None
    mine = own is not None and entry in (*own.agreed, *own.law)
    return (("clients", client, "late_interest"),) if mine else (("settings", "late_interest"),)


def _rate_words(span: RateSpan, terms: InterestTerms) -> str:
    if whole := span.whole:
        said = "agreed" if whole in terms.agreed else "given by the book"
        return said if whole.since == date.min else f"{said} since {whole.since}"
    entries = (("base", span.base), ("points", span.points))
    return ", ".join(f"{name} {entry.percent}% since {entry.since}" for name, entry in entries if entry)


def _rate_places(span: RateSpan, terms: InterestTerms, book: Book, client: str) -> tuple[KeyPath, ...]:
    if span.whole:
        return _where_given(span.whole, book, client)
    law = terms.law
    found: list[KeyPath] = []
    if law and span.base:
        found.append(("regime", "late_payment", "base", law.base.index(span.base)))
    if law and span.points:
        found.append(("regime", "late_payment", "points", law.points.index(span.points)))
    return tuple(found)


def span_explained(span: RateSpan, terms: InterestTerms, book: Book, client: str) -> Reason:
    """A span of days with its rate: what it is made of, and the law it comes from."""
    sources = (entry.source for entry in (span.base, span.points, span.whole) if entry and entry.source)
    because = f"{span.days} days from {span.first} to {span.last}: {_rate_words(span, terms)}"
    places = _rate_places(span, terms, book, client)
    return Reason("rate", f"{span.percent}%", because, "; ".join(sources), places)


def part_explained(part: InterestPart, due: date, terms: InterestTerms, book: Book, client: str) -> Reason:
    """A part of a worksheet: the base and the days that it was worked out from, and the rate by its law."""
    because = f"{part.base} × {part.percent}% × {part.days} ÷ 365, {part.first} to {part.last}"
    spans = [span for span in rate_spans(terms, due, part.last) if span.known and span.last >= part.first]
    rates = [span_explained(_within(span, part), terms, book, client) for span in spans]
    told = [changed(f"the rate is {span.percent}% now") for span in spans if span.percent != part.percent]
    return Reason("interest", part.amount, because, parts=(*rates, *told))


def _within(span: RateSpan, part: InterestPart) -> RateSpan:
    return replace(span, first=max(span.first, part.first), last=min(span.last, part.last))
