"""The aging table as finished strings: what its template, and that of the month's report, may use of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class AgingRowText:
    """A client's (or a job's) row of the aging table; empty amounts are empty strings."""

    client: str
    cells: tuple[str, ...]
    job: str = ""


@dataclass(frozen=True)
class AgingTotalText:
    """The total of a currency."""

    currency: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class BarText:
    """An amount beside others of its currency, as a bar."""

    name: str
    amount: str
    bar: str


@dataclass(frozen=True)
class AgingBarsText:
    """What is owed in one currency by how late it is; `currency` is empty when there is no other."""

    currency: str
    rows: tuple[BarText, ...]


@dataclass(frozen=True)
class AgingText:
    """The aging table: the cells of each row stand under the headers.

    A header is the name of a bucket, or `current`, `credit` or `balance`.
    """

    headers: tuple[str, ...]
    rows: tuple[AgingRowText, ...]
    totals: tuple[AgingTotalText, ...]
    bars: tuple[AgingBarsText, ...]


@dataclass(frozen=True)
class OpenItemText:
    """An instalment that is open; `late` is its days late, empty while it is not."""

    number: str
    client: str
    issued: str
    due: str
    late: str
    open: str
    disputed: bool


@dataclass(frozen=True)
class HandedText:
    """A client whose case is in other hands, and whose."""

    client: str
    to: str


@dataclass(frozen=True)
class RateText:
    """A rate by which a table became one of one currency: what one unit of `currency` was in the book's."""

    currency: str
    rate: str
    day: str


@dataclass(frozen=True)
class AgingContext:
    """All that the template of the aging table may use.

    `known` is the day up to which entries were known, when the table looks back; else it is empty. `items` are only
    there in a table by invoice; `disputed` are those in dispute in any.
    """

    business: str
    day: str
    by: Literal["client", "job", "invoice"]
    basis: Literal["due", "issued"]
    known: str
    owed: tuple[str, ...]
    aging: AgingText
    items: tuple[OpenItemText, ...]
    disputed: tuple[OpenItemText, ...]
    handed: tuple[HandedText, ...]
    currency: str
    rates: tuple[RateText, ...]
