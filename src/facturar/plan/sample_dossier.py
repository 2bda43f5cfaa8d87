"""An invented dossier, with a row of everything that its pages can show, about what a letter asks for."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import get_args

from facturar.model.dossier import (
    ApprovedWork,
    Claim,
    Copied,
    Delivered,
    Dossier,
    DossierPart,
    Fingerprint,
    Happened,
    NotThere,
    Ordered,
    PartKind,
    Said,
    Sealed,
    Settled,
)
from facturar.model.letter import Letter, ListedInvoice
from facturar.model.money import ZERO

_PAID = Decimal(100)
_DAY = timedelta(days=1)
_DIGEST = "0" * 64
_JOB = "shop"


def sample_dossier(letter: Letter) -> Dossier:
    """The dossier; what the letter lists was partly paid before."""
    first = letter.invoices[0]
    numbers = tuple(dict.fromkeys(item.number for item in letter.invoices))
    kinds: tuple[PartKind, ...] = get_args(PartKind)
    return Dossier(
        client=letter.client,
        date=letter.date,
        until=letter.date + timedelta(days=10),
        language=letter.language,
        seller=letter.seller,
        buyer=letter.buyer,
        sender=letter.sender,
        currency=letter.currency,
        to="lawyer",
        invoices=letter.invoices,
        claims=tuple(_claim(item) for item in letter.invoices),
        disputed=numbers[-1:],
        charges=letter.charges,
        total=letter.total,
        law=letter.law,
        payment_methods=letter.payment_methods,
        earlier=letter.earlier,
        orders=(Ordered(invoice=first.number, purchase_order="4500012", quote="P-2026-0007", accepted=first.issued),),
        approvals=(ApprovedWork(job=_JOB, until=first.issued, on=first.issued, by=letter.buyer.name),),
        deliveries=_deliveries(letter),
        diary=(Said(date=first.due + 7 * _DAY, kind="call", promised=letter.date - _DAY, amount=first.open),),
        events=_events(letter),
        copies=(
            *(Copied(part="invoices", name=i.number, date=i.issued, kind="invoice") for i in letter.invoices),
            Copied(part="payments", name="receipt", date=first.due, kind="receipt", amount=_PAID),
            Copied(part="statements", name="statement", date=first.due, kind="statement", amount=first.open),
            Copied(part="letters", name="final", date=letter.date, kind="letter", amount=letter.total),
        ),
        seals=tuple(Sealed(name=number, seal=_DIGEST) for number in numbers),
        contents=tuple(DossierPart(kind=kind, documents=numbers if kind == "invoices" else ()) for kind in kinds),
        hashes=tuple(Fingerprint(file=f"invoices/{number}.pdf", sha256=_DIGEST) for number in numbers),
        not_there=(NotThere(file="contract.pdf", why="missing"),),
    )


def _claim(item: ListedInvoice) -> Claim:
    paid = Settled(date=item.due, kind="paid", amount=_PAID, method="transfer")
    return Claim(
        number=item.number, issued=item.issued, amount=item.open + _PAID, settled=(paid,), later=ZERO, open=item.open
    )


def _deliveries(letter: Letter) -> tuple[Delivered, ...]:
    first = letter.invoices[0]
    return (
        Delivered(
            document=first.number,
            event="sent",
            date=first.issued,
            time="09:30",
            to=letter.buyer.email,
            answer="250 OK",
            message_id=f"<{first.number}@facturar>",
            digest=_DIGEST,
        ),
        Delivered(document="final", channel="registered"),
    )


def _events(letter: Letter) -> tuple[Happened, ...]:
    first = letter.invoices[0]
    return (
        Happened(date=first.issued, kind="issued", name=first.number, amount=first.open + _PAID, document=first.number),
        Happened(date=first.due, kind="due", name=first.number),
        Happened(date=first.due, kind="paid", name=first.number, amount=_PAID, method="transfer"),
        Happened(date=letter.date, kind="letter", name="final", amount=letter.total),
    )
