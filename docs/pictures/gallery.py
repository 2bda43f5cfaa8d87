"""The pictures of docs/gallery.md and docs/blocks.md, and the first of these pages: `make gallery`. Takes pdftoppm.

Every document is what `facturar preview` makes on invented data, in Spanish under the settings of one example book and
in English under those of another. A block is set from the Markdown that stands on its page.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PIL import Image, ImageChops

from facturar.documents.press import Press
from facturar.model.settings import Look
from facturar.store.shipped import shipped

DOCS = Path(__file__).parents[1]
PICTURES = DOCS / "pictures"
BOOKS = {"es": ("estudio-luna", "2026-11-30"), "en": ("north-light", "2026-12-01")}
"""The book that speaks a language, and its day."""
COLOURS = 64
"""So many are enough for a page of text, and make a quarter of the bytes."""


@dataclass(frozen=True)
class Shown:
    """A document of the gallery: how it is called, and what is asked of `preview`."""

    name: str
    title: str
    template: str
    sample: str | None = None


GROUPS: dict[str, tuple[Shown, ...]] = {
    "What is charged": (
        Shown("invoice", "Invoice · Factura", "invoice"),
        Shown("simplified", "Simplified invoice · Factura simplificada", "invoice", "simplified"),
        Shown("deposit", "Deposit invoice · Factura de anticipo", "invoice", "deposit"),
        Shown("final", "Final invoice · Factura final", "invoice", "final"),
        Shown("credit-note", "Credit note · Factura rectificativa", "invoice", "credit_note"),
        Shown("debit-note", "Debit note · Nota de cargo", "invoice", "debit_note"),
        Shown("quote", "Quote · Presupuesto", "quote"),
        Shown("pro-forma", "Pro forma · Factura proforma", "pro_forma"),
        Shown("receipt", "Receipt · Recibo", "receipt"),
    ),
    "What was done, and what is owed": (
        Shown("activity", "Activity report · Informe de actividad", "activity"),
        Shown("statement", "Statement of account · Extracto de cuenta", "statement"),
        Shown("statement-activity", "Statement with movements · Extracto con movimientos", "statement", "activity"),
        Shown("aging", "Who owes what · Antigüedad de saldos", "aging"),
        Shown("report", "The month · El mes", "report"),
    ),
    "Reminders, from courteous to legal": (
        Shown("courtesy", "Before it is due · Antes de vencer", "letters/courtesy"),
        Shown("friendly", "A friendly reminder · Un recordatorio", "letters/friendly"),
        Shown("firm", "A firm one · Firme", "letters/firm"),
        Shown("call", "Script of a call · Guion de llamada", "letters/call"),
        Shown("formal", "Formal notice · Requerimiento", "letters/formal"),
        Shown("final-notice", "Final notice · Último aviso", "letters/final"),
    ),
    "Letters": (
        Shown("welcome", "Welcome · Bienvenida", "letters/welcome"),
        Shown("rate-change", "New rates · Nuevas tarifas", "letters/rate-change"),
        Shown("offer", "Offer · Oferta", "letters/offer"),
        Shown("thank-you", "Thank you · Gracias", "letters/thank-you"),
        Shown("new-account", "New bank account · Nueva cuenta", "letters/new-account"),
        Shown("hold", "Credit hold · Aviso de suspensión", "letters/hold"),
    ),
    "The collection dossier": (
        Shown("dossier", "Its cover · Portada", "dossier"),
        Shown("demand", "Demand for payment · Requerimiento", "dossier/demand"),
        Shown("dossier-chronology", "Chronology · Cronología", "dossier/chronology"),
        Shown("dossier-invoices", "Invoices · Facturas", "dossier/invoices"),
        Shown("dossier-orders", "Orders · Pedidos", "dossier/orders"),
        Shown("dossier-approvals", "Approvals · Conformidades", "dossier/approvals"),
        Shown("dossier-payments", "Payments · Pagos", "dossier/payments"),
        Shown("dossier-statements", "Statements · Estados de cuenta", "dossier/statements"),
        Shown("dossier-letters", "Letters · Cartas", "dossier/letters"),
        Shown("dossier-sending", "Proof of sending · Prueba de envío", "dossier/sending"),
        Shown("dossier-diary", "Calls and promises · Llamadas y promesas", "dossier/diary"),
        Shown("dossier-worksheet", "Interest worksheet · Cálculo de intereses", "dossier/worksheet"),
        Shown("dossier-hashes", "Hashes · Huellas", "dossier/hashes"),
    ),
}
"""Every document, in the order of the gallery."""


def documents() -> Iterator[Shown]:
    """All of them."""
    for group in GROUPS.values():
        yield from group


def printed(shown: Shown, language: str, work: Path) -> Path:
    """A document's PDF, as `preview` makes it; of what only one country knows, under its book in either language."""
    example, day = BOOKS["es" if shown.sample == "simplified" else language]
    file = work / f"{shown.name}-{language}.pdf"
    asked = [shown.template, "--language", language, "--pdf", str(file)]
    asked += ["--sample", shown.sample] if shown.sample else []
    command = [sys.executable, "-m", "facturar", "-C", work / example, "--today", day, "preview", *asked]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return file


