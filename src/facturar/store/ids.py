"""The ids of a book for the shell's completion: fast, without models or a YAML parser, and silent about errors.

A file that cannot be read as YAML has its ids known this way too, so that nothing that names them is called unknown.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from facturar.store.scanning import ledger_files, record_files, waiting_mails

_TOP_KEY = re.compile(r"""^(["']?)([a-z0-9][a-z0-9_-]*)\1[ \t]*:(?=\s|$)""", re.ASCII | re.MULTILINE)


def ids(folder: Path) -> dict[str, list[str]]:
    """The ids of clients and jobs, the numbers of invoices and quotes, the names of all else, each sorted.

    Keys are told by their place at the start of a line, so a ledger written as one `{…}` has none.
    """
    return {
        "clients": _keys(folder, "clients"),
        "jobs": _keys(folder, "jobs"),
        **{
            kind: _names(folder, kind)
            for kind in ("invoices", "quotes", "letters", "activity", "receipts", "statements")
        },
        "outbox": list(waiting_mails(folder)),
    }


def _names(folder: Path, kind: str) -> list[str]:
    return sorted(PurePosixPath(file).stem for file in record_files(folder, kind))


def _keys(folder: Path, ledger: str) -> list[str]:
    return sorted({key for file in ledger_files(folder, ledger) for key in top_keys(rough_text(folder / file))})


def top_keys(text: str) -> list[str]:
    """The ids at the start of a line of a text, which need not be YAML that can be read."""
    return [match[2] for match in _TOP_KEY.finditer(text)]


def rough_text(file: Path) -> str:
    """The text of a file with a mark for each byte that is no UTF-8; empty when it cannot be opened."""
    try:
        return file.read_text("utf-8-sig", errors="replace")
    except OSError:
        return ""
