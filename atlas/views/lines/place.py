"""What places, clusters, zones, airports and programmes say."""

from __future__ import annotations

from collections.abc import Iterable

from atlas.records.region import Airport, Anchor, Cluster, Programme, Round, SpecialZone
from atlas.records.spot import Experience, Spot, WellnessSite
from atlas.views.lines.sheet import Sheet
from atlas.views.regionpieces import anchor_name
from atlas.views.spot import BODY, body_rows, kind_words, months_text, where


def spot_lines(sheet: Sheet, one: Spot) -> None:
    """A wellness site or an experience."""
    word, reader, words = sheet.word, sheet.reader, sheet.reader.words
    if one.closed:
        sheet.put("closed", word("row-closed"), words.date(one.closed.date), one.closed.sources)
    sheet.names(one.names)
    sheet.put("kind", word("row-kind"), kind_words(reader, one))
    sheet.put("province", word("compare-place"), where(reader, one))
    sheet.address(one.address)
    sheet.point("point", one.point)
    for line in one.phones:
        sheet.phone("phones", word("row-phone"), line)
    if one.website:
        sheet.put("website", word("about-website"), one.website)
    for asked, row in zip(BODY, body_rows(reader, one.body), strict=True):
        if row["known"]:
            sheet.put(f"body.{asked}", row["label"], row["text"])
    for field, label in (("facts", "row-known"), ("price", "spot-price"), ("open", "spot-open"), ("doubts", "status-doubt")):
        sheet.statements(field, word(label), getattr(one, field))
    for judged in one.judged:
        sheet.text("judged", word("body-heading"), judged.text)
    if isinstance(one, Experience):
        if one.months:
            sheet.put("months", word("spot-months"), months_text(reader, one.months))
        sheet.members("works", word("works-heading"), {key: sheet.plain(reader.atlas.works[key].name) for key in one.works})
        if one.site:
            language, name = reader.own_name(reader.atlas.wellness_sites[one.site])
            sheet.put("site", word("spot-at-site"), reader.marked(name.text, language)["text"])
    if isinstance(one, WellnessSite):
        sheet.put("listed", word("spot-listed"), word(f"listed-{one.listed}"))
        if one.selected:
            sheet.put("selected", word("spot-selected"), words.date(str(one.selected)))
        if one.page:
            sheet.put("page", word("spot-page"), one.page)


def _anchors(sheet: Sheet, found: Iterable[Anchor]) -> None:
    for anchor in found:
        note = sheet.plain(anchor.note) if anchor.note else ""
        sheet.put("anchors", sheet.word("cluster-anchors"), sheet.noted(anchor_name(sheet.reader, anchor), note), anchor.sources)


def cluster_lines(sheet: Sheet, one: Cluster) -> None:
    """A cluster: where and what it is, who runs it, what belongs to it."""
    word, atlas, words = sheet.word, sheet.reader.atlas, sheet.reader.words
    sheet.text("name", word("about-name"), one.name)
    sheet.members("provinces", word("filter-province"), {key: sheet.plain(atlas.provinces[key].short) for key in one.provinces})
    for item in one.designations:
        said = word("cluster-named", year=words.date(item.year), kind=word(f"cluster-{item.kind}"))
        if item.partners:
            said = word("cluster-partners", kind=said, partners=sheet.plain(item.partners))
        if item.areas:
            said = word("cluster-areas", kind=said, areas=sheet.plain(item.areas))
        sheet.put("designations", word("cluster-designated"), said, item.sources)
    for field, label in (
        ("run_by", "cluster-run-by"),
        ("purpose", "cluster-purpose"),
        ("money", "cluster-money"),
        ("facts", "cluster-known"),
        ("transfer", "cluster-transfer"),
        ("doubts", "status-doubt"),
    ):
        sheet.statements(field, word(label), getattr(one, field))
    _anchors(sheet, one.anchors)
    sites = {key: sheet.reader.own_name(atlas.wellness_sites[key])[1].text for key in one.sites}
    sheet.members("sites", word("wellness-title"), sites)
    sheet.members("airports", word("cluster-airports"), {key: sheet.plain(atlas.airports[key].name) for key in one.airports})
    sheet.point("centre", one.centre)
    sheet.text("centre.place", word("change-centre"), one.centre.place)


def zone_lines(sheet: Sheet, one: SpecialZone) -> None:
    """A special zone."""
    word, words = sheet.word, sheet.reader.words
    sheet.text("name", word("about-name"), one.name)
    sheet.text("province", word("filter-province"), sheet.reader.atlas.provinces[one.province].short)
    if one.designated:
        sheet.put("designated", word("zone-where"), word("zone-designated", date=words.date(one.designated)))
    if one.applied:
        sheet.put("applied", word("zone-where"), word("zone-applied", date=words.date(one.applied)))
    _anchors(sheet, one.anchors)
    sheet.statements("facts", word("cluster-known"), one.facts)
    sheet.statements("doubts", word("status-doubt"), one.doubts)


def round_lines(sheet: Sheet, one: Round) -> None:
    """A round of the state's scheme of clusters."""
    word, words = sheet.word, sheet.reader.words
    sheet.text("name", word("about-name"), one.name)
    sheet.put("years", word("change-term"), word("round-years", first=one.first, last=one.last))
    sheet.put("chosen", word("cluster-designated"), words.date(one.chosen))
    sheet.text("run_by", word("scheme-run-by"), one.run_by)
    sheet.statements("facts", word("cluster-known"), one.facts)
    sheet.statements("doubts", word("status-doubt"), one.doubts)


def airport_lines(sheet: Sheet, one: Airport) -> None:
    """An airport."""
    word, provinces = sheet.word, sheet.reader.atlas.provinces
    sheet.text("name", word("about-name"), one.name)
    sheet.text("province", word("filter-province"), provinces[one.province].short)
    sheet.point("point", one.point)
    sheet.members("serves", word("change-serves"), {key: sheet.plain(provinces[key].short) for key in one.serves})
    sheet.statements("doubts", word("status-doubt"), one.doubts)


def programme_lines(sheet: Sheet, one: Programme) -> None:
    """What public bodies do for patients from abroad."""
    sheet.text("name", sheet.word("about-name"), one.name)
    sheet.statements("facts", sheet.word("row-known"), one.facts)
    sheet.statements("doubts", sheet.word("status-doubt"), one.doubts)
