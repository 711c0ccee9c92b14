"""Pages of statuses of stay and schemes of entry: ``visa/<id>/``; and the pieces that country pages share with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from atlas.address import country_path
from atlas.records.country import CountryList
from atlas.records.entry import Checklist, ChecklistPeriod, Fee, FeePeriod, Notice, Paper
from atlas.records.period import current, shown
from atlas.records.rule import ASPECTS, EntryRule, Statement
from atlas.views.figure import filled, statements, term
from atlas.views.page import Draft, Page
from atlas.views.reader import Citations, Reader

EXTENSION = "extension"
"""The scheme whose page gathers what all statuses say about a longer stay."""
_LONGER = ("extend", "change", "register")


def entry_pages(reader: Reader) -> Iterator[Draft]:
    """A page for every status and every scheme."""
    for subject in (*reader.atlas.statuses, *reader.atlas.entry_schemes):
        yield Draft(f"visa/{subject}/", partial(_page, reader, subject), of=())


def subject_name(reader: Reader, subject: str) -> str:
    """How a status or a scheme is called in lists: its code and what it is for."""
    status = reader.atlas.statuses.get(subject)
    if status:
        return reader.words.say("status-name", code=status.code, name=reader.text(status.name))
    return reader.text(reader.atlas.entry_schemes[subject].name)


def short_name(reader: Reader, subject: str) -> str:
    """The code of a status, the name of a scheme."""
    status = reader.atlas.statuses.get(subject)
    return status.code if status else reader.text(reader.atlas.entry_schemes[subject].name)


def _page(reader: Reader, subject: str) -> Page:
    words, atlas, citations = reader.words, reader.atlas, Citations(reader)
    record = atlas.statuses.get(subject) or atlas.entry_schemes[subject]
    title = subject_name(reader, subject)
    view: dict[str, Any] = {
        "heading": title,
        "lead": reader.passage(record.summary),
        "rows": aspect_rows(reader, _rules_of(reader, subject), citations, dated=True, named=subject == EXTENSION),
        "lists": [view for name in getattr(record, "lists", ()) for view in list_views(reader, name, citations)],
        "checklists": [view for one in _checklists_of(reader, subject) for view in checklist_views(reader, one, citations)],
        "fees": fee_rows(reader, _fees_of(reader, subject), citations),
        "sites": [{"url": site.url, "name": reader.text(site.name)} for site in atlas.official_sites.values() if subject in site.concerns],
        "notices": notice_groups(reader, (one for one in atlas.notices.values() if subject in one.concerns), citations, named=True),
    }
    view["sources"] = citations.listed()
    if view["sources"]:
        view["sources_note"] = citations.note()
    checked = _oldest_check(reader, subject)
    view["checked"] = {"date": checked, "text": words.date(checked)}
    return Page(
        path=f"visa/{subject}/",
        language=reader.language,
        template="entry.html",
        title=words.say("entry-title", name=title),
        description=words.say("entry-description", name=title, summary=reader.text(record.summary)),
        view=view,
        crumbs=((words.say("nav-home"), ""), (words.say("nav-visa"), "visa/")),
        section="visa",
        changed_on=checked,
        feedback=f"visa/{subject}",
    )


def _oldest_check(reader: Reader, subject: str) -> str:
    """The day since which everything on the page has been checked."""
    atlas = reader.atlas
    shown_here: list[Statement | CountryList | Checklist | Fee | Notice] = [*_rules_of(reader, subject), *_checklists_of(reader, subject)]
    shown_here += _fees_of(reader, subject)
    shown_here += (notice for notice in atlas.notices.values() if subject in notice.concerns)
    if subject in atlas.entry_schemes:
        shown_here += (atlas.country_lists[name] for name in atlas.entry_schemes[subject].lists)
    days = (current(record.periods, atlas.site.released).checked_on for record in shown_here)
    return min(days, default=atlas.site.released)


def _rules_of(reader: Reader, subject: str) -> list[EntryRule]:
    rules = reader.atlas.entry_rules.values()
    if subject == EXTENSION:
        return [rule for rule in rules if rule.aspect in _LONGER and rule.of in reader.atlas.statuses]
    return [rule for rule in rules if rule.of == subject]


def _checklists_of(reader: Reader, subject: str) -> list[Checklist]:
    found = [
        one
        for one in reader.atlas.checklists.values()
        if one.of == subject or (subject == EXTENSION and one.id.endswith(("-extension", "-change")))
    ]
    return sorted(found, key=lambda one: (one.of, one.order))


def _fees_of(reader: Reader, subject: str) -> list[Fee]:
    return [fee for fee in reader.atlas.fees.values() if subject in fee.concerns]


def aspect_rows(
    reader: Reader, rules: Iterable[EntryRule], citations: Citations, *, dated: bool, named: bool = False
) -> list[dict[str, Any]]:
    """Statements by what they are about, in the order of the page; ``named``: each with the status that it is about."""
    by_aspect: dict[str, list[EntryRule]] = {}
    for rule in sorted(rules, key=lambda rule: (rule.of, rule.order)):
        by_aspect.setdefault(rule.aspect, []).append(rule)
    rows = []
    for aspect in ASPECTS:
        if aspect in by_aspect:
            lines = []
            for rule in by_aspect[aspect]:
                found = statements(reader, [rule], citations, dated=dated)
                if named:
                    found[0]["of"] = short_name(reader, rule.of)
                lines += found
            rows.append({"aspect": aspect, "label": reader.words.say(f"aspect-{aspect}"), "lines": lines})
    return rows


def list_views(reader: Reader, name: str, citations: Citations) -> list[dict[str, Any]]:
    """A list of passports, by name, each a link to its page; below it the list that is to come, if one is known."""
    record, views = reader.atlas.country_lists[name], []
    for place, period in enumerate(shown(record.periods, reader.atlas.site.released)):
        view: dict[str, Any] = {
            "id": name if not place else f"{name}-{period.first}",
            "name": reader.passage(record.name),
            "count": reader.words.say("countries", count=len(period.everyone)),
            "countries": country_links(reader, period.countries),
            "refs": citations.cite(period.sources),
        }
        if period.less_sure:
            view["less_sure"] = country_links(reader, period.less_sure)
        # Since when the less sure ones are on the list, no source says.
        limits = period.model_copy(update={"valid_from": None}) if period.less_sure else period
        found = term(reader, limits, followed=period is not record.periods[-1])
        if found:
            view["term"] = found
        views.append(view)
    return views


def country_links(reader: Reader, codes: Iterable[str]) -> list[dict[str, str]]:
    """Countries in the order of their names."""
    found = [{"text": reader.country(code), "path": country_path(code)} for code in codes]
    return sorted(found, key=lambda link: reader.collated(link["text"]))


def checklist_views(reader: Reader, one: Checklist, citations: Citations) -> list[dict[str, Any]]:
    """Papers with a box to tick, by who brings them, the Korean name beside the reader's; below them the list that is to come."""
    views = []
    for place, period in enumerate(shown(one.periods, reader.atlas.site.released)):
        found: dict[str, Any] = {
            "id": one.id if not place else f"{one.id}-{period.first}",
            "title": reader.passage(one.title),
            "of": short_name(reader, one.of),
            "parts": [
                {"by": reader.words.say(f"by-{part.by}"), "papers": [_paper(reader, paper, period) for paper in part.documents]}
                for part in period.parts
            ],
            "refs": citations.cite(period.sources),
        }
        if period.note:
            found["note"] = filled(reader, period.note, period.values)
        limited = term(reader, period, followed=period is not one.periods[-1])
        if limited:
            found["term"] = limited
        views.append(found)
    return views


