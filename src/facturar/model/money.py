"""Money: exact decimals, a currency each, one way to round.

Amounts of one document share its currency and stay plain `Decimal`; `Money` is for where currencies meet.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

ZERO = Decimal(0)

# ISO 4217, minor units other than two.
_DIGITS = {
    **dict.fromkeys(
        [
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "UYI",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ],
        0,
    ),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
    "CLF": 4,
    "UYW": 4,
}
_UNITS = {digits: Decimal(1).scaleb(-digits) for digits in (0, 2, 3, 4)}


def digits(currency: str) -> int:
    """Digits after the point in a currency (ISO 4217 minor units).

    >>> digits("EUR"), digits("JPY"), digits("KWD")
    (2, 0, 3)
    """
    return _DIGITS.get(currency, 2)


def rounded(amount: Decimal, currency: str) -> Decimal:
    """The amount in the currency's digits, half away from zero: the one rounding of facturar.

    >>> rounded(Decimal("14.175"), "EUR"), rounded(Decimal("-0.005"), "EUR"), rounded(Decimal("0.5"), "JPY")
    (Decimal('14.18'), Decimal('-0.01'), Decimal('1'))
    """
    return amount.quantize(_UNITS[digits(currency)], ROUND_HALF_UP)


def to_four_digits(number: Decimal) -> Decimal:
    """A quantity or a unit price to four digits at most, half away from zero, without trailing zeros.

    >>> to_four_digits(Decimal(20) / 60 * 3), to_four_digits(Decimal("12.50")), to_four_digits(Decimal("0.00005"))
    (Decimal('1'), Decimal('12.5'), Decimal('0.0001'))
    """
    return Decimal(f"{number.quantize(_UNITS[4], ROUND_HALF_UP).normalize():f}")


class Money(NamedTuple):
    """An amount and its ISO 4217 currency. Not added by `+`: currencies never add up."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"
