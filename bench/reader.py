"""What a reader waits for: ``python -m bench.reader [site] [runs]``, on one page of each kind, in one language after the other.

*Slow 3G* is 400 kbit/s with 2 s before each answer (the browser's own throttling): largest contentful paint, which may take 4.5 s, and what
moves meanwhile (cumulative layout shift, which must be 0). *Hovered* and *touched* are the times from a click to the first paint behind it,
without throttling, after the pointer has rested on the link for 200 ms, or the finger for 100: 100 ms at most. The site is served as by a
host: gzip, headers, caching. Other work on the machine adds to all times and takes nothing away; a row says the median of the runs (five).
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench.lighthouse import served

ROOT = Path(__file__).resolve().parent.parent
SLOW_3G = {"offline": False, "latency": 2000, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
LCP, NEXT = 4500, 100
"""Limits in milliseconds."""
RUNS = 5
HOVER, TOUCH = 200, 100
"""How long a pointer rests on a link before it clicks, and a finger, in milliseconds."""
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
    page.goto(url, wait_until="domcontentloaded", timeout=120_000)  # its scripts have run; styles may be still on their way
    while not page.evaluate("seen.lcp"):
        page.wait_for_timeout(50)
    page.wait_for_timeout(300)  # what scripts move
    found: dict[str, float] = page.evaluate("seen")
    context.close()
    return found


def next_page(browser: Browser, url: str, *, touched: bool) -> dict[str, Any]:
    """``wait`` in milliseconds from a click on a link of a page, after a pointer or a finger has rested on it, to what is painted;
    ``ahead``: the page was there before the click."""
    context = browser.new_context(has_touch=touched)
    page = context.new_page()
    page.add_init_script(_WATCH)
    page.goto(url, wait_until="networkidle")
    link = page.locator("#menu a:not([aria-current]):visible").last
    if touched:
        box = link.bounding_box()
        assert box
        finger = context.new_cdp_session(page)
        at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
        page.wait_for_timeout(TOUCH)
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    else:
        link.hover()
        page.wait_for_timeout(HOVER)
        link.click(no_wait_after=True)
    page.wait_for_url(lambda other: other != url, timeout=60_000)
    while not page.evaluate(_PAINTED):
        page.wait_for_timeout(20)
    found: dict[str, Any] = page.evaluate(_NEXT)
    context.close()
    return found


def row(browser: Browser, url: str, runs: int) -> tuple[list[float], float, float, float, str]:
    """The paints of a page in order, the most that moved, the medians hovered and touched, and a letter for each limit that is broken."""
    views = [first_view(browser, url) for _ in range(runs)]
    paints, shift = sorted(view["lcp"] for view in views), max(view["shift"] for view in views)
    hovered, touched = ([next_page(browser, url, touched=touch) for _ in range(runs)] for touch in (False, True))
    waits = [median(one["wait"] for one in found) for found in (hovered, touched)]
    late = any(wait > NEXT for wait in waits) or not median(one["ahead"] for one in hovered)
    wrong = [median(paints) > LCP, shift > 0, late]
    return paints, shift, waits[0], waits[1], "".join(mark for mark, is_wrong in zip("LSN", wrong, strict=True) if is_wrong)


def main(site: Path, runs: int) -> int:
    """Prints one row a page; returns how many limits are broken."""
    from tests.conftest import KINDS, LANGUAGES

    executable = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
    rows: list[tuple[list[float], float, float, float, str]] = []
    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        print(f"{'page':44}   LCP ms          shift  hovered ms  touched ms")
        for path, code in zip(KINDS.values(), cycle(LANGUAGES), strict=False):
            name = LANGUAGES[code][0] + path
            if (site / name / "index.html").is_file():
                paints, shift, hovered, touched, marks = found = row(browser, address + name, runs)
                rows.append(found)
                spread = f"({paints[0]:.0f}-{paints[-1]:.0f})"
                print(f"/{name:44} {median(paints):4.0f} {spread:11} {shift:7.3f} {hovered:11.0f} {touched:11.0f}  {marks}", flush=True)
        browser.close()
    _summed([median(paints) for paints, *_ in rows], [one[2] for one in rows], [one[3] for one in rows])
    return sum(len(one[4]) for one in rows)


def _summed(paints: Sequence[float], hovered: Sequence[float], touched: Sequence[float]) -> None:
    """Prints the last line."""
    waits = ", ".join(
        f"{name} {median(found):.0f} (slowest {max(found):.0f})" for name, found in (("hovered", hovered), ("touched", touched))
    )
    print(f"LCP: median {median(paints):.0f} ms, slowest page {max(paints):.0f}; next page: {waits} ms; pages {len(paints)}")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    sys.exit(min(1, main(Path(arguments[0]) if arguments else ROOT / "site", int(arguments[1]) if len(arguments) > 1 else RUNS)))
