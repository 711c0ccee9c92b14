"""The pages of wellness sites (``wellness/<id>/``) and experiences (``k-culture/<id>/``), and how lists show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from atlas.base import address_of, closed, holder, phones_of, point_of
from atlas.records.localised import Localised
from atlas.records.phone import e164, in_korea, korea_only
from atlas.records.spot import Body, Experience, Judged, Spot, WellnessSite
from atlas.records.statement import Doubt, Statement
from atlas.views.institution import phone_view
from atlas.views.maplinks import map_links
from atlas.views.near import distance, korean, near_groups, place_path
from atlas.views.page import Draft, Page
from atlas.views.reader import Citations, Reader
from atlas.wording import runs

BODY = ("effort", "steps", "heat", "water", "alcohol", "crowds", "meal", "indoors", "minutes", "seats", "toilets")
"""What a place asks of a body, in the order of its page."""


def spot_pages(reader: Reader) -> Iterator[Draft]:
    """A page for every wellness site and every experience."""
    for site in reader.atlas.wellness_sites.values():
        yield Draft(f"wellness/{site.id}/", partial(_page, reader, "wellness-site", site), of=("wellness_sites", site.id))
    for one in reader.atlas.experiences.values():
        yield Draft(f"k-culture/{one.id}/", partial(_page, reader, "experience", one), of=("experiences", one.id))


def where(reader: Reader, spot: Spot) -> str:
    """District and province in words; “all over Korea” for what has no one place."""
    if spot.district:
        return reader.text(reader.atlas.districts[spot.district].name)
    return reader.text(reader.atlas.provinces[spot.province].short) if spot.province else reader.words.say("place-everywhere")


def kinds_of(spot: Spot) -> tuple[str, ...]:
    """The kinds of a wellness site, or the one of an experience."""
    return spot.kinds if isinstance(spot, WellnessSite) else (spot.kind,) if isinstance(spot, Experience) else ()


def kind_words(reader: Reader, spot: Spot) -> str:
    """Its kinds in words."""
    known = reader.atlas.wellness_kinds if isinstance(spot, WellnessSite) else reader.atlas.experience_kinds
    return reader.words.say("list-comma").join(reader.text(known[key].name) for key in kinds_of(spot))


def statements(reader: Reader, found: Iterable[Statement | Doubt | Judged], citations: Citations) -> list[dict[str, Any]]:
    """Statements with the marks of their sources."""
    return [{"passage": reader.passage(one.text), "refs": citations.cite(getattr(one, "sources", ()))} for one in found]


def marks(reader: Reader, body: Body) -> list[dict[str, str]]:
    """What a place asks of a body, as short marks with icons; what is not known has none."""
    words, found = reader.words, []
    if body.effort:
        icon = {"seated": "seat", "light": "walk", "active": "hill"}[body.effort]
        found.append({"icon": icon, "text": words.say(f"effort-{body.effort}")})
    if body.indoors is not None:
        found.append({"icon": "indoor" if body.indoors else "outdoor", "text": words.say("indoors" if body.indoors else "outdoors")})
    if body.heat or body.water:
        found.append(
            {"icon": "water", "text": words.say("heat-and-water" if body.heat and body.water else "heat" if body.heat else "water")}
        )
    return found


def months_text(reader: Reader, months: Iterable[int]) -> str:
    """“April to June, September”: runs of months."""
    words = reader.words
    parts = [
        words.month(run[0]) if len(run) == 1 else words.say("months-range", first=words.month(run[0]), last=words.month(run[-1]))
        for run in runs(months)
    ]
    return words.say("list-comma").join(parts)


def spot_row(reader: Reader, kind: str, spot: Spot, *, metres: float | None = None, whole_place: bool = True) -> dict[str, Any]:
    """One place in a list."""
    place = where(reader, spot)
    if not whole_place and spot.district:
        place = reader.text(reader.atlas.districts[spot.district].in_province)
    row: dict[str, Any] = {
        "id": spot.id,
        "name": reader.name(spot),
        "path": place_path(kind, spot.id),
        "kind": kind_words(reader, spot),
        "place": place,
        "marks": marks(reader, spot.body),
        **korean(reader, spot),
    }
    if metres is not None:
        row["distance"] = distance(reader, metres)
    if isinstance(spot, Experience) and spot.months:
        row["months"] = months_text(reader, spot.months)
    if isinstance(spot, WellnessSite) and spot.listed == "earlier":
        row["weak"] = reader.words.say("listed-earlier-short")
    return row


def driver_card(reader: Reader, spot: Spot) -> dict[str, Any]:
    """The card for the taxi driver: Korean name and address, large."""
    card: dict[str, Any] = {"name": spot.names["ko"].text, "ask": reader.in_korean("driver-ask")}
    address = address_of(reader.atlas, spot)
    if address and "ko" in address.text.root:
        card["address"] = address.text.root["ko"]
    lines = phones_of(reader.atlas, spot)
    if lines:
        number = lines[0].number
        card["phone"] = {"text": in_korea(number), "tel": in_korea(number).replace("-", "") if korea_only(number) else e164(number)}
    return card


def _page(reader: Reader, kind: str, spot: Spot) -> Page:
    words = reader.words
    folder, heading = {"wellness-site": ("wellness/", "wellness-title"), "experience": ("k-culture/", "culture-title")}[kind]
    name = reader.bare_name(spot)
    place = where(reader, spot)
    return Page(
        path=place_path(kind, spot.id),
        language=reader.language,
        template="spot.html",
        title=words.say("site-title" if kind == "wellness-site" else "spot-title", name=name, place=place),
        description=words.say(
            "site-description" if kind == "wellness-site" else "spot-description", name=name, kind=kind_words(reader, spot), place=place
        ),
        view=_view(reader, kind, spot),
        crumbs=((words.say("nav-home"), ""), (words.say("nav-regions"), "regions/"), (words.say(heading), folder)),
        section="regions",
        changed_on=spot.checked_on,
        subject=kind,
        feedback=spot.id,
    )


def _view(reader: Reader, kind: str, spot: Spot) -> dict[str, Any]:
    words, citations, atlas = reader.words, Citations(reader), reader.atlas
    shown, _ = reader.own_name(spot)
    order = ["ko", *(code for code in atlas.site_languages if code != "ko")]
    also = [(code, spot.names[code]) for code in order if code in spot.names and code != shown]
    view: dict[str, Any] = {
        "name": reader.name(spot),
        "also": [{**reader.marked(name.text, code), **({"ours": True} if name.basis == "own" else {})} for code, name in also[:1]],
        "kinds": [
            {
                "id": key,
                "text": reader.text(_kind(reader, spot, key).heading),
                "path": f"{'wellness' if kind == 'wellness-site' else 'k-culture'}/kind/{key}/",
            }
            for key in kinds_of(spot)
        ],
        "place": where(reader, spot),
        "facts": statements(reader, spot.facts, citations),
        "rows": list(_rows(reader, spot, citations)),
        "body": body_rows(reader, spot.body),
        "judged": statements(reader, spot.judged, citations),
    }
    if spot.province:
        view["driver"] = driver_card(reader, spot)
    if end := closed(atlas, spot):
        view["closed"] = {"text": words.say("closed-on", date=words.date(end.date)), "refs": citations.cite(end.sources)}
        if end.reason:
            view["closed"]["reason"] = reader.passage(end.reason)
    if spot.province:
        province = atlas.provinces[spot.province]
        view["region"] = {"text": reader.text(province.short), "path": f"regions/{province.slug}/"}
    address, point = address_of(atlas, spot), point_of(atlas, spot)
    if address:
        view["address_refs"] = citations.cite(address.sources)
    if address or spot.province:
        text = address.text.root.get("ko") if address else None
        view["maps"] = map_links(spot.names["ko"].text if point or not text else text, point)
    if point:
        view["point"] = {"lat": point.lat, "lon": point.lon}
        view["found"] = {"text": words.say(f"found-{point.found}"), "refs": citations.cite([point.source])}
    if spot.website:
        view["url"] = spot.website
    view["phones"] = [phone_view(reader, line, citations) for line in phones_of(atlas, spot)]
    if isinstance(spot, Experience):
        view["months"] = {"numbers": list(spot.months), "text": months_text(reader, spot.months)}
        view["works"] = [_work(reader, atlas.works[key].name) for key in spot.works]
        if spot.works:
            view["works_refs"] = citations.cite([source for source in spot.sources if source == "kcisa-film"] or spot.sources[:1])
        if spot.site:
            site = atlas.wellness_sites[spot.site]
            view["site"] = {"name": reader.name(site), "path": place_path("wellness-site", site.id)}
    if isinstance(spot, WellnessSite):
        view["here"] = [
            {"name": reader.name(one), "path": place_path("experience", one.id)}
            for one in atlas.experiences.values()
            if one.site == spot.id
        ]
    view["doubts"] = [*statements(reader, spot.doubts, citations), *_own_doubts(reader, spot)]
    view["near"] = near_groups(reader, kind, spot.id)
    view["gentle"] = bool(spot.province) and "closed" not in view
    citations.cite(spot.sources)
    view["sources"] = citations.listed()
    view["sources_note"] = citations.note()
    view["checked"] = {"date": spot.checked_on, "text": words.date(spot.checked_on)}
    if spot.as_of:
        view["as_of"] = words.date(spot.as_of)
    return view


def _kind(reader: Reader, spot: Spot, key: str) -> Any:
    return (reader.atlas.wellness_kinds if isinstance(spot, WellnessSite) else reader.atlas.experience_kinds)[key]


def _work(reader: Reader, name: Localised) -> dict[str, Any]:
    """The title of a film in the reader's language, and the Korean one, by which it is found."""
    korean_title = name.root.get("ko", "")
    found = reader.passage(name)
    return {
        "title": found,
        **({"korean": korean_title} if reader.language != "ko" and korean_title and found["text"] != korean_title else {}),
    }


