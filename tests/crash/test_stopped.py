"""A round stopped at any moment: run again, the book is as if nothing had happened, to the byte.

Each operation on the disk is a moment before and a moment after; a file may be left half written.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from facturar.cli.carry_out import rendered
from facturar.cli.session import Session, opened
from facturar.plan.mailing import with_mail
from facturar.store.journal import line_text
from facturar.store.layout import JOURNAL
from facturar.store.writing import Files, write
from tests.crash.rounds import PRESS, TODAY, HastyDisk, plan_of, run, tree
from tests.store.stopping import Stop, StoppingDisk

PARTS = 4
Tree = dict[str, bytes]


class HastyStop(StoppingDisk, HastyDisk):
    """Stops at a moment, and waits for nothing before it."""


@pytest.fixture(scope="module")
def files(base: Path) -> Files:
    """All that the round writes."""
    found = opened(Session(folder=base, day=TODAY))
    return rendered(with_mail(found.book, plan_of(found)), found, PRESS)


@pytest.fixture
def copies(base: Path, tmp_path: Path) -> Iterator[Path]:
    """Copies of the book, one after the other in the same place."""

    def each() -> Iterator[Path]:
        folder = tmp_path / "book"
        while True:
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(base, folder)
            yield folder

    return each()


def moments_of_a_run(folder: Path) -> int:
    disk = HastyStop(-1)
    run(folder, disk=disk)
    return disk.moments


def test_the_round_is_invoices_a_pro_forma_letters_activity_a_report_and_e_mails(
    base: Path, files: Files, whole: Tree
) -> None:
    claims = [path.parts[0] for path, _ in files.claims]
    assert [claims.count(kind) for kind in ("invoices", "quotes", "letters", "activity")] == [10, 1, 3, 1]
    written = {str(path): text.encode() for path, text in files.claims} | {
        str(path): data for path, data in files.faces
    }
    assert "reports/2026-10.pdf" in written
    mails = {name for name in written if name.startswith("outbox/")}
    assert mails == {f"outbox/{line.mail}.eml" for line in files.announced}
    assert len(mails) == len(claims)
    journal = tree(base)[str(JOURNAL)] + "".join(map(line_text, files.announced)).encode()
    assert whole == tree(base) | written | {str(JOURNAL): journal}


@pytest.mark.parametrize("part", range(PARTS))
def test_stopped_at_any_moment_a_second_run_leaves_the_same_tree(
    part: int, copies: Iterator[Path], files: Files, whole: Tree
) -> None:
    moments = moments_of_a_run(next(copies))
    assert moments > 200
    for moment in range(part, moments, PARTS):
        folder = next(copies)
        with pytest.raises(Stop):
            write(folder, files, disk=HastyStop(moment))
        run(folder)
        assert tree(folder) == whole, moment


@pytest.mark.parametrize("seed", range(8))
def test_stopped_again_and_again_while_it_heals_it_heals_in_the_end(
    seed: int, copies: Iterator[Path], whole: Tree
) -> None:
    chance, folder = random.Random(seed), next(copies)
    for moments in (170, 80, 30):
        with suppress(Stop):
            run(folder, disk=HastyStop(chance.randrange(moments)))
    run(folder)
    assert tree(folder) == whole


def test_a_third_run_has_nothing_to_write(copies: Iterator[Path], whole: Tree) -> None:
    folder = next(copies)
    run(folder)
    assert moments_of_a_run(folder) == 0
    assert tree(folder) == whole


def test_a_stopped_run_gives_the_lock_back_and_leaves_the_ledgers_alone(copies: Iterator[Path], base: Path) -> None:
    folder = next(copies)
    with pytest.raises(Stop):
        run(folder, disk=HastyStop(1))
    ledgers = {name: data for name, data in tree(base).items() if "/" not in name}
    assert {name: data for name, data in tree(folder).items() if "/" not in name} == ledgers
    run(folder)
