"""A written reminder: what it listed and asked for on its day. Nothing in it says whether it was answered."""

from __future__ import annotations

from typing import Literal

from facturar.model.interest import InterestPart
from facturar.model.ladder import Channel
from facturar.model.party import Party, PaymentMethod
from facturar.model.scalars import Currency, Day, Entry, Language, Number
from facturar.model.settings import Sender


class EarlyOffer(Entry):
    """What still settles an instalment when it is paid by a day: less than what is open."""

    until: Day
    amount: Number


class ListedInvoice(Entry):
    """An instalment as the letter listed it; `days_late` is 0 or less before it is due.

    `paid` was laid on it by then, once money came: with what was credited, without what was written off.
    """

    number: str
    issued: Day
    due: Day
    open: Number
    days_late: int
    paid: Number | None = None
    early: EarlyOffer | None = None


class ChargeClaimed(Entry):
    """Late-payment interest or compensation claimed for one instalment.

    `parts` are what the interest was worked out from: they add up to `amount`, and their days to `days`; `percent` is
    the rate of the last.
    """

    kind: Literal["compensation", "interest"]
    number: str
    due: Day
    percent: Number | None = None
    days: int | None = None
    amount: Number
    parts: tuple[InterestPart, ...] = ()


class BrokenPromise(Entry):
    """What the client promised on a day, to pay on another, and how much of it came; of an invoice, if it named one."""

    said: Day
    on: Day
    amount: Number
    paid: Number
    invoice: str | None = None


class Letter(Entry):
    """The record of a letter, an e-mail or a phone script.

    `missed_pay_by` is the day that an earlier letter gave to pay, and that passed; the promises were broken since then.
    """

    kind: Literal["letter"] = "letter"
    step: str
    template: str | None = None
    client: str
    date: Day
    channel: Channel
    sender: Sender
    language: Language
    seller: Party
    buyer: Party
    currency: Currency
    invoices: tuple[ListedInvoice, ...]
    credit: Number | None = None
    charges: tuple[ChargeClaimed, ...] = ()
    total: Number
    pay_by: Day | None = None
    earlier: tuple[Day, ...] = ()
    missed_pay_by: Day | None = None
    broken_promises: tuple[BrokenPromise, ...] = ()
    law: str | None = None
    payment_methods: tuple[PaymentMethod, ...] = ()
    previous: str | None = None
    seal: str = ""


def letter_name(letter: Letter, currency: str) -> str:
    """The name of a letter: its day, client and step, and its currency when it is not the book's, `currency`."""
    other = "" if letter.currency == currency else f"-{letter.currency}"
    return f"{letter.date}-{letter.client}-{letter.step}{other}"
