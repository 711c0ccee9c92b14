"""Outcomes of the decision table as cards."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from atlas.records.decision import Outcome
from atlas.records.period import current
from atlas.views.entry import short_name
from atlas.views.figure import filled, term
from atlas.views.reader import Citations, Reader


def outcome_card(
    reader: Reader, one: Outcome, citations: Citations, *, here: Iterable[str], lists: Iterable[str] = (), cases: list[str] | None = None
) -> dict[str, Any]:
    """One outcome: the answer, the condition, what else could do, where all of it stands.

    ``here`` are the outcomes on the same page and ``lists`` its lists of papers, to which links can point; ``cases`` say when it applies.
    """
    outcomes, checklists, on_page, printed = reader.atlas.outcomes, reader.atlas.checklists, set(here), set(lists)
    card: dict[str, Any] = {
        "id": f"o-{one.id}",
        "code": short_name(reader, one.subject),
        "path": f"visa/{one.subject}/",
        "answer": filled(reader, one.answer, one.values),
        "condition": filled(reader, one.condition, one.values),
        "needs": " ".join(dict.fromkeys([*(f"r-{show.of}" for show in one.shows), *one.checklists])),
        "papers": [
            {
                **reader.line(
                    reader.words.say("label-value", label=short_name(reader, checklists[key].of), value=reader.text(checklists[key].title))
                ),
                **({"anchor": key} if key in printed else {"path": f"visa/{checklists[key].of}/#{key}"}),
            }
            for key in one.checklists
        ],
        "refs": citations.cite(one.sources),
        "alternatives": [
            {
                **_other(reader, one, outcomes[other]),
                **({"anchor": f"o-{other}"} if other in on_page else {"path": f"visa/{outcomes[other].subject}/"}),
            }
            for other in one.alternatives
            if other in on_page or outcomes[other].subject != one.subject
        ],
    }
    if one.rests_on:
        found = reader.atlas.country_lists[one.rests_on]
        period = current(found.periods, reader.atlas.site.released)
        limits = term(reader, period, followed=period is not found.periods[-1])
        if limits and period.valid_to:
            card["term"] = limits
    if cases is not None:
        card["cases"] = cases
    return card


def _other(reader: Reader, one: Outcome, other: Outcome) -> dict[str, Any]:
    """How another outcome is called: by its status or scheme, or by its answer where that is the same."""
    if other.subject != one.subject:
        return reader.line(short_name(reader, other.subject))
    return filled(reader, other.answer, other.values)
