"""The regimes of the world: what every file must have, and invoices that an accountant of each country can check."""

from __future__ import annotations

import itertools
import re
import shutil
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest

import facturar
from facturar.cli.founding import Founding, found_book
from facturar.documents.press import Press
from facturar.model.dated import in_force
from facturar.model.invoice import Invoice
from facturar.model.money import digits
from facturar.model.regime import TaxCode
from facturar.model.settings import Look
from facturar.plan.invoices import plan_invoices
from facturar.problems import Code, errors
from facturar.rules.checks import check_book
from facturar.rules.interest import (
    Balance,
    InterestTerms,
    compensation,
    interest_parts,
    interest_sum,
    period_start,
    rate_spans,
)
from facturar.store.reading import Reading, read_book
from facturar.store.regimes import regime_names, shipped_regime
from facturar.store.shipped import shipped
from tests.book_text import after_runs, book, issued, regime

COUNTRIES = [name for name in regime_names() if regime(name).country]
COMMON = {"exempt", "reverse_charge", "intra_eu", "export", "pass_through"}
CODES = [(name, code) for name in regime_names() for code in regime(name).taxes]
LAWS = [name for name in COUNTRIES if regime(name).late_payment]
IN_THE_EU = ["de", "es", "fr", "it", "pt"]
PAGE = Path(__file__).parents[2] / "docs" / "regimes.md"
TODAY = date(2026, 11, 30)
PRESS = Press([shipped("templates")], Look(), Path())

CURRENCIES = {"ar": "ARS", "cl": "CLP", "co": "COP", "gb": "GBP", "mx": "MXN", "pe": "PEN", "us": "USD"}
NEW_YORK = "tax_codes: {ny: {kind: vat, percent: 8.875, label: NY sales tax}}"


def invoice(name: str, day: str, lines: str, client: str = "tax_id: X1") -> Invoice:
    """What is issued when a job of these lines (`1600 iva ritenuta + 64 iva`) is done in a book of that regime."""
    written = [line.split() for line in lines.split(" + ")]
    texts = [f"{{text: Work, price: {price}, taxes: [{', '.join(codes)}]}}" for price, *codes in written]
    start = book(
        jobs=f"work: {{client: acme, title: Work, done: {day}, lines: [{', '.join(texts)}]}}",
        clients=f"acme: {{name: Acme, {client}}}",
        settings=f"regime: {name}\ncurrency: {CURRENCIES.get(name, 'EUR')}\nlanguage: en\n{NEW_YORK}",
    )
    (found,) = issued(plan_invoices(start, date.fromisoformat(day)))
    return found


