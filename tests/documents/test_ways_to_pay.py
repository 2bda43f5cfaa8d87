"""Ways to pay: what each kind says on the page, the reference that is always there, and codes that a phone can read."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from facturar.documents.blocks import QrCode
from facturar.documents.press import Press
from facturar.documents.reading import read_blocks
from tests.documents.samples import BANK, CARD, invoice, letter, notice

URL = "https://pay.example/F-2026-0012?amount=1574.10&currency=EUR"
TRANSFER = "BCD\n002\n1\nSCT\nCAIXESBBXXX\nLucía Luna Pérez\nES9121000418450200051332\nEUR1574.10\n\n\nF-2026-0012"
SPEI = {"kind": "spei", "clabe": "002 010 07777777777 1", "bank": "Banco del Valle", "holder": "Lucía Luna"}
SAID = {
    "a transfer": (BANK, "| IBAN | ES91 2100 0418 4502 0005 1332 |"),
    "a Mexican transfer": (SPEI, "| CLABE | 002 010 07777777777 1 |"),
    "a page": (CARD, f"- Tarjeta: <{URL}>"),
    "a card": ({"kind": "card", "url": URL}, f"- Tarjeta: <{URL}>"),
    "PayPal": ({"kind": "paypal", "url": URL}, f"- PayPal: <{URL}>"),
    "Bizum": ({"kind": "bizum", "phone": "600 000 000"}, "- Bizum al 600 000 000, con el concepto F-2026-0012"),
    "cash": ({"kind": "cash"}, "- En efectivo"),
    "cash at a place": ({"kind": "cash", "place": "El estudio"}, "- En efectivo: El estudio"),
    "Pix": ({"kind": "pix", "key": "luna@pix.example", "holder": "L. Luna"}, "- Clave Pix: luna@pix.example (L. Luna)"),
    "another": ({"kind": "other", "label": "Giro postal"}, "- Giro postal"),
}
NO_CODE = {
    "in another currency": {"currency": "USD"},
    "into an account outside SEPA": {
        "payment_methods": [{"kind": "transfer", "iban": "BR1500000000000010932840814P2"}]
    },
    "into an account without IBAN": {"payment_methods": [{"kind": "transfer", "account": "0123", "bank": "Banco"}]},
}


def codes(press: Press, record: Any) -> list[str]:
    return [block.text for block in read_blocks(press.markdown(record)) if isinstance(block, QrCode)]


@pytest.mark.parametrize(("method", "text"), SAID.values(), ids=SAID)
def test_each_kind_says_what_it_takes(method: dict[str, str], text: str, press: Press) -> None:
    said = press.markdown(invoice(payment_methods=[method]))
    assert text in [" ".join(line.split()) for line in said.splitlines()]
    assert said.count("F-2026-0012") >= 3, "in the title, as the number, and to be quoted where one pays"


def test_a_transfer_in_euros_and_a_page_have_codes(press: Press) -> None:
    assert codes(press, invoice()) == [TRANSFER, URL]


def test_a_letter_asks_for_what_is_open(press: Press) -> None:
    (text,) = codes(press, letter(payment_methods=[BANK]))
    assert text.splitlines()[7] == f"EUR{letter().total:.2f}"


@pytest.mark.parametrize(
    ("language", "said"),
    [("es", "- Tarjeta, con el enlace de cada factura"), ("en", "- Card, by the link on each inv")],
)
def test_a_page_that_needs_an_amount_is_named_where_nothing_is_asked_for(
    language: str, said: str, press: Press
) -> None:
    methods = [BANK, {"kind": "card", "url": "https://pay.example/{number}?amount={amount}"}]
    text = press.markdown(notice("welcome", language=language, payment_methods=methods))
    assert said in text
    assert "pay.example" not in text


@pytest.mark.parametrize("changes", NO_CODE.values(), ids=NO_CODE)
def test_no_code_for_a_transfer(changes: dict[str, Any], press: Press) -> None:
    assert [text for text in codes(press, invoice(**changes)) if text.startswith("BCD")] == []


def test_nothing_to_pay_has_no_code(press: Press) -> None:
    nothing = {"net": "0.00", "tax": "0.00", "withheld": "0.00", "total": "0.00", "payable": "0.00"}
    assert codes(press, invoice(totals=nothing)) == []


def test_a_name_of_any_length_and_markup_stays_inside_its_code(press: Press) -> None:
    name = "--> <b>Ñandú</b> & Ca. %0A " * 5
    record = invoice(seller={**invoice().seller.model_dump(), "name": name})
    text = codes(press, record)[0]
    assert text.splitlines()[5] == " ".join(name.split())[:70].rstrip()
    assert len(text.splitlines()) == 11


def test_an_independent_reader_reads_the_printed_codes(press: Press, tmp_path: Path) -> None:
    """With zbarimg, from zbar-tools, and pdftoppm, from poppler-utils; on a machine without them only CI insists."""
    if not (shutil.which("zbarimg") and shutil.which("pdftoppm")) and not os.environ.get("CI"):
        pytest.skip("zbarimg or pdftoppm is not installed")
    (tmp_path / "page.pdf").write_bytes(press.faces(invoice())[".pdf"])
    subprocess.run(["pdftoppm", "-r", "150", "-png", "page.pdf", "page"], cwd=tmp_path, check=True)
    reader = ["zbarimg", "--quiet", "--raw", "-Sbinary", "page-1.png"]
    read = subprocess.run(reader, cwd=tmp_path, check=True, capture_output=True).stdout.decode()
    assert read == TRANSFER + URL
