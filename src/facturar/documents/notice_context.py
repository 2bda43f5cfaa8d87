"""A notice's record → the finished strings that its template shows. Says nothing of its own; tone is the template's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from facturar.documents.letter_context import LetterContext, letter_context
from facturar.documents.party_text import country_of
from facturar.documents.quote_context import ChargingText, charging_text
from facturar.documents.templates import Values
from facturar.documents.terms_text import TermText, term_texts
from facturar.documents.ways_to_pay import WaysToPay, ways_in_general
from facturar.documents.wording import Wording, wording_for
from facturar.model.letter import Letter
from facturar.model.money import ZERO
from facturar.model.notice import AgreedJob, Notice, Offered, PriceChange
from facturar.model.terms import EarlyPayment, read_terms


@dataclass(frozen=True)
class ChangeText:
    """A price that changes. Codes stay codes (`kind`, `every`): the template has the words for them.

    `percent` is what the change comes to, with its sign.
    """

    kind: str
    title: str
    text: str
    unit: str
    every: str
    before: str
    after: str
    percent: str
    since: str


@dataclass(frozen=True)
class AgreedText:
    """A job that runs, how it is charged, and the fee of a retainer's period."""

    title: str
    charging: ChargingText
    fee: str


@dataclass(frozen=True)
class OfferedText:
    """Something that is offered; `offered` is its price with the discount, empty without one."""

    text: str
    unit: str
    price: str
    offered: str


@dataclass(frozen=True)
class EarlyText:
    """What paying early takes off, and in how many days, of the invoice's month if `end_of_month`."""

    percent: str
    days: str
    end_of_month: bool


@dataclass(frozen=True)
class HoldText:
    """Why new work waits: `limit` or `days` that are exceeded, each empty if it is not; `pay` lifts it."""

    open: str
    to_bill: str
    limit: str
    days: str
    pay: str


@dataclass(frozen=True)
class NoticeContext(LetterContext):
    """All that a notice's template may use, beside what every letter has. What does not apply is empty.

    `step` is its name. `since` and `until` are the days on which it holds; of several changes on several days `since`
    is empty, and each has its own. `gathered` says that a month's invoices are one, `paying` how to pay when nothing
    particular is asked for.
    """

    since: str
    until: str
    changes: tuple[ChangeText, ...]
    with_tax: bool
    offered: tuple[OfferedText, ...]
    discount: str
    jobs: tuple[AgreedText, ...]
    gathered: bool
    requires: tuple[str, ...]
    terms: tuple[TermText, ...]
    early: EarlyText | None
    credit_limit: str
    new_limit: str
    credit_days: str
    invoiced: str
    first_invoiced: str
    ended: tuple[str, ...]
    hold: HoldText | None
    paying: WaysToPay | None
    message: str
    values: Values


def notice_context(notice: Notice) -> NoticeContext:
    """The finished strings of a notice, written for its reader's language and country."""
    wording = wording_for(notice.language, country_of(notice.buyer))
    facts, history, credit = _Facts(notice, wording), notice.history, notice.credit
    return NoticeContext(
        **vars(letter_context(_as_letter(notice))),
        since=facts.day(notice.since),
        until=facts.day(notice.until),
        changes=tuple(map(facts.change, notice.changes)),
        with_tax=any(change.with_tax for change in notice.changes),
        offered=tuple(map(facts.offered, notice.offered)),
        discount=wording.percent(notice.discount) if notice.discount is not None else "",
        jobs=tuple(map(facts.agreed, notice.jobs)),
        gathered=bool(notice.gathered),
        requires=notice.requires,
        terms=term_texts(notice.terms, wording),
        early=facts.early(read_terms(notice.terms).early if notice.terms else None),
        credit_limit=facts.money(credit.limit, credit.currency) if credit else "",
        new_limit=facts.money(credit.new_limit, credit.currency) if credit else "",
        credit_days=str(credit.days) if credit and credit.days is not None else "",
        invoiced=str(history.invoices) if history else "",
        first_invoiced=facts.day(history.since) if history else "",
        ended=notice.ended,
        hold=facts.hold(),
        paying=_paying(notice),
        message=notice.message or "",
        values=Values(notice.values),
    )


def _as_letter(notice: Notice) -> Letter:
    """What a notice has in common with the letters of the ladder: both sides, who signs, and what is asked for."""
    return Letter(
        step=notice.name,
        client=notice.client,
        date=notice.date,
        channel=notice.channel,
        sender=notice.sender,
        language=notice.language,
        seller=notice.seller,
        buyer=notice.buyer,
        currency=notice.currency,
        invoices=notice.invoices,
        total=notice.hold.pay if notice.hold else ZERO,
        law=notice.law,
        payment_methods=notice.payment_methods,
    )


@dataclass(frozen=True)
class _Facts:
    """The parts of a notice as texts in one wording."""

    notice: Notice
    wording: Wording

    def money(self, amount: Decimal | None, currency: str | None = None) -> str:
        return self.wording.money(amount, currency or self.notice.currency) if amount is not None else ""

    def day(self, day: date | None) -> str:
        return self.wording.day(day) if day else ""

    def change(self, change: PriceChange) -> ChangeText:
        share = (change.after - change.before) * 100 / change.before if change.before else None
        shown = f"{'+' if share > 0 else ''}{self.wording.percent(round(share, 1))}" if share else ""
        return ChangeText(
            kind=change.kind,
            title=change.title,
            text=change.text or "",
            unit=change.unit or "",
            every=change.every.value if change.every else "",
            before=self.money(change.before),
            after=self.money(change.after),
            percent=shown,
            since=self.wording.short_day(change.since),
        )

    def offered(self, offered: Offered) -> OfferedText:
        return OfferedText(offered.text, offered.unit or "", self.money(offered.price), self.money(offered.offered))

    def agreed(self, job: AgreedJob) -> AgreedText:
        return AgreedText(
            job.title, charging_text(job.charging, self.wording, self.notice.currency), self.money(job.fee)
        )

    def early(self, early: EarlyPayment | None) -> EarlyText | None:
        if early is None:
            return None
        return EarlyText(self.wording.percent(early.percent), str(early.within.days), early.within.end_of_month)

    def hold(self) -> HoldText | None:
        hold = self.notice.hold
        if hold is None:
            return None
        return HoldText(
            open=self.money(hold.open),
            to_bill=self.money(hold.to_bill),
            limit=self.money(hold.limit),
            days=str(hold.days) if hold.days is not None else "",
            pay=self.money(hold.pay),
        )


def _paying(notice: Notice) -> WaysToPay | None:
    """How to pay in general: no amount, no reference, no code to scan."""
    return ways_in_general(notice.payment_methods) if notice.payment_methods else None