# regime, day on which the work was done, price and codes of each line; net, tax, withheld, total, payable
ANCHORS = {
    "Spain: IVA and IRPF": ("es", "2026-03-10", "1000 iva irpf", "1000.00 210.00 150.00 1210.00 1060.00"),
    "Spain: 16% until June 2010": ("es", "2010-06-30", "1000 iva", "1000.00 160.00 0.00 1160.00 1160.00"),
    "Spain: 18% in 2011": ("es", "2011-05-10", "1000 iva irpf", "1000.00 180.00 150.00 1180.00 1030.00"),
    "Spain: 18% for the last day": ("es", "2012-08-31", "1000 iva irpf", "1000.00 180.00 150.00 1180.00 1030.00"),
    "Spain: 21% of both": ("es", "2012-09-01", "1000 iva irpf", "1000.00 210.00 210.00 1210.00 1000.00"),
    "Spain: IRPF at 19% for half a year": (
        "es",
        "2015-07-11",
        "1000 iva irpf",
        "1000.00 210.00 190.00 1210.00 1020.00",
    ),
    "Spain: IRPF back at 15%": ("es", "2015-07-12", "1000 iva irpf", "1000.00 210.00 150.00 1210.00 1060.00"),
    "Spain: new professional in 2014": (
        "es",
        "2014-02-01",
        "1000 iva irpf_new",
        "1000.00 210.00 90.00 1210.00 1120.00",
    ),
    "Spain: recargo": ("es", "2026-03-10", "500 iva recargo", "500.00 131.00 0.00 631.00 631.00"),
    "Spain: recargo in 2011": ("es", "2011-03-10", "100 iva recargo", "100.00 22.00 0.00 122.00 122.00"),
    "Canary Islands: IGIC of 2019": ("es", "2019-06-30", "250 igic", "250.00 16.25 0.00 266.25 266.25"),
    "Mexico: fees to a company": (
        "mx",
        "2026-03-10",
        "10000 iva isr iva_withheld",
        "10000.00 1600.00 2066.67 11600.00 9533.33",
    ),
    "Mexico: RESICO": (
        "mx",
        "2026-03-10",
        "10000 iva isr_resico iva_withheld",
        "10000.00 1600.00 1191.67 11600.00 10408.33",
    ),
    "Mexico: fees at the border": (
        "mx",
        "2025-03-10",
        "5000 iva_border isr iva_border_withheld",
        "5000.00 400.00 766.67 5400.00 4633.33",
    ),
    "Mexico: 15% until 2009": ("mx", "2009-12-31", "1000 iva", "1000.00 150.00 0.00 1150.00 1150.00"),
    "Mexico: taxed at nothing": ("mx", "2026-03-10", "800 iva_zero", "800.00 0.00 0.00 800.00 800.00"),
    "Colombia: reteIVA is 15% of the IVA": (
        "co",
        "2026-03-10",
        "1000000 iva retefuente reteiva",
        "1000000.00 190000.00 138500.00 1190000.00 1051500.00",
    ),
    "Colombia: fees of a person": (
        "co",
        "2026-03-10",
        "2000000 iva retefuente_reduced",
        "2000000.00 380000.00 200000.00 2380000.00 2180000.00",
    ),
    "Colombia: reteIVA on one line of two": (
        "co",
        "2026-03-10",
        "1000000 iva reteiva + 500000 iva_reduced",
        "1500000.00 215000.00 28500.00 1715000.00 1686500.00",
    ),
    "Colombia: 16% until 2016": ("co", "2016-12-31", "1000 iva", "1000.00 160.00 0.00 1160.00 1160.00"),
    "Colombia: excluded": ("co", "2026-03-10", "300 excluded", "300.00 0.00 0.00 300.00 300.00"),
    "Argentina: general rate": ("ar", "2026-03-10", "100000 iva", "100000.00 21000.00 0.00 121000.00 121000.00"),
    "Argentina: half of it": ("ar", "2026-03-10", "33.33 iva_reduced", "33.33 3.50 0.00 36.83 36.83"),
    "Argentina: three rates": (
        "ar",
        "2026-03-10",
        "100 iva + 100 iva_reduced + 100 iva_increased",
        "300.00 58.50 0.00 358.50 358.50",
    ),
    "Chile: IVA has no cents": ("cl", "2026-03-10", "99999 iva", "99999 19000 0 118999 118999"),
    "Chile: fees of 2019": ("cl", "2019-12-31", "555555 honorarios", "555555 0 55556 555555 499999"),
    "Chile: fees of 2020": ("cl", "2020-01-01", "555555 honorarios", "555555 0 59722 555555 495833"),
    "Chile: fees of 2021": ("cl", "2021-06-30", "555555 honorarios", "555555 0 63889 555555 491666"),
    "Chile: fees of 2022": ("cl", "2022-06-30", "555555 honorarios", "555555 0 68055 555555 487500"),
    "Chile: fees of 2023": ("cl", "2023-06-30", "555555 honorarios", "555555 0 72222 555555 483333"),
    "Chile: fees of 2024": ("cl", "2024-12-31", "555555 honorarios", "555555 0 76389 555555 479166"),
    "Chile: fees of 2025": ("cl", "2025-01-01", "555555 honorarios", "555555 0 80555 555555 475000"),
    "Chile: fees of 2026": ("cl", "2026-11-30", "555555 honorarios", "555555 0 84722 555555 470833"),
    "Chile: fees of 2027": ("cl", "2027-01-01", "555555 honorarios", "555555 0 88889 555555 466666"),
    "Chile: fees of 2028": ("cl", "2028-01-01", "555555 honorarios", "555555 0 94444 555555 461111"),
    "Peru: IGV with IPM": ("pe", "2026-03-10", "1000 igv", "1000.00 180.00 0.00 1180.00 1180.00"),
    "Peru: 19% until February 2011": ("pe", "2011-02-28", "1000 igv", "1000.00 190.00 0.00 1190.00 1190.00"),
    "Peru: recibo por honorarios": ("pe", "2026-03-10", "2000 renta_cuarta", "2000.00 0.00 160.00 2000.00 1840.00"),
    "Peru: fees of 2014": ("pe", "2014-12-31", "2000 renta_cuarta", "2000.00 0.00 200.00 2000.00 1800.00"),
    "Portugal: IRS at 25% until 2024": ("pt", "2024-12-31", "1000 iva irs", "1000.00 230.00 250.00 1230.00 980.00"),
    "Portugal: IRS at 23% from 2025": ("pt", "2025-01-01", "1000 iva irs", "1000.00 230.00 230.00 1230.00 1000.00"),
    "Portugal: no listed profession": (
        "pt",
        "2026-03-10",
        "1000 iva irs_other",
        "1000.00 230.00 115.00 1230.00 1115.00",
    ),
    "Portugal: 21% until 2010": ("pt", "2010-12-31", "1000 iva", "1000.00 210.00 0.00 1210.00 1210.00"),
    "Portugal: three rates": (
        "pt",
        "2026-03-10",
        "100 iva + 100 iva_intermediate + 100 iva_reduced",
        "300.00 42.00 0.00 342.00 342.00",
    ),
    "France: TVA": ("fr", "2026-03-10", "1000 tva", "1000.00 200.00 0.00 1200.00 1200.00"),
    "France: 19.6% until 2013": ("fr", "2013-12-31", "1000 tva", "1000.00 196.00 0.00 1196.00 1196.00"),
    "France: the lower rates": (
        "fr",
        "2026-03-10",
        "100 tva_intermediate + 100 tva_reduced + 100 tva_super_reduced",
        "300.00 17.60 0.00 317.60 317.60",
    ),
    "France: franchise en base": ("fr", "2026-03-10", "1000 small_business", "1000.00 0.00 0.00 1000.00 1000.00"),
    "Germany: 19% until June 2020": ("de", "2020-06-30", "1000 ust", "1000.00 190.00 0.00 1190.00 1190.00"),
    "Germany: 16% in autumn 2020": ("de", "2020-10-15", "1000 ust", "1000.00 160.00 0.00 1160.00 1160.00"),
    "Germany: 16% on its last day": ("de", "2020-12-31", "1000 ust", "1000.00 160.00 0.00 1160.00 1160.00"),
    "Germany: 19% from 2021": ("de", "2021-01-01", "1000 ust", "1000.00 190.00 0.00 1190.00 1190.00"),
    "Germany: 5% in autumn 2020": ("de", "2020-10-15", "1000 ust_reduced", "1000.00 50.00 0.00 1050.00 1050.00"),
    "Germany: 7%": ("de", "2026-03-10", "89.90 ust_reduced", "89.90 6.29 0.00 96.19 96.19"),
    "Germany: reverse charge": ("de", "2026-03-10", "1000 reverse_charge", "1000.00 0.00 0.00 1000.00 1000.00"),
    "Italy: 4% of INPS has the ritenuta": (
        "it",
        "2026-03-10",
        "1600 iva ritenuta + 64 iva ritenuta",
        "1664.00 366.08 332.80 2030.08 1697.28",
    ),
    "Italy: 4% of a fund of one's own has not": (
        "it",
        "2026-03-10",
        "1600 iva ritenuta + 64 iva",
        "1664.00 366.08 320.00 2030.08 1710.08",
    ),
    "Italy: 20% until September 2011": ("it", "2011-09-16", "1000 iva", "1000.00 200.00 0.00 1200.00 1200.00"),
    "Italy: 21% until September 2013": ("it", "2013-09-30", "1000 iva", "1000.00 210.00 0.00 1210.00 1210.00"),
    "Italy: the lower rates": (
        "it",
        "2026-03-10",
        "100 iva_reduced + 100 iva_social + 100 iva_super_reduced",
        "300.00 19.00 0.00 319.00 319.00",
    ),
    "Italy: forfettario with its stamp": (
        "it",
        "2026-03-10",
        "1000 small_business + 2",
        "1002.00 0.00 0.00 1002.00 1002.00",
    ),
    "Britain: 15% in 2009": ("gb", "2009-06-30", "1000 vat", "1000.00 150.00 0.00 1150.00 1150.00"),
    "Britain: 17.5% in 2010": ("gb", "2010-06-30", "1000 vat", "1000.00 175.00 0.00 1175.00 1175.00"),
    "Britain: 17.5% for three more days": ("gb", "2011-01-03", "1000 vat", "1000.00 175.00 0.00 1175.00 1175.00"),
    "Britain: 20%": ("gb", "2011-01-04", "99.99 vat", "99.99 20.00 0.00 119.99 119.99"),
    "Britain: three rates": (
        "gb",
        "2026-03-10",
        "100 vat + 100 vat_reduced + 100 vat_zero",
        "300.00 25.00 0.00 325.00 325.00",
    ),
    "United States: no tax": ("us", "2026-03-10", "500", "500.00 0.00 0.00 500.00 500.00"),
    "United States: a state's own code": ("us", "2026-03-10", "99.99 ny", "99.99 8.87 0.00 108.86 108.86"),
    "no country": ("generic", "2026-03-10", "100 exempt", "100.00 0.00 0.00 100.00 100.00"),
}


