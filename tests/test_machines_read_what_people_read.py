"""What a page says to machines is what it shows: JSON-LD in the words of schema.org, the card of its address, its title.

``tests/golden/schema-org.json`` holds what we use of the vocabulary; ``python -m bench.vocabulary`` makes it anew.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any, cast

import pytest
import yaml
from lxml import html

from atlas.structured.card import HEIGHT, WIDTH
from atlas.structured.dataset import FORMATS, LICENCE
from atlas.structured.graph import structured
from atlas.structured.institution import DAYS, KINDS, SPECIALTIES, VOCABULARY
from atlas.structured.node import Addresses, json_ld
from atlas.views.page import Page
from atlas.views.reader import Reader
from atlas.wording import Wording, runs
from tests.conftest import LANGUAGES, ROOT, Site, found

GOLDEN: dict[str, Any] = json.loads((ROOT / "tests/golden/schema-org.json").read_text(encoding="utf-8"))
HOLDS = {
    str: {"Text", "URL", "Date", "DateTime", "Time"},
    int: {"Integer", "Number"},
    float: {"Number"},
    bool: {"Boolean"},
}
"""The data types of schema.org that a value of JSON can be."""
ADDRESSES = {"@id", "url", "contentUrl"}
LOCALES = {"en": "en_GB", "ko": "ko_KR", "ru": "ru_RU", "zh-Hans": "zh_CN"}
FOLDERS = [folder for folder, _ in LANGUAGES.values()]
Node = dict[str, Any]


def nodes_of(page: html.HtmlElement) -> list[Node]:
    """The nodes that a page gives to machines, each with all that is in it."""
    texts = found(page, "/html/head/script[@type='application/ld+json']/text()")
    assert len(texts) <= 1
    whole = json.loads(texts[0]) if texts else {"@graph": []}
    assert not texts or whole.pop("@context") == "https://schema.org"
    nodes: list[Node] = whole.get("@graph", [whole])
    return nodes


def within(value: Any) -> Iterator[Node]:
    """A node and all nodes in it."""
    if isinstance(value, list):
        for one in value:
            yield from within(one)
    elif isinstance(value, dict):
        yield value
        for one in value.values():
            yield from within(one)


# The vocabulary -----------------------------------------------------------------------------------------------------------------


@cache
def above(kind: str) -> frozenset[str]:
    """A type and all that it is a kind of."""
    return frozenset({kind}.union(*(above(one) for one in GOLDEN["parents"][kind])))


@cache
def held(kind: str, name: str) -> frozenset[str]:
    """What a property may hold on a type; nothing where the type has no such property."""
    return frozenset().union(*(GOLDEN["properties"][one].get(name, ()) for one in above(kind)))


def types_of(node: Node) -> list[str]:
    kinds = node["@type"]
    return kinds if isinstance(kinds, list) else [kinds]


def fits(value: Any, ranges: frozenset[str]) -> bool:
    """Whether a value is one of those that a property may hold."""
    if isinstance(value, list):
        return all(fits(one, ranges) for one in value)
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            return not ranges <= set().union(*HOLDS.values())
        return any(ranges & above(kind) for kind in types_of(value))
    if isinstance(value, str) and value.startswith(VOCABULARY):
        return any(value.removeprefix(VOCABULARY) in GOLDEN["members"].get(one, ()) for one in ranges)
    return bool(ranges & HOLDS[type(value)])


def misused(node: Node) -> list[str]:
    """The types and properties of a node that schema.org does not have, or does not have so."""
    if set(node) == {"@id"}:
        return []
    unknown = [kind for kind in types_of(node) if kind not in GOLDEN["parents"]]
    if unknown:
        return unknown
    wrong = []
    for name, value in node.items():
        if name != "@type":
            ranges = frozenset().union(*(held(kind, name) for kind in types_of(node)))
            if not fits(value, ranges):
                wrong.append(f"{node['@type']}.{name}: {value!r}")
    return wrong


def test_every_type_and_property_is_in_the_vocabulary(site: Site) -> None:
    for address, page in site.pages.items():
        for node in within(nodes_of(page)):
            assert not misused(node), address


@pytest.mark.parametrize(
    "node",
    [
        {"@type": "Clinic", "name": "x"},
        {"@type": "Hospital", "phone": "+82 2 1"},
        {"@type": "Hospital", "geo": "37.5, 127"},
        {"@type": "Hospital", "medicalSpecialty": "https://schema.org/Eyes"},
        {"@type": "Festival", "location": {"@type": "Schedule"}},
        {"@type": "Schedule", "byMonth": "April"},
        {"@type": "MedicalOrganization", "geo": {"@type": "GeoCoordinates"}},
    ],
)
def test_a_word_that_schema_org_does_not_have_is_found(node: Node) -> None:
    assert misused(node)


def test_our_kinds_and_specialties_are_those_of_the_records() -> None:
    kinds = yaml.safe_load((ROOT / "data/institution-kinds.yaml").read_text(encoding="utf-8"))
    specialties = yaml.safe_load((ROOT / "data/specialties.yaml").read_text(encoding="utf-8"))
    assert set(kinds) - set(KINDS) == {"eye", "korean-medicine"}, "a kind of institution that is new: which type is it?"
    assert set(KINDS) < set(kinds)
    assert set(SPECIALTIES) < set(specialties)


# What the page shows ------------------------------------------------------------------------------------------------------------


def plain(text: str) -> str:
    return " ".join(text.split())


def shown(page: html.HtmlElement) -> str:
    """The text of a page, without what is hidden."""
    body = page.find("body")
    assert body is not None
    text = str(body.text_content())
    for hidden in found(body, ".//*[@hidden]"):
        text = text.replace(hidden.text_content(), "\0", 1)
    return plain(text)


@cache
def words(tag: str) -> Wording:
    """The words of a language, by its tag."""
    code, site = next(
        (code, one["site"])
        for code, one in yaml.safe_load((ROOT / "data/languages.yaml").read_text(encoding="utf-8")).items()
        if one.get("site", {}).get("tag") == tag
    )
    entries = yaml.safe_load((ROOT / f"data/wordings/{code}.yaml").read_text(encoding="utf-8"))
    return Wording(code, site["locale"], entries)


class Shown:
    """One page as people see it."""

    def __init__(self, address: str, page: html.HtmlElement) -> None:
        self.page = page
        self.text = shown(page)
        self.tag = page.get("lang") or ""
        self.canonical = str(found(page, "/html/head/link[@rel='canonical']/@href")[0])
        self.origin = self.canonical.removesuffix(address)
        self.root = "../" * address.count("/") or "./"
        self.links = set(found(page, "/html/body//a/@href"))

    def says(self, text: str) -> bool:
        return plain(text) in self.text

    def unsaid(self, node: Node) -> list[str]:
        """The properties of a node whose values the page does not show."""
        if node.get("@type") == "OpeningHoursSpecification":
            return [] if self._opens(node) else [str(node)]
        lacking = []
        for name, value in node.items():
            values = value if isinstance(value, list) else [value]
            if not isinstance(values[0], dict) and not self._shows(name, values):
                lacking.append(f"{node.get('@type')}.{name}: {value!r}")
        return lacking

    def _shows(self, name: str, values: list[Any]) -> bool:
        if name in {"@type", "position"}:
            return True
        if name in ADDRESSES:
            return all(self._leads(value) for value in values)
        if name == "license":
            return values == [LICENCE] and self.says("CC BY 4.0")
        if name == "encodingFormat":
            return any(link.endswith(f".{ending}") for ending, media in FORMATS.items() if [media] == values for link in self.links)
        if name == "inLanguage":
            return values == [self.tag]
        if name == "medicalSpecialty":
            linked = [key for key in SPECIALTIES if any(f"{self.root}{folder}hospitals/for/{key}/" in self.links for folder in FOLDERS)]
            return set(values) <= {f"{VOCABULARY}{one}" for key in linked for one in SPECIALTIES[key]}
        if name in {"latitude", "longitude"}:
            return any(f"{values[0]}" in link for link in self.links)
        if name == "byMonth":
            return all(self.says(words(self.tag).month(one)) for run in runs(values) for one in (run[0], run[-1]))
        if name in {"dissolutionDate", "dateModified"}:
            return self.says(words(self.tag).date(values[0]))
        return all(isinstance(value, str) and self.says(value) for value in values)

    def _leads(self, link: str) -> bool:
        """Whether an address is the page's own, that of one of its parts, or one of its links."""
        whole, _, part = link.partition("#")
        if whole == self.canonical:
            return not part or bool(found(self.page, f"//*[@id='{part}']"))
        return (self.root + link.removeprefix(self.origin) if link.startswith(self.origin) else link) in self.links

    def _opens(self, node: Node) -> bool:
        """Whether the page shows these hours on these days."""
        kept = node["dayOfWeek"] if isinstance(node["dayOfWeek"], list) else [node["dayOfWeek"]]
        days = words(self.tag).days(day for day, name in DAYS.items() if name in kept)
        return len(kept) <= len(DAYS) and self.says(
            words(self.tag).say("hours-line", days=days, opens=node["opens"], closes=node["closes"])
        )


