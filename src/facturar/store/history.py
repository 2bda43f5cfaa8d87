"""The book as git knew it at a revision: its texts, read out of git's objects. The work tree is not touched.

What is asked of git only reads: no checkout, no index, nothing written. The texts are those that a checkout would
give: what a filter keeps in another form (git-crypt) passes through it, and links lead where they led; line ends are
git's own.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from facturar.problems import BookError, FacturarError, Problem, UsageError
from facturar.store.layout import JOURNAL, LEDGERS, SETTINGS, WRITTEN
from facturar.store.sources import decoded

_FILE, _LINK, _SUBMODULE = "100", "120000", "160000"
_LEDGERS = (*LEDGERS, "catalog", "rates")
_WRITTEN = frozenset(map(str, WRITTEN))
_FOLDERS = _WRITTEN.union(_LEDGERS)
_FILES = frozenset({str(SETTINGS), *(f"{ledger}.yaml" for ledger in _LEDGERS)})
_IN_A_YEAR = 3
"""How many parts the path of a record has: `invoices/2026/F-2026-0012.yaml`."""


@dataclass(frozen=True)
class Commit:
    """A commit of the repository that the book is in, and when it was made."""

    hash: str
    made: datetime

    def __str__(self) -> str:
        return f"{self.hash[:10]} of {self.made:%Y-%m-%d %H:%M}"


def find_commit(folder: Path, revision: str) -> Commit | None:
    """The commit that a revision names (a hash, a tag, a branch, HEAD~3); None if it names none.

    Raises UsageError when the folder is in no repository, or there is no git.
    """
    _prefix(folder)
    if revision.startswith("-"):
        return None
    named = _git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    return _commit(folder, named.stdout.decode().strip()) if named.returncode == 0 else None


def last_commit_by(folder: Path, moment: datetime) -> Commit | None:
    """The last commit of the current branch up to a moment; of a merge, the side that it was made on."""
    _prefix(folder)
    before = f"--before={int(moment.timestamp())}"
    found = _git(folder, "rev-list", "-1", "--first-parent", before, "HEAD", "--").stdout.decode().strip()
    return _commit(folder, found) if found else None


def texts_at(folder: Path, commit: Commit) -> dict[str, str]:
    """The text of every file of the book that is read, by its path in the book, as of a commit.

    Raises UsageError when there was no book in this folder then, and BookError for a file that is no text.
    """
    prefix = _prefix(folder)
    entries = list(_entries(folder, commit, prefix))
    if str(SETTINGS) not in {entry.path for entry in entries}:
        where = prefix or "the top of the repository"
        hint = "it may have been in another folder, or begun later: git log --follow facturar.yaml"
        raise UsageError(f"at {commit} there was no facturar.yaml in {where}", hint)
    if apart := next((e.path for e in entries if e.mode == _SUBMODULE and _folder_of(e.path) in _FOLDERS), None):
        message = f"{apart} was a repository of its own, whose files {commit} does not have"
        raise UsageError(message, "only what is in the book's own repository can be looked back at")
    links = [entry for entry in entries if entry.mode == _LINK and _is_read(entry.path)]
    files = [entry for entry in entries if entry.mode.startswith(_FILE) and _is_read(entry.path)]
    blobs = {**_blobs(folder, files, prefix), **_linked(folder, commit, links, prefix)}
    return {path: _text(data, path, commit) for path, data in sorted(blobs.items())}


@dataclass(frozen=True)
class _Entry:
    """A file of git's tree: its mode, its object and its path in the book."""

    mode: str
    object: str
    path: str


def _folder_of(path: str) -> str:
    return PurePosixPath(path).parts[0]


def _is_read(path: str) -> bool:
    """Whether a file is one that reading a book looks at: what people write, and records; nothing hidden.

    A link in place of a whole folder counts too, so that what it hides is told.
    """
    parts = PurePosixPath(path).parts
    if any(part.startswith(".") for part in parts):
        return False
    if len(parts) == 1:
        return path in _FILES or path in _FOLDERS
    of_a_year = parts[0] not in _WRITTEN or len(parts) == _IN_A_YEAR
    return path == str(JOURNAL) or (parts[0] in _FOLDERS and path.endswith(".yaml") and of_a_year)


def _entries(folder: Path, commit: Commit, prefix: str) -> Iterator[_Entry]:
    """Every file and submodule below the book's folder in the tree of a commit."""
    tree = f"{commit.hash}:{prefix.rstrip('/')}"
    if _git(folder, "rev-parse", "--verify", "--quiet", tree).returncode:
        return
    for line in (
        _done(folder, "ls-tree", "-r", "-z", "--full-tree", tree).decode("utf-8", "surrogateescape").split("\0")
    ):
        if line:
            facts, _, path = line.partition("\t")
            mode, _kind, name = facts.split(" ")
            yield _Entry(mode, name, path)