@pytest.mark.parametrize(("name", "day", "lines", "expected"), ANCHORS.values(), ids=ANCHORS.keys())
def test_anchor(name, day, lines, expected):
    totals = invoice(name, day, lines).totals
    found = (totals.net, totals.tax, totals.withheld, totals.total, totals.payable)
    assert " ".join(map(str, found)) == expected


def test_what_is_kept_back_of_the_vat_shows_the_vat_as_its_base():
    rows = [(tax.code, str(tax.base), str(tax.amount)) for tax in invoice("co", "2026-03-10", "1000 iva reteiva").taxes]
    assert rows == [("iva", "1000.00", "190.00"), ("reteiva", "190.00", "28.50")]


# What every file must have


@pytest.mark.parametrize("name", regime_names())
def test_every_regime_has_the_codes_of_every_country(name):
    assert {code for code in COMMON if regime(name).taxes[code].kind == "exempt"} == COMMON


@pytest.mark.parametrize(("name", "code"), CODES)
def test_a_code_is_worded_in_spanish_and_english_without_its_percentage(name, code):
    tax = regime(name).taxes[code]
    assert {"es", "en"} <= set(tax.label)
    assert not re.search(r"\d|%", " ".join(tax.label.values()))
    assert {"es", "en"} <= set(tax.mention) if tax.kind == "exempt" else tax.mention == {}


