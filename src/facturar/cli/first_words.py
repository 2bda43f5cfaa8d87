"""The comments in the files of a new book, in the language that its documents will be in. Words only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class SettingsWords:
    """What the comments of a new `facturar.yaml` say, on the settings as a whole and beside some of its keys."""

    head: str
    regime: str
    language: str
    taxes: str
    start: str
    reminders: str


SETTINGS_WORDS: Mapping[str, SettingsWords] = {
    "en": SettingsWords(
        head="The settings of this book. docs/book.md of facturar explains every key.",
        regime="whose taxes, mentions and late-payment law",
        language="of documents, unless the client has its own",
        taxes="on every line that names none",
        start="for a book begun mid-year",
        reminders="weekly | monthly, for a run on each 1st | none | a ladder of your own",
    ),
    "es": SettingsWords(
        head="Los ajustes de este libro. docs/book.md de facturar explica cada clave.",
        regime="de qué país son los impuestos, las menciones y la ley de morosidad",
        language="la de los documentos, salvo que el cliente tenga otra",
        taxes="en cada línea que no diga otros",
        start="para un libro empezado a mitad de año",
        reminders="weekly | monthly, si hace la ronda cada día 1 | none | una escalera propia",
    ),
}

LEDGERS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "clients.yaml": """\
# Your clients, each under an id of your choice.
#
# acme:
#   name: Acme Bakery Ltd
#   tax_id: GB123456789
#   address: {street: 3 Harbour Street, postcode: BS1 4RB, city: Bristol, country: GB}
#   email: accounts@acme.example
""",
        "jobs.yaml": """\
# What you agreed with them. When it is done: facturar done web-acme
#
# web-acme:
#   client: acme
#   title: Company website
#   lines:
#     - {text: Design and layout, quantity: 20, unit: h, price: 60.00}
""",
        "payments.yaml": """\
# What they paid. facturar pay acme 1452.00 --invoice F-2026-0001 adds a line here.
""",
        "diary.yaml": """\
# Calls, promises, disputes. facturar note acme "They pay on Friday" --promise 2026-12-04 adds a line here.
""",
    },
    "es": {
        "clients.yaml": """\
# Sus clientes, cada uno con el identificador que prefiera.
#
# acme:
#   name: Panadería Acme, S.L.
#   tax_id: B12345674
#   address: {street: Avda. del Puerto 3, postcode: 46021, city: Valencia, country: ES}
#   email: cuentas@acme.example
""",
        "jobs.yaml": """\
# Lo acordado con ellos. Cuando esté hecho: facturar done web-acme
#
# web-acme:
#   client: acme
#   title: Web corporativa
#   lines:
#     - {text: Diseño y maquetación, quantity: 20, unit: h, price: 60.00}
""",
        "payments.yaml": """\
# Lo que han pagado. facturar pay acme 1452.00 --invoice F-2026-0001 añade aquí una línea.
""",
        "diary.yaml": """\
# Llamadas, promesas, disputas. facturar note acme "Pagan el viernes" --promise 2026-12-04 añade aquí una línea.
""",
    },
}
"""The other files of a new book, with an example of what belongs in each."""
