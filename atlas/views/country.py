"""``from/`` and ``from/<iso>/``: how one enters on the passport of one country, and what else concerns its patients."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, get_args

from babel.languages import get_official_languages

from atlas.address import country_path
from atlas.changes.feed import FOLDER
from atlas.deciding import PLACES, Answers
from atlas.passport import Passport, last_day_on, list_period
from atlas.records.country import Country
from atlas.records.date import last_day
from atlas.records.decision import Stay
from atlas.records.period import current, following
from atlas.views.cases import cases, coded, letters, span
from atlas.views.countryfinder import NAMES, SPECIMEN, country_finder, country_lists, country_row, entry_in_short
from atlas.views.entry import aspect_rows, checklist_views, fee_rows, notice_groups, short_name, subject_name
from atlas.views.figure import filled, term
from atlas.views.finder import finder_view
from atlas.views.institution import helplines
from atlas.views.outcome import outcome_card
from atlas.views.page import Draft, Page
from atlas.views.reader import Citations, Reader

SHOWN = {"time", "extend"}
"""What the page repeats of the rules of each status in question; all of them stand on the page of the status."""
VISA_CENTRES = "visa-centres"
IN_KOREA = "in-korea-change"
"""The outcome for a patient who must stay on, whose rules stand on the page beside those for coming straight from abroad."""


def country_pages(reader: Reader) -> Iterator[Draft]:
    """The list of countries and a page for each."""
    yield Draft("from/", partial(_overview, reader), of=())
    yield from country_lists(reader)
    for country in reader.atlas.countries.values():
        yield Draft(country_path(country.id), partial(_page, reader, country), of=("countries", country.id))


def _overview(reader: Reader) -> Page:
    words = reader.words
    title = words.say("from-all-title")
    finder = country_finder(reader)
    return Page(
        path="from/",
        language=reader.language,
        template="countries.html",
        title=title,
        description=words.say("from-all-description", count=len(reader.atlas.countries)),
        view={
            "heading": title,
            "lead": words.say("from-all-lead", count=len(reader.atlas.countries)),
            "finder": finder_view(reader, finder, SPECIMEN),
            "others": {
                "id": "others",
                "heading": words.say("finder-others"),
                "links": [{"text": facet.label, "path": NAMES[facet.key], "count": ""} for facet in finder.facets],
            },
            "ways": [
                {
                    "id": group,
                    "heading": words.say(f"from-all-{group}"),
                    "links": [
                        {**country_row(reader, one), **({"count": ""} if group == "none" else {})}
                        for one in finder.records
                        if one.status == group
                    ],
                }
                for group in ("b-1", "b-2-1", "none")
            ],
        },
        crumbs=((words.say("nav-home"), ""), (words.say("nav-visa"), "visa/")),
        section="visa",
        changed_on=reader.atlas.site.released,
        feedback="from",
    )


def _page(reader: Reader, country: Country) -> Page:
    words, atlas, citations = reader.words, reader.atlas, Citations(reader)
    holder, outcomes = reader.links.passports[country.id], reader.links.outcomes[country.id]
    name = reader.country(country.id)
    title = words.say("from-title", country=name)
    reached = list(dict.fromkeys(outcomes))
    ordered = sorted(reached, key=lambda key: atlas.outcomes[key].order)
    in_words = cases(reader, outcomes)
    view: dict[str, Any] = {"heading": title, "feed": f"{FOLDER}{reader.language}/visa/{country.id.lower()}.atom"}
    view["answer"] = _answer(reader, country, holder, citations)
    view["spans"] = _spans(reader, outcomes)
    view["duties"] = _duties(reader, holder, citations)
    main = [key for key in ordered if key in {_direct(outcomes, stay) for stay in ("30", "60", "90", "365")} | {IN_KOREA}]
    lists = next((atlas.outcomes[key].checklists for key in main if atlas.outcomes[key].checklists), ())
    view["cards"] = [
        outcome_card(reader, atlas.outcomes[key], citations, here=reached, lists=lists, cases=in_words[key]) for key in ordered
    ]
    view["cases"] = coded(reader, outcomes)
    view["letters"] = " ".join(f"{letter}o-{key}" for key, letter in letters(reader).items() if key in in_words)
    view["subjects"] = _subjects(reader, main, country.id, citations)
    view["own"] = _own(reader, main, country.id, citations)
    view["checklists"] = [found for key in lists for found in checklist_views(reader, atlas.checklists[key], citations)]
    view["fees"] = _fees(reader, ordered, country.id, citations)
    view["notices"] = notice_groups(reader, (one for one in atlas.notices.values() if country.id in one.countries), citations)
    view["speaking"] = _speaking(reader, country)
    view |= _past(reader, country.id, citations)
    view["helplines"] = helplines(reader, citations, only="immigration")
    view["sources"] = citations.listed()
    view["sources_note"] = citations.note()
    entry = holder.entry
    view["checked"] = {"date": entry.checked_on, "text": words.date(entry.checked_on)}
    if entry.as_of:
        view["as_of"] = words.date(entry.as_of)
    return Page(
        path=country_path(country.id),
        language=reader.language,
        template="country.html",
        title=title,
        description=words.say("from-description", country=name, entry=" ".join(line["text"] for line in view["answer"]["lines"])),
        view=view,
        crumbs=((words.say("nav-home"), ""), (words.say("nav-visa"), "visa/"), (words.say("from-all-title"), "from/")),
        section="visa",
        changed_on=entry.checked_on,
        subject="passport",
        feedback=f"from/{country.id.lower()}",
    )


def _answer(reader: Reader, country: Country, holder: Passport, citations: Citations) -> dict[str, Any]:
    """The first lines of the page: visa-free or not, for how long, and whether a K-ETA is needed."""
    words, entry = reader.words, holder.entry
    lines: list[dict[str, Any]] = []
    if entry.status is None:
        lines.append(reader.line(words.say("from-visa")))
        text = words.say("from-visa-text")
    else:
        code = reader.atlas.statuses[entry.status].code
        lines.append(reader.line(words.say("from-free", days=words.say_genitive("quantity-day", entry.days))))
        text = words.say(f"from-free-{entry.status}", code=code, days=words.say("quantity-day", count=entry.days))
        if entry.window:
            text = words.say(
                "two-sentences",
                first=text,
                second=words.say(
                    "from-window",
                    days=words.say_genitive("quantity-day", entry.window.days),
                    within=words.say_genitive("quantity-day", entry.window.within),
                ),
            )
        lines.append(_k_eta_line(reader, holder))
    view: dict[str, Any] = {"lines": lines, "text": reader.line(text), "refs": citations.cite(entry.sources)}
    limited = term(reader, entry, followed=entry is not country.entry[-1])
    if limited:
        view["term"] = limited
    coming = [later for later in country.entry if later.first > reader.atlas.site.released]
    if coming:
        view["coming"] = [
            {
                "text": words.say(
                    "from-coming",
                    date=words.date(later.first),
                    entry=entry_in_short(reader, Passport(country.id, later.first, later, holder.lists)),
                ),
                "refs": citations.cite(later.sources),
            }
            for later in coming
        ]
    return view


def _k_eta_line(reader: Reader, holder: Passport) -> dict[str, Any]:
    """Whether the passport needs a K-ETA to enter without a visa, with the end of the exemption and what is known to follow."""
    words, state = reader.words, holder.on("k-eta-exempt")
    exempt = reader.atlas.country_lists["k-eta-exempt"]
    if state in {"no", "ended"}:
        text = words.say("k-eta-required")
        if state == "ended":
            text = words.say("k-eta-ended", date=words.date(current(exempt.periods, holder.day).valid_to or ""))
        coming = next((later for later in following(exempt.periods, holder.day) if holder.country in later.everyone), None)
        if coming:
            text = words.say("two-sentences", first=text, second=words.say("k-eta-then-exempt", date=words.date(coming.first)))
        return reader.line(text)
    until = last_day_on(exempt, holder.country, holder.day)
    if until is None:
        return reader.line(words.say("k-eta-exempt-open"))
    end, last = words.date(until), last_day(until)
    dropped = next((later for later in following(exempt.periods, last) if holder.country not in later.everyone), None)
    then = words.say("k-eta-then-required", date=words.date(dropped.first)) if dropped else None
    return {
        **reader.line(words.say("k-eta-exempt", date=end)),
        "until": last,
        "soon": then or words.say("k-eta-soon"),
        "after": then or words.say("k-eta-ended", date=end),
    }


def _spans(reader: Reader, outcomes: tuple[str, ...]) -> list[dict[str, Any]]:
    """The answer by length of stay, for a patient who comes straight from abroad; lengths with one answer are joined."""
    found: list[tuple[list[str], str]] = []
    for stay in get_args(Stay):
        key = _direct(outcomes, stay)
        if found and found[-1][1] == key:
            found[-1][0].append(stay)
        else:
            found.append(([stay], key))
    views = []
    for stays, key in found:
        one = reader.atlas.outcomes[key]
        views.append(
            {
                "heading": span(reader, stays[0], stays[-1]),
                "code": short_name(reader, one.subject),
                "answer": filled(reader, one.answer, one.values),
                "anchor": f"o-{key}",
            }
        )
    return views


def _direct(outcomes: tuple[str, ...], stay: str) -> str:
    """The outcome that stands first on the page: of a patient who comes straight from abroad for an operation."""
    return outcomes[PLACES[Answers("abroad", stay, "inpatient", "patient", "direct")]]


def _duties(reader: Reader, holder: Passport, citations: Citations) -> list[dict[str, Any]]:
    """Each duty and option beside the visa, with what holds for this passport; every one has its own page."""
    rows = [
        row
        for row in (
            _k_eta(reader, holder, citations),
            _e_arrival(reader, holder),
            _tuberculosis(reader, holder, citations),
            _jeju(reader, holder, citations),
            _transit(reader, holder, citations),
            _group(reader, holder, citations),
        )
        if row
    ]
    rows += [_duty(reader, scheme, reader.words.say(f"duty-{scheme}")) for scheme in ("quarantine", "medicines")]
    return rows


def _duty(reader: Reader, scheme: str, text: str, refs: list[int] | None = None, **more: Any) -> dict[str, Any]:
    return {
        "name": reader.text(reader.atlas.entry_schemes[scheme].name),
        "path": f"visa/{scheme}/",
        "line": {**reader.line(text), **more},
        "refs": refs or [],
    }


def _cite_list(reader: Reader, name: str, citations: Citations) -> list[int]:
    """The first two sources of a list; the page of its scheme names them all."""
    record = reader.atlas.country_lists[name]
    return citations.cite((list_period(record, reader.atlas.site.released) or record.periods[0]).sources[:2])


def _k_eta(reader: Reader, holder: Passport, citations: Citations) -> dict[str, Any] | None:
    if holder.entry.status is None:
        return _duty(reader, "k-eta", reader.words.say("duty-k-eta-none"))
    line = _k_eta_line(reader, holder)
    if holder.on("k-eta-exempt") == "less-sure":
        second = reader.words.say("k-eta-less-sure")
        line |= reader.line(reader.words.say("two-sentences", first=line["text"], second=second))
    more = {key: line[key] for key in ("until", "soon", "after") if key in line}
    return _duty(reader, "k-eta", line["text"], _cite_list(reader, "k-eta-exempt", citations), **more)


def _e_arrival(reader: Reader, holder: Passport) -> dict[str, Any]:
    needs_k_eta = holder.entry.status is not None and holder.on("k-eta-exempt") == "no"
    return _duty(reader, "e-arrival", reader.words.say("duty-e-arrival-k-eta" if needs_k_eta else "duty-e-arrival"))


def _tuberculosis(reader: Reader, holder: Passport, citations: Citations) -> dict[str, Any]:
    asked = holder.holds("tuberculosis")
    text = reader.words.say("duty-tuberculosis" if asked else "duty-tuberculosis-no")
    return _duty(reader, "tuberculosis", text, _cite_list(reader, "tuberculosis", citations))


def _jeju(reader: Reader, holder: Passport, citations: Citations) -> dict[str, Any]:
    words = reader.words
    if holder.entry.status:
        return _duty(reader, "jeju", words.say("duty-jeju-general"))
    if holder.holds("jeju-closed") or not holder.holds("jeju-visa-free"):
        return _duty(reader, "jeju", words.say("duty-jeju-closed"), _cite_list(reader, "jeju-closed", citations))
    period = current(reader.atlas.country_lists["jeju-visa-free"].periods, holder.day)
    text = words.say("duty-jeju", days=words.say_genitive("quantity-day", period.days or 0))
    if holder.holds("jeju-area-permit"):
        text = words.say("two-sentences", first=text, second=words.say("duty-jeju-permit"))
    return _duty(reader, "jeju", text, _cite_list(reader, "jeju-visa-free", citations))


def _transit(reader: Reader, holder: Passport, citations: Citations) -> dict[str, Any] | None:
    if holder.entry.status:
        return None
    for name, key in (("airside-visa", "duty-transit-airside"), ("transit-closed", "duty-transit-closed")):
        if holder.holds(name):
            return _duty(reader, "transit", reader.words.say(key), _cite_list(reader, name, citations))
    return _duty(reader, "transit", reader.words.say("duty-transit"), _cite_list(reader, "transit-third-country", citations))


def _group(reader: Reader, holder: Passport, citations: Citations) -> dict[str, Any] | None:
    for name in ("china-group", "indonesia-group"):
        state = holder.on(name)
        if state != "no":
            period = current(reader.atlas.country_lists[name].periods, holder.day)
            days = reader.words.say_genitive("quantity-day", period.days or 0)
            if state == "ended":
                text = reader.words.say("duty-group-ended", date=reader.words.date(period.valid_to or ""))
            else:
                text = reader.words.say(f"duty-{name}", days=days)
            limited = term(reader, period) or {}
            more = {key: limited[key] for key in ("until", "soon", "after") if key in limited}
            return _duty(reader, "group", text, _cite_list(reader, name, citations), **more)
    return None


def _subjects(reader: Reader, outcomes: list[str], country: str, citations: Citations) -> list[dict[str, Any]]:
    """What the statuses in question say, each status once; statements about other passports are left out."""
    wanted: dict[str, set[str]] = {}
    for key in outcomes:
        for show in reader.atlas.outcomes[key].shows:
            wanted.setdefault(show.of, set()).update(SHOWN.intersection(show.aspects))
    order = [*reader.atlas.statuses, *reader.atlas.entry_schemes]
    views = []
    for subject in sorted(wanted, key=order.index):
        rules = [
            rule
            for rule in reader.atlas.entry_rules.values()
            if rule.of == subject and rule.aspect in wanted[subject] and (not rule.countries or country in rule.countries)
        ]
        if not rules:
            continue
        views.append(
            {
                "id": f"r-{subject}",
                "name": reader.line(subject_name(reader, subject)),
                "path": f"visa/{subject}/",
                "rows": aspect_rows(reader, rules, citations, dated=False),
            }
        )
    return views


def _own(reader: Reader, outcomes: list[str], country: str, citations: Citations) -> list[dict[str, Any]]:
    """What holds for this passport or place only, of statuses and visa centres, as far as the rules of its statuses do not say it."""
    shown = {show.of for key in outcomes for show in reader.atlas.outcomes[key].shows}
    rules = [
        rule
        for rule in reader.atlas.entry_rules.values()
        if country in rule.countries
        and (rule.of in reader.atlas.statuses or rule.of == VISA_CENTRES)
        and not (rule.of in shown and rule.aspect in SHOWN)
    ]
    return aspect_rows(reader, rules, citations, dated=False, named=True)


def _fees(reader: Reader, outcomes: list[str], country: str, citations: Citations) -> list[dict[str, Any]]:
    wanted = {key for outcome in outcomes for key in reader.atlas.outcomes[outcome].fees}
    fees = [fee for fee in reader.atlas.fees.values() if fee.id in wanted or country in fee.countries]
    return fee_rows(reader, fees, citations, country=country)


def _speaking(reader: Reader, country: Country) -> list[dict[str, str]]:
    """The lists of institutions that speak a language of the country, and English."""
    official = (code.split("_")[0] for code in get_official_languages(country.id, de_facto=True))
    codes = dict.fromkeys([*official, *country.languages, "en"])
    links = []
    for code in codes:
        found = reader.links.speaking.get(code, 0)
        if found:
            links.append(
                {
                    "text": reader.words.say("from-speaking", language=reader.words.language(code)),
                    "path": f"hospitals/speaking/{code}/",
                    "count": reader.words.number(found),
                }
            )
    return links


def _past(reader: Reader, country: str, citations: Citations) -> dict[str, Any]:
    """Patient numbers and events."""
    words, atlas = reader.words, reader.atlas
    counts = sorted((one for one in atlas.patient_counts.values() if one.country == country), key=lambda one: (-one.year, one.place or ""))
    events = sorted((one for one in atlas.events.values() if one.country == country), key=lambda one: one.date)
    view: dict[str, Any] = {}
    if counts:
        view["counts"] = []
        for one in counts:
            number = words.number(one.patients)
            row: dict[str, Any] = {
                "year": words.date(str(one.year)),
                "patients": words.say("about-number", number=number) if one.rounded else number,
                "refs": citations.cite(one.sources),
                "place": reader.text(atlas.provinces[one.place].short) if one.place else words.say("counts-all-korea"),
            }
            if one.doubt:
                row["doubt"] = filled(reader, one.doubt, one.values)
            view["counts"].append(row)
    if events:
        view["events"] = [
            {
                "date": one.date,
                "on": words.date(one.date),
                "text": filled(reader, one.text, one.values),
                "refs": citations.cite(one.sources),
            }
            for one in events
        ]
    return view
