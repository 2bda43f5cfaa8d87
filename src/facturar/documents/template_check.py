"""What is wrong with a template: its notation, the names that it uses, the templates that it extends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from facturar.documents.template_kinds import CONTEXTS, TemplateKind
from facturar.documents.template_names import names_of, unknown_names
from facturar.documents.templates import SUFFIX, Templates
from facturar.problems import did_you_mean


class TemplateCode(StrEnum):
    """What can be wrong with a template, by its stable name; `docs/errors.md` says what to do about each."""

    bad_notation = "bad-notation"
    unknown_template = "unknown-template"
    unknown_name = "unknown-name"
    bad_sample = "bad-sample"
    missing_fact = "missing-fact"


@dataclass(frozen=True)
class TemplateFault:
    """Something wrong in a template: the file as people call it, the line, which fault, what and what to do."""

    file: str
    line: int
    code: TemplateCode
    message: str
    hint: str


def name_of(path: str) -> str:
    """The name of a template from its path below the folder of templates.

    >>> name_of("es/letters/firm.md.j2")
    'letters/firm'
    """
    return path.partition("/")[2].removesuffix(SUFFIX)


def short_names(paths: Iterable[str]) -> set[str]:
    """The names by which templates may be called: `letters/firm`, and `firm` alone."""
    return {short for path in paths for short in (name_of(path), name_of(path).removeprefix("letters/"))}


def template_faults(
    path: str, source: str, there: Sequence[str], environment: SandboxedEnvironment, kind: TemplateKind
) -> list[TemplateFault]:
    """What is wrong with a template of a kind at a path (`es/invoice.md.j2`); `there` are all the paths there are."""
    file = f"templates/{path}"
    try:
        tree = environment.parse(source)
        environment.compile(source)
    except TemplateSyntaxError as error:
        hint = "see the notation in docs/templates.md"
        return [TemplateFault(file, error.lineno, TemplateCode.bad_notation, error.message or "", hint)]
    found = [
        _no_template(file, node.lineno, name, there)
        for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport))
        for name in _constant(node)
        if name not in there
    ]
    contexts = [CONTEXTS[kind]] if kind is not TemplateKind.part else list(dict.fromkeys(CONTEXTS.values()))
    unknown = unknown_names(tree, names_of(contexts))
    code = TemplateCode.unknown_name
    return [*found, *(TemplateFault(file, each.line, code, each.message, each.hint) for each in unknown)]


def _no_template(file: str, line: int, name: str, there: Sequence[str]) -> TemplateFault:
    message = f"there is no template '{name}'"
    return TemplateFault(file, line, TemplateCode.unknown_template, message, did_you_mean(name, there))


def extended_by(source: str, environment: SandboxedEnvironment) -> tuple[str, ...]:
    """The templates that one extends or takes parts from, by path, in their order; none of one that does not parse."""
    try:
        tree = environment.parse(source)
    except TemplateSyntaxError:
        return ()
    kinds = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
    return tuple(dict.fromkeys(name for node in tree.find_all(kinds) for name in _constant(node)))


def values_used(path: str, templates: Templates) -> frozenset[str]:
    """The keys of `values` that a template uses, and those that it extends or takes parts from."""
    seen, waiting, keys = set[str](), [path], set[str]()
    while waiting:
        at = waiting.pop()
        if at in seen or at not in templates.paths:
            continue
        seen.add(at)
        source = templates.source(at)
        tree = templates.environment.parse(source)
        of_values = (node for node in tree.find_all(nodes.Getattr) if isinstance(node.node, nodes.Name))
        keys |= {node.attr for node in of_values if getattr(node.node, "name", "") == "values"}
        waiting += extended_by(source, templates.environment)
    return frozenset(keys)


def _constant(node: nodes.Node) -> list[str]:
    """The name of another template, where it is written out."""
    other = getattr(node, "template", None)
    return [other.value] if isinstance(other, nodes.Const) and isinstance(other.value, str) else []
