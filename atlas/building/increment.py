"""What an edition has that it had not when it was last written whole: after an edit only that is written, which is little."""

from __future__ import annotations

import copyreg
import io
import pickle
from collections.abc import Hashable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from atlas.article import Article
from atlas.atlas import Atlas
from atlas.building.share import Asked, Made
from atlas.memory import Memory
from atlas.publishing.manifest import Written
from atlas.trace import Key
from atlas.views.page import Page

if TYPE_CHECKING:
    from atlas.building.kept import Edition

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
Change = tuple[dict[K, V], tuple[K, ...]]
"""What has come or is another object, and what has gone."""


SUBJECT = ("told", "standing", "paths")
"""The parts of a subject that an edit of a page changes."""


@dataclass(frozen=True)
class Increment:
    """What makes one edition of another."""

    memory: Change[Hashable, Any]
    articles: dict[str, dict[str, Article]]
    """By address, where any of its languages is another."""
    subject: dict[str, Any]
    made: dict[str, dict[str, Made]]
    lists: dict[str, tuple[Page, ...]]
    files: Change[str, Written]
    languages: dict[str, Mapping[str, Written]]
    groups: dict[int, tuple[frozenset[Key], Mapping[str, Written]]]
    whole: Mapping[str, Written]
    asked: dict[str, Asked]
    templates: Mapping[str, bytes]
    overrides: bytes
    digest: str
    stamps: dict[str, str]


def increment(base: Edition, now: Edition) -> bytes | None:
    """What makes ``now`` of ``base``, pickled; None where it is too much, as when records or the set of pages changed."""
    was, is_ = base.subject, now.subject
    if is_.atlas is not was.atlas or [*was.articles] != [*is_.articles]:
        return None
    if any([*base.made[code]] != [*found] for code, found in now.made.items()) or base.made.keys() != now.made.keys():
        return None
    payload = Increment(
        memory=_change(base.memory.entries, now.memory.entries),
        articles={path: dict(found) for path, found in is_.articles.items() if not _alike(was.articles[path], found)},
        subject={name: getattr(is_, name) for name in SUBJECT},
        made={code: _change(base.made[code], found)[0] for code, found in now.made.items()},
        lists=now.lists,
        files=_change(base.files, now.files),
        languages={code: found for code, found in now.languages.items() if base.languages.get(code) is not found},
        groups={place: found for place, found in enumerate(now.groups) if base.groups[place] is not found},
        whole=now.whole,
        asked=now.asked,
        templates=now.templates,
        overrides=now.overrides,
        digest=now.digest,
        stamps=now.stamps,
    )
    known = {id(one): (path, code) for path, found in was.articles.items() for code, one in found.items()}

    def reduced(one: Article) -> tuple[Any, ...] | str:
        return (_article, known[id(one)]) if id(one) in known else one.__reduce_ex__(pickle.HIGHEST_PROTOCOL)

    written = io.BytesIO()
    pickler = pickle.Pickler(written, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = copyreg.dispatch_table | {Article: reduced, Atlas: lambda _: (_atlas, ())}
    pickler.dump(payload)
    return written.getvalue()


def incremented(base: Edition, payload: bytes | memoryview) -> Edition:
    """The edition that :func:`increment` made ``payload`` of; ``base`` is left as it is."""
    token = _BASE.set(base)
    try:
        found: Increment = pickle.loads(payload)  # a build of this project has written it
    finally:
        _BASE.reset(token)
    articles = {path: found.articles.get(path, one) for path, one in base.subject.articles.items()}
    return replace(
        base,
        memory=Memory.holding(_changed(base.memory.entries, found.memory)),
        subject=replace(base.subject, articles=articles, **found.subject),
        made={code: one | found.made[code] for code, one in base.made.items()},
        lists=found.lists,
        files=_changed(base.files, found.files),
        languages={**base.languages, **found.languages},
        groups=[found.groups.get(place, one) for place, one in enumerate(base.groups)],
        whole=found.whole,
        asked=found.asked,
        templates=found.templates,
        overrides=found.overrides,
        digest=found.digest,
        stamps=found.stamps,
    )


_BASE: ContextVar[Edition] = ContextVar("_BASE")
"""The edition that an increment is read for."""


def _atlas() -> Atlas:
    return _BASE.get().subject.atlas


def _article(path: str, language: str) -> Article:
    return _BASE.get().subject.articles[path][language]


def _alike(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    return [*one] == [*other] and all(one[key] is found for key, found in other.items())


def _change(before: Mapping[K, V], now: Mapping[K, V]) -> Change[K, V]:
    return {key: value for key, value in now.items() if before.get(key) is not value}, tuple(before.keys() - now.keys())


def _changed(before: Mapping[K, V], change: Change[K, V]) -> dict[K, V]:
    come, gone = change
    found = {**before, **come}
    for key in gone:
        del found[key]
    return found
