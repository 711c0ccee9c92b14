"""Promise 12: neutral by construction. No record has a field for rating or praise, and lists are in order of name or distance."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.distance import NEAR, great_circle
from atlas.linking import link
from atlas.records.point import Point
from atlas.views.reader import collation
from tests.conftest import LANGUAGES, ROOT, Site, checked

FORBIDDEN = re.compile(r"rating|review|testimonial|before_?after|discount|best|payment|rank|award|score|stars|recommend")


def fields(schema: object) -> set[str]:
    if isinstance(schema, dict):
        own = set(schema["properties"]) if isinstance(schema.get("properties"), dict) else set()
        return own.union(*(fields(value) for value in schema.values()))
    return set().union(*(fields(value) for value in schema)) if isinstance(schema, list) else set()


def test_no_record_has_a_field_for_praise() -> None:
    names = set()
    for path in (ROOT / "data/schemas").glob("*.json"):
        names |= fields(json.loads(path.read_text(encoding="utf-8")))
    assert len(names) > 50
    names -= {"reviewed"}  # who has read a translation, and when
    assert not [name for name in names if FORBIDDEN.search(name)]


def test_lists_are_in_order_of_name(site: Site) -> None:
    for address, page in site.pages.items():
        code = next((code for code, (folder, _) in LANGUAGES.items() if folder and address.startswith(folder)), "en")
        for group in page.xpath("//div[@class='rows']/ul"):
            keys = [collation(link.text_content(), code) for link in group.xpath("./li//h3/a")]
            assert all(a <= b for a, b in pairwise(keys)), address


def test_the_ways_into_the_lists_are_in_order_of_name(site: Site) -> None:
    for code, (folder, _) in LANGUAGES.items():
        for way in ("ways-specialty", "ways-language", "ways-province"):
            links = site.pages[f"{folder}hospitals/"].xpath(f"//section[@aria-labelledby='{way}']//li/a")
            names = [collation(link.text.strip(), code) for link in links]
            assert len(names) > 5
            assert names == sorted(names), (code, way)


def test_neighbours_are_the_nearest_in_order_of_distance() -> None:
    atlas, _ = checked()
    links = link(atlas, {})
    for one in atlas.institutions.values():
        if one.point is None:
            assert links.near.near(f"institution/{one.id}") == ()
            continue
        near = [great_circle(one.point, other.point) for other in atlas.institutions.values() if other.point and other is not one]
        expected = sorted(metres for metres in near if metres <= NEAR)
        found = [item.metres for item in links.near.near(f"institution/{one.id}") if item.key.startswith("institution/")]
        assert found == pytest.approx(expected)


@given(st.floats(33, 38.7), st.floats(124.5, 132), st.floats(33, 38.7), st.floats(124.5, 132))
def test_distance_is_the_same_both_ways(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> None:
    a, b = Point(lat=lat_a, lon=lon_a, source="x"), Point(lat=lat_b, lon=lon_b, source="x")
    assert great_circle(a, b) == great_circle(b, a)
    assert great_circle(a, a) == 0


def test_a_known_distance_is_right() -> None:
    seoul = Point(lat=37.5665, lon=126.978, source="x")
    busan = Point(lat=35.1796, lon=129.0756, source="x")
    assert abs(great_circle(seoul, busan) - 325_000) < 1_000
