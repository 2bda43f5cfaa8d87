"""The reference names everything that there is, and nothing that there isn't."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from typer.main import get_command

from facturar.cli.app import app
from facturar.cli.catalogue import COMMANDS
from facturar.documents.activity_context import ActivityContext
from facturar.documents.dossier_context import DossierContext
from facturar.documents.invoice_context import InvoiceContext
from facturar.documents.letter_context import LetterContext
from facturar.documents.notice_context import NoticeContext
from facturar.documents.quote_context import QuoteContext
from facturar.documents.receipt_context import ReceiptContext
from facturar.documents.report_text import ReportContext
from facturar.documents.statement_context import StatementContext
from facturar.model.activity import Activity
from facturar.model.invoice import Invoice
from facturar.model.letter import Letter
from facturar.model.notice import Notice
from facturar.model.quote import Charging, DepositOffered, Quote
from facturar.model.receipt import Receipt
from facturar.model.statement import Statement
from facturar.problems import Code
from facturar.store.reading import read_book
from tests.repo.pages import PAGES, ROOT, blocks, commands, spot

DOCS = ROOT / "docs"
RECORD = ROOT / "examples" / "estudio-luna" / "invoices" / "2026" / "F-2026-0053.yaml"
OF_OTHERS = {"--help", "--renew"}


def options(command: Any) -> set[str]:
    return {name for parameter in command.params for name in parameter.opts if name.startswith("-")}


@pytest.fixture(scope="module")
def group() -> Any:
    return get_command(app)


def section(page: Path, heading: str) -> str:
    """What stands under a heading, up to the next of its level or above."""
    text = page.read_text("utf-8")
    match = re.search(rf"(?ms)^(#+) {re.escape(heading)}\n(.*?)(?=^#{{1,3}} |\Z)", text)
    assert match, f"{page.name} has no section '{heading}'"
    return match[2]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_explained_with_all_its_options(command: str, group: Any) -> None:
    text = section(DOCS / "commands.md", command)
    known = options(group.get_command(None, command)) - {"--help"}
    assert {option for option in known if f"{option}" not in text} == set()


def test_global_options_are_explained(group: Any) -> None:
    text = (DOCS / "commands.md").read_text("utf-8").partition("## Every day")[0]
    assert {option for option in options(group) if f"`{option}" not in text} == set()


@pytest.mark.parametrize("page", PAGES, ids=spot)
def test_every_option_named_exists(page: Path, group: Any) -> None:
    known = options(group) | {o for name in COMMANDS for o in options(group.get_command(None, name))}
    code = re.findall(r"`([^`\n]*facturar[^`\n]*|--[\w-]+[^`\n]*)`", page.read_text("utf-8"))
    played = [line for body in blocks(page, "console") for line in commands(body) if line.startswith("facturar")]
    named = {option for text in [*code, *played] for option in re.findall(r"(?<![\w-])--[a-z][\w-]*", text)}
    assert named - known - OF_OTHERS == set()


@pytest.mark.parametrize("page", PAGES, ids=spot)
def test_every_make_target_named_exists(page: Path) -> None:
    targets = set(re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text("utf-8")))
    shown = "\n".join(blocks(page, "sh"))
    named = set(re.findall(r"`make ([a-z]+)", page.read_text("utf-8"))) | set(re.findall(r"(?m)^make ([a-z]+)", shown))
    assert named - targets == set()


@pytest.mark.parametrize("code", Code)
def test_every_code_is_explained(code: Code) -> None:
    assert f"[{code}]" in section(DOCS / "errors.md", code)


@pytest.mark.parametrize("page", PAGES, ids=spot)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    pictures = re.findall(r'<img src="([^"]*)"', text)
    for target in [*pictures, *re.findall(r"\]\(([^)#\s]*)(?:#[^)]*)?\)", text)]:
        if target and not target.startswith("http"):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=spot)
def test_anchors_exist(page: Path) -> None:
    for target, anchor in re.findall(r"\]\(([^)#\s]*)#([^)]*)\)", page.read_text("utf-8")):
        headings = re.findall(r"(?m)^#+ (.*)$", ((page.parent / target) if target else page).read_text("utf-8"))
        anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
        assert anchor in anchors, f"{target}#{anchor}"


@pytest.mark.parametrize("path", sorted((ROOT / "src").rglob("*.py")), ids=spot)
def test_a_hint_names_no_command_that_is_not_there(path: Path) -> None:
    named = set(re.findall(r"(?:`|(?:with|write|folder): )facturar ([a-z]+)", path.read_text("utf-8")))
    assert named - set(COMMANDS) == set()


def names_in(kind: Any) -> set[str]:
    """The fields of a dataclass or model, and of those inside of it."""
    fields: dict[str, Any] = {}
    if dataclasses.is_dataclass(kind):
        fields = get_type_hints(kind)
    elif hasattr(kind, "model_fields"):
        fields = {field.alias or name: field.annotation for name, field in kind.model_fields.items()}
    inner = {name for hint in fields.values() for part in _parts(hint) for name in names_in(part)}
    return set(fields) | inner


def _parts(hint: Any) -> list[Any]:
    found = get_args(hint)
    return [leaf for part in found for leaf in _parts(part)] if found else [hint]


@pytest.mark.parametrize(
    "context",
    [
        InvoiceContext,
        QuoteContext,
        LetterContext,
        NoticeContext,
        DossierContext,
        ActivityContext,
        ReceiptContext,
        StatementContext,
        ReportContext,
    ],
    ids=lambda kind: kind.__name__,
)
def test_every_name_of_a_template_is_listed(context: Any) -> None:
    text = (DOCS / "templates.md").read_text("utf-8")
    assert {name for name in names_in(context) if f"`{name}`" not in text} == set()


HEADINGS = {
    Invoice: "An invoice",
    Quote: "A quote",
    Charging: "A quote",
    DepositOffered: "A quote",
    Letter: "A letter",
    Notice: "Any other letter",
    Activity: "An activity report",
    Receipt: "A receipt",
    Statement: "A statement",
}


@pytest.mark.parametrize("record", HEADINGS, ids=lambda kind: kind.__name__)
def test_every_key_of_a_record_is_listed(record: Any) -> None:
    heading = HEADINGS[record]
    keys = {field.alias or name for name, field in record.model_fields.items()}
    text = section(DOCS / "records.md", heading)
    assert {key for key in keys if f"`{key}`" not in text} == set()


def verified(record: Path) -> str:
    """What the ten lines of the records' page say of a record."""
    (program,) = blocks(DOCS / "records.md", "python")
    said = subprocess.run([sys.executable, "-c", program, record], capture_output=True, text=True, check=True)
    return said.stdout.removeprefix(f"{record} ").strip()


def test_the_seal_is_verified_as_the_page_says(tmp_path: Path) -> None:
    changed = tmp_path / RECORD.name
    changed.write_text(RECORD.read_text("utf-8").replace("amount: 413.40", "amount: 313.40"), "utf-8")
    assert [verified(RECORD), verified(changed)] == ["is as it was issued", "WAS CHANGED"]


YAML = [(page, body) for page in PAGES for body in blocks(page, "yaml") if body.startswith("# ")]


@pytest.mark.parametrize(("page", "body"), YAML, ids=[f"{page.stem}-{i}" for i, (page, _) in enumerate(YAML)])
def test_every_example_of_a_file_can_be_read(page: Path, body: str, tmp_path: Path) -> None:
    name = body.splitlines()[0].removeprefix("# ")
    whole = {"facturar.yaml": "", name: body}
    for key, value in (("business", "{name: A, address: {street: S 1, city: C, country: ES}}"), ("currency", "EUR")):
        if not re.search(rf"(?m)^{key}:", whole["facturar.yaml"]):
            whole["facturar.yaml"] += f"{key}: {value}\n"
    for file, text in whole.items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(text, "utf-8")
    assert read_book(tmp_path).problems == ()
