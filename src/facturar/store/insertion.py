"""What to put into a YAML text, and where, so that it looks as if its owner had typed it.

Only additions are worked out here: an item of a list, a key of a mapping, a value where there is none yet. Indentation,
the style of the items, spacing and line ends are taken from the neighbours. Whether the result says what it should is
for `editing` to check.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from facturar.model.plain import Facts
from facturar.store.scalar_text import flow_text, scalar_text
from facturar.store.spans import Items, Node, Pairs, Word, lists_under_keys

_REST_OF_LINE = re.compile(r"[^\r\n]*(\r\n|\r|\n)?")
_ONLY_COMMENT = re.compile(r"[ \t]*(#[^\r\n]*)?(?=[\r\n]|$)")
_COMMA = re.compile(r"(?:\s|(?<=\s)#[^\r\n]*(?=[\r\n]|\Z))*,")  # possessive quantifiers err before Python 3.11.5
_STEP = 2


@dataclass(frozen=True, slots=True)
class Insertion:
    """Text to put at an index. `until` is beyond it only where an explicit `~` or `null` gives way."""

    at: int
    text: str
    until: int


@dataclass(frozen=True, slots=True)
class _ItemStyle:
    """How an item of a list is written: as a block or in braces, what stands after its dash and inside its braces."""

    block: bool = False
    gap: str = " "
    padding: str = ""


class Inserting:
    """Insertions into one text, whose values are the tree `root`."""

    def __init__(self, text: str, root: Node | None) -> None:
        self.text = text
        self.root = root
        found = re.search(r"\r\n|\r|\n", text)
        self.line_end = found[0] if found else "\n"

    def item(self, node: Items, item: Facts) -> list[Insertion]:
        """An item at the end of a list."""
        if node.flow:
            last = node.items[-1] if node.items else None
            return self._into_flow(node, last, last, flow_text(item, self._style(node).padding))
        return [self._lines(node.end, self._item_lines(item, self._column(node.start), self._style(node)))]

    def key(self, node: Pairs, key: str, value: Facts) -> list[Insertion]:
        """A key at the end of a mapping."""
        if node.flow:
            first, last = node.pairs[-1] if node.pairs else (None, None)
            return self._into_flow(node, first, last, flow_text({key: value})[1:-1])
        column = self._column(node.start)
        return [self._lines(node.end, self._key_lines(key, value, column))]

    def value(self, parent: Node, key: str | None, null: Word, value: Facts) -> list[Insertion]:
        """A value in the place of nothing: of the key or the item of `parent` that holds it."""
        if null.start < null.end:
            return [Insertion(null.start, flow_text(value), null.end)]
        if isinstance(parent, Pairs) and isinstance(value, list) and key is not None and not parent.flow:
            return [self._lines(null.end, self._key_lines(key, value, self._column(parent.start))[1:])]
        colon = isinstance(parent, Pairs) and self.text[null.start - 1] != ":"
        text = scalar_text(value, in_flow=_is_flow(parent)) if not isinstance(value, list | dict) else flow_text(value)
        return [Insertion(null.start, f": {text}" if colon else f" {text}", null.start)]

    def document(self, value: Facts) -> list[Insertion]:
        """All the content of a text that has none but comments."""
        if isinstance(value, list):
            lines = [line for item in value for line in self._item_lines(item, 0, _ItemStyle())]
        elif isinstance(value, dict):
            lines = [line for key, inner in value.items() for line in self._key_lines(key, inner, 0)]
        else:
            lines = [scalar_text(value)]
        return [self._lines(len(self.text), lines)]

    def _lines(self, index: int, lines: list[str]) -> Insertion:
        """Whole lines below the line of an index and its comment; a file that ends without a line end goes on so."""
        rest = _REST_OF_LINE.match(self.text, index)
        assert rest, "the rest of a line may be empty but is there"
        below = self.line_end.join(lines)
        at = rest.end()
        begins_line = at == 0 or self.text[at - 1] in "\r\n"
        return Insertion(at, below + self.line_end if begins_line else self.line_end + below, at)

    def _key_lines(self, key: str, value: Facts, column: int) -> list[str]:
        head = f"{' ' * column}{scalar_text(key)}:"
        if isinstance(value, list):
            indent, style = self._list_style(key)
            return [head, *(line for item in value for line in self._item_lines(item, column + indent, style))]
        return [f"{head} {flow_text(value) if isinstance(value, dict) else scalar_text(value)}"]

    def _item_lines(self, item: Facts, column: int, style: _ItemStyle) -> list[str]:
        dash = f"{' ' * column}-{style.gap}"
        if isinstance(item, dict) and item and style.block:
            lines = [f"{scalar_text(key)}: {_one_line(value)}" for key, value in item.items()]
            return [f"{dash}{lines[0]}", *(f"{' ' * len(dash)}{line}" for line in lines[1:])]
        return [f"{dash}{flow_text(item, style.padding) if isinstance(item, dict | list) else scalar_text(item)}"]

    def _list_style(self, key: str) -> tuple[int, _ItemStyle]:
        """How far a new list stands in from its key, and its items: as under the same key elsewhere, or any key."""
        known = list(lists_under_keys(self.root)) if self.root else []
        like = [found for found in known if found[0] == key] or known
        if not like:
            return _STEP, _ItemStyle()
        _, mapping, items = like[-1]
        return self._column(items.start) - self._column(mapping.start), self._style(items)

    def _style(self, node: Items) -> _ItemStyle:
        """As the last mapping in the list is written."""
        sample = next((item for item in reversed(node.items) if isinstance(item, Pairs)), None)
        if sample is None:
            return _ItemStyle()
        inside = self.text[sample.start + 1] if sample.flow else ""
        before = self.text[: sample.start]
        spaces = before[len(before.rstrip(" ")) :]
        gap = spaces if before.rstrip(" ").endswith("-") and spaces else " "
        return _ItemStyle(not sample.flow, gap, " " if inside == " " else "")

    def _into_flow(self, node: Items | Pairs, first: Node | None, last: Node | None, new: str) -> list[Insertion]:
        """Before the closing bracket; `first` and `last` are where the last entry begins and ends."""
        if first is None or last is None:
            return [_insertion(node.start + 1, new)]
        comma = _COMMA.match(self.text, last.end)
        index = comma.end() if comma else last.end
        indent = self._indent_of_own_line(first.start)
        if indent is None:
            return [_insertion(index, f" {new}," if comma else f", {new}")]
        line = f"{self.line_end}{indent}{new}"
        comment = _ONLY_COMMENT.match(self.text, index)
        end = comment.end() if comment else index
        if comma:
            return [_insertion(end, f"{line},")]
        return [_insertion(index, ","), _insertion(end, line)]

    def _column(self, index: int) -> int:
        return index - self._line_start(index)

    def _line_start(self, index: int) -> int:
        return max(self.text.rfind("\n", 0, index), self.text.rfind("\r", 0, index)) + 1

    def _indent_of_own_line(self, index: int) -> str | None:
        """The white space before an index, if there is nothing else before it on its line."""
        before = self.text[self._line_start(index) : index]
        return before if before.isspace() else None


def _insertion(at: int, text: str) -> Insertion:
    return Insertion(at, text, at)


def _is_flow(node: Node) -> bool:
    return not isinstance(node, Word) and node.flow


def _one_line(value: Facts) -> str:
    return flow_text(value) if isinstance(value, dict | list) else scalar_text(value)


def inserted(text: str, insertions: list[Insertion]) -> str:
    """The text with all the insertions, which are in the order of the text."""
    for insertion in reversed(insertions):
        text = text[: insertion.at] + insertion.text + text[insertion.until :]
    return text
