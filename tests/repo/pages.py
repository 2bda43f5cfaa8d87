"""A page of the documentation as steps that can be played, and written anew with what they really give.

What is played: every ```console block, where a line that begins with `$ ` is a command and those below it are what it
prints; and what HTML comments, which no reader sees, say about the block below them or about what comes before it:

    <!-- play: book estudio-luna -->      from here on in a new copy of that example
    <!-- play: today 2026-11-30 -->       from here on on this day
    <!-- play: write jobs.yaml -->        the block below is the whole of that file
    <!-- play: append jobs.yaml -->       the block below is added at the end of that file
    <!-- play: replace jobs.yaml "hous" "hours" -->     one word in that file becomes another
    <!-- play: gallery bad-date -->       the block below is what the gallery's broken book shows

Only reading and writing of the page is here; `stage` does what the steps say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]

_STEP = re.compile(
    r"(?m)^<!-- play: (?P<order>.+?) -->\n|^```(?P<language>\w*)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE
)


@dataclass(frozen=True)
class Order:
    """What a comment says: `write jobs.yaml`."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    language: str
    body: str


Step = Order | Block


def spot(page: Path) -> str:
    """A page by its path in the repository."""
    return page.relative_to(ROOT).as_posix()


def steps(page: str) -> Iterator[Step]:
    """The orders and blocks of a page."""
    for match in _STEP.finditer(page):
        yield _step(match)


def _step(match: re.Match[str]) -> Step:
    if match["order"] is None:
        return Block(match["language"], match["body"])
    return Order(tuple(quoted or word for quoted, word in re.findall(r'"([^"]*)"|(\S+)', match["order"])))


def rewritten(page: str, play: Callable[[Step], str]) -> str:
    """The page with each block as `play` gives it."""

    def anew(match: re.Match[str]) -> str:
        step = _step(match)
        body = play(step)
        return match[0] if isinstance(step, Order) else f"```{step.language}\n{body}```"

    return _STEP.sub(anew, page)


def commands(body: str) -> list[str]:
    """The commands of a console block."""
    return [line[2:] for line in body.splitlines() if line.startswith("$ ")]


def blocks(page: Path, language: str) -> list[str]:
    """The bodies of a page's blocks in a language."""
    found = steps(page.read_text("utf-8"))
    return [step.body for step in found if isinstance(step, Block) and step.language == language]
