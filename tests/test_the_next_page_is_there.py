"""The page behind a link is asked for when the reader turns to the link, and never where that would cost her something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from atlas.hosting.inline import allowed
from atlas.hosting.scripts import inline_scripts
from tests.conftest import ROOT, serving

ADD = "(all) => document.body.append(...all.map((href) => Object.assign(document.createElement('a'), { href })))"
AHEAD = "performance.getEntriesByType('resource').map((one) => one.name).find((name) => name.includes('/ahead.'))"
RULE = "script[type=speculationrules]"
SPARED = {
    "saves data": "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })",
    "slow line": "Object.defineProperty(navigator, 'connection', { value: { effectiveType: 'slow-2g' } })",
    "wants little": "window.matchMedia = (text) => ({ matches: /reduced-data/.test(text), addEventListener() {} })",
    "keeps pages": "Object.defineProperty(navigator.serviceWorker, 'controller', { value: {} })",
    "knows no rules": "HTMLScriptElement.supports = () => false",
}


@pytest.fixture(scope="module")
def address(elsewhere: Path) -> Iterator[str]:
    with serving(elsewhere / "site") as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.on("console", lambda message: pytest.fail(message.text) if message.type == "error" else None)
    yield page
    page.close()


def turned(page: Page, link: Locator) -> None:
    """Turns to a link for the first time, and waits until the script that this loads has run."""
    for _ in range(100):
        link.dispatch_event("pointerover")
        page.wait_for_timeout(50)
        if address := page.evaluate(AHEAD):
            page.evaluate("(address) => import(address).then(() => null)", address)
            return
    pytest.fail("the script was not asked for")


def test_a_page_is_there_before_it_is_clicked(page: Page, address: str) -> None:
    page.goto(address)
    link = page.locator("main a[href$='hospitals/']").first
    turned(page, link)
    link.dispatch_event("pointerover")
    expect(link).to_have_attribute("data-ahead", "")
    page.wait_for_timeout(200)
    link.click()
    page.wait_for_url("**/hospitals/")
    assert page.evaluate("performance.getEntriesByType('navigation')[0].deliveryType") == "navigational-prefetch"
    page.locator("header a[href]").first.focus()
    expect(page.locator("[data-ahead]")).to_have_count(1)


def test_nothing_but_other_pages_of_the_guide_is_asked_for(page: Page, address: str) -> None:
    page.goto(f"{address}data/")
    page.locator("h1").dispatch_event("pointerover")
    expect(page.locator(RULE)).to_have_count(1)
    page.evaluate(ADD, ["#main", "?q=1", "https://x.example/", "mailto:x@x.example"])
    for link in ("main a[href$='.json']", "main a[href$='.csv']", "body > a"):
        for one in page.locator(link).all()[:4]:
            one.dispatch_event("pointerover")
            page.wait_for_timeout(80)
    expect(page.locator("[data-ahead]")).to_have_count(0)


@pytest.mark.parametrize("reader", SPARED)
def test_a_reader_who_saves_data_is_spared(page: Page, address: str, reader: str) -> None:
    page.add_init_script(SPARED[reader])
    page.goto(address)
    turned(page, page.locator("main a[href$='hospitals/']").first)
    page.wait_for_timeout(100)
    expect(page.locator(RULE)).to_have_count(0)
    expect(page.locator("[data-ahead]")).to_have_count(0)


def test_the_policy_lets_the_rule_pass_and_nothing_else() -> None:
    script = (ROOT / "overrides/assets/ahead.js").read_text(encoding="utf-8")
    (rule,) = re.findall(r"^const RULE = '(.*)';$", script, re.MULTILINE)
    assert inline_scripts(f"<script type=speculationrules>{rule}</script>") == allowed()
