"""The house has stairs that only go down: which package may import which, and who may touch the world.

The table is that of CONTRIBUTING.md. It is checked on the source's syntax, so imports inside of functions count too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "facturar"
MODULES = sorted(SOURCE.rglob("*.py"))

PURE = {"model", "rules", "views", "plan"}
MAY_IMPORT = {
    "problems": set[str](),
    "model": {"problems"},
    "rules": {"model", "problems"},
    "views": {"rules", "model", "problems"},
    "plan": {"rules", "model", "problems"},
    "store": {"model", "problems", "views", "plan"},
    "documents": {"model", "problems", "views", "plan"},
    "delivery": {"model", "problems", "views", "plan"},
    "cli": {"store", "documents", "delivery", "plan", "views", "rules", "model", "problems"},
    "__main__": {"cli"},
}
NOT_IN_PURE = {"yaml", "jinja2", "rich", "reportlab", "typer", "os", "io", "pathlib", "time", "subprocess", "shutil"}
NOW = {"today", "now", "utcnow", "time", "localtime", "gmtime"}
CLOCK = SOURCE / "cli" / "session.py"


class Import(NamedTuple):
    """A module that a file imports, and where."""

    name: str
    line: int


def imports(module: Path) -> Iterator[Import]:
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: imports are absolute"
            yield from (Import(f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def package(module: Path) -> str:
    return module.relative_to(SOURCE).parts[0].removesuffix(".py")


def clock_reads(module: Path) -> list[int]:
    """The lines on which `date.today()`, `datetime.now()`, `time.time()` and their kin are named."""
    tree = ast.walk(ast.parse(module.read_text("utf-8")))
    clocks = {"date", "datetime", "time"}
    named = (node for node in tree if isinstance(node, ast.Attribute) and node.attr in NOW)
    return [
        n.lineno
        for n in named
        if isinstance(n.value, ast.Name | ast.Attribute) and ast.unparse(n.value).split(".")[-1] in clocks
    ]


def opened(module: Path) -> list[int]:
    tree = ast.walk(ast.parse(module.read_text("utf-8")))
    calls = (node for node in tree if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
    return [
        call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id in ("open", "print", "input")
    ]


def spot(module: Path) -> str:
    return module.relative_to(SOURCE).as_posix()


def test_every_package_has_its_place_in_the_table() -> None:
    assert {package(module) for module in MODULES} - {"__init__"} == set(MAY_IMPORT)


@pytest.mark.parametrize("module", MODULES, ids=spot)
def test_imports_run_downwards(module: Path) -> None:
    allowed = MAY_IMPORT.get(package(module), set()) | {package(module)}
    ours = (found for found in imports(module) if found.name.startswith("facturar."))
    upwards = [found for found in ours if found.name.split(".")[1] not in allowed | {"__version__"}]
    assert upwards == [], f"{package(module)} may import {sorted(allowed)}"


@pytest.mark.parametrize("module", [m for m in MODULES if package(m) in PURE], ids=spot)
def test_pure_packages_do_not_touch_the_world(module: Path) -> None:
    worldly = [found for found in imports(module) if found.name.split(".")[0] in NOT_IN_PURE]
    assert worldly == []
    assert opened(module) == []


def test_the_clock_is_read_in_one_place() -> None:
    reads = {module: lines for module in MODULES if (lines := clock_reads(module))}
    assert list(reads) == [CLOCK]
    assert len(reads[CLOCK]) == 1


def swallowed(module: Path) -> list[int]:
    """The lines of handlers that catch anything at all and don't raise it again."""
    handlers = (node for node in ast.walk(ast.parse(module.read_text("utf-8"))) if isinstance(node, ast.ExceptHandler))
    broad = (h for h in handlers if h.type is None or ast.unparse(h.type) in ("Exception", "BaseException"))
    return [h.lineno for h in broad if not any(isinstance(node, ast.Raise) for node in ast.walk(h))]


@pytest.mark.parametrize("module", MODULES, ids=spot)
def test_what_nobody_expected_keeps_its_traceback(module: Path) -> None:
    assert swallowed(module) == []
