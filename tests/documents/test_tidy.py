"""Markdown is good to read as text."""

import pytest

from facturar.documents.tidy import tidy

CASES = [
    ("columns line up", "| a | b |\n|--|--:|\n| uno | 5 |", "| a   |   b |\n|-----|----:|\n| uno |   5 |\n"),
    (
        "wide characters take two",
        "| 東京 | b |\n|--|--|\n| x | y |",
        "| 東京 | b   |\n|------|-----|\n| x    | y   |\n",
    ),
    (
        "an escaped bar is no edge",
        "| a\\|b | c |\n|--|--|\n| d | e |",
        "| a\\|b | c   |\n|------|-----|\n| d    | e   |\n",
    ),
    ("gaps close", "a\n\n\n\nb\n\n\n", "a\n\nb\n"),
    ("a comment has air above", "a\n<!-- totals -->\nb", "a\n\n<!-- totals -->\nb\n"),
    ("trailing space goes", "a  \nb", "a\nb\n"),
    ("a line with bars is no table", "| a | b", "| a | b\n"),
]


@pytest.mark.parametrize(("rough", "good"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_tidied(rough: str, good: str) -> None:
    assert tidy(rough) == good
    assert tidy(good) == good
