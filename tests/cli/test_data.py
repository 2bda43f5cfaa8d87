"""What commands give to programs: JSON of fixed keys, decimals as text, CSV and Markdown that parse; talk apart."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.cli.calling import Said, facturar

TODAY = "2026-11-10"
BUCKETS = ["current", "1-30", "31-60", "61-90", "90+"]
LISTS = ("clients", "jobs", "invoices", "quotes", "payments", "letters", "activity", "diary")
DATA = (
    ["status"],
    ["plan"],
    ["aging"],
    ["aging", "--by", "invoice"],
    ["jobs", "margin"],
    ["stock", "--all"],
    *(["list", kind] for kind in LISTS),
)


def named(arguments: list[str]) -> str:
    return " ".join(arguments)


def on(book: Path, *arguments: str, **how: bool) -> Said:
    said = facturar("-C", book, "--today", TODAY, *arguments, **how)
    assert said.code == 0, said.err
    return said


def data(book: Path, *arguments: str) -> Any:
    return json.loads(on(book, *arguments, "--format", "json").out)


def cents(**amounts: str) -> dict[str, str]:
    return {name: amounts.get("late", "0.00") if name == "1-30" else "0.00" for name in BUCKETS}


def test_aging(book: Path) -> None:
    acme = {"currency": "EUR", "buckets": cents(late="560.00"), "credit": "0.00", "balance": "560.00"}
    bolt = {"currency": "USD", "buckets": cents(late="900.00"), "credit": "0.00", "balance": "900.00"}
    assert data(book, "aging") == {
        "as_of": TODAY,
        "buckets": BUCKETS,
        "rows": [{"client": "acme", **acme}, {"client": "bolt", **bolt}],
        "totals": [acme, bolt],
    }


DOLLARS = ["pay", "bolt", "400", "--received", "355.10 EUR"]


def test_pay_tells_what_came_in_against_the_rate_of_the_invoice(book: Path) -> None:
    (book / "rates.yaml").write_text("- {date: 2026-09-30, currency: USD, rate: 0.9}\n", "utf-8")
    assert on(book, *DOLLARS, "--invoice", "F-2026-0001").err.splitlines() == [
        "F-2026-0001: overdue, 500.00 open",
        "F-2026-0001: 355.10 EUR came in for 400.00 USD, worth 360.00 EUR at its rate: 4.90 EUR less",
    ]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(
            [], "355.10 EUR came in for 400.00 USD: name the invoice to see the difference from its rate", id="no name"
        ),
        pytest.param(
            ["--invoice", "F-2026-0001"],
            "F-2026-0001: 355.10 EUR came in for 400.00 USD; "
            "what that is worth is not known without an invoice and its rate",
            id="no rate",
        ),
    ],
)
def test_pay_says_why_a_difference_is_not_known(arguments: list[str], told: str, book: Path) -> None:
    assert told in on(book, *DOLLARS, *arguments).err


def test_what_came_in_is_shown_with_its_invoice_and_listed(book: Path) -> None:
    (book / "rates.yaml").write_text("- {date: 2026-09-30, currency: USD, rate: 0.9}\n", "utf-8")
    assert "received" not in data(book, "show", "F-2026-0001")
    assert "Received" not in on(book, "list", "payments").out
    on(book, *DOLLARS, "--invoice", "F-2026-0001")
    part = {"amount": "400", "currency": "USD", "received": "355.10", "received_currency": "EUR"}
    assert data(book, "show", "F-2026-0001")["received"] == [
        {"date": TODAY, **part, "value": "360.00", "difference": "-4.90"}
    ]
    assert f"{TODAY}: F-2026-0001: 355.10 EUR came in" in on(book, "show", "F-2026-0001").out.replace("\n", " ")
    listed = {**part, "difference": "-4.90"}
    assert [{key: row[key] for key in listed} for row in data(book, "list", "payments")] == [
        {"amount": "500", "currency": "EUR", "received": None, "received_currency": None, "difference": None},
        listed,
    ]
    assert "-4,90" in on(book, "list", "payments").out


RATES = "- {date: 2026-11-02, currency: USD, rate: 0.9}\n"


def test_aging_in_one_currency(book: Path) -> None:
    (book / "rates.yaml").write_text(RATES, "utf-8")
    acme = {"currency": "EUR", "buckets": cents(late="560.00"), "credit": "0.00", "balance": "560.00"}
    bolt = {"currency": "EUR", "buckets": cents(late="810.00"), "credit": "0.00", "balance": "810.00"}
    assert data(book, "aging", "--in", "eur") == {
        "as_of": TODAY,
        "in": "EUR",
        "rates": [{"currency": "USD", "date": "2026-11-02", "rate": "0.9"}],
        "buckets": BUCKETS,
        "rows": [{"client": "acme", **acme}, {"client": "bolt", **bolt}],
        "totals": [{"currency": "EUR", "buckets": cents(late="1370.00"), "credit": "0.00", "balance": "1370.00"}],
    }


def test_aging_by_invoice_in_one_currency(book: Path) -> None:
    (book / "rates.yaml").write_text(RATES, "utf-8")
    found = data(book, "aging", "--by", "invoice", "--in", "EUR")
    assert [(row["currency"], row["open"]) for row in found["rows"]] == [("EUR", "810.00"), ("EUR", "560.00")]
    assert (found["in"], found["totals"][0]["balance"]) == ("EUR", "1370.00")


def test_aging_in_one_currency_says_so_and_by_which_rates(book: Path) -> None:
    (book / "rates.yaml").write_text(RATES, "utf-8")
    said = on(book, "aging", "--in", "EUR")
    assert said.out.startswith(f"In EUR at the rates of {TODAY}\n")
    assert said.err == "1 USD = 0.9 EUR, the rate of 2026-11-02\n"
    assert on(book, "--quiet", "aging", "--in", "EUR").err == ""


@pytest.mark.parametrize(
    ("currency", "message", "hint"),
    [
        pytest.param(
            "EUR",
            "there is no rate of USD on 2026-11-10: this cannot be told in EUR",
            "- {date: 2026-11-10, currency: USD, rate: …}",
            id="no rate",
        ),
        pytest.param("euros", "'EUROS' is not a currency", "write its ISO 4217 code", id="no currency"),
    ],
)
def test_aging_in_a_currency_that_no_rate_leads_to(book: Path, currency: str, message: str, hint: str) -> None:
    said = facturar("-C", book, "--today", TODAY, "aging", "--in", currency)
    assert (said.code, said.out) == (2, "")
    assert message in said.err
    assert hint in said.err


def test_aging_as_of_a_day_before_the_payment(book: Path) -> None:
    found = data(book, "aging", "--as-of", "2026-10-19")
    assert found["as_of"] == "2026-10-19"
    assert found["rows"][0]["buckets"]["current"] == "1060.00"


def test_aging_with_credit(book: Path) -> None:
    on(book, "pay", "acme", "600")
    acme = data(book, "aging")["rows"][0]
    assert (acme["buckets"], acme["credit"], acme["balance"]) == (cents(), "40.00", "-40.00")


def test_plan(book: Path) -> None:
    found = data(book, "plan")
    assert list(found) == ["today", "actions", "skipped"]
    assert found["today"] == TODAY
    keys = ["kind", "document", "client", "job", "amount", "currency", "reason"]
    assert all(list(action) == keys and action["reason"] for action in found["actions"])
    assert [[action[key] for key in keys[:-1]] for action in found["actions"]] == [
        ["invoice", "F-2026-0003", "acme", "care", "222.60", "EUR"],
        ["receipt", "2026-10-20-acme-receipt", "acme", None, "500.00", "EUR"],
        ["letter", "2026-11-10-acme-friendly", "acme", None, "560.00", "EUR"],
        ["letter", "2026-11-10-bolt-friendly-USD", "bolt", None, "900.00", "USD"],
        ["report", "2026-10", None, None, None, None],
    ]
    assert found["skipped"] == [
        {"kind": "invoice", "client": "acme", "job": "web", "reason": "step 'Web' is not done yet"},
        {"kind": "invoice", "client": "acme", "job": "flyer", "reason": "not done yet"},
    ]


def test_a_letter_keeps_its_words_when_its_client_has_another_layout_of_invoices(book: Path) -> None:
    facturar("-C", book, "--today", "2026-11-10", "remind")
    (letter,) = {path.stem for path in (book / "letters").rglob("*acme*.yaml")}
    clients = (book / "clients.yaml").read_text("utf-8")
    (book / "clients.yaml").write_text(clients.replace("bolt:", "  template: layouts/acme\nbolt:"), "utf-8")
    (book / "templates" / "es" / "layouts").mkdir(parents=True)
    (book / "templates" / "es" / "layouts" / "acme.md.j2").write_text("# Otra {{ number }}\n", "utf-8")
    written = (book / "letters" / "2026" / f"{letter}.md").read_text("utf-8")
    assert facturar("-C", book, "--today", "2026-11-10", "show", letter, "--format", "md").out == written


def test_run_carries_out_what_plan_has_shown(book: Path) -> None:
    planned = data(book, "plan")
    assert data(book, "run") == planned
    assert data(book, "plan")["actions"] == []


def test_check(book: Path) -> None:
    with (book / "payments.yaml").open("a", encoding="utf-8") as ledger:
        ledger.write("- {date: 2026-11-01, client: acmee, amount: 1}\n")
    said = facturar("-C", book, "--today", TODAY, "check", "--format", "json")
    assert json.loads(said.out) == [
        {
            "code": "unknown-client",
            "severity": "error",
            "file": "payments.yaml",
            "line": 3,
            "column": 30,
            "message": "there is no client 'acmee'",
            "hint": "did you mean 'acme'?",
        }
    ]
    assert said.err == "1 error.\n"


def test_check_without_problems_is_an_empty_list(book: Path) -> None:
    assert data(book, "check") == []


def test_show_an_invoice(book: Path) -> None:
    found = data(book, "show", "F-2026-0002")
    assert list(found)[:5] == ["number", "kind", "issued", "supplied", "due"]
    assert list(found)[-3:] == ["paid", "open", "status"]
    assert found["totals"] == {
        "net": "1000.00",
        "tax": "210.00",
        "withheld": "150.00",
        "total": "1210.00",
        "payable": "1060.00",
    }
    assert found["due"] == [{"date": "2026-10-31", "amount": "1060.00"}]
    assert found["covers"] == ["web:step:Diseño"]
    assert (found["paid"], found["open"], found["status"]) == ("500.00", "560.00", "overdue")


@pytest.mark.parametrize(
    ("today", "paid", "status"),
    [
        pytest.param("2026-10-10", None, "open", id="nothing paid, not due"),
        pytest.param("2026-10-25", None, "partly paid", id="half paid, not due"),
        pytest.param("2026-11-10", None, "overdue", id="half paid, past due"),
        pytest.param("2026-11-10", "560", "paid", id="all paid"),
    ],
)
def test_the_status_of_an_invoice(today: str, paid: str | None, status: str, book: Path) -> None:
    if paid:
        on(book, "pay", "acme", paid, "--invoice", "F-2026-0002")
    said = facturar("-C", book, "--today", today, "show", "F-2026-0002", "--format", "json")
    assert json.loads(said.out)["status"] == status


def test_an_invoice_that_was_paid_early(book: Path) -> None:
    add(book, "clients.yaml", "early: {name: E, tax_id: B12345674, terms: '2% 10 days, net 30 days', taxes: [iva]}\n")
    add(book, "jobs.yaml", "one: {client: early, title: T, done: 2026-11-09, lines: [{text: T, price: 100}]}\n")
    on(book, "bill", "one")
    number = data(book, "list", "invoices", "--client", "early")[0]["number"]
    assert on(book, "pay", "early", "118.58", "--invoice", number).err == f"{number}: paid, 2.42 off for paying early\n"
    found = data(book, "show", number)
    assert {key: found[key] for key in ("paid", "discount", "open", "status")} == {
        "paid": "118.58",
        "discount": "2.42",
        "open": "0.00",
        "status": "paid",
    }
    assert "paid 118.58, discount 2.42, open 0.00" in on(book, "show", number).out
    assert [row["kind"] for row in data(book, "status") if row["client"] == "early"] == ["to credit", "to acknowledge"]


def add(book: Path, name: str, text: str) -> None:
    with (book / name).open("a", encoding="utf-8") as file:
        file.write(text)


def figures(value: object) -> list[object]:
    """Every scalar of nested data that is neither text nor nothing."""
    if isinstance(value, dict):
        return [figure for item in value.values() for figure in figures(item)]
    if isinstance(value, list):
        return [figure for item in value for figure in figures(item)]
    return [] if value is None or isinstance(value, str) else [value]


@pytest.mark.parametrize("arguments", [*DATA, ["show", "F-2026-0001"], ["show", "care"], ["show", "acme"]], ids=named)
def test_no_amount_in_json_is_a_binary_number(arguments: list[str], second_round: Path) -> None:
    found = data(second_round, *arguments)
    assert found
    assert all(isinstance(figure, int) for figure in figures(found))  # days late


@pytest.mark.parametrize("arguments", DATA, ids=named)
def test_csv_says_what_json_says(arguments: list[str], second_round: Path) -> None:
    rows = list(csv.reader(io.StringIO(on(second_round, *arguments, "--format", "csv").out)))
    assert len(rows) > 1
    assert len({len(row) for row in rows}) == 1
    head, *body = rows
    found = data(second_round, *arguments)
    if isinstance(found, list):
        expected = [["" if row[key] is None else str(row[key]) for key in head] for row in found]
        assert body == expected
    for cell in (cell for row in body for cell in row if re.fullmatch(r"-?[\d.,]+", cell)):
        assert "," not in cell


def test_csv_of_aging(book: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(on(book, "aging", "--format", "csv").out)))
    facts = data(book, "aging")["rows"]
    for row, fact in zip(rows, facts, strict=True):
        assert {name: row[name] for name in BUCKETS} == fact["buckets"]
        assert [row[key] for key in ("client", "currency", "credit", "balance")] == [
            fact[key] for key in ("client", "currency", "credit", "balance")
        ]


@pytest.mark.parametrize("arguments", DATA, ids=named)
def test_md_is_a_table_with_as_many_cells_in_each_row(arguments: list[str], second_round: Path) -> None:
    tables = on(second_round, *arguments, "--format", "md").out.strip().split("\n\n")
    for table in tables:
        rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in table.splitlines()]
        head, rule, *body = rows
        assert body
        assert {len(row) for row in rows} == {len(head)}
        assert all(re.fullmatch(r" -{3}:? ", cell) for cell in rule)


@pytest.mark.parametrize(
    "arguments", [*DATA, ["run", "--dry-run"], ["pay", "acme", "10"], ["log", "care", "1", "Copias"]], ids=named
)
def test_quiet_leaves_the_data_and_takes_the_talk(arguments: list[str], first_round: Path, tmp_path: Path) -> None:
    quiet = on(_copy(first_round, tmp_path / "quiet"), *arguments, "--quiet")
    talking = on(_copy(first_round, tmp_path / "talking"), *arguments)
    assert quiet.out == talking.out
    assert quiet.out
    assert quiet.err == ""
    assert bool(talking.err) == (arguments[0] in ("run", "pay", "jobs"))


def _copy(book: Path, folder: Path) -> Path:
    shutil.copytree(book, folder)
    return folder


def test_talk_goes_to_stderr(book: Path) -> None:
    said = on(book, "run", "--format", "json")
    assert json.loads(said.out)["actions"]
    assert said.err.startswith("Wrote 5 documents")


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["-C", "{book}", "--today", TODAY, "-q", "aging", "--format", "json"], id="before"),
        pytest.param(["aging", "--format", "json", "-C", "{book}", "--today", TODAY, "--quiet"], id="after"),
        pytest.param(["--today", TODAY, "aging", "-C", "{book}", "--format", "json", "-q"], id="around"),
        pytest.param(["aging", f"--today={TODAY}", "-C", "{book}", "--format=json"], id="with ="),
        pytest.param(["-C{book}", "aging", f"--today={TODAY}", "--format=json"], id="-C glued"),
    ],
)
def test_global_options_may_stand_before_and_after_the_command(arguments: list[str], book: Path) -> None:
    said = facturar(*(argument.format(book=book) for argument in arguments))
    assert said.code == 0, said.err
    assert json.loads(said.out) == data(book, "aging")


def test_the_nearest_book_upwards_is_taken(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(book / "invoices" / "2026")
    assert json.loads(facturar("--today", TODAY, "aging", "--format", "json").out) == data(book, "aging")


COLOUR = re.compile(r"\x1b\[[0-9;]*(3[0-7]|9[0-7]|38;)")


@pytest.mark.parametrize("arguments", [["aging"], ["show", "F-2026-0001"], ["show", "F-2026-0009"]], ids=named)
@pytest.mark.parametrize("no_color", ["", "1"], ids=["colour", "NO_COLOR"])
def test_no_color_is_kept_on_a_terminal(
    arguments: list[str], no_color: str, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    if no_color:
        monkeypatch.setenv("NO_COLOR", no_color)
    said = facturar("-C", book, "--today", TODAY, *arguments, screen=True)
    coloured = COLOUR.search(said.out + said.err)
    assert not (no_color and coloured)
    if arguments == ["show", "F-2026-0009"]:
        assert bool(coloured) == (not no_color)


@pytest.mark.parametrize("arguments", [*DATA, ["show", "F-2026-0001"], ["check"]], ids=named)
def test_into_a_pipe_goes_no_escape_sequence(arguments: list[str], book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    said = on(book, *arguments)
    assert "\x1b" not in said.out + said.err


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("arguments", DATA, ids=named)
def test_on_a_screen_no_word_of_a_table_is_left_out(
    arguments: list[str], width: int, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    said = on(book, *arguments, screen=True).out
    assert "…" not in said
    shown = re.sub(r"\x1b\[[0-9;]*m", "", said)
    for word in on(book, *arguments).out.split():
        if re.fullmatch(r"[0-9.,-]+", word) and not word.startswith("--"):
            assert word in shown


def test_void_explains_a_number_for_ever_and_is_not_for_what_was_paid_in_part(book: Path) -> None:
    before = {path: path.read_bytes() for path in (book / "invoices").rglob("*") if path.is_file()}
    said = facturar("-C", book, "--today", TODAY, "void", "F-2026-0001", "--reason", "sent to nobody")
    assert (said.code, said.err) == (0, f"Wrote 1 document on {TODAY}, in invoices/2026.\n")
    assert data(book, "show", "F-2026-0001")["status"] == "void"
    assert data(book, "show", "R-2026-0001")["void"] == "true"
    assert {path: path.read_bytes() for path in before} == before
    refused = facturar("-C", book, "--today", TODAY, "void", "F-2026-0002", "--reason", "era para otro")
    assert refused.code == 2
    assert refused.err == (
        "error: 500.00 EUR of F-2026-0002 are paid or settled: it cannot be void\n"
        "hint: to take back what was billed, write: facturar credit F-2026-0002 --reason …\n"
    )
    part = facturar("-C", book, "--today", TODAY, "credit", "F-2026-0002", "--reason", "less", "--amount", "1")
    assert part.code == 0
    rest = facturar("-C", book, "--today", TODAY, "credit", "F-2026-0002", "--reason", "all")
    assert "hint: to take back what is left, add --amount " in rest.err
    twice = facturar("-C", book, "--today", TODAY, "void", "F-2026-0001", "--reason", "sent to nobody")
    assert twice.err == ("error: F-2026-0001 is void already, by R-2026-0001\nhint: see facturar show F-2026-0001\n")


def test_log_tells_that_a_job_is_to_be_paid_first(book: Path) -> None:
    with (book / "jobs.yaml").open("a", encoding="utf-8") as jobs:
        jobs.write("curso: {client: acme, title: Curso, agreement: {kind: prepaid, on: 2026-11-01}, ")
        jobs.write("lines: [{text: Curso, price: 100}]}\n")
    assert facturar("-C", book, "--today", TODAY, "bill", "curso").code == 0
    said = facturar("-C", book, "--today", TODAY, "log", "curso", "1", "Temario")
    assert said.err == "curso: work before it is paid: 106.00 EUR of F-2026-0003 are open\n"
