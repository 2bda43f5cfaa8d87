"""A letter's record → the finished strings that its template shows. Says nothing of its own; tone is the template's."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from facturar.documents.interest_text import InterestText, interest_texts
from facturar.documents.party_text import PartyText, country_of, party_text
from facturar.documents.ways_to_pay import Asked, WaysToPay, ways_to_pay
from facturar.documents.wording import wording_for
from facturar.model.ladder import Channel
from facturar.model.letter import BrokenPromise, ChargeClaimed, Letter, ListedInvoice
from facturar.model.money import ZERO
from facturar.model.settings import Sender


@dataclass(frozen=True)
class ListedText:
    """An invoice, or an instalment of it, in the letter's table; `days_late` is empty before it is late.

    `paid` was paid of it before, or is empty. `early_amount` settles it when it is paid by `early_day`; both are empty
    when paying early takes nothing off.
    """

    number: str
    issued: str
    due: str
    days_late: str
    amount: str
    paid: str
    early_day: str
    early_amount: str


@dataclass(frozen=True)
class PaidText:
    """What was paid of an invoice before the letter, over all its instalments in it."""

    number: str
    amount: str


@dataclass(frozen=True)
class ChargeText:
    """A charge claimed for an invoice; rate and days are those of interest, and several rates are none."""

    kind: Literal["compensation", "interest"]
    number: str
    due: str
    percent: str
    days: str
    amount: str


@dataclass(frozen=True)
class SenderText:
    """Who signs; `signature` is a picture of the book, `closing` how they take leave. What is not set is empty."""

    name: str
    role: str
    email: str
    phone: str
    signature: str
    closing: str = ""


@dataclass(frozen=True)
class PromiseText:
    """A promise that was broken: when it was made, for which day and amount, and what came.

    `paid` is empty if nothing came, `number` if it was about no invoice in particular.
    """

    said: str
    on: str
    amount: str
    paid: str
    number: str


@dataclass(frozen=True)
class LetterContext:
    """All that a letter's template may use. What does not apply is empty.

    `one` says that all is about one invoice, `parts` that it is listed in several instalments, `late` that something
    is past its day. `paid_on_account` is what was paid of each invoice of which something was. `listed` is the sum of
    the invoices; `total` is what is asked for, less `credit` and with the charges. `worksheet` is what the interest
    was worked out from. `earlier` are the days of earlier letters, `earlier_days` the same as one phrase.
    `missed_pay_by` is the day to pay that the letter before gave, and `broken_promises` what the client promised since
    and did not pay.
    """

    step: str
    channel: Channel
    client: str
    language: str
    currency: str
    seller: PartyText
    buyer: PartyText
    sender: SenderText
    date: str
    invoices: tuple[ListedText, ...]
    numbers: tuple[str, ...]
    one: bool
    parts: bool
    late: bool
    oldest_due: str
    longest_late: str
    paid_on_account: tuple[PaidText, ...]
    listed: str
    credit: str
    charges: tuple[ChargeText, ...]
    worksheet: tuple[InterestText, ...]
    total: str
    pay_by: str
    earlier: tuple[str, ...]
    earlier_days: str
    missed_pay_by: str
    broken_promises: tuple[PromiseText, ...]
    law: str
    pay: WaysToPay | None


def letter_context(letter: Letter) -> LetterContext:
    """The finished strings of a letter, written for its reader's language and country."""
    wording = wording_for(letter.language, country_of(letter.buyer))
    numbers = tuple(dict.fromkeys(listed.number for listed in letter.invoices))
    late = max((listed.days_late for listed in letter.invoices), default=0)

    def money(amount: Decimal) -> str:
        return wording.money(amount, letter.currency)

    def listed_text(listed: ListedInvoice) -> ListedText:
        days = wording.number(Decimal(listed.days_late)) if listed.days_late > 0 else ""
        issued, due = wording.short_day(listed.issued), wording.short_day(listed.due)
        paid = money(listed.paid) if listed.paid else ""
        early = (wording.day(listed.early.until), money(listed.early.amount)) if listed.early else ("", "")
        return ListedText(listed.number, issued, due, days, money(listed.open), paid, *early)

    def charge_text(charge: ChargeClaimed) -> ChargeText:
        one_rate = charge.percent is not None and len({part.percent for part in charge.parts}) <= 1
        percent = wording.percent(charge.percent) if charge.percent is not None and one_rate else ""
        days = str(charge.days) if charge.days is not None else ""
        return ChargeText(charge.kind, charge.number, wording.day(charge.due), percent, days, money(charge.amount))

    def promise_text(promise: BrokenPromise) -> PromiseText:
        said, on = wording.day(promise.said), wording.day(promise.on)
        paid = money(promise.paid) if promise.paid else ""
        return PromiseText(said, on, money(promise.amount), paid, promise.invoice or "")

    return LetterContext(
        step=letter.step,
        channel=letter.channel,
        client=letter.client,
        language=letter.language,
        currency=letter.currency,
        seller=party_text(letter.seller, letter.language, country_of(letter.buyer)),
        buyer=party_text(letter.buyer, letter.language, country_of(letter.seller)),
        sender=_sender_text(letter.sender),
        date=wording.day(letter.date),
        invoices=tuple(listed_text(listed) for listed in letter.invoices),
        numbers=numbers,
        one=len(numbers) == 1,
        parts=len(letter.invoices) > len(numbers),
        late=late > 0,
        oldest_due=wording.day(min(listed.due for listed in letter.invoices)) if letter.invoices else "",
        longest_late=wording.number(Decimal(late)) if late > 0 else "",
        paid_on_account=tuple(PaidText(number, money(amount)) for number, amount in _paid(letter).items()),
        listed=money(sum((listed.open for listed in letter.invoices), ZERO)),
        credit=money(-letter.credit) if letter.credit else "",
        charges=tuple(charge_text(charge) for charge in letter.charges),
        worksheet=tuple(
            row
            for charge in letter.charges
            for row in interest_texts(charge.number, charge.parts, wording, letter.currency)
        ),
        total=money(letter.total),
        pay_by=wording.day(letter.pay_by) if letter.pay_by else "",
        earlier=tuple(wording.day(day) for day in letter.earlier),
        earlier_days=wording.listed([wording.day(day) for day in letter.earlier]),
        missed_pay_by=wording.day(letter.missed_pay_by) if letter.missed_pay_by else "",
        broken_promises=tuple(promise_text(promise) for promise in letter.broken_promises),
        law=letter.law or "",
        pay=_pay(letter, numbers, money(letter.total)),
    )


def _sender_text(sender: Sender) -> SenderText:
    return SenderText(
        name=sender.name,
        role=sender.role or "",
        email=sender.email or "",
        phone=sender.phone or "",
        signature=sender.signature or "",
        closing=sender.closing or "",
    )


def _paid(letter: Letter) -> dict[str, Decimal]:
    """What was paid of each invoice, by number, where something was."""
    found: dict[str, Decimal] = {}
    for listed in letter.invoices:
        if listed.paid:
            found[listed.number] = found.get(listed.number, ZERO) + listed.paid
    return found


def _pay(letter: Letter, numbers: tuple[str, ...], shown: str) -> WaysToPay | None:
    if letter.total <= 0:
        return None
    asked = Asked(letter.total, letter.currency, ", ".join(numbers), letter.seller.name)
    return ways_to_pay(letter.payment_methods, asked, shown)
