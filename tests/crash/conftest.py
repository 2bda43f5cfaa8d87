"""The book before a round, and the tree after one that nobody disturbed, each worked out once a process; a server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.mails import STALL
from tests.crash.rounds import EARLIER, run, tree, write_book
from tests.delivery.smtp import PASSWORD, Server


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book whose first invoices are overdue by the day of the round."""
    folder = tmp_path_factory.mktemp("base")
    write_book(folder)
    run(folder, EARLIER)
    return folder


@pytest.fixture(scope="session")
def whole(base: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The tree after a round that nobody disturbed."""
    folder = tmp_path_factory.mktemp("whole")
    shutil.copytree(base, folder, dirs_exist_ok=True)
    run(folder)
    return tree(folder)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A mail server that this process and those that it starts trust and can log into."""
    with Server(tmp_path) as started:
        started.stall = STALL
        monkeypatch.setenv("SSL_CERT_FILE", str(started.authority))
        monkeypatch.setenv("FACTURAR_SMTP_PASSWORD", PASSWORD)
        yield started