def test_nothing_is_said_that_the_page_does_not_show(site: Site) -> None:
    for address, page in site.pages.items():
        nodes = nodes_of(page)
        if nodes:
            seen = Shown(address, page)
            assert not [lacking for node in within(nodes) for lacking in seen.unsaid(node)], address


@pytest.mark.parametrize(
    ("property_", "value"),
    [
        ("name", "Another Hospital"),
        ("telephone", "+82 2 0000 0000"),
        ("url", "https://elsewhere.example/"),
        ("address", "부산광역시"),
        ("medicalSpecialty", "https://schema.org/Psychiatric"),
        ("dissolutionDate", "2020-01-01"),
    ],
)
def test_a_value_that_the_page_does_not_show_is_found(site: Site, property_: str, value: str) -> None:
    address = "hospitals/severance-hospital/"
    seen = Shown(address, site.pages[address])
    node = next(node for node in nodes_of(seen.page) if node["@type"] == "Hospital")
    assert not seen.unsaid(node)
    assert seen.unsaid({**node, property_: value})


def test_hours_and_points_that_the_page_does_not_show_are_found(site: Site) -> None:
    address, node = next(
        (address, node)
        for address, page in site.pages.items()
        for node in within(nodes_of(page))
        if node.get("@type") == "OpeningHoursSpecification"
    )
    seen = Shown(address, site.pages[address])
    assert seen.unsaid({**node, "closes": "23:59"})
    assert seen.unsaid({**node, "dayOfWeek": [DAYS["sun"]]})
    assert seen.unsaid({"@type": "GeoCoordinates", "latitude": 37.1, "longitude": 127.1})


