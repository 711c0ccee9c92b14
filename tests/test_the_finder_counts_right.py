"""The finder gives what a plain recount of the records gives, with scripts and without, and reads little."""

from __future__ import annotations

import dataclasses
import gzip
import random
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect

from atlas.base import bases, closed, point_of
from atlas.distance import great_circle
from atlas.linking import Links, link
from atlas.passport import passport
from atlas.records.date import last_day
from atlas.records.institution import Institution
from atlas.records.point import Point
from atlas.views.countryfinder import country_finder
from atlas.views.finder import BLOCK, Finder, finder_files, finder_view
from atlas.views.hospitalfinder import SPECIMEN, hospital_finder
from atlas.views.reader import Reader, collation
from atlas.views.spotfinder import spot_finder
from atlas.views.treatmentfinder import treatment_finder
from atlas.wording import Wording
from tests.axe import violations
from tests.conftest import DESKTOP, LANGUAGES, PHONE, Site, checked, found

ATLAS, ARTICLES = checked()
NEAR_METRES = 30_000
TOLD = 0.06
"""How far a distance on the page may be from the true one, in kilometres, below ten kilometres."""


# The plain recount: written from the records, knowing nothing of how the finder is made -----------------------------------------------


def province(code: str | None) -> set[str]:
    return {ATLAS.provinces[code].slug} if code else set()


def evidence(one: Institution) -> set[str]:
    """What a reader may say of it on the day of the release."""
    about = [
        item
        for item in one.evidence
        if not item.weak and (item.level in {"registered", "self-declared"} or item.scheme in {"kahf", "moj-excellent", "gha"})
    ]
    now = {
        item.level
        for item in about
        if item.standing == "stated" and (item.valid_to is None or last_day(item.valid_to) >= ATLAS.site.released)
    }
    told: set[str] = {*now, *({"reported"} if one.reports else ())}
    return told or {"unknown"}


def hospital(one: Institution) -> dict[str, set[str]]:
    return {
        "for": set(one.specialties),
        "speaking": set(one.desk.languages.codes) if one.desk.languages else set(),
        "in": province(one.province),
        "treatment": {key for key, treatment in ATLAS.treatments.items() if set(treatment.specialties) & set(one.specialties)},
        "kind": {one.kind},
        "evidence": evidence(one),
        "near": {key for key, base in bases(ATLAS).items() if one.point and great_circle(base.centre, one.point) <= NEAR_METRES},
    }


def spot(one: Any) -> dict[str, set[str]]:
    doors = {True: {"in"}, False: {"out"}, None: set[str]()}
    kinds = set(getattr(one, "kinds", ())) or {one.kind}
    months = {str(month) for month in getattr(one, "months", ())}
    effort = {one.body.effort} if one.body.effort else set()
    return {"kind": kinds, "in": province(one.province), "month": months, "doors": doors[one.body.indoors], "effort": effort}


def treatment(one: Any) -> dict[str, set[str]]:
    who = [item for item in ATLAS.institutions.values() if set(item.specialties) & set(one.specialties) and item.desk.languages]
    span = one.stay and one.stay.span
    if span is None:
        stay = "unknown"
    elif span.unit == "session":
        stay = "sessions"
    else:
        stay = "week" if (span.unit == "day" and span.most <= 7) or (span.unit == "week" and span.most == 1) else "longer"
    spoken = {code for item in who if item.desk.languages for code in item.desk.languages.codes}
    return {"for": set(one.specialties), "stay": {stay}, "price": {"known" if one.prices else "unknown"}, "speaking": spoken}


def country(code: str) -> dict[str, set[str]]:
    holder = passport(ATLAS, code, ATLAS.site.released)
    free = holder.entry.status is not None
    exempt = holder.on("k-eta-exempt") in {"yes", "less-sure"}
    return {"entry": {("free" if exempt else "k-eta") if free else "visa"}, "days": {str(holder.entry.days)} if free else set()}


class Kind(NamedTuple):
    """One finder: its address, what holds of each record by id, and where each is."""

    path: str
    records: dict[str, dict[str, set[str]]]
    points: Mapping[str, Point | None]
    made: Callable[[Reader], Finder[Any]]


def spots(records: Mapping[str, Any]) -> dict[str, dict[str, set[str]]]:
    return {key: spot(one) for key, one in records.items() if not closed(ATLAS, one)}


