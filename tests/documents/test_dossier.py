"""The pages of a dossier: its cover, the demand for payment, and the tables that prove it, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from facturar.documents.dossier_context import dossier_context
from facturar.documents.press import Press
from facturar.model.book import Book
from facturar.model.dossier import Dossier, EventKind, PartKind
from facturar.plan.samples import Samples
from facturar.store.reading import read_book

from .samples import ACME, BOLT, LUNA, OVERDUE


@pytest.fixture(scope="module")
def luna() -> Book:
    found = read_book(Path(__file__).parents[2] / "examples" / "estudio-luna").book
    assert found is not None
    return found


CONTENTS = [
    {"kind": "demand", "page": 2},
    {"kind": "invoices", "documents": ["F-2026-0012", "F-2026-0019"], "page": 4, "pages": [5, 6]},
    {"kind": "hashes"},
]


CLAIMS: list[dict[str, Any]] = [
    {
        "number": "F-2026-0012",
        "issued": "2026-09-01",
        "amount": "1600.00",
        "settled": [
            {"date": "2026-10-05", "kind": "paid", "amount": "250.00", "document": "N26-1", "method": "transfer"},
            {"date": "2026-10-09", "kind": "credited", "amount": "50.00", "document": "R-2026-0001"},
        ],
        "later": "300.00",
        "open": "1000.00",
    },
    {"number": "F-2026-0019", "issued": "2026-11-15", "amount": "500.00", "later": "0", "open": "500.00"},
]
PAGES = get_args(PartKind)


def cover(press: Press, **changes: Any) -> str:
    return page(press, "dossier", **changes)


def page(press: Press, template: str, **changes: Any) -> str:
    charges = [
        {"kind": "interest", "number": "F-2026-0012", "due": "2026-10-01", "amount": "16.68"},
        {"kind": "compensation", "number": "F-2026-0012", "due": "2026-10-01", "amount": "40.00"},
        {"kind": "compensation", "number": "F-2026-0019", "due": "2026-12-15", "amount": "40.00"},
    ]
    facts: dict[str, Any] = {
        "client": "acme",
        "date": "2026-11-30",
        "language": "es",
        "seller": LUNA,
        "buyer": ACME,
        "currency": "EUR",
    }
    facts |= {"until": "2026-12-10", "sender": {"name": "Lucía Luna Pérez"}, "claims": CLAIMS}
    owed = {"invoices": OVERDUE, "charges": charges, "total": "1596.68", "law": "Ley 3/2004", "contents": CONTENTS}
    made = Dossier.model_validate({**facts, **owed, "to": "lawyer", **changes})
    return press.page(template, made.language, vars(dossier_context(made)))


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_whole_of_it(language: str, press: Press, same_as_golden: Callable[[str, str], None]) -> None:
    buyer = BOLT if language == "en" else ACME
    same_as_golden(f"dossier-{language}.md", cover(press, language=language, buyer=buyer))


PHRASES: dict[str, tuple[dict[str, Any], str]] = {
    "compensations add up": ({}, "80,00 €"),
    "a part with its page": (
        {},
        "2. [**Facturas**, página 4](dossier.pdf#page=4): [F-2026-0012 (5)](dossier.pdf#page=5), [F-2026-0019 (6)]",
    ),
    "a part without": ({}, "3. **Huellas de los documentos**\n"),
    "for the court": ({"to": "court"}, "el juzgado"),
    "time to pay": ({}, "10 de diciembre de 2026"),
    "a dispute is told": ({"disputed": ["F-2026-0019"]}, "El deudor ha puesto reparos a F-2026-0019"),
}


@pytest.mark.parametrize(("changes", "phrase"), PHRASES.values(), ids=PHRASES.keys())
def test_phrases(changes: dict[str, Any], phrase: str, press: Press) -> None:
    assert phrase in cover(press, **changes)


DEMANDED: dict[str, tuple[dict[str, Any], str]] = {
    "both tax ids": ({}, "NIF 12345678Z"),
    "what was paid and when": ({}, "Cobrado el 5 oct 2026 (Transferencia), N26-1"),
    "what was credited": ({}, "Abonado el 9 oct 2026, R-2026-0001"),
    "what is not due yet": ({}, "Aún no vencido"),
    "what nothing was paid of": ({}, "No consta ningún pago a cuenta de F-2026-0019."),
    "several of these": (
        {"claims": [{**CLAIMS[1], "number": number} for number in ("F-1", "F-2")]},
        "No consta ningún pago a cuenta de F-1, F-2.",
    ),
    "the deadline": ({}, "**a más tardar el 10 de diciembre de 2026**"),
    "what is claimed of each invoice": ({}, "| 1.000,00 € |   16,68 € | 40,00 € |"),
    "to one person": ({"buyer": {**ACME, "attention": None}}, "A la atención de Panadería Acme, S.L.:"),
    "to a person of theirs": ({"buyer": {**ACME, "attention": "Ana Ruiz"}}, "Buenos días, Ana Ruiz:"),
    "an agreed rate": ({"agreed": True}, "en Ley 3/2004, y los intereses al tipo pactado."),
    "in English too": ({"language": "en", "buyer": {**ACME, "attention": None}}, "Dear Panadería Acme, S.L.,"),
    "an invitation to settle": ({}, "dispuestos a negociar una solución"),
    "the consequence": ({}, "por la vía judicial"),
    "the account": (
        {"payment_methods": [{"kind": "transfer", "iban": "ES9121000418450200051332"}]},
        "ES91 2100 0418 4502 0005 1332",
    ),
    "earlier letters": ({"earlier": ["2026-10-09", "2026-10-30"]}, "9 de octubre de 2026 y 30 de octubre de 2026"),
}


@pytest.mark.parametrize(("changes", "phrase"), DEMANDED.values(), ids=DEMANDED.keys())
def test_what_is_demanded(changes: dict[str, Any], phrase: str, press: Press) -> None:
    assert phrase in page(press, "dossier/demand", **changes)


SAID: dict[str, tuple[str, dict[str, Any], str]] = {
    "a payment with its method": (
        "payments",
        {},
        "| F-2026-0012 | 5 oct 2026 | Cobrado | Transferencia, N26-1 | 250,00 € |",
    ),
    "where it is shown": (
        "chronology",
        {"events": [{"date": "2026-10-09", "kind": "issued", "name": "F-1", "amount": "5", "page": 12}]},
        "[12](dossier.pdf#page=12)",
    ),
    "a broken promise": (
        "diary",
        {"diary": [{"date": "2026-10-05", "kind": "call", "promised": "2026-10-20", "state": "broken"}]},
        "promete pagar el 20 oct 2026 (incumplida)",
    ),
    "to whom the case went": (
        "diary",
        {"diary": [{"date": "2026-11-05", "kind": "handover", "to": "lawyer"}]},
        "entrega del caso al abogado",
    ),
    "what nobody knows to be sent": (
        "sending",
        {"deliveries": [{"document": "F-2026-0012"}]},
        "no consta en el registro",
    ),
    "what the server took": (
        "sending",
        {"deliveries": [{"document": "F-1", "event": "sent", "date": "2026-09-01", "message_id": "<a@b>"}]},
        "aceptado por el servidor",
    ),
    "what the owner says was sent": (
        "sending",
        {"deliveries": [{"document": "F-1", "event": "sent", "date": "2026-09-01", "by_hand": True}]},
        "enviado según anotación propia",
    ),
    "silence": (
        "approvals",
        {"approvals": [{"job": "web", "until": "2026-08-31", "report": "R", "on": "2026-09-10"}]},
        "sin reparos en plazo, aceptado el 10 sept 2026",
    ),
    "an objection": (
        "approvals",
        {"approvals": [{"job": "web", "until": "2026-08-31", "report": "R", "objected": "2026-09-10"}]},
        "reparos el 10 sept 2026",
    ),
    "a file that is gone": (
        "hashes",
        {"not_there": [{"file": "a.pdf", "why": "missing"}]},
        "a.pdf: no está en el libro",
    ),
    "to whom the case went, by date": (
        "chronology",
        {"events": [{"date": "2026-10-09", "kind": "handover", "to": "court"}]},
        "Entrega del caso al juzgado",
    ),
    "how a letter went": (
        "chronology",
        {"events": [{"date": "2026-10-09", "kind": "letter", "channel": "registered", "amount": "5"}]},
        "por burofax",
    ),
}


@pytest.mark.parametrize(("template", "changes", "phrase"), SAID.values(), ids=SAID.keys())
def test_what_the_evidence_says(template: str, changes: dict[str, Any], phrase: str, press: Press) -> None:
    assert phrase in page(press, f"dossier/{template}", **changes)


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("template", PAGES)
def test_every_page_on_invented_data(template: str, language: str, press: Press, luna: Book) -> None:
    """Every row of every table: all words for what may stand there are in the template."""
    dossier = Samples(luna, language, date(2026, 11, 30)).dossier()
    text = press.page(f"dossier/{template}", language, vars(dossier_context(dossier)))
    assert text.lstrip().startswith(("# ", "<!-- letterhead"))
    assert "None" not in text


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_chronology_has_a_word_for_all_that_may_happen(language: str, press: Press) -> None:
    kinds = get_args(EventKind)
    events = [{"date": "2026-10-09", "kind": kind, "name": f"n-{kind}"} for kind in kinds]
    text = page(press, "dossier/chronology", language=language, events=events)
    assert len({line.split("|")[2].strip() for line in text.splitlines() if "| n-" in line}) == len(kinds)


def test_without_charges_there_is_no_law_to_name(press: Press) -> None:
    text = cover(press, charges=[], law=None, total="1500.00", to=None)
    assert "Ley" not in text
    assert "Intereses de demora hasta" not in text
    assert "Destinado" not in text
