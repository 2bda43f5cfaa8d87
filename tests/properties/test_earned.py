"""What was billed is shared over jobs to the cent, whatever was agreed, gathered, taken off or credited."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given

from facturar.rules.earnings import portions, shares_received
from facturar.rules.settlement import accounts
from facturar.views.costing import Scope
from facturar.views.margin import margins
from tests.properties.books import searched
from tests.properties.lives import Life, lives

CLOSE = Decimal("1e-20")


@searched
@given(lives)
def test_the_portions_of_a_record_come_to_its_net_and_are_of_its_jobs(life: Life) -> None:
    records = {record.number: record for record in life.end.invoices}
    for record in records.values():
        found = list(portions(record, records))
        assert abs(sum((portion.net for portion in found), Decimal(0)) - record.totals.net) < CLOSE
        assert {portion.job for portion in found} <= {*record.job}


@searched
@given(lives)
def test_what_was_received_of_a_record_is_a_share_and_is_not_what_is_open_or_written_off(life: Life) -> None:
    shares = shares_received(life.end, life.last_day)
    assert all(0 <= share <= 1 for share in shares.values())
    for account in accounts(life.end, life.last_day).values():
        for instalment in account.instalments:
            assert 0 <= instalment.written_off <= instalment.amount - instalment.open
            if instalment.open == instalment.amount:
                assert shares[instalment.number] < 1 or not instalment.amount


@searched
@given(lives)
def test_jobs_and_clients_earned_the_same_in_all(life: Life) -> None:
    scope = Scope(date.min, life.last_day)
    by_job, by_client = margins(life.end, scope, "job"), margins(life.end, scope, "client")
    for one, other in zip(by_job.totals, by_client.totals, strict=True):
        assert one.currency == other.currency
        assert abs(one.billed - other.billed) <= Decimal("0.01") * len(by_job.rows)
        assert one.billed == sum(row.billed for row in by_job.rows if row.currency == one.currency)
