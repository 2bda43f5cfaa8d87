"""Additions to the files that people write, which change no other byte of them.

An edit is a value: what is added, and at which key path of its file. `edited_text` is pure, and refuses a result that
does not read as the old data plus exactly the addition. `apply_edit` puts it into the file, unless somebody changed
that meanwhile. Nothing here deletes, and nothing here decides what to add.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, TypeAlias

from facturar.model.plain import Facts, as_text
from facturar.problems import FacturarError, KeyPath, UsageError
from facturar.store.disk import DISK, Disk
from facturar.store.failure import explained
from facturar.store.insertion import Inserting, Insertion, inserted
from facturar.store.layout import ledger_file
from facturar.store.scanning import ledger_files
from facturar.store.spans import Items, Node, Pairs, Word, child, tree_of
from facturar.store.writing import claim, replace
from facturar.store.yaml_text import load

_MARK = "\ufeff"  # a byte order mark, which some editors put first


@dataclass(frozen=True, slots=True)
class Append:
    """An item at the end of the list at `path`; the list is begun when it is not there yet. () is the whole file."""

    path: KeyPath
    item: Facts


@dataclass(frozen=True, slots=True)
class SetKey:
    """A value for the key that `path` ends in, which has none yet."""

    path: KeyPath
    value: Facts


Edit: TypeAlias = Append | SetKey


def edited_text(text: str, edit: Edit) -> str:
    """The text with the addition, every other character as it was.

    Raises UsageError when its place is not there or is taken, FacturarError when the text is written in a way that
    has no safe place for it (through an alias, say), BookError when the text is no YAML.
    """
    body = text.removeprefix(_MARK)
    wanted = _with_edit(load(body), edit)
    new = inserted(body, _insertions(body, edit))
    if _loaded(new) != wanted:
        raise FacturarError(
            f"there is no safe place for an addition to {_shown(edit.path)}",
            f"add it yourself: {as_text(edit.item if isinstance(edit, Append) else edit.value)}",
        )
    return text[: len(text) - len(body)] + new


def apply_edit(folder: Path, path: PurePosixPath, edit: Edit, was: str, *, disk: Disk = DISK) -> str:
    """The edit done in the book's file, whose text `was` as given when it was read; the new text. Needs the lock.

    A file that is not there yet (`was` is empty) is created. The new text replaces the old at once, with the file's
    permissions; of a symbolic link, the file it leads to. Raises FacturarError when the file was changed since.
    """
    new = edited_text(was, edit)
    target = (folder / path).resolve()
    if not target.exists() and not was:
        claim(folder, path, new, disk=disk)
        return new
    with explained(path):
        written = replace(target, new.encode(), unless=lambda: target.read_bytes() != was.encode(), disk=disk)
    if not written:
        raise FacturarError(f"{path} was changed meanwhile, so it was left alone", "run the command again")
    return new


def file_for_new(folder: Path, ledger: str) -> PurePosixPath:
    """The file that a new entry of a list goes to: `payments.yaml`, or the last in `payments/`, or a new first one."""
    single, files = str(ledger_file(ledger)), ledger_files(folder, ledger)
    return PurePosixPath(single if single in files or not files else files[-1])


def _insertions(text: str, edit: Edit) -> list[Insertion]:
    inserting = Inserting(text, root := tree_of(text))
    value: Facts = [edit.item] if isinstance(edit, Append) else edit.value
    above, node, rest = _nearest(root, edit.path)
    if isinstance(node, Pairs) and rest and isinstance(rest[0], str):
        return inserting.key(node, rest[0], _nested(rest[1:], value))
    if isinstance(node, Items) and isinstance(edit, Append) and not rest:
        return inserting.item(node, edit.item)
    if node is None or (above is None and isinstance(node, Word) and node.start == node.end):
        return inserting.document(_nested(rest, value))
    assert isinstance(node, Word), "anything else has no place for the edit"
    key = edit.path[len(edit.path) - len(rest) - 1] if above else None
    return inserting.value(above or node, key if isinstance(key, str) else None, node, _nested(rest, value))


def _nearest(node: Node | None, path: KeyPath) -> tuple[Node | None, Node | None, KeyPath]:
    """The value that is nearest to a path, the one above it, and the steps that are missing."""
    above = None
    for index, step in enumerate(path):
        below = child(node, step) if node else None
        if below is None:
            return above, node, path[index:]
        above, node = node, below
    return above, node, ()


def _nested(path: KeyPath, value: Facts) -> Facts:
    for step in reversed(path):
        value = {str(step): value}
    return value


def _with_edit(data: Any, edit: Edit) -> Any:
    """What the text has to say after the edit."""
    return _with(data, edit.path, edit)


def _with(data: Any, path: KeyPath, edit: Edit) -> Any:
    if not path:
        return _with_addition(data, edit)
    step, rest = path[0], path[1:]
    if isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
        return [*data[:step], _with(data[step], rest, edit), *data[step + 1 :]]
    if isinstance(data, dict | None) and isinstance(step, str):
        return {**(data or {}), step: _with((data or {}).get(step), rest, edit)}
    raise UsageError(f"{_shown(edit.path)} is not there", "look at the file: it is written in another shape")


def _with_addition(data: Any, edit: Edit) -> Any:
    if isinstance(edit, SetKey) and data is None:
        return as_text(edit.value)
    if isinstance(edit, Append) and isinstance(data, list | None):
        return [*(data or []), as_text(edit.item)]
    if isinstance(edit, Append):
        raise UsageError(f"{_shown(edit.path)} is no list", "look at the file: entries begin with '- '")
    raise UsageError(f"{_shown(edit.path)} is there already: {data}", "to change it, edit the file")


def _loaded(text: str) -> Any:
    try:
        return load(text)
    except FacturarError:
        return None  # no addition leads to an empty file


def _shown(path: KeyPath) -> str:
    return f"'{'.'.join(map(str, path))}'" if path else "the file"
