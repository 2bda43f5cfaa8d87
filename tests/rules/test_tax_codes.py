"""Tax codes by their dates: no invoice bears one before its first rate, and the book's own are whole."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from facturar.plan.invoices import plan_invoices
from facturar.problems import Code
from facturar.rules.checks import check_book
from tests.book_text import book, issued

OWN = "tax_codes: {iva_2027: {kind: vat, label: IVA, percent: [{since: 2027-01-01, percent: 22}]}}"


def done(day: str, codes: str, settings: str = ""):
    """A book in which one line of 100 is done on a day."""
    job = f"job: {{client: acme, title: Web, done: {day}, lines: [{{text: Web, price: 100, taxes: [{codes}]}}]}}"
    return book(jobs=job, settings=settings)


EARLY = {
    "a code of the regime": ("2022-04-09", "iva_zero", "", "iva_zero has no rate before 2022-04-10"),
    "one of two": ("2006-12-31", "iva, irpf", "", "irpf has no rate before 2007-01-01"),
    "a code of one's own": ("2026-11-12", "iva_2027", OWN, "iva_2027 has no rate before 2027-01-01"),
    "one's own in place of the regime's": (
        "2026-11-12",
        "iva",
        "tax_codes: {iva: {kind: vat, label: IVA, percent: [{since: 2027-01-01, percent: 22}]}}",
        "iva has no rate before 2027-01-01",
    ),
}


@pytest.mark.parametrize(("day", "codes", "settings", "reason"), EARLY.values(), ids=EARLY)
def test_before_its_first_rate_nothing_is_issued_with_a_code(day, codes, settings, reason):
    plan = plan_invoices(done(day, codes, settings), date.fromisoformat(day))
    assert issued(plan) == []
    assert [(skip.reason, skip.held) for skip in plan.skipped] == [(reason, True)]


def test_the_day_of_supply_counts_and_not_that_of_the_run():
    (skip,) = plan_invoices(done("2026-12-31", "iva_2027", OWN), date(2027, 1, 5)).skipped
    assert skip.reason == "iva_2027 has no rate before 2027-01-01"


def test_on_its_first_day_it_is_charged():
    (invoice,) = issued(plan_invoices(done("2027-01-01", "iva_2027", OWN), date(2027, 1, 5)))
    assert str(invoice.totals.tax) == "22.00"


@pytest.mark.parametrize(("today", "told"), [("2026-12-31", True), ("2027-01-01", False)])
def test_check_tells_where_it_is_named_until_it_has_begun(today, told):
    problems = check_book(done("2027-02-01", "iva_2027", OWN), date.fromisoformat(today))
    found = [problem.path for problem in problems if problem.code is Code.no_rate]
    assert found == ([("jobs", "job", "lines", 0, "taxes")] if told else [])


NOT_WHOLE = {
    "no rate": ("{kind: vat, label: IVA}", Code.missing_key),
    "no rate of a surcharge": ("{kind: surcharge, label: Recargo}", Code.missing_key),
    "no rate of a withholding": ("{kind: withholding, label: IRPF}", Code.missing_key),
    "a rate on what is exempt": ("{kind: exempt, label: Exento, percent: 21}", Code.bad_value),
    "two rates since one day": (
        "{kind: vat, label: IVA, percent: [{since: 2026-01-01, percent: 21}, {since: 2026-01-01, percent: 22}]}",
        Code.same_day_twice,
    ),
    "two rates without a day": (
        "{kind: vat, label: IVA, percent: [{percent: 21}, {percent: 22}]}",
        Code.same_day_twice,
    ),
}


@pytest.mark.parametrize(("own", "code"), NOT_WHOLE.values(), ids=NOT_WHOLE)
def test_a_code_of_ones_own_has_a_rate_for_each_day(own, code):
    with pytest.raises(ValidationError) as refused:
        book(settings=f"tax_codes: {{own: {own}}}")
    assert [error["type"] for error in refused.value.errors()] == [code.value]


def test_nothing_is_a_rate_too():
    (invoice,) = issued(
        plan_invoices(
            done("2026-11-12", "zero", "tax_codes: {zero: {kind: vat, label: IVA, percent: 0}}"), date(2026, 11, 12)
        )
    )
    assert [(tax.code, str(tax.amount)) for tax in invoice.taxes] == [("zero", "0.00")]


# terms, client, regime; whether check warns
LONG = {
    "Spain: 60 days": ("60 days", "es", False),
    "Spain: 61 days": ("61 days", "es", True),
    "Spain: 30 days end of month are 60 at most": ("30 days end of month", "es", False),
    "Spain: 31 days end of month may be 61": ("31 days end of month", "es", True),
    "Spain: the last instalment counts": ("[50% 30 days, 50% 90 days]", "es", True),
    "France: 45 days end of month": ("45 days end of month", "fr", False),
    "France: 46 days end of month": ("46 days end of month", "fr", True),
    "France: 61 days": ("61 days", "fr", True),
    "Germany lets them agree": ("90 days", "de", False),
    "Britain has no such law": ("90 days", "gb", False),
}


@pytest.mark.parametrize(("terms", "name", "told"), LONG.values(), ids=LONG)
def test_terms_longer_than_the_law_allows_between_businesses(terms, name, told):
    client = "acme: {name: A, tax_id: B12345674, address: {street: S, city: C, country: ES}"
    for clients, settings, path in (
        (f"{client}, terms: {terms}}}", "", ("clients", "acme", "terms")),
        (f"{client}}}", f"\nterms: {terms}", ("settings", "terms")),
    ):
        start = book(clients=clients, settings=f"regime: {name}\ntaxes: []{settings}")
        found = [problem.path for problem in check_book(start, date(2026, 11, 30))]
        assert [p for p in found if p[-1] == "terms"] == ([path] if told else [])


def test_terms_to_a_consumer_may_be_as_long_as_one_likes():
    clients = "ines: {name: I, consumer: true, terms: 90 days, address: {street: S, city: C, country: ES}}"
    assert check_book(book(clients=clients), date(2026, 11, 30)) == []
