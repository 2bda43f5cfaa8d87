"""Many documents at once, on every core: the same bytes as one after the other would have, in the same order."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import starmap
from multiprocessing import get_context
from typing import TypeAlias

from facturar.documents.press import Press
from facturar.model.record import Record

Wanted: TypeAlias = tuple[Record, str | None]
"""A record, and the layout for it that is not its usual one."""

_ENOUGH = 40
"""So many documents keep a process busy for longer than it takes to start."""
_AT_ONCE = 8

_presses: list[Press] = []
"""In a process that was started to make documents, the press to make them with."""


def faces_of_many(press: Press, wanted: Sequence[Wanted], *, most: int | None = None) -> Iterator[dict[str, bytes]]:
    """The faces of each record, in order. `most` processes share the work, or as many as there are cores.

    Few documents are made right here. Raises FacturarError as `Press.faces` does, at the document that is wrong.
    """
    processes = min(most or _cores(), len(wanted) // _ENOUGH)
    if processes < 2:
        yield from starmap(press.faces, wanted)
        return
    # Started anew rather than forked: a fork would copy the threads' locks, such as that of a progress bar.
    context = get_context("spawn")
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_set_up, initargs=(press,))
    try:
        yield from pool.map(_made, wanted, chunksize=_AT_ONCE)
    finally:
        pool.shutdown(cancel_futures=True)


def _set_up(press: Press) -> None:
    _presses.append(press)


def _made(wanted: Wanted) -> dict[str, bytes]:
    return _presses[-1].faces(*wanted)


def _cores() -> int:
    """The cores that this process may use; `process_cpu_count` of later Pythons."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
