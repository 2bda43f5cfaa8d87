"""The Markdown of invoices, whole; and the parts that appear only when they apply."""

from collections.abc import Callable
from typing import Any

import pytest

from facturar.documents.press import Press
from facturar.model.invoice import Invoice

from .samples import ACME, BANK, BOLT, invoice, line, many_lines, untaxed

IVA = {"code": "iva", "kind": "vat", "label": "IVA", "percent": "21", "base": "950.00", "amount": "199.50"}
DEPOSIT: dict[str, Any] = {
    "deposits": [{"number": "F-2026-0003", "issued": "2026-01-12", "net": "300.00", "tax": "63.00"}],
    "lines": [line("Web", "1", "1000", discount="50")],
    "taxes": [IVA],
    "totals": {"net": "650.00", "tax": "136.50", "withheld": "0", "total": "786.50", "payable": "786.50"},
    "due": [{"date": "2026-12-15", "amount": "393.25"}, {"date": "2027-01-15", "amount": "393.25"}],
}
SECTIONS = {
    "lines": [
        line("Diseño", "10", "60", unit="h", section="Web de la tienda"),
        line("Textos", "2.5", "54", unit="h", section="Web de la tienda"),
        line("Fotografía", "1", "750", section="Catálogo"),
    ],
    "period": {"from": "2026-11-01", "to": "2026-11-30"},
    "supplied": "2026-11-28",
    "purchase_order": "PO-77",
    "quote": "P-2026-0004",
    "message": "Ha sido un placer.\n\nHasta *pronto*.",
    "mentions": ["Factura recapitulativa."],
    "discounts": [
        {"kind": "loyalty", "after": "10 invoices", "share": "5%", "amount": "78.16", "message": "Gracias por *diez*."},
        {
            "kind": "early_payment",
            "percent": "2",
            "until": "2026-12-10",
            "amount": "31.48",
            "payable": "1542.62",
        },
    ],
    "terms": "2% 10 days, net 30 days",
    "annexes": [
        {
            "kind": "work",
            "entries": [
                {"date": "2026-11-03", "text": "Bocetos", "hours": "3.5"},
                {"date": "2026-11-04", "text": "Llamada | revisión", "hours": "0.33333"},
            ],
        },
        {"kind": "expenses", "entries": [{"date": "2026-11-05", "text": "Tren a Valencia", "amount": "45.10"}]},
    ],
}
CREDIT = {
    "number": "R-2026-0001",
    "kind": "credit_note",
    "corrects": "F-2026-0012",
    "reason": "Horas contadas dos veces",
    "lines": [line("Diseño", "-2", "60", unit="h")],
    "taxes": [{"code": "iva", "kind": "vat", "label": "IVA", "percent": "21", "base": "-120.00", "amount": "-25.20"}],
    "totals": {"net": "-120.00", "tax": "-25.20", "withheld": "0", "total": "-145.20", "payable": "-145.20"},
    "due": [{"date": "2026-11-30", "amount": "-145.20"}],
}
FOREIGN: dict[str, Any] = {
    "language": "en",
    "buyer": {
        **BOLT,
        "address": {"street": "1 Main St", "city": "Austin", "region": "TX", "postcode": "78701", "country": "US"},
    },
    "currency": "USD",
    "exchange": {"rate": "0.92", "date": "2026-11-30", "tax": "0.00", "currency": "EUR"},
    "mentions": ["VAT: export of services, not subject."],
}
PRODUCTS: dict[str, Any] = {
    "lines": [line("Silla de roble", "4", "195", unit="ud.", item="silla"), line("Montaje", "1", "60")],
    "annexes": [
        {
            "kind": "products",
            "entries": [
                {
                    "date": "2026-11-27",
                    "text": "Silla de roble",
                    "amount": "780.00",
                    "quantity": "4",
                    "unit": "ud.",
                    "price": "195",
                }
            ],
        }
    ],
}
THANKED: dict[str, Any] = {
    "discounts": [
        {"kind": "loyalty", "after": "10 invoices", "share": "50", "amount": "50.00"},
        {"kind": "early_payment", "percent": "2.5", "until": "2026-12-10", "amount": "23.75", "payable": "926.25"},
    ],
    "terms": "2.5% 10 days, net 30 days",
}
RECORDS: dict[str, Invoice] = {
    "plain": invoice(),
    "deposit-off": invoice(**DEPOSIT),
    "sections": invoice(**SECTIONS),
    "credit-note": invoice(**CREDIT),
    "paid-early": invoice(
        **{**CREDIT, "covers": ["F-2026-0012:early"], "reason": "Descuento por pronto pago", "language": "en"}
    ),
    "products": invoice(**PRODUCTS),
    "foreign": untaxed([line("Consulting", "10", "100", unit="h")], **FOREIGN),
    "thanked": untaxed([line("Consulting", "10", "100", unit="h", discount="50")], **THANKED),
    "dollars-with-iva": invoice(
        language="en",
        buyer=BOLT,
        currency="USD",
        exchange={"rate": "0.9236", "date": "2026-11-27", "tax": "288.02", "currency": "EUR"},
        payment_methods=[BANK],
    ),
    "yen": untaxed([line("Translation", "1", "150000")], currency="JPY"),
}


