"""A book that is kept for a year, as commits of a repository of git's; and what was owed on paper at each of them."""

from __future__ import annotations

import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from tests.properties.kept import FIRST, Keeper, Movement

COMMITS, PACE = 30, timedelta(days=12)
HOME = "books/luna"
"""The folder of the book in its repository."""


@dataclass(frozen=True)
class Revision:
    """A commit, the day on which it was made, and the movements that were known by then."""

    hash: str
    day: date
    movements: tuple[Movement, ...]

    def owed(self, day: date) -> dict[str, Decimal]:
        """What is owed on a day in each currency, on paper."""
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for movement in self.movements:
            if movement.day <= day:
                sums[movement.currency] += movement.amount
        return {currency: amount for currency, amount in sums.items() if amount}


def git(folder: Path, *arguments: str, stdin: bytes = b"") -> str:
    """What git says."""
    done = subprocess.run(["git", "-C", str(folder), *arguments], input=stdin, capture_output=True, check=True)
    return done.stdout.decode().strip()


def _commits(snapshots: Iterable[tuple[date, dict[str, str]]]) -> Iterator[str]:
    """The snapshots as `git fast-import` takes them: of each commit what is other than in the one before."""
    before: dict[str, str] = {}
    for day, texts in snapshots:
        made = int(datetime.combine(day, time(12), UTC).timestamp())
        yield f"commit refs/heads/main\ncommitter Luna <hola@luna.example> {made} +0000\ndata 0\n"
        yield from (f"D {HOME}/{path}\n" for path in before if path not in texts)
        for path, text in texts.items():
            if before.get(path) != text:
                yield f"M 100644 inline {HOME}/{path}\ndata {len(text.encode())}\n{text}\n"
        before = texts


def keep(folder: Path, seed: int) -> tuple[Revision, ...]:
    """A repository in an empty folder, with the book of a seed; its revisions, the first commit first."""
    keeper, snapshots, moved = Keeper(Random(seed)), [], []
    for number in range(COMMITS):
        day = FIRST + PACE * number
        keeper.live(day)
        snapshots.append((day, keeper.texts(split=number > COMMITS // 2)))
        moved.append(tuple(keeper.movements()))
    git(folder, "init", "-q", "-b", "main")
    git(folder, "fast-import", "--quiet", stdin="".join(_commits(snapshots)).encode())
    git(folder, "checkout", "-q", "--force", "main")
    hashes = git(folder, "rev-list", "--reverse", "main").split()
    return tuple(Revision(*facts) for facts in zip(hashes, (day for day, _ in snapshots), moved, strict=True))
