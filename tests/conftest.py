"""What all tests share: the flag that renews expected files instead of comparing with them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# a slow machine is no failure, and what is proven elsewhere is proven again the same way
settings.register_profile("facturar", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("facturar")

SameAsFile = Callable[[Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew", action="store_true", help="write expected files anew from what the program gives now")


@pytest.fixture
def renew(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--renew"))


@pytest.fixture
def same_as_file(renew: bool) -> SameAsFile:
    """Asserts that a text is what a file expects; with --renew, the file learns it."""

    def same(expected: Path, text: str) -> None:
        if renew:
            expected.write_text(text, encoding="utf-8", newline="\n")
        assert expected.read_text(encoding="utf-8") == text, f"{expected.name}: renew with pytest --renew"

    return same
