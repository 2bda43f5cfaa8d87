"""The command line: the only place that reads the clock, and the only one that catches errors.

This module imports nothing heavy: `--version` must not wait for a library.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run `facturar` with the arguments of the process and exit with its code."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from facturar import __version__

        sys.stdout.write(f"facturar {__version__}\n")
        return
    from facturar.cli.boundary import run

    sys.exit(run())