def _rows(reader: Reader, spot: Spot, citations: Citations) -> Iterator[dict[str, Any]]:
    """The rows of the record: label, text or statements, sources."""
    words, refs = reader.words, citations.cite(spot.sources)
    if isinstance(spot, Experience) and spot.kind == "festivals" and not spot.months:
        yield {"label": words.say("spot-months"), "none": words.say("festival-months-unknown")}
    elif isinstance(spot, Experience) and spot.months:
        small = words.say("festival-months-note" if spot.kind == "festivals" else "spot-months-note")
        yield {"label": words.say("spot-months"), "text": months_text(reader, spot.months), "small": small, "refs": refs}
    for label, found in (("spot-price", spot.price), ("spot-open", spot.open)):
        if found:
            yield {"label": words.say(label), "facts": statements(reader, found, citations)}
    if isinstance(spot, WellnessSite):
        text = words.say(f"listed-{spot.listed}")
        yield {"label": words.say("spot-listed"), "text": text, "refs": refs, **({"weak": True} if spot.listed != "listed" else {})}
        if spot.selected:
            yield {"label": words.say("spot-selected"), "text": words.date(str(spot.selected)), "refs": refs}
        if spot.page:
            yield {
                "label": words.say("spot-page"),
                "link": {"url": spot.page, "text": "korean.visitkorea.or.kr"},
                "small": words.say("in-korean"),
            }
    if spot.website:
        bare = spot.website.split("//", 1)[1].rstrip("/")
        yield {"label": words.say("row-website"), "link": {"url": spot.website, "text": bare}, "refs": refs}


