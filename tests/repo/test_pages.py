"""What the documentation shows is what the program does: every command is run and every output compared.

`pytest tests/repo/test_pages.py --renew` writes the outputs into the pages anew; read the diff before you keep it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import SameAsFile
from tests.repo.pages import PAGES, rewritten, spot
from tests.repo.stage import Stage


@pytest.mark.parametrize("page", PAGES, ids=spot)
def test_a_page_shows_what_the_program_says(page: Path, tmp_path: Path, same_as_file: SameAsFile) -> None:
    stage = Stage(tmp_path)
    same_as_file(page, rewritten(page.read_text("utf-8"), stage.play))
