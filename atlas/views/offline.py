"""``offline/``: the page where a reader chooses what her browser keeps, and finds the whole guide as a zip file.

What the browser reads to keep pages is made when all pages stand there, by :mod:`atlas.offline`; the view of this page tells it which.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from atlas import address
from atlas.address import country_path
from atlas.base import bases
from atlas.views.countryfinder import by_name
from atlas.views.page import Page
from atlas.views.paging import fits, is_further
from atlas.views.reader import Citations, Reader
from atlas.views.search import heading_of

PATH = address.OFFLINE
ALWAYS = ("plan/", "rights/", "about/")
"""Sections that are always kept whole, besides the pages in :data:`SINGLE`."""
SINGLE = ("", "visa/", "search/", PATH)
"""Pages that are always kept: home, the overview of visas, the index, and the page that says what is kept."""
SAID = (
    "none",
    "sum",
    "sum-kept",
    "keep",
    "again",
    "doing",
    "done",
    "copy",
    "looked",
    "fresh",
    "changed",
    "fetch",
    "stopped",
    "failed",
    "full",
    "gone",
    "notice",
    "newer",
    "look",
    "kilobytes",
)
"""The texts that the scripts say themselves."""
COUNTED = ("pages", "shown")
SAFARI = "webkit-storage-2020"
"""The source for what Safari deletes."""


def offline_page(reader: Reader, pages: Iterable[Page]) -> Page:
    """The page in one language; ``pages`` are all others."""
    words, atlas = reader.words, reader.atlas
    names = {page.path: heading_of(reader, page) for page in pages} | {"": words.say("nav-home")}
    core = [path for path in names if path in SINGLE or path.startswith(ALWAYS)]
    visas = [path for path in names if path.startswith("visa/") and path != "visa/"]
    passports = [{"text": reader.country(one.country), "path": country_path(one.country)} for one in by_name(reader)]
    cards = [
        {"text": reader.text(base.name), "path": f"{base.path}cards/"} for base in bases(atlas).values() if f"{base.path}cards/" in names
    ]
    provinces = list(_provinces(reader))
    packs = {one["path"]: found for one in cards if len(found := list(_pages_of(one["path"], names))) > 1}
    cited = Citations(reader)
    refs = cited.cite([SAFARI])
    title = words.say("offline-title")
    entries = atlas.wordings[reader.language]
    says = {key: entries[f"offline-{key}"] for key in SAID} | {key: words.forms(f"offline-{key}") for key in COUNTED}
    return Page(
        path=PATH,
        language=reader.language,
        template="offline.html",
        title=title,
        description=words.say("offline-description"),
        view={
            "heading": title,
            "core": [{"text": names[path], "path": path} for path in core],
            "visas": [{"text": names[path], "path": path} for path in visas],
            "passports": passports,
            "cards": cards,
            **_to_choose(reader, provinces),
            "list": f"offline/{reader.language}.json",
            "zip": f"offline/korea-care-atlas-{reader.language}.zip",
            "say": json.dumps(says, ensure_ascii=False, separators=(",", ":")),
            "refs": refs,
            "sources": cited.listed(),
            "sources_note": cited.note(),
            # Below: what atlas.offline reads, and no template prints.
            "language": reader.language,
            "locale": str(words.locale),
            "released": atlas.site.released,
            "date": words.date(atlas.site.released),
            "released_said": words.say("released", date=words.date(atlas.site.released)),
            "megabytes": entries["offline-megabytes"],
            "kilobytes": entries["offline-kilobytes"],
            "index": words.say("search-index"),
            "copy": words.say("offline-zip-copy", date=words.date(atlas.site.released)),
            "live": words.say("offline-zip-live"),
            "sets": {"core": [*core, PATH], "visa": visas, **packs},
            "keepable": [
                *(*core, PATH, *visas),
                *(one["path"] for one in (*passports, *cards)),
                *(path for found in packs.values() for path in found[1:]),
                *(row["path"] for province in provinces for row in province["rows"]),
            ],
            "packed": list(names),
        },
        crumbs=((words.say("nav-home"), ""),),
        changed_on=atlas.site.released,
        feedback="offline",
    )


def _pages_of(path: str, paths: Iterable[str]) -> Iterator[str]:
    """The pages of a list."""
    yield path
    yield from (one for one in paths if one.startswith(path) and is_further(one))


def _to_choose(reader: Reader, provinces: list[dict[str, Any]]) -> dict[str, Any]:
    """The institutions to choose from; of more than a page has room for, how one is added from its own page."""
    if fits(reader.atlas.institutions):
        return {"provinces": provinces}
    words = reader.words
    return {"open": words.say("offline-hospitals-open", link=words.say("offline-add"))}


def _provinces(reader: Reader) -> Iterator[dict[str, Any]]:
    """The institutions by province, each in order of name; at the end those of which no source says where they are."""
    provinces: dict[str | None, str] = {code: reader.text(province.short) for code, province in reader.atlas.provinces.items()}
    for code, heading in (provinces | {None: reader.words.say("place-unknown")}).items():
        found = [one for one in reader.atlas.institutions.values() if one.province == code]
        if found:
            rows = [{"name": reader.name(one), "path": f"hospitals/{one.id}/"} for one in reader.by_name(found)]
            yield {"heading": heading, "count": reader.words.number(len(rows)), "rows": rows}
