"""The files of a dossier, gathered from the book as they are there, and what of them is missing or not what it was.

What was issued is copied byte for byte: it is evidence. Only a PDF that is not there is made again, and that is told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from facturar.cli.carry_out import client_template
from facturar.cli.session import Opened
from facturar.documents.attachments import attachment_fault
from facturar.documents.press import Press
from facturar.model.attachment import Attachment
from facturar.model.dossier import NotThere
from facturar.model.posting import JournalLine
from facturar.model.record import Record, mail_name, record_name
from facturar.store.journal import line_text
from facturar.store.layout import record_path, sent_mail
from facturar.views.dossier import Case

Kept = tuple[str, bytes]
"""A file of the dossier: its path in it, and its bytes."""


@dataclass(frozen=True)
class Gathered:
    """What was found for a dossier: its files, and the PDF of each record by name.

    `shown` are the attached files whose pages can be shown; `not_there` what is missing or not as it should be.
    """

    files: tuple[Kept, ...]
    pdfs: Mapping[str, bytes]
    shown: tuple[Attachment, ...]
    not_there: tuple[NotThere, ...]


def gathered(case: Case, found: Opened, press: Press) -> Gathered:
    """All that the book has for a case."""
    items = [*_records(case, found, press), *_attached(case, found), *_mails(case, found)]
    absent = (NotThere(file=name, why="missing") for name in case.absent)
    return Gathered(
        files=tuple(item for item in items if isinstance(item, tuple)),
        pdfs={name: data for record in case.records for name, data in [_pdf(record, found, press)]},
        shown=tuple(item for item in items if isinstance(item, Attachment)),
        not_there=(*(item for item in items if isinstance(item, NotThere)), *absent),
    )


def _pdf(record: Record, found: Opened, press: Press) -> Kept:
    """The name of a record and its PDF as it stands in the book; made again if it is not there."""
    currency = found.book.settings.currency
    file = found.folder / record_path(record, currency).with_suffix(".pdf")
    made = file.read_bytes() if file.is_file() else press.faces(record, client_template(record, found.book))[".pdf"]
    return record_name(record, currency), made


def _records(case: Case, found: Opened, press: Press) -> Iterator[Kept | NotThere]:
    """Each record and its PDF, in the folder of its part."""
    currency = found.book.settings.currency
    for copied, record in zip(case.dossier.copies, case.records, strict=True):
        path = record_path(record, currency)
        yield f"{copied.part}/{copied.name}.yaml", (found.folder / path).read_bytes()
        yield f"{copied.part}/{copied.name}.pdf", _pdf(record, found, press)[1]
        if not (found.folder / path.with_suffix(".pdf")).is_file():
            yield NotThere(file=str(path.with_suffix(".pdf")), why="made again")


def _unchanged(name: str, sha256: str | None, found: Opened) -> bytes | NotThere:
    """The bytes of a file of the book, if it is there and is what it was."""
    path = found.folder / name
    if not path.resolve().is_relative_to(found.folder.resolve()) or not path.is_file():
        return NotThere(file=name, why="missing")
    data = path.read_bytes()
    if sha256 and hashlib.sha256(data).hexdigest() != sha256:
        return NotThere(file=name, why="changed")
    return data


def _attached(case: Case, found: Opened) -> Iterator[Kept | Attachment | NotThere]:
    """The files of jobs and records; those that are pages of no document yet are shown, if they can be."""
    for attached in case.attached:
        data = _unchanged(attached.file, attached.sha256, found)
        if isinstance(data, NotThere):
            yield data
            continue
        yield f"attached/{attached.file}", data
        if attached.file in case.printed:
            continue
        fault = attachment_fault(attached.file, found.folder, as_pages=True)
        yield NotThere(file=attached.file, why="beside") if fault else attached


def _mails(case: Case, found: Opened) -> Iterator[Kept | NotThere]:
    """The lines of the journal about the case's documents, and the e-mails as they were sent."""
    mails = {mail_name(record, found.book.settings.currency) for record in case.records}
    lines = [line for line in found.book.journal if line.mail in mails and line.day <= case.dossier.date]
    if lines:
        yield "sending/journal.jsonl", "".join(map(line_text, lines)).encode()
    for line in _sent(lines):
        data = _unchanged(str(sent_mail(line.mail, line.day.year)), line.digest, found)
        yield data if isinstance(data, NotThere) else (f"sending/{line.mail}.eml", data)


def _sent(lines: Iterable[JournalLine]) -> Iterable[JournalLine]:
    """The last line of each e-mail that says that it was sent, by the server's word."""
    return {line.mail: line for line in lines if line.event == "sent" and line.by is None}.values()


def checksums(files: Iterable[Kept]) -> bytes:
    """The list that `sha256sum -c` reads: of every file its SHA-256, two spaces and its path, by path."""
    rows = sorted((path, hashlib.sha256(data).hexdigest()) for path, data in files)
    return "".join(f"{digest}  {path}\n" for path, digest in rows).encode()
