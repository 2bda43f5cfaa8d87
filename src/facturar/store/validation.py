"""From raw data to a model, or to all that is wrong with it as problems with key paths.

Nothing runs here but the model itself while all is well. Key paths are relative to the data; where they stand in a file
is for `sources`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from facturar.model.scalars import Id
from facturar.problems import BookError, Code, KeyPath, Problem
from facturar.store.keys import model_at
from facturar.store.wording import WRONG_TYPE, Said, said

_UNKNOWN = "extra_forbidden"
_VAGUE = frozenset((*WRONG_TYPE, "too_short"))

ModelT = TypeVar("ModelT", bound=BaseModel)


def validated(model: type[ModelT], data: Any) -> ModelT:
    """The model of some raw data. Raises a BookError with every problem.

    A key with nothing behind it counts as left out.
    """
    try:
        return model.model_validate(data, by_alias=True, by_name=False)
    except ValidationError as error:
        found = error.errors(include_url=False)
    empty = {key_path(data, item["loc"]) for item in found if item["input"] is None and item["type"] != _UNKNOWN}
    filled = _without(data, empty)
    if filled != data:
        return validated(model, filled)
    raise BookError(_problems(model, data, found)) from None


def bad_id(text: str) -> Problem | None:
    """The problem of a key that is no id; None when it is one."""
    try:
        TypeAdapter(Id).validate_python(text)
    except ValidationError as error:
        return Problem(*said(error.errors()[0], None, {}), path=(), on_key=True)
    return None


def key_path(data: Any, loc: Sequence[str | int]) -> KeyPath:
    """The steps of an error's location that are keys of the data, without the tags of unions.

    >>> key_path({"agreement": {"kind": "milestones", "steps": [{}]}}, ("agreement", "milestones", "steps", 0))
    ('agreement', 'steps', 0)
    """
    path: list[str | int] = []
    for step in loc:
        inside = isinstance(data, dict) and step in data
        if inside or (isinstance(data, list) and isinstance(step, int) and step < len(data)):
            data = data[step]
            path.append(step)
    return tuple(path)


def _without(data: Any, paths: set[KeyPath]) -> Any:
    """The data without the keys at some paths that have nothing behind them."""
    if () in paths or not paths:
        return data
    below = {step: {path[1:] for path in paths if path[0] == step} for step in {path[0] for path in paths}}
    if isinstance(data, dict):
        kept = ((key, value) for key, value in data.items() if not (value is None and () in below.get(key, set())))
        return {key: _without(value, below.get(key, set())) for key, value in kept}
    if isinstance(data, list):
        return [_without(value, below.get(index, set())) for index, value in enumerate(data)]
    return data


def _problems(model: type[BaseModel], data: Any, found: list[ErrorDetails]) -> list[Problem]:
    problems = [_problem(model, data, error) for error in _one_each(data, found)]
    return [problem for problem in problems if not _explained(problem, problems)]


def _one_each(data: Any, found: list[ErrorDetails]) -> Iterable[ErrorDetails]:
    """The errors that say something: without those about a whole value beside others that say more of it.

    A union has errors of members that were never meant, being of another type than the data; and a list all of whose
    items are wrong is also called too short.
    """
    fitting = [(key_path(data, error["loc"]), error) for error in found]
    for index, (path, error) in enumerate(fitting):
        within = [(at, other) for at, (spot, other) in enumerate(fitting) if spot[: len(path)] == path and at != index]
        if error["type"] in _VAGUE and any(other["type"] not in _VAGUE or at < index for at, other in within):
            continue
        yield error


def _problem(model: type[BaseModel], data: Any, error: ErrorDetails) -> Problem:
    loc = error["loc"]
    on_key = loc[-1:] == ("[key]",)
    loc = loc[:-1] if on_key else loc
    path = key_path(data, loc)
    if error["type"] == "union_tag_invalid":
        path = (*path, "kind")
    if error["type"] not in ("missing", _UNKNOWN):
        return _of_value(said(error, None, {}), path, on_key=on_key)
    parent = key_path(data, loc[:-1])
    words = said(error, model_at(model, loc[:-1]), _at(data, parent))
    return Problem(*words, path=(*parent, loc[-1]), on_key=True)


def _of_value(words: Said, path: KeyPath, *, on_key: bool) -> Problem:
    return Problem(*words, path=path, on_key=on_key or words.code is Code.missing_key)


def _at(data: Any, path: KeyPath) -> Mapping[str, Any]:
    for step in path:
        data = data[step]
    return data if isinstance(data, dict) else {}


def _explained(problem: Problem, problems: list[Problem]) -> bool:
    """Whether a missing key is the one meant by a misspelt key beside it: then one problem says it all."""
    hint = f"did you mean '{problem.path[-1]}'?" if problem.path else ""
    return problem.code is Code.missing_key and any(
        other.code is Code.unknown_key and other.path[:-1] == problem.path[:-1] and other.hint == hint
        for other in problems
    )
