"""Where the documentation is played: a folder of its own, a day, and commands whose words are caught.

`facturar` runs in this process, all else in a shell without the settings of the machine.
"""

from __future__ import annotations

import contextlib
import io
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from facturar.cli.boundary import run
from facturar.cli.founding import copy_example
from tests.repo.pages import ROOT, Block, Order, Step, commands

HOME = "~"
_GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Lucía",
    "GIT_AUTHOR_EMAIL": "hola@estudioluna.example",
    "GIT_COMMITTER_NAME": "Lucía",
    "GIT_COMMITTER_EMAIL": "hola@estudioluna.example",
    "GIT_AUTHOR_DATE": "2026-11-30T08:00:00Z",
    "GIT_COMMITTER_DATE": "2026-11-30T08:00:00Z",
}


class Stage:
    """Plays the steps of one page, from the first to the last."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = home
        self.today = "2026-11-30"
        self._then: Callable[[str], str] | None = None

    def play(self, step: Step) -> str:
        """What a block should hold, having done what it says; an order gives nothing."""
        if isinstance(step, Order):
            self._order(*step.words)
            return ""
        if self._then is not None:
            then, self._then = self._then, None
            return then(step.body)
        return self._console(step) if step.language == "console" else step.body

    def _order(self, word: str, *rest: str) -> None:
        match word, *rest:
            case "book", example:
                self._new_book(example)
            case "today", day:
                self.today = day
            case "write" | "append" as how, file:
                self._then = lambda body: self._written(file, body, how)
            case "replace", file, old, new:
                path = self.folder / file
                assert path.read_text("utf-8").count(old) == 1, f"'{old}' once in {file}"
                path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
            case "gallery", code:
                self._then = lambda _: _shown_by_gallery(code)
            case _:
                raise AssertionError(f"no such order: {word} {rest}")

    def _new_book(self, example: str) -> None:
        self.folder = self.home / example
        shutil.rmtree(self.folder, ignore_errors=True)
        copy_example(example, self.folder)

    def _written(self, file: str, body: str, how: str) -> str:
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text("utf-8") if how == "append" and path.exists() else ""
        path.write_text(before + body, "utf-8")
        return body

    def _console(self, block: Block) -> str:
        assert block.body.startswith("$ "), "a console block begins with a command"
        return "".join(f"$ {command}\n{self._said(command)}" for command in commands(block.body))

    def _said(self, command: str) -> str:
        words = shlex.split(command, comments=True)
        match words:
            case "cd", where:
                self.folder = (self.folder / where).resolve()
                return ""
            case "facturar", *arguments:
                said = self._facturar(arguments)
            case _:
                said = self._shell(command)
        shown = "\n".join(line.rstrip() for line in said.splitlines()).strip("\n")
        return (shown.replace(str(self.home), HOME) + "\n") if shown else ""

    def _facturar(self, arguments: list[str]) -> str:
        day = [] if "--today" in arguments or "--version" in arguments else ["--today", self.today]
        out = io.StringIO()
        argv = patch.object(sys, "argv", ["facturar", *day, *arguments])
        width = patch.dict(os.environ, {"COLUMNS": "100", **_GIT})
        caught = contextlib.redirect_stdout(out), contextlib.redirect_stderr(out)
        with argv, width, caught[0], caught[1], contextlib.chdir(self.folder), contextlib.suppress(SystemExit):
            run()
        return out.getvalue()

    def _shell(self, command: str) -> str:
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.home), "LC_ALL": "C.UTF-8", **_GIT}
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            check=False,
        )
        return done.stdout


def _shown_by_gallery(code: str) -> str:
    """The first problem of that code among those that the gallery's book shows."""
    expected = (ROOT / "tests" / "gallery" / code / "expected.txt").read_text("utf-8")
    return next(problem for problem in expected.strip().split("\n\n") if f"[{code}]" in problem) + "\n"
