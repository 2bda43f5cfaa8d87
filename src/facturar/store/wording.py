"""What to say of a value that a model refused: our code, a message and a hint for each kind of pydantic error.

Only words; where the value stands is for `validation` to find.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from facturar.model.agreement import Completion
from facturar.problems import Code
from facturar.store.keys import agreements_with, keys_of, meant, thing

WRONG_TYPE = {
    "string_type": ("a text", "write a text"),
    "tuple_type": ("a list", "write [one, two], or each item on a line of its own that begins with '- '"),
    "dict_type": ("a mapping", "write 'key: value' pairs on indented lines below"),
    "model_type": ("a mapping", "write 'key: value' pairs on indented lines below"),
    "model_attributes_type": ("a mapping", "write 'key: value' pairs on indented lines below"),
}
"""pydantic's words for a value of the wrong shape, and ours."""

_OURS = frozenset(code.value for code in Code)
_LANGUAGE = "^[a-z]{2}$"


class Said(NamedTuple):
    """The words of a problem."""

    code: Code
    message: str
    hint: str = ""


def said(error: ErrorDetails, model: type[BaseModel] | None, present: Mapping[str, Any]) -> Said:
    """What to say of an error in a mapping that `model` reads and that has the keys of `present`."""
    kind, context = error["type"], error.get("ctx", {})
    key = str(error["loc"][-1]) if error["loc"] else ""
    if kind in _OURS:
        return Said(Code(kind), context["message"], context["hint"])
    if kind == "extra_forbidden":
        return unknown_key(key, model, present)
    if kind == "missing":
        return Said(Code.missing_key, f"{thing(model) if model else 'this'} needs '{key}'", f"add '{key}:'")
    if kind == "union_tag_not_found":
        return Said(Code.missing_key, "this needs 'kind'", "add 'kind:', which says how the rest is read")
    if kind in WRONG_TYPE:
        return _wrong_shape(kind, error["input"])
    if kind in ("literal_error", "enum", "union_tag_invalid"):
        return _not_a_choice(error["input"], context)
    return _bad_value(kind, _shown(error["input"]), context, error["msg"])


def unknown_key(key: str, model: type[BaseModel] | None, present: Mapping[str, Any]) -> Said:
    """What to say of a key that the model of a mapping does not have."""
    allowed = [known for known in keys_of(model) if known not in present] if model else []
    message = f"'{key}' is not a key of {thing(model) if model else 'this'}"
    return Said(Code.unknown_key, message, _key_hint(key, allowed, model, present))


def _key_hint(key: str, allowed: list[str], model: type[BaseModel] | None, present: Mapping[str, Any]) -> str:
    if key.isdecimal() and present[key] is None:
        return "inside braces a comma ends the value; write decimals with a point: 1234.50"
    if model is Completion and "kind" not in present and (kinds := agreements_with(key)):
        return f"it belongs to another kind of agreement; add one of: {', '.join(f'kind: {kind}' for kind in kinds)}"
    if guess := meant(key, allowed):
        return f"did you mean '{guess}'?"
    return f"the keys there are: {', '.join(allowed)}" if allowed else ""


def _wrong_shape(kind: str, value: object) -> Said:
    wanted, hint = WRONG_TYPE[kind]
    if kind == "tuple_type" and isinstance(value, str):
        hint = f"write it in brackets: [{value}]"
    return Said(Code.wrong_shape, f"{wanted} belongs here, not {shape(value)}", hint)


def shape(value: object) -> str:
    """What some raw data is, in words.

    >>> shape(["a"]), shape({}), shape("a"), shape(None)
    ('a list', 'a mapping', "'a'", 'nothing')
    """
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return "nothing" if value is None else _shown(value)


def _not_a_choice(value: object, context: Mapping[str, Any]) -> Said:
    choices = re.findall(r"'([^']*)'", str(context.get("expected", context.get("expected_tags", ""))))
    word = str(value.get("kind")) if isinstance(value, dict) else str(value)
    shown = f"'{word}'" if isinstance(value, str | dict) else shape(value)
    guess = meant(word, choices)
    listed = " · ".join(choices)
    hint = f"did you mean '{guess}'? There are: {listed}" if guess else f"write one of: {listed}"
    return Said(Code.not_a_choice, f"{shown} is not one of the choices", hint)


def _bad_value(kind: str, shown: str, context: Mapping[str, Any], message: str) -> Said:
    match kind:
        case "string_too_short":
            return Said(Code.bad_value, "this text is empty", "write something, or leave the key out")
        case "too_short":
            return Said(Code.bad_value, "this list is empty", f"it needs at least {context['min_length']}")
        case "int_parsing" | "int_type" | "int_from_float":
            return Said(Code.bad_number, f"{shown} is not a whole number", "write digits alone, like 3")
        case "bool_parsing" | "bool_type":
            return Said(Code.bad_value, f"{shown} is neither true nor false", "write true or false")
        case "greater_than_equal" | "less_than_equal":
            return Said(Code.bad_value, f"{shown} is out of range", f"it is {_bound(context)}")
        case "string_pattern_mismatch" if context["pattern"] == _LANGUAGE:
            return Said(Code.bad_value, f"{shown} is not a language", "write its two letters: es, en …")
        case _:
            return Said(Code.bad_value, f"{shown} does not fit here: {message}")


def _bound(context: Mapping[str, Any]) -> str:
    return f"at least {context['ge']}" if "ge" in context else f"at most {context['le']}"


def _shown(value: object) -> str:
    """A value in quotes, cut when it is long."""
    if not isinstance(value, str):
        return shape(value)
    return f"'{value}'" if len(value) <= 40 else f"'{value[:39]}…'"
