"""The text of a record: readable, the same every time, and the same record when it is read back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.store.records import (
    LINE,
    a_letter,
    a_notice,
    a_quote,
    a_receipt,
    a_statement,
    an_activity_report,
    an_invoice,
)

from facturar.model.activity import Activity
from facturar.model.invoice import Invoice
from facturar.model.letter import Letter
from facturar.model.notice import Notice
from facturar.model.plain import plain
from facturar.model.quote import Quote
from facturar.model.receipt import Receipt
from facturar.model.record import Record
from facturar.model.statement import Statement
from facturar.store.layout import record_path, report
from facturar.store.record_text import record_text
from facturar.store.scalar_text import flow_text, scalar_text
from facturar.store.yaml_text import load

AS_WRITTEN = """\
number: F-2026-0012
kind: invoice
issued: 2026-11-30
due:
  - date: 2026-12-30
    amount: 1060.00
period:
  from: 2026-11-01
  to: 2026-11-30
language: es
seller:
  name: Lucía Luna Pérez
  tax_id: 12345678Z
  address:
    street: Calle Mayor 12
    postcode: "01001"
    city: Madrid
    country: ES
buyer:
  name: Panadería Acme, S.L.
  tax_id: "12345674"
client: acme
job: web-acme
purchase_order: "0123"
covers:
  - web-acme:2026-11
currency: EUR
lines:
  - text: "Web: diseño #2"
    quantity: 10
    unit: h
    price: 100.00
    net: 1000.00
    taxes: [iva, irpf]
totals:
  net: 1000.00
  tax: 210.00
  withheld: 150.00
  total: 1210.00
  payable: 1060.00
message: |
  Hola, Ana:

  Gracias.
