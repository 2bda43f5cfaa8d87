"""Who pays how, and what money is to come: clients score, forecast."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from facturar.cli.charts import print_chart
from facturar.cli.completion import client_ids
from facturar.cli.output import Column, Customs, Format, FormatOption, Table, customs_of, figure_of, print_table, say
from facturar.cli.session import day, opened, session_of
from facturar.cli.words import known
from facturar.problems import UsageError

if TYPE_CHECKING:
    from facturar.plan.forecast import Expected, Forecast, Period
    from facturar.rules.grading import Score

_MOST = 120


class ClientsView(StrEnum):
    """What is told of clients."""

    score = "score"


class Every(StrEnum):
    """The length of a forecast's periods."""

    week = "week"
    month = "month"


_SCORE = (
    Column("Client", "client", whole=True),
    Column("", "grade"),
    Column("Settled", "invoices", right=True),
    Column("Days to pay", "to_pay", right=True),
    Column("Late", "late", right=True),
    Column("% late", "late_share", right=True),
    Column("Kept", "kept", right=True, optional=True),
    Column("", "reasons"),
)


def score_facts(score: Score) -> dict[str, object]:
    """A client's score as JSON gives it."""
    return {
        "client": score.client,
        "grade": score.grade,
        "reasons": list(score.reasons),
        "invoices": score.invoices,
        "to_pay": score.to_pay,
        "late": score.late,
        "late_share": score.late_share,
        "promises": {"kept": score.promises.kept, "made": score.promises.made},
        "overdue": score.overdue,
        "oldest": score.oldest,
        "handed_to": score.handed_to,
    }


def _score_row(score: Score, form: Format) -> tuple[object, ...]:
    made = score.promises.made
    kept = f"{score.promises.kept}/{made}" if made else None
    grade = score.grade or (None if form is Format.csv else "–")
    figures = (score.invoices, score.to_pay, score.late, score.late_share)
    told = score.reasons if form is Format.csv else score.notes
    return (score.client, grade, *figures, kept, "; ".join(told))


def clients(
    ctx: typer.Context,
    what: Annotated[ClientsView, typer.Argument(help="score: how late each client pays, with a grade from A to E.")],
    client: Annotated[str | None, typer.Option(help="Only this client.", autocompletion=client_ids)] = None,
    since: Annotated[str | None, typer.Option(help="By what was settled from this day on; else in two years.")] = None,
    form: FormatOption = Format.table,
) -> None:
    """Who pays how late, with a grade and its reasons: clients score."""
    from facturar.rules.grading import kept_promises, scores
    from facturar.rules.promises import all_promises

    session = session_of(ctx)
    found = opened(session)
    if client is not None:
        known(client, found.book.clients, "client")
    first = day(since, "--since") if since else None
    match what:
        case ClientsView.score:
            kept = kept_promises(all_promises(found.book, found.today))
            told = scores(found.book, found.today, kept, since=first)
    own = [score for score in told.values() if client in (None, score.client)]
    if not own and form is Format.table:
        say("Nobody was billed yet.", quiet=session.quiet)
        return
    rows = [_score_row(score, form) for score in sorted(own, key=lambda score: (score.grade or "~", score.client))]
    print_table(Table(_SCORE, rows), form, customs_of(found.book), as_json=[score_facts(score) for score in own])


_PERIOD = [
    Column("From", "from"),
    Column("To", "to"),
    Column("", "currency"),
    Column("Expected", "expected", right=True),
    Column("of it to bill", "to_bill", right=True, optional=True),
    Column("By due date", "due", right=True),
]
_ITEM = [
    Column("Expected", "on"),
    Column("Due", "due"),
    Column("Client", "client", whole=True),
    Column("What", "what"),
    Column("", "currency"),
    Column("Amount", "amount", right=True),
    Column("By", "habit"),
    Column("", "apart"),
]


def _blank(amount: Decimal, form: Format) -> Decimal | None:
    return amount if form is Format.csv else amount or None


def _period_row(period: Period, form: Format) -> tuple[object, ...]:
    amounts = (_blank(amount, form) for amount in (period.expected, period.to_bill, period.due))
    first = period.first or (None if form is Format.csv else "overdue")
    return (first, period.last if period.first or form is Format.csv else None, period.currency, *amounts)


def _item_row(item: Expected) -> tuple[object, ...]:
    what = item.number or ", ".join(item.jobs)
    habit = item.habit if item.on else None
    return (item.on, item.due, item.client, what, item.currency, item.amount, habit, item.apart)


