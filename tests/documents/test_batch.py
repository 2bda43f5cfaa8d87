"""Documents made on several cores are those made on one."""

from pathlib import Path

import pytest

from facturar.documents import batch
from facturar.documents.batch import faces_of_many
from facturar.documents.press import Press
from facturar.model.settings import Look
from facturar.problems import FacturarError
from tests.documents.samples import invoice


@pytest.fixture
def _soon_many(monkeypatch):
    monkeypatch.setattr(batch, "_ENOUGH", 2)


@pytest.mark.usefixtures("_soon_many")
def test_the_same_bytes_in_the_same_order_on_two_cores_as_on_one(press: Press):
    wanted = [(invoice(number=f"F-2026-{n:04d}"), None) for n in range(1, 6)]
    assert list(faces_of_many(press, wanted, most=2)) == list(faces_of_many(press, wanted, most=1))


@pytest.mark.usefixtures("_soon_many")
def test_what_is_wrong_on_another_core_is_told_here_with_its_hint(tmp_path: Path):
    (tmp_path / "es").mkdir()
    (tmp_path / "es" / "invoice.md.j2").write_text("# {{ numero }}\n", "utf-8")
    press = Press([tmp_path], Look(), tmp_path)
    with pytest.raises(FacturarError, match=r"es/invoice\.md\.j2:1.*numero") as caught:
        list(faces_of_many(press, [(invoice(), None)] * 4, most=2))
    assert caught.value.hint
