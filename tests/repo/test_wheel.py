"""What is installed is whole: code, templates and examples, from a wheel, from a checkout, and in place."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.repo.pages import ROOT

FIND = """
from facturar.store.shipped import shipped
print(shipped("templates"))
print(shipped("examples"))
"""
NEEDED = ("src", "templates", "examples", "pyproject.toml", "README.md", "LICENSE")
NO_COPIES = shutil.ignore_patterns("__pycache__", "*.egg-info")


def python(*arguments: str, path: Path, at: Path) -> str:
    """What Python says, with our code at `path` and nothing else of ours in sight."""
    environment = {**os.environ, "PYTHONPATH": str(path), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=at, env=environment, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built offline from a copy of the sources, so that the checkout stays clean."""
    copy = tmp_path_factory.mktemp("source")
    for name in NEEDED:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / name)
    built = tmp_path_factory.mktemp("wheel")
    backend = f"from hatchling.build import build_wheel; print(build_wheel({str(built)!r}))"
    return built / python("-c", backend, path=copy / "src", at=copy).split()[-1]


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


def files(folder: Path) -> set[str]:
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return {name for name in found if "__pycache__" not in name}


def test_the_wheel_has_all_that_the_checkout_has(unpacked: Path) -> None:
    package = unpacked / "facturar"
    assert files(package / "templates") == files(ROOT / "templates")
    assert files(package / "examples") >= files(ROOT / "examples")
    code = {name for name in files(package) if not name.startswith(("templates/", "examples/"))}
    assert code == files(ROOT / "src" / "facturar")


def test_the_wheel_has_its_licence_and_its_command(unpacked: Path) -> None:
    (info,) = unpacked.glob("facturar-*.dist-info")
    assert "MIT License" in (info / "licenses" / "LICENSE").read_text("utf-8")
    assert "facturar = facturar.cli:main" in (info / "entry_points.txt").read_text("utf-8")


def test_an_installed_facturar_finds_its_own(unpacked: Path, tmp_path: Path) -> None:
    templates, examples = python("-c", FIND, path=unpacked, at=tmp_path).splitlines()
    assert Path(templates) == unpacked / "facturar" / "templates"
    assert Path(examples) == unpacked / "facturar" / "examples"


def test_a_checkout_finds_its_own(tmp_path: Path) -> None:
    templates, examples = python("-c", FIND, path=ROOT / "src", at=tmp_path).splitlines()
    assert [Path(templates), Path(examples)] == [ROOT / "templates", ROOT / "examples"]


def test_an_installed_facturar_does_the_round(unpacked: Path, tmp_path: Path) -> None:
    run = "import sys; sys.argv[0] = 'facturar'; from facturar.cli import main; main()"
    python("-c", run, "init", "book", "--example", "estudio-luna", path=unpacked, at=tmp_path)
    said = python("-c", run, "-C", "book", "--today", "2026-11-30", "run", path=unpacked, at=tmp_path)
    assert "F-2026-0055" in said
    assert (tmp_path / "book" / "invoices" / "2026" / "F-2026-0055.pdf").read_bytes().startswith(b"%PDF")
