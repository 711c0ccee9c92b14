"""Evidence: unknown is shown plainly and without contact details, a period that ends says so by itself, nobody is JCI accredited."""

from __future__ import annotations

import copy
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from atlas.atlas import Atlas
from atlas.records.institution import ABROAD
from atlas.staging import stage
from atlas.views.institution import CONTACT
from tests.conftest import LANGUAGES, Site, checked

UNKNOWN = {
    "cheongju-hana-hospital",
    "chungnam-national-university-hospital",
    "chungnam-national-university-sejong-hospital",
    "daegu-catholic-university-medical-center",
    "daejeon-st-marys-hospital",
    "donggang-hospital-ulsan",
    "gyeongsang-national-university-hospital",
    "hallym-university-sacred-heart-hospital",
    "inje-university-busan-paik-hospital",
    "inje-university-haeundae-paik-hospital",
    "kangbuk-samsung-hospital",
    "kangwon-national-university-hospital",
    "national-cancer-center",
    "nk-sejong-hospital",
    "ulsan-jaseng-korean-medicine-hospital",
}
"""Institutions for which the research found nothing that says that they serve patients from abroad."""


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return checked()[0]


def test_no_evidence_means_unknown(atlas: Atlas) -> None:
    assert {one.id for one in atlas.institutions.values() if one.serves_foreigners_unknown} == UNKNOWN


def test_unknown_is_shown_plainly_and_without_contact_details_abroad(site: Site, atlas: Atlas) -> None:
    for name in UNKNOWN:
        for code, (folder, _) in LANGUAGES.items():
            page = site.pages[f"{folder}hospitals/{name}/"]
            level = page.xpath("//dl//p[contains(@class, 'level')]")
            assert [element.get("class") for element in level] == ["level unknown"]
            assert page.xpath("//section[@id='ask']//*[@lang='ko']") or code == "ko"
            main = copy.deepcopy(page.xpath("//main")[0])
            for section in main.xpath(".//*[@id='helplines']"):
                section.getparent().remove(section)
            calls = main.xpath(".//a[starts-with(@href, 'tel:')]")
            mails = [link for link in main.xpath(".//a/@href") if link.startswith("mailto:") and "korea-care-atlas" not in link]
            if code != "ko":
                assert not calls
                assert not mails
                one = atlas.institutions[name]
                links = set(main.xpath(".//a/@href"))
                assert not links & {link.url for link in (one.website, one.desk.page) if link}
                texts = [remark.text.root[code] for remark in one.remarks if remark.about in CONTACT]
                assert not [text for text in texts if text in str(main.text_content())]
                assert not re.search(r"\+82[ -]|\b0\d{1,2}-\d{3,4}-\d{4}\b", str(main.text_content())), (code, name)


def test_unknown_institutions_stand_in_the_lists_like_the_others(site: Site) -> None:
    for folder, _ in LANGUAGES.values():
        links = site.pages[f"{folder}hospitals/"].xpath("//div[@class='rows']//h3/a/@href")
        assert {link.split("/")[-2] for link in links} >= UNKNOWN


def test_no_institution_is_shown_as_jci_accredited(site: Site, atlas: Atlas) -> None:
    assert not [item for one in atlas.institutions.values() for item in one.evidence if item.scheme == "jci" and item.standing == "stated"]
    shown = [
        (address, row.get("class"))
        for address, page in site.pages.items()
        for row in page.xpath("//ul[@class='levels']/li[.//b[contains(., 'JCI')]]")
        if row.get("class") != "past"
    ]
    assert not shown


