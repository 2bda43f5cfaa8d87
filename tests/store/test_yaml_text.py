"""YAML as facturar reads it: scalars stay text, and what would surprise is refused with a place."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import yaml

from facturar.model.client import Client
from facturar.model.payment import Payment
from facturar.problems import BookError, Code, Place, Problem
from facturar.store import yaml_text
from facturar.store.yaml_text import MAX_ALIASED, MAX_DEPTH, load


@pytest.fixture(params=["libyaml", "python"], autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    loaders = {"libyaml": yaml.CBaseLoader, "python": yaml.BaseLoader}
    monkeypatch.setattr(yaml_text, "YamlLoader", loaders[request.param])


def problems(text: str) -> list[Problem]:
    with pytest.raises(BookError) as caught:
        load(text, "f.yaml")
    return list(caught.value.problems)


def place(line: int, column: int) -> Place:
    return Place("f.yaml", line, column)


CONFLICT = "git left a conflict here: two versions, one after the other"


@pytest.mark.parametrize(
    ("text", "data"),
    [
        pytest.param("country: NO", {"country": "NO"}, id="Norway is no boolean"),
        pytest.param("a: yes\nb: on\nc: True", {"a": "yes", "b": "on", "c": "True"}, id="nor are yes, on and True"),
        pytest.param("on: 2026-11-30\nyes: 1", {"on": "2026-11-30", "yes": "1"}, id="nor as keys"),
        pytest.param("postcode: 01001", {"postcode": "01001"}, id="a postcode keeps its zero"),
        pytest.param("amount: 45.10", {"amount": "45.10"}, id="an amount keeps its cents"),
        pytest.param("hours: 1:30", {"hours": "1:30"}, id="no sexagesimals"),
        pytest.param("date: 2026-11-30", {"date": "2026-11-30"}, id="a date is text"),
        pytest.param("n: 1e3\nh: 0x1F\nu: 1_000", {"n": "1e3", "h": "0x1F", "u": "1_000"}, id="no number is read"),
        pytest.param("a: ~\nb: null\nc:\nd: ''", {"a": None, "b": None, "c": None, "d": ""}, id="null is nothing"),
        pytest.param("a: 'null'\nb: \"~\"", {"a": "null", "b": "~"}, id="unless it is quoted"),
        pytest.param("null: x", {"null": "x"}, id="a key is always text"),
        pytest.param("", None, id="an empty file"),
        pytest.param("# only a comment\n", None, id="only a comment"),
        pytest.param("---\na: 1\n...\n", {"a": "1"}, id="one document with its marks"),
        pytest.param("\ufeffa: 1", {"a": "1"}, id="a byte order mark"),
        pytest.param("a: 1\r\nb:\r\n  - x\r\n", {"a": "1", "b": ["x"]}, id="line ends of Windows"),
        pytest.param("a: |\n  one\n  two\n", {"a": "one\ntwo\n"}, id="a long text"),
        pytest.param("a: &x {b: 1}\nc: *x", {"a": {"b": "1"}, "c": {"b": "1"}}, id="an alias"),
        pytest.param("- &x a\n- &x b\n- *x", ["a", "b", "b"], id="an anchor named again"),
        pytest.param("&k a: 1\nb: *k", {"a": "1", "b": "a"}, id="the anchor of a key"),
    ],
)
def test_scalars_stay_text(text: str, data: Any) -> None:
    assert load(text) == data


def test_models_give_text_its_type() -> None:
    client = Client.model_validate(
        load("name: Fjord AS\naddress: {street: Gata 1, postcode: 0150, city: Oslo, country: NO}")
    )
    payment = Payment.model_validate(load("date: 2026-11-30\nclient: fjord\namount: 45.10"))
    assert client.address is not None
    assert (client.address.country, client.address.postcode) == ("NO", "0150")
    assert str(payment.amount) == "45.10"
    assert payment.amount == Decimal("45.10")


def test_equal_keys_are_told_with_both_places() -> None:
    found = problems("a: 1\nb: {x: 1, x: 2}\na: 3\n")
    assert [(p.code, p.message, p.place, p.also) for p in found] == [
        (Code.duplicate_key, "the key 'x' is here twice", place(2, 11), place(2, 5)),
        (Code.duplicate_key, "the key 'a' is here twice", place(3, 1), place(1, 1)),
    ]


def test_a_syntax_error_after_equal_keys_comes_first() -> None:
    assert [p.code for p in problems("a: 1\na: 2\nb: [\n")] == [Code.yaml_syntax]


def test_a_billion_laughs_are_refused() -> None:
    tenfold = "".join(
        f"{n}: &{n} [{', '.join([f'*{before}'] * 10)}]\n" for before, n in zip("abcdefgh", "bcdefghi", strict=True)
    )
    (problem,) = problems(f"a: &a [lol]\n{tenfold}")
    assert problem.code is Code.too_many_aliases


@pytest.mark.parametrize(("times", "refused"), [(MAX_ALIASED // 100, False), (MAX_ALIASED // 100 + 1, True)])
def test_aliases_are_bounded_by_what_they_stand_for(times: int, refused: bool) -> None:
    text = f"- &x [{', '.join(['a'] * 99)}]\n" + "- *x\n" * times
    if refused:
        assert [p.code for p in problems(text)] == [Code.too_many_aliases]
    else:
        data = load(text)
        assert isinstance(data, list)
        assert len(data) == times + 1


def test_long_files_without_aliases_are_not() -> None:
    assert load("- a\n" * (MAX_ALIASED + 1)) == ["a"] * (MAX_ALIASED + 1)


def test_depth_is_bounded() -> None:
    assert load("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    (problem,) = problems("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))
    assert problem.place == place(1, MAX_DEPTH + 1)


@pytest.mark.parametrize(
    ("text", "message", "spot"),
    [
        pytest.param("a:\n\tb: 1\n", "a tab indents this line", (2, 1), id="tab"),
        pytest.param("a: b: c", "a ':' where no key can be", (1, 5), id="a colon in a text"),
        pytest.param("a: 1\nb:2\n", "no colon after a key", (2, 1), id="no space after a colon"),
        pytest.param("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> new\n", CONFLICT, (2, 1), id="a merge"),
        pytest.param("a: 'x\nb: 1\n", "a quote opens here and never closes", (1, 4), id="open quote"),
        pytest.param("a: 'don't'\n", "text behind a closing quote or bracket", (1, 9), id="quote inside quotes"),
        pytest.param("a: [1, 2\nb: 3\n", "this '[' is not closed, or a comma is missing", (1, 4), id="open bracket"),
        pytest.param("a: {b: 1]\n", "a comma or '}' is missing before this", (1, 9), id="the other bracket"),
        pytest.param(
            "a:\n  b: 1\n c: 2\n", "this line is not indented like the ones it belongs to", (3, 2), id="indent"
        ),
        pytest.param(
            "- a\nb: 1\n", "this line is not indented like the ones it belongs to", (2, 1), id="list, then key"
        ),
        pytest.param("a: - x\n", "a list cannot begin behind its key", (1, 4), id="list behind its key"),
        pytest.param("a: @x", "a value cannot begin with @", (1, 4), id="at sign"),
        pytest.param("a: * x\n", "'*' and '&' have a meaning in YAML here", (1, 5), id="asterisk"),
        pytest.param("a: [1,,2]", "a value is missing here", (1, 7), id="two commas"),
        pytest.param("a: | foo\n", "text right behind '|' or '>'", (1, 6), id="text behind a bar"),
        pytest.param("é: 1\nñ: \x07", "a control character (U+0007) is in the text", (2, 4), id="control character"),
        pytest.param("a: !!int 1", "tags are not read", (1, 4), id="tag"),
        pytest.param("!x a: 1", "tags are not read", (1, 1), id="tag on a key"),
        pytest.param("a: 1\n---\nb: 2\n", "a second document begins here", (2, 1), id="two documents"),
        pytest.param("<<: {a: 1}", "merge keys (<<) are not read", (1, 1), id="merge key"),
        pytest.param("? \n: x", "a key is missing before ':'", (1, 2), id="no key"),
        pytest.param("? [a]\n: b\n", "a key is text, not a list or mapping", (1, 3), id="complex key"),
        pytest.param("a: &x 1\n*x : 2\n", "a key is text, not an alias", (2, 1), id="alias as a key"),
        pytest.param("a: *x\n", "'*x' is the alias of nothing: no '&x' is complete before it", (1, 4), id="no anchor"),
        pytest.param(
            "&x [*x]\n", "'*x' is the alias of nothing: no '&x' is complete before it", (1, 5), id="of itself"
        ),
    ],
)
def test_what_is_no_yaml_is_said_in_plain_words(text: str, message: str, spot: tuple[int, int]) -> None:
    (problem,) = problems(text)
    assert (problem.code, problem.message, problem.place) == (Code.yaml_syntax, message, place(*spot))
    assert problem.hint
    assert problem.excerpt == text.removesuffix("\n").splitlines()[spot[0] - 1]
