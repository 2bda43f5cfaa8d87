"""The words of invented documents, by language: who the client is, what was done and said."""

from __future__ import annotations

from collections.abc import Mapping

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

SAMPLE_PLACES: Mapping[str, tuple[str, str, str]] = {
    "ES": ("Avda. del Puerto 3", "46021", "Valencia"),
    "GB": ("14 Harbour Street", "BS1 5TX", "Bristol"),
}
"""Street, postcode and city of the invented client, in the country of the business."""
ANYWHERE = ("Market Street 14", "10115", "Newhaven")
