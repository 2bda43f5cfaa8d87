"""The text of a record's file: keys in the order of the model, block style, one fact a line.

The same record gives the same text, byte for byte. Reading it back gives the same record. Nothing here computes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from facturar.model.plain import Facts, facts
from facturar.model.record import Record
from facturar.store.scalar_text import flow_text, needs_escape, scalar_text

_STEP = "  "
_WORD = re.compile(r"[\w.%/-]+")
_LIST_WIDTH = 80


def record_text(record: Record) -> str:
    """The YAML of a record, ending in a line break.

    What is empty is left out. Decimals and dates stand plain; text that another YAML reader would take for
    something else is quoted. No line is folded; text of several lines is a `|` block.
    """
    return "".join(f"{line}\n" for line in _mapping_lines(facts(record), ""))


def _mapping_lines(mapping: dict[str, Facts], indent: str) -> Iterator[str]:
    for key, value in mapping.items():
        yield from _entry_lines(f"{indent}{scalar_text(key)}:", value, indent)


def _entry_lines(head: str, value: Facts, indent: str) -> Iterator[str]:
    match value:
        case dict() if value:
            yield head
            yield from _mapping_lines(value, indent + _STEP)
        case list() if value and not _fits_a_line(value):
            yield head
            for item in value:
                yield from _item_lines(item, indent + _STEP)
        case str() if _is_block(value):
            yield from _block_lines(head, value, indent + _STEP)
        case _:
            yield f"{head} {flow_text(value) if isinstance(value, dict | list) else scalar_text(value)}"


def _item_lines(item: Facts, indent: str) -> Iterator[str]:
    if isinstance(item, dict) and item:
        first, *rest = _mapping_lines(item, indent + _STEP)
        yield f"{indent}- {first.removeprefix(indent + _STEP)}"
        yield from rest
    else:
        yield from _entry_lines(f"{indent}-", item, indent)


def _fits_a_line(items: list[Facts]) -> bool:
    words = [text for item in items if (text := _word(item)) is not None]
    return len(words) == len(items) and sum(map(len, words)) + 2 * len(words) <= _LIST_WIDTH


def _word(item: Facts) -> str | None:
    if isinstance(item, dict | list):
        return None
    text = scalar_text(item, in_flow=True)
    return text if _WORD.fullmatch(text) else None


def _is_block(text: str) -> bool:
    """Several lines that `|` keeps as they are: no indentation to be guessed, no blank lines at the end to count."""
    several = "\n" in text.rstrip("\n") and not text.endswith("\n\n")
    return several and not text[0].isspace() and not needs_escape(text.replace("\n", ""))


def _block_lines(head: str, text: str, indent: str) -> Iterator[str]:
    yield f"{head} |" if text.endswith("\n") else f"{head} |-"
    for line in text.removesuffix("\n").split("\n"):
        yield f"{indent}{line}" if line else ""
