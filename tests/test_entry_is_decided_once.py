"""Entry: every case has exactly one outcome, that of the sources; pages and browser show the same one; nothing about health is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from atlas.atlas import Atlas
from atlas.deciding import ANSWERS, SHORT_STAY, Answers, Table, turning_days
from atlas.linking import link
from atlas.passport import BANDS, passport
from atlas.views.cases import blocks
from tests.conftest import LANGUAGES, ROOT, Site, checked, found

A4 = (703, 1062)
"""What the margins leave of a sheet, in CSS pixels."""
GOLDEN: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/golden/entry_cases.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return checked()[0]


@pytest.fixture(scope="module")
def table(atlas: Atlas) -> Table:
    return Table(atlas)


def band(days: int) -> str:
    return next(name for name, (first, last) in BANDS.items() if first <= days <= last)


def test_every_case_reaches_exactly_one_outcome_and_every_outcome_is_reached(atlas: Atlas, table: Table) -> None:
    reached = set()
    for day in turning_days(atlas):
        for country in atlas.countries:
            holder = passport(atlas, country, day)
            for answers in ANSWERS:
                rows = table.rows(holder, answers)
                assert len(rows) == 1, (country, day, answers, rows)
                reached.add(atlas.decisions[rows[0]].outcome)
    assert reached == set(atlas.outcomes)
    assert len(ANSWERS) == 2 * 5 * 4 * 3 * 4


def test_there_are_enough_golden_cases_and_each_names_its_source(atlas: Atlas) -> None:
    assert len(GOLDEN) >= 60
    assert {case["outcome"] for case in GOLDEN} == set(atlas.outcomes)
    for case in GOLDEN:
        sources = case["source"] if isinstance(case["source"], list) else [case["source"]]
        assert set(sources) <= set(atlas.sources), case


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: f"{case['passport']}-{case['arrival']}-{case['days']}-{case['outcome']}")
def test_golden_case(case: dict[str, Any], atlas: Atlas, table: Table) -> None:
    holder = passport(atlas, case["passport"], case["arrival"])
    answers = Answers(case["where"], band(case["days"]), case["purpose"], case["who"], case["route"])
    assert table.outcome(holder, answers) == case["outcome"]
    if case["where"] == "abroad" and atlas.outcomes[case["outcome"]].subject in {"b-1", "b-2-1"}:
        expected = {"required": "no", "exempt": "yes"}.get(case["k_eta"], case["k_eta"])
        assert holder.on("k-eta-exempt") == expected
    else:
        assert case["k_eta"] == "none"
    long = atlas.outcomes[case["outcome"]].subject == "g-1-10" or case["outcome"] in {"in-korea-change", "in-korea-extend-long"}
    asked = holder.holds("tuberculosis") and case["who"] != "other" and (long or case["days"] > SHORT_STAY)
    assert (case["tuberculosis"] == "yes") == asked


def rows_on(page: Any) -> tuple[list[str], dict[str, str]]:
    """The rows of letters on a page, and what each letter means."""
    (checker,) = found(page, "//atlas-checker")
    return checker.get("data-cases").split(" "), {pair[0]: pair[1:] for pair in checker.get("data-letters").split(" ")}


@pytest.mark.parametrize("code", LANGUAGES)
def test_pages_and_checker_hold_the_outcomes_of_the_table(code: str, site: Site, atlas: Atlas) -> None:
    outcomes = link(atlas, {}).outcomes
    folder, _ = LANGUAGES[code]
    overview = site.pages[f"{folder}visa/"]
    rows, letters = rows_on(overview)
    buttons = found(overview, "//fieldset//button")
    assert {button.get("value").upper() for button in buttons} == set(atlas.countries)
    for button in buttons:
        country = button.get("value").upper()
        assert tuple(letters[letter] for letter in rows[int(button.get("data-table"))]) == tuple(f"o-{key}" for key in outcomes[country])
        page = site.pages[f"{folder}from/{country.lower()}/"]
        (row,), own = rows_on(page)
        assert tuple(own[letter] for letter in row) == tuple(f"o-{key}" for key in outcomes[country])
        cards = [section.get("id") for section in found(page, "//section[@class='outcome']")]
        assert set(cards) == set(own.values())
        assert len(cards) == len(set(cards))


def test_the_cases_in_words_are_exactly_those_of_the_outcome(atlas: Atlas) -> None:
    for outcomes in set(link(atlas, {}).outcomes.values()):
        for outcome in set(outcomes):
            own = [answers for answers, key in zip(ANSWERS, outcomes, strict=True) if key == outcome]
            told = [combination for parts in blocks(own) for combination in product_of(parts)]
            assert sorted(told) == sorted(own)


def product_of(parts: tuple[frozenset[str], ...]) -> Iterator[tuple[str, ...]]:
    if not parts:
        yield ()
        return
    for first in parts[0]:
        for rest in product_of(parts[1:]):
            yield (first, *rest)


def open_checker(browser: Browser, address: str) -> Page:
    page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    page.goto(address)
    page.wait_for_selector(".filters:visible")
    return page


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_browser_finds_the_same_outcome_in_every_case(code: str, server: str, browser: Browser, atlas: Atlas) -> None:
    page = open_checker(browser, f"{server}{LANGUAGES[code][0]}visa/")
    shown = page.evaluate(
        """() => {
            const checker = document.querySelector("atlas-checker");
            const passport = document.getElementById("ask-passport");
            const questions = [...checker.querySelectorAll("select")].filter((list) => list !== passport);
            const found = {};
            for (const option of [...passport.options].slice(1)) {
                passport.value = option.value;
                found[option.value] = [];
                const walk = (index) => {
                    if (index === questions.length) return found[option.value].push(checker.outcome);
                    for (const answer of questions[index].options) {
                        if (!answer.value) continue;
                        questions[index].value = answer.value;
                        walk(index + 1);
                    }
                };
                walk(0);
            }
            return found;
        }"""
    )
    page.context.close()
    expected = {country.lower(): [f"o-{key}" for key in outcomes] for country, outcomes in link(atlas, {}).outcomes.items()}
    assert shown == expected


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_checker_narrows_in_place_and_its_address_says_nothing_about_health(code: str, server: str, browser: Browser) -> None:
    page = open_checker(browser, f"{server}{LANGUAGES[code][0]}visa/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.select_option("#ask-passport", "ru")
    page.select_option("#ask-stay", "90")
    page.select_option("#ask-purpose", "inpatient")
    page.select_option("#ask-who", "family")
    expect(page.locator(".outcome:visible")).to_have_count(1)
    expect(page.locator("#o-c-3-3")).to_be_visible()
    assert page.locator("[role=status]").inner_text() == page.locator("#o-c-3-3 h3").inner_text()
    address = page.url
    assert address.endswith("visa/#case-ru-abroad-90-direct")
    assert not [url for url in asked if "/assets/mark." not in url]
    page.locator("p.go a").click()
    page.wait_for_selector(".filters:visible")
    assert page.url.endswith("from/ru/#case-ru-abroad-90-direct")
    assert page.locator("#ask-stay").input_value() == "90"
    assert page.locator("#ask-purpose").input_value() == ""
    expect(page.locator(".outcome:visible")).to_have_count(0)
    expect(page.locator("nav.langs a").first).to_have_attribute("href", re.compile("#case-ru-abroad-90-direct$"))
    page.context.close()


def test_an_answer_that_is_pointed_to_is_shown(server: str, browser: Browser) -> None:
    page = open_checker(browser, f"{server}from/kz/")
    page.locator(".spans a", has_text="G-1-10").first.click()
    expect(page.locator("#o-g-1-10")).to_be_visible()
    expect(page.locator(".outcome:visible")).to_have_count(1)
    expect(page.locator("#o-g-1-10 h3")).to_be_focused()
    expect(page.locator("#o-g-1-10 h3")).to_be_in_viewport()
    page.locator("#o-g-1-10 a.ref").first.click()
    expect(page.locator("#o-g-1-10")).to_be_visible()
    for odd in ("#o-%20x", "#o-nonsense", "#case-zz-1-2"):
        page.goto(f"{server}visa/{odd}")
        page.reload()
        page.wait_for_selector(".filters:visible")
        page.select_option("#ask-passport", "kz")
        page.select_option("#ask-stay", "30")
        page.select_option("#ask-purpose", "check")
        page.select_option("#ask-who", "patient")
        expect(page.locator("#o-b-1")).to_be_visible()
    page.context.close()


def test_papers_and_rules_narrow_only_when_a_case_is_chosen(server: str, browser: Browser) -> None:
    page = open_checker(browser, f"{server}from/kz/")
    lists, rules = page.locator(".checklist"), page.locator("#rules")
    assert all(one.is_visible() for one in lists.all())
    assert lists.count() == 2
    expect(rules).to_be_visible()
    page.select_option("#ask-stay", "60")
    page.select_option("#ask-purpose", "inpatient")
    page.select_option("#ask-who", "other")
    expect(page.locator("#o-c-3-9")).to_be_visible()
    assert not any(one.is_visible() for one in lists.all())
    page.select_option("#ask-who", "patient")
    assert all(one.is_visible() for one in lists.all())
    page.context.close()


def test_no_section_of_a_passport_is_empty(site: Site) -> None:
    for address, page in site.pages.items():
        if "from/" in address:
            assert not found(page, "//details[not(.//dd or .//p)]"), address
            assert not found(page, "//details[@id][not(.//dd)]"), address


def test_no_answer_is_given_before_the_questions_are_answered(server: str, browser: Browser) -> None:
    page = open_checker(browser, f"{server}visa/")
    page.select_option("#ask-passport", "kz")
    expect(page.locator(".outcome:visible")).to_have_count(0)
    page.select_option("#ask-stay", "60")
    page.select_option("#ask-purpose", "inpatient")
    expect(page.locator(".outcome:visible")).to_have_count(0)
    page.select_option("#ask-who", "patient")
    expect(page.locator("#o-c-3-3")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("code", LANGUAGES)
def test_without_scripts_the_form_leads_to_the_page_of_the_passport(code: str, server: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    folder = LANGUAGES[code][0]
    page.goto(f"{server}{folder}visa/")
    page.locator("button[value=kz]").click()
    expect(page).to_have_url(re.compile(re.escape(f"{server}{folder}from/kz/") + r"\??$"))
    assert page.locator(".outcome:visible").count() > 5
    assert page.locator(".cases li:visible").count() > 5
    context.close()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_checklist_stands_on_one_sheet_with_the_korean_names(code: str, server: str, browser: Browser, site: Site) -> None:
    folder, _ = LANGUAGES[code]
    context = browser.new_context(viewport={"width": A4[0], "height": A4[1]}, java_script_enabled=False)
    page = context.new_page()
    page.emulate_media(media="print")
    for path in ("visa/c-3-3/", "visa/g-1-10/", "visa/c-3-2/", "from/kz/", "from/us/"):
        page.goto(f"{server}{folder}{path}")
        checklists = page.locator(".checklist")
        assert checklists.count() >= 1
        for checklist in checklists.all():
            box = checklist.bounding_box()
            assert box
            assert box["height"] <= A4[1], (path, checklist.get_attribute("id"), box)
            assert checklist.evaluate("(part) => getComputedStyle(part).breakBefore") == "page"
    context.close()
    if code != "ko":
        for paper in found(site.pages[f"{folder}visa/c-3-3/"], "//ul[@class='papers']/li"):
            assert paper.xpath(".//input[@type='checkbox']")
            assert paper.xpath(".//span[@lang='ko']/text()")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_category_the_days_and_the_window_are_those_of_the_record(code: str, site: Site, atlas: Atlas) -> None:
    for country, record in atlas.countries.items():
        (entry,) = record.entry
        text = site.pages[f"{LANGUAGES[code][0]}from/{country.lower()}/"].xpath("string(//section[@class='answer']/p)")
        codes = set(re.findall(r"B-[12](?:-[12])?(?![0-9-])", text))
        assert codes == ({atlas.statuses[entry.status].code} if entry.status else set()), country
        numbers = set(re.findall(r"\d+", text))
        assert str(entry.days) in numbers or entry.status is None
        if entry.window:
            assert {str(entry.window.days), str(entry.window.within)} <= numbers, country
    assert {country for country, record in atlas.countries.items() if record.entry[0].window} == {"KZ", "RU", "RO"}


def test_countries_are_named_as_cldr_or_the_official_list_names_them(site: Site) -> None:
    names = {"hk": ("Hong Kong", "홍콩", "Гонконг", "香港"), "ps": ("Palestine", "팔레스타인", "Палестина", "巴勒斯坦")}
    names |= {"xk": ("Kosovo", "코소보", "Косово", "科索沃"), "tr": ("Türkiye", "튀르키예", "Турция", "土耳其")}
    for country, expected in names.items():
        for (folder, _), name in zip(LANGUAGES.values(), expected, strict=True):
            assert site.pages[f"{folder}from/{country}/"].xpath("string(//h1)").startswith(name)


def test_what_concerns_one_passport_stands_on_its_page_and_not_on_others(site: Site) -> None:
    for country, told in (("mn", True), ("kz", False)):
        text = site.pages[f"from/{country}/"].xpath("string(//main)")
        assert ("medical desk" in text) == told
    assert "Tunisia" in site.pages["from/tn/"].xpath("string(//main)")
    assert "Tunisia" not in site.pages["from/fr/"].xpath("string(//main)")
