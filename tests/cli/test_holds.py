"""Clients on hold at the command line: new work is refused, invoices are only warned of."""

from __future__ import annotations

import pytest
from tests.cli.calling import facturar
from tests.cli.conftest import tree


@pytest.fixture
def held(book):
    """acme owes more than the book allows."""
    with (book / "facturar.yaml").open("a", encoding="utf-8") as file:
        file.write("credit: {limit: 100}\n")
    return book


REASON = "acme is on hold: 560.00 EUR open and 222.60 to bill, over the limit of 100"
HINT = (
    "hint: new work waits until 682.60 EUR are paid: ask for it with facturar letter hold acme; "
    "to go on all the same, add --despite-hold"
)


@pytest.mark.parametrize(
    "command",
    [["log", "care", "2", "Correo"], ["quote", "flyer"]],
    ids=["log", "quote"],
)
def test_new_work_waits_until_it_is_asked_for_twice(held, command):
    before = tree(held)
    said = facturar("-C", held, "--today", "2026-11-10", *command)
    assert (said.code, tree(held)) == (2, before)
    assert REASON in said.err
    assert HINT in said.err
    said = facturar("-C", held, "--today", "2026-11-10", *command, "--despite-hold")
    assert said.code == 0
    assert f"warning: {REASON}" in said.err
    assert tree(held) != before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["care", "two", "Correo"], "'two' is not a number of hours"),
        (["care", "2", "Correo", "--date", "10/11/2026"], "'10/11/2026' is not a date"),
        (["carre", "2", "Correo"], "did you mean 'care'?"),
    ],
    ids=["hours", "day", "job"],
)
def test_a_slip_of_the_pen_is_told_before_the_hold(arguments, told, held):
    said = facturar("-C", held, "--today", "2026-11-10", "log", *arguments)
    assert (said.code, told in said.err, "on hold" in said.err) == (2, True, False)


def test_an_acceptance_is_new_work_too(held):
    facturar("-C", held, "--today", "2026-11-10", "quote", "flyer", "--despite-hold")
    refused = facturar("-C", held, "--today", "2026-11-11", "quote", "flyer", "--accept")
    assert (refused.code, "acme is on hold" in refused.err) == (2, True)
    accepted = facturar("-C", held, "--today", "2026-11-11", "quote", "flyer", "--accept", "--despite-hold")
    assert accepted.code == 0


def test_work_for_others_goes_on(held):
    said = facturar("-C", held, "--today", "2026-11-10", "log", "poster", "1", "Retouching")
    assert (said.code, "hold" in said.err) == (0, False)


@pytest.mark.parametrize("command", ["plan", "bill", "run"])
def test_what_was_done_is_billed_with_a_warning(held, command):
    said = facturar("-C", held, "--today", "2026-11-10", command)
    assert said.code == 0
    assert said.err.count(f"warning: {REASON}") == 1


def test_status_says_who_is_on_hold_and_what_lifts_it(held):
    said = facturar("-C", held, "--today", "2026-11-10", "status", "--format", "csv")
    line = next(line for line in said.out.splitlines() if line.startswith("on hold,"))
    about = "new work waits: 560.00 EUR open and 222.60 to bill, over the limit of 100"
    assert line == f'on hold,acme,,682.60,EUR,"{about}"'


def test_the_policy_and_the_hold_are_explained(held):
    said = facturar("-C", held, "--today", "2026-11-10", "explain", "acme")
    assert "credit limit" in said.out
    assert "facturar.yaml:11" in said.out
    assert "EUR to pay until new work goes on" in said.out


@pytest.mark.parametrize(
    ("policy", "message"),
    [("{limit: -5}", "-5 is below 0"), ("{hold: -3 days}", "before the due date"), ("{max: 5}", "key")],
)
def test_a_policy_that_makes_no_sense_is_told(book, policy, message):
    with (book / "facturar.yaml").open("a", encoding="utf-8") as file:
        file.write(f"credit: {policy}\n")
    said = facturar("-C", book, "check")
    assert said.code == 1
    assert message in said.out + said.err
