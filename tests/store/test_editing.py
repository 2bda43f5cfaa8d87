"""Additions to the files that people write: what is there stays as it is, byte for byte."""

from __future__ import annotations

import stat
from datetime import date
from decimal import Decimal
from pathlib import Path, PurePosixPath

import pytest
from tests.store.stopping import Stop, StoppingDisk, moments_of

from facturar.model.plain import Facts
from facturar.problems import BookError, FacturarError, UsageError
from facturar.store.editing import Append, Edit, SetKey, apply_edit, edited_text, file_for_new

DAY = date(2026, 12, 5)
PAYMENT: Facts = {"date": DAY, "client": "acme", "amount": Decimal("500.00")}
PAYMENTS = PurePosixPath("payments.yaml")
WRITTEN = "{date: 2026-12-05, client: acme, amount: 500.00}"
NEW = f"- {WRITTEN}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", f"{NEW}\n", id="an empty file"),
        pytest.param("# paid\n", f"# paid\n{NEW}\n", id="only a comment"),
        pytest.param("# paid", f"# paid\n{NEW}", id="only a comment, without a line end"),
        pytest.param("---\n", f"---\n{NEW}\n", id="only the start of a document"),
        pytest.param("[]\n", f"[{WRITTEN}]\n", id="an empty list"),
        pytest.param("~\n", f"[{WRITTEN}]\n", id="an explicit nothing"),
        pytest.param("- {a: 1}\n", f"- {{a: 1}}\n{NEW}\n", id="items in braces"),
        pytest.param("- { a: 1 }\n", f"- {{ a: 1 }}\n- {{ {WRITTEN[1:-1]} }}\n", id="spaces inside the braces"),
        pytest.param("-   {a: 1}\n", f"-   {{a: 1}}\n-   {WRITTEN}\n", id="spaces after the dash"),
        pytest.param("  - {a: 1}\n", f"  - {{a: 1}}\n  {NEW}\n", id="an indented list"),
        pytest.param("- {a: 1}", f"- {{a: 1}}\n{NEW}", id="no line end at the end stays none"),
        pytest.param("- {a: 1}\r\n", f"- {{a: 1}}\r\n{NEW}\r\n", id="line ends of Windows"),
        pytest.param("\ufeff- {a: 1}\n", f"\ufeff- {{a: 1}}\n{NEW}\n", id="a byte order mark"),
        pytest.param("- {a: 1}  # paid\n", f"- {{a: 1}}  # paid\n{NEW}\n", id="a comment behind the last item"),
        pytest.param("- {a: 1}\n\n# 2027\n", f"- {{a: 1}}\n{NEW}\n\n# 2027\n", id="blank lines and comments below"),
        pytest.param("- {a: 1}\n...\n", f"- {{a: 1}}\n{NEW}\n...\n", id="the end of the document is marked"),
        pytest.param("- {a: 1,\n   b: 2}\n", f"- {{a: 1,\n   b: 2}}\n{NEW}\n", id="braces over several lines"),
        pytest.param("- just text\n", f"- just text\n{NEW}\n", id="items that are no mappings"),
        pytest.param("-\n", f"-\n{NEW}\n", id="an item with nothing in it"),
        pytest.param(
            "- a: 1\n  b: 2  # b\n",
            "- a: 1\n  b: 2  # b\n- date: 2026-12-05\n  client: acme\n  amount: 500.00\n",
            id="items as blocks",
        ),
        pytest.param(
            "-   a: 1\n    b: 2\n",
            "-   a: 1\n    b: 2\n-   date: 2026-12-05\n    client: acme\n    amount: 500.00\n",
            id="items as blocks, further in",
        ),
        pytest.param(
            "-\n  a: 1\n",
            "-\n  a: 1\n- date: 2026-12-05\n  client: acme\n  amount: 500.00\n",
            id="items as blocks below their dash",
        ),
        pytest.param(
            "- {b: 2}\n- a: |\n    uno\n\n    dos\n\n\n# end\n",
            "- {b: 2}\n- a: |\n    uno\n\n    dos\n- date: 2026-12-05\n  client: acme\n  amount: 500.00\n\n\n# end\n",
            id="a block of text at the end",
        ),
        pytest.param(
            "- {b: 2}\n- a: |+\n    uno\n\n\n# end\n",
            "- {b: 2}\n- a: |+\n    uno\n\n\n- date: 2026-12-05\n  client: acme\n  amount: 500.00\n# end\n",
            id="a block of text that keeps its blank lines",
        ),
        pytest.param("[{a: 1}, {b: 2}]\n", f"[{{a: 1}}, {{b: 2}}, {WRITTEN}]\n", id="a list in brackets"),
        pytest.param("[{a: 1},]\n", f"[{{a: 1}}, {WRITTEN},]\n", id="brackets with a last comma"),
        pytest.param(
            "[\n  {a: 1},\n  {b: 2}\n]\n", f"[\n  {{a: 1}},\n  {{b: 2}},\n  {WRITTEN}\n]\n", id="brackets over lines"
        ),
        pytest.param(
            "[\n  {a: 1}, # a, b\n  {b: 2} # c, d\n]\n",
            f"[\n  {{a: 1}}, # a, b\n  {{b: 2}}, # c, d\n  {WRITTEN}\n]\n",
            id="brackets over lines with comments",
        ),
        pytest.param(
            "[\n  {a: 1},\n  {b: 2}, # c\n]\n",
            f"[\n  {{a: 1}},\n  {{b: 2}}, # c\n  {WRITTEN},\n]\n",
            id="brackets over lines with a last comma",
        ),
    ],
)
def test_a_payment_is_added_in_the_style_of_the_ones_before(before: str, after: str) -> None:
    assert edited_text(before, Append((), PAYMENT)) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "web:\n  work:\n    - {hours: 1}\nshop:\n  title: T\n",
            "web:\n  work:\n    - {hours: 1}\n    - {hours: 2.5}\nshop:\n  title: T\n",
            id="into its list, not the file's end",
        ),
        pytest.param("web:\n  work:\n", "web:\n  work:\n    - {hours: 2.5}\n", id="the key is there but empty"),
        pytest.param(
            "web:\n  work:  # log\n    # since June\n  title: T\n",
            "web:\n  work:  # log\n    - {hours: 2.5}\n    # since June\n  title: T\n",
            id="the key is empty but has comments",
        ),
        pytest.param("web:\n  work: []\n", "web:\n  work: [{hours: 2.5}]\n", id="the list is empty"),
        pytest.param("web:\n  work: ~ # none\n", "web:\n  work: [{hours: 2.5}] # none\n", id="an explicit nothing"),
        pytest.param(
            "web:\n  title: T # t\n\nshop:\n  title: T\n",
            "web:\n  title: T # t\n  work:\n    - {hours: 2.5}\n\nshop:\n  title: T\n",
            id="the key is missing",
        ),
        pytest.param(
            "web:\n    title: T\nshop:\n    work:\n    - hours: 1\n    expenses:\n        - {amount: 2}\n",
            "web:\n    title: T\n    work:\n    - hours: 2.5\nshop:\n    work:\n    - hours: 1\n"
            "    expenses:\n        - {amount: 2}\n",
            id="the key is missing but another job shows the style",
        ),
        pytest.param(
            "shop:\n    expenses:\n        -  amount: 2\nweb:\n    title: T",
            "shop:\n    expenses:\n        -  amount: 2\nweb:\n    title: T\n    work:\n        -  hours: 2.5",
            id="any list of the file shows the style",
        ),
        pytest.param("web: {title: T}\n", "web: {title: T, work: [{hours: 2.5}]}\n", id="a job in braces"),
        pytest.param("web: {work: , a: 1}\n", "web: {work: [{hours: 2.5}] , a: 1}\n", id="an empty key in braces"),
        pytest.param("web: {work}\n", "web: {work: [{hours: 2.5}]}\n", id="a key in braces without its colon"),
        pytest.param("web: {a: 1, work:  # c\n  }\n", "web: {a: 1, work: [{hours: 2.5}]  # c\n  }\n", id="and comment"),
        pytest.param(
            "web:\n  work: &log\n    - {hours: 1}\n",
            "web:\n  work: &log\n    - {hours: 1}\n    - {hours: 2.5}\n",
            id="an anchor that nothing else stands for",
        ),
        pytest.param(
            "'web':\n  \"work\": [ {hours: 1} ]\n",
            "'web':\n  \"work\": [ {hours: 1}, {hours: 2.5} ]\n",
            id="quoted keys",
        ),
    ],
)
def test_work_is_added_to_its_job(before: str, after: str) -> None:
    assert edited_text(before, Append(("web", "work"), {"hours": Decimal("2.5")})) == after


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        pytest.param(
            ("web", "done"),
            "web:\n  title: T  # t\n\n# shop\nshop:\n  title: T\n",
            "web:\n  title: T  # t\n  done: 2026-12-05\n\n# shop\nshop:\n  title: T\n",
            id="below the last key",
        ),
        pytest.param(
            ("web", "done"),
            "web:\n  work:\n  - {hours: 1}\n",
            "web:\n  work:\n  - {hours: 1}\n  done: 2026-12-05\n",
            id="below a list that is not indented",
        ),
        pytest.param(
            ("web", "done"),
            "web:\n  message: |\n    Hola.\n\n    Gracias.\n\nshop: {}\n",
            "web:\n  message: |\n    Hola.\n\n    Gracias.\n  done: 2026-12-05\n\nshop: {}\n",
            id="below a block of text",
        ),
        pytest.param(
            ("web", "done"),
            "web:\n  title: a title\n    of two lines\n",
            "web:\n  title: a title\n    of two lines\n  done: 2026-12-05\n",
            id="below text of two lines",
        ),
        pytest.param(
            ("web", "done"), "web:\n  done:\n  a: 1\n", "web:\n  done: 2026-12-05\n  a: 1\n", id="a key without a value"
        ),
        pytest.param(
            ("web", "done"),
            "web:\n  done:   # when?\n",
            "web:\n  done: 2026-12-05   # when?\n",
            id="a key without a value but with a comment",
        ),
        pytest.param(
            ("web", "done"), "web:\n  done: null\n", "web:\n  done: 2026-12-05\n", id="an explicit nothing gives way"
        ),
        pytest.param(("web", "done"), "web:\r\n  a: 1\r\n", "web:\r\n  a: 1\r\n  done: 2026-12-05\r\n", id="Windows"),
        pytest.param(("web", "done"), "web:\n  a: 1", "web:\n  a: 1\n  done: 2026-12-05", id="no line end"),
        pytest.param(("web", "done"), "web: {}\n", "web: {done: 2026-12-05}\n", id="empty braces"),
        pytest.param(("web", "done"), "web:\n", "web: {done: 2026-12-05}\n", id="nothing at all"),
        pytest.param(
            ("steps", 0, "done"),
            "steps:\n  - {name: X, share: 25%}  # first\n  - {name: Y, share: 75%}\n",
            "steps:\n  - {name: X, share: 25%, done: 2026-12-05}  # first\n  - {name: Y, share: 75%}\n",
            id="before the brace of a step",
        ),
        pytest.param(
            ("steps", 0, "done"),
            "steps:\n  - {name: X,\n     share: 25%}\n",
            "steps:\n  - {name: X,\n     share: 25%,\n     done: 2026-12-05}\n",
            id="braces over two lines",
        ),
        pytest.param(
            ("steps", 0, "done"),
            "steps:\n  - {name: X, share: [1, 2], note: 'a } b' }\n",
            "steps:\n  - {name: X, share: [1, 2], note: 'a } b', done: 2026-12-05 }\n",
            id="not at a brace that is text",
        ),
        pytest.param(
            ("steps", 1, "done"),
            "steps:\n- name: X\n- name: Y\n  share: 75%\n",
            "steps:\n- name: X\n- name: Y\n  share: 75%\n  done: 2026-12-05\n",
            id="in a step that is a block",
        ),
        pytest.param(
            ("web", "quote", "accepted"),
            "web:\n  a: 1\n",
            "web:\n  a: 1\n  quote: {accepted: 2026-12-05}\n",
            id="together with what it stands in",
        ),
        pytest.param(
            ("web", "quote", "accepted"),
            "web:\n  quote:\n  a: 1\n",
            "web:\n  quote: {accepted: 2026-12-05}\n  a: 1\n",
            id="in a key without a value",
        ),
        pytest.param(
            ("web", "quote", "accepted"),
            "web:\n  quote: {valid: 30 days}\n",
            "web:\n  quote: {valid: 30 days, accepted: 2026-12-05}\n",
            id="in what it stands in",
        ),
        pytest.param(
            ("web", "b"),
            "web: &web\n  a: &one 1\nshop: *one\n",
            "web: &web\n  a: &one 1\n  b: 2026-12-05\nshop: *one\n",
            id="beside anchors and aliases",
        ),
    ],
)
def test_a_day_is_set_where_it_belongs(path: tuple[str | int, ...], before: str, after: str) -> None:
    assert edited_text(before, SetKey(path, DAY)) == after


