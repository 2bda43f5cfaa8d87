"""Files that the book names or needs beside its ledgers: templates in the languages of its clients, pictures, fonts.

Whether a file is there and can be printed is asked of functions that are handed in; nothing here looks at a disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from facturar.model.agreement import Deposited
from facturar.model.book import Book
from facturar.problems import Code, FacturarError, KeyPath, Problem, did_you_mean
from facturar.rules.customs import ladder_of, language_of
from facturar.rules.receipts import receipts_from

HasTemplate = Callable[[str, str], bool]
"""Whether there is a template of a name (`invoice`, `letters/firm`) in a language."""
HasFile = Callable[[str], bool]
"""Whether the book has a file of that name."""
FaultOf = Callable[[str, str], FacturarError | None]
"""What keeps a file from being printed as a `logo`, a `signature` or a `typeface`; None when nothing does."""


def _missing(name: str, language: str, path: KeyPath) -> Problem:
    message = f"there is no template '{name}' in '{language}'"
    hint = f"write templates/{language}/{name}.md.j2 in the book, or choose a language that has one"
    return Problem(Code.unknown_template, message, hint, path)


def _no_language(language: str, languages: Sequence[str], path: KeyPath) -> Problem:
    """A language without any template: a slip, or one that is still to be added."""
    begin = f"begin it with facturar templates eject --language en --as {language}"
    hint = f"{did_you_mean(language, languages)}; or {begin}"
    return Problem(Code.unknown_template, f"there are no documents in '{language}'", hint, path)


def _ladder_path(book: Book, client_id: str) -> KeyPath:
    client = book.clients[client_id]
    if client.reminders:
        return ("clients", client_id, "reminders")
    return ("settings", "reminders") if book.settings.reminders.steps else ("clients", client_id)


def _of_a_client(client_id: str, book: Book, has: HasTemplate, languages: Sequence[str]) -> Iterator[Problem]:
    client = book.clients[client_id]
    language, ladder = language_of(client, book), ladder_of(client, book)
    own = ("clients", client_id, "language") if client.language else ("settings", "language")
    if language not in languages:
        yield _no_language(language, languages, own)
    elif not has("invoice", language):
        yield _missing("invoice", language, own)
    elif book.settings.mail and not has("mails/invoice", language):
        yield _missing("mails/invoice", language, own)
    elif client.template and not has(client.template, language):
        yield _missing(client.template, language, ("clients", client_id, "template"))
    else:
        for step in ladder.steps if ladder else ():
            name = f"letters/{(step.template or step.name).removeprefix('letters/')}"
            if not has(name, language):
                yield _missing(name, language, _ladder_path(book, client_id))
        if receipts_from(client, book, date.min) and not has("receipt", language):
            yield _missing("receipt", language, own)


def _of_offers(book: Book, has: HasTemplate, languages: Sequence[str]) -> Iterator[Problem]:
    """The templates of quotes and pro formas, in the languages of the clients who get one."""
    for job_id, job in book.jobs.items():
        if job.client not in book.clients:
            continue
        language = language_of(book.clients[job.client], book)
        if language not in languages:
            continue
        if job.quote and not has("quote", language):
            yield _missing("quote", language, ("jobs", job_id, "quote"))
        asks = isinstance(job.agreement, Deposited) and job.agreement.deposit_as == "request"
        if asks and not has("pro_forma", language):
            yield _missing("pro_forma", language, ("jobs", job_id, "agreement", "deposit_as"))


def _named(book: Book) -> Iterator[tuple[str, str, KeyPath]]:
    """Each file that the settings name for print: what for, its name, and where it is named."""
    settings = book.settings
    look = settings.look
    if look.logo:
        yield "logo", look.logo, ("settings", "look", "logo")
    for cut, name in look.typeface.files.items() if look.typeface else ():
        yield "typeface", name, ("settings", "look", "typeface", cut)
    if settings.business.signature:
        yield "signature", settings.business.signature, ("settings", "business", "signature")
    for sender_id, sender in settings.senders.items():
        if sender.signature:
            yield "signature", sender.signature, ("settings", "senders", sender_id, "signature")


def _printed(book: Book, has_file: HasFile, fault_of: FaultOf) -> Iterator[Problem]:
    for what, name, path in _named(book):
        if not has_file(name):
            hint = f"put the file into the book's folder, or take {path[-1]}: out"
            yield Problem(Code.missing_file, f"there is no {what} '{name}'", hint, path)
        elif fault := fault_of(name, what):
            yield Problem(Code.bad_file, fault.message, fault.hint, path)


def file_problems(
    book: Book, has_template: HasTemplate, languages: Sequence[str], has_file: HasFile, fault_of: FaultOf
) -> list[Problem]:
    """Each template and file that is needed and is not there or cannot be printed, once.

    `languages` are those that have any template, in the book or with facturar.
    """
    found = [each for client_id in book.clients for each in _of_a_client(client_id, book, has_template, languages)]
    found += _of_offers(book, has_template, languages)
    return list(dict.fromkeys([*found, *_printed(book, has_file, fault_of)]))
