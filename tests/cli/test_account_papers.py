"""receipt and statement: what they write, what they show, and what they say when there is nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.calling import Said, facturar
from tests.cli.conftest import tree

TODAY = "2026-11-10"
PAID, RECEIPT = "F-2026-0002", "2026-10-20-acme-receipt"
OPEN, MOVED = "2026-11-10-acme-statement", "2026-11-10-acme-activity"


def on(book: Path, *arguments: str, day: str = TODAY) -> Said:
    return facturar("-C", book, "--today", day, *arguments)


def written(book: Path, *arguments: str) -> list[str]:
    """The records that a command writes."""
    before = tree(book)
    assert on(book, *arguments).code == 0
    assert {path: tree(book)[path] for path in before} == before
    return sorted(path for path in tree(book).keys() - before.keys() if path.endswith(".yaml"))


def test_a_receipt_of_what_was_paid_of_an_invoice(book: Path) -> None:
    assert written(book, "receipt", PAID) == [f"receipts/2026/{RECEIPT}.yaml"]
    assert written(book, "receipt", PAID) == []
    assert f"written before: {RECEIPT}, 500.00 EUR paid on 2026-10-20" in on(book, "receipt", PAID).err
    assert on(book, "check").code == 0


def test_run_writes_it_once(book: Path) -> None:
    assert f"receipts/2026/{RECEIPT}.yaml" in written(book, "run")
    assert written(book, "run") == []


def test_the_receipt_is_shown_listed_explained_and_rendered(book: Path) -> None:
    on(book, "receipt", PAID)
    assert "Recibo de pago" in on(book, "show", RECEIPT).out
    (row,) = json.loads(on(book, "list", "receipts", "--format", "json").out)
    assert (row["receipt"], row["amount"], row["invoices"], row["credit"]) == (RECEIPT, "500.00", PAID, None)
    assert "as the payment names it; 560.00 of it were open then" in on(book, "explain", RECEIPT).out
    assert f"receipts/2026/{RECEIPT}.pdf" in on(book, "render", RECEIPT).err
    assert on(book, "preview", "receipt", "--on", RECEIPT).code == 0


REFUSED = {
    "nothing was paid": (["receipt", "F-2026-0001"], "nothing was paid of F-2026-0001 by 2026-11-10"),
    "no such invoice": (["receipt", "F-2026-0022"], "there is no invoice 'F-2026-0022'"),
    "nobody": (["statement"], "say whose statement"),
    "one and all": (["statement", "acme", "--all"], "say whose statement"),
    "no such client": (["statement", "acmee"], "did you mean 'acme'?"),
    "a day to come": (["statement", "acme", "--to", "2026-12-01"], "--to 2026-12-01 is after today"),
    "from when it is open": (["statement", "acme", "--from", "2026-01-01"], "--from is for activity"),
    "days in the wrong order": (
        ["statement", "acme", "--kind", "activity", "--from", "2026-11-09", "--to", "2026-11-01"],
        "--from 2026-11-09 is after 2026-11-01",
    ),
    "nothing open": (["statement", "acme", "--to", "2026-01-01"], "nothing is open with 'acme' on 2026-01-01"),
    "a language without templates": (["statement", "acme", "--language", "fr"], "fr/statement"),
}


@pytest.mark.parametrize(("arguments", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be(arguments: list[str], message: str, book: Path) -> None:
    before = tree(book)
    said = on(book, *arguments)
    assert said.code != 0
    assert message in said.err
    assert tree(book) == before


def test_a_statement_of_each_kind_and_what_changed_since(book: Path) -> None:
    assert written(book, "statement", "acme") == [f"statements/2026/{OPEN}.yaml"]
    assert written(book, "statement", "acme", "--kind", "activity") == [f"statements/2026/{MOVED}.yaml"]
    assert f"there is one already: {OPEN} says just this" in on(book, "statement", "acme").err
    on(book, "pay", "acme", "10")
    assert written(book, "statement", "acme") == [f"statements/2026/{OPEN}.2.yaml"]
    rows = json.loads(on(book, "list", "statements", "--format", "json").out)
    assert [(row["statement"], row["kind"], row["balance"]) for row in rows] == [
        (MOVED, "activity", "560.00"),
        (OPEN, "open", "560.00"),
        (f"{OPEN}.2", "open", "550.00"),
    ]
    assert on(book, "check").code == 0
    assert "Estado de cuenta" in on(book, "show", OPEN).out
    assert "the balance before 2026-01-01" in on(book, "explain", MOVED).out


def test_statements_of_all_who_owe_in_their_currencies(book: Path) -> None:
    names = ("2026-11-10-acme-statement", "2026-11-10-bolt-statement-USD")
    assert written(book, "statement", "--all") == [f"statements/2026/{name}.yaml" for name in names]
    assert written(book, "statement", "--all") == []


def test_a_dry_run_shows_the_statements_in_any_format(book: Path) -> None:
    before = tree(book)
    (data,) = json.loads(on(book, "statement", "acme", "--dry-run", "--format", "json").out)
    assert (data["balance"], data["items"][0]["number"]) == ("560.00", PAID)
    assert "Estado de cuenta" in on(book, "statement", "acme", "--dry-run").out
    assert on(book, "statement", "acme", "--dry-run", "--format", "md").out.count("# Estado de cuenta") == 1
    rows = on(book, "statement", "acme", "--kind", "activity", "--dry-run", "--format", "csv").out.splitlines()
    assert rows[0] == "client,currency,date,kind,document,reference,amount,balance"
    assert rows[-1] == f"acme,EUR,2026-10-20,payment,{PAID},,-500.00,560.00"
    assert "Statement of account" in on(book, "statement", "acme", "--language", "en", "--dry-run").out
    assert tree(book) == before
