"""No link leads to nothing, inside the site."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import etree, html

from atlas import sitemap
from atlas.publishing.asset import Assets
from atlas.sitemap import sitemaps
from atlas.staging import Stage
from atlas.views.page import Page
from tests.conftest import Site, found


def test_every_internal_link_and_anchor_exists(site: Site) -> None:
    anchors = {address: set(page.xpath("//@id")) for address, page in site.pages.items()}
    broken = []
    for address, page in site.pages.items():
        for link in page.xpath("//*[@href]/@href | //*[@src]/@src"):
            if urlsplit(link).scheme:
                continue
            target = urlsplit(urljoin(f"https://x/{address}", link))
            path = unquote(target.path.removeprefix("/"))
            if path in anchors:
                if target.fragment and target.fragment not in anchors[path] and not target.fragment.startswith("i-"):
                    broken.append((address, link))
            elif not (site.folder / path).is_file():
                broken.append((address, link))
    assert not broken[:10]


def test_ids_stand_once_on_a_page(site: Site) -> None:
    for address, page in site.pages.items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), address


def test_every_page_can_be_reached_from_the_home_page_without_scripts(site: Site) -> None:
    reached, waiting = {""}, [""]
    while waiting:
        address = waiting.pop()
        for link in site.pages[address].xpath("//a/@href"):
            target = urlsplit(urljoin(f"https://x/{address}", link))
            path = target.path.removeprefix("/")
            if target.netloc == "x" and path in site.pages and path not in reached:
                reached.add(path)
                waiting.append(path)
    assert reached == set(site.pages)


def test_the_sitemap_lists_every_page_with_its_translations(site: Site) -> None:
    tree = etree.parse(site.folder / "sitemap.xml")
    listed = found(tree, "//*[local-name()='loc']/text()")
    assert sorted(listed) == sorted(f"https://korea-care-atlas.example/{address}" for address in site.pages)
    for url in tree.getroot():
        assert len(found(url, "*[local-name()='link']")) == 5
    assert "Sitemap: https://korea-care-atlas.example/sitemap.xml" in (site.folder / "robots.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("limit", "most"), [("MOST", 2), ("LARGEST", 700)])
def test_pages_too_many_for_one_sitemap_stand_in_several(limit: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = ["", "a/", "b/", "c/", "d&e/"]
    pages = tuple(Page(path, "en", "", path, "", {}, changed_on="2026-01-01") for path in paths)
    staged = Stage(Path(), {"en": pages}, {"en": "en"}, "en", {}, Assets({}, {}))
    whole = sitemaps(staged, "https://x.example/")
    monkeypatch.setattr(sitemap, limit, most)
    parts = sitemaps(staged, "https://x.example/")
    named = found(etree.fromstring(parts.pop("sitemap.xml").encode()), "*/*[local-name()='loc']/text()")
    assert named == [f"https://x.example/{name}" for name in parts]
    lines = [line for text in parts.values() for line in text.splitlines() if line.startswith("<url>")]
    assert lines == [line for line in whole["sitemap.xml"].splitlines() if line.startswith("<url>")]
    assert all(text.count("<url>") <= 2 and len(text.encode()) <= 700 for text in parts.values())


def test_one_page_for_the_lost_in_four_languages(site: Site) -> None:
    page = html.fromstring((site.folder / "404.html").read_bytes())
    assert page.xpath("//section/@lang") == ["en", "ko", "ru", "zh-Hans"]
    assert all(link.startswith("/") for link in found(page, "//a/@href"))
    assert sorted(path.name for path in site.folder.rglob("404.html")) == ["404.html"]


def test_every_page_has_its_own_title_description_and_one_main_heading(site: Site) -> None:
    titles: dict[str, str] = {}
    descriptions: dict[str, str] = {}
    for address, page in site.pages.items():
        title, description = page.xpath("string(//title)"), page.xpath("string(//meta[@name='description']/@content)")
        assert len(page.xpath("//h1")) == 1, address
        assert title not in titles, (address, titles[title])
        assert description not in descriptions, (address, descriptions[description])
        titles[title], descriptions[description] = address, address
        if address not in {"", "ko/", "ru/", "zh/"}:
            assert page.xpath("//nav[contains(@class, 'crumbs')]//a"), address
