"""How fast documents are made: invoices of a book in one process, on all cores, and beside WeasyPrint.

WeasyPrint sets the HTML page that facturar makes of the same invoices, in the same typeface on the same paper, with the
codes to pay by that the PDF has, which are worked out for it beforehand: so both have the same on the page. It comes
with `pip install --group bench`, and takes Pango; without it the rest is measured. Takes the number of invoices:
`python benchmarks/documents.py 500`. Ratios of one run are what counts; those of one process are of processor time,
which other work on the machine disturbs less than the clock.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import segno

from facturar.documents.batch import faces_of_many
from facturar.documents.blocks import QrCode
from facturar.documents.press import Press
from facturar.documents.reading import read_blocks
from facturar.model.invoice import Invoice
from facturar.model.settings import Look
from facturar.plan.invoices import plan_invoices
from facturar.store.reading import read_book
from facturar.store.shipped import shipped

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 500
BESIDE = 25
"""So many of them are set by WeasyPrint: it is slow, and its pace is steady."""
DAY = date(2026, 11, 30)
PAPER = """
@page { size: A4; margin: 20mm 20mm 22mm; @bottom-right { content: counter(page) " / " counter(pages) } }
@font-face { font-family: Sans; src: url(%s) }
@font-face { font-family: Sans; font-weight: bold; src: url(%s) }
body, p, td, th, h1, h2 { font-family: Sans }
"""
"""What the PDF of facturar has: its paper, its typeface and the number of its pages."""

SETTINGS = """
business:
  name: Lucía Luna Pérez
  trade_name: Estudio Luna
  tax_id: 12345678Z
  address: {street: Calle Mayor 12, postcode: 28013, city: Madrid, country: ES}
  email: hola@estudioluna.example
payment_methods:
  - {kind: transfer, iban: ES91 2100 0418 4502 0005 1332, bic: CAIXESBBXXX}
regime: es
language: es
currency: EUR
timezone: Europe/Madrid
taxes: [iva, irpf]
"""
CLIENT = """
client-{n}:
  name: {name}
  tax_id: B12345674
  address: {{street: Calle de la Prueba {n}, postcode: 28013, city: Madrid, country: ES}}
"""
JOB = """
job-{n}:
  client: client-{n}
  title: Rediseño de la tienda en línea {n}
  agreement: {{kind: completion}}
  done: 2026-11-30
  lines:
"""
TEXT = "Diseño de la página {line}: portada, catálogo y proceso de compra"
LINE = "    - {{text: '" + TEXT + "', quantity: {line}.5, unit: h, price: {price}}}\n"


def invoices(folder: Path) -> list[Invoice]:
    """What the rules issue for a book of so many clients with a job each."""
    names = ("Panadería Acme, S.L.", "Asociación de Comerciantes y Empresarios del Barrio de las Letras, S. Coop. Mad.")
    clients = "".join(CLIENT.format(n=n, name=names[n % 2]) for n in range(COUNT))
    jobs = "".join(
        JOB.format(n=n) + "".join(LINE.format(line=line, price=40 + n % 9) for line in range(1, 3 + n % 5))
        for n in range(COUNT)
    )
    for name, text in (("facturar", SETTINGS), ("clients", clients), ("jobs", jobs)):
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    book = read_book(folder).book
    assert book
    return [record for record in plan_invoices(book, DAY).records if isinstance(record, Invoice)]


def peak() -> float:
    """The most memory that this process has taken so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Pace(NamedTuple):
    """Documents a second, by the clock and by the time of this process on a processor."""

    clock: float
    processor: float


def pace(what: str, count: int, documents: Iterable[object]) -> Pace:
    """How fast so many documents are made, printed."""
    clock, processor = time.perf_counter(), time.process_time()
    for _ in documents:
        pass
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    print(f"{what:34} {count:5} in {clock:6.1f} s  {count / clock:7.1f} a second   peak {peak():5.0f} MB")
    return Pace(count / clock, count / processor)


def in_one_process(press: Press, records: list[Invoice]) -> Pace:
    press.faces(records[0])  # imports and typefaces are read once, by the first
    return pace(
        "facturar, one process", len(records), faces_of_many(press, [(record, None) for record in records], most=1)
    )


def typeset(press: Press, records: list[Invoice]) -> Pace:
    """From the text of a document to its PDF, which is what WeasyPrint does with its HTML."""
    texts = [press.markdown(record) for record in records]
    printed = (press.pdf(text, language="es", day=DAY, title="", author="Estudio Luna") for text in texts)
    return pace("facturar, its Markdown", len(records), printed)


def on_all_cores(press: Press, records: list[Invoice]) -> Pace:
    made = faces_of_many(press, [(record, None) for record in records])
    return pace(f"facturar, {os.cpu_count()} cores", len(records), made)


def codes_of(text: str) -> str:
    """The QR codes of a document as pictures of a page."""
    codes = (block for block in read_blocks(text) if isinstance(block, QrCode))
    drawn = (segno.make_qr(code.text, error="m").svg_data_uri(border=4) for code in codes)
    return "".join(f'<p><img style="width: 30mm" src="{picture}"></p>' for picture in drawn)


def with_weasyprint(press: Press, records: list[Invoice]) -> Pace | None:
    """Each page carries its style, as a page must that stands for itself."""
    typeface = Path(str(files("font_source_sans_pro"))) / "files"
    regular, bold = ((typeface / f"SourceSansPro-{cut}.ttf").as_uri() for cut in ("Regular", "Semibold"))
    style = f"<style>{PAPER % (regular, bold)}</style></head>"
    pages = []
    for record in records:
        text = press.markdown(record)
        page = press.html(text, language="es", title=record.number).decode()
        pages.append(page.replace("</head>", style).replace("</body>", f"{codes_of(text)}</body>"))
    try:
        from weasyprint import HTML, __version__
    except ImportError:
        print("WeasyPrint is not installed: pip install --group bench")
        return None
    HTML(string=pages[0]).write_pdf()
    return pace(f"WeasyPrint {__version__}, its HTML", len(pages), (HTML(string=page).write_pdf() for page in pages))


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        records = invoices(folder)
        press = Press([shipped("templates")], Look(), folder)
        whole = in_one_process(press, records)
        ours = typeset(press, records)
        cores = on_all_cores(press, records)
        theirs = with_weasyprint(press, records[:BESIDE])
    print(f"{cores.clock / whole.clock:.2f}× on all cores")
    if theirs:
        text, all_of_it = ours.processor / theirs.processor, whole.processor / theirs.processor
        print(f"{text:.1f}× as fast as WeasyPrint from text to PDF; with the Markdown {all_of_it:.1f}×,")
        print(f"and {cores.clock / theirs.clock:.1f}× on all cores")


if __name__ == "__main__":
    main()
