"""How lists show an institution."""

from __future__ import annotations

from typing import Any

from atlas.records.institution import Institution
from atlas.views.evidence import summary
from atlas.views.institution import institution_path, place_line
from atlas.views.near import distance
from atlas.views.reader import Reader


def institution_row(reader: Reader, one: Institution, *, whole_place: bool = False, metres: float | None = None) -> dict[str, Any]:
    """One institution in a list; with ``whole_place`` its province is named, which a list by province has in its headings."""
    row = dict(reader.once(("row", one.id, whole_place), lambda: _row(reader, one, whole_place=whole_place)))
    if metres is not None:
        row["distance"] = distance(reader, metres)
    return row


def _row(reader: Reader, one: Institution, *, whole_place: bool) -> dict[str, Any]:
    words, atlas = reader.words, reader.atlas
    place = [reader.text(atlas.institution_kinds[one.kind].name)]
    if whole_place and (where := place_line(reader, one)):
        place.append(where)
    elif one.district:
        place.append(reader.text(atlas.districts[one.district].in_province))
    sure = summary(reader, one)
    row: dict[str, Any] = {
        "name": reader.name(one),
        "path": institution_path(one),
        "place": " · ".join(place),
        "specialties": words.say("list-comma").join(reader.text(atlas.specialties[key].name) for key in one.specialties),
    }
    if "ko" in one.names and reader.own_name(one)[0] != "ko":
        row["korean"] = one.names["ko"].text
    if one.desk.languages:
        row["languages"] = words.say("list-comma").join(words.language(code) for code in one.desk.languages.codes)
    row["sure"] = {"state": sure["state"], "level": words.say("row-unknown") if one.serves_foreigners_unknown else sure["level"]}
    if one.closed:
        row["closed"] = words.say("row-closed")
    return row
