"""Search on a large site: ``python -m bench.search [pages]``; by default 10,000 pages in each language beside the site as it is.

Needs a built site in ``site/``. Makes an index of so many pages out of the words of the real one, and prints for both what a browser
fetches for the first search and for a further one (``gzip -6``), how long results take after the last key with the CPU slowed four
times, and the CPU time that the index costs; ``bench.cold`` prints that of the whole build.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import platform
import random
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Browser, Page, sync_playwright

from atlas.publishing.asset import asset_in
from atlas.search.entry import Entry, entry
from atlas.search.index import Index, write_index
from atlas.search.vocabulary import Vocabulary

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = {"en": "", "ko": "ko/", "ru": "ru/", "zh": "zh/"}
QUERIES = {"en": "cancer", "ko": "위암", "ru": "виза", "zh": "双眼皮"}
"""The first search in each language."""
SLOWER = 4


def entries(language: str) -> list[Entry]:
    """The pages of the built site as search knows them."""
    found = []
    told = search_of(language)["pages"]
    for file in sorted((ROOT / "build" / "docs" / language).rglob("index.md")):
        front = json.loads(file.read_text(encoding="utf-8").split("\n", 2)[1])
        if front["path"] in told:
            page = ROOT / "site" / FOLDERS[language] / front["path"] / "index.html"
            found.append(entry(front, told[front["path"]], page.read_text(encoding="utf-8")))
    return found


def search_of(language: str) -> dict[str, Any]:
    """What the stage tells search."""
    found: dict[str, Any] = json.loads((ROOT / "build" / "site" / f"{language}.search.json").read_text(encoding="utf-8"))
    return found


def many(real: list[Entry], count: int) -> Iterator[Entry]:
    """The real pages, and made-up institutions with names, words and texts of mixed pieces, until there are ``count``."""
    chance = random.Random(1)
    yield from real
    hospitals = [one for one in real if one.kind == "hospital"]
    for number in range(count - len(real)):
        one, other, third = (chance.choice(real) for _ in range(3))
        model = chance.choice(hospitals)
        names = tuple(f"{name.split()[0]} {made(chance, name)}" if " " in name else made(chance, name) + name[-2:] for name in model.names)
        text = " ".join(
            piece.text[start : start + 400] for piece in (one, other, third) for start in [chance.randrange(1 + len(piece.text))]
        )
        title = f"{other.title.split()[0]} {model.title} {number}"
        yield replace(model, path=f"hospitals/made-{number}/", title=title, names=names, text=text, headings=one.headings)


def made(chance: random.Random, name: str) -> str:
    """A word that is not on the site, in the letters of a name."""
    letters = [letter for letter in name if letter.isalpha()] or ["a"]
    return "".join(chr(ord(chance.choice(letters)) + chance.randrange(3)) for _ in range(chance.randrange(3, 8)))


def index_of(language: str, pages: Iterator[Entry] | list[Entry]) -> Index:
    """The index of some pages."""
    index = Index(Vocabulary(**search_of(language)["vocabulary"]))
    for page in pages:
        index.add(page)
    return index


def weights(site: Path, language: str, address: str, browser: Browser) -> tuple[int, list[int], list[float]]:
    """Bytes of the first search, of each further one with nothing kept, and milliseconds from key to result with the CPU slowed."""
    sizes: dict[str, int] = {}

    def size(url: str) -> int:
        path = url.removeprefix(address).split("?")[0]
        if path not in sizes:
            file = site / path
            sizes[path] = len(gzip.compress((file / "index.html" if file.is_dir() else file).read_bytes(), 6))
        return sizes[path]

    page = browser.new_page()
    asked: list[str] = []
    page.goto(f"{address}{FOLDERS[language]}about/", wait_until="load")
    page.on("request", lambda request: asked.append(request.url))
    page.locator("input[type=search]").focus()
    page.keyboard.insert_text(QUERIES[language])
    page.wait_for_selector(".hits li")
    page.wait_for_function("!document.querySelector('.hits').hasAttribute('aria-busy')")
    first = sum(map(size, asked))
    golden = yaml.safe_load((ROOT / "tests" / "golden" / f"search-{language}.yaml").read_text(encoding="utf-8"))
    queries = [one["query"] for one in golden]
    further = [
        sum(size(f"{FOLDERS[language]}search/{name}") for name in names)
        for names in needed(page, address + asset_in(site, "searching.js"), f"{address}{FOLDERS[language]}search/", queries)
    ]
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    times = page.evaluate(TIMES, queries)
    page.close()
    return first, further, times


def needed(page: Page, module: str, folder: str, queries: list[str]) -> list[list[str]]:
    """The files of the index in ``folder`` that each query needs when nothing has been fetched before: its terms, and eight pages."""
    names: list[list[str]] = page.evaluate(NEEDED, [module, folder, queries])
    return names


NEEDED = """async ([module, base, queries]) => {
    const { Index } = await import(module);
    const found = [];
    for (const query of queries) {
        const names = [];
        const index = await new Index(async (name) => { names.push(name); return (await fetch(base + name)).json(); }).open();
        const pages = await index.search(query);
        await Promise.all(pages.slice(0, 8).map(({ page }) => index.page(page)));
        found.push(names.filter((name) => name !== "index.json"));
    }
    return found;
}"""
TIMES = """async (queries) => {
    const input = document.querySelector("input[type=search]");
    const panel = document.querySelector(".hits");
    const times = [];
    for (const again of [false, true]) {
        for (const query of queries) {
            input.value = query;
            const began = performance.now();
            input.dispatchEvent(new InputEvent("input", { bubbles: true }));
            while (panel.hasAttribute("aria-busy")) await new Promise((done) => setTimeout(done, 1));
            if (again) times.push(performance.now() - began);
            input.value = "";
            input.dispatchEvent(new InputEvent("input", { bubbles: true }));
            while (panel.hasAttribute("aria-busy")) await new Promise((done) => setTimeout(done, 1));
        }
    }
    return times;
}"""
"""From the key to the list, for each query, once all that it needs has been fetched."""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Says nothing."""


def main(count: int) -> None:
    """Prints one table."""
    print(f"{platform.machine()}, Python {platform.python_version()}, CPU in the browser slowed {SLOWER} times")
    for language, folder in FOLDERS.items():
        real = entries(language)
        began = time.process_time()
        index_of(language, real).files()
        cost = time.process_time() - began
        with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
            site = Path(name)
            for part in ("assets", f"{folder}about", f"{folder}search"):
                shutil.copytree(ROOT / "site" / part, site / part)
            handler = functools.partial(Quiet, directory=name)
            with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
                threading.Thread(target=server.serve_forever, daemon=True).start()
                browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
                address = f"http://127.0.0.1:{server.server_address[1]}/"
                for pages in (len(real), count):
                    if pages > len(real):
                        write_index(index_of(language, many(real, pages)), site / folder / "search")
                    first, further, times = weights(site, language, address, browser)
                    fetched = f"{statistics.median(further) / 1000:4.1f} kB (at most {max(further) / 1000:4.1f})"
                    took = f"{statistics.median(times):3.0f} ms (at most {max(times):3.0f})"
                    print(f"{language} {pages:6} pages: first search {first / 1000:5.1f} kB, further {fetched}, results after {took}")
                browser.close()
                server.shutdown()
        print(f"{language} index made in {cost:.2f} CPU s, {cost / len(real) * 1000:.2f} ms a page")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
