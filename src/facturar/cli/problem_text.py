"""A problem as plain text: its place, code and message, the line with a caret under the spot, the hint.

The only place that draws carets. Colour is added by whoever prints.
"""

from __future__ import annotations

from facturar.cli.cells import cells, printable
from facturar.problems import Place, Problem

_TAB = 4
_WIDTH = 100


def problem_text(problem: Problem) -> str:
    """The lines of a problem, without a line end after the last.

    >>> from facturar.problems import Code
    >>> place = Place("jobs.yaml", 12, 8)
    >>> print(problem_text(Problem(Code.bad_number, "'6O' is no number", "write 60", place=place, excerpt="price: 6O")))
    jobs.yaml:12:8: error[bad-number] '6O' is no number
       12 | price: 6O
          |        ^
    hint: write 60
    """
    start = f"{_spot(problem.place)}: " if problem.place else ""
    lines = [f"{start}{problem.severity}[{problem.code}] {printable(problem.message)}"]
    if problem.place and problem.excerpt.strip():
        lines += _pointed(problem.excerpt, problem.place)
    if problem.hint:
        lines.append(f"hint: {printable(problem.hint)}")
    if problem.also:
        lines.append(f"also: {_spot(problem.also)}")
    return "\n".join(lines)


def _spot(place: Place) -> str:
    return f"{place.file}:{place.line}:{place.column}"


def _pointed(excerpt: str, place: Place) -> list[str]:
    """The line behind its number, and a caret under the column of the place."""
    before, after = excerpt[: place.column - 1], excerpt[place.column - 1 :]
    shown, indent = _cut(printable(before.expandtabs(_TAB)), printable(after.expandtabs(_TAB)))
    number = f"{place.line:5} | "
    return [f"{number}{shown}".rstrip(), f"{' ' * (len(number) - 2)}| {' ' * indent}^"]


def _cut(before: str, after: str) -> tuple[str, int]:
    """A long line cut to what stands around the spot, and the cells before it."""
    if len(before) + len(after) <= _WIDTH:
        return before + after, cells(before)
    before = before if len(before) <= _WIDTH // 2 else "…" + before[1 - _WIDTH // 2 :]
    room = _WIDTH - len(before)
    return before + (after if len(after) <= room else after[: room - 1] + "…"), cells(before)
