"""Where things stand in a YAML text: the line and column of a key path.

This is the second, slower look: nothing of it runs while all is well. Lines and columns count from 1, columns in
characters. It knows a text, not files or the book.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

import yaml

from facturar.problems import KeyPath

Spot = tuple[int, int]
"""Line and column, from 1."""

YamlLoader: type[yaml.BaseLoader] | type[yaml.CBaseLoader]
"""libyaml's parser where it is there, or PyYAML's own; both resolve nothing."""
try:
    from yaml import CBaseLoader as YamlLoader
except ImportError:
    from yaml import BaseLoader as YamlLoader

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # what YAML 1.1 takes for the end of a line


def line_at(text: str, line: int) -> str:
    """The text of a line, without its end; empty when there is no such line."""
    lines = _BREAK.split(text.removeprefix("\ufeff"))
    return lines[line - 1] if 0 < line <= len(lines) else ""


def spot_at(text: str, index: int) -> Spot:
    """The line and column of a character."""
    ends = [match.end() for match in _BREAK.finditer(text, 0, index)]
    return len(ends) + 1, index - (ends[-1] if ends else 0) + 1


class Places:
    """The places in one text, which is composed into nodes once, when the first place is asked for."""

    def __init__(self, text: str) -> None:
        self.text = text.removeprefix("\ufeff")

    @cached_property
    def _root(self) -> yaml.Node | None:
        try:
            root: yaml.Node | None = yaml.compose(self.text, Loader=YamlLoader)
        except yaml.YAMLError:
            return None
        return root

    def of(self, path: KeyPath, *, on_key: bool = False) -> Spot:
        """The line and column of the value at a path, or of its key.

        A value that begins on lines below its key is shown by its key. Of a path that is not there, the key of the
        nearest parent that is.
        """
        key, value = None, self._root
        for step in path:
            found = _child(value, step)
            if found is None:
                on_key = True
                break
            key, value = found
        shown = key if key and (on_key or _stands_below(value)) else value
        return _spot(shown) if shown else (1, 1)


def equal_keys(text: str) -> list[tuple[str, Spot, Spot]]:
    """Each key that a mapping has twice, with its first spot and the repeated one. Raises yaml.YAMLError."""
    root = yaml.compose(text.removeprefix("\ufeff"), Loader=YamlLoader)
    twice = []
    for mapping in _mappings(root):
        first: dict[str, Spot] = {}
        for key, _ in mapping.value:
            if first.setdefault(key.value, _spot(key)) != _spot(key):
                twice.append((key.value, first[key.value], _spot(key)))
    return sorted(twice, key=lambda found: found[2])


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """The node of a key (of an item: itself) and the node of its value."""
    if isinstance(node, yaml.MappingNode):
        return next((pair for pair in node.value if pair[0].value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _stands_below(node: yaml.Node | None) -> bool:
    """Whether a value is a block on the lines below its key, or nothing at all."""
    if isinstance(node, yaml.CollectionNode):
        return not node.flow_style
    return node is not None and node.start_mark.index == node.end_mark.index


def _spot(node: yaml.Node) -> Spot:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _mappings(root: yaml.Node | None) -> Iterator[yaml.MappingNode]:
    """Every mapping of a tree, each once however many aliases it has."""
    waiting, seen = [root] if root else [], set()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            yield node
            waiting.extend(value for _, value in node.value)
        elif isinstance(node, yaml.SequenceNode):
            waiting.extend(node.value)
