"""The PDF: what stands on which page, what the file says of itself, and the same bytes everywhere."""

import hashlib
import io
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from facturar.documents.press import Press
from facturar.model.settings import Look
from facturar.problems import FacturarError
from facturar.store.shipped import shipped

from .samples import charged, invoice, letter, line, many_lines, untaxed

LONG = "Adaptación de la identidad a " + ", ".join(["rótulos", "etiquetas", "furgonetas"] * 12)


def read(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def pages(data: bytes) -> list[str]:
    return [page.extract_text().replace("\u00a0", " ") for page in read(data).pages]


def fonts(data: bytes) -> dict[str, bool]:
    """Each font that the file names, and whether it is embedded."""
    reader = read(data)
    found = {}
    for number in range(1, len(reader.xref[0]) + 1):
        thing: Any = reader.get_object(IndirectObject(number, 0, reader))
        if isinstance(thing, dict) and thing.get("/Type") == "/Font":
            descriptor = thing.get("/FontDescriptor")
            found[str(thing["/BaseFont"])] = descriptor is not None and "/FontFile2" in descriptor.get_object()
    return found


@pytest.fixture(scope="module")
def long_invoice(press: Press) -> bytes:
    return press.faces(many_lines(60))[".pdf"]


def test_a_short_invoice_is_one_page(press: Press) -> None:
    (page,) = pages(press.faces(invoice())[".pdf"])
    for text in (
        "Factura F-2026-0012",
        "B12345674",
        "1.574,10 €",
        "ES91 2100",
        "Página 1 de 1",
        "Estudio Luna · Factura",
    ):
        assert text in page


def test_sixty_lines_repeat_the_header_and_number_the_pages(long_invoice: bytes) -> None:
    texts = pages(long_invoice)
    assert len(texts) == 3
    for number, text in enumerate(texts, start=1):
        assert "Description" in text
        assert f"Page {number} of 3" in text
    assert all(f"Article {n} " in "".join(texts) for n in range(60))


@pytest.mark.parametrize("count", range(15, 25))
def test_totals_are_never_alone_on_a_page(count: int, press: Press) -> None:
    texts = pages(press.faces(many_lines(count))[".pdf"])
    (with_total,) = [text for text in texts if "Amount due" in text]
    assert f"Article {count - 1} " in with_total
    assert "Description" in with_total


@pytest.mark.parametrize(
    "record",
    [invoice(), many_lines(60), letter("call"), charged("formal", 2), untaxed([line("**x**", "1", "5")])],
    ids=["invoice", "long", "call", "formal", "markup"],
)
def test_every_font_is_embedded_and_ours(record: Any, press: Press) -> None:
    embedded = fonts(press.faces(record)[".pdf"])
    assert embedded
    assert all(embedded.values())
    assert all("SourceSansPro" in name for name in embedded)


def test_the_file_says_what_it_is(press: Press) -> None:
    reader = read(press.faces(invoice())[".pdf"])
    about = reader.metadata
    assert about is not None
    assert (about.title, about.author, about.subject) == ("Factura F-2026-0012", "Estudio Luna", "Factura F-2026-0012")
    assert about.creation_date is not None
    assert about.creation_date.date() == date(2026, 11, 30)
    assert str(reader.root_object["/Lang"]) == "es"


PROGRAM = """
import hashlib, sys
from pathlib import Path
from facturar.documents.press import Press
from facturar.store.shipped import shipped
from facturar.model.invoice import Invoice
from facturar.model.settings import Look
record = Invoice.model_validate_json(sys.stdin.read())
for suffix, face in Press([shipped("templates")], Look(accent="#0b6e4f"), Path()).faces(record).items():
    print(suffix, hashlib.sha256(face).hexdigest())
"""


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Adak", "SOURCE_DATE_EPOCH": "1", "LC_ALL": "C"},
    ],
    ids=["east", "west"],
)
def test_the_same_bytes_anywhere(surroundings: dict[str, str], press: Press) -> None:
    record = invoice()
    here = {suffix: hashlib.sha256(face).hexdigest() for suffix, face in press.faces(record).items()}
    there = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=record.model_dump_json(by_alias=True),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **surroundings},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert dict(row.split() for row in there.splitlines()) == here


def test_the_same_bytes_twice_and_after_another_document(press: Press, long_invoice: bytes) -> None:
    press.faces(charged("formal", 3))
    assert press.faces(many_lines(60))[".pdf"] == long_invoice


