"""What the diary says about writing to a client: disputes, promises that still run, cases handed over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from facturar.model.diary import DiaryEntry


@dataclass(frozen=True)
class Situation:
    """A client on a day: invoices in dispute, promises that run (of all, or of one invoice), who has the case."""

    disputed: frozenset[str] = frozenset()
    promised_until: date | None = None
    promised: frozenset[str] = frozenset()
    handed_to: str | None = None


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


def situation_on(diary: Iterable[DiaryEntry], client: str, day: date) -> Situation:
    """What the entries dated by a day say; a promise holds from its entry's date through its own day."""
    entries = sorted((e for e in diary if e.client == client and e.date <= day), key=lambda entry: entry.date)
    running = [e for e in entries if e.promise and day <= e.promise.on]
    general = [e.promise.on for e in running if e.promise and not e.invoice]
    handovers = [e for e in entries if e.kind == "handover"]
    return Situation(
        disputed=_disputed(entries),
        promised_until=max(general, default=None),
        promised=frozenset(e.invoice for e in running if e.invoice),
        handed_to=(handovers[-1].to or "others") if handovers else None,
    )
