"""On a terminal: 80 columns, plain without colour, figures in line."""

import io

import pytest
from rich.console import Console

from facturar.documents.press import Press
from facturar.model.interest import InterestPart
from facturar.model.record import Record

from .samples import charged, invoice, letter, line, many_lines, untaxed


def shown(press: Press, markdown: str) -> list[str]:
    console = Console(file=io.StringIO(), width=80, color_system=None)
    console.print(press.preview(markdown))
    assert isinstance(console.file, io.StringIO)
    return [row.rstrip().replace("\u00a0", " ") for row in console.file.getvalue().splitlines()]


RECORDS: dict[str, Record] = {
    "invoice": invoice(),
    "long line": untaxed([line("palabra " * 40, "1234.5", "1234567.89", unit="horas")]),
    "call": letter("call", 2),
    "formal": charged("formal", 3),
}


@pytest.mark.parametrize("name", RECORDS)
def test_nothing_is_wider_than_the_terminal(name: str, press: Press) -> None:
    rows = shown(press, press.markdown(RECORDS[name]))
    assert max(len(row) for row in rows) <= 80


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_number_of_an_invoice_is_never_broken(language: str, press: Press) -> None:
    parts = [
        {
            "first": "2026-03-31",
            "last": "2026-06-30",
            "days": days,
            "base": "21537.00",
            "percent": "10.15",
            "amount": "9",
        }
        for days in (91, 92)
    ]
    claimed = charged("final", 3)
    charges = [
        charge.model_copy(update={"number": "FRL-2026-00012", "parts": tuple(map(InterestPart.model_validate, parts))})
        for charge in claimed.charges
    ]
    told = claimed.model_copy(update={"language": language, "charges": tuple(charges)})
    rows = shown(press, press.markdown(told))
    assert sum(row.startswith("FRL-2026-00012  ") for row in rows) >= 2
    assert any(row.split()[-1:] == ["9,00"] or "9.00" in row or "9,00 €" in row for row in rows)


def test_figures_too_many_for_the_width_fold_and_are_not_cut(press: Press) -> None:
    amounts = [f"1.234.56{n},00 €" for n in range(7)]
    header = "| Cliente |" + " x |" * 7 + "\n|---|" + "--:|" * 7
    rows = shown(press, f"{header}\n| Acme | {' | '.join(amounts)} |\n")
    assert max(len(row) for row in rows) <= 80
    assert sum(row.count(digit) for row in rows for digit in "0123456") == sum(
        amount.count(digit) for amount in amounts for digit in "0123456"
    )


def test_amounts_end_in_one_column(press: Press) -> None:
    rows = shown(press, press.markdown(invoice()))
    ends = {len(row) for row in rows if row.startswith(("Base imponible", "IVA", "Total", "Retención"))}
    assert len(ends) == 1


def test_markup_and_names_of_blocks_do_not_show(press: Press) -> None:
    text = "\n".join(shown(press, press.markdown(invoice())))
    assert "<!--" not in text
    assert "**" not in text
    assert "Factura F-2026-0012" in text


def test_a_very_long_table_is_still_whole(press: Press) -> None:
    rows = shown(press, press.markdown(many_lines(300)))
    assert sum("autumn catalogue" in row for row in rows) == 300


def test_lists_quotes_and_code(press: Press) -> None:
    rows = shown(press, "1. uno\n2. dos\n\n> cita\n\n```\nx = 1\n```\n\n- a\n  - b\n\n---\n")
    assert rows[:3] == ["1. uno", "2. dos", ""]
    assert "    cita" in rows
    assert "    x = 1" in rows
    assert "  • b" in rows
