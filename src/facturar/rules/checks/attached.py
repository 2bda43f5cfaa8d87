"""The files under `attach:` of jobs that are still to be billed: there, readable, and small enough to be mailed.

What a file is like is asked of functions that are handed in; nothing here looks at a disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from facturar.model.attachment import Attached
from facturar.model.book import Book
from facturar.problems import Code, FacturarError, KeyPath, Problem
from facturar.rules.attachments import may_be_billed

SizeOf = Callable[[str], int | None]
"""The bytes of a file of the book; None when it is not there."""
FaultOf = Callable[[Attached], FacturarError | None]
"""What keeps a file that is there from going with a document; None when nothing does."""
MOST_TOGETHER = 15_000_000
"""Bytes of all files of a job: in a message they grow by a third, and many mail servers stop at 20 to 25 MB."""


def attachment_problems(book: Book, today: date, size_of: SizeOf, fault_of: FaultOf) -> Iterator[Problem]:
    """Each file that is named and missing, broken or too large, and each list that is too large together."""
    jobs = {job_id: job for job_id, job in book.jobs.items() if job.attach or (job.quote and job.quote.attach)}
    covered = frozenset(key for invoice in book.invoices for key in invoice.covers) if jobs else frozenset()
    for job_id, job in jobs.items():
        if may_be_billed(job_id, job, covered, today):
            yield from _of_a_list(job.attach, ("jobs", job_id, "attach"), size_of, fault_of)
            offered = job.quote.attach if job.quote else ()
            yield from _of_a_list(offered, ("jobs", job_id, "quote", "attach"), size_of, fault_of)


def _of_a_list(files: tuple[Attached, ...], path: KeyPath, size_of: SizeOf, fault_of: FaultOf) -> Iterator[Problem]:
    sizes = 0
    for index, attached in enumerate(files):
        size = size_of(attached.file)
        sizes += size or 0
        if size is None:
            hint = "put it into the book's folder, correct the path from there, or take it out of attach:"
            yield Problem(Code.missing_file, f"there is no file '{attached.file}'", hint, (*path, index))
        elif fault := fault_of(attached):
            yield Problem(Code.bad_file, fault.message, fault.hint, (*path, index))
    if sizes > MOST_TOGETHER:
        message = f"the files come to {sizes / 1e6:.0f} MB; {MOST_TOGETHER / 1e6:.0f} MB is the most that goes by mail"
        hint = "make scans and photos smaller, or send a link in message:"
        yield Problem(Code.bad_file, message, hint, path)
