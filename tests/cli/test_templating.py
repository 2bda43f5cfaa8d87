"""`preview` and `templates`: documents and templates while one edits them; the book stays as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.calling import Said, facturar
from tests.cli.conftest import tree

from facturar.documents.template_check import TemplateCode
from facturar.store.shipped import shipped

TODAY = "2026-11-10"
ROOT = Path(__file__).parents[2]


def on(folder: Path, *arguments: object) -> Said:
    return facturar("-C", folder, "--today", TODAY, *arguments)


def write(folder: Path, path: str, text: str) -> None:
    file = folder / "templates" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def faults(folder: Path, *arguments: str) -> list[tuple[str, int, str, str]]:
    said = on(folder, "templates", "check", *arguments, "--format", "json")
    return [(f["file"], f["line"], f["message"], f["hint"]) for f in json.loads(said.out)]


def test_every_shipped_template_is_right_and_can_be_previewed(second_round: Path) -> None:
    before = tree(second_round)
    assert on(second_round, "templates", "check").code == 0
    listed = json.loads(on(second_round, "templates", "list", "--format", "json").out)
    for row in listed:
        if row["kind"] != "part":
            said = on(second_round, "preview", row["template"], "--format", "md")
            assert (said.code, said.err) == (0, ""), row
            assert "#" in said.out
    assert tree(second_round) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("firm",), "Facturas pendientes de pago"),
        (("letters/firm", "--language", "en"), "Your overdue invoices"),
        (("es/letters/firm.md.j2",), "Facturas pendientes de pago"),
        (("invoice", "--sample", "credit_note"), "R-2026-0001"),
        (("invoice", "--sample", "final", "--language", "en"), "F-2026-0002"),
        (("invoice", "--on", "F-2026-0001"), "Bolt Ltd"),
        (("mails/invoice", "--on", "F-2026-0001"), "attached invoice F-2026-0001"),
        (("mails/credit_note",), "Factura rectificativa R-2026-0001 de"),
        (("mails/quote",), "Presupuesto P-2026-0001 de"),
        (("report", "--on", "2026-10"), "Octubre de 2026"),
        (("report", "--language", "en"), "November 2026"),
    ],
    ids=" ".join,
)
def test_a_preview(arguments: tuple[str, ...], words: str, second_round: Path) -> None:
    said = on(second_round, "preview", *arguments)
    assert said.code == 0, said.err
    assert words in said.out


def test_a_preview_as_files(second_round: Path, tmp_path: Path) -> None:
    pdf, html = tmp_path / "a.pdf", tmp_path / "a.html"
    said = on(second_round, "preview", "quote", "--pdf", pdf, "--html", html)
    assert (said.code, said.out) == (0, "")
    assert pdf.read_bytes().startswith(b"%PDF")
    assert html.read_text("utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (("preview", "invoce"), "there is no template 'invoce'", "did you mean 'invoice'?"),
        (("preview", "parts"), "'parts' is a part of other templates", "facturar templates list"),
        (("preview", "invoice", "--sample", "finel"), "there is no sample 'finel'", "did you mean 'final'?"),
        (("preview", "invoice", "--on", "F-2026-0009"), "there is no document 'F-2026-0009'", "did you mean"),
        (("preview", "letters/firm", "--on", "F-2026-0001"), "is made by a template for invoices", "preview invoice"),
        (("preview", "invoice", "--language", "fr"), "there is no template fr/invoice.md.j2", "choose a language"),
        (("preview", "mails/invoce"), "there is no template 'mails/invoce'", "did you mean 'mails/invoice'?"),
        (("preview", "mails/mail"), "'mails/mail' is a part of other templates", "facturar templates list"),
        (("templates", "eject"), "which template?", "facturar templates eject letters/firm"),
        (("templates", "eject", "fimr"), "there is no template 'fimr' in 'es'", "did you mean 'firm'?"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_is_refused(arguments: tuple[str, ...], message: str, hint: str, second_round: Path) -> None:
    said = on(second_round, *arguments)
    assert said.code == 2
    assert message in said.err
    assert hint in said.err


def test_no_preview_goes_into_the_book(second_round: Path) -> None:
    said = on(second_round, "preview", "invoice", "--pdf", second_round / "invoices" / "x.pdf")
    assert said.code == 2
    assert "is inside the book" in said.err
    assert not (second_round / "invoices" / "x.pdf").exists()


def test_eject_copies_a_template_once_and_says_what_it_takes_parts_of(book: Path) -> None:
    dry = on(book, "templates", "eject", "firm", "--dry-run")
    assert "would write templates/es/letters/firm.md.j2" in dry.err
    assert not (book / "templates").exists()
    said = on(book, "templates", "eject", "firm")
    assert said.err.splitlines() == [
        "templates/es/letters/firm.md.j2",
        "  it takes parts of es/letters/letter.md.j2",
    ]
    write(book, "es/letters/firm.md.j2", "mine")
    again = on(book, "templates", "eject", "firm")
    assert (again.code, "is there already" in again.err) == (2, True)
    assert (book / "templates/es/letters/firm.md.j2").read_text("utf-8") == "mine"


def test_a_language_begins_as_a_copy_of_another(book: Path) -> None:
    said = on(book, "templates", "eject", "friendly", "payment", "--language", "en", "--as", "pt")
    assert said.err.splitlines() == [
        "templates/pt/letters/friendly.md.j2",
        "  it takes parts of pt/letters/letter.md.j2",
        "templates/pt/payment.md.j2",
    ]
    write(book, "pt/payment.md.j2", "mine")
    rest = on(book, "templates", "eject", "--language", "en", "--as", "pt")
    assert (rest.code, "payment.md.j2\n" in rest.err.replace("of pt/payment.md.j2\n", "")) == (0, False)
    assert (book / "templates/pt/payment.md.j2").read_text("utf-8") == "mine"
    copied = {path.relative_to(book / "templates/pt") for path in (book / "templates/pt").rglob("*.j2")}
    shipped_ones = {
        path.relative_to(shipped("templates") / "en") for path in (shipped("templates") / "en").rglob("*.j2")
    }
    assert copied == shipped_ones
    assert all('"en/' not in path.read_text("utf-8") for path in (book / "templates/pt").rglob("*.j2"))
    again = on(book, "templates", "eject", "payment", "--language", "en", "--as", "pt")
    assert (again.code, "is there already" in again.err) == (2, True)


def test_a_language_that_a_client_needs_is_told_and_can_be_begun(book: Path) -> None:
    settings = book / "facturar.yaml"
    settings.write_text(settings.read_text("utf-8").replace("language: es", "language: pt"), "utf-8")
    found = on(book, "check")
    assert found.code == 1
    assert "there are no documents in 'pt'" in found.out
    assert "there is: en, es; or begin it with facturar templates eject --language en --as pt" in found.out
    assert on(book, "templates", "eject", "invoice", "--language", "en", "--as", "pt").code == 0
    assert "there is no template 'letters/courtesy' in 'pt'" in on(book, "check").out
    assert "pt does not have yet: activity, " in on(book, "templates", "check", "--language", "pt").err
    assert on(book, "templates", "eject", "--language", "en", "--as", "pt").code == 0
    assert on(book, "check").code == 0
    assert "10 de novembro de 2026" in on(book, "preview", "invoice", "--language", "pt").out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--as", "portuguese"), "'portuguese' is not a language"),
        (("--language", "fr", "--as", "pt"), "there are no templates in 'fr'"),
    ],
)
def test_no_language_begins_so(arguments: tuple[str, ...], message: str, book: Path) -> None:
    said = on(book, "templates", "eject", *arguments)
    assert (said.code, message in said.err) == (2, True)


LETTER = '{% extends "es/letters/letter.md.j2" %}\n'
FAULTS = {
    "an unknown name": ("es/letters/own.md.j2", LETTER + "{% block opening %}{{ totl }}{% endblock %}", 2, "'totl'"),
    "on a branch that no sample takes": (
        "es/letters/own.md.j2",
        LETTER + "{% block opening %}\n{% if channel == 'fax' %}{{ buyer.faks }}{% endif %}{% endblock %}",
        3,
        "'buyer' has no 'faks'",
    ),
    "a part of what a loop goes over": (
        "es/letters/own.md.j2",
        LETTER + "{% block opening %}\n{% for row in invoices %}{{ row.nmuber }}{% endfor %}{% endblock %}",
        3,
        "'row' has no 'nmuber'",
    ),
    "a part of a text": (
        "es/letters/own.md.j2",
        LETTER + "{% block opening %}{{ total.sum }}{% endblock %}",
        2,
        "text",
    ),
    "notation": ("es/letters/own.md.j2", LETTER + "{% block opening %}{% if one %}{% endblock %}", 2, "endblock"),
    "an unknown filter": (
        "es/letters/own.md.j2",
        LETTER + "{% block opening %}{{ total | lower2 }}{% endblock %}",
        2,
        "lower2",
    ),
    "a template that is not there": ("es/letters/own.md.j2", '{% extends "es/leters/letter.md.j2" %}', 1, "es/leters"),
    "an invoice without the buyer's tax id": (
        "es/invoice-own.md.j2",
        "# {{ number }}\n\n{{ seller.name }} {{ seller.tax_id }}\n",
        1,
        "the buyer's tax id",
    ),
    "a letter without a way to pay": (
        "es/letters/own.md.j2",
        LETTER + "{% block payment %}{% endblock %}",
        1,
        "a way to pay",
    ),
    "a letter without its amount and dates": ("es/letters/own.md.j2", "# Hola\n", 1, "the due date of an invoice"),
    "a mail without a subject": ("es/mails/invoice.md.j2", "Aquí tiene {{ number }}.\n", 1, "a subject"),
    "a mail without a due date": ("es/mails/invoice.md.j2", "# {{ number }}\n\n{{ payable }}\n", 1, "a due date"),
    "a mail without a way to pay": ("es/mails/deposit.md.j2", "# {{ number }}\n", 1, "a way to pay"),
    "a quote's mail without its last day": ("es/mails/quote.md.j2", "# {{ number }}\n", 1, "until which it is valid"),
    "a report's mail without its answer": ("es/mails/activity.md.j2", "# {{ title }}\n", 1, "until when to answer"),
    "a mail with a name of another": ("es/mails/quote.md.j2", "# {{ number }}\n\n{{ corrects }}\n", 3, "'corrects'"),
}


CODES = {
    TemplateCode.bad_notation: FAULTS["notation"],
    TemplateCode.unknown_template: FAULTS["a template that is not there"],
    TemplateCode.unknown_name: FAULTS["an unknown name"],
    TemplateCode.bad_sample: ("es/invoice-own.md.j2", "{{ number + 1 }}\n", 1, "concatenate"),
    TemplateCode.missing_fact: FAULTS["a mail without a subject"],
}


@pytest.mark.parametrize("code", TemplateCode)
def test_each_fault_has_a_code_that_the_errors_page_explains(code: TemplateCode, book: Path) -> None:
    path, text, line, words = CODES[code]
    write(book, path, text)
    found = json.loads(on(book, "templates", "check", path, "--format", "json").out)
    assert [code] == list({f["code"] for f in found if words in f["message"] and f["line"] == line})
    assert f"{path}:{line}" in on(book, "templates", "check", path).out
    assert f"| `{code}` |" in (ROOT / "docs/errors.md").read_text("utf-8")


@pytest.mark.parametrize(("path", "text", "line", "words"), FAULTS.values(), ids=FAULTS.keys())
def test_what_is_wrong_is_found_with_its_line(path: str, text: str, line: int, words: str, book: Path) -> None:
    with (book / "facturar.yaml").open("a", encoding="utf-8") as settings:
        settings.write("payment_methods: [{kind: transfer, iban: ES91 2100 0418 4502 0005 1332}]\n")
        settings.write("ladders: {mine: {steps: [{name: own, when: 5 days}]}}\n")
    write(book, path, text)
    found = faults(book, path)
    assert (f"templates/{path}", line) in [(file, at) for file, at, message, _ in found if words in message]
    assert {file for file, *_ in found} == {f"templates/{path}"}
    assert on(book, "templates", "check", path).code == 1


def test_a_fault_says_what_was_meant(book: Path) -> None:
    write(book, "es/letters/own.md.j2", LETTER + "{% block opening %}{{ totl }}{% endblock %}")
    (fault,) = faults(book, "own")
    assert fault == ("templates/es/letters/own.md.j2", 2, "there is no name 'totl'", "did you mean 'total'?")
    write(book, "es/invoice-own.md.j2", "# {{ number }}\n")
    lacking = {message: hint for *_, message, hint in faults(book, "invoice-own")}
    assert lacking["a sample lacks the buyer's tax id"] == "show it with {{ buyer.tax_id }}"


NEGLIGENT = "# {{ number }}\n{% macro of(x) %}{{ x.upper() }}{% endmacro %}{{ of(number) }}{% set y = 1 %}{{ y }}\n"


def test_what_a_template_names_itself_is_known(book: Path) -> None:
    write(book, "es/invoice-own.md.j2", NEGLIGENT)
    assert [
        message for *_, message, _ in faults(book, "invoice-own") if "no name" in message or "has no" in message
    ] == []