@pytest.mark.parametrize("name", RECORDS)
def test_the_whole_of_it(name: str, press: Press, same_as_golden: Callable[[str, str], None]) -> None:
    same_as_golden(f"invoice-{name}.md", press.markdown(RECORDS[name]))


SHOWN = [
    ("the withholding is a minus", {}, "| Retención IRPF 15 % sobre 1.485,00 € |      −222,75 € |"),
    ("a label with its rate", {"taxes": [{**IVA, "label": "IVA (PT) 23%"}]}, "| IVA (PT) 23% sobre 950,00 €"),
    ("an order number", {"purchase_order": "PO-1"}, "| Su pedido        | PO-1                    |"),
    ("a person", {}, "|                  | Ana Ruiz                 |"),
    ("a foreign buyer's country", {"buyer": BOLT}, "| España           | Reino Unido"),
    ("a deposit invoice", {"kind": "deposit"}, "# Factura de anticipo F-2026-0012"),
    ("a debit note", {"kind": "debit_note"}, "# Nota de cargo F-2026-0012"),
    ("another way to pay", {"payment_methods": [{"kind": "other", "label": "En efectivo"}]}, "- En efectivo"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "text"), [case[1:] for case in SHOWN], ids=[case[0] for case in SHOWN])
def test_shown(changes: dict[str, Any], text: str, press: Press) -> None:
    assert text in press.markdown(invoice(**changes))


WORDED = {
    "instalments": (
        "50% on receipt, 50% 30 days",
        "50 % al recibir la factura, 50 % a 30 días de la fecha de la factura",
        "50% on receipt of the invoice, 50% within 30 days of the date of the invoice",
    ),
    "from the end of the month": (
        "15 days end of month",
        "a 15 días del fin del mes de la factura",
        "within 15 days of the end of the month of the invoice",
    ),
    "at the end of the month": (
        "0 days end of month",
        "al final del mes de la factura",
        "at the end of the month of the invoice",
    ),
    "a single day": ("30% on receipt, 70% 1 day", "70 % a 1 día de la fecha", "70% within 1 day of the date"),
}


@pytest.mark.parametrize(("terms", "spanish", "english"), WORDED.values(), ids=WORDED)
def test_terms_in_plain_words(terms: str, spanish: str, english: str, press: Press) -> None:
    assert f" {spanish}" in press.markdown(invoice(terms=terms))
    assert f" {english}" in press.markdown(invoice(terms=terms, language="en"))


HIDDEN = [
    ("no terms where the due date says it all", invoice(terms="30 days"), "Condiciones"),
    ("no terms beside a discount for paying early", invoice(terms="2% 10 days, net 30 days"), "Condiciones"),
    ("no terms of what is not to be paid", invoice(**CREDIT, terms="15 days end of month"), "Condiciones"),
    ("no discount column without a discount", invoice(), "Descuento"),
    ("nothing to pay by for a credit note", invoice(**CREDIT), "IBAN"),
    ("no due date for a credit note", invoice(**CREDIT), "Vencimiento"),
    ("no country at home", invoice(), "España"),
    ("no ways to pay when there are none", invoice(payment_methods=[]), "Cómo pagar"),
    ("no date of supply on the day of issue", invoice(supplied="2026-11-30"), "operación"),
    ("no subtotal without sections", many_lines(2), "Subtotal"),
]


@pytest.mark.parametrize(("record", "text"), [case[1:] for case in HIDDEN], ids=[case[0] for case in HIDDEN])
def test_hidden(record: Invoice, text: str, press: Press) -> None:
    assert text not in press.markdown(record)


def totals_of(text: str) -> list[str]:
    rows = text.split("<!-- totals -->")[1].split("##")[0].strip().splitlines()
    return [" ".join(row.replace("|", " ").split()) for row in rows if "--" not in row]


