"""Promise 4: ``lang`` is right on the page and on every passage; translations name each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree, html

from tests.conftest import LANGUAGES, Site, found

HANGUL = re.compile(r"[\uac00-\ud7a3]")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
HAN = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(
    r"\b(the|of|and|for|with|from|hospital|clinic|centre|source|patients?|language|registered|unknown|page|year|days?|weeks?|about)\b",
    re.IGNORECASE,
)
PUBLICATIONS = re.compile(
    r"Medical Centers?|Medical Korea|Korea Medical Hub|Journal of [\w ]+|News the Voice|Med-in-Korea|Patients Beyond Borders|"
    r"Expat Arrivals|The Wentworth Clinic|Centre for Surgery|The McIndoe Centre|The Hospital for Sick Children|"
    r"Healing Day in Busan|One-Day Medical & Wellness Healing Tour"
)


def texts(page: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Every text that a person reads or hears, with the language that the page says it is in."""
    inherited: dict[html.HtmlElement | None, str] = {page.getparent(): str(page.xpath("string(ancestor-or-self::*[@lang][1]/@lang)"))}
    for element in page.iter(etree.Element):
        language = inherited[element] = element.get("lang") or inherited[element.getparent()]
        if element.tag in {"script", "style"}:
            continue
        for name in ("aria-label", "alt", "title", "data-label", "data-done", "content"):
            if element.get(name) and not (name == "content" and element.get("name") != "description"):
                yield language, element.get(name)
        if element.text and element.text.strip():
            yield language, element.text
        for child in element:
            if child.tail and child.tail.strip():
                yield language, child.tail


def test_each_page_names_the_language_of_its_address(site: Site) -> None:
    for address, page in site.pages.items():
        folder = address.split("/")[0] if address.split("/")[0] in LANGUAGES else "en"
        assert page.get("lang") == LANGUAGES[folder][1], address


def test_every_language_has_the_same_pages_and_all_institutions(site: Site) -> None:
    paths: dict[str, set[str]] = {code: set() for code in LANGUAGES}
    for address in site.pages:
        code = next((code for code, (folder, _) in LANGUAGES.items() if folder and address.startswith(folder)), "en")
        paths[code].add(address.removeprefix(LANGUAGES[code][0]))
    assert paths["en"] == paths["ko"] == paths["ru"] == paths["zh"]
    assert len([path for path in paths["en"] if re.fullmatch(r"hospitals/[a-z0-9-]+/", path)]) >= 156


def test_each_script_stands_in_a_passage_of_its_language(site: Site) -> None:
    wrong = []
    for address, page in site.pages.items():
        for language, text in texts(page):
            if HANGUL.search(text) and language != "ko":
                wrong.append((address, language, text))
            if CYRILLIC.search(text) and language != "ru":
                wrong.append((address, language, text))
            if HAN.search(text) and language != "zh-Hans":
                wrong.append((address, language, text))
    assert not wrong[:10]


@pytest.mark.parametrize("code", ["ko", "ru", "zh"])
def test_nothing_english_is_left(code: str, site: Site) -> None:
    folder, tag = LANGUAGES[code]
    left = []
    for address, page in site.pages.items():
        if address.startswith(folder):
            for language, text in texts(page):
                bare = PUBLICATIONS.sub("", re.sub(r"\S+@\S+|\S*\.\S+/?\S*", "", text))
                if language == tag and len(ENGLISH.findall(bare)) >= 2:
                    left.append((address, text))
    assert not left[:10]


def test_translations_name_each_other_in_full(site: Site) -> None:
    origin = "https://korea-care-atlas.example/"
    for address, page in site.pages.items():
        code = next((code for code, (folder, _) in LANGUAGES.items() if folder and address.startswith(folder)), "en")
        path = address.removeprefix(LANGUAGES[code][0])
        alternates = {link.get("hreflang"): link.get("href") for link in page.xpath("//link[@rel='alternate'][not(@type)]")}
        expected = {tag: f"{origin}{folder}{path}" for folder, tag in LANGUAGES.values()} | {"x-default": f"{origin}{path}"}
        assert alternates == expected, address
        assert page.xpath("string(//link[@rel='canonical']/@href)") == f"{origin}{address}"


def test_a_guide_that_is_not_translated_is_marked_wherever_it_shows(altered: Path) -> None:
    for address in ("ru/plan/quote/", "ru/plan/", "ru/plan/check/", "ru/plan/visa/", "ru/"):
        page = html.fromstring((altered / f"site/{address}index.html").read_bytes())
        main = found(page, "//main")[0]
        for language, text in texts(main):
            assert not (CYRILLIC.search(text) and language == "en"), (address, text)
            assert not (language == "ru" and len(ENGLISH.findall(PUBLICATIONS.sub("", text))) >= 2), (address, text)
    quote = html.fromstring((altered / "site/ru/plan/quote/index.html").read_bytes())
    figures = found(quote, "//div[@class='prose']//span[@data-fact]")
    assert figures
    assert not CYRILLIC.search("".join(figure.text_content() for figure in figures))


def test_a_page_that_is_not_translated_says_so(altered: Path) -> None:
    page = html.fromstring((altered / "site/ru/about/index.html").read_bytes())
    assert page.get("lang") == "ru"
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert not page.xpath("//link[@rel='alternate']")
    assert page.xpath("//h1/@lang | //p[@class='lead']/@lang | //div[@class='prose']/@lang") == ["en", "en", "en"]
    assert "английский" in found(page, "//p[@class='ends']")[0].text_content()
    english = html.fromstring((altered / "site/about/index.html").read_bytes())
    assert "ru" not in found(english, "//link[@rel='alternate']/@hreflang")
    assert not found(page, "//script[@type='application/ld+json']")
    assert found(page, "//meta[@property='og:locale']/@content") == ["en_GB"]
    sitemap = etree.parse(altered / "site/sitemap.xml")
    assert "https://korea-care-atlas.example/ru/about/" not in found(sitemap, "//*[local-name()='loc']/text()")
