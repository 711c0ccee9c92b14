"""``compare/``: up to three institutions side by side. The facts are those of their own pages, taken from the same views.

``compare/<language>/<id>.json`` holds one institution: its name, its page, and for each row of the table the lines of its cell.
A line has a text, and where it has them: a link, the numbers of its sources on the page of the institution, remarks, a state, an end.
A line that says that something is not known has ``none``.
"""

from __future__ import annotations

from typing import Any

from atlas import address
from atlas.views.finder import compact, keep
from atlas.views.page import Page
from atlas.views.reader import Reader

COMPARE = address.COMPARE
MOST = 3
"""How many institutions stand side by side."""
Line = dict[str, Any]
ROWS = {
    "names": "compare-names",
    "kind": "row-kind",
    "place": "compare-place",
    "languages": "row-spoken",
    "specialties": "row-specialties",
    "sure": "row-sure",
    "evidence": "evidence-heading",
    "phones": "row-phone",
    "email": "desk-email",
    "website": "row-website",
    "hours": "compare-hours",
    "size": "row-size",
    "checked": "checked",
}
"""The rows of the table and their labels."""


def compared(reader: Reader, page: Page) -> Page:
    """The page of an institution, of which what is compared is kept, to be read on the page that compares."""
    keep(reader, {f"{_folder(reader)}{page.feedback}.json": compact(_facts(reader, page))})
    return page


def _folder(reader: Reader) -> str:
    return f"{COMPARE}{reader.language}/"


def compare_page(reader: Reader) -> Page:
    """The page, which says how to choose; what is chosen stands in its address."""
    words = reader.words
    entries = reader.atlas.wordings[reader.language]
    said = {key: entries[f"compare-{key}"] for key in ("remove", "failed", "shown")} | {
        "weak": entries["weak"],
        "source": entries["source"],
    }
    title = words.say("compare-title")
    return Page(
        path=COMPARE,
        language=reader.language,
        template="compare.html",
        title=title,
        description=words.say("compare-description"),
        view={
            "heading": title,
            "data": _folder(reader),
            "most": MOST,
            "rows": [{"key": key, "label": words.say(label)} for key, label in ROWS.items()],
            "words": compact(said).strip(),
        },
        crumbs=((words.say("nav-home"), ""), (words.say("nav-hospitals"), "hospitals/")),
        section="hospitals",
        changed_on=reader.atlas.site.released,
        feedback="compare",
    )


def _facts(reader: Reader, page: Page) -> dict[str, Any]:
    """What stands on the page of an institution, row by row."""
    words, view = reader.words, page.view
    more = {row["key"]: row for row in view["more"]}
    checked = [words.say("label-value", label=words.say("as-of"), value=view["as_of"])] if "as_of" in view else []
    cells: dict[str, list[Line]] = {
        "names": [{"name": name} for name in view["also"]],
        "kind": [{"text": view["kind"]}, *([{"text": view["closed"]["text"], "refs": view["closed"]["refs"]}] if "closed" in view else [])],
        "place": [{"text": view["place"]}],
        "languages": _languages(reader, view),
        "specialties": [{"text": words.say("list-comma").join(one["text"] for one in view["specialties"])}],
        "sure": [_ending({"state": view["sure"]["state"], "text": view["sure"]["level"], "small": [view["sure"]["text"]]}, view["sure"])],
        "evidence": [_evidence(row) for row in view["evidence"]],
        **_contact(reader, view, more),
        "size": [_row(more["row-size"])] if "row-size" in more else [],
        "checked": [{"text": view["checked"]["text"], "small": checked}],
    }
    unknown = [{"text": words.say("not-known"), "none": True}]
    return {
        "id": page.feedback,
        "name": view["name"],
        "path": page.path,
        "cells": {key: [_without_nothing(line) for line in cells[key] or unknown] for key in ROWS},
    }


def _languages(reader: Reader, view: dict[str, Any]) -> list[Line]:
    if "languages" not in view:
        return [{"text": reader.words.say("spoken-unknown"), "none": True}]
    found = view["languages"]
    return [{"text": found["names"], "refs": found["refs"], "weak": found["weak"]}]


def _evidence(row: dict[str, Any]) -> Line:
    """One row of the evidence card."""
    small = [row[key] for key in ("period", "note", "text") if key in row]
    return _ending({"state": row["state"], "text": row["title"], "small": small, "refs": row.get("refs")}, row)


def _ending(line: Line, found: dict[str, Any]) -> Line:
    """A line with its last day and what to say after it, if it has one."""
    return {**line, **{key: found[key] for key in ("until", "then") if key in found}}


def _contact(reader: Reader, view: dict[str, Any], more: dict[str, dict[str, Any]]) -> dict[str, list[Line]]:
    """Telephone, e-mail, website and hours; where the page gives none, the table says so in the first of these rows."""
    words = reader.words
    if "desk" not in view:
        withheld: list[Line] = [{"text": words.say("compare-withheld"), "none": True}]
        return {
            "phones": [{"text": words.say("contact-withheld"), "none": True}],
            "email": withheld,
            "website": withheld,
            "hours": withheld,
        }
    desk = view["desk"]
    found: dict[str, list[Line]] = {"phones": [_phone(reader, line) for line in desk["phones"]], "email": [], "website": [], "hours": []}
    if "main" in desk:
        found["phones"].append(_phone(reader, desk["main"], words.say("main-line")))
    if "email" in desk:
        mail = desk["email"]
        found["email"].append({"text": mail["address"], "href": f"mailto:{mail['address']}", "refs": mail["refs"]})
    if "page" in desk:
        page = desk["page"]
        found["website"].append({"text": page["host"], "href": page["url"], "refs": page["refs"], "weak": page["weak"]})
    if "row-website" in more:
        found["website"].append(_row(more["row-website"]))
    if "hours" in desk:
        hours = desk["hours"]
        of = f"{hours['of']}{words.say('bracket-open')}{words.say('korean-time')}{words.say('bracket-close')}"
        found["hours"].append(
            {"text": words.say("semicolon").join(hours["lines"]), "small": [of], "refs": hours["refs"], "weak": hours["weak"]}
        )
    return found


def _phone(reader: Reader, line: dict[str, Any], what: str | None = None) -> Line:
    """A telephone line, with what it is for."""
    small = [what, line.get("for"), reader.words.say("korea-only") if "korea_only" in line else None]
    return {
        "text": line["text"],
        "href": f"tel:{line['tel']}",
        "refs": line["refs"],
        "weak": "weak" in line,
        "small": [one for one in small if one],
    }


def _row(row: dict[str, Any]) -> Line:
    """A further row of the record."""
    link = row.get("link")
    small = [row["small"]] if "small" in row else []
    line = {"text": row["text"], "small": small} if link is None else {"text": link["text"], "href": link["url"], "small": small}
    return {**line, "refs": row["refs"], "weak": "weak" in row}


def _without_nothing(line: Line) -> Line:
    """A line without what it does not have."""
    return {key: value for key, value in line.items() if value not in (None, False, [], ())}
