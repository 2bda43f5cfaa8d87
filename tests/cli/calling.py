"""The command line called in this process: what it wrote on each stream, and the code that it ended with."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from typing import Any, NamedTuple
from unittest.mock import patch

from facturar.cli.boundary import run


class Said(NamedTuple):
    """How a call ended, and its data and its talk."""

    code: int
    out: str
    err: str


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def facturar(*arguments: object, screen: bool = False) -> Said:
    """`facturar` with these arguments, its streams caught; on a `screen` both are terminals."""
    out, err = (Screen(), Screen()) if screen else (io.StringIO(), io.StringIO())
    with patch("sys.argv", ["facturar", *map(str, arguments)]), redirect_stdout(out), redirect_stderr(err):
        code = _code_of_run()
    return Said(code, out.getvalue(), err.getvalue())


def _code_of_run() -> int:
    try:
        return run()
    except SystemExit as end:
        code: Any = end.code
        return int(code or 0)
