"""The book as git knew it: its texts as a checkout would have them, with the work tree left as it is."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from facturar.problems import BookError, UsageError
from facturar.store.history import find_commit, last_commit_by, texts_at

Git = Callable[..., str]
_WHO = {"GIT_AUTHOR_NAME": "L", "GIT_AUTHOR_EMAIL": "l@x", "GIT_COMMITTER_NAME": "L", "GIT_COMMITTER_EMAIL": "l@x"}


def git_in(folder: Path) -> Git:
    def git(*arguments: str, on: str = "2026-11-01T12:00:00+00:00", stdin: str | None = None) -> str:
        days = {"GIT_AUTHOR_DATE": on, "GIT_COMMITTER_DATE": on}
        env = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", **_WHO, **days}
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], env=env, input=stdin, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    git("init", "-q", "-b", "main")
    return git


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    folder = tmp_path / "repo"
    folder.mkdir()
    return folder


@pytest.fixture
def git(repo: Path) -> Git:
    return git_in(repo)


def put(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path = path.with_name(f"{path.name}.yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def commit(git: Git, on: str = "2026-11-01T12:00:00+00:00") -> str:
    git("add", "-A")
    git("commit", "-qm", "as it is", on=on)
    return git("rev-parse", "HEAD")


def texts(folder: Path, revision: str) -> dict[str, str]:
    found = find_commit(folder, revision)
    assert found
    return texts_at(folder, found)


def test_a_past_state_is_read_and_the_work_tree_is_left(repo: Path, git: Git) -> None:
    put(repo, facturar="currency: EUR\n", jobs="a: 1\n", diary="[]\n")
    first = commit(git)
    (repo / "diary.yaml").unlink()
    put(repo, jobs="a: 2\n", clients__more="b: 1\n")
    commit(git)
    put(repo, jobs="not committed\n")
    before = git("status", "--porcelain")
    assert texts(repo, first) == {"diary.yaml": "[]\n", "facturar.yaml": "currency: EUR\n", "jobs.yaml": "a: 1\n"}
    assert texts(repo, "HEAD")["clients/more.yaml"] == "b: 1\n"
    assert texts(repo, "HEAD~1") == texts(repo, first)
    assert git("status", "--porcelain") == before
    assert (repo / "jobs.yaml").read_text() == "not committed\n"


def test_only_what_is_read_of_a_book_is_taken(repo: Path, git: Git) -> None:
    put(
        repo,
        facturar="x: 1\n",
        invoices__2026__F1="a: 1\n",
        invoices__lost="b: 1\n",
        jobs__sub__deep="c: 1\n",
        other__thing="d: 1\n",
    )
    put(repo / "jobs", **{".hidden": "e: 1\n"})
    (repo / "invoices" / "2026" / "F1.pdf").write_bytes(b"\xff\x00")
    commit(git)
    assert set(texts(repo, "main")) == {"facturar.yaml", "invoices/2026/F1.yaml", "jobs/sub/deep.yaml"}


def test_a_book_in_a_folder_of_a_larger_repository(repo: Path, git: Git) -> None:
    book = repo / "my books" / "luna ñ"
    put(book, facturar="x: 1\n", jobs="a: 1\n")
    put(repo, facturar="another: 1\n")
    commit(git)
    assert texts(book, "HEAD") == {"facturar.yaml": "x: 1\n", "jobs.yaml": "a: 1\n"}


def test_within_a_hook_of_the_repository(repo: Path, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    book = repo / "book"
    put(book, facturar="x: 1\n")
    commit(git)
    monkeypatch.setenv("GIT_DIR", ".git")
    assert texts(book, "HEAD") == {"facturar.yaml": "x: 1\n"}


def test_texts_are_those_of_a_checkout_with_its_filters_and_links(repo: Path, git: Git) -> None:
    book = repo / "book"
    put(book, facturar="x: 1\n", jobs="a: 1\n")
    put(repo, shared="c: 1\n")
    (book / "clients.yaml").symlink_to("../shared.yaml")
    (repo / ".gitattributes").write_text("jobs.yaml filter=veil\n")
    git("config", "filter.veil.clean", "tr a-z b-za")
    git("config", "filter.veil.smudge", "tr b-za a-z")
    commit(git)
    assert git("show", "HEAD:book/jobs.yaml") == "b: 1"
    assert texts(book, "HEAD") == {"clients.yaml": "c: 1\n", "facturar.yaml": "x: 1\n", "jobs.yaml": "a: 1\n"}


DAYS = [
    pytest.param("2026-10-31T23:59:59", None, id="before the first"),
    pytest.param("2026-11-01T12:00:00", 0, id="the moment of the first"),
    pytest.param("2026-11-04T23:59:59", 0, id="before the second"),
    pytest.param("2026-12-31T00:00:00", 1, id="long after"),
]


@pytest.mark.parametrize(("moment", "which"), DAYS)
def test_the_last_commit_by_a_moment(repo: Path, git: Git, moment: str, which: int | None) -> None:
    put(repo, facturar="x: 1\n")
    commits = [commit(git)]
    put(repo, facturar="x: 2\n")
    commits.append(commit(git, on="2026-11-05T09:00:00+00:00"))
    found = last_commit_by(repo, datetime.fromisoformat(moment).replace(tzinfo=UTC))
    assert (found and found.hash) == (None if which is None else commits[which])


def refusal(folder: Path, revision: str = "HEAD") -> str:
    with pytest.raises(UsageError) as refused:
        texts(folder, revision)
    assert refused.value.hint
    return refused.value.message


def test_a_folder_in_no_repository(tmp_path: Path) -> None:
    assert refusal(tmp_path).endswith("is in no git repository")


def test_no_git(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repo))
    assert refusal(repo) == "looking back needs git, which is not installed"


@pytest.mark.parametrize("revision", ["nothing", "--all", "", "HEAD^{tree}", "a..b"])
def test_what_is_no_commit(repo: Path, git: Git, revision: str) -> None:
    put(repo, facturar="x: 1\n")
    commit(git)
    assert find_commit(repo, revision) is None


def test_no_book_there_then(repo: Path, git: Git) -> None:
    put(repo, other="x: 1\n")
    commit(git)
    book = repo / "book"
    put(book, facturar="x: 1\n")
    assert "there was no facturar.yaml in book/" in refusal(book)
    assert "there was no facturar.yaml in the top of the repository" in refusal(repo)


def test_a_ledger_that_was_a_repository_of_its_own(repo: Path, git: Git) -> None:
    put(repo, facturar="x: 1\n")
    first = commit(git)
    git("update-index", "--add", "--cacheinfo", f"160000,{first},invoices")
    git("commit", "-qm", "submodule")
    assert "invoices was a repository of its own" in refusal(repo)


def test_a_link_out_of_the_repository(repo: Path, git: Git) -> None:
    put(repo, facturar="x: 1\n")
    (repo / "jobs.yaml").symlink_to("/etc/hostname")
    commit(git)
    assert refusal(repo).startswith("jobs.yaml leads out of the repository")


def test_what_is_no_text_is_told_with_the_revision(repo: Path, git: Git) -> None:
    put(repo, facturar="x: 1\n")
    (repo / "jobs.yaml").write_bytes(b"a: caf\xe9\n")
    name = commit(git)
    with pytest.raises(BookError) as refused:
        texts(repo, "HEAD")
    (problem,) = refused.value.problems
    assert problem.place
    assert (problem.place.file, problem.place.column) == (f"{name[:10]}:jobs.yaml", 7)
