"""The commands by use: where each lives and the line that says what it does. Nothing heavy is imported here."""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """A command: the module that holds it and its line of help, which is also the first of its docstring."""

    module: str
    line: str


PANELS: dict[str, dict[str, Entry]] = {
    "Every day": {
        "status": Entry("look", "What needs attention: to bill, overdue, promises, holds, mail."),
        "log": Entry("entries", "Log hours on a job."),
        "done": Entry("entries", "Mark a job, or one of its steps, as done."),
        "delivered": Entry("entries", "Mark a job of products as delivered."),
        "pay": Entry("entries", "Record a payment, a refund or a write-off."),
        "note": Entry("entries", "Note a call, a promise or anything about a client."),
        "dispute": Entry("entries", "Note that a client disputes an invoice: no letters about it."),
        "resolve": Entry("entries", "Note that a dispute is resolved."),
    },
    "Every month": {
        "plan": Entry("month", "What run would do today, what it skips, and why."),
        "run": Entry("month", "The whole round: invoices, receipts, letters, the month's report."),
        "bill": Entry("month", "Only the invoices that are due, of some jobs or of all."),
        "activity": Entry("month", "A job's work so far, for the client to approve it."),
        "sent": Entry("sent", "Note that a document was sent by hand."),
        "approve": Entry("approving", "Note that the client approved the work of a job."),
        "objected": Entry("approving", "Note that the client objected to an activity report."),
        "credit": Entry("month", "A credit note for an invoice: all of it, lines or an amount."),
        "charge": Entry("charging", "A debit note for the interest and costs that letters claimed."),
        "void": Entry("month", "A credit note for an invoice that should never have been."),
        "quote": Entry("quotes", "Write the quote of a job, or note that it was accepted."),
        "receipt": Entry("account_papers", "The receipts that are missing for what was paid of an invoice."),
        "statement": Entry("account_papers", "A client's account: what is open, or all that happened."),
        "queue": Entry("queueing", "Put documents that were issued into the outbox, to be sent."),
        "send": Entry("sending", "Send the e-mails that wait in the outbox."),
        "remind": Entry("month", "Only the letters that are due."),
        "letter": Entry("letters", "Any template as a letter: a welcome, new prices, thanks."),
        "dossier": Entry("dossier", "A case for a lawyer: the demand and all evidence, in one PDF."),
    },
    "Look": {
        "aging": Entry("look", "Who owes what, and since when."),
        "clients": Entry("prospects", "Who pays how late, with a grade and its reasons: clients score."),
        "forecast": Entry("prospects", "Money to come, by how late each client is used to pay."),
        "jobs": Entry("earnings", "What jobs, clients or products earned, by the hour: jobs margin."),
        "stock": Entry("goods", "What is left of each product, set aside, and to reorder."),
        "list": Entry("look", "List clients, jobs, documents, payments, diary or outbox."),
        "show": Entry("look", "Show a client, a job or a document."),
        "report": Entry("report", "The month as one page: to bill, issued, paid, aging, taxes."),
        "simulate": Entry("simulating", "Which letters another ladder would have written."),
        "open": Entry("opening", "A document's PDF, in the viewer of this machine."),
        "explain": Entry("look", "Why each figure is what it is, and the line it comes from."),
    },
    "The book": {
        "init": Entry("book", "Start a new book, or copy an example."),
        "check": Entry("book", "Everything that is wrong with the book, all at once."),
        "preview": Entry("preview", "Any document from its template, on sample or real data."),
        "templates": Entry("templating", "List templates, copy one to edit (eject), or check them."),
        "render": Entry("book", "Make a document's Markdown and PDF again from its record."),
    },
}
COMMANDS = {name: entry for panel in PANELS.values() for name, entry in panel.items()}
