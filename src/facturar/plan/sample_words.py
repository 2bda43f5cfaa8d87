"""The words of invented documents, by language: who the client is, what was done and said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

SAMPLE_WORDS: Mapping[str, Mapping[str, str]] = {
    "es": {
        "client": "Panadería La Espiga, S.L.",
        "person": "Ana Ruiz",
        "title": "Tienda en línea",
        "design": "Diseño de la tienda en línea: portada, catálogo y proceso de compra",
        "photos": "Sesión de fotografía de producto",
        "hosting": "Alojamiento y dominio, un año",
        "travel": "Tren a la primera reunión, ida y vuelta",
        "meeting": "Reunión de arranque",
        "building": "Maquetación de las fichas de producto",
        "message": "Gracias por confiarnos su tienda.",
        "reason": "Se devuelve la sesión de fotografía, que no hizo falta.",
        "care": "Mantenimiento de la tienda",
        "support": "Soporte y pequeños cambios",
        "chair": "Silla de roble",
        "table": "Mesa de comedor",
        "unit": "ud.",
        "value": "(su valor de {})",
    },
    "en": {
        "client": "Greenfield Bakery Ltd",
        "person": "Ann Rivers",
        "title": "Online shop",
        "design": "Design of the online shop: home page, catalogue and checkout",
        "photos": "Product photography, one session",
        "hosting": "Hosting and domain, one year",
        "travel": "Train to the first meeting, return",
        "meeting": "First meeting",
        "building": "Layout of the product pages",
        "message": "Thank you for trusting us with your shop.",
        "reason": "The photography session was not needed and is taken back.",
        "care": "Care of the shop",
        "support": "Support and small changes",
        "chair": "Oak chair",
        "table": "Dining table",
        "unit": "pcs",
        "value": "(your value of {})",
    },
}


class Place(NamedTuple):
    """Where the invented client is: an address, a tax id whose check digits are right, a phone."""

    street: str
    postcode: str
    city: str
    tax_id: str | None
    phone: str


SAMPLE_PLACES: Mapping[str, Place] = {
    "AR": Place("Av. Corrientes 1234", "C1043", "Buenos Aires", "20055361682", "+54 11 5555 0100"),
    "CL": Place("Av. Providencia 1208", "7500571", "Santiago", "76086428-5", "+56 2 2345 6789"),
    "CO": Place("Carrera 7 n.º 71-21", "110231", "Bogotá", "213123432-1", "+57 601 234 5678"),
    "DE": Place("Marktstraße 14", "10115", "Berlin", "DE136695976", "+49 30 23125 000"),
    "ES": Place("Avda. del Puerto 3", "46021", "Valencia", "B12345674", "+34 600 111 222"),
    "FR": Place("14 rue du Port", "44000", "Nantes", "FR40303265045", "+33 2 61 91 00 00"),
    "GB": Place("14 Harbour Street", "BS1 5TX", "Bristol", "GB980780684", "+44 117 496 0000"),
    "IT": Place("Via del Porto 14", "16126", "Genova", "IT00743110157", "+39 010 555 0100"),
    "MX": Place("Av. Juárez 14", "06050", "Ciudad de México", "PES150318AA6", "+52 55 1234 5678"),
    "PE": Place("Av. Larco 345", "15074", "Lima", "20512333797", "+51 1 234 5678"),
    "PT": Place("Rua do Porto 14", "4050-001", "Porto", "PT501964843", "+351 22 123 4567"),
    "US": Place("14 Harbor Street", "04101", "Portland, ME", None, "+1 207 555 0100"),
}
"""The invented client's place in the country of the business. Phones are such as are given to nobody, where a country
keeps some (Ofcom's and ARCEP's numbers for drama, 555-01xx)."""
ANYWHERE = Place("14 Market Street", "10115", "Newhaven", None, "+1 202 555 0100")
