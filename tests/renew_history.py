"""Makes the earlier months of an example book anew: run it as `python tests/renew_history.py estudio-luna`.

A date after today counts only from its day on, so the ledgers may be complete: each run sees what was known by then.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

EXAMPLES = Path(__file__).parent.parent / "examples"
# the first day of each month on whose eve a run was made
HISTORY = {"estudio-luna": (date(2025, 11, 1), date(2026, 11, 1))}


def month_ends(first: date, last: date) -> list[date]:
    days = []
    while first <= last:
        days.append(first - timedelta(days=1))
        first = (first + timedelta(days=31)).replace(day=1)
    return days


def renew(book: str) -> None:
    folder = EXAMPLES / book
    for written in ("invoices", "letters", "reports", ".facturar"):
        shutil.rmtree(folder / written, ignore_errors=True)
    for day in month_ends(*HISTORY[book]):
        command = [sys.executable, "-m", "facturar", "-C", str(folder), "--today", str(day), "--quiet", "run"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        renew(name)
