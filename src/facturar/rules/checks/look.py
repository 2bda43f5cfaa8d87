"""What would not be read on a document: an accent too light for text, characters that the typeface does not have.

Which characters print is asked of a function that is handed in; nothing here looks at a font.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from pydantic import BaseModel

from facturar.model.book import Book
from facturar.model.colour import READABLE, WHITE, contrast, darkened
from facturar.problems import Code, KeyPath, Problem, warning

Unprintable = Callable[[str], tuple[str, str]]
"""Of a text: the characters that print as a box, and the control characters that are left out."""
_OF_EVERY_DOCUMENT = "ABCXYZabcxyz0123456789.,:%&@/()+-áéíóúüñÁÉÍÓÚÑ¿¡«»€£–−…·•"
"""What templates and amounts need in any typeface."""
_SHOWN = 6


def contrast_problems(book: Book, _today: date) -> Iterator[Problem]:
    """An accent that titles and amounts would be hard to read in, on white (WCAG 2.1, 1.4.3: 4.5 to 1)."""
    accent = book.settings.look.accent
    ratio = contrast(accent, WHITE)
    if ratio < READABLE:
        message = (
            f"text in {accent} has a contrast of {_down(ratio)}:1 on white; {READABLE}:1 is what reads well (WCAG 2.1)"
        )
        hint = f'the nearest darker shade that does: "{darkened(accent)}"'
        yield warning(Code.contrast, message, hint, ("settings", "look", "accent"))


def glyph_problems(book: Book, unprintable: Unprintable) -> Iterator[Problem]:
    """Each text of the settings, clients, jobs and catalogue that would not be printed as it is written."""
    typeface = book.settings.look.typeface
    if typeface and (missing := unprintable(_OF_EVERY_DOCUMENT)[0]):
        message = f"the typeface has no {_listed(missing)}"
        hint = "choose one with Spanish letters and signs of currency, or take typeface: out"
        yield warning(Code.missing_glyph, message, hint, ("settings", "look", "typeface", "regular"))
    for path, text in _texts(book):
        boxes, dropped = unprintable(text)
        if boxes:
            hint = "each prints as a box: write it in other letters, or choose a typeface that has it under look:"
            yield warning(Code.missing_glyph, f"the typeface has no {_listed(boxes)}", hint, path)
        if dropped:
            message = f"there is a control character in it, {_listed(dropped)}: it is left out of documents"
            yield warning(Code.missing_glyph, message, "take it out", path)


def _texts(book: Book) -> Iterator[tuple[KeyPath, str]]:
    """Every text that may be printed, with its key path."""
    settings = book.settings
    yield from _inside(settings.business, ("settings", "business"))
    yield from _inside(settings.payment_methods, ("settings", "payment_methods"))
    yield from _inside(settings.senders, ("settings", "senders"))
    yield from _inside(settings.messages, ("settings", "messages"))
    yield from _inside(settings.tax_codes, ("settings", "tax_codes"))
    yield from _inside(book.clients, ("clients",))
    yield from _inside(book.jobs, ("jobs",))
    yield from _inside(book.catalog, ("catalog",))


def _inside(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """The texts in a value of the book, whatever it is made of."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from _inside(getattr(value, name), (*path, field.alias or name))
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _inside(part, (*path, key))
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from _inside(part, (*path, index))


def _listed(characters: str) -> str:
    """Characters with their code points, the first few of them: `東 (U+6771), 京 (U+4EAC)`."""
    shown = [
        f"{char} (U+{ord(char):04X})" if char.isprintable() else f"U+{ord(char):04X}" for char in characters[:_SHOWN]
    ]
    more = len(characters) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _down(ratio: float) -> str:
    """A ratio to one digit, never rounded up to a limit that it misses."""
    return f"{int(ratio * 10) / 10}"