KINDS = {
    "hospitals": Kind(
        "hospitals/",
        {key: hospital(one) for key, one in ATLAS.institutions.items()},
        {key: one.point for key, one in ATLAS.institutions.items()},
        hospital_finder,
    ),
    "wellness": Kind(
        "wellness/",
        spots(ATLAS.wellness_sites),
        {key: point_of(ATLAS, one) for key, one in ATLAS.wellness_sites.items()},
        lambda reader: spot_finder(reader, "wellness/"),
    ),
    "k-culture": Kind(
        "k-culture/",
        spots(ATLAS.experiences),
        {key: point_of(ATLAS, one) for key, one in ATLAS.experiences.items()},
        lambda reader: spot_finder(reader, "k-culture/"),
    ),
    "treatments": Kind("treatments/", {key: treatment(one) for key, one in ATLAS.treatments.items()}, {}, treatment_finder),
    "from": Kind("from/", {code.lower(): country(code) for code in ATLAS.countries}, {}, country_finder),
}
CENTRES: dict[str, Point] = {key: base.centre for key, base in bases(ATLAS).items()} | {
    key: one.point for key, one in ATLAS.airports.items()
}


def recount(kind: Kind, choice: Mapping[str, str]) -> set[str]:
    return {key for key, holds in kind.records.items() if all(value in holds[facet] for facet, value in choice.items())}


@cache
def reader_of(code: str) -> Reader:
    language = ATLAS.site_languages[code]
    return Reader(code, ATLAS, links(), Wording(code, language.locale, ATLAS.wordings[code], myriads=language.myriads))


@cache
def links() -> Links:
    return link(ATLAS, ARTICLES)


# In the browser ---------------------------------------------------------------------------------------------------------------------

READ = """async () => {
  const finder = document.querySelector("atlas-finder");
  await customElements.whenDefined("atlas-finder");
  await finder.show();
  const more = finder.querySelector("[data-more]");
  while (!more.hidden) await finder.more();
  const whole = document.getElementById("whole");
  const rows = [...finder.querySelectorAll("[data-list] li")];
  return {
    active: whole.hidden && !finder.querySelector(".found").hidden,
    hrefs: rows.map((row) => row.querySelector("a").getAttribute("href")),
    far: rows.map((row) => row.querySelector(".num")?.textContent ?? ""),
    names: rows.map((row) => row.querySelector("a").textContent),
    said: finder.querySelector(".picked [role=status]").textContent,
    chips: [...finder.querySelectorAll(".picked li")].map((chip) => chip.textContent),
    braces: finder.querySelector(".found").outerHTML.includes("{"),
    counts: Object.fromEntries([...finder.querySelectorAll("select:not([name=from])")].map((select) =>
      [select.name, [...select.options].slice(1).map((one) => [one.value, one.text, one.disabled, one.selected])])),
    query: location.search,
  };
}"""


def read(page: Page) -> dict[str, Any]:
    """What the finder shows, with all its rows."""
    result = page.evaluate(READ)
    assert isinstance(result, dict)
    return result


def ids(shown: Mapping[str, Any]) -> list[str]:
    return [str(href).rstrip("/").rpartition("/")[2] for href in shown["hrefs"]]


def holds(kind: Kind, choice: Mapping[str, str], shown: Mapping[str, Any]) -> None:
    """What is shown is what a plain recount gives: the rows, the total, each choice with its count, and which cannot be chosen."""
    expected = recount(kind, choice)
    assert shown["active"], shown
    assert not shown["braces"]
    assert sorted(ids(shown)) == sorted(expected), choice
    numbers = {int(number) for number in re.findall(r"\d+", shown["said"])}
    assert numbers == ({len(expected), len(kind.records)} if expected else set()), (shown["said"], choice)
    for facet, options in shown["counts"].items():
        others = {key: value for key, value in choice.items() if key != facet}
        for value, text, disabled, selected in options:
            count = len(recount(kind, {**others, facet: value}))
            assert re.findall(r"\d+", text[text.rfind("(" if "(" in text else "（") :]) == [str(count)], (facet, value, text)
            assert selected == (choice.get(facet) == value)
            assert disabled == (count == 0 and not selected), (facet, value)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=DESKTOP)
    said: list[str] = []
    opened = context.new_page()
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    context.close()
    assert not said