@pytest.mark.parametrize(("name", "code"), [(name, code) for name, code in CODES if name in COUNTRIES])
def test_a_code_says_where_it_comes_from_and_since_when(name, code):
    tax = regime(name).taxes[code]
    assert tax.source
    assert bool(tax.percent) == (tax.kind != "exempt")
    assert all(entry.source and entry.since > date.min for entry in tax.percent)
    assert [entry.since for entry in tax.percent] == sorted(entry.since for entry in tax.percent)


@pytest.mark.parametrize(("name", "code"), CODES)
def test_what_a_code_goes_with_is_a_vat_of_its_regime(name, code):
    taxes = regime(name).taxes
    assert [other for other in taxes[code].goes_with if taxes[other].kind != "vat"] == []


@pytest.mark.parametrize("name", COUNTRIES)
def test_a_country_is_named_in_spanish_and_english(name):
    found = regime(name)
    assert (found.country or "").lower() == name
    assert {"es", "en"} <= set(found.name) & set(found.tax_id)
    assert found.tax_id_required or not found.buyer_tax_id_required
    assert found.clearance is None or {"es", "en"} <= set(found.clearance.notice)


@pytest.mark.parametrize("name", regime_names())
def test_what_a_new_book_begins_with_is_there(name):
    usual = regime(name).usual
    assert set(usual.taxes) <= set(regime(name).taxes)
    assert ZoneInfo(usual.timezone)
    assert digits(usual.currency) >= 0
    assert usual.language in ("es", "en")


@pytest.mark.parametrize("name", [name for name in COUNTRIES if regime(name).simplified])
def test_a_limit_of_simplified_invoices_is_dated_and_names_codes_of_its_regime(name):
    law = regime(name).simplified
    assert law is not None
    assert all(limit.source and limit.since > date.min and limit.amount.amount > 0 for limit in law.limits)
    assert set(law.never_with) <= set(regime(name).taxes)


