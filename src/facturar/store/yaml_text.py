"""From the text of a YAML file to plain data in which every scalar is still text.

Only null is resolved (`~`, `null`, nothing at all): `NO` stays Norway, `01001` keeps its zero and `1:30` is no
sexagesimal. What makes YAML surprising is refused: tags, several documents, merge keys, keys that are not text, equal
keys. Aliases are read, up to a bound. No place is kept here: `places` looks it up once something is wrong.
"""

from __future__ import annotations

from typing import Any, NoReturn

from yaml import (
    AliasEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
    YAMLError,
)

from facturar.problems import BookError, Code, Place, Problem
from facturar.store.places import YamlLoader, equal_keys, line_at
from facturar.store.yaml_advice import advice

MAX_ALIASED = 100_000
"""How many values all aliases of a file may stand for together."""

MAX_DEPTH = 64
"""How deep lists and mappings may nest."""

Data = str | None | list[Any] | dict[str, Any]

_NULLS = frozenset(("", "~", "null"))
_NO_KEYS = {
    "": ("a key is missing before ':'", "write the key, or quote the text that begins with a colon"),
    "<<": ("merge keys (<<) are not read", "write the keys out, or give a whole value with *name"),
}


def load(text: str, file: str = "") -> Data:
    """The data of a YAML text, scalars as text. Raises a BookError with all that is wrong, placed in `file`.

    >>> load("{country: NO, price: 45.10, note: }")
    {'country': 'NO', 'price': '45.10', 'note': None}
    """
    text = text.removeprefix("\ufeff")
    try:
        return _Building(YamlLoader(text)).document()
    except _EqualKeysError:
        raise BookError(_equal_key_problems(text, file)) from None
    except _RefusedError as refused:
        raise BookError([refused.problem(text, file)]) from None
    except YAMLError as error:
        raise BookError([_syntax_problem(error, text, file)]) from None


class _EqualKeysError(Exception):
    """A mapping has a key twice; a second look finds where."""


class _RefusedError(Exception):
    """YAML that facturar does not read, and the event it begins with."""

    def __init__(self, event: Event, message: str, hint: str, code: Code) -> None:
        self.mark, self.message, self.hint, self.code = event.start_mark, message, hint, code

    def problem(self, text: str, file: str) -> Problem:
        line, column = (self.mark.line + 1, self.mark.column + 1) if self.mark else (1, 1)
        place = Place(file, line, column)
        return Problem(self.code, self.message, self.hint, place=place, excerpt=line_at(text, line))


def _refuse(event: Event, message: str, hint: str, code: Code = Code.yaml_syntax) -> NoReturn:
    raise _RefusedError(event, message, hint, code)


class _Building:
    """The walk over a parser's events that builds the data."""

    __slots__ = ("aliased", "anchors", "depth", "next")

    def __init__(self, parser: Any) -> None:
        self.next = parser.get_event
        self.anchors: dict[str, Data] = {}
        self.aliased = 0
        self.depth = 0

    def document(self) -> Data:
        """The data of the only document; None when there is none."""
        self.next()
        if type(self.next()) is StreamEndEvent:
            return None
        data = self.value(self.next())
        while type(event := self.next()) is DocumentEndEvent:
            pass
        if type(event) is not StreamEndEvent:
            _refuse(event, "a second document begins here", "keep one document in a file; '---' starts another")
        return data

    def value(self, event: Any) -> Data:
        """The value that begins with an event."""
        kind = type(event)
        if kind is AliasEvent:
            return self.alias(event)
        if event.tag is not None:
            _refuse(event, "tags are not read", "leave out the '!…', or quote text that begins with '!'")
        data = _text(event) if kind is ScalarEvent else self.collection(event)
        if event.anchor is not None:
            self.anchors[event.anchor] = data
        return data

    def collection(self, event: CollectionStartEvent) -> Data:
        if self.depth == MAX_DEPTH:
            _refuse(event, f"lists and mappings nest deeper than {MAX_DEPTH}", "keep to the keys that facturar knows")
        self.depth += 1
        data: Data = self.mapping() if type(event) is MappingStartEvent else self.sequence()
        self.depth -= 1
        return data

    def mapping(self) -> dict[str, Any]:
        result: dict[str, Any] = {}
        get, value = self.next, self.value
        while type(event := get()) is not MappingEndEvent:
            key = self.key(event)
            if key in result:
                raise _EqualKeysError
            result[key] = value(get())
        return result

    def sequence(self) -> list[Any]:
        result = []
        get, value = self.next, self.value
        while type(event := get()) is not SequenceEndEvent:
            result.append(value(event))
        return result

    def key(self, event: Any) -> str:
        if type(event) is not ScalarEvent:
            what = "an alias" if type(event) is AliasEvent else "a list or mapping"
            _refuse(event, f"a key is text, not {what}", "write the key as a plain word")
        key: str = event.value
        if event.tag is not None or event.anchor is not None:
            self.value(event)
        if event.implicit[0] and key in _NO_KEYS:
            _refuse(event, *_NO_KEYS[key])
        return key

    def alias(self, event: AliasEvent) -> Data:
        if event.anchor not in self.anchors:
            _refuse(
                event,
                f"'*{event.anchor}' is the alias of nothing: no '&{event.anchor}' is complete before it",
                "quote text that begins with an asterisk",
            )
        data = self.anchors[event.anchor]
        self.aliased += _size(data, MAX_ALIASED - self.aliased)
        if self.aliased > MAX_ALIASED:
            _refuse(
                event,
                f"the aliases of this file stand for more than {MAX_ALIASED} values",
                "write out what differs and drop the aliases",
                Code.too_many_aliases,
            )
        return data


def _text(event: ScalarEvent) -> str | None:
    text: str = event.value
    return None if text in _NULLS and event.implicit[0] else text


def _size(data: Data, enough: int) -> int:
    """How many values there are in some data with its aliases expanded; counting stops above `enough`."""
    size, waiting = 0, [data]
    while waiting and size <= enough:
        item = waiting.pop()
        size += 1
        if isinstance(item, dict):
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
    return size


def _syntax_problem(error: YAMLError, text: str, file: str) -> Problem:
    found = advice(error, text)
    place = Place(file, found.line, found.column)
    return Problem(Code.yaml_syntax, found.message, found.hint, place=place, excerpt=line_at(text, found.line))


def _equal_key_problems(text: str, file: str) -> list[Problem]:
    """Every key that stands twice in a mapping, or the syntax error that the rest of the text has."""
    try:
        twice = equal_keys(text)
    except YAMLError as error:
        return [_syntax_problem(error, text, file)]
    return [
        Problem(
            Code.duplicate_key,
            f"the key '{key}' is here twice",
            "keep one of the two",
            place=Place(file, *second),
            also=Place(file, *first),
            excerpt=line_at(text, second[0]),
        )
        for key, first, second in twice
    ]