def body_rows(reader: Reader, body: Body) -> list[dict[str, Any]]:
    """What a place asks of a body: one row each, unknown ones too."""
    words, rows = reader.words, []
    for name in BODY:
        value = getattr(body, name)
        if value is None:
            text = words.say("not-known")
        elif name == "effort":
            text = words.say(f"effort-{value}-long")
        elif name == "minutes":
            text = words.say("walking-minutes", count=value)
        else:
            text = words.say("yes" if value else "no")
        rows.append({"label": words.say(f"body-{name}"), "text": text, "known": value is not None})
    return rows


def _own_doubts(reader: Reader, spot: Spot) -> Iterator[dict[str, Any]]:
    """What we say of the record ourselves: names of our own, a missing address or point."""
    words = reader.words
    ours = [code for code in reader.atlas.site_languages if code in spot.names and spot.names[code].basis == "own"]
    if ours:
        names = words.listing(words.language(code) for code in ours)
        yield {"passage": {"text": words.say("doubt-own-names-place", languages=names)}, "refs": []}
    held = holder(reader.atlas, spot)
    if spot.province and held.address is None:
        yield {"passage": {"text": words.say("doubt-no-address")}, "refs": []}
    if held.address is not None and held.point is None:
        yield {"passage": {"text": words.say("doubt-no-point")}, "refs": []}
