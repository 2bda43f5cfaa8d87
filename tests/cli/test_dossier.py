"""`dossier`: a folder of evidence and one PDF of all of it; what it refuses, and that it never overwrites."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from pypdf import PdfReader, PdfWriter
from tests.cli.calling import Said, facturar
from tests.cli.conftest import tree

TODAY = "2026-12-01"
NAME = "2026-12-01-acme"
_WHO = ("-c", "user.name=L", "-c", "user.email=l@x", "-c", "commit.gpgsign=false")


def on(folder: Path, *arguments: object, day: str = TODAY) -> Said:
    return facturar("-C", folder, "--today", day, *arguments)


def replaced(book: Path, file: str, old: str, new: str) -> None:
    text = (book / file).read_text("utf-8")
    assert text.count(old) == 1
    (book / file).write_text(text.replace(old, new), "utf-8")


def sums(folder: Path) -> dict[str, str]:
    rows = (line.split("  ", 1) for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines())
    return {path: digest for digest, path in rows}


def outline(reader: PdfReader, entries: Any = None, depth: int = 0) -> list[tuple[int, str, int]]:
    found: list[tuple[int, str, int]] = []
    for entry in reader.outline if entries is None else entries:
        if isinstance(entry, list):
            found += outline(reader, entry, depth + 1)
        else:
            found.append((depth, str(entry.title), reader.get_destination_page_number(entry) or 0))
    return found


@pytest.fixture
def late(book: Path) -> Path:
    """The book on a day on which acme still owes half of F-2026-0002 and was written to once."""
    assert on(book, "remind", day="2026-11-20").code == 0
    return book


@pytest.fixture
def folder(late: Path) -> Path:
    said = on(late, "dossier", "acme")
    assert said.code == 0, said.err
    return late / "dossiers" / NAME


def test_a_folder_with_all_that_proves_the_claim(folder: Path) -> None:
    (letter,) = (folder.parents[1] / "letters").rglob("*-acme-*.pdf")
    copies = {
        f"{part}{suffix}" for part in ("invoices/F-2026-0002", f"letters/{letter.stem}") for suffix in (".pdf", ".yaml")
    }
    assert set(tree(folder)) == copies | {"demand.md", "demand.pdf", "dossier.md", "dossier.pdf", "SHA256SUMS"}
    assert (folder / "letters" / letter.name).read_bytes() == letter.read_bytes()


def test_the_sums_are_of_every_other_file(folder: Path) -> None:
    hashes = {path: hashlib.sha256(data).hexdigest() for path, data in tree(folder).items() if path != "SHA256SUMS"}
    assert sums(folder) == hashes
    assert all(
        digest in (folder / "dossier.md").read_text("utf-8") for path, digest in hashes.items() if "dossier" not in path
    )


def test_one_pdf_with_an_entry_for_each_part_where_the_cover_says(folder: Path) -> None:
    reader = PdfReader(folder / "dossier.pdf")
    entries = outline(reader)
    parts = [title for depth, title, _ in entries if depth == 0]
    assert parts[:4] == [
        *("Expediente de reclamación: Panadería Acme, S.L.", "Requerimiento de pago"),
        *("Cronología", "Facturas"),
    ]
    assert parts[-1] == "Huellas de los documentos"
    assert (1, "Factura F-2026-0002") in [(depth, title) for depth, title, _ in entries]
    cover = reader.pages[0].extract_text()
    for depth, title, page in entries[1:]:
        shown = reader.pages[page].extract_text()
        assert title in " ".join(shown.split())
        assert f"{page + 1} / {len(reader.pages)}" in shown
        assert depth or f"{title}, página {page + 1}" in cover


def test_the_chronology_and_the_cover_lead_to_each_document(folder: Path) -> None:
    reader = PdfReader(folder / "dossier.pdf")
    pages = {page.indirect_reference: number for number, page in enumerate(reader.pages)}
    titles = {page: title for _, title, page in outline(reader)}
    links = [
        titles[pages[entry.get_object()["/Dest"].get_object()[0]]]
        for number in (0, next(page for page, title in titles.items() if title == "Cronología"))
        for entry in reader.pages[number].get("/Annots", ())
        if "/Dest" in entry.get_object()
    ]
    assert set(titles.values()) - set(links) == {titles[0]}
    assert "Factura F-2026-0002" in links[len(titles) :]
    assert "](dossier.pdf#page=" in (folder / "dossier.md").read_text("utf-8")


def test_receipts_and_statements_are_evidence(late: Path) -> None:
    assert on(late, "receipt", "F-2026-0002", day="2026-11-20").code == 0
    assert on(late, "statement", "acme", day="2026-11-20").code == 0
    assert on(late, "dossier", "acme").code == 0
    folder = late / "dossiers" / NAME
    names = {"payments/2026-10-20-acme-receipt", "statements/2026-11-20-acme-statement"}
    assert {f"{name}{suffix}" for name in names for suffix in (".pdf", ".yaml")} <= set(tree(folder))
    text = (folder / "dossier.md").read_text("utf-8")
    assert "# Pagos recibidos" in text
    assert "# Estados de cuenta" in text


def test_what_was_written_is_committed(late: Path) -> None:
    git = ["git", "-C", str(late)]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "so far"]):
        subprocess.run([*git, *_WHO, *arguments], check=True, capture_output=True)
    environment = {f"GIT_{who}_{what}": "l@l.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    with patch.dict("os.environ", environment):
        said = on(late, "dossier", "acme", "--commit")
    assert "Committed" in said.err
    shown = subprocess.run([*git, "show", "--format=%s", "--name-only"], check=True, capture_output=True, text=True)
    subject, *files = shown.stdout.split("\n")
    assert subject == f"facturar {TODAY}: dossier {NAME}"
    assert f"dossiers/{NAME}/dossier.pdf" in files
    assert on(late, "dossier", "acme", "--commit").err.endswith("Nothing to commit.\n")


def test_again_on_the_same_day_nothing_changes(folder: Path) -> None:
    before = tree(folder)
    said = on(folder.parents[1], "dossier", "acme")
    assert (said.code, said.err) == (0, f"dossiers/{NAME} stands already as it is: nothing to write.\n")
    assert tree(folder) == before


def test_the_same_bytes_when_it_is_made_anew(folder: Path) -> None:
    before = tree(folder)
    for path in sorted(folder.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    assert on(folder.parents[1], "dossier", "acme").code == 0
    assert tree(folder) == before


def test_evidence_is_not_overwritten(folder: Path) -> None:
    before, book = tree(folder), folder.parents[1]
    assert on(book, "pay", "acme", "100").code == 0
    said = on(book, "dossier", "acme")
    assert said.code == 2
    assert f"dossiers/{NAME} is there already" in said.err
    assert "move that folder" in said.err
    assert tree(folder) == before
    assert on(book, "dossier", "acme", day="2026-12-02").code == 0


def test_one_that_was_cut_short_is_completed(folder: Path) -> None:
    whole = tree(folder)
    for name in ("SHA256SUMS", "dossier.pdf"):
        (folder / name).unlink()
    assert "Wrote" in on(folder.parents[1], "dossier", "acme").err
    assert tree(folder) == whole


def test_a_dry_run_writes_nothing(late: Path) -> None:
    before = tree(late)
    said = on(late, "dossier", "acme", "--dry-run", "--format", "json")
    assert (said.code, tree(late)) == (0, before)
    assert {"dossier": NAME, "file": "SHA256SUMS"} in json.loads(said.out)
    assert f"Dry run: would write dossiers/{NAME}" in said.err


def test_another_currency_has_a_folder_of_its_own(late: Path) -> None:
    assert on(late, "dossier", "bolt").code == 0
    text = (late / "dossiers" / "2026-12-01-bolt-USD" / "demand.md").read_text("utf-8")
    assert "Demand for payment" in text
    assert "GB980780684" in text


def test_the_language_and_the_last_day_for_paying(late: Path) -> None:
    assert on(late, "dossier", "acme", "--language", "en", "--until", "2026-12-24").code == 0
    text = (late / "dossiers" / NAME / "demand.md").read_text("utf-8")
    assert "**by 24 December 2026**" in text


REFUSED = {
    "nobody": (("acmee",), "there is no client 'acmee'"),
    "an invoice of another": (("acme", "--invoice", "F-2026-0001"), "there is no invoice of acme 'F-2026-0001'"),
    "no time": (("acme", "--until", "2026-12-01"), "gives no time to pay"),
    "no date": (("acme", "--until", "soon"), "'soon' is not a date"),
    "no such language": (("acme", "--language", "fr"), "there is no language 'fr'"),
}


@pytest.mark.parametrize(("arguments", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(arguments: tuple[str, ...], message: str, late: Path) -> None:
    said = on(late, "dossier", *arguments)
    assert said.code == 2
    assert message in said.err
    assert not (late / "dossiers").exists()


NOTHING = {
    "nothing owed": ("2026-12-01", ("pay", "acme", "5000"), "acme owes nothing on 2026-12-01"),
    "nothing due yet": ("2026-10-20", ("check",), "nothing of acme is overdue on 2026-10-20"),
}


@pytest.mark.parametrize(("day", "first", "message"), NOTHING.values(), ids=NOTHING.keys())
def test_there_must_be_something_to_claim(day: str, first: tuple[str, ...], message: str, book: Path) -> None:
    assert on(book, *first, day=day).code == 0
    said = on(book, "dossier", "acme", day=day)
    assert said.code == 2
    assert message in said.err
    assert "hint:" in said.err


def a_pdf(text: str) -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(300, 400)
    writer.add_metadata({"/Title": text})
    writer.write(out)
    return out.getvalue()


@pytest.fixture
def ordered(late: Path) -> Path:
    """The job behind the invoice has an order, a contract and a table now."""
    (late / "order.pdf").write_bytes(a_pdf("order"))
    (late / "hours.xlsx").write_bytes(b"PK")
    files = "attach: [order.pdf, {file: hours.xlsx, beside: true}]"
    replaced(late, "jobs.yaml", "  title: Web\n", f"  title: Web\n  {files}\n")
    return late


def test_attached_files_go_along(ordered: Path) -> None:
    said = on(ordered, "dossier", "acme")
    folder = ordered / "dossiers" / NAME
    assert (folder / "attached" / "order.pdf").read_bytes() == (ordered / "order.pdf").read_bytes()
    assert (folder / "attached" / "hours.xlsx").is_file()
    assert "warning: hours.xlsx is in the folder, but cannot be shown as pages" in said.err
    assert "Documento adjunto: order" in (folder / "dossier.md").read_text("utf-8")


def test_a_pdf_that_is_gone_is_made_again_and_told(late: Path) -> None:
    path = late / "invoices" / "2026" / "F-2026-0002.pdf"
    before = path.read_bytes()
    path.unlink()
    said = on(late, "dossier", "acme")
    assert "warning: invoices/2026/F-2026-0002.pdf was not there" in said.err
    folder = late / "dossiers" / NAME
    assert (folder / "invoices" / "F-2026-0002.pdf").read_bytes() == before
    assert "hecho de nuevo a partir del registro" in (folder / "dossier.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("digest", "kept", "told"),
    [(None, True, ""), ("0" * 64, False, "has changed since the document was issued")],
    ids=["as it was sent", "not as it was sent"],
)
def test_proof_of_sending(digest: str | None, kept: bool, told: str, late: Path) -> None:
    mail = late / "sent" / "2026" / "F-2026-0002.eml"
    mail.parent.mkdir(parents=True)
    mail.write_bytes(b"Subject: Factura\r\n\r\nAdjunta.\r\n")
    sent = {"day": "2026-10-01", "time": "09:30", "event": "sent", "mail": "F-2026-0002", "to": "a@acme.example"}
    sent |= {"message_id": "<1@luna.example>", "answer": "250 queued as 77"}
    sent["digest"] = digest or hashlib.sha256(mail.read_bytes()).hexdigest()
    other = {"day": "2026-10-01", "event": "sent", "mail": "F-2026-0001"}
    lines = [json.dumps(line) + "\n" for line in (sent, other)]
    (late / "sent" / "journal.jsonl").write_text("".join(lines), "utf-8")
    said = on(late, "dossier", "acme")
    assert said.code == 0, said.err
    folder = late / "dossiers" / NAME
    assert [json.loads(line) for line in (folder / "sending" / "journal.jsonl").read_text("utf-8").splitlines()] == [
        sent
    ]
    assert (folder / "sending" / "F-2026-0002.eml").is_file() is kept
    assert told in said.err
    text = (folder / "dossier.md").read_text("utf-8")
    assert "250 queued as 77" in text
    assert "a@acme.example" in text


def test_plain_notes_stay_with_their_owner_unless_asked_for(late: Path) -> None:
    assert on(late, "note", "acme", "Ojo con ellos", day="2026-11-20").code == 0
    assert on(late, "dossier", "acme").code == 0
    text = (late / "dossiers" / NAME / "dossier.md").read_text("utf-8")
    assert "Todo bien." in text
    assert "Ojo con ellos" not in text
    assert on(late, "dossier", "acme", "--notes", day="2026-12-02").code == 0
    assert "Ojo con ellos" in (late / "dossiers" / "2026-12-02-acme" / "dossier.md").read_text("utf-8")


def test_a_book_with_a_dossier_is_a_book(folder: Path) -> None:
    book = folder.parents[1]
    assert on(book, "check").code == 0
    before = tree(folder)
    assert on(book, "run").code == 0
    assert tree(folder) == before
