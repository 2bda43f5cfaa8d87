"""The invented client of previews lives where the business does, under a tax id that is one there."""

from __future__ import annotations

import pytest

from facturar.plan.sample_words import SAMPLE_PLACES
from facturar.rules.checks.legal import plausible_tax_id
from facturar.store.regimes import regime_names, shipped_regime

COUNTRIES = sorted(name.upper() for name in regime_names() if len(name) == 2)


@pytest.mark.parametrize("country", COUNTRIES)
def test_it_has_a_tax_id_of_its_country(country: str) -> None:
    tax_id = SAMPLE_PLACES[country].tax_id
    if tax_id is None:
        assert not shipped_regime(country.lower()).tax_id_required
    else:
        assert plausible_tax_id(tax_id, country)
