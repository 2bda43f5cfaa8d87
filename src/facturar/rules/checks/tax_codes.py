"""Tax codes where people name them: that they go together, and that they have a rate by now."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from facturar.model.book import Book
from facturar.model.job import PASS_THROUGH, Job
from facturar.problems import Code, KeyPath, Problem, warning
from facturar.rules.taxes import known_codes, tax_on, without_rate

Named = tuple[tuple[str, ...], KeyPath]
"""Codes that stand together, and where."""


def _of_a_job(job_id: str, job: Job) -> Iterator[Named]:
    yield job.taxes or (), ("jobs", job_id, "taxes")
    for index, line in enumerate(job.lines):
        yield line.taxes or (), ("jobs", job_id, "lines", index, "taxes")
    for index, expense in enumerate(job.expenses):
        yield expense.taxes or (), ("jobs", job_id, "expenses", index, "taxes")


def named_codes(book: Book) -> Iterator[Named]:
    """Every combination of codes that a file of the book names, unknown ones too."""
    yield book.settings.taxes, ("settings", "taxes")
    for client_id, client in book.clients.items():
        yield client.taxes or (), ("clients", client_id, "taxes")
    for item_id, item in book.catalog.items():
        yield item.taxes or (), ("catalog", item_id, "taxes")
    for job_id, job in book.jobs.items():
        yield from _of_a_job(job_id, job)


def _unusual(codes: Collection[str], book: Book, day: date) -> str | None:
    """What is unusual about a combination of known codes."""
    taxes = [tax_on(code, day, "en", book) for code in codes]
    vat = [tax.code for tax in taxes if tax.kind in ("vat", "exempt")]
    if PASS_THROUGH in codes and len(taxes) > 1:
        others = " and ".join(tax.code for tax in taxes if tax.code != PASS_THROUGH)
        return f"{others} beside pass_through: what was paid in the client's name bears no other code"
    if len(vat) > 1 and any(tax.kind == "exempt" for tax in taxes):
        return f"{' and '.join(vat)} on one line: what is exempt bears no VAT"
    for tax in taxes:
        rule = book.regime.taxes.get(tax.code)
        if rule and rule.goes_with and not set(rule.goes_with) & set(vat):
            return f"{tax.code} without {' or '.join(rule.goes_with)}"
    return None


def tax_code_problems(book: Book, today: date) -> Iterator[Problem]:
    """Codes that go together as no one's do, and codes whose first rate is still to come."""
    known = known_codes(book)
    for named, path in named_codes(book):
        codes = [code for code in named if code in known]
        if unusual := _unusual(codes, book, today):
            yield warning(Code.tax_combination, unusual, "check the codes", path)
        if missing := without_rate(codes, today, book):
            message = f"{missing}: until then nothing that bears it is billed"
            yield warning(Code.no_rate, message, "name the code that holds today, or add an earlier since:", path)
