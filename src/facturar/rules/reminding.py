"""From a reminder that is due to its letter's record: whom it speaks for, what it lists, claims and asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.ladder import LadderStep
from facturar.model.letter import BrokenPromise, ChargeClaimed, EarlyOffer, Letter, ListedInvoice
from facturar.model.money import ZERO, rounded
from facturar.model.settings import Sender
from facturar.rules.customs import language_of
from facturar.rules.dunning import Reminder
from facturar.rules.early_payment import early_amount, offer_of
from facturar.rules.interest import InterestTerms, interest_sum, interest_terms, law_for, rate_spans
from facturar.rules.late_balances import LateDebt, late_debts
from facturar.rules.late_charges import Charged, compensation_owed, interest_owed, rate_to_give
from facturar.rules.parties import buyer_of, seller_of, ways_to_pay
from facturar.rules.promises import promises_of
from facturar.rules.seals import sealed
from facturar.rules.settlement import Instalment
from facturar.rules.taxes import worded


def _late_enough(reminder: Reminder, book: Book, day: date) -> list[LateDebt]:
    """The instalments that a step charges: those that are late enough for it by themselves."""
    if not reminder.step.charge:
        return []
    wanted = {(part.number, part.due) for part in reminder.ripe}
    return list(late_debts((reminder.account.client, reminder.account.currency), book, day, wanted))


def _interest_claimed(debt: LateDebt, terms: InterestTerms, charged: Charged) -> ChargeClaimed | None:
    parts = interest_owed(debt, terms, charged).parts
    amount = interest_sum(parts)
    if not amount:
        return None
    days = sum(part.days for part in parts)
    return ChargeClaimed(
        kind="interest",
        number=debt.number,
        due=debt.due,
        percent=parts[-1].percent,
        days=days,
        amount=amount,
        parts=parts,
    )


def charges(reminder: Reminder, book: Book, day: date) -> tuple[ChargeClaimed, ...]:
    """What a letter claims beside what is open, less what debit notes have charged."""
    terms = interest_terms(book.clients[reminder.account.client], book)
    debts = _late_enough(reminder, book, day) if terms else []
    if terms is None or not debts:
        return ()
    charged, kinds = Charged(book.invoices), reminder.step.charge
    dues = {debt.number: debt.due for debt in reversed(debts)}
    fixed = compensation_owed(debts, terms, charged) if "compensation" in kinds else {}
    claimed = [
        ChargeClaimed(kind="compensation", number=number, due=dues[number], amount=money.amount)
        for number, money in fixed.items()
    ]
    interest = [_interest_claimed(debt, terms, charged) for debt in debts] if "interest" in kinds else []
    return (*claimed, *(charge for charge in interest if charge))


def rate_missing(reminder: Reminder, book: Book, day: date) -> str | None:
    """Why a letter waits that would claim interest: the rate of some day is not known; None when it need not."""
    terms = interest_terms(book.clients[reminder.account.client], book)
    if terms is None or "interest" not in reminder.step.charge:
        return None
    if all(span.known for part in reminder.ripe for span in rate_spans(terms, part.due, day)):
        return None  # as nearly always, and then it need not be asked what was owed on which day
    charged = Charged(book.invoices)
    owed = (interest_owed(debt, terms, charged) for debt in _late_enough(reminder, book, day))
    unknown = min((found.unknown for found in owed if found.unknown), default=None)
    return rate_to_give(terms, unknown) if unknown else None


OWNER = "owner"
"""Who sends what nobody else does: the business itself."""


def sender_id(step: LadderStep, book: Book) -> str:
    """Who sends a step: the one it names, else `billing` if the book has one, else the owner."""
    return step.sender or ("billing" if "billing" in book.settings.senders else OWNER)


def sender_of(step: LadderStep, book: Book) -> Sender:
    """Whose voice a step speaks with: its sender's, or that of the business."""
    senders, business = book.settings.senders, book.settings.business
    owner = Sender(name=business.name, email=business.email, phone=business.phone, signature=business.signature)
    return senders.get(sender_id(step, book), owner)


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


def _paid(instalment: Instalment) -> Decimal | None:
    """What is laid on an instalment, if money is among it: a credit note alone is nothing to give thanks for."""
    return instalment.amount - instalment.open - instalment.written_off if instalment.paid else None


def _listed(instalment: Instalment, book: Book, day: date) -> ListedInvoice:
    return ListedInvoice(
        number=instalment.number,
        issued=instalment.issued,
        due=instalment.due,
        open=instalment.open,
        days_late=instalment.days_late(day),
        paid=_paid(instalment),
        early=_early(instalment, book, day),
    )


def _broken(reminder: Reminder, book: Book, day: date) -> tuple[BrokenPromise, ...]:
    """The promises about what the letter lists that were broken since the letter before it; none before it is late."""
    listed = [instalment for instalment in reminder.instalments if instalment.days_late(day) > 0]
    return tuple(
        BrokenPromise(
            said=promised.entry.date,
            on=promised.on,
            amount=rounded(promised.amount, promised.currency),
            paid=rounded(promised.paid, promised.currency),
            invoice=promised.entry.invoice,
        )
        for promised in promises_of(reminder.account.client, book, day)
        if promised.unkept
        and promised.currency == reminder.account.currency
        and (reminder.since is None or promised.until >= reminder.since)
        and any(promised.speaks_of(instalment) for instalment in listed)
    )


def written_letter(reminder: Reminder, book: Book, day: date, last: Letter | None) -> Letter:
    """The sealed record of a reminder written on a day; `last` is the letter to this client before it.

    `total` is what is open plus what is claimed, in the account's currency.
    """
    account, step = reminder.account, reminder.step
    client = book.clients[account.client]
    language = language_of(client, book)
    claimed, law = charges(reminder, book, day), law_for(client, book)
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
            missed_pay_by=reminder.missed,
            broken_promises=_broken(reminder, book, day),
            law=worded(law.name, language) if law and claimed else None,
            payment_methods=ways_to_pay(book.settings.payment_methods, numbers, total, account.currency),
            previous=last.seal if last else None,
        )
    )


def _sum(instalments: Sequence[Instalment]) -> Decimal:
    return sum((instalment.open for instalment in instalments), ZERO)
