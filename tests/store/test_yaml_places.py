"""Key paths of a text as lines and columns."""

from __future__ import annotations

import pytest

from facturar.problems import KeyPath
from facturar.store.places import Places, line_at

JOBS = """\
# los trabajos de 2026
web-acme:
  client: acme
  agreement:
    kind: milestones
    steps:
      - {name: Boceto, share: 25%}
      - name: Entrega
        share: 75%
  work:
  message: |
    Gracias.
"""


@pytest.mark.parametrize(
    ("path", "on_key", "spot"),
    [
        pytest.param(("web-acme", "client"), False, (3, 11), id="a value"),
        pytest.param(("web-acme", "client"), True, (3, 3), id="its key"),
        pytest.param(("web-acme", "agreement", "steps", 0, "share"), False, (7, 31), id="a value in braces"),
        pytest.param(("web-acme", "agreement", "steps", 0), False, (7, 9), id="an item"),
        pytest.param(("web-acme", "agreement", "steps", 1), True, (8, 9), id="an item has no key but itself"),
        pytest.param(("web-acme", "agreement", "steps", 1, "share"), False, (9, 16), id="a value of an item"),
        pytest.param(("web-acme", "agreement"), False, (4, 3), id="a block is shown by its key"),
        pytest.param(("web-acme", "work"), False, (10, 3), id="nothing is shown by its key"),
        pytest.param(("web-acme", "message"), False, (11, 12), id="a long text"),
        pytest.param(("web-acme", "title"), False, (2, 1), id="a key that is not there: its mapping's"),
        pytest.param(("web-acme", "agreement", "steps", 2), False, (6, 5), id="an item that is not there"),
        pytest.param(("web-acme", "client", "name"), False, (3, 3), id="below a text"),
        pytest.param(("logo-acme", "client"), False, (2, 1), id="nothing of the path: the top"),
        pytest.param((), False, (2, 1), id="the top"),
    ],
)
def test_a_key_path_has_a_place(path: KeyPath, on_key: bool, spot: tuple[int, int]) -> None:
    assert Places(JOBS).of(path, on_key=on_key) == spot


@pytest.mark.parametrize(
    ("text", "path", "spot"),
    [
        pytest.param("\ufeffa: 1", ("a",), (1, 4), id="a byte order mark takes no column"),
        pytest.param("a: 1\r\nb: 2\r\n", ("b",), (2, 4), id="line ends of Windows"),
        pytest.param("設計: {ñ: 1}", ("設計", "ñ"), (1, 9), id="columns count characters"),
        pytest.param("a: &x {b: 1}\nc: *x", ("c", "b"), (1, 11), id="an alias leads to its anchor"),
        pytest.param("", ("a",), (1, 1), id="an empty text"),
        pytest.param("a: [", ("a",), (1, 1), id="no YAML"),
    ],
)
def test_in_every_text(text: str, path: KeyPath, spot: tuple[int, int]) -> None:
    assert Places(text).of(path) == spot


def test_lines_end_where_yaml_ends_them() -> None:
    text = "a: 1\r\nb: 2\rc: 3\x85d: 4\u2028e: 5"
    assert [line_at(text, n) for n in range(7)] == ["", "a: 1", "b: 2", "c: 3", "d: 4", "e: 5", ""]
    assert Places(text).of(("e",)) == (5, 4)
