"""quote: one document, one line in the job, and what is said about both."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.calling import Said, facturar
from tests.cli.conftest import tree

TODAY = "2026-11-10"


def on(book: Path, *arguments: str, day: str = TODAY) -> Said:
    return facturar("-C", book, "--today", day, *arguments)


def test_a_quote_is_a_record_and_its_faces(book: Path) -> None:
    before = tree(book)
    assert on(book, "quote", "flyer").code == 0
    added = sorted(tree(book).keys() - before.keys())
    assert added == [f"quotes/2026/P-2026-0001{suffix}" for suffix in (".md", ".pdf", ".yaml")]
    assert {path: tree(book)[path] for path in before} == before


def test_a_dry_run_writes_nothing(book: Path) -> None:
    before = tree(book)
    said = on(book, "quote", "flyer", "--dry-run", "--format", "json")
    assert tree(book) == before
    (action,) = json.loads(said.out)["actions"]
    assert (action["kind"], action["document"], action["amount"]) == ("quote", "P-2026-0001", "318.00")


def test_nothing_changed(book: Path) -> None:
    on(book, "quote", "flyer")
    again = on(book, "quote", "flyer")
    assert again.code == 2
    assert "nothing changed since P-2026-0001" in again.err
    assert "hint: see it: facturar show P-2026-0001" in again.err


@pytest.mark.parametrize(
    ("arguments", "file_says"),
    [
        (["quote", "flyer", "--accept"], "  quote: {accepted: 2026-11-10}\n"),
        (["quote", "flyer", "--accept", "--date", "2026-11-09"], "  quote: {accepted: 2026-11-09}\n"),
    ],
    ids=["today", "another day"],
)
def test_an_acceptance_is_a_line_in_the_job(book: Path, arguments: list[str], file_says: str) -> None:
    on(book, "quote", "flyer", day="2026-11-05")
    before = tree(book)
    said = on(book, *arguments)
    assert (said.code, said.err) == (0, "P-2026-0001: accepted\n")
    after = tree(book)
    assert {path for path in after if after[path] != before.get(path)} == {"jobs.yaml"}
    assert after["jobs.yaml"].decode().replace(file_says, "") == before["jobs.yaml"].decode()


def test_a_dry_acceptance_writes_nothing(book: Path) -> None:
    on(book, "quote", "flyer")
    before = tree(book)
    assert on(book, "quote", "flyer", "--accept", "--dry-run").out == "jobs.yaml: quote: {accepted: 2026-11-10}\n"
    assert tree(book) == before


def test_a_late_acceptance_is_told(book: Path) -> None:
    on(book, "quote", "flyer")
    said = on(book, "quote", "flyer", "--accept", day="2026-12-31")
    assert (said.code, "warning: P-2026-0001 was valid until 2026-12-10 only" in said.err) == (0, True)
    assert "warning[expired-quote]" in on(book, "check", day="2026-12-31").out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["quote", "flier"], "there is no job 'flier'"),
        (["quote", "poster"], "'poster' was billed by F-2026-0001"),
        (["quote", "flyer", "--accept"], "no quote was issued for 'flyer'"),
        (["quote", "flyer", "--date", "2026-12-01"], "--date 2026-12-01 is after today"),
        (["quote", "flyer", "--accept", "--commit"], "--accept only adds a line to the job"),
        (["pay", "acme", "5", "--invoice", "P-2026-0001"], "there is no invoice 'P-2026-0001'"),
    ],
)
def test_what_makes_no_sense(book: Path, arguments: list[str], message: str) -> None:
    on(book, "quote", "care")
    said = on(book, *arguments)
    assert (said.code, message in said.err) == (2, True), said.err


def test_it_is_shown_listed_and_made_again(book: Path) -> None:
    on(book, "quote", "flyer")
    shown = json.loads(on(book, "show", "P-2026-0001", "--format", "json").out)
    assert (shown["job"], shown["status"], shown["totals"]["payable"]) == ("flyer", "open", "318.00")
    assert on(book, "show", "P-2026-0001").out.endswith("\nopen\n")
    assert json.loads(on(book, "show", "flyer", "--format", "json").out)["quotes"] == ["P-2026-0001"]
    assert "valid until: 2026-12-10 - 30 days from its day" in on(book, "explain", "P-2026-0001").out
    listed = json.loads(on(book, "list", "quotes", "--format", "json").out)
    assert [(row["number"], row["valid_until"], row["status"]) for row in listed] == [
        ("P-2026-0001", "2026-12-10", "open")
    ]
    before = tree(book)
    (book / "quotes/2026/P-2026-0001.md").unlink()
    assert on(book, "render", "P-2026-0001").code == 0
    assert tree(book) == before


def test_a_missing_face_is_made_by_the_next_run(book: Path) -> None:
    on(book, "quote", "flyer")
    before = tree(book)
    (book / "quotes/2026/P-2026-0001.pdf").unlink()
    assert "P-2026-0001" in on(book, "run").out
    assert {path: data for path, data in tree(book).items() if path in before} == before


REQUEST = """
board:
  client: acme
  title: Rótulo
  agreement: {kind: completion, deposit: 50%, deposit_as: request}
  lines: [{text: Rótulo, price: 400}]
