"""How long the first words take: facturar beside a program of typer that does nothing.

All are run in turn, round after round, so that a busy machine slows each of them alike; only the ratios hold.
The aim: `--help` takes at most one and a half times what the bare program takes.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 15
AIM = 1.5
BARE = """
import typer
app = typer.Typer({options})
@app.command()
def hello(name: str) -> None:
    "Say hello."
app()
"""
OURS = "from facturar.cli import main; main()"
PROGRAMS = {
    "python, nothing at all": ("pass",),
    "bare typer --help": (BARE.format(options=""), "--help"),
    "bare typer --help, without rich": (BARE.format(options="rich_markup_mode=None"), "--help"),
    "facturar --version": (OURS, "--version"),
    "facturar --help": (OURS, "--help"),
    "facturar plan --help": (OURS, "plan", "--help"),
}
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1] / "src")}


def seconds(program: tuple[str, ...]) -> float:
    """The time of one run."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", *program], env=ENVIRONMENT, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def medians() -> dict[str, float]:
    """The middle of each program's times, taken in turn; the first round only warms the disk."""
    rounds = [{name: seconds(program) for name, program in PROGRAMS.items()} for _ in range(ROUNDS + 1)][1:]
    return {name: statistics.median(times[name] for times in rounds) for name in PROGRAMS}


def main() -> None:
    found = medians()
    bare = found["bare typer --help"]
    for name, took in found.items():
        print(f"{name:32} {took * 1000:7.0f} ms {took / bare:6.2f} × bare typer")
    within = found["facturar --help"] <= AIM * bare
    print(f"--help within {AIM} × bare typer: {'yes' if within else 'NO'}")
    sys.exit(not within)


if __name__ == "__main__":
    main()
