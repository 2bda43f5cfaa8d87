"""Why each tax of an invoice is what it is: its code and who chose it, its rate with its day and law, its base."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.dated import PercentSince, in_force
from facturar.model.invoice import Invoice, InvoiceLine, TaxAmount
from facturar.model.money import ZERO, rounded
from facturar.problems import KeyPath
from facturar.rules.origins import Paths
from facturar.views.explaining.derivation import Again, Pair, day_of_supply, paired
from facturar.views.explaining.reason import Reason, changed, owner_of


@dataclass(frozen=True)
class Code:
    """A tax code as the book or its regime has it: where, its rates, its law, and what it is a percentage of."""

    path: KeyPath
    rates: tuple[PercentSince, ...]
    source: str
    of: str = "net"


def code_of(name: str, book: Book) -> Code | None:
    """The code of a name, the book's own before the regime's; None for one that is gone."""
    if own := book.settings.tax_codes.get(name):
        return Code(("settings", "tax_codes", name), own.percent, "")
    if tax := book.regime.taxes.get(name):
        return Code(("regime", "taxes", name), tax.percent, tax.source or "", tax.of)
    return None


def tax_reasons(record: Invoice, found: Again, book: Book) -> Iterator[Reason]:
    """A reason for each tax of the record."""
    day = record.issued if record.corrects else day_of_supply(record, found)
    pairs, _ = paired(record, found)
    for tax in record.taxes:
        numbers = _bearing(tax, record)
        parts = [*_rate(tax, day, record, book), *_chosen(tax, numbers, record, found, pairs)]
        yield Reason(
            f"tax {tax.code}", tax.amount, f"{tax.label}: {_computed(tax, numbers, record, book)}", parts=tuple(parts)
        )


def _combination(line: InvoiceLine, record: Invoice) -> tuple[str, ...]:
    withheld = {tax.code for tax in record.taxes if tax.kind == "withholding"}
    return tuple(code for code in line.taxes if code not in withheld)


def _bearing(tax: TaxAmount, record: Invoice) -> list[int]:
    """The lines that a tax is on, by their numbers; VAT has a base for each combination of codes."""
    own = [(i, line) for i, line in enumerate(record.lines, start=1) if tax.code in line.taxes]
    if tax.kind in ("vat", "exempt"):
        for combination in dict.fromkeys(_combination(line, record) for _, line in own):
            together = [(i, line) for i, line in own if _combination(line, record) == combination]
            if sum((line.net for _, line in together), ZERO) == tax.base:
                return [i for i, _ in together]
    return [i for i, _ in own]


def _computed(tax: TaxAmount, numbers: list[int], record: Invoice, book: Book) -> str:
    code = code_of(tax.code, book)
    lines = f"line{'s' * (len(numbers) > 1)} {_ranges(numbers)}"
    base = f"the VAT of {lines}" if code and code.of == "vat" else f"the sum of {lines}" if numbers else "its base"
    if tax.kind == "exempt":
        return f"nothing on {tax.base}, {base}"
    plain = rounded(tax.base * tax.percent / 100, record.currency)
    how = ", rounded once" if tax.amount == plain else f": {tax.amount}, so that base and tax come to what was charged"
    return f"{tax.percent.normalize():f}% of {tax.base}, {base}{how}"


def _ranges(numbers: list[int]) -> str:
    """1, 2, 3, 5 as `1 to 3, 5`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


def _rate(tax: TaxAmount, day: date, record: Invoice, book: Book) -> Iterator[Reason]:
    """The rate in force on the day of supply, and whether the file says otherwise now."""
    code = code_of(tax.code, book)
    if code is None:
        yield Reason(
            "rate", _percent(tax.percent), "as recorded: neither the book nor its regime has this code any more"
        )
        return
    rate = in_force(code.rates, day)
    if rate is None:
        if tax.kind == "exempt" or not tax.percent:
            yield Reason("code", tax.code, "a base without tax", code.source, (code.path,))
        else:
            yield Reason("rate", _percent(tax.percent), f"as recorded: the code has no rate on {day}", at=(code.path,))
        return
    path: KeyPath = (
        (*code.path, "percent", code.rates.index(rate)) if rate.since > date.min else (*code.path, "percent")
    )
    if rate.percent != tax.percent:
        if record.corrects:
            yield Reason(
                "rate", _percent(tax.percent), f"as {record.corrects} charged it", at=(("invoices", record.corrects),)
            )
        else:
            yield Reason(
                "rate",
                _percent(tax.percent),
                f"as recorded for {day}",
                parts=(changed(f"the rate of that day is {_percent(rate.percent)} now", (path,)),),
            )
        return
    since = f"since {rate.since}" if rate.since > date.min else "at any time"
    supply = f", in force on {day}" if day != record.issued else ""
    yield Reason("rate", _percent(rate.percent), since + supply, rate.source or code.source, (path,))


def _percent(percent: Decimal) -> str:
    return f"{percent.normalize():f}%"


def _chosen(
    tax: TaxAmount, numbers: list[int], record: Invoice, found: Again, pairs: Sequence[Pair]
) -> Iterator[Reason]:
    """Who chose the code, for which lines."""
    by: dict[Paths, list[int]] = {}
    for index, (_, match) in enumerate(pairs, start=1):
        if match and index in numbers and tax.code in match[1].taxes:
            by.setdefault(match[1].origin.taxes, []).append(index)
    for paths, lines in by.items():
        owners = " and ".join(dict.fromkeys(owner_of(path) for path in paths))
        which = f", for line{'s' * (len(lines) > 1)} {_ranges(lines)}" if len(by) > 1 else ""
        yield Reason("chosen", because=f"by {owners}{which}", at=paths)
    if not by:
        because = (
            f"as {record.corrects} has it" if record.corrects else found.why_not if not found.order else "as recorded"
        )
        yield Reason("chosen", because=because, at=(("invoices", record.corrects, "taxes"),) if record.corrects else ())
