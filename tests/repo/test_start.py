"""A command line answers at once: what each first word imports, and what it leaves alone."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.repo.pages import ROOT

HEAVY = {"yaml", "pydantic", "reportlab", "babel", "jinja2", "rich", "markdown_it", "stdnum"}
OF_A_BOOK = ("facturar.model", "facturar.rules", "facturar.views", "facturar.plan", "facturar.documents")
PROGRAM = """
import sys
sys.argv = ["facturar", *{arguments}]
from facturar.cli import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
sys.stdout.write("imported: " + " ".join(sys.modules))
"""


def imported_by(*arguments: str) -> set[str]:
    """The modules that the program has imported once it is done."""
    program = PROGRAM.format(arguments=list(arguments))
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", program]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    return set(said.rpartition("imported: ")[2].split())


def test_the_version_imports_nothing_but_itself() -> None:
    ours = {name for name in imported_by("--version") if name.startswith("facturar")}
    assert ours == {"facturar", "facturar.cli"}


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_help_and_version_import_no_models_and_no_documents(argument: str) -> None:
    modules = imported_by(argument)
    assert {name.partition(".")[0] for name in modules} & HEAVY == set()
    assert {name for name in modules if name.startswith(OF_A_BOOK)} == set()


def test_what_prints_no_pdf_imports_no_reportlab() -> None:
    assert "reportlab" not in {name.partition(".")[0] for name in imported_by("plan", "--help")}
