"""Deposits: their own invoice first, taxed as what they are an advance of; the final invoice takes them off.

One that is asked for by a pro forma is invoiced once that is paid in full.

VAT on an advance is due when it is paid or invoiced, at the rate of what it is for (art. 75.Dos LIVA; art. 65 of the
VAT directive).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from facturar.model.agreement import Deposited, Share
from facturar.model.money import ZERO, rounded
from facturar.model.quote import Quote
from facturar.rules.agreements.billed import Billed
from facturar.rules.agreements.part import Part, Subject, Waiting, lines_on
from facturar.rules.origins import Origin
from facturar.rules.totals import DraftLine, priced


def deposit_key(job: str) -> str:
    """The key of a job's deposit."""
    return f"{job}:deposit"


def _bases(lines: tuple[DraftLine, ...], currency: str) -> dict[tuple[str, ...], Decimal]:
    """The net of each combination of tax codes."""
    bases: dict[tuple[str, ...], Decimal] = {}
    for line in lines:
        bases[line.taxes] = bases.get(line.taxes, ZERO) + priced(line, currency).net
    return bases


def deposit_lines(subject: Subject, deposit: Share, day: date, currency: str) -> tuple[DraftLine, ...]:
    """A line for each combination of tax codes, sharing the deposit as the net is shared; the last takes the cents.

    Of a job whose lines come to nothing, an amount is one line, and a percentage is none.
    """
    agreed = lines_on(subject, day)
    bases = _bases(agreed, currency)
    net = sum(bases.values(), ZERO)
    total = left = rounded(deposit.of(net), currency)
    if not total:
        return ()
    if not net:
        bases, net = {subject.taxes: Decimal(1)}, Decimal(1)
    lines = []
    for number, (taxes, base) in enumerate(bases.items(), start=1):
        part = left if number == len(bases) else rounded(total * base / net, currency)
        left -= part
        shared = [line.origin for line in agreed if line.taxes == taxes]
        origin = Origin(
            of=((*subject.path, "agreement", "deposit"),),
            price=tuple(path for found in shared for path in found.price),
            taxes=tuple(dict.fromkeys(path for found in shared for path in found.taxes)) or subject.taxes_at,
        )
        lines.append(DraftLine(subject.job.title, part, taxes=taxes, origin=origin))
    return tuple(lines)


def deposit_day(subject: Subject, agreement: Deposited) -> date | None:
    """The day of the deposit: the one agreed, or that of the quote's acceptance; None for that of the first run."""
    return agreement.deposit_on or (subject.job.quote.accepted if subject.job.quote else None)


def deposit_parts(
    subject: Subject, agreement: Deposited, finished: date | None, billed: Billed, today: date, currency: str
) -> Iterator[Part | Waiting]:
    """The deposit, `job:deposit`, from its day on or, without one, at the first run. None once the job is finished.

    Its share is of the net of the lines as they stand on its day.
    """
    key = deposit_key(subject.id)
    if agreement.deposit is None or key in billed:
        return
    since = deposit_day(subject, agreement)
    if finished and finished <= today and (since is None or since > finished):
        return
    if since and since > today:
        yield Waiting(f"deposit on {since}", since)
        return
    day = since or today
    yield Part(
        job=subject.id,
        covers=(key,),
        since=day,
        lines=deposit_lines(subject, agreement.deposit, day, currency),
        reason=f"deposit of {agreement.deposit}",
        kind="deposit",
    )


def requested_parts(
    subject: Subject, agreement: Deposited, over: date | None, billed: Billed, today: date, currency: str
) -> Iterator[Part | Waiting]:
    """The pro forma that asks for the deposit, from its day on; the deposit itself from the day that was paid in full.

    VAT on an advance accrues on the day it is received (art. 75.Dos LIVA), so that day is the deposit's day of supply.
    A job that is `over` (finished or cancelled) asks for nothing any more, but what was received by then is invoiced.
    """
    if agreement.deposit is None or deposit_key(subject.id) in billed:
        return
    asked, ended = subject.asked, over if over and over <= today else None
    if asked and asked.paid_on and (ended is None or asked.paid_on <= ended):
        yield _paid_deposit(subject, asked.record, asked.paid_on)
    elif asked and ended:
        yield Waiting(f"{asked.record.number} was not paid by {ended}, and lapses: nothing is taken off")
    elif asked:
        yield Waiting(f"{asked.missing} {asked.record.currency} of {asked.record.number} is not paid yet")
    elif not ended:
        yield _request(subject, agreement.deposit, deposit_day(subject, agreement), today, currency)


def _paid_deposit(subject: Subject, record: Quote, day: date) -> Part:
    return Part(
        job=subject.id,
        covers=record.covers,
        since=day,
        lines=tuple(DraftLine(line.text, line.price, line.quantity, taxes=line.taxes) for line in record.lines),
        reason=f"{record.number} paid on {day}",
        supplied=day,
        kind="deposit",
        pro_forma=record,
    )


def _request(subject: Subject, deposit: Share, since: date | None, today: date, currency: str) -> Part | Waiting:
    if since and since > today:
        return Waiting(f"pro forma for the deposit on {since}", since)
    day = since or today
    return Part(
        job=subject.id,
        covers=(deposit_key(subject.id),),
        since=day,
        lines=deposit_lines(subject, deposit, day, currency),
        reason=f"deposit of {deposit}, asked for",
        kind="pro_forma",
    )
