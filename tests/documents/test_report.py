"""The month on one page, in both languages."""

import pytest

from facturar.documents.press import Press
from facturar.documents.report_context import (
    AgingRowText,
    AgingText,
    AgingTotalText,
    CollectedText,
    IssuedText,
    NamedAmount,
    ReportContext,
)

AGING = AgingText(
    headers=("0", "1-30", "Saldo"),
    rows=(
        AgingRowText("Acme", ("5,00 €", "", "5,00 €")),
        AgingRowText("Bolt", ("", "7,00 US$", "7,00 US$")),
    ),
    totals=(AgingTotalText("EUR", ("5,00 €", "0,00 €", "5,00 €")), AgingTotalText("USD", ("0,00", "7,00", "7,00"))),
)
FULL = ReportContext(
    business="Estudio Luna",
    month="Noviembre de 2026",
    day="30 de noviembre de 2026",
    totals=(NamedAmount("Facturado", "5,00 €"), NamedAmount("Cobrado", "3,00 €")),
    aging=AGING,
    issued=(IssuedText("F-1", "Acme", "3 nov 2026", "3 dic 2026", "5,00 €"),),
    collected=(CollectedText("4 nov 2026", "Acme", "F-0", "3,00 €"),),
)
EMPTY = ReportContext("Estudio Luna", "Mayo", "31 de mayo", (), AgingText((), (), ()), (), ())


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_full_month(language: str, press: Press) -> None:
    text = press.page("report", language, vars(FULL))
    assert "# Noviembre de 2026\n" in text
    rows = ["".join(row.split()) for row in text.splitlines()]
    for row in ("|Acme|5,00€||5,00€|", "|**TotalUSD**|**0,00**|**7,00**|**7,00**|", "|Facturado|5,00€|"):
        assert row in rows
    assert "|F-1|Acme|3nov2026|3dic2026|5,00€|" in rows
    assert "|4nov2026|Acme|F-0|3,00€|" in rows


@pytest.mark.parametrize(
    ("language", "phrase"), [("es", "Este mes no se ha cobrado nada."), ("en", "Nothing was collected this month.")]
)
def test_an_empty_month_says_so(language: str, phrase: str, press: Press) -> None:
    text = press.page("report", language, vars(EMPTY))
    assert phrase in text
    assert "|" not in text
