"""What a month's report shows, as finished strings: the values that its template may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from facturar.documents.aging_text import AgingText


@dataclass(frozen=True)
class ToBillText:
    """What is due to be billed; `amount` is empty when it is held back."""

    client: str
    title: str
    amount: str


@dataclass(frozen=True)
class IssuedText:
    """An invoice issued in the month."""

    number: str
    client: str
    day: str
    due: str
    amount: str


@dataclass(frozen=True)
class CollectedText:
    """A payment received in the month, and the invoice it named."""

    day: str
    client: str
    number: str
    amount: str


@dataclass(frozen=True)
class ExchangedText:
    """What came in in another currency than it settled; `difference` is empty where it is not known."""

    day: str
    client: str
    number: str
    amount: str
    received: str
    difference: str


@dataclass(frozen=True)
class IncomeMonthText:
    """What was invoiced and collected in a month, each with its bar."""

    month: str
    invoiced: str
    invoiced_bar: str
    collected: str
    collected_bar: str


@dataclass(frozen=True)
class IncomeText:
    """The months of one currency."""

    currency: str
    months: tuple[IncomeMonthText, ...]


@dataclass(frozen=True)
class PayerText:
    """A client who pays late: of how many invoices, the median days to payment and the days late, with their bar."""

    client: str
    invoices: str
    to_pay: str
    late: str
    bar: str


@dataclass(frozen=True)
class QuarterTaxText:
    """A tax of the quarter; a withholding has a minus."""

    name: str
    base: str
    amount: str


@dataclass(frozen=True)
class QuarterText:
    """The taxes of the quarter from its first day to the report's."""

    number: str
    year: str
    since: str
    taxes: tuple[QuarterTaxText, ...]


@dataclass(frozen=True)
class PendingText:
    """A promise, a promise that was broken, a dispute or a case handed over; what does not apply is empty."""

    kind: Literal["promise", "broken", "dispute", "handover"]
    client: str
    number: str
    day: str
    amount: str
    to: str


@dataclass(frozen=True)
class ReportContext:
    """All that the report's template may use. `ended` says that the month is over."""

    business: str
    month: str
    day: str
    ended: bool
    invoiced: tuple[str, ...]
    collected: tuple[str, ...]
    owed: tuple[str, ...]
    to_bill: tuple[ToBillText, ...]
    aging: AgingText
    issued: tuple[IssuedText, ...]
    payments: tuple[CollectedText, ...]
    income: tuple[IncomeText, ...]
    payers: tuple[PayerText, ...]
    on_time: bool
    quarter: QuarterText
    pending: tuple[PendingText, ...]
    exchanged: tuple[ExchangedText, ...]
    differences: tuple[str, ...]
