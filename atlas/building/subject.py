"""What a site was made from, as far as one edit changes it: two of these tell what a page asked for that is not as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from atlas.article import Article
from atlas.atlas import COLLECTIONS, Atlas
from atlas.contents import Contents
from atlas.memory import same
from atlas.trace import NAMED, RECORDS, Key, folder_of
from atlas.translation.memory import stored_for

FRAME = ("site", "languages", "wordings", "outline")
"""The parts of an atlas of which nobody notes who asks for them."""
PROSE_NAMES = ("facts", "rules", "entry_rules", "series")
"""The records that prose names by id alone."""


@dataclass(frozen=True, repr=False)
class Subject:
    """One state of a project."""

    atlas: Atlas
    links: Mapping[str, Mapping[str, Any]]
    """What belongs together, by the field of :class:`~atlas.linking.Links` that holds it by key."""
    points: Mapping[str, tuple[float, float]]
    """Where places are, in degrees."""
    articles: Mapping[str, Mapping[str, Article]]
    told: Mapping[str, str]
    """By record the address of the page that tells most of it."""
    standing: tuple[Any, ...]
    """How the translations stand together."""
    paths: frozenset[str]


def subject_of(contents: Contents) -> Subject:
    """What the pages of a project are made from."""
    links, standing = contents.links, contents.standing
    told = {key: next(iter(found.values())).path for key, found in links.told.items()}
    held = {one.name: getattr(links, one.name) for one in fields(links) if one.name != "told"}
    by_key = {name: found for name, found in held.items() if isinstance(found, Mapping)}
    standing_now = (standing.totals, standing.pages)
    points = {key: (point.lat, point.lon) for key, point in links.near.points.items()}
    return Subject(contents.atlas, by_key, points, contents.articles, told, standing_now, contents.paths)


def changed(before: Subject, now: Subject) -> frozenset[Key] | None:
    """The keys that stand for something else now than ``before``; None where nobody can tell, such as after an edit of the interface.

    Articles and records are compared as objects: who has not read them anew has the same.
    """
    keys: set[Key] = set()
    if now.atlas is not before.atlas:
        if not all(same(getattr(before.atlas, name), getattr(now.atlas, name)) for name in FRAME):
            return None
        keys.update(_of_records(before, now))
    for path in before.articles.keys() | now.articles.keys():
        was, found = before.articles.get(path), now.articles.get(path)
        if was is None or found is None:
            keys.add(("below", folder_of(path)))
        if was is None or found is None or list(was) != list(found) or any(was[code] is not found[code] for code in found):
            keys |= {("page", path), ("page",)}
    for key in before.told.keys() | now.told.keys():
        path = now.told.get(key, "")
        if before.told.get(key) != path or ("page", path) in keys:
            keys |= {("told", key), ("told",)}
    if before.standing != now.standing:
        keys.add(("standing",))
    if before.paths != now.paths:
        keys.add(("paths",))
    return frozenset(keys)


def _of_records(before: Subject, now: Subject) -> Iterator[Key]:
    """What is not as it was of records, of what belongs together, and of the sources that translations of pages were made from."""
    yield (RECORDS,)
    yield ("ledger",)
    yield ("unplaced",)
    if not same(before.points, now.points):
        yield ("near",)
    for name in COLLECTIONS:
        for key in _differing(name, getattr(before.atlas, name), getattr(now.atlas, name)):
            yield key
            if name in PROSE_NAMES:
                yield (NAMED, *key[1:])
    for name, found in now.links.items():
        yield from _differing(name, before.links[name], found)
    for path in now.articles:
        if not same(stored_for(before.atlas.translated, path), stored_for(now.atlas.translated, path)):
            yield ("page", path)


def _differing(name: str, before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Key]:
    if before is now:
        return
    found = [key for key in before.keys() | now.keys() if key not in before or key not in now or not same(before[key], now[key])]
    if found or [*before] != [*now]:
        yield (name,)
        yield from ((name, key) for key in found)
