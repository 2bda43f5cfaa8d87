"""Charts of block characters beside their amounts, on a terminal: as wide as it is, up to 80 columns."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from decimal import Decimal

from facturar.cli.output import Customs, figure_of

_WIDTH = 80
_GAP = 2


def bars_of(rows: Sequence[tuple[str, Decimal]], customs: Customs, width: int = _WIDTH) -> list[str]:
    """A line for each name with its amount and a bar; the largest amount fills what is left of the width.

    >>> bars_of([("1-30", Decimal("10.00")), ("31-60", Decimal("5.00"))], Customs(), width=22)
    ['1-30   10.00  ████████', '31-60   5.00  ████']
    """
    from facturar.documents.bars import bar

    amounts = [figure_of(amount, customs.language) for _, amount in rows]
    names, figures = max((len(name) for name, _ in rows), default=0), max(map(len, amounts), default=0)
    largest, cells = max((amount for _, amount in rows), default=Decimal(0)), width - names - figures - 2 * _GAP
    return [
        f"{name:<{names}}  {figure:>{figures}}  {bar(amount, largest, max(cells, 1))}"
        for (name, amount), figure in zip(rows, amounts, strict=True)
    ]


def screen_width() -> int:
    """How many columns a chart may take."""
    return min(shutil.get_terminal_size().columns, _WIDTH)


_STEPS = "▁▂▃▄▅▆▇█"


def sparkline(figures: Sequence[int]) -> str:
    """Some figures as a line of blocks, from nothing to the largest.

    >>> sparkline([0, 15, 30, 60])
    '▁▃▅█'
    """
    largest = max(figures, default=0)
    last = len(_STEPS) - 1
    return "".join(
        _STEPS[(max(figure, 0) * last + largest // 2) // largest if largest > 0 else 0] for figure in figures
    )


def print_chart(title: str, rows: Sequence[tuple[str, Decimal]], customs: Customs, *, graded: bool = True) -> None:
    """A chart below a table, if somebody looks at it on a terminal.

    If it is `graded`, each bar is warmer than the one before, the last one red; but without colour under NO_COLOR.
    """
    if not sys.stdout.isatty() or not any(amount for _, amount in rows):
        return
    colours = ["32", *["33"] * max(len(rows) - 2, 0), "31"][: len(rows)]
    plain = bool(os.environ.get("NO_COLOR")) or not graded
    if title:
        sys.stdout.write(f"{title}\n")
    for line, colour in zip(bars_of(rows, customs, screen_width()), colours, strict=True):
        head, _, bar = line.rpartition("  ")
        sys.stdout.write(f"{line}\n" if plain else f"{head}  \x1b[{colour}m{bar}\x1b[0m\n")
    sys.stdout.write("\n")
