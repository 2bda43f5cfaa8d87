"""A notice explained: what it tells, where each figure of it was written, who signs, and its seal."""

from __future__ import annotations

from collections.abc import Iterator

from facturar.model.book import Book
from facturar.model.notice import Notice, notice_name
from facturar.rules.origins import Paths, price_path
from facturar.rules.price_changes import Priced, priced_of
from facturar.rules.seals import seal_of
from facturar.views.explaining.reason import Reason


def explained_notice(notice: Notice, book: Book, *, would: bool = False) -> Reason:
    """The notice explained. `would`: it is not written yet; then the book is as a plan would leave it."""
    name = notice_name(notice)
    when = f"would be written on {notice.date}" if would else f"of {notice.date}"
    because = f"'{notice.name}' to {notice.client}, {when}, by {notice.channel}; no step of a ladder, and never counted"
    parts = (
        *_changes(notice, book),
        *_offered(notice, book),
        *_agreed(notice, book),
        *_hold(notice),
        *_account(notice),
        *(Reason(f"value {key}", value, "given by --set") for key, value in notice.values.items()),
        _sender(notice, book),
        _seal(notice, book),
    )
    return Reason(name, None, because, at=() if would else (("letters", name),), parts=parts)


def _changes(notice: Notice, book: Book) -> Iterator[Reason]:
    priced = list(priced_of(notice.client, book, notice.date)) if notice.client in book.clients else []
    for change in notice.changes:
        named = (change.job, change.kind, change.text)
        own = next((found for found in priced if (found.job_id, found.kind, found.text) == named), None)
        at = _written_at(own, notice) if own else ()
        subject = f"{change.kind.replace('_', ' ')} of {change.job}"
        reason = f"{change.before} until then; from {change.since}"
        if own is None:
            reason += "; as recorded: no job that runs has this price now"
        elif own.on(change.since) != change.after:
            reason += f"; the book bills {own.on(change.since)} from then"
        yield Reason(subject, change.after, reason, at=at)


def _written_at(priced: Priced, notice: Notice) -> Paths:
    since = next(
        change.since for change in notice.changes if change.job == priced.job_id and change.kind == priced.kind
    )
    return (price_path(priced.path, priced.prices, since),)


def _offered(notice: Notice, book: Book) -> Iterator[Reason]:
    for offered in notice.offered:
        item = book.catalog.get(offered.item)
        at = (price_path(("catalog", offered.item, "price"), item.price, notice.date),) if item else ()
        off = f"{offered.price} less {notice.discount}%" if offered.offered is not None else "the price of its day"
        yield Reason(f"offer of {offered.item}", offered.offered or offered.price, off, at=at)


def _agreed(notice: Notice, book: Book) -> Iterator[Reason]:
    for job in notice.jobs:
        at: Paths = (("jobs", job.job),) if job.job in book.jobs else ()
        yield Reason(f"job {job.job}", job.charging.kind, "it runs on that day", at=at)
    if notice.terms:
        yield Reason("terms", notice.terms, "those of the client on that day, else the book's")
    if notice.credit:
        yield Reason("credit", notice.credit.new_limit or notice.credit.limit, "the client's policy, else the book's")
    if notice.history:
        yield Reason("invoices", str(notice.history.invoices), f"issued since {notice.history.since}")


def _hold(notice: Notice) -> Iterator[Reason]:
    if hold := notice.hold:
        yield Reason("open", hold.open, f"on {notice.date}")
        if hold.limit is not None:
            yield Reason("limit", hold.limit, "what is open goes beyond it")
        if hold.days is not None:
            yield Reason("days", str(hold.days), "something is later than that")
        yield Reason("to pay", hold.pay, "lifts the hold: the larger of what is too late and what is over the limit")


def _account(notice: Notice) -> Iterator[Reason]:
    for digits in notice.ended:
        yield Reason("account", f"…{digits}", "invoices to them asked for it, and the book pays into it no more")


def _sender(notice: Notice, book: Book) -> Reason:
    named = (name for name, sender in book.settings.senders.items() if sender == notice.sender)
    if name := next(named, None):
        return Reason(
            "sender", notice.sender.name, f"'{name}' of the book's senders", at=(("settings", "senders", name),)
        )
    return Reason("sender", notice.sender.name, "the business itself", at=(("settings", "business", "name"),))


def _seal(notice: Notice, book: Book) -> Reason:
    own = [other for other in book.notices if other.client == notice.client]
    before = own[: own.index(notice)] if notice in own else own
    whole = "fits the record" if seal_of(notice) == notice.seal else "does not fit: the record was changed"
    last = f"chained to {notice_name(before[-1])}" if before else "the first to this client"
    return Reason("seal", f"{notice.seal[:12]}…", f"{whole}; {last}")
