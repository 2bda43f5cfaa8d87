"""Reasons on the screen and as data: a paragraph each, indented under what they are the reasons of.

Amounts are written as they stand in the files, with a point, so that they can be found there.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING

from facturar.cli.output import Column, Format, Table, print_json, print_table, text_of
from facturar.problems import Place
from facturar.views.explaining import Reason

if TYPE_CHECKING:
    from facturar.store.placing import Placing

_WIDTH, _WIDEST = 80, 110
_SHOWN = 6  # places of one reason; JSON has all of them
_GLUE = "\u00a0"  # a space at which no line is broken
_COLUMNS = [Column(key.capitalize(), key) for key in ("about", "value", "because", "source", "at")]


def print_reasons(reasons: Iterable[Reason], placing: Placing, form: Format) -> None:
    """Trees of reasons on stdout; JSON of a single one is the tree itself."""
    found = list(reasons)
    if form is Format.json:
        facts = [reason_facts(reason, placing) for reason in found]
        print_json(facts[0] if len(facts) == 1 else facts)
    elif form is Format.csv:
        print_table(Table(_COLUMNS, [row for reason in found for row in _rows(reason, placing)]), form)
    elif form is Format.md:
        sys.stdout.writelines(f"{line}\n" for reason in found for line in _bullets(reason, placing))
    else:
        _print_text(found, placing)


def reason_facts(reason: Reason, placing: Placing) -> dict[str, object]:
    """A reason and those it stands on, with the place of each as file, line and column."""
    return {
        "subject": reason.subject,
        "value": None if reason.value is None else text_of(reason.value),
        "because": reason.because or None,
        "source": reason.source or None,
        "at": [{"file": p.file, "line": p.line, "column": p.column} for p in _places(reason, placing)],
        "parts": [reason_facts(part, placing) for part in reason.parts],
    }


def _places(reason: Reason, placing: Placing) -> list[Place]:
    found = (placing.place(path) for path in reason.at)
    return list(dict.fromkeys(place for place in found if place))


def _spots(places: Iterable[Place]) -> list[str]:
    return [f"{place.file}:{place.line}:{place.column}" for place in places]


def _rows(reason: Reason, placing: Placing, above: str = "") -> Iterator[tuple[object, ...]]:
    about = f"{above} > {reason.subject}" if above else reason.subject
    yield about, reason.value, reason.because, reason.source, " ".join(_spots(_places(reason, placing)))
    for part in reason.parts:
        yield from _rows(part, placing, about)


def _bullets(reason: Reason, placing: Placing, indent: str = "") -> Iterator[str]:
    value = "" if reason.value is None else f": {text_of(reason.value)}"
    more = [reason.because, f"({reason.source})" if reason.source else ""]
    more += [f"`{spot}`" for spot in _spots(_places(reason, placing))]
    told = " ".join(filter(None, more))
    yield f"{indent}- **{reason.subject}**{value}{f' — {told}' if told else ''}"
    for part in reason.parts:
        yield from _bullets(part, placing, f"{indent}  ")


def _in_short(places: list[Place]) -> list[str]:
    """The places of a reason, the file said once for all that follow one another in it."""
    told = []
    for _, own in groupby(places[:_SHOWN], key=lambda place: place.file):
        first, *others = own
        told += [f"{first.file}:{first.line}:{first.column}", *(f":{p.line}:{p.column}" for p in others)]
    left = len(places) - _SHOWN
    return [*told, f"and {left} more"] if left > 0 else told


def _paragraph(reason: Reason, placing: Placing, depth: int, width: int) -> list[str]:
    value = "" if reason.value is None else f": {text_of(reason.value)}"
    source = f"({reason.source})" if reason.source else ""
    places = _in_short(_places(reason, placing))
    spots = [f"←{_GLUE}{places[0]}", *places[1:]] if places else []
    told = " ".join(filter(None, [reason.because, source, *spots]))
    between = " - " if value and told else ": " if told else ""
    indent = "  " * depth
    text = f"{reason.subject}{value}{between}{told}"
    lines = wrap(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=f"{indent}    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace(_GLUE, " ") for line in lines]


def _paragraphs(reason: Reason, placing: Placing, width: int, depth: int = 0) -> Iterator[tuple[Reason, list[str]]]:
    yield reason, _paragraph(reason, placing, depth, width)
    for part in reason.parts:
        yield from _paragraphs(part, placing, width, depth + 1)


def reason_lines(reason: Reason, placing: Placing, depth: int = 0) -> list[str]:
    """The tree as lines of text for 80 columns."""
    return [line for _, lines in _paragraphs(reason, placing, _WIDTH, depth) for line in lines]


def _print_text(reasons: list[Reason], placing: Placing) -> None:
    if not sys.stdout.isatty():
        sys.stdout.writelines(f"{line}\n" for reason in reasons for line in reason_lines(reason, placing))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(no_color=bool(os.environ.get("NO_COLOR")), highlight=False)
    for reason in reasons:
        for own, lines in _paragraphs(reason, placing, min(console.width, _WIDEST)):
            text = Text("\n".join(lines))
            text.highlight_regex(r"(?<=\s)\S*:\d+:\d+(?=\s|$)", "cyan")
            text.highlight_regex(rf"\A\s*{re.escape(own.subject)}", "bold")
            console.print(text, soft_wrap=True)
