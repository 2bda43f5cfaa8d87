"""Committing to git what a command wrote, and nothing else that may be lying there."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path

from facturar.plan.actions import Plan
from facturar.problems import FacturarError
from facturar.store.layout import WRITTEN


def _git(folder: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise FacturarError(
            "--commit needs git, which is not installed", "install git, or leave --commit out"
        ) from None
    if done.returncode:
        reason = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise FacturarError(
            f"git {arguments[0]} failed: {reason[0]}",
            "the documents are written; put git right (git init, user.name, user.email) and commit them",
        )
    return done.stdout


def _message(plan: Plan) -> str:
    counts = Counter(action.kind for action in plan.actions)
    words = [(count, "activity report" if kind == "activity" else kind) for kind, count in counts.items()]
    told = ", ".join(f"{count} {word}{'s' * (count > 1 and word != 'faces')}" for count, word in words)
    lines = [f"{action.document}  {action.client or ''}  {action.reason}".rstrip() for action in plan.actions]
    return "\n".join([f"facturar {plan.today}: {told or 'documents of an earlier run'}", "", *lines]).rstrip()


def commit_documents(folder: Path, plan: Plan) -> str:
    """Commit every document not yet in git, also those of a run that was cut short; what was done, in words."""
    return commit_written(folder, _message(plan))


def commit_written(folder: Path, message: str) -> str:
    """Commit with a message all that facturar wrote and git does not have yet; what was done, in words."""
    folders = [name for name in map(str, WRITTEN) if _git(folder, "status", "--porcelain", "--", name).strip()]
    if not folders:
        return "Nothing to commit."
    _git(folder, "add", "--", *folders)
    _git(folder, "commit", "-m", message, "--", *folders)
    return f"Committed {_git(folder, 'rev-parse', '--short', 'HEAD').strip()}."
