"""The cover of a dossier: both sides, what is owed and claimed, and what the dossier holds, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from facturar.documents.dossier_context import dossier_context
from facturar.documents.press import Press
from facturar.model.dossier import Dossier

from .samples import ACME, BOLT, LUNA, OVERDUE

CONTENTS = [
    {"kind": "demand", "page": 2},
    {"kind": "invoices", "documents": ["F-2026-0012", "F-2026-0019"], "page": 4},
    {"kind": "hashes"},
]


def cover(press: Press, **changes: Any) -> str:
    charges = [
        {"kind": "interest", "number": "F-2026-0012", "due": "2026-10-01", "amount": "16.68"},
        {"kind": "compensation", "number": "F-2026-0012", "due": "2026-10-01", "amount": "40.00"},
        {"kind": "compensation", "number": "F-2026-0019", "due": "2026-12-15", "amount": "40.00"},
    ]
    facts = {"client": "acme", "date": "2026-11-30", "language": "es", "seller": LUNA, "buyer": ACME, "currency": "EUR"}
    owed = {"invoices": OVERDUE, "charges": charges, "total": "1596.68", "law": "Ley 3/2004", "contents": CONTENTS}
    made = Dossier.model_validate({**facts, **owed, "to": "lawyer", **changes})
    return press.page("dossier", made.language, vars(dossier_context(made)))


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_whole_of_it(language: str, press: Press, same_as_golden: Callable[[str, str], None]) -> None:
    buyer = BOLT if language == "en" else ACME
    same_as_golden(f"dossier-{language}.md", cover(press, language=language, buyer=buyer))


PHRASES: dict[str, tuple[dict[str, Any], str]] = {
    "compensations add up": ({}, "80,00 €"),
    "a part with its page": ({}, "2. **Facturas**, página 4: F-2026-0012, F-2026-0019"),
    "a part without": ({}, "3. **Huellas de los documentos**\n"),
    "for the court": ({"to": "court"}, "el juzgado"),
    "credit comes off": ({"credit": "100.00", "total": "1496.68"}, "−100,00 €"),
}


@pytest.mark.parametrize(("changes", "phrase"), PHRASES.values(), ids=PHRASES.keys())
def test_phrases(changes: dict[str, Any], phrase: str, press: Press) -> None:
    assert phrase in cover(press, **changes)


def test_without_charges_there_is_no_law_to_name(press: Press) -> None:
    text = cover(press, charges=[], law=None, total="1500.00", to=None)
    assert "Ley" not in text
    assert "Intereses de demora hasta" not in text
    assert "Destinado" not in text
