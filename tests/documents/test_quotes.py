"""The Markdown of quotes and pro formas, whole in both languages; and how each way of charging is said."""

from collections.abc import Callable
from typing import Any

import pytest

from facturar.documents.press import Press
from facturar.model.quote import Quote

from .samples import ACME, BANK, BOLT, CARD, LUNA, invoice, line


def quote(**changes: Any) -> Quote:
    """A Spanish quote of two lines, with IVA and retención."""
    usual = invoice()
    return Quote.model_validate(
        {
            "number": "P-2026-0004",
            "kind": "quote",
            "issued": "2026-11-30",
            "valid_until": "2026-12-30",
            "language": "es",
            "seller": LUNA,
            "buyer": ACME,
            "client": "acme",
            "job": "web",
            "charging": {"kind": "completion"},
            "currency": "EUR",
            "lines": usual.lines,
            "taxes": usual.taxes,
            "totals": usual.totals,
            "terms": "30 days",
            **changes,
        }
    )


ENGLISH = {"language": "en", "buyer": BOLT, "mentions": ["VAT: reverse charge."]}
ASKED: dict[str, Any] = {
    "number": "PF-2026-0001",
    "kind": "pro_forma",
    "valid_until": None,
    "charging": None,
    "terms": None,
    "covers": ["web:deposit"],
    "payment_methods": [BANK, CARD],
    "message": "Reservamos la segunda semana de enero.",
}
WHOLE: dict[str, Quote] = {
    "es": quote(
        replaces="P-2026-0003",
        purchase_order="PO-77",
        charging={"kind": "completion", "deposit": {"amount": "472.23"}},
        message="Ha sido un placer conocer la tienda.",
        lines=[
            line("Diseño de la tienda en línea", "12.5", "60", unit="h", discount="15"),
            line("Fotografía", "1", "750"),
        ],
    ),
    "en": quote(**ENGLISH, charging={"kind": "completion", "deposit": {"amount": "472.23", "on": "2026-12-15"}}),
    "es-pro-forma": quote(**ASKED),
    "en-pro-forma": quote(**{**ASKED, **ENGLISH, "message": ""}),
}


@pytest.mark.parametrize("name", WHOLE)
def test_the_whole_of_it(name: str, press: Press, same_as_golden: Callable[[str, str], None]) -> None:
    same_as_golden(f"quote-{name}.md", press.markdown(WHOLE[name]))


SPAN = {"every": "month", "starts": "2026-12-01"}
CHARGED: list[tuple[str, dict[str, Any], str, str, str, str]] = [
    (
        "delivery",
        {"kind": "delivery"},
        "Los productos se facturan una vez entregados.",
        "The products are invoiced once they are delivered.",
        "**Total menos retención**",
        "**Total less withholding**",
    ),
    (
        "milestones",
        {"kind": "milestones"},
        "Cada etapa se factura en la fecha acordada o al terminarla.",
        "Each step is invoiced on the day agreed, or once it is finished.",
        "**Total menos retención**",
        "**Total less withholding**",
    ),
    (
        "prepaid",
        {"kind": "prepaid", "on": "2026-12-01"},
        "Se factura por adelantado, el 1 de diciembre de 2026.",
        "It is invoiced up front, on 1 December 2026.",
        "**Total menos retención**",
        "**Total less withholding**",
    ),
    (
        "recurring",
        {"kind": "recurring", **SPAN, "billed": "advance"},
        "Los importes son por mes desde el 1 de diciembre de 2026, y se facturan por adelantado.",
        "These amounts are for each month from 1 December 2026. Each month is invoiced in advance.",
        "**Total cada mes**",
        "**Total each month**",
    ),
    (
        "recurring with an end, in arrears",
        {"kind": "recurring", "every": "2 weeks", "starts": "2026-12-01", "ends": "2027-11-30", "billed": "arrears"},
        "Los importes son por dos semanas desde el 1 de diciembre de 2026 hasta el 30 de noviembre de 2027, "
        "y se facturan a periodo vencido.",
        "These amounts are for each two-week period from 1 December 2026 until 30 November 2027. "
        "Each two-week period is invoiced once it is over.",
        "**Total cada dos semanas**",
        "**Total each two-week period**",
    ),
    (
        "retainer",
        {"kind": "retainer", **SPAN, "hours": "10", "rollover": 1, "rate": "95"},
        "Las horas que sobren pueden usarse en el periodo siguiente.\n- Las horas que pasen de ahí son a 95,00 €",
        "Hours that are left over may be used in the next month.\n- Hours beyond these are €95.00 each, before tax.",
        "**Total cada mes**",
        "**Total each month**",
    ),
    (
        "retainer, hours good for longer",
        {"kind": "retainer", **SPAN, "hours": "10", "rollover": 3, "rate": "95"},
        "e incluye 10 h. Las horas que sobren pueden usarse en los 3 periodos siguientes.",
        "and includes 10 h. Hours that are left over may be used in the 3 periods that follow.",
        "**Total cada mes**",
        "**Total each month**",
    ),
    (
        "hourly",
        {"kind": "hourly", **SPAN, "rate": "60", "cap": "5000"},
        "a 60,00 € la hora, impuestos aparte.\n- En total no pasarán de 5.000,00 €, impuestos aparte.",
        "at €60.00 an hour before tax.\n- They will not come to more than €5,000.00 in all, before tax.",
        "**Total por hora**",
        "**Total per hour**",
    ),
    (
        "hourly with an estimate",
        {"kind": "hourly", **SPAN, "rate": "60", "estimate": True},
        "a 60,00 € la hora, impuestos aparte. Las líneas de arriba son una estimación.",
        "at €60.00 an hour before tax. The lines above are an estimate.",
        "**Total estimado**",
        "**Estimated total**",
    ),
]


