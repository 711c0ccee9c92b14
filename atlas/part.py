"""A part of the records: what one check looks at, so that what it found stands for as long as just these stay the same."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from atlas.atlas import COLLECTIONS, Atlas
from atlas.kept import is_keeping, written_out
from atlas.kinds import KINDS, plural


@dataclass(frozen=True)
class Part:
    """An atlas with some of its records, and the bytes that stand for them where results are being kept."""

    atlas: Atlas
    content: bytes


def part(atlas: Atlas, whole: Collection[str], named: Collection[str] = ()) -> Part:
    """The site record and the kinds of record (fields of an atlas) in ``whole``; of those in ``named`` only the ids, of others nothing.

    What is left out is empty, not merely forbidden: a check that looks at more than it says finds nothing there, and fails its tests.
    """
    kinds = {plural(kind.name): kind.name for kind in KINDS}
    left: dict[str, Any] = {}
    for name in COLLECTIONS:
        if name not in whole:
            left[name] = dict.fromkeys(getattr(atlas, name)) if name in named else {}
    kept = {kinds[name]: atlas.written[kinds[name]] for name in sorted(whole)}
    ids = {name: tuple(getattr(atlas, name)) for name in sorted(named)}
    content = written_out(({"site": atlas.written["site"], **kept}, ids)) if is_keeping() else b""
    return Part(replace(atlas, **left, wordings={}, written=kept, translated={}, tables={}), content)
