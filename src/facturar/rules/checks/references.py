"""Names that lead nowhere: clients, jobs, invoices, tax codes, ladders, items and senders that are not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from facturar.model.activity import activity_name, report_name
from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.model.ladder import BUILT_IN, LadderStep
from facturar.model.letter import letter_name
from facturar.model.quote import Quote
from facturar.problems import Code, KeyPath, Problem, did_you_mean, warning
from facturar.rules.checks.tax_codes import named_codes
from facturar.rules.taxes import known_codes


class _Known:
    """The names of a part of the book, those of unreadable entries too; all names, when its file cannot be read."""

    def __init__(self, part: str, names: Iterable[str], book: Book) -> None:
        self._names = {*names, *(str(path[1]) for path in book.unread if path[0] == part and len(path) > 1)}
        self._unreadable = (part,) in book.unread

    def __contains__(self, name: str) -> bool:
        return self._unreadable or name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)


def _unknown(code: Code, what: str, name: str, known: Iterable[str], path: KeyPath) -> Problem:
    article = "an" if what[0] in "aeiou" else "a"
    hint = did_you_mean(name, known) or f"write the name of {article} {what} that is in the book, or add this one"
    return Problem(code, f"there is no {what} '{name}'", hint, path)


def _clients(book: Book) -> Iterator[Problem]:
    known = _Known("clients", book.clients, book)
    named: list[tuple[str, KeyPath]] = [
        *((job.client, ("jobs", job_id, "client")) for job_id, job in book.jobs.items()),
        *((payment.client, ("payments", index, "client")) for index, payment in enumerate(book.payments)),
        *((entry.client, ("diary", index, "client")) for index, entry in enumerate(book.diary)),
    ]
    for client, path in named:
        if client not in known:
            yield _unknown(Code.unknown_client, "client", client, known, path)


def _named_invoices(book: Book, today: date) -> Iterator[tuple[str, str, KeyPath]]:
    """(invoice, client, path) for each place where a human file names an invoice.

    An entry of a later day may name one that is still to be issued.
    """
    for index, payment in enumerate(book.payments):
        if payment.date > today:
            continue
        if payment.invoice:
            yield payment.invoice, payment.client, ("payments", index, "invoice")
        for number in payment.invoices or ():
            yield number, payment.client, ("payments", index, "invoices", number)
    for index, entry in enumerate(book.diary):
        if entry.invoice and entry.date <= today:
            yield entry.invoice, entry.client, ("diary", index, "invoice")


def _owner(number: str, path: KeyPath, invoices: Mapping[str, Invoice], asked: Mapping[str, Quote]) -> str | None:
    """Whose invoice a number is or, where a payment names it, whose pro forma."""
    if number in invoices:
        return invoices[number].client
    return asked[number].client if path[0] == "payments" and number in asked else None


def _invoices(book: Book, today: date) -> Iterator[Problem]:
    invoices = {invoice.number: invoice for invoice in book.invoices}
    asked = {quote.number: quote for quote in book.quotes if quote.kind == "pro_forma"}
    known, asked_for = _Known("invoices", invoices, book), _Known("quotes", asked, book)
    for number, client, path in _named_invoices(book, today):
        owner = _owner(number, path, invoices, asked)
        if owner is None and number not in known and not (path[0] == "payments" and number in asked_for):
            yield _unknown(Code.unknown_invoice, "invoice", number, known, path)
        elif owner and owner != client:
            hint = f"write client: {owner}, or the number of an invoice of '{client}'"
            yield Problem(Code.wrong_client, f"{number} is an invoice of '{owner}', not of '{client}'", hint, path)


def _named_by_records(book: Book) -> Iterator[tuple[str, str, KeyPath]]:
    """(invoice, the record that names it, path) of corrections, deposits taken off and letters."""
    for invoice in book.invoices:
        if invoice.corrects:
            yield invoice.corrects, invoice.number, ("invoices", invoice.number, "corrects")
        for taken in invoice.deposits:
            yield taken.number, invoice.number, ("invoices", invoice.number, "deposits")
    for letter in book.letters:
        name = letter_name(letter, book.settings.currency)
        for listed in letter.invoices:
            yield listed.number, name, ("letters", name, "invoices")


def _lost_records(book: Book) -> Iterator[Problem]:
    """Records that others name and that are gone: of the last of a series nothing else would tell."""
    known = _Known("invoices", (invoice.number for invoice in book.invoices), book)
    for number, by, path in dict.fromkeys(_named_by_records(book)):
        if number not in known:
            message = f"{by} names {number}, which is not in the book"
            hint = "take its file back from git, or its number is given again (git log -- FILE)"
            yield Problem(Code.unknown_invoice, message, hint, path)


def _billed_jobs(book: Book) -> Iterator[Problem]:
    """Jobs that records bill and that are gone: one that was renamed would be billed again."""
    known = _Known("jobs", book.jobs, book)
    billed = {job: invoice.number for invoice in book.invoices for job in invoice.job}
    for job, number in billed.items():
        if job not in known:
            message = f"{number} bills the job '{job}', which is no longer in the book"
            hint = f"if it was renamed, give it its id back, or it is billed again; {did_you_mean(job, known)}"
            yield warning(Code.unknown_job, message, hint.rstrip("; "), ("invoices", number, "job"))


def _taxes(book: Book) -> Iterator[Problem]:
    known = known_codes(book)
    for codes, path in named_codes(book):
        for index, code in enumerate(codes):
            if code not in known:
                yield _unknown(Code.unknown_tax, "tax code", code, known, (*path, index))


def _ladders(book: Book) -> Iterator[Problem]:
    known = {*BUILT_IN, *book.settings.ladders}
    if (name := book.settings.reminders.name) not in {*known, "none"}:
        yield _unknown(Code.unknown_ladder, "ladder", name, {*known, "none"}, ("settings", "reminders", "ladder"))
    for client_id, client in book.clients.items():
        if client.reminders and client.reminders not in {*known, "none"}:
            path = ("clients", client_id, "reminders")
            yield _unknown(Code.unknown_ladder, "ladder", client.reminders, {*known, "none"}, path)


def _senders(book: Book) -> Iterator[Problem]:
    settings = book.settings
    ladders: list[tuple[Sequence[LadderStep], KeyPath]] = [
        (ladder.steps, ("settings", "ladders", name)) for name, ladder in settings.ladders.items()
    ]
    ladders.append((settings.reminders.steps or (), ("settings", "reminders")))
    for steps, path in ladders:
        for index, step in enumerate(steps):
            if step.sender and step.sender not in settings.senders:
                where = (*path, "steps", index, "sender")
                yield _unknown(Code.unknown_sender, "sender", step.sender, settings.senders, where)


def _reports(book: Book, today: date) -> Iterator[Problem]:
    """Activity reports that a job calls sent: those that are there, on a day on which they were."""
    written = {activity_name(report): report for report in book.activity}
    known = _Known("activity", written, book)
    sent = ((job, i, entry) for job, own in book.jobs.items() for i, entry in enumerate(own.reports))
    for job_id, index, entry in sent:
        name, path = report_name(job_id, entry.until, entry.version), ("jobs", job_id, "reports", index)
        if entry.sent <= today and name not in known:
            own = [activity_name(report) for report in book.reports_of.get(job_id, ())]
            hint = did_you_mean(name, own) or f"write it first: facturar activity {job_id} --until {entry.until}"
            yield Problem(Code.unknown_report, f"there is no activity report '{name}'", hint, (*path, "until"))
        elif name in written and entry.sent < written[name].date:
            message = f"{name} was written on {written[name].date}, and sent on {entry.sent} before that"
            hint = "write the day on which it was sent: silence counts from it"
            yield Problem(Code.dates_order, message, hint, (*path, "sent"))


def _items(book: Book) -> Iterator[Problem]:
    known = _Known("catalog", book.catalog, book)
    for job_id, job in book.jobs.items():
        for index, line in enumerate(job.lines):
            if line.item and line.item not in known:
                path = ("jobs", job_id, "lines", index, "item")
                yield _unknown(Code.unknown_item, "item in the catalogue", line.item, known, path)


def reference_problems(book: Book, today: date) -> Iterator[Problem]:
    """Every name in the human files that is not the name of something."""
    yield from _invoices(book, today)
    yield from _reports(book, today)
    for check in (_clients, _lost_records, _billed_jobs, _taxes, _ladders, _senders, _items):
        yield from check(book)
