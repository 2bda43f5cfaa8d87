"""What a QR code says so that a European bank's app fills in a transfer.

EPC069-12, "Quick Response Code: Guidelines to Enable Data Capture for the Initiation of a SEPA Credit Transfer",
version 002 of the data. Only the text is here; drawing is for a face.
"""

from __future__ import annotations

from decimal import Decimal

from facturar.model.party import Transfer

_SEPA = {
    *("AD", "AL", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GG", "GI", "GR", "HR"),
    *("HU", "IE", "IM", "IS", "IT", "JE", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK", "MT", "NL", "NO", "PL", "PT"),
    *("RO", "RS", "SE", "SI", "SK", "SM", "VA"),
}
"""Countries of the SEPA schemes by the letters of their IBANs (EPC409-09, list of SEPA scheme countries)."""
_LARGEST = Decimal("999999999.99")
_NAME, _REMITTANCE, _BYTES = 70, 140, 331
"""The most characters of a name and of a remittance text, and bytes of all."""


def transfer_code(method: Transfer, amount: Decimal, currency: str, payee: str, reference: str) -> str | None:
    """The twelve lines for a transfer of an amount in euros; None where the guidelines have no code for it.

    >>> account = Transfer(kind="transfer", iban="ES91 2100 0418 4502 0005 1332", bic="CAIXESBBXXX")
    >>> print(transfer_code(account, Decimal("1574.10"), "EUR", "Lucía Luna Pérez", "F-2026-0012"))
    BCD
    002
    1
    SCT
    CAIXESBBXXX
    Lucía Luna Pérez
    ES9121000418450200051332
    EUR1574.10
    <BLANKLINE>
    <BLANKLINE>
    F-2026-0012
    """
    iban = "".join((method.iban or "").split()).upper()
    if currency != "EUR" or iban[:2] not in _SEPA or not 0 < amount <= _LARGEST:
        return None
    lines = (
        *("BCD", "002", "1", "SCT"),  # 1: in UTF-8
        "".join((method.bic or "").split()).upper(),
        _line(payee, _NAME),
        iban,
        f"EUR{amount:.2f}",
        *("", ""),  # no purpose, no structured reference
        _line(reference, _REMITTANCE),
    )
    text = "\n".join(lines)
    return text if len(text.encode()) <= _BYTES else None


def _line(text: str, most: int) -> str:
    """The text on one line, as far as there is room."""
    return " ".join(text.split())[:most].rstrip()