@pytest.mark.parametrize(("name", "steps"), [("hospitals", 28), ("wellness", 12), ("k-culture", 14), ("treatments", 12), ("from", 8)])
def test_random_choices_give_what_a_plain_recount_gives(name: str, steps: int, server: str, page: Page) -> None:
    chance, kind = random.Random(f"{name} 7"), KINDS[name]
    page.goto(server + LANGUAGES[chance.choice(list(LANGUAGES))][0] + kind.path)
    choice: dict[str, str] = {}
    facets = page.eval_on_selector_all("atlas-finder select:not([name=from])", "all => all.map((one) => one.name)")
    for _ in range(steps):
        facet = chance.choice(facets)
        values = [
            value for value in {value for one in kind.records.values() for value in one[facet]} if recount(kind, {**choice, facet: value})
        ]
        known = page.eval_on_selector_all(f"#f-{facet} option", "all => all.map((one) => one.value)")
        value = chance.choice(["", *sorted(set(values) & set(known))])
        page.select_option(f"#f-{facet}", value)
        choice = {key: other for key, other in {**choice, facet: value}.items() if other}
        if not choice:
            expect(page.locator("#whole")).to_be_visible()
            continue
        shown = read(page)
        holds(kind, choice, shown)
        assert parse_qs(shown["query"].lstrip("?")) == {key: [other] for key, other in choice.items()}
        assert len(shown["chips"]) == len(choice)


@pytest.mark.parametrize("name", KINDS)
def test_an_address_says_the_same_to_everyone(name: str, server: str, page: Page) -> None:
    """Choices from the address, impossible and unknown ones too."""
    chance, kind = random.Random(f"{name} 8"), KINDS[name]
    known: dict[str, list[str]] = {}
    for number in range(6):
        code = chance.choice(list(LANGUAGES))
        if not known:
            page.goto(server + kind.path)
            names = page.eval_on_selector_all(
                "atlas-finder select:not([name=from])",
                "all => all.map((one) => [one.name, [...one.options].slice(1).map((option) => option.value)])",
            )
            known = {str(facet): list(values) for facet, values in names}
        choice = {facet: chance.choice(known[facet]) for facet in chance.sample(sorted(known), min(len(known), 1 + number % 3))}
        query = urlencode(
            {**choice, "colour": "blue", "order": "price", "from": "nowhere", **({} if "kind" in choice else {"kind": "palace<b>"})}
        )
        page.goto(f"{server}{LANGUAGES[code][0]}{kind.path}?{query}")
        shown = read(page)
        holds(kind, choice, shown)
        keys = [collation(text, code) for text in shown["names"]]
        assert keys == sorted(keys)
        for one in page.locator("nav.langs a").all():
            assert urlsplit(str(one.get_attribute("href"))).query == query or query in str(one.evaluate("one => one.href"))


def test_the_rows_are_those_of_the_list_without_scripts(server: str, site: Site, page: Page) -> None:
    """The same words for each: in the finder, where a row also names the province, and in the list by treatment, which does as well."""

    def told(row: html.HtmlElement) -> str:
        for box in found(row, ".//label"):
            box.drop_tree()
        return re.sub(r"\s+", "", row.text_content())

    for code, (folder, _) in LANGUAGES.items():
        page.goto(f"{server}{folder}hospitals/?treatment=stomach-cancer-surgery")
        read(page)
        drawn = html.fromstring(page.locator("[data-list]").inner_html())
        own = {
            told(row) for row in found(site.pages[f"{folder}treatments/stomach-cancer-surgery/"], "//section[@aria-labelledby='who']/ul/li")
        }
        assert {told(row) for row in found(drawn, "//li")} == own, code
        page.goto(
            f"{server}{folder}wellness/?kind=hot-springs"
            if "hot-springs" in ATLAS.wellness_kinds
            else f"{server}{folder}wellness/?doors=in"
        )
        read(page)
        drawn = html.fromstring(page.locator("[data-list]").inner_html())
        effort = {told(row) for row in found(site.pages[f"{folder}wellness/doors/"], "//li[.//h3]")}
        if "doors=in" in page.url:
            assert {told(row) for row in found(drawn, "//li")} <= effort


