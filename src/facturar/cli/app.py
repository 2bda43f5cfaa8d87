"""The command line's frame: global options, commands loaded when they run, help in panels by use."""

from __future__ import annotations

import builtins
import re
from importlib import import_module
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from facturar.cli.catalogue import COMMANDS, PANELS
from facturar.cli.session import Session, day
from facturar.problems import FacturarError, StoppedError, UsageError, did_you_mean

_FLAGS = ("--quiet", "-q")
_WITH_VALUE = ("-C", "--today")


def global_options_first(args: list[str]) -> list[str]:
    """The arguments with the global options in front, so that they may also be written after the command.

    >>> global_options_first(["run", "--today", "2026-11-30", "-q", "--dry-run"])
    ['--today', '2026-11-30', '-q', 'run', '--dry-run']
    """
    first, rest, left = [], [], iter(args)
    for arg in left:
        if arg == "--":
            rest += [arg, *left]
        elif arg in _FLAGS or arg.startswith("--today="):
            first.append(arg)
        elif arg in _WITH_VALUE:
            first += [arg, *(value for value in [next(left, None)] if value is not None)]
        else:
            rest.append(arg)
    return first + rest


_CHOICE = re.compile(r"(?P<option>'.+?'): (?:Value error, )?(?P<given>'.*') is not one of (?P<choices>'.*')\.")


def _better_said(message: str) -> FacturarError | None:
    """A word that is none of those to choose from, with the one that was meant; None for any other message.

    >>> error = _better_said("Invalid value for 'kind': Value error, 'jbs' is not one of 'jobs', 'clients'.")
    >>> error and (error.message, error.hint)
    ("'kind' cannot be 'jbs'", "did you mean 'jobs'?")
    """
    if not (match := _CHOICE.search(message)):
        return None
    choices = match["choices"].strip("'").split("', '")
    hint = did_you_mean(match["given"].strip("'"), choices) or f"there is: {', '.join(choices)}"
    return UsageError(f"{match['option']} cannot be {match['given']}", hint)


_BELOW_ZERO = re.compile(r"-[.,]?\d[\d.,:]*[a-zA-Z€%]*")
_GOES_BACK = (
    "money that went back is --kind refund, a debt that is given up --kind write_off, both with an amount above 0"
)


def refuse_below_zero(args: list[str]) -> None:
    """Raises UsageError for a number below zero that would be taken for an option, as in `pay acme -5`."""
    command = next((arg for arg in args if arg in COMMANDS), "")
    for before, arg in pairwise(takewhile(lambda arg: arg != "--", args)):
        if _BELOW_ZERO.fullmatch(arg) and not before.startswith("-"):
            hint = _GOES_BACK if command == "pay" else f"write it without the sign; see facturar {command} --help"
            raise UsageError(f"'{arg}' is below zero", hint)


class _ByUse(TyperGroup):
    """A group whose commands are imported when they are asked for."""

    def __init__(self, **attrs: Any) -> None:
        super().__init__(**attrs)
        self.commands: Any = dict.fromkeys(COMMANDS)  # only their names, for "Did you mean"

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        arguments = global_options_first(args)
        refuse_below_zero(arguments)
        return super().parse_args(ctx, arguments)

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            if better := _better_said(error.format_message()):
                raise better from None
            raise
        except KeyboardInterrupt:
            raise StoppedError("what was written is whole; run it again for the rest") from None

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        name = f"{cmd_name}_" if hasattr(builtins, cmd_name) else cmd_name
        from facturar.cli.help import Command

        function = getattr(import_module(f"facturar.cli.{entry.module}"), name)
        single = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        single.command(cmd_name, cls=Command, no_args_is_help=False)(function)
        return get_command(single)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        for panel, commands in PANELS.items():
            with formatter.section(panel):
                formatter.write_dl([(name, entry.line) for name, entry in commands.items()])


app = typer.Typer(
    name="facturar",
    cls=_ByUse,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Without a command: status. Each command has its own --help, with examples.",
)


@app.callback(invoke_without_command=True)
def facturar(
    ctx: typer.Context,
    folder: Annotated[
        Path | None, typer.Option("-C", metavar="FOLDER", help="The book's folder; else the nearest one upwards.")
    ] = None,
    today: Annotated[str | None, typer.Option(metavar="DATE", help="Take this day for today: 2026-11-30.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but data and errors.")] = False,
    version: Annotated[bool, typer.Option("--version", "-V", help="Show the version and stop.")] = False,
) -> None:
    """Billing over plain text: invoices, aging and reminders in a folder you keep in git."""
    if version:
        from facturar import __version__

        typer.echo(f"facturar {__version__}")
        raise typer.Exit
    ctx.obj = Session(folder=folder, day=day(today, "--today") if today else None, quiet=quiet)
    if ctx.invoked_subcommand is None:
        from facturar.cli.look import status

        status(ctx)


def run_command() -> None:
    """Run the command line. Usage errors are shown and end the process with 2."""
    get_command(app)(prog_name="facturar")
