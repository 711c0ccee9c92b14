"""Lists of wellness sites and experiences: ``wellness/``, ``k-culture/``, their kinds, and the calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from atlas import address
from atlas.base import closed
from atlas.calendarfile import Entry, calendar_file
from atlas.holiday import Holiday
from atlas.records.spot import Spot, SpotKind
from atlas.views.finder import finder_view
from atlas.views.page import Draft, Page
from atlas.views.reader import Reader
from atlas.views.regionpieces import region_crumbs, region_page
from atlas.views.spot import kinds_of, spot_row
from atlas.views.spotfinder import SPECIMEN, other_lists, spot_finder, spot_lists

CALENDAR = address.CALENDAR


def culture_pages(reader: Reader) -> Iterator[Draft]:
    """Both lists, a list for each kind, the same places by what they ask of a body, and the calendar."""
    words, atlas = reader.words, reader.atlas
    yield Draft("wellness/", partial(_list, reader, "wellness/", "wellness", atlas.wellness_sites, atlas.wellness_kinds))
    yield Draft("k-culture/", partial(_list, reader, "k-culture/", "culture", atlas.experiences, atlas.experience_kinds))
    kinds: tuple[tuple[str, str, str, Mapping[str, Spot], Mapping[str, SpotKind]], ...] = (
        ("wellness/", "wellness", "wellness-site", atlas.wellness_sites, atlas.wellness_kinds),
        ("k-culture/", "culture", "experience", atlas.experiences, atlas.experience_kinds),
    )
    for folder, name, kind, spots, known in kinds:
        for key, one in known.items():
            found = [spot for spot in spots.values() if key in kinds_of(spot) and not closed(atlas, spot)]
            if found:
                crumb = (words.say(f"{name}-title"), folder)
                path = f"{folder}kind/{key}/"
                yield Draft(path, partial(_of_kind, reader, path, kind, one, found, crumb))
        yield from spot_lists(reader, folder)
    yield Draft(CALENDAR, partial(_calendar, reader), of=())


def _list(reader: Reader, path: str, name: str, spots: Mapping[str, Spot], kinds: Mapping[str, SpotKind]) -> Page:
    """All of them: wellness sites by province, experiences by kind, with the finder."""
    words = reader.words
    kind = "wellness-site" if name == "wellness" else "experience"
    open_spots = [one for one in spots.values() if not closed(reader.atlas, one)]
    groups = _by_province(reader, kind, open_spots) if name == "wellness" else _by_kind(reader, kind, open_spots, kinds)
    ordered = sorted(kinds.items(), key=lambda pair: pair[1].order)
    ways = [
        {
            "text": reader.text(one.heading),
            "path": f"{path}kind/{key}/",
            "count": words.number(sum(key in kinds_of(spot) for spot in open_spots)),
        }
        for key, one in ordered
        if any(key in kinds_of(spot) for spot in open_spots)
    ]
    others = other_lists(reader, path)
    if name == "culture":
        others.append((words.say("calendar-title"), CALENDAR))
    title = words.say(f"{name}-title")
    view: dict[str, Any] = {
        "heading": title,
        "lead": words.say(f"{name}-lead", count=len(open_spots)),
        "note": words.say(f"{name}-note"),
        "ways": {"id": "kinds", "heading": words.say("spot-kinds"), "links": ways},
        "groups": groups,
        "finder": finder_view(reader, spot_finder(reader, path), SPECIMEN),
        "others": {
            "id": "others",
            "heading": words.say("finder-others"),
            "links": [{"text": text, "path": other, "count": ""} for text, other in others],
        },
    }
    description = words.say(f"{name}-description")
    return region_page(reader, path, title, description, view, region_crumbs(reader), template="spots.html")


def _of_kind(reader: Reader, path: str, kind: str, one: SpotKind, found: Sequence[Spot], crumb: tuple[str, str]) -> Page:
    heading = reader.text(one.heading)
    view: dict[str, Any] = {"heading": heading, "lead": reader.text(one.lead), "groups": _by_province(reader, kind, found)}
    if one.id == "festivals":
        view["more"] = {"path": CALENDAR, "text": reader.words.say("calendar-title")}
    name = "site" if kind == "wellness-site" else "spot"
    title = reader.words.say(f"{name}-kind-title", kind=heading)
    description = reader.words.say(f"{name}-kind-description", kind=heading)
    return region_page(reader, path, title, description, view, region_crumbs(reader, crumb), template="spots.html")


def _by_province(reader: Reader, kind: str, found: Sequence[Spot]) -> list[dict[str, Any]]:
    groups = []
    for code, province in reader.atlas.provinces.items():
        here = [one for one in found if one.province == code]
        if here:
            rows = [spot_row(reader, kind, one, whole_place=False) for one in reader.by_name(here)]
            groups.append(_group(reader, province.slug, reader.text(province.short), rows, f"regions/{province.slug}/"))
    everywhere = [one for one in found if one.province is None]
    if everywhere:
        rows = [spot_row(reader, kind, one) for one in reader.by_name(everywhere)]
        groups.append(_group(reader, "everywhere", reader.words.say("place-everywhere"), rows))
    return groups


def _by_kind(reader: Reader, kind: str, found: Sequence[Spot], kinds: Mapping[str, SpotKind]) -> list[dict[str, Any]]:
    groups = []
    for key, one in sorted(kinds.items(), key=lambda pair: pair[1].order):
        here = [spot for spot in found if key in kinds_of(spot)]
        if here:
            rows = [spot_row(reader, kind, spot) for spot in reader.by_name(here)]
            groups.append(_group(reader, key, reader.text(one.heading), rows, f"k-culture/kind/{key}/"))
    return groups


def _group(reader: Reader, group_id: str, heading: str, rows: list[dict[str, Any]], path: str | None = None) -> dict[str, Any]:
    return {
        "id": group_id,
        "heading": heading,
        "number": reader.words.number(len(rows)),
        "rows": rows,
        **({"path": path} if path else {}),
    }


# The calendar -------------------------------------------------------------------------------------------------------------------


def _calendar(reader: Reader) -> Page:
    """What is held or worth going to in which month, festivals whose months no source names, and public holidays."""
    words, atlas = reader.words, reader.atlas
    dated = [one for one in atlas.experiences.values() if one.months and not closed(reader.atlas, one)]
    months = []
    for month in range(1, 13):
        here = [one for one in dated if month in one.months]
        rows = [spot_row(reader, "experience", one) for one in reader.by_name(here)]
        months.append({"id": f"m{month}", "heading": words.month(month), "number": words.number(len(rows)), "rows": rows})
    undated = [one for one in atlas.experiences.values() if one.kind == "festivals" and not one.months and not closed(reader.atlas, one)]
    view: dict[str, Any] = {
        "heading": words.say("calendar-title"),
        "lead": words.say("calendar-lead"),
        "months": months,
        "undated": [spot_row(reader, "experience", one) for one in reader.by_name(undated)],
        "years": _years(reader),
        "ics": holidays_path(reader),
    }
    crumbs = region_crumbs(reader, (words.say("culture-title"), "k-culture/"))
    return region_page(
        reader, CALENDAR, words.say("calendar-title"), words.say("calendar-description"), view, crumbs, template="calendar.html"
    )


def holidays_path(reader: Reader) -> str:
    """The address of the calendar file of public holidays, below the root of the site."""
    return f"{CALENDAR}holidays-{reader.language}.ics"


def holidays_file(reader: Reader) -> str:
    """The public holidays as a calendar file, with the warning that clinics close."""
    words = reader.words
    entries = [
        Entry(
            one.day,
            "holiday",
            words.say("label-value", label=words.say("plan-holiday"), value=holiday_name(reader, one)),
            words.say("holidays-note"),
        )
        for one in reader.links.holidays
    ]
    return calendar_file(
        words.say("holidays-heading"), reader.atlas.site_languages[reader.language].tag, entries, reader.atlas.site.released
    )


def holiday_name(reader: Reader, one: Holiday) -> str:
    """The name of a day off."""
    words = reader.words
    name = words.say("list-comma").join(words.say(key) for key in one.keys)
    return words.say("holiday-instead", what=name) if one.instead else name


def _years(reader: Reader) -> list[dict[str, Any]]:
    words = reader.words
    found = groupby(reader.links.holidays, key=lambda one: one.day[:4])
    return [
        {
            "year": year,
            "days": [{"date": one.day, "on": words.date(one.day), "name": holiday_name(reader, one), "long": _long(one)} for one in days],
        }
        for year, days in found
    ]


def _long(one: Holiday) -> bool:
    """Whether it belongs to Seollal or Chuseok, when most of the country closes."""
    return bool({"holiday-korean-new-year", "holiday-chuseok"} & set(one.keys))
