"""What no source may have: promises for later, silenced checks without a reason, modules too long to be one thing."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from tests.repo.pages import ROOT

SOURCES = sorted((ROOT / "src").rglob("*.py"))
ALL = sorted([*SOURCES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")])
PROMISE = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
SILENCED = re.compile(r"#\s*(noqa|type:\s*ignore|pragma)(?P<which>[:\[][\w\-, \]]*)?(?P<reason>.*)")
LONGEST = 300


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", ALL, ids=name)
def test_nothing_is_promised_for_later(path: Path) -> None:
    assert PROMISE.findall(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_silenced_check_says_why(path: Path) -> None:
    silenced = [match for line in path.read_text("utf-8").splitlines() if (match := SILENCED.search(line))]
    assert [m[0] for m in silenced if not (m["which"] and m["reason"].strip(" -#"))] == []


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_module_says_what_it_is_for_and_is_short(path: Path) -> None:
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text)) or not text.strip()
    assert len(text.splitlines()) <= LONGEST


def test_functions_are_short() -> None:
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    trees = [ast.walk(ast.parse(path.read_text("utf-8"))) for path in SOURCES]
    lengths = sorted(
        (node.end_lineno or 0) - node.lineno + 1 for tree in trees for node in tree if isinstance(node, kinds)
    )
    assert lengths[len(lengths) // 2] <= 10


def test_shell_scripts_are_sound() -> None:
    subprocess.run(["bash", "-n", ROOT / ".ci" / "run"], check=True)
