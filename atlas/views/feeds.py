"""``changes/feeds/<language>/``: a feed of all changes, and one for each topic, each passport and each province, in Atom and in JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import escape

from atlas.changes.concern import TOPICS
from atlas.changes.feed import FOLDER, MOST, Feed, Item, Publisher, atom, json_feed
from atlas.changes.history import Change, Day, History
from atlas.records.localised import Passage
from atlas.views.passages import told
from atlas.views.reader import Reader

EVERYTHING = "all"


@dataclass(frozen=True)
class Named:
    """A feed by name: its key, what it is called in a list of its kind, and the page on which people read the same."""

    key: str
    name: str
    path: str


def topic_name(reader: Reader, topic: str) -> str:
    """How a topic is called."""
    return reader.words.say(_TOPIC_WORDS[topic])


_TOPIC_WORDS = {
    "hospitals": "nav-hospitals",
    "treatments": "nav-treatments",
    "visa": "nav-visa",
    "regions": "nav-regions",
    "wellness": "wellness-title",
    "k-culture": "culture-title",
    "plan": "changes-topic-plan",
    "numbers": "foot-numbers",
    "north-korea": "foot-north",
}


def topic_feeds(reader: Reader) -> list[Named]:
    """All changes, and every topic."""
    named = [Named(topic, topic_name(reader, topic), "changes/") for topic in TOPICS]
    return [Named(EVERYTHING, reader.words.say("changes-topic-all"), "changes/"), *named]


def passport_feeds(reader: Reader) -> list[Named]:
    """Visa and entry by passport, in the order of their names."""
    found = [Named(f"visa/{code.lower()}", reader.country(code), f"from/{code.lower()}/") for code in reader.atlas.countries]
    return sorted(found, key=lambda one: reader.collated(one.name))


def province_feeds(reader: Reader) -> list[Named]:
    """Hospitals by province, in the order of their names."""
    found = [Named(f"hospitals/{one.slug}", reader.text(one.short), f"hospitals/in/{one.slug}/") for one in reader.atlas.provinces.values()]
    return sorted(found, key=lambda one: reader.collated(one.name))


def feed_files(readers: Mapping[str, Reader], history: History, origin: str, paths: frozenset[str]) -> dict[str, str]:
    """Every feed in every language and both forms, by address. ``paths`` are those of all pages."""
    files: dict[str, str] = {}
    for code, reader in readers.items():
        atlas = reader.atlas
        base = origin if code == atlas.default_language else f"{origin}{code}/"
        publisher = Publisher(origin, reader.text(atlas.site.name), base, atlas.site.founded)
        items = _by_feed(reader, history, publisher, base, paths)
        for feed in _feeds(reader, items, base):
            files[f"{FOLDER}{code}/{feed.key}.atom"] = atom(feed, publisher, code)
            files[f"{FOLDER}{code}/{feed.key}.json"] = json_feed(feed, publisher, code)
    return files


def _feeds(reader: Reader, items: Mapping[str, list[Item]], base: str) -> Iterator[Feed]:
    site, say = reader.text(reader.atlas.site.name), reader.words.say
    groups = (("", topic_feeds(reader)), ("visa", passport_feeds(reader)), ("hospitals", province_feeds(reader)))
    tag = reader.atlas.site_languages[reader.language].tag
    for topic, found in groups:
        for one in found:
            name = say("label-value", label=topic_name(reader, topic), value=one.name) if topic else one.name
            yield Feed(one.key, f"{site} · {name}", tag, base + one.path, items.get(one.key, [])[:MOST])


def _by_feed(reader: Reader, history: History, publisher: Publisher, base: str, paths: frozenset[str]) -> dict[str, list[Item]]:
    """The changes that are told in this language, by the feeds that they belong to."""
    slugs = {code: one.slug for code, one in reader.atlas.provinces.items()}
    found: dict[str, list[Item]] = defaultdict(list)
    for day, change in history.changes():
        if reader.language not in change.languages:
            continue
        item = _item(reader, day, change, publisher, base + (change.path if change.path in paths else "changes/"))
        keys = [EVERYTHING, change.topic]
        keys += [f"visa/{code.lower()}" for code in change.countries]
        keys += [f"hospitals/{slugs[code]}" for code in change.provinces if code in slugs]
        for key in keys:
            found[key].append(item)
    return found


def _item(reader: Reader, day: Day, change: Change, publisher: Publisher, url: str) -> Item:
    words, code = reader.words, reader.language
    label = told(change.label, code).text
    lines = [_line(reader, key, passage) for key, passage in said(reader, change)]
    lines += list(_sources(reader, day, change))
    return Item(
        id=publisher.tag(f"changes/{code}/{day.day}/{change.key}"),
        url=url,
        title=words.say("label-value", label=told(change.name, code).text, value=label),
        html="".join(lines),
        day=day.day,
        topic=topic_name(reader, change.topic),
    )


def said(reader: Reader, change: Change) -> list[tuple[str, Passage]]:
    """What was and what is, each with the word that stands before it."""
    found = []
    whole = change.how in {"added", "taken-out"}
    if change.old:
        found.append((f"changes-{change.how}" if whole else "changes-before", told(change.old, reader.language)))
    if change.new:
        found.append((f"changes-{change.how}" if whole else "changes-now", told(change.new, reader.language)))
    return found


def _line(reader: Reader, key: str, passage: Passage) -> str:
    mark = "del" if key in {"changes-before", "changes-taken-out"} else "ins"
    site = reader.atlas.site_languages.get(passage.language)
    lang = f' lang="{site.tag if site else passage.language}"' if passage.language != reader.language else ""
    word = reader.words.say("label-value", label=reader.words.say(key), value="").rstrip()
    return f"<p>{escape(word)} <{mark}{lang}>{escape(passage.text)}</{mark}></p>"


def _sources(reader: Reader, day: Day, change: Change) -> Iterable[str]:
    links = []
    for key in change.sources:
        source = day.sources[key]
        title = escape(told(source.title, reader.language).text)
        linked = source.url and not (change.unlinked and source.kind == "institution" and reader.language != "ko")
        links.append(f'<a href="{escape(source.url)}">{title}</a>' if linked and source.url else str(title))
    if links:
        word = reader.words.say("label-value", label=reader.words.say("sources"), value="").rstrip()
        yield f"<p>{escape(word)} {'; '.join(links)}</p>"
