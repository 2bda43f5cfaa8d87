"""The pages of pictures show everything that there is to see, and no picture is left over."""

from __future__ import annotations

import re

import pytest

from facturar.documents.template_kinds import FRAMES, TemplateKind, kind_of
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


def shown_in_the_gallery() -> set[str]:
    """The paths of its pictures, as its page has them."""
    return set(re.findall(r'src="(pictures/gallery/[^"]+)"', (DOCS / "gallery.md").read_text("utf-8")))


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_document_is_in_the_gallery(language: str) -> None:
    script = (DOCS / "pictures" / "gallery.py").read_text("utf-8")
    templates = ROOT / "templates" / language
    names = {path.relative_to(templates).as_posix().removesuffix(".md.j2") for path in templates.rglob("*.j2")}
    documents = {
        name for name in names - FRAMES if not name.startswith("mails/") and kind_of(name, ()) is not TemplateKind.part
    }
    assert {name for name in documents if f'"{name}"' not in script} == set()


def test_each_picture_of_the_gallery_is_on_its_page_in_both_languages() -> None:
    there = {file.relative_to(DOCS).as_posix() for file in (DOCS / "pictures" / "gallery").rglob("*.png")}
    assert there == shown_in_the_gallery()
    assert {path.replace("/es/", "/en/") for path in there if "/es/" in path} == {p for p in there if "/en/" in p}
