"""A round in a process that is killed: run again by another process, the book is as if nothing had happened."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from tests.crash.rounds import Runner, run, tree

PATIENCE = 60.0


def files_in(folder: Path) -> int:
    return sum(1 for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(0, id="before the first file"),
        pytest.param(1, id="after the first record"),
        pytest.param(9, id="among the records"),
        pytest.param(13, id="between records and faces"),
        pytest.param(30, id="among the faces"),
    ],
)
def test_killed_when_some_files_are_written_a_second_run_leaves_the_same_tree(
    written: int, base: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    folder = tmp_path / "book"
    shutil.copytree(base, folder)
    before = files_in(folder)
    runner = Runner(folder)
    runner.go()
    deadline = time.monotonic() + PATIENCE
    while runner.runs() and files_in(folder) < before + written and time.monotonic() < deadline:
        pass
    runner.kill()
    code, told = runner.ended()
    assert code in (-9, 0), told
    run(folder)
    assert tree(folder) == whole
