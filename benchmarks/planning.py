"""How planning grows with the book: its time alone, over a book that is in memory already.

The book has 200 running jobs of all kinds that run on, each with as many months behind it as make up the number of
invoices, and hours, payments and calls with them. The aims: below a second over 10,000 invoices, and ten times the
history takes at most eleven times the time. It is the processor's time, so that a busy machine counts less. The
history is issued by facturar's own rules and then dated back, so its seals don't fit: planning reads none.

Beside it the letters of a day on which a tenth of all invoices, of all the years, is overdue and paid in part, and each
letter claims the interest of every day: no more than 100 ms a letter.

`python benchmarks/planning.py 1000 10000 100000` takes other sizes; `--profile 10000` shows where the time goes.
"""

from __future__ import annotations

import cProfile
import gc
import pstats
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from facturar.model.book import Book
from facturar.model.client import Client
from facturar.model.diary import DiaryEntry
from facturar.model.invoice import Due, Invoice
from facturar.model.job import Job
from facturar.model.money import rounded
from facturar.model.payment import Payment
from facturar.model.receipt import Receipt
from facturar.model.settings import Settings
from facturar.plan.invoices import plan_invoices
from facturar.plan.letters import plan_letters
from facturar.plan.month import carried_out, plan_month
from facturar.rules.periods import add_months
from facturar.store.regimes import shipped_regime

SIZES = (1_000, 10_000)
JOBS = 200
ROUNDS = 3
AIM, GROWTH, A_LETTER = 1.0, 11.0, 0.1
NOW = date(2026, 12, 1)
ADDRESS = {"street": "Calle Mayor 12", "postcode": "28013", "city": "Madrid", "country": "ES"}
SETTINGS = {
    "business": {"name": "Lucía Luna Pérez", "tax_id": "12345678Z", "address": ADDRESS},
    "regime": "es",
    "language": "es",
    "currency": "EUR",
    "timezone": "Europe/Madrid",
    "taxes": ["iva", "irpf"],
    "numbering": {"invoice": "F-{year}-{seq:05d}", "credit_note": "R-{year}-{seq:04d}"},
}


def job_of(number: int, starts: date) -> dict[str, object]:
    """A job that runs: by the month, by the hour, with a fee that includes hours."""
    kind = ("recurring", "recurring", "hourly", "retainer")[number % 4]
    span = {"kind": kind, "every": "month", "starts": starts}
    lines = [{"text": "Cuota", "price": "300"}, {"text": "Cambios", "quantity": "3", "unit": "h", "price": "45.50"}]
    match kind:
        case "recurring":
            return {"agreement": {**span, "in": "arrears" if number % 8 else "advance"}, "lines": lines}
        case "hourly":
            return {"agreement": {**span, "rate": "60"}, "work": list(work_since(starts, 6)), "annexes": ["work"]}
        case _:
            fees = {"fee": "900", "hours": "10", "extra_rate": "95", "rollover": 1}
            return {"agreement": {**span, **fees}, "work": list(work_since(starts, 4))}


def work_since(starts: date, a_month: int) -> Iterator[dict[str, object]]:
    day = starts
    while day < NOW:
        for index in range(a_month):
            yield {"date": day + timedelta(days=4 * index), "hours": "3.5", "note": "Diseño"}
        day = add_months(day, 1)


def dated_back(invoice: Invoice, numbers: Counter[int]) -> Invoice:
    """The invoice as if no run had been missed: issued when its period was over, due a month later."""
    assert invoice.period
    issued = min(add_months(invoice.period.first, 1), NOW - timedelta(days=1))
    numbers[issued.year] += 1
    due = Due(date=issued + timedelta(days=30), amount=invoice.totals.payable)
    number = f"F-{issued.year}-{numbers[issued.year]:05d}"
    return invoice.model_copy(update={"number": number, "issued": issued, "due": (due,)})


def payments_of(invoices: tuple[Invoice, ...]) -> tuple[Payment, ...]:
    """Nine of ten invoices paid on their due day, half of them by their number."""
    return tuple(
        Payment(
            date=invoice.due[0].date,
            client=invoice.client,
            amount=invoice.totals.payable,
            invoice=invoice.number if index % 2 else None,
        )
        for index, invoice in enumerate(invoices)
        if index % 10
    )


