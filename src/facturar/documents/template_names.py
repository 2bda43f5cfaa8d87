"""The names that a template uses, against those that it is given: on every branch, also those that no sample takes.

A small reading of Jinja's syntax tree that knows the types of the names: what a loop goes over, which facts a party
has. Where a type cannot be known, nothing is said. Nothing is rendered here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from jinja2 import nodes
from jinja2.defaults import DEFAULT_NAMESPACE

from facturar.problems import did_you_mean

_ANY: Any = Any
_ALWAYS = frozenset({"self", "super", "loop", "caller", "varargs", "kwargs", *DEFAULT_NAMESPACE})
Scope = Mapping[str, Any]
"""The names that are there, each with its type."""


@dataclass(frozen=True)
class UnknownName:
    """A name that a template uses and nobody gives, on a line."""

    line: int
    message: str
    hint: str


def names_of(contexts: list[type]) -> dict[str, Any]:
    """The names of some contexts with their types; a name that differs among them is of any type."""
    found: dict[str, Any] = {}
    for context in contexts:
        for name, hint in get_type_hints(context).items():
            found[name] = hint if found.get(name, hint) == hint else _ANY
    return found


def unknown_names(tree: nodes.Template, given: Mapping[str, Any]) -> list[UnknownName]:
    """Every name and every part of one that is used but not there, by line, each once a line."""
    own = dict.fromkeys(_exported(tree), _ANY)
    found = sorted(_in(tree, {**given, **own}), key=lambda unknown: (unknown.line, unknown.message))
    return list(dict.fromkeys(found))


def _exported(tree: nodes.Template) -> Iterator[str]:
    """What the file itself names for all of it: macros, imports, sets."""
    yield from (macro.name for macro in tree.find_all(nodes.Macro))
    yield from (each.target for each in tree.find_all(nodes.Import))
    for each in tree.find_all(nodes.FromImport):
        yield from (name if isinstance(name, str) else name[1] for name in each.names)
    yield from (name.name for name in tree.find_all(nodes.Name) if name.ctx == "store" and not _of_a_loop(name, tree))


def _of_a_loop(name: nodes.Name, tree: nodes.Template) -> bool:
    return any(name in _targets(loop.target) for loop in tree.find_all(nodes.For))


def _targets(target: nodes.Node) -> list[nodes.Name]:
    return [target] if isinstance(target, nodes.Name) else list(target.find_all(nodes.Name))


def _in(node: nodes.Node, scope: Scope) -> Iterator[UnknownName]:
    match node:
        case nodes.For():
            yield from _in_loop(node, scope)
        case nodes.Macro() | nodes.CallBlock():
            inner = {**scope, **{arg.name: _ANY for arg in node.args}}
            yield from _in_all(node.iter_child_nodes(exclude=("args",)), inner)
        case nodes.Test(name="defined" | "undefined"):
            return
        case nodes.Name(ctx="load"):
            yield from _of_a_name(node, scope)
        case nodes.Getattr():
            yield from _in(node.node, scope)
            yield from _of_a_part(node, scope)
        case _:
            yield from _in_all(node.iter_child_nodes(), scope)


def _in_all(children: Iterator[nodes.Node], scope: Scope) -> Iterator[UnknownName]:
    for child in children:
        yield from _in(child, scope)


def _in_loop(loop: nodes.For, scope: Scope) -> Iterator[UnknownName]:
    yield from _in(loop.iter, scope)
    element = _element(_type(loop.iter, scope))
    targets = _targets(loop.target)
    inner = {**scope, **{t.name: element if len(targets) == 1 else _ANY for t in targets}}
    yield from _in_all(loop.iter_child_nodes(exclude=("iter", "target", "else_")), inner)
    yield from _in_all(iter(loop.else_), scope)


def _of_a_name(node: nodes.Name, scope: Scope) -> Iterator[UnknownName]:
    if node.name not in scope and node.name not in _ALWAYS:
        yield UnknownName(node.lineno, f"there is no name '{node.name}'", did_you_mean(node.name, scope))


def _of_a_part(node: nodes.Getattr, scope: Scope) -> Iterator[UnknownName]:
    whole = _type(node.node, scope)
    parts = _parts(whole)
    if parts is None or node.attr in parts or hasattr(whole, node.attr):
        return
    said = node.node.name if isinstance(node.node, nodes.Name) else _said(node.node)
    message = f"'{said}' has no '{node.attr}'" if parts else f"'{said}' is a text, and has no '{node.attr}'"
    yield UnknownName(node.lineno, message, did_you_mean(node.attr, parts))


def _said(node: nodes.Node) -> str:
    match node:
        case nodes.Getattr():
            return f"{_said(node.node)}.{node.attr}"
        case nodes.Name():
            return node.name
        case nodes.Getitem():
            return f"{_said(node.node)}[…]"
        case _:
            return "it"


def _parts(kind: Any) -> tuple[str, ...] | None:
    """The fields of a value; none of a text; None when its type is not known."""
    if dataclasses.is_dataclass(kind):
        return tuple(field.name for field in dataclasses.fields(kind))
    return () if kind is str else None


def _type(node: nodes.Node, scope: Scope) -> Any:
    """The type of an expression; any when it cannot be told."""
    match node:
        case nodes.Name():
            return _certain(scope.get(node.name, _ANY))
        case nodes.Getattr():
            whole = _type(node.node, scope)
            return _certain(get_type_hints(whole).get(node.attr, _ANY)) if dataclasses.is_dataclass(whole) else _ANY
        case nodes.Getitem(arg=nodes.Const(value=int())):
            return _element(_type(node.node, scope))
        case nodes.Or():
            left, right = _type(node.left, scope), _type(node.right, scope)
            return left if left == right else _ANY
        case _:
            return _ANY


def _certain(hint: Any) -> Any:
    """A type without its None; any if it is still one of several."""
    if get_origin(hint) in (Union, UnionType):
        kinds = [kind for kind in get_args(hint) if kind is not NoneType]
        return kinds[0] if len(kinds) == 1 else _ANY
    return hint


def _element(hint: Any) -> Any:
    """What a list has in it."""
    return _certain(get_args(hint)[0]) if get_origin(hint) is tuple else _ANY