@pytest.mark.parametrize(
    ("note", "flow", "block"),
    [
        pytest.param("Pagan el viernes.", "Pagan el viernes.", "Pagan el viernes.", id="a sentence"),
        pytest.param("Sí, el viernes", '"Sí, el viernes"', "Sí, el viernes", id="a comma matters in braces only"),
        pytest.param("tel: 600", '"tel: 600"', '"tel: 600"', id="a colon and a space"),
        pytest.param("NO", '"NO"', '"NO"', id="what would be false elsewhere"),
        pytest.param("uno\ndos", '"uno\\ndos"', '"uno\\ndos"', id="two lines"),
        pytest.param('dijo "sí"', 'dijo "sí"', 'dijo "sí"', id="quotes inside"),
        pytest.param("", '""', '""', id="nothing"),
    ],
)
def test_new_text_is_quoted_only_when_it_has_to_be(note: str, flow: str, block: str) -> None:
    edit = Append((), {"a": note})
    assert edited_text("- {a: 1}\n", edit) == f"- {{a: 1}}\n- {{a: {flow}}}\n"
    assert edited_text("- a: 1\n", edit) == f"- a: 1\n- a: {block}\n"


@pytest.mark.parametrize(
    ("text", "edit", "error", "message"),
    [
        pytest.param("web: {done: 2026-01-01}", SetKey(("web", "done"), DAY), UsageError, "is there already", id="set"),
        pytest.param("web: {work: text}", Append(("web", "work"), PAYMENT), UsageError, "is no list", id="no list"),
        pytest.param("a: 1", Append((), PAYMENT), UsageError, "the file is no list", id="a mapping for a list"),
        pytest.param("steps: [{}]", SetKey(("steps", 1, "done"), DAY), UsageError, "is not there", id="no such step"),
        pytest.param("web: text", SetKey(("web", "done"), DAY), UsageError, "is not there", id="below text"),
        pytest.param("a: &x [1]\nb: *x", Append(("a",), "2"), FacturarError, "no safe place", id="an alias shares it"),
        pytest.param("a: [1]\nb: *x", Append(("a",), "2"), BookError, "problem", id="no YAML"),
    ],
)
def test_what_cannot_be_added_safely_is_refused(
    text: str, edit: Edit, error: type[FacturarError], message: str
) -> None:
    with pytest.raises(error, match=message):
        edited_text(text, edit)


