"""Records to make documents of: plain ones, and those that documents get wrong."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from facturar.model.invoice import Invoice
from facturar.model.letter import Letter
from facturar.model.notice import Notice

LUNA = {
    "name": "Lucía Luna Pérez",
    "trade_name": "Estudio Luna",
    "tax_id": "12345678Z",
    "address": {"street": "Calle Mayor 12", "postcode": "28013", "city": "Madrid", "country": "ES"},
    "email": "hola@estudioluna.example",
    "phone": "+34 600 000 000",
}
ACME = {
    "name": "Panadería Acme, S.L.",
    "tax_id": "B12345674",
    "address": {"street": "Avda. del Puerto 3", "postcode": "46021", "city": "Valencia", "country": "ES"},
    "email": "cuentas@acme.example",
    "attention": "Ana Ruiz",
}
BOLT = {
    "name": "Bolt & Sons Ltd",
    "tax_id": "GB123456789",
    "address": {"street": "1 High Street", "postcode": "SW1A 1AA", "city": "London", "country": "GB"},
    "email": "accounts@bolt.example",
}
BANK = {"kind": "transfer", "iban": "ES9121000418450200051332", "bic": "CAIXESBBXXX"}
CARD = {"kind": "link", "label": "Tarjeta", "url": "https://pay.example/F-2026-0012?amount=1574.10&currency=EUR"}


def line(text: str, quantity: str, price: str, **more: Any) -> dict[str, Any]:
    net = Decimal(quantity) * Decimal(price) - Decimal(more.get("discount", "0"))
    return {"text": text, "quantity": quantity, "price": price, "net": f"{net:.2f}", "taxes": ["iva", "irpf"], **more}


def invoice(**changes: Any) -> Invoice:
    """A Spanish invoice of two lines, with IVA and retención."""
    return Invoice.model_validate(
        {
            "number": "F-2026-0012",
            "kind": "invoice",
            "issued": "2026-11-30",
            "due": [{"date": "2026-12-30", "amount": "1574.10"}],
            "language": "es",
            "seller": LUNA,
            "buyer": ACME,
            "client": "acme",
            "job": "web-acme",
            "currency": "EUR",
            "lines": [
                line("Diseño de la tienda en línea", "12.5", "60", unit="h"),
                line("Sesión de fotografía de producto", "1", "735"),
            ],
            "taxes": [
                {"code": "iva", "kind": "vat", "label": "IVA", "percent": "21", "base": "1485.00", "amount": "311.85"},
                {
                    "code": "irpf",
                    "kind": "withholding",
                    "label": "Retención IRPF",
                    "percent": "15",
                    "base": "1485.00",
                    "amount": "222.75",
                },
            ],
            "totals": {
                "net": "1485.00",
                "tax": "311.85",
                "withheld": "222.75",
                "total": "1796.85",
                "payable": "1574.10",
            },
            "payment_methods": [BANK, CARD],
            **changes,
        }
    )


def untaxed(lines: list[dict[str, Any]], **changes: Any) -> Invoice:
    """An invoice in English whose total is the sum of its lines."""
    net = sum((Decimal(entry["net"]) for entry in lines), Decimal(0))
    totals = {"net": net, "tax": Decimal(0), "withheld": Decimal(0), "total": net, "payable": net}
    due = [{"date": "2026-12-30", "amount": net}]
    rest = {"language": "en", "buyer": BOLT, "taxes": [], "totals": totals, "due": due, "lines": lines}
    return invoice(**{**rest, **changes})


def many_lines(count: int, **changes: Any) -> Invoice:
    """An English invoice of so many lines."""
    return untaxed(
        [line(f"Article {n} for the autumn catalogue", "2", f"{10 + n}.50") for n in range(count)], **changes
    )


def letter(step: str = "firm", count: int = 1, **changes: Any) -> Letter:
    """A letter about some overdue invoices of 1,000 each; one listed twice is an invoice in instalments."""
    numbers = changes.pop("numbers", [f"F-2026-{12 + n:04d}" for n in range(count)])
    late = changes.pop("late", 15)
    listed = [
        {"number": number, "issued": "2026-10-16", "due": f"2026-11-{15 + n}", "open": "1000.00", "days_late": late - n}
        for n, number in enumerate(numbers)
    ]
    return Letter.model_validate(
        {
            "step": step,
            "client": "acme",
            "date": "2026-11-30",
            "channel": "email",
            "sender": {"name": "Marta Gil", "role": "Administración", "email": "cobros@estudioluna.example"},
            "language": "es",
            "seller": LUNA,
            "buyer": ACME,
            "currency": "EUR",
            "invoices": listed,
            "total": str(1000 * len(listed)),
            "payment_methods": [BANK],
            **changes,
        }
    )


def over_two_rates(step: str = "formal", **changes: Any) -> Letter:
    """A letter whose interest was worked out over a change of the rate, and a part payment."""
    base = charged(step, **changes)
    rows = [
        ("2024-06-16", "2024-06-30", 15, "10000.00", "12.50", "51.37"),
        ("2024-07-01", "2024-07-10", 10, "10000.00", "12.25", "33.56"),
        ("2024-07-11", "2024-07-15", 5, "5000.00", "12.25", "8.39"),
    ]
    names = ("from", "to", "days", "base", "percent", "amount")
    claimed = {
        "kind": "interest",
        "number": "F-2026-0012",
        "due": "2024-06-15",
        "percent": "12.25",
        "days": 30,
        "amount": "93.32",
        "parts": [dict(zip(names, row, strict=True)) for row in rows],
    }
    return Letter.model_validate({**base.model_dump(by_alias=True), "charges": [claimed], "total": "1093.32"})


def charged(step: str = "formal", count: int = 1, **changes: Any) -> Letter:
    """A letter that claims interest and compensation for its first invoice."""
    base = letter(step, count, **changes)
    charges = [
        {
            "kind": "interest",
            "number": "F-2026-0012",
            "due": "2026-11-15",
            "percent": "11.15",
            "days": 31,
            "amount": "9.47",
            "parts": [
                {
                    "from": "2026-11-16",
                    "to": "2026-12-16",
                    "days": 31,
                    "base": "1000.00",
                    "percent": "11.15",
                    "amount": "9.47",
                }
            ],
        },
        {"kind": "compensation", "number": "F-2026-0012", "due": "2026-11-15", "amount": "40.00"},
    ]
    law = {"es": "la Ley 3/2004, de 29 de diciembre", "en": "Spanish Law 3/2004"}[base.language]
    more = {
        "charges": charges,
        "total": base.total + Decimal("49.47"),
        "law": law,
        "pay_by": "2026-12-10",
        "earlier": ["2026-11-20", "2026-11-27"],
    }
    return Letter.model_validate({**base.model_dump(by_alias=True), **more})


RUNNING = [
    {
        "job": "care",
        "title": "Cuidado de la tienda",
        "fee": "900",
        "charging": {"kind": "retainer", "every": "month", "hours": "10", "rate": "95"},
    },
    {"job": "shop", "title": "Tienda", "charging": {"kind": "completion", "deposit": {"amount": "450.00"}}},
]
RISES = [
    {"kind": "fee", "job": "care", "title": "Cuidado", "every": "month", "before": "900", "after": "945",
     "since": "2027-01-01"},
    {"kind": "price", "job": "host", "title": "Alojamiento", "text": "Correo", "unit": "buzón", "every": "year",
     "before": "48", "after": "50.40", "since": "2027-01-01"},
]  # fmt: skip
OVERDUE = [
    {"number": "F-2026-0012", "issued": "2026-09-01", "due": "2026-10-01", "open": "1000.00", "days_late": 60},
    {"number": "F-2026-0019", "issued": "2026-11-15", "due": "2026-12-15", "open": "500.00", "days_late": -15},
]
TOLD: dict[str, dict[str, Any]] = {
    "welcome": {
        "jobs": RUNNING,
        "requires": ["purchase_order"],
        "terms": "2% 10 days, net 30 days",
        "law": "la Ley 3/2004",
        "credit": {"limit": "5000", "new_limit": "1000", "currency": "EUR", "days": 45},
        "payment_methods": [BANK, {"kind": "bizum", "phone": "+34 600 000 000"}],
    },
    "rate-change": {"since": "2027-01-01", "changes": RISES},
    "offer": {
        "until": "2026-12-31",
        "discount": "10",
        "offered": [{"item": "mesa", "text": "Mesa de comedor", "unit": "ud.", "price": "640", "offered": "576.00"}],
    },
    "thank-you": {"history": {"invoices": 12, "since": "2023-05-14"}, "message": "Gracias por diez años."},
    "new-account": {"since": "2027-01-01", "ended": ["6789"], "payment_methods": [BANK]},
    "hold": {
        "hold": {"open": "1500.00", "to_bill": "250.00", "limit": "1000", "days": 45, "pay": "1000.00"},
        "invoices": OVERDUE,
        "payment_methods": [BANK],
    },
}
"""What each notice that is shipped tells."""


def notice(name: str = "rate-change", **changes: Any) -> Notice:
    """A notice with all that its kind can tell."""
    return Notice.model_validate(
        {
            "name": name,
            "client": "acme",
            "date": "2026-11-30",
            "channel": "email",
            "sender": {"name": "Marta Gil", "role": "Administración", "email": "cobros@estudioluna.example"},
            "language": "es",
            "seller": LUNA,
            "buyer": ACME,
            "currency": "EUR",
            **TOLD.get(name, {}),
            **changes,
        }
    )
