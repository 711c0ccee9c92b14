"""What any record says, by its kind; and what it is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from atlas.article import in_language
from atlas.changes.line import Line
from atlas.records.localised import Passage
from atlas.records.period import current
from atlas.records.spot import Spot
from atlas.views.entry import subject_name
from atlas.views.institution import shows_contact
from atlas.views.lines.entry import (
    checklist_lines,
    country_lines,
    country_list_lines,
    document_lines,
    entry_rule_lines,
    fee_lines,
    notice_lines,
    outcome_lines,
    rule_lines,
    site_lines,
    subject_lines,
)
from atlas.views.lines.guide import count_lines, event_lines, fact_lines, series_lines
from atlas.views.lines.institution import advice_lines, helpline_lines, institution_lines, scheme_lines, treatment_lines
from atlas.views.lines.place import airport_lines, cluster_lines, programme_lines, round_lines, spot_lines, zone_lines
from atlas.views.lines.sheet import Sheet
from atlas.views.near import place_path
from atlas.views.reader import Reader

WRITERS: Mapping[str, Callable[[Sheet, Any], None]] = {
    "institution": institution_lines,
    "scheme": scheme_lines,
    "treatment": treatment_lines,
    "advice": advice_lines,
    "country": country_lines,
    "country-list": country_list_lines,
    "status": subject_lines,
    "entry-scheme": subject_lines,
    "entry-rule": entry_rule_lines,
    "official-site": site_lines,
    "document": document_lines,
    "checklist": checklist_lines,
    "fee": fee_lines,
    "notice": notice_lines,
    "outcome": outcome_lines,
    "round": round_lines,
    "cluster": cluster_lines,
    "special-zone": zone_lines,
    "airport": airport_lines,
    "programme": programme_lines,
    "wellness-site": spot_lines,
    "experience": spot_lines,
    "rule": rule_lines,
    "helpline": helpline_lines,
    "fact": fact_lines,
    "patient-count": count_lines,
    "event": event_lines,
    "series": series_lines,
}
"""How a record of each kind that readers see writes its lines."""

HEADLINES = {
    "advice": "text",
    "country": "entry.",
    "entry-rule": "periods.",
    "event": "text",
    "fact": "periods.",
    "fee": "periods.",
    "helpline": "number",
    "outcome": "answer",
    "patient-count": "patients",
    "rule": "periods.",
}
"""The line that is told of a record that is new or gone, where its name does not say what it is."""


def record_lines(reader: Reader, kind: str, record: Any, *, contact: bool, keys: Sequence[str]) -> list[Line]:
    """What a record says; ``contact``: whether contact details are told, ``keys``: a name for each of its periods."""
    sheet = Sheet(reader, contact=contact, keys=keys)
    WRITERS[kind](sheet, record)
    return sheet.lines


def tells_contact(reader: Reader, kind: str, record: Any) -> bool:
    """Whether the page of a record gives this reader its contact details."""
    return kind != "institution" or (shows_contact(reader, record) and not record.closed)


def periods_of(record: Any) -> Sequence[Any]:
    """The periods of a record, or none."""
    found: Sequence[Any] = getattr(record, "entry" if hasattr(record, "entry") else "periods", ())
    return found


def record_name(reader: Reader, kind: str, record: Any) -> Passage:
    """What the record is called in a list of changes."""
    words, sheet = reader.words, Sheet(reader)
    said: str | None = None
    match kind:
        case "institution" | "wellness-site" | "experience":
            language, name = reader.own_name(record)
            return Passage(name.text, language)
        case "entry-rule":
            said = subject_name(reader, record.of)
        case "outcome":
            said = subject_name(reader, record.subject)
        case "status" | "entry-scheme":
            said = subject_name(reader, record.id)
        case "country" | "event":
            said = reader.country(record.id if kind == "country" else record.country)
        case "patient-count":
            where = reader.text(reader.atlas.provinces[record.place].short) if record.place else words.say("counts-all-korea")
            said = words.say("list-comma").join((reader.country(record.country), words.date(str(record.year)), where))
        case "advice":
            said = words.say("list-comma").join(sheet.plain(reader.atlas.treatments[key].name) for key in record.treatments)
        case "fee":
            return sheet.passage(record.what, current(record.periods, reader.atlas.site.released).values)
        case "notice":
            return sheet.passage(record.title, current(record.periods, reader.atlas.site.released).values)
        case "checklist":
            return sheet.passage(record.title)
        case "series":
            return sheet.passage(record.title, record.values)
        case "fact" | "rule":
            told = reader.links.told.get(record.id)
            if told:
                page = in_language(told, reader.language, tuple(reader.atlas.known_in(reader.language)))
                return Passage(page.title, page.language)
            said = words.say("nav-rights")
        case _:
            return sheet.passage(record.name)
    return Passage(said, reader.language)


def record_path(reader: Reader, kind: str, record: Any) -> str:
    """The page that shows the record."""
    match kind:
        case "institution" | "cluster":
            return place_path(kind, record.id)
        case "wellness-site" | "experience" if isinstance(record, Spot):
            return place_path(kind, record.id)
        case "treatment":
            return f"treatments/{record.id}/"
        case "advice":
            return f"gentle-days/{record.treatments[0]}/"
        case "country":
            return f"from/{record.id.lower()}/"
        case "patient-count" | "event":
            return f"from/{record.country.lower()}/"
        case "country-list":
            scheme = next((key for key, one in reader.atlas.entry_schemes.items() if record.id in one.lists), "")
            return f"visa/{scheme}/" if scheme else "visa/"
        case "status" | "entry-scheme":
            return f"visa/{record.id}/"
        case "entry-rule" | "checklist":
            return f"visa/{record.of}/"
        case "outcome":
            return f"visa/{record.subject}/"
        case "fee" | "notice" | "official-site":
            return f"visa/{record.concerns[0]}/" if record.concerns else "visa/"
        case "special-zone":
            return f"clusters/zones/{record.id}/"
        case "airport":
            return f"regions/{reader.atlas.provinces[record.province].slug}/"
        case "fact" | "rule" if record.id in reader.links.told:
            return next(iter(reader.links.told[record.id].values())).path
        case "series":
            return "numbers/" if record.page == "index" else f"numbers/{record.page}/"
        case _:
            return _FOLDERS[kind]


_FOLDERS = {
    "document": "visa/",
    "fact": "",
    "helpline": "plan/care/",
    "programme": "programmes/all/",
    "round": "clusters/",
    "rule": "rights/registration/",
    "scheme": "about/evidence/",
}
"""Pages that show all records of a kind."""
