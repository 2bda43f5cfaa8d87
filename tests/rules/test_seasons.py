"""Seasonal messages: which days say one, in which language, and that the record keeps it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from facturar.model.season import SeasonalMessage
from facturar.plan.credits import plan_credit
from facturar.rules.crediting import Credit
from facturar.rules.seasons import seasonal_message
from tests.book_text import CLIENTS, after_runs, book, issued

CHRISTMAS = "{from: 12-15, until: 01-06, text: {es: Felices fiestas., en: A happy new year.}}"
SUMMER = "{from: 2026-08-01, until: 2026-08-15, text: Cerramos hasta el 15 de agosto.}"
BOTH = f"messages: [{CHRISTMAS}, {SUMMER}]\n"
SAID = {
    "the day before": ("2026-12-14", "es", None),
    "the first day": ("2026-12-15", "es", "Felices fiestas."),
    "over the turn of the year": ("2027-01-01", "es", "Felices fiestas."),
    "the last day": ("2027-01-06", "es", "Felices fiestas."),
    "the day after": ("2027-01-07", "es", None),
    "in the reader's language": ("2030-12-24", "en", "A happy new year."),
    "never in a foreign one": ("2026-12-24", "pt", None),
    "of one year": ("2026-08-15", "es", "Cerramos hasta el 15 de agosto."),
    "one text for every reader": ("2026-08-01", "en", "Cerramos hasta el 15 de agosto."),
    "not of another year": ("2027-08-01", "es", None),
}


@pytest.mark.parametrize(("day", "language", "text"), SAID.values(), ids=SAID)
def test_what_a_day_says(day: str, language: str, text: str | None) -> None:
    assert seasonal_message(book(settings=BOTH), language, date.fromisoformat(day)) == text


@pytest.mark.parametrize(("first", "last"), [("06-01", "08-31"), ("12-15", "01-06"), ("02-29", "02-29")])
def test_a_season_comes_back_every_year(first: str, last: str) -> None:
    message = SeasonalMessage.model_validate({"from": first, "until": last, "text": "x"})
    year = [date(2028, 1, 1) + timedelta(days=n) for n in range(366)]
    held = [day for day in year if message.holds(day)]
    assert f"{held[0]:%m-%d}" in (first, "01-01")
    assert all(message.holds(day.replace(year=2032)) for day in held)
    assert message.holds(date.fromisoformat(f"2028-{first}"))
    assert message.holds(date.fromisoformat(f"2028-{last}"))


REFUSED = {
    "no day": ({"from": "15-12"}, "'15-12' is neither a day nor a day of every year"),
    "one day of a year": ({"until": "2026-12-31"}, "one is of every year, the other is not"),
    "backwards": ({"from": "2026-12-31", "until": "2026-12-15"}, "it ends on 2026-12-15, before it begins"),
    "no language": ({"text": {"spanish": "x"}}, "'spanish' is not a language"),
    "no text": ({"text": {}}, "the message says nothing"),
    "a list for a text": ({"text": ["x"]}, "this is neither a text nor one for each language"),
}


@pytest.mark.parametrize(("changes", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_seasonal_message(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        SeasonalMessage.model_validate({"from": "12-15", "until": "01-06", "text": "x", **changes})


CARE = """
care:
  client: acme
  title: Cuidado
  message: Gracias por confiar en nosotros.
  agreement: {kind: recurring, every: month, starts: 2026-11-20}
  lines: [{text: Mes, price: 100}]
"""


def test_an_invoice_keeps_what_its_day_said_and_a_credit_note_wishes_nothing() -> None:
    found = after_runs(book(settings=BOTH, clients=CLIENTS, jobs=CARE), ["2026-11-20", "2026-12-20"])
    november, december = found.invoices
    assert november.message == "Gracias por confiar en nosotros."
    assert december.message == "Gracias por confiar en nosotros.\n\nFelices fiestas."
    (note,) = issued(plan_credit(found, date(2026, 12, 21), Credit(december, "Un error.")))
    assert note.message is None
