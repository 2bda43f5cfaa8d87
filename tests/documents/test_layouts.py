"""The look of a book on the page: layouts, margins, typefaces, pictures; and that nothing is cut or overlaps in any."""

from __future__ import annotations

import io
import shutil
import struct
from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from facturar.documents.fonts import face_of
from facturar.documents.press import Press
from facturar.model.settings import Look
from facturar.problems import FacturarError
from facturar.store.shipped import shipped

from .places import Box, boxes, overlapping
from .samples import BANK, CARD, LUNA, charged, invoice, letter, line, many_lines, untaxed

LAYOUTS = ("classic", "modern", "compact")
FACE = face_of(None, Path())
LONG = "Compañía Ibérica de Servicios Creativos Integrales y de Comunicación Visual para la Industria " * 3
WORD = "Nombre" * 50
FONTS = Path(str(files("font_source_sans_pro"))) / "files"


def look(layout: str = "classic", **more: Any) -> Look:
    return Look.model_validate({"accent": "#0b6e4f", "layout": layout, **more})


def printed(record: Any, layout: str = "classic", folder: Path | None = None, **more: Any) -> bytes:
    return Press([shipped("templates")], look(layout, **more), folder or Path()).faces(record)[".pdf"]


def texts(data: bytes) -> list[str]:
    return [page.extract_text().replace("\u00a0", " ") for page in PdfReader(io.BytesIO(data)).pages]


def tax(code: str, percent: str, base: str, amount: str, kind: str = "vat") -> dict[str, str]:
    return {"code": code, "kind": kind, "label": code.upper(), "percent": percent, "base": base, "amount": amount}


def party(name: str) -> dict[str, Any]:
    address = {"street": name, "postcode": "28013", "city": name, "region": name, "country": "ES"}
    return {
        "name": name,
        "trade_name": f"{name}!",
        "tax_id": "B12345674",
        "address": address,
        "email": f"{name}@x.example",
    }


def in_sections() -> Any:
    lines = [line(f"Partida {n}", "1", "100", section=f"Trabajo {n // 7}, {LONG}") for n in range(49)]
    return untaxed(lines, language="es")


def with_taxes() -> Any:
    lines = [line(f"Producto {n}", "1", "100.00", taxes=[f"iva{n}"]) for n in range(10)]
    taxes = [tax(f"iva{n}", str(n), "100.00", f"{n}.00") for n in range(10)] + [
        tax("irpf", "15", "1000.00", "150.00", "withholding")
    ]
    totals = {"net": "1000.00", "tax": "45.00", "withheld": "150.00", "total": "1045.00", "payable": "895.00"}
    due = [{"date": f"2026-12-{10 + n}", "amount": "179.00"} for n in range(5)]
    return invoice(lines=lines, taxes=taxes, totals=totals, due=due)


def credited() -> Any:
    back = line("Diseño de la tienda en línea", "-12.5", "60", discount="-75.00")
    totals = {"net": "-675.00", "tax": "0", "withheld": "0", "total": "-675.00", "payable": "-675.00"}
    return invoice(
        kind="credit_note", lines=[back], taxes=[], totals=totals, due=[], corrects="F-2026-0011", reason=LONG
    )


def in_currency(currency: str, price: str) -> Any:
    entry = {**line("Licencia", "3", price), "net": str(Decimal(price) * 3)}
    return untaxed([entry] * 3, currency=currency)


