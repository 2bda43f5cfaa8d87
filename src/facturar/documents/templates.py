"""Templates: a Jinja sandbox over the book's folder and the shipped one, with every value escaped for Markdown.

Gives text and nothing else: it does not know what a record is. A name that a template uses and nobody gave is an
error with the template's line, not an empty place in a document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, Template, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from facturar.documents.escaping import attached, escape_markdown, escape_paragraphs, link, picture, qr
from facturar.problems import FacturarError

SUFFIX = ".md.j2"
# What a template's own expressions may raise: a name that is not there, a word added to a number.
_FAULTS = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, RecursionError)


class Values:
    """What was given for one letter, by key. It is no mapping, so that a key such as `items` is one like any other."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = given

    def __getitem__(self, key: str) -> str:
        return self._given[key]


class Templates:
    """Templates by name and language, looked for in each folder in turn: `es/invoice.md.j2`."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self.environment = _environment(self._folders)

    @property
    def paths(self) -> tuple[str, ...]:
        """Every template that there is, by path below its folder: `es/invoice.md.j2`."""
        return tuple(path for path in self.environment.list_templates() if path.endswith(SUFFIX))

    def source(self, path: str) -> str:
        """The text of a template at a path that there is."""
        file = next(folder / path for folder in self._folders if (folder / path).is_file())
        return file.read_text("utf-8")

    def text(self, name: str, language: str, context: Mapping[str, object]) -> str:
        """The template filled in. Raises FacturarError that says where the template is wrong."""
        path = f"{language}/{name}{SUFFIX}"
        try:
            return self._template(path).render(context)
        except _FAULTS as error:
            place = _place_in_template(error, self._folders)
            if place is None and not isinstance(error, TemplateError):
                raise
            raise _explained(error, place or path) from error

    def _template(self, path: str) -> Template:
        return self.environment.get_template(path)


class _Missing(StrictUndefined):
    """A name that is not there; of a value that was to be given, how to give it."""

    @property
    def _undefined_message(self) -> str:
        key = self._undefined_name
        if isinstance(self._undefined_obj, Values):
            return f"there is no value '{key}': give it with --set {key}=…"
        return super()._undefined_message


def _environment(folders: Sequence[Path]) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        undefined=_Missing,
        autoescape=True,
        finalize=_finished,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["paragraphs"] = lambda text: Markup(escape_paragraphs(str(text)))
    environment.filters["link"] = lambda url: Markup(link(str(url)))
    environment.filters["qr"] = lambda text, label: Markup(qr(str(text), str(label)))
    environment.filters["picture"] = lambda file: Markup(picture(str(file)))
    environment.filters["attached"] = lambda file: Markup(attached(file.path, file.sha256))
    for name in ("e", "escape", "forceescape"):
        environment.filters[name] = _finished
    return environment


def _finished(value: object) -> Markup:
    """A value as Markdown; what macros and blocks made is Markdown already."""
    if isinstance(value, Markup):
        return value
    return Markup(escape_markdown("" if value is None else str(value)))


def _place_in_template(error: BaseException, folders: Sequence[Path]) -> str | None:
    """`path:line` of the innermost template line that was running, or that does not parse."""
    if isinstance(error, TemplateSyntaxError):
        return f"{_shown(error.filename or error.name or '', folders)}:{error.lineno}"
    place, trace = None, error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        place = f"{_shown(file, folders)}:{trace.tb_lineno}" if file.endswith(".j2") else place
        trace = trace.tb_next
    return place


def _shown(file: str, folders: Sequence[Path]) -> str:
    """A template's path from its folder on: `templates/es/invoice.md.j2`."""
    for folder in folders:
        if Path(file).is_relative_to(folder):
            return (Path("templates") / Path(file).relative_to(folder)).as_posix()
    return file


def _explained(error: Exception, place: str) -> FacturarError:
    if isinstance(error, TemplateNotFound):
        return FacturarError(
            f"there is no template {error.name}",
            f"write templates/{error.name} in your book, or correct the name; docs/templates.md has the list",
        )
    if isinstance(error, TemplateSyntaxError):
        return FacturarError(f"{place}: {error.message}", "see the templates' notation in docs/templates.md")
    return FacturarError(
        f"{place}: {error}",
        "docs/templates.md lists the names that a template may use",
    )
