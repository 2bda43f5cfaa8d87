"""What to say of a text that is not YAML: plain words and a way out instead of the parser's own.

It reads the parser's complaint and the character it stopped at; both libyaml's words and those of PyYAML's own parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from yaml import Mark, MarkedYAMLError, YAMLError

from facturar.store.places import line_at, spot_at

_NOT_TEXT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_TAB = ("a tab indents this line", "indent with spaces; YAML takes no tabs")
_INDENTED = (
    "this line is not indented like the ones it belongs to",
    "start it in the same column as its neighbours, or quote the text before it",
)
_COLON = ("a ':' where no key can be", "quote text that has ': ' in it; otherwise look at the line's indentation")
_NO_COLON = ("no colon after a key", "write it as 'key: value', with a space after the colon")
_BLOCK = ("text right behind '|' or '>'", "start the long text on the next line, indented; or quote it")

_CLOSED = (
    "text behind a closing quote or bracket",
    "put the whole value in quotes; inside '…' a ' is written twice, as in 'don''t'",
)

# A pattern of the parser's words, what to say, what to do.
_WORDS: tuple[tuple[str, tuple[str, str]], ...] = (
    (r"tab character", _TAB),
    (r"mapping values are not allowed", _COLON),
    (r"expected '-'", _INDENTED),
    (
        r"sequence entries",
        ("a list cannot begin behind its key", "start it on the next line, or write it as [one, two]"),
    ),
    (r"tag", ("this tag is not complete", "quote text that begins with '!'")),
    (r"alphabetic or numeric", ("'*' and '&' have a meaning in YAML here", "quote text that begins with them")),
    (
        r"unknown escape",
        ("an escape that YAML does not know", "in double quotes write \\\\ for \\, or use 'single quotes'"),
    ),
    (r"comment or a? ?line break|indentation indicators", _BLOCK),
    (r"node content", ("a value is missing here", "write the value, or take out the extra comma or bracket")),
    (r"directive", ("a line cannot begin with %", "put the text in quotes")),
    (
        r"document (indicator|separator)",
        ("'---' or '...' inside a quoted text", "close the quotes, or indent the text"),
    ),
    (r"document start", ("this does not belong to what stands above", _INDENTED[1])),
    (r"expected key|expected <block end>", _INDENTED),
)
# The same for what opens and does not close; it is shown where it opened.
_OPENED: tuple[tuple[str, tuple[str, str]], ...] = (
    (r"quoted scalar.*end of stream", ("a quote opens here and never closes", "add the closing quote")),
    (r"flow sequence", ("this '[' is not closed, or a comma is missing", "write it as [one, two]")),
    (r"flow mapping", ("this '{' is not closed, or a comma is missing", "write it as {key: value, other: value}")),
)


@dataclass(frozen=True, slots=True)
class Advice:
    """What is wrong with a text, what to do about it, and where; line and column from 1."""

    message: str
    hint: str
    line: int
    column: int


_CONFLICT = re.compile(r"^(<{7}|>{7})(?: |$)", re.MULTILINE)


def advice(error: YAMLError, text: str) -> Advice:
    """What to say of a text that the parser refused."""
    if conflict := _CONFLICT.search(text):
        message = "git left a conflict here: two versions, one after the other"
        hint = "keep the one that is right, take out the lines that begin with <<<<<<<, ======= and >>>>>>>"
        return Advice(message, hint, *spot_at(text, conflict.start()))
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return _not_text(error, text)
    said = f"{error.context or ''} … {error.problem or ''}"
    mark, opened = error.problem_mark, error.context_mark
    if opened and (words := _said(_OPENED, said)):
        return _at(opened, *words) if opened.line != mark.line or "quoted" in said else _comma(mark, said)
    if opened and "expected ':'" in said:
        return _at(opened, *_NO_COLON)
    line = line_at(text, mark.line + 1)
    if "cannot start any token" in said:
        return _at(mark, *_odd_start(line[mark.column : mark.column + 1]))
    words = _said(_WORDS, said) or _unheard(said)
    return _at(mark, *(_CLOSED if words is _INDENTED and line[: mark.column].strip(" -") else words))


def _said(table: tuple[tuple[str, tuple[str, str]], ...], said: str) -> tuple[str, str] | None:
    return next((words for pattern, words in table if re.search(pattern, said)), None)


def _comma(mark: Mark, said: str) -> Advice:
    close = "}" if "flow mapping" in said else "]"
    return _at(
        mark, f"a comma or '{close}' is missing before this", "write it as [one, two] or {key: value, other: value}"
    )


def _unheard(said: str) -> tuple[str, str]:
    return f"this is not YAML: {said.strip(' …')}", "look at the quotes, brackets and indentation around here"


def _odd_start(character: str) -> tuple[str, str]:
    if character == "\t":
        return _TAB
    return f"a value cannot begin with {character}", "put the value in quotes"


def _at(mark: Mark, message: str, hint: str) -> Advice:
    return Advice(message, hint, mark.line + 1, mark.column + 1)


def _not_text(error: YAMLError, text: str) -> Advice:
    """Characters that no text file has: the first of them."""
    found = _NOT_TEXT.search(text)
    if not found:
        return Advice(f"this is not YAML: {error}", "write the file again as plain text", 1, 1)
    message = f"a control character (U+{ord(found[0]):04X}) is in the text"
    return Advice(message, "delete it; some editors show it as a box or a gap", *spot_at(text, found.start()))