@pytest.mark.parametrize("name", LAWS)
def test_a_late_payment_law_is_worded_and_dated(name):
    law = regime(name).late_payment
    assert law is not None
    assert {"es", "en"} <= set(law.name)
    assert law.mention == {} or {"es", "en"} <= set(law.mention)
    for rates in (law.base, law.points):
        assert all(entry.source and entry.since > date.min for entry in rates)
        assert [entry.since for entry in rates] == sorted(entry.since for entry in rates)
    assert bool(law.every) == bool(law.looked_up), "what is missing must be found somewhere"
    assert bool(law.outside_tax) != bool(law.taxed)


@pytest.mark.parametrize("name", LAWS)
def test_no_period_is_left_out_between_the_first_base_rate_and_the_last(name):
    law = regime(name).late_payment
    assert law is not None
    given = [entry.since for entry in law.base]
    assert given == [period_start(day, law.every) for day in given]
    for before, after in itertools.pairwise(given):
        assert period_start(after - timedelta(days=1), law.every) == before


def test_a_shared_table_is_no_regime():
    assert [name for name in regime_names() if name.startswith("_")] == []
    spain, italy = (shipped_regime(name).late_payment for name in ("es", "it"))
    assert spain is not None
    assert italy is not None
    assert spain.base == italy.base


@pytest.mark.parametrize("name", IN_THE_EU)
def test_the_countries_of_the_eu_have_forty_euros(name):
    law = regime(name).late_payment
    assert law is not None
    assert str(compensation(Decimal("0.01"), law, "EUR")) == "40.00 EUR"


def test_in_chile_collecting_costs_a_share_of_the_debt():
    law = regime("cl").late_payment
    assert law is not None
    assert str(compensation(Decimal(119000), law, "CLP")) == "1190 CLP"


# what the Treasury publishes: the ECB's rate plus 8
SPANISH = {
    "2023-01-01": "10.50",
    "2023-07-01": "12.00",
    "2024-01-01": "12.50",
    "2024-07-01": "12.25",
    "2025-01-01": "11.15",
    "2025-07-01": "10.15",
    "2026-01-01": "10.15",
    "2026-06-30": "10.15",
}


@pytest.mark.parametrize(("day", "percent"), SPANISH.items(), ids=SPANISH.keys())
def test_the_spanish_rate_of_each_half_year(day, percent):
    on = date.fromisoformat(day)
    (span,) = rate_spans(InterestTerms(regime("es").late_payment), on - timedelta(days=1), on)
    assert (str(span.percent), span.known) == (percent, True)


# What the page says

EXACT = {
    "Germany: reverse charge": ("de", "reverse_charge", "Steuerschuldnerschaft des Leistungsempfängers"),
    "Germany: Kleinunternehmer": ("de", "small_business", "Steuerbefreiung für Kleinunternehmer"),
    "France: franchise": ("fr", "small_business", "TVA non applicable, article 293 B du CGI"),
    "France: reverse charge": ("fr", "reverse_charge", "Autoliquidation"),
    "Italy: reverse charge": ("it", "reverse_charge", "Inversione contabile"),
    "Portugal: exemption": ("pt", "small_business", "IVA – regime de isenção"),
    "Portugal: reverse charge": ("pt", "reverse_charge", "IVA – autoliquidação"),
    "Spain: reverse charge": ("es", "reverse_charge", "Reverse charge"),
    "Britain: reverse charge": ("gb", "reverse_charge", "Reverse charge"),
}


@pytest.mark.parametrize(("name", "code", "words"), EXACT.values(), ids=EXACT.keys())
def test_the_words_of_the_law_stand_on_an_english_page(name, code, words):
    assert invoice(name, "2026-03-10", f"100 {code}").mentions[0].startswith(words)


FRENCH = "After the due date interest is owed"


@pytest.mark.parametrize(
    ("client", "said"),
    [("tax_id: X1", True), ("consumer: true", False)],
    ids=["a business", "a consumer"],
)
def test_a_french_invoice_to_a_business_says_what_paying_late_costs(client, said):
    mentions = invoice("fr", "2026-03-10", "100 tva", client).mentions
    assert any(mention.startswith(FRENCH) for mention in mentions) == said