def _blobs(folder: Path, entries: Sequence[_Entry], prefix: str) -> Mapping[str, bytes]:
    """The bytes of files by path; of those that a filter keeps in another form, as it gives them to a checkout."""
    filtered = _filtered(folder, entries)
    usual = [entry for entry in entries if entry.path not in filtered]
    found = dict(zip([e.path for e in usual], _batch(folder, (), [e.object for e in usual]), strict=True))
    for entry in entries:
        if entry.path in filtered:
            path = f"--path={prefix}{entry.path}"
            found[entry.path] = _done(folder, "cat-file", "--filters", path, entry.object)
    return found


def _filtered(folder: Path, entries: Sequence[_Entry]) -> frozenset[str]:
    """The files that pass through a filter of the repository, as those that git-crypt encrypts."""
    if not entries:
        return frozenset()
    asked = "".join(f"{entry.path}\0" for entry in entries).encode("utf-8", "surrogateescape")
    answers = _done(folder, "check-attr", "-z", "--stdin", "filter", stdin=asked)
    fields = answers.decode("utf-8", "surrogateescape").split("\0")
    named = zip(fields[0::3], fields[2::3], strict=False)
    return frozenset(path for path, value in named if value not in ("unspecified", "unset"))


def _linked(folder: Path, commit: Commit, links: Sequence[_Entry], prefix: str) -> Mapping[str, bytes]:
    """The bytes that symbolic links of the tree lead to, within the same commit."""
    if not links:
        return {}
    asked = [f"{commit.hash}:{prefix}{entry.path}" for entry in links]
    return dict(zip([entry.path for entry in links], _batch(folder, ["--follow-symlinks"], asked), strict=True))


def _batch(folder: Path, how: Sequence[str], asked: Sequence[str]) -> Iterator[bytes]:
    """What `git cat-file --batch` answers to each line that it is asked."""
    if not asked:
        return
    lines = "".join(line.replace("\n", " ") + "\n" for line in asked).encode("utf-8", "surrogateescape")
    data, at = _done(folder, "cat-file", "--batch", *how, stdin=lines), 0
    for line in asked:
        end = data.index(b"\n", at)
        head = data[at:end].split(b" ")
        if len(head) != len(("object", "blob", "size")) or head[1] != b"blob":
            name = line.partition(":")[2] or line.partition(" ")[2]
            raise UsageError(
                f"{name} leads out of the repository, or to what is no file",
                "only what git keeps can be looked back at",
            )
        start, size = end + 1, int(head[2])
        yield data[start : start + size]
        at = start + size + 1


def at_commit(problem: Problem, commit: Commit) -> Problem:
    """The problem with its file named as git does, `1a2b3c4d5e:jobs.yaml`, as it may be another by now."""
    place = problem.place
    return replace(problem, place=replace(place, file=f"{commit.hash[:10]}:{place.file}")) if place else problem


def _text(data: bytes, path: str, commit: Commit) -> str:
    try:
        return decoded(data, path)
    except BookError as error:
        raise BookError([at_commit(problem, commit) for problem in error.problems]) from None


def _prefix(folder: Path) -> str:
    """Where the book is in its repository: `books/luna/`, empty at the top."""
    done = _git(folder, "rev-parse", "--show-prefix")
    if done.returncode:
        reason = _reason(done)
        if "not a git repository" in reason:
            raise UsageError(
                f"{folder} is in no git repository", "git keeps the past of a book once it is in it: git init"
            )
        raise UsageError(f"git cannot read the repository: {reason}", "put that right, and look again with: git status")
    return done.stdout.decode("utf-8", "surrogateescape").rstrip("\n")


def _commit(folder: Path, name: str) -> Commit:
    made = _done(folder, "show", "--no-patch", "--format=%cI", name, "--").decode().strip()
    return Commit(name, datetime.fromisoformat(made))


def _done(folder: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    done = _git(folder, *arguments, stdin=stdin)
    if done.returncode:
        raise FacturarError(
            f"git {arguments[0]} failed: {_reason(done)}", "see whether the repository is whole: git fsck"
        )
    return done.stdout


def _reason(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else "no reason given"


def _git(folder: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", "-C", str(folder), *arguments], input=stdin, capture_output=True, env=_environment(), check=False
        )
    except FileNotFoundError:
        raise UsageError(
            "looking back needs git, which is not installed",
            "install git; --as-of counts what is dated by a day without it",
        ) from None


def _environment() -> dict[str, str]:
    """The environment, without what a hook of git says about its own folder: it would be looked for in the book's."""
    told = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    of_a_hook = () if Path(told.get("GIT_DIR", "/")).is_absolute() else ("GIT_DIR", "GIT_PREFIX", "GIT_INDEX_FILE")
    return {name: value for name, value in told.items() if name not in of_a_hook}
