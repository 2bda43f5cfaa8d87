"""Where a line comes from: the key paths of what a person wrote, kept beside the line while it is worked out.

Nothing of this is stored, as files that people write move: who is asked for a figure works it out again and reads here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from facturar.model.client import Client
from facturar.model.dated import PriceSince, in_force
from facturar.model.job import Job
from facturar.problems import KeyPath

Paths = tuple[KeyPath, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """The key paths behind a line, each empty where there is none.

    `of` is what is billed (a line, entries of work, a step, a fee), `price` where the unit price stands, `discount` and
    `taxes` where those were chosen.
    """

    of: Paths = ()
    price: Paths = ()
    discount: Paths = ()
    taxes: Paths = ()


NOWHERE = Origin()


def price_path(path: KeyPath, price: Iterable[PriceSince], day: date) -> KeyPath:
    """The path of a price as it stands on a day: of its entry in the list, or of the plain price.

    >>> from decimal import Decimal
    >>> plain, dated = [PriceSince(amount=Decimal(60))], [PriceSince(since=date(2026, 9, 1), amount=Decimal(65))]
    >>> price_path(("rate",), plain, date(2026, 9, 1)), price_path(("rate",), dated, date(2026, 9, 1))
    (('rate',), ('rate', 0))
    """
    entries = tuple(price)
    entry = in_force(entries, day)
    return path if entry is None or entry.since == date.min else (*path, entries.index(entry))


def setting_path(name: str, client_id: str, client: Client, job_id: str = "", job: Job | None = None) -> KeyPath:
    """The path of the setting that holds: the job's, else the client's, else the book's."""
    if job and getattr(job, name, None) is not None:
        return ("jobs", job_id, name)
    return ("clients", client_id, name) if getattr(client, name, None) is not None else ("settings", name)
