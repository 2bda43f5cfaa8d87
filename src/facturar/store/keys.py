"""The keys that a spot of the book may have, and the one that was meant by another.

It follows pydantic's error locations through the models: their steps are keys of the data, indexes of lists and, where
a union was chosen, the tag of a member.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from facturar.model.agreement import Completion, Delivery, Hourly, Milestones, Prepaid, Recurring, Retainer

_SPANISH = {
    "acuerdo": "agreement",
    "articulo": "item",
    "banco": "bank",
    "calle": "street",
    "cantidad": "quantity",
    "cif": "tax_id",
    "ciudad": "city",
    "cliente": "client",
    "codigo_postal": "postcode",
    "concepto": "text",
    "contado": "counted",
    "correo": "email",
    "coste": "cost",
    "cp": "postcode",
    "cuota": "fee",
    "descuento": "discount",
    "desde": "since",
    "direccion": "address",
    "dni": "tax_id",
    "entregado": "delivered",
    "existencias": "stock",
    "factura": "invoice",
    "facturas": "invoices",
    "fecha": "date",
    "gastos": "expenses",
    "hasta": "until",
    "hecho": "done",
    "hitos": "steps",
    "horas": "hours",
    "idioma": "language",
    "importe": "amount",
    "impuestos": "taxes",
    "lineas": "lines",
    "mensaje": "message",
    "metodo": "method",
    "moneda": "currency",
    "nif": "tax_id",
    "nombre": "name",
    "nota": "note",
    "pais": "country",
    "pasos": "steps",
    "pedido": "purchase_order",
    "plazo": "terms",
    "precio": "price",
    "promesa": "promise",
    "recibido": "received",
    "referencia": "reference",
    "tarifa": "rate",
    "telefono": "phone",
    "texto": "text",
    "tipo": "kind",
    "titulo": "title",
    "unidad": "unit",
    # values
    "ano": "year",
    "carta": "letter",
    "devolucion": "refund",
    "llamada": "call",
    "mes": "month",
    "pago": "payment",
    "semana": "week",
    "transferencia": "transfer",
    "trimestre": "quarter",
    # what English speakers try
    "company": "trade_name",
    "due": "terms",
    "po": "purchase_order",
    "vat": "taxes",
    "vat_id": "tax_id",
    "vat_number": "tax_id",
    "zip": "postcode",
}

_THINGS = {
    "Settings": "facturar.yaml",
    "ApprovalGiven": "an approval",
    "Charging": "the charging of a quote",
    "CreditPolicy": "the credit policy",
    "DepositOffered": "the deposit of a quote",
    "DiaryEntry": "a diary entry",
    "Item": "an item of the catalogue",
    "LadderStep": "a step of a ladder",
    "LateInterestRates": "the late interest",
    "Look": "the look",
    "Mail": "the mail settings",
    "Numbering": "the numbering",
    "OtherMethod": "another payment method",
    "OwnTaxCode": "a tax code",
    "PriceSince": "a dated price",
    "PercentSince": "a dated percentage",
    "QuoteTerms": "the terms of a quote",
    "Rate": "an exchange rate",
    "Work": "an entry of work",
}
_AGREEMENTS: tuple[type[BaseModel], ...] = (Completion, Delivery, Milestones, Recurring, Prepaid, Retainer, Hourly)
_VOWELS = ("a", "e", "i", "o", "u", "hour")


def thing(model: type[BaseModel]) -> str:
    """What a model is in words: "a client", "an expense", "an hourly agreement"."""
    name = model.__name__
    if name in _THINGS:
        return _THINGS[name]
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
    if model in _AGREEMENTS:
        words = f"{words} agreement"
    return f"{'an' if words.startswith(_VOWELS) else 'a'} {words}"


def agreements_with(key: str) -> list[str]:
    """The kinds of agreement that have a key."""
    return [_kinds(model)[0] for model in _AGREEMENTS if key in keys_of(model)]


def keys_of(model: type[BaseModel]) -> list[str]:
    """The keys of a model as they are written in YAML."""
    return [field.alias or name for name, field in model.model_fields.items()]


def meant(word: str, choices: Iterable[str]) -> str | None:
    """The choice that someone meant who wrote another word: a slip of the keyboard, or Spanish."""
    choices = list(choices)
    plain = unicodedata.normalize("NFKD", word.casefold()).encode("ascii", "ignore").decode().strip()
    plain = re.sub(r"[\s-]+", "_", plain)
    if _SPANISH.get(plain) in choices:
        return _SPANISH[plain]
    return next(iter(difflib.get_close_matches(plain, choices, n=1, cutoff=0.6)), None)


def model_at(root: type[BaseModel], loc: Sequence[str | int]) -> type[BaseModel] | None:
    """The model that reads the mapping at an error's location; None when no single one does."""
    found: list[Any] = [root]
    for step in loc:
        found = [inner for kind in found for inner in _inside(kind, step)] or _tagged(found, step)
    models = [kind for kind in found if _is_model(kind)]
    return models[0] if len(models) == 1 else None


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _members(kind: Any) -> list[Any]:
    """The types that an annotation may stand for, without its decorations."""
    origin = get_origin(kind)
    if origin is Annotated:
        return _members(get_args(kind)[0])
    if origin in (Union, UnionType):
        return [inner for member in get_args(kind) for inner in _members(member)]
    return [] if kind is NoneType else [kind]


def _inside(kind: Any, step: str | int) -> list[Any]:
    """The types that may stand at a key or an index of a type."""
    if _is_model(kind):
        fields = kind.model_fields.items()
        return [inner for name, field in fields if step in (name, field.alias) for inner in _members(field.annotation)]
    arguments = get_args(kind)
    if get_origin(kind) is tuple and isinstance(step, int):
        return _members(arguments[0])
    return _members(arguments[1]) if get_origin(kind) is dict else []


def _tagged(kinds: list[Any], tag: str | int) -> list[Any]:
    """Those members of a union that a tag chooses: by their `kind`, or by their name."""
    return [kind for kind in kinds if _is_model(kind) and (tag == kind.__name__ or tag in _kinds(kind))]


def _kinds(model: type[BaseModel]) -> tuple[Any, ...]:
    field = model.model_fields.get("kind")
    return get_args(field.annotation) if field and get_origin(field.annotation) is Literal else ()
