"""Files of the book that go with a document: as a job names them, and as a record holds them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, model_validator

from facturar.model.scalars import Day, Entry, Text, fault
from facturar.problems import Code

APPENDED = (".pdf", ".png", ".jpg", ".jpeg")
"""The endings of files that can be pages of a document."""


def _in_the_book(name: str) -> str:
    """A path below the book's folder, written with `/`."""
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
        hint = "copy it there and write its path from the folder of facturar.yaml: contracts/acme.pdf"
        raise fault(Code.bad_value, f"'{name}' is not in the book's folder", hint)
    return "/".join(part for part in parts if part not in ("", "."))


FileName = Annotated[Text, AfterValidator(_in_the_book)]


class Attached(Entry):
    """A file that goes with a job's documents: as further pages, or `beside` them, as a file of its own.

    With `since` or `until` it goes with what is billed of days from the one to the other.
    """

    file: FileName
    title: Text | None = None
    beside: bool = False
    since: Day | None = None
    until: Day | None = None

    @model_validator(mode="after")
    def _can_be_pages(self) -> Attached:
        if not self.beside and not self.file.lower().endswith(APPENDED):
            hint = f"save it as a PDF, or send it as a file of its own: {{file: {self.file}, beside: true}}"
            raise fault(Code.bad_value, f"'{self.file}' cannot be pages of a PDF: PDF, PNG and JPEG can", hint)
        if self.since and self.until and self.until < self.since:
            message = f"it goes along until {self.until}, before it begins to on {self.since}"
            raise fault(Code.dates_order, message, "swap the dates")
        return self


def _named(value: Any) -> Any:
    return {"file": value} if isinstance(value, str) else value


AttachedFile = Annotated[Attached, BeforeValidator(_named)]
"""What a list under `attach:` has: the path of a file, or an entry that says more of it."""


class Attachment(Entry):
    """A file that an issued document has: its path in the book, its title, and the SHA-256 of its bytes, as hex."""

    file: str
    title: str | None = None
    sha256: str
    beside: bool | None = None

    @property
    def name(self) -> str:
        """What it is called: its title, or the name of the file without its folder and ending."""
        return self.title or self.file.rpartition("/")[2].rpartition(".")[0] or self.file