NOTICES = {
    "Mexico, always": ("mx", "2026-03-10", "This document is not a CFDI"),
    "Italy, always": ("it", "2026-03-10", "Not transmitted to the Sistema di Interscambio"),
    "Spain, not yet": ("es", "2027-06-30", None),
    "Spain, from then on": ("es", "2027-07-01", "Not submitted to the Spanish tax agency"),
    "Germany, not yet": ("de", "2027-12-31", None),
    "Germany, from then on": ("de", "2028-01-01", "This document is not an electronic invoice"),
    "Britain, never": ("gb", "2030-01-01", None),
    "United States, never": ("us", "2030-01-01", None),
}


@pytest.mark.parametrize(("name", "day", "notice"), NOTICES.values(), ids=NOTICES.keys())
def test_an_invoice_and_check_say_what_was_not_reported(name, day, notice):
    mentions = invoice(name, day, "100").mentions
    told = [
        p for p in check_book(book(settings=f"regime: {name}"), date.fromisoformat(day)) if "applies since" in p.message
    ]
    assert [mention[: len(notice or "")] for mention in mentions] == ([notice] if notice else [])
    assert [problem.code for problem in told] == ([Code.legal_data] if notice else [])


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("name", [name for name in COUNTRIES if regime(name).clearance])
def test_the_page_itself_says_it_in_spanish_and_in_english(name, language):
    clearance = regime(name).clearance
    assert clearance is not None
    day = max(clearance.since, date(2026, 3, 10))
    found = invoice(name, day.isoformat(), "100", f"tax_id: X1, language: {language}")
    page = PRESS.markdown(found)
    assert " ".join(clearance.notice[language].replace("*", r"\*").split()) in " ".join(page.split())


@pytest.mark.parametrize(
    ("name", "asked"),
    [("es", True), ("it", True), ("de", False), ("fr", False), ("gb", False), ("us", False), ("generic", False)],
)
def test_a_buyer_without_tax_id_is_worth_a_look_where_the_law_wants_it(name, asked):
    clients = "acme: {name: Acme, address: {street: S 1, city: C, country: SE}}"
    told = [problem.path for problem in check_book(book(clients=clients, settings=f"regime: {name}"), date(2013, 1, 1))]
    assert (("clients", "acme") in told) == asked


# Paying late

# 1,000.00 due on a day and still open on another: interest
LATE = {
    "Spain: 10.15%": ("es", "2026-01-31", "2026-03-02", "8.34"),
    "Spain: a new half-year": ("es", "2026-06-20", "2026-07-10", "5.63"),  # 10 days at 10.15 and 10 at 10.40
    "Portugal, like Spain": ("pt", "2026-01-31", "2026-03-02", "8.34"),
    "Italy, like Spain": ("it", "2026-01-31", "2026-03-02", "8.34"),
    "France: 12.15%": ("fr", "2026-01-31", "2026-03-02", "9.99"),
    "Germany: 10.27%": ("de", "2026-01-31", "2026-03-02", "8.44"),
    "Mexico: 6%": ("mx", "2026-01-31", "2026-03-02", "4.93"),
    "Germany: below zero": ("de", "2019-01-31", "2019-03-02", "6.67"),  # 9 − 0.88
    "Britain: 11.75%": ("gb", "2026-01-31", "2026-03-02", "9.66"),
    "Britain: the rate of when it fell due": ("gb", "2025-12-15", "2026-02-13", "20.14"),  # 60 days at 12.25%
}


@pytest.mark.parametrize(("name", "due", "day", "expected"), LATE.values(), ids=LATE.keys())
def test_interest(name, due, day, expected):
    law = regime(name).late_payment
    assert law is not None
    since, until = date.fromisoformat(due), date.fromisoformat(day)
    owed = [Balance(since + timedelta(days=1), until, Decimal(1000))]
    parts = interest_parts(owed, rate_spans(InterestTerms(law), since, until), "EUR")
    assert str(interest_sum(parts)) == expected


@pytest.mark.parametrize(
    ("price", "claimed"),
    [("999.99", "40.00"), ("1000", "70.00"), ("9999.99", "70.00"), ("10000", "100.00")],
)
def test_a_british_letter_claims_by_the_size_of_the_debt(price, claimed):
    start = book(
        jobs=f"web: {{client: acme, title: Web, done: 2026-01-01, lines: [{{text: Web, price: {price}, taxes: []}}]}}",
        settings="regime: gb\ncurrency: GBP\nterms: 30 days",
    )
    days = [date(2026, 1, 1) + timedelta(days=7 * week) for week in range(12)]
    formal = next(letter for letter in after_runs(start, days).letters if letter.step == "formal")
    assert [str(charge.amount) for charge in formal.charges if charge.kind == "compensation"] == [claimed]


