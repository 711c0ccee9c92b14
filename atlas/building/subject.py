"""What a site was made from, as far as one edit changes it: two of these tell what a page asked for that is not as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from atlas.article import Article
from atlas.atlas import Atlas
from atlas.contents import Contents
from atlas.trace import Key, folder_of


@dataclass(frozen=True, repr=False)
class Subject:
    """One state of a project."""

    atlas: Atlas
    articles: Mapping[str, Mapping[str, Article]]
    told: Mapping[str, str]
    """By record the address of the page that tells most of it."""
    standing: tuple[Any, ...]
    """How the translations stand together."""
    paths: frozenset[str]


def subject_of(contents: Contents) -> Subject:
    """What the pages of a project are made from."""
    told = {key: next(iter(found.values())).path for key, found in contents.links.told.items()}
    standing = contents.standing
    return Subject(contents.atlas, contents.articles, told, (standing.totals, standing.pages), contents.paths)


def changed(before: Subject, now: Subject) -> frozenset[Key] | None:
    """The keys that stand for something else now than ``before``; None where everything does: a record has changed.

    Articles and the atlas are compared as objects: who has not read them anew has the same.
    """
    if now.atlas is not before.atlas:
        return None
    keys: set[Key] = set()
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
