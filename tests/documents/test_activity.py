"""Activity reports: what was done, what it will come to, how to approve it and what silence means."""

from collections.abc import Callable
from typing import Any

import pytest

from facturar.documents.press import Press
from facturar.model.activity import Activity

from .samples import ACME, BOLT, LUNA, invoice, line


def report(**changes: Any) -> Activity:
    """The hours and an expense of a month, to be approved in five days, which silence does."""
    return Activity.model_validate(
        {
            "job": "soporte",
            "client": "acme",
            "title": "Mantenimiento de la web",
            "date": "2026-11-30",
            "period": {"from": "2026-11-01", "to": "2026-11-29"},
            "language": "es",
            "seller": LUNA,
            "buyer": ACME,
            "currency": "EUR",
            "entries": [
                {"date": "2026-11-04", "text": "Formulario de contacto", "hours": "4", "rate": "60"},
                {"date": "2026-11-10", "text": "Cambio urgente | sábado", "hours": "1.5", "rate": "80"},
                {"date": "2026-11-11", "text": "Un descuido mío", "hours": "0.5", "rate": "0"},
            ],
            "expenses": [{"date": "2026-11-12", "text": "Fotografías", "amount": "44.00"}],
            "lines": [
                line("Mantenimiento de la web", "4", "60", unit="h"),
                line("Mantenimiento de la web", "1.5", "80", unit="h"),
                line("Un descuido mío", "0.5", "0", unit="h"),
                line("Fotografías", "1", "44"),
            ],
            "totals": {"hours": "6", "net": "404.00"},
            "approve": {"within": "5", "silence": "accepts"},
            **changes,
        }
    )


IN_ENGLISH = {"language": "en", "buyer": BOLT, "title": "Website care"}
STATEMENT = {
    "period": {"from": "2026-11-01", "to": "2026-11-29"},
    "included": "10",
    "brought": "4",
    "worked": "16",
    "extra": "2",
    "left": "0",
}
GOLDEN = {
    "es": report(),
    "en-holds": report(**IN_ENGLISH, approve={"within": "10", "silence": "holds"}, purchase_order="PO-7"),
    "en-retainer": report(
        **IN_ENGLISH,
        entries=[{"date": "2026-11-04", "text": "Catalogue", "hours": "16"}],
        expenses=[],
        statement=STATEMENT,
        lines=[line("Website care", "2", "95", unit="h")],
        totals={"hours": "16", "net": "190.00"},
        approve=None,
    ),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_the_whole_of_it(name: str, press: Press, same_as_golden: Callable[[str, str], None]) -> None:
    same_as_golden(f"activity-{name}.md", press.markdown(GOLDEN[name]))


ACCEPTED = {"es": "entenderemos que lo aprueba", "en": "we will take it as approved"}
HELD = {"es": "Hasta tener su conformidad no lo facturaremos", "en": "We will not invoice it before"}
BY = {"es": "a más tardar el **5 de diciembre de 2026**", "en": "by **5 December 2026**"}


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize(
    ("approve", "accepts", "holds", "dated"),
    [
        ({"within": "5", "silence": "accepts"}, True, False, True),
        ({"within": "5", "silence": "holds"}, False, True, True),
        ({"silence": "holds"}, False, True, False),
        (None, False, False, False),
    ],
    ids=["silence accepts", "silence holds", "no term", "for information"],
)
def test_the_page_says_what_silence_means(
    language: str, approve: Any, accepts: bool, holds: bool, dated: bool, press: Press
) -> None:
    text = press.markdown(report(language=language, approve=approve))
    assert (ACCEPTED[language] in text, HELD[language] in text, BY[language] in text) == (accepts, holds, dated)


PHRASES = [
    ("free work", report(), " sin cargo |"),
    ("work that a price includes", report(entries=[
        {"date": "2026-11-04", "text": "Bocetos", "hours": "4"},
        {"date": "2026-11-05", "text": "Cambios", "hours": "4", "rate": "50"},
    ]), " incluido |"),
    ("prices with tax", report(prices_include_tax=True), "Total, impuestos incluidos"),
    ("a second report", report(version=2), "que aún no está aprobado ni facturado"),
    ("a day to answer", report(approve={"within": "1", "silence": "holds"}), "al día siguiente de su envío"),
    ("nobody to the attention of", report(buyer={**ACME, "attention": None}), "Buenos días:\n"),
    ("the client's order", report(purchase_order="4711"), "| Su pedido"),
]  # fmt: skip


@pytest.mark.parametrize(("record", "phrase"), [case[1:] for case in PHRASES], ids=[case[0] for case in PHRASES])
def test_phrases(record: Activity, phrase: str, press: Press) -> None:
    assert phrase in press.markdown(record)


def test_what_comes_to_nothing_has_no_amount(press: Press) -> None:
    text = press.markdown(report(lines=[], expenses=[], totals={"hours": "6"}))
    assert "## Importe" not in text
    assert "**Total**" in text


def test_a_report_of_many_lines_is_printed_the_same_each_time(press: Press) -> None:
    entries = [
        {"date": f"2026-11-{1 + n % 28:02d}", "text": f"Tarea {n} " * 9, "hours": "1", "rate": "60"} for n in range(70)
    ]
    record = report(entries=entries, totals={"hours": "70", "net": "404.00"})
    faces = press.faces(record)
    assert faces == press.faces(record)
    assert faces[".pdf"].startswith(b"%PDF-")


WORKED = [
    {"date": "2026-11-03", "text": "Taller", "hours": "2", "by": "Marta Gil"},
    {"date": "2026-11-04", "text": "Acta", "hours": "1.5"},
]


@pytest.mark.parametrize(("language", "who"), [("es", "Quién"), ("en", "Who")])
def test_an_annex_says_whose_hours_they_are_and_adds_up_each(language: str, who: str, press: Press) -> None:
    text = press.markdown(invoice(language=language, annexes=[{"kind": "work", "entries": WORKED}]))
    assert f"| {who} " in text
    listed = press.markdown(report(language=language, entries=WORKED))
    assert f"| {who} " in listed
    assert all(f"| *{name}*" in listed for name in ("Marta Gil", "Lucía Luna Pérez"))
    rows = [[cell.strip() for cell in row.split("|")[1:-1]] for row in text.splitlines() if row.startswith("| *")]
    hours = {"es": ("2 h", "1,5 h", "3,5 h"), "en": ("2 h", "1.5 h", "3.5 h")}[language]
    assert [(row[0], row[-1].replace("\u00a0", " ")) for row in rows[-3:]] == [
        ("*Marta Gil*", f"*{hours[0]}*"),
        ("*Lucía Luna Pérez*", f"*{hours[1]}*"),
        ("**Total**", f"**{hours[2]}**"),
    ]


def test_of_one_person_there_are_no_sums_and_of_nobody_no_column(press: Press) -> None:
    one = press.markdown(invoice(annexes=[{"kind": "work", "entries": WORKED[:1]}]))
    none = press.markdown(invoice(annexes=[{"kind": "work", "entries": WORKED[1:]}]))
    assert "| Marta Gil |" in one
    assert "*Marta Gil*" not in one
    assert "Quién" not in none
