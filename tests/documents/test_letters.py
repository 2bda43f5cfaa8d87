"""Letters: each says the total, how to pay, please and thank you; and climbs no further than its step."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from facturar.documents.press import Press
from facturar.model.letter import EarlyOffer, Letter

from .samples import ACME, BOLT, LUNA, charged, letter, over_two_rates

STEPS = ("courtesy", "friendly", "firm", "call", "formal", "final")
WORDS = {
    "es": {"please": "por favor", "thanks": "racias", "total": "000,00 €", "law": ("judicial", "monitorio", "costas")},
    "en": {"please": "lease", "thanks": "hank", "total": "€", "law": ("legal action", "costs as")},
}
IBAN = "ES91 2100 0418 4502 0005 1332"


def written(step: str, language: str, count: int, *, with_charges: bool) -> Letter:
    changes: dict[str, Any] = {"language": language, "buyer": BOLT if language == "en" else ACME}
    if step == "courtesy":
        changes["late"] = 0
    return charged(step, count, **changes) if with_charges else letter(step, count, **changes)


@pytest.mark.parametrize("with_charges", [False, True], ids=["plain", "charges"])
@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("step", STEPS)
def test_every_letter_is_complete(step: str, language: str, count: int, with_charges: bool, press: Press) -> None:
    record = written(step, language, count, with_charges=with_charges)
    text = press.markdown(record)
    for word in ("please", "thanks", "total"):
        assert str(WORDS[language][word]) in text
    assert IBAN in text
    assert all(listed.number in text for listed in record.invoices)
    assert record.sender.name in text
    if with_charges:
        assert ("11,15 %" if language == "es" else "11.15%") in text
        assert ("40,00 €" if language == "es" else "€40.00") in text


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("step", STEPS)
def test_only_the_last_letter_speaks_of_court(step: str, language: str, press: Press) -> None:
    text = press.markdown(written(step, language, 2, with_charges=False))
    assert all((word in text) is (step == "final") for word in WORDS[language]["law"])


GOLDEN = {
    "es-courtesy": letter("courtesy", late=-3),
    "es-firm": letter("firm", pay_by="2026-12-07"),
    "es-firm-instalments": letter("firm", numbers=["F-2026-0012", "F-2026-0012"]),
    "es-call": letter("call", 2, earlier=["2026-11-20"]),
    "es-formal": charged("formal", 2, channel="letter"),
    "es-final": charged("final", channel="registered"),
    "es-formal-worksheet": over_two_rates("formal"),
    "en-final-worksheet": over_two_rates("final", language="en", buyer=BOLT),
    "es-firm-broken": letter("firm", missed_pay_by="2026-11-20", broken_promises=[
        {"said": "2026-11-16", "on": "2026-11-23", "amount": "600.00", "paid": "200.00"},
    ]),
    "en-formal-broken": charged("formal", language="en", buyer=BOLT, missed_pay_by="2026-11-20", broken_promises=[
        {"said": "2026-11-21", "on": "2026-11-27", "amount": "1000.00", "paid": "0", "invoice": "F-2026-0012"},
    ]),
    "en-friendly": letter("friendly", 3, language="en", buyer=BOLT, credit="100.00", total="2900.00"),
    "en-formal": charged("formal", language="en", buyer=BOLT),
}  # fmt: skip


@pytest.mark.parametrize("name", GOLDEN)
def test_the_whole_of_it(name: str, press: Press, same_as_golden: Callable[[str, str], None]) -> None:
    same_as_golden(f"letter-{name}.md", press.markdown(GOLDEN[name]))


MEXICAN = {
    "name": "Pablo Luna",
    "tax_id": "LUPL800101AB1",
    "address": {"street": "Calle Uno 1", "postcode": "06000", "city": "Ciudad de México", "country": "MX"},
}


def paid_in_part(step: str, **changes: Any) -> Letter:
    """A letter about an invoice of which 250 was paid before."""
    usual = letter(step, **changes)
    return usual.model_copy(update={"invoices": (usual.invoices[0].model_copy(update={"paid": Decimal(250)}),)})


PHRASES = [
    ("one invoice", letter("firm"), "La factura F-2026-0012 venció el 15 de noviembre de 2026"),
    ("several invoices", letter("firm", 2), "Las facturas que detallamos aquí han vencido"),
    ("several instalments of one", letter("firm", numbers=["F-1", "F-1"]), "Los plazos de la factura F-1"),
    ("a day to pay by", letter("firm", pay_by="2026-12-07"), "a más tardar el **7 de diciembre de 2026**"),
    ("credit comes off", letter("firm", 2, credit="100.00", total="1900.00"), "−100,00 €"),
    ("one earlier letter", letter("final", earlier=["2026-11-20"]), "pese a nuestra comunicación del 20 de noviembre"),
    ("registered post", letter("final", channel="registered"), "Por burofax, con acuse de recibo"),
    ("registered post abroad", letter("final", channel="registered", seller=MEXICAN), "Por correo certificado, con"),
    ("a tax id by its name", letter("final", seller=MEXICAN), "RFC LUPL800101AB1"),
    ("paid in part, before it is due", paid_in_part("courtesy", late=-3), "vence lo que queda de la factura F-"),
    ("a passed day is not told twice", letter("formal", missed_pay_by="2026-11-20", earlier=["2026-11-10"]),
        "\n\nTras nuestras comunicaciones del 10 de noviembre de 2026, por la presente le requerimos"),
    ("a promise, by phone", letter("call", broken_promises=[
        {"said": "2026-11-16", "on": "2026-11-23", "amount": "600.00", "paid": "0"}
    ]), "quedamos en un pago de 600,00 € a más tardar el 23 de noviembre de 2026, y todavía no lo he visto."),
    ("the law, with its charges", charged("formal"), "conforme a lo dispuesto en la Ley 3/2004"),
    ("a day in the singular", letter("call", late=1), "| 1 día "),
    ("a link for what is open", letter("firm", payment_methods=[
        {"kind": "link", "url": "https://pay.example/F-2026-0012?a=1000.00"}
    ]), "<https://pay.example/F-2026-0012?a=1000.00>"),
    ("a sender without a role", letter("firm", sender={"name": LUNA["trade_name"]}), "**Estudio Luna**\n"),
    ("a call in one's own name", letter("call", sender={"name": LUNA["trade_name"]}), "soy Estudio Luna. ¿Hablo"),
]  # fmt: skip


@pytest.mark.parametrize(("record", "phrase"), [case[1:] for case in PHRASES], ids=[case[0] for case in PHRASES])
def test_phrases(record: Letter, phrase: str, press: Press) -> None:
    assert phrase in press.markdown(record)


ABRAZO = {"name": "Marta Gil", "closing": "Un abrazo,"}


@pytest.mark.parametrize(
    ("step", "closing"),
    [("courtesy", "Un abrazo,"), ("friendly", "Un abrazo,"), ("firm", "Un abrazo,"), ("formal", "Atentamente,")],
)
def test_a_sender_takes_leave_in_their_own_words_except_in_formal_letters(
    step: str, closing: str, press: Press
) -> None:
    text = press.markdown(letter(step, sender=ABRAZO))
    assert f"{closing}\n\n<!-- signature -->\n**Marta Gil**" in text
    assert "Gracias y un cordial saludo" not in text


SCRIPT = {
    "es": {
        "opening": "soy Marta Gil, de Estudio Luna. ¿Hablo con Ana Ruiz?",
        "a date": "¿Qué día cree que podrá salir el pago?",
        "paid": "**«Ya está pagado.»** Perfecto, muchas gracias.",
        "dispute": "**«No estamos conformes.»** Gracias por decírmelo.",
        "broken promise": "**«Dijimos que pagaríamos y no hemos podido.»**",
        "recap": "Entonces, para confirmar: el día … recibimos … por la factura F-2026-0012. ¿Lo he entendido bien?",
        "note": 'facturar note acme "Pagan el …" --kind call --promise AAAA-MM-DD\nfacturar dispute F-2026-0012 "Fal',
    },
    "en": {
        "opening": "this is Marta Gil from Estudio Luna. Am I speaking to Ana Ruiz?",
        "a date": "When do you think the payment will go out?",
        "paid": "**“It has already been paid.”** Wonderful, thank you.",
        "dispute": "**“We are not happy with it.”** Thank you for telling me.",
        "broken promise": "**“We said we would pay, and could not.”**",
        "recap": "So, to confirm: on … we will receive … for invoice F-2026-0012. Have I got that right?",
        "note": 'facturar note acme "They pay on …" --kind call --promise YYYY-MM-DD\nfacturar dispute F-2026-0012 "Th',
    },
}


@pytest.mark.parametrize("language", SCRIPT)
def test_a_call_has_words_for_what_may_be_said(language: str, press: Press) -> None:
    text = press.markdown(letter("call", language=language, channel="phone"))
    assert [what for what, words in SCRIPT[language].items() if words not in text] == []
    places = [text.index(words) for words in SCRIPT[language].values()]
    assert places == sorted(places)


def test_before_the_due_date_nothing_is_late(press: Press) -> None:
    text = press.markdown(letter("courtesy", late=-3))
    assert "retraso" not in text
    assert "Vence " in text


@pytest.mark.parametrize(
    ("language", "phrase"),
    [
        ("es", "Si paga 980,00 € a más tardar el 10 de diciembre de 2026, la factura F-2026-0012 queda saldada"),
        ("en", "If you pay €980.00 by 10 December 2026, invoice F-2026-0012 is settled"),
    ],
)
def test_what_settles_it_early_is_told_while_it_may(language: str, phrase: str, press: Press) -> None:
    usual = letter("courtesy", late=-3, language=language)
    early = EarlyOffer.model_validate({"until": "2026-12-10", "amount": "980.00"})
    offered = usual.model_copy(update={"invoices": (usual.invoices[0].model_copy(update={"early": early}),)})
    assert phrase in press.markdown(offered)
    assert phrase[:12] not in press.markdown(usual)


@pytest.mark.parametrize(
    ("language", "thanks", "rest", "denied"),
    [
        (
            "es",
            "De la factura F-1 ya hemos descontado los 500,00 €",
            "resto|por completo",
            r"consta el pago|pagarse[.,]|pendientes?\.",
        ),
        (
            "en",
            "We have already taken off the €500.00 received so far for invoice F-1.",
            "rest of|not fully paid|not been fully paid",
            r"(seen|and|received) your pay|unpaid",
        ),
    ],
)
@pytest.mark.parametrize("step", ["friendly", "firm", "formal", "final"])
def test_what_was_paid_is_thanked_for_once_and_never_denied(
    step: str, language: str, thanks: str, rest: str, denied: str, press: Press
) -> None:
    usual = letter(step, numbers=["F-1", "F-1"], language=language, missed_pay_by="2026-11-20", earlier=["2026-11-10"])
    parts = tuple(part.model_copy(update={"paid": Decimal(250)}) for part in usual.invoices)
    text = press.markdown(usual.model_copy(update={"invoices": parts}))
    assert text.count(thanks) == 1
    assert re.search(rest, text)
    assert re.search(denied, text) is None
    assert thanks[-12:] not in press.markdown(usual)


@pytest.mark.parametrize(("language", "oversight"), [("es", "descuido"), ("en", "oversight")])
def test_a_broken_promise_is_no_oversight(language: str, oversight: str, press: Press) -> None:
    broken = [{"said": "2026-11-16", "on": "2026-11-23", "amount": "600.00", "paid": "0"}]
    assert oversight in press.markdown(letter("friendly", language=language))
    assert oversight not in press.markdown(letter("friendly", language=language, broken_promises=broken))


def test_a_letter_of_ones_own_needs_no_invoices(press: Press) -> None:
    text = press.markdown(letter("firm", template="letter", numbers=[], total="0.00"))
    assert "IBAN" not in text
    assert "<!-- lines -->" not in text
    assert text.endswith("cobros@estudioluna.example\n")
