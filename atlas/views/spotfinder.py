"""What the lists of wellness sites and of experiences can be narrowed by, and the lists that have no page of their own otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from atlas.base import closed, point_of
from atlas.records.spot import Experience, Spot
from atlas.views.facet import Choice, Facet, by_text, groups
from atlas.views.finder import Finder
from atlas.views.page import Draft, Page
from atlas.views.reader import Reader
from atlas.views.regionpieces import region_crumbs, region_page
from atlas.views.spot import kinds_of, spot_row

SPECIMEN = {
    "id": "{id}",
    "name": {"text": "{name}"},
    "path": "{path}",
    "korean": "{korean}",
    "kind": "{kind}",
    "place": "{place}",
    "marks": [{"icon": "{marks.icon}", "text": "{marks.text}"}],
    "months": "{months}",
    "distance": "{distance}",
    "weak": "{weak}",
}
"""A row with the names of its fields."""
EFFORTS = ("seated", "light", "active")
DOORS = {True: "in", False: "out"}


def open_spots(reader: Reader, folder: str) -> list[Spot]:
    """The wellness sites (``wellness/``) or experiences (``k-culture/``) that are open, in order of name."""
    spots: list[Spot] = list((reader.atlas.wellness_sites if folder == "wellness/" else reader.atlas.experiences).values())
    return reader.by_name(one for one in spots if not closed(reader.atlas, one))


def spot_finder(reader: Reader, folder: str) -> Finder[Spot]:
    """The places of a folder with their facets."""
    kind = "wellness-site" if folder == "wellness/" else "experience"
    return Finder(
        name=folder.rstrip("/"),
        facets=spot_facets(reader, folder),
        records=open_spots(reader, folder),
        row=lambda one: spot_row(reader, kind, one),
        point=lambda one: point_of(reader.atlas, one),
    )


def spot_facets(reader: Reader, folder: str) -> tuple[Facet[Spot], ...]:
    """Kind, province, month (of experiences), indoors or outdoors, effort. What is not known of a place has no choice."""
    words, atlas, spots = reader.words, reader.atlas, open_spots(reader, folder)
    known = atlas.wellness_kinds if folder == "wellness/" else atlas.experience_kinds
    kinds = [
        Choice(key, reader.text(one.heading), f"{folder}kind/{key}/") for key, one in sorted(known.items(), key=lambda pair: pair[1].order)
    ]
    here = {one.province for one in spots}
    lists = folder if folder == "wellness/" else f"{folder}province/"
    provinces = [Choice(one.slug, reader.text(one.short), f"{lists}#{one.slug}") for code, one in atlas.provinces.items() if code in here]
    months = [Choice(str(month), words.month(month), f"k-culture/calendar/#m{month}") for month in range(1, 13)]
    doors = [Choice(value, words.say("indoors" if value == "in" else "outdoors"), f"{folder}doors/#{value}") for value in DOORS.values()]
    efforts = [Choice(value, words.say(f"effort-{value}"), f"{folder}effort/#{value}") for value in EFFORTS]
    by_month: tuple[Facet[Spot], ...] = (
        Facet(
            "month",
            words.say("filter-month"),
            tuple(months),
            lambda one: [str(month) for month in one.months] if isinstance(one, Experience) else (),
        ),
    )
    return (
        Facet(
            "kind", words.say("filter-kind"), tuple(one for one in kinds if any(one.value in kinds_of(spot) for spot in spots)), kinds_of
        ),
        Facet(
            "in",
            words.say("filter-province"),
            by_text(reader, provinces),
            lambda one: (atlas.provinces[one.province].slug,) if one.province else (),
        ),
        *(by_month if folder == "k-culture/" else ()),
        Facet(
            "doors",
            words.say("filter-indoors"),
            tuple(doors),
            lambda one: (DOORS[one.body.indoors],) if one.body.indoors is not None else (),
        ),
        Facet(
            "effort",
            words.say("filter-effort"),
            tuple(efforts),
            lambda one: (one.body.effort,) if one.body.effort else (),
            words.say("finder-effort-note"),
        ),
    )


def other_lists(reader: Reader, folder: str) -> list[tuple[str, str]]:
    """The pages with the same places in other groups: what each is called, and its path."""
    labels = {facet.key: facet.label for facet in spot_facets(reader, folder)}
    keys = {"province": "in", "doors": "doors", "effort": "effort"}
    return [(labels[key], f"{folder}{name}/") for name, key in keys.items() if name != "province" or folder == "k-culture/"]


def spot_lists(reader: Reader, folder: str) -> Iterator[Draft]:
    """Those pages."""
    for label, path in other_lists(reader, folder):
        yield Draft(path, partial(_by_facet, reader, folder, label, path))


def _by_facet(reader: Reader, folder: str, label: str, path: str) -> Page:
    words, heading = reader.words, "wellness-title" if folder == "wellness/" else "culture-title"
    finder = spot_finder(reader, folder)
    facet = next(facet for facet in finder.facets if facet.label == label)
    title = words.say("label-value", label=words.say(heading), value=label)
    view = {"heading": title, "lead": words.say("finder-page-lead"), "groups": groups(facet, finder.records, finder.row, reader)}
    crumbs = region_crumbs(reader, (words.say(heading), folder))
    return region_page(reader, path, title, words.say("finder-page-description", title=title), view, crumbs, template="spots.html")
