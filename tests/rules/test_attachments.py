"""Which files of the book go with which document, and what of them a record holds."""

from __future__ import annotations

from datetime import date

import pytest

from facturar.plan.invoices import plan_invoices
from facturar.plan.quotes import plan_quote
from facturar.problems import Code
from facturar.rules.attachments import beside
from facturar.rules.checks.attached import MOST_TOGETHER, attachment_problems
from tests.book_text import after_runs, book, issued

DIGESTS = {"contract.pdf": "aa", "photos/site.jpg": "bb", "hours.xlsx": "cc"}
DONE = "web: {client: acme, title: Web, done: 2026-11-20, lines: [{text: Web, price: 900}], attach: [%s]}"
MONTHLY = """
care:
  client: acme
  title: Care
  agreement: {kind: recurring, every: month, starts: 2026-10-01, in: arrears}
  lines: [{text: Care, price: 100}]
  attach: [%s]
"""
QUOTED = "web: {client: acme, title: Web, lines: [{text: Web, price: 900}], quote: {attach: [contract.pdf]}}"


def files(invoice):
    return [(each.file, each.sha256, each.beside) for each in invoice.attachments]


ATTACHED = {
    "a path": ("contract.pdf", [("contract.pdf", "aa", None)]),
    "a title": ("{file: contract.pdf, title: Contrato}", [("contract.pdf", "aa", None)]),
    "beside": ("{file: hours.xlsx, beside: true}", [("hours.xlsx", "cc", True)]),
    "in their order": (
        "photos/site.jpg, contract.pdf",
        [("photos/site.jpg", "bb", None), ("contract.pdf", "aa", None)],
    ),
    "twice is once": ("contract.pdf, ./contract.pdf", [("contract.pdf", "aa", None)]),
    "of the day of supply": (
        "{file: contract.pdf, since: 2026-11-20, until: 2026-11-20}",
        [("contract.pdf", "aa", None)],
    ),
    "of a later day": ("{file: contract.pdf, since: 2026-11-21}", []),
    "of an earlier day": ("{file: contract.pdf, until: 2026-11-19}", []),
}


@pytest.mark.parametrize(("attach", "expected"), ATTACHED.values(), ids=ATTACHED.keys())
def test_an_invoice_holds_the_files_of_its_job(attach, expected):
    plan = plan_invoices(book(jobs=DONE % attach, digests=DIGESTS), date(2026, 11, 30))
    assert files(issued(plan)[0]) == expected


def test_a_file_of_a_month_goes_with_the_invoice_of_that_month():
    october = "{file: hours.xlsx, beside: true, since: 2026-10-01, until: 2026-10-31}"
    start = book(jobs=MONTHLY % f"contract.pdf, {october}", digests=DIGESTS)
    first, second = after_runs(start, ["2026-11-01", "2026-12-01"]).invoices
    assert files(first) == [("contract.pdf", "aa", None), ("hours.xlsx", "cc", True)]
    assert files(second) == [("contract.pdf", "aa", None)]
    assert [each.file for each in beside(first.attachments)] == ["hours.xlsx"]


def test_a_gathered_invoice_holds_the_files_of_all_its_jobs():
    jobs = DONE % "contract.pdf" + "\n" + (DONE % "contract.pdf, photos/site.jpg").replace("web:", "logo:")
    plan = plan_invoices(book(jobs=jobs, settings="invoice_per: client", digests=DIGESTS), date(2026, 11, 30))
    assert [file for file, _, _ in files(issued(plan)[0])] == ["contract.pdf", "photos/site.jpg"]


def test_a_quote_has_files_of_its_own():
    record = plan_quote(book(jobs=QUOTED, digests=DIGESTS), date(2026, 11, 30), "web").actions[0].record
    assert files(record) == [("contract.pdf", "aa", None)]


WRONG = {
    "no PDF, PNG or JPEG": ("hours.xlsx", "cannot be pages of a PDF"),
    "outside the book": ("../contract.pdf", "not in the book's folder"),
    "an absolute path": ("/etc/contract.pdf", "not in the book's folder"),
    "days the wrong way round": ("{file: a.pdf, since: 2026-11-02, until: 2026-11-01}", "before it begins"),
}


@pytest.mark.parametrize(("attach", "message"), WRONG.values(), ids=WRONG.keys())
def test_what_cannot_go_along_is_refused_as_it_is_read(attach, message):
    with pytest.raises(ValueError, match=message):
        book(jobs=DONE % attach)


def found(jobs, sizes, today="2026-11-30", **more):
    start = book(jobs=jobs, digests=DIGESTS, **more)
    return list(attachment_problems(start, date.fromisoformat(today), sizes.get, lambda _: None))


PROBLEMS = {
    "a file that is there": (DONE % "contract.pdf", {"contract.pdf": 10}, []),
    "no such file": (DONE % "contract.pdf", {}, [(Code.missing_file, ("jobs", "web", "attach", 0))]),
    "no such file of a quote": (QUOTED, {}, [(Code.missing_file, ("jobs", "web", "quote", "attach", 0))]),
    "too much together": (
        DONE % "contract.pdf, photos/site.jpg",
        {"contract.pdf": MOST_TOGETHER, "photos/site.jpg": 1},
        [(Code.bad_file, ("jobs", "web", "attach"))],
    ),
    "of a cancelled job": (DONE.replace("done: 2026-11-20", "cancelled: 2026-11-20") % "contract.pdf", {}, []),
}


@pytest.mark.parametrize(("jobs", "sizes", "expected"), PROBLEMS.values(), ids=PROBLEMS.keys())
def test_files_are_looked_for_while_they_may_be_needed(jobs, sizes, expected):
    assert [(problem.code, problem.path) for problem in found(jobs, sizes)] == expected


def test_once_its_job_is_billed_a_file_is_looked_for_no_more():
    billed = after_runs(book(jobs=DONE % "contract.pdf", digests=DIGESTS), ["2026-11-30"])
    assert found(DONE % "contract.pdf", {}, invoices=billed.invoices) == []
