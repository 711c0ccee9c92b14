"""``changes/``: the facts that changed, by day of release; older ones by year; and the list of feeds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from atlas.changes.concern import TOPICS
from atlas.changes.feed import FOLDER
from atlas.changes.history import JSON_PATH, Change, CitedSource, Day, History
from atlas.records.localised import Passage
from atlas.views.feeds import Named, passport_feeds, province_feeds, said, topic_feeds, topic_name
from atlas.views.ledger import lately
from atlas.views.page import Draft, Page
from atlas.views.passages import told
from atlas.views.reader import Reader, source_view

PATH = "changes/"
FEEDS = f"{PATH}feeds/"
MOST, HEAVIEST = 40, 16_000
"""How many changes a page holds at most, and how many bytes of texts in the longest language: the first view stays below 30 kB."""
Told = tuple[Day, Change]


def changes_pages(reader: Reader, history: History, paths: frozenset[str]) -> Iterator[Draft]:
    """All pages about changes; ``paths`` are those of all other pages."""
    found = list(history.changes())
    first = _chunks(found)[:1]
    shown = first[0] if first else []
    years: list[tuple[str, list[Told]]] = []
    if len(shown) < len(found):
        years = [(year, list(group)) for year, group in groupby(found, key=lambda one: one[0].day[:4])]
    yield Draft(PATH, partial(_overview, reader, history, shown, [year for year, _ in years], paths))
    for year, group in years:
        chunks = _chunks(group)
        for number, chunk in enumerate(chunks, 1):
            yield Draft(_year_path(year, number), partial(_year, reader, year, number, chunk, len(chunks), paths))
    yield Draft(FEEDS, partial(_feeds, reader))


def _chunks(found: Sequence[Told]) -> list[list[Told]]:
    """The changes in pages, alike in every language."""
    chunks: list[list[Told]] = []
    weight = 0
    for day, change in found:
        size = _size(change)
        if not chunks or len(chunks[-1]) >= MOST or weight + size > HEAVIEST:
            chunks.append([])
            weight = 0
        chunks[-1].append((day, change))
        weight += size
    return chunks


def _size(change: Change) -> int:
    texts = [text for texts in (change.old, change.new, change.name) if texts for text in [max(texts.values(), key=len)]]
    return sum(len(text.encode("utf-8")) for text in texts)


def _overview(reader: Reader, history: History, shown: Sequence[Told], years: Sequence[str], paths: frozenset[str]) -> Page:
    words, released = reader.words, reader.atlas.site.released
    view: dict[str, Any] = {
        "heading": words.say("changes-title"),
        "lead": words.say("changes-lead"),
        **_days(reader, shown, paths),
        "rules": lately(reader),
        "rules_note": words.say("changes-rules-note", date=words.date(released)),
        "years": [{"text": words.date(year), "path": f"{PATH}{year}/"} for year in years],
        "json": JSON_PATH,
        "topics": _listed(reader, topic_feeds(reader)),
        "feeds": FEEDS,
        "feed": f"{FOLDER}{reader.language}/all",
    }
    if not history.days:
        view["first"] = words.say("changes-first", date=words.date(history.since))
    return Page(
        path=PATH,
        language=reader.language,
        template="changes.html",
        title=words.say("changes-title"),
        description=words.say("changes-description"),
        view=view,
        crumbs=((words.say("nav-home"), ""),),
        section="about",
        changed_on=history.days[0].day if history.days else history.since,
        feedback="changes",
    )


def _year_path(year: str, number: int) -> str:
    return f"{PATH}{year}/" if number == 1 else f"{PATH}{year}/{number}/"


def _year(reader: Reader, year: str, number: int, shown: Sequence[Told], parts: int, paths: frozenset[str]) -> Page:
    """One year, or a part of it where it is long."""
    words, said_year = reader.words, reader.words.date(year)
    title = words.say("changes-year", year=said_year)
    if number > 1:
        title = words.say("changes-year-page", year=said_year, number=number)
    base = f"{PATH}{year}/"
    return Page(
        path=_year_path(year, number),
        language=reader.language,
        template="changes.html",
        title=title,
        description=words.say("changes-year-description", title=title),
        view={
            "heading": title,
            "lead": words.say("changes-year-lead", year=said_year),
            **_days(reader, shown, paths),
            "parts": [
                {"text": words.number(place), "path": base if place == 1 else f"{base}{place}/", "here": place == number}
                for place in range(1, parts + 1)
            ]
            if parts > 1
            else [],
        },
        crumbs=((words.say("nav-home"), ""), (words.say("changes-title"), PATH)),
        section="about",
        changed_on=shown[0][0].day,
        feedback=base.rstrip("/"),
    )


def _days(reader: Reader, found: Sequence[Told], paths: frozenset[str]) -> dict[str, Any]:
    """The changes by day and topic, as far as they are told in this language, and their sources."""
    sources = _Sources(reader)
    days = []
    for day, group in groupby(found, key=lambda one: one[0].day):
        changes = [(one, change) for one, change in group if reader.language in change.languages]
        topics = [
            {
                "id": f"{topic}-{day}",
                "heading": topic_name(reader, topic),
                "records": [
                    _record(reader, list(found), sources, paths)
                    for _, found in groupby(
                        ((one, change) for one, change in changes if change.topic == topic), key=lambda pair: (pair[1].kind, pair[1].id)
                    )
                ],
            }
            for topic in TOPICS
            if any(change.topic == topic for _, change in changes)
        ]
        view: dict[str, Any] = {"id": f"on-{day}", "date": day, "on": reader.words.date(day), "topics": topics}
        view["count"] = reader.words.say("changes-count", count=len(changes)) if changes else reader.words.say("changes-untold")
        days.append(view)
    view = {"days": days, "sources": sources.listed()}
    if dates := sources.read_on():
        view["sources_note"] = reader.words.say("sources-note", date=reader.words.date(max(dates)))
    return view


def _record(reader: Reader, found: Sequence[Told], sources: _Sources, paths: frozenset[str]) -> dict[str, Any]:
    """A record with all that changed of it on a day."""
    _, first = found[0]
    view: dict[str, Any] = {
        "name": _marked(reader, told(first.name, reader.language)),
        "fields": [
            {
                "label": _marked(reader, told(change.label, reader.language)),
                "refs": sources.cite(day, change),
                "values": [
                    {"word": reader.words.say(key), "out": key in {"changes-before", "changes-taken-out"}, "text": _marked(reader, passage)}
                    for key, passage in said(reader, change)
                ],
            }
            for day, change in found
        ],
    }
    if first.path in paths:
        view["path"] = first.path
    return view


def _marked(reader: Reader, passage: Passage) -> dict[str, Any]:
    return reader.marked(passage.text, passage.language)


def _listed(reader: Reader, found: Sequence[Named]) -> list[dict[str, str]]:
    return [{"text": one.name, "path": f"{FOLDER}{reader.language}/{one.key}"} for one in found]


def _feeds(reader: Reader) -> Page:
    """Every feed in this language."""
    words = reader.words
    title = words.say("changes-feeds-title")
    groups = [
        {"id": "topics", "heading": words.say("changes-feeds-topics"), "feeds": _listed(reader, topic_feeds(reader))},
        {
            "id": "passports",
            "heading": words.say("changes-feeds-passports"),
            "note": words.say("changes-feeds-passports-note"),
            "feeds": _listed(reader, passport_feeds(reader)),
        },
        {"id": "provinces", "heading": words.say("changes-feeds-provinces"), "feeds": _listed(reader, province_feeds(reader))},
    ]
    return Page(
        path=FEEDS,
        language=reader.language,
        template="feeds.html",
        title=title,
        description=words.say("changes-feeds-description"),
        view={"heading": title, "lead": words.say("changes-feeds-lead"), "groups": groups},
        crumbs=((words.say("nav-home"), ""), (words.say("changes-title"), PATH)),
        section="about",
        changed_on=reader.atlas.site.founded,
        feedback="changes/feeds",
    )


class _Sources:
    """The sources of one page, numbered as they are first named. One that has left the records since is listed as it was cited."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._found: dict[str, CitedSource] = {}
        self._unlinked: set[str] = set()

    def cite(self, day: Day, change: Change) -> list[int]:
        for key in change.sources:
            self._found.setdefault(key, day.sources[key])
            if change.unlinked and day.sources[key].kind == "institution" and self._reader.language != "ko":
                self._unlinked.add(key)
        order = list(self._found)
        return [order.index(key) + 1 for key in change.sources]

    def read_on(self) -> list[str]:
        """The days on which the sources were read, as far as their records stand."""
        return [self._reader.atlas.sources[key].accessed for key in self._found if key in self._reader.atlas.sources]

    def listed(self) -> list[dict[str, Any]]:
        views = []
        for key, cited in self._found.items():
            known = self._reader.atlas.sources.get(key)
            view = source_view(self._reader, known) if known else self._as_cited(cited)
            views.append({name: value for name, value in view.items() if name != "url" or key not in self._unlinked})
        return views

    def _as_cited(self, cited: CitedSource) -> dict[str, Any]:
        view: dict[str, Any] = {"title": _marked(self._reader, told(cited.title, self._reader.language)), "line": ""}
        return {**view, "url": cited.url} if cited.url else view