def test_every_record_is_described_as_what_it_is(site: Site) -> None:
    wanted = {
        "hospitals/severance-hospital/": {"Hospital", "ContactPoint", "GeoCoordinates"},
        "hospitals/hangil-eye-hospital/": {"MedicalOrganization", "Place"},
        "wellness/spaland/": {"Place", "GeoCoordinates"},
        "k-culture/gyeongbokgung/": {"Place"},
        "k-culture/fest-jinhae/": {"Festival", "Schedule"},
        "clusters/busan/": {"Place"},
        "regions/seoul/": {"AdministrativeArea"},
        "regions/": {"Airport"},
        "from/kz/": {"FAQPage", "Question", "Answer"},
        "numbers/countries/": {"Dataset", "DataDownload"},
        "data/": {"Dataset", "DataDownload"},
    }
    for folder, _ in LANGUAGES.values():
        for address, kinds in wanted.items():
            given = {kind for node in within(nodes_of(site.pages[folder + address])) if "@type" in node for kind in types_of(node)}
            assert kinds | {"BreadcrumbList"} <= given, (folder + address, given)
        assert [node["@type"] for node in nodes_of(site.pages[folder])] == ["WebSite"]


def test_a_page_that_withholds_contact_details_gives_none_to_machines(site: Site) -> None:
    for folder in ("", "ru/", "zh/"):
        text = json.dumps(nodes_of(site.pages[f"{folder}hospitals/kangbuk-samsung-hospital/"]))
        assert not [name for name in ("telephone", "email", '"url"') if name in text], folder
    assert "telephone" in json.dumps(nodes_of(site.pages["ko/hospitals/kangbuk-samsung-hospital/"]))


