"""The month's page in a real browser, Chromium: nothing is wider than a phone, nothing overlaps, nothing is fetched."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from facturar.documents.press import Press
from tests.documents.test_report import lived, page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="there is no Chromium; the CI has one"
)
# The page stands in a frame of the width asked for: the window of a headless browser may not be so narrow.
MEASURE = """<!doctype html><meta charset="utf-8">
<iframe id="page" style="width:%dpx;height:9000px;border:0" srcdoc="%s"></iframe>
<pre id="measured"></pre>
<script>
const frame = document.getElementById("page");
frame.onload = () => {
  const inside = frame.contentDocument;
  const cells = [...inside.querySelectorAll("td, th, h1, h2, h3, p, li")].filter(e => e.getClientRects().length);
  const boxes = cells.map(e => [e, e.getBoundingClientRect()]);
  const overlaps = boxes.flatMap(([a, r], i) => boxes.slice(i + 1).filter(([b, s]) => !a.contains(b) && !b.contains(a)
    && Math.min(r.right, s.right) - Math.max(r.left, s.left) > 1
    && Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top) > 1).map(([b]) => [a.textContent, b.textContent]));
  const cut = cells.filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth).map(e => e.textContent);
  document.getElementById("measured").textContent = JSON.stringify({
    inner: frame.contentWindow.innerWidth,
    scroll: inside.scrollingElement.scrollWidth,
    widest: Math.max(...boxes.map(([, r]) => r.right)),
    fetched: frame.contentWindow.performance.getEntriesByType("resource").map(e => e.name),
    bars: [...inside.querySelectorAll(".bar")].map(e => Math.round(e.getBoundingClientRect().width)),
    overlaps, cut,
  });
};
</script>
"""


def measured(text: str, width: int, folder: Path) -> dict[str, Any]:
    assert CHROMIUM, "the CI installs Chromium"
    copy = folder / "measured.html"
    copy.write_text(MEASURE % (width, html.escape(text)), "utf-8")
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--virtual-time-budget=3000",
        f"--user-data-dir={folder}/me",
    ]
    said = subprocess.run(
        [CHROMIUM, *options, "--dump-dom", copy.as_uri()], capture_output=True, text=True, check=True, timeout=120
    )
    found = re.search(r'<pre id="measured">(.*?)</pre>', said.stdout, re.DOTALL)
    assert found, said.stderr
    facts: dict[str, Any] = json.loads(html.unescape(found[1]))
    return facts


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["es", "en"])
def test_the_month_fits(language: str, width: int, press: Press, tmp_path: Path) -> None:
    text = press.html(page(press, lived(), language), language=language, title="2026-11").decode()
    found = measured(text, width, tmp_path)
    assert found["inner"] == width
    assert found["scroll"] <= width
    assert found["widest"] <= width
    assert (found["overlaps"], found["cut"], found["fetched"]) == ([], [], [])
    assert max(found["bars"]) > 40


def test_what_is_too_wide_is_found(tmp_path: Path) -> None:
    wide = "<!doctype html><body><p style='width:500px;margin:0'>A</p><p style='margin-top:-30px'>B</p>"
    found = measured(wide, 360, tmp_path)
    assert found["scroll"] > 360
    assert found["overlaps"] == [["A", "B"]]
