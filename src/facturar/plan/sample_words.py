"""The words of invented documents, by language: who the client is, what was done and said."""

from __future__ import annotations

from collections.abc import Mapping

SAMPLE_WORDS: Mapping[str, Mapping[str, str]] = {
    "es": {
        "client": "Panadería La Espiga, S.L.",
        "street": "Avda. del Puerto 3",
        "city": "Valencia",
        "person": "Ana Ruiz",
        "title": "Tienda en línea",
        "design": "Diseño de la tienda en línea: portada, catálogo y proceso de compra",
        "photos": "Sesión de fotografía de producto",
        "hosting": "Alojamiento y dominio, un año",
        "travel": "Tren Madrid–Valencia, ida y vuelta",
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
        "street": "Avda. del Puerto 3",
        "city": "Valencia",
        "person": "Ann Rivers",
        "title": "Online shop",
        "design": "Design of the online shop: home page, catalogue and checkout",
        "photos": "Product photography, one session",
        "hosting": "Hosting and domain, one year",
        "travel": "Train Madrid–Valencia, return",
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
