"""Places: on the map where they are, near what is near, in lists that anyone can use."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.atlas import Atlas
from atlas.base import around, bases, holder
from atlas.crosschecks import OFF
from atlas.distance import NEAR, great_circle
from atlas.fault import FaultyInputError
from atlas.linking import link
from atlas.neartable import NearTable
from atlas.records.point import Point
from atlas.staging import check, stage
from atlas.views.map import APART, FAR_EAST
from tests.conftest import LANGUAGES, ROOT, Site, checked

MAPS = ("regions/", "clusters/", "regions/seoul/", "regions/jeju/", "regions/gangwon/", "clusters/busan/", "clusters/incheon/")


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return checked()[0]


points = st.builds(Point, lat=st.floats(33.0, 38.7), lon=st.floats(124.5, 132.0), source=st.just("x"))
close = st.builds(Point, lat=st.floats(37.4, 37.7), lon=st.floats(126.8, 127.2), source=st.just("x"))


@settings(max_examples=60)
@given(st.lists(st.one_of(points, close), max_size=25), st.floats(1_000, 200_000))
def test_near_lists_are_symmetric_and_equal_a_comparison_of_all_pairs(found: list[Point], radius: float) -> None:
    places = {f"p{number}": point for number, point in enumerate(found)}
    table = NearTable(places, radius)
    for key, one in places.items():
        near = {item.key: item.metres for item in table.near(key)}
        apart = {other: great_circle(one, point) for other, point in places.items() if other != key}
        assert {other for other, metres in apart.items() if metres < radius - 0.01} <= set(near)
        assert set(near) <= {other for other, metres in apart.items() if metres < radius + 0.01}
        assert near == pytest.approx({other: apart[other] for other in near}, abs=0.01)
        assert [item.metres for item in table.near(key)] == sorted(near.values())
        for other in near:
            assert key in {item.key for item in table.near(other)}


def test_a_place_without_a_point_is_near_nothing() -> None:
    assert NearTable({}, 1.0).near("x") == ()


@pytest.mark.parametrize(("kind", "folder"), [("institution", "hospitals"), ("wellness-site", "wellness"), ("experience", "k-culture")])
def test_the_pages_show_the_nearest_and_say_that_it_is_a_straight_line(kind: str, folder: str, atlas: Atlas, site: Site) -> None:
    links = link(atlas, {})
    records: dict[str, Any] = {
        "institution": atlas.institutions,
        "wellness-site": atlas.wellness_sites,
        "experience": atlas.experiences,
    }
    for key, one in records[kind].items():
        page = site.pages[f"{folder}/{key}/"]
        rows = page.xpath("//section[@aria-labelledby='nh']//ul/li")
        shown = [row.xpath("string(.//a/@href)").rstrip("/").rpartition("/")[2] for row in rows]
        own = f"wellness-site/{one.site}" if getattr(one, "site", None) else f"{kind}/{key}"
        near = links.near.near(own)
        expected = [
            item
            for other, many in (("institution", 4), ("wellness-site", 3), ("experience", 4))
            for item in [item for item in near if item.key.startswith(f"{other}/")][:many]
        ]
        assert shown == [item.key.partition("/")[2] for item in expected], key
        for row, item in zip(rows, expected, strict=True):
            said = row.xpath("string(span[@class='num'])")
            if item.metres < 50:
                assert said == "same place"
            else:
                allowed = 0.5 if item.metres > 9950 else 0.051
                assert float(said.removesuffix(" km").replace(",", "")) == pytest.approx(item.metres / 1000, abs=allowed)
        if near:
            assert "straight line" in page.xpath("string(//section[@aria-labelledby='nh'])")


def test_what_a_place_asks_of_the_body_stands_on_its_page_and_in_lists(atlas: Atlas, site: Site) -> None:
    names = {
        "steps": "Stairs or slope",
        "heat": "Heat or steam",
        "water": "Body or feet in water",
        "alcohol": "Alcohol",
        "crowds": "Crowds",
    }
    names |= {"meal": "A meal", "indoors": "Indoors"}
    everyone = site.pages["k-culture/"].xpath("//div[@id='list']//li")
    listed = {row.xpath("string(.//h3/a/@href)").rstrip("/").rpartition("/")[2]: row for row in everyone}
    for key, one in atlas.experiences.items():
        body = {
            row.xpath("string(dt)"): row.xpath("string(dd)").strip()
            for row in site.pages[f"k-culture/{key}/"].xpath("//section[@aria-labelledby='body']//dl/div")
        }
        for name, label in names.items():
            assert body[label] == {True: "Yes", False: "No", None: "Not known"}[getattr(one.body, name)], (key, name)
        assert body["Effort"].startswith({"seated": "Seated", "light": "Light", "active": "Active", None: "Not known"}[one.body.effort])
        marks = [mark.text_content() for mark in listed[key].xpath(".//p[@class='marks']/span[svg]")]
        assert ("Indoors" in marks, "Outdoors" in marks) == (one.body.indoors is True, one.body.indoors is False), key
        wet = {(True, True): "Water and heat", (True, False): "Heat", (False, True): "Water"}.get(
            (bool(one.body.heat), bool(one.body.water))
        )
        assert [mark for mark in marks if mark in {"Water and heat", "Heat", "Water"}] == ([wet] if wet else []), key


def test_every_row_of_a_place_names_its_sources(atlas: Atlas, site: Site) -> None:
    for folder, records in (("wellness", atlas.wellness_sites), ("k-culture", atlas.experiences)):
        for key in records:
            for row in site.pages[f"{folder}/{key}/"].xpath("//main//div[@class='cols']/div/dl[1]/div"):
                own = row.xpath("dd/a[@class='url'] | dd//a[starts-with(@href, '..')] | dd/p[@class='none']")
                assert row.xpath(".//a[@class='ref']") or own, (key, row.xpath("string(dt)"))


def test_a_place_that_has_closed_is_said_to_be_and_stands_in_no_list(project: Path) -> None:
    for name in ("wellness/spaland", "experiences/busan-cinema-center"):
        file = project / f"data/{name}.yaml"
        file.write_text(file.read_text(encoding="utf-8") + 'closed: {date: "2026-05", sources: [kcisa-film]}\n', encoding="utf-8")
    docs = stage(project, "https://x.example/").docs / "en"
    for name in ("wellness/spaland", "k-culture/spa-land", "k-culture/busan-cinema-center"):
        assert "Closed since May 2026." in (docs / name / "index.md").read_text(encoding="utf-8"), name
    for path in docs.rglob("index.md"):
        name = path.parent.relative_to(docs).as_posix()
        if name.startswith(("regions", "clusters", "gentle-days", "wellness/kind", "k-culture/kind")) or name in {"wellness", "k-culture"}:
            text = path.read_text(encoding="utf-8")
            assert not re.search(r'"path":"(wellness/spaland|k-culture/spa-land|k-culture/busan-cinema-center)/"', text), name


def test_an_experience_that_has_closed_does_not_hide_its_site(project: Path) -> None:
    file = project / "data/experiences/spa-land.yaml"
    file.write_text(file.read_text(encoding="utf-8") + 'closed: {date: "2026-05", sources: [kcisa-film]}\n', encoding="utf-8")
    docs = stage(project, "https://x.example/").docs / "en"
    for name in ("regions/busan", "clusters/busan"):
        assert '"path":"wellness/spaland/"' in (docs / name / "index.md").read_text(encoding="utf-8"), name


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (None, "are missing"),
        ("{", "not JSON"),
        ("{}", "not those of the provinces"),
        ("empty", "no rings"),
    ],
)
def test_outlines_that_cannot_be_drawn_stop_the_build(text: str | None, what: str, project: Path) -> None:
    file = project / "data/outline.json"
    if text is None:
        file.unlink()
    elif text == "empty":
        rings = json.loads(file.read_text(encoding="utf-8"))
        file.write_text(json.dumps({**rings, "KR-26": []}), encoding="utf-8")
    else:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(FaultyInputError) as raised:
        check(project)
    assert raised.value.faults[0].path == "data/outline.json"
    assert what in raised.value.faults[0].what


def test_two_records_at_one_address_stop_the_build(project: Path) -> None:
    text = (project / "data/experiences/coex.yaml").read_text(encoding="utf-8")
    (project / "data/experiences/calendar.yaml").write_text(text.replace("id: coex", "id: calendar"), encoding="utf-8")
    with pytest.raises(FaultyInputError) as raised:
        stage(project, "https://x.example/")
    assert [fault.got for fault in raised.value.faults] == ["/k-culture/calendar/"]


def test_a_centre_that_belongs_to_no_base_stops_the_build(project: Path) -> None:
    file = project / "data/provinces.yaml"
    text = file.read_text(encoding="utf-8")
    centre = "  centre: {lat: 37.5, lon: 127.0, source: kcisa-film, found: reference, place: {en: Here}}\n"
    file.write_text(text.replace("  slug: busan\n", f"  slug: busan\n{centre}"), encoding="utf-8")
    with pytest.raises(FaultyInputError) as raised:
        check(project)
    assert {fault.what for fault in raised.value.faults} == {"a cluster is already the base here", "its centre lies outside it"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_map_of_korea_names_every_province_and_shows_ulleungdo(code: str, atlas: Atlas, site: Site) -> None:
    page = site.pages[f"{LANGUAGES[code][0]}regions/"]
    figure = page.xpath("//figure[contains(@class, 'country')]")[0]
    names = {province.short.root[code] for province in atlas.provinces.values()}
    assert {land.get("aria-label") for land in figure.xpath(".//a[path]")} == names
    assert names <= set(figure.xpath(".//text[not(@class)]/text()"))
    assert str(atlas.wordings[code]["map-ulleungdo"]) in figure.xpath(".//text[not(@class)]/text()")
    assert figure.xpath(".//rect")


def test_a_region_map_shows_its_own_province_in_strong_colour(site: Site) -> None:
    for path, many in (("regions/seoul/", 1), ("clusters/busan/", 1)):
        land = site.pages[path].xpath("//figure//path/@class")
        assert land.count("land on") == many
        assert "land" in land


def test_no_point_lies_outside_its_province(atlas: Atlas) -> None:
    found = 0
    for records in (atlas.institutions, atlas.wellness_sites, atlas.experiences, atlas.airports):
        for key, one in records.items():
            if one.point is None or one.province is None:
                continue
            district = atlas.districts.get(getattr(one, "district", None) or "")
            off = atlas.outline.off(district.drawn_in if district and district.drawn_in else one.province, one.point)
            assert off <= OFF, (key, off)
            found += off < 2.0
    assert found > 320
    assert [key for key, one in atlas.districts.items() if one.drawn_in] == ["gunwi"]


def test_a_point_in_another_province_stops_the_build(project: Path) -> None:
    file = project / "data/experiences/gwangalli.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"lat: [\d.]+, lon: [\d.]+", "lat: 37.5, lon: 127.0", text), encoding="utf-8")
    with pytest.raises(FaultyInputError) as raised:
        check(project)
    assert [(fault.path, fault.field) for fault in raised.value.faults] == [("data/experiences/gwangalli.yaml", "gwangalli")]
    assert "outside its province" in raised.value.faults[0].what


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("path", MAPS)
def test_every_dot_is_a_link_with_a_name_and_room_for_a_finger(code: str, path: str, site: Site) -> None:
    page = site.pages[LANGUAGES[code][0] + path]
    dots = page.xpath("//figure[contains(@class, 'map')]//a[circle]")
    assert dots
    ids = set(page.xpath("//@id"))
    places = []
    for number, dot in enumerate(dots, 1):
        assert re.match(rf"{number}: \S", dot.get("aria-label")) or re.match(rf"{number}[:：.、]", dot.get("aria-label"))
        assert dot.get("href").removeprefix("#") in ids or dot.get("href").endswith("/")
        places.append((float(dot.xpath("string(circle[1]/@cx)")), float(dot.xpath("string(circle[1]/@cy)"))))
    width, height = map(float, page.xpath("//figure[contains(@class, 'map')]/svg")[0].get("viewbox").split()[2:])
    assert width == 360
    for place, (x, y) in enumerate(places):
        assert 0 < x < width
        assert 0 < y < height
        assert all((x - a) ** 2 + (y - b) ** 2 >= (APART - 0.2) ** 2 for a, b in places[:place])


def test_every_place_with_a_point_is_on_the_map_of_its_province(atlas: Atlas, site: Site) -> None:
    for code, province in atlas.provinces.items():
        page = site.pages[f"regions/{province.slug}/"]
        marked = {row.get("id") for row in page.xpath("//li[@id][.//span[@class='at']]")}
        taken = {one.site for one in atlas.experiences.values()}
        expected = {one.id for one in atlas.institutions.values() if one.province == code and one.point and not one.closed}
        sites = (one for key, one in atlas.wellness_sites.items() if key not in taken)
        expected |= {one.id for one in sites if one.province == code and one.point and not one.closed}
        expected |= {one.id for one in atlas.experiences.values() if one.province == code and holder(atlas, one).point}
        assert {name for name in marked if not name.startswith("airport-")} == expected, province.slug


def test_a_dot_is_drawn_where_its_place_is(atlas: Atlas, site: Site) -> None:
    """Jeju: the scale is found from two places, a third must lie where it says."""
    page = site.pages["regions/jeju/"]
    single = {
        dot.get("href").removeprefix("#"): (float(dot.xpath("string(circle[1]/@cx)")), float(dot.xpath("string(circle[1]/@cy)")))
        for dot in page.xpath("//figure//a[circle]")
        if "," not in dot.get("aria-label") and " and " not in dot.get("aria-label")
    }
    known = {}
    for key, at in single.items():
        spot = atlas.experiences.get(key) or atlas.wellness_sites.get(key)
        point = holder(atlas, spot).point if spot else atlas.institutions[key].point if key in atlas.institutions else None
        if point:
            known[key] = (point, at)
    assert len(known) >= 3
    ordered = sorted(known.values(), key=lambda pair: pair[0].lon)
    (west, at_west), (east, at_east) = ordered[0], ordered[-1]
    scale = (at_east[0] - at_west[0]) / (east.lon - west.lon)
    assert scale > 0
    high = scale / 0.809
    for point, (x, y) in ordered:
        assert x == pytest.approx(at_west[0] + (point.lon - west.lon) * scale, abs=1)
        assert y == pytest.approx(at_west[1] - (point.lat - west.lat) * high, abs=1.5)


def test_the_outlines_are_those_of_seventeen_provinces() -> None:
    rings = json.loads((ROOT / "data/outline.json").read_text(encoding="utf-8"))
    assert len(rings) == 17
    flat = [(lon, lat) for province in rings.values() for ring in province for lon, lat in ring]
    assert 124.5 < min(lon for lon, _ in flat) < 126 < FAR_EAST < max(lon for lon, _ in flat) < 132
    assert 33 < min(lat for _, lat in flat) < 33.4 < 38.5 < max(lat for _, lat in flat) < 38.7


def test_bases_hold_what_lies_in_them_or_within_reach(atlas: Atlas) -> None:
    found = bases(atlas)
    assert set(found) == {*atlas.clusters, "seoul"}
    for key, base in found.items():
        items = around(atlas, base)
        distances = [item.metres for item in items if item.metres is not None]
        assert distances == sorted(distances)
        ids = {item.spot.id for item in items}
        for spot in atlas.experiences.values():
            point = holder(atlas, spot).point
            inside = spot.province in base.provinces or (point is not None and great_circle(base.centre, point) <= 30_000)
            assert (spot.id in ids) == inside, (key, spot.id)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_place_has_a_card_for_the_driver(code: str, atlas: Atlas, site: Site) -> None:
    folder = LANGUAGES[code][0]
    for base in bases(atlas).values():
        page = site.pages[f"{folder}{base.path}cards/"]
        names = page.xpath("//ul[@class='cards']/li//div[@lang='ko']/b/text()")
        known = [item.spot for item in around(atlas, base) if holder(atlas, item.spot).address]
        hospitals = [one for one in atlas.institutions.values() if one.province in base.provinces and one.address and not one.closed]
        for spot in known:
            address = holder(atlas, spot).address
            assert spot.names["ko"].text in names, (base.id, spot.id)
            assert address
            assert address.text.root["ko"] in page.text_content()
        assert len(names) == len(known) + len(
            [one for one in hospitals if "ko" in one.names and one.address and "ko" in one.address.text.root]
        )
    for key, one in atlas.experiences.items():
        if one.province is None:
            assert not site.pages[f"{folder}k-culture/{key}/"].xpath("//section[@class='driver']")
            continue
        card = site.pages[f"{folder}k-culture/{key}/"].xpath("//section[@class='driver']/div[@lang='ko']")[0]
        assert one.names["ko"].text in card.text_content()


def test_lists_hold_every_record_in_groups_without_scripts(atlas: Atlas, site: Site) -> None:
    for path, records in (("wellness/", atlas.wellness_sites), ("k-culture/", atlas.experiences)):
        shown = [href.rstrip("/").rpartition("/")[2] for href in site.pages[path].xpath("//div[@id='list']//h3/a/@href")]
        assert sorted(shown) == sorted(records)
        kinds = atlas.wellness_kinds if path == "wellness/" else atlas.experience_kinds
        for kind in kinds:
            page = site.pages[f"{path}kind/{kind}/"]
            rows = {href.rstrip("/").rpartition("/")[2] for href in page.xpath("//div[@id='list']//h3/a/@href")}
            assert rows == {key for key, one in records.items() if kind in (getattr(one, "kinds", None) or (getattr(one, "kind", ""),))}


def test_the_calendar_has_each_place_in_its_months(atlas: Atlas, site: Site) -> None:
    page = site.pages["k-culture/calendar/"]
    assert page.xpath("string(//h2[@id='m1'])").split()[0] == "January"
    assert page.xpath("string(//h2[@id='m12'])").split()[0] == "December"
    undated = {href.rstrip("/").rpartition("/")[2] for href in page.xpath("//h2[@id='undated']/following-sibling::ul[1]//h3/a/@href")}
    assert undated == {key for key, one in atlas.experiences.items() if one.kind == "festivals" and not one.months}
    for month in range(1, 13):
        rows = page.xpath(f"//h2[@id='m{month}']/following-sibling::*[1]//h3/a/@href")
        shown = {href.rstrip("/").rpartition("/")[2] for href in rows}
        assert shown == {key for key, one in atlas.experiences.items() if month in one.months}, month


def test_both_rounds_are_shown_with_their_types(atlas: Atlas, site: Site) -> None:
    rows = {
        row.xpath("string(th)").strip(): [cell.xpath("string(text()[1])").strip() for cell in row.xpath("td")]
        for row in site.pages["clusters/"].xpath("//table[@class='then']//tbody/tr")
    }
    assert rows["Incheon"] == ["medical type", "wellness type"]
    assert rows["Busan"] == ["medical type", "medical type"]
    assert rows["Daegu"][0].startswith("medical type")
    assert "Gyeongbuk" in rows["Daegu"][0]
    assert rows["Daegu"][1] == "medical type"
    assert [rows[name] for name in ("Gangwon", "Jeonbuk", "Chungbuk")] == [["wellness type", "wellness type"]] * 3
    assert len(atlas.clusters) == len(rows) == 6


def test_provinces_that_were_to_merge_say_so(site: Site) -> None:
    for slug in ("gwangju", "jeonnam"):
        assert "Integrated Special City" in site.pages[f"regions/{slug}/"].text_content()
    assert "Integrated Special City" not in site.pages["regions/seoul/"].text_content()


def test_travel_times_stand_only_where_a_source_gives_them(site: Site) -> None:
    for address, page in site.pages.items():
        if re.fullmatch(r"(regions|clusters)/[a-z]+/", address):
            for line in page.xpath("//div[@class='line']"):
                if re.search(r"\bminutes?\b", line.text_content()):
                    assert line.xpath(".//a[@class='ref']"), (address, line.text_content())


def test_the_neighbours_of_the_records_reach_as_far_as_near_says(atlas: Atlas) -> None:
    links = link(atlas, {})
    for key in atlas.institutions:
        assert all(item.metres <= NEAR for item in links.near.near(f"institution/{key}"))