@pytest.mark.parametrize(("charging", "spanish", "english", "total", "whole"), [case[1:] for case in CHARGED])
def test_how_it_is_charged(
    charging: dict[str, Any], spanish: str, english: str, total: str, whole: str, press: Press
) -> None:
    in_spanish, in_english = (press.markdown(quote(charging=charging, **more)) for more in ({}, ENGLISH))
    assert (spanish in in_spanish, total in in_spanish) == (True, True), in_spanish
    assert (english in in_english, whole in in_english) == (True, True), in_english


TERMS = [
    ("on receipt", "Las facturas se pagan al recibirlas.", "Invoices are payable on receipt."),
    ("60 days", "Las facturas se pagan a 60 días.", "Invoices are payable within 60 days."),
    (
        "15 days end of month",
        "Las facturas se pagan a 15 días del fin del mes de la factura.",
        "Invoices are payable 15 days after the end of the invoice's month.",
    ),
    (
        "50% on receipt, 50% 30 days",
        "Las facturas se pagan a plazos: 50 % al recibirlas, 50 % a 30 días.",
        "Invoices are payable in instalments: 50% on receipt, 50% within 30 days.",
    ),
]


@pytest.mark.parametrize(("terms", "spanish", "english"), TERMS, ids=[terms for terms, *_ in TERMS])
def test_when_its_invoices_are_due(terms: str, spanish: str, english: str, press: Press) -> None:
    assert spanish in press.markdown(quote(terms=terms))
    assert english in press.markdown(quote(terms=terms, **ENGLISH))


PAID = {
    "kind": "deposit",
    "pro_forma": "PF-2026-0001",
    "supplied": "2026-11-27",
    "terms": None,
    "payment_methods": [],
    "annexes": [
        {"kind": "quote", "number": "P-2026-0004", "accepted": "2026-11-20", "lines": [line("Web", "2", "60")]}
    ],
}


def test_a_deposit_that_was_paid_asks_for_nothing(press: Press) -> None:
    text = press.markdown(invoice(**PAID))
    assert "Este anticipo se pagó el 27 de noviembre de 2026, conforme a la factura proforma PF-2026-0001." in text
    assert [word for word in ("Vencimiento", "Cómo pagar", "Total a pagar", "IBAN") if word in text] == []
    english = press.markdown(invoice(**PAID, **ENGLISH))
    assert "This deposit was paid on 27 November 2026, as requested in pro forma invoice PF-2026-0001." in english


def test_the_annex_of_a_quote(press: Press) -> None:
    spanish, english = press.markdown(invoice(**PAID)), press.markdown(invoice(**PAID, **ENGLISH))
    assert "## Presupuesto P-2026-0004, aceptado el 20 de noviembre de 2026\n" in spanish
    assert "| Web      |        2 | 60,00 € | 120,00 € |" in spanish
    assert "| **Total sin impuestos** | **120,00 €** |" in spanish
    assert "## Quote P-2026-0004, accepted on 20 November 2026\n" in english
    assert "| **Total before tax** | **€120.00** |" in english


@pytest.mark.parametrize("name", WHOLE)
def test_it_is_printed(name: str, press: Press) -> None:
    assert press.faces(WHOLE[name])[".pdf"].startswith(b"%PDF")
