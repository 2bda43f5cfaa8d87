"""A book from its folder: what is read, what is left out, and all problems at once."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.store.records import a_letter, a_notice, an_activity_report, an_invoice

from facturar.problems import Code, KeyPath, Place, Problem
from facturar.store.reading import Reading, located, read_book
from facturar.store.record_text import record_text

SETTINGS = """\
business:
  name: Lucía Luna Pérez
  address: {street: Calle Mayor 12, city: Madrid, country: ES}
currency: EUR
"""
ACME = "acme: {name: Panadería Acme}\n"
WEB = "web-acme: {client: acme, title: La web}\n"


def book_of(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, text in {"facturar.yaml": SETTINGS, **files}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def reading_of(folder: Path, files: Mapping[str, str | bytes]) -> Reading:
    return read_book(book_of(folder, files))


def said(reading: Reading) -> list[tuple[str, Code]]:
    return [(f"{p.place.file}:{p.place.line}:{p.place.column}" if p.place else "", p.code) for p in reading.problems]


@pytest.mark.parametrize(
    ("files", "clients"),
    [
        pytest.param({}, [], id="no file"),
        pytest.param({"clients.yaml": ""}, [], id="an empty file"),
        pytest.param({"clients.yaml": "# nobody yet\n"}, [], id="only a comment"),
        pytest.param({"clients.yaml": ACME}, ["acme"], id="one file"),
        pytest.param({"clients/a.yaml": ACME}, ["acme"], id="a folder"),
        pytest.param(
            {"clients/z.yaml": "bolt: {name: B}", "clients/es/x.yaml": "casa: {name: C}", "clients.yaml": ACME},
            ["acme", "casa", "bolt"],
            id="both, the file first, then the folder by path",
        ),
        pytest.param({"clients/.a.yaml": ACME, "clients/b.txt": "x"}, [], id="hidden and other files are not read"),
        pytest.param({"clients.yaml": b"\xef\xbb\xbf" + ACME.encode()}, ["acme"], id="a byte order mark"),
        pytest.param({"clients.yaml": "acme:\r\n  name: Acme\r\n"}, ["acme"], id="line ends of Windows"),
    ],
)
def test_a_ledger_is_a_file_or_a_folder(tmp_path: Path, files: dict[str, str], clients: list[str]) -> None:
    reading = reading_of(tmp_path, files)
    assert said(reading) == []
    assert reading.book is not None
    assert list(reading.book.clients) == clients


def test_payments_come_in_the_order_of_their_files(tmp_path: Path) -> None:
    one, two, three = (f"- {{date: 2026-11-30, client: acme, amount: {n}}}\n" for n in (1, 2, 3))
    reading = reading_of(tmp_path, {"clients.yaml": ACME, "payments/2026.yaml": two + three, "payments/2025.yaml": one})
    assert reading.book is not None
    assert [str(payment.amount) for payment in reading.book.payments] == ["1", "2", "3"]


def test_an_id_in_two_files_is_told_with_both_places(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, {"jobs/2025.yaml": "\n" + WEB, "jobs/2026.yaml": "# otra vez\n\n" + WEB})
    (problem,) = reading.problems
    assert problem.code is Code.two_places
    assert (problem.place, problem.also) == (Place("jobs/2026.yaml", 3, 1), Place("jobs/2025.yaml", 2, 1))


def test_problems_of_all_files_come_together_in_their_order(tmp_path: Path) -> None:
    reading = reading_of(
        tmp_path,
        {
            "facturar.yaml": SETTINGS.replace("EUR", "euro") + "colour: red\n",
            "clients.yaml": "acme: {}\nBolt: {name: B}\n",
            "jobs/a.yaml": "web:\n\tclient: acme\n",
            "payments.yaml": "- {date: 2026-11-31, client: acme, amount: 1,5}\n",
            "diary.yaml": "note: Pagan el viernes\n",
            "catalog.yaml": b"mesa: {text: Mes\xe1}\n",
            "invoices/2026/F-2026-0001.yaml": "number: F-2026-0001\nkind: factura\n",
        },
    )
    assert reading.book is None
    assert said(reading)[:12] == [
        ("catalog.yaml:1:17", Code.unreadable),
        ("clients.yaml:1:1", Code.missing_key),
        ("clients.yaml:2:1", Code.bad_id),
        ("diary.yaml:1:1", Code.wrong_shape),
        ("facturar.yaml:4:11", Code.bad_value),
        ("facturar.yaml:5:1", Code.unknown_key),
        *[("invoices/2026/F-2026-0001.yaml:1:1", Code.missing_key)] * 6,
    ]
    assert said(reading)[-4:] == [
        ("invoices/2026/F-2026-0001.yaml:2:7", Code.not_a_choice),
        ("jobs/a.yaml:2:1", Code.yaml_syntax),
        ("payments.yaml:1:10", Code.bad_date),
        ("payments.yaml:1:46", Code.unknown_key),
    ]


def test_what_cannot_be_read_is_left_out_and_the_rest_stands(tmp_path: Path) -> None:
    reading = reading_of(
        tmp_path,
        {
            "clients.yaml": "acme: {name: A}\nbolt: {nombre: B}\n",
            "payments.yaml": "- {client: acme}\n- {date: 2026-11-30, client: acme, amount: 7}\n",
            "jobs.yaml": "web: {client: acme, title: 'La web}\nlogo: {client: acme}\n",
        },
    )
    assert reading.book is not None
    assert list(reading.book.clients) == ["acme"]
    assert [str(payment.amount) for payment in reading.book.payments] == ["7"]
    assert reading.book.unread == {
        ("clients", "bolt"),
        ("payments", 0),
        ("jobs",),
        ("jobs", "web"),
        ("jobs", "logo"),
    }


@pytest.mark.parametrize(
    ("job", "path"),
    [
        pytest.param(
            "agreement: {kind: milestones, price: 1, steps: [{name: a, share: x}]}",
            "agreement.steps.0.share",
            id="through the tag of a union",
        ),
        pytest.param("agreement: {deposit: x}", "agreement.deposit", id="an agreement without its kind"),
        pytest.param("agreement: {kind: hours}", "agreement.kind", id="a kind that is none"),
        pytest.param("lines: [{text: a, price: x}]", "lines.0.price", id="a plain price, which the model wraps"),
        pytest.param("lines: [{text: a, price: [{amount: x}]}]", "lines.0.price.0.amount", id="a dated price"),
        pytest.param("lines: [{text: a, price: 1, taxes: [[]]}]", "lines.0.taxes.0", id="a list in a list"),
        pytest.param("lines: [{text: a}]", "lines.0", id="a rule over a whole entry"),
        pytest.param("quote: {valid: x}", "quote.valid", id="a mapping that may be left out"),
        pytest.param("lines: [{}, {pric: 1, item: a}]", "lines.0 lines.1.pric", id="an unknown key"),
        pytest.param("work: [{date: 2026-11-30, hours: 1}]", "work.0.note", id="a missing key"),
        pytest.param("work: [{date: 2026-11-30, hours: 1, note: }]", "work.0.note", id="a key with nothing behind it"),
        pytest.param("lines: ", "", id="a list with nothing in it yet"),
        pytest.param("pric: ", "pric", id="an unknown key with nothing behind it"),
    ],
)
def test_key_paths_are_of_the_data(tmp_path: Path, job: str, path: str) -> None:
    reading = reading_of(tmp_path, {"jobs.yaml": f"web:\n  client: acme\n  title: La web\n  {job}\n"})
    assert [problem.path[:2] for problem in reading.problems] == [("jobs", "web")] * len(path.split())
    assert " ".join(".".join(map(str, problem.path[2:])) for problem in reading.problems) == path


@pytest.mark.parametrize(
    ("client", "hint"),
    [
        pytest.param("emial: x", "did you mean 'email'?", id="a slip"),
        pytest.param("teléfono: x", "did you mean 'phone'?", id="Spanish"),
        pytest.param("tax-id: x", "did you mean 'tax_id'?", id="a hyphen"),
        pytest.param(
            "requires: [aproval]",
            "did you mean 'approval'? There are: purchase_order · approval · billing_contact",
            id="a choice",
        ),
        pytest.param("taxes: iva", "write it in brackets: [iva]", id="a list of one"),
        pytest.param(
            "address: {calle: Mayor 12, city: M, country: ES}", "did you mean 'street'?", id="and no missing key"
        ),
        pytest.param("contacts: {jefe: {nombre: Ana}}", "did you mean 'name'?", id="deep inside"),
    ],
)
def test_what_was_meant(tmp_path: Path, client: str, hint: str) -> None:
    reading = reading_of(tmp_path, {"clients.yaml": f"acme:\n  name: Acme\n  {client}\n"})
    assert [problem.hint for problem in reading.problems] == [hint]


@pytest.mark.parametrize(
    ("after", "read"),
    [
        ("10 invoices", "10 invoices"),
        ("1 invoice", "1 invoice"),
        ("5000 EUR", "5000 EUR"),
        ("5000.50", "5000.5"),
    ],
)
def test_a_loyalty_comes_after_invoices_or_an_amount(tmp_path: Path, after: str, read: str) -> None:
    reading = reading_of(
        tmp_path, {"clients.yaml": f"acme: {{name: Acme, loyalty: {{after: {after}, discount: 5%}}}}\n"}
    )
    assert said(reading) == []
    assert reading.book
    loyalty = reading.book.clients["acme"].loyalty
    assert str(loyalty.after if loyalty else None) == read


@pytest.mark.parametrize("after", ["ten invoices", "10 facturas", "0 invoices", "0", "-5", "5000 euros"])
def test_a_loyalty_after_anything_else_is_told_with_what_to_write(tmp_path: Path, after: str) -> None:
    reading = reading_of(
        tmp_path, {"clients.yaml": f"acme:\n  name: Acme\n  loyalty: {{after: {after}, discount: 5%}}\n"}
    )
    assert said(reading) == [("clients.yaml:3:20", Code.bad_value)]
    assert reading.problems[0].hint


@pytest.mark.parametrize(
    "terms",
    ["2% 30 days, net 30 days", "2% 40 days, net 30 days", "0% 10 days, net 30 days", "100% 10 days, net 30 days"],
)
def test_paying_early_is_before_it_is_due_and_takes_off_a_part(tmp_path: Path, terms: str) -> None:
    reading = reading_of(tmp_path, {"clients.yaml": f"acme:\n  name: Acme\n  terms: {terms}\n"})
    assert said(reading) == [("clients.yaml:3:10", Code.bad_terms)]


def test_reminders_are_the_name_of_a_ladder_or_a_ladder(tmp_path: Path) -> None:
    named = reading_of(tmp_path / "a", {"facturar.yaml": SETTINGS + "reminders: monthly\n"})
    broken = reading_of(tmp_path / "b", {"facturar.yaml": SETTINGS + "reminders: {steps: [{name: a, when: soon}]}\n"})
    assert said(named) == []
    assert said(broken) == [("facturar.yaml:5:37", Code.bad_value)]


@pytest.mark.parametrize(
    ("reminders", "expected"),
    [
        pytest.param("{steps: [{name: a, when: -3 days after due}]}", ("5:37", Code.bad_value), id="a sign and a word"),
        pytest.param(
            "{steps: [{name: a, when: 3 days before previous}]}", ("5:37", Code.bad_value), id="before a letter"
        ),
        pytest.param("{steps: [{name: a, when: [5 days]}]}", ("5:37", Code.bad_value), id="a list"),
        pytest.param("{ladder: weekly, steps: [{name: a, when: 5 days}]}", ("5:12", Code.bad_value), id="two ladders"),
        pytest.param("{gap: -1 days}", ("5:18", Code.bad_value), id="a gap below nothing"),
        pytest.param("{catch_up: one}", ("5:23", Code.not_a_choice), id="no way to catch up"),
        pytest.param("{quiet: [{from: 12-24}]}", ("5:21", Code.missing_key), id="a quiet time without an end"),
        pytest.param("{quiet: [02-30]}", ("5:21", Code.bad_date), id="no day of any year"),
        pytest.param("{quiet: [{from: 2026-12-24, until: 01-06}]}", ("5:21", Code.bad_value), id="half of every year"),
        pytest.param("{quiet: [{from: 2026-12-24, until: 2026-01-06}]}", ("5:21", Code.dates_order), id="backwards"),
        pytest.param("{quiet: [{from: 12-24, until: 01-06}, 02-29, 2026-05-02], grace: 2 days}", None, id="all well"),
    ],
)
def test_what_is_wrong_with_reminders_is_told_at_its_place(
    tmp_path: Path, reminders: str, expected: tuple[str, Code] | None
) -> None:
    reading = reading_of(tmp_path, {"facturar.yaml": f"{SETTINGS}reminders: {reminders}\n"})
    assert said(reading) == ([(f"facturar.yaml:{expected[0]}", expected[1])] if expected else [])


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        pytest.param("kind: dispute", Code.missing_key, id="a dispute of nothing"),
        pytest.param("kind: resolved", Code.missing_key, id="nothing resolved"),
        pytest.param("kind: call, to: lawyer", Code.bad_value, id="no handover"),
        pytest.param("promise: {on: 2026-01-31}", Code.dates_order, id="a promise of the past"),
        pytest.param("promise: {on: 2026-02-01}", None, id="a promise of today"),
    ],
)
def test_what_is_wrong_with_an_entry_of_the_diary(tmp_path: Path, entry: str, expected: Code | None) -> None:
    files = {"clients.yaml": ACME, "diary.yaml": f"- {{date: 2026-02-01, client: acme, {entry}}}\n"}
    assert [code for _, code in said(reading_of(tmp_path, files))] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("regime", "hint"),
    [
        pytest.param(
            "eso",
            "did you mean 'es'? There are: ar · cl · co · de · es · fr · gb · generic · it · mx · pe · pt · us",
            id="a slip",
        ),
        pytest.param(
            "atlantis",
            "there are: ar · cl · co · de · es · fr · gb · generic · it · mx · pe · pt · us",
            id="a country that is not there",
        ),
    ],
)
def test_regimes_are_those_that_are_shipped(tmp_path: Path, regime: str, hint: str) -> None:
    reading = reading_of(tmp_path, {"facturar.yaml": f"{SETTINGS}regime: {regime}\n"})
    assert reading.book is None
    assert [(p.code, p.hint, p.place) for p in reading.problems] == [
        (Code.unknown_regime, hint, Place("facturar.yaml", 5, 9))
    ]


def test_a_book_of_spain_has_its_taxes(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, {"facturar.yaml": f"{SETTINGS}regime: es\n"})
    assert reading.book is not None
    assert "iva" in reading.book.regime.taxes


def test_a_folder_without_settings_is_no_book(tmp_path: Path) -> None:
    reading = read_book(tmp_path)
    assert reading.book is None
    assert said(reading) == [("facturar.yaml:1:1", Code.missing_file)]


@pytest.mark.parametrize("name", ["clients.yml", "jobs/2026.yml", "facturar.yml"])
def test_no_file_is_overlooked_for_its_ending(tmp_path: Path, name: str) -> None:
    reading = reading_of(tmp_path, {name: ""})
    assert [(p.code, p.place) for p in reading.problems] == [(Code.file_name, Place(name, 1, 1))]


OLD = an_invoice(number="F-2025-0003", issued="2025-12-31", due=[])
NEW = an_invoice(number="F-2026-0002", issued="2026-11-30", due=[])
EARLY = an_invoice(number="F-2026-0001", issued="2026-11-30", due=[])


def test_records_come_by_day_and_number_with_their_faces(tmp_path: Path) -> None:
    letters = [a_letter(date="2026-11-30"), a_letter(date="2026-11-07", step="friendly", currency="USD")]
    reading = reading_of(
        tmp_path,
        {
            **{f"invoices/{r.issued.year}/{r.number}.yaml": record_text(r) for r in (NEW, EARLY, OLD)},
            "invoices/2025/F-2025-0003.md": "",
            "invoices/2025/F-2025-0003.pdf": "",
            "invoices/2026/F-2026-0002.md": "",
            "letters/2026/2026-11-30-acme-firm.yaml": record_text(letters[0]),
            "letters/2026/2026-11-07-acme-friendly-USD.yaml": record_text(letters[1]),
            "letters/2026/2026-11-30-acme-rate-change.yaml": record_text(a_notice()),
            "activity/2026/2026-12-31-web-acme.yaml": record_text(an_activity_report()),
            "activity/2026/2026-12-31-web-acme.2.yaml": record_text(an_activity_report(version=2)),
            "activity/2026/2026-12-31-web-acme.2.md": "",
            "activity/2026/2026-12-31-web-acme.2.pdf": "",
            "reports/2026-10.md": "",
            "reports/2026-10.html": "",
            "reports/2026-10.pdf": "",
            "reports/2026-11.md": "",
            "reports/2026-11.pdf": "",
        },
    )
    assert said(reading) == []
    assert reading.book is not None
    assert reading.book.invoices == (OLD, EARLY, NEW)
    assert reading.book.letters == (letters[1], letters[0])
    assert reading.book.notices == (a_notice(),)
    assert reading.book.activity == (an_activity_report(), an_activity_report(version=2))
    assert reading.book.faceless == {
        "F-2026-0001",
        "F-2026-0002",
        "2026-11-30-acme-firm",
        "2026-11-07-acme-friendly-USD",
        "2026-11-30-acme-rate-change",
        "2026-12-31-web-acme",
    }
    assert reading.book.reports == {"2026-10"}


@pytest.mark.parametrize(
    ("file", "text"),
    [
        pytest.param("invoices/2026/F-2026-0009.yaml", record_text(NEW), id="another number"),
        pytest.param("invoices/2025/F-2026-0002.yaml", record_text(NEW), id="another year"),
        pytest.param("letters/2026/2026-11-30-bolt-firm.yaml", record_text(a_letter()), id="another client"),
        pytest.param("letters/2026/2026-11-30-acme-offer.yaml", record_text(a_notice()), id="another notice"),
        pytest.param("letters/2026/2026-11-30-acme-firm-USD.yaml", record_text(a_letter()), id="another currency"),
        pytest.param("activity/2027/2026-12-31-web-acme.yaml", record_text(an_activity_report()), id="the day written"),
    ],
)
def test_a_record_is_in_the_file_that_its_name_claims(tmp_path: Path, file: str, text: str) -> None:
    reading = reading_of(tmp_path, {file: text})
    assert [(p.code, p.place and p.place.file) for p in reading.problems] == [(Code.file_name, file)]


RULES = {
    "jobs.yaml": WEB,
    "payments/a.yaml": "- {date: x}\n",
    "payments/b.yaml": "\n- {date: 2026-11-30, client: acme, amount: 7}\n",
}


@pytest.mark.parametrize(
    ("path", "on_key", "place"),
    [
        pytest.param(("settings", "currency"), False, Place("facturar.yaml", 4, 11), id="the settings"),
        pytest.param(("settings", "taxes"), False, Place("facturar.yaml", 1, 1), id="a setting that is not there"),
        pytest.param(("jobs", "web-acme", "client"), False, Place("jobs.yaml", 1, 20), id="an entry by its id"),
        pytest.param(("jobs", "web-acme"), True, Place("jobs.yaml", 1, 1), id="its key"),
        pytest.param(("jobs", "logo", "client"), False, Place("jobs.yaml", 1, 1), id="an entry that is not there"),
        pytest.param(
            ("payments", 0, "amount"), False, Place("payments/b.yaml", 2, 44), id="an index counts what was read"
        ),
        pytest.param(
            ("invoices", "F-2026-0002", "totals", "tax"),
            False,
            Place("invoices/2026/F-2026-0002.yaml", 35, 8),
            id="a record",
        ),
        pytest.param(("invoices", "F-2026-0099"), False, None, id="a record that is not there"),
        pytest.param(("rates", 0), False, None, id="a ledger that is not there"),
        pytest.param((), False, None, id="the book"),
    ],
)
def test_problems_of_rules_get_their_places(tmp_path: Path, path: KeyPath, on_key: bool, place: Place | None) -> None:
    reading = reading_of(tmp_path, {**RULES, "invoices/2026/F-2026-0002.yaml": record_text(NEW)})
    (problem,) = located([Problem(Code.bad_value, "m", path=path, on_key=on_key)], reading.sources)
    assert problem.place == place
    if place:
        lines = (tmp_path / place.file).read_text("utf-8").splitlines()
        assert problem.excerpt == lines[place.line - 1]


def test_a_text_can_stand_for_a_file(tmp_path: Path) -> None:
    folder = book_of(tmp_path, {"clients.yaml": ACME})
    overrides = {
        "clients.yaml": "acme: {nombre: A}\n",
        "payments/2027.yaml": "- {date: 2026-11-30, client: a, amount: 1}\n",
    }
    reading = read_book(folder, overrides)
    assert reading.book is not None
    assert said(reading) == [("clients.yaml:1:8", Code.unknown_key)]
    assert len(reading.book.payments) == 1
    assert reading.sources.text("payments/2027.yaml") == overrides["payments/2027.yaml"]
    assert (folder / "clients.yaml").read_text("utf-8") == ACME


def test_texts_are_kept_as_they_were_read(tmp_path: Path) -> None:
    text = "\ufeffacme: {name: A}\r\n"
    reading = reading_of(tmp_path, {"clients.yaml": text})
    (tmp_path / "clients.yaml").write_text("changed meanwhile")
    assert reading.sources.text("clients.yaml") == text


def test_the_garbage_collector_is_left_as_it_was(tmp_path: Path) -> None:
    read_book(tmp_path)
    assert gc.isenabled()
