"""A small book written by hand, with comments and habits of its own, whose first round was on 1 October 2026."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.cli.calling import facturar

LEDGERS = {
    "facturar.yaml": """\
business:
  name: Lucía Luna Pérez
  tax_id: 12345678Z
  address: {street: Calle Mayor 12, postcode: 28013, city: Madrid, country: ES}
regime: es
language: es
currency: EUR
timezone: Europe/Madrid
taxes: [iva, irpf]
terms: 30 days
""",
    "clients.yaml": """\
acme:
  name: Panadería Acme, S.L.
  tax_id: B12345674
  address: {street: Avda. del Puerto 3, postcode: 46021, city: Valencia, country: ES}
bolt:   # wants everything in English
  name: Bolt Ltd
  tax_id: GB980780684
  address: {street: 1 Sea Road, postcode: BN1 1AA, city: Brighton, country: GB}
  language: en
  currency: USD
  taxes: [export]
""",
    "jobs.yaml": """\
# What is going on.
web:
  client: acme
  title: Web
  agreement:
    kind: milestones
    price: 2000
    steps: [{name: Diseño, share: 50%, done: 2026-09-30}, {name: Web, share: 50%}]

poster:   # agreed by phone
  client: bolt
  title: Poster
  lines:
    - {text: Poster, quantity: 2, price: 450.00}   # two sizes
  done: 2026-09-30
flyer:
  client: acme
  title: Octavilla
  lines: [{text: Octavilla, price: 300}]   # not done yet

# By the hour.
care:
  client: acme
  title: 'Mantenimiento'
  agreement: {kind: hourly, starts: 2026-10-01, rate: 60}
  work:
    - {date: 2026-10-02, hours: 1:30, note: Copias}   # on the train
    # and this one at home
    - {date: 2026-10-05, hours: 2, note: Correo}
""",
    "catalog.yaml": """\
silla:   # of oak
  text: Silla de roble
  price: 195
  cost: 80
  unit: ud.
  stock: {counted: 6, on: 2026-09-30, reorder_at: 4}
montaje: {text: Montaje, price: 60}
""",
    "payments.yaml": """\
# Of the bank, by hand.
- {date: 2026-10-20, client: acme, amount: 500, invoice: F-2026-0002}   # half
""",
    "diary.yaml": """\
- date: 2026-10-21   # she called
  client: acme
  kind: call
  note: Todo bien.
# to be continued
""",
}
LATER = ("payments.yaml", "diary.yaml")


def write_ledgers(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_text(LEDGERS[name], encoding="utf-8", newline="\n")


@pytest.fixture(scope="session")
def first_round(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book after its first round; nobody writes here."""
    folder = tmp_path_factory.mktemp("book")
    write_ledgers(folder, *(name for name in LEDGERS if name not in LATER))
    said = facturar("-C", folder, "--today", "2026-10-01", "run")
    assert said.code == 0, said.err
    write_ledgers(folder, *LATER)
    return folder


@pytest.fixture(scope="session")
def second_round(first_round: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book after its round of 10 November, with letters; only to be looked at."""
    folder = tmp_path_factory.mktemp("later")
    shutil.copytree(first_round, folder, dirs_exist_ok=True)
    for arguments in (["activity", "care"], ["run"], ["note", "acme", "either|or"], ["quote", "flyer"]):
        said = facturar("-C", folder, "--today", "2026-11-10", *arguments)
        assert said.code == 0, said.err
    return folder


@pytest.fixture
def book(first_round: Path, tmp_path: Path) -> Path:
    """The folder of a book of one's own: F-2026-0001 of bolt in USD, F-2026-0002 of acme, half paid."""
    folder = tmp_path / "book"
    shutil.copytree(first_round, folder)
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """Every file and its bytes, but for the lock's."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.parent.name != ".facturar")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
