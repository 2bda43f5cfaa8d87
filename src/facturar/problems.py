"""What can be wrong: a code, a place, a message and a hint; and the exit codes.

A problem is a value. Rules name the spot by its key path (`jobs.web-acme.agreement.steps.2.share`), the store
turns the path into file, line and column, the command line prints it. Nothing here knows about files or printing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import IntEnum, StrEnum

KeyPath = tuple[str | int, ...]
_FEW = 20


class Exit(IntEnum):
    """How a command ended, for scripts and cron."""

    done = 0
    book_errors = 1
    usage = 2
    locked = 3
    undelivered = 4
    stopped = 130  # as shells have it: 128 and the number of SIGINT


class Severity(StrEnum):
    """An error stops every command that would write; a warning stops nothing unless `--strict`."""

    error = "error"
    warning = "warning"


class Code(StrEnum):
    """Every kind of problem there is, by its stable name. `docs/errors.md` has a page of examples."""

    # the text of a file
    unreadable = "unreadable"
    yaml_syntax = "yaml-syntax"
    duplicate_key = "duplicate-key"
    too_many_aliases = "too-many-aliases"
    wrong_shape = "wrong-shape"
    # a value
    unknown_key = "unknown-key"
    missing_key = "missing-key"
    bad_value = "bad-value"
    bad_date = "bad-date"
    bad_number = "bad-number"
    bad_terms = "bad-terms"
    bad_id = "bad-id"
    bad_pattern = "bad-pattern"
    not_a_choice = "not-a-choice"
    password = "password"
    # one thing against another
    two_places = "two-places"
    unknown_client = "unknown-client"
    unknown_job = "unknown-job"
    unknown_invoice = "unknown-invoice"
    unknown_tax = "unknown-tax"
    unknown_regime = "unknown-regime"
    unknown_ladder = "unknown-ladder"
    ladder_order = "ladder-order"
    unknown_item = "unknown-item"
    unknown_sender = "unknown-sender"
    unknown_template = "unknown-template"
    unknown_report = "unknown-report"
    missing_file = "missing-file"
    bad_file = "bad-file"
    missing_extra = "missing-extra"
    wrong_client = "wrong-client"
    wrong_currency = "wrong-currency"
    too_many_digits = "too-many-digits"
    shares = "shares"
    dates_order = "dates-order"
    same_day_twice = "same-day-twice"
    nothing_to_bill = "nothing-to-bill"
    split_sum = "split-sum"
    # the records
    seal = "seal"
    chain = "chain"
    sums = "sums"
    number_gap = "number-gap"
    number_twice = "number-twice"
    billed_twice = "billed-twice"
    dates_back = "dates-back"
    file_name = "file-name"
    journal = "journal"
    # worth a look
    check_digit = "check-digit"
    same_tax_id = "same-tax-id"
    mail = "mail"
    contrast = "contrast"
    missing_glyph = "missing-glyph"
    tax_combination = "tax-combination"
    no_rate = "no-rate"
    excess = "excess"
    lost_payment = "lost-payment"
    unbilled_work = "unbilled-work"
    before_payment = "before-payment"
    stock = "stock"
    legal_data = "legal-data"
    expired_quote = "expired-quote"


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a file; line and column count from 1."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where, and what to do about it.

    `path` is the key path in the book; `on_key` says that the key itself is at fault rather than its value.
    `also` is a second spot, such as the first of two equal keys. `excerpt` is the line of text at `place`.
    """

    code: Code
    message: str
    hint: str = ""
    path: KeyPath = ()
    severity: Severity = Severity.error
    on_key: bool = False
    place: Place | None = None
    also: Place | None = None
    excerpt: str = ""


def warning(code: Code, message: str, hint: str = "", path: KeyPath = (), *, on_key: bool = False) -> Problem:
    """A problem that is worth a look but stops nothing."""
    return Problem(code, message, hint, path, Severity.warning, on_key)


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those problems that stop a writing command."""
    return [problem for problem in problems if problem.severity is Severity.error]


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """A hint that names the closest choice, or all of them when they are few; empty when neither helps.

    >>> did_you_mean("pric", ["price", "text"])
    "did you mean 'price'?"
    """
    known = sorted(choices)
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return f"did you mean '{close[0]}'?"
    return f"there is: {', '.join(known)}" if 0 < len(known) <= _FEW else ""


class FacturarError(Exception):
    """The root of every expected failure; caught once, in `facturar.cli`."""

    exit_code = Exit.book_errors

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message


class StoppedError(FacturarError):
    """Somebody pressed Ctrl-C; the message says how things stand."""

    exit_code = Exit.stopped


class BookError(FacturarError):
    """The book has errors: all of them, found together."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problem(s)")
        self.args = (self.problems,)  # what it is made of again, coming from another process


class UsageError(FacturarError):
    """The command was called with something that is not there or makes no sense."""

    exit_code = Exit.usage


class LockedError(FacturarError):
    """Another command is writing to this book right now."""

    exit_code = Exit.locked