# A new book


def new_book(folder: Path, country: str) -> Reading:
    """A book founded in a country, read back."""
    asked = Founding(name="Ada", tax_id="1", street="S 1", postcode="1", city="C", country=country, email="", iban="")
    found_book(asked.completed(), folder)
    return read_book(folder)


@pytest.mark.parametrize("name", COUNTRIES)
def test_a_book_founded_in_a_country_has_its_regime(name, tmp_path):
    reading = new_book(tmp_path, name)
    assert reading.problems == ()
    assert reading.book is not None
    assert reading.book.settings.regime == name
    assert reading.book.settings.currency == CURRENCIES.get(name, "EUR")
    assert errors(check_book(reading.book, TODAY)) == []


def test_elsewhere_a_book_has_no_countrys_law(tmp_path):
    reading = new_book(tmp_path, "SE")
    assert reading.book is not None
    assert (reading.book.settings.regime, reading.book.settings.timezone) == ("generic", "UTC")


# The page of the documentation


def _rate(tax: TaxCode) -> str:
    rate = in_force(tax.percent, TODAY)
    return f"{rate.percent.normalize():f}%" if rate else "–"


def _listed(name: str) -> list[tuple[str, ...]]:
    """Code and rate of each row of a country's table."""
    section = re.search(rf"(?ms)^## [^\n]* · `{name}`\n(.*?)(?=^## |\Z)", PAGE.read_text("utf-8"))
    assert section, f"{PAGE.name} has no section of {name}"
    return re.findall(r"(?m)^\| `(\w+)` \| ([^|]+?) \|", section[1])


@pytest.mark.parametrize("name", COUNTRIES)
def test_the_page_lists_the_codes_with_their_rates(name):
    assert _listed(name) == [(code, _rate(tax)) for code, tax in regime(name).taxes.items() if code not in COMMON]


@pytest.mark.parametrize("name", [name for name in COUNTRIES if regime(name).clearance])
def test_the_page_says_what_facturar_does_not_report(name):
    clearance = regime(name).clearance
    assert clearance is not None
    assert f"| `{name}` | {clearance.name} | {clearance.since} |" in PAGE.read_text("utf-8")


def test_a_country_is_added_by_one_file(tmp_path):
    """The page's New Zealand, put beside the others: `init` founds a book there, and an invoice bears its tax."""
    (text,) = re.findall(r"(?ms)^```yaml\n(country: .*?)^```$", PAGE.read_text("utf-8"))
    regimes, folder = tmp_path / "regimes", tmp_path / "book"
    shutil.copytree(Path(facturar.__file__).parent / "regimes", regimes)
    (regimes / "nz.yaml").write_text(text, "utf-8")
    with patch("facturar.store.regimes._FOLDER", regimes):
        reading = new_book(folder, "NZ")
        (folder / "clients.yaml").write_text("acme: {name: Acme}\n", "utf-8")
        job = "web: {client: acme, title: Web, done: 2026-11-12, lines: [{text: Web, price: 100}]}\n"
        (folder / "jobs.yaml").write_text(job, "utf-8")
        reading = read_book(folder)
    assert reading.problems == ()
    assert reading.book is not None
    assert set(reading.book.regime.taxes) >= COMMON
    (found,) = issued(plan_invoices(reading.book, TODAY))
    assert (found.currency, str(found.totals.total)) == ("NZD", "115.00")


@pytest.mark.parametrize(("country", "words"), [("GB", "Your clients"), ("MX", "Sus clientes")], ids=["en", "es"])
def test_a_new_book_is_commented_in_its_language(country, words, tmp_path):
    new_book(tmp_path, country)
    texts = {path.name: path.read_text("utf-8") for path in tmp_path.glob("*.yaml")}
    assert words in texts["clients.yaml"]
    spanish = [name for name, text in texts.items() if re.search(r"[áéíóúñ]| de | los? |Pagan", text)]
    assert (len(spanish) == len(texts)) is (country == "MX")
    assert country == "MX" or spanish == []
