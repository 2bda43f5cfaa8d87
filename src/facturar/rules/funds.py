"""Money laid on an account: what was paid, given back, written off or credited, before it is laid against invoices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

AccountKey = tuple[str, str]
"""(client id, currency): what is never added up with another."""


@dataclass(frozen=True)
class Funds:
    """Money laid on an account: `named` says how much goes to which invoice, the rest to whatever is oldest.

    What `lapses` never becomes credit: nobody paid what was written off. `noted` says that it is a credit note and no
    money. `early` is the invoice whose discount for paying early it is.
    """

    date: date
    key: AccountKey
    amount: Decimal
    named: Mapping[str, Decimal] = field(default_factory=dict)
    lapses: bool = False
    noted: bool = False
    early: str | None = None