def _paper(reader: Reader, paper: Paper, period: ChecklistPeriod) -> dict[str, Any]:
    name = reader.atlas.documents[paper.document].name
    view: dict[str, Any] = {"name": reader.passage(name)}
    if reader.language != "ko":
        view["korean"] = name.root["ko"]
    if paper.note:
        view["note"] = filled(reader, paper.note, period.values)
    return view


def fee_rows(reader: Reader, fees: Iterable[Fee], citations: Citations, *, country: str | None = None) -> list[dict[str, Any]]:
    """Fees; for one country with the amount that holds for its passport."""
    found = ((fee, period) for fee in fees for period in shown(fee.periods, reader.atlas.site.released))
    return [_fee_row(reader, fee, period, citations, country) for fee, period in found]


def _fee_row(reader: Reader, fee: Fee, period: FeePeriod, citations: Citations, country: str | None) -> dict[str, Any]:
    words = reader.words
    row: dict[str, Any] = {
        "what": filled(reader, fee.what, period.values),
        "amount": money_or_nothing(reader, period.by_country.get(country or "", period.amount), period.currency),
        "refs": citations.cite(period.sources),
        "as_of": words.say("rule-as-of", date=words.date(period.as_of)) if period.as_of else words.say("rule-undated"),
    }
    if fee.doubt:
        row["doubt"] = filled(reader, fee.doubt, period.values)
    if period.by_country and country is None:
        others = sorted(
            (
                (reader.country(code), money_or_nothing(reader, money, period.currency))
                for code, money in period.by_country.items()
                if money != period.amount
            ),
            key=lambda pair: reader.collated(pair[0]),
        )
        row["others"] = words.say("semicolon").join(words.say("label-value", label=name, value=money) for name, money in others)
    limited = term(reader, period, followed=period is not fee.periods[-1])
    if limited:
        row["term"] = limited
    return row


