"""What a reader waits for: ``python -m bench.reader [site]``, on one page of each kind, in one language after the other.

*Slow 3G* is 400 kbit/s with 2 s before each answer (the browser's own throttling): largest contentful paint, which may take 4.5 s, and what
moves meanwhile (cumulative layout shift, which must be 0). *Next page* is the time from a click to the first paint behind it, without
throttling, after the pointer has rested on the link for 200 ms: 100 ms at most. The site is served as by a host: gzip, headers, caching.
"""

from __future__ import annotations

import shutil
import statistics
import sys
from itertools import cycle
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench.lighthouse import served

ROOT = Path(__file__).resolve().parent.parent
SLOW_3G = {"offline": False, "latency": 2000, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
LCP, NEXT = 4500, 100
"""Limits in milliseconds."""
_WATCH = """
window.seen = { lcp: 0, shift: 0 };
new PerformanceObserver((list) => { for (const one of list.getEntries()) seen.lcp = one.startTime; })
  .observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => { for (const one of list.getEntries()) seen.shift += one.value; })
  .observe({ type: "layout-shift", buffered: true });
addEventListener("click", (event) => { window.name = String(performance.timeOrigin + event.timeStamp); }, true);
"""
_PAINTED = "performance.getEntriesByName('first-contentful-paint').length"
_NEXT = """({
  wait: performance.timeOrigin + performance.getEntriesByName('first-contentful-paint')[0].startTime - Number(window.name),
  ahead: performance.getEntriesByType('navigation')[0].deliveryType === 'navigational-prefetch',
})"""


def first_view(browser: Browser, url: str) -> dict[str, float]:
    """``lcp`` in milliseconds and ``shift`` of a page on a phone with slow 3G."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2, is_mobile=True)
    page = context.new_page()
    page.add_init_script(_WATCH)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_3G)
    page.goto(url, wait_until="networkidle", timeout=120_000)
    found: dict[str, float] = page.evaluate("seen")
    context.close()
    return found


def next_page(browser: Browser, url: str) -> dict[str, Any]:
    """``wait`` in milliseconds from a click on the first link of a page, after 200 ms, to what is painted; ``ahead``: it was there."""
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(_WATCH)
    page.goto(url, wait_until="networkidle")
    link = page.locator("#menu a:not([aria-current]):visible").last
    link.hover()
    page.wait_for_timeout(200)
    link.click(no_wait_after=True)
    page.wait_for_url(lambda other: other != url, timeout=60_000)
    page.wait_for_function(_PAINTED)
    found: dict[str, Any] = page.evaluate(_NEXT)
    context.close()
    return found


def main(site: Path) -> int:
    """Prints one row a page; returns how many limits are broken."""
    from tests.conftest import KINDS, LANGUAGES

    executable = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
    broken, paints, waits = 0, [], []
    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        print(f"{'page':44} LCP ms  shift  next ms")
        for path, code in zip(KINDS.values(), cycle(LANGUAGES), strict=False):
            url = f"{address}{LANGUAGES[code][0]}{path}"
            if not (site / LANGUAGES[code][0] / path / "index.html").is_file():
                continue
            view, after = first_view(browser, url), next_page(browser, url)
            paints.append(view["lcp"])
            waits.append(after["wait"])
            wrong = [view["lcp"] > LCP, view["shift"] > 0, after["wait"] > NEXT or not after["ahead"]]
            broken += sum(wrong)
            marks = "".join(mark for mark, is_wrong in zip("LSN", wrong, strict=True) if is_wrong)
            print(f"/{LANGUAGES[code][0]}{path:42} {view['lcp']:6.0f}  {view['shift']:.3f}  {after['wait']:6.0f}  {marks}", flush=True)
        browser.close()
    print(f"LCP: median {statistics.median(paints):.0f} ms, slowest {max(paints):.0f}; next page: median {statistics.median(waits):.0f} ms")
    return broken


if __name__ == "__main__":
    sys.exit(min(1, main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "site")))
