"""A letter that reminds of nothing: a welcome, new prices, an offer, thanks, a new account, a hold, or one's own.

Apart from the letters of the ladder, so that whoever climbs that never counts these. The order of the fields is the
order of the keys in the record. A notice holds all that its template may show, as it was on its day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Literal

from pydantic import Field

from facturar.model.agreement import Every
from facturar.model.ladder import Channel
from facturar.model.letter import ListedInvoice
from facturar.model.party import Party, PaymentMethod
from facturar.model.quote import Charging
from facturar.model.scalars import Currency, Day, Entry, Language, Number, Percent
from facturar.model.settings import Sender

ChangeKind = Literal["rate", "extra_rate", "fee", "price"]


class PriceChange(Entry):
    """A price and what takes its place on a day.

    An hour (`rate`), an hour over the included ones (`extra_rate`), the `fee` of a period, or the `price` of a line,
    named by `text`, for one `unit`. `job` and `title` are the job's; `with_tax`, whether its prices include tax.
    """

    kind: ChangeKind
    job: str
    title: str
    text: str | None = None
    unit: str | None = None
    every: Every | None = None
    before: Number
    after: Number
    with_tax: bool | None = None
    since: Day


class AgreedJob(Entry):
    """A job that runs, and how it is charged; `fee` is that of a retainer's period."""

    job: str
    title: str
    charging: Charging
    fee: Number | None = None


class Offered(Entry):
    """Something of the catalogue that is offered: its price for one unit and, where a discount is, what it comes to."""

    item: str
    text: str
    unit: str | None = None
    price: Number
    offered: Number | None = None


class History(Entry):
    """What there was between both so far: how many invoices, and the day of the first."""

    invoices: int
    since: Day


class CreditTerms(Entry):
    """How much may be owed, and how late, before new work waits; `currency` is that of the limits.

    `new_limit` holds until a first invoice is paid.
    """

    limit: Number | None = None
    new_limit: Number | None = None
    currency: Currency | None = None
    days: int | None = None


class HoldTold(Entry):
    """Why new work waits: the limit that is exceeded, or the days that something is late by at most; `pay` lifts it."""

    open: Number
    to_bill: Number | None = None
    limit: Number | None = None
    days: int | None = None
    pay: Number


class Notice(Entry):
    """The record of a notice; `name` is that of its template. Nothing in it says whether it was answered.

    `since` is the day from which what it tells holds, `until` the last one on which it does. `ended` are the last four
    digits of accounts that take no payments any more. `law` is that of late payment, where it protects the seller.
    """

    kind: Literal["notice"] = "notice"
    name: str
    client: str
    date: Day
    channel: Channel
    sender: Sender
    language: Language
    seller: Party
    buyer: Party
    currency: Currency
    since: Day | None = None
    until: Day | None = None
    changes: tuple[PriceChange, ...] = ()
    offered: tuple[Offered, ...] = ()
    discount: Percent | None = None
    jobs: tuple[AgreedJob, ...] = ()
    gathered: bool | None = None
    requires: tuple[str, ...] = ()
    terms: str | None = None
    law: str | None = None
    credit: CreditTerms | None = None
    history: History | None = None
    ended: tuple[str, ...] = ()
    hold: HoldTold | None = None
    invoices: tuple[ListedInvoice, ...] = ()
    payment_methods: tuple[PaymentMethod, ...] = ()
    message: str | None = None
    values: dict[str, str] = Field(default_factory=dict)
    previous: str | None = None
    seal: str = ""


def in_order(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Notices by date, then client; those to one client on one day as each follows the one before it by its seal."""
    days: dict[tuple[date, str], list[Notice]] = defaultdict(list)
    for notice in notices:
        days[notice.date, notice.client].append(notice)
    return tuple(notice for key in sorted(days) for notice in _chained(days[key]))


def _chained(own: list[Notice]) -> list[Notice]:
    after, seals = {notice.previous: notice for notice in own}, {notice.seal for notice in own}
    found: list[Notice] = []
    for first in (notice for notice in own if notice.previous not in seals):
        following: Notice | None = first
        while following and following not in found:
            found.append(following)
            following = after.get(following.seal)
    return [*found, *(notice for notice in own if notice not in found)]


def notice_name(notice: Notice) -> str:
    """The name of a notice: its day, its client and its template."""
    return f"{notice.date}-{notice.client}-{notice.name}"