@pytest.mark.parametrize(
    ("files", "path"),
    [
        pytest.param([], "payments.yaml", id="no ledger yet"),
        pytest.param(["payments.yaml", "payments/2026.yaml"], "payments.yaml", id="the file before the folder"),
        pytest.param(["payments/2025.yaml", "payments/2026/11.yaml"], "payments/2026/11.yaml", id="the last by path"),
        pytest.param(["payments/2026.yaml", "payments/notes.txt"], "payments/2026.yaml", id="only YAML counts"),
    ],
)
def test_a_new_entry_goes_to_the_file_that_its_owner_would_choose(tmp_path: Path, files: list[str], path: str) -> None:
    for file in files:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    assert str(file_for_new(tmp_path, "payments")) == path


def test_the_file_has_the_addition_and_the_permissions_it_had(tmp_path: Path) -> None:
    ledger = tmp_path / PAYMENTS
    ledger.write_bytes(b"\xef\xbb\xbf- {a: \xc3\xb1}\r\n")
    ledger.chmod(0o640)
    apply_edit(tmp_path, PAYMENTS, Append((), PAYMENT), "\ufeff- {a: ñ}\r\n")
    assert ledger.read_bytes() == b"\xef\xbb\xbf- {a: \xc3\xb1}\r\n" + NEW.encode() + b"\r\n"
    assert stat.S_IMODE(ledger.stat().st_mode) == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["payments.yaml"]


