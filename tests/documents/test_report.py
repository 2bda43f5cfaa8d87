"""The month on one page: what it says, in both languages, and how its charts look on each face."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader

from facturar.documents.bars import bar, eighths_of, longest
from facturar.documents.blocks import Span, Table
from facturar.documents.press import Press
from facturar.documents.printed_bars import chart_widths
from facturar.documents.reading import read_blocks
from facturar.documents.report_context import ReportFacts, report_context
from facturar.documents.typography import typography
from facturar.model.book import Book
from facturar.model.catalog import Rate
from facturar.model.settings import Look
from facturar.plan.actions import Plan
from facturar.plan.invoices import plan_invoices
from facturar.views.report import month_report
from tests.book_text import CLIENTS, after_runs, book

BOLT = """
bolt:
  name: Bolt Ltd | *Sons*
  tax_id: GB980780684
  address: {street: 1 Sea Road, postcode: BN1 1AA, city: Brighton, country: GB}
  currency: USD
  taxes: []
"""
JOBS = """
web: {client: acme, title: Web, done: 2026-09-01, lines: [{text: Web, price: 1000}]}
flyer: {client: acme, title: Octavilla, done: 2026-11-10, lines: [{text: Octavilla, price: 100}]}
poster: {client: bolt, title: Poster, done: 2026-11-10, lines: [{text: Poster, price: 900}]}
card: {client: acme, title: Tarjetas, done: 2026-11-28, lines: [{text: Tarjetas, price: 50}]}
"""
PAYMENTS = """
- {date: 2026-11-20, client: acme, amount: 1060, invoice: F-2026-0001}
- {date: 2026-11-21, client: bolt, amount: 400, invoice: F-2026-0003}
"""
DIARY = """
- {date: 2026-11-22, client: acme, kind: call, promise: {on: 2026-12-04, amount: 106}}
- {date: 2026-11-23, client: bolt, kind: dispute, invoice: F-2026-0003}
- {date: 2026-11-24, client: bolt, kind: handover, to: lawyer}
"""
LAST = date(2026, 11, 30)


def lived() -> Book:
    """A book after runs on 1 September and 10 November, with payments and a diary since."""
    text = {"jobs": JOBS, "clients": CLIENTS + BOLT}
    before = after_runs(book(**text), ["2026-09-01", "2026-11-10"])
    return book(**text, payments=PAYMENTS, diary=DIARY, invoices=before.invoices)


def page(press: Press, found: Book, language: str, plan: Plan | None = None) -> str:
    facts = ReportFacts(month_report(found, LAST), plan or plan_invoices(found, LAST), found)
    return press.page("report", language, vars(report_context(facts, language)))


def rows(text: str) -> list[str]:
    """The rows of all tables, without the spaces that line them up."""
    return [" | ".join(cell.strip() for cell in row.split("|")).strip(" |") for row in text.splitlines() if "|" in row]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "es",
            [
                "# Noviembre de 2026",
                "- **Panadería Acme, S.L.** promete pagar 106,00 € a más tardar el 4 de diciembre de 2026.",
                "- **Bolt Ltd \\| \\*Sons\\*** no está conforme con la factura F-2026-0003 desde el 23 de noviembre de"
                " 2026.",
                "- **Bolt Ltd \\| \\*Sons\\***: el caso está en manos de un abogado desde el 24 de noviembre de 2026.",
                "## Impuestos del cuarto trimestre de 2026",
            ],
        ),
        (
            "en",
            [
                "# November 2026",
                "- **Panadería Acme, S.L.** promises to pay €106.00 by 4 December 2026.",
                "- **Bolt Ltd \\| \\*Sons\\*** has disputed F-2026-0003 since 23 November 2026.",
                "- **Bolt Ltd \\| \\*Sons\\***: the case has been with a lawyer since 24 November 2026.",
                "## Taxes for quarter 4 of 2026",
            ],
        ),
    ],
)
def test_a_full_month_in_words(language: str, said: list[str], press: Press) -> None:
    lines = page(press, lived(), language).splitlines()
    assert [line for line in said if line not in lines] == []


def test_a_full_month_in_figures(press: Press) -> None:
    found = rows(page(press, lived(), "en"))
    full = "█" * 24
    for row in (
        "Invoiced | €106.00, US$900.00",
        "Collected | €1,060.00, US$400.00",
        "Panadería Acme, S.L. | Tarjetas | €53.00",
        f"Not due | €106.00 | {full}",
        f"Not due | US$500.00 | {full}",
        "F-2026-0002 | Panadería Acme, S.L. | 10 Nov 2026 | 10 Dec 2026 | €106.00",
        "20 Nov 2026 | Panadería Acme, S.L. | F-2026-0001 | €1,060.00",
        "Sept 2026 | 1,060.00 | " + "█" * 14 + " | 0.00 | ·",
        "Panadería Acme, S.L. | 1 | 80 | 50 | " + "█" * 14,
        "IVA 21% | €100.00 | €21.00",
        "Retención IRPF 15% | €100.00 | −€15.00",
    ):
        assert row in found


RATES = (Rate(date=date(2026, 11, 2), currency="USD", rate=Decimal("0.92")),)
DOLLARS = "- {date: 2026-11-21, client: bolt, amount: 400, received: 363.10 EUR, invoice: F-2026-0003}"


@pytest.mark.parametrize(
    ("language", "heading", "told"),
    [
        ("es", "## Cobrado en otra moneda", ["Diferencias de cambio | −4,90 €", "400,00 US$ | 363,10 € | −4,90 €"]),
        ("en", "## Received in another currency", ["Exchange differences | −€4.90", "US$400.00 | €363.10 | −€4.90"]),
    ],
)
def test_what_came_in_in_another_currency(language: str, heading: str, told: list[str], press: Press) -> None:
    assert heading not in page(press, lived(), language)
    found = page(press, replace(lived(), rates=RATES, payments=book(payments=DOLLARS).payments), language)
    assert heading in found.splitlines()
    assert [words for words in told if not any(words in row for row in rows(found))] == []


def test_what_is_held_back_has_no_amount(press: Press) -> None:
    clients = CLIENTS + "  requires: [purchase_order]\n"
    jobs = "card: {client: acme, title: Tarjetas, done: 2026-11-28, lines: [{text: Tarjetas, price: 50}]}"
    found = page(press, book(jobs=jobs, clients=clients), "es")
    assert "Panadería Acme, S.L. | Tarjetas | retenido" in rows(found)


@pytest.mark.parametrize(
    ("language", "phrases"),
    [
        ("es", ["Este mes no se ha cobrado nada.", "No queda nada por facturar.", "Nadie le debe nada. Enhorabuena."]),
        ("en", ["Nothing was collected this month.", "Nothing is left to bill.", "There are no promises or disputes."]),
    ],
)
def test_an_empty_month_says_so(language: str, phrases: list[str], press: Press) -> None:
    lines = page(press, book(), language).splitlines()
    assert [phrase for phrase in phrases if phrase not in lines] == []


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_face_says_the_same(language: str, press: Press) -> None:
    text = page(press, lived(), language)
    html = press.html(text, language=language, title="2026-11").decode()
    pdf = press.pdf(text, language=language, day=LAST, title="2026-11", author="Luna")
    printed = "\n".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf)).pages)
    for words in ("F-2026-0002", "Bolt Ltd | *Sons*", "Tarjetas"):
        assert words in html
        assert words in printed
    assert "█" not in html + printed
    assert 'class="bar" style="width:100.0%"' in html
    assert not any(word in html for word in ("<script", "src=", "url(", "@import"))


def test_a_bar_is_measured_by_the_longest_of_its_table() -> None:
    cells = [(Span(bar(Decimal(n), Decimal(40), 8)),) for n in (10, 20, 0)]
    assert [eighths_of(cell) for cell in cells] == [16, 32, 0]
    assert longest([cells]) == 32
    assert eighths_of((Span("10 █"),)) is None


LONG = "Sociedad de Amigos del País y de la Mar " * 4
TABLE = Table(
    tuple((Span(head),) if head else () for head in ("Client", "Late", "")),
    tuple(((Span(name),), (Span("12"),), (Span(bar(Decimal(n), Decimal(3))),)) for n, name in enumerate(["A", LONG])),
    ("left", "right", "left"),
    "bars",
)


def test_a_printed_chart_keeps_to_its_width_whatever_the_names() -> None:
    widths = chart_widths(TABLE, typography(Look(), Path()), 400)
    assert sum(widths) == pytest.approx(400)
    assert widths[2] >= 60


def test_a_template_names_its_own_chart(press: Press) -> None:
    text = "<!-- bars -->\n| Mes | Horas | |\n|:--|--:|:--|\n| enero | 40 | ████ |\n| febrero | 20 | ██ |\n"
    (table,) = read_blocks(text)
    assert isinstance(table, Table)
    assert table.name == "bars"
    html = press.html(text, language="es", title="Horas").decode()
    assert ["width:100.0%" in html, "width:50.0%" in html] == [True, True]
