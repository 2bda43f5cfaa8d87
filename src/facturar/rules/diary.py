"""What the diary says about writing to a client: disputes, promises that still run, cases handed over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from facturar.model.diary import DiaryEntry


@dataclass(frozen=True)
class Situation:
    """A client on a day: invoices in dispute, promises that run (of all, or of one invoice), who has the case.

    `promised_until` is the last day on which a promise holds letters back.
    """

    disputed: frozenset[str] = frozenset()
    promised_until: date | None = None
    promised: frozenset[str] = frozenset()
    handed_to: str | None = None
    handed_on: date | None = None


def _disputed(entries: Iterable[DiaryEntry]) -> frozenset[str]:
    disputed: set[str] = set()
    for entry in entries:
        if entry.kind == "dispute" and entry.invoice:
            disputed.add(entry.invoice)
        elif entry.kind == "resolved" and entry.invoice:
            disputed.discard(entry.invoice)
    return frozenset(disputed)


def by_client(diary: Iterable[DiaryEntry]) -> Mapping[str, list[DiaryEntry]]:
    """The entries of each client, in their order."""
    found: dict[str, list[DiaryEntry]] = defaultdict(list)
    for entry in diary:
        found[entry.client].append(entry)
    return found


def handover_of(entries: Iterable[DiaryEntry]) -> DiaryEntry | None:
    """The handover that holds after some entries, in their order: the last one, unless the case was returned since."""
    moves = [entry for entry in entries if entry.kind in ("handover", "returned")]
    return moves[-1] if moves and moves[-1].kind == "handover" else None


def situation_on(diary: Iterable[DiaryEntry], client: str, day: date, grace: int = 0) -> Situation:
    """What the entries dated by a day say; a promise holds from its entry's date through its own day and the grace."""
    entries = sorted((e for e in diary if e.client == client and e.date <= day), key=lambda entry: entry.date)
    still = timedelta(days=grace)
    running = [(e, e.promise.on + still) for e in entries if e.promise and day <= e.promise.on + still]
    handover = handover_of(entries)
    return Situation(
        disputed=_disputed(entries),
        promised_until=max((until for e, until in running if not e.invoice), default=None),
        promised=frozenset(e.invoice for e, _ in running if e.invoice),
        handed_to=(handover.to or "others") if handover else None,
        handed_on=handover.date if handover else None,
    )
