"""`charge` at the command line: the note is written with its faces, and what is refused changes nothing."""

from __future__ import annotations

import pytest
from tests.cli.calling import facturar
from tests.cli.conftest import tree

LATE = "2026-12-01"  # F-2026-0002 of acme fell due on 31 October and is half paid


def test_a_debit_note_is_written_shown_aged_and_waived(book):
    said = facturar("-C", book, "--today", LATE, "charge", "acme", "--invoice", "F-2026-0002")
    assert (said.code, "ND-2026-0001" in said.out, "compensation 40.00 on F-2026-0002" in said.out) == (0, True, True)
    assert {f"invoices/2026/ND-2026-0001{suffix}" for suffix in (".yaml", ".md", ".pdf")} <= tree(book).keys()
    shown = facturar("-C", book, "--today", LATE, "show", "ND-2026-0001").out
    assert "Nota de cargo ND-2026-0001" in shown
    assert "560,00 € × 10,4 % anual × 31 días ÷ 365 = 4,95 €" in " ".join(shown.split())
    assert "fuera de la base imponible del IVA" in " ".join(shown.split())
    aged = facturar("-C", book, "--today", LATE, "aging", "--by", "invoice", "--format", "csv").out
    assert "ND-2026-0001,acme" in aged
    assert facturar("-C", book, "--today", LATE, "check").code == 0
    waived = facturar("-C", book, "--today", LATE, "credit", "ND-2026-0001", "--reason", "Por cortesía")
    assert (waived.code, "R-2026-0001" in waived.out) == (0, True)
    aged = facturar("-C", book, "--today", LATE, "aging", "--by", "invoice", "--format", "csv").out
    assert "ND-2026-0001" not in aged


def test_a_debit_note_is_nothing_that_the_client_buys(book):
    before = facturar("-C", book, "--today", LATE, "show", "acme").out
    facturar("-C", book, "--today", LATE, "charge", "acme", "--invoice", "F-2026-0002")
    after = facturar("-C", book, "--today", LATE, "show", "acme").out
    assert "ND-2026-0001" in after
    (line,) = [line for line in before.splitlines() if line.startswith("Buys")]
    assert line in after.splitlines()


def test_a_dry_run_writes_nothing_and_a_day_may_be_set(book):
    before = tree(book)
    call = ["charge", "acme", "--invoice", "F-2026-0002", "--due", "2026-12-11"]
    said = facturar("-C", book, "--today", LATE, *call, "--dry-run")
    assert (said.code, tree(book)) == (0, before)
    facturar("-C", book, "--today", LATE, *call)
    assert "11 de diciembre de 2026" in facturar("-C", book, "--today", LATE, "show", "ND-2026-0001").out


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["acme"], "no letter has claimed interest or costs", "facturar charge acme --invoice F-2026-0002"),
        (["nobody"], "there is no client 'nobody'", "acme"),
        (["acme", "--invoice", "F-2026-0009"], "there is no invoice 'F-2026-0009'", "F-2026-0002"),
        (["bolt", "--invoice", "F-2026-0002"], "F-2026-0002 is of 'acme'", "show F-2026-0002"),
        (["acme", "--due", "2026-11-01"], "is before today", "on its day or later"),
    ],
    ids=["nothing claimed", "no client", "no invoice", "another client's", "due before today"],
)
def test_what_is_refused_says_what_to_do(book, arguments, message, hint):
    before = tree(book)
    said = facturar("-C", book, "--today", LATE, "charge", *arguments)
    assert (said.code, tree(book)) == (2, before)
    assert message in said.err
    assert hint in said.err