def money_or_nothing(reader: Reader, amount: int, currency: str) -> str:
    """An amount, or that nothing is paid."""
    return reader.words.money(amount, currency) if amount else reader.words.say("fees-none")


def notice_groups(reader: Reader, found: Iterable[Notice], citations: Citations, *, named: bool = False) -> list[dict[str, Any]]:
    """Notices by kind: what holds locally, where sources disagree, what nobody says. ``named``: with the countries they concern."""
    words, groups = reader.words, []
    by_kind: dict[str, list[Notice]] = {}
    for notice in sorted(found, key=lambda notice: notice.order):
        by_kind.setdefault(notice.kind, []).append(notice)
    for kind in ("local", "conflict", "open"):
        if kind in by_kind:
            notices = [notice_view(reader, notice, citations, named=named) for notice in by_kind[kind]]
            groups.append({"id": f"notices-{kind}", "heading": words.say(f"notices-{kind}"), "notices": notices})
    return groups


def notice_view(reader: Reader, notice: Notice, citations: Citations, *, named: bool) -> dict[str, Any]:
    """A notice for the template."""
    period = current(notice.periods, reader.atlas.site.released)
    view: dict[str, Any] = {"title": filled(reader, notice.title, period.values)}
    if notice.text:
        view["text"] = filled(reader, notice.text, period.values)
        view["refs"] = citations.cite(period.sources)
    if notice.printed:
        view["sides"] = [{"text": filled(reader, side.text, period.values), "refs": citations.cite(side.sources)} for side in notice.sides]
        view["printed"] = filled(reader, notice.printed, period.values)
    if notice.kind == "local":
        view["as_of"] = (
            reader.words.say("rule-as-of", date=reader.words.date(period.as_of)) if period.as_of else reader.words.say("rule-undated")
        )
    if named and notice.countries:
        names = sorted((reader.country(code) for code in notice.countries), key=lambda name: reader.collated(name))
        view["countries"] = reader.words.say("list-comma").join(names)
    limited = term(reader, period, followed=period is not notice.periods[-1])
    if limited:
        view["term"] = limited
    return view
