"""The pages of pictures show everything that there is to see, and no picture is left over."""

from __future__ import annotations

import re

import pytest

from tests.repo.pages import ROOT

DOCS = ROOT / "docs"
BLOCKS = (DOCS / "blocks.md").read_text("utf-8")
SHOWN = re.findall(r"(?ms)^### ([\w ]+)\n.*?```markdown\n(.*?)^```", BLOCKS)


@pytest.mark.parametrize(("name", "markdown"), SHOWN, ids=[name for name, _ in SHOWN])
def test_a_block_is_shown_with_the_markdown_that_makes_it(name: str, markdown: str) -> None:
    assert f"<!-- {name} -->" in markdown
    assert name == "page break" or (DOCS / "pictures" / "blocks" / f"{name}.png").is_file()


def test_each_picture_of_a_block_is_on_the_page() -> None:
    there = {f"pictures/blocks/{file.name}" for file in (DOCS / "pictures" / "blocks").iterdir()}
    assert there == set(re.findall(r"\((pictures/blocks/[^)]+)\)", BLOCKS))


def test_every_name_that_a_template_gives_a_block_is_explained() -> None:
    given = {
        name
        for template in (ROOT / "templates").rglob("*.j2")
        for name in re.findall(r"(?m)^<!-- ([\w ]+) -->$", template.read_text("utf-8"))
    }
    explained = {name for name, _ in SHOWN} | set(re.findall(r"`([\w ]+)`", BLOCKS))
    assert given - explained == set()
