"""One PDF of each document, checked by programs that are not ours: qpdf, pdffonts and pdftotext.

And what PDF/A-2b (ISO 19005-2) asks of a file, as far as it can be looked up in it; no validator of it is at hand, so
the files do not claim to be PDF/A.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from facturar.documents.press import Press
from facturar.model.record import Record

from .samples import charged, invoice, letter, many_lines
from .test_activity import report
from .test_quotes import quote

RECORDS: dict[str, Record] = {
    "invoice": invoice(),
    "English invoice": invoice(language="en"),
    "long invoice": many_lines(60),
    "credit note": invoice(kind="credit_note", corrects="F-2026-0011", reason="Pieza devuelta"),
    "quote": quote(),
    "letter": letter("firm"),
    "letter with charges": charged("formal", 2),
    "phone script": letter("call"),
    "activity report": report(),
}
each_document = pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS.keys())


def needed(program: str, package: str) -> None:
    """Skips where a program is missing; only CI insists."""
    if not shutil.which(program) and not os.environ.get("CI"):
        pytest.skip(f"{program}, from {package}, is not installed")


def printed(record: Record, press: Press, folder: Path) -> Path:
    path = folder / "document.pdf"
    path.write_bytes(press.faces(record)[".pdf"])
    return path


@each_document
def test_qpdf_finds_nothing_wrong(record: Record, press: Press, tmp_path: Path) -> None:
    needed("qpdf", "qpdf")
    checked = subprocess.run(
        ["qpdf", "--check", printed(record, press, tmp_path)], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "PDF Version: 1.7" in checked.stdout


@each_document
def test_every_font_is_embedded_in_part_and_maps_to_unicode(record: Record, press: Press, tmp_path: Path) -> None:
    needed("pdffonts", "poppler-utils")
    table = subprocess.run(
        ["pdffonts", printed(record, press, tmp_path)], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    column = table[0].index("emb")
    assert len(table) > 2
    assert {tuple(row[column:].split()[:3]) for row in table[2:]} == {("yes", "yes", "yes")}


def test_text_is_read_in_the_order_in_which_it_is_seen(press: Press, tmp_path: Path) -> None:
    needed("pdftotext", "poppler-utils")
    raw = subprocess.run(
        ["pdftotext", "-raw", printed(invoice(), press, tmp_path), "-"], capture_output=True, text=True, check=True
    ).stdout.replace("\u00a0", " ")
    wanted = [
        *("Estudio Luna", "Factura F-2026-0012", "30 de noviembre de 2026", "Panadería Acme, S.L.", "Concepto"),
        *("Diseño de la tienda en línea", "750,00 €", "Base imponible", "Total a pagar", "1.574,10 €", "Cómo pagar"),
        *("ES91 2100", "Gracias por su confianza", "Página 1 de 1"),
    ]
    places = [raw.find(words) for words in wanted]
    assert -1 not in places
    assert places == sorted(places)


def test_a_page_without_a_logo_is_small(press: Press) -> None:
    assert len(press.faces(invoice())[".pdf"]) < 60_000


@each_document
def test_what_pdf_a_2b_asks_for(record: Record, press: Press) -> None:
    """ISO 19005-2, by its sections; of colours only that there is an intent for all of them, as none is CMYK."""
    data = press.faces(record)[".pdf"]
    reader = PdfReader(io.BytesIO(data))
    catalog: Any = reader.root_object
    assert data.startswith(b"%PDF-1.7\n%")  # 6.1.2
    assert all(byte > 127 for byte in data.split(b"\n")[1][1:5])
    trailer: Any = reader.trailer
    assert len(trailer["/ID"]) == 2  # 6.1.3
    assert not reader.is_encrypted
    assert not catalog.keys() & {"/AA", "/OpenAction", "/Names", "/AcroForm", "/OCProperties"}  # 6.1.9, 6.5, 6.9
    (intent,) = catalog["/OutputIntents"]  # 6.2.3
    assert intent.get_object()["/S"] == "/GTS_PDFA1"
    assert intent.get_object()["/DestOutputProfile"]["/N"] == 3
    for page in reader.pages:
        for annotation in page.get("/Annots") or ():
            assert annotation.get_object()["/F"] == 4  # 6.3.2
        resources: Any = page["/Resources"]
        for font in (each.get_object() for each in resources["/Font"].values()):
            assert font["/Subtype"] == "/TrueType"
            assert "/Encoding" not in font  # 6.2.11.6: a symbolic font has none
            assert font["/FontDescriptor"]["/Flags"] & 4
            assert "/FontFile2" in font["/FontDescriptor"]  # 6.2.11.4
            assert "/ToUnicode" in font
    about = reader.metadata
    assert about is not None
    packet = ElementTree.fromstring(catalog["/Metadata"].get_data().decode().strip().strip("\ufeff"))  # 6.6
    said = " ".join("".join(packet.itertext()).split())
    assert all(words in said for words in (about.title, about.author, about.producer) if words)
    assert "/Filter" not in catalog["/Metadata"]