"""


def test_a_deposit_is_asked_for_paid_and_invoiced(book: Path) -> None:
    with (book / "jobs.yaml").open("a", encoding="utf-8") as jobs:
        jobs.write(REQUEST)
    assert "to ask for" in {row["kind"] for row in json.loads(on(book, "status", "--format", "json").out)}
    assert "PF-2026-0001  acme    board  212,00" in on(book, "bill", "board").out
    assert on(book, "bill", "board").out == ""
    unnamed = on(book, "pay", "acme", "1", "--dry-run")
    assert "PF-2026-0001 waits for 212.00: if this was for it, add invoice: PF-2026-0001 to the line" in unnamed.err
    paid = on(book, "pay", "acme", "200", "--invoice", "PF-2026-0001")
    assert paid.err == "PF-2026-0001: partly paid, 200.00 so far\n"
    assert "12.00 EUR of PF-2026-0001 is not paid yet" in on(book, "plan").out
    assert on(book, "pay", "acme", "12", "--invoice", "PF-2026-0001").err == "PF-2026-0001: paid\n"
    assert "PF-2026-0001 paid on 2026-11-10" in on(book, "bill", "board").out
    shown = json.loads(on(book, "show", "PF-2026-0001", "--format", "json").out)
    assert (shown["status"], shown["paid"]) == ("invoiced", "212.00")
    assert "paid: 12 - on 2026-11-10" in on(book, "explain", "PF-2026-0001").out
    invoice = on(book, "explain", "F-2026-0003").out
    assert "pro forma: PF-2026-0001 - asked for it, and was paid in full" in invoice
    assert "paid: 212.00 - on 2026-11-10, by what was kept for PF-2026-0001" in invoice
    assert on(book, "check").out == ""


def test_explain_points_to_the_credit_that_paid_and_not_to_what_was_kept_for_a_pro_forma(book: Path) -> None:
    with (book / "clients.yaml").open("a", encoding="utf-8") as clients:
        clients.write("\nnube: {name: Nube, tax_id: A58818501, address: {street: a, city: b, country: ES}}\n")
    with (book / "jobs.yaml").open("a", encoding="utf-8") as jobs:
        jobs.write(REQUEST.replace("acme", "nube"))
        jobs.write("sign: {client: nube, title: Sign, done: 2026-11-10, lines: [{text: Sign, price: 100}]}\n")
    on(book, "bill", "board")
    on(book, "pay", "nube", "30", "--date", "2026-11-08")
    on(book, "pay", "nube", "212", "--invoice", "PF-2026-0001", "--date", "2026-11-09")
    on(book, "bill", "sign")
    written = (book / "payments.yaml").read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(written, 1) if "client: nube, amount: 30}" in text)
    (number,) = [
        row["number"] for row in json.loads(on(book, "list", "invoices", "--client", "nube", "--format", "json").out)
    ]
    assert f"payments.yaml:{line}:3" in on(book, "explain", number).out


@pytest.mark.parametrize("command", ["credit", "void"])
def test_a_quote_is_not_taken_back_like_an_invoice_and_no_other_number_is_hinted_at(command: str, book: Path) -> None:
    text = (book / "jobs.yaml").read_text("utf-8")
    (book / "jobs.yaml").write_text(
        f"{text}oferta: {{client: acme, title: Oferta, lines: [{{text: Oferta, price: 10}}]}}\n", "utf-8"
    )
    assert facturar("-C", book, "--today", "2026-11-10", "quote", "oferta").code == 0
    said = facturar("-C", book, "--today", "2026-11-10", command, "P-2026-0001", "--reason", "no")
    assert said.code == 2
    assert said.err == (
        "error: P-2026-0001 is no invoice: nothing was billed that could be taken back\n"
        "hint: it lapses by itself, or with its job: write cancelled: and the day into it\n"
    )
