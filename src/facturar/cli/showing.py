"""One client, job or document, as a person reads it or as data."""

from __future__ import annotations

import os
import sys

from facturar.cli.carry_out import client_template, documents_of, press_for
from facturar.cli.exchange_words import difference_told, exchanged_facts
from facturar.cli.output import Column, Format, Table, print_json, print_table
from facturar.cli.session import Opened
from facturar.model.invoice import Invoice
from facturar.model.plain import plain
from facturar.model.quote import Quote
from facturar.model.record import Record, mail_name
from facturar.problems import UsageError, did_you_mean
from facturar.rules.exchange_difference import Exchanged, all_exchanged
from facturar.views.payment_state import payment_states
from facturar.views.quote_state import quote_states


def _received(number: str, found: Opened) -> tuple[Exchanged, ...]:
    """What came in for an invoice in another currency, by payments that name it."""
    return tuple(
        part for part in all_exchanged(found.book) if part.invoice == number and part.payment.date <= found.today
    )


def _record_facts(record: Record, found: Opened) -> dict[str, object]:
    """The record and the day on which it was sent; of an invoice also what is paid, open and came in; and its state."""
    facts: dict[str, object] = dict(plain(record))
    if isinstance(record, Invoice) and (state := payment_states(found.book, found.today).get(record.number)):
        discount = {"discount": state.discount} if state.discount else {}
        facts |= {"paid": state.paid, **discount, "open": state.open, "status": state.status}
        if parts := _received(record.number, found):
            facts["received"] = exchanged_facts(parts)
    if isinstance(record, Quote) and (standing := quote_states(found.book, found.today).get(record.number)):
        facts |= {"paid": standing.paid} if standing.paid is not None else {}
        facts |= {"status": standing.status}
    if sent := found.book.mailed.get(mail_name(record, found.book.settings.currency)):
        facts["sent"] = sent
    return facts


def _as_written(part: str, name: str, found: Opened) -> dict[str, object]:
    """An entry with the words that stand in its file."""
    from facturar.store.yaml_text import load

    home = found.sources.home((part, name))
    assert home, "an entry that was read has its file"
    data: object = load(found.sources.text(home.file).removeprefix("\ufeff"), home.file)
    for step in home.path:
        data = data[step] if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}


def _entry_facts(name: str, found: Opened) -> dict[str, object] | None:
    """A client or a job as it is written; of a client also its jobs, and of both their invoices."""
    book = found.book
    if name in book.clients:
        jobs = [job_id for job_id, job in book.jobs.items() if job.client == name]
        invoices = [invoice.number for invoice in book.invoices if invoice.client == name]
        from facturar.cli.client_screen import client_facts

        facts = client_facts(name, found)
        return {"id": name, **_as_written("clients", name, found), "jobs": jobs, "invoices": invoices, **facts}
    if name in book.jobs:
        invoices = [invoice.number for invoice in book.invoices if name in invoice.job]
        quotes = [quote.number for quote in book.quotes if quote.job == name]
        quoted = {"quotes": quotes} if quotes else {}
        return {"id": name, **_as_written("jobs", name, found), **quoted, "invoices": invoices}
    return None


def _lines(value: object, indent: str = "") -> list[str]:
    """Nested data as indented lines."""
    found = []
    items = (
        value.items() if isinstance(value, dict) else [("-", item) for item in value] if isinstance(value, list) else []
    )
    for key, item in items:
        head = f"{indent}{key}" if key == "-" else f"{indent}{key}:"
        if isinstance(item, dict | list) and item:
            found += [head, *_lines(item, indent + "  ")]
        else:
            found.append(f"{head} {'' if item is None or isinstance(item, dict | list) else item}".rstrip())
    return found


def _on_screen(record: Record, facts: dict[str, object], found: Opened) -> None:
    """The document as it reads, then what is paid."""
    from rich.console import Console

    from facturar.documents.terminal import WIDTH

    press = press_for(found)
    console = Console(no_color=bool(os.environ.get("NO_COLOR")), width=WIDTH)
    console.print(press.preview(press.markdown(record, client_template(record, found.book))))
    if "status" in facts:
        sums = [f"{word} {facts[word]}" for word in ("paid", "discount", "open") if word in facts]
        console.print(": ".join([str(facts["status"]), *filter(None, [", ".join(sums)])]), highlight=False)
    if "sent" in facts:
        console.print(f"sent on {facts['sent']}", highlight=False)
    for part in _received(record.number, found) if isinstance(record, Invoice) else ():
        console.print(f"{part.payment.date}: {difference_told(part)}", highlight=False)


def show_anything(name: str, found: Opened, form: Format) -> None:
    """Whatever has this name, on stdout. Raises UsageError when nothing has it."""
    records = documents_of(found.book)
    record = records.get(name)
    facts = _record_facts(record, found) if record else _entry_facts(name, found)
    if facts is None:
        raise UsageError(
            f"nothing is called '{name}'", did_you_mean(name, [*found.book.clients, *found.book.jobs, *records])
        )
    if form is Format.json:
        print_json(facts)
    elif form is Format.md and record:
        sys.stdout.write(press_for(found).markdown(record, client_template(record, found.book)))
    elif form is Format.table and record:
        _on_screen(record, facts, found)
    elif form is Format.table and name in found.book.clients:
        from facturar.cli.client_screen import print_client

        print_client(name, found)
    elif form is Format.table:
        sys.stdout.write("\n".join(_lines(facts)) + "\n")
    else:
        rows = [(key, value) for key, value in facts.items() if not isinstance(value, dict | list)]
        print_table(Table([Column("Key", "key"), Column("Value", "value")], rows), form)