def test_nothing_is_read_before_the_reader_turns_to_it(server: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{server}hospitals/", wait_until="networkidle")
    assert not [url for url in asked if "/find/" in url or "finding" in url]
    with page.expect_response("**/facets.json"):
        page.locator("#f-for").focus()
    page.select_option("#f-for", "cancer")
    read(page)
    assert all(url.startswith(server) for url in asked)
    assert not [url for url in asked if "points" in url]
    assert not page.context.cookies()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_back_and_the_chips_and_show_all(server: str, page: Page) -> None:
    page.goto(f"{server}hospitals/")
    whole = page.locator("#whole")
    expect(whole).to_be_visible()
    page.select_option("#f-for", "cancer")
    holds(KINDS["hospitals"], {"for": "cancer"}, read(page))
    page.select_option("#f-speaking", "ru")
    page.select_option("#f-in", "seoul")
    both = {"for": "cancer", "speaking": "ru"}
    holds(KINDS["hospitals"], {**both, "in": "seoul"}, read(page))
    page.go_back()
    holds(KINDS["hospitals"], both, read(page))
    expect(page.locator("#f-in")).to_have_value("")
    page.go_back()
    holds(KINDS["hospitals"], {"for": "cancer"}, read(page))
    page.go_back()
    expect(whole).to_be_visible()
    expect(page.locator(".found")).to_be_hidden()
    page.go_forward()
    page.go_forward()
    holds(KINDS["hospitals"], both, read(page))
    page.get_by_role("button", name="Remove: Specialty: Cancer").click()
    expect(page.locator("#f-for")).to_be_focused()
    holds(KINDS["hospitals"], {"speaking": "ru"}, read(page))
    page.get_by_role("button", name="Show all").click()
    expect(whole).to_be_visible()
    assert page.evaluate("location.search") == ""
    expect(page.locator(".picked li")).to_have_count(0)


def test_more_rows_come_twenty_at_a_time_and_take_the_focus(server: str, page: Page) -> None:
    page.goto(f"{server}hospitals/?for=general")
    rows = page.locator("[data-list] li")
    expect(rows).to_have_count(20)
    page.get_by_role("button", name="Show 20 more").click()
    expect(rows).to_have_count(40)
    expect(rows.nth(20).locator("a").first).to_be_focused()
    rows.nth(20).locator("a").first.click()
    page.wait_for_url("**/hospitals/*/")
    page.go_back()
    expect(rows).to_have_count(40)


@pytest.mark.parametrize("name", ["hospitals", "wellness", "k-culture"])
def test_the_order_by_distance_is_that_of_the_great_circle(name: str, server: str, page: Page) -> None:
    chance, kind = random.Random(f"{name} 9"), KINDS[name]
    for start in chance.sample(sorted(CENTRES), 3):
        query = {"order": "distance", "from": start}
        choice = {"speaking": "en"} if name == "hospitals" else {"effort": "light"}
        page.goto(f"{server}{kind.path}?{urlencode({**choice, **query})}")
        shown = read(page)
        holds(kind, choice, shown)
        order = page.locator("#f-from")
        expect(order).to_have_value(start)
        far = [great_circle(CENTRES[start], point) if (point := kind.points[key]) else None for key in ids(shown)]
        known = [metres for metres in far if metres is not None]
        assert known == sorted(known)
        assert far == [*known, *[None] * (len(far) - len(known))]
        for metres, said in zip(far, shown["far"], strict=True):
            if metres is None:
                assert said == "Distance not known"
            elif metres >= 50:
                assert abs(float(said.removesuffix(" km").replace(",", "")) - metres / 1000) <= (TOLD if metres < 9_950 else 0.51), said


DOTS = """() => [...document.querySelectorAll(".found .map a")].map((dot) => ({
  count: Number(dot.querySelector("text")?.textContent ?? 1), name: dot.getAttribute("aria-label"), href: dot.getAttribute("href"),
  at: (({ x, y, width, height }) => [x + width / 2, y + height / 2])(dot.querySelector(".dot").getBoundingClientRect()),
}))"""


@pytest.mark.parametrize(
    ("name", "query"), [("hospitals", "speaking=en"), ("hospitals", ""), ("wellness", "effort=light"), ("k-culture", "month=5")]
)
def test_the_dots_of_the_map_are_what_was_found(name: str, query: str, server: str, page: Page) -> None:
    kind = KINDS[name]
    choice = dict(pair.split("=") for pair in query.split("&") if pair)
    page.goto(f"{server}{kind.path}?{query}&view=map")
    holds(kind, choice, read(page))
    left = recount(kind, choice)
    for _ in range(4):
        dots = page.evaluate(DOTS)
        assert sum(dot["count"] for dot in dots) == len([key for key in left if kind.points[key]])
        said = page.locator(".map figcaption span").inner_text()
        assert [int(number) for number in re.findall(r"\d+", said)] == (
            [lost] if (lost := len([key for key in left if not kind.points[key]])) else []
        )
        width = page.locator(".found .map > svg").evaluate("one => one.getBoundingClientRect().width")
        for place, dot in enumerate(dots):
            for other in dots[place + 1 :]:
                assert ((dot["at"][0] - other["at"][0]) ** 2 + (dot["at"][1] - other["at"][1]) ** 2) ** 0.5 >= 28.9 * width / 360
        for dot in dots:
            if dot["count"] == 1:
                assert dot["href"].rstrip("/").rpartition("/")[2] in left
            else:
                assert dot["name"].endswith(f": {dot['count']} {'institutions' if name == 'hospitals' else 'places'}")
        most = max(dots, key=lambda dot: dot["count"])
        if most["count"] == 1 or most["href"] == "#found":
            break
        page.locator(f".map a[aria-label='{most['name']}']").first.click()
        shown = read(page)
        south, west, north, east = (float(side) for side in parse_qs(shown["query"].lstrip("?"))["area"][0].split(","))
        left = {key for key in left if (point := kind.points[key]) and south <= point.lat <= north and west <= point.lon <= east}
        assert set(ids(shown)) == left
        assert len(left) >= most["count"]
        page.reload()
        assert set(ids(read(page))) == left
    if "area" in page.url:
        page.get_by_role("button", name="Remove: Part of the map").click()
        holds(kind, choice, read(page))


def test_a_dot_by_itself_leads_to_its_page_by_keyboard(server: str, page: Page) -> None:
    page.goto(f"{server}hospitals/?in=jeju&view=map")
    read(page)
    alone = next((dot for dot in page.evaluate(DOTS) if dot["count"] == 1), None)
    if alone is None:
        page.goto(f"{server}hospitals/?speaking=es&view=map")
        read(page)
        alone = page.evaluate(DOTS)[0]
    page.locator(f".map a[href='{alone['href']}']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/hospitals/*/")
    assert page.locator("h1").inner_text() == alone["name"]


def test_what_cannot_be_read_leaves_the_whole_list(server: str, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/find/**", lambda route: route.fulfill(status=404, body=""))
    page.goto(f"{server}hospitals/?for=cancer")
    expect(page.locator(".picked [role=status]")).to_contain_text("could not load")
    expect(page.locator("#whole")).to_be_visible()
    page.unroute("**/find/**")
    page.select_option("#f-speaking", "ru")
    holds(KINDS["hospitals"], {"for": "cancer", "speaking": "ru"}, read(page))
    context.close()


def test_what_was_chosen_before_the_script_was_there_is_kept(server: str, browser: Browser) -> None:
    """On a slow line the reader may choose before the finder has come."""
    page = browser.new_page()
    held: list[Route] = []
    page.route("**/finding.*.js", lambda route: held.append(route))
    page.goto(f"{server}hospitals/")
    page.select_option("#f-for", "cancer")
    page.select_option("#f-speaking", "ru")
    expect(page.locator("#whole")).to_be_visible()
    held[0].continue_()
    holds(KINDS["hospitals"], {"for": "cancer", "speaking": "ru"}, read(page))
    page.close()


def test_the_finder_works_by_keyboard_alone(server: str, page: Page) -> None:
    page.goto(f"{server}hospitals/")
    page.locator("#f-for").focus()
    page.keyboard.type("Can")
    expect(page.locator("[data-list] li").first).to_be_visible()
    expect(page.locator("#f-for")).to_have_value("cancer")
    for _ in range(8):
        page.keyboard.press("Tab")
    expect(page.locator(".picked li button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#whole")).to_be_visible()
    page.locator("[data-view=list]").focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("checkbox", name=re.compile("^Compare ")).first
    box.focus()
    page.keyboard.press("Space")
    expect(page.locator(".tray [role=status]")).to_have_text("1 of 3 chosen to compare")


THREE = "severance-hospital,kangbuk-samsung-hospital,asan-medical-center"


@pytest.mark.parametrize(
    ("code", "scheme", "viewport", "addresses"),
    [
        ("en", "light", DESKTOP, (f"hospitals/?for=cancer&view=map&with={THREE}", "from/?entry=k-eta")),
        ("ru", "dark", PHONE, (f"hospitals/?for=cancer&speaking=ru&with={THREE}", f"compare/?with={THREE}")),
        ("zh", "light", PHONE, ("k-culture/?month=10&view=map", f"compare/?with={THREE}")),
        ("ko", "dark", DESKTOP, ("treatments/?for=cancer", f"compare/?with={THREE}")),
    ],
)
def test_axe_finds_nothing_in_what_scripts_draw(
    code: str, scheme: Literal["light", "dark"], viewport: ViewportSize, addresses: tuple[str, ...], server: str, browser: Browser
) -> None:
    context = browser.new_context(viewport=viewport, color_scheme=scheme)
    page = context.new_page()
    problems: list[tuple[str, str]] = []
    for address in addresses:
        page.goto(server + LANGUAGES[code][0] + address)
        page.wait_for_selector(".map svg a" if "view=map" in address else "[data-list] li, td")
        problems += [(address, problem) for problem in violations(page)]
        for width in (320, 360, 768, 1280):
            page.set_viewport_size({"width": width, "height": 700})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
        page.set_viewport_size(viewport)
    context.close()
    assert not problems


# Without scripts ------------------------------------------------------------------------------------------------------------------


def listed(site: Site, folder: str, path: str) -> set[str]:
    """The records that a page lists, or the part of it that an address names."""
    address, _, anchor = path.partition("#")
    page = site.pages[folder + address]
    if anchor:
        heading = found(page, f"//*[@id='{anchor}']")[0]
        lists = found(heading, "(parent::section | .)[1]//ul//a/@href") or found(heading, "following-sibling::*[1][self::ul]//a/@href")
    else:
        lists = found(page, "//*[contains(@class, 'rows')]//h3/a/@href")
    return {str(href).rstrip("/").rpartition("/")[2] for href in lists}


@pytest.mark.parametrize("name", KINDS)
def test_pages_without_scripts_hold_the_same_sets(name: str, site: Site) -> None:
    kind = KINDS[name]
    for code, (folder, _) in LANGUAGES.items():
        for facet in kind.made(reader_of(code)).facets:
            for choice in facet.choices:
                expected = recount(kind, {facet.key: choice.value})
                if not expected and "#" in choice.path:
                    continue
                assert listed(site, folder, choice.path) == expected, (code, facet.key, choice)


# Ten thousand ------------------------------------------------------------------------------------------------------------------


def many(count: int) -> Reader:
    """A reader of an atlas with made-up institutions: each has the names, the place, the specialties, the desk and so on of others."""
    originals = list(ATLAS.institutions.values())
    chance = random.Random(5)
    copies: dict[str, Institution] = {}
    for number in range(count):
        named, placed, able, spoken, sure = (chance.choice(originals) for _ in range(5))
        point = placed.point
        if point:
            point = point.model_copy(update={axis: round(getattr(point, axis) + chance.gauss(0, 0.05), 5) for axis in ("lat", "lon")})
        changed = {
            "id": f"{named.id}-{number}",
            "names": {code: name.model_copy(update={"text": f"{name.text} {number}"}) for code, name in named.names.items()},
            "province": placed.province,
            "district": placed.district,
            "point": point,
            "specialties": able.specialties,
            "desk": spoken.desk,
            "evidence": sure.evidence,
            "reports": sure.reports,
        }
        copies[f"{named.id}-{number}"] = named.model_copy(update=changed)
    atlas = dataclasses.replace(ATLAS, institutions=copies)
    known = links()
    treated = {
        key: tuple(one for one in copies.values() if set(one.specialties) & set(ATLAS.treatments[key].specialties))
        for key in known.by_treatment
    }
    language = ATLAS.site_languages["en"]
    return Reader("en", atlas, dataclasses.replace(known, by_treatment=treated), Wording("en", language.locale, ATLAS.wordings["en"]))


def test_with_ten_thousand_institutions_one_choice_reads_little() -> None:
    count = 10_000
    reader = many(count)
    view = finder_view(reader, hospital_finder(reader), SPECIMEN)
    sizes = {Path(name).name: len(gzip.compress(text.encode(), 6)) for name, text in finder_files(reader).items()}
    assert view["total"] == count
    assert sizes["facets.json"] <= 10 * count
    assert sizes["points.json"] <= 10 * count
    blocks = [size for name, size in sizes.items() if name.startswith("rows-")]
    assert len(blocks) == count // BLOCK
    assert max(blocks) <= 4_000
    assert sizes["facets.json"] + 20 * max(blocks) <= 180_000, "a choice reads the facets and, at worst, as many blocks as rows are shown"
