"""``status/``: every fact by kind with its age, what ends, where sources disagree; and the same as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from atlas.article import in_language
from atlas.due import KINDS, Entry
from atlas.records.period import Period, current
from atlas.trace import Articles
from atlas.translation.standing import Standing
from atlas.translation.state import STATES
from atlas.views.entry import notice_groups, short_name
from atlas.views.figure import filled_text
from atlas.views.page import Page
from atlas.views.reader import Citations, Reader

JSON_PATH = "status/status.json"
_SUMS = ("records", "checked", "due", "overdue", "ended", "doubt")


def ledger_page(reader: Reader, articles: Articles) -> Page:
    """The ledger of all facts, as of the day that the pages speak from."""
    words, atlas, citations = reader.words, reader.atlas, Citations(reader)
    sums = totals(reader.links.ledger, atlas.site.released)
    conflicts = [notice for notice in atlas.notices.values() if notice.kind == "conflict"]
    questions = [notice for notice in atlas.notices.values() if notice.kind == "open"]
    date = words.date(atlas.site.released)
    rows = [
        {
            "kind": words.say("status-all" if kind == "all" else f"status-kind-{kind}"),
            "cells": [{"label": words.say(f"status-{name}"), "number": words.number(found[name])} for name in _SUMS],
        }
        for kind, found in sums.items()
    ]
    view: dict[str, Any] = {
        "heading": words.say("status-title"),
        "lead": words.say("status-lead", date=date),
        "sums": [
            {"label": words.say(f"status-{name}"), "number": words.number(number)}
            for name, number in (
                ("records", sums["all"]["records"]),
                ("ending", len(ends(reader))),
                ("conflicts", len(conflicts) + sum(len(one.conflicts) for one in atlas.institutions.values())),
                ("open", len(questions)),
            )
        ],
        "columns": [words.say(f"status-{name}") for name in _SUMS],
        "rows": rows,
        "ends": ends(reader, past=True),
        "notices": notice_groups(reader, [*conflicts, *questions], citations, named=True),
        "translations": translations(reader, articles),
        "json": JSON_PATH,
        "checked": {"date": atlas.site.released, "text": date},
    }
    view["sources"] = citations.listed()
    view["sources_note"] = citations.note()
    return Page(
        path="status/",
        language=reader.language,
        template="ledger.html",
        title=words.say("status-title"),
        description=words.say("status-description"),
        view=view,
        crumbs=((words.say("nav-home"), ""),),
        section="about",
        changed_on=atlas.site.released,
        feedback="status",
    )


def translations(reader: Reader, articles: Articles) -> dict[str, Any]:
    """How the translations stand: for every language in numbers, and for the reader's own the pages that wait for something."""
    words, standing = reader.words, reader.translations
    rows = [
        {
            "language": {"text": site.name, "lang": site.tag} if code != reader.language else {"text": site.name},
            "what": words.say(f"status-{kind}"),
            "cells": [words.number(counts[state]) for state in STATES],
        }
        for code, site in reader.atlas.site_languages.items()
        for kind, counts in standing.totals.get(code, {}).items()
    ]
    waiting = [
        {
            "text": words.say("status-state-pages", state=words.say(f"status-state-{state}"), count=len(paths)),
            "pages": [{"path": path, **_titled(reader, path, articles)} for path in paths],
        }
        for state in STATES
        if (paths := standing.pages.get(reader.language, {}).get(state))
    ]
    return {"columns": [words.say(f"status-state-{state}") for state in STATES], "rows": rows, "waiting": waiting}


def _titled(reader: Reader, path: str, articles: Articles) -> dict[str, Any]:
    """The title of a written page; of the text for a passport, the country."""
    page = in_language(articles[path], reader.language, tuple(reader.atlas.known_in(reader.language)))
    if page.title:
        return reader.marked(page.title, page.language)
    code = path.removeprefix("from/").rstrip("/").upper()
    return {"text": reader.country(code) if code in reader.atlas.countries else f"/{path}"}


def totals(entries: Iterable[Entry], day: str) -> dict[str, dict[str, int]]:
    """How many records of each kind, and of all, are checked, due, overdue, ended, in doubt on ``day``."""
    entries = tuple(entries)
    sums = {kind: _totals([entry for entry in entries if entry.kind == kind], day) for kind, _ in KINDS}
    return {**sums, "all": _totals(entries, day)}


def _totals(entries: Iterable[Entry], day: str) -> dict[str, int]:
    found = tuple(entries)
    overdue, due = sum(entry.overdue(day) for entry in found), sum(entry.due(day) for entry in found)
    return {
        "records": len(found),
        "checked": len(found) - overdue - due,
        "due": due,
        "overdue": overdue,
        "ended": sum(entry.ended for entry in found),
        "doubt": sum(entry.doubt for entry in found),
    }


