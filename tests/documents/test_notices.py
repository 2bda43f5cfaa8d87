"""Notices: each courteous, in its language's form of address, with all that it has to tell, on every face."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from facturar.documents.press import Press
from facturar.documents.template_check import values_used
from facturar.model.notice import Notice
from facturar.model.settings import Look
from facturar.problems import FacturarError
from facturar.store.shipped import shipped

from .samples import ACME, BANK, BOLT, TOLD, notice

IBAN = "ES91 2100 0418 4502 0005 1332"
WORDS = {"es": ("or favor", "racias"), "en": ("lease", "hank")}
FAMILIAR = re.compile(r"\b(tú|tu|tus|te|ti|contigo|vosotros|vuestr[oa]s?|os)\b", re.IGNORECASE)
HARSH = re.compile(r"judicial|monitorio|costas|burofax|moros[oa]\b|legal action|lawyer|court|debtor", re.IGNORECASE)


def in_language(language: str, name: str, **changes: Any) -> Notice:
    return notice(name, language=language, buyer=BOLT if language == "en" else ACME, **changes)


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("name", TOLD)
class TestEveryNotice:
    def test_the_whole_of_it(
        self, name: str, language: str, press: Press, same_as_golden: Callable[[str, str], None]
    ) -> None:
        same_as_golden(f"notice-{language}-{name}.md", press.markdown(in_language(language, name)))

    def test_it_is_courteous(self, name: str, language: str, press: Press) -> None:
        text = press.markdown(in_language(language, name))
        assert all(word in text for word in WORDS[language])
        assert not HARSH.search(text)
        assert language == "en" or not FAMILIAR.search(text)

    def test_with_little_to_tell_it_is_whole_all_the_same(self, name: str, language: str, press: Press) -> None:
        least: dict[str, Any] = {
            "jobs": [],
            "law": None,
            "credit": None,
            "terms": None,
            "requires": [],
            "history": None,
            "ended": [],
        }
        bare = in_language(language, name, **least, sender={"name": "Lucía"}, payment_methods=[])
        text = press.markdown(bare)
        assert text.endswith(("**Lucía**\\\nEstudio Luna\n", "**Lucía**\n"))
        assert not re.search(r"  |\(\)|: \.|\*\*\*\*| ,|\bNone\b", re.sub(r"(?m)^\|.*$", "", text))

    def test_its_mail_is_its_own_text(self, name: str, language: str, press: Press) -> None:
        mail = press.mail(in_language(language, name))
        assert mail is not None
        assert mail.subject
        assert "Marta Gil" in mail.text
        assert "Valencia" not in mail.text


PHRASES: list[tuple[str, Notice, str]] = [
    ("one job by retainer", notice("welcome"), "por adelantado e incluye 10 h; las horas que pasen de"),
    ("a deposit", notice("welcome"), "una vez terminado, con un anticipo de 450,00 € que se descuenta"),
    ("paying early", notice("welcome"), "Si paga en los 10 días siguientes a la fecha de la factura, puede"),
    ("two instalments", notice("welcome", terms="50% on receipt, 50% 30 days"), "a plazos: 50 % al recibirlas, 50 %"),
    ("the end of the month", notice("welcome", terms="15 days end of month"), "a 15 días del fin del mes de la"),
    ("one invoice a month", notice("welcome", gathered=True), "en una sola factura"),
    ("an order number", notice("welcome"), "Cada factura llevará su número de pedido"),
    ("approval of hours", notice("welcome", requires=["approval"]), "se las enviamos para que las apruebe"),
    ("the limit at first", notice("welcome"), "de **1.000,00 €** mientras no esté pagada la primera factura ni, d"),
    ("Bizum without a reference", notice("welcome"), "- Bizum al +34 600 000 000\n"),
    ("an hour of work", notice(changes=[{"kind": "rate", "job": "a", "title": "Arte", "before": "60", "after": "63",
        "since": "2027-01-01"}]), "| Arte: hora de trabajo | "),
    ("one price in the singular", notice(changes=[{"kind": "rate", "job": "a", "title": "Arte", "before": "60",
        "after": "63", "since": "2027-01-01"}]), "cambia el precio que"),
    ("what it comes to", notice(), "+5 %"),
    ("prices with tax", notice(changes=[{"kind": "rate", "job": "a", "title": "A", "before": "60", "after": "63",
        "since": "2027-01-01", "with_tax": True}]), "Los precios incluyen los impuestos."),
    ("each on its day", notice(since=None), "| 1 ene 2027 |"),
    ("an offer in words", notice("offer", offered=[], discount=None, message="Tres por dos."), "Tres por dos."),
    ("no discount", notice("offer", discount=None, offered=[
        {"item": "a", "text": "Mesa", "price": "5"}]), "| Mesa     | 5,00 € |"),
    ("the old account by its end", notice("new-account"), "La cuenta terminada en 6789 deja de recibir pagos."),
    ("what is too late", notice("hold", hold={"open": "1500.00", "days": 45, "pay": "1000.00"}), "más de 45 días"),
    ("only the limit", notice("hold", hold={"open": "1500.00", "limit": "1000", "pay": "500.00"}), "**1.000,00 €**"),
    ("credit comes off", notice("hold", hold={"open": "1400.00", "limit": "1000", "pay": "400.00"}), "a su favor"),
]  # fmt: skip


@pytest.mark.parametrize(("record", "phrase"), [case[1:] for case in PHRASES], ids=[case[0] for case in PHRASES])
def test_phrases(record: Notice, phrase: str, press: Press) -> None:
    assert phrase in re.sub(r" {2,}\|", " |", press.markdown(record)) or phrase in press.markdown(record)


def test_a_hold_asks_for_what_lifts_it_and_no_more(press: Press) -> None:
    text = press.markdown(notice("hold"))
    assert re.search(r"\| Transferencia \| 1\.000,00 €", text)
    assert "BCD%0A" in text


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_new_account_is_to_be_verified_by_phone_and_has_no_code_to_scan(language: str, press: Press) -> None:
    text = press.markdown(in_language(language, "new-account"))
    assert IBAN in text
    assert ("tampoco de este" if language == "es" else "not even this one") in text
    assert "<!-- qr" not in text


OWN = """\
{% extends "es/letters/letter.md.j2" %}
{% block subject %}Le esperamos{% endblock %}
{% block opening %}El {{ values.items }}, a las {{ values.hora }}{% if values.sala is defined %} en {{ values.sala
}}{% endif %}.{% endblock %}
"""


@pytest.fixture
def own(tmp_path: Path) -> Press:
    """A press with a template of one's own that takes values."""
    (tmp_path / "es" / "letters").mkdir(parents=True)
    (tmp_path / "es" / "letters" / "visit.md.j2").write_text(OWN, "utf-8")
    return Press([tmp_path, shipped("templates")], Look(), Path())


def test_a_template_of_ones_own_takes_values_by_any_key(own: Press) -> None:
    text = own.markdown(notice("visit", values={"items": "día *3*", "hora": "10:30"}))
    assert "El día \\*3\\*, a las 10:30." in text
    assert values_used("es/letters/visit.md.j2", own.templates) == {"items", "hora", "sala"}


def test_a_value_that_is_missing_is_named_with_its_line(own: Press) -> None:
    with pytest.raises(FacturarError, match=r"visit\.md\.j2:3: there is no value 'hora': give it with --set hora="):
        own.markdown(notice("visit", values={"items": "lunes"}))


def test_nothing_is_asked_for_where_nothing_is_open(press: Press) -> None:
    text = press.markdown(notice("thank-you", payment_methods=[BANK]))
    assert "IBAN" not in text
    assert "Si ya ha hecho el pago" not in text
