"""What was billed for a job so far, as it counts against a cap: in the terms in which the job's prices are written.

Of an invoice that gathers jobs only the job's own lines count. Loyalty and early payment make no room.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from facturar.model.invoice import Invoice, InvoiceLine
from facturar.model.money import ZERO, rounded
from facturar.rules.crediting import credited_nets
from facturar.rules.loyalty import loyalty_of


def _with_vat(lines: Sequence[InvoiceLine], record: Invoice) -> Decimal:
    """Lines with their VAT, as they were priced; surcharges come on top of a price that includes tax.

    By price, as nets are rounded: 4 h at 50.00 are 200.00, whichever line took the cents; discounts are known net.
    """
    percents = {tax.code: tax.percent for tax in record.taxes if tax.kind == "vat"}
    nets = (line.quantity * line.price - (line.discount or ZERO) for line in lines)
    rates = (sum((percents.get(code, ZERO) for code in line.taxes), ZERO) for line in lines)
    gross = (rounded(net * (100 + rate) / 100, record.currency) for net, rate in zip(nets, rates, strict=True))
    return sum(gross, ZERO)


def _exactly(record: Invoice, *, with_tax: bool) -> Decimal:
    """All of a record, as it adds up."""
    vat = sum((tax.amount for tax in record.taxes if tax.kind == "vat"), ZERO) if with_tax else ZERO
    return sum((line.net for line in record.lines), vat)


def _share(job: str, record: Invoice, *, with_tax: bool) -> Decimal:
    """The job's part of a record: all of it, if it is of that job alone."""
    if len(record.job) == 1:
        return _exactly(record, with_tax=with_tax)
    own = [line for line in record.lines if line.job == job]
    return _with_vat(own, record) if with_tax else sum((line.net for line in own), ZERO)


def _part_of(amount: Decimal, own: Decimal, whole: Decimal, currency: str) -> Decimal:
    return rounded(amount * own / whole, currency) if whole else ZERO


def _charged(job: str, record: Invoice, corrected: Mapping[str, Invoice], *, with_tax: bool) -> Decimal:
    """The job's part of a record; a credit note over an amount is shared as its invoice is."""
    invoice = corrected.get(record.corrects or "")
    if len(record.job) > 1 and invoice and not any(line.job for line in record.lines):
        own, whole = _share(job, invoice, with_tax=with_tax), _exactly(invoice, with_tax=with_tax)
        return _part_of(_exactly(record, with_tax=with_tax), own, whole, record.currency)
    return _share(job, record, with_tax=with_tax)


def _before_discounts(record: Invoice) -> tuple[InvoiceLine, ...]:
    gross = ((line, rounded(line.quantity * line.price, record.currency)) for line in record.lines)
    return tuple(line.model_copy(update={"discount": None, "net": net}) for line, net in gross)


def _thanked(job: str, record: Invoice, *, with_tax: bool) -> Decimal:
    """The job's part of what loyalty took off a record, in proportion to what is left of its lines.

    Where it left nothing, in proportion to what they would be without discounts.
    """
    given = loyalty_of(record)
    if given is None:
        return ZERO
    if whole := _exactly(record, with_tax=False):
        return _part_of(given.amount, _share(job, record, with_tax=with_tax), whole, record.currency)
    lines = _before_discounts(record)
    own = [line for line in lines if len(record.job) == 1 or line.job == job]
    share = _with_vat(own, record) if with_tax else sum((line.net for line in own), ZERO)
    return _part_of(given.amount, share, sum((line.net for line in lines), ZERO), record.currency)


def charged_for(job: str, records: Sequence[Invoice], *, with_tax: bool) -> Decimal:
    """What the records of a job charge for it in all, net or with VAT; what was taken back counts no more."""
    credited = credited_nets(records)
    by_number = {record.number: record for record in records}
    total = ZERO
    for record in records:
        if not record.pays_early:
            total += _charged(job, record, by_number, with_tax=with_tax)
            back = credited.get(record.number)
            if back is None or back < record.totals.net:
                total += _thanked(job, record, with_tax=with_tax)
    return total
