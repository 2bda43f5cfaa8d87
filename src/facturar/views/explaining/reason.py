"""The value of an explanation: what is asked about, what it comes to, by which rule, and where that was written.

A reason stands on reasons. Places are key paths of the book (`jobs.web-acme.lines.0.price`), or of its regime
(`regime.taxes.iva.percent.2`); who prints them turns them into file and line.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.client import Client
from facturar.model.job import Job
from facturar.problems import KeyPath
from facturar.rules.origins import Paths, setting_path

Value = Decimal | date | str | None


@dataclass(frozen=True)
class Reason:
    """Why something is as it is.

    `source` is the law behind it, if there is one; `at` where people or the regime wrote what it follows from. A reason
    without a place says in `because` why there is none.
    """

    subject: str
    value: Value = None
    because: str = ""
    source: str = ""
    at: Paths = ()
    parts: tuple[Reason, ...] = ()


def changed(because: str, at: Paths = ()) -> Reason:
    """What the files say now, where a record says otherwise. The record holds."""
    return Reason("changed since", because=because, at=at)


def count_of(number: int, thing: str, things: str = "") -> str:
    """`1 entry`, `3 entries`."""
    return f"{number} {thing if number == 1 else things or f'{thing}s'}"


def owner_of(path: KeyPath) -> str:
    """Whose a setting is, in words."""
    match path:
        case ("jobs", _, "lines", *_):
            return "the line"
        case ("jobs", _, "expenses", *_):
            return "the expense"
        case ("jobs", *_):
            return "the job"
        case ("clients", *_):
            return "the client"
        case ("catalog", *_):
            return "the item"
        case _:
            return "the book"


def setting(
    name: str, value: Value, book: Book, client_id: str, client: Client, job_id: str = "", job: Job | None = None
) -> Reason:
    """A setting that holds, with whose it is; one that nobody wrote is facturar's own."""
    path = setting_path(name, client_id, client, job_id, job)
    if path == ("settings", name) and name not in book.settings.model_fields_set:
        return Reason(name, value, "facturar's own, as the book says nothing of it")
    return Reason(name, value, f"of {owner_of(path)}", at=(path,))


def signed(amount: Decimal) -> str:
    """An amount behind its sign, as it goes on in a sum.

    >>> signed(Decimal("3.10")), signed(Decimal("-3.10"))
    ('+ 3.10', '- 3.10')
    """
    return f"- {-amount}" if amount < 0 else f"+ {amount}"
