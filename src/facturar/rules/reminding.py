"""From a reminder that is due to its letter's record: whom it speaks for, what it lists, claims and asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.ladder import LadderStep
from facturar.model.letter import ChargeClaimed, EarlyOffer, Letter, ListedInvoice
from facturar.model.money import ZERO
from facturar.model.regime import LatePayment
from facturar.model.settings import Sender
from facturar.rules.customs import language_of
from facturar.rules.dunning import Reminder
from facturar.rules.early_payment import early_amount, offer_of
from facturar.rules.interest import compensation, interest, law_for, rate_on
from facturar.rules.parties import buyer_of, seller_of, ways_to_pay
from facturar.rules.seals import sealed
from facturar.rules.settlement import Instalment
from facturar.rules.taxes import worded


def _interest(instalment: Instalment, law: LatePayment, day: date) -> ChargeClaimed:
    return ChargeClaimed(
        kind="interest",
        number=instalment.number,
        due=instalment.due,
        percent=rate_on(law, instalment.due, day),
        days=instalment.days_late(day),
        amount=interest(instalment.open, instalment.due, day, law, instalment.currency),
    )


def _compensations(late: Sequence[Instalment], law: LatePayment) -> list[ChargeClaimed]:
    """The fixed sum once an invoice (art. 8 Ley 3/2004), by what is late of it; only claimed in its own currency."""
    claimed = []
    for number in dict.fromkeys(instalment.number for instalment in late):
        own = [instalment for instalment in late if instalment.number == number]
        fixed = compensation(_sum(own), law)
        if fixed and fixed.currency == own[0].currency:
            claimed.append(ChargeClaimed(kind="compensation", number=number, due=own[0].due, amount=fixed.amount))
    return claimed


def charges(step: LadderStep, listed: Sequence[Instalment], law: LatePayment, day: date) -> tuple[ChargeClaimed, ...]:
    """What a step claims for the instalments late enough for it by themselves."""
    late = [instalment for instalment in listed if instalment.days_late(day) >= step.when]
    claimed = _compensations(late, law) if "compensation" in step.charge else []
    if "interest" in step.charge:
        claimed += [_interest(instalment, law, day) for instalment in late]
    return tuple(charge for charge in claimed if charge.amount)


def sender_of(step: LadderStep, book: Book) -> Sender:
    """Whose voice a step speaks with: the one it names, else `billing` if the book has one, else the business."""
    senders, business = book.settings.senders, book.settings.business
    owner = Sender(name=business.name, email=business.email, phone=business.phone, signature=business.signature)
    return senders.get(step.sender or "billing", owner)


def _early(instalment: Instalment, book: Book, day: date) -> EarlyOffer | None:
    """What settles an instalment that may still be paid early."""
    if instalment.due <= day:
        return None
    own = [record for record in book.invoices if instalment.number in (record.number, record.corrects)]
    for invoice in own:
        offer = offer_of(invoice) if invoice.number == instalment.number else None
        if offer and day <= offer.until:
            return EarlyOffer(until=offer.until, amount=instalment.open - early_amount(invoice, offer, own, book))
    return None


def _listed(instalment: Instalment, book: Book, day: date) -> ListedInvoice:
    return ListedInvoice(
        number=instalment.number,
        issued=instalment.issued,
        due=instalment.due,
        open=instalment.open,
        days_late=instalment.days_late(day),
        early=_early(instalment, book, day),
    )


def written_letter(reminder: Reminder, book: Book, day: date, last: Letter | None) -> Letter:
    """The sealed record of a reminder written on a day; `last` is the letter to this client before it.

    `total` is what is open plus what is claimed, in the account's currency.
    """
    account, step = reminder.account, reminder.step
    client, law = book.clients[account.client], law_for(book.clients[account.client], book)
    language = language_of(client, book)
    claimed = charges(step, reminder.instalments, law, day) if law else ()
    total = _sum(reminder.instalments) + sum((charge.amount for charge in claimed), ZERO)
    numbers = "+".join(dict.fromkeys(instalment.number for instalment in reminder.instalments))
    return sealed(
        Letter(
            step=step.name,
            template=step.template,
            client=account.client,
            date=day,
            channel=step.channel,
            sender=sender_of(step, book),
            language=language,
            seller=seller_of(book.settings.business),
            buyer=buyer_of(client),
            currency=account.currency,
            invoices=tuple(_listed(instalment, book, day) for instalment in reminder.instalments),
            credit=account.free_credit or None,
            charges=claimed,
            total=total,
            pay_by=day + timedelta(days=step.pay_within) if step.pay_within else None,
            earlier=reminder.earlier,
            law=worded(law.name, language) if law and claimed else None,
            payment_methods=ways_to_pay(book.settings.payment_methods, numbers, total, account.currency),
            previous=last.seal if last else None,
        )
    )


def _sum(instalments: Sequence[Instalment]) -> Decimal:
    return sum((instalment.open for instalment in instalments), ZERO)
