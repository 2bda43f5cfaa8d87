from collections.abc import Callable
from pathlib import Path

import pytest

from facturar.documents.press import Press
from facturar.model.settings import Look
from facturar.store.shipped import shipped

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="session")
def press() -> Press:
    return Press([shipped("templates")], Look(accent="#0b6e4f"), Path())


@pytest.fixture
def same_as_golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with a golden file; `--renew` writes it anew."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--renew", default=False):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare
