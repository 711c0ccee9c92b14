"""Outdated translations of records that are not shown: of visa, medicine, money and emergencies.

They are taken out where the records are loaded, so that the reader gets the text in the language that it was changed in, with its mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from atlas.translation.digest import same
from atlas.translation.leaf import CRITICAL, CRITICAL_FIELDS, Leaf, leaves_of
from atlas.translation.memory import Kept
from atlas.translation.state import assigned, source_language

KINDS = CRITICAL | {kind for kind, _ in CRITICAL_FIELDS}
"""The kinds of which texts may be withheld."""


def shown(kind: str, record: dict[str, Any], stored: Mapping[str, Kept], languages: tuple[str, ...]) -> dict[str, Any]:
    """A record as it is written, without its outdated translations; the record itself where it has none."""
    found = [leaf for leaf in leaves_of(kind, {"": record}, frozenset(languages)) if leaf.critical and len(leaf.texts) > 1]
    kept = assigned(found, stored)
    for leaf in found:
        for language in _outdated(leaf, kept[leaf.key], languages[0]):
            record = _without(record, [*leaf.key.split("."), language])
    return record


def _outdated(leaf: Leaf, kept: Kept | None, default: str) -> Iterator[str]:
    main = source_language(leaf, kept, default)
    for language in leaf.texts:
        origin = kept.of(language) if kept else None
        if language != main and (origin is None or origin[0] not in leaf.texts or not same(leaf.texts[origin[0]], origin[1])):
            yield language


def _without(value: Any, way: list[str]) -> Any:
    """A copy of a value without what ``way`` leads to."""
    step, *rest = way
    if isinstance(value, tuple):
        return tuple(_without(item, rest) if place == int(step) else item for place, item in enumerate(value))
    if not rest:
        return {name: item for name, item in value.items() if name != step}
    return {name: _without(item, rest) if name == step else item for name, item in value.items()}
