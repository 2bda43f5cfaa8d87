"""Writing new files: whole or absent at any moment, never over a record, and a second run completes the first."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest
from tests.store.stopping import Stop, StoppingDisk, moments_of

from facturar.problems import Exit, FacturarError, LockedError
from facturar.store.disk import Disk
from facturar.store.lock import locked
from facturar.store.writing import Files, claim, put_face, sweep, write

FIRST, SECOND = PurePosixPath("invoices/2026/F-2026-0012.yaml"), PurePosixPath("invoices/2026/F-2026-0013.yaml")
LETTER = PurePosixPath("letters/2026/2026-11-30-acme-firm.yaml")
FACE = PurePosixPath("invoices/2026/F-2026-0012.pdf")
FILES = Files(
    claims=((FIRST, "number: F-2026-0012\n"), (SECOND, "number: F-2026-0013\n"), (LETTER, "kind: letter\n")),
    faces=((FACE, b"%PDF-1.7"), (LETTER.with_suffix(".md"), "Señora:\n".encode())),
)


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


ALL = {
    **{str(path): text.encode() for path, text in FILES.claims},
    **{str(path): data for path, data in FILES.faces},
}


class Failing(Disk):
    """A disk on which one operation fails for one file, as when it is full."""

    def __init__(self, operation: str, number: int, name: str = "") -> None:
        self.operation, self.number, self.name = operation, number, name

    def create(self, path: Path, data: bytes, mode: int | None = None) -> None:
        super().create(path, data, mode)
        self._fail("create", path)

    def make_folder(self, folder: Path) -> None:
        self._fail("make_folder", folder)
        super().make_folder(folder)

    def link(self, path: Path, name: Path) -> None:
        self._fail("link", name)
        super().link(path, name)

    def replace(self, path: Path, name: Path) -> None:
        self._fail("replace", name)
        super().replace(path, name)

    def _fail(self, operation: str, path: Path) -> None:
        if operation == self.operation and self.name in path.name:
            raise OSError(self.number, os.strerror(self.number), str(path))


def test_a_run_writes_records_first_and_then_faces_and_tells_of_each(tmp_path: Path) -> None:
    told: list[PurePosixPath] = []
    write(tmp_path, FILES, progress=told.append)
    assert tree(tmp_path) == ALL
    assert told == [path for path, _ in (*FILES.claims, *FILES.faces)]


def test_stopped_at_any_moment_every_file_is_whole_or_absent_and_the_next_run_completes_it(tmp_path: Path) -> None:
    moments = moments_of(lambda disk: write(tmp_path / "whole", FILES, disk=disk))
    assert moments > 6 * len(ALL)
    for moment in range(moments):
        folder = tmp_path / str(moment)
        with pytest.raises(Stop):
            write(folder, FILES, disk=StoppingDisk(moment))
        named = {path: data for path, data in tree(folder).items() if not path.endswith(".tmp")}
        assert named.items() <= ALL.items(), moment
        folder.mkdir(exist_ok=True)
        sweep(folder)
        write(folder, FILES)
        assert tree(folder) == ALL, moment


def test_records_are_claimed_in_order_so_that_a_crash_leaves_no_gap(tmp_path: Path) -> None:
    order = [str(path) for path, _ in FILES.claims]
    for moment in range(moments_of(lambda disk: write(tmp_path / "whole", FILES, disk=disk))):
        folder = tmp_path / str(moment)
        with pytest.raises(Stop):
            write(folder, FILES, disk=StoppingDisk(moment))
        there = [path for path in order if (folder / path).exists()]
        assert there == order[: len(there)]
        assert len(there) == len(order) or not list(folder.rglob("*.pdf"))


def test_a_claim_never_overwrites_and_says_what_to_do(tmp_path: Path) -> None:
    claim(tmp_path, FIRST, "mine\n")
    with pytest.raises(FacturarError, match=r"F-2026-0012 is taken") as caught:
        claim(tmp_path, FIRST, "yours\n")
    assert "run again" in caught.value.hint
    assert tree(tmp_path) == {str(FIRST): b"mine\n"}


@pytest.mark.parametrize("number", [errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS], ids=errno.errorcode.get)
def test_where_a_file_cannot_have_two_names_a_claim_still_never_overwrites(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    claim(tmp_path, FIRST, "mine\n")
    with pytest.raises(FacturarError, match="is taken"):
        claim(tmp_path, FIRST, "yours\n")
    assert tree(tmp_path) == {str(FIRST): b"mine\n"}


CLAIM_AT_ONCE = """
import sys
from pathlib import Path, PurePosixPath
from facturar.problems import FacturarError
from facturar.store.writing import claim
print("ready", flush=True)
sys.stdin.readline()
for number in range(40):
    try:
        claim(Path(sys.argv[1]), PurePosixPath(f"invoices/2026/F-{number}.yaml"), sys.argv[2] * 10000)
        print(number)
    except FacturarError:
        pass
