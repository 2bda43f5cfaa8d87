"""`letter`: any template as a letter to one client, some or all; what it refuses, and what it says beside the table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.calling import Said, facturar
from tests.cli.conftest import tree

TODAY = "2026-11-10"
LUNA = Path(__file__).parents[2] / "examples/estudio-luna"
RISE = "rate: [{since: 2026-10-01, amount: 60}, {since: 2027-01-01, amount: 66}]"
OWN = """\
{% extends "es/letters/letter.md.j2" %}
{% block subject %}Le esperamos el {{ values.dia }}{% endblock %}
"""


def on(folder: Path, *arguments: object) -> Said:
    return facturar("-C", folder, "--today", TODAY, *arguments)


def letters(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "letters").rglob("2026-11-10*"))


def dated(book: Path) -> Path:
    file = book / "jobs.yaml"
    file.write_text(file.read_text("utf-8").replace("rate: 60", RISE), "utf-8")
    return book


def own_template(book: Path, language: str = "es") -> Path:
    file = book / "templates" / language / "letters" / "visit.md.j2"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(OWN.replace("es/", f"{language}/"), "utf-8")
    return book


def test_a_letter_is_a_record_with_its_faces_that_every_command_knows(book: Path) -> None:
    said = on(dated(book), "letter", "rate-change", "acme", "--channel", "letter")
    assert (said.code, said.err) == (0, "Wrote 1 document on 2026-11-10, in letters/2026.\n")
    assert "rate-change letter  acme" in said.out
    name = "2026-11-10-acme-rate-change"
    assert letters(book) == [f"{name}{suffix}" for suffix in (".md", ".pdf", ".yaml")]
    assert "66,00" in on(book, "show", name).out
    assert json.loads(on(book, "show", name, "--format", "json").out)["kind"] == "notice"
    assert "jobs.yaml:" in on(book, "explain", name).out
    assert f"{name},rate-change,letter,,,," in on(book, "list", "letters", "--format", "csv").out
    assert on(book, "render", name).code == 0
    assert "Nuevos precios" in on(book, "preview", "rate-change", "--on", name).out
    assert on(book, "check").code == 0


def test_a_changed_record_is_told(book: Path) -> None:
    on(book, "letter", "thank-you", "acme")
    (record,) = (book / "letters").rglob("*-thank-you.yaml")
    record.write_text(record.read_text("utf-8").replace("channel: email", "channel: letter"), "utf-8")
    said = on(book, "check", "--format", "json")
    assert [problem["code"] for problem in json.loads(said.out)] == ["seal"]


def test_a_face_that_is_missing_is_made_by_the_next_run(book: Path) -> None:
    on(book, "letter", "thank-you", "acme")
    (face,) = (book / "letters").rglob("*-thank-you.md")
    text = face.read_bytes()
    face.unlink()
    assert on(book, "run").code == 0
    assert face.read_bytes() == text


def test_a_dry_run_writes_nothing(book: Path) -> None:
    before = tree(book)
    said = on(book, "letter", "thank-you", "--all", "--dry-run")
    assert said.err == "Dry run: 2 documents would be written.\n"
    assert tree(book) == before


def test_several_clients_and_who_gets_none(book: Path) -> None:
    said = on(dated(book), "letter", "rate-change", "--all", "--format", "json")
    plan = json.loads(said.out)
    assert [(a["kind"], a["client"], a["document"]) for a in plan["actions"]] == [
        ("notice", "acme", "2026-11-10-acme-rate-change")
    ]
    assert [(s["client"], s["reason"]) for s in plan["skipped"]] == [
        ("bolt", "no price of theirs changes after 2026-11-10")
    ]


def test_each_is_written_in_their_language(book: Path) -> None:
    assert on(book, "letter", "thank-you", "bolt", "acme").code == 0
    subjects = [path.read_text("utf-8").partition("# ")[2][:9] for path in sorted(book.rglob("*-thank-you.md"))]
    assert subjects == ["Gracias\n\n", "Thank you"]


def test_a_raise_says_what_the_book_lacks(book: Path) -> None:
    said = on(book, "letter", "rate-change", "acme", "--from", "2027-01-01", "--by", "5%")
    assert said.code == 0
    assert said.err.splitlines()[1:] == [
        "write it into the book too: jobs.care.agreement: rate: [{amount: 60}, {since: 2027-01-01, amount: 63.00}]"
    ]
    assert on(dated(book), "letter", "rate-change", "acme", "--date", TODAY).code == 2


def test_what_the_hint_says_to_write_is_what_the_letter_says(book: Path) -> None:
    file = book / "jobs.yaml"
    said = on(book, "letter", "rate-change", "acme", "--from", "2027-01-01", "--by", "5%", "--dry-run")
    written = said.err.partition("agreement: ")[2].strip()
    file.write_text(file.read_text("utf-8").replace("rate: 60", written), "utf-8")
    again = on(book, "letter", "rate-change", "acme")
    assert again.err == "Wrote 1 document on 2026-11-10, in letters/2026.\n"


def test_a_template_of_ones_own_takes_values(book: Path) -> None:
    assert on(own_template(book), "letter", "visit", "acme", "--set", "dia=3 de mayo").code == 0
    (face,) = book.rglob("*-visit.md")
    assert "# Le esperamos el 3 de mayo" in face.read_text("utf-8")
    assert "(su valor de dia)" in on(book, "preview", "visit").out
    assert on(book, "templates", "check", "visit").code == 0


def test_the_same_letter_is_never_overwritten(book: Path) -> None:
    on(book, "letter", "thank-you", "acme")
    before = tree(book)
    said = on(book, "letter", "thank-you", "acme", "--message", "Otra vez")
    assert (said.code, said.err.splitlines()[0]) == (2, "error: acme: 2026-11-10-acme-thank-you is there already")
    assert on(book, "letter", "thank-you", "--all").err == "Wrote 1 document on 2026-11-10, in letters/2026.\n"
    assert {name: data for name, data in tree(book).items() if name in before} == before


REFUSED = {
    "nobody": (["thank-you"], "to whom?", "name clients, or say --all"),
    "all and one": (["thank-you", "acme", "--all"], "to whom?", "one of the three"),
    "no such client": (["thank-you", "acne"], "there is no client 'acne'", "acme"),
    "no such batch": (["thank-you", "--batch", "A"], "there is no batch 'A'", ""),
    "no such exception": (["thank-you", "--all", "--except", "bold"], "there is no client 'bold'", "bolt"),
    "no such letter": (["thanks-you", "acme"], "there is no letter 'thanks-you'", "thank-you"),
    "no such letter nor client": (["thanks-you", "acne"], "there is no letter 'thanks-you'", "thank-you"),
    "a step of the ladder": (["firm", "acme"], "'firm' is a step of a ladder", "facturar remind"),
    "the frame": (["letter", "acme"], "'letter' is the frame", "templates list"),
    "no such sender": (["thank-you", "acme", "--sender", "me"], "there is no sender 'me'", ""),
    "no such item": (["offer", "acme", "--item", "sila"], "there is no item 'sila'", "silla"),
    "an offer of nothing": (["offer", "acme"], "an offer of what?", "--item"),
    "a discount of nothing": (["offer", "acme", "--message", "x", "--discount", "5%"], "--discount of what?", "--item"),
    "a discount of all": (["offer", "acme", "--item", "silla", "--discount", "100%"], "--discount 100% is none", "10%"),
    "an option of another": (["thank-you", "acme", "--by", "5%"], "--by has no place in 'thank-you'", "rate-change"),
    "a raise without its day": (["rate-change", "acme", "--by", "5%"], "--by needs the day", "--from"),
    "no percentage": (["rate-change", "acme", "--from", "2027-01-01", "--by", "much"], "not a percentage", "5%"),
    "a day that is past": (["rate-change", "acme", "--from", "2026-01-01"], "is before the letter", "to come"),
    "an offer that is over": (
        ["offer", "acme", "--item", "silla", "--until", "2026-11-09"],
        "is before the",
        "to come",
    ),
    "a day after today": (["thank-you", "acme", "--date", "2026-11-11"], "is after today", "--today"),
    "no key": (["thank-you", "acme", "--set", "dia"], "is no key=value", "--set"),
    "a key that it has not": (["visit", "acme", "--set", "die=3"], "has no such value in 'es'", "dia"),
    "a value that lacks": (["visit", "acme"], "there is no value 'dia': give it with --set dia=", ""),
    "no template in a language": (["visit", "acme", "bolt", "--set", "dia=3"], "no letter 'visit' in 'en'", "write"),
    "no account": (["new-account", "acme"], "the book has no account to tell of", "payment_methods"),
    "nothing changes": (["rate-change", "acme"], "acme: no price of theirs changes", "--by 5%"),
    "no hold": (["hold", "acme"], "acme: they are not on hold", "list letters"),
}


@pytest.mark.parametrize(("arguments", "message", "hint"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_is_refused_and_nothing_is_written(
    arguments: list[str], message: str, hint: str, book: Path
) -> None:
    before = tree(own_template(book))
    said = on(book, "letter", *arguments)
    error, _, told = said.err.partition("\nhint: ")
    assert (said.code in (1, 2), message in error, hint in told) == (True, True, True), said.err
    assert tree(book) == before


def test_an_account_that_they_have_is_not_told_as_new() -> None:
    said = on(LUNA, "letter", "new-account", "panaderia-alba", "--dry-run")
    assert (said.code, "no new account: F-2026-" in said.err, "hint: write the new one under" in said.err) == (
        2,
        True,
        True,
    )


def test_values_are_text_whatever_yaml_would_make_of_them(book: Path) -> None:
    own_template(book)
    assert on(book, "letter", "visit", "acme", "--set", "dia=1:30 # no: [x]").code == 0
    assert on(book, "check").code == 0
    (face,) = book.rglob("*-visit.md")
    assert "1:30 # no: \\[x\\]" in face.read_text("utf-8")


def test_many_letters_have_a_bar_on_a_terminal(book: Path) -> None:
    clients = book / "clients.yaml"
    extra = "".join(f"c{n}: {{name: C{n}}}\n" for n in range(6))
    clients.write_text(clients.read_text("utf-8") + extra, "utf-8")
    said = facturar("-C", book, "--today", TODAY, "letter", "thank-you", *(f"c{n}" for n in range(6)), screen=True)
    assert said.code == 0
    assert "Rendering" in said.err


MAIL = "mail: {host: smtp.example, from: hola@estudioluna.example}\n"


@pytest.mark.parametrize(("channel", "waiting"), [("email", 1), ("letter", 0), ("registered", 0)])
def test_where_the_book_mails_a_letter_waits_in_the_outbox_by_its_channel(
    channel: str, waiting: int, book: Path
) -> None:
    clients = book / "clients.yaml"
    clients.write_text(clients.read_text("utf-8").replace("acme:\n", "acme:\n  email: cuentas@acme.example\n"), "utf-8")
    with (book / "facturar.yaml").open("a", encoding="utf-8") as settings:
        settings.write(MAIL)
    said = on(book, "letter", "thank-you", "acme", "--channel", channel)
    assert said.code == 0, said.err
    mails = list((book / "outbox").rglob("*.eml"))
    assert len(mails) == waiting
    assert all(b"Subject: Gracias" in mail.read_bytes() for mail in mails)
