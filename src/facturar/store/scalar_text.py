"""How a value is written in YAML: quoted only when it would be read as something else.

Text counts as safe without quotes only if every YAML reader takes it for the same text: those of version 1.1, for
which `NO` is false and `1:30` is ninety, and those of 1.2, for which `0o17` and `1e3` are numbers. Nothing here knows
what a value means.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from facturar.model.plain import Facts, Scalar, text_of

# YAML 1.1 and 1.2, section "Recommended schemas": booleans, nulls, merge and default keys, infinities.
_WORDS = frozenset({"", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "<<", "=", ".inf", ".nan"})
_NUMBER = re.compile(
    r"""[-+]?(
        0[xX][0-9a-fA-F_]+ | 0[oO][0-7_]+ | 0[bB][01_]+
      | [0-9][0-9_]*(:[0-9_]+)+(\.[0-9_]*)?
      | (\.[0-9_]+ | [0-9][0-9_,]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?
      | \.inf
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_TIMESTAMP = re.compile(r"\d{4}-\d{1,2}-\d{1,2}([Tt\s].*)?", re.ASCII)

# Tabs and line breaks of any kind, and what no YAML file may contain as it is.
_NEEDS_ESCAPE = re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_UNSAFE = re.compile(r"^[-?:,\[\]{}#&*!|>'\"%@`.\s]|:(\s|$)|\s#|\s$")
_UNSAFE_IN_FLOW = re.compile(r"[,\[\]{}:?#]")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def _looks_like_another_type(text: str) -> bool:
    return text.lower() in _WORDS or bool(_NUMBER.fullmatch(text) or _TIMESTAMP.fullmatch(text))


def needs_escape(text: str) -> bool:
    """Whether the text has tabs, line breaks or characters that a YAML file cannot hold as they are."""
    return _NEEDS_ESCAPE.search(text) is not None


def _is_safe(text: str, *, in_flow: bool) -> bool:
    return not (
        _looks_like_another_type(text)
        or needs_escape(text)
        or _UNSAFE.search(text)
        or (in_flow and _UNSAFE_IN_FLOW.search(text))
    )


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _quoted(text: str) -> str:
    if needs_escape(text):
        inner = re.sub(r'[\\"\n\t\r]', lambda match: _ESCAPES[match[0]], text)
        return f'"{_NEEDS_ESCAPE.sub(lambda match: _escaped(match[0]), inner)}"'
    if "\\" in text or '"' in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def scalar_text(value: Scalar, *, in_flow: bool = False) -> str:
    """A scalar on one line; in flow context (inside `[…]` or `{…}`) more of it has to be quoted.

    >>> from decimal import Decimal
    >>> [scalar_text(value) for value in ("01001", "NO", Decimal("45.10"), "Panadería Acme, S.L.")]
    ['"01001"', '"NO"', '45.10', 'Panadería Acme, S.L.']
    >>> scalar_text("Panadería Acme, S.L.", in_flow=True)
    '"Panadería Acme, S.L."'
    """
    if not isinstance(value, str):
        return text_of(value)
    return value if _is_safe(value, in_flow=in_flow) else _quoted(value)


def key_text(key: str) -> str:
    """A key on one line. `on` stays bare, as people write it, though some readers take it for a truth value."""
    return key if key == "on" else scalar_text(key, in_flow=True)


def flow_text(value: Facts, padding: str = "") -> str:
    """Any data on one line: `{date: 2026-12-05, invoices: {F-2026-0012: 400}}`, with `padding` inside its braces.

    >>> flow_text({"note": "Pagan el viernes.", "taxes": ["iva", "irpf"]})
    '{note: Pagan el viernes., taxes: [iva, irpf]}'
    """
    match value:
        case Mapping():
            pairs = [f"{key_text(key)}: {flow_text(item, padding)}" for key, item in value.items()]
            return f"{{{padding}{', '.join(pairs)}{padding}}}" if pairs else "{}"
        case list():
            return f"[{', '.join(flow_text(item, padding) for item in value)}]"
        case _:
            return scalar_text(value, in_flow=True)
