"""The institutions of a list under headings, by province or by kind, page by page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from atlas.records.institution import Institution
from atlas.views.paging import cut, fits, numbered, page_of
from atlas.views.reader import Reader
from atlas.views.row import institution_row


@dataclass(frozen=True)
class Group:
    """Some institutions in order of name, under a heading; ``count`` is how many there are, on this page and on others."""

    id: str
    heading: str
    count: int
    found: Sequence[Institution]
    path: str | None = None


def groups_of(reader: Reader, path: str, found: Sequence[Institution], *, by_kind: bool) -> list[Group]:
    """The groups of a list; of a list in pages they are put in order once."""

    def make() -> list[Group]:
        return _by_kind(reader, found) if by_kind else by_province(reader, found)

    return make() if fits(found) else reader.once(("groups", path), make)


def by_province(reader: Reader, found: Sequence[Institution]) -> list[Group]:
    """Institutions by province, at the end those of which no source says where they are."""
    groups = []
    for code, province in reader.atlas.provinces.items():
        here = [one for one in found if one.province == code]
        if here:
            groups.append(_group(reader, province.slug, reader.text(province.short), here, f"hospitals/in/{province.slug}/"))
    nowhere = [one for one in found if one.province is None]
    if nowhere:
        groups.append(_group(reader, "unplaced", reader.words.say("place-unknown"), nowhere))
    return groups


def _by_kind(reader: Reader, found: Sequence[Institution]) -> list[Group]:
    groups = []
    for key, kind in sorted(reader.atlas.institution_kinds.items(), key=lambda pair: pair[1].order):
        here = [one for one in found if one.kind == key]
        if here:
            groups.append(_group(reader, key, reader.text(kind.plural), here))
    return groups


def _group(reader: Reader, group_id: str, heading: str, found: Sequence[Institution], path: str | None = None) -> Group:
    return Group(group_id, heading, len(found), reader.by_name(found), path)


def on_page(groups: Iterable[Group], number: int) -> Iterator[Group]:
    """What stands on a page of a list, group by group."""
    for start, group in _starts(groups):
        if here := cut(group.found, number, start):
            yield replace(group, found=here)


def _starts(groups: Iterable[Group]) -> Iterator[tuple[int, Group]]:
    """Where in the list each group begins."""
    start = 0
    for group in groups:
        yield start, group
        start += group.count


def jumps(reader: Reader, path: str, groups: Iterable[Group]) -> list[dict[str, str]]:
    """For each group a link to the page on which it begins."""
    return [
        {
            "id": group.id,
            "heading": group.heading,
            "number": reader.words.number(group.count),
            "path": numbered(path, page_of(start)),
        }
        for start, group in _starts(groups)
    ]


def rowed(reader: Reader, groups: Iterable[Group], far: Mapping[str, float] | None = None) -> list[dict[str, Any]]:
    """The groups as a page shows them; ``far``: how far away each institution is, in metres."""
    return [
        {
            "id": group.id,
            "heading": group.heading,
            "count": reader.words.say("institutions", count=group.count),
            "number": reader.words.number(group.count),
            "rows": [institution_row(reader, one, metres=(far or {}).get(one.id)) for one in group.found],
            **({"path": group.path} if group.path else {}),
        }
        for group in groups
    ]
