"""Problems as they are printed: the caret stands under the character, whatever stands before it."""

from __future__ import annotations

import pytest

from facturar.cli.problem_text import problem_text
from facturar.problems import Code, Place, Problem, Severity


def drawn(excerpt: str, column: int) -> list[str]:
    problem = Problem(Code.bad_value, "m", place=Place("f.yaml", 12, column), excerpt=excerpt)
    return problem_text(problem).splitlines()[1:]


@pytest.mark.parametrize(
    ("excerpt", "column", "lines"),
    [
        pytest.param("price: 6O", 8, ["   12 | price: 6O", "      |        ^"], id="plain"),
        pytest.param("設計: 6O", 5, ["   12 | 設計: 6O", "      |       ^"], id="wide characters take two columns"),
        pytest.param("ñ: 6O", 4, ["   12 | ñ: 6O", "      |    ^"], id="accents take one"),
        pytest.param("n\u0303: 6O", 5, ["   12 | n\u0303: 6O", "      |    ^"], id="combining accents none"),
        pytest.param("a:\t6O", 4, ["   12 | a:  6O", "      |     ^"], id="a tab goes to the next stop"),
        pytest.param("\tb: 1", 1, ["   12 |     b: 1", "      | ^"], id="a tab itself"),
        pytest.param("a: \x1b[31m", 4, ["   12 | a: \ufffd[31m", "      |    ^"], id="nothing steers the terminal"),
        pytest.param("a: 1", 9, ["   12 | a: 1", "      |     ^"], id="a column past the end: right after it"),
        pytest.param("   ", 2, [], id="a blank line is not shown"),
    ],
)
def test_the_caret(excerpt: str, column: int, lines: list[str]) -> None:
    assert drawn(excerpt, column) == lines


@pytest.mark.parametrize("column", [1, 40, 300, 590])
def test_a_long_line_is_cut_around_the_spot(column: int) -> None:
    excerpt = "".join(chr(ord("a") + n % 26) for n in range(600))
    line, caret = drawn(excerpt, column)
    assert len(line) <= 110
    assert line[caret.index("^")] == excerpt[column - 1]


def test_all_that_a_problem_may_say() -> None:
    problem = Problem(
        Code.duplicate_key,
        "the key 'acme' is here twice",
        "keep one of the two",
        place=Place("jobs.yaml", 12, 3),
        also=Place("jobs.yaml", 3, 1),
    )
    assert problem_text(problem).splitlines() == [
        "jobs.yaml:12:3: error[duplicate-key] the key 'acme' is here twice",
        "hint: keep one of the two",
        "also: jobs.yaml:3:1",
    ]


def test_a_problem_of_no_file() -> None:
    assert problem_text(Problem(Code.chain, "broken", severity=Severity.warning)) == "warning[chain] broken"
