"""The error boundary: expected failures become a message, a hint and an exit code; others keep their traceback."""

from __future__ import annotations

import os
import sys

from facturar.problems import BookError, Exit, FacturarError, Severity, StoppedError


def run() -> int:
    """Run the command line; the exit code."""
    from facturar.cli.app import run_command

    try:
        run_command()
    except BookError as error:
        _show_problems(error)
        return error.exit_code
    except StoppedError as error:
        sys.stderr.write(f"\nstopped: {error.message}\n")
        return error.exit_code
    except FacturarError as error:
        hint = f"\n{styled('hint:', 'cyan')} {error.hint}" if error.hint else ""
        sys.stderr.write(f"{styled('error:', 'red')} {error.message}{hint}\n")
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        sys.stderr.write("\nstopped before anything was written\n")
        return Exit.stopped
    return 0


_COLOURS = {"red": "31", "yellow": "33", "cyan": "36"}


def styled(text: str, colour: str) -> str:
    """The text in a colour when stderr is a terminal and NO_COLOR is not set."""
    if not sys.stderr.isatty() or os.environ.get("NO_COLOR"):
        return text
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m"


def _show_problems(error: BookError) -> None:
    from facturar.cli.problem_text import problem_text

    for problem in error.problems:
        colour = "red" if problem.severity is Severity.error else "yellow"
        first, newline, rest = problem_text(problem).partition("\n")
        sys.stderr.write(f"{styled(first, colour)}{newline}{rest}\n\n")
    count = len(error.problems)
    sys.stderr.write(f"{count} problem{'s' * (count > 1)}; nothing was written\n")
