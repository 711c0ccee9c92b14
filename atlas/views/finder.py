"""The finder: a list that a script narrows, counts, orders and maps. Without the script the same lists stand on pages of their own.

``find/<language>/<name>-<digest>/`` holds what the script reads: ``facets.json`` (for each facet the distinct sets of choices, and for each
row the place of its set; rows are in order of name), ``points.json`` (WGS84 degrees, ``null`` where no point is known), and
``rows-<n>.json`` (the rows as the list shows them, in blocks). ``find/korea-<digest>.svg`` is the map. The digest is that of the content:
a page never reads what another build made.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Generic, TypeVar

from atlas.records.point import Point
from atlas.trace import LEFT
from atlas.views.facet import Facet
from atlas.views.map import outline_map
from atlas.views.reader import Reader

T = TypeVar("T")
BLOCK = 40
"""How many rows a file holds."""
FILES = "finder-files"
"""Under this key a reader keeps what scripts read."""
SPOKEN = ("found", "none", "failed", "remove", "more", "option", "area", "pointless", "missing")
"""The texts that the script says itself."""


@dataclass(frozen=True)
class Finder(Generic[T]):
    """A list and its facets. ``records`` are in order of name; without ``point`` there is neither map nor order by distance."""

    name: str
    facets: tuple[Facet[T], ...]
    records: Sequence[T]
    row: Callable[[T], Mapping[str, Any]]
    point: Callable[[T], Point | None] | None = None
    dot: str = "finder-dot"
    """The text for a dot on the map that stands for several."""
    picked: str | None = None
    """The text that says how many are chosen to be compared."""


def finder_view(reader: Reader, finder: Finder[T], specimen: Mapping[str, Any]) -> dict[str, Any]:
    """What a page prints of a finder. ``specimen`` is a row with the names of its fields in braces, from which rows are drawn."""
    words, files = reader.words, _files(finder)
    folder = f"find/{reader.language}/{finder.name}-{digest(files.values())}/"
    keep(reader, {folder + name: text for name, text in files.items()})
    entries = reader.atlas.wordings[reader.language]
    said = {key: entries[f"finder-{key}"] for key in SPOKEN} | {
        "dot": entries[finder.dot],
        "km": entries["distance-km"],
        "same": entries["distance-same"],
        "comma": entries["list-comma"],
        "label": entries["label-value"],
    }
    if finder.picked:
        said["picked"] = entries[finder.picked]
    view: dict[str, Any] = {
        "name": finder.name,
        "data": folder,
        "total": len(finder.records),
        "facets": [_facet(facet, finder.records) for facet in finder.facets],
        "specimen": specimen,
    }
    if finder.point:
        drawn = outline_map(reader.atlas.outline)
        view["korea"] = f"find/korea-{digest([drawn])}.svg"
        keep(reader, {view["korea"]: drawn})
        view["places"] = _places(reader)
        said["map"] = words.say("finder-map-label")
    view["words"] = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return view


def keep(reader: Reader, files: Mapping[str, str]) -> None:
    """Keeps files that a script on a page will read, by address."""
    kept: dict[str, str] = reader.kept.setdefault(FILES, {})
    kept.update(files)
    for address in files:
        reader.trace.note(LEFT, address)


def forget_pages(reader: Reader) -> None:
    """Lets a reader make everything anew, as for the first page; what scripts on other pages read is still there."""
    files = reader.kept.get(FILES, {})
    reader.kept.clear()
    reader.kept[FILES] = files


def finder_files(reader: Reader) -> dict[str, str]:
    """What the scripts on the pages of a language read, by address. To be asked when the pages have been made."""
    found: dict[str, str] = reader.kept.get(FILES, {})
    return found


def digest(texts: Iterable[str]) -> str:
    """Ten hexadecimal digits of the SHA-256 of some texts."""
    found = sha256()
    for text in texts:
        found.update(text.encode("utf-8"))
    return found.hexdigest()[:10]


def _facet(facet: Facet[T], records: Sequence[T]) -> dict[str, Any]:
    counts = facet.counts(records)
    choices = [{"value": one.value, "text": one.text, "n": counts[one.value]} for one in facet.choices]
    return {"key": facet.key, "label": facet.label, "choices": choices, **({"note": facet.note} if facet.note else {})}


def _places(reader: Reader) -> list[dict[str, str]]:
    """The places from which a reader can measure: the centres of the bases, and the airports, each in order of name."""
    centres = [(f"{reader.text(one.name)} ({reader.text(one.centre.place)})", key, one.centre) for key, one in reader.links.bases.items()]
    airports = [(reader.text(one.name), key, one.point) for key, one in reader.atlas.airports.items()]
    ordered = [*sorted(centres, key=_said(reader)), *sorted(airports, key=_said(reader))]
    return [{"value": key, "text": text, "at": f"{point.lat} {point.lon}"} for text, key, point in ordered]


def _said(reader: Reader) -> Callable[[tuple[str, str, Point]], str]:
    return lambda one: reader.collated(one[0])


def _files(finder: Finder[T]) -> dict[str, str]:
    files = {"facets.json": compact({"rows": len(finder.records), "facets": _columns(finder)})}
    if finder.point:
        points = [finder.point(one) for one in finder.records]
        files["points.json"] = compact({"lat": [one and one.lat for one in points], "lon": [one and one.lon for one in points]})
    rows = [finder.row(one) for one in finder.records]
    return files | {f"rows-{start // BLOCK}.json": compact(rows[start : start + BLOCK]) for start in range(0, len(rows), BLOCK)}


def _columns(finder: Finder[T]) -> dict[str, dict[str, Any]]:
    """For each facet the distinct sets of choices, by their places, and the place of the set of each row.

    A facet that follows from an earlier one names it in place of its rows: the treatments of an institution follow from its specialties.
    """
    columns: dict[str, dict[str, Any]] = {}
    for facet in finder.facets:
        place = {choice.value: number for number, choice in enumerate(facet.choices)}
        sets: dict[tuple[int, ...], int] = {}
        rows = [
            sets.setdefault(tuple(sorted(place[value] for value in set(facet.of(one)) if value in place)), len(sets))
            for one in finder.records
        ]
        distinct = list(sets)
        for key, earlier in columns.items():
            if "rows" in earlier and (follows := _following(earlier["rows"], rows)) is not None:
                columns[facet.key] = {"like": key, "sets": [distinct[follows[number]] for number in range(len(earlier["sets"]))]}
                break
        else:
            columns[facet.key] = {"rows": rows, "sets": distinct}
    return columns


def _following(rows: Sequence[int], others: Sequence[int]) -> dict[int, int] | None:
    """What ``others`` has wherever ``rows`` has a number, if that is always the same."""
    found: dict[int, int] = {}
    return found if all(found.setdefault(one, other) == other for one, other in zip(rows, others, strict=True)) else None


def compact(value: object) -> str:
    """JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