def book_of(invoices: int) -> Book:
    """A book with that many issued invoices, on the day on which the next month's are due."""
    starts = add_months(NOW, -(invoices // JOBS))
    clients = {
        f"c{n}": {"name": f"Cliente {n}", "tax_id": "B12345674", "address": ADDRESS, **series_of(n)}
        for n in range(JOBS // 2)
    }
    jobs = {f"j{n}": {"client": f"c{n // 2}", "title": "Encargo", **job_of(n, starts)} for n in range(JOBS)}
    bare = Book(
        settings=Settings.model_validate(SETTINGS),
        regime=shipped_regime("es"),
        clients={name: Client.model_validate(client) for name, client in clients.items()},
        jobs={name: Job.model_validate(job) for name, job in jobs.items()},
    )
    issued = carried_out(bare, plan_invoices(bare, NOW - timedelta(days=1))).invoices
    numbers: Counter[int] = Counter()
    history = tuple(dated_back(invoice, numbers) for invoice in sorted(issued, key=begun))
    calls = tuple(
        DiaryEntry(date=invoice.issued, client=invoice.client, kind="call", note="Pagan el viernes.")
        for invoice in history[::5]
    )
    months = {f"{invoice.issued:%Y-%m}" for invoice in history}
    payments = payments_of(history)
    receipts = tuple(map(receipt_of, payments))
    return replace(bare, invoices=history, payments=payments, receipts=receipts, diary=calls, reports=frozenset(months))


def overdue(book: Book) -> Book:
    """The book when a tenth of its invoices is overdue, a third of each paid late, and the letters claim interest."""
    late = {invoice.number for invoice in Random(1).sample(book.invoices, len(book.invoices) // 10)}
    payments = []
    for invoice in book.invoices:
        due, part = invoice.due[0].date, invoice.number in late
        paid = rounded(invoice.totals.payable / 3, invoice.currency) if part else invoice.totals.payable
        day = due + timedelta(days=40) if part else due
        payments.append(Payment(date=day, client=invoice.client, amount=paid, invoice=invoice.number))
    step = {"name": "formal", "when": "30 days", "charge": ["compensation", "interest"]}
    settings = Settings.model_validate({**SETTINGS, "reminders": {"catch_up": "highest", "steps": [step]}})
    return replace(book, settings=settings, payments=tuple(payments))


def seconds_a_letter(book: Book) -> float:
    """The time that each letter of a day takes, if every client gets one."""
    began = time.process_time()
    letters = plan_letters(book, NOW).actions
    assert letters, "who is overdue gets a letter"
    return (time.process_time() - began) / len(letters)


def receipt_of(payment: Payment) -> Receipt:
    """What is looked at of the receipt of a payment."""
    facts = {"sequence": None, "currency": SETTINGS["currency"], "reference": payment.reference, "invoices": ()}
    return Receipt.model_construct(client=payment.client, date=payment.date, amount=payment.amount, **facts)


def begun(invoice: Invoice) -> date:
    """The first day of what it bills."""
    assert invoice.period
    return invoice.period.first


def series_of(number: int) -> dict[str, str]:
    """Every tenth client has numbers of their own."""
    return {"series": f"C{number}-{{year}}-{{seq:03d}}"} if number % 10 == 0 else {}


def seconds(book: Book) -> float:
    """The middle time of some plans of the whole month."""
    took = []
    for _ in range(ROUNDS):
        began = time.process_time()
        plan = plan_month(book, NOW)
        took.append(time.process_time() - began)
        assert len(plan.actions) > JOBS / 2, "on this day the running jobs are billed"
    return statistics.median(took)


def profiled(size: int) -> None:
    book = book_of(size)
    gc.freeze()
    with cProfile.Profile() as profile:
        plan_month(book, NOW)
    pstats.Stats(profile).sort_stats("cumulative").print_stats(40)


def main() -> None:
    if sys.argv[1:2] == ["--profile"]:
        profiled(int(sys.argv[2]))
        return
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    found, letters = {}, {}
    for size in sizes:
        book = book_of(size)
        gc.freeze()  # as reading a book does
        found[size], letters[size] = seconds(book), seconds_a_letter(overdue(book))
        rate = found[size] / len(book.invoices) * 1e6
        print(f"{len(book.invoices):7} invoices, {JOBS} jobs: plan {found[size] * 1000:8.0f} ms {rate:6.0f} µs each")
        print(f"{'':7} a tenth overdue: {letters[size] * 1000:6.1f} ms a letter with its interest")
    grows = [(large, found[large] / found[small], large / small) for small, large in pairwise(sizes)]
    for size, times, history in grows:
        print(f"{history:.0f} times the history, to {size}: {times:.1f} times the time")
    prompt = all(each <= A_LETTER for size, each in letters.items() if size <= SIZES[-1])
    quick = all(took <= AIM for size, took in found.items() if size <= SIZES[-1])
    linear = all(times <= GROWTH * history / 10 for _, times, history in grows)
    print(
        f"below {AIM:.0f} s at {SIZES[-1]}: {'yes' if quick else 'NO'}; linear: {'yes' if linear else 'NO'}; ", end=""
    )
    print(f"below {A_LETTER * 1000:.0f} ms a letter: {'yes' if prompt else 'NO'}")
    sys.exit(not (quick and linear and prompt))


if __name__ == "__main__":
    main()