def test_long_words_and_names_stay_on_the_page(press: Press) -> None:
    record = untaxed(
        [line(LONG, "1234.5678", "1234567.89", unit="horas de trabajo"), line("x" * 300, "1", "5")],
        seller={"name": "Compañía Ibérica de Servicios Creativos Integrales y Comunicación Visual, S.L.U."},
    )
    text = "".join("".join(pages(press.faces(record)[".pdf"])).split())
    assert "".join(LONG.split()) in text
    assert "x" * 300 in text


def test_signs_of_markup_are_printed_as_they_are(press: Press) -> None:
    sign = "A & B <b>x</b> &amp; **y** \\ <para>"
    record = invoice(lines=[line(sign, "1", "5")], message=sign, purchase_order=sign)
    assert " ".join(pages(press.faces(record)[".pdf"])[0].split()).count(sign) == 3


def test_a_line_longer_than_a_page_goes_over_pages(press: Press) -> None:
    texts = pages(press.faces(untaxed([line("una palabra y otra " * 900, "1", "5")]))[".pdf"])
    assert len(texts) > 1
    assert "".join(texts).count("palabra") == 900


def test_a_signature_stands_with_the_closing(press: Press) -> None:
    for count in range(1, 15):
        texts = pages(press.faces(charged("final", count))[".pdf"])
        (last,) = [text for text in texts if "Atentamente" in text]
        assert "Marta Gil" in last


def annexed(count: int, lines: int = 1) -> Any:
    entry = {"date": "2026-11-03", "text": "Bocetos de la portada", "hours": "3.5"}
    return many_lines(lines, annexes=[{"kind": "work", "entries": [entry] * count}])


@pytest.mark.parametrize(
    ("entries", "lines", "heads_on"),
    [(3, 1, 1), (40, 1, 2), (3, 18, 2), (200, 1, 2)],
    ids=["short", "no room left", "under a long invoice", "longer than a page"],
)
def test_an_annex_is_kept_together_where_it_fits(entries: int, lines: int, heads_on: int, press: Press) -> None:
    texts = pages(press.faces(annexed(entries, lines))[".pdf"])
    (number,) = [number for number, text in enumerate(texts, start=1) if "Hours in detail" in text]
    assert number == heads_on
    assert "Bocetos" in texts[number - 1]
    assert sum(text.count("Bocetos") for text in texts) == entries


def looked(look: Look, folder: Path) -> bytes:
    return Press([shipped("templates")], look, folder).faces(invoice())[".pdf"]


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("Letter", (612, 792))], ids=["A4", "Letter"])
def test_papers(paper: Any, size: tuple[int, int], tmp_path: Path) -> None:
    box = read(looked(Look(paper=paper), tmp_path)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == size


@pytest.mark.parametrize("name", ["logo.png", "art/logo.jpg"])
def test_a_logo_takes_the_place_of_the_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    Image.new("RGB", (600, 200), "#0b6e4f").save(path)
    (picture,) = read(looked(Look(logo=name), tmp_path)).pages[0].images
    assert picture.image is not None
    assert picture.image.size == (600, 200)


@pytest.mark.parametrize(
    ("logo", "message"),
    [
        ("gone.png", "there is no logo gone.png"),
        ("text.png", "the logo text.png is not a picture that can be read"),
        ("../logo.png", "the logo ../logo.png is outside the book"),
        ("logo.gif", "the logo logo.gif is of the kind GIF"),
    ],
)
def test_a_wrong_logo_is_named(logo: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("no picture")
    Image.new("P", (2, 2)).save(tmp_path / "logo.gif")
    with pytest.raises(FacturarError, match=message) as error:
        looked(Look(logo=logo), tmp_path)
    assert "PNG, JPEG or SVG" in error.value.hint


def test_any_markdown_can_be_printed(press: Press) -> None:
    blocks = ("# Título", "> cita", "1. uno\n2. dos", "---", "`código`", "```\nuna línea\n```")
    text = "\n\n".join((*blocks, "<!-- totals -->\n| a | **b** |\n|---|--:|\n"))
    data = press.pdf(text, language="es", day=date(2026, 1, 1), title="Uno", author="Dos")
    (page,) = pages(data)
    assert all(word in page for word in ("Título", "cita", "código", "una línea"))
    assert all("SourceSansPro" in name for name in fonts(data))