ENTRY = {"date": "2026-11-03", "text": LONG, "hours": "3.5"}
RECORDS = {
    "short": invoice(),
    "sixty lines": many_lines(60),
    "long names": invoice(seller=party(LONG), buyer=party(LONG), purchase_order=LONG, message=LONG),
    "names without a space": invoice(seller=party(WORD), buyer=party(WORD), purchase_order=WORD, message=WORD),
    "long descriptions": untaxed([line(LONG * 12, "1", "5"), line(WORD * 30, "1", "5"), line("corta", "1", "5")]),
    "no decimals": in_currency("JPY", "123456789"),
    "three decimals": in_currency("KWD", "1234567.891"),
    "nothing to pay": untaxed([line("Muestra", "1", "100", discount="100")]),
    "discounts": untaxed([line("Con descuento", "1234.5678", "1234567.89", discount="1000.00", unit="horas")] * 4),
    "credit note": credited(),
    "ten rates": with_taxes(),
    "sections": in_sections(),
    "annexes": invoice(annexes=[{"kind": "work", "entries": [ENTRY] * 30}, {"kind": "expenses", "entries": [ENTRY]}]),
    "letter": charged("formal", 12),
    "long letter": letter("firm", 1, seller=party(LONG), buyer=party(WORD), sender={"name": LONG, "role": WORD}),
    "ways to pay": invoice(payment_methods=[BANK, {**BANK, "bank": LONG}, CARD, {"kind": "cash", "place": LONG}]),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS.keys())
def test_nothing_overlaps_and_nothing_leaves_the_margins(record: Any, paper: str, layout: str) -> None:
    data = printed(record, layout, paper=paper, margins="15 mm")
    margin = 15 * 72 / 25.4
    for page, paper_box in zip(boxes(data, FACE), PdfReader(io.BytesIO(data)).pages, strict=True):
        assert overlapping(page) == []
        left, right, top = margin - 1, float(paper_box.mediabox.width) - margin + 1, float(paper_box.mediabox.height)
        outside = [
            box for box in page if box.left < left or box.right > right or not margin - 1 <= box.bottom < top - margin
        ]
        assert outside == []


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", ["long names", "names without a space"])
def test_nothing_is_cut(name: str, layout: str) -> None:
    record = RECORDS[name]
    text = squeezed("".join(box.text for page in boxes(printed(record, layout), FACE) for box in page))
    wanted = [record.buyer.name, record.seller.trade_name, record.message, record.purchase_order]
    assert [part for part in map(squeezed, wanted) if part not in text] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_description_goes_over_pages_whole(layout: str) -> None:
    pages = boxes(printed(RECORDS["long descriptions"], layout), FACE)
    text = squeezed("".join(box.text for page in pages for box in page if box.text != "Description"))
    assert (text.count("Compañía"), text.count("Industria")) == (36, 36)
    pieces = [box.text for page in pages for box in page if set(box.text) <= set("Nombre")]
    assert sum(map(len, pieces)) == len(WORD) * 30


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_section_begins_with_a_line_and_ends_with_its_subtotal(layout: str) -> None:
    for page in boxes(printed(in_sections(), layout), FACE):
        rows = [box.text for box in page]
        if "Subtotal" in rows:
            assert rows.index("Subtotal") > next(i for i, text in enumerate(rows) if text.startswith("Partida"))
        titles = [i for i, text in enumerate(rows) if text.startswith("Trabajo")]
        assert all(any(text.startswith("Partida") for text in rows[i:]) for i in titles)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_all_totals_stand_on_the_page_of_the_last_line(layout: str) -> None:
    (page,) = [text for text in texts(printed(with_taxes(), layout)) if "IVA0" in text]
    assert all(f"IVA{n} {n} %" in page for n in range(10))
    assert "Total a pagar" in page


def gratis(count: int) -> Any:
    """So many lines that cost nothing: no way to pay stands between the total and the closing words."""
    return untaxed([line(f"Article {n}", "1", "100", discount="100") for n in range(count)])


ENDINGS = {
    "an invoice": (many_lines, range(9, 16), "Thank you for your business", "How to pay"),
    "nothing to pay": (gratis, range(17, 24), "Thank you for your business", "Total"),
    "a letter": (lambda count: charged("formal", count), range(3, 12), "Atentamente", "tenga en cuenta"),
}


@pytest.mark.parametrize(("make", "counts", "closing", "before"), ENDINGS.values(), ids=ENDINGS.keys())
def test_closing_words_are_never_alone_on_a_page(make: Any, counts: range, closing: str, before: str) -> None:
    for count in counts:
        (page,) = [text for text in texts(printed(make(count))) if closing in text]
        assert before in page, count


