"""Promises 5 to 9 in the browser: one page of each kind in every language, loaded once and asked everything.

Each finding says which promise it breaks, so that one load need not mean one doubt.
"""

from __future__ import annotations

import io
import re
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from pypdf import PdfReader

from tests.axe import violations_but_of_colours, violations_of_colours
from tests.conftest import DESKTOP, KINDS, LANGUAGES, PHONE

BETWEEN = (320, 768)
"""Widths of windows beside those of a phone and a desktop, in CSS pixels."""
PAPER: ViewportSize = {"width": 703, "height": 1062}
"""A4 less the margins of the style sheet, in CSS pixels."""

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

SHORTEN = """() => {
    const named = (one) => `<${one.localName} ${[...one.attributes].map(({ name, value }) =>
        /^(class|role|lang|type|hidden|aria-hidden|fill|stroke)$/.test(name) ? `${name}=${value}` : name).join(" ")}>`;
    const built = (one) => {
        if (one.nodeType === 3) return one.data.trim() && ".";
        return one.nodeType === 1 ? named(one) + [...one.childNodes].map(built).join("") + "/" : "";
    };
    const seen = new Map();
    const walk = (parent, place) => {
        for (const child of [...parent.children]) {
            const form = child.matches("li, tr, dl > div, svg *") ? `${place} ${built(child)}` : "";
            const many = (seen.get(form) ?? 0) + 1;
            seen.set(form, many);
            if (form && many > 2) child.remove();
            else walk(child, place + named(child));
        }
    };
    walk(document.body, "");
}"""
"""Of rows that stand in places alike and are built alike, to the last element, class and language, two stand for all."""

CUT = """() => {
    const edge = document.documentElement.clientWidth + 1;
    return [...document.querySelectorAll("main *, header *, footer *")].filter((one) => !one.closest("svg *")).filter((one) => {
        const { right, left, width } = one.getBoundingClientRect();
        return width > 1 && (right > edge || left < -1);
    }).map((one) => one.outerHTML.slice(0, 120)).slice(0, 1);
}"""
"""The first thing that would not stand on the sheet."""

KEPT = """async () => [
    ...Object.keys(localStorage), ...Object.keys(sessionStorage), ...await caches.keys(),
    ...(await indexedDB.databases()).map((one) => one.name),
    ...(await navigator.serviceWorker.getRegistrations()).map((one) => one.scope),
]"""

PAGES = {kind: {code: folder + path for code, (folder, _) in LANGUAGES.items()} for kind, path in KINDS.items()}
PAGES["lost"] = {"en": "404.html"}


@pytest.fixture(scope="module")
def seen() -> set[int]:
    """The forms of text whose colours axe has judged."""
    return set()


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_of_this_kind_is_for_everyone(kind: str, server: str, browser: Browser, seen: set[int]) -> None:
    number = list(PAGES).index(kind)
    wrong: list[tuple[str, str, str]] = []
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for turn, (code, address) in enumerate(PAGES[kind].items()):
        page.goto(server + address, wait_until="load")
        found = [("asks another host", url) for url in asked if not url.startswith(server)]
        found += [("the browser complains", text) for text in said]
        found += on_paper(page)
        found += on_screens(page, seen, whole=turn == number % 4, desktop_first=bool((number + turn) % 2))
        wrong += [(code, *problem) for problem in found]
        asked.clear()
        said.clear()
    wrong += [("", "is kept in the browser", thing) for thing in kept(context, page)]
    context.close()
    assert not wrong, "\n".join(": ".join(one) for one in wrong)


def test_a_form_of_text_is_judged_once_and_each_other_one_too(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(
        "<main><p>Good</p><p>Good, too</p><p hidden class=x>Pale</p></main><style>.x { color: #aaa } .y { color: #bbb }</style>"
    )
    seen: set[int] = set()
    assert violations_of_colours(page, seen) == []
    assert len(seen) == 1
    page.evaluate("document.querySelector('.x').hidden = false")
    [told] = violations_of_colours(page, seen)
    assert told.startswith('color-contrast: <p class="x">Pale')
    assert len(seen) == 2
    assert violations_of_colours(page, seen) == []
    for change in ("document.querySelector('p').className = 'y'", "document.querySelector('main').style.background = '#777'"):
        page.evaluate(change)
        assert len(violations_of_colours(page, seen)) == 1, change
    page.close()


def on_paper(page: Page) -> list[tuple[str, str]]:
    """What is wrong with the page when it is printed on A4."""
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    found = [("is cut at the side of the sheet", str(cut)) for cut in page.evaluate(CUT)]
    if not page.locator("h1").first.is_visible():
        found.append(("has no heading on paper", ""))
    found += [("has a blank sheet", str(sheet)) for sheet in blank(page.pdf(prefer_css_page_size=True))]
    page.emulate_media(media="screen")
    return found


def blank(file: bytes) -> list[int]:
    """The sheets of a PDF file on which no letter stands, from 1."""
    contents = [sheet.get_contents() for sheet in PdfReader(io.BytesIO(file)).pages]
    return [number for number, content in enumerate(contents, 1) if content is None or not re.search(rb"\bT[jJ]\b", content.get_data())]


def on_screens(page: Page, seen: set[int], *, whole: bool, desktop_first: bool) -> list[tuple[str, str]]:
    """What scrolls sideways, and what axe finds in light and dark, on a phone and on a desktop.

    The languages of a kind are built alike: one of them, ``whole``, is asked everything on both screens, once with all its long lists;
    the others on one in turn. Dark and light differ in colours alone, which are asked of every language on both screens.
    """
    found = []
    first, last = (DESKTOP, PHONE) if desktop_first else (PHONE, DESKTOP)
    for width in (*BETWEEN, last["width"], first["width"]):
        page.set_viewport_size({**first, "width": width})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append((f"scrolls sideways at {width}", ""))
    for screen in (first, last):
        if not whole or screen == last:
            page.evaluate(SHORTEN)
        page.set_viewport_size(screen)
        if whole or screen == first:
            found += [(f"axe, {screen['width']} wide", problem) for problem in violations_but_of_colours(page)]
        for scheme in SCHEMES if screen == first else SCHEMES[::-1]:
            page.emulate_media(color_scheme=scheme)
            found += [(f"axe, {scheme}, {screen['width']} wide", problem) for problem in violations_of_colours(page, seen)]
    return found


def kept(context: BrowserContext, page: Page) -> list[str]:
    """Cookies, and what pages have put into the stores of the browser."""
    return [*(str(cookie.get("name")) for cookie in context.cookies()), *page.evaluate(KEPT)]
