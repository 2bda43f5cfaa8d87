"""The pictures of the README, drawn from what the program really gives for the example book on its day.

`make pictures` writes invoice.png and terminal.svg beside this file. The first takes pdftoppm (poppler-utils).
"""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

HERE = Path(__file__).parent
FACTURAR = (sys.executable, "-m", "facturar")
TODAY = "2026-11-30"
SHOWN = "alba-envases"  # a job whose invoice has lines of each kind and both taxes
COMMANDS = ("plan", "aging")
COLUMNS = 120
FONTS = "DejaVu Sans Mono, Menlo, Consolas"  # what is on the reader's machine; a picture fetches nothing

LIGHT = TerminalTheme(
    (255, 255, 255),
    (36, 41, 47),
    [
        (36, 41, 47),
        (180, 35, 24),
        (11, 110, 79),
        (138, 90, 0),
        (31, 78, 121),
        (125, 60, 152),
        (0, 105, 120),
        (87, 96, 106),
    ],
)


def facturar(book: Path, *arguments: str) -> None:
    """Runs a command on the book, silently."""
    subprocess.run(
        [*FACTURAR, "-C", book, "--today", TODAY, "--quiet", *arguments], check=True, stdout=subprocess.DEVNULL
    )


def on_a_terminal(book: Path, command: str) -> str:
    """What a command prints on a terminal, with its colours."""
    leader, follower = pty.openpty()
    environment = os.environ | {"COLUMNS": str(COLUMNS), "TERM": "xterm-256color"}
    process = subprocess.Popen(
        [*FACTURAR, "-C", book, "--today", TODAY, command], stdout=follower, stderr=follower, env=environment
    )
    os.close(follower)
    said = bytearray()
    try:
        while data := os.read(leader, 4096):
            said += data
    except OSError:  # on Linux, the end of a terminal
        pass
    process.wait()
    os.close(leader)
    return said.decode().replace("\r\n", "\n")


def draw_terminal(book: Path) -> None:
    """The commands one below the other, as an SVG on a light background."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    for command in COMMANDS:
        console.print(Text("$ ", style="bold green") + Text(f"facturar {command}", style="bold"))
        console.print(Text.from_ansi(on_a_terminal(book, command)))
    svg = console.export_svg(title="Estudio Luna, 30 November 2026", theme=LIGHT, unique_id="terminal")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL).replace("Fira Code", FONTS)
    (HERE / "terminal.svg").write_text(svg, "utf-8")


def draw_invoice(book: Path) -> None:
    """The first page of the newest invoice of the job to be shown."""
    records = sorted((book / "invoices" / TODAY[:4]).glob("*.yaml"))
    newest = [path for path in records if f"job: {SHOWN}\n" in path.read_text("utf-8")][-1]
    page = ["pdftoppm", "-r", "80", "-f", "1", "-singlefile", "-png"]
    subprocess.run([*page, newest.with_suffix(".pdf"), HERE / "invoice"], check=True)


def main() -> None:
    """Both pictures, from a copy of the example."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "estudio-luna"
        subprocess.run([*FACTURAR, "--quiet", "init", book, "--example", "estudio-luna"], check=True)
        draw_terminal(book)
        facturar(book, "run")
        draw_invoice(book)


if __name__ == "__main__":
    main()
