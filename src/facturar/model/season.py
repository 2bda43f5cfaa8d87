"""A word for a time of the year: on which days it is said, and in which languages."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from facturar.model.days_of_year import DaysOfYear
from facturar.model.scalars import Text, fault
from facturar.problems import Code

ANY_LANGUAGE = "any"
"""The key of a text that is the same for every reader."""
_TEXTS = "write text: …, or text: {es: …, en: …}"


def _by_language(value: object) -> object:
    if isinstance(value, str):
        return {ANY_LANGUAGE: value}
    if not isinstance(value, dict):
        raise fault(Code.wrong_shape, "this is neither a text nor one for each language", _TEXTS)
    return value


def _languages(texts: dict[str, str]) -> dict[str, str]:
    if not texts:
        raise fault(Code.missing_key, "the message says nothing", _TEXTS)
    for language in texts:
        if language != ANY_LANGUAGE and not re.fullmatch(r"[a-z]{2}", language, re.ASCII):
            raise fault(Code.bad_value, f"'{language}' is not a language", "write two letters, like es or en")
    return texts


class SeasonalMessage(DaysOfYear):
    """What invoices issued on some days say beside the job's own message."""

    text: Annotated[dict[str, Text], BeforeValidator(_by_language), AfterValidator(_languages)]