@pytest.mark.parametrize("layout", LAYOUTS)
def test_many_totals_stand_closer(layout: str) -> None:
    def step(rates: int) -> float:
        """From one tax to the next, in points."""
        taxes = [tax(f"t{n}", "1", "100.00", "1.00") for n in range(rates)]
        found = boxes(printed(invoice(taxes=taxes), layout), FACE)[0]
        first, second = (next(box for box in found if box.text.startswith(name)) for name in ("T0 1 %", "T1 1 %"))
        return first.bottom - second.bottom

    assert step(10) < step(3)


def test_forty_lines_and_their_total_are_one_page_when_compact() -> None:
    assert "Amount due" in texts(printed(many_lines(40), "compact"))[0]
    assert "Amount due" not in texts(printed(many_lines(40)))[0]


def first(data: bytes, words: str) -> Box:
    return next(box for box in boxes(data, FACE)[0] if box.text == words)


def test_layouts_are_three_designs() -> None:
    sizes = {name: first(printed(invoice(), name), "Factura F-2026-0012") for name in LAYOUTS}
    heights = {name: box.top - box.bottom for name, box in sizes.items()}
    assert heights["modern"] > heights["classic"] > heights["compact"]


@pytest.mark.parametrize(
    ("margins", "left"),
    [("30 mm", 30), ("2.5 cm", 25), ("1 in", 25.4), ({"left": "40 mm"}, 40), ({"top": "40 mm"}, 21)],
    ids=["all", "centimetres", "inches", "one side", "another side"],
)
def test_margins(margins: Any, left: float) -> None:
    assert first(printed(invoice(), margins=margins), "Estudio Luna").left == pytest.approx(left * 72 / 25.4, abs=0.1)


def with_fonts(folder: Path, *cuts: str) -> None:
    for cut in cuts:
        shutil.copy(FONTS / f"SourceSansPro-{cut}.ttf", folder / f"{cut}.ttf")


def test_a_typeface_of_ones_own_is_embedded_in_part(tmp_path: Path) -> None:
    with_fonts(tmp_path, "Light", "Black")
    data = printed(invoice(), folder=tmp_path, typeface={"regular": "Light.ttf", "bold": "Black.ttf"})
    used = {str(font["/BaseFont"]) for font in fonts_of(data)}
    assert {name.split("+")[1] for name in used} == {"SourceSansPro-Light", "SourceSansPro-Black"}
    assert all(font["/FontDescriptor"].get_object()["/FontFile2"] for font in fonts_of(data))
    assert len(data) < 60_000


def fonts_of(data: bytes) -> list[Any]:
    page = PdfReader(io.BytesIO(data)).pages[0]
    resources: Any = page["/Resources"]
    return [font.get_object() for font in resources["/Font"].values()]


def restricted(data: bytes) -> bytes:
    """The font with a licence that forbids embedding."""
    (count,) = struct.unpack_from(">H", data, 4)
    entries = [struct.unpack_from(">4s4xI", data, 12 + 16 * index) for index in range(count)]
    place = next(offset for tag, offset in entries if tag == b"OS/2") + 8
    return data[:place] + b"\x00\x02" + data[place + 2 :]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("gone.ttf", None, "there is no typeface gone.ttf"),
        ("../font.ttf", None, "the typeface ../font.ttf is outside the book"),
        ("text.ttf", b"no font at all", "text.ttf is no typeface to print with: it is not a TrueType font"),
        ("otto.ttf", b"OTTO....", "PostScript outlines"),
        ("short.ttf", (FONTS / "SourceSansPro-Regular.ttf").read_bytes()[:60], "it is cut short or damaged"),
        ("closed.ttf", restricted((FONTS / "SourceSansPro-Regular.ttf").read_bytes()), "does not permit embedding"),
    ],
    ids=["gone", "outside", "text", "otf", "short", "restricted"],
)
def test_a_wrong_typeface_is_named(name: str, content: bytes | None, message: str, tmp_path: Path) -> None:
    book = tmp_path / "book"
    book.mkdir()
    if content:
        (book / name).write_bytes(content)
    with pytest.raises(FacturarError, match=message) as error:
        printed(invoice(), folder=book, typeface={"regular": name})
    assert error.value.hint


