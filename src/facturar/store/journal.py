"""The journal of e-mails, `sent/journal.jsonl`: a line of JSON for each thing that happened, only ever added to.

A line counts once it is whole and on the disk. What a killed command left of one at the end is no line: nobody reads
it, and the next command that writes takes it away.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from os import SEEK_END
from pathlib import Path

from pydantic import ValidationError

from facturar.model.plain import plain
from facturar.model.posting import JournalLine
from facturar.problems import BookError, Code, Place, Problem
from facturar.store.disk import DISK, Disk, make_folders
from facturar.store.failure import explained
from facturar.store.intake import Intake
from facturar.store.layout import JOURNAL
from facturar.store.sources import read_text

_HINT = (
    "it says which mail was sent: put the line back as git knows it, and of two branches that were merged keep "
    "the lines of both"
)


def read_journal(intake: Intake) -> tuple[JournalLine, ...]:
    """Every whole line of the journal, in order. A line that cannot be read is a problem, for it may say `sent`."""
    file = str(JOURNAL)
    if not intake.has(file):
        return ()
    try:
        text = intake.overrides[file] if file in intake.overrides else read_text(intake.folder, file)
    except BookError as error:
        intake.problems += error.problems
        return ()
    read = (_line(text, number, intake) for number, text in enumerate(text.split("\n")[:-1], start=1) if text.strip())
    return tuple(line for line in read if line)


def _line(text: str, number: int, intake: Intake) -> JournalLine | None:
    try:
        return JournalLine.model_validate_json(text)
    except ValidationError:
        place = Place(str(JOURNAL), number, 1)
        message = "this line of the journal of e-mails cannot be read"
        intake.problems.append(Problem(Code.journal, message, _HINT, place=place, excerpt=text))
        return None


def line_text(line: JournalLine) -> str:
    """A line as it stands in the journal, with its end."""
    return json.dumps(plain(line), ensure_ascii=False) + "\n"


def append_journal(folder: Path, lines: Sequence[JournalLine], *, disk: Disk = DISK) -> None:
    """The lines at the end of the journal, on the disk when this returns. Call it under the book's lock."""
    path = folder / JOURNAL
    if not lines:
        return
    with explained(JOURNAL):
        mend_journal(folder, disk=disk)
        new = not path.exists()
        make_folders(folder, path.parent, disk)
        disk.append(path, "".join(map(line_text, lines)).encode())
        if new:
            disk.sync_folder(path.parent)


def announce(folder: Path, lines: Sequence[JournalLine], *, disk: Disk = DISK) -> None:
    """The same for what is about to be queued, without what was announced before by a run that was cut short."""
    path = folder / JOURNAL
    known = set(path.read_text("utf-8").splitlines(keepends=True)) if lines and path.exists() else set[str]()
    append_journal(folder, [line for line in lines if line_text(line) not in known], disk=disk)


def mend_journal(folder: Path, *, disk: Disk = DISK) -> None:
    """Takes away what stands behind the last whole line."""
    path = folder / JOURNAL
    if path.is_file() and not _ends_whole(path):
        with explained(JOURNAL):
            disk.shorten(path, path.read_bytes().rfind(b"\n") + 1)


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as file:
        if not file.seek(0, SEEK_END):
            return True
        file.seek(-1, SEEK_END)
        return file.read(1) == b"\n"
