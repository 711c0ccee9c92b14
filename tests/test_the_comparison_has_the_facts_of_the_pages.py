"""The comparison gives the facts of the pages of the institutions, and no other; what is not known it shows so."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect

from atlas.wording import Wording
from tests.conftest import LANGUAGES, Site, found
from tests.test_the_finder_counts_right import ATLAS, page, reader_of

__all__ = ["page"]


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", text)


def bare(element: html.HtmlElement) -> str:
    """Its text without marks of sources and what is hidden."""
    copy: html.HtmlElement = html.fromstring(str(html.tostring(element, encoding="unicode")))
    for extra in found(copy, ".//a[@class='ref'] | .//*[@hidden]"):
        extra.drop_tree()
    return squeezed(copy.text_content())


def own_facts(page: html.HtmlElement, words: Wording) -> dict[str, Any]:
    """The facts of the page of an institution, read off the page."""
    rows = {squeezed(row.findtext("dt") or ""): row.find("dd") for row in found(page, "//dl[contains(@class, 'facts')]/div[dt]")}
    others = [bare(rows[key])] if (key := squeezed(words.say("other-names"))) in rows else []
    size = rows.get(squeezed(words.say("row-size")))
    record = "//dl[contains(@class, 'facts')][not(ancestor::section[@id='helplines'])]"
    return {
        "languages": bare(rows[squeezed(words.say("row-spoken"))]),
        "specialties": bare(rows[squeezed(words.say("row-specialties"))]),
        "sure": squeezed(str(page.xpath(f"string({record}//p[contains(@class, 'level')])"))),
        "evidence": [bare(one) for one in found(page, "//ul[@class='levels']/li")],
        "phones": [bare(one) for one in found(page, f"{record}//a[@class='tel']")],
        "email": [str(href) for href in found(page, f"{record}//a[starts-with(@href, 'mailto:')]/@href")],
        "website": [str(href) for href in found(page, f"{record}//a[@class='url']/@href")],
        "checked": squeezed(str(page.xpath("string(//p[@class='seal']//time)"))),
        "names": "·".join([*(squeezed(name) for name in found(page, "//p[@class='also']//text()") if name.strip()), *others]),
        "size": bare(size) if size is not None else None,
        "place": squeezed(str(page.xpath("string(//p[contains(@class, 'kind')])"))),
    }


def text_of(value: Any) -> str:
    return squeezed(value if isinstance(value, str) else value["text"])


def told(line: Mapping[str, Any], words: Wording) -> str:
    """All that a line of the comparison says."""
    return (
        text_of(line.get("name") or line["text"])
        + "".join(map(text_of, line.get("small", ())))
        + (squeezed(words.say("weak")) if line.get("weak") else "")
    )


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_comparison_has_the_facts_of_the_pages_and_no_other(code: str, site: Site) -> None:
    folder, words = LANGUAGES[code][0], reader_of(code).words
    unknown = squeezed(words.say("not-known"))
    data = str(site.pages[f"{folder}compare/"].xpath("//atlas-compare/@data-data")[0]).rpartition("compare/")[2]
    files = list((site.folder / "compare" / data).iterdir())
    assert {file.stem for file in files} == set(ATLAS.institutions)
    seen = set()
    for file in files:
        facts = json.loads(file.read_text(encoding="utf-8"))
        page = site.pages[f"{folder}hospitals/{file.stem}/"]
        own, cells = own_facts(page, words), facts["cells"]
        lines = {key: [told(line, words) for line in cell] for key, cell in cells.items()}
        withheld = squeezed(words.say("contact-withheld")) in squeezed(page.text_content())
        assert squeezed(facts["name"]["text"]) == squeezed(page.xpath("string(//h1)"))
        assert "·".join(lines["names"]) == (own["names"] or unknown)
        assert f"{lines['kind'][0]}·{lines['place'][0]}" == own["place"]
        assert "".join(lines["languages"]) == own["languages"]
        assert lines["specialties"] == [own["specialties"]]
        assert lines["sure"] == [own["sure"]]
        assert lines["evidence"] == own["evidence"]
        assert lines["size"] == [own["size"] or unknown]
        assert lines["checked"][0].startswith(own["checked"])
        for key in ("email", "website"):
            assert [line["href"] for line in cells[key] if "href" in line] == own[key]
        assert [squeezed(line["text"]) for line in cells["phones"] if "href" in line] == own["phones"]
        for key, cell in cells.items():
            nothing = [line for line in cell if line.get("none")]
            assert cell
            assert not nothing or len(cell) == 1
            if nothing:
                said = (
                    {unknown, squeezed(words.say("spoken-unknown"))}
                    if not withheld
                    else {
                        unknown,
                        squeezed(words.say("spoken-unknown")),
                        squeezed(words.say("contact-withheld")),
                        squeezed(words.say("compare-withheld")),
                    }
                )
                assert lines[key][0] in said
                seen.add(key)
            anchors = set(found(page, "//ol[@class='sources']/li/@id"))
            assert {f"s{number}" for line in cell for number in line.get("refs", ())} <= anchors
    assert {"languages", "phones", "email", "hours"} <= seen


def test_the_table_shows_the_facts_that_it_reads(site: Site, server: str, page: Page) -> None:
    chance = random.Random(11)
    for code, (folder, _) in LANGUAGES.items():
        words, three = reader_of(code).words, chance.sample(sorted(ATLAS.institutions), 3)
        page.goto(f"{server}{folder}compare/?with={','.join(three)}")
        page.wait_for_selector("td")
        data = str(site.pages[f"{folder}compare/"].xpath("//atlas-compare/@data-data")[0]).rpartition("compare/")[2]
        for column, key in enumerate(three):
            facts = json.loads((site.folder / "compare" / data / f"{key}.json").read_text(encoding="utf-8"))
            for row, cell in facts["cells"].items():
                shown = html.fromstring(
                    page.locator(f"tr[data-row={row}] td").nth(column).evaluate("one => one.outerHTML.replaceAll('td', 'div')")
                )
                for who in found(shown, ".//b[@class='who']"):
                    who.drop_tree()
                assert bare(shown) == "".join(told(line, words) for line in cell), (key, row)
                assert len(found(shown, ".//a[@class='ref']")) == sum(len(line.get("refs", ())) for line in cell)


def test_three_are_chosen_in_the_list_and_taken_away_in_the_table(server: str, page: Page) -> None:
    page.goto(f"{server}hospitals/?for=cancer")
    boxes = page.locator(".pick input")
    for number in range(3):
        boxes.nth(number).check()
    expect(page.locator(".tray [role=status]")).to_have_text("3 of 3 chosen to compare")
    expect(boxes.nth(3)).to_be_disabled()
    chosen = [boxes.nth(number).get_attribute("value") for number in range(3)]
    names = page.locator("[data-list] h3").all_inner_texts()[:3]
    page.get_by_role("link", name="Side by side").click()
    expect(page).to_have_url(f"{server}compare/?with={','.join(map(str, chosen))}")
    expect(page.locator("thead a")).to_have_text(names)
    page.get_by_role("button", name=f"Remove: {names[1]}").click()
    expect(page.locator("thead a")).to_have_text([names[0], names[2]])
    expect(page.locator("thead a").first).to_be_focused()
    page.go_back()
    expect(page.locator("thead a")).to_have_text(names)
    page.get_by_role("link", name="Choose others").click()
    expect(page.locator(".tray [role=status]")).to_have_text("3 of 3 chosen to compare")
    page.get_by_role("button", name="Take all away").click()
    expect(page.locator(".tray")).to_be_hidden()


def test_a_comparison_with_what_is_not_there_says_so(server: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{server}compare/?with=no-such-place,severance-hospital,severance-hospital,../x")
    expect(page.locator("[role=status]")).to_contain_text("This institution could not be loaded: no-such-place")
    expect(page.locator("thead a")).to_have_text(["Severance Hospital"])
    page.close()


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_comparison_explains_itself_and_prints(code: str, server: str, browser: Browser) -> None:
    folder = LANGUAGES[code][0]
    for scripts, query in ((False, "?with=severance-hospital"), (True, "")):
        context = browser.new_context(java_script_enabled=scripts)
        page = context.new_page()
        page.goto(f"{server}{folder}compare/{query}")
        expect(page.locator("[data-empty] a")).to_be_visible()
        expect(page.locator("table")).to_be_hidden()
        context.close()
    page = browser.new_page()
    page.goto(f"{server}{folder}compare/?with=severance-hospital,asan-medical-center,samsung-medical-center")
    page.wait_for_selector("td")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1
    page.close()