def ends(reader: Reader, *, past: bool = False) -> list[dict[str, Any]]:
    """What ends, the next first; with ``past`` also what has ended, the latest first. Evidence on institutions is counted by day."""
    found = [entry for entry in reader.links.ledger if entry.ends_on and (past or not entry.ended) and _told(reader, entry)]
    coming = sorted((entry for entry in found if not entry.ended), key=lambda entry: (entry.ends_on or "", entry.kind, entry.id))
    over = sorted((entry for entry in found if entry.ended), key=lambda entry: (entry.ends_on or "", entry.kind, entry.id), reverse=True)
    rows: list[dict[str, Any]] = []
    counted: dict[str, int] = {}
    for entry in (*coming, *over):
        assert entry.ends_on
        if entry.kind == "institution":
            counted[entry.ends_on] = counted.get(entry.ends_on, 0) + 1
            continue
        text, path = named(reader, entry.kind, entry.id)
        rows.append({"date": entry.ends_on, "on": reader.words.date(entry.ends_on), "text": text, "path": path, "over": entry.ended})
    for day, count in counted.items():
        text = reader.words.say("status-evidence", count=count)
        rows.append({"date": day, "on": reader.words.date(day), "text": text, "path": "about/evidence/", "over": False})
    later = sorted((row for row in rows if not row["over"]), key=lambda row: (row["date"], row["path"]))
    return [*later, *(row for row in rows if row["over"])]


def lately(reader: Reader) -> list[dict[str, Any]]:
    """What began or ended for good within a year before the day of the pages, the latest first; one line for a page and day."""
    atlas, day = reader.atlas, reader.atlas.site.released
    since = f"{int(day[:4]) - 1}{day[4:]}"
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for kind, name in (("entry-rule", "entry_rules"), ("rule", "rules"), ("country-list", "country_lists")):
        for record_id, record in getattr(atlas, name).items():
            if getattr(record, "aspect", None) == "history":
                continue
            periods: Sequence[Period] = record.periods
            begun = [(period.first, "changed-begun") for period in periods if period.valid_from and since < period.first <= day]
            ended = [(period.last, "changed-ended") for period in periods[-1:] if period.valid_to and since < period.last < day]
            for date, key in (*begun, *ended):
                text, path = named(reader, kind, record_id)
                row = {"date": date, "on": reader.words.date(date), "text": reader.words.say(key, what=text), "path": path}
                rows.setdefault((date, path.partition("#")[0]), row)
    return sorted(rows.values(), key=lambda row: (row["date"], row["path"]), reverse=True)


def _told(reader: Reader, entry: Entry) -> bool:
    """Whether a page says it: a fact may be written before the page that is to name it."""
    return entry.kind != "fact" or entry.id in reader.links.told


def named(reader: Reader, kind: str, record_id: str) -> tuple[str, str]:
    """What a record with an end is called, and the page that shows it."""
    atlas, released = reader.atlas, reader.atlas.site.released
    if kind == "country-list":
        scheme = next(key for key, one in atlas.entry_schemes.items() if record_id in one.lists)
        return reader.text(atlas.country_lists[record_id].name), f"visa/{scheme}/#{record_id}"
    if kind == "entry-rule":
        about = atlas.entry_rules[record_id]
        said = reader.words.say(f"aspect-{about.aspect}")
        return reader.words.say("label-value", label=short_name(reader, about.of), value=said), f"visa/{about.of}/"
    if kind == "fee":
        fee = atlas.fees[record_id]
        return filled_text(reader, fee.what, current(fee.periods, released).values), "visa/c-3-3/#fees"
    if kind == "checklist":
        return reader.text(atlas.checklists[record_id].title), f"visa/{atlas.checklists[record_id].of}/#{record_id}"
    if kind == "notice":
        notice = atlas.notices[record_id]
        title = filled_text(reader, notice.title, current(notice.periods, released).values)
        return title, f"visa/{notice.concerns[0]}/" if notice.concerns else "visa/"
    if kind == "country":
        return reader.country(record_id), f"from/{record_id.lower()}/"
    if kind == "fact":
        page = in_language(reader.links.told[record_id], reader.language, tuple(reader.atlas.known_in(reader.language)))
        return reader.quoted(page.title, page.language), page.path
    rule = atlas.rules[record_id]
    told = reader.links.told.get(record_id)
    path = next(iter(told.values())).path if told else "rights/registration/"
    return filled_text(reader, rule.text, current(rule.periods, released).values), path


def ledger_json(ledger: Iterable[Entry], day: str, standing: Standing) -> str:
    """The ledger for machines: totals by kind, every record with its dates (ISO 8601), and how the translations stand by language."""
    entries = [
        {
            "kind": entry.kind,
            "id": entry.id,
            "checked_on": entry.checked_on,
            "due_on": entry.due_on,
            "ends_on": entry.ends_on,
            "ended": entry.ended,
            "doubt": entry.doubt,
        }
        for entry in ledger
    ]
    translated = {code: {**counts, "pages": standing.pages.get(code, {})} for code, counts in standing.totals.items()}
    found = {"as_of": day, "totals": totals(ledger, day), "translations": translated, "records": entries}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"