def test_every_institution_says_how_to_reach_it_or_that_nobody_told_us(site: Site, atlas: Atlas) -> None:
    for one in atlas.institutions.values():
        page = site.pages[f"hospitals/{one.id}/"]
        desk = page.xpath("//dl[contains(@class, 'facts')][1]/div[1]/dd")[0]
        assert desk.xpath(".//a"), one.id
        if not (one.desk.phones or one.desk.email or one.desk.page) and not one.serves_foreigners_unknown:
            assert "No source gives a line" in desk.text_content()


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_ended_period_says_so_by_itself(code: str, server: str, browser: Browser) -> None:
    folder, _ = LANGUAGES[code]
    shown = {}
    for day in ("2026-12-31T23:00:00+09:00", "2027-01-01T00:30:00+09:00", "2028-06-01T00:00:00+09:00"):
        context = browser.new_context()
        page = context.new_page()
        page.clock.set_fixed_time(day)
        page.goto(f"{server}{folder}hospitals/severance-hospital/")
        page.wait_for_function("() => customElements.get('atlas-period') !== undefined")
        shown[day[:10]] = page.locator("ul.levels .ends:visible").all_inner_texts()
        context.close()
    before, after, later = shown.values()
    assert before == []
    assert len(after) == len(later) == 1
    assert "2026" in after[0]


def test_with_scripts_off_the_dates_stand_there(server: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}hospitals/severance-hospital/")
    assert "From 1 January 2024 to 31 December 2026." in page.locator("ul.levels").inner_text()
    context.close()


def test_every_mark_leads_to_a_source_with_a_date_or_none_named(site: Site) -> None:
    for address, page in site.pages.items():
        if "/hospitals/" not in f"/{address}" or not page.xpath("//ol[@class='sources']"):
            continue
        sources = page.xpath("//ol[@class='sources']/li")
        assert sources
        assert all(item.xpath(".//a | .//b") and item.xpath("./div/span")[0].text.count(" · ") >= 2 for item in sources), address
        assert page.xpath("//p[@class='seal']//time/@datetime"), address


def test_service_lines_are_marked_as_korea_only(site: Site, atlas: Atlas) -> None:
    lines = [one for one in atlas.institutions.values() if one.main_line and re.match(r"\+82-1[568]", one.main_line.number)]
    assert len(lines) >= 20
    for one in lines:
        if not one.serves_foreigners_unknown:
            assert "may not work from abroad" in site.pages[f"hospitals/{one.id}/"].xpath("string(//main)"), one.id


def test_our_own_names_are_marked_with_the_korean_beside(site: Site, atlas: Atlas) -> None:
    for one in atlas.institutions.values():
        for code in ("en", "ru", "zh"):
            page = site.pages[f"{LANGUAGES[code][0]}hospitals/{one.id}/"]
            assert bool(page.xpath("//h1/span[@class='ours']")) == (one.names[code].basis == "own"), (one.id, code)
            if "ko" in one.names:
                assert page.xpath("string(//p[@class='also']/span[@lang='ko'])") == one.names["ko"].text


def test_schemes_about_foreign_patients_are_those_that_count(atlas: Atlas) -> None:
    assert {scheme.id for scheme in atlas.schemes.values() if scheme.about_foreign_patients} == ABROAD


@pytest.mark.parametrize("standing", ["past", "disputed", "unclear"])
def test_evidence_that_has_ended_is_not_called_a_report(standing: str, project: Path) -> None:
    path = project / "data/hospitals/kangbuk-samsung-hospital.yaml"
    added = f"""- {{level: accredited, scheme: kahf, standing: {standing}, sources: [egen-2026], checked_on: "2026-11-22"}}\n"""
    path.write_text(path.read_text(encoding="utf-8").replace("evidence:\n", "evidence:\n" + added), encoding="utf-8")
    page = (stage(project, "https://x.example/").docs / "en/hospitals/kangbuk-samsung-hospital/index.md").read_text(encoding="utf-8")
    assert '"level":"Not confirmed"' in page
    assert "Reported by others" not in page


def test_an_editors_text_becomes_part_of_the_page_of_the_record(altered: Path) -> None:
    english = (altered / "site/hospitals/severance-hospital/index.html").read_text(encoding="utf-8")
    russian = (altered / "site/ru/hospitals/severance-hospital/index.html").read_text(encoding="utf-8")
    assert "<p>Ask for the <em>north</em> gate.</p>" in english
    assert "+82 2 2228 5800" in english
    assert '<div class="wrap section prose" lang="en">' in russian
