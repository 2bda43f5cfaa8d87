"""A template that is wrong says where, and a book's own template comes before the shipped one."""

from pathlib import Path

import pytest

from facturar.documents.press import Press
from facturar.model.settings import Look
from facturar.problems import FacturarError
from facturar.store.shipped import shipped

from .samples import invoice, letter

WRONG = [
    ("Uno\n{{ nobody }}", "templates/es/invoice.md.j2:2", "'nobody' is undefined"),
    ("Uno\n\n{% if %}", "templates/es/invoice.md.j2:3", "Expected an expression"),
    ("{{ seller.fax }}", "templates/es/invoice.md.j2:1", "has no attribute 'fax'"),
    ("{{ total + 1 }}", "templates/es/invoice.md.j2:1", "concatenate"),
    ("{{ total | fancy }}", "templates/es/invoice.md.j2:1", "No filter named 'fancy'"),
    ("{{ ''.__class__.__mro__ }}", "templates/es/invoice.md.j2:1", "unsafe"),
    ('{% include "es/gone.md.j2" %}', "", "there is no template es/gone.md.j2"),
]


def own(folder: Path, name: str, text: str) -> Press:
    path = folder / "es" / f"{name}.md.j2"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return Press([folder, shipped("templates")], Look(), folder)


@pytest.mark.parametrize(("text", "place", "reason"), WRONG, ids=[reason for _, _, reason in WRONG])
def test_a_wrong_template_says_where(text: str, place: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(FacturarError) as error:
        own(tmp_path, "invoice", text).markdown(invoice())
    assert error.value.message.startswith(place)
    assert reason in error.value.message
    assert error.value.hint


def test_the_books_own_template_shadows_the_shipped_one(tmp_path: Path) -> None:
    press = own(tmp_path, "invoice", "Factura {{ number }}: {{ payable }}")
    assert press.markdown(invoice()) == "Factura F-2026-0012: 1.574,10 €\n"


def test_a_client_may_have_a_layout_of_their_own(tmp_path: Path) -> None:
    press = own(tmp_path, "invoice-acme", "Para Acme: {{ number }}")
    assert press.markdown(invoice(), "invoice-acme") == "Para Acme: F-2026-0012\n"
    assert press.markdown(invoice()).startswith("<!-- letterhead -->")


def test_a_step_may_name_its_template(tmp_path: Path) -> None:
    press = own(
        tmp_path, "letters/suave", '{% extends "es/letters/letter.md.j2" %}{% block subject %}Hola{% endblock %}'
    )
    assert "# Hola" in press.markdown(letter("firm", template="suave"))


@pytest.mark.parametrize(("name", "language"), [("invoice", "fr"), ("letters/nudge", "es")])
def test_a_template_that_is_not_there_is_named(press: Press, name: str, language: str) -> None:
    with pytest.raises(FacturarError, match=f"there is no template {language}/{name}"):
        press.page(name, language, {})