seal: abababababababababababababababababababababababababababababababab
"""

NASTY = [
    "a: b", "a #b", "#a", "- a", "-", "? a", ": a", "a:", "'a'", '"a"', "it's", 'say "hi"', "back\\slash", "C:\\n",
    " a", "a ", "a\tb", "\ta", "a\nb", "a\n\nb\n", "\na", "a\n\n", "a\n b", "  a\nb", "a \nb", "a\n  ", "a\r\nb", "\n",
    "a\x85b", "a\u2028b", "\ufeffa", "a\x00b", "a\x7fb", "😀", "👩‍👩‍👧", "a\xa0b", "\xa0", "[a]", "{a: b}", "a, b",
    "a]", "*a", "&a", "!a", "!!str a", "|", ">", "%a", "@a", "`a", "---", "...", "--- a", "<<", "=", "~", "a, [b",
    "¿Qué?", "null", "NULL", "NO", "no", "y", "Yes", "on", "OFF", "true", "False", "01001", "0o17", "0x1F", "0b11",
    "1_000", "1e3", "1.5e-3", ".5", "5.", "+1", "-1", "12:30", "1:30:15.5", ".inf", "-.INF", ".nan", "2026-11-30",
    "2026-1-2", "2026-11-30T10:00:00Z", "2026-11-30 10:00", "685,230.15", "1,5", "x" * 300,
]  # fmt: skip
texts = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.sampled_from("ab \n\t:#-'\"\\,[]{}?!&*|>%@`~.0é€\x85\xa0\u2028\ufeff😀"), max_size=12),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)
amounts = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12)


def test_a_record_is_block_yaml_in_the_order_of_its_model() -> None:
    assert record_text(an_invoice()) == AS_WRITTEN


@pytest.mark.parametrize(
    ("changes", "written"),
    [
        pytest.param({"job": ["web", "shop"]}, "\njob: [web, shop]\n", id="several jobs are a list"),
        pytest.param({"currency": "JPY"}, "\ncurrency: JPY\n", id="a code"),
        pytest.param({"simplified": True}, "\nsimplified: true\n", id="yes"),
        pytest.param({"purchase_order": "NO"}, '\npurchase_order: "NO"\n', id="another reader's false"),
        pytest.param({"purchase_order": "2026-11-30"}, '\npurchase_order: "2026-11-30"\n', id="another reader's date"),
        pytest.param({"terms": "2% 10 days, net 30 days"}, "\nterms: 2% 10 days, net 30 days\n", id="plain text"),
        pytest.param({"terms": "x" * 500}, f"\nterms: {'x' * 500}\n", id="long text is not folded"),
        pytest.param({"message": "Uno\nDos"}, "\nmessage: |-\n  Uno\n  Dos\n", id="no line break at the end"),
        pytest.param({"message": "Uno\tDos"}, '\nmessage: "Uno\\tDos"\n', id="a tab is escaped"),
        pytest.param({"message": 'El "sí"'}, "\nmessage: El \"sí\"\n", id="quotes inside need none"),
        pytest.param({"message": '"Sí", dijo'}, "\nmessage: '\"Sí\", dijo'\n", id="quotes at the start do"),
        pytest.param({"lines": []}, "\nlines: []\n", id="what is required stays when empty"),
        pytest.param({"lines": [{**LINE, "item": "mesa"}]}, "\n    item: mesa\n", id="a product"),
        pytest.param({"mentions": ["Una, dos"]}, "\nmentions:\n  - Una, dos\n", id="sentences are a block list"),
        pytest.param({"covers": ["x" * 50] * 2}, f"\ncovers:\n  - {'x' * 50}\n", id="long lists are block lists"),
        pytest.param(
            {"lines": [{**LINE, "quantity": Decimal("1E+2")}]}, "\n    quantity: 100\n", id="no exponent"
        ),
        pytest.param({"lines": [{**LINE, "net": Decimal("-0.00")}]}, "\n    net: 0.00\n", id="no negative zero"),
    ],
)  # fmt: skip
def test_facts_are_written_so_that_people_and_every_yaml_reader_see_the_same(
    changes: dict[str, Any], written: str
) -> None:
    assert written in record_text(an_invoice(**changes))


@pytest.mark.parametrize(
    "key", ["simplified", "void", "supplied", "quote", "reason", "mentions", "annexes", "previous", "seal"]
)
def test_what_does_not_apply_is_left_out(key: str) -> None:
    record = an_invoice(quote="", mentions=[], seal="")
    assert key not in load_mapping(record_text(record))


def test_a_letter_is_written_like_an_invoice() -> None:
    text = record_text(a_letter())
    assert text.startswith("kind: letter\nstep: firm\nclient: acme\ndate: 2026-11-30\n")
    assert text.endswith("total: 500.00\nearlier: [2026-11-05, 2026-11-15]\n")
    assert Letter.model_validate(load(text)) == a_letter()


def test_a_notice_is_written_like_an_invoice() -> None:
    text = record_text(a_notice())
    assert text.startswith("kind: notice\nname: rate-change\nclient: acme\ndate: 2026-11-30\n")
    assert text.endswith('    since: 2027-01-01\nvalues:\n  "no": "1:30"\n  items: ""\n')
    assert Notice.model_validate(load(text)) == a_notice()


def test_an_activity_report_reads_back_the_same() -> None:
    written = an_activity_report(prices_include_tax="true", version="2", expenses=[])
    assert Activity.model_validate(load(record_text(written))) == written


def test_a_receipt_reads_back_the_same() -> None:
    text = record_text(a_receipt())
    assert '\namount: 500.00\nreceived: 455.10 EUR\nreference: "0123"\ninvoices:\n' in text
    assert Receipt.model_validate(load(text)) == a_receipt()


def test_a_statement_reads_back_the_same() -> None:
    text = record_text(a_statement())
    assert "\nopening: 0.00\nmovements:\n" in text
    assert Statement.model_validate(load(text)) == a_statement()


def test_a_quote_is_written_like_an_invoice() -> None:
    text = record_text(a_quote())
    assert text.startswith("number: P-2026-0004\nkind: quote\nissued: 2026-11-30\nvalid_until: 2026-12-30\n")
    assert "\n  starts: 2026-12-01\n  rate: 60\n  estimate: true\ncurrency: EUR\n" in text
    assert Quote.model_validate(load(text)) == a_quote()


@given(text=texts, net=amounts, sentences=st.lists(texts, min_size=1, max_size=3))
def test_a_record_read_back_is_the_same_record(text: str, net: Decimal, sentences: list[str]) -> None:
    line = {**LINE, "text": text, "net": net}
    record = an_invoice(terms=text or None, message=f"{text}\n{text}", mentions=sentences, lines=[line, line])
    written = record_text(record)
    assert Invoice.model_validate(load(written)) == record
    assert record_text(Invoice.model_validate(load(written))) == written


@given(text=texts, net=amounts)
def test_a_loader_of_text_alone_reads_what_the_seal_is_taken_over(text: str, net: Decimal) -> None:
    record = an_invoice(reason=text or None, job=["web", "shop"], lines=[{**LINE, "net": net}])
    read = load_mapping(record_text(record))
    assert {**read, "seal": ""} == {**plain(record), "seal": ""}


@given(text=texts)
def test_text_is_the_same_text_for_a_reader_that_knows_types(text: str) -> None:
    block = f"{scalar_text(text)}: {scalar_text(text)}\n"
    key = "key" if text == "on" else text  # ours stays bare, for the eye
    flow = f"- {flow_text({key: [text, {'k': text}]})}\n"
    assert yaml.safe_load(block) == {text: text}
    assert yaml.safe_load(flow) == [{key: [text, {"k": text}]}]
    assert load(block) == {text: text}
    assert load(flow) == [{key: [text, {"k": text}]}]


@pytest.mark.parametrize("text", ["0o17", "1e3", "0x1F", "+12", ".5", "1.e5", "Null", "TRUE", ".NaN", "-.inf"])
def test_text_that_yaml_1_2_takes_for_another_type_is_quoted(text: str) -> None:
    assert scalar_text(text) == f'"{text}"'


@pytest.mark.parametrize("text", ["F-2026-0012", "12345678Z", "30 days", "15%", "+34 600 000 000", "ES", "9e", "a1b2"])
def test_what_is_no_other_type_stays_bare(text: str) -> None:
    assert scalar_text(text) == text


@pytest.mark.parametrize(
    ("record", "path"),
    [
        pytest.param(an_invoice(), "invoices/2026/F-2026-0012.yaml", id="an invoice by number"),
        pytest.param(an_invoice(number="ACME-7", issued="2027-01-02"), "invoices/2027/ACME-7.yaml", id="year of issue"),
        pytest.param(a_quote(), "quotes/2026/P-2026-0004.yaml", id="a quote by number"),
        pytest.param(a_quote(number="PF-7", kind="pro_forma"), "quotes/2026/PF-7.yaml", id="a pro forma too"),
        pytest.param(a_letter(), "letters/2026/2026-11-30-acme-firm.yaml", id="a letter by day, client and step"),
        pytest.param(a_notice(), "letters/2026/2026-11-30-acme-rate-change.yaml", id="any other letter by its name"),
        pytest.param(a_receipt(), "receipts/2026/2026-12-05-acme-receipt-USD.yaml", id="a receipt in another currency"),
        pytest.param(
            a_receipt(currency="EUR", sequence="2"), "receipts/2026/2026-12-05-acme-receipt.2.yaml", id="a second one"
        ),
        pytest.param(a_statement(), "statements/2026/2026-12-31-acme-activity.yaml", id="a statement of activity"),
        pytest.param(
            a_statement(kind="open", version="2"),
            "statements/2026/2026-12-31-acme-statement.2.yaml",
            id="of what is open",
        ),
        pytest.param(
            an_activity_report(), "activity/2026/2026-12-31-web-acme.yaml", id="a report by the year that it is of"
        ),
        pytest.param(
            an_activity_report(version=2), "activity/2026/2026-12-31-web-acme.2.yaml", id="a second one up to its day"
        ),
        pytest.param(a_letter(currency="USD"), "letters/2026/2026-11-30-acme-firm-USD.yaml", id="another currency"),
    ],
)
def test_a_record_lives_under_its_own_name(record: Record, path: str) -> None:
    assert str(record_path(record, "EUR")) == path


def test_a_report_stands_under_its_month() -> None:
    assert [face.name for face in report("2026-11")] == ["2026-11.md", "2026-11.html", "2026-11.pdf"]


def load_mapping(text: str) -> dict[str, Any]:
    data = load(text)
    assert isinstance(data, dict)
    return data
