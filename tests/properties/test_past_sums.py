"""Aging, statements and open items come to one sum, on 200 days and revisions of a book that is kept with git.

The sum is reckoned on paper as well (`kept`). And the book as git knew it at a revision is the one that a checkout
of that revision has. A failure names the seed of its book; `EXAMPLES=1000 pytest tests/properties` keeps forty.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise, product
from pathlib import Path
from random import Random
from typing import get_args

import pytest

from facturar.cli.aging_tables import Asked as AskedAging
from facturar.cli.aging_tables import By, aging_facts, found_in
from facturar.model.book import Book
from facturar.model.plain import plain
from facturar.rules.aging import Ages, Basis
from facturar.rules.statements import Asked, statements
from facturar.store.history import find_commit, texts_at
from facturar.store.reading import Reading, read_book, read_texts
from facturar.views.aging import aging, open_items
from facturar.views.aging_by_job import aging_by_job
from tests.cli.calling import facturar
from tests.properties.books import EXAMPLES
from tests.properties.commits import HOME, Revision, git, keep

PAIRS, TOLD, SEEDS = 200, 50, range(max(EXAMPLES // 25, 1))


@dataclass(frozen=True)
class Past:
    """A book that is kept, each of its revisions as git knew it and as a checkout has it, and days to look at them."""

    repository: Path
    worktree: Path
    known: dict[Revision, Reading]
    checked_out: dict[Revision, Reading]
    pairs: list[tuple[Revision, date]]


def days_of(revision: Revision, chance: Random) -> date:
    """Some day; half of the time one on which the balance moves, or the day before or after."""
    if revision.movements and chance.random() < 0.5:
        return chance.choice(revision.movements).day + timedelta(days=chance.randint(-1, 1))
    return revision.day + timedelta(days=chance.randint(-120, 60))


@pytest.fixture(scope="module", params=SEEDS, ids="seed {}".format)
def past(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Past:
    repository, worktree = tmp_path_factory.mktemp("repository"), tmp_path_factory.mktemp("checkout") / "tree"
    revisions, chance = keep(repository, request.param), Random(request.param)
    known, checked_out = {}, {}
    git(repository, "worktree", "add", "-q", "--detach", str(worktree))
    for revision in revisions:
        commit = find_commit(repository / HOME, revision.hash)
        assert commit
        known[revision] = read_texts(texts_at(repository / HOME, commit))
        git(worktree, "checkout", "-q", revision.hash)
        checked_out[revision] = read_book(worktree / HOME)
    drawn = [chance.choice(revisions) for _ in range(PAIRS)]
    pairs = [(revision, days_of(revision, chance)) for revision in drawn]
    return Past(repository, worktree, known, checked_out, pairs)


def book_of(reading: Reading) -> Book:
    assert reading.book
    assert not reading.problems
    return reading.book


def sums(amounts: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(Decimal)
    for currency, amount in amounts:
        found[currency] += amount
    return {currency: amount for currency, amount in found.items() if amount}


def test_the_book_has_all_that_moves_a_balance_and_entries_that_were_taken_back(past: Past) -> None:
    end = book_of(past.known[max(past.known, key=lambda revision: revision.day)])
    kinds = Counter[str](invoice.kind for invoice in end.invoices)
    kinds.update(payment.kind for payment in end.payments)
    kinds.update(entry.kind for entry in end.diary)
    kinds.update(quote.kind for quote in end.quotes)
    documents = {"invoice", "deposit", "credit_note", "debit_note", "pro_forma"}
    assert {*documents, "payment", "refund", "write_off", "dispute", "handover", "call"} <= kinds.keys()
    assert {invoice.currency for invoice in end.invoices} == {"EUR", "USD", "JPY"}
    assert any(invoice.pays_early for invoice in end.invoices)
    assert any(payment.invoices for payment in end.payments)
    entered = [set(map(str, book_of(reading).payments)) for reading in past.known.values()]
    assert any(not earlier <= later for earlier, later in pairwise(entered))
    assert len({(revision.hash, day) for revision, day in past.pairs}) > PAIRS * 0.9


def reckoned(book: Book, day: date) -> Iterator[tuple[str, dict[str, Decimal]]]:
    """What is owed in each currency, by each of those who say it."""
    tables = {"by client": aging(book, day), "by job": aging_by_job(book, day)}
    tables["by issue date"] = aging(book, day, Ages((15, 45), "issued"))
    for name, table in tables.items():
        yield f"aging {name}", sums((row.currency, row.balance) for row in table.totals)
        parts = ((row.currency, sum(row.buckets.values(), -row.credit)) for row in table.rows)
        yield f"the columns of aging {name}", sums(parts)
    open_ = statements(book, book.clients, Asked("open", day))
    yield "statements", sums((each.currency, each.balance) for each in open_)
    moved = statements(book, book.clients, Asked("activity", day, day - timedelta(days=50)))
    yield "statements of activity", sums((each.currency, each.balance) for each in moved)
    lines = ((each.currency, each.opening or Decimal(0), each.movements) for each in moved)
    yield "their movements", sums((currency, sum((m.amount for m in own), before)) for currency, before, own in lines)
    items = [(item.currency, item.open) for item in open_items(book, day)]
    yield "open items less credits", sums([*items, *((each.currency, -each.credit) for each in open_ if each.credit)])


def test_all_that_say_what_is_owed_come_to_the_sum_on_paper(past: Past) -> None:
    for revision, day in past.pairs:
        on_paper = revision.owed(day)
        for who, found in reckoned(book_of(past.known[revision]), day):
            assert found == on_paper, f"{who} on {day}, as known on {revision.day}"


def told(book: Book, day: date) -> str:
    """Everything that is said of a day: the tables, and the statements."""
    asked = (AskedAging(day, by, Ages((30, 60), basis)) for by, basis in product(By, get_args(Basis)))
    tables = [aging_facts(found_in(book, each), book) for each in asked]
    own = statements(book, book.clients, Asked("activity", day, day - timedelta(days=50)))
    return json.dumps([tables, [plain(each) for each in own]], default=str)


def test_a_book_as_git_knew_it_is_the_one_of_a_checkout_of_that_revision(past: Past) -> None:
    """But for what only a folder tells: which faces are missing, and what annexed files hold."""
    for revision, known in past.known.items():
        checked_out = book_of(past.checked_out[revision])
        alike = replace(book_of(known), faceless=checked_out.faceless, digests=checked_out.digests)
        assert alike == checked_out, f"as known on {revision.day}"


def test_it_says_what_the_checkout_says(past: Past) -> None:
    said = set()
    for revision, day in past.pairs[:TOLD]:
        known = told(book_of(past.known[revision]), day)
        assert known == told(book_of(past.checked_out[revision]), day), f"{day}, as known on {revision.day}"
        said.add(known)
    assert len(said) > TOLD / 2


def table(folder: Path, day: date, *arguments: str) -> list[dict[str, str]]:
    """What `facturar aging` prints as CSV."""
    done = facturar("-C", folder, "aging", "--as-of", day, "--format", "csv", *arguments)
    assert done.code == 0, done.err
    return list(csv.DictReader(io.StringIO(done.out)))


def test_the_command_prints_it(past: Past) -> None:
    for revision, day in past.pairs[:5]:
        rows = table(past.repository / HOME, day, "--known-at", revision.hash)
        assert {row.pop("known_at") for row in rows} <= {revision.hash}
        clients = [row for row in rows if row["client"] != "total"]
        assert sums((row["currency"], Decimal(row["balance"])) for row in clients) == revision.owed(day)
        git(past.worktree, "checkout", "-q", revision.hash)
        assert rows == table(past.worktree / HOME, day)
