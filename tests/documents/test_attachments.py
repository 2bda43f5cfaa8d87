"""Attached files as pages of a document: upright, whole, under their heading; and what cannot be printed is told."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import RectangleObject
from reportlab.pdfgen.canvas import Canvas

from facturar.documents import attached_pages, attachments
from facturar.documents.attachments import attachment_fault
from facturar.documents.press import Press
from facturar.model.invoice import Invoice
from facturar.model.settings import Look
from facturar.problems import FacturarError
from facturar.store.shipped import shipped

from .samples import invoice, many_lines


def pdf(*words: str, size: tuple[float, float] = (400, 600), field: str = "") -> bytes:
    """A PDF with a page for each word; the first may have a field that was filled in."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    for word in words:
        canvas.drawString(50, size[1] - 50, word)
        if field:
            canvas.acroForm.textfield(name="f", value=field, x=50, y=50, width=200, height=20)
            field = ""
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def changed(data: bytes, **more: Any) -> bytes:
    """A PDF whose first page is turned or cut, or all of which is locked."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    page: PageObject = writer.pages[0]
    if "turn" in more:
        page.rotate(more["turn"])
    if "media" in more:
        page.mediabox = RectangleObject(more["media"])
    if "crop" in more:
        page.cropbox = RectangleObject(more["crop"])
    if "password" in more:
        writer.encrypt(more["password"], algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def picture(kind: str = "JPEG", size: tuple[int, int] = (200, 100), turn: int = 1) -> bytes:
    """A picture whose upper left quarter is black, as its camera holds it; `turn` is what it notes of that."""
    shown = Image.new("RGB", size, "white")
    shown.paste((0, 0, 0), (0, 0, size[0] // 2, size[1] // 2))
    exif = Image.Exif()
    exif[0x0112] = turn
    out = io.BytesIO()
    shown.save(out, kind, exif=exif)
    return out.getvalue()


def with_files(folder: Path, record: Invoice | None = None, **files: bytes) -> Invoice:
    """An invoice with files of a folder attached, by the names of their titles."""
    entries = []
    for name, data in files.items():
        (folder / f"{name}.file").write_bytes(data)
        entries.append({"file": f"{name}.file", "title": name, "sha256": hashlib.sha256(data).hexdigest()})
    whole = (record or invoice()).model_dump(by_alias=True, mode="json")
    return Invoice.model_validate({**whole, "attachments": entries})


def printed(record: Invoice, folder: Path) -> bytes:
    return Press([shipped("templates")], Look(), folder).faces(record)[".pdf"]


def texts(data: bytes) -> list[str]:
    return [page.extract_text().replace("\u00a0", " ") for page in PdfReader(io.BytesIO(data)).pages]


def outlined(entries: Any) -> Iterator[str]:
    """The titles of an outline, those below others after them."""
    for entry in entries:
        yield from outlined(entry) if isinstance(entry, list) else [str(entry.title)]


def test_pages_follow_the_document_with_a_heading_and_the_numbers_of_all(tmp_path: Path) -> None:
    data = printed(with_files(tmp_path, Contrato=pdf("uno", "dos"), Foto=picture()), tmp_path)
    pages = texts(data)
    assert [f"Página {n} de 4" in page for n, page in enumerate(pages, start=1)] == [True] * 4
    assert "Documento adjunto: Contrato" in pages[1]
    assert "uno" in pages[1]
    assert "dos" in pages[2]
    assert "Documento adjunto: Foto" in pages[3]
    titles = list(outlined(PdfReader(io.BytesIO(data)).outline))
    assert titles[-2:] == ["Documento adjunto: Contrato", "Documento adjunto: Foto"]


def test_the_file_keeps_what_it_says_of_itself_and_its_bytes(tmp_path: Path) -> None:
    record = with_files(tmp_path, Contrato=pdf("uno"))
    data = printed(record, tmp_path)
    reader = PdfReader(io.BytesIO(data))
    assert data.startswith(b"%PDF-1.7")
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.producer) == ("Factura F-2026-0012", "facturar")
    assert "/OutputIntents" in reader.root_object
    assert printed(record, tmp_path) == data
    other = printed(with_files(tmp_path, Contrato=pdf("otro")), tmp_path)
    assert PdfReader(io.BytesIO(other)).trailer["/ID"] != reader.trailer["/ID"]


def test_what_was_filled_in_is_shown_and_links_are_left_behind(tmp_path: Path) -> None:
    data = printed(with_files(tmp_path, Contrato=pdf("uno", field="Firmado Ana")), tmp_path)
    assert "Firmado Ana" in texts(data)[1]
    assert "/AcroForm" not in PdfReader(io.BytesIO(data)).root_object


def looked_at(data: bytes, page: int, tmp_path: Path) -> Image.Image:
    """A page as it is seen, a pixel a point."""
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm, which looks at pages, is not here: apt install poppler-utils")
    (tmp_path / "seen.pdf").write_bytes(data)
    numbers = ["-f", str(page), "-l", str(page)]
    subprocess.run(
        ["pdftoppm", "-r", "72", "-png", "-singlefile", *numbers, tmp_path / "seen.pdf", tmp_path / "seen"], check=True
    )
    with Image.open(tmp_path / "seen.png") as seen:
        return seen.convert("L")


def dark_quarter(seen: Image.Image, box: tuple[float, float, float, float]) -> tuple[bool, bool, bool, bool]:
    """Which quarter of a box is dark: upper left, upper right, lower left, lower right."""
    left, top, right, bottom = box
    across, down = (right - left) / 4, (bottom - top) / 4
    spots = [(x, y) for y in (top + down, bottom - down) for x in (left + across, right - across)]
    a, b, c, d = (int(str(seen.getpixel((round(x), round(y))))) < 128 for x, y in spots)
    return a, b, c, d


TURNED = {1: 0, 2: 1, 3: 3, 4: 2, 5: 0, 6: 1, 7: 3, 8: 2}
"""Where the upper left quarter of a picture is seen, for each turn (EXIF 2.32, tag 274)."""


@pytest.mark.parametrize("turn", TURNED)
def test_a_photo_stands_as_its_camera_was_held(turn: int, tmp_path: Path) -> None:
    record = with_files(tmp_path, Foto=picture(size=(200, 100), turn=turn))
    seen = looked_at(printed(record, tmp_path), 2, tmp_path)
    width, height = (96, 48) if turn < 5 else (48, 96)
    middle, top = 595.28 / 2, 73
    assert dark_quarter(seen, (middle - width / 2, top, middle + width / 2, top + height)).index(True) == TURNED[turn]


def marked(turn: int = 0, crop: tuple[float, ...] = ()) -> bytes:
    """A page of 400 by 200 points, its upper left quarter black."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 200))
    canvas.rect(0, 100, 200, 100, fill=1)
    canvas.save()
    return changed(out.getvalue(), turn=turn, **({"crop": crop} if crop else {}))