def drawn(data: bytes) -> bytes:
    contents = PdfReader(io.BytesIO(data)).pages[0].get_contents()
    return b"" if contents is None else contents.get_data()


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30">{}</svg>'
CLIP = '<g clip-path="url(#c)" {1}><path d="{0}"/></g><defs><clipPath id="c">{2}</clipPath></defs>'


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0h90v30H0z" fill="#0b6e4f"/>',
        "<style>.a{fill:#fff;stroke:red}</style>"
        '<g transform="translate(5 5) rotate(10)"><rect class="a" width="20" height="9" rx="3"/></g>',
        '<circle cx="15" cy="15" r="9"/>'
        '<ellipse cx="40" cy="15" rx="9" ry="4" style="fill:none;stroke:navy;stroke-width:2"/>',
        '<defs><polygon id="p" points="0,0 10,0 5,9"/></defs><use href="#p" x="20" y="4" opacity=".5"/>',
        CLIP.format("M0 0h90v30H0z", "", '<rect width="90" height="30"/>'),
        '<path d="m5 5c1 2 3 4 5 5s2 2 4 4q3 3 6 0t5 5a5 4 20 1 0 9 9z" fill-rule="evenodd" fill="rgb(10,20,30)"/>',
    ],
    ids=["path", "style sheet", "shapes", "use", "a clip that cuts nothing", "curves"],
)
def test_an_svg_logo_is_drawn_as_lines(inside: str, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(SVG.format(inside))
    data = printed(invoice(), folder=tmp_path, logo="logo.svg")
    assert not list(PdfReader(io.BytesIO(data)).pages[0].images)
    assert len(drawn(data)) > len(drawn(printed(invoice()))) + 100


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ("<text>Luna</text>", "it has text"),
        ('<path d="M0 0h9v9z" fill="url(#g)"/>', "it has gradients"),
        ('<g filter="url(#f)"><path d="M0 0h9v9z"/></g>', "it has filters"),
        ('<image href="https://example.com/x.png"/>', "it has a picture inside"),
        ('<path d="M0 0h9v9z" fill="none"/>', "there is nothing to be seen"),
        ('<path d="M0 0h9v9z" fill="#zz"/>', "malformed"),
        ('<g id="a"><use href="#a"/></g>', "nested too deeply"),
        ("<g>", "not well-formed"),
        (CLIP.format("M0 0h9v9z", "", '<circle r="9"/>'), "cut by a clip-path"),
        (CLIP.format("M0 0h9v9z", "", '<rect width="80" height="30"/>'), "cut by a clip-path"),
        (CLIP.format("M0 0h9v9z", 'transform="scale(.1)"', '<rect width="90" height="30"/>'), "cut by a clip-path"),
        ('<path d="M0 0h9v9z" style="clip-path: url(#gone)"/>', "cut by a clip-path"),
    ],
)
def test_an_svg_that_would_come_out_otherwise_is_refused(inside: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(SVG.format(inside))
    with pytest.raises(FacturarError, match=message) as error:
        printed(invoice(), folder=tmp_path, logo="logo.svg")
    assert "PNG" in error.value.hint


def test_a_signature_stands_above_the_name(tmp_path: Path) -> None:
    (tmp_path / "firma de Marta.svg").write_text(
        SVG.format('<path d="M0 20c9-30 20 30 30 0s30 20 40 0" stroke="navy" fill="none"/>')
    )
    sender = {"name": "Marta Gil", "signature": "firma de Marta.svg"}
    signed = letter("firm", 1, sender=sender)
    with_picture, without = printed(signed, folder=tmp_path), printed(letter("firm", 1, sender={"name": "Marta Gil"}))
    assert first(without, "Marta Gil").bottom - first(with_picture, "Marta Gil").bottom > 30
    assert "firma" not in "".join(texts(with_picture))


MISSING = {"cjk": "東京", "emoji": "🥐", "hebrew": "שלום", "arabic": "سلام"}


@pytest.mark.parametrize("text", MISSING.values(), ids=MISSING.keys())
def test_what_the_typeface_lacks_prints_as_boxes(text: str) -> None:
    page = texts(printed(untaxed([line(f"Uno {text} dos", "1", "5")], buyer={"name": text})))[0]
    assert f"Uno {'☐' * len(text)} dos" in page


@pytest.mark.parametrize(
    ("written", "shown"),
    [("Cafe\u0301", "Café"), ("a\u200bb\u00adc", "abc"), ("\u202eabc", "abc"), ("Łódź, Σίσυφος, Москва", None)],
    ids=["accent apart", "no width", "direction", "alphabets"],
)
def test_what_it_has_prints_as_it_is(written: str, shown: str | None) -> None:
    assert (shown or written) in texts(printed(untaxed([line(written, "1", "5")])))[0]


def titles(outline: Any) -> list[str]:
    return [title for part in outline for title in (titles(part) if isinstance(part, list) else [str(part.title)])]


def test_headings_and_annexes_are_in_the_outline() -> None:
    annexes = [{"kind": "work", "entries": [ENTRY]}, {"kind": "expenses", "entries": [ENTRY]}]
    reader = PdfReader(io.BytesIO(printed(invoice(annexes=annexes))))
    assert titles(reader.outline) == [
        "Factura F-2026-0012",
        "Cómo pagar",
        "Detalle de horas",
        "Detalle de gastos",
    ]


def test_headings_that_skip_a_level_are_no_error() -> None:
    press = Press([shipped("templates")], look(), Path())
    data = press.pdf("### Tres\n\n# Uno\n\n#### Cuatro\n", language="es", day=date(2026, 1, 1), title="x", author="y")
    assert "Cuatro" in texts(data)[0]


def test_colours_and_metadata_are_fit_for_an_archive() -> None:
    reader = PdfReader(io.BytesIO(printed(invoice(seller={**LUNA, "trade_name": "A & B <x>\x00"}))))
    root: Any = reader.trailer["/Root"]
    assert reader.pdf_header == "%PDF-1.7"
    intent = root["/OutputIntents"][0]
    profile = intent["/DestOutputProfile"].get_object()
    assert (intent["/S"], profile["/N"]) == ("/GTS_PDFA1", 3)
    xmp = reader.xmp_metadata
    assert xmp is not None
    assert (xmp.dc_title, xmp.dc_creator, xmp.dc_language) == (
        {"x-default": "Factura F-2026-0012"},
        ["A & B <x>"],
        ["es"],
    )


def test_the_profile_means_srgb() -> None:
    from PIL import Image, ImageCms

    from facturar.documents.archival import srgb_profile

    ours = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    ramp = Image.frombytes("RGB", (256, 3), bytes(v for n in range(256) for v in (n, 255 - n, n // 2)) * 3)
    same = ImageCms.profileToProfile(ramp, ours, ImageCms.createProfile("sRGB"))
    assert same is not None
    assert max(abs(a - b) for a, b in zip(ramp.tobytes(), same.tobytes(), strict=True)) <= 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_short_invoice_is_a_small_file(layout: str) -> None:
    assert len(printed(invoice(), layout)) < 60_000


def test_a_page_that_begins_with_an_annex_is_no_error() -> None:
    press = Press([shipped("templates")], look(), Path())
    data = press.pdf("<!-- annex -->\n## Horas\n\nDos.\n", language="es", day=date(2026, 1, 1), title="x", author="y")
    assert "Dos." in texts(data)[0]


def test_columns_stand_side_by_side_and_a_note_in_its_box() -> None:
    press = Press([shipped("templates")], look(), Path())
    text = "<!-- columns -->\n| Con | Sin |\n|:--|:--|\n| textos | fotos |\n\n<!-- note -->\nLlame antes.\n"
    page = press.html(text, language="es", title="x").decode()
    assert page.count('class="party"') == 2
    assert '<p class="note">Llame antes.</p>' in page
    printed_text = texts(press.pdf(text, language="es", day=date(2026, 1, 1), title="x", author="y"))[0]
    assert all(word in printed_text for word in ("Con", "textos", "fotos", "Llame antes."))