def first_page(pdf: Path, dots: int) -> Image.Image:
    """The first page of a PDF at so many dots an inch."""
    subprocess.run(
        ["pdftoppm", "-r", str(dots), "-f", "1", "-singlefile", "-png", pdf, pdf.with_suffix("")], check=True
    )
    return Image.open(pdf.with_suffix(".png")).convert("RGB")


def save(picture: Image.Image, file: Path) -> None:
    """A picture in few colours, so that the repository stays small."""
    file.parent.mkdir(parents=True, exist_ok=True)
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


def draw_documents(work: Path) -> None:
    """Every document in both languages, on as many cores as there are."""
    for example, _ in BOOKS.values():
        command = [sys.executable, "-m", "facturar", "--quiet", "init", work / example, "--example", example]
        subprocess.run(command, check=True)
    wanted = [(shown, language) for language in BOOKS for shown in documents()]
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # each waits for a process of its own
        for (shown, language), pdf in zip(wanted, pool.map(lambda each: printed(*each, work), wanted), strict=True):
            save(first_page(pdf, 64), PICTURES / "gallery" / language / f"{shown.name}.png")


def blocks() -> Iterator[tuple[str, str]]:
    """The name of each block on its page, and the Markdown that shows it."""
    page = (DOCS / "blocks.md").read_text("utf-8")
    yield from re.findall(r"(?ms)^### ([\w ]+)\n.*?```markdown\n(.*?)^```", page)


def draw_blocks(work: Path) -> None:
    """Each block alone, without the paper around it."""
    press = Press([shipped("templates")], Look(accent="#0b6e4f"), work)
    for name, markdown in blocks():
        if name == "page break":
            continue
        pdf = work / f"block-{name}.pdf"
        pdf.write_bytes(press.pdf(markdown, language="en", day=date(2026, 11, 30), title="", author=""))
        page = first_page(pdf, 80)
        page = page.crop((0, 0, page.width, page.height * 93 // 100))  # without its foot
        inked = ImageChops.difference(page, Image.new("RGB", page.size, "white")).getbbox()
        assert inked, name
        _, top, _, bottom = inked
        save(page.crop((40, max(top - 12, 0), page.width - 40, bottom + 12)), PICTURES / "blocks" / f"{name}.png")


HEAD = """# Gallery

Every document that comes with facturar, as `facturar preview NAME` makes it on invented data: in Spanish under the
settings of the example `estudio-luna`, in English under those of `north-light`. Its text is [a template](templates.md);
the accent, the logo and the layout are [the book's](book.md#the-look). `make gallery` draws the pictures anew.
"""


def gallery() -> str:
    """The page: each document, in both languages side by side."""
    lines = [HEAD.rstrip()]
    for group, shown in GROUPS.items():
        lines += ["", f"## {group}", "", "| | Español | English |", "|:--|:--|:--|"]
        lines += [f"| {each.title} | {_linked(each, 'es')} | {_linked(each, 'en')} |" for each in shown]
    return "\n".join(lines) + "\n"


def _linked(shown: Shown, language: str) -> str:
    path = f"pictures/gallery/{language}/{shown.name}.png"
    return f'<a href="{path}"><img src="{path}" alt="{shown.title}" width="320"></a>'


def main() -> None:
    """All pictures, and the page of the documents."""
    with tempfile.TemporaryDirectory() as name:
        draw_documents(Path(name))
        draw_blocks(Path(name))
    (DOCS / "gallery.md").write_text(gallery(), "utf-8")


if __name__ == "__main__":
    main()
