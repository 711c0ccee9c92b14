"""Time of one choice among many institutions: ``python -m bench.finder [institutions] [runs]``.

Makes copies of the institutions of the atlas, writes what their finder reads beside the built page ``site/hospitals/``, opens it in
Chromium with the processor slowed four times, and measures from a change in the panel to the list that stands there. Nothing is held
back by a network; the bytes that one choice reads are printed beside. Build the site first.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import re
import shutil
import statistics
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from atlas.views.finder import finder_files, finder_view
from atlas.views.hospitalfinder import SPECIMEN, hospital_finder
from tests.test_the_finder_counts_right import many

ROOT = Path(__file__).resolve().parent.parent
SLOWER = 4
CHOICES = (("for", "cancer"), ("speaking", "ru"), ("speaking", ""), ("from", "busan"), ("for", ""), ("near", "seoul"))
CHOOSE = """async ([name, value]) => {
  const finder = document.querySelector("atlas-finder");
  const list = finder.querySelector("[data-list] ul");
  const select = finder.querySelector(`[name=${name}]`);
  const began = performance.now();
  const drawn = new Promise((done) => new MutationObserver((_, seen) => { seen.disconnect(); done(); }).observe(list, { childList: true }));
  select.value = value;
  select.dispatchEvent(new Event("change", { bubbles: true }));
  await drawn;
  list.getBoundingClientRect();
  return performance.now() - began;
}"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Says nothing."""


def prepare(folder: Path, count: int) -> dict[str, int]:
    """Writes the page and what its finder reads. Returns the size of each file, compressed."""
    reader = many(count)
    view = finder_view(reader, hospital_finder(reader), SPECIMEN)
    shutil.copytree(ROOT / "site" / "assets", folder / "assets")
    (folder / "hospitals").mkdir()
    page = (ROOT / "site" / "hospitals" / "index.html").read_text(encoding="utf-8")
    page = re.sub(r'data-data="[^"]+"', f'data-data="../{view["data"]}"', page)
    page = re.sub(r'data-korea="[^"]+"', f'data-korea="../{view["korea"]}"', page)
    (folder / "hospitals" / "index.html").write_text(page, encoding="utf-8")
    files = finder_files(reader)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return {Path(name).name: len(gzip.compress(text.encode(), 6)) for name, text in files.items()}


def measure(page: Page, address: str, runs: int) -> dict[str, list[float]]:
    """Milliseconds of each choice, in the order of CHOICES."""
    took: dict[str, list[float]] = {}
    for _ in range(runs):
        page.goto(address)
        page.wait_for_selector("[data-list] li")
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        for name, value in CHOICES:
            took.setdefault(f"{name}={value or 'any'}", []).append(page.evaluate(CHOOSE, [name, value]))
    return took


def main(count: int, runs: int) -> None:
    """Prints one row for each choice."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        sizes = prepare(Path(name), count)
        handler = functools.partial(_Quiet, directory=name)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        took = measure(browser.new_page(), f"http://127.0.0.1:{server.server_address[1]}/hospitals/?in=seoul", runs)
        browser.close()
        server.shutdown()
    blocks = [size for file, size in sizes.items() if file.startswith("rows-")]
    facets, points = sizes["facets.json"], sizes["points.json"]
    print(f"{count} institutions, {runs} runs, processor slowed {SLOWER} times")
    print(f"facets {facets} bytes, points {points} bytes, {len(blocks)} blocks of at most {max(blocks)} bytes (gzip)")
    for choice, times in took.items():
        print(f"{choice:16} median {statistics.median(times):.0f} ms ({min(times):.0f} to {max(times):.0f})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, int(sys.argv[2]) if len(sys.argv) > 2 else 5)
