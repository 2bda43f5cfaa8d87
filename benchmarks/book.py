"""How a book of some size is carried: reading, checking, planning, aging, margins, and the whole commands.

The book is made by facturar's own rules: clients with a monthly job each, some of them late with paying. Its PDFs are
empty files, since nothing here reads them. Takes the number of invoices: `python benchmarks/book.py 2000`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.model.letter import Letter
from facturar.plan.month import carried_out, plan_month
from facturar.rules.checks import check_book
from facturar.store.layout import record_path, report
from facturar.store.reading import read_book
from facturar.store.record_text import record_text
from facturar.views.aging import aging
from facturar.views.costing import Scope
from facturar.views.margin import margins

INVOICES = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
MONTHS = 24
CLIENTS = max(INVOICES // MONTHS, 1)
FIRST = date(2024, 12, 1)
TODAY = date(2026, 11, 30)
ResultT = TypeVar("ResultT")

SETTINGS = """
business:
  name: Lucía Luna Pérez
  tax_id: 12345678Z
  address: {street: Calle Mayor 12, postcode: 28013, city: Madrid, country: ES}
regime: es
language: es
currency: EUR
timezone: Europe/Madrid
taxes: [iva, irpf]
"""
CLIENT = """
client-{n}:
  name: Cliente número {n}, S.L.
  tax_id: {tax_id}
  address: {{street: Calle {n}, postcode: 28013, city: Madrid, country: ES}}
"""
JOB = """
job-{n}:
  client: client-{n}
  title: Mantenimiento
  agreement: {{kind: recurring, every: month, starts: 2024-12-01}}
  lines:
    - {{text: Cuota, price: {price}}}
    - {{text: Copias y pequeños cambios, quantity: 3, unit: h, price: 45.50}}
"""


def tax_id(number: int) -> str:
    """A tax id of Spain: eight digits and the letter that checks them."""
    return f"{number:08}{'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23]}"


def month_firsts() -> list[date]:
    days = [FIRST]
    while len(days) < MONTHS:
        days.append((days[-1] + timedelta(days=31)).replace(day=1))
    return days


def write_ledgers(folder: Path) -> None:
    (folder / "facturar.yaml").write_text(SETTINGS, "utf-8")
    (folder / "clients.yaml").write_text("".join(CLIENT.format(n=n, tax_id=tax_id(n)) for n in range(CLIENTS)), "utf-8")
    (folder / "jobs.yaml").write_text("".join(JOB.format(n=n, price=300 + n % 7) for n in range(CLIENTS)), "utf-8")


def payments_of(book: Book) -> str:
    """Nine of ten invoices paid on their due day, each with its number."""
    paid = [invoice for i, invoice in enumerate(book.invoices) if i % 10]
    return "".join(
        f"- {{date: {i.due[0].date}, client: {i.client}, amount: {i.totals.payable}, invoice: {i.number}}}\n"
        for i in paid
    )


def write_book(folder: Path) -> int:
    """The book with its past; the number of records."""
    write_ledgers(folder)
    book = read_book(folder).book
    assert book
    for day in month_firsts():
        book = carried_out(book, plan_month(book, day))
    records: list[Invoice | Letter] = [*book.invoices, *book.letters]
    for record in records:
        write_record(folder / record_path(record, "EUR"), record)
    for month in book.reports:
        paths = report(month)
        (folder / paths.markdown).parent.mkdir(exist_ok=True)
        (folder / paths.markdown).touch()
        (folder / paths.pdf).touch()
    (folder / "payments.yaml").write_text(payments_of(book), "utf-8")
    return len(records)


def write_record(path: Path, record: Invoice | Letter) -> None:
    """The record, and empty faces beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(record_text(record), "utf-8")
    path.with_suffix(".md").touch()
    path.with_suffix(".pdf").touch()


def timed(what: str, work: Callable[[], ResultT], records: int) -> ResultT:
    began = time.perf_counter()
    result = work()
    took = time.perf_counter() - began
    print(f"{what:24} {took * 1000:8.0f} ms {took / records * 1e6:8.0f} µs a record")
    return result


def command(folder: Path, *arguments: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1] / "src")}
    program = "from facturar.cli import main; main()"
    line = [sys.executable, "-c", program, "-C", str(folder), "--today", str(TODAY), *arguments]
    subprocess.run(line, env=environment, capture_output=True, check=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        records = write_book(folder)
        print(f"{records} records of {CLIENTS} clients over {MONTHS} months")
        book = timed("read", lambda: read_book(folder), records).book
        assert book
        problems = timed("check", lambda: check_book(book, TODAY), records)
        assert not problems, problems[:3]
        timed("plan", lambda: plan_month(book, TODAY), records)
        timed("aging", lambda: aging(book, TODAY), records)
        timed("margin", lambda: margins(book, Scope(date.min, TODAY), "job"), records)
        for word in ("check", "plan", "aging", "status"):
            timed(f"facturar {word}", partial(command, folder, word), records)


if __name__ == "__main__":
    main()
