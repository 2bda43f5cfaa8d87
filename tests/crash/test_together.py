"""Two rounds at once: the lock lets one of them write, and the book is as after one round."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from facturar.problems import Exit, LockedError
from facturar.store.lock import locked
from tests.crash.rounds import Runner, run, tree


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_processes_one_writes_and_the_other_is_told_or_finds_it_done(
    attempt: int, base: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    folder = tmp_path / "book"
    shutil.copytree(base, folder)
    runners = [Runner(folder), Runner(folder)]
    for runner in runners:
        runner.go()
    ended = sorted(runner.ended() for runner in runners)
    assert ended[0][0] == Exit.done
    assert ended[1][0] in (Exit.done, Exit.locked)
    assert tree(folder) == whole
    if ended[1][0] == Exit.locked:
        assert "another command is writing to this book" in ended[1][1]
    else:
        assert any("Nothing to write" in told for _, told in ended)


def test_a_run_while_the_lock_is_held_ends_with_its_code_and_writes_nothing(base: Path, tmp_path: Path) -> None:
    folder = tmp_path / "book"
    shutil.copytree(base, folder)
    runner = Runner(folder)
    with locked(folder):
        runner.go()
        code, told = runner.ended()
    assert code == Exit.locked
    assert "hint: wait until it has finished" in told
    assert tree(folder) == tree(base)


def test_in_the_same_process_the_lock_holds_as_well(base: Path, tmp_path: Path) -> None:
    folder = tmp_path / "book"
    shutil.copytree(base, folder)
    with locked(folder), pytest.raises(LockedError):
        run(folder)
    assert tree(folder) == tree(base)
