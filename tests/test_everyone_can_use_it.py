"""Promises 5 and 9: WCAG 2.2 AA, by keyboard, at 320 px, on paper, and with scripts off."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.axe import violations
from tests.conftest import DESKTOP, LANGUAGES, PHONE, ROOT, Site


@pytest.mark.parametrize(("code", "scheme", "viewport"), [("ru", "light", PHONE), ("zh", "dark", DESKTOP)])
def test_axe_finds_nothing_in_results_of_search(
    code: str, scheme: Literal["light", "dark"], viewport: ViewportSize, server: str, browser: Browser
) -> None:
    context = browser.new_context(viewport=viewport, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{server}{LANGUAGES[code][0]}search/?q=Seoul")
    page.wait_for_selector("[data-search-results] a")
    assert not violations(page)
    page.goto(f"{server}{LANGUAGES[code][0]}about/")
    page.get_by_role("searchbox").focus()
    page.keyboard.insert_text("Severance")
    page.wait_for_selector(".hits:not([aria-busy]) li a")
    assert not violations(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    context.close()


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_whole_journey_is_one_list_that_prints(code: str, site: Site, server: str, browser: Browser) -> None:
    folder = LANGUAGES[code][0]
    steps = site.pages[f"{folder}plan/"].xpath("//section[contains(@class, 'whole')]")
    assert len(steps) == 9
    for step in steps:
        link = step.xpath("string(.//h2/a/@href)").rstrip("/").rpartition("/")[2]
        own = site.pages[f"{folder}plan/{link}/"].xpath("//section[@aria-labelledby='needs']//li//span[1]")
        shown = step.xpath(".//li[.//input[@type='checkbox']]//span[1]")
        assert len(own) >= 4
        assert [need.text_content() for need in shown] == [need.text_content() for need in own]
    page = browser.new_page()
    page.goto(f"{server}{folder}plan/")
    assert len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4", prefer_css_page_size=True))) <= 3
    page.close()


def walk(page: Page, server: str, folder: str, *, other: str) -> None:
    """Home → specialty → hospital → other language → back, as a reader does it."""
    page.goto(server + folder)
    page.locator("ul.jump a").first.click()
    expect(page).to_have_url(re.compile(f"{re.escape(server + folder)}hospitals/for/"))
    page.locator(".rows h3 a", has_text=re.compile(".")).first.click()
    expect(page).to_have_url(re.compile(r"/hospitals/[a-z0-9-]+/$"))
    hospital = page.url
    korean = page.locator(".driver [lang=ko] b").inner_text()
    page.locator(f"nav.langs a[hreflang='{LANGUAGES[other][1]}']").click()
    expect(page).to_have_url(hospital.replace(server + folder, server + LANGUAGES[other][0], 1))
    assert page.locator("html").get_attribute("lang") == LANGUAGES[other][1]
    assert page.locator(".driver [lang=ko] b").inner_text() == korean
    page.go_back()
    expect(page).to_have_url(hospital)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_reader_walks_from_home_to_a_hospital_and_back(code: str, scripts: bool, server: str, browser: Browser) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=scripts)
    walk(context.new_page(), server, LANGUAGES[code][0], other="ru" if code != "ru" else "ko")
    context.close()


def test_the_menu_opens_without_scripts(server: str, browser: Browser) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(server)
    assert not page.locator("#menu").is_visible()
    page.locator("a.menu-link").click()
    page.locator("#menu a").first.click()
    expect(page).to_have_url(server + "hospitals/")
    context.close()


def test_the_menu_works_by_keyboard_and_says_its_state(server: str, browser: Browser) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(server)
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    button = page.get_by_role("button", name="Menu")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("navigation", name="Main menu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_be_focused()
    context.close()


def test_the_korean_name_can_be_copied(server: str, browser: Browser) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(server + "ru/hospitals/severance-hospital/")
    button = page.locator(".also atlas-copy button")
    expect(button).to_have_text("Копировать")
    button.click()
    expect(button).to_have_text("Скопировано")
    assert page.evaluate("navigator.clipboard.readText()") == "세브란스병원"
    context.close()


def test_the_letters_are_not_boxes(server: str, browser: Browser) -> None:
    """Korean and Chinese letters have a font: two different ones are not drawn alike."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(server + "zh/")
    drawn = page.evaluate(
        """() => ["韩", "国", "병", "원", "Ж"].map((letter) => {
            const canvas = document.createElement("canvas");
            canvas.width = canvas.height = 40;
            const pen = canvas.getContext("2d");
            pen.font = "30px sans-serif";
            pen.fillText(letter, 2, 32);
            return canvas.toDataURL();
        })"""
    )
    assert len(set(drawn)) == 5
    context.close()


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_institution_prints_on_one_page(code: str, site: Site, server: str, browser: Browser) -> None:
    folder, _ = LANGUAGES[code]
    addresses = [address for address in site.pages if re.fullmatch(rf"{folder}hospitals/[a-z0-9-]+/", address)]
    longest = sorted(addresses, key=lambda address: len(site.pages[address].text_content()), reverse=True)[:5]
    context = browser.new_context()
    page = context.new_page()
    for address in longest:
        page.goto(server + address)
        pdf = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1, address
    context.close()


def test_a_heading_that_opens_keeps_off_the_rules_beside_it_however_long_it_is(browser: Browser) -> None:
    """Between two rules stands air above and below the words; on paper, where nothing is tapped, none is wasted."""
    style = (ROOT / "overrides/assets/style.css").read_text(encoding="utf-8")
    words = "".join(f"<details><summary><span>{text}</span></summary></details>" for text in ("Short", "A long heading " * 9))
    page = browser.new_page(viewport=PHONE)
    page.set_content(f"<style>{style}</style><main>{words}</main>")
    measured = "[...document.querySelectorAll('summary')].map((one) => one.offsetHeight - one.firstChild.offsetHeight)"
    heights = page.evaluate("[...document.querySelectorAll('summary')].map((one) => one.offsetHeight)")
    air = page.evaluate(measured)
    page.emulate_media(media="print")
    assert (page.evaluate(measured), air) == ([0, 0], [24, 24])
    assert heights[1] > heights[0] >= 44
    page.close()
