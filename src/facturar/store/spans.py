"""Where each value of a YAML text begins and ends, so that more can be put beside it.

A span is the value alone: the comment behind it and the blank lines below it are not part of it. Nothing here changes
a text, and nothing here says what a value means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from facturar.store.places import YamlLoader

_DASH = re.compile(r"^ *-(?=\s|$)", re.MULTILINE)
_COLON = re.compile(r"\s*:")
_KEEPS_BLANK_LINES = re.compile(r"[|>]\d?\+")
_NULLS = frozenset(("", "~", "null"))


@dataclass(frozen=True, slots=True)
class Word:
    """A scalar or an alias; an empty one has the width of nothing, right after its colon or dash."""

    start: int
    end: int
    text: str = ""
    null: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list. In flow style from bracket to bracket, else from its first dash to the end of its last item."""

    start: int
    end: int
    flow: bool
    items: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Pairs:
    """A mapping. In flow style from brace to brace, else from its first key to the end of its last value."""

    start: int
    end: int
    flow: bool
    pairs: tuple[tuple[Node, Node], ...] = ()


Node: TypeAlias = Word | Items | Pairs


def tree_of(text: str) -> Node | None:
    """The values of a text's only document; None when there is none. The text has no byte order mark."""
    events = yaml.parse(text, Loader=YamlLoader)
    begins = yaml.StreamStartEvent, yaml.DocumentStartEvent
    first = next((event for event in events if not isinstance(event, begins)), None)
    return None if first is None or isinstance(first, yaml.StreamEndEvent) else _Reading(text, events).node(first)


def child(node: Node, step: str | int) -> Node | None:
    """The value under a key, or the item at an index; None when there is none."""
    if isinstance(node, Pairs):
        return next((value for key, value in node.pairs if isinstance(key, Word) and key.text == step), None)
    if isinstance(node, Items) and isinstance(step, int) and 0 <= step < len(node.items):
        return node.items[step]
    return None


def lists_under_keys(node: Node) -> Iterator[tuple[str, Pairs, Items]]:
    """Every block list that stands under a key of a block mapping: its key, the mapping, the list."""
    if isinstance(node, Items):
        for item in node.items:
            yield from lists_under_keys(item)
    if isinstance(node, Pairs):
        for key, value in node.pairs:
            if isinstance(key, Word) and isinstance(value, Items) and not (node.flow or value.flow):
                yield key.text, node, value
            yield from lists_under_keys(value)


class _Reading:
    """The walk over a parser's events."""

    def __init__(self, text: str, events: Iterator[yaml.Event]) -> None:
        self.text = text
        self.events = events

    def node(self, event: yaml.Event) -> Node:
        if isinstance(event, yaml.SequenceStartEvent):
            return self.items(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self.pairs(event)
        return self.word(event)

    def word(self, event: yaml.Event) -> Word:
        start, end = _marks(event)
        if not isinstance(event, yaml.ScalarEvent):
            return Word(start, end)
        if event.style in ("|", ">"):
            end = self.block_scalar_end(start, end)
        null = event.style not in ("'", '"', "|", ">") and event.value in _NULLS
        return Word(start, end, event.value, null)

    def block_scalar_end(self, start: int, end: int) -> int:
        """After the last line that counts: blank lines at the end are text only with `|+`."""
        if _KEEPS_BLANK_LINES.match(self.text, start):
            return end - 1 if self.text[end - 1 : end] == "\n" else end
        return start + len(self.text[start:end].rstrip())

    def items(self, opening: yaml.SequenceStartEvent) -> Items:
        items = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.node(event))
        if opening.flow_style:
            return Items(_marks(opening)[1] - 1, _marks(event)[1], True, tuple(items))
        start = _marks(opening)[0]
        if opening.anchor is not None and (dash := _DASH.search(self.text, start)):
            start = dash.end() - 1
        return Items(start, items[-1].end, False, tuple(items))

    def pairs(self, opening: yaml.MappingStartEvent) -> Pairs:
        pairs = []
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event)
            pairs.append((key, self.beside_colon(key, self.node(next(self.events)))))
        if opening.flow_style:
            return Pairs(_marks(opening)[1] - 1, _marks(event)[1], True, tuple(pairs))
        start = pairs[0][0].start if opening.anchor is not None else _marks(opening)[0]
        return Pairs(start, pairs[-1][1].end, False, tuple(pairs))

    def beside_colon(self, key: Node, value: Node) -> Node:
        """The value; one of no width stands right after its colon, or after its key when it has none."""
        if value.start < value.end:
            return value
        colon = _COLON.match(self.text, key.end)
        spot = colon.end() if colon and colon.end() <= value.start else key.end
        return Word(spot, spot, null=True)


def _marks(event: yaml.Event) -> tuple[int, int]:
    start, end = event.start_mark, event.end_mark
    assert start, "a parser gives each event its marks"
    assert end, "a parser gives each event its marks"
    return start.index, end.index
