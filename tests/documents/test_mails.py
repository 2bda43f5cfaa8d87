"""Mails: a letter is its own; any other document comes with a short one. The text has no marks of Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from facturar.documents.html_style import HtmlLook
from facturar.documents.mail import mail_of
from facturar.documents.plain_text import WIDTH, plain_text
from facturar.documents.press import Press
from facturar.documents.reading import read_blocks
from facturar.model.letter import Letter
from facturar.model.record import Record
from facturar.model.settings import Look
from facturar.store.shipped import shipped

from .samples import ACME, BANK, BOLT, charged, invoice, letter, line, untaxed
from .test_activity import report
from .test_quotes import quote

IBAN = "ES91 2100 0418 4502 0005 1332"
TWO_PARTS = [{"date": "2026-12-30", "amount": "787.05"}, {"date": "2027-01-30", "amount": "787.05"}]
BACK = {
    "number": "R-2026-0001",
    "kind": "credit_note",
    "corrects": "F-2026-0012",
    "reason": "Faltó una entrega.",
    "totals": {"net": "-100", "tax": "-21", "withheld": "-15", "total": "-121", "payable": "-106"},
    "due": [{"date": "2026-11-30", "amount": "-106.00"}],
}
MAILS: dict[str, tuple[Record, str, tuple[str, ...]]] = {
    "an invoice": (
        invoice(message="Gracias por confiarnos su tienda."),
        "Factura F-2026-0012 de Estudio Luna",
        ("Buenos días, Ana Ruiz:", "1.574,10 €", "30 de diciembre de 2026", IBAN, "confiarnos su tienda", "Lucía Luna"),
    ),
    "an invoice in English": (
        untaxed([line("Design", "10", "50")]),
        "Invoice F-2026-0012 from Estudio Luna",
        ("Hello,", "attached invoice F-2026-0012, for €500.00, which is due on 30 December 2026", IBAN),
    ),
    "two instalments": (invoice(due=TWO_PARTS), "Factura F-2026-0012", ("- 787,05 €, el 30 de enero de 2027",)),
    "an order, a period": (
        invoice(purchase_order="PO-7", period={"from": "2026-11-01", "to": "2026-11-30"}),
        "Factura F-2026-0012",
        ("del periodo del 1 de noviembre de 2026 al 30 de noviembre de 2026, de su pedido PO-7",),
    ),
    "a deposit": (invoice(kind="deposit"), "Factura de anticipo F-2026-0012", ("1.574,10 €", "factura final", IBAN)),
    "a deposit that was paid": (
        invoice(kind="deposit", pro_forma="PF-2026-0001", terms=None),
        "Factura de anticipo F-2026-0012",
        ("Hemos recibido su anticipo", "No queda nada por pagar"),
    ),
    "a credit note": (
        invoice(**BACK),
        "Factura rectificativa R-2026-0001",
        ("−106,00 €", "corrige la factura F-2026-0012", "Faltó una entrega.", "Disculpe las molestias"),
    ),
    "a credit note for paying early": (
        invoice(**BACK, covers=["F-2026-0012:early"]),
        "Factura rectificativa R-2026-0001",
        ("Gracias por pagar tan pronto la factura F-2026-0012",),
    ),
    "a debit note": (
        untaxed([line("Interest", "1", "9.47")], kind="debit_note", number="D-2026-0001"),
        "Debit note D-2026-0001 from Estudio Luna",
        ("€9.47", "30 December 2026", IBAN, "how it was worked out"),
    ),
    "a quote": (quote(), "Presupuesto P-2026-0004 de Estudio Luna", ("30 de diciembre de 2026", "basta con que")),
    "a pro forma": (
        quote(kind="pro_forma", number="PF-2026-0001", payment_methods=[BANK], valid_until=None, charging=None),
        "Factura proforma PF-2026-0001",
        ("Todavía no es una factura", IBAN),
    ),
    "a report to approve": (
        report(approve={"within": 5, "silence": "accepts"}),
        "Para su conformidad: actividad de",
        ("basta con que responda", "Como acordamos, si en ese plazo no nos dice nada, entenderemos que lo aprueba"),
    ),
    "a report that waits": (
        report(approve={"within": 5, "silence": "holds"}),
        "Para su conformidad",
        ("Hasta tener su conformidad no lo facturaremos",),
    ),
    "a letter": (
        letter("firm", pay_by="2026-12-07"),
        "Factura F-2026-0012 pendiente de pago",
        ("1.000,00 €", "15 nov 2026", "7 de diciembre de 2026", IBAN, "Marta Gil", "no tenga en cuenta este mensaje"),
    ),
    "charges": (
        charged("formal", language="en", buyer=BOLT),
        "Formal demand for payment of invoice F-2026-0012",
        ("Compensation for the costs of recovering F-2026-0012: €40.00", "Total: €1,049.47"),
    ),
}


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def _gap(tag: re.Match[str]) -> str:
    return " " if tag[1] else ""


@pytest.mark.parametrize(("record", "subject", "words"), MAILS.values(), ids=MAILS)
def test_a_mail_says(record: Record, subject: str, words: tuple[str, ...], press: Press) -> None:
    mail = press.mail(record)
    assert mail is not None
    assert mail.subject.startswith(subject)
    text, page = on_one_line(mail.text), on_one_line(re.sub(r"</?strong>|(<[^>]*>)", _gap, mail.html))
    assert [word for word in words if word not in text] == []
    assert f"<title>{mail.subject}</title>" in mail.html
    assert 'style="' in mail.html
    assert "<style" not in mail.html
    assert all(on_one_line(word.removeprefix("- ")) in page for word in words if ": " not in word)


@pytest.mark.parametrize("record", [case[0] for case in MAILS.values()], ids=MAILS)
def test_its_text_is_plain(record: Record, press: Press) -> None:
    mail = press.mail(record)
    assert mail is not None
    assert not re.search(r"\*\*|<!--|^#|^\||\\$", mail.text, re.MULTILINE)
    assert all(len(line) <= WIDTH or "https://" in line for line in mail.text.splitlines())
    assert mail.subject not in mail.text


def test_what_only_paper_needs_is_left_out(press: Press) -> None:
    on_paper = press.markdown(record := letter("final", channel="registered"))
    mail = press.mail(record)
    assert mail is not None
    for words in ("A la atención de Ana Ruiz", "burofax", "30 de noviembre de 2026"):
        assert words in on_paper
        assert words not in mail.text + mail.html


def test_a_phone_script_is_sent_to_nobody(press: Press) -> None:
    assert press.mail(letter("call", channel="phone")) is None


def test_a_book_has_mails_of_its_own(tmp_path: Path) -> None:
    own = tmp_path / "es" / "mails" / "invoice.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text(
        '{% extends "es/mails/mail.md.j2" %}{% block subject %}Su factura {{ number }}{% endblock %}\n'
        "{% block opening %}Aquí la tiene: **{{ payable }}**.{% endblock %}",
        "utf-8",
    )
    mail = Press([tmp_path, shipped("templates")], Look(), tmp_path).mail(invoice())
    assert mail is not None
    assert (mail.subject, "Aquí la tiene: 1.574,10 €." in mail.text) == ("Su factura F-2026-0012", True)


def test_a_subject_is_one_line_and_nobodys_markup(press: Press) -> None:
    hostile = {**ACME, "attention": "Ana\nBcc: all@acme.example <b>"}
    record = letter("firm", numbers=["F-1\r\nBcc: x@y.example"], buyer=hostile)
    mail = press.mail(record)
    assert mail is not None
    assert mail.subject == "Factura F-1 Bcc: x@y.example pendiente de pago"
    assert "Ana Bcc: all@acme.example <b>:" in mail.text
    assert "&lt;b&gt;" in mail.html or "&lt;b>" in mail.html


def test_without_a_heading_the_subject_is_who_writes() -> None:
    mail = mail_of(read_blocks("Hola.\n"), sender="Estudio Luna", language="es", look=HtmlLook())
    assert mail.subject == "Estudio Luna"


GOLDEN: dict[str, Record] = {
    "es-invoice": MAILS["an invoice"][0],
    "en-invoice": MAILS["an invoice in English"][0],
    "es-credit-note": MAILS["a credit note"][0],
    "es-activity": MAILS["a report to approve"][0],
    "es-quote": MAILS["a quote"][0],
    "es-firm": MAILS["a letter"][0],
    "en-formal": MAILS["charges"][0],
}


@pytest.mark.parametrize("name", GOLDEN)
def test_the_whole_of_it(name: str, press: Press, same_as_golden: Callable[[str, str], None]) -> None:
    mail = press.mail(GOLDEN[name])
    assert mail is not None
    same_as_golden(f"mail-{name}.txt", f"Subject: {mail.subject}\n\n{mail.text}")


PLAIN = {
    "emphasis goes": ("Pague **hoy**, *por favor*.", "Pague hoy, por favor.\n"),
    "breaks stay": ("Ana\\\nLuna", "Ana\nLuna\n"),
    "pairs": ("<!-- payment -->\n| IBAN | ES91 |\n|:--|:--|\n| BIC | CAIX |", "IBAN: ES91\nBIC: CAIX\n"),
    "columns": ("| a | b |\n|:--|--:|\n| one | 1 |\n| two | 20 |", "a      b\none    1\ntwo   20\n"),
    "a table that is too wide": (
        f"| a | b | c |\n|:--|:--|:--|\n| one | {'x' * 40} | {'y' * 40} |\n| two | | z |",
        f"- one; b: {'x' * 40}; c:\n  {'y' * 40}\n- two; c: z\n",
    ),
    "a list": ("- uno\n- dos\n\n1. a\n2. b", "- uno\n- dos\n\n1. a\n2. b\n"),
    "an address is shown once": ("<https://a.example/x>", "https://a.example/x\n"),
    "a link says where it goes": ("[aquí](https://a.example)", "aquí <https://a.example>\n"),
    "a figure keeps its sign": ("word " * 13 + "1.500,00 €", ("word " * 13).strip() + "\n1.500,00 €\n"),
    "quoted, and letter by letter": ("> hola\n\n```\na  b\n```", "    hola\n\n    a  b\n"),
    "nothing of codes": ("<!-- qr x y -->\n\nfin", "fin\n"),
}


@pytest.mark.parametrize(("markdown", "text"), PLAIN.values(), ids=PLAIN)
def test_plain_text(markdown: str, text: str) -> None:
    assert plain_text(read_blocks(markdown)) == text


def test_a_letters_mail_is_the_letters_text(press: Press) -> None:
    record: Letter = letter("friendly", 2)
    mail = press.mail(record)
    assert mail is not None
    paragraphs = [part for part in press.markdown(record).split("\n\n") if part.startswith(("Seguramente", "Le agr"))]
    assert len(paragraphs) == 2
    assert all(on_one_line(part).replace("**", "") in on_one_line(mail.text) for part in paragraphs)
