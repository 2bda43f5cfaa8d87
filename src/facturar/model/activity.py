"""An activity report: the work and expenses of a job that its client is asked to approve before they are billed.

The order of the fields is the order of the keys in the record. Nothing in it says whether it was sent or answered.
"""

from __future__ import annotations

import datetime
from typing import Literal

from facturar.model.invoice import InvoiceLine, Period
from facturar.model.party import Party
from facturar.model.scalars import Currency, Day, Entry, Language, Number


class ReportedWork(Entry):
    """Hours as the report lists them; `rate` is 0 for what is free, and absent where the hours are in a price.

    `key` is the key that covers them once they are billed: it tells the same hours from others of that day.
    """

    date: Day
    text: str
    by: str | None = None
    hours: Number
    rate: Number | None = None
    key: str | None = None


class ReportedExpense(Entry):
    """An expense as the report lists it: what it will be billed at, with its markup, and the key that covers it."""

    date: Day
    text: str
    amount: Number
    key: str | None = None


class HoursStatement(Entry):
    """The hours of a retainer's period: included, brought over, worked, over all of these, and left for later."""

    period: Period
    included: Number
    brought: Number
    worked: Number
    extra: Number
    left: Number


class Asked(Entry):
    """What the client is asked: to approve within so many days of its being sent, and what silence then means."""

    within: int | None = None
    silence: Literal["accepts", "holds"]


class ReportTotals(Entry):
    """All the hours, and what the lines come to: before tax, unless the prices include it."""

    hours: Number
    net: Number | None = None


class Activity(Entry):
    """The record of an activity report. `version` counts the reports of a job up to one day, from 2 on."""

    kind: Literal["activity"] = "activity"
    job: str
    client: str
    title: str
    date: Day
    period: Period
    version: int | None = None
    language: Language
    seller: Party
    buyer: Party
    purchase_order: str | None = None
    currency: Currency
    entries: tuple[ReportedWork, ...] = ()
    expenses: tuple[ReportedExpense, ...] = ()
    statement: HoursStatement | None = None
    lines: tuple[InvoiceLine, ...] = ()
    prices_include_tax: bool | None = None
    totals: ReportTotals
    approve: Asked | None = None
    previous: str | None = None
    seal: str = ""


def activity_name(report: Activity) -> str:
    """The name of a report: the day that it goes up to, its job and, of a second one up to that day, its version."""
    return report_name(report.job, report.period.last, report.version)


def report_name(job: str, until: datetime.date, version: int | None) -> str:
    """The name of the report of a job up to a day."""
    return f"{until}-{job}{f'.{version}' if version else ''}"