def test_deposits_come_off_with_their_tax(press: Press) -> None:
    assert totals_of(press.markdown(invoice(**DEPOSIT))) == [
        "Base imponible 950,00 €",
        "IVA 21 % sobre 950,00 € 199,50 €",
        "Anticipo ya facturado el 12 de enero de 2026, F-2026-0003, impuestos incluidos −363,00 €",
        "**Total a pagar** **786,50 €**",
    ]


@pytest.mark.parametrize("exempt", [False, True])
def test_what_was_withheld_with_the_deposit_is_shown_so_that_the_page_adds_up(press: Press, exempt: bool) -> None:
    deposit = {**DEPOSIT["deposits"][0], "withheld": "45.00", **({"tax": "0"} if exempt else {})}
    vat = {**IVA, "kind": "exempt", "label": "Exento", "percent": "0", "amount": "0"} if exempt else IVA
    irpf = {**IVA, "kind": "withholding", "label": "Retención IRPF", "percent": "15", "amount": "142.50"}
    totals = {"net": "650.00", "tax": "136.50", "withheld": "97.50", "total": "786.50", "payable": "689.00"}
    none = {"tax": "0", "total": "650.00", "payable": "552.50"}
    record = {"deposits": [deposit], "taxes": [vat, irpf], "totals": {**totals, **(none if exempt else {})}}
    total, payable = ("650,00 €", "552,50 €") if exempt else ("786,50 €", "689,00 €")
    assert totals_of(press.markdown(invoice(**{**DEPOSIT, **record})))[3 + exempt :] == [
        f"Total {total}",
        "Retención IRPF 15 % sobre 950,00 € −142,50 €",
        "Retención ya practicada en el anticipo, F-2026-0003 45,00 €",
        f"**Total a pagar** **{payable}**",
    ]


def test_deposits_without_tax_come_off_the_net(press: Press) -> None:
    deposit = {**DEPOSIT["deposits"][0], "tax": "0"}
    exempt = {**IVA, "kind": "exempt", "label": "Exento de IVA", "percent": "0", "amount": "0"}
    totals = {"net": "650.00", "tax": "0", "withheld": "0", "total": "650.00", "payable": "650.00"}
    record = invoice(**{**DEPOSIT, "deposits": [deposit], "taxes": [exempt], "totals": totals})
    assert totals_of(press.markdown(record)) == [
        "Suma 950,00 €",
        "Anticipo ya facturado el 12 de enero de 2026, F-2026-0003, sin impuestos −300,00 €",
        "Base imponible 650,00 €",
        "Exento de IVA sobre 950,00 € 0,00 €",
        "**Total a pagar** **650,00 €**",
    ]


def test_a_value_with_markup_in_it_is_shown_as_written(press: Press) -> None:
    text = press.markdown(invoice(buyer={**ACME, "name": "A|B *y* <C>"}, lines=[line("# 1\n\n- dos", "1", "5")]))
    assert r"**A\|B \*y\* \<C>**" in text
    assert r"| \# 1 - dos" in text


DAY_ES = "Tipo de cambio del 30 de noviembre de 2026: "
EXCHANGES = [
    pytest.param(
        {"rate": "0.92", "tax": "286.90", "currency": "EUR"}, "1 USD = 0,92 EUR. Impuesto: 286,90 €.", id="as recorded"
    ),
    pytest.param(
        {"rate": "0.92", "tax": "286.90"},
        "1 USD = 0,92 EUR. Impuesto: 286,90 €.",
        id="without a recorded currency: that of the seller's country",
    ),
    pytest.param({"rate": "0.92", "tax": "0.00", "currency": "EUR"}, "1 USD = 0,92 EUR.\n", id="no tax, no word of it"),
    pytest.param(
        {"rate": "0.000036519", "tax": "0.01", "currency": "EUR"},
        "1 USD = 0,000036519 EUR. Impuesto: 0,01 €.",
        id="every digit of the rate",
    ),
    pytest.param(
        {"rate": "142.85", "tax": "44548", "currency": "JPY"},
        "1 USD = 142,85 JPY. Impuesto: 44.548 JPY.",
        id="a book in yen",
    ),
]


@pytest.mark.parametrize(("exchange", "told"), EXCHANGES)
def test_tax_of_a_foreign_invoice_is_told_in_the_sellers_money(
    exchange: dict[str, str], told: str, press: Press
) -> None:
    text = press.markdown(invoice(currency="USD", exchange={"date": "2026-11-30", **exchange}))
    assert DAY_ES + told in text
