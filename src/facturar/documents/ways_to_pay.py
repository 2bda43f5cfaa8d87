"""Ways to pay as the lines and codes that a document prints. Finished strings only; the words are the template's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from facturar.documents.transfer_code import transfer_code
from facturar.model.party import Bizum, Cash, Link, OtherMethod, PaymentMethod, Pix, Spei, Transfer


@dataclass(frozen=True)
class AccountText:
    """A bank account to pay into; `iban` and `clabe` in groups as they are printed. What it lacks is empty."""

    kind: str
    label: str
    iban: str = ""
    account: str = ""
    bic: str = ""
    clabe: str = ""
    bank: str = ""
    holder: str = ""


@dataclass(frozen=True)
class WayText:
    """Another way to pay; `value` is what it takes: an address, a phone, a key, a place, or words.

    It is empty of a page whose address is known only once there is something to pay.
    """

    kind: str
    value: str
    label: str = ""
    holder: str = ""


@dataclass(frozen=True)
class CodeText:
    """A QR code: the kind and the name of its way to pay, and what it says to a phone."""

    kind: str
    label: str
    text: str


@dataclass(frozen=True)
class WaysToPay:
    """Every way to pay that a record offers, their QR codes, and the reference to quote."""

    accounts: tuple[AccountText, ...]
    ways: tuple[WayText, ...]
    codes: tuple[CodeText, ...]
    reference: str
    amount: str


@dataclass(frozen=True)
class Asked:
    """What a document asks for: an amount above nothing, under a reference, to be paid to somebody."""

    amount: Decimal
    currency: str
    reference: str
    payee: str


def ways_to_pay(methods: Iterable[PaymentMethod], asked: Asked, shown: str) -> WaysToPay:
    """The ways to pay what is asked for; `shown` is the amount as the document writes it."""
    listed = tuple(methods)
    found = ways_in_general(listed, asked.reference)
    return replace(found, codes=tuple(_codes(listed, asked)), amount=shown)


def ways_in_general(methods: Iterable[PaymentMethod], reference: str = "") -> WaysToPay:
    """How to pay where nothing is asked for: no amount, and no code to scan."""
    listed = tuple(methods)
    return WaysToPay(
        accounts=tuple(account for method in listed if (account := _account(method))),
        ways=tuple(way for method in listed if (way := _way(method))),
        codes=(),
        reference=reference,
        amount="",
    )


def _account(method: PaymentMethod) -> AccountText | None:
    match method:
        case Transfer():
            return AccountText(
                kind=method.kind,
                label=method.label or "",
                iban=grouped(method.iban or ""),
                account=method.account or "",
                bic=method.bic or "",
                bank=method.bank or "",
            )
        case Spei():
            return AccountText(
                method.kind, "", clabe=_clabe(method.clabe), bank=method.bank or "", holder=method.holder or ""
            )
        case _:
            return None


def _way(method: PaymentMethod) -> WayText | None:
    match method:
        case Link():
            known = "{" not in method.url
            return WayText(method.kind, method.url if known else "", label=method.label or "")
        case Bizum():
            return WayText(method.kind, method.phone)
        case Cash():
            return WayText(method.kind, method.place or "")
        case Pix():
            return WayText(method.kind, method.key, holder=method.holder or "")
        case OtherMethod():
            return WayText(method.kind, method.label)
        case Transfer() | Spei():
            return None


def _codes(methods: Iterable[PaymentMethod], asked: Asked) -> Iterator[CodeText]:
    """A code for the first account that European banks' apps can pay into, and one for each page."""
    transfers = (method for method in methods if isinstance(method, Transfer))
    texts = (transfer_code(method, asked.amount, asked.currency, asked.payee, asked.reference) for method in transfers)
    if first := next((text for text in texts if text), None):
        yield CodeText("transfer", "", first)
    for method in methods:
        if isinstance(method, Link):
            yield CodeText(method.kind, method.label or "", method.url)


def grouped(iban: str) -> str:
    """An IBAN in groups of four (ISO 13616, the printed form).

    >>> grouped("ES9121000418450200051332")
    'ES91 2100 0418 4502 0005 1332'
    """
    solid = "".join(iban.split()).upper()
    return " ".join(solid[start : start + 4] for start in range(0, len(solid), 4))


def _clabe(digits: str) -> str:
    """A CLABE as Mexican banks print it: bank, place, account, check digit."""
    return f"{digits[:3]} {digits[3:6]} {digits[6:17]} {digits[17:]}"