PAGES = {
    "as it is": (marked(), (400, 200), 0),
    "turned": (marked(90), (200, 400), 1),
    "on its head": (marked(180), (400, 200), 3),
    "turned left": (marked(270), (200, 400), 2),
    "cut to its left half": (marked(crop=(0, 0, 200, 200)), (200, 200), 0),
    "cut and turned": (marked(90, crop=(100, 0, 300, 200)), (200, 200), 1),
}


@pytest.mark.parametrize(("data", "size", "dark"), PAGES.values(), ids=PAGES.keys())
def test_a_page_is_as_it_is_seen_elsewhere(data: bytes, size: tuple[int, int], dark: int, tmp_path: Path) -> None:
    seen = looked_at(printed(with_files(tmp_path, Plano=data), tmp_path), 2, tmp_path)
    middle, top = 595.28 / 2, 73
    box = (middle - size[0] / 2, top, middle + size[0] / 2, top + size[1])
    assert dark_quarter(seen, box)[dark]


def test_a_large_page_is_made_smaller_and_nothing_is_cut(tmp_path: Path) -> None:
    data = printed(with_files(tmp_path, Plano=pdf("GRANDE", size=(2384, 1684))), tmp_path)
    assert len(texts(data)) == 2
    assert "GRANDE" in texts(data)[1]


def test_a_long_invoice_ends_before_its_attachments(tmp_path: Path) -> None:
    pages = texts(printed(with_files(tmp_path, many_lines(60), Contract=pdf("one")), tmp_path))
    assert len(pages) == 4
    assert "Attachment: Contract" in pages[3]


BROKEN = {
    "nothing": (b"", "no PDF, PNG or JPEG"),
    "no PDF": (b"%PDF-1.7\nabc", "damaged: it cannot be read as a PDF"),
    "half a PDF": (pdf("uno", "dos")[:700], "damaged: it cannot be read as a PDF"),
    "locked": (changed(pdf("uno"), password="x"), "encrypted"),
    "a page without extent": (changed(pdf("uno"), media=(0, 0, 0, 600)), "damaged: it cannot be read as a PDF"),
    "half a picture": (picture(size=(900, 900))[:2000], "damaged: it cannot be read as a picture"),
    "another kind": (picture("GIF"), "no PDF, PNG or JPEG"),
    "a PDF": (pdf("uno"), None),
    "a picture": (picture("PNG"), None),
}


@pytest.mark.parametrize(("data", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_what_keeps_a_file_from_being_pages_is_said(data: bytes, message: str | None, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    fault = attachment_fault("a.pdf", tmp_path, as_pages=True)
    assert (fault is None) if message is None else (fault is not None and message in fault.message and fault.hint)
    assert attachment_fault("a.pdf", tmp_path, as_pages=False) is None


def test_a_bug_of_ours_is_not_called_a_damaged_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf("uno"))
    monkeypatch.setattr(attached_pages, "_as_form", {}.__getitem__)
    with pytest.raises(TypeError):
        attachment_fault("a.pdf", tmp_path, as_pages=True)


@pytest.mark.parametrize("as_pages", [True, False], ids=["within", "beside"])
def test_a_large_file_is_refused(as_pages: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "MOST_BYTES", 100)
    (tmp_path / "a.pdf").write_bytes(pdf("uno"))
    fault = attachment_fault("a.pdf", tmp_path, as_pages=as_pages)
    assert fault is not None
    assert "is the most" in fault.message


def test_many_pages_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(*["x"] * 101))
    fault = attachment_fault("a.pdf", tmp_path, as_pages=True)
    assert fault is not None
    assert "101 pages" in fault.message


def test_a_file_that_changed_or_is_gone_since_is_an_error(tmp_path: Path) -> None:
    record = with_files(tmp_path, Contrato=pdf("uno"))
    (tmp_path / "Contrato.file").write_bytes(pdf("otro"))
    with pytest.raises(FacturarError, match=r"'Contrato.file' is not the file that was attached"):
        printed(record, tmp_path)
    (tmp_path / "Contrato.file").unlink()
    with pytest.raises(FacturarError, match="there is no attached file"):
        printed(record, tmp_path)


def test_what_goes_beside_is_named_and_is_no_page(tmp_path: Path) -> None:
    whole = invoice().model_dump(by_alias=True, mode="json")
    entry = {"file": "horas.xlsx", "title": "Horas", "sha256": "aa", "beside": True}
    pages = texts(printed(Invoice.model_validate({**whole, "attachments": [entry]}), tmp_path))
    assert len(pages) == 1
    assert "Se envía junto con este documento: Horas." in pages[0]
