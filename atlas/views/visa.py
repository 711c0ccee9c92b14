"""``visa/``: the overview, the checker, and the decision table to be read on paper."""

from __future__ import annotations

from typing import Any

from atlas.records.entry import EntryScheme, Status
from atlas.views.cases import coded, letters, row_in_words
from atlas.views.countryfinder import country_rows
from atlas.views.entry import notice_groups, subject_name
from atlas.views.figure import filled
from atlas.views.outcome import outcome_card
from atlas.views.page import Page
from atlas.views.reader import Citations, Reader


def _order(one: Status | EntryScheme) -> int:
    return one.order


def visa_page(reader: Reader) -> Page:
    """The way into all that concerns entry."""
    words, atlas, citations = reader.words, reader.atlas, Citations(reader)
    rows = country_rows(reader)
    tables = list(dict.fromkeys(reader.links.outcomes.values()))
    for row in rows:
        row["table"] = str(tables.index(reader.links.outcomes[row["code"].upper()]))
    ordered = sorted(atlas.outcomes.values(), key=lambda one: one.order)
    title = words.say("visa-title")
    view: dict[str, Any] = {
        "heading": title,
        "lead": words.say("visa-lead"),
        "passports": rows,
        "cases": " ".join(coded(reader, outcomes) for outcomes in tables),
        "letters": " ".join(f"{letter}o-{key}" for key, letter in letters(reader).items()),
        "cards": [outcome_card(reader, one, citations, here=atlas.outcomes) for one in ordered],
        "decisions": [
            {
                "when": reader.line(row_in_words(reader, row.when)),
                "then": filled(reader, atlas.outcomes[row.outcome].answer, atlas.outcomes[row.outcome].values),
                "anchor": f"o-{row.outcome}",
            }
            for row in atlas.decisions.values()
        ],
        "ways": [
            {
                "id": kind,
                "heading": words.say(f"visa-{kind}"),
                "links": [
                    {**reader.line(subject_name(reader, one.id)), "path": f"visa/{one.id}/", "summary": reader.passage(one.summary)}
                    for one in sorted(records, key=_order)
                ],
            }
            for kind, records in (
                ("statuses", tuple(atlas.statuses.values())),
                ("duties", tuple(one for one in atlas.entry_schemes.values() if one.kind == "duty")),
                ("options", tuple(one for one in atlas.entry_schemes.values() if one.kind == "option")),
                ("information", tuple(one for one in atlas.entry_schemes.values() if one.kind == "information")),
            )
        ],
        "notices": notice_groups(reader, (one for one in atlas.notices.values() if not one.countries and not one.concerns), citations),
    }
    view["sources"] = citations.listed()
    view["sources_note"] = citations.note()
    view["checked"] = {"date": atlas.site.released, "text": words.date(atlas.site.released)}
    return Page(
        path="visa/",
        language=reader.language,
        template="visa.html",
        title=title,
        description=words.say("visa-description", count=len(atlas.countries)),
        view=view,
        crumbs=((words.say("nav-home"), ""),),
        section="visa",
        changed_on=atlas.site.released,
        feedback="visa",
    )