"""


def test_of_two_processes_that_claim_a_number_one_wins(tmp_path: Path) -> None:
    def begin(name: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", CLAIM_AT_ONCE, str(tmp_path), name]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        pipe = subprocess.PIPE
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment)

    processes = {name: begin(name) for name in "ab"}
    for process in processes.values():
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    won = {}
    for process in processes.values():
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    for name, process in processes.items():
        for number in process.communicate()[0].split():
            assert number not in won
            won[number] = name
    assert tree(tmp_path) == {
        f"invoices/2026/F-{number}.yaml": won[str(number)].encode() * 10000 for number in range(40)
    }


def test_a_face_that_exists_stays_unless_made_again(tmp_path: Path) -> None:
    assert put_face(tmp_path, FACE, b"old")
    assert not put_face(tmp_path, FACE, b"new")
    assert tree(tmp_path) == {str(FACE): b"old"}
    assert put_face(tmp_path, FACE, b"new", again=True)
    assert tree(tmp_path) == {str(FACE): b"new"}


def test_a_face_made_again_is_the_old_or_the_new_one_at_any_moment(tmp_path: Path) -> None:
    put_face(tmp_path, FACE, b"old face")
    for moment in range(moments_of(lambda disk: put_face(tmp_path, FACE, b"old face", again=True, disk=disk))):
        with pytest.raises(Stop):
            put_face(tmp_path, FACE, b"new face", again=True, disk=StoppingDisk(moment))
        assert (tmp_path / FACE).read_bytes() in (b"old face", b"new face")


@pytest.mark.parametrize(
    ("disk", "stands"),
    [
        pytest.param(Failing("create", errno.ENOSPC), [], id="no room for the first record"),
        pytest.param(Failing("make_folder", errno.EACCES), [], id="no permission to make a folder"),
        pytest.param(Failing("link", errno.EDQUOT, SECOND.name), [FIRST], id="a quota is used up by the second"),
        pytest.param(Failing("replace", errno.EIO), [FIRST, SECOND, LETTER], id="the disk breaks at a face"),
    ],
)
def test_a_failing_disk_leaves_whole_files_and_says_that_a_second_run_completes_them(
    tmp_path: Path, disk: Disk, stands: list[PurePosixPath]
) -> None:
    with pytest.raises(FacturarError, match="cannot be written") as caught:
        write(tmp_path, FILES, disk=disk)
    assert "whole" in caught.value.hint
    assert "run again" in caught.value.hint
    assert tree(tmp_path) == {str(path): ALL[str(path)] for path in stands}
    write(tmp_path, FILES)
    assert tree(tmp_path) == ALL


def test_a_second_run_does_not_take_over_a_record_that_says_something_else(tmp_path: Path) -> None:
    claim(tmp_path, FIRST, "number: F-2026-0012\nclient: other\n")
    with pytest.raises(FacturarError, match="is taken"):
        write(tmp_path, FILES)


def test_sweeping_takes_only_what_facturar_left_aside(tmp_path: Path) -> None:
    mine = [".facturar-0123456789abcdef.tmp", "invoices/2026/.facturar-0123456789abcdef.tmp"]
    others = [
        "facturar.yaml",
        ".facturar-notes.tmp",
        "invoices/2026/F-2026-0012.yaml",
        "invoices/2026/draft.tmp",
        "photos/.facturar-0123456789abcdef.tmp",
        ".git/.facturar-0123456789abcdef.tmp",
    ]
    for name in (*mine, *others):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert sorted(map(str, sweep(tmp_path))) == mine
    assert sorted(tree(tmp_path)) == sorted(others)


def test_only_one_command_writes_at_a_time(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(LockedError) as caught, locked(tmp_path):
        pass
    assert caught.value.exit_code is Exit.locked
    assert "wait" in caught.value.hint
    with locked(tmp_path):
        assert (tmp_path / ".facturar/.gitignore").read_text() == "*\n"


HOLD_THE_LOCK = """
import sys
from pathlib import Path
from facturar.store.lock import locked
with locked(Path(sys.argv[1])):
    print("locked", flush=True)
    sys.stdin.readline()
"""


def test_a_killed_command_gives_the_lock_back(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD_THE_LOCK, str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "locked\n"
        with pytest.raises(LockedError), locked(tmp_path):
            pass
        process.kill()
    with locked(tmp_path):
        assert (tmp_path / ".facturar").is_dir()
