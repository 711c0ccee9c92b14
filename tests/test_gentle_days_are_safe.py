"""What is suggested after a treatment breaks no caution, rests on a source, and says why the rest is left out."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from playwright.sync_api import Browser

from atlas.atlas import Atlas
from atlas.gentle import LEAVES, NEEDED, demands, unknowns, verdict
from atlas.holiday import public_holidays
from atlas.linking import link
from atlas.records.localised import Localised
from atlas.records.recovery import Advice
from atlas.records.spot import Body
from tests.conftest import LANGUAGES, Site, checked

ABOUT = ("outing", "walking", "exertion", "heat", "water", "sun", "alcohol", "crowds", "meal")


def advice(number: int, about: str, *, unwise: int | None = None, no_end: bool = False, allowed: int | None = None) -> Advice:
    return Advice.model_validate(
        {
            "id": f"a{number}",
            "treatments": ("x",),
            "about": about,
            "unwise_through": unwise,
            "no_end": no_end,
            "allowed_from": allowed,
            "strength": "authoritative",
            "text": Localised({"en": "x"}),
            "sources": ("x",),
            "checked_on": "2026-11-22",
        }
    )


days = st.integers(0, 90)
cautions = st.one_of(
    st.tuples(st.sampled_from(ABOUT), days).map(lambda pair: ("caution", *pair)),
    st.sampled_from(ABOUT).map(lambda about: ("end", about, 0)),
)
leaves = st.tuples(st.sampled_from(ABOUT), days).map(lambda pair: ("leave", *pair))
both = st.tuples(st.sampled_from(ABOUT), days).map(lambda pair: ("both", *pair))
known = st.builds(
    Body,
    effort=st.sampled_from(["active"]),
    indoors=st.booleans(),
    steps=st.booleans(),
    heat=st.booleans(),
    water=st.booleans(),
    alcohol=st.booleans(),
    crowds=st.booleans(),
) | st.builds(
    Body,
    effort=st.sampled_from(["seated", "light"]),
    indoors=st.booleans(),
    steps=st.just(value=False),
    heat=st.booleans(),
    water=st.booleans(),
    alcohol=st.booleans(),
    crowds=st.booleans(),
)


def made(drawn: list[tuple[str, str, int]]) -> list[Advice]:
    found = []
    for number, (kind, about, day) in enumerate(drawn):
        unwise = day if kind in {"caution", "both"} else None
        allowed = day + 1 if kind == "both" else day if kind == "leave" else None
        found.append(advice(number, about, unwise=unwise, no_end=kind == "end", allowed=allowed))
    return found


@given(known, st.lists(st.one_of(cautions, leaves, both), max_size=8))
def test_no_suggestion_breaks_a_caution(body: Body, drawn: list[tuple[str, str, int]]) -> None:
    found = made(drawn)
    one = verdict(body, found)
    if one.first_day is None:
        assert one.obstacles
        return
    for item in found:
        if item.about in demands(body) and item.cautions:
            assert not item.no_end
            assert item.unwise_through is not None
            assert one.first_day > item.unwise_through
    for about in set(demands(body)) & set(LEAVES):
        given_leave = [item for item in found if item.about in LEAVES[about] and item.allowed_from is not None]
        assert given_leave, about
        assert one.first_day >= min(item.allowed_from or 0 for item in given_leave)


@given(known, st.lists(st.one_of(cautions, leaves, both), max_size=8), st.sampled_from(NEEDED))
def test_taking_a_value_away_takes_the_suggestion_away(body: Body, drawn: list[tuple[str, str, int]], name: str) -> None:
    without = body.model_copy(update={name: None})
    assert verdict(without, made(drawn)).first_day is None
    assert name in unknowns(without)


@given(known, st.lists(st.one_of(cautions, leaves, both), max_size=8), cautions)
def test_adding_a_caution_never_adds_a_suggestion(body: Body, drawn: list[tuple[str, str, int]], more: tuple[str, str, int]) -> None:
    before, after = verdict(body, made(drawn)).first_day, verdict(body, made([*drawn, more])).first_day
    if before is None:
        assert after is None
    else:
        assert after is None or after >= before


def test_the_end_of_a_warning_against_exertion_is_no_leave_to_go_out() -> None:
    cinema = Body(effort="seated", indoors=True, steps=False, heat=False, water=False, alcohol=False, crowds=False)
    assert verdict(cinema, [advice(1, "exertion", unwise=10, allowed=11)]).first_day is None
    assert verdict(cinema, [advice(1, "exertion", allowed=8)]).first_day == 8
    assert verdict(cinema, [advice(1, "walking", allowed=0)]).first_day == 1


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return checked()[0]


def test_every_suggestion_on_the_pages_is_the_verdict_of_the_records(atlas: Atlas, site: Site) -> None:
    """Compared with a verdict that is written down once more, from the text of the rules."""
    links = link(atlas, {})
    suggested = 0
    for treatment in atlas.treatments:
        said = links.advice[treatment]
        for base, found in links.around.items():
            page = site.pages[f"gentle-days/{treatment}/{base}/"]
            shown = {
                row.get("id"): int(section.get("data-day"))
                for section in page.xpath("//section[@data-day]")
                for row in section.xpath(".//li[@id]")
            }
            reached = [item for item in found if item.metres is None or item.metres <= 30_000]
            expected = {item.spot.id: day for item in reached if (day := _by_hand(item.spot.body, said)) is not None}
            assert shown == expected, (treatment, base)
            left = len(page.xpath("//section[@aria-labelledby='left']//dd/a"))
            assert left == len(found) - len(expected), (treatment, base)
            suggested += len(shown)
    assert suggested > 150


def _by_hand(body: Body, said: tuple[Advice, ...]) -> int | None:
    values = body.model_dump()
    if any(values[name] is None for name in ("effort", "indoors", "steps", "heat", "water", "alcohol", "crowds")):
        return None
    asks = {"outing"}
    asks |= {"walking"} if body.effort != "seated" else set()
    asks |= {"exertion"} if body.effort == "active" or body.steps else set()
    asks |= {name for name in ("heat", "water", "alcohol", "crowds", "meal") if values[name]} | ({"sun"} if not body.indoors else set())
    day = 1
    for about in asks:
        here = [one for one in said if one.about == about]
        if any(one.no_end for one in here):
            return None
        day = max([day, *(one.unwise_through + 1 for one in here if one.unwise_through is not None)])
        if about in {"sun", "meal"}:
            continue
        allowed = [one.allowed_from for one in here if one.allowed_from is not None]
        for other in {"outing": ("walking", "exertion"), "walking": ("exertion",)}.get(about, ()):
            plain = [one.allowed_from for one in said if one.about == other and one.allowed_from is not None and one.unwise_through is None]
            allowed = allowed or plain
        if not allowed:
            return None
        day = max(day, *allowed)
    return day


FAR, CAUTION, SILENT, UNKNOWN = (
    "More than 30 km away in a straight line",
    "A source warns of it, and none names a day from which it is allowed: ",
    "No source names a day from which it is allowed: ",
    "Not known of the place: ",
)


def _why_by_hand(body: Body, metres: float | None, said: tuple[Advice, ...]) -> str:
    """The kind of reason that a page must give first, from the text of the rules."""
    values = body.model_dump()
    if metres is not None and metres > 30_000:
        return FAR
    asks = {"outing"}
    asks |= {"walking"} if body.effort in {"light", "active"} else set()
    asks |= {"exertion"} if body.effort == "active" or body.steps else set()
    asks |= {name for name in ("heat", "water", "alcohol", "crowds", "meal") if values[name]} | (
        {"sun"} if body.indoors is False else set()
    )
    silent = False
    for about in asks:
        here = [one for one in said if one.about == about]
        warned = any(one.no_end or one.unwise_through is not None for one in here)
        plain = {"outing": ("walking", "exertion"), "walking": ("exertion",)}.get(about, ())
        allowed = any(one.allowed_from is not None for one in here) or any(
            one.about in plain and one.allowed_from is not None and one.unwise_through is None for one in said
        )
        if any(one.no_end for one in here) or (warned and not allowed and about not in {"sun", "meal"}):
            return CAUTION
        silent = silent or (not allowed and about not in {"sun", "meal"})
    return SILENT if silent else UNKNOWN


def test_what_is_left_out_is_left_out_for_the_reason_that_stands_there(atlas: Atlas, site: Site) -> None:
    links, seen = link(atlas, {}), set()
    for treatment in atlas.treatments:
        for base, found in links.around.items():
            page = site.pages[f"gentle-days/{treatment}/{base}/"]
            for group in page.xpath("//section[@aria-labelledby='left']//dl/div"):
                reason = group.xpath("string(dt)").strip()
                for href in group.xpath("dd/a/@href"):
                    key = href.rstrip("/").rpartition("/")[2]
                    item = next(item for item in found if item.spot.id == key)
                    kind = _why_by_hand(item.spot.body, item.metres, links.advice[treatment])
                    assert reason.startswith(kind), (treatment, base, key, reason)
                    seen.add(kind)
    assert seen == {FAR, CAUTION, SILENT, UNKNOWN}


@pytest.mark.parametrize("code", LANGUAGES)
def test_headings_overview_and_advice_say_what_the_records_say(code: str, atlas: Atlas, site: Site) -> None:
    folder, links = LANGUAGES[code][0], link(atlas, {})
    listed = {
        row.xpath("string(a/@href)").rstrip("/").rpartition("/")[2]: row.text_content()
        for row in site.pages[f"{folder}gentle-days/"].xpath("//section[@aria-labelledby='choose']//li")
    }
    for treatment, said in links.advice.items():
        first: list[int] = []
        own = site.pages[f"{folder}gentle-days/{treatment}/"]
        counts = [row.text_content() for row in own.xpath("//section[@aria-labelledby='bases']//li")]
        for number, base in enumerate(links.bases):
            page = site.pages[f"{folder}gentle-days/{treatment}/{base}/"]
            for section in page.xpath("//section[@data-day]"):
                day = section.get("data-day")
                assert re.findall(r"\d+", section.xpath("string(h2)")) == [day], (treatment, base)
                first.append(int(day))
            places = len(page.xpath("//section[@data-day]//li"))
            assert (str(places) in counts[number]) == bool(places), (treatment, base)
            assert len(page.xpath("//section[@aria-labelledby='advice']//div[@class='line']")) == len(said)
        days = re.findall(r"\d+", listed[treatment].rpartition(atlas.treatments[treatment].name.root[code])[2])
        assert days == ([str(min(first))] if first else []), treatment
        lines = own.xpath("//section[@aria-labelledby='advice']//div[@class='line']")
        assert len(lines) == len(said)
        assert len(own.xpath("//section[@aria-labelledby='advice']//small[@class='weak']")) == sum(one.strength == "clinic" for one in said)
        assert bool(own.xpath("//p[contains(@class, 'doubt')]")) == (not said)


def test_the_strictest_of_two_sources_counts() -> None:
    spa = Body(effort="light", indoors=True, steps=False, heat=True, water=True, alcohol=False, crowds=False)
    said = [
        advice(1, "walking", allowed=1),
        advice(2, "water", allowed=7),
        advice(3, "water", unwise=30, allowed=31),
        advice(4, "heat", unwise=13, allowed=14),
    ]
    assert verdict(spa, said).first_day == 31


def test_a_crowd_needs_the_leave_of_a_source() -> None:
    market = Body(effort="light", indoors=True, steps=False, heat=False, water=False, alcohol=False, crowds=True)
    assert verdict(market, [advice(1, "walking", allowed=1)]).first_day is None
    assert verdict(market, [advice(1, "walking", allowed=1), advice(2, "crowds", allowed=20)]).first_day == 20


def test_nobody_is_sent_far(atlas: Atlas, site: Site) -> None:
    links = link(atlas, {})
    for base, found in links.around.items():
        far = {item.spot.id for item in found if item.metres is not None and item.metres > 30_000}
        for treatment in atlas.treatments:
            shown = set(site.pages[f"gentle-days/{treatment}/{base}/"].xpath("//section[@data-day]//li/@id"))
            assert not shown & far, (treatment, base)


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_page_says_ask_your_surgeon_and_names_its_sources(code: str, site: Site, atlas: Atlas) -> None:
    folder = LANGUAGES[code][0]
    ask = atlas.wordings[code]["gentle-ask"]
    pages = {address: page for address, page in site.pages.items() if address.startswith(f"{folder}gentle-days/")}
    assert len(pages) == 1 + len(atlas.treatments) * 8
    for address, page in pages.items():
        assert page.xpath("string(//p[contains(@class, 'ends')])").strip() == ask, address
        for line in page.xpath("//section[@aria-labelledby='advice']//div[@class='line']"):
            assert line.xpath("./a[@class='ref']"), address


def test_a_place_of_which_nothing_is_known_says_so(site: Site, atlas: Atlas) -> None:
    for key, one in atlas.wellness_sites.items():
        rows = site.pages[f"wellness/{key}/"].xpath("//section[@aria-labelledby='body']//dd")
        shown = [row.text_content().strip() for row in rows]
        assert shown.count("Not known") == sum(
            getattr(one.body, name) is None
            for name in ("effort", "steps", "heat", "water", "alcohol", "crowds", "indoors", "minutes", "seats", "toilets")
        ), key


# Calendar files -------------------------------------------------------------------------------------------------------------------


def parsed(text: str) -> list[tuple[dt.date, dt.date, str]]:
    """The events of a calendar file, by a parser that has nothing to do with the one that writes it."""
    calendar = IcsCalendarStream.calendar_from_ics(text)
    return sorted((event.start, event.end, event.summary) for event in calendar.events if event.summary)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_file_of_public_holidays_is_valid_and_shows_the_right_days(code: str, site: Site) -> None:
    text = (site.folder / f"k-culture/calendar/holidays-{code}.ics").read_bytes().decode("utf-8")
    assert text.count("\r\n") == text.count("\n")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    events = parsed(text)
    shown = site.pages[f"{LANGUAGES[code][0]}k-culture/calendar/"].xpath("//section[@aria-labelledby='holidays']//time/@datetime")
    assert [start.isoformat() for start, _, _ in events] == shown
    assert all(end - start == dt.timedelta(days=1) for start, end, _ in events)
    # Seollal and Chuseok by the Korean lunar calendar, as the almanac of the Korea Astronomy and Space Science Institute has them.
    for day in ("2027-02-07", "2028-01-27", "2029-02-13", "2027-09-15", "2028-10-03", "2029-09-22"):
        assert day in shown, day
    named = {start.isoformat(): summary for start, _, summary in events}
    words = checked()[0].wordings[code]
    assert str(words["holiday-korean-new-year"]) in named["2027-02-06"]
    assert named["2027-02-09"] != named["2027-02-08"]
    assert str(words["holiday-christmas-day"]) in named["2026-12-25"]
    assert all(str(words["plan-holiday"]) in summary for summary in named.values())
    assert text.count("TRANSP:TRANSPARENT") == len(events) == text.count("DESCRIPTION")
    assert len({event.uid for event in IcsCalendarStream.calendar_from_ics(text).events}) == len(events)
    long = site.pages[f"{LANGUAGES[code][0]}k-culture/calendar/"].xpath("//li[@class='long']/span/text()")
    assert len(long) >= 18
    assert all(str(words["holiday-korean-new-year"]) in name or str(words["holiday-chuseok"]) in name for name in long)
    assert {day[:4] for day in shown} == {"2026", "2027", "2028", "2029"}
    assert min(shown) >= "2026-11-22"


def test_every_day_off_that_the_library_knows_has_a_name(atlas: Atlas) -> None:
    for year in range(2020, 2041, 4):
        for one in public_holidays(f"{year}-01-01"):
            for key in one.keys:
                assert all(key in atlas.wordings[code] for code in LANGUAGES), (one.day, key)
    assert any(one.keys == ("holiday-other",) for one in public_holidays("2020-01-01"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_plan_with_a_date_downloads_as_a_valid_calendar(code: str, site: Site, server: str, browser: Browser, tmp_path: Any) -> None:
    folder = LANGUAGES[code][0]
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    address = f"{folder}gentle-days/rhinoplasty/seoul/"
    page.goto(server + address)
    assert page.get_by_role("button").last.is_disabled()
    page.fill("#plan-date", "2027-02-01")
    page.locator("#plan-date").dispatch_event("change")
    headings = page.locator("section[data-day] h2 time")
    assert headings.first.get_attribute("datetime") == "2027-02-09"
    assert re.search("2027", headings.first.inner_text())
    assert page.locator(".days-off li:visible time").first.get_attribute("datetime") == "2027-02-06"
    assert "2027" in page.locator("atlas-plan [role=status]").inner_text()
    with page.expect_download() as waiting:
        page.locator("atlas-plan button").click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    context.close()
    assert file.name == "gentle-days-rhinoplasty-seoul.ics"
    text = file.read_bytes().decode("utf-8")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    events = parsed(text)
    steps = [int(section.get("data-day")) for section in site.pages[address].xpath("//section[@data-day]")]
    assert len(steps) > 1
    first = dt.date(2027, 2, 1)
    starts = [start for start, _, _ in events]
    for step in (0, *steps):
        assert first + dt.timedelta(days=step) in starts, step
    seollal = [dt.date(2027, 2, day) for day in (6, 7, 8, 9)]
    off = site.pages[address].xpath("//atlas-plan")[0].get("data-holiday")
    assert [start for start, _, summary in events if summary.startswith(off)][:4] == seollal
    treatment = site.pages[address].xpath("//atlas-plan")[0].get("data-treatment")
    assert [start for start, _, summary in events if summary == site.pages[address].xpath("//atlas-plan")[0].get("data-zero")] == [first]
    assert len([summary for _, _, summary in events if summary.endswith(f"· {treatment}")]) == len(steps)
    shown = site.pages[address].xpath("//ul[contains(@class, 'days-off')]//time/@datetime")
    last = (first + dt.timedelta(days=max(steps) + 14)).isoformat()
    assert [start.isoformat() for start, _, summary in events if summary.startswith(off)] == [
        day for day in shown if first.isoformat() <= day <= last
    ]
    uids = [event.uid for event in IcsCalendarStream.calendar_from_ics(text).events]
    assert len(uids) == len(set(uids))
    assert all("rhinoplasty-seoul" in uid or uid.startswith("holiday-") for uid in uids if uid)


def test_a_plan_without_scripts_has_its_days_and_no_form(server: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}gentle-days/rhinoplasty/seoul/")
    assert not page.locator(".filters").is_visible()
    assert page.locator("section[data-day] li").count() > 3
    assert re.search(r"From day \d+", page.locator("section[data-day] h2").first.inner_text())
    context.close()
