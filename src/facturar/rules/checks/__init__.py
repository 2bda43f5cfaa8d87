"""Everything that can be wrong with a book that was read: each check a plain function from the book to problems."""

from __future__ import annotations

from datetime import date

from facturar.model.book import Book
from facturar.problems import Problem
from facturar.rules.checks.agreements import agreement_problems, prepayment_problems
from facturar.rules.checks.ladders import ladder_problems
from facturar.rules.checks.legal import legal_problems
from facturar.rules.checks.look import contrast_problems
from facturar.rules.checks.mail import address_problems
from facturar.rules.checks.money import money_problems
from facturar.rules.checks.rates import rate_problems
from facturar.rules.checks.receipts import receipt_problems
from facturar.rules.checks.received import received_problems
from facturar.rules.checks.records import record_problems
from facturar.rules.checks.references import reference_problems
from facturar.rules.checks.stock import stock_problems
from facturar.rules.checks.tax_codes import tax_code_problems

_CHECKS = (
    reference_problems,
    ladder_problems,
    agreement_problems,
    prepayment_problems,
    money_problems,
    rate_problems,
    received_problems,
    record_problems,
    receipt_problems,
    legal_problems,
    stock_problems,
    tax_code_problems,
    contrast_problems,
    address_problems,
)


def check_book(book: Book, today: date) -> list[Problem]:
    """All problems of a book on a day, errors and warnings, each with the key path of its spot."""
    return [problem for check in _CHECKS for problem in check(book, today)]