# What is written into the page --------------------------------------------------------------------------------------------------


def test_no_text_can_leave_the_block() -> None:
    hostile = "</script><script>alert(1)</script><!-- & \u2028\u2029 \x00 ]]> \"'"
    text = json_ld([{"@type": "Hospital", "name": hostile}])
    assert not set(text) & set("<>&\u2028\u2029\x00")
    assert json.loads(text)["name"] == hostile
    page = html.fromstring(f'<html><head><script type="application/ld+json">{text}</script></head><body><p>x</p></body></html>')
    assert len(found(page, "//script")) == 1
    assert nodes_of(page)[0]["name"] == hostile


def test_a_page_that_is_not_translated_says_nothing_to_machines() -> None:
    reader = cast("Reader", None)  # a page without a subject is described without one
    page = Page("rights/consent/", "ru", "article.html", "", "", {"heading": "Согласие"}, crumbs=(("Главная", ""),), written_in="ru")
    said = json.loads(structured(reader, page, Addresses("https://example.org/guide/", "ru/")))
    assert said["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "Главная", "item": {"@id": "https://example.org/guide/ru/"}},
        {"@type": "ListItem", "position": 2, "name": "Согласие"},
    ]
    assert structured(reader, replace(page, written_in="en"), Addresses("https://example.org/guide/", "ru/")) == ""


# The card and the title ---------------------------------------------------------------------------------------------------------


def test_every_page_has_a_card_in_its_language(site: Site) -> None:
    for address, page in site.pages.items():
        head = page.find("head")
        assert head is not None
        card = {one.get("property"): one.get("content") or "" for one in head.iter("meta") if one.get("property")}
        (title,), (canonical,) = found(head, "title/text()"), found(head, "link[@rel='canonical']/@href")
        assert title in {card["og:title"], f"{card['og:title']} | {card['og:site_name']}"}, address
        assert card["og:url"] == canonical, address
        assert [card["og:description"]] == found(head, "meta[@name='description']/@content"), address
        assert card["og:locale"] == LOCALES[page.get("lang") or ""] or found(head, "meta[@content='noindex']"), address
        origin = canonical.removesuffix(address)
        assert card["og:image"].startswith(f"{origin}assets/"), address
        assert (site.folder / card["og:image"].removeprefix(origin)).is_file(), address


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_of_a_card_has_the_size_that_services_ask_for(language: str) -> None:
    picture = (ROOT / f"overrides/assets/card-{language}.png").read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", picture[16:24]) == (WIDTH, HEIGHT)
    assert len(picture) <= 60_000


def test_titles_and_descriptions_are_of_one_page_each(site: Site) -> None:
    for what, path in (("title", "title/text()"), ("description", "meta[@name='description']/@content")):
        seen: dict[tuple[str, str], str] = {}
        for address, page in site.pages.items():
            head = page.find("head")
            assert head is not None
            if not found(head, "meta[@name='robots']"):
                (text,) = found(head, path)
                key = (page.get("lang") or "", plain(text))
                assert key not in seen, (what, address, seen.get(key))
                assert len(key[1]) >= (10 if key[0].startswith(("ko", "zh")) else 20), (what, address, text)
                seen[key] = address