def _item_facts(item: Expected) -> dict[str, object]:
    return {**vars(item), "jobs": list(item.jobs)}


def _sums_apart(found: Forecast) -> list[tuple[str, str, Decimal]]:
    """What stands in no period: why, the currency, and how much."""
    sums: dict[tuple[str, str], Decimal] = {}
    for item in found.items:
        if item.apart:
            key = (item.apart, item.currency)
            sums[key] = sums.get(key, Decimal(0)) + item.amount
    return [(why, currency, amount) for (why, currency), amount in sorted(sums.items())]


def forecast_facts(found: Forecast) -> dict[str, object]:
    """The forecast as JSON gives it."""
    return {
        "today": found.today,
        "until": found.until,
        "periods": [
            {
                "from": period.first,
                "to": period.last,
                "currency": period.currency,
                "expected": period.expected,
                "to_bill": period.to_bill,
                "due": period.due,
            }
            for period in found.periods
        ],
        "apart": [{"why": why, "currency": code, "amount": amount} for why, code, amount in _sums_apart(found)],
        "items": [_item_facts(item) for item in found.items],
        "held": [{"client": skip.client, "job": skip.job, "reason": skip.reason} for skip in found.held],
    }


_WORDS = {
    "disputed": "in dispute, and left out",
    "handed over": "handed over, and left out",
    "not foreseeable": "later than anybody ever paid: no day can be told",
    "later": "expected later",
}


def _totals(found: Forecast) -> list[tuple[object, ...]]:
    currencies = dict.fromkeys(period.currency for period in found.periods)
    sums = []
    for code in currencies:
        own = [period for period in found.periods if period.currency == code]
        columns: Sequence[Any] = [[p.expected for p in own], [p.to_bill for p in own], [p.due for p in own]]
        sums.append(("total", None, code, *(sum(column) or None for column in columns)))
    return sums


def _chart(found: Forecast, customs: Customs) -> None:
    currencies = list(dict.fromkeys(period.currency for period in found.periods))
    for code in currencies:
        rows = [(str(p.first), p.expected) for p in found.periods if p.currency == code and p.first]
        print_chart(code if len(currencies) > 1 else "", rows, customs, graded=False)


def forecast(
    ctx: typer.Context,
    by: Annotated[Every, typer.Option(help="A row for each week, or each month.")] = Every.week,
    weeks: Annotated[int | None, typer.Option(help="So many weeks; 12 if not given.")] = None,
    months: Annotated[int | None, typer.Option(help="So many months; 6 if not given. By month.")] = None,
    items: Annotated[bool, typer.Option("--items", help="Each payment that is expected, instead of sums.")] = False,
    form: FormatOption = Format.table,
) -> None:
    """Money to come, by how late each client is used to pay."""
    from facturar.plan.forecast import forecast as forecast_of

    session = session_of(ctx)
    if weeks is not None and (months is not None or by is Every.month):
        raise UsageError("--weeks goes by week, and --months by month", "give one of them")
    span = Every.month if months is not None else by
    given = months if months is not None else weeks
    count = given if given is not None else (6 if span is Every.month else 12)
    if not 1 <= count <= _MOST:
        raise UsageError(f"{count} {span.value}s cannot be foreseen", f"give a number from 1 to {_MOST}")
    found = opened(session)
    told = forecast_of(found.book, found.today, span.value, count)
    customs = customs_of(found.book)
    if not told.items and form is Format.table:
        say(f"Nothing is to come until {told.until}.", quiet=session.quiet)
    elif items:
        print_table(Table(_ITEM, [_item_row(item) for item in told.items]), form, customs, as_json=forecast_facts(told))
    else:
        totals = [] if form is Format.csv else _totals(told)
        table = Table(_PERIOD, [_period_row(period, form) for period in told.periods], totals)
        print_table(table, form, customs, as_json=forecast_facts(told))
        if form is Format.table:
            _chart(told, customs)
    if form is Format.table:
        _say_apart(told, customs, quiet=session.quiet)


def _say_apart(found: Forecast, customs: Customs, *, quiet: bool) -> None:
    for why, currency, amount in _sums_apart(found):
        say(f"{figure_of(amount, customs.language)} {currency} {_WORDS[why]}", quiet=quiet)
    for skip in found.held:
        say(f"held, and left out: {skip.job or skip.client}: {skip.reason}", quiet=quiet)
