"""Additions to ledgers of any style: only lines are added, or one line is added to, and the data is the old plus it."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

from hypothesis import given
from hypothesis import strategies as st

from facturar.model.plain import Facts
from facturar.store.editing import Append, Edit, SetKey, edited_text
from facturar.store.scalar_text import scalar_text
from facturar.store.yaml_text import load

Below: TypeAlias = tuple[str, ...]

ANYTHING = ("", "", "", "\n", "\n\n# more\n", "# done:\n", "      # deep\n", "   \n")
NO_DEEP_COMMENT = ("", "", "\n", "\n\n# more\n", "# done:\n")
NO_BLANK_LINE = ("", "", "# done:\n")
NOTHING: Below = ("",)


class Typed(NamedTuple):
    """What somebody may have typed, the data that it says, and what may stand below it and say nothing."""

    text: str
    data: Any
    below: Below = ANYTHING


words = st.sampled_from(
    ["a", "X 25%", "F-2026-0012", "b: c", "# no", "it's", 'say "no"', "ñ, 😀", "[1]", "01", "", "{", "- z"]
)
keys = st.sampled_from(["date", "note", "client", "big key", "x-1", "ñ"])
several_keys = st.lists(keys, min_size=1, max_size=3, unique=True)
comments = st.sampled_from(["", "", "", "  # paid", " # a, b: c }", "   "])
mappings = st.dictionaries(keys, words, min_size=1, max_size=3)


@st.composite
def in_flow(draw: st.DrawFn, data: dict[str, str], indent: int) -> str:
    """A mapping in braces, on one line or on several, with or without a last comma."""
    pairs = [f"{scalar_text(key, in_flow=True)}: {scalar_text(value, in_flow=True)}" for key, value in data.items()]
    comma = draw(st.sampled_from(["", ","]))
    if draw(st.booleans()):
        space = draw(st.sampled_from(["", " "]))
        return f"{{{space}{', '.join(pairs)}{comma}{space}}}"
    margin = " " * (indent + 2)
    lines = [f"{margin}{pair},{draw(comments)}\n" for pair in pairs[:-1]]
    body = f"{''.join(lines)}{margin}{pairs[-1]}{comma}"
    opening, closing = draw(st.sampled_from([("{\n", f"\n{margin}}}"), ("{", "}"), ("{\n", "}")]))
    inside = body if opening == "{\n" else body.lstrip()
    return f"{opening}{inside}{draw(comments) if closing != '}' else ''}{closing}"


@st.composite
def values(draw: st.DrawFn, indent: int) -> Typed:
    """A value behind a key: text, a block of text, nothing, or a mapping in braces."""
    kind = draw(st.sampled_from(["word", "word", "stripped", "kept", "folded", "nothing", "braces"]))
    margin = " " * (indent + 2)
    if kind == "stripped":
        return Typed(f" |-{draw(comments)}\n{margin}uno # no\n\n{margin}dos: x", "uno # no\n\ndos: x", NO_DEEP_COMMENT)
    if kind == "kept":
        return Typed(f" |+\n{margin}uno\n", "uno\n\n", NO_BLANK_LINE)
    if kind == "folded":
        return Typed(f" uno\n{margin}dos{draw(comments)}", "uno dos")
    if kind == "nothing":
        return Typed(draw(comments), None)
    if kind == "braces":
        pairs = draw(mappings)
        return Typed(f" {draw(in_flow(pairs, indent))}{draw(comments)}", pairs)
    word = draw(words)
    return Typed(f" {scalar_text(word)}{draw(comments)}", word)


@st.composite
def in_block(draw: st.DrawFn, indent: int) -> Typed:
    """A mapping as lines; the first of them has no margin yet."""
    text, below = "", NOTHING
    data: dict[str, Any] = {}
    for key in draw(several_keys):
        value = draw(values(indent))
        text += f"{draw(st.sampled_from(below))}{' ' * indent if data else ''}{scalar_text(key)}:{value.text}\n"
        data[key], below = value.data, value.below
    return Typed(text, data, below)


@st.composite
def lists(draw: st.DrawFn, indent: int) -> Typed:
    """A list of mappings, each in a style of its own."""
    text, below = "", NOTHING
    data: list[Any] = []
    gap = draw(st.sampled_from([" ", "  ", "   "]))
    for _ in range(draw(st.integers(1, 3))):
        inner = indent + 1 + len(gap)
        if draw(st.booleans()):
            item = draw(in_block(inner))
        else:
            pairs = draw(mappings)
            item = Typed(f"{draw(in_flow(pairs, inner))}{draw(comments)}\n", pairs)
        text += f"{draw(st.sampled_from(below))}{' ' * indent}-{gap}{item.text}"
        data, below = [*data, item.data], item.below
    return Typed(text, data, below)


@st.composite
def jobs(draw: st.DrawFn) -> Typed:
    """Two jobs, each with some keys and perhaps a list of work."""
    text, below = "", NOTHING
    data: dict[str, Any] = {}
    step = draw(st.sampled_from([1, 2, 4]))
    for name in ("web", "shop"):
        job = draw(in_block(step))
        text += f"{draw(st.sampled_from(below))}{name}:{draw(comments)}\n{' ' * step}{job.text}"
        data[name], below = job.data, job.below
        if draw(st.booleans()):
            work = draw(lists(step + draw(st.sampled_from([0, 2, 4]))))
            text += f"{draw(st.sampled_from(below))}{' ' * step}work:{draw(comments)}\n{work.text}"
            data[name]["work"], below = work.data, work.below
    return Typed(text, data, below)


@st.composite
def files(draw: st.DrawFn, content: st.SearchStrategy[Typed]) -> Typed:
    """A whole file: comments above and below, any line ends, and perhaps none at the end."""
    typed = draw(content)
    above = draw(st.sampled_from(["", "# mine\n", "---\n", "\n"]))
    text = above + typed.text + draw(st.sampled_from(typed.below))
    if typed.below != NO_BLANK_LINE and draw(st.booleans()):
        text = text.removesuffix("\n")
    line_end = draw(st.sampled_from(["\n", "\r\n"]))
    mark = draw(st.sampled_from(["", "\ufeff"]))
    return Typed(mark + text.replace("\n", line_end), typed.data)


ledgers = files(st.sampled_from([0, 2]).flatmap(lists))
job_files = files(jobs())


def is_addition(old: str, new: str) -> bool:
    """Whether `new` has every line of `old` in its order, but for at most one that was added to."""
    before, after = old.splitlines(), new.splitlines()
    while before and after and before[0] == after[0]:
        del before[0], after[0]
    while before and after and before[-1] == after[-1]:
        del before[-1], after[-1]
    left = iter("\n".join(after))
    return len(before) <= 1 and all(character in left for character in "".join(before))


def check(typed: Typed, edit: Edit, wanted: Any) -> None:
    assert load(typed.text) == typed.data
    new = edited_text(typed.text, edit)
    assert load(new) == wanted
    assert is_addition(typed.text, new)
    assert new.count("\n") == new.count("\r\n") or "\r\n" not in typed.text
    assert new.endswith("\n") or not typed.text.endswith("\n")


@given(typed=ledgers, item=mappings)
def test_an_item_is_added_to_a_list_of_any_style(typed: Typed, item: dict[str, Facts]) -> None:
    check(typed, Append((), item), [*typed.data, item])


@given(typed=job_files, item=mappings, job=st.sampled_from(["web", "shop"]))
def test_work_is_added_to_a_job_of_any_style(typed: Typed, item: dict[str, Facts], job: str) -> None:
    work = [*typed.data[job].get("work", []), item]
    check(typed, Append((job, "work"), item), {**typed.data, job: {**typed.data[job], "work": work}})


@given(typed=job_files, value=words, job=st.sampled_from(["web", "shop"]))
def test_a_key_is_set_in_a_job_of_any_style(typed: Typed, value: str, job: str) -> None:
    check(typed, SetKey((job, "done"), value), {**typed.data, job: {**typed.data[job], "done": value}})


@given(typed=ledgers, value=words, data=st.data())
def test_a_key_is_set_in_an_item_of_any_style(typed: Typed, value: str, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(typed.data) - 1))
    wanted = [*typed.data[:index], {**typed.data[index], "done": value}, *typed.data[index + 1 :]]
    check(typed, SetKey((index, "done"), value), wanted)
