"""The help of a command: what it takes in words of the trade, and examples of its use."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any

from typer.core import TyperArgument, TyperCommand

from facturar.cli.examples import EXAMPLES

_VALUES = {
    "DATE": ("as-of", "date", "due", "from", "since", "to", "until"),
    "CLIENT": ("client", "except"),
    "CODE": ("country", "currency", "language"),
    "AMOUNT": ("amount", "received", "rate"),
    "NUMBER": ("invoice", "line", "weeks", "months"),
    "NAME": ("batch", "example", "ladder", "sender", "sample", "name", "trade-name"),
    "ITEM": ("item",),
    "PERCENT": ("discount",),
    "KEY=VALUE": ("set",),
}
_TAKEN = {option: value for value, options in _VALUES.items() for option in options}


class Command(TyperCommand):
    """A command whose help speaks of clients, dates and amounts, and not of types."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """What stands behind the command's name: `[OPTIONS] CLIENT AMOUNT`."""
        return ["[OPTIONS]", *(_usage(param) for param in self.get_params(ctx) if _is_argument(param))]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The arguments and the options, then the examples."""
        params = self.get_params(ctx)
        for title, entries in (("Arguments", list(_arguments(params))), ("Options", list(_options(params)))):
            if entries:
                with formatter.section(title):
                    formatter.write_dl(entries)
        if examples := EXAMPLES.get(self.name or ""):
            with formatter.section("Examples"):
                for example in examples:
                    formatter.write(f"{' ' * formatter.current_indent}facturar {example}\n")


def _is_argument(param: Any) -> bool:
    return isinstance(param, TyperArgument)


def _arguments(params: Any) -> Iterator[tuple[str, str]]:
    for param in params:
        if _is_argument(param):
            choices = _choices(param)
            yield _name(param), f"{param.help} One of: {', '.join(choices)}." if len(choices) > 1 else param.help


def _options(params: Any) -> Iterator[tuple[str, str]]:
    for param in params:
        if not _is_argument(param):
            usual = param.default.value if isinstance(param.default, Enum) else param.default
            told = "  [required]" if param.required else f"  [{usual}]" if isinstance(usual, str) else ""
            yield f"{', '.join(sorted(param.opts, key=len))} {_value(param)}".rstrip(), f"{param.help}{told}"


def _name(param: Any) -> str:
    """An argument's name, as it stands in the usage line."""
    return str(param.metavar or param.name).strip("[].").upper()


def _usage(param: Any) -> str:
    name = _name(param) if param.required else f"[{_name(param)}]"
    return f"{name}..." if param.nargs != 1 else name


def _choices(param: Any) -> list[str]:
    kind = param.type_descriptor.annotation
    return [str(choice.value) for choice in kind] if isinstance(kind, type) and issubclass(kind, Enum) else []


def _value(param: Any) -> str:
    """What an option takes; nothing for one that is just said."""
    if getattr(param, "is_flag", False):
        return ""
    if param.metavar:
        return str(param.metavar)
    return "|".join(_choices(param)) or _TAKEN.get(param.opts[-1].lstrip("-"), "TEXT")
