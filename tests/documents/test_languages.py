"""Languages: each has every template, made of the same facts; none says «tú», and none threatens before its time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from jinja2 import nodes

from facturar.documents.press import Press, template_of
from facturar.documents.reading import read_blocks
from facturar.documents.template_check import name_of
from facturar.documents.template_facts import missing_facts, missing_in_mail, words_of
from facturar.documents.templates import SUFFIX
from facturar.model.book import Book
from facturar.model.letter import Letter
from facturar.model.record import Record
from facturar.plan.samples import Samples
from facturar.rules.noticing import NOTICES
from facturar.store.reading import read_book
from facturar.store.shipped import shipped

TODAY = date(2026, 11, 30)
TEMPLATES = shipped("templates")
LANGUAGES = sorted(folder.name for folder in TEMPLATES.iterdir() if folder.is_dir())
NAMES = sorted(
    {name_of(path.relative_to(TEMPLATES).as_posix()) for path in TEMPLATES.rglob(f"*{SUFFIX}")}  # of any language
)
STEPS = ("courtesy", "friendly", "firm", "call", "formal", "final")
"""The ladder, from the mildest on."""
MILD = STEPS[: STEPS.index("formal")]
KINDS = ("invoice", "quote", "pro_forma", "activity", "receipt", "statement")

TU = re.compile(
    r"\b(tú|tu|tus|te|ti|contigo|tuy[oa]s?|puedes|tienes|quieres|debes|sabes|eres|estás|has|harás|podrás|pagues|"
    r"necesitas|prefieres|dime|dinos|avísanos|llámanos|llámame|escríbenos|responde a|revisa|paga ya|indícanos|perdona|"
    r"disculpa|vosotros|vuestr[oa]s?|os)\b",
    re.IGNORECASE,
)
"""Words by which Spanish says «tú» or «vosotros»; whole ones, so that neither «actúa» nor «este» is one."""
THREATS = {
    "es": re.compile(
        r"judicial|abogad|monitorio|demanda|juzgado|tribunal|costas|burofax|requerimos|requerimiento|moros|"
        r"intereses|recargo|embargo|acciones legales|consecuencias|fichero|Ley \d",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"lawyer|solicitor|attorney|court|sue\b|legal|demand|debt|interest|penalt|consequence|bailiff|"
        r"collection agency|credit (?:agency|register)|final notice|without further notice|Law \d",
        re.IGNORECASE,
    ),
}
CONSEQUENCES = {
    "es": {"formal": ("requerimos", "Ley 3/2004", "intereses"), "final": ("último aviso", "vía judicial", "costas")},
    "en": {"formal": ("formally", "Law 3/2004", "interest"), "final": ("final notice", "legal action", "costs")},
}


def source(language: str, name: str) -> str:
    return (TEMPLATES / language / f"{name}{SUFFIX}").read_text("utf-8")


@pytest.fixture(scope="module")
def book() -> Book:
    found = read_book(Path(__file__).parents[2] / "examples" / "estudio-luna").book
    assert found is not None
    return found


def documents(book: Book, language: str) -> dict[str, Record]:
    """Every sample there is in a language: letters by their step, other documents by what is special about each."""
    samples = Samples(book, language, TODAY)
    found: dict[str, Record] = {step: samples.letter(step) for step in STEPS}
    found |= {name: samples.notice(name) for name in sorted(NOTICES)}
    for kind in KINDS:
        found |= {f"{kind}: {name}": record for name, record in samples.documents(kind).items()}
    return found


def said(record: Record, press: Press) -> Iterator[str]:
    """All that a client is told by a document: its page, and its mail."""
    yield words_of(read_blocks(press.markdown(record)))
    if mail := press.mail(record):
        yield " ".join(f"{mail.subject} {mail.text}".split())


@pytest.mark.parametrize("name", NAMES)
def test_every_language_has_it(name: str) -> None:
    assert [language for language in LANGUAGES if not (TEMPLATES / language / f"{name}{SUFFIX}").is_file()] == []


def facts(tree: nodes.Template) -> set[str]:
    """The names that a template uses, with their parts: `buyer.attention`; not those that it sets itself."""
    names = list(tree.find_all(nodes.Name))
    own = {name.name for name in names if name.ctx == "store"}
    parts = {_dotted(node) for node in tree.find_all(nodes.Getattr)}
    return {used for used in parts | {name.name for name in names} if used and used not in own}


def _dotted(node: nodes.Node) -> str:
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            return f"{_dotted(node.node)}.{node.attr}"
        case nodes.Getitem():
            return f"{_dotted(node.node)}[]"
        case _:
            return ""


def words(node: nodes.Node) -> Iterator[str]:
    """The words that an expression of a template puts on the page by itself."""
    match node:
        case nodes.Const(value=str(text)):
            yield text
        case nodes.CondExpr():
            yield from (text for each in (node.expr1, node.expr2) if each for text in words(each))
        case _:
            return


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_no_word_counts_on_a_space_that_a_value_loses(name: str, language: str, press: Press) -> None:
    """A value loses the spaces around it: `{{ "proforma " if x }}{{ number }}` runs two words together."""
    tree = press.templates.environment.parse(source(language, name))
    said = [text for output in tree.find_all(nodes.Output) for node in output.nodes for text in words(node)]
    assert [text for text in said if text != text.strip()] == []


def structure(tree: nodes.Template, text: str) -> dict[str, object]:
    """What others rely on: its blocks, its macros with their arguments, and the blocks of the page that it names."""
    return {
        "blocks": [block.name for block in tree.find_all(nodes.Block)],
        "macros": [(macro.name, tuple(arg.name for arg in macro.args)) for macro in tree.find_all(nodes.Macro)],
        "named": re.findall(r"<!-- (.*?) -->", text),
        "filters": sorted(
            {each.name for each in tree.find_all(nodes.Filter)} & {"link", "paragraphs", "picture", "qr"}
        ),
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_language_is_made_of_the_same(name: str, press: Press) -> None:
    trees = {language: press.templates.environment.parse(source(language, name)) for language in LANGUAGES}
    used = {language: facts(tree) for language, tree in trees.items()}
    first = LANGUAGES[0]
    for language in LANGUAGES[1:]:
        assert used[language] == used[first]
        assert structure(trees[language], source(language, name)) == structure(trees[first], source(first, name))


@pytest.mark.parametrize("language", LANGUAGES)
def test_amount_due_date_and_way_to_pay_are_in_each_document_and_in_its_mail(
    language: str, book: Book, press: Press
) -> None:
    for name, record in documents(book, language).items():
        assert list(missing_facts(record, press.markdown(record))) == [], name
        if mail := press.mail(record):
            assert mail.subject
            assert list(missing_in_mail(record, f"# {mail.subject}\n\n{mail.text}")) == [], name


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_says_how_much_since_when_and_how(language: str, step: str, book: Book, press: Press) -> None:
    letter = Samples(book, language, TODAY).letter(step)
    total = {"es": f"{letter.total:,.2f} €".translate(str.maketrans(",.", ".,")), "en": f"€{letter.total:,.2f}"}
    for text in said(letter, press):
        assert total.get(language, f"{letter.total:,.2f}") in text
        assert "ES91 2100 0418 4502 0005 1332" in text
        assert all(str(listed.due.day) in text and str(listed.due.year) in text for listed in letter.invoices)


def test_spanish_says_usted(book: Book, press: Press) -> None:
    for name, record in documents(book, "es").items():
        for text in said(record, press):
            assert TU.search(text) is None, f"{name}: {TU.findall(text)}"


@pytest.mark.parametrize(
    "text", ["Si puedes, págala.", "tu factura", "Te escribimos.", "¿Has pagado?", "vuestra factura", "os la enviamos"]
)
def test_a_familiar_word_would_be_seen(text: str) -> None:
    assert TU.search(text)


@pytest.mark.parametrize("step", MILD)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_step_below_formal_threatens(language: str, step: str, book: Book, press: Press) -> None:
    for text in said(Samples(book, language, TODAY).letter(step), press):
        assert THREATS[language].search(text) is None


@pytest.mark.parametrize("step", ["formal", "final"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_last_two_say_what_follows(language: str, step: str, book: Book, press: Press) -> None:
    letter: Letter = Samples(book, language, TODAY).letter(step)
    for text in said(letter, press):
        assert THREATS[language].search(text)
        assert [words for words in CONSEQUENCES[language][step] if words.lower() not in text.lower()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_has_a_sample(language: str, book: Book, press: Press) -> None:
    """So that what is shown above is shown of every document that there is."""
    made = {template_of(record) for record in documents(book, language).values()}
    alone = {name for name in NAMES if "/" not in name} - {"parts", "payment", "balances", "report", "aging", "dossier"}
    assert alone <= made