def test_a_ledger_that_is_not_there_yet_is_begun(tmp_path: Path) -> None:
    text = apply_edit(tmp_path, PAYMENTS, Append((), PAYMENT), "")
    assert (tmp_path / PAYMENTS).read_text() == text == f"{NEW}\n"


def test_a_link_goes_on_leading_to_the_file_that_is_edited(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/paid.yaml").write_text("- {a: 1}\n")
    (tmp_path / PAYMENTS).symlink_to("elsewhere/paid.yaml")
    apply_edit(tmp_path, PAYMENTS, Append((), PAYMENT), "- {a: 1}\n")
    assert (tmp_path / PAYMENTS).is_symlink()
    assert (tmp_path / "elsewhere/paid.yaml").read_text() == f"- {{a: 1}}\n{NEW}\n"


@pytest.mark.parametrize("now", ["- {a: 2}\n", "- {a: 1}\r\n", "\ufeff- {a: 1}\n", ""])
def test_a_file_that_somebody_changed_since_it_was_read_is_left_alone(tmp_path: Path, now: str) -> None:
    (tmp_path / PAYMENTS).write_bytes(now.encode())
    with pytest.raises(FacturarError, match=r"payments\.yaml was changed meanwhile"):
        apply_edit(tmp_path, PAYMENTS, Append((), PAYMENT), "- {a: 1}\n")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"payments.yaml": now.encode()}


def test_stopped_at_any_moment_the_ledger_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    old, edit = "- {a: 1}\n", Append((), PAYMENT)
    ledger = tmp_path / PAYMENTS
    ledger.write_text(old)
    moments = moments_of(lambda disk: apply_edit(tmp_path, PAYMENTS, edit, old, disk=disk))
    assert moments == 4
    for moment in range(moments):
        ledger.write_text(old)
        with pytest.raises(Stop):
            apply_edit(tmp_path, PAYMENTS, edit, old, disk=StoppingDisk(moment))
        assert ledger.read_text() in (old, edited_text(old, edit))
