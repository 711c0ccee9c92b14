"""Gentle days: ``gentle-days/``, a page for each treatment, and a plan for each treatment at each base."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from atlas import address
from atlas.address import gentle_path
from atlas.base import Around, Base
from atlas.distance import NEAR
from atlas.gentle import Obstacle, Verdict, verdict
from atlas.records.recovery import Advice
from atlas.records.treatment import Treatment
from atlas.views.culture import CALENDAR, holiday_name
from atlas.views.near import place_path
from atlas.views.page import Draft, Page
from atlas.views.reader import Citations, Reader
from atlas.views.regionpieces import region_crumbs, region_page
from atlas.views.spot import spot_row

FOLDER = address.GENTLE
ABOUT = ("outing", "walking", "exertion", "heat", "water", "sun", "alcohol", "crowds", "meal")
"""What advice can be about, in the order of a page."""


ORDER = ("far", "caution", "silent", "unknown")
"""Which reason is printed before which."""


@dataclass(frozen=True)
class Plan:
    """What is suggested after a treatment at a base, and what is left out: places with their verdicts, the nearest first."""

    base: Base
    found: tuple[tuple[Around, Verdict], ...]

    @cached_property
    def suggested(self) -> tuple[tuple[Around, int], ...]:
        """The places that are suggested, with the first day."""
        return tuple((item, one.first_day) for item, one in self.found if one.first_day is not None)


def plans(reader: Reader, treatment: str) -> dict[str, Plan]:
    """The plans for a treatment, by base."""
    advice = reader.links.advice[treatment]
    return {
        key: Plan(base, tuple((item, _within_reach(item, verdict(item.spot.body, advice))) for item in reader.links.around[key]))
        for key, base in reader.links.bases.items()
    }


def _after(reader: Reader, treatment: str) -> dict[str, Plan]:
    """The plans for a treatment, made when they are first asked for."""
    return reader.once(("plans", treatment), lambda: plans(reader, treatment))


def _within_reach(item: Around, one: Verdict) -> Verdict:
    """A verdict in the light of the way there: nobody is sent far from where the hospital is."""
    if item.metres is None or item.metres <= NEAR:
        return one
    return Verdict(None, (Obstacle("far"), *one.obstacles), one.advice)


def gentle_pages(reader: Reader) -> Iterator[Draft]:
    """Every page about gentle days."""
    yield Draft(FOLDER, lambda: _overview(reader, {key: _after(reader, key) for key in reader.atlas.treatments}), of=())
    for key, one in reader.atlas.treatments.items():
        about = ("treatments", key)
        yield Draft(gentle_path(key), partial(lambda one: _treatment(reader, one, _after(reader, one.id)), one), of=about)
        for base in reader.links.bases:
            make = partial(lambda one, base: _plan(reader, one, _after(reader, one.id)[base]), one, base)
            yield Draft(gentle_path(key, base), make, of=about)


def _page(
    reader: Reader, path: str, title: str, description: str, view: dict[str, Any], citations: Citations, *crumbs: tuple[str, str]
) -> Page:
    return region_page(reader, path, title, description, view, region_crumbs(reader, *crumbs), citations, template="gentle.html")


def _overview(reader: Reader, everything: Mapping[str, Mapping[str, Plan]]) -> Page:
    words, atlas = reader.words, reader.atlas
    found = sorted(atlas.treatments.items(), key=lambda pair: reader.collated(reader.text(pair[1].name)))
    entries = []
    for key, one in found:
        days = [day for plan in everything[key].values() for _, day in plan.suggested]
        text = words.say("from-day", count=min(days)) if days else words.say("gentle-nothing")
        entries.append({"text": reader.text(one.name), "path": gentle_path(key), "small": text})
    title = words.say("gentle-title")
    view = {
        "heading": title,
        "lead": words.say("gentle-lead"),
        "ask": words.say("gentle-ask"),
        "rules": [words.say(f"gentle-rule-{number}") for number in range(1, 6)],
        "entries": entries,
        "guardian": [{"text": reader.text(base.name), "path": base.path} for base in reader.links.bases.values()],
    }
    return _page(reader, FOLDER, title, words.say("gentle-description"), view, Citations(reader))


def _treatment(reader: Reader, one: Treatment, found: Mapping[str, Plan]) -> Page:
    words, citations = reader.words, Citations(reader)
    name = reader.text(one.name)
    advice = reader.links.advice[one.id]
    view: dict[str, Any] = {
        "heading": words.say("gentle-after", treatment=name),
        "lead": words.say("gentle-after-lead"),
        "ask": words.say("gentle-ask"),
        "advice": _advice(reader, advice, citations),
        "bases": [
            {
                "text": reader.text(plan.base.name),
                "path": gentle_path(one.id, key),
                "small": words.say("gentle-places", count=len(plan.suggested)) if plan.suggested else words.say("gentle-nothing"),
            }
            for key, plan in found.items()
        ],
        "treatment": {"text": name, "path": f"treatments/{one.id}/"},
    }
    if not advice:
        view["none"] = words.say("gentle-no-advice")
    title = words.say("gentle-after", treatment=name)
    return _page(reader, gentle_path(one.id), title, words.say("gentle-after-description", treatment=name), view, citations, _crumb(reader))


def _crumb(reader: Reader) -> tuple[str, str]:
    return reader.words.say("gentle-title"), FOLDER


def _advice(reader: Reader, advice: Sequence[Advice], citations: Citations) -> list[dict[str, Any]]:
    """What sources say, by what it is about: first what they warn of, then what they allow."""
    words, groups = reader.words, []
    for about in ABOUT:
        found = [one for one in advice if one.about == about]
        if found:
            lines = [
                {
                    "passage": reader.passage(one.text),
                    "refs": citations.cite(one.sources),
                    **({"weak": True} if one.strength == "clinic" else {}),
                }
                for one in sorted(found, key=lambda one: (not one.cautions, one.strength, one.id))
            ]
            groups.append({"heading": words.say(f"about-{about}"), "lines": lines})
    return groups


def _plan(reader: Reader, one: Treatment, plan: Plan) -> Page:
    words, atlas, citations = reader.words, reader.atlas, Citations(reader)
    name, base = reader.text(one.name), plan.base
    days = sorted({day for _, day in plan.suggested})
    groups = []
    for day in days:
        rows = [spot_row(reader, item.kind, item.spot, metres=item.metres) for item, first in plan.suggested if first == day]
        groups.append({"day": day, "heading": words.say("from-day", count=day), "id": f"day-{day}", "rows": rows})
    title = words.say("gentle-plan", treatment=name, place=reader.text(base.in_place))
    view: dict[str, Any] = {
        "heading": title,
        "lead": words.say("gentle-plan-lead"),
        "ask": words.say("gentle-ask"),
        "days": groups,
        "left": _left(reader, plan),
        "advice": _advice(reader, reader.links.advice[one.id], citations),
        "treatment": {"text": name, "path": f"treatments/{one.id}/"},
        "guardian_path": base.path,
        "cards": f"{base.path}cards/",
        "distance_note": words.say("cluster-near-note", place=reader.text(base.centre.place)),
        "calendar": CALENDAR,
        "holidays": [{"date": day.day, "on": words.date(day.day), "name": holiday_name(reader, day)} for day in reader.links.holidays],
        "plan": {
            "name": title,
            "file": f"gentle-days-{one.id}-{base.id}.ics",
            "zero": words.say("plan-day-zero", treatment=name),
            "min": atlas.site.released,
            "max": reader.links.holidays[-1].day,
            "holiday": words.say("plan-holiday"),
        },
    }
    if not groups:
        view["none"] = words.say("gentle-plan-none")
    citations.cite([base.centre.source])
    parent = (words.say("gentle-after", treatment=name), gentle_path(one.id))
    description = words.say("gentle-plan-description", treatment=name, place=reader.text(base.in_place))
    return _page(reader, gentle_path(one.id, base.id), title, description, view, citations, _crumb(reader), parent)


def _left(reader: Reader, plan: Plan) -> list[dict[str, Any]]:
    """What is left out, by reason."""
    groups: dict[Obstacle, list[dict[str, Any]]] = {}
    for item, one in plan.found:
        if one.obstacles:
            entry = {"name": reader.name(item.spot), "path": place_path(item.kind, item.spot.id)}
            groups.setdefault(_reason(one.obstacles), []).append(entry)
    return [
        {"reason": _say(reader, reason), "entries": entries}
        for reason, entries in sorted(groups.items(), key=lambda pair: (ORDER.index(pair[0].kind), pair[0].about))
    ]


def _reason(obstacles: Sequence[Obstacle]) -> Obstacle:
    """The reason that is printed, of several the first."""
    return min(
        obstacles,
        key=lambda one: (ORDER.index(one.kind), ABOUT.index(one.about) if one.about in ABOUT else 0),
    )


def _say(reader: Reader, reason: Obstacle) -> str:
    words = reader.words
    if reason.kind == "far":
        return words.say("left-far", distance=words.kilometres(NEAR))
    if reason.kind == "unknown":
        return words.say("left-unknown", what=words.say(f"body-{reason.about}"))
    return words.say(f"left-{reason.kind}", what=words.say(f"about-{reason.about}"))
