"""Books for tests, written as a person writes them: a few lines of YAML each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from textwrap import dedent
from typing import Any

from pydantic import TypeAdapter

from facturar.model.activity import Activity
from facturar.model.book import Book
from facturar.model.catalog import Item
from facturar.model.client import Client
from facturar.model.diary import DiaryEntry
from facturar.model.invoice import Invoice
from facturar.model.job import Job
from facturar.model.payment import Payment
from facturar.model.regime import Regime
from facturar.model.settings import Settings
from facturar.plan.actions import Plan
from facturar.plan.month import carried_out, plan_month
from facturar.store.regimes import shipped_regime
from facturar.store.yaml_text import load

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
CLIENTS = """
acme:
  name: Panadería Acme, S.L.
  tax_id: B12345674
  address: {street: Avda. del Puerto 3, postcode: 46021, city: Valencia, country: ES}
"""


@cache
def regime(name: str) -> Regime:
    """A shipped regime."""
    return shipped_regime(name)


def _ledger(kind: Any, text: str, empty: Any) -> Any:
    return TypeAdapter(kind).validate_python(load(dedent(text)) or empty)


def book(
    jobs: str = "",
    payments: str = "",
    diary: str = "",
    clients: str = CLIENTS,
    settings: str = "",
    catalog: str = "",
    **more: Any,
) -> Book:
    """A book of these ledgers; `settings` is laid over the usual ones, `more` are fields of the Book."""
    usual, own = load(SETTINGS), load(dedent(settings)) or {}
    assert isinstance(usual, dict)
    assert isinstance(own, dict)
    read = Settings.model_validate({**usual, **own})
    return Book(
        settings=read,
        regime=regime(read.regime),
        clients=_ledger(dict[str, Client], clients, {}),
        jobs=_ledger(dict[str, Job], jobs, {}),
        payments=_ledger(tuple[Payment, ...], payments, []),
        diary=_ledger(tuple[DiaryEntry, ...], diary, []),
        catalog=_ledger(dict[str, Item], catalog, {}),
        **more,
    )


def after_runs(start: Book, days: Iterable[date | str]) -> Book:
    """The book after a run on each of some days."""
    for given in days:
        day = date.fromisoformat(given) if isinstance(given, str) else given
        start = carried_out(start, plan_month(start, day))
    return start


def issued(plan: Plan) -> list[Invoice]:
    """The invoices of a plan."""
    return [record for record in plan.records if isinstance(record, Invoice)]


def reports_of(plan: Plan) -> list[Activity]:
    """The activity reports of a plan."""
    return [record for record in plan.records if isinstance(record, Activity)]
